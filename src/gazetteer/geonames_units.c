/* Units and countries that stand beside a GeoNames main table. */
#include "base/num.h"
#include "base/utf8.h"
#include "gazetteer/features.h"
#include "gazetteer/geonames.h"

#include <math.h>
#include <string.h>

enum { UNIT_PARTS = 2 };
static const size_t MOST_FILE = (size_t)1 << GAZ_BESIDE_BITS;

bool gaz_beside_line(struct im_bytes bytes, size_t *at, struct im_bytes *line) {
    if (*at >= bytes.n) {
        return false;
    }
    const char *s = bytes.data + *at, *end = memchr(s, '\n', bytes.n - *at);
    size_t n = end ? (size_t)(end - s) : bytes.n - *at;
    *at += n + 1;
    *line = (struct im_bytes){s, n - (n > 0 && s[n - 1] == '\r')};
    return true;
}

size_t gaz_beside_split(struct im_bytes line, struct im_bytes *out, size_t most) {
    const char *at = line.data, *end = line.data + line.n;
    size_t n = 0;
    while (n < most && at <= end) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        out[n++] = (struct im_bytes){at, (size_t)((tab ? tab : end) - at)};
        at = tab ? tab + 1 : end + 1;
    }
    return n;
}

enum incmap_status gaz_beside_map(struct gaz_intake *in, const char *table,
                                  const char *name, struct im_bytes *out) {
    struct im_map_options options = {INCMAP_E_INPUT, MOST_FILE};
    const char *path = im_path_beside(in->arena, table, name);
    enum incmap_status status = INCMAP_OK;
    *out = (struct im_bytes){NULL, 0};
    if (im_file_exists(path)) {
        status = im_file_map_as(in->arena, path, options, out, in->err);
    }
    if (status == INCMAP_OK && out->n >= 3 &&
        memcmp(out->data, "\xEF\xBB\xBF", 3) == 0) {
        *out = (struct im_bytes){out->data + 3, out->n - 3};
    }
    return status;
}

static bool is_name(struct im_bytes s) {
    return s.n > 0 && s.n < UINT16_MAX && !memchr(s.data, '\0', s.n) &&
           im_utf8_valid(s.data, s.n);
}

/* The file in hand, of which bad lines are told once, when the table is built. */
struct file {
    struct gaz_intake *in;
    const char *path;
    struct im_bytes bytes;
    uint32_t line;
};

static void refuse(const struct file *file, const char *what) {
    if (file->in->builder) {
        im_finding(file->in->findings, IM_F_ROW_BAD, IM_AT(file->path, file->line, 0),
                   "mend the row; it is left out", "%s", what);
    }
}

static void load_units(struct file *file, struct gaz_beside *b) {
    struct im_bytes line, part[UNIT_PARTS];
    for (size_t at = 0; gaz_beside_line(file->bytes, &at, &line);) {
        size_t before = b->units.n;
        file->line++;
        if (line.n == 0 || line.data[0] == '#') {
            continue;
        }
        if (gaz_beside_split(line, part, UNIT_PARTS) < UNIT_PARTS ||
            part[0].n >= GAZ_UNIT_KEY || !is_name(part[1])) {
            refuse(file, "a row is not a unit's code and its name in UTF-8");
            continue;
        }
        gaz_string_number(&b->units, part[0].data, part[0].n);
        if (b->units.n > before) {
            size_t n = before;
            IM_PUSH(file->in->arena, b->unit_names, n, b->unit_cap, part[1]);
        }
    }
}

/* Columns of countryInfo.txt that count: the model has no room for the others. */
enum {
    CI_ISO,
    CI_ISO3,
    CI_NAME = 4,
    CI_CAPITAL,
    CI_KM2,
    CI_PEOPLE,
    CI_ID = 16,
    CI_COLUMNS
};

static bool is_letters(struct im_bytes s, size_t n) {
    bool good = s.n == n;
    for (size_t i = 0; i < s.n && good; i++) {
        good = s.data[i] >= 'A' && s.data[i] <= 'Z';
    }
    return good;
}

static double amount(struct im_bytes s) {
    double v = 0;
    return im_num_parse(s.data, s.n, &v) && v > 0 && v <= 4e9 ? v : 0;
}

