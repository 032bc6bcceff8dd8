/* Rows of places: fields, what they must hold, and what a place takes of them. */
#include "base/num.h"
#include "gazetteer/inside.h"

#include <math.h>
#include <string.h>

bool gaz_fields(const char *row, size_t n, struct gaz_fields *out) {
    const char *at = row, *end = row + n;
    for (size_t i = 0; i < GAZ_COLUMNS; i++) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        bool last = i + 1 == GAZ_COLUMNS;
        if (last != (tab == NULL)) {
            return false;
        }
        out->at[i] = at;
        out->n[i] = (size_t)((tab ? tab : end) - at);
        at = tab ? tab + 1 : end;
    }
    out->at[GAZ_ADMIN2] = "";
    out->n[GAZ_ADMIN2] = 0;
    return true;
}

enum gaz_feature gaz_feature_of(const char *feature) {
    static const struct {
        const char *name;
        enum gaz_feature feature;
    } known[] = {
        {"town", GAZ_TOWN},
        {"city", GAZ_CITY},
        {"village", GAZ_VILLAGE},
        {"quarter", GAZ_QUARTER},
        {"capital", GAZ_CAPITAL},
        {"admin1", GAZ_UNIT},
        {"country", GAZ_COUNTRY},
        {"district", GAZ_DISTRICT},
        {"city district", GAZ_DISTRICT},
        {"region", GAZ_AREA},
        {"corridor", GAZ_AREA},
        {"sea", GAZ_SEA},
        {"ocean", GAZ_SEA},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].name, feature) == 0) {
            return known[i].feature;
        }
    }
    return GAZ_OTHER;
}

static bool number_field(const struct gaz_fields *f, enum gaz_column column,
                         double least, double most, double *out) {
    *out = 0;
    return f->n[column] == 0 ? least <= 0 && column != GAZ_LAT && column != GAZ_LON
                             : im_num_parse(f->at[column], f->n[column], out) &&
                                   *out >= least && *out <= most;
}

static bool date_field(const struct gaz_fields *f, enum gaz_column column,
                       struct im_date *out) {
    *out = (struct im_date){0, 0, 0};
    return f->n[column] == 0 || im_date_parse(f->at[column], f->n[column], out);
}

bool gaz_box(const struct gaz_fields *f, struct im_box *out) {
    const char *at = f->at[GAZ_BBOX], *end = at + f->n[GAZ_BBOX];
    double v[4];
    for (int i = 0; i < 4; i++) {
        const char *comma = i < 3 ? memchr(at, ',', (size_t)(end - at)) : end;
        if (!comma || !im_num_parse(at, (size_t)(comma - at), &v[i]) ||
            fabs(v[i]) > (i % 2 ? 90 : 180)) {
            return false;
        }
        at = comma + 1;
    }
    *out = (struct im_box){v[0], v[1], v[2], v[3]};
    return v[1] <= v[3];
}

static uint8_t feature_field(const struct gaz_fields *f) {
    char name[32] = "";
    if (f->n[GAZ_FEATURE] < sizeof name) {
        memcpy(name, f->at[GAZ_FEATURE], f->n[GAZ_FEATURE]);
    }
    return (uint8_t)gaz_feature_of(name);
}

bool gaz_record_make(const struct gaz_fields *f, struct gaz_record *out,
                     const char **what) {
    double lat = 0, lon = 0, people = 0, precision;
    enum im_kind kind = IM_KIND_ANY;
    struct im_date date;
    struct im_box box;
    const struct {
        const char *name;
        bool good;
    } checks[] = {
        {"name", f->n[GAZ_NAME] > 0 && f->n[GAZ_NAME] <= GAZ_MOST_NAME},
        {"lat", number_field(f, GAZ_LAT, -90, 90, &lat)},
        {"lon", number_field(f, GAZ_LON, -180, 180, &lon)},
        {"kind", im_kind_parse(f->at[GAZ_KIND], f->n[GAZ_KIND], &kind)},
        {"population", number_field(f, GAZ_POPULATION, 0, 4e9, &people)},
        {"from", date_field(f, GAZ_FROM, &date)},
        {"to", date_field(f, GAZ_TO, &date)},
        {"precision_km", number_field(f, GAZ_PRECISION, 0, 20100, &precision)},
        {"bbox", f->n[GAZ_BBOX] == 0 || gaz_box(f, &box)},
    };
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        if (!checks[i].good) {
            *what = checks[i].name;
            return false;
        }
    }
    *out = (struct gaz_record){0};
    out->lon = (int32_t)lround(lon * 1e6);
    out->lat = (int32_t)lround(lat * 1e6);
    out->people = (uint32_t)people;
    out->kind = (uint8_t)kind;
    out->feature = feature_field(f);
    if (f->n[GAZ_CC] == 2) {
        memcpy(out->country, f->at[GAZ_CC], 2);
    }
    return true;
}

/* "FROM..TO" after the last @ of an entry; without it the whole entry is the name. */
static size_t take_dates(const char *s, size_t n, struct im_date *from,
                         struct im_date *to) {
    size_t at = n, dots;
    if (!memchr(s, '@', n)) { // as most
        return n;
    }
    while (s[at - 1] != '@') {
        at--;
    }
    for (dots = at; dots + 1 < n && memcmp(s + dots, "..", 2) != 0; dots++) {
    }
    if (dots + 1 >= n || (dots > at && !im_date_parse(s + at, dots - at, from)) ||
        (dots + 2 < n && !im_date_parse(s + dots + 2, n - dots - 2, to))) {
        *from = *to = (struct im_date){0, 0, 0};
        return n;
    }
    return at - 1;
}

