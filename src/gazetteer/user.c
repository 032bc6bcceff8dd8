/* A user's table of places: checked row by row, put into the form of the bundled
 * tables, and taken in like them. */
#include "base/limits.h"
#include "base/num.h"
#include "formats/coords.h"
#include "formats/csv.h"
#include "gazetteer/intake.h"

#include <string.h>

enum column {
    C_NAME,
    C_LAT,
    C_LON,
    C_ID,
    C_KIND,
    C_FEATURE,
    C_COUNTRY,
    C_ADMIN1,
    C_POPULATION,
    C_ALTERNATES,
    C_NAMES,
    C_LANGUAGE,
    C_FROM,
    C_TO,
    C_PRECISION,
    C_AREA,
    C_BBOX,
    C_SOURCE,
    C_COUNT
};

/* Our name of each column, and others that are understood. */
static const char *const known[C_COUNT][4] = {
    [C_NAME] = {"name"},
    [C_LAT] = {"lat", "latitude"},
    [C_LON] = {"lon", "longitude", "lng"},
    [C_ID] = {"id"},
    [C_KIND] = {"kind"},
    [C_FEATURE] = {"feature"},
    [C_COUNTRY] = {"country", "country_code"},
    [C_ADMIN1] = {"admin1"},
    [C_POPULATION] = {"population"},
    [C_ALTERNATES] = {"alternates", "alternatenames", "aliases"},
    [C_NAMES] = {"names"},
    [C_LANGUAGE] = {"language"},
    [C_FROM] = {"from"},
    [C_TO] = {"to"},
    [C_PRECISION] = {"precision_km"},
    [C_AREA] = {"area"},
    [C_BBOX] = {"bbox"},
    [C_SOURCE] = {"source"},
};

struct reader {
    struct gaz_intake *in;
    struct im_arena *arena; /* of the text */
    struct im_findings *findings;
    struct im_csv *csv;
    const char *file;
    int column[C_COUNT]; /* index in the file's header, -1 = absent */
    const struct im_row *row;
    struct im_buf out; /* the row in the form of the bundled tables */
    size_t kept;
    const char *country; /* asked for last, its code */
    char code[3];
    bool known_country;
};

/* The row's value, "" when the column is absent. */
static const char *value(const struct reader *r, enum column c) {
    int i = r->column[c];
    return i >= 0 && (size_t)i < r->row->n ? r->row->field[i].text : "";
}

static struct im_where at(const struct reader *r, enum column c) {
    int i = r->column[c];
    return i >= 0 && (size_t)i < r->row->n
               ? IM_AT(r->file, r->row->field[i].line, r->row->field[i].col)
               : IM_AT(r->file, r->row->line, 0);
}

static void bad_value(struct reader *r, enum column c, const char *help) {
    im_finding(r->findings, IM_F_VALUE_BAD, at(r, c), help, "unusable %s '%s'",
               known[c][0], value(r, c));
}

/* Append the text with tabs and line ends as blanks. */
static void put_bytes(struct reader *r, const char *s, size_t n) {
    for (size_t i = 0; i < n; i++) {
        im_buf_char(&r->out, strchr("\t\r\n", s[i]) ? ' ' : s[i]);
    }
}

static void put_text(struct reader *r, const char *s) {
    put_bytes(r, s, strlen(s));
}

static void put_cell(struct reader *r, const char *s) {
    put_text(r, s);
    im_buf_char(&r->out, '\t');
}

static void put_number(struct reader *r, double v) {
    char text[40];
    im_num_write(text, v, 9);
    put_cell(r, text);
}

/* Number in [0, most], or nothing with a finding. */
static void put_count(struct reader *r, enum column c, double most) {
    const char *s = value(r, c);
    double v;
    if (s[0] == '\0') {
        put_cell(r, "");
    } else if (im_num_parse(s, strlen(s), &v) && v >= 0 && v <= most) {
        put_number(r, v);
    } else {
        bad_value(r, c, "give a number that is not negative; it is left out");
        put_cell(r, "");
    }
}

static void put_date(struct reader *r, enum column c) {
    const char *s = value(r, c);
    struct im_date d;
    if (s[0] != '\0' && !im_date_parse(s, strlen(s), &d)) {
        bad_value(r, c, "give a date as 2020-07-12 or 2020; it is left out");
        s = "";
    }
    put_cell(r, s);
}

/* The kind of a finer word, as answers tell it: a village is a settlement. */
static bool kind_of_feature(const char *s, enum im_kind *kind) {
    enum gaz_feature feature = gaz_feature_of(s);
    if (feature == GAZ_OTHER || feature == GAZ_COUNTRY) {
        return false;
    }
    bool area = feature == GAZ_UNIT || feature == GAZ_DISTRICT || feature == GAZ_AREA;
    *kind = feature == GAZ_SEA ? IM_WATER : area ? IM_REGION : IM_SETTLEMENT;
    return true;
}

