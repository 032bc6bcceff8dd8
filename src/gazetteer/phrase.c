/*
 * The grammar of phrases that tell a place by another. Words are told apart (words.c),
 * then tried in turn:
 *
 *   border    [on the] A-B border [near X]; border of A and B; X yaxınlığında A-B
 * sərhədi between   between A and B; A ilə B arasında; on the A-B road distance  15 km
 * [north] of X; 15 км севернее X; X-dan 15 km şimalda side      north of X; севернее X;
 * X-ın şimalında; northern outskirts of X near      near X; outskirts of X; X
 * yaxınlığında
 *
 * Whatever is left over must be one name, and not empty.
 */
#include "gazetteer/relative.h"

#include "base/num.h"
#include "base/utf8.h"
#include "text/text.h"
#include <string.h>

enum { MOST_WORDS = 24, KEY_BYTES = 64 };
static const double MOST_KM = 2000, KM_OF_MILE = 1.609344;

struct word {
    const char *s;
    size_t n;
    char key[KEY_BYTES];
    enum gaz_word word;
};

struct parser {
    struct im_arena *arena;
    struct word v[MOST_WORDS];
    size_t n;
    struct gaz_phrase *out;
};

/* ---- words ---------------------------------------------------------------- */

/* Folded, without blanks, e for schwa; "" when it is long or only punctuation. */
static void make_key(struct im_arena *arena, struct word *w) {
    size_t used = 0;
    const char *fold = im_fold(arena, w->s, w->n);
    for (const char *p = fold; *p && used + 1 < KEY_BYTES; p++) {
        if (strncmp(p, "ə", 2) == 0) {
            w->key[used++] = 'e';
            p++;
        } else if (*p != ' ') {
            w->key[used++] = *p;
        }
    }
    w->key[used] = '\0';
}

