/*
 * Keys of a skeleton's edits (GAZ_BY_SKELETON), by the thousand: what the letters
 * before an edit come to is kept, and a table of bits tells of most keys that no name
 * has.
 */
#ifndef IM_GAZETTEER_EDITS_H
#define IM_GAZETTEER_EDITS_H

#include "gazetteer/inside.h"

enum { GAZ_LONGEST_EDITED = 40 };

/* A skeleton and the hashes of its beginnings: of all letters, and of the bones alone
 * (im_bones), of which there are so many, and the last one is that. */
struct gaz_edited {
    size_t n;
    const char *letters;
    char bone[GAZ_LONGEST_EDITED];
    struct gaz_beginning {
        uint64_t letters, bones;
        size_t bone_n;
        char last;
    } head[GAZ_LONGEST_EDITED + 1];
    char bone_of[128]; /* of an ASCII letter, or NUL */
};

/* n is at most GAZ_LONGEST_EDITED; the skeleton is kept. */
void gaz_edited_init(struct gaz_edited *e, const char *skeleton, size_t n);
/* Key of the first `head` letters, the n between, and the letters from `tail` on. */
uint64_t gaz_edited_key(const struct gaz_edited *e, size_t head, const char *between,
                        size_t n, size_t tail);
/* That will be asked soon: it may be on its way from memory meanwhile. */
void gaz_expect_sound(const struct gaz_layer *layer, uint64_t key);
/* May the layer have entries that gaz_lookup_bits finds for the whole key? Mostly no
 * when it has none. */
bool gaz_may_have_sound(const struct gaz_layer *layer, uint64_t key);

#endif
