/* The search for the farthest vertex, four at a time, against one that looks at each
 * alone. Coordinates are whole numbers, so that all sums are exact and many distances
 * the same. */
#include "geo/simplify.h"
#include "help/arena.h"
#include "help/random.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static uint64_t seed = 1973;

/* Square of the distance from p to the chord, times the square of its length, if any.
 */
static double off(struct im_pt p, struct im_pt a, struct im_pt b) {
    double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    double along = (p.x - a.x) * dx + (p.y - a.y) * dy;
    if (along > 0 && along < length2) {
        double aside = (p.x - a.x) * dy - (p.y - a.y) * dx;
        return aside * aside;
    }
    struct im_pt end = along > 0 ? b : a;
    double qx = p.x - end.x, qy = p.y - end.y;
    return (qx * qx + qy * qy) * (length2 > 0 ? length2 : 1);
}

/* First of the farthest vertices between two; `from` = none is beyond the tolerance. */
static size_t farthest(const struct im_path *path, size_t from, size_t to,
                       double limit2) {
    struct im_pt a = path->v[from], b = path->v[to % path->n];
    double length2 = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
    double most = limit2 * (length2 > 0 ? length2 : 1);
    size_t at = from;
    for (size_t i = from + 1; i < to; i++) {
        if (off(path->v[i], a, b) > most) {
            most = off(path->v[i], a, b);
            at = i;
        }
    }
    return at;
}

static void divide(const struct im_path *path, size_t from, size_t to, double limit2,
                   char *keep) {
    size_t at = farthest(path, from, to, limit2);
    if (at != from) {
        keep[at] = 1;
        divide(path, from, at, limit2, keep);
        divide(path, at, to, limit2, keep);
    }
}

/* Paths of 4 to 60 vertices: walks, that often turn back, stand still or go straight.
 */
static struct im_path walk(double step, bool closed) {
    size_t n = (size_t)random_from(&seed, 4, 61);
    struct im_path path = {im_alloc(arena, n, sizeof *path.v), n, closed};
    struct im_pt at = {0, 0};
    for (size_t i = 0; i < n; i++) {
        at.x += floor(random_from(&seed, -step, step + 1));
        at.y += floor(random_from(&seed, -step, step + 1));
        path.v[i] = at;
    }
    return path;
}

static void assert_same(const struct im_path *path, double tolerance) {
    char *keep = im_alloc(arena, path->n, 1), *want = im_alloc(arena, path->n, 1);
    double limit2 = tolerance * tolerance;
    size_t kept = 0;
    want[0] = 1;
    if (path->closed) {
        size_t far = farthest(path, 0, path->n, -1);
        want[far] = 1;
        divide(path, 0, far, limit2, want);
        divide(path, far, path->n, limit2, want);
    } else {
        want[path->n - 1] = 1;
        divide(path, 0, path->n - 1, limit2, want);
    }
    for (size_t i = 0; i < path->n; i++) {
        kept += (size_t)want[i];
    }
    im_simplify_marks(path, tolerance, keep);
    for (size_t i = 0; i < path->n; i++) {
        if (keep[i] != (char)(want[i] || (path->closed && kept < 3))) {
            fail_msg("vertex %zu of %zu, tolerance %g: %s", i, path->n, tolerance,
                     keep[i] ? "kept" : "dropped");
        }
    }
}

static void four_at_a_time_as_one_by_one(void **state) {
    (void)state;
    static const double steps[] = {1, 3, 40, 1000}, tolerances[] = {0, 0.5, 2, 30};
    for (int i = 0; i < 40000; i++) {
        struct im_path path = walk(steps[i % 4], i / 4 % 2 == 1);
        assert_same(&path, tolerances[i / 8 % 4]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(four_at_a_time_as_one_by_one)};
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
