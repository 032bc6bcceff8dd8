/* A row of an incident table as an event with one claim. */
#include "base/buf.h"
#include "formats/coords.h"
#include "read/cells.h"
#include "read/table.h"
#include "read/values.h"
#include <string.h>

const struct im_field *read_field(const struct read_rows *t, const struct im_row *row,
                                  enum read_column column) {
    int at = t->layout.at[column];
    return at < 0 || (size_t)at >= row->n ? NULL : &row->field[at];
}

const char *read_cell(const struct read_rows *t, const struct im_row *row,
                      enum read_column column) {
    const struct im_field *f = read_field(t, row, column);
    return f == NULL ? "" : f->text;
}

static struct im_where field_at(const struct read_rows *t, const struct im_field *f) {
    return IM_AT(t->file, f->line, f->col);
}

/* 1. Dates. */

/* Incidents are told when they have happened; the clock is not asked. */
static const int LAST_YEAR = 2099;

static struct im_date read_date(struct read_rows *t, const struct im_field *f,
                                enum read_column column) {
    const struct im_date none = {0, 0, 0};
    struct read_dates d = read_dates_of(f->text);
    enum read_order order = t->order[column == READ_COL_DATE_END];
    switch (d.kind) {
    case READ_DATE_CLEAR:
    case READ_DATE_DAY_ONLY:
        return d.day_first;
    case READ_DATE_MONTH_ONLY:
        return d.month_first;
    case READ_DATE_EITHER:
        if (order == READ_DAY_FIRST || order == READ_MONTH_FIRST) {
            return order == READ_DAY_FIRST ? d.day_first : d.month_first;
        }
        im_finding(t->findings, IM_F_VALUE_BAD, field_at(t, f),
                   "write year-month-day, as in 2020-07-12",
                   "%s '%s' can be read day first or month first and is left out",
                   read_column_name(column), f->text);
        return none;
    default:
        im_finding(t->findings, IM_F_VALUE_BAD, field_at(t, f),
                   read_date_advice(t->findings->arena, f->text),
                   "%s '%s' is no date and is left out", read_column_name(column),
                   f->text);
        return none;
    }
}

static struct im_date date_of(struct read_rows *t, const struct im_row *row,
                              enum read_column column) {
    const struct im_field *f = read_field(t, row, column);
    struct im_date d = {0, 0, 0};
    if (f != NULL && f->n > 0) {
        d = read_date(t, f, column);
    }
    if (d.year > LAST_YEAR) {
        im_finding(t->findings, IM_F_DATE_FAR, field_at(t, f),
                   "is the year right? If not, mend it",
                   "%s '%s' lies in the far future; the incident is drawn with it",
                   read_column_name(column), f->text);
    }
    return d;
}

static void take_dates(struct read_rows *t, const struct im_row *row,
                       struct im_event *e) {
    e->date = date_of(t, row, READ_COL_DATE);
    e->date_end = date_of(t, row, READ_COL_DATE_END);
    if (im_date_is_set(e->date) && im_date_is_set(e->date_end) &&
        im_date_last_day(e->date_end) < im_date_first_day(e->date)) {
        const struct im_field *f = read_field(t, row, READ_COL_DATE_END);
        im_finding(t->findings, IM_F_VALUE_BAD, field_at(t, f),
                   "exchange the two dates",
                   "date_end '%s' is before date '%s' and is left out", f->text,
                   read_cell(t, row, READ_COL_DATE));
        e->date_end = (struct im_date){0, 0, 0};
    }
}

/* 2. Where. */

static bool angle_of(const struct im_field *f, char axis, double *out) {
    return im_angle_parse(f->text, f->n, axis, out);
}

static void refuse_angle(struct read_rows *t, const struct im_field *lat,
                         const struct im_field *lon, bool lat_is_bad) {
    double as_lon, as_lat;
    const struct im_field *bad = lat_is_bad ? lat : lon;
    if (lat_is_bad && angle_of(lat, 'E', &as_lon) && angle_of(lon, 'N', &as_lat)) {
        im_finding(t->findings, IM_F_VALUE_BAD, field_at(t, lat),
                   "exchange lat and lon, in the table or with columns{}",
                   "lat '%s' cannot be: lat and lon look exchanged; the row is not "
                   "placed, nor by its name",
                   lat->text);
        return;
    }
    im_finding(t->findings, IM_F_VALUE_BAD, field_at(t, bad),
               "write decimal degrees, as in 41.2, or leave both empty for the place "
               "that the row names",
               "'%s' is no %s from %s; the row is not placed, nor by its name",
               bad->text, lat_is_bad ? "latitude" : "longitude",
               lat_is_bad ? "-90 to 90" : "-180 to 180");
}

