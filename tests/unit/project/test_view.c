/* Fitting, covers, lines and rings on the page, graticules. */
#include "geo/box.h"
#include "geo/inside.h"
#include "help/arena.h"
#include "help/random.h"
#include "project/project.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define assert_near(a, b, eps) assert_true(fabs((a) - (b)) <= (eps))

static uint64_t seed = 2020;

static struct im_view fit(const char *crs_text, struct im_box box, double margin_m) {
    struct im_view view;
    struct im_crs *crs = NULL;
    struct im_extent extent = {.box = box, .margin_m = margin_m, .exact = true};
    struct incmap_error err = {0};
    if (im_crs_open(arena, crs_text, box, &crs, &err) != INCMAP_OK ||
        im_view_fit(&view, crs, extent, (struct im_rect){40, 120, 1520, 900}, &err) !=
            INCMAP_OK) {
        print_error("%s\n", err.message);
        fail();
    }
    return view;
}

static bool in_frame(const struct im_view *view, struct im_pt p, double slack) {
    const struct im_rect *f = &view->frame;
    return p.x >= f->x - slack && p.x <= f->x + f->w + slack && p.y >= f->y - slack &&
           p.y <= f->y + f->h + slack;
}

static const struct im_box boxes[] = {
    {42, 38, 51, 42.5},    {45.2, 40.7, 45.9, 41.1}, {177, -20, -178, -15},
    {-180, -60, 180, 80},  {-180, 60, 180, 90},      {-76, -56, -66, -17},
    {95, -11, 141, 6},     {-20, -35, 52, 38},       {160, 50, -170, 72},
    {-180, -90, 180, -60}, {12.4, 41.8, 12.6, 42},
};
#define BOX_COUNT (sizeof boxes / sizeof boxes[0])

static void test_box_is_in_the_frame_and_fills_it(void **state) {
    (void)state;
    for (size_t i = 0; i < BOX_COUNT; i++) {
        struct im_view view = fit("auto", boxes[i], 0);
        struct im_window w = im_box_window(boxes[i]);
        double x0 = 1e9, x1 = -1e9, y0 = 1e9, y1 = -1e9;
        for (int k = 0; k <= 400; k++) {
            struct im_lonlat p = {w.west + (k % 21) / 20.0 * (w.east - w.west),
                                  w.south + (k / 21) / 19.0 * (w.north - w.south)};
            struct im_pt pt;
            p.lat = fmin(p.lat, w.north);
            assert_true(im_view_point(&view, p, &pt));
            assert_true(in_frame(&view, pt, 1));
            x0 = fmin(x0, pt.x);
            x1 = fmax(x1, pt.x);
            y0 = fmin(y0, pt.y);
            y1 = fmax(y1, pt.y);
        }
        double full = fmax((x1 - x0) / view.frame.w, (y1 - y0) / view.frame.h);
        assert_true(full > 0.97 && full < 1.001);
        assert_near((x0 + x1) / 2, view.frame.x + view.frame.w / 2,
                    view.frame.w * 0.02);
    }
}

static void test_cover_holds_what_the_frame_shows(void **state) {
    (void)state;
    for (size_t i = 0; i < BOX_COUNT; i++) {
        struct im_view view = fit("auto", boxes[i], 0);
        for (int k = 0; k < 400; k++) {
            struct im_pt pt = {view.frame.x + random_from(&seed, 0, view.frame.w),
                               view.frame.y + random_from(&seed, 0, view.frame.h)};
            struct im_lonlat p;
            struct im_pt back;
            if (!im_view_lonlat(&view, pt, &p)) {
                continue; // outside the world
            }
            assert_true(im_box_contains(view.cover, p));
            assert_true(im_view_point(&view, p, &back));
            assert_true(hypot(back.x - pt.x, back.y - pt.y) < 0.1);
        }
    }
    assert_true(im_box_width(fit("auto", boxes[0], 0).cover) < 15);
}

static void test_margin_and_scale(void **state) {
    (void)state;
    struct im_view close = fit("auto", boxes[1], 0),
                   wide = fit("auto", boxes[1], 20000);
    assert_near(wide.m_per_pt - close.m_per_pt, 40000 / close.frame.h, 20);
    // Across the Caucasus: 42 to 51 E at 40.25 N is 765 km.
    struct im_view view = fit("auto", boxes[0], 0);
    struct im_pt a, b;
    assert_true(im_view_point(&view, (struct im_lonlat){46.4, 40.25}, &a));
    assert_true(im_view_point(&view, (struct im_lonlat){46.6, 40.25}, &b));
    assert_near(view.ground_m_per_pt * hypot(b.x - a.x, b.y - a.y), 17009, 30);
    assert_true(view.scale_spread < 0.01);
    assert_true(fit("+proj=merc", (struct im_box){-180, -80, 180, 80}, 0).scale_spread >
                0.7);
}

