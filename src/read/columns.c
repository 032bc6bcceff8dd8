#include "read/columns.h"
#include "base/buf.h"
#include "text/text.h"
#include <string.h>

static const char *const names[] = {
#define X(column, name) name,
    READ_COLUMNS_LIST(X)
#undef X
};

/* Other names that tables use, the better one first. */
static const struct {
    enum read_column column;
    const char *other;
} aliases[] = {
    {READ_COL_EVENT_ID, "event_id_cnty"},
    {READ_COL_DATE, "event_date"},
    {READ_COL_DATE, "date_start"},
    {READ_COL_DATE, "start_date"},
    {READ_COL_DATE, "when"},
    {READ_COL_DATE_END, "end_date"},
    {READ_COL_TYPE, "event_type"},
    {READ_COL_TYPE, "sub_event_type"},
    {READ_COL_TYPE, "type_of_violence"},
    {READ_COL_TYPE, "category"},
    {READ_COL_PLACE, "location"},
    {READ_COL_PLACE, "name"},
    {READ_COL_PLACE, "place_name"},
    {READ_COL_PLACE, "where_coordinates"},
    {READ_COL_PLACE, "city"},
    {READ_COL_PLACE, "town"},
    {READ_COL_PLACE, "village"},
    {READ_COL_PLACE, "settlement"},
    {READ_COL_PLACE, "where"},
    {READ_COL_LAT, "latitude"},
    {READ_COL_LON, "longitude"},
    {READ_COL_LON, "lng"},
    {READ_COL_LON, "long"},
    {READ_COL_COORDINATES, "coords"},
    {READ_COL_COORDINATES, "latlon"},
    {READ_COL_COORDINATES, "lat,lon"},
    {READ_COL_ADMIN1, "adm_1"},
    {READ_COL_ADMIN1, "province"},
    {READ_COL_ADMIN1, "region"},
    {READ_COL_SIDE1, "actor1"},
    {READ_COL_SIDE1, "side_a"},
    {READ_COL_SIDE2, "actor2"},
    {READ_COL_SIDE2, "side_b"},
    {READ_COL_KILLED1, "deaths_a"},
    {READ_COL_KILLED2, "deaths_b"},
    {READ_COL_FATALITIES, "deaths"},
    {READ_COL_FATALITIES, "killed"},
    {READ_COL_FATALITIES, "dead"},
    {READ_COL_FATALITIES, "best"},
    {READ_COL_SOURCE, "source_article"},
    {READ_COL_SOURCE, "sources"},
    {READ_COL_NOTES, "description"},
    {READ_COL_NOTES, "comment"},
    {READ_COL_NOTES, "comments"},
};

/* Names that mean something only in a UCDP table. */
static const struct {
    enum read_column column;
    const char *other;
} ucdp[] = {
    {READ_COL_EVENT_ID, "id"},
    {READ_COL_FATALITIES_LOW, "low"},
    {READ_COL_FATALITIES_HIGH, "high"},
};

const char *read_column_name(enum read_column column) {
    return names[column];
}

enum read_column read_column_find(const char *name) {
    int i = 0;
    while (i < READ_COLUMN_COUNT && !im_csv_same_name(names[i], name)) {
        i++;
    }
    return (enum read_column)i;
}

const char *read_column_nearest(const char *name) {
    struct im_closest near = {name, names[0], 1000};
    for (size_t i = 0; i < READ_COLUMN_COUNT; i++) {
        im_closest_try(&near, names[i]);
    }
    return near.best;
}

const char *read_column_other(size_t i, enum read_column *column) {
    if (i >= sizeof aliases / sizeof *aliases) {
        return NULL;
    }
    *column = aliases[i].column;
    return aliases[i].other;
}

/* The matching of one header. */
struct match {
    struct im_arena *arena;
    const struct im_csv *csv;
    const struct im_row *header;
    struct read_layout *layout;
    bool *used; /* by header index */
    struct im_buf guesses;
};

static struct im_where header_at(const struct match *m, size_t i) {
    const struct im_field *f = &m->header->field[i];
    return IM_AT(im_csv_name(m->csv), f->line, f->col);
}

static void take(struct match *m, enum read_column column, int at) {
    m->layout->at[column] = at;
    m->used[at] = true;
}

static const char *nearest_header(const struct match *m, const char *name) {
    struct im_closest near = {name, m->header->field[0].text, 1000};
    for (size_t i = 0; i < m->header->n; i++) {
        im_closest_try(&near, m->header->field[i].text);
    }
    return near.best;
}

/* 1. What the map file says. */
static enum incmap_status take_mapped(struct match *m,
                                      const struct im_spec_incidents *set,
                                      struct incmap_error *err) {
    for (size_t i = 0; i < set->column_count; i++) {
        int at = im_csv_column(m->csv, set->column_to[i]);
        if (at < 0) {
            return im_fail(err, INCMAP_E_INPUT, header_at(m, 0),
                           "columns.%s: the table has no column '%s' (nearest: '%s')",
                           set->column_from[i], set->column_to[i],
                           nearest_header(m, set->column_to[i]));
        }
        take(m, read_column_find(set->column_from[i]), at);
    }
    return INCMAP_OK;
}

