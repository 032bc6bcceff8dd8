/*
 * Words that say what a place is, not which: set aside when nothing stronger fits.
 * Words stand in their folded form (text.h). After an adjective or genitive ("Товузский
 * район", "Տավուշի մարզ") the stem is also tried with the endings that the name may
 * have alone.
 */
#include "gazetteer/inside.h"

#include <string.h>

enum { WORDS = 12 };

/* Small words that go with a generic one. */
static bool is_filler(const char *s, size_t n) {
    static const char *const fillers[] = {
        "of",    "the",        "de",     "da",         "du",        "do", "des",
        "del",   "della",      "di",     "von",        "der",       "la", "le",
        "rural", "autonomous", "muxtar", "автономная", "автономнои"};
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++) {
        if (strlen(fillers[i]) == n && memcmp(fillers[i], s, n) == 0) {
            return true;
        }
    }
    return false;
}

static void add_stem(struct gaz_generic *g, const char *s, size_t n,
                     const char *ending) {
    if (n >= 2 && g->n < GAZ_STEMS && n + strlen(ending) < GAZ_STEM_BYTES) {
        memcpy(g->stem[g->n], s, n);
        memcpy(g->stem[g->n++] + n, ending, strlen(ending) + 1);
    }
}

/* Does s[n] end so? Then its length without the ending, else 0. */
static size_t without(const char *s, size_t n, const char *ending) {
    size_t e = strlen(ending);
    return n > e + 3 && memcmp(s + n - e, ending, e) == 0 ? n - e : 0;
}

/* The endings that a name loses when it becomes an adjective or a genitive. */
static void add_bare_stems(struct gaz_generic *g) {
    static const char *const russian[] = {"ский",  "скии", "ская",  "ское", "ской",
                                          "ского", "ском", "ськии", "ська"};
    const char *s = g->stem[0];
    size_t n = strlen(s), bare;
    for (size_t i = 0; i < sizeof russian / sizeof *russian; i++) {
        if ((bare = without(s, n, russian[i])) > 0) {
            add_stem(g, s, bare, "");
            add_stem(g, s, bare, "а");
            if (without(s, bare, "ин")) {
                add_stem(g, s, bare - strlen("ин"), "а");
                add_stem(g, s, bare - strlen("ин"), "и");
            }
            return;
        }
    }
    if ((bare = without(s, n, "ի")) > 0 || (bare = without(s, n, "ու")) > 0) {
        add_stem(g, s, bare, "");
    } else if ((bare = without(s, n, "ის")) > 0) {
        add_stem(g, s, bare, "ი");
        add_stem(g, s, bare, "");
    }
}

/* Words of a folded name; more than WORDS are not told apart. */
static size_t split(const char *s, size_t n, const char *at[WORDS],
                    size_t length[WORDS]) {
    size_t count = 0;
    for (size_t i = 0; i < n && count < WORDS; i++) {
        const char *blank = memchr(s + i, ' ', n - i);
        size_t used = blank ? (size_t)(blank - (s + i)) : n - i;
        at[count] = s + i;
        length[count++] = used;
        i += used;
    }
    return count;
}

/* "р-н", "р-на", "r-nu" are folded to two words: the generic word that they mean. */
static const char *abbreviated(const char *a, size_t n, const char *b, size_t m) {
    static const struct {
        const char *first, *second, *word;
    } known[] = {{"р", "н", "раион"},
                 {"р", "на", "раион"},
                 {"р", "не", "раион"},
                 {"r", "n", "rayon"},
                 {"r", "nu", "rayonu"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strlen(known[i].first) == n && memcmp(known[i].first, a, n) == 0 &&
            strlen(known[i].second) == m && memcmp(known[i].second, b, m) == 0) {
            return known[i].word;
        }
    }
    return NULL;
}

static size_t join_abbreviations(const char *at[WORDS], size_t length[WORDS],
                                 size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const char *word =
            kept > 0 ? abbreviated(at[kept - 1], length[kept - 1], at[i], length[i])
                     : NULL;
        if (word) {
            at[kept - 1] = word;
            length[kept - 1] = strlen(word);
        } else {
            at[kept] = at[i];
            length[kept++] = length[i];
        }
    }
    return kept;
}

/* Han script writes the word behind the name without a blank: 北京市. */
static bool strip_han(const char *s, size_t n, struct gaz_generic *out) {
    static const struct gaz_generic_word suffixes[] = {
        {"市", IM_SETTLEMENT, GAZ_CITY}, {"镇", IM_SETTLEMENT, GAZ_TOWN},
        {"鎮", IM_SETTLEMENT, GAZ_TOWN}, {"村", IM_SETTLEMENT, GAZ_VILLAGE},
        {"省", IM_REGION, GAZ_UNIT},     {"州", IM_REGION, GAZ_UNIT},
        {"県", IM_REGION, GAZ_UNIT},     {"县", IM_REGION, GAZ_DISTRICT},
        {"縣", IM_REGION, GAZ_DISTRICT}, {"区", IM_REGION, GAZ_DISTRICT},
        {"區", IM_REGION, GAZ_DISTRICT}, {"国", IM_COUNTRY, GAZ_COUNTRY},
        {"國", IM_COUNTRY, GAZ_COUNTRY}};
    enum { HAN = 3 }; /* bytes of a letter */
    for (size_t i = 0; n >= 3 * HAN && i < sizeof suffixes / sizeof *suffixes; i++) {
        if (memcmp(s + n - HAN, suffixes[i].word, HAN) == 0) {
            out->kind = suffixes[i].kind;
            out->feature = suffixes[i].feature;
            add_stem(out, s, n - HAN, "");
            return out->n > 0;
        }
    }
    return false;
}

bool gaz_generic(const char *folded, size_t n, struct gaz_generic *out) {
    const char *at[WORDS];
    char rest[GAZ_STEM_BYTES];
    size_t length[WORDS], left = 0, found = 0;
    out->kind = IM_KIND_ANY;
    out->feature = GAZ_OTHER;
    out->n = 0;
    if (n + 2 >= sizeof rest) {
        return false;
    }
    size_t count = join_abbreviations(at, length, split(folded, n, at, length));
    for (size_t i = 0; i < count; i++) {
        const struct gaz_generic_word *word = gaz_generic_word(at[i], length[i]);
        if (word) {
            out->kind = found ? out->kind : word->kind;
            out->feature = found ? out->feature : word->feature;
            found++;
        } else if (!is_filler(at[i], length[i])) {
            memcpy(rest + left, at[i], length[i]);
            left += length[i];
            rest[left++] = ' ';
        }
    }
    if (found == 0 && count == 1) {
        return strip_han(folded, n, out);
    }
    if (found == 0 || left == 0 || count == WORDS) {
        return false;
    }
    add_stem(out, rest, left - 1, "");
    if (out->n > 0) {
        add_bare_stems(out);
    }
    return out->n > 0;
}
