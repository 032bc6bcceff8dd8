/* SHA-256 (FIPS 180-4), for manifests. */
#ifndef IM_BASE_DIGEST_H
#define IM_BASE_DIGEST_H

#include <stddef.h>

/* Lower-case hex digest of n bytes; out holds 65. */
void im_sha256(const void *data, size_t n, char out[65]);

#endif
