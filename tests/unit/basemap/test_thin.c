/* Thinned lines stay where they were on the page; users' grounds are told apart. */
#include "base/buf.h"
#include "basemap/geodata.h"
#include "basemap/user.h"
#include "help/data.h"
#include "help/fit.h"
#include "help/random.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t seed = 1871;

/* A coast: n vertices, `step` degrees apart, mostly eastward. */
static struct im_line coast(struct im_lonlat at, size_t n, double step) {
    struct im_line line = {im_alloc(arena, n, sizeof *line.v), n};
    for (size_t i = 0; i < n; i++) {
        line.v[i] = at;
        at.lon += step;
        at.lat +=
            random_from(&seed, -0.6, 0.6) * step + 0.3 * step * sin((double)i / 40);
    }
    return line;
}

static double off_chord(struct im_pt p, struct im_pt a, struct im_pt b) {
    double dx = b.x - a.x, dy = b.y - a.y, len2 = dx * dx + dy * dy;
    double t = len2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / len2 : 0;
    t = fmax(0, fmin(1, t));
    return hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/* How far off the thinned line a vertex comes to lie at most, in points. */
static double farthest_off(const struct im_view *view, const struct im_line *line,
                           const char *keep) {
    struct im_pt *page = im_alloc(arena, line->n, sizeof *page);
    double most = 0;
    for (size_t i = 0; i < line->n; i++) {
        assert_true(im_view_image(view, line->v[i], &page[i]));
    }
    for (size_t a = 0, b; a + 1 < line->n; a = b) {
        for (b = a + 1; !keep[b]; b++) {
            assert_true(b + 1 < line->n); // the end is kept
        }
        for (size_t i = a + 1; i < b; i++) {
            most = fmax(most, off_chord(page[i], page[a], page[b]));
        }
    }
    return most;
}

static void thinned_lines_stay(void **state) {
    (void)state;
    static const struct {
        const char *crs;
        struct im_box box;
        struct im_lonlat at;
        double step; /* of 400 vertices */
    } views[] = {{"auto", {-180, -60, 180, 84}, {-70, 55}, 0.35},
                 {"+proj=laea +lat_0=50 +lon_0=10", {-40, 30, 60, 70}, {-30, 45}, 0.2},
                 {"auto", {42, 38, 51, 42.5}, {43, 40}, 0.02},
                 {"auto", {20, 40, 60, 60}, {25, 50}, 0.05}};
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        struct im_view view = fit_view(arena, views[i].crs, views[i].box);
        struct im_scratch scratch = {0};
        im_scratch_reserve(arena, &scratch, 400);
        for (int k = 0; k < 20; k++) {
            struct im_line line = coast(views[i].at, 400, views[i].step);
            assert_true(im_thin_marks(&view, &line, false, &scratch));
            struct im_line thin = im_thin_marked(arena, &line, &scratch);
            assert_true(thin.n < line.n);
            assert_memory_equal(&thin.v[0], &line.v[0], sizeof *line.v);
            assert_memory_equal(&thin.v[thin.n - 1], &line.v[399], sizeof *line.v);
            assert_true(farthest_off(&view, &line, scratch.keep) < 1.5 * IM_TOLERANCE);
        }
    }
}

/* A step of more degrees than one slope can be right for: thinning says so, or is. */
static void long_steps(void **state) {
    (void)state;
    struct im_view view = fit_view(arena, "+proj=laea +lat_0=50 +lon_0=10",
                                   (struct im_box){-40, 30, 60, 70});
    struct im_scratch scratch = {0};
    struct im_lonlat v[] = {{-30, 45}, {-5, 45.01}, {20, 45}, {20.2, 45}, {45, 45}};
    struct im_line line = {v, 5};
    im_scratch_reserve(arena, &scratch, 5);
    if (im_thin_marks(&view, &line, false, &scratch)) {
        assert_true(farthest_off(&view, &line, scratch.keep) < 1.5 * IM_TOLERANCE);
    }
}

/* ---- grounds of users' files ---------------------------------------------- */

static void a_ground_for_each_code(void **state) {
    (void)state;
    struct im_user_grounds all = {0};
    for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; i < 300; i++) {
            const char *code = im_format(arena, "C%d", i);
            assert_int_equal(im_user_ground(arena, geodata, &all, code, "x"), i);
        }
    }
    assert_int_equal(all.n, 300);
    for (int turn = 0; turn < 2; turn++) { // and for each name without one
        for (int i = 0; i < 300; i++) {
            const char *name = im_format(arena, "N%d", i);
            assert_int_equal(im_user_ground(arena, geodata, &all, "", name), 300 + i);
        }
    }
}

