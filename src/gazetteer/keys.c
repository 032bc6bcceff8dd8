#include "gazetteer/inside.h"
#include "text/text.h"

#include <string.h>

enum { BONES_ROOM = 256, LEAST_BONES = 3 };

uint64_t gaz_hash64(const char *s, size_t n) {
    uint64_t h = GAZ_HASH_BEGIN;
    for (size_t i = 0; i < n; i++) {
        h = gaz_hash_step(h, s[i]);
    }
    return gaz_hash_end(h);
}

uint32_t gaz_hash(const char *s, size_t n) {
    return (uint32_t)(gaz_hash64(s, n) >> 32);
}

uint64_t gaz_fold_key(const char *fold, size_t n) {
    return gaz_hash64(fold, n) >> (64 - GAZ_KEY_BITS);
}

uint64_t gaz_bones_bits(const char *bones, size_t n) {
    return gaz_hash64(bones, n) >> (64 - GAZ_BONES_BITS);
}

uint64_t gaz_sound_key_of(uint64_t letters, uint64_t bones, size_t bone_n) {
    const unsigned rest = GAZ_KEY_BITS - GAZ_BONES_BITS;
    uint64_t lead = bone_n >= LEAST_BONES ? bones : letters;
    return lead >> (64 - GAZ_BONES_BITS) << rest |
           (letters & (((uint64_t)1 << rest) - 1));
}

uint64_t gaz_sound_key(const char *skeleton, size_t n) {
    char bones[BONES_ROOM];
    size_t kept = n < sizeof bones ? im_bones(skeleton, n, bones) : 0;
    return gaz_sound_key_of(gaz_hash64(skeleton, n), gaz_hash64(bones, kept), kept);
}

uint64_t gaz_cell_key(int32_t lon, int32_t lat) {
    const int32_t half = 500000, row_bits = 9, column_bits = 10;
    uint64_t row = (uint64_t)((lat + 90000000) / half);
    uint64_t column = (uint64_t)((lon + 180000000) / half);
    return (row << column_bits | column) << (GAZ_KEY_BITS - row_bits - column_bits);
}

void gaz_skeleton_key(struct im_buf *out, const char *name, size_t n,
                      unsigned reading) {
    size_t length = 0;
    im_skeleton_to(out, name, n, reading);
    for (size_t i = 0; i < out->len; i++) {
        char c = out->data[i];
        if (c != ' ' && (length == 0 || out->data[length - 1] != c)) {
            out->data[length++] = c;
        }
    }
    out->len = length;
    out->data[length] = '\0';
}

bool gaz_bones_key(char *skeleton) {
    size_t n = im_bones(skeleton, strlen(skeleton), skeleton);
    skeleton[n] = '\0';
    return n >= LEAST_BONES;
}
