/* A row of a GeoNames main table as fields of a place. */
#include "base/num.h"
#include "base/utf8.h"
#include "gazetteer/geonames.h"

#include <string.h>

enum { CITY = 50000, TOWN = 5000, ID_DIGITS = 12 };

struct columns {
    const char *at[GN_COLUMNS];
    size_t n[GN_COLUMNS];
};

static bool split(const char *row, size_t n, struct columns *c) {
    const char *at = row, *end = row + n;
    for (int i = 0; i < GN_COLUMNS; i++) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        if ((i + 1 == GN_COLUMNS) != !tab) {
            return false;
        }
        c->at[i] = at;
        c->n[i] = (size_t)((tab ? tab : end) - at);
        at = tab ? tab + 1 : end;
    }
    return true;
}

static bool is(const struct columns *c, int column, const char *text) {
    size_t n = strlen(text);
    return c->n[column] >= n && memcmp(c->at[column], text, n) == 0;
}

struct sort {
    const char *kind, *feature;
};

static struct sort settlement(const struct columns *c) {
    double people = 0;
    if (is(c, GN_CODE, "PPLC") && c->n[GN_CODE] == 4) {
        return (struct sort){"settlement", "capital"};
    }
    if (is(c, GN_CODE, "PPLX")) {
        return (struct sort){"settlement", "quarter"};
    }
    im_num_parse(c->at[GN_POPULATION], c->n[GN_POPULATION], &people);
    bool seat = is(c, GN_CODE, "PPLA") || is(c, GN_CODE, "PPLG");
    return (struct sort){"settlement", people >= CITY           ? "city"
                                       : people >= TOWN || seat ? "town"
                                                                : "village"};
}

/* By the first of the beginnings that the feature code has. */
static struct sort sort_of(const struct columns *c) {
    static const struct {
        const char *code;
        struct sort sort;
    } known[] = {
        {"A.PCLH", {"other", "former country"}},
        {"A.PCL", {"country", "country"}},
        {"A.TERR", {"country", "country"}},
        {"A.ADM1H", {"region", "former unit"}},
        {"A.ADM1", {"region", "admin1"}},
        {"A.ADM", {"region", "district"}},
        {"A.", {"region", "region"}},
        {"H.SEA", {"water", "sea"}},
        {"H.OCN", {"water", "sea"}},
        {"H.GULF", {"water", "sea"}},
        {"H.STM", {"water", "river"}},
        {"H.RSV", {"water", "reservoir"}},
        {"H.LK", {"water", "lake"}},
        {"H.", {"water", "water"}},
        {"L.RGN", {"region", "region"}},
        {"L.CONT", {"region", "region"}},
        {"L.AREA", {"region", "region"}},
        {"L.CST", {"region", "region"}},
        {"T.MT", {"other", "mountain"}},
        {"T.PK", {"other", "mountain"}},
        {"T.ISL", {"other", "island"}},
        {"T.PASS", {"other", "pass"}},
        {"S.AIR", {"other", "airport"}},
    };
    char code[16] = "";
    if (is(c, GN_CLASS, "P")) {
        return settlement(c);
    }
    if (c->n[GN_CLASS] == 1 && c->n[GN_CODE] + 3 < sizeof code) {
        code[0] = c->at[GN_CLASS][0];
        code[1] = '.';
        memcpy(code + 2, c->at[GN_CODE], c->n[GN_CODE]);
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strncmp(code, known[i].code, strlen(known[i].code)) == 0) {
            return known[i].sort;
        }
    }
    return (struct sort){"other", NULL};
}

void gaz_put_name(struct im_buf *out, const char *s, size_t n) {
    if (memchr(s, '=', n)) {
        im_buf_str(out, "und=");
    }
    gaz_put_plain(out, s, n);
}

void gaz_put_plain(struct im_buf *out, const char *s, size_t n) {
    for (size_t i = 0; i < n; i++) {
        im_buf_char(out, s[i] == '|' ? '/' : strchr("\t\r\n", s[i]) ? ' ' : s[i]);
    }
}

/* The comma list of the table. */
static void put_alternates(struct im_buf *work, const char *s, size_t n) {
    const char *end = s + n;
    while (s < end) {
        const char *comma = memchr(s, ',', (size_t)(end - s));
        size_t length = (size_t)((comma ? comma : end) - s);
        if (length > 0) {
            if (work->len > 0) {
                im_buf_char(work, '|');
            }
            gaz_put_name(work, s, length);
        }
        s += length + 1;
    }
}

static bool is_text(const char *s, size_t n) {
    unsigned char high = 0;
    for (size_t i = 0; i < n; i++) {
        high |= (unsigned char)s[i];
    }
    return high < 0x80 || im_utf8_valid(s, n);
}

static void set(struct gaz_fields *f, enum gaz_column column, const char *s, size_t n) {
    f->at[column] = s;
    f->n[column] = n;
}

/* "AZ.52" by its name, else the code itself; "US.MO.077" by its name or not at all. */
static void set_units(const struct gaz_beside *b, const struct columns *c,
                      struct gaz_fields *f) {
    char key[GAZ_UNIT_KEY];
    uint32_t number;
    size_t n = c->n[GN_ADMIN1], second = c->n[GN_ADMIN2];
    set(f, GAZ_ADMIN1, c->at[GN_ADMIN1], n);
    if (n == 0 || n + second + 4 > sizeof key || c->n[GN_COUNTRY] != 2) {
        return;
    }
    memcpy(key, c->at[GN_COUNTRY], 2);
    key[2] = '.';
    memcpy(key + 3, c->at[GN_ADMIN1], n);
    if (gaz_string_find(&b->units, key, n + 3, &number)) {
        set(f, GAZ_ADMIN1, b->unit_names[number].data, b->unit_names[number].n);
    }
    key[3 + n] = '.';
    memcpy(key + 4 + n, c->at[GN_ADMIN2], second);
    if (second > 0 && gaz_string_find(&b->units, key, n + second + 4, &number)) {
        set(f, GAZ_ADMIN2, b->unit_names[number].data, b->unit_names[number].n);
    }
}

