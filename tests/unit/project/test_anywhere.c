/*
 * Random extents, projections, lines and rings, seeds fixed: what is drawn is where it
 * belongs, nothing covers its outside, forward and inverse agree.
 */
#include "geo/box.h"
#include "geo/inside.h"
#include "help/random.h"
#include "project/project.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static uint64_t seed;

static const char *const crs_texts[] = {
    "auto",
    "auto",
    "equal-area",
    "conformal",
    "equal-earth",
    "robinson",
    "mercator",
    "orthographic",
    "laea",
    "aeqd",
    "stereographic",
    "gnomonic",
    "lcc",
    "albers",
    "tmerc",
    "polar",
    "goode",
    "+proj=igh_o +lon_0=-160",
    "+proj=nsper +h=3000000 +lat_0=20 +lon_0=170",
    "+proj=ob_tran +o_proj=moll +o_lat_p=35 +o_lon_p=20 +lon_0=60",
    "+proj=moll +lon_0=180",
    "+proj=laea +lat_0=-90 +lon_0=33",
    "+proj=ortho +lat_0=-25 +lon_0=-175",
};
#define CRS_COUNT (sizeof crs_texts / sizeof crs_texts[0])

struct scene {
    struct im_arena *arena;
    const char *crs;
    struct im_box box;
    struct im_view view;
    struct im_lonlat v[80]; /* the ring */
    struct im_line ring;
    int polar; /* 1, -1: it goes around that pole and holds it */
};

static struct im_box random_box(void) {
    double size = exp(random_from(&seed, log(0.2), log(400)));
    if (size > 180) {
        return (struct im_box){-180, -90, 180, 90};
    }
    double lon = random_from(&seed, -180, 180), lat = 90 * random_from(&seed, -1, 1),
           wide = size / 2;
    double high = fmin(size, 150) * random_from(&seed, 0.3, 0.7);
    wide = fmin(wide / fmax(0.2, cos(lat * 0.0174532925)), 179);
    struct im_window w = {lon - wide, fmax(-90, lat - high), lon + wide,
                          fmin(90, lat + high)};
    return im_window_box(w);
}

static bool random_view(struct scene *s) {
    struct im_crs *crs = NULL;
    struct im_extent extent = {.box = random_box(), .exact = true};
    s->box = extent.box;
    s->crs = crs_texts[(size_t)random_from(&seed, 0, CRS_COUNT)];
    assert_int_equal(im_crs_open(s->arena, s->crs, extent.box, &crs, NULL), INCMAP_OK);
    return im_view_fit(&s->view, crs, extent, (struct im_rect){40, 60, 1200, 800},
                       NULL) == INCMAP_OK;
}

// A star around a point: no edge over more than 180 degrees of longitude, none that
// crosses another.
static void random_star(struct scene *s) {
    struct im_window w = im_box_window(s->box);
    double lon = random_from(&seed, w.west, w.east),
           lat = random_from(&seed, w.south, w.north);
    double size = random_from(&seed, 0.1, 1) * fmax(w.east - w.west, w.north - w.south);
    size_t n = (size_t)random_from(&seed, 3, 40);
    for (size_t i = 0; i < n; i++) {
        double a = 2 * 3.141592653589793 * ((double)i + random_from(&seed, 0, 0.7)) /
                   (double)n;
        double r = fmin(size, 85) * random_from(&seed, 0.3, 1);
        s->v[i] = (struct im_lonlat){lon + r * cos(a),
                                     fmax(-89.9, fmin(89.9, lat + 0.7 * r * sin(a)))};
    }
    s->ring = (struct im_line){s->v, n};
    s->polar = 0;
}

// A coast around a pole, all of it in that half of the globe or a little beyond.
static void random_cap(struct scene *s) {
    size_t n = (size_t)random_from(&seed, 12, 80);
    double middle = random_from(&seed, 5, 80);
    s->polar = random_from(&seed, 0, 1) < 0.5 ? 1 : -1;
    for (size_t i = 0; i < n; i++) {
        double lon =
            im_lon_near(360.0 * (double)i / (double)n + random_from(&seed, -1, 1), 0);
        s->v[i] =
            (struct im_lonlat){lon, s->polar * (middle + random_from(&seed, -4, 4))};
    }
    s->ring = (struct im_line){s->v, n};
}