static void put_kind(struct reader *r) {
    const char *s = value(r, C_KIND), *feature = value(r, C_FEATURE);
    enum im_kind kind = IM_SETTLEMENT;
    if (s[0] != '\0' && !im_kind_parse(s, strlen(s), &kind)) {
        if (kind_of_feature(s, &kind)) {
            feature = feature[0] == '\0' ? s : feature;
        } else {
            bad_value(r, C_KIND,
                      "give settlement (or city, town, village), region (or district), "
                      "country, water or other; 'other' is taken");
            kind = IM_OTHER;
        }
    }
    put_cell(r, im_kind_text(kind));
    put_cell(r, feature[0] == '\0' && kind == IM_COUNTRY ? "country" : feature);
}

/* Countries repeat from row to row. */
static bool country_of(struct reader *r, const char *s, char code[3]) {
    if (strcmp(s, r->country) != 0 || r->country[0] == '\0') {
        r->known_country = im_gazetteer_country(r->in->base, r->arena, s, r->code);
        r->country = im_strdup(r->arena, s);
    }
    memcpy(code, r->code, 3);
    return r->known_country;
}

static void put_country(struct reader *r) {
    const char *s = value(r, C_COUNTRY);
    char code[3] = "";
    if (s[0] != '\0' && !country_of(r, s, code)) {
        bad_value(r, C_COUNTRY, "give its ISO code or name; it is left out");
    }
    put_cell(r, code);
}

/* alternates (by | or, without any, by comma), then names as they stand. */
static void put_names(struct reader *r) {
    const char *s = value(r, C_ALTERNATES), *names = value(r, C_NAMES);
    const char *language = value(r, C_LANGUAGE);
    char separator = strchr(s, '|') ? '|' : ',';
    if (strpbrk(language, "|=@")) {
        bad_value(r, C_LANGUAGE, "give a language code as az or ru; it is left out");
        language = "";
    }
    put_text(r, language[0] ? language : "und");
    im_buf_char(&r->out, '=');
    gaz_put_plain(&r->out, value(r, C_NAME), strlen(value(r, C_NAME)));
    while (*s) {
        const char *end = strchr(s, separator);
        size_t n = end ? (size_t)(end - s) : strlen(s);
        while (n > 0 && (*s == ' ' || s[n - 1] == ' ')) {
            s += *s == ' ';
            n--;
        }
        if (n > 0) {
            im_buf_char(&r->out, '|');
            put_text(r, language[0] ? language : "und");
            im_buf_char(&r->out, '=');
            put_bytes(r, s, n);
        }
        s = end ? end + 1 : s + n;
    }
    im_buf_str(&r->out, names[0] ? "|" : "");
    put_cell(r, names);
}

/* A box that a place may have, or nothing with a finding. */
static void put_box(struct reader *r) {
    const char *s = value(r, C_BBOX);
    struct gaz_fields f = {.at = {[GAZ_BBOX] = s}, .n = {[GAZ_BBOX] = strlen(s)}};
    struct im_box box;
    if (s[0] != '\0' && !gaz_box(&f, &box)) {
        bad_value(r, C_BBOX, "give west,south,east,north in degrees; it is left out");
        s = "";
    }
    put_cell(r, s);
}

static void put_row(struct reader *r, double lat, double lon) {
    const char *source = value(r, C_SOURCE);
    im_buf_clear(&r->out);
    put_cell(r, value(r, C_ID));
    put_cell(r, value(r, C_NAME));
    put_number(r, lat);
    put_number(r, lon);
    put_kind(r);
    put_country(r);
    put_cell(r, value(r, C_ADMIN1));
    put_count(r, C_POPULATION, 4e9);
    put_names(r);
    put_date(r, C_FROM);
    put_date(r, C_TO);
    put_count(r, C_PRECISION, 20000);
    put_cell(r, value(r, C_AREA));
    put_box(r);
    put_text(r, source[0] ? source : im_path_name(r->file));
}

static void keep_row(struct reader *r) {
    struct gaz_fields f;
    const char *what = "number of columns";
    if (gaz_fields(r->out.data, r->out.len, &f)) {
        what = gaz_intake_row(r->in, &f, r->row->line);
    }
    if (what) {
        im_finding(r->findings, IM_F_ROW_BAD, at(r, C_NAME), "mend it",
                   "'%s' is left out: unusable %s", value(r, C_NAME), what);
    }
    r->kept += !what;
}

/* Take the row when it has a name and a position. */
static void take_row(struct reader *r) {
    const char *lat = value(r, C_LAT), *lon = value(r, C_LON);
    struct im_lonlat p;
    if (value(r, C_NAME)[0] == '\0') {
        im_finding(r->findings, IM_F_ROW_BAD, at(r, C_NAME), "give it a name",
                   "a place without a name is left out");
    } else if (!im_angle_parse(lat, strlen(lat), 'N', &p.lat) ||
               !im_angle_parse(lon, strlen(lon), 'E', &p.lon)) {
        im_finding(r->findings, IM_F_ROW_BAD, at(r, C_LAT),
                   "give lat in [-90, 90] and lon in [-180, 180] degrees",
                   "'%s' is left out: unusable lat '%s' or lon '%s'", value(r, C_NAME),
                   lat, lon);
    } else {
        put_row(r, p.lat, p.lon);
        keep_row(r);
        return;
    }
    r->in->read++;
}

