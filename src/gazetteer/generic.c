/*
 * Words that say what a place is, not which: set aside when nothing stronger fits.
 * Words stand in their folded form (text.h). After an adjective or genitive ("Товузский
 * район", "Տավուշի մարզ") the stem is also tried with the endings that the name may
 * have alone.
 */
#include "gazetteer/inside.h"

#include <string.h>

enum { WORDS = 12 };

static const struct generic_word {
    const char *word;
    enum im_kind kind;
    enum gaz_feature feature;
} words[] = {
    {"city", IM_SETTLEMENT, GAZ_CITY},
    {"town", IM_SETTLEMENT, GAZ_TOWN},
    {"village", IM_SETTLEMENT, GAZ_VILLAGE},
    {"settlement", IM_SETTLEMENT, GAZ_OTHER},
    {"hamlet", IM_SETTLEMENT, GAZ_VILLAGE},
    {"səhəri", IM_SETTLEMENT, GAZ_CITY},
    {"səhər", IM_SETTLEMENT, GAZ_CITY},
    {"kəndi", IM_SETTLEMENT, GAZ_VILLAGE},
    {"kənd", IM_SETTLEMENT, GAZ_VILLAGE},
    {"qəsəbəsi", IM_SETTLEMENT, GAZ_TOWN},
    {"qəsəbə", IM_SETTLEMENT, GAZ_TOWN},
    {"sehri", IM_SETTLEMENT, GAZ_CITY},
    {"koyu", IM_SETTLEMENT, GAZ_VILLAGE},
    {"kasabasi", IM_SETTLEMENT, GAZ_TOWN},
    {"shahri", IM_SETTLEMENT, GAZ_CITY},
    {"город", IM_SETTLEMENT, GAZ_CITY},
    {"г", IM_SETTLEMENT, GAZ_CITY},
    {"село", IM_SETTLEMENT, GAZ_VILLAGE},
    {"с", IM_SETTLEMENT, GAZ_VILLAGE},
    {"деревня", IM_SETTLEMENT, GAZ_VILLAGE},
    {"поселок", IM_SETTLEMENT, GAZ_TOWN},
    {"пос", IM_SETTLEMENT, GAZ_TOWN},
    {"пгт", IM_SETTLEMENT, GAZ_TOWN},
    {"місто", IM_SETTLEMENT, GAZ_CITY},
    {"քաղաք", IM_SETTLEMENT, GAZ_CITY},
    {"քաղաքը", IM_SETTLEMENT, GAZ_CITY},
    {"գյուղ", IM_SETTLEMENT, GAZ_VILLAGE},
    {"գյուղը", IM_SETTLEMENT, GAZ_VILLAGE},
    {"ქალაქი", IM_SETTLEMENT, GAZ_CITY},
    {"სოფელი", IM_SETTLEMENT, GAZ_VILLAGE},
    {"დაბა", IM_SETTLEMENT, GAZ_TOWN},
    {"شهر", IM_SETTLEMENT, GAZ_CITY},
    {"روستاي", IM_SETTLEMENT, GAZ_VILLAGE},
    {"روستای", IM_SETTLEMENT, GAZ_VILLAGE},
    {"مدينة", IM_SETTLEMENT, GAZ_CITY},
    {"قرية", IM_SETTLEMENT, GAZ_VILLAGE},
    {"district", IM_REGION, GAZ_DISTRICT},
    {"rayon", IM_REGION, GAZ_DISTRICT},
    {"rayonu", IM_REGION, GAZ_DISTRICT},
    {"raion", IM_REGION, GAZ_DISTRICT},
    {"raioni", IM_REGION, GAZ_DISTRICT},
    {"rajon", IM_REGION, GAZ_DISTRICT},
    {"municipality", IM_REGION, GAZ_DISTRICT},
    {"county", IM_REGION, GAZ_DISTRICT},
    {"ilcesi", IM_REGION, GAZ_DISTRICT},
    {"ilce", IM_REGION, GAZ_DISTRICT},
    {"раион", IM_REGION, GAZ_DISTRICT},
    {"شهرستان", IM_REGION, GAZ_DISTRICT},
    {"რაიონი", IM_REGION, GAZ_DISTRICT},
    {"მუნიციპალიტეტი", IM_REGION, GAZ_DISTRICT},
    {"շրջան", IM_REGION, GAZ_DISTRICT},
    {"region", IM_REGION, GAZ_OTHER},
    {"area", IM_REGION, GAZ_OTHER},
    {"province", IM_REGION, GAZ_UNIT},
    {"oblast", IM_REGION, GAZ_UNIT},
    {"state", IM_REGION, GAZ_UNIT},
    {"governorate", IM_REGION, GAZ_UNIT},
    {"prefecture", IM_REGION, GAZ_UNIT},
    {"canton", IM_REGION, GAZ_UNIT},
    {"krai", IM_REGION, GAZ_UNIT},
    {"kray", IM_REGION, GAZ_UNIT},
    {"marz", IM_REGION, GAZ_UNIT},
    {"marzi", IM_REGION, GAZ_UNIT},
    {"mərzi", IM_REGION, GAZ_UNIT},
    {"ili", IM_REGION, GAZ_UNIT},
    {"vilayeti", IM_REGION, GAZ_UNIT},
    {"раионе", IM_REGION, GAZ_DISTRICT},
    {"раиона", IM_REGION, GAZ_DISTRICT},
    {"области", IM_REGION, GAZ_UNIT},
    {"города", IM_SETTLEMENT, GAZ_CITY},
    {"села", IM_SETTLEMENT, GAZ_VILLAGE},
    {"область", IM_REGION, GAZ_UNIT},
    {"краи", IM_REGION, GAZ_UNIT},
    {"провинция", IM_REGION, GAZ_UNIT},
    {"округ", IM_REGION, GAZ_OTHER},
    {"марз", IM_REGION, GAZ_UNIT},
    {"մարզ", IM_REGION, GAZ_UNIT},
    {"մարզը", IM_REGION, GAZ_UNIT},
    {"մարզի", IM_REGION, GAZ_UNIT},
    {"მხარე", IM_REGION, GAZ_UNIT},
    {"استان", IM_REGION, GAZ_UNIT},
    {"محافظة", IM_REGION, GAZ_UNIT},
    {"republic", IM_KIND_ANY, GAZ_OTHER},
    {"respublikasi", IM_KIND_ANY, GAZ_OTHER},
    {"республика", IM_KIND_ANY, GAZ_OTHER},
    {"հանրապետություն", IM_KIND_ANY, GAZ_OTHER},
    {"lake", IM_WATER, GAZ_OTHER},
    {"sea", IM_WATER, GAZ_SEA},
    {"river", IM_WATER, GAZ_OTHER},
    {"reservoir", IM_WATER, GAZ_OTHER},
    {"golu", IM_WATER, GAZ_OTHER},
    {"dənizi", IM_WATER, GAZ_SEA},
    {"озеро", IM_WATER, GAZ_OTHER},
    {"море", IM_WATER, GAZ_SEA},
    {"река", IM_WATER, GAZ_OTHER},
    {"водохранилище", IM_WATER, GAZ_OTHER},
    {"լիճ", IM_WATER, GAZ_OTHER},
    {"mount", IM_OTHER, GAZ_OTHER},
    {"mountain", IM_OTHER, GAZ_OTHER},
    {"mt", IM_OTHER, GAZ_OTHER},
    {"гора", IM_OTHER, GAZ_OTHER},
    {"terminal", IM_OTHER, GAZ_OTHER},
    {"терминал", IM_OTHER, GAZ_OTHER},
};

/* Small words that go with a generic one. */
static bool is_filler(const char *s, size_t n) {
    static const char *const fillers[] = {
        "of", "the", "de", "da", "du", "do", "autonomous", "muxtar", "автономная"};
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++) {
        if (strlen(fillers[i]) == n && memcmp(fillers[i], s, n) == 0) {
            return true;
        }
    }
    return false;
}

static const struct generic_word *generic_word(const char *s, size_t n) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i].word) == n && memcmp(words[i].word, s, n) == 0) {
            return &words[i];
        }
    }
    return NULL;
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
    size_t count = split(folded, n, at, length);
    for (size_t i = 0; i < count; i++) {
        const struct generic_word *word = generic_word(at[i], length[i]);
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
    if (found == 0 || left == 0 || count == WORDS) {
        return false;
    }
    add_stem(out, rest, left - 1, "");
    if (out->n > 0) {
        add_bare_stems(out);
    }
    return out->n > 0;
}
