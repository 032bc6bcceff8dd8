#include "gazetteer/halves.h"

#include "base/utf8.h"
#include "gazetteer/inside.h"

size_t gaz_letters_of(const char *fold, size_t bytes, struct gaz_letters *out) {
    out->s = fold;
    out->n = 0;
    if (bytes > UINT16_MAX) {
        return 0;
    }
    for (size_t i = 0; i < bytes; i++) {
        if (((unsigned char)fold[i] & 0xC0) == 0x80) {
            continue;
        }
        if (out->n == GAZ_MOST_LETTERS) {
            return out->n = 0;
        }
        out->at[out->n++] = (unsigned short)i;
    }
    out->at[out->n] = (unsigned short)bytes;
    return out->n;
}

uint64_t gaz_half_hash(enum gaz_side side, const char *s, size_t n) {
    return gaz_hash64(s, n) ^ (side == GAZ_RIGHT ? 0x5851F42D4C957F2Du : 0);
}

uint32_t gaz_letter_set(const char *s, size_t n) {
    uint32_t set = 0;
    for (size_t i = 0, used = 1; i < n; i += used) {
        uint32_t cp = (unsigned char)s[i];
        used = 1;
        if (cp >= 0x80) {
            cp = im_utf8_next(s + i, n - i, &used);
        }
        set ^= (uint32_t)1 << ((cp * 0x9E3779B1u >> 16) % GAZ_LETTER_BITS);
    }
    return set;
}

uint64_t gaz_half_key(uint64_t hash, size_t n, uint32_t others) {
    uint64_t length = n < GAZ_LONG ? n : GAZ_LONG;
    return hash >> (64 - GAZ_HALF_BITS) << GAZ_SKETCH_BITS | length << GAZ_LETTER_BITS |
           others;
}
