/* Names as they stand in a sentence, back to how a gazetteer has them: endings of
 * Russian and Azerbaijani cases, and adjectives of countries. What comes out are
 * guesses to be looked up, the likeliest first. */
#include "gazetteer/relative.h"

#include "text/text.h"
#include <string.h>

struct change {
    const char *ending, *instead;
};

/* Товуза, Гянджи, Турции, Казани; Товузом, Гянджой. */
static const struct change russian[] = {
    {"а", ""},   {"ии", "ия"}, {"и", "а"},  {"и", "ь"},  {"и", "я"},
    {"ы", "а"},  {"ью", "ь"},  {"ом", ""},  {"ой", "а"}, {"ем", ""},
    {"ем", "ь"}, {"ем", "й"},  {"ей", "я"}, {"ей", "а"}, {"я", "ь"},
    {"я", "й"},  {"у", ""},    {"е", ""},   {"е", "а"},
};

/* Tovuzdan, Tovuzun, Gəncənin, rayonundan, Gəncəyə. */
static const struct change azerbaijani[] = {
    {"ndan", ""}, {"ndən", ""}, {"nden", ""}, {"dan", ""}, {"dən", ""}, {"den", ""},
    {"nın", ""},  {"nin", ""},  {"nun", ""},  {"nün", ""}, {"ın", ""},  {"in", ""},
    {"un", ""},   {"ün", ""},   {"ya", ""},   {"yə", ""},
};

static const struct change adjectives[] = {{"n", ""}, {"ian", ""},   {"ian", "e"},
                                           {"i", ""}, {"ish", "ey"}, {"ese", ""}};

/* Folded beginnings of Russian adjectives, alone or as the first of two. */
static const struct change stems[] = {
    {"армян", "Армения"},  {"азербаиджан", "Азербайджан"}, {"грузин", "Грузия"},
    {"россии", "Россия"},  {"турецк", "Турция"},           {"иран", "Иран"},
    {"украин", "Украина"}, {"сирииск", "Сирия"},           {"казах", "Казахстан"},
};

struct list {
    struct im_arena *arena;
    const char **v;
    size_t n;
};

static void add(struct list *l, const char *s, size_t n, const char *instead) {
    const char *made = im_format(l->arena, "%.*s%s", (int)n, s, instead);
    for (size_t i = 0; i < l->n; i++) {
        if (strcmp(l->v[i], made) == 0) {
            return;
        }
    }
    if (n > 1 && l->n < GAZ_CASES) {
        l->v[l->n++] = made;
    }
}

static void change(struct list *l, const char *s, const struct change *c, size_t n) {
    size_t length = strlen(s);
    for (size_t i = 0; i < n; i++) {
        size_t e = strlen(c[i].ending);
        if (length > e + 2 && memcmp(s + length - e, c[i].ending, e) == 0) {
            add(l, s, length - e, c[i].instead);
        }
    }
}

static bool is_cyrillic(const char *s) {
    for (; *s; s++) {
        if ((unsigned char)*s == 0xD0 || (unsigned char)*s == 0xD1) {
            return true;
        }
    }
    return false;
}

/* "Нагорного Карабаха": the adjective before the name. */
static const char *plain_adjective(struct im_arena *arena, const char *s) {
    static const struct change endings[] = {{"ного ", "ный "}, {"ной ", "ная "}};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const char *at = strstr(s, endings[i].ending);
        if (at) {
            return im_format(arena, "%.*s%s%s", (int)(at - s), s, endings[i].instead,
                             at + strlen(endings[i].ending));
        }
    }
    return s;
}

size_t gaz_nominatives(struct im_arena *arena, const char *name,
                       const char *out[GAZ_CASES]) {
    struct list l = {arena, out, 0};
    add(&l, name, strlen(name), "");
    if (is_cyrillic(name)) {
        change(&l, plain_adjective(arena, name), russian,
               sizeof russian / sizeof *russian);
    } else {
        change(&l, name, azerbaijani, sizeof azerbaijani / sizeof *azerbaijani);
    }
    return l.n;
}

size_t gaz_country_names(struct im_arena *arena, const char *adjective,
                         const char *out[GAZ_CASES]) {
    const char *fold = im_fold(arena, adjective, strlen(adjective));
    struct list l = {arena, out, gaz_nominatives(arena, adjective, out)};
    change(&l, adjective, adjectives, sizeof adjectives / sizeof *adjectives);
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
        if (strncmp(fold, stems[i].ending, strlen(stems[i].ending)) == 0) {
            add(&l, stems[i].instead, strlen(stems[i].instead), "");
        }
    }
    return l.n;
}
