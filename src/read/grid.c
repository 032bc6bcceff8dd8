/* Rows of a table by where they lie, as far as they give coordinates. */
#include "formats/coords.h"
#include "read/shared.h"
#include <math.h>

static const struct im_field *cell_of(const struct im_table *t,
                                      const struct im_row *row,
                                      enum read_column column) {
    int at = t->layout.at[column];
    return at < 0 || (size_t)at >= row->n || row->field[at].n == 0 ? NULL
                                                                   : &row->field[at];
}

/* The row's coordinates as row.c takes them; false when they are in any doubt. */
static bool position_of(const struct im_table *t, const struct im_row *row,
                        struct im_lonlat *out) {
    const struct im_field *lat = cell_of(t, row, READ_COL_LAT);
    const struct im_field *lon = cell_of(t, row, READ_COL_LON);
    if (lat != NULL && lon != NULL) {
        return im_angle_parse(lat->text, lat->n, 'N', &out->lat) &&
               im_angle_parse(lon->text, lon->n, 'E', &out->lon) &&
               (out->lat != 0 || out->lon != 0);
    }
    const struct im_field *pair = cell_of(t, row, READ_COL_COORDINATES);
    return lat == NULL && lon == NULL && pair != NULL &&
           im_coordinates_parse(pair->text, pair->n, out);
}

static uint32_t degrees(double angle, double from, int count) {
    int whole = (int)floor(angle - from);
    return (uint32_t)(whole < 0 ? 0 : whole >= count ? count - 1 : whole);
}

static uint32_t cell_at(struct im_lonlat at) {
    return 180 * degrees(at.lon, -180, 360) + degrees(at.lat, -90, 180);
}

/* Rows of one event lie where any of them does, unless all agree. */
static void join_groups(const struct im_table *t, uint32_t *cell) {
    for (size_t i = 0; i < t->n; i++) {
        uint32_t own = t->row[i].group;
        if (cell[i] != cell[own]) {
            cell[own] = READ_ANYWHERE;
        }
    }
    for (size_t i = 0; i < t->n; i++) {
        cell[i] = cell[t->row[i].group];
    }
}

static void list_rows(const struct im_table *t, struct read_grid *g) {
    g->rows = im_alloc(t->arena, t->n, sizeof *g->rows);
    g->start = im_alloc(t->arena, READ_CELLS + 3, sizeof *g->start);
    for (size_t i = 0; i < t->n; i++) {
        g->start[g->cell[i] + 2]++;
    }
    for (size_t c = 2; c < READ_CELLS + 3; c++) {
        g->start[c] += g->start[c - 1];
    }
    for (size_t i = 0; i < t->n; i++) {
        g->rows[g->start[g->cell[i] + 1]++] = (uint32_t)i;
    }
}

const struct read_grid *read_grid_of(struct im_table *t) {
    if (t->grid != NULL) {
        return t->grid;
    }
    struct read_grid *g = im_alloc(t->arena, 1, sizeof *g);
    struct im_csv *csv = im_csv_again(t->arena, t->csv, t->top);
    g->cell = im_alloc(t->arena, t->n, sizeof *g->cell);
    for (size_t i = 0; i < t->n; i++) {
        struct im_row row = read_row(t, csv, i);
        struct im_lonlat at;
        g->cell[i] = position_of(t, &row, &at) ? cell_at(at) : READ_ANYWHERE;
    }
    join_groups(t, g->cell);
    if (t->n > READ_FEW) {
        list_rows(t, g);
    }
    t->grid = g;
    return g;
}
