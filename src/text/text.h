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
#include <stdint.h>

/*
 * Fold a name for comparison: NFKD, marks removed, lower case, all forms of i/ı/İ/I
 * one, ə and its look-alikes (U+0259 U+01DD U+04D9 and capitals) one, Armenian և = եւ,
 * punctuation, apostrophes and hyphens to single spaces, trimmed. Keeps the script.
 * Result in the arena, NUL-terminated.
 */
char *im_fold(struct im_arena *arena, const char *s, size_t n);

/* Quickly: false when the folding of s[n] cannot be `fold`, by its first byte. */
bool im_fold_begins(const char *s, size_t n, const char *fold);

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
/* Readings of Latin letters: names of a gazetteer have the first or the first two; what
 * is asked for may also be written as in German (Suchumi, Wladikawkas) or French
 * (Choucha), where it has the letters that these read otherwise. */
enum { IM_EASTERN, IM_WESTERN, IM_GERMAN = 16, IM_FRENCH };
bool im_reads_as(const char *s, size_t n, unsigned reading);

/* Is some of the text in a script that leaves vowels out? Its skeletons are consonants.
 */
bool im_text_is_abjad(const char *s, size_t n);
/* Consonants of a skeleton, v and f as one, into out[n], which may be the skeleton, and
 * how many they are: meets the skeletons of such scripts. */
size_t im_bones(const char *skeleton, size_t n, char *out);

/* How a name sounds, one ASCII character a sound (see skeleton.c); finer than the
 * skeleton. */
void im_sounds_to(struct im_buf *buf, const char *s, size_t n, unsigned reading);
/* Added to a reading: glides before vowels, vowels after vowels (where no rule makes
 * one of them) and h after a last vowel are not left out. */
enum { IM_ALL_SOUNDS = 64 };
/* Distance of two such strings, 0 (alike) .. 1; blanks do not count. The sounds of
 * names with one skeleton differ by little when they are spellings of one name (< 0.2).
 */
double im_sound_distance(const char *a, const char *b);

/* Columns that n bytes of text take in a terminal (East Asian wide = 2, marks = 0). */
size_t im_text_width(const char *s, size_t n);

/* Furniture strings in the map's language (BCP 47; falls back to English; a key that no
 * language has comes back itself). The keys stand in gen/phrases.tsv. */
const char *im_phrase(const char *language, const char *key);
/* The same with its blanks filled: pairs of name and value, then NULL ("{name}" becomes
 * the value of "name"; a blank without a value stays). */
char *im_phrase_fill(struct im_arena *arena, const char *language, const char *key,
                     ...);
/* A line or a water of the bundled data in a language: `english` is its name there, and
 * comes back itself where gen/features.tsv has no other. */
const char *im_feature_name(const char *language, const char *english);
/* A text as a sentence; one that ends with an abbreviation gets no second full stop. */
char *im_sentence(struct im_arena *arena, const char *language, const char *text);
/*
 * A phrase that counts, in the plural form that CLDR has for n: "1 погибший", "5
 * погибших", "قتيلان". `written` is what stands for the number (a range "3–5", of which
 * n is the last), NULL for n itself.
 */
char *im_count_phrase(struct im_arena *arena, const char *language, const char *key,
                      double n, const char *written);
enum im_plural {
    IM_PLURAL_ZERO,
    IM_PLURAL_ONE,
    IM_PLURAL_TWO,
    IM_PLURAL_FEW,
    IM_PLURAL_MANY,
    IM_PLURAL_OTHER
};
/* CLDR's cardinal form of n; a fraction takes `other`. */
enum im_plural im_plural_form(const char *language, double n);

/* Does the furniture speak the language? The i-th that it speaks, NULL after the last.
 */
bool im_has_furniture(const char *language);
const char *im_furniture_language(size_t i);
/* The language itself when the furniture speaks it, else "en": names may be in a
 * language that the furniture does not speak, and English words take English dates. */
const char *im_wording(const char *language);
/*
 * A tag as BCP 47 writes it ("AZ_cyrl" is "az-Cyrl"): a language of two or three
 * letters and subtags of 1..8 letters and digits. NULL when it is none.
 */
