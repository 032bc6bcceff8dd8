/* A fast digest against damage and change, not against intent: SHA-256 is in digest.h.
 */
#ifndef IM_BASE_CHECKSUM_H
#define IM_BASE_CHECKSUM_H

#include <stdint.h>

struct im_checksum {
    uint64_t n, sum[4], sums[4];
};
void im_checksum_init(struct im_checksum *d);
/* Pieces of any size; but all of them except the last must be multiples of 32 bytes. */
void im_checksum_add(struct im_checksum *d, const void *data, uint64_t n);
void im_checksum_end(const struct im_checksum *d, uint64_t out[2]);
/* One word of a whole text. */
uint64_t im_checksum_of(const void *data, uint64_t n);

#endif
