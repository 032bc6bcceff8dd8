/*
 * Folding, transliteration and furniture strings. The tables are generated at build time
 * (text/gen/, ICU and CLDR) into build/gen/; nothing of ICU is needed at run time.
 */
#ifndef IM_TEXT_TEXT_H
#define IM_TEXT_TEXT_H

#include "base/arena.h"
#include "base/date.h"
#include <stdbool.h>
#include <stddef.h>

/*
 * Fold a name for comparison: NFKD, marks removed, lower case, all forms of i/ı/İ/I one,
 * ə and its look-alikes (U+0259 U+01DD U+04D9 and capitals) one, Armenian և = եւ,
 * punctuation, apostrophes and hyphens to single spaces, trimmed. Keeps the script.
 * Result in the arena, NUL-terminated.
 */
char *im_fold(struct im_arena *arena, const char *s, size_t n);

/*
 * Latin skeleton of a folded name, so that spellings of one name in several scripts and
 * romanisations meet (Товуз, Tovuz, Թովուզ, თოვუზი ... by table); ASCII letters, digits,
 * spaces. May be longer than the input. Two names with the same skeleton need not be the
 * same name: this is a weaker match than im_fold.
 */
char *im_skeleton(struct im_arena *arena, const char *folded, size_t n);

/* Furniture strings in the map's language (BCP 47; falls back to English). */
const char *im_phrase(const char *language, const char *key);

/* "12 July", "12–16 July 2020", "July 2020": CLDR month names; the year is written when
 * `year` is true. from/to may be equal or partly unset. */
char *im_date_phrase(struct im_arena *arena, const char *language, struct im_date from,
                     struct im_date to, bool year);

/* Number with the language's separators and at most `decimals` digits. */
char *im_number_phrase(struct im_arena *arena, const char *language, double v,
                       int decimals);

/* Damerau-Levenshtein distance (optimal string alignment) in code points, capped. */
size_t im_edit_distance(const char *a, const char *b, size_t cap);

#endif
