/*
 * Halves of folded names, for finding a name that has a slip or two (near.c): of two
 * edits at most one falls into the left half, or none into the right one. A half is
 * known by its hash; the sketch of the other half, its letters from the outer end of
 * the name inwards, rules out nearly all of what cannot be.
 */
#ifndef IM_GAZETTEER_HALVES_H
#define IM_GAZETTEER_HALVES_H

#include "gazetteer/format.h"
#include <stdbool.h>
#include <stddef.h>

enum gaz_side { GAZ_LEFT = 1, GAZ_RIGHT = 2 };
enum { GAZ_MOST_LETTERS = 255, GAZ_SKETCHED = 64 / GAZ_CLASS_BITS };

/* Where the letters of a folded name begin, and its end; 0 when it is too long. */
struct gaz_letters {
    const char *s;
    size_t n;
    unsigned short at[GAZ_MOST_LETTERS + 1];
};
size_t gaz_letters_of(const char *fold, size_t bytes, struct gaz_letters *out);

/* Letters of the left half of a name of n letters; the right half has the rest. */
static inline size_t gaz_left(size_t n) {
    return (n + 1) / 2;
}

uint64_t gaz_half_hash(enum gaz_side side, const char *s, size_t n);
/* The classes of a half's letters, GAZ_SKETCHED at most, from its outer end (of a right
 * half the last letter, of a left one the first), which stands in the lowest bits. */
uint64_t gaz_sketch_of(enum gaz_side side, const char *s, size_t n);
/* Key of a half in GAZ_BY_HALF: of a name of n letters, with the other half's sketch,
 * of which GAZ_OUTER letters are kept. The half's own letters, and whether n is odd,
 * tell n. */
uint64_t gaz_half_key(uint64_t hash, size_t n, uint64_t others);

/* A text of `n` letters of which a sketch holds the first `known`. */
struct gaz_sketched {
    uint64_t letters;
    int known, n;
};
/* May `it` become `mine` by so many edits (0 .. 2)? Letters that are not known are
 * taken to fit. Of `mine` all must be known, or at least two more than of `it`. */
bool gaz_may_become(struct gaz_sketched it, struct gaz_sketched mine, unsigned edits);
/* Is it more than one edit, of so many letters that are known? Quick to tell of most:
 * an edit spares the first three, or those behind, which may be moved by one, or but
 * for their first. */
static inline bool gaz_is_apart(uint64_t it, uint64_t mine, int known) {
    const int bits = GAZ_CLASS_BITS;
    const uint64_t first = ((uint64_t)1 << 3 * bits) - 1;
    const uint64_t behind = known > 3 ? ((uint64_t)1 << (known - 3) * bits) - 1 : 0;
    uint64_t last = it >> 3 * bits;
    return ((it ^ mine) & first) != 0 &&
           ((last ^ mine >> 3 * bits) & behind >> bits << bits) != 0 &&
           ((last ^ mine >> 2 * bits) & behind) != 0 &&
           ((last ^ mine >> 4 * bits) & behind) != 0;
}

#endif
