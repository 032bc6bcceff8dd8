/* Corridors held against distances: what is inside is near enough, and the reverse;
 * no outline meets itself, whatever the line does; limits cut. */
#include "geodesy/geodesy.h"
#include "help/ground.h"
#include "help/random.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct im_arena *arena;
static uint64_t seed = 2006;

static struct im_lines one_line(const struct im_lonlat *v, size_t n) {
    struct im_lines lines = {NULL, 0, 0};
    struct im_line l = {im_alloc(arena, n, sizeof *l.v), n};
    for (size_t i = 0; i < n; i++) {
        l.v[i] = v[i];
    }
    IM_PUSH(arena, lines.v, lines.n, lines.cap, l);
    return lines;
}

static double off(const struct im_lines *lines, struct im_lonlat p) {
    double least = INFINITY;
    for (size_t i = 0; i < lines->n; i++) {
        least = fmin(least, im_distance_to_line(p, &lines->v[i], NULL));
    }
    return least;
}

static struct im_corridor made(const struct im_lines *lines,
                               const struct im_corridor_limits *limits) {
    struct im_corridor c;
    assert_true(im_corridor_make(arena, lines, limits, &c));
    return c;
}

static double turn(struct im_lonlat a, struct im_lonlat b, struct im_lonlat c) {
    return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon);
}

static bool do_cross(const struct im_lonlat *a, const struct im_lonlat *b,
                     const struct im_lonlat *c, const struct im_lonlat *d) {
    return turn(*a, *b, *c) * turn(*a, *b, *d) < 0 &&
           turn(*c, *d, *a) * turn(*c, *d, *b) < 0;
}

/* No two edges of all rings cross. */
static void assert_simple(const struct im_lines *rings) {
    for (size_t i = 0; i < rings->n; i++) {
        for (size_t a = 0; a < rings->v[i].n; a++) {
            const struct im_lonlat *p = &rings->v[i].v[a],
                                   *q = &rings->v[i].v[(a + 1) % rings->v[i].n];
            for (size_t k = i; k < rings->n; k++) {
                const struct im_line *r = &rings->v[k];
                for (size_t b = k == i ? a + 1 : 0; b < r->n; b++) {
                    if (do_cross(p, q, &r->v[b], &r->v[(b + 1) % r->n])) {
                        fail_msg("edges at %f %f and %f %f cross", p->lon, p->lat,
                                 r->v[b].lon, r->v[b].lat);
                    }
                }
            }
        }
    }
}

/* Points around are inside exactly when they are near enough, but for a margin; where
 * two sides come close, the gap may be closed. */
static void assert_true_to(const struct im_lines *lines, const struct im_corridor *c,
                           double gap) {
    for (int i = 0; i < 3000; i++) {
        struct im_lonlat p = {
            random_from(&seed, c->box.west - 0.2, c->box.east + 0.2),
            random_from(&seed, c->box.south - 0.2, c->box.north + 0.2)};
        double share = off(lines, p) / c->half_m;
        if (share < 0.97 || share > gap) {
            assert_int_equal(ground_has(&c->rings, p), share < 1);
        }
    }
}

static void test_straight(void **state) {
    (void)state;
    static const double lats[] = {0, 41, -55, 70};
    for (size_t i = 0; i < sizeof lats / sizeof *lats; i++) {
        struct im_lonlat v[2] = {{45, lats[i]}, {46.3, lats[i] + 0.8}};
        struct im_lines lines = one_line(v, 2);
        struct im_corridor_limits limits = {.half_m = 12000};
        struct im_corridor c = made(&lines, &limits);
        double length = im_distance(v[0], v[1]);
        assert_int_equal(c.rings.n, 1);
        assert_true_to(&lines, &c, 1.03);
        assert_simple(&c.rings);
        double area = 2 * 12000 * length + 3.14159265 * 12000 * 12000;
        assert_true(fabs(ground_area(&c.rings.v[0]) / area - 1) < 0.02);
        assert_true(off(&lines, c.at) < 100);
        assert_true(fabs(c.radius_m / (length / 2 + 12000) - 1) < 0.03);
        assert_true(fabs(c.length_m / length - 1) < 1e-6);
    }
}

static void test_tangles(void **state) {
    (void)state;
    for (int round = 0; round < 12; round++) {
        struct im_lonlat v[14];
        for (int i = 0; i < 14; i++) {
            v[i] = (struct im_lonlat){random_from(&seed, 44, 46),
                                      random_from(&seed, 40, 41.5)};
        }
        struct im_lines lines = one_line(v, 14);
        struct im_corridor_limits limits = {.half_m = random_from(&seed, 2000, 30000)};
        struct im_corridor c = made(&lines, &limits);
        assert_simple(&c.rings);
        assert_true_to(&lines, &c, 1.13);
    }
}