/* lat and lon; false when both are empty. */
static bool take_lat_lon(struct read_rows *t, const struct im_row *row,
                         struct im_event *e) {
    const struct im_field *lat = read_field(t, row, READ_COL_LAT);
    const struct im_field *lon = read_field(t, row, READ_COL_LON);
    bool has_lat = lat != NULL && lat->n > 0, has_lon = lon != NULL && lon->n > 0;
    if (!has_lat && !has_lon) {
        return false;
    }
    if (!has_lat || !has_lon) {
        const struct im_field *f = has_lat ? lat : lon;
        im_finding(t->findings, IM_F_VALUE_BAD, field_at(t, f), "give both or neither",
                   "%s without %s is left out", has_lat ? "lat" : "lon",
                   has_lat ? "lon" : "lat");
        return true;
    }
    struct im_lonlat at;
    bool lat_ok = angle_of(lat, 'N', &at.lat), lon_ok = angle_of(lon, 'E', &at.lon);
    if (!lat_ok || !lon_ok) {
        refuse_angle(t, lat, lon, !lat_ok);
        e->refused = true;
        return true;
    }
    if (at.lat == 0 && at.lon == 0) {
        im_finding(t->findings, IM_F_VALUE_BAD, field_at(t, lat),
                   "leave both empty when the place is not known",
                   "0,0 stands for no position in most tables and is left out");
        return true;
    }
    e->given = at;
    e->has_coordinates = true;
    return true;
}

/* A cell that holds "lat,lon". */
static bool take_pair(struct read_rows *t, const struct im_field *f, struct im_event *e,
                      bool must) {
    if (f == NULL || f->n == 0) {
        return false;
    }
    struct im_lonlat at;
    if (im_coordinates_parse(f->text, f->n, &at)) {
        e->given = at;
        e->has_coordinates = true;
        return true;
    }
    if (must) {
        im_finding(t->findings, IM_F_VALUE_BAD, field_at(t, f),
                   "write latitude,longitude as in 41.2,45.6",
                   "'%s' is no pair of coordinates and is left out", f->text);
    }
    return false;
}

static void take_place(struct read_rows *t, const struct im_row *row,
                       struct im_event *e) {
    const struct im_field *place = read_field(t, row, READ_COL_PLACE);
    bool told = take_lat_lon(t, row, e);
    if (!told) {
        told = take_pair(t, read_field(t, row, READ_COL_COORDINATES), e, true);
    }
    if (!told && take_pair(t, place, e, false)) {
        place = NULL; // its text is a position, not a name
    }
    e->place_text = place == NULL ? "" : place->text;
    const struct im_field *at =
        place != NULL && place->n > 0 ? place : read_field(t, row, READ_COL_LAT);
    e->row = at == NULL ? IM_AT(t->file, row->line, 1) : field_at(t, at);
    const struct im_field *f = read_field(t, row, READ_COL_PRECISION);
    double metres;
    if (f != NULL && f->n > 0 && read_length(f->text, &metres)) {
        e->precision_km = metres / 1000;
    } else if (f != NULL && f->n > 0) {
        im_finding(t->findings, IM_F_VALUE_BAD, field_at(t, f), "write kilometres",
                   "precision_km '%s' is no distance and is left out", f->text);
    }
    if (e->refused) {
        e->position.reason = "its coordinates cannot be";
    } else if (e->place_text[0] == '\0' && !e->has_coordinates) {
        e->position.reason = "the row names no place and has no usable coordinates";
    }
}

/* 3. What is claimed. */

/* One cell; an unusable one is a finding and counts as not stated. */
static struct im_figure cell_figure(struct read_rows *t, const struct im_row *row,
                                    enum read_column column) {
    struct im_figure figure = IM_NO_FIGURE;
    const struct im_field *f = read_field(t, row, column);
    if (f == NULL) {
        return figure;
    }
    switch (read_figure_of(f->text, &figure)) {
    case READ_FIGURE_ABOUT:
        im_finding(t->findings, IM_F_VALUE_BAD, field_at(t, f),
                   "write a range (10-15) if there is one", "%s '%s' is taken as %g",
                   read_column_name(column), f->text, figure.best);
        return figure;
    case READ_FIGURE_BAD:
        im_finding(t->findings, IM_F_VALUE_BAD, field_at(t, f),
                   "write a number, or a range as in 3-5",
                   "%s '%s' is no number of people and is left out",
                   read_column_name(column), f->text);
        return IM_NO_FIGURE;
    default:
        return figure;
    }
}