/* The seat that countryInfo.txt calls the capital is it, whatever its code says. */
static struct sort sort_in(const struct gaz_beside *b, const struct columns *c) {
    bool seat =
        is(c, GN_CLASS, "P") && (is(c, GN_CODE, "PPLA") || is(c, GN_CODE, "PPLG"));
    struct im_bytes code = {c->at[GN_COUNTRY], c->n[GN_COUNTRY]};
    struct im_bytes name = {c->at[GN_NAME], c->n[GN_NAME]};
    return seat && gaz_is_capital_of(b, code, name)
               ? (struct sort){"settlement", "capital"}
               : sort_of(c);
}

/* People as the row counts them (continents have more than can be kept), else as
 * `country` (or NULL) does: written at the end of `work`. */
static void set_people(const struct columns *c, const struct gaz_country *country,
                       struct im_buf *work, struct gaz_fields *f) {
    double people = 0;
    bool counted = im_num_parse(c->at[GN_POPULATION], c->n[GN_POPULATION], &people) &&
                   people >= 0 && people <= 4e9;
    set(f, GAZ_POPULATION, c->at[GN_POPULATION], counted ? c->n[GN_POPULATION] : 0);
    if (country && country->people > 0 && !(counted && people > 0)) {
        char text[40];
        size_t before = work->len, n = im_num_write(text, country->people, 0);
        im_buf_add(work, text, n);
        set(f, GAZ_POPULATION, work->data + before, n);
    }
}

/* Names, id and people stand in `work`, one behind the other. */
static void set_made(const struct gaz_beside *b, const struct columns *c, int64_t id,
                     struct im_buf *work, struct gaz_fields *f) {
    bool is_country = f->n[GAZ_KIND] == strlen("country") &&
                      memcmp(f->at[GAZ_KIND], "country", f->n[GAZ_KIND]) == 0;
    const struct gaz_country *country = is_country ? gaz_country_by_id(b, id) : NULL;
    im_buf_clear(work);
    if (!gaz_beside_names(b, (uint64_t)id, work)) {
        put_alternates(work, c->at[GN_ALTERNATES], c->n[GN_ALTERNATES]);
    }
    if (country) {
        gaz_put_country(country, work);
    }
    size_t names = work->len;
    im_buf_fmt(work, GAZ_GN_PREFIX "%zu", (size_t)id);
    size_t end = work->len;
    set_people(c, country, work, f);
    size_t people = work->len - end;
    set(f, GAZ_NAMES, work->data, names);
    set(f, GAZ_ID, work->data + names, end - names);
    if (people > 0) {
        set(f, GAZ_POPULATION, work->data + end, people);
    }
}

const char *gaz_geonames_fields(const struct gaz_beside *beside, const char *row,
                                size_t n, struct im_buf *work, struct gaz_fields *out) {
    struct columns c;
    int64_t id = 0;
    if (!split(row, n, &c)) {
        return "a row of GeoNames has 19 columns, not another number";
    }
    if (c.n[GN_ID] > ID_DIGITS || !im_int_parse(c.at[GN_ID], c.n[GN_ID], &id) ||
        id < 0) {
        return "the geonameid is no number";
    }
    if (!is_text(c.at[GN_NAME], c.n[GN_NAME]) ||
        !is_text(c.at[GN_ALTERNATES], c.n[GN_ALTERNATES])) {
        return "a name is not UTF-8";
    }
    struct sort sort = sort_in(beside, &c);
    for (int i = 0; i < GAZ_FIELDS; i++) {
        set(out, (enum gaz_column)i, "", 0);
    }
    set(out, GAZ_NAME, c.at[GN_NAME], c.n[GN_NAME]);
    set(out, GAZ_LAT, c.at[GN_LAT], c.n[GN_LAT]);
    set(out, GAZ_LON, c.at[GN_LON], c.n[GN_LON]);
    set(out, GAZ_KIND, sort.kind, strlen(sort.kind));
    set(out, GAZ_FEATURE, sort.feature ? sort.feature : c.at[GN_CODE],
        sort.feature ? strlen(sort.feature) : c.n[GN_CODE]);
    set(out, GAZ_CC, c.at[GN_COUNTRY], c.n[GN_COUNTRY]);
    set(out, GAZ_SOURCE, "geonames", strlen("geonames"));
    set_units(beside, &c, out);
    set_made(beside, &c, id, work, out);
    return NULL;
}

bool gaz_geonames_like(struct im_bytes head) {
    const char *newline = head.n ? memchr(head.data, '\n', head.n) : NULL;
    size_t n = newline ? (size_t)(newline - head.data) : head.n;
    struct columns c;
    double lat, lon;
    int64_t id;
    return n > 0 && split(head.data, n, &c) &&
           im_int_parse(c.at[GN_ID], c.n[GN_ID], &id) &&
           im_num_parse(c.at[GN_LAT], c.n[GN_LAT], &lat) &&
           im_num_parse(c.at[GN_LON], c.n[GN_LON], &lon);
}