static void test_loop_has_hole(void **state) {
    (void)state;
    const struct im_lonlat v[5] = {{45, 40}, {46, 40}, {46, 41}, {45, 41}, {45, 40}};
    struct im_lines lines = one_line(v, 5);
    struct im_corridor_limits limits = {.half_m = 8000};
    struct im_corridor c = made(&lines, &limits);
    assert_int_equal(c.rings.n, 2);
    assert_false(ground_has(&c.rings, (struct im_lonlat){45.5, 40.5}));
    assert_true(off(&lines, c.at) < 100); // not in the middle of the loop
}

static void test_limits(void **state) {
    (void)state;
    const struct im_lonlat v[2] = {{44, 41}, {48, 41}};
    const struct im_box box = {45, 40, 46, 41.02};
    const struct im_lonlat square[4] = {{46.5, 40}, {49, 40}, {49, 42}, {46.5, 42}};
    const struct im_lonlat near[2] = {{44, 41.2}, {0, 0}};
    struct im_lines lines = one_line(v, 2), within = one_line(square, 4);
    struct im_corridor_limits limits = {.half_m = 10000, .box = &box};
    struct im_corridor c = made(&lines, &limits);
    assert_true(c.box.west > 44.99 && c.box.east < 46.01 && c.box.north < 41.025);
    assert_true(c.at.lon > 45.3 && c.at.lon < 45.7);
    limits = (struct im_corridor_limits){.half_m = 10000, .within = &within};
    c = made(&lines, &limits);
    assert_true(c.box.west > 46.49 && c.box.east > 48);
    assert_simple(&c.rings);
    limits = (struct im_corridor_limits){
        .half_m = 10000, .near = near, .near_count = 2, .reach_m = 60000};
    c = made(&lines, &limits);
    assert_true(c.box.east < 44.72 && c.box.east > 44.6);
    limits.near = near + 1;
    limits.near_count = 1;
    assert_false(im_corridor_make(arena, &lines, &limits, &c));
    const struct im_box elsewhere = {10, 40, 11, 41};
    limits = (struct im_corridor_limits){.half_m = 10000, .box = &elsewhere};
    assert_false(im_corridor_make(arena, &lines, &limits, &c));
}

/* The edge of the limit is the line itself, as a country's border is. */
static void test_one_side(void **state) {
    (void)state;
    const struct im_lonlat v[3] = {{45, 40}, {45.4, 40.5}, {45, 41}};
    const struct im_lonlat area[4] = {{45, 40}, {45.4, 40.5}, {45, 41}, {44, 40.5}};
    struct im_lines lines = one_line(v, 3), within = one_line(area, 4);
    struct im_corridor_limits limits = {.half_m = 5000, .within = &within};
    struct im_corridor c = made(&lines, &limits);
    assert_true(off(&lines, c.at) < 500);
    assert_true(c.length_m > 0.9 * ground_length(&lines.v[0]));
    assert_false(ground_has(&c.rings, (struct im_lonlat){45.43, 40.5}));
    assert_true(ground_has(&c.rings, (struct im_lonlat){45.37, 40.5}));
}

static void test_extremes(void **state) {
    (void)state;
    struct im_corridor c;
    struct im_corridor_limits limits = {.half_m = 100};
    const struct im_lonlat round[4] = {{-179, -60}, {0, 60}, {90, -60}, {179.9, 70}};
    struct im_lines lines = one_line(round, 4);
    assert_true(im_corridor_make(arena, &lines, &limits, &c)); // wider than it says
    assert_true(c.half_m > 5000 && c.box.west >= -180 && c.box.east <= 180);
    struct im_lines point = one_line(round, 1), none = {NULL, 0, 0};
    c = made(&point, &limits);
    assert_true(fabs(c.radius_m - 100) < 5);
    assert_false(im_corridor_make(arena, &none, &limits, &c));
}

static int setup(void **state) {
    (void)state;
    arena = im_arena_new((size_t)1 << 30);
    return arena == NULL;
}

static int finish(void **state) {
    (void)state;
    im_arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_straight),      cmocka_unit_test(test_tangles),
        cmocka_unit_test(test_loop_has_hole), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_one_side),      cmocka_unit_test(test_extremes)};
    return cmocka_run_group_tests(tests, setup, finish);
}