/* A figure of up to three columns: the number, then its low and high. */
static struct im_figure figure_of(struct read_rows *t, const struct im_row *row,
                                  enum read_column column) {
    const int *at = &t->layout.at[column];
    if (at[0] < 0 && at[1] < 0 && at[2] < 0) { // most tables have few of them
        return IM_NO_FIGURE;
    }
    struct im_figure best = cell_figure(t, row, column);
    struct im_figure low = cell_figure(t, row, column + 1);
    struct im_figure high = cell_figure(t, row, column + 2);
    struct im_figure out = {low.best >= 0 ? low.low : best.low, best.best,
                            high.best >= 0 ? high.high : best.high};
    if (out.low >= 0 && out.high >= 0 && out.low > out.high) {
        const struct im_field *f = read_field(t, row, column + 1);
        im_finding(t->findings, IM_F_VALUE_BAD,
                   f == NULL ? IM_AT(t->file, row->line, 1) : field_at(t, f),
                   "exchange the two",
                   "%s: low %g is more than high %g; both are left out",
                   read_column_name(column), out.low, out.high);
        out.low = out.high = best.best;
    }
    if (out.best < 0 && out.low >= 0 && out.high >= 0) {
        out.best = (double)(int64_t)((out.low + out.high) / 2);
    } else if (out.best < 0) {
        out.best = out.low >= 0 ? out.low : out.high;
    }
    out.low = out.low < 0 || out.low > out.best ? out.best : out.low;
    out.high = out.high < out.best ? out.best : out.high;
    return out;
}

static void take_claim(struct read_rows *t, const struct im_row *row,
                       struct im_claim *c) {
    c->claimant = read_cell(t, row, READ_COL_CLAIMANT);
    c->source = read_cell(t, row, READ_COL_SOURCE);
    c->notes = read_cell(t, row, READ_COL_NOTES);
    c->row = IM_AT(t->file, row->line, 1);
    c->killed[0] = figure_of(t, row, READ_COL_KILLED1);
    c->killed[1] = figure_of(t, row, READ_COL_KILLED2);
    c->wounded[0] = figure_of(t, row, READ_COL_WOUNDED1);
    c->wounded[1] = figure_of(t, row, READ_COL_WOUNDED2);
    c->fatalities = figure_of(t, row, READ_COL_FATALITIES);
    const struct im_field *f = read_field(t, row, READ_COL_EVIDENCE);
    if (f != NULL && f->n > 0 && !read_evidence_of(f->text, &c->evidence)) {
        im_finding(t->findings, IM_F_VALUE_BAD, field_at(t, f),
                   "write confirmed, claimed or disputed",
                   "evidence '%s' is not known and is left out", f->text);
    }
}

/* UCDP writes the type as a number. */
static const char *type_of(const struct read_rows *t, const struct im_row *row) {
    static const char *const violence[] = {"state-based violence", "non-state violence",
                                           "one-sided violence"};
    const char *text = read_cell(t, row, READ_COL_TYPE);
    bool coded = t->layout.schema == READ_UCDP && text[0] >= '1' && text[0] <= '3' &&
                 text[1] == '\0';
    return coded ? violence[text[0] - '1'] : text;
}

struct read_draft read_draft_of(struct read_rows *t, const struct im_row *row) {
    struct read_draft d = {.event = {.precision_km = -1}};
    d.event.position =
        (struct im_position){.kind = IM_NOT_MAPPABLE, .area = "", .reason = ""};
    d.event.id = read_cell(t, row, READ_COL_EVENT_ID);
    d.event.type = type_of(t, row);
    d.event.country = read_cell(t, row, READ_COL_COUNTRY);
    d.event.admin1 = read_cell(t, row, READ_COL_ADMIN1);
    d.event.side[0] = read_cell(t, row, READ_COL_SIDE1);
    d.event.side[1] = read_cell(t, row, READ_COL_SIDE2);
    take_dates(t, row, &d.event);
    take_place(t, row, &d.event);
    take_claim(t, row, &d.claim);
    return d;
}
