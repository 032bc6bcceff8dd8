/*
 * A position as text in any form:
 *
 * 1. tidy    labels, brackets and words for hemispheres become what a pair is made of
 * 2. grid    MGRS, UTM
 * 3. pair    a possible latitude and longitude
 * 4. fault   a pair that cannot be: exchanged, or out of range
 */
#include "formats/angle.h"
#include "formats/grid.h"

#include <math.h>
#include <string.h>

enum { TIDY = 160 };
static const double METRES_OF_DEGREE = 111195; /* of a great circle */

struct tidy {
    char text[TIDY];
    size_t n;
    bool labelled, longitude_first; /* labels say which is which */
};

/* ---- 1. tidy -------------------------------------------------------------- */

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Length of the word at s when it is `word` whatever its case, alone; else 0. */
static size_t word_at(const char *s, size_t n, const char *word) {
    size_t length = strlen(word);
    for (size_t i = 0; i < length; i++) {
        char c = i < n && s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] - 'A' + 'a')
                 : i < n                             ? s[i]
                                                     : '\0';
        if (c != word[i]) {
            return 0;
        }
    }
    return length < n && is_letter(s[length]) ? 0 : length;
}

/* A label and what parts it from its number. */
static size_t label_at(const char *s, size_t n, bool *longitude) {
    static const char *const labels[] = {"latitude", "lat", "longitude", "long",
                                         "lng",      "lon", "широта",    "долгота"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        size_t used = word_at(s, n, labels[i]);
        if (used > 0) {
            *longitude = i >= 2 && i != 6;
            used += used < n && s[used] == '.';
            while (used < n && strchr(" :=", s[used])) {
                used++;
            }
            return used;
        }
    }
    return 0;
}

/* "с. ш.", "в.д.": the hemisphere in two letters of Russian. */
static size_t russian_at(const char *s, size_t n, char *letter) {
    static const struct {
        const char *first, *second;
        char letter;
    } sides[] = {{"с", "ш", 'N'}, {"ю", "ш", 'S'}, {"в", "д", 'E'}, {"з", "д", 'W'}};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        size_t used = 2;
        if (n < 4 || memcmp(s, sides[i].first, 2) != 0) {
            continue;
        }
        while (used < n && strchr(". ", s[used])) {
            used++;
        }
        if (n - used >= 2 && memcmp(s + used, sides[i].second, 2) == 0) {
            *letter = sides[i].letter;
            return used + 2 + (used + 2 < n && s[used + 2] == '.');
        }
    }
    return 0;
}

