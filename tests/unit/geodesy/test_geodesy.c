/* Known geodesics, foot points held against brute force, boxes. */
#include "geodesy/geodesy.h"
#include "help/random.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define assert_near(a, b, eps) assert_true(fabs((a) - (b)) <= (eps))

static uint64_t seed = 1994;

static void test_known_distances(void **state) {
    (void)state;
    // New York to London (the example of GeographicLib's manual), and one degree of
    // equator and meridian.
    struct im_lonlat jfk = {-73.8, 40.6}, lhr = {-0.5, 51.6};
    assert_near(im_distance(jfk, lhr), 5551759.400, 0.001);
    struct im_lonlat o = {0, 0}, e = {1, 0}, n = {0, 1};
    assert_near(im_distance(o, e), 111319.491, 0.001);
    assert_near(im_distance(o, n), 110574.389, 0.001);
    assert_near(im_distance(o, o), 0, 0);
    assert_near(im_azimuth(o, e), 90, 1e-9);
    assert_near(im_azimuth(e, o), 270, 1e-9);
    assert_near(im_azimuth(n, o), 180, 1e-9);
}

static void test_direct_inverts_distance(void **state) {
    (void)state;
    for (int i = 0; i < 500; i++) {
        struct im_lonlat p = {random_from(&seed, -180, 180),
                              random_from(&seed, -85, 85)};
        double azimuth = random_from(&seed, 0, 360),
               metres = random_from(&seed, 1, 1e6);
        struct im_lonlat q = im_direct(p, azimuth, metres);
        assert_near(im_distance(p, q), metres, 1e-6);
        double turn = fabs(im_azimuth(p, q) - azimuth);
        assert_true(fmin(turn, 360 - turn) < 1e-3);
    }
}

// Golden section search along each edge.
static double slow_distance(struct im_lonlat p, const struct im_line *line) {
    double best = HUGE_VAL;
    for (size_t i = 1; i < line->n; i++) {
        struct im_lonlat a = line->v[i - 1];
        double azimuth = im_azimuth(a, line->v[i]);
        double low = 0, high = im_distance(a, line->v[i]);
        for (int k = 0; k < 80; k++) {
            double s = high - (high - low) * 0.6180339887498949;
            double t = low + (high - low) * 0.6180339887498949;
            if (im_distance(p, im_direct(a, azimuth, s)) <
                im_distance(p, im_direct(a, azimuth, t))) {
                high = t;
            } else {
                low = s;
            }
        }
        best = fmin(best, im_distance(p, im_direct(a, azimuth, (low + high) / 2)));
    }
    return best;
}

static void test_foot_points(void **state) {
    (void)state;
    for (int i = 0; i < 60; i++) {
        struct im_lonlat v[12];
        double lon = random_from(&seed, -180, 180), lat = random_from(&seed, -70, 70);
        double size = random_from(&seed, 0.1, 4);
        for (size_t k = 0; k < 12; k++) {
            v[k] = (struct im_lonlat){lon + random_from(&seed, -size, size),
                                      lat + random_from(&seed, -size, size)};
        }
        struct im_line line = {v, 12};
        struct im_lonlat p = {lon + random_from(&seed, -5, 5),
                              lat + random_from(&seed, -5, 5)};
        struct im_lonlat foot = {0, 0};
        double d = im_distance_to_line(p, &line, &foot);
        assert_near(d, slow_distance(p, &line), 0.01);
        assert_near(im_distance(p, foot), d, 1e-6);
    }
}

