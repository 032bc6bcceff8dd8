/*
 * Corridors of lines, as the outline of a field of distances (field.h): the union of
 * the buffers of all edges without any overlay of polygons, so nothing can cross
 * itself, whatever the line does.
 *
 *   1. edges are cut short enough to be straight in a plane
 *   2. each lowers the field's nodes around it to its distance less the half width
 *   3. each limit raises the nodes to its own distance: an intersection
 *   4. the outline of what is negative; where the lines' part that is left
 *      is nearest to its centre
 */
#include "geodesy/field.h"
#include "geodesy/geodesy.h"

#include <math.h>
#include <stdlib.h>

static const double STEPS = 4, EDGE_M = 20000, MOST_LENGTHS = 4000, POLAR = 85,
                    ON_EDGE = 0.1; // a border is the edge of a country itself
enum { MOST_NEAR = 64 };

/* An edge, and where it begins along the lines. */
struct edge {
    struct im_lonlat a, b;
    double from_m;
};

struct making {
    struct im_arena *arena;
    struct im_corridor_limits limits;
    struct edge *edges;
    size_t n, cap;
    double length_m;
    struct im_field field;
    const struct im_lonlat *near;
    size_t near_n;
};

/* ---- 1. edges ------------------------------------------------------------- */

static void add_edge(struct making *m, struct im_lonlat a, struct im_lonlat b) {
    double metres = im_distance(a, b), azimuth = im_azimuth(a, b);
    size_t parts = (size_t)ceil(metres / EDGE_M);
    parts = parts > 0 ? parts : 1;
    struct edge e = {.a = a};
    for (size_t i = 1; i <= parts; i++) {
        double at = metres * (double)i / (double)parts;
        e.b = i < parts ? im_direct(a, azimuth, at) : b;
        e.from_m = m->length_m + metres * (double)(i - 1) / (double)parts;
        IM_PUSH(m->arena, m->edges, m->n, m->cap, e);
        e.a = e.b;
    }
    m->length_m += metres;
}

static void cut_lines(struct making *m, const struct im_lines *lines) {
    for (size_t i = 0; i < lines->n; i++) {
        const struct im_line *l = &lines->v[i];
        for (size_t k = 0; k + 1 < l->n || (k == 0 && l->n == 1); k++) {
            add_edge(m, l->v[k], l->v[l->n == 1 ? 0 : k + 1]);
        }
    }
}

/* ---- 2. the field --------------------------------------------------------- */

/* Longitudes on the side of the antimeridian where the first vertex lies. */
static struct im_window window_of(const struct making *m, double margin_m) {
    struct im_window w = {180, 90, -180, -90};
    for (size_t i = 0; i < m->n; i++) {
        const struct im_lonlat p[2] = {m->edges[i].a, m->edges[i].b};
        for (int k = 0; k < 2; k++) {
            w.west = fmin(w.west, p[k].lon);
            w.east = fmax(w.east, p[k].lon);
            w.south = fmin(w.south, p[k].lat);
            w.north = fmax(w.north, p[k].lat);
        }
    }
    double lat = margin_m / 110000;
    w.south = fmax(-POLAR, w.south - lat);
    w.north = fmin(POLAR, w.north + lat);
    double widest = fmin(POLAR, fmax(fabs(w.south), fabs(w.north)));
    double lon = lat / cos(widest * 0.017453292519943295);
    w.west = fmax(lon - 180, w.west - lon);
    w.east = fmin(180 - lon, w.east + lon);
    return w;
}

/* Nodes that are within the window around an edge. */
struct span {
    long west, east, south, north;
};

/* The node at or before a coordinate, 0..most. */
static long node_of(double degrees, double from, double step, long most) {
    double at = (degrees - from) / step;
    return at < 0 ? 0 : at > (double)most ? most : (long)at;
}