/* 2. The names themselves. */
static void take_named(struct match *m) {
    for (int c = 0; c < READ_COLUMN_COUNT; c++) {
        int at = im_csv_column(m->csv, names[c]);
        if (m->layout->at[c] < 0 && at >= 0 && !m->used[at]) {
            take(m, (enum read_column)c, at);
        }
    }
}

/* 3. Other usual names. */
static void take_other(struct match *m, enum read_column column, const char *other) {
    int at = im_csv_column(m->csv, other);
    if (m->layout->at[column] >= 0 || at < 0 || m->used[at]) {
        return;
    }
    take(m, column, at);
    im_buf_fmt(&m->guesses, "%s%s = %s", m->guesses.len > 0 ? ", " : "", names[column],
               m->header->field[at].text);
}

static bool has(const struct match *m, const char *name) {
    return im_csv_column(m->csv, name) >= 0;
}

static void take_others(struct match *m) {
    if (has(m, "event_id_cnty") || (has(m, "sub_event_type") && has(m, "actor1"))) {
        m->layout->schema = READ_ACLED;
    } else if (has(m, "type_of_violence") && has(m, "best") && has(m, "latitude")) {
        m->layout->schema = READ_UCDP;
    }
    bool is_ucdp = m->layout->schema == READ_UCDP;
    for (size_t i = 0; is_ucdp && i < sizeof ucdp / sizeof *ucdp; i++) {
        take_other(m, ucdp[i].column, ucdp[i].other);
    }
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        // ACLED's and UCDP's region is a part of the world
        if (m->layout->schema == READ_PLAIN ||
            strcmp(aliases[i].other, "region") != 0) {
            take_other(m, aliases[i].column, aliases[i].other);
        }
    }
}

/* 4. What is left, and what was guessed. */
static void tell(struct match *m, struct im_findings *findings) {
    static const char *const schemas[] = {"", "an ACLED table: ", "a UCDP GED table: "};
    const char *file = im_csv_name(m->csv);
    if (m->guesses.len > 0) {
        im_finding(findings, IM_F_SCHEMA_GUESS, IM_AT(file, m->header->line, 1),
                   "set columns{} in the map file when this is wrong", "read as %s%s",
                   schemas[m->layout->schema], m->guesses.data);
    }
    if (has(m, "where_prec") || has(m, "geo_precision")) {
        im_finding(findings, IM_F_SCHEMA_GUESS, IM_AT(file, m->header->line, 1),
                   "leave out rows that stand for a region with where",
                   "codes of precision are not read: points may stand for regions");
    }
    for (size_t i = 0; m->layout->schema == READ_PLAIN && i < m->header->n; i++) {
        const char *name = m->header->field[i].text;
        if (m->used[i]) {
            continue;
        }
        if (name[0] == '\0') {
            im_finding(findings, IM_F_COLUMN_UNKNOWN, header_at(m, i), "name it",
                       "column %zu has no name and is not used", i + 1);
            continue;
        }
        bool again = im_csv_column(m->csv, name) != (int)i;
        im_finding(findings, IM_F_COLUMN_UNKNOWN, header_at(m, i),
                   again ? "the first one is used" : "",
                   again ? "column '%s' stands twice" : "column '%s' is not used",
                   name);
    }
}

static enum incmap_status check_place(const struct match *m, struct incmap_error *err) {
    const int *at = m->layout->at;
    bool lat = at[READ_COL_LAT] >= 0, lon = at[READ_COL_LON] >= 0;
    if (at[READ_COL_PLACE] >= 0 || at[READ_COL_COORDINATES] >= 0 || (lat && lon)) {
        return INCMAP_OK;
    }
    struct im_buf list;
    im_buf_init(&list, m->arena, (size_t)1 << 24);
    for (size_t i = 0; i < m->header->n && i < 12; i++) {
        im_buf_fmt(&list, "%s%s", i > 0 ? ", " : "", m->header->field[i].text);
    }
    return im_fail(
        err, INCMAP_E_INPUT, header_at(m, 0),
        "no column tells where: there is neither 'place' nor 'lat' and 'lon' "
        "(columns: %s; name yours with columns{} in the map file)",
        list.data);
}

enum incmap_status read_layout_find(struct im_arena *arena, const struct im_csv *csv,
                                    const struct im_spec_incidents *set,
                                    struct im_findings *findings,
                                    struct read_layout *out, struct incmap_error *err) {
    struct match m = {
        .arena = arena, .csv = csv, .header = im_csv_header(csv), .layout = out};
    m.used = im_alloc(arena, m.header->n, sizeof *m.used);
    im_buf_init(&m.guesses, arena, (size_t)1 << 24);
    out->schema = READ_PLAIN;
    for (int c = 0; c < READ_COLUMN_COUNT; c++) {
        out->at[c] = -1;
    }
    enum incmap_status status = take_mapped(&m, set, err);
    if (status != INCMAP_OK) {
        return status;
    }
    take_named(&m);
    take_others(&m);
    status = check_place(&m, err);
    if (status == INCMAP_OK) {
        tell(&m, findings);
    }
    return status;
}