static void next_scene(struct im_arena *arena, struct scene *s) {
    s->arena = arena;
    while (!random_view(s)) {
    }
    if (random_from(&seed, 0, 1) < 0.3) {
        random_cap(s);
    } else {
        random_star(s);
    }
    for (size_t i = 0; i < s->ring.n; i++) {
        s->v[i].lon = im_lon_near(s->v[i].lon, 0);
    }
}

static bool in_frame(const struct im_view *view, struct im_pt p) {
    const struct im_rect *f = &view->frame;
    return p.x >= f->x && p.x <= f->x + f->w && p.y >= f->y && p.y <= f->y + f->h;
}

static double off_segment(struct im_pt p, struct im_pt a, struct im_pt b) {
    double dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy;
    double t = square > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / square : 0;
    t = fmax(0, fmin(1, t));
    return hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

static double off_paths(const struct im_paths *paths, struct im_pt p) {
    double best = 1e9;
    for (size_t k = 0; k < paths->n; k++) {
        const struct im_path *q = &paths->v[k];
        for (size_t i = 1; i < q->n + (q->closed ? 1 : 0); i++) {
            struct im_pt a = q->v[i - 1], b = q->v[i % q->n];
            if (p.x > fmin(a.x, b.x) - 2 && p.x < fmax(a.x, b.x) + 2) {
                best = fmin(best, off_segment(p, a, b));
            }
        }
    }
    return best;
}

/* ---- the truth, by other means than the code's ----------------------------- */

// Edge i of the ring, the short way round.
static void edge_of(const struct scene *s, size_t i, struct im_lonlat *a,
                    struct im_lonlat *b) {
    *a = s->v[i];
    *b = s->v[(i + 1) % s->ring.n];
    b->lon = im_lon_near(b->lon, a->lon);
}

// By the turning of longitudes: how often the ring crosses the meridian of p, southward
// of it.
static bool truly_inside(const struct scene *s, struct im_lonlat p) {
    bool inside = s->polar < 0;
    for (size_t i = 0; i < s->ring.n; i++) {
        struct im_lonlat a, b;
        edge_of(s, i, &a, &b);
        double x = im_lon_near(p.lon, (a.lon + b.lon) / 2);
        if ((a.lon > x) != (b.lon > x)) {
            double lat = a.lat + (x - a.lon) / (b.lon - a.lon) * (b.lat - a.lat);
            inside ^= lat < p.lat;
        }
    }
    return inside;
}

// The true edges, as pieces so short that they are straight on any page.
static void dense_edges(const struct scene *s, struct im_paths *out) {
    for (size_t i = 0; i < s->ring.n; i++) {
        struct im_lonlat a, b;
        edge_of(s, i, &a, &b);
        double far = hypot(b.lon - a.lon, b.lat - a.lat);
        double points = far * 111195 / s->view.ground_m_per_pt;
        size_t n = (size_t)fmax(fmax(200, 25 * far), fmin(points / 8, 20000)), cap = 0;
        struct im_path path = {0};
        for (size_t k = 0; k <= n; k++) {
            double t = (double)k / (double)n;
            struct im_lonlat p = {a.lon + t * (b.lon - a.lon),
                                  a.lat + t * (b.lat - a.lat)};
            struct im_pt pt;
            bool ok = im_view_point(&s->view, p, &pt);
            if (path.n > 0 && (!ok || hypot(pt.x - path.v[path.n - 1].x,
                                            pt.y - path.v[path.n - 1].y) > 40)) {
                IM_PUSH(s->arena, out->v, out->n, out->cap, path);
                path = (struct im_path){0};
                cap = 0;
            }
            if (ok) {
                IM_PUSH(s->arena, path.v, path.n, cap, pt);
            }
        }
        IM_PUSH(s->arena, out->v, out->n, out->cap, path);
    }
}

/* ---- properties ------------------------------------------------------------ */

static void complain(const struct scene *s, const char *what, struct im_pt at,
                     struct im_lonlat p) {
    fail_msg("%s: %s, box %.3f,%.3f,%.3f,%.3f, polar %d, at %.2f %.2f (%.4f %.4f)",
             what, s->crs, s->box.west, s->box.south, s->box.east, s->box.north,
             s->polar, at.x, at.y, p.lon, p.lat);
}

// What is drawn inside the frame lies on the true line.
static size_t check_drawn(const struct scene *s, const struct im_paths *lines,
                          const struct im_paths *truth, const struct im_paths *rim) {
    size_t n = 0, all = 0;
    for (size_t k = 0; k < lines->n; k++) {
        all += lines->v[k].n;
    }
    for (size_t k = 0; k < lines->n; k++) {
        const struct im_path *path = &lines->v[k];
        for (size_t i = 1; i < path->n; i++) {
            struct im_pt a = path->v[i - 1], b = path->v[i];
            struct im_pt m[2] = {b, {(a.x + b.x) / 2, (a.y + b.y) / 2}};
            for (int j = 0; j < 2; j++) {
                struct im_lonlat p;
                if (random_from(&seed, 0, (double)all) < 40 &&
                    in_frame(&s->view, m[j]) &&
                    off_paths(rim, m[j]) > 2 && // where the pieces of `truth` end
                    im_view_lonlat(&s->view, m[j], &p)) {
                    n++;
                    if (!(off_paths(truth, m[j]) < 0.2)) {
                        complain(s, "drawn off the line", m[j], p);
                    }
                }
            }
        }
    }
    return n;
}

// What is true inside the frame is drawn.
static size_t check_complete(const struct scene *s, const struct im_paths *lines) {
    size_t n = 0;
    for (size_t i = 0; i < s->ring.n; i++) {
        struct im_lonlat a, b, back;
        edge_of(s, i, &a, &b);
        for (int k = 0; k < 3; k++) {
            double t = random_from(&seed, 0, 1);
            struct im_lonlat p = {a.lon + t * (b.lon - a.lon),
                                  a.lat + t * (b.lat - a.lat)};
            struct im_pt pt;
            if (i + 1 == s->ring.n || !im_view_point(&s->view, p, &pt) ||
                !in_frame(&s->view, pt) || !im_view_lonlat(&s->view, pt, &back)) {
                continue; // the line is open
            }
            n++;
            if (!(off_paths(lines, pt) < 0.2)) {
                complain(s, "not drawn", pt, p);
            }
        }
    }
    return n;
}

// Inside the drawn ring if, and only if, inside the true one.
static size_t check_inside(const struct scene *s, const struct im_paths *lines,
                           const struct im_paths *rings, const struct im_paths *rim) {
    size_t n = 0;
    for (int k = 0; k < 150; k++) {
        struct im_pt pt = {
            random_from(&seed, s->view.frame.x, s->view.frame.x + s->view.frame.w),
            random_from(&seed, s->view.frame.y, s->view.frame.y + s->view.frame.h)};
        struct im_lonlat p;
        bool globe = rim->n == 0 || im_paths_contain(rim, pt);
        if (!im_view_lonlat(&s->view, pt, &p) || off_paths(lines, pt) < 0.5 ||
            off_paths(rim, pt) < 0.5) {
            continue;
        }
        n += globe;
        if (im_paths_contain(rings, pt) != (globe && truly_inside(s, p))) {
            complain(s, truly_inside(s, p) ? "not covered" : "covered", pt, p);
        }
    }
    return n;
}

static void test_lines_and_rings_anywhere(void **state) {
    (void)state;
    size_t drawn = 0, complete = 0, inside = 0, cut = 0;
    seed = 1987;
    for (int i = 0; i < 700; i++) {
        struct im_arena *arena = im_arena_new((size_t)1 << 28);
        struct scene s;
        next_scene(arena, &s);
        struct im_paths lines = {0}, rings = {0}, rim = {0}, truth = {0};
        im_view_line(&s.view, arena, &s.ring, &lines);
        im_view_ring(&s.view, arena, &s.ring, &rings);
        im_view_outline(&s.view, arena, &rim);
        dense_edges(&s, &truth);
        drawn += check_drawn(&s, &lines, &truth, &rim);
        complete += check_complete(&s, &lines);
        struct im_lonlat ends[2] = {s.v[s.ring.n - 1], s.v[0]};
        im_view_line(&s.view, arena, &(struct im_line){ends, 2}, &lines);
        inside += check_inside(&s, &lines, &rings, &rim);
        cut += rings.n > 1;
        im_arena_free(arena);
    }
    assert_true(drawn > 20000 && complete > 20000 && inside > 20000 && cut > 20);
}

static void test_forward_and_inverse_agree(void **state) {
    (void)state;
    size_t n = 0;
    seed = 1395;
    for (int i = 0; i < 300; i++) {
        struct im_arena *arena = im_arena_new((size_t)1 << 26);
        struct scene s;
        next_scene(arena, &s);
        struct im_paths rim = {0};
        im_view_outline(&s.view, arena, &rim);
        struct im_window w = im_box_window(s.view.cover);
        for (int k = 0; k < 100; k++) {
            struct im_lonlat p = {random_from(&seed, w.west, w.east),
                                  random_from(&seed, w.south, w.north)};
            struct im_lonlat back;
            struct im_pt pt, again;
            if (fabs(p.lat) > 89.9 || !im_view_point(&s.view, p, &pt) ||
                !in_frame(&s.view, pt) ||
                (rim.n > 0 &&
                 (!im_paths_contain(&rim, pt) || off_paths(&rim, pt) < 0.5))) {
                continue;
            }
            n++;
            if (!im_view_lonlat(&s.view, pt, &back) ||
                !im_view_point(&s.view, back, &again) ||
                !(hypot(again.x - pt.x, again.y - pt.y) < 0.05) ||
                !(fabs(im_lon_near(back.lon - p.lon, 0)) * cos(p.lat * 0.01745) *
                      111195 <
                  0.1 * s.view.m_per_pt + 1)) {
                complain(&s, "lost on the way back", pt, p);
            }
        }
        im_arena_free(arena);
    }
    assert_true(n > 8000);
}

// A step as the slope has it, and as it is.
static void test_slopes_anywhere(void **state) {
    (void)state;
    size_t n = 0, close = 0;
    seed = 1972;
    for (int i = 0; i < 300; i++) {
        struct im_arena *arena = im_arena_new((size_t)1 << 26);
        struct scene s;
        next_scene(arena, &s);
        for (int k = 0; k < 100; k++) {
            struct im_window w = im_box_window(s.view.cover);
            struct im_lonlat p = {random_from(&seed, w.west, w.east),
                                  random_from(&seed, w.south, w.north)};
            struct im_lonlat q = {p.lon + random_from(&seed, -0.1, 0.1),
                                  p.lat + random_from(&seed, -0.1, 0.1)};
            struct im_slope slope;
            struct im_pt a, b;
            if (fabs(q.lat) > 90 || !im_view_slope(&s.view, p, &slope) ||
                !im_view_point(&s.view, p, &a) || !im_view_point(&s.view, q, &b)) {
                continue;
            }
            double dlon = q.lon - p.lon, dlat = q.lat - p.lat;
            double off = hypot(dlon * slope.lon.x + dlat * slope.lat.x - (b.x - a.x),
                               dlon * slope.lon.y + dlat * slope.lat.y - (b.y - a.y));
            double most = hypot(b.x - a.x, b.y - a.y) +
                          hypot(dlat * slope.lat.x, dlat * slope.lat.y);
            bool jump = hypot(b.x - a.x, b.y - a.y) > 400; // over the cut
            n += !jump;
            close += !jump && off < 0.05 * most;
            if (!jump && off > 0.3 * most) {
                complain(&s, "another slope", a, p);
            }
        }
        im_arena_free(arena);
    }
    assert_true(n > 10000 && (double)close > 0.99 * (double)n);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_and_rings_anywhere),
        cmocka_unit_test(test_forward_and_inverse_agree),
        cmocka_unit_test(test_slopes_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
