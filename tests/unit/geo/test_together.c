/* Lines side by side, nearer than the tolerance, that must not come to cross. */
#include "geo/simplify.h"
#include "geo/together.h"
#include "help/random.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { LINES = 12, LONG = 400 };

static struct im_arena *arena;
static uint64_t seed = 20200712;

static int setup(void **state) {
    (void)state;
    arena = im_arena_new((size_t)1 << 28);
    return arena == NULL;
}

static int teardown(void **state) {
    (void)state;
    im_arena_free(arena);
    return 0;
}

// Graphs over one axis, each above the last: none crosses another.
static void draw(struct im_path *paths, char **keep) {
    double below[LONG];
    for (size_t i = 0; i < LONG; i++) {
        below[i] = 40 + 3 * sin((double)i / 17);
    }
    for (size_t k = 0; k < LINES; k++) {
        paths[k] =
            (struct im_path){im_alloc(arena, LONG, sizeof *paths[k].v), LONG, false};
        keep[k] = im_alloc(arena, LONG, 1);
        for (size_t i = 0; i < LONG; i++) {
            below[i] += random_from(&seed, 0.01, 0.3);
            paths[k].v[i] = (struct im_pt){10 + 0.25 * (double)i, below[i]};
        }
    }
}

static size_t crossings(const struct im_path *paths, char *const *keep) {
    static struct im_pt a[LINES * LONG], b[LINES * LONG];
    size_t n = 0, found = 0;
    for (size_t k = 0; k < LINES; k++) {
        size_t last = 0;
        for (size_t i = 1; i < LONG; i++) {
            if (keep[k][i]) {
                a[n] = paths[k].v[last];
                b[n++] = paths[k].v[i];
                last = i;
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            found += im_edges_cross(a[i], b[i], a[j], b[j]);
        }
    }
    return found;
}

static size_t count(char *const *keep) {
    size_t n = 0;
    for (size_t k = 0; k < LINES; k++) {
        for (size_t i = 0; i < LONG; i++) {
            n += keep[k][i] != 0;
        }
    }
    return n;
}

static void test_no_new_crossings(void **state) {
    (void)state;
    size_t alone = 0;
    for (int run = 0; run < 20; run++) {
        struct im_path paths[LINES];
        char *one[LINES], *all[LINES];
        struct im_rect page = {0, 0, 200, 100};
        draw(paths, one);
        for (size_t k = 0; k < LINES; k++) {
            all[k] = im_alloc(arena, LONG, 1);
            im_simplify_marks(&paths[k], 0.2, one[k]);
        }
        im_simplify_together(arena, paths, LINES, 0.2, page, all);
        alone += crossings(paths, one);
        assert_int_equal(crossings(paths, all), 0);
        assert_true(count(all) >= count(one));
        assert_true(count(all) < LINES * LONG); // and still simpler
    }
    assert_true(alone > 20); // the case is a hard one
}

// What crosses in the input stays, and outside the page nothing is looked at.
static void test_what_cannot_be_mended(void **state) {
    (void)state;
    struct im_pt x[] = {{0, 0}, {10, 10}}, y[] = {{0, 10}, {10, 0}};
    struct im_path paths[] = {{x, 2, false}, {y, 2, false}};
    char k0[2] = {0, 0}, k1[2] = {0, 0}, *keep[] = {k0, k1};
    struct im_rect page = {0, 0, 20, 20};
    im_simplify_together(arena, paths, 2, 0.2, page, keep);
    assert_true(k0[0] && k0[1] && k1[0] && k1[1]);
    struct im_pt far[] = {{-1e12, -1e12}, {1e12, 1e12}, {1e12, 1e12 + 1}};
    struct im_path wide[] = {{far, 3, true}};
    char k2[3] = {0, 0, 0}, *wide_keep[] = {k2};
    im_simplify_together(arena, wide, 1, 0.2, page, wide_keep);
    assert_true(k2[0]);
}

static void test_touching_is_not_crossing(void **state) {
    (void)state;
    struct im_pt a = {0, 0}, b = {4, 0}, c = {2, 0}, d = {2, 3}, e = {2, -3};
    assert_false(im_edges_cross(a, b, c, d));
    assert_false(im_edges_cross(a, b, b, d));
    assert_false(im_edges_cross(a, b, a, b));
    assert_true(im_edges_cross(a, b, d, e));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_new_crossings),
        cmocka_unit_test(test_what_cannot_be_mended),
        cmocka_unit_test(test_touching_is_not_crossing),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
