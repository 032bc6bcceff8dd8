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
#include "geodesy/making.h"

#include <math.h>
#include <string.h>

static const double EDGE_M = 20000, MOST_LENGTHS = 4000,
                    ON_EDGE = 0.1; // a border is the edge of a country itself
enum { MOST_BENCH = 1 << 30 };

/* ---- 1. edges ------------------------------------------------------------- */

static void add_edge(struct im_making *m, struct im_lonlat a, struct im_lonlat b) {
    double metres = im_distance(a, b), azimuth = im_azimuth(a, b);
    size_t parts = (size_t)ceil(metres / EDGE_M);
    parts = parts > 0 ? parts : 1;
    struct im_edge e = {.a = a};
    for (size_t i = 1; i <= parts; i++) {
        double at = metres * (double)i / (double)parts;
        e.b = i < parts ? im_direct(a, azimuth, at) : b;
        IM_PUSH(m->arena, m->edges, m->n, m->cap, e);
        e.a = e.b;
    }
    m->length_m += metres;
}

static void cut_lines(struct im_making *m, const struct im_lines *lines) {
    for (size_t i = 0; i < lines->n; i++) {
        const struct im_line *l = &lines->v[i];
        for (size_t k = 0; k + 1 < l->n || (k == 0 && l->n == 1); k++) {
            add_edge(m, l->v[k], l->v[l->n == 1 ? 0 : k + 1]);
        }
    }
}

/* ---- 2. the field --------------------------------------------------------- */

/* Longitudes on the side of the antimeridian where the first vertex lies. */
static struct im_window window_of(const struct im_making *m, double margin_m) {
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
    w.south = fmax(-IM_CORRIDOR_POLAR, w.south - lat);
    w.north = fmin(IM_CORRIDOR_POLAR, w.north + lat);
    double widest = fmin(IM_CORRIDOR_POLAR, fmax(fabs(w.south), fabs(w.north)));
    double lon = lat / cos(widest * 0.017453292519943295);
    w.west = fmax(lon - 180, w.west - lon);
    w.east = fmin(180 - lon, w.east + lon);
    return w;
}

static void lay_edges(struct im_making *m) {
    double half = m->limits.half_m, around = half * (1 + 2 / IM_CORRIDOR_STEPS);
    for (size_t i = 0; i < m->n; i++) {
        const struct im_edge *e = &m->edges[i];
        struct im_span s = im_span_of(&m->field, e, around);
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
static struct im_lonlat along(const struct im_edge *e, double share) {
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

static void walk(const struct im_making *m, struct walk *w) {
    double piece = m->limits.half_m / IM_CORRIDOR_STEPS;
    *w = (struct walk){.centre = w->centre, .least_m = INFINITY};
    for (size_t i = 0; i < m->n; i++) {
        const struct im_edge *e = &m->edges[i];
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

static void measure(const struct im_making *m, struct im_corridor *out) {
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

/* Work on its own, so that many corridors take the memory of one. */
struct bench {
    struct im_arena *arena;
};

static void clear_bench(void *bench) {
    struct bench *b = bench;
    im_arena_free(b->arena);
    b->arena = NULL;
}

static struct bench *bench_of(struct im_arena *arena) {
    struct bench *b = im_alloc(arena, 1, sizeof *b);
    b->arena = im_arena_new(MOST_BENCH);
    if (b->arena == NULL) {
        im_arena_exhausted(arena);
    }
    im_arena_defer(arena, clear_bench, b);
    jmp_buf *where = im_arena_catch(arena, NULL); // what fails there fails here
    im_arena_catch(arena, where);
    im_arena_catch(b->arena, where);
    return b;
}

static struct im_lines copy_of(struct im_arena *arena, const struct im_lines *rings) {
    struct im_lines out = {im_alloc(arena, rings->n, sizeof *out.v), rings->n,
                           rings->n};
    for (size_t i = 0; i < rings->n; i++) {
        size_t n = rings->v[i].n;
        out.v[i] = (struct im_line){im_alloc(arena, n, sizeof *out.v[i].v), n};
        memcpy(out.v[i].v, rings->v[i].v, n * sizeof *rings->v[i].v);
    }
    return out;
}

static bool make(struct im_making *m, const struct im_lines *lines,
                 struct im_corridor *out) {
    cut_lines(m, lines);
    m->limits.half_m = fmax(m->limits.half_m, m->length_m / MOST_LENGTHS);
    double half = m->limits.half_m;
    if (m->n == 0 || !(half > 0) ||
        !im_field_init(&m->field, m->arena,
                       window_of(m, half * (1 + 3 / IM_CORRIDOR_STEPS)),
                       half / IM_CORRIDOR_STEPS)) {
        return false;
    }
    lay_edges(m);
    im_making_limit(m);
    im_field_outline(&m->field, &out->rings);
    if (out->rings.n > 0) {
        measure(m, out);
    }
    return out->rings.n > 0;
}

bool im_corridor_make(struct im_arena *arena, const struct im_lines *lines,
                      const struct im_corridor_limits *limits,
                      struct im_corridor *out) {
    struct bench *bench = bench_of(arena);
    struct im_making m = {.arena = bench->arena, .limits = *limits};
    *out = (struct im_corridor){.length_m = 0};
    bool any = make(&m, lines, out);
    out->rings = any ? copy_of(arena, &out->rings) : (struct im_lines){NULL, 0, 0};
    clear_bench(bench);
    return any;
}