static void take_country(struct file *file, const struct im_bytes *part,
                         struct gaz_beside *b) {
    struct gaz_country country = {.code = part[CI_ISO],
                                  .code3 = part[CI_ISO3],
                                  .name = part[CI_NAME],
                                  .capital = part[CI_CAPITAL],
                                  .people = amount(part[CI_PEOPLE]),
                                  .km2 = amount(part[CI_KM2]),
                                  .line = file->line};
    uint32_t known;
    if (gaz_string_find(&b->country_codes, part[CI_ISO].data, 2, &known) ||
        gaz_string_find(&b->country_ids, part[CI_ID].data, part[CI_ID].n, &known)) {
        refuse(file, "a country stands there twice");
        return;
    }
    size_t n = b->country_codes.n;
    IM_PUSH(file->in->arena, b->countries, n, b->country_cap, country);
    gaz_string_number(&b->country_codes, part[CI_ISO].data, 2);
    gaz_string_number(&b->country_ids, part[CI_ID].data, part[CI_ID].n);
}

static void load_countries(struct file *file, struct gaz_beside *b) {
    struct im_bytes line, part[CI_COLUMNS];
    int64_t id;
    for (size_t at = 0; gaz_beside_line(file->bytes, &at, &line);) {
        file->line++;
        if (line.n == 0 || line.data[0] == '#') {
            continue;
        }
        if (gaz_beside_split(line, part, CI_COLUMNS) < CI_COLUMNS ||
            !is_letters(part[CI_ISO], 2) || !is_letters(part[CI_ISO3], 3) ||
            !is_name(part[CI_NAME]) ||
            (part[CI_CAPITAL].n > 0 && !is_name(part[CI_CAPITAL])) ||
            !im_int_parse(part[CI_ID].data, part[CI_ID].n, &id) || id < 0) {
            refuse(file, "a row is no country: it lacks its codes, name or geonameid");
            continue;
        }
        take_country(file, part, b);
    }
}

enum incmap_status gaz_units_load(struct gaz_intake *in, const char *table,
                                  struct gaz_beside *out) {
    static const char *const names[] = {"admin1CodesASCII.txt", "admin2Codes.txt",
                                        GAZ_COUNTRY_FILE};
    enum { TABLES = sizeof names / sizeof *names };
    enum incmap_status status = INCMAP_OK;
    gaz_strings_init(&out->units, in->arena);
    gaz_strings_init(&out->country_codes, in->arena);
    gaz_strings_init(&out->country_ids, in->arena);
    for (size_t i = 0; i < TABLES && status == INCMAP_OK; i++) {
        struct file file = {.in = in,
                            .path = im_path_beside(in->arena, table, names[i])};
        status = gaz_beside_map(in, table, names[i], &file.bytes);
        if (status == INCMAP_OK && i + 1 < TABLES) {
            load_units(&file, out); // codes of the two levels differ in their dots
        } else if (status == INCMAP_OK) {
            out->country_file = file.bytes;
            load_countries(&file, out);
        }
    }
    return status;
}

const struct gaz_country *gaz_country_by_id(const struct gaz_beside *b, int64_t id) {
    char text[24];
    uint32_t number;
    size_t n = im_num_write(text, (double)id, 0);
    return gaz_string_find(&b->country_ids, text, n, &number) ? &b->countries[number]
                                                              : NULL;
}

bool gaz_is_capital_of(const struct gaz_beside *b, struct im_bytes code,
                       struct im_bytes name) {
    uint32_t i;
    return gaz_string_find(&b->country_codes, code.data, code.n, &i) &&
           b->countries[i].capital.n == name.n && name.n > 0 &&
           memcmp(b->countries[i].capital.data, name.data, name.n) == 0;
}

/* Has a names column that English name? */
static bool has_english(const struct im_buf *names, struct im_bytes name) {
    const char *at = names->data, *end = at + names->len;
    struct gaz_alias alias;
    bool found = false;
    while (names->len > 0 && !found && gaz_alias_next(&at, end, &alias)) {
        found = alias.lang_n == 2 && memcmp(alias.lang, "en", 2) == 0 &&
                alias.text_n == name.n && memcmp(alias.text, name.data, name.n) == 0;
    }
    return found;
}

void gaz_put_country(const struct gaz_country *c, struct im_buf *out) {
    if (!has_english(out, c->name)) {
        im_buf_str(out, out->len > 0 ? "|en=" : "en=");
        gaz_put_plain(out, c->name.data, c->name.n);
    }
    im_buf_str(out, "|" GAZ_ISO3 "=");
    im_buf_add(out, c->code3.data, c->code3.n);
}

/* Columns that tell what the row is, without its end. */
static bool is_field(const struct gaz_fields *f, enum gaz_column column,
                     const char *text) {
    size_t n = strlen(text);
    return f->n[column] == n && memcmp(f->at[column], text, n) == 0;
}