static struct span span_of(const struct im_field *f, const struct edge *e,
                           double around_m) {
    double lat = around_m / 110000;
    double widest = fmin(POLAR, fmax(fabs(e->a.lat), fabs(e->b.lat)) + lat);
    double lon = lat / cos(widest * 0.017453292519943295);
    return (struct span){node_of(fmin(e->a.lon, e->b.lon) - lon, f->window.west,
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

static void lay_edges(struct making *m) {
    double half = m->limits.half_m, around = half * (1 + 2 / STEPS);
    for (size_t i = 0; i < m->n; i++) {
        const struct edge *e = &m->edges[i];
        struct span s = span_of(&m->field, e, around);
        for (long y = s.south; y <= s.north; y++) {
            for (long x = s.west; x <= s.east; x++) {
                struct im_lonlat p = im_field_at(&m->field, x, y);
                double metres = im_edge_distance(p, e->a, e->b);
                if (metres <= around) {
                    im_field_lower(&m->field, x, y, metres - half);
                }
            }
        }
    }
}

/* ---- 3. limits ------------------------------------------------------------ */

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

static double off_near(const struct making *m, struct im_lonlat p) {
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
static void choose_near(struct making *m) {
    size_t n = m->limits.near_count;
    struct im_lonlat *all = im_alloc(m->arena, n + 1, sizeof *all);
    for (size_t i = 0; i < n; i++) {
        all[i] = m->limits.near[i];
    }
    if (n > 0) {
        qsort(all, n, sizeof *all, by_lonlat);
    }
    struct edge around = {.a = {m->field.window.west, m->field.window.south},
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
static struct im_field outline_field(struct making *m, double around) {
    struct im_field f = m->field;
    const struct im_lines *rings = m->limits.within;
    f.blocks = im_alloc(m->arena, (size_t)(f.blocks_x * f.blocks_y), sizeof *f.blocks);
    for (size_t i = 0; i < rings->n; i++) {
        const struct im_line *r = &rings->v[i];
        for (size_t k = 0; k < r->n; k++) {
            struct edge e = {.a = r->v[k], .b = r->v[(k + 1) % r->n]};
            struct span s = span_of(&f, &e, around);
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
    struct making *m;
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
    struct making *m = self;
    struct im_lonlat p = im_field_at(&m->field, column, row);
    return fmax(m->limits.box ? off_box(m->limits.box, p) : -INFINITY,
                m->limits.near_count > 0 ? off_near(m, p) : -INFINITY);
}

static void limit(struct making *m) {
    const struct im_lines *rings = m->limits.within;
    if (m->limits.box || m->limits.near_count > 0) {
        im_field_raise(&m->field, off_box_or_near, m);
    }
    if (rings) {
        size_t vertices = 1;
        for (size_t i = 0; i < rings->n; i++) {
            vertices += rings->v[i].n;
        }
        struct inside in = {.m = m, .around = 2 * m->limits.half_m / STEPS, .row = -1};
        in.off = outline_field(m, in.around);
        in.at = im_alloc(m->arena, vertices, sizeof *in.at);
        im_field_raise(&m->field, off_area, &in);
    }
}

/* ---- 4. the answer -------------------------------------------------------- */

/* Value of the field between its nodes. */
static double value_at(const struct im_field *f, struct im_lonlat p) {
    double x = (p.lon - f->window.west) / f->step_lon,
           y = (p.lat - f->window.south) / f->step_lat;
    long i = (long)floor(x), j = (long)floor(y);
    double u = x - (double)i, v = y - (double)j;
    return (1 - v) * ((1 - u) * im_field_get(f, i, j) + u * im_field_get(f, i + 1, j)) +
           v * ((1 - u) * im_field_get(f, i, j + 1) +
                u * im_field_get(f, i + 1, j + 1));
}

/* A point of an edge, by its share. */
static struct im_lonlat along(const struct edge *e, double share) {
    double lon = im_lon_near(e->b.lon, e->a.lon);
    return (struct im_lonlat){e->a.lon + share * (lon - e->a.lon),
                              e->a.lat + share * (e->b.lat - e->a.lat)};
}

/* Pieces of the lines that the limits leave, each by its middle. */
struct walk {
    double length_m;
    struct im_lonlat sum;    /* of the middles, weighed by length */
    struct im_lonlat centre; /* what `nearest` is nearest to */
    struct im_lonlat nearest;
    double least_m;
};

static void walk(const struct making *m, struct walk *w) {
    double piece = m->limits.half_m / STEPS;
    *w = (struct walk){.centre = w->centre, .least_m = INFINITY};
    for (size_t i = 0; i < m->n; i++) {
        const struct edge *e = &m->edges[i];
        double metres = im_distance(e->a, e->b), parts = fmax(1, ceil(metres / piece));
        for (double k = 0; k < parts; k++) {
            struct im_lonlat p = along(e, (k + 0.5) / parts);
            if (!(value_at(&m->field, p) < m->limits.half_m * ON_EDGE)) {
                continue;
            }
            double part = fmax(metres, 1) / parts, off = im_near_distance(p, w->centre);
            w->length_m += part;
            w->sum.lon += part * p.lon;
            w->sum.lat += part * p.lat;
            w->nearest = off < w->least_m ? p : w->nearest;
            w->least_m = fmin(w->least_m, off);
        }
    }
}

static void measure(const struct making *m, struct im_corridor *out) {
    out->half_m = m->limits.half_m;
    struct walk w = {.length_m = 0};
    walk(m, &w);
    out->length_m = w.length_m;
    if (w.length_m > 0) {
        w.centre.lon = w.sum.lon / w.length_m;
        w.centre.lat = w.sum.lat / w.length_m;
        walk(m, &w);
        out->at = w.nearest;
    } else {
        im_field_least(&m->field, &out->at);
    }
    out->box = im_line_box(&out->rings.v[0]);
    for (size_t i = 0; i < out->rings.n; i++) {
        struct im_box b = im_line_box(&out->rings.v[i]);
        out->box =
            (struct im_box){fmin(out->box.west, b.west), fmin(out->box.south, b.south),
                            fmax(out->box.east, b.east), fmax(out->box.north, b.north)};
        for (size_t k = 0; k < out->rings.v[i].n; k++) {
            out->radius_m =
                fmax(out->radius_m, im_distance(out->at, out->rings.v[i].v[k]));
        }
    }
}

bool im_corridor_make(struct im_arena *arena, const struct im_lines *lines,
                      const struct im_corridor_limits *limits,
                      struct im_corridor *out) {
    struct making m = {.arena = arena, .limits = *limits};
    *out = (struct im_corridor){.length_m = 0};
    cut_lines(&m, lines);
    m.limits.half_m = fmax(limits->half_m, m.length_m / MOST_LENGTHS);
    double half = m.limits.half_m;
    if (m.n == 0 || !(half > 0) ||
        !im_field_init(&m.field, arena, window_of(&m, half * (1 + 3 / STEPS)),
                       half / STEPS)) {
        return false;
    }
    choose_near(&m);
    lay_edges(&m);
    limit(&m);
    im_field_outline(&m.field, &out->rings);
    if (out->rings.n == 0) {
        return false;
    }
    measure(&m, out);
    return true;
}