static void put(struct tidy *t, char c) {
    if (t->n + 1 < TIDY) {
        t->text[t->n++] = c;
    }
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Does another angle begin ("+41.2+045.6", "405930N0453700E")? */
static bool parts_at(const struct tidy *t, const char *s) {
    char last = t->n > 0 ? t->text[t->n - 1] : ' ';
    bool letter = t->n > 1 && strchr("NSns", last) && is_digit(t->text[t->n - 2]);
    if (letter && is_digit(*s)) {
        return true;
    }
    return is_digit(last) && (*s == '+' || *s == '-') &&
           (t->text[0] == '+' || t->text[0] == '-');
}

static bool tidy(const char *s, size_t n, struct tidy *t) {
    *t = (struct tidy){.n = 0};
    while (n > 0 && strchr(" \t([", *s)) {
        s++;
        n--;
    }
    while (n > 0 && strchr(" \t)]/", s[n - 1])) {
        n--;
    }
    if (word_at(s, n, "geo") == 3 && n > 3 && s[3] == ':') {
        s += 4;
        n -= 4;
    }
    for (size_t i = 0, used; i < n && n < TIDY - 20; i += used) {
        char letter = 0;
        bool longitude = false;
        bool inside = i > 0 && is_letter(s[i - 1]);
        used = inside ? 0 : label_at(s + i, n - i, &longitude);
        if (used > 0) {
            t->longitude_first = t->longitude_first || (longitude && !t->labelled);
            t->labelled = true;
            put(t, ' ');
        } else if ((used = russian_at(s + i, n - i, &letter)) > 0) {
            put(t, letter);
        } else {
            used = 1;
            if (parts_at(t, s + i)) {
                put(t, ' ');
            }
            put(t, s[i]);
        }
    }
    return t->n > 0;
}

/* ---- 2. to 4. ------------------------------------------------------------- */

static enum im_coordinates_kind from_grid(const struct im_grid *g,
                                          struct im_coordinates *out) {
    *out = (struct im_coordinates){.system = g->system,
                                   .at = g->at,
                                   .or_else = g->or_else,
                                   .radius_m = g->radius_m,
                                   .wrong = g->wrong};
    if (g->wrong) {
        return IM_COORDINATES_BAD;
    }
    out->wrong = g->two ? "S may be band S or the southern hemisphere" : NULL;
    return g->two ? IM_COORDINATES_TWO : IM_COORDINATES_SURE;
}

static double slack_m(const struct im_angle_pair *p, struct im_lonlat at) {
    double lat = im_angle_slack(p->lat, 'N');
    double lon = im_angle_slack(p->lon, 'E') * cos(at.lat * 0.017453292519943295);
    return METRES_OF_DEGREE * hypot(lat, lon);
}

static void exchange(struct im_angle_pair *p) {
    struct im_angle lat = p->lat;
    p->lat = p->lon;
    p->lon = lat;
}

static bool is_possible(struct im_lonlat at) {
    return fabs(at.lat) <= 90 && fabs(at.lon) <= 180;
}

static struct im_lonlat position(const struct im_angle_pair *p) {
    return (struct im_lonlat){im_angle_value(p->lon, 'E'), im_angle_value(p->lat, 'N')};
}

/* Is there more to it than two whole numbers with a blank between? */
static bool is_meant(const struct tidy *t, const struct im_angle_pair *p) {
    return memchr(t->text, ',', t->n) != NULL || memchr(t->text, ';', t->n) != NULL ||
           p->lat.letter != 0 || p->lat.signs || (p->lat.fraction && p->lon.fraction);
}

static enum im_coordinates_kind fault(const struct im_angle_pair *p,
                                      struct im_coordinates *out) {
    struct im_angle_pair other = *p;
    bool same_axis = im_angle_axis(&p->lat, 'N') == im_angle_axis(&p->lon, 'E');
    exchange(&other);
    out->at = position(&other);
    out->radius_m = slack_m(&other, out->at);
    if (same_axis) {
        out->wrong = "two angles of one axis";
    } else if (p->lat.letter == 0 && is_possible(out->at)) {
        out->wrong = "the latitude is out of range: the two are exchanged";
        return IM_COORDINATES_EXCHANGED;
    } else {
        double lat = im_angle_value(p->lat, 'N'), lon = im_angle_value(p->lon, 'E');
        out->wrong = isnan(lat) || isnan(lon) ? "minutes and seconds are below 60"
                     : fabs(lat) > 90 ? "the latitude is out of range (-90 to 90)"
                                      : "the longitude is out of range (-180 to 180)";
    }
    return IM_COORDINATES_BAD;
}

enum im_coordinates_kind im_coordinates_read(const char *s, size_t n,
                                             struct im_coordinates *out) {
    struct tidy t;
    struct im_grid grid;
    struct im_angle_pair pair;
    *out = (struct im_coordinates){.system = "latitude and longitude"};
    if (!tidy(s, n, &t)) {
        return IM_COORDINATES_NONE;
    }
    im_grid_parse(t.text, t.n, &grid);
    if (grid.system) {
        return from_grid(&grid, out);
    }
    bool possible = im_angle_pair_scan(t.text, t.n, true, &pair);
    if (!possible &&
        (!im_angle_pair_scan(t.text, t.n, false, &pair) || !is_meant(&t, &pair))) {
        return IM_COORDINATES_NONE;
    }
    if (t.longitude_first && pair.lat.letter == 0) {
        exchange(&pair);
    }
    out->at = position(&pair);
    if (!is_possible(out->at) ||
        im_angle_axis(&pair.lat, 'N') == im_angle_axis(&pair.lon, 'E')) {
        return fault(&pair, out);
    }
    out->radius_m = slack_m(&pair, out->at);
    out->by_order = pair.lat.letter == 0 && !t.labelled;
    exchange(&pair);
    out->or_else = is_possible(position(&pair)) ? position(&pair) : out->at;
    return IM_COORDINATES_SURE;
}
