#include "base/checksum.h"

#include <stddef.h>
#include <string.h>

static uint64_t mixed(uint64_t h, uint64_t v) {
    h = (h ^ v) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

void im_checksum_init(struct im_checksum *d) {
    *d = (struct im_checksum){.sum = {0, 1, 2, 3}};
}

/* In four lanes of words the sum, and the sum of sums (Fletcher 1982,
 * doi:10.1109/TCOM.1982.1095369). Compilers turn the lanes into vectors. */
void im_checksum_add(struct im_checksum *d, const void *data, uint64_t n) {
    const unsigned char *p = data;
    uint64_t word[4];
    d->n += n;
    for (; n >= sizeof word; n -= sizeof word, p += sizeof word) {
        memcpy(word, p, sizeof word);
        for (int i = 0; i < 4; i++) {
            d->sum[i] += word[i];
            d->sums[i] += d->sum[i];
        }
    }
    if (n > 0) {
        memset(word, 0, sizeof word);
        memcpy(word, p, (size_t)n);
        for (int i = 0; i < 4; i++) {
            d->sum[i] += word[i];
            d->sums[i] += d->sum[i];
        }
    }
}

void im_checksum_end(const struct im_checksum *d, uint64_t out[2]) {
    out[0] = mixed(0, d->n);
    out[1] = mixed(1, d->n);
    for (int i = 0; i < 4; i++) {
        out[0] = mixed(mixed(out[0], d->sum[i]), d->sums[i]);
        out[1] = mixed(mixed(out[1], d->sums[i]), ~d->sum[i]);
    }
}

uint64_t im_checksum_of(const void *data, uint64_t n) {
    struct im_checksum d;
    uint64_t out[2];
    im_checksum_init(&d);
    im_checksum_add(&d, data, n);
    im_checksum_end(&d, out);
    return out[0];
}
