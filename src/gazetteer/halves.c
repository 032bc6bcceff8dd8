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

static unsigned class_of(uint32_t cp) {
    return (cp * 0x9E3779B1u >> 16) % GAZ_NO_LETTER;
}

uint32_t gaz_class_bit(unsigned letter) {
    return letter == GAZ_NO_LETTER ? 0 : (uint32_t)1 << letter % GAZ_LETTER_BITS;
}

struct gaz_sketch gaz_sketch_of(enum gaz_side side, const char *s, size_t n) {
    struct gaz_sketch k = {0, GAZ_NO_LETTER};
    for (size_t i = 0, used = 1; i < n; i += used) {
        uint32_t cp = (unsigned char)s[i];
        used = 1;
        if (cp >= 0x80) {
            cp = im_utf8_next(s + i, n - i, &used);
        }
        unsigned letter = class_of(cp);
        k.letters ^= gaz_class_bit(letter);
        k.edge = side == GAZ_RIGHT || i == 0 ? letter : k.edge;
    }
    return k;
}

uint64_t gaz_half_key(uint64_t hash, size_t n, struct gaz_sketch others) {
    return hash >> (64 - GAZ_HALF_BITS) << GAZ_SKETCH_BITS |
           (uint64_t)(n & 1) << (GAZ_EDGE_BITS + GAZ_LETTER_BITS) |
           (uint64_t)others.edge << GAZ_LETTER_BITS | others.letters;
}