/* The `=` behind the language of an entry; NULL when it has none. */
static const char *behind_language(const char *s, size_t n) {
    if (n > 2 && s[2] == '=' && s[0] != '=' && s[1] != '=') { // two letters, as most
        return s + 2;
    }
    return memchr(s, '=', n);
}

/* The next name; where nothing is `dated`, no dates are looked for. */
static bool next_alias(const char **at, const char *end, bool dated,
                       struct gaz_alias *out) {
    while (*at < end) {
        const char *s = *at, *bar = memchr(s, '|', (size_t)(end - s));
        size_t n = (size_t)((bar ? bar : end) - s);
        const char *equal = behind_language(s, n);
        *at = bar ? bar + 1 : end;
        *out = (struct gaz_alias){.lang = "und", .lang_n = 3, .text = s, .text_n = n};
        if (equal) {
            out->lang = s;
            out->lang_n = (size_t)(equal - s);
            out->text = equal + 1;
            out->text_n = n - out->lang_n - 1;
        }
        if (dated) {
            out->text_n = take_dates(out->text, out->text_n, &out->from, &out->to);
        }
        if (out->text_n > 0) {
            return true;
        }
    }
    return false;
}

bool gaz_alias_next(const char **at, const char *end, struct gaz_alias *out) {
    return next_alias(at, end, true, out);
}

bool gaz_is_code(const struct gaz_alias *name) {
    return name->lang_n == sizeof GAZ_ISO3 - 1 &&
           memcmp(name->lang, GAZ_ISO3, sizeof GAZ_ISO3 - 1) == 0;
}

/* The field in the text that it stands in, cut where it ends. */
static char *cut(char *text, const struct gaz_fields *f, enum gaz_column column) {
    char *field = text + (f->at[column] - text);
    field[f->n[column]] = '\0';
    return field;
}

/* So many names there may be in a column. */
static size_t count_names(const char *s, size_t n) {
    size_t names = n > 0;
    for (const char *end = s + n; (s = memchr(s, '|', (size_t)(end - s))) != NULL;
         s++) {
        names++;
    }
    return names;
}

/* The names stand in the column, cut where they end. */
static void fill_names(struct im_arena *arena, const struct gaz_fields *f, char *text,
                       struct im_place *place) {
    size_t bytes = f->n[GAZ_NAMES], n = 0, most = count_names(f->at[GAZ_NAMES], bytes);
    const char *at = f->at[GAZ_NAMES], *end = at + bytes;
    struct im_name *names = most > 0 ? im_alloc(arena, most, sizeof *names) : NULL;
    bool dated = memchr(at, '@', bytes) != NULL;
    struct gaz_alias alias;
    while (most > 0 && next_alias(&at, end, dated, &alias)) {
        char *name = text + (alias.text - text);
        name[alias.text_n] = '\0';
        if (name > f->at[GAZ_NAMES] && name[-1] == '=') { // behind the language
            name[-1] = '\0';
        }
        if (!gaz_is_code(&alias)) {
            names[n++] = (struct im_name){alias.lang, name, alias.from, alias.to};
        }
    }
    place->names = n > 0 ? names : NULL;
    place->name_count = n;
}

const char *gaz_whereabouts(struct im_arena *arena, const struct im_place *p) {
    const char *second = p->admin2[0] && p->admin1[0] ? ", " : "";
    const char *first = (p->admin2[0] || p->admin1[0]) && p->country[0] ? ", " : "";
    return im_format(arena, "%s%s%s%s%s", p->admin2, second, p->admin1, first,
                     p->country);
}

/* The field, into memory that is zeros. */
static const char *copy(char **at, const struct gaz_fields *f, enum gaz_column column) {
    char *to = *at;
    memcpy(to, f->at[column], f->n[column]);
    *at = to + f->n[column] + 1;
    return to;
}

size_t gaz_shared_size(const struct gaz_fields *f) {
    return f->n[GAZ_FEATURE] + f->n[GAZ_ADMIN1] + f->n[GAZ_ADMIN2] + f->n[GAZ_SOURCE] +
           4;
}

void gaz_place_shared(struct im_place *place, const struct gaz_fields *f, char *text) {
    place->feature = copy(&text, f, GAZ_FEATURE);
    place->admin1 = copy(&text, f, GAZ_ADMIN1);
    place->admin2 = copy(&text, f, GAZ_ADMIN2);
    place->source = copy(&text, f, GAZ_SOURCE);
}

void gaz_place_fill(struct im_place *place, const struct gaz_fields *f, char *text,
                    struct im_arena *arena) {
    place->name = cut(text, f, GAZ_NAME);
    place->area = f->n[GAZ_AREA_REF] ? cut(text, f, GAZ_AREA_REF) : "";
    number_field(f, GAZ_PRECISION, 0, 20100, &place->precision_km);
    date_field(f, GAZ_FROM, &place->from);
    date_field(f, GAZ_TO, &place->to);
    place->has_box = f->n[GAZ_BBOX] > 0 && gaz_box(f, &place->box);
    fill_names(arena, f, text, place);
}