char *im_language_tidy(struct im_arena *arena, const char *tag);
/* The i-th language that the furniture speaks or that the bundled gazetteer has names
 * in, by code; NULL after the last. */
const char *im_language_known(size_t i);
/* Is the tag one of them, or a variant of one? */
bool im_language_is_known(const char *tag);
/* The alpha-2 code of a country given by its alpha-2 or alpha-3 code of ISO 3166-1
 * ("aze"), or as the press and the EU write it ("UK", "EL", "KSA"), in either case;
 * false, and "", when it is none. */
bool im_country_code(const char *text, char out[3]);
/* The language in which a country (alpha-2 code) writes its own names; "en" when it is
 * not known. */
const char *im_country_language(const char *country);
/* Code of the known language that was likely meant ("aze", "Azeri", "Armenain", the
 * country "ge"), its English name in *name; "" for both when none is near. */
const char *im_language_nearest(struct im_arena *arena, const char *text,
                                const char **name);
/* Is the furniture of the language read from right to left? */
bool im_reads_left(const char *language);

/* "12 July", "12–16 July 2020", "July 2020": CLDR month names; the year is written when
 * `year` is true. from/to may be equal or partly unset. */
char *im_date_phrase(struct im_arena *arena, const char *language, struct im_date from,
                     struct im_date to, bool year);

/* Number with the language's separators and at most `decimals` digits. */
char *im_number_phrase(struct im_arena *arena, const char *language, double v,
                       int decimals);

/* ASCII digits of a text as the language's own ("12" is "١٢"). */
char *im_digits_phrase(struct im_arena *arena, const char *language, const char *text);
/* "10 km", "500 m": a number that im_number_phrase wrote, with its unit. */
char *im_length_phrase(struct im_arena *arena, const char *language, const char *number,
                       bool kilometres);
/* "41°10′N", "41°10′ с. ш.": degrees in ASCII digits; side N, S, E, W or 0 = none. */
char *im_compass_phrase(struct im_arena *arena, const char *language,
                        const char *degrees, char side);
/* "41.123°N, 45.32°E", at most `decimals` digits; degrees. */
char *im_coordinates_phrase(struct im_arena *arena, const char *language, double lon,
                            double lat, int decimals);
/* What stands between the things of a list: ", ", "، ". */
const char *im_list_separator(const char *language);

/* Damerau-Levenshtein distance (optimal string alignment) in code points, capped. Texts
 * of more than 255 code points are only compared for equality. */
size_t im_edit_distance(const char *a, const char *b, size_t cap);

/* The closest of several words to one that is none of them: begin with a distance that
 * is too far (edits) and with what there is when none is nearer, then try them in turn;
 * of equally near ones the first stays. */
struct im_closest {
    const char *word, *best;
    size_t too_far;
};
void im_closest_try(struct im_closest *near, const char *candidate);
/* Of words that end with NULL, one that may have been meant; "" = none is near. */
const char *im_closest_word(const char *word, const char *const *words);

/* What was done wrong in typing: letters and blanks left out or put in, a letter
 * exchanged for another, two neighbours transposed. */
enum im_edit {
    IM_MISSING,
    IM_EXTRA,
    IM_EXCHANGED,
    IM_TRANSPOSED,
    IM_BLANK_MISSING,
    IM_BLANK_EXTRA,
    IM_EDIT_COUNT
};
enum { IM_EDITS_KEPT = 8 };
struct im_edits {
    unsigned n[IM_EDIT_COUNT], total;
    bool digits; /* a digit is among what is edited */
    size_t
        kept; /* the last IM_EDITS_KEPT edits, from the end: where in the typed text */
    size_t at[IM_EDITS_KEPT]; /* in code points */
    enum im_edit edit[IM_EDITS_KEPT];
    uint32_t typed[IM_EDITS_KEPT], meant[IM_EDITS_KEPT]; /* the letter, 0 = none */
    bool doubled[IM_EDITS_KEPT]; /* of a double letter one too few or too many */
};
/* The fewest edits between two texts; false when one has more than 96 code points. */
bool im_edits_find(const char *typed, const char *meant, struct im_edits *out);
/* "1 transposition, 1 missing space" */
void im_edits_text(struct im_buf *buf, const struct im_edits *edits);

#endif