static bool is_known(const char *header) {
    for (size_t c = 0; c < C_COUNT; c++) {
        for (size_t i = 0; i < 4 && known[c][i]; i++) {
            if (im_csv_same_name(known[c][i], header)) {
                return true;
            }
        }
    }
    return false;
}

static enum incmap_status find_columns(struct reader *r, struct incmap_error *err) {
    const struct im_row *header = im_csv_header(r->csv);
    for (int c = 0; c < C_COUNT; c++) {
        r->column[c] = -1;
        for (size_t i = 0; i < 4 && known[c][i] && r->column[c] < 0; i++) {
            r->column[c] = im_csv_column(r->csv, known[c][i]);
        }
    }
    for (int c = C_NAME; c <= C_LON; c++) {
        if (r->column[c] < 0) {
            return im_fail(err, INCMAP_E_INPUT, IM_AT(r->file, header->line, 1),
                           "a gazetteer needs the columns name, lat and lon; '%s' is "
                           "missing",
                           known[c][0]);
        }
    }
    for (size_t i = 0; i < header->n; i++) {
        const struct im_field *f = &header->field[i];
        if (!is_known(f->text)) {
            im_finding(r->findings, IM_F_COLUMN_UNKNOWN,
                       IM_AT(r->file, f->line, f->col), "", "column '%s' is not used",
                       f->text);
        }
    }
    return INCMAP_OK;
}

/* For a check: columns by which places of one name are told apart. */
static void tell_missing(struct reader *r) {
    static const struct {
        enum column column;
        const char *use;
    } helpful[] = {
        {C_COUNTRY, "places of one name in several countries cannot be told apart"},
        {C_KIND, "all places count as settlements"},
        {C_POPULATION, "no place counts as larger than another"},
        {C_ID, "places are known by their lines, and pins go astray when rows move"},
    };
    for (size_t i = 0; i < sizeof helpful / sizeof *helpful; i++) {
        const char *name = known[helpful[i].column][0];
        if (r->in->options.checking && r->column[helpful[i].column] < 0) {
            im_finding(r->findings, IM_F_COLUMN_MISSING,
                       IM_AT(r->file, im_csv_header(r->csv)->line, 1),
                       "add it where it is known", "there is no column '%s': %s", name,
                       helpful[i].use);
        }
    }
}

static enum incmap_status read_rows(struct reader *r, struct incmap_error *err) {
    struct im_row row;
    bool more;
    while (!r->in->stop) {
        struct incmap_error bad = {.status = INCMAP_OK};
        enum incmap_status status = im_csv_scan(r->csv, &row, &more, &bad);
        if (status != INCMAP_OK) {
            return im_fail(err, status, IM_AT(r->file, bad.line, bad.column), "%s",
                           bad.message);
        }
        if (!more) {
            break;
        }
        r->row = &row;
        if (bad.status != INCMAP_OK) {
            im_finding(r->findings, IM_F_ROW_BAD, IM_AT(r->file, bad.line, bad.column),
                       "mend the row; it is left out", "%s", bad.message);
            r->in->read++;
        } else {
            take_row(r);
        }
    }
    if (r->kept == 0 && !r->in->stop) {
        return im_fail(err, INCMAP_E_INPUT, IM_FILE(r->file), "no usable place in it");
    }
    return INCMAP_OK;
}

enum incmap_status gaz_read_table(struct gaz_intake *in, const char *path) {
    struct reader r = {.in = in,
                       .arena = in->arena,
                       .findings = in->findings,
                       .file = path,
                       .country = ""};
    struct im_map_options options = {INCMAP_E_INPUT, (size_t)1 << 36};
    struct im_bytes bytes;
    enum incmap_status status =
        im_file_map_as(in->arena, path, options, &bytes, in->err);
    if (status == INCMAP_OK) {
        status = im_csv_open(in->arena, path, bytes, &r.csv, in->err);
    }
    if (status == INCMAP_OK) {
        status = find_columns(&r, in->err);
    }
    if (status == INCMAP_OK && in->builder) { // once, not for the sample too
        tell_missing(&r);
    }
    if (status != INCMAP_OK) {
        return gaz_intake_fail(in, status);
    }
    struct gaz_origin origin = gaz_intake_origin(in, path, "table", bytes);
    gaz_intake_source(in, &origin);
    im_buf_init(&r.out, in->arena, UINT32_MAX);
    gaz_intake_fail(in, read_rows(&r, in->err));
    gaz_intake_end(in);
    return in->status;
}