static void test_refusals(void **state) {
    (void)state;
    struct im_crs *crs = NULL;
    struct im_view view;
    struct im_rect frame = {0, 0, 100, 100};
    struct im_extent point = {.box = {45, 41, 45, 41}, .exact = true};
    struct im_extent bad = {.box = {45, 51, 46, 41}, .exact = true},
                     nan_box = {.box = {NAN, 0, 1, 1}, .exact = true};
    assert_int_equal(im_crs_open(arena, "auto", boxes[0], &crs, NULL), INCMAP_OK);
    assert_int_equal(im_view_fit(&view, crs, point, frame, NULL), INCMAP_E_PROJECTION);
    assert_int_equal(im_view_fit(&view, crs, bad, frame, NULL), INCMAP_E_PROJECTION);
    assert_int_equal(im_view_fit(&view, crs, nan_box, frame, NULL),
                     INCMAP_E_PROJECTION);
    struct im_rect none = {0, 0, 100, -5};
    struct im_extent good = {.box = boxes[0], .exact = true};
    assert_int_equal(im_view_fit(&view, crs, good, none, NULL), INCMAP_E_USAGE);
    point.exact = false;
    assert_int_equal(im_view_fit(&view, crs, point, frame, NULL), INCMAP_OK);
    assert_near(view.m_per_pt, 10, 0.1); // one kilometre at least
    struct im_extent far = {.box = {170, -10, 175, -5}, .exact = true};
    assert_int_equal(im_crs_open(arena, "+proj=ortho +lon_0=0", boxes[0], &crs, NULL),
                     INCMAP_OK);
    assert_int_equal(im_view_fit(&view, crs, far, frame, NULL), INCMAP_E_PROJECTION);
}

// Points along the true edge, densely, are within 0.3 pt of what is drawn.
static void test_long_edges_are_bent(void **state) {
    (void)state;
    struct im_view view = fit("auto", boxes[7], 0);
    struct im_lonlat v[] = {{-15, 30}, {50, -20}};
    struct im_paths paths = {NULL, 0, 0};
    im_view_line(&view, arena, &(struct im_line){v, 2}, &paths);
    assert_int_equal(paths.n, 1);
    for (int k = 0; k <= 100; k++) {
        double t = k / 100.0, best = 1e9;
        struct im_pt pt;
        assert_true(
            im_view_point(&view, (struct im_lonlat){-15 + 65 * t, 30 - 50 * t}, &pt));
        for (size_t i = 1; i < paths.v[0].n; i++) {
            struct im_pt a = paths.v[0].v[i - 1], b = paths.v[0].v[i];
            double dx = b.x - a.x, dy = b.y - a.y;
            double s = ((pt.x - a.x) * dx + (pt.y - a.y) * dy) / (dx * dx + dy * dy);
            s = fmax(0, fmin(1, s));
            best = fmin(best, hypot(pt.x - a.x - s * dx, pt.y - a.y - s * dy));
        }
        assert_true(best < 0.3);
    }
}

// No chord runs across the map, whatever the centre.
static void test_nothing_smears_over_the_world(void **state) {
    (void)state;
    struct im_lonlat chukotka[] = {{170, 65},  {178, 65}, {-175, 66}, {-170, 66},
                                   {-175, 68}, {175, 70}, {170, 69}};
    struct im_line ring = {chukotka, 7};
    static const char *const crs[] = {"+proj=eqearth +lon_0=0",
                                      "+proj=eqearth +lon_0=150",
                                      "+proj=robin +lon_0=-90", "+proj=merc +lon_0=10"};
    for (size_t i = 0; i < 4; i++) {
        struct im_view view = fit(crs[i], (struct im_box){-180, -80, 180, 80}, 0);
        struct im_paths lines = {NULL, 0, 0}, rings = {NULL, 0, 0};
        im_view_line(&view, arena, &ring, &lines);
        im_view_ring(&view, arena, &ring, &rings);
        assert_true(lines.n >= 1 && rings.n >= 1);
        for (size_t k = 0; k < lines.n + rings.n; k++) {
            const struct im_path *p = k < lines.n ? &lines.v[k] : &rings.v[k - lines.n];
            double x0 = 1e9, x1 = -1e9;
            for (size_t j = 0; j < p->n; j++) {
                x0 = fmin(x0, p->v[j].x);
                x1 = fmax(x1, p->v[j].x);
            }
            assert_true(x1 - x0 < 0.1 * view.frame.w);
        }
    }
}

