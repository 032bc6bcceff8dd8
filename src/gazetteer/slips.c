/*
 * Is a guess worth believing? Most names that the gazetteer lacks lie an edit or two
 * from one that it has, so likeness alone says little. What speaks for a guess is how
 * unlikely it is that the likeness is chance:
 *
 *   worth = half a point for each letter beyond four of the edited word
 *           + half a point for each power of ten of people beyond 10,000, up to 1.5
 *           - .25 for a name that is not the first of its language
 *           - 2 for a name in letters that the place's own country does not write
 *   cost  = sum over the edits, the typical slips cheap: a transposition or a doubled
 *           letter 1, a vowel or h left out 1, vowels exchanged 2 to 2.5, related or
 *           neighbouring letters 1 to 3, others 4; 2 more at the start, 1 at the end
 *
 * Consonants alone (an abjad and another script, or two far spellings in one) are never
 * believed without a hint: most such names that the gazetteer lacks have those of some
 * place.
 *
 * The guess stands when its worth covers its cost and is 1 at least; what is missing is
 * the shortage. The weights were found by trying 1,500 names of small places that the
 * bundled data lacks against the table of tests: 2 % of them are believed.
 */
#include "base/utf8.h"
#include "gazetteer/find.h"
#include "text/text.h"

#include <math.h>
#include <string.h>

static const double PER_LETTER = 0.5, PER_POWER = 0.5, MOST_PEOPLE = 1.5, LEAST = 1,
                    SECOND_NAME = 0.25, FOREIGN = 2, AT_START = 2, AT_END = 1,
                    TOO_SHORT = 0.5, UNCOUNTED = 0.2, CONSONANTS = 0.5;

enum { SCHWA = 0x259, FREE_LETTERS = 4, LEAST_SPELT = 6, LEAST_SPOKEN = 5 };

/* ---- cost ----------------------------------------------------------------- */

static bool is_in(const char *set, uint32_t cp) {
    for (size_t i = 0, n = strlen(set), used; i < n; i += used) {
        if (im_utf8_next(set + i, n - i, &used) == cp) {
            return true;
        }
    }
    return false;
}

static bool is_vowel(uint32_t cp) {
    return is_in("aeiouyəаеиоуыэюяёіїєαεηιουωաեէըիոօაეიოუ", cp);
}

static bool is_h(uint32_t cp) {
    return cp == 'h' || cp == 0x4BB || cp == 0x570; // h һ հ
}

static bool is_alike(const char *const *sets, size_t n, uint32_t a, uint32_t b) {
    for (size_t i = 0; i < n; i++) {
        if (is_in(sets[i], a) && is_in(sets[i], b)) {
            return true;
        }
    }
    return false;
}

/* Side by side on a keyboard, Latin or Russian. */
static bool are_neighbours(uint32_t a, uint32_t b) {
    static const char *const rows[] = {"qwertyuiop",   "asdfghjkl",   "zxcvbnm",
                                       "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t last = 0;
        for (size_t k = 0, n = strlen(rows[i]), used; k < n; k += used) {
            uint32_t cp = im_utf8_next(rows[i] + k, n - k, &used);
            if ((cp == a && last == b) || (cp == b && last == a)) {
                return true;
            }
            last = cp;
        }
    }
    return false;
}

/* Of a letter for another as written; of a sound for another (skeleton.c). */
static double exchange_cost(uint32_t a, uint32_t b, bool sounds) {
    static const char *const letters[] = {"bvwf", "ckq", "sz", "gq", "бвф", "сз"};
    static const char *const kin[] = {"kqgGX", "hXG", "CJZcTDz", "sSz", "vwbf"};
    bool schwa = a == SCHWA || b == SCHWA; // written as a or e
    if (is_vowel(a) && is_vowel(b)) {
        return schwa ? 0.5 : sounds ? 2 : 2.5;
    }
    if (sounds) {
        return is_alike(kin, sizeof kin / sizeof *kin, a, b) ? 1 : 4;
    }
    return is_alike(letters, sizeof letters / sizeof *letters, a, b) ? 2
           : are_neighbours(a, b)                                    ? 3
                                                                     : 4;
}

static double edit_cost(const struct im_edits *e, size_t i, bool sounds) {
    uint32_t letter = e->typed[i] ? e->typed[i] : e->meant[i];
    bool light = is_vowel(letter) || is_h(letter);
    switch (e->edit[i]) {
    case IM_TRANSPOSED:
        return 1;
    case IM_EXCHANGED:
        return exchange_cost(e->typed[i], e->meant[i], sounds);
    case IM_MISSING:
        return e->doubled[i] ? 1 : !light ? (sounds ? 3 : 2) : sounds ? 1.5 : 1;
    case IM_EXTRA:
        return e->doubled[i]                ? 1
               : is_h(letter)               ? (sounds ? 1.5 : 2.25)
               : is_vowel(letter) && sounds ? 1.5
                                            : 3;
    default:
        return 0; // blanks
    }
}

static double place_cost(const struct im_edits *e, size_t i, size_t letters) {
    bool blank = e->edit[i] == IM_BLANK_MISSING || e->edit[i] == IM_BLANK_EXTRA;
    size_t last = e->edit[i] == IM_MISSING ? letters : letters - 1;
    return blank                                             ? 0
           : e->at[i] == 0                                   ? AT_START
           : e->at[i] == last && e->edit[i] != IM_TRANSPOSED ? AT_END
                                                             : 0;
}