static void grounds_without_codes(void **state) {
    (void)state;
    struct im_user_grounds all = {0};
    assert_int_equal(im_user_ground(arena, geodata, &all, "-99", "A"), 0);
    assert_int_equal(im_user_ground(arena, geodata, &all, "-99", "B"), 1);
    assert_int_equal(im_user_ground(arena, geodata, &all, "", "A"), 0); // by its name
    assert_int_equal(im_user_ground(arena, geodata, &all, "-1", ""), 2);
    assert_int_equal(im_user_ground(arena, geodata, &all, "", ""), 3); // of nobody else
    assert_int_equal(im_user_ground(arena, geodata, &all, "A", "A"), 4); // a code
    assert_string_equal(all.v[0].owner, "");
    assert_string_equal(all.v[1].name, "B");
    assert_int_equal(all.n, 5);
}

/* Parts of one country with names of their own bear the country's. */
static void parts_bear_the_country_name(void **state) {
    (void)state;
    struct im_user_grounds all = {0};
    assert_int_equal(im_user_ground(arena, geodata, &all, "GE", "Imereti"), 0);
    assert_string_equal(all.v[0].name, "Imereti");
    assert_int_equal(im_user_ground(arena, geodata, &all, "GE", "Imereti"), 0);
    assert_string_equal(all.v[0].name, "Imereti");
    assert_int_equal(im_user_ground(arena, geodata, &all, "GE", "Kakheti"), 0);
    assert_string_equal(all.v[0].name, "Georgia");
}

/* ---- lakes ---------------------------------------------------------------- */

/* Lakes that lie wholly on the map are at least so wide or high, in points. */
static double smallest_lake(bool locator) {
    struct im_view view = fit_view(arena, "auto", (struct im_box){-180, -60, 180, 84});
    struct im_spec spec = {.worldview = "un"};
    struct im_findings findings;
    struct im_basemap map;
    double least = 1e9;
    im_findings_init(&findings, arena);
    struct im_basemap_request rq = {geodata, &spec, &view, &findings,
                                    {0},     {0},   false, locator};
    assert_int_equal(im_basemap_make(arena, &rq, &map, NULL), INCMAP_OK);
    for (size_t i = 0; i < map.water_count; i++) {
        const struct im_paths *paths = &map.waters[i].paths;
        double x0 = 1e9, x1 = -1e9, y0 = 1e9, y1 = -1e9;
        for (size_t k = 0; k < paths->n; k++) {
            for (size_t v = 0; v < paths->v[k].n; v++) {
                x0 = fmin(x0, paths->v[k].v[v].x);
                x1 = fmax(x1, paths->v[k].v[v].x);
                y0 = fmin(y0, paths->v[k].v[v].y);
                y1 = fmax(y1, paths->v[k].v[v].y);
            }
        }
        bool whole = x0 > view.frame.x + 1 && y0 > view.frame.y + 1 &&
                     x1 < view.frame.x + view.frame.w - 1 &&
                     y1 < view.frame.y + view.frame.h - 1;
        least = whole ? fmin(least, fmax(x1 - x0, y1 - y0)) : least;
    }
    return least;
}

static void no_lake_is_a_speck(void **state) {
    (void)state;
    double map = smallest_lake(false), locator = smallest_lake(true);
    assert_true(map > 1.2 && map < 1e9);
    assert_true(locator > 3 && locator < 1e9);
}

/* Rivers keep the rank that their data give: lines are drawn by it. */
static void rivers_have_ranks(void **state) {
    (void)state;
    struct im_view view = fit_view(arena, "auto", (struct im_box){42, 38, 51, 42.5});
    struct im_spec spec = {.worldview = "un"};
    struct im_findings findings;
    struct im_basemap map;
    int low = 99, high = 0;
    im_findings_init(&findings, arena);
    struct im_basemap_request rq = {geodata, &spec, &view, &findings,
                                    {0},     {0},   false, false};
    assert_int_equal(im_basemap_make(arena, &rq, &map, NULL), INCMAP_OK);
    for (size_t i = 0; i < map.water_count; i++) {
        if (map.waters[i].is_line) {
            low = map.waters[i].level < low ? map.waters[i].level : low;
            high = map.waters[i].level > high ? map.waters[i].level : high;
        }
    }
    assert_int_equal(low, 1);
    assert_true(high > 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thinned_lines_stay),
        cmocka_unit_test(long_steps),
        cmocka_unit_test(a_ground_for_each_code),
        cmocka_unit_test(grounds_without_codes),
        cmocka_unit_test(parts_bear_the_country_name),
        cmocka_unit_test(no_lake_is_a_speck),
        cmocka_unit_test(rivers_have_ranks),
    };
    return cmocka_run_group_tests(tests, geodata_setup, arena_teardown);
}
