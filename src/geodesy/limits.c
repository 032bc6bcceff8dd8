/* What a corridor is cut down to: a box, an area, what is near some places. Each limit
 * is a field of metres to its own edge, less than 0 inside; the largest counts. */
#include "geodesy/making.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_NEAR = 64 };

/* The node at or before a coordinate, 0..most. */
static long node_of(double degrees, double from, double step, long most) {
    double at = (degrees - from) / step;
    return at < 0 ? 0 : at > (double)most ? most : (long)at;
}

struct im_span im_span_of(const struct im_field *f, const struct im_edge *e,
                          double around_m) {
    double lat = around_m / 110000;
    double widest = fmin(IM_CORRIDOR_POLAR, fmax(fabs(e->a.lat), fabs(e->b.lat)) + lat);
    double lon = lat / cos(widest * 0.017453292519943295);
    return (struct im_span){node_of(fmin(e->a.lon, e->b.lon) - lon, f->window.west,
                                    f->step_lon, f->columns - 1),
                            node_of(fmax(e->a.lon, e->b.lon) + lon, f->window.west,
                                    f->step_lon, f->columns - 2) +
                                1,
                            node_of(fmin(e->a.lat, e->b.lat) - lat, f->window.south,
                                    f->step_lat, f->rows - 1),
                            node_of(fmax(e->a.lat, e->b.lat) + lat, f->window.south,
                                    f->step_lat, f->rows - 2) +
                                1};
}

/* Metres to the outside of the box, less than 0 inside. */
static double off_box(const struct im_box *box, struct im_lonlat p) {
    struct im_window w = im_box_window(*box);
    double middle = (w.west + w.east) / 2, lon = im_lon_near(p.lon, middle);
    struct im_lonlat east = {p.lon + 0.5, p.lat};
    double degree = 2 * im_near_distance(p, east);
    double x = fmax(w.west - lon, lon - w.east) * degree;
    double y = fmax(w.south - p.lat, p.lat - w.north) * 111000;
    return fmax(x, y);
}

static double off_near(const struct im_making *m, struct im_lonlat p) {
    double least = INFINITY;
    for (size_t i = 0; i < m->near_n; i++) {
        least = fmin(least, im_near_distance(p, m->near[i]));
    }
    return least - m->limits.reach_m;
}

static int by_lonlat(const void *a, const void *b) {
    const struct im_lonlat *x = a, *y = b;
    double d = x->lon != y->lon ? x->lon - y->lon : x->lat - y->lat;
    return d < 0 ? -1 : d > 0;
}

/* Of places that are close together one stands for all; their order does not count. */
static void choose_near(struct im_making *m) {
    size_t n = m->limits.near_count;
    struct im_lonlat *all = im_alloc(m->arena, n + 1, sizeof *all);
    for (size_t i = 0; i < n; i++) {
        all[i] = m->limits.near[i];
    }
    if (n > 0) {
        qsort(all, n, sizeof *all, by_lonlat);
    }
    struct im_edge around = {.a = {m->field.window.west, m->field.window.south},
                             .b = {m->field.window.east, m->field.window.north}};
    for (size_t i = 0; i < n && m->near_n < MOST_NEAR; i++) {
        bool is_new = all[i].lat > around.a.lat - 2 && all[i].lat < around.b.lat + 2;
        for (size_t k = 0; k < m->near_n && is_new; k++) {
            is_new = im_near_distance(all[i], all[k]) > m->limits.reach_m / 10;
        }
        if (is_new) {
            all[m->near_n++] = all[i];
        }
    }
    m->near = all;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Longitudes where the rings cross a latitude, in order: between the first and the
 * second is inside. */
static size_t crossings_of(const struct im_lines *rings, double lat, double *at) {
    size_t n = 0;
    for (size_t i = 0; i < rings->n; i++) {
        const struct im_line *r = &rings->v[i];
        for (size_t k = 0; k < r->n; k++) {
            struct im_lonlat a = r->v[k], b = r->v[(k + 1) % r->n];
            if ((a.lat <= lat) != (b.lat <= lat)) {
                at[n++] = a.lon + (b.lon - a.lon) * (lat - a.lat) / (b.lat - a.lat);
            }
        }
    }
    qsort(at, n, sizeof *at, by_value);
    return n;
}

/* The distance to the outline of an area near it, infinite elsewhere. */
static struct im_field outline_field(struct im_making *m, double around) {
    struct im_field f = m->field;
    const struct im_lines *rings = m->limits.within;
    f.blocks = im_alloc(m->arena, (size_t)(f.blocks_x * f.blocks_y), sizeof *f.blocks);
    for (size_t i = 0; i < rings->n; i++) {
        const struct im_line *r = &rings->v[i];
        for (size_t k = 0; k < r->n; k++) {
            struct im_edge e = {.a = r->v[k], .b = r->v[(k + 1) % r->n]};
            struct im_span s = im_span_of(&f, &e, around);
            for (long y = s.south; y <= s.north; y++) {
                for (long x = s.west; x <= s.east; x++) {
                    if (!isinf(im_field_get(&m->field, x, y))) {
                        double d = im_edge_distance(im_field_at(&f, x, y), e.a, e.b);
                        im_field_lower(&f, x, y, d);
                    }
                }
            }
        }
    }
    return f;
}

struct inside {
    struct im_making *m;
    struct im_field off; /* distance to the outline, where it is small */
    double around;
    double *at; /* crossings of a row */
    size_t n;
    long row;
};

static double off_area(void *self, long column, long row) {
    struct inside *in = self;
    struct im_lonlat p = im_field_at(&in->m->field, column, row);
    if (row != in->row) {
        in->row = row;
        in->n = crossings_of(in->m->limits.within, p.lat, in->at);
    }
    size_t low = 0, high = in->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        low = in->at[middle] <= p.lon ? middle + 1 : low;
        high = in->at[middle] <= p.lon ? high : middle;
    }
    double d = fmin(in->around, im_field_get(&in->off, column, row));
    return low % 2 ? -d : d;
}

static double off_box_or_near(void *self, long column, long row) {
    struct im_making *m = self;
    struct im_lonlat p = im_field_at(&m->field, column, row);
    return fmax(m->limits.box ? off_box(m->limits.box, p) : -INFINITY,
                m->limits.near_count > 0 ? off_near(m, p) : -INFINITY);
}

void im_making_limit(struct im_making *m) {
    const struct im_lines *rings = m->limits.within;
    choose_near(m);
    if (m->limits.box || m->limits.near_count > 0) {
        im_field_raise(&m->field, off_box_or_near, m);
    }
    if (rings) {
        size_t vertices = 1;
        for (size_t i = 0; i < rings->n; i++) {
            vertices += rings->v[i].n;
        }
        struct inside in = {
            .m = m, .around = 2 * m->limits.half_m / IM_CORRIDOR_STEPS, .row = -1};
        in.off = outline_field(m, in.around);
        in.at = im_alloc(m->arena, vertices, sizeof *in.at);
        im_field_raise(&m->field, off_area, &in);
    }
}
