/* A phrase in words, with what each may mean; numbers, distances and directions. */
#include "gazetteer/tokens.h"

#include "base/num.h"
#include "base/utf8.h"
#include "text/text.h"
#include <string.h>

static const double MOST_KM = 2000, KM_OF_MILE = 1.609344;

/* ---- words ---------------------------------------------------------------- */

/* Folded, without blanks, e for schwa; "" when it is long or only punctuation. */
static void make_key(struct im_arena *arena, struct gaz_token *w) {
    size_t used = 0;
    const char *fold = im_fold(arena, w->s, w->n);
    for (const char *p = fold; *p && used + 1 < GAZ_TOKEN_KEY; p++) {
        if (strncmp(p, "ə", 2) == 0) {
            w->key[used++] = 'e';
            p++;
        } else if (*p != ' ') {
            w->key[used++] = *p;
        }
    }
    w->key[used] = '\0';
}

static void add_word(struct gaz_parser *p, const char *s, size_t n) {
    struct gaz_token w = {.s = s, .n = n};
    make_key(p->arena, &w);
    w.word = gaz_word_of(w.key);
    p->v[p->n++] = w;
}

static size_t digits(const char *s, size_t n) {
    size_t i = 0;
    while (i < n && ((s[i] >= '0' && s[i] <= '9') ||
                     ((s[i] == '.' || s[i] == ',') && i > 0 && i + 1 < n &&
                      s[i + 1] >= '0' && s[i + 1] <= '9'))) {
        i++;
    }
    return i;
}

/* Blanks part words, and so does a unit that stands right behind its number. */
bool gaz_parser_split(struct gaz_parser *p, const char *s) {
    while (*s) {
        size_t n = strcspn(s, " \t"), number = digits(s, n);
        if (p->n + 2 > GAZ_MOST_TOKENS) {
            return false;
        }
        if (number > 0 && number < n) {
            struct gaz_token unit = {.s = s + number, .n = n - number};
            make_key(p->arena, &unit);
            enum gaz_word w = gaz_word_of(unit.key);
            if (w == GAZ_W_KM || w == GAZ_W_M || w == GAZ_W_MILE) {
                add_word(p, s, number);
                s += number;
                continue;
            }
        }
        if (n > 0) {
            add_word(p, s, n);
        }
        s += n + (s[n] != '\0');
    }
    return p->n > 1;
}

bool gaz_parser_is(const struct gaz_parser *p, size_t i, enum gaz_word word) {
    return i < p->n && p->v[i].word == word;
}

bool gaz_parser_is_idle(const struct gaz_parser *p, size_t i) {
    return gaz_parser_is(p, i, GAZ_W_FILL) || gaz_parser_is(p, i, GAZ_W_ALONG);
}

size_t gaz_parser_skip(const struct gaz_parser *p, size_t i) {
    while (gaz_parser_is_idle(p, i)) {
        i++;
    }
    return i;
}

/* Text from word `from` up to `end`, without fillers and commas around it. */
const char *gaz_parser_text_of(const struct gaz_parser *p, size_t from, size_t end) {
    while (from < end && (gaz_parser_is_idle(p, from) || p->v[from].key[0] == '\0')) {
        from++;
    }
    while (from < end &&
           (gaz_parser_is(p, end - 1, GAZ_W_ALONG) || p->v[end - 1].key[0] == '\0')) {
        end--;
    }
    if (from >= end) {
        return "";
    }
    const char *s = p->v[from].s;
    size_t n = (size_t)(p->v[end - 1].s + p->v[end - 1].n - s);
    while (n > 0 && strchr(",;.", s[n - 1])) {
        n--;
    }
    return im_strndup(p->arena, s, n);
}

/* The first such word in from..end, else end. */
size_t gaz_parser_find(const struct gaz_parser *p, size_t from, size_t end,
                       enum gaz_word word) {
    while (from < end && p->v[from].word != word) {
        from++;
    }
    return from;
}

/* ---- numbers -------------------------------------------------------------- */

static bool number_at(const char *s, size_t n, double *v) {
    char text[24];
    size_t kept = 0;
    const char *comma = memchr(s, ',', n);
    bool thousands = comma && s + n - comma == 4 && !memchr(s, '.', n);
    for (size_t i = 0; i < n && kept + 1 < sizeof text; i++) {
        if (s[i] != ',' || !thousands) {
            text[kept++] = s[i] == ',' ? '.' : s[i];
        }
    }
    return im_num_parse(text, kept, v);
}

/* Length of a dash at s, 0 = none. */
size_t gaz_parser_dash_at(const char *s, size_t n) {
    if (n > 0 && s[0] == '-') {
        return 1;
    }
    bool dash = n > 2 && memcmp(s, "\xE2\x80", 2) == 0 && (unsigned char)s[2] >= 0x90 &&
                (unsigned char)s[2] <= 0x95;
    return dash ? 3 : 0;
}

/* "15", "1.5", "5-10". */
static bool take_number(const struct gaz_token *w, double *middle, double *spread) {
    size_t first = digits(w->s, w->n),
           dash = gaz_parser_dash_at(w->s + first, w->n - first);
    double low, high;
    if (first == 0 || !number_at(w->s, first, &low)) {
        return false;
    }
    high = low;
    if (first < w->n) {
        const char *s = w->s + first + dash;
        size_t n = w->n - first - dash;
        if (dash == 0 || n == 0 || digits(s, n) != n || !number_at(s, n, &high)) {
            return false;
        }
    }
    *middle = (low + high) / 2;
    *spread = high > low ? (high - low) / 2 : 0;
    return true;
}

/* A number and its unit at word i; *next = what follows. */
bool gaz_parser_take_distance(struct gaz_parser *p, size_t i, size_t *next) {
    double v, spread;
    if (i + 1 >= p->n || !take_number(&p->v[i], &v, &spread)) {
        return false;
    }
    enum gaz_word unit = p->v[i + 1].word;
    double km = unit == GAZ_W_KM     ? 1
                : unit == GAZ_W_M    ? 0.001
                : unit == GAZ_W_MILE ? KM_OF_MILE
                                     : 0;
    if (km <= 0 || v * km > MOST_KM) {
        return false;
    }
    p->out->km = v * km;
    p->out->spread_km = spread * km;
    *next = i + 2;
    return true;
}

/* ---- directions ----------------------------------------------------------- */

/* One word, or "north east" in two. */
bool gaz_parser_take_direction(struct gaz_parser *p, size_t i, bool short_forms,
                               size_t *next, struct gaz_direction *out) {
    struct gaz_direction d;
    char two[2 * GAZ_TOKEN_KEY];
    *next = i + 1;
    if (i >= p->n || !gaz_direction_of(p->v[i].key, short_forms, &d)) {
        return false;
    }
    if (i + 1 < p->n) {
        size_t n = strlen(p->v[i].key);
        struct gaz_direction more;
        memcpy(two, p->v[i].key, n);
        memcpy(two + n, p->v[i + 1].key, strlen(p->v[i + 1].key) + 1);
        if (gaz_direction_of(two, false, &more)) {
            d = more;
            *next = i + 2;
        }
    }
    p->out->azimuth = d.azimuth;
    p->out->half_sector = d.half_sector;
    *out = d;
    return true;
}