void gaz_country_seen(const struct gaz_beside *b, const struct gaz_fields *f,
                      struct gaz_seen *seen) {
    bool country = is_field(f, GAZ_KIND, "country");
    const size_t prefix = sizeof GAZ_GN_PREFIX - 1;
    uint32_t i;
    if (country && gaz_string_find(&b->country_ids, f->at[GAZ_ID] + prefix,
                                   f->n[GAZ_ID] - prefix, &i)) {
        seen[i].row = true;
    } else if (is_field(f, GAZ_FEATURE, "capital") && f->n[GAZ_CC] == 2 &&
               gaz_string_find(&b->country_codes, f->at[GAZ_CC], 2, &i) &&
               !seen[i].capital) {
        seen[i].capital =
            im_num_parse(f->at[GAZ_LAT], f->n[GAZ_LAT], &seen[i].at.lat) &&
            im_num_parse(f->at[GAZ_LON], f->n[GAZ_LON], &seen[i].at.lon);
    }
}

/* Where a country is that has no row: as the bundled places have it, else round its
 * capital. Its precision is the radius of a disc of its area, round a capital that may
 * lie at its edge the double. */
static bool locate(struct gaz_intake *in, const struct gaz_country *c,
                   const struct gaz_seen *seen, struct im_lonlat *at, double *km) {
    const double pi = 3.14159265358979323846;
    const char *id = im_format(in->arena, "iso:%.2s", c->code.data);
    const struct im_place *known = in->base ? im_gazetteer_by_id(in->base, id) : NULL;
    *at = known ? known->at : seen->at;
    *km = fmin(20000, ceil((known ? 1 : 2) * sqrt(c->km2 / pi)));
    return known || seen->capital;
}

static void put(struct gaz_draft *d, enum gaz_column column, struct im_bytes text) {
    gaz_draft_set(d, column, text.data, text.n);
}

static void add_country(struct gaz_intake *in, const struct gaz_country *c, int64_t id,
                        struct im_lonlat at, double km) {
    enum { TEXT = 1 << 18, DECIMALS = 6 };
    struct gaz_draft d = {.n = {0}};
    struct gaz_fields f;
    struct im_buf names;
    im_buf_init(&d.text, in->arena, TEXT);
    im_buf_init(&names, in->arena, TEXT);
    gaz_put_country(c, &names);
    put(&d, GAZ_NAME, c->name);
    put(&d, GAZ_CC, c->code);
    put(&d, GAZ_NAMES, (struct im_bytes){names.data, names.len});
    gaz_draft_text(&d, GAZ_ID, im_format(in->arena, GAZ_GN_PREFIX "%zu", (size_t)id));
    gaz_draft_text(&d, GAZ_KIND, "country");
    gaz_draft_text(&d, GAZ_FEATURE, "country");
    gaz_draft_text(&d, GAZ_SOURCE, "geonames");
    gaz_draft_number(&d, GAZ_LON, at.lon, DECIMALS);
    gaz_draft_number(&d, GAZ_LAT, at.lat, DECIMALS);
    gaz_draft_number(&d, GAZ_PRECISION, km, 0);
    gaz_draft_number(&d, GAZ_POPULATION, c->people, 0);
    gaz_draft_fields(&d, &f);
    gaz_intake_row(in, &f, c->line);
}

/* The country, which has no row, as a row of the file that tells of it. */
static void add_unseen(struct gaz_intake *in, const char *path,
                       const struct gaz_beside *b, size_t i,
                       const struct gaz_seen *seen) {
    const struct gaz_country *c = &b->countries[i];
    struct im_lonlat at;
    double km;
    int64_t id;
    if (locate(in, c, seen, &at, &km) &&
        im_int_parse(b->country_ids.v[i].data, b->country_ids.v[i].n, &id)) {
        add_country(in, c, id, at, km);
        return;
    }
    in->read++;
    im_finding(in->findings, IM_F_ROW_BAD, IM_AT(path, c->line, 0),
               "give a table with its capital; it is left out",
               "nothing tells where '%.*s' is, which has no row in the table",
               (int)c->name.n, c->name.data);
}

enum incmap_status gaz_countries_unseen(struct gaz_intake *in, const char *table,
                                        const struct gaz_beside *b,
                                        const struct gaz_seen *seen) {
    const char *path = im_path_beside(in->arena, table, GAZ_COUNTRY_FILE);
    struct gaz_origin origin = {.path = path,
                                .name = GAZ_COUNTRY_FILE,
                                .format = "geonames countries",
                                .rights = GAZ_GN_RIGHTS};
    bool begun = false;
    for (size_t i = 0; i < b->country_codes.n; i++) {
        if (seen[i].row) {
            continue;
        }
        if (!begun) {
            origin.bytes = b->country_file.n;
            origin.digest = im_checksum_of(b->country_file.data, b->country_file.n);
            gaz_intake_source(in, &origin);
            begun = true;
        }
        add_unseen(in, path, b, i, &seen[i]);
    }
    if (begun) {
        gaz_intake_end(in);
    }
    return in->status;
}
