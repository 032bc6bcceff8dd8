/*
 * Folding, transliteration and furniture strings. The tables are generated at build
 * time (text/gen/, ICU and CLDR) into build/gen/; nothing of ICU is needed at run time.
 */
#ifndef IM_TEXT_TEXT_H
#define IM_TEXT_TEXT_H

#include "base/buf.h"
#include "base/date.h"
#include <stdbool.h>
#include <stddef.h>

/*
 * Fold a name for comparison: NFKD, marks removed, lower case, all forms of i/ı/İ/I
 * one, ə and its look-alikes (U+0259 U+01DD U+04D9 and capitals) one, Armenian և = եւ,
 * punctuation, apostrophes and hyphens to single spaces, trimmed. Keeps the script.
 * Result in the arena, NUL-terminated.
 */
char *im_fold(struct im_arena *arena, const char *s, size_t n);

/*
 * Latin skeleton of a folded name, so that spellings of one name in several scripts and
 * romanisations meet (Товуз, Tovuz, Թովուզ, თოვუზი ... by table); ASCII letters,
 * digits, spaces. May be longer than the input. Two names with the same skeleton need
 * not be the same name: this is a weaker match than im_fold.
 */
char *im_skeleton(struct im_arena *arena, const char *folded, size_t n);

/*
 * The same into buf (cleared first), for use by the thousand. im_skeleton_to takes the
 * name as written or folded (as written tells more: ç and ş keep their sounds) in one
 * of its readings, 0 .. im_readings - 1: Latin c, j, x in the east and in the west; the
 * Georgian nominative -i; letters of Arabic and Hebrew script that stand for a
 * consonant, another one, or a vowel. Reading 0 is im_skeleton. A script without a
 * table gives "".
 */
void im_fold_to(struct im_buf *buf, const char *s, size_t n);
void im_skeleton_to(struct im_buf *buf, const char *s, size_t n, unsigned reading);
unsigned im_readings(const char *s, size_t n); /* 1 .. 16 */

/* Is some of the text in a script that leaves vowels out? Its skeletons are consonants.
 */
bool im_text_is_abjad(const char *s, size_t n);
/* Consonants of a skeleton, v and f as one, in place: meets the skeletons of such
 * scripts. */
void im_bones(char *skeleton);

/* How a name sounds, one ASCII character a sound (see skeleton.c); finer than the
 * skeleton. */
void im_sounds_to(struct im_buf *buf, const char *s, size_t n, unsigned reading);
/* Distance of two such strings, 0 (alike) .. 1; blanks do not count. The sounds of
 * names with one skeleton differ by little when they are spellings of one name (< 0.2).
 */
double im_sound_distance(const char *a, const char *b);

/* Columns that n bytes of text take in a terminal (East Asian wide = 2, marks = 0). */
size_t im_text_width(const char *s, size_t n);

/* Furniture strings in the map's language (BCP 47; falls back to English; a key that no
 * language has comes back itself). The keys stand in gen/phrases.tsv. */
const char *im_phrase(const char *language, const char *key);

/* "12 July", "12–16 July 2020", "July 2020": CLDR month names; the year is written when
 * `year` is true. from/to may be equal or partly unset. */
char *im_date_phrase(struct im_arena *arena, const char *language, struct im_date from,
                     struct im_date to, bool year);

/* Number with the language's separators and at most `decimals` digits. */
char *im_number_phrase(struct im_arena *arena, const char *language, double v,
                       int decimals);

/* Damerau-Levenshtein distance (optimal string alignment) in code points, capped. Texts
 * of more than 255 code points are only compared for equality. */
size_t im_edit_distance(const char *a, const char *b, size_t cap);

#endif