static double cost_of(const struct im_edits *e, const char *typed, bool sounds) {
    size_t letters = im_utf8_length(typed, strlen(typed));
    double sum = e->total > e->kept || e->digits ? INFINITY : 0;
    for (size_t i = 0; i < e->kept; i++) {
        sum += edit_cost(e, i, sounds) + place_cost(e, i, letters);
    }
    return sum;
}

/* ---- worth ---------------------------------------------------------------- */

static double renown(const struct gaz_record *r) {
    static const double unknown[] = {
        [GAZ_TOWN] = 0.2, [GAZ_CITY] = 0.75, [GAZ_CAPITAL] = 1, [GAZ_AREA] = 0.5,
        [GAZ_UNIT] = 0.5, [GAZ_COUNTRY] = 1, [GAZ_SEA] = 1};
    if (r->kind == IM_COUNTRY || r->people == 0) {
        return r->kind == IM_COUNTRY   ? unknown[GAZ_COUNTRY]
               : r->feature <= GAZ_SEA ? unknown[r->feature]
                                       : UNCOUNTED;
    }
    return fmin(MOST_PEOPLE, fmax(0, PER_POWER * (log10((double)r->people) - 4)));
}

/* Letters of the shortest word that is edited; of all when none is. */
static size_t edited_letters(const char *typed, const struct im_edits *e) {
    size_t start = 0, least = 0, all = 0;
    for (const char *s = typed; *s;) {
        size_t bytes = strcspn(s, " "), letters = im_utf8_length(s, bytes);
        all += letters;
        for (size_t i = 0; i < e->kept; i++) {
            bool blank = e->edit[i] == IM_BLANK_MISSING || e->edit[i] == IM_BLANK_EXTRA;
            bool here = e->at[i] >= start && e->at[i] <= start + letters && !blank;
            least = here && (least == 0 || letters < least) ? letters : least;
        }
        start += letters + 1;
        s += bytes + (s[bytes] == ' ');
    }
    return least > 0 ? least : all;
}

static double shortage(double cost, double worth) {
    return fmax(cost, LEAST) - worth;
}

double gaz_shortage_standing(enum gaz_standing standing) {
    return standing <= GAZ_SECOND ? SECOND_NAME : 0;
}

double gaz_shortage_spelt(const struct gaz_record *r, const char *typed,
                          const struct im_edits *e) {
    size_t all = im_utf8_length(typed, strlen(typed));
    double letters = (double)edited_letters(typed, e) - FREE_LETTERS;
    double left = shortage(cost_of(e, typed, false), PER_LETTER * letters + renown(r));
    return all < LEAST_SPELT ? fmax(TOO_SHORT, left) : left;
}

/* ---- sounds --------------------------------------------------------------- */

/* Is the name in letters that the place's own country writes, or the query's? */
static bool is_foreign(const struct gaz_record *r, const char *query,
                       const char *name) {
    static const struct {
        uint32_t first, last;
        const char *countries;
    } scripts[] = {
        {0x370, 0x3FF, "GR CY"},
        {0x400, 0x52F,
         "RU UA BY KZ KG UZ TJ TM AZ AM GE MD BG RS MK ME BA XK MN EE LV LT"},
        {0x530, 0x58F, "AM AZ GE TR"},
        {0x10A0, 0x10FF, "GE AZ TR RU"}};
    size_t used;
    uint32_t first = im_utf8_next(name, strlen(name), &used);
    uint32_t own = im_utf8_next(query, strlen(query), &used);
    const char country[3] = {r->country[0], r->country[1], '\0'};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        if (first >= scripts[i].first && first <= scripts[i].last) {
            bool same = own >= scripts[i].first && own <= scripts[i].last;
            return !same && !strstr(scripts[i].countries, country);
        }
    }
    return false;
}

bool gaz_by_consonants(const struct gaz_query *q, const struct gaz_found *f) {
    bool sound = f->match == IM_MATCH_TRANSLITERATED || f->match == IM_MATCH_GENERIC;
    return sound && f->shortage > 0 && f->distance > GAZ_CLOSE &&
           (im_text_is_abjad(q->name, strlen(q->name)) ||
            im_text_is_abjad(f->matched, strlen(f->matched)));
}

double gaz_shortage_spoken(struct gaz_query *q, const struct gaz_form *form,
                           const char *name, size_t n, double apart) {
    const struct gaz_record *r = q->hand;
    double least = INFINITY;
    if (form->abjad || im_text_is_abjad(name, n)) {
        return apart > GAZ_CLOSE ? CONSONANTS : -1;
    }
    im_fold_to(&q->fold, name, n);
    double known = renown(r) - (is_foreign(r, form->fold, q->fold.data) ? FOREIGN : 0);
    size_t letters = im_utf8_length(form->fold, strlen(form->fold));
    for (unsigned i = 0, readings = im_readings(name, n); i < readings; i++) {
        im_sounds_to(&q->sounds, name, n, i | IM_ALL_SOUNDS);
        for (unsigned k = 0; k < form->readings; k++) {
            struct im_edits e;
            const char *mine = form->written;
            im_sounds_to(&q->key, mine, strlen(mine), form->reading[k] | IM_ALL_SOUNDS);
            if (!im_edits_find(q->key.data, q->sounds.data, &e)) {
                return -1; // so long a name is no chance
            }
            size_t word = edited_letters(e.total > 0 ? q->key.data : form->fold, &e);
            double worth = PER_LETTER * ((double)word - FREE_LETTERS) + known;
            least = fmin(least, shortage(cost_of(&e, q->key.data, true), worth));
        }
    }
    return letters < LEAST_SPOKEN ? fmax(TOO_SHORT, least) : least;
}
