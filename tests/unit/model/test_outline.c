/* Outlines of areas as text. */
#include "help/arena.h"

#include "base/buf.h"
#include "geo/inside.h"
#include "model/outline.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *text_of(const struct im_lines *rings, double tolerance) {
    struct im_buf b;
    im_buf_init(&b, arena, 1 << 20);
    im_outline_write(&b, rings, tolerance);
    return b.data;
}

/* The example of the form's own description, as a ring. */
static void known_form(void **state) {
    (void)state;
    struct im_lonlat v[] = {{-120.2, 38.5}, {-120.95, 40.7}, {-126.453, 43.252}};
    struct im_line ring = {v, 3};
    struct im_lines rings = {&ring, 1, 1}, back;
    assert_string_equal(text_of(&rings, 0.001), "g:_p~iF~ps|U_ulLnnqC_mqNvxq`@");
    assert_true(im_outline_read(arena, "g:_p~iF~ps|U_ulLnnqC_mqNvxq`@", &back));
    assert_int_equal(back.n, 1);
    assert_int_equal(back.v[0].n, 3);
    for (int i = 0; i < 3; i++) {
        assert_true(fabs(back.v[0].v[i].lon - v[i].lon) < 1e-6);
        assert_true(fabs(back.v[0].v[i].lat - v[i].lat) < 1e-6);
    }
}

static struct im_line circle(double lon, double lat, double radius, size_t n) {
    struct im_line ring = {im_alloc(arena, n, sizeof *ring.v), n};
    for (size_t i = 0; i < n; i++) {
        double a = 6.283185307179586 * (double)i / (double)n;
        double r = radius * (1 + 0.02 * sin(97 * a));
        ring.v[i] = (struct im_lonlat){lon + r * cos(a), lat + r * sin(a)};
    }
    return ring;
}

/* A hundred thousand vertices become some, and the shape stays; specks go. */
static void bounded(void **state) {
    (void)state;
    struct im_line v[] = {circle(45, 0, 1, 100000), circle(45, 0, 0.3, 50),
                          circle(47, 0, 0.0001, 50)};
    struct im_lines rings = {v, 3, 3}, back;
    const char *text = text_of(&rings, 0.0005);
    assert_true(strlen(text) < 8000);
    assert_true(im_outline_read(arena, text, &back));
    assert_int_equal(back.n, 2);
    double area = fabs(im_ring_area(&back.v[0])), was = fabs(im_ring_area(&v[0]));
    assert_true(fabs(area - was) < was * 0.005);
    assert_true(back.v[0].n + back.v[1].n <= 1000);
}

static void nothing_of_nothing(void **state) {
    (void)state;
    struct im_line speck = circle(1, 1, 0.0001, 9);
    struct im_lines rings = {&speck, 1, 1}, none = {NULL, 0, 0};
    assert_string_equal(text_of(&rings, 0.01), "");
    assert_string_equal(text_of(&none, 0.01), "");
}

static void damaged(void **state) {
    (void)state;
    static const char *const texts[] = {"",          "g:",
                                        "u:1",       "g: ",
                                        "g:_p~iF",   "g:_p~iF~ps|U",
                                        "g:\x01",    "g:_p~iF~ps",
                                        "g:~~~~~~~", "g:_p~iF~ps|U_ulLnnqC_mqNvxq`@ "};
    struct im_lines back;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_false(im_outline_read(arena, texts[i], &back));
    }
    // off the globe
    struct im_lonlat v[] = {{0, 0}, {0, 89}, {179, 89}};
    struct im_line ring = {v, 3};
    struct im_lines rings = {&ring, 1, 1};
    const char *one = text_of(&rings, 0.001) + 2;
    char text[64] = "g:_p~iF~ps|U_ulLnnqC_p~iF~ps|U_p~iF~ps|U";
    assert_true(strlen(one) > 0);
    assert_false(im_outline_read(arena, text, &back));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_form),
        cmocka_unit_test(bounded),
        cmocka_unit_test(nothing_of_nothing),
        cmocka_unit_test(damaged),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