static void test_ring_covers_the_frame_when_all_is_inside(void **state) {
    (void)state;
    struct im_lonlat v[] = {{0, 20}, {90, 20}, {90, 60}, {0, 60}};
    struct im_view view = fit("auto", boxes[0], 0);
    struct im_paths paths = {NULL, 0, 0};
    im_view_ring(&view, arena, &(struct im_line){v, 4}, &paths);
    assert_int_equal(paths.n, 1);
    assert_true(paths.v[0].closed);
    for (int k = 0; k < 100; k++) {
        struct im_pt p = {view.frame.x + (k % 10 + 0.01) / 9.1 * view.frame.w,
                          view.frame.y + (k / 10 + 0.01) / 9.1 * view.frame.h};
        assert_true(im_paths_contain(&paths, p));
    }
    paths.n = 0;
    struct im_lonlat away[] = {{0, -20}, {10, -20}, {10, -10}};
    im_view_ring(&view, arena, &(struct im_line){away, 3}, &paths);
    assert_int_equal(paths.n, 0);
}

static void test_graticule(void **state) {
    (void)state;
    struct im_view view = fit("auto", boxes[0], 0);
    struct im_graticule g;
    im_view_graticule(&view, arena, &g);
    assert_near(g.step, 1, 1e-12);
    size_t labelled = 0;
    for (size_t i = 0; i < g.n; i++) {
        assert_true(g.v[i].paths.n > 0);
        for (int k = 0; k < 2; k++) {
            labelled += g.v[i].has_label[k];
            assert_true(!g.v[i].has_label[k] || in_frame(&view, g.v[i].label[k], 0.01));
        }
        if (g.v[i].meridian && g.v[i].degrees == 46) {
            assert_true(g.v[i].has_label[0] && g.v[i].has_label[1]);
            assert_near(g.v[i].label[0].y, view.frame.y + view.frame.h, 0.01);
            assert_near(g.v[i].label[1].y, view.frame.y, 0.01);
        }
    }
    assert_true(labelled > 15);
    view = fit("auto", boxes[1], 0);
    im_view_graticule(&view, arena, &g);
    assert_near(g.step, 5 / 60.0, 1e-12);
    view = fit("auto", boxes[3], 0);
    im_view_graticule(&view, arena, &g);
    assert_near(g.step, 30, 1e-12);
}

/* Meridians of the far north are no thicket; elsewhere they are as far apart as
 * parallels.
 */
static void test_meridians_of_the_north(void **state) {
    (void)state;
    struct im_graticule g;
    struct im_view view = fit("auto", (struct im_box){8, 76, 34, 81}, 0);
    im_view_graticule(&view, arena, &g);
    assert_near(g.step, 1, 1e-12);
    assert_near(g.meridian_step, 2, 1e-12);
    view = fit("auto", (struct im_box){-180, 80, 180, 90}, 0);
    im_view_graticule(&view, arena, &g);
    assert_true(g.meridian_step * 0.17 >= 0.33 * g.step);
    view = fit("auto", boxes[0], 0);
    im_view_graticule(&view, arena, &g);
    assert_near(g.meridian_step, g.step, 1e-12);
    view = fit("mercator", (struct im_box){-180, 80, 180, 84}, 0); // a band
    im_view_graticule(&view, arena, &g);
    assert_true(g.meridian_step * view.frame.w / 360 >= 24);
}

/* Round a pole every meridian leaves the frame once, on any of its sides. */
static void test_graticule_of_a_pole(void **state) {
    (void)state;
    for (int south = 0; south < 2; south++) {
        struct im_box cap = south ? (struct im_box){-180, -90, 180, -60}
                                  : (struct im_box){-180, 60, 180, 90};
        struct im_view view = fit("auto", cap, 0);
        struct im_graticule g;
        im_view_graticule(&view, arena, &g);
        assert_true(g.round);
        size_t meridians = 0, sides[4] = {0, 0, 0, 0};
        for (size_t i = 0; i < g.n; i++) {
            size_t ends = 0;
            for (int k = 0; k < 4 && g.v[i].meridian; k++) {
                ends += g.v[i].has_label[k];
                sides[k] += g.v[i].has_label[k];
            }
            meridians += g.v[i].meridian;
            if (g.v[i].meridian && ends != 1) {
                fail_msg("%g degrees: %zu ends", g.v[i].degrees, ends);
            }
        }
        assert_int_equal(meridians, lround(360 / g.meridian_step));
        for (int k = 0; k < 4; k++) {
            assert_true(sides[k] >= 3);
        }
    }
    struct im_view world = fit("auto", (struct im_box){-180, -90, 180, 90}, 0);
    struct im_graticule g;
    im_view_graticule(&world, arena, &g);
    assert_false(g.round);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_box_is_in_the_frame_and_fills_it),
        cmocka_unit_test(test_cover_holds_what_the_frame_shows),
        cmocka_unit_test(test_margin_and_scale),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_long_edges_are_bent),
        cmocka_unit_test(test_nothing_smears_over_the_world),
        cmocka_unit_test(test_ring_covers_the_frame_when_all_is_inside),
        cmocka_unit_test(test_graticule),
        cmocka_unit_test(test_meridians_of_the_north),
        cmocka_unit_test(test_graticule_of_a_pole),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
