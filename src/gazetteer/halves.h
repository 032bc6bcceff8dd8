/*
 * Halves of folded names, for finding a name that has a slip or two (near.c): of two
 * edits at most one falls into the left half, or none into the right one. A half is
 * known by its hash; the sketch of the other half rules out most of what cannot be.
 */
#ifndef IM_GAZETTEER_HALVES_H
#define IM_GAZETTEER_HALVES_H

#include "gazetteer/format.h"
#include <stddef.h>

enum gaz_side { GAZ_LEFT = 1, GAZ_RIGHT = 2 };
enum { GAZ_MOST_LETTERS = 255, GAZ_NO_LETTER = 31 };

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
/* What is kept of a half: its letters, each of which turns the bit of its class; and
 * the class of the letter at its outer end (of a right half the last, of a left one the
 * first), GAZ_NO_LETTER of an empty half. */
struct gaz_sketch {
    uint32_t letters;
    unsigned edge;
};
struct gaz_sketch gaz_sketch_of(enum gaz_side side, const char *s, size_t n);
/* The bit of a class in `letters`; 0 of GAZ_NO_LETTER. */
uint32_t gaz_class_bit(unsigned letter);
/* Key of a half in GAZ_BY_HALF: of a name of n letters, with the other half's sketch.
 * The half's own letters, and whether n is odd, tell n. */
uint64_t gaz_half_key(uint64_t hash, size_t n, struct gaz_sketch others);

#endif
