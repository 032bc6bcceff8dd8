/* Main parts of areas, of squares that stand for countries and islands. */
#include "geo/box.h"
#include "geo/parts.h"
#include "help/arena.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct im_lines rings;

/* A square ring of `side` degrees, whose south-western corner is given. */
static void add(double lon, double lat, double side) {
    struct im_line line = {im_alloc(arena, 4, sizeof *line.v), 4};
    const double corner[4][2] = {{0, 0}, {0, 1}, {1, 1}, {1, 0}};
    for (int i = 0; i < 4; i++) {
        double east = lon + corner[i][0] * side;
        line.v[i] = (struct im_lonlat){east > 180 ? east - 360 : east,
                                       lat + corner[i][1] * side};
    }
    IM_PUSH(arena, rings.v, rings.n, rings.cap, line);
}

static void begin(void) {
    rings = (struct im_lines){0};
}

static void has_box(struct im_box b, double west, double south, double east,
                    double north) {
    assert_float_equal(b.west, west, 1e-9);
    assert_float_equal(b.south, south, 1e-9);
    assert_float_equal(b.east, east, 1e-9);
    assert_float_equal(b.north, north, 1e-9);
}

static void one_ring(void **state) {
    (void)state;
    begin();
    add(10, 40, 3);
    struct im_main_part m = im_main_part(arena, &rings);
    assert_true(m.in[0]);
    assert_true(m.share == 1);
    has_box(m.box, 10, 40, 13, 43);
}

static void near_and_far(void **state) {
    (void)state;
    begin();
    add(14.5, 40, 0.3);  // 1.5 degrees off the coast
    add(10, 40, 3);      // the land
    add(-60, 4, 1);      // overseas
    add(16.5, 40, 0.2);  // 1.7 degrees off the first island
    add(10, 45.1, 0.2);  // 2.1 north of the land
    add(10, 37.7, 0.35); // 1.95 south of it
    struct im_main_part m = im_main_part(arena, &rings);
    const bool in[6] = {true, true, false, true, false, true};
    for (int i = 0; i < 6; i++) {
        assert_int_equal(m.in[i], in[i]);
    }
    has_box(m.box, 10, 37.7, 16.7, 43);
    assert_true(m.share > 0.85 && m.share < 0.92);
}

/* A degree of longitude is short in the north. */
static void by_latitude(void **state) {
    (void)state;
    begin();
    add(10, 60, 3);
    add(16.5, 61, 0.3); // 3.5 degrees of longitude, 1.7 of latitude
    assert_true(im_main_part(arena, &rings).in[1]);
    begin();
    add(10, 0, 3);
    add(16.5, 1, 0.3);
    assert_false(im_main_part(arena, &rings).in[1]);
}

/* What is large in itself belongs to it, wherever it lies. */
static void two_halves(void **state) {
    (void)state;
    begin();
    add(100, 1, 4);
    add(115, 1, 2.1);
    assert_true(im_main_part(arena, &rings).in[1]);
    begin();
    add(100, 1, 4);
    add(115, 1, 1.9);
    assert_false(im_main_part(arena, &rings).in[1]);
}

/* What is near for a giant is far for others: a fortieth of the globe here. */
static void of_giants(void **state) {
    (void)state;
    begin();
    add(60, 10, 50);
    add(56.5, 12, 0.5); // 3 degrees; 6 % of the diagonal are 4
    assert_true(im_main_part(arena, &rings).in[1]);
}

static void across_the_antimeridian(void **state) {
    (void)state;
    begin();
    add(179, -18, 2);  // over it
    add(177, -18, 1);  // to the west of it
    add(-178, -17, 1); // to the east
    struct im_main_part m = im_main_part(arena, &rings);
    assert_true(m.in[0] && m.in[1] && m.in[2]);
    has_box(m.box, 177, -18, -177, -16);
    assert_float_equal(im_box_width(m.box), 6, 1e-9);
}

/* A ring around a pole has that pole inside, and no more. */
static void around_the_poles(void **state) {
    (void)state;
    for (int south = 0; south < 2; south++) {
        double lat = south ? -85 : 85;
        struct im_lonlat v[] = {{0, lat}, {90, lat}, {180, lat}, {-90, lat}};
        begin();
        struct im_line cap = {v, 4};
        IM_PUSH(arena, rings.v, rings.n, rings.cap, cap);
        struct im_main_part m = im_main_part(arena, &rings);
        has_box(m.box, -180, south ? -90 : 85, 180, south ? -85 : 90);
        add(10, 0, 30);
        m = im_main_part(arena, &rings);
        assert_true(m.in[1] && !m.in[0]); // 1.4 and 15 of the globe's 720
    }
}

/* The answer does not depend on the order of the rings. */
static void in_any_order(void **state) {
    (void)state;
    const double at[5][3] = {
        {10, 40, 3}, {14.6, 41, 1}, {-20, 40, 1}, {16.8, 41, 1}, {-21.5, 40, 1}};
    struct im_box first = {0};
    for (int turn = 0; turn < 5; turn++) {
        begin();
        for (int i = 0; i < 5; i++) {
            const double *a = at[(i + turn) % 5];
            add(a[0], a[1], a[2]);
        }
        struct im_main_part m = im_main_part(arena, &rings);
        first = turn == 0 ? m.box : first;
        has_box(m.box, first.west, first.south, first.east, first.north);
    }
    has_box(first, 10, 40, 17.8, 43);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_ring),         cmocka_unit_test(near_and_far),
        cmocka_unit_test(by_latitude),      cmocka_unit_test(two_halves),
        cmocka_unit_test(of_giants),        cmocka_unit_test(across_the_antimeridian),
        cmocka_unit_test(around_the_poles), cmocka_unit_test(in_any_order),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