static void add_word(struct parser *p, const char *s, size_t n) {
    struct word w = {.s = s, .n = n};
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
static bool split(struct parser *p, const char *s) {
    while (*s) {
        size_t n = strcspn(s, " \t"), number = digits(s, n);
        if (p->n + 2 > MOST_WORDS) {
            return false;
        }
        if (number > 0 && number < n) {
            struct word unit = {.s = s + number, .n = n - number};
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

static bool is(const struct parser *p, size_t i, enum gaz_word word) {
    return i < p->n && p->v[i].word == word;
}

static size_t skip(const struct parser *p, size_t i) {
    while (is(p, i, GAZ_W_FILL)) {
        i++;
    }
    return i;
}

/* Text from word `from` up to `end`, without fillers and commas around it. */
static const char *text_of(const struct parser *p, size_t from, size_t end) {
    while (from < end && (p->v[from].word == GAZ_W_FILL || p->v[from].key[0] == '\0')) {
        from++;
    }
    while (from < end && p->v[end - 1].key[0] == '\0') {
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
static size_t find(const struct parser *p, size_t from, size_t end,
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
static size_t dash_at(const char *s, size_t n) {
    if (n > 0 && s[0] == '-') {
        return 1;
    }
    bool dash = n > 2 && memcmp(s, "\xE2\x80", 2) == 0 && (unsigned char)s[2] >= 0x90 &&
                (unsigned char)s[2] <= 0x95;
    return dash ? 3 : 0;
}

/* "15", "1.5", "5-10". */
static bool take_number(const struct word *w, double *middle, double *spread) {
    size_t first = digits(w->s, w->n), dash = dash_at(w->s + first, w->n - first);
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
static bool take_distance(struct parser *p, size_t i, size_t *next) {
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
static bool take_direction(struct parser *p, size_t i, bool short_forms, size_t *next,
                           struct gaz_direction *out) {
    struct gaz_direction d;
    char two[2 * KEY_BYTES];
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

/* ---- the grammar ---------------------------------------------------------- */

/* "A-B", "A and B", "A – B" in from..end. */
static bool take_pair(struct parser *p, size_t from, size_t end) {
    const char *text = text_of(p, from, end);
    size_t and = find(p, from, end, GAZ_W_AND);
    if (and > from && and+1 < end) {
        p->out->a = text_of(p, from, and);
        p->out->b = text_of(p, and+1, end);
        return p->out->a[0] && p->out->b[0];
    }
    for (size_t i = 1, n = strlen(text); i + 1 < n; i++) {
        size_t dash = dash_at(text + i, n - i), left = i;
        if (dash > 0) {
            while (left > 0 && text[left - 1] == ' ') {
                left--;
            }
            p->out->a = im_strndup(p->arena, text, left);
            p->out->b = text + i + dash + strspn(text + i + dash, " ");
            return p->out->a[0] && p->out->b[0];
        }
    }
    return false;
}

/* "... near X" behind a border; X is then p->out->near. */
static size_t cut_near(struct parser *p, size_t from, size_t end) {
    size_t near = find(p, from, end, GAZ_W_NEAR);
    if (near < end && near + 1 < end) {
        size_t name = skip(p, near + 1);
        name += is(p, name, GAZ_W_OF) ? 1 : 0;
        p->out->near = text_of(p, name, end);
        return near;
    }
    return end;
}

static bool border(struct parser *p) {
    size_t at = find(p, 0, p->n, GAZ_W_BORDER), end;
    p->out->relation = GAZ_BORDER;
    if (at == p->n) {
        return false;
    }
    size_t near = find(p, 0, at, GAZ_W_NEAR); // "X yaxınlığında A-B sərhədi"
    size_t first = near < at && near > 0 ? near + 1 : 0;
    if (first > 0) {
        p->out->near = text_of(p, 0, near);
    }
    end = cut_near(p, at + 1, p->n);
    if (end == at + 1 && take_pair(p, first, at)) {
        return true;
    }
    at = skip(p, at + 1);
    at += is(p, at, GAZ_W_OF) || is(p, at, GAZ_W_BETWEEN) ? 1 : 0;
    return take_pair(p, at, end);
}

static bool between(struct parser *p) {
    size_t at = find(p, 0, p->n, GAZ_W_BETWEEN), road = find(p, 0, p->n, GAZ_W_ROAD);
    size_t half = find(p, 0, p->n, GAZ_W_HALFWAY);
    p->out->relation = half < p->n ? GAZ_HALFWAY : GAZ_BETWEEN;
    if (at < p->n) {
        bool behind = at + 1 == p->n || is(p, at + 1, GAZ_W_HALFWAY);
        return behind ? take_pair(p, 0, at) : take_pair(p, at + 1, p->n);
    }
    if (half < p->n && half + 1 == p->n) {
        return take_pair(p, 0, half);
    }
    return road < p->n && road > 0 && road + 1 == p->n && take_pair(p, 0, road);
}

/* The one name in from..end, which may be a pipeline. */
static bool take_name(struct parser *p, size_t from, size_t end) {
    p->out->a_is_line = find(p, from, end, GAZ_W_LINE) < end;
    p->out->a = text_of(p, from, p->out->a_is_line ? cut_near(p, from, end) : end);
    return p->out->a[0] != '\0';
}

static bool distance(struct parser *p) {
    size_t i = skip(p, 0);
    struct gaz_direction d = {.governs = false};
    bool within = is(p, i, GAZ_W_WITHIN);
    if (!take_distance(p, within ? skip(p, i + 1) : i, &i)) {
        return false;
    }
    p->out->relation = within ? GAZ_WITHIN : GAZ_AT;
    i = skip(p, i);
    size_t next;
    if (take_direction(p, i, true, &next, &d)) {
        i = skip(p, next);
    }
    if (!is(p, i, GAZ_W_OF) && !d.governs) {
        return false;
    }
    return take_name(p, is(p, i, GAZ_W_OF) ? i + 1 : i, p->n);
}

/* A name in front: "Tovuzdan 15 km şimal-şərqdə", "Tovuzun şimalında". */
static bool behind(struct parser *p) {
    struct gaz_direction d = {.follows = false};
    size_t name = 1, next = p->n;
    while (name < p->n && !take_distance(p, name, &next) &&
           !take_direction(p, name, false, &next, &d)) {
        name++;
    }
    p->out->relation = GAZ_AT;
    if (name == p->n) {
        return false;
    }
    next = skip(p, next);
    if (next < p->n && p->out->azimuth < 0) {
        take_direction(p, next, false, &next, &d);
    } else if (next < p->n && p->out->km < 0 && !take_distance(p, next, &next)) {
        return false;
    }
    return skip(p, next) == p->n && (p->out->km >= 0 || d.follows) &&
           take_name(p, 0, name);
}

static bool side(struct parser *p) {
    struct gaz_direction d;
    size_t i = skip(p, 0);
    if (!take_direction(p, i, false, &i, &d)) {
        return false;
    }
    i = skip(p, i);
    p->out->relation = is(p, i, GAZ_W_OUTSKIRTS) ? GAZ_OUTSKIRTS : GAZ_AT;
    if (p->out->relation == GAZ_OUTSKIRTS) {
        i++;
    } else if (!is(p, i, GAZ_W_OF) && !d.governs) {
        return false;
    }
    return take_name(p, is(p, i, GAZ_W_OF) ? i + 1 : i, p->n);
}

static bool near(struct parser *p) {
    size_t i = skip(p, 0);
    enum gaz_word word = i < p->n ? p->v[i].word : GAZ_W_NAME;
    if (word == GAZ_W_NEAR || word == GAZ_W_OUTSKIRTS) {
        p->out->relation = word == GAZ_W_NEAR ? GAZ_NEAR : GAZ_OUTSKIRTS;
        i = skip(p, i + 1);
        return take_name(p, is(p, i, GAZ_W_OF) ? i + 1 : i, p->n);
    }
    word = p->v[p->n - 1].word;
    if (word == GAZ_W_NEAR || word == GAZ_W_OUTSKIRTS) {
        p->out->relation = word == GAZ_W_NEAR ? GAZ_NEAR : GAZ_OUTSKIRTS;
        return take_name(p, 0, p->n - 1);
    }
    return false;
}

bool gaz_phrase_parse(struct im_arena *arena, const char *text,
                      struct gaz_phrase *out) {
    static bool (*const rules[])(struct parser *) = {border, between, distance,
                                                     side,   near,    behind};
    enum { LONGEST = 400 };
    if (!strchr(text, ' ') || strlen(text) > LONGEST) {
        return false;
    }
    struct parser *p = im_alloc(arena, 1, sizeof *p);
    p->arena = arena;
    p->out = out;
    if (!split(p, text)) {
        return false;
    }
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        *out = (struct gaz_phrase){
            .km = -1, .azimuth = -1, .half_sector = 180, .a = "", .b = "", .near = ""};
        if (rules[i](p)) {
            return true;
        }
    }
    return false;
}