/* A track answers as the slow search does, whatever the bound, on long lines too. */
static void test_tracks(void **state) {
    (void)state;
    struct im_arena *arena = im_arena_new((size_t)64 << 20);
    for (int i = 0; i < 40; i++) {
        enum { N = 300 };
        struct im_lonlat v[N] = {
            {random_from(&seed, -180, 180), random_from(&seed, -60, 60)}};
        double step = random_from(&seed, 0.001, 0.5);
        for (size_t k = 1; k < N; k++) {
            v[k] = (struct im_lonlat){v[k - 1].lon + random_from(&seed, -step, step),
                                      v[k - 1].lat + random_from(&seed, -step, step)};
        }
        struct im_line line = {v, N};
        size_t near = (size_t)random_from(&seed, 0, N - 1);
        struct im_lonlat foot = {0, 0}, p = {v[near].lon + random_from(&seed, -2, 2),
                                             v[near].lat + random_from(&seed, -2, 2)};
        const struct im_track *open = im_track_new(arena, &line, IM_TRACK_OPEN);
        const struct im_track *ring = im_track_new(arena, &line, IM_TRACK_RING);
        const struct im_track *points = im_track_new(arena, &line, IM_TRACK_POINTS);
        double d = im_distance_to_line(p, &line, NULL);
        assert_near(im_distance_to_track(p, open, HUGE_VAL, &foot), d, 1e-3);
        assert_near(im_distance(p, foot), d, 1e-3);
        assert_near(im_distance_to_track(p, open, d * 1.001 + 1, NULL), d, 1e-3);
        assert_true(im_distance_to_track(p, open, d / 2 + 0.01, NULL) >= d - 1e-3);
        struct im_lonlat ends[2] = {v[N - 1], v[0]};
        double closing = im_distance_to_line(p, &(struct im_line){ends, 2}, NULL);
        assert_near(im_distance_to_track(p, ring, HUGE_VAL, NULL), fmin(d, closing),
                    1e-3);
        double nearest = HUGE_VAL;
        for (size_t k = 0; k < N; k++) {
            nearest = fmin(nearest, im_distance(p, v[k]));
        }
        assert_near(im_distance_to_track(p, points, HUGE_VAL, NULL), nearest, 1e-6);
    }
    im_arena_free(arena);
}

static void test_lines_of_no_and_one_vertex(void **state) {
    (void)state;
    struct im_lonlat p = {45, 41}, q = {46, 41}, foot = {-1, -1};
    struct im_line none = {NULL, 0}, one = {&q, 1};
    assert_true(isinf(im_distance_to_line(p, &none, &foot)));
    assert_near(foot.lon, -1, 0);
    assert_near(im_distance_to_line(p, &one, &foot), im_distance(p, q), 1e-9);
    assert_near(foot.lon, 46, 0);
    assert_near(im_distance_to_line(p, &one, NULL), im_distance(p, q), 1e-9);
}

static void test_box_grows_by_metres(void **state) {
    (void)state;
    struct im_box box = {45, 40, 46, 41}, big = im_box_grow(box, 10000);
    // Every point 10 km around the corners is inside, and the box is not much larger.
    const struct im_lonlat corner[] = {{45, 40}, {46, 40}, {45, 41}, {46, 41}};
    for (size_t i = 0; i < 4; i++) {
        for (double a = 0; a < 360; a += 1) {
            struct im_lonlat p = im_direct(corner[i], a, 10000);
            assert_true(p.lon >= big.west && p.lon <= big.east);
            assert_true(p.lat >= big.south - 1e-9 && p.lat <= big.north + 1e-9);
        }
    }
    assert_true(im_distance((struct im_lonlat){46, 41},
                            (struct im_lonlat){big.east, 41}) < 10100);
    struct im_box over = im_box_grow((struct im_box){179.95, -18, 179.99, -17}, 5000);
    assert_true(over.west > 179 && over.east < -179);
    struct im_box cap = im_box_grow((struct im_box){10, 89, 20, 89.5}, 100000);
    assert_true(cap.west == -180 && cap.east == 180 && cap.north == 90);
    struct im_box world = im_box_grow((struct im_box){-180, -90, 180, 90}, 1000);
    assert_true(world.west == -180 && world.east == 180 && world.south == -90);
    struct im_box same = im_box_grow(box, 0);
    assert_near(same.west, 45, 1e-12);
    assert_near(same.north, 41, 1e-9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_distances),
        cmocka_unit_test(test_direct_inverts_distance),
        cmocka_unit_test(test_foot_points),
        cmocka_unit_test(test_tracks),
        cmocka_unit_test(test_lines_of_no_and_one_vertex),
        cmocka_unit_test(test_box_grows_by_metres),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
