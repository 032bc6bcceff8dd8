/* Files of others: thousands of arcs at one place, of rings in one record. None may
 * take time by the square of their number. */
#include "geo/chain.h"
#include "geo/orient.h"
#include "geo/together.h"
#include "help/growth.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct im_lonlat spoke(size_t i) {
    return (struct im_lonlat){cos((double)i), sin((double)i)};
}

/* Spokes of a wheel: out from its hub and, where they are a ring of two, back. */
static struct im_arc *wheel(struct im_arena *arena, size_t n, size_t step) {
    struct im_arc *arcs = im_alloc(arena, n, sizeof *arcs);
    struct im_lonlat hub = {0, 0};
    for (size_t i = 0; i < n; i++) {
        struct im_lonlat end = spoke(i / step);
        arcs[i] = i % step == 0 ? (struct im_arc){hub, end, i, false}
                                : (struct im_arc){end, hub, i, false};
    }
    return arcs;
}

static void lines_of_a_hub(size_t n) {
    struct im_arena *arena = im_arena_new((size_t)1 << 30);
    struct im_runs runs = {NULL, 0, 0};
    im_chain_lines(arena, wheel(arena, n, 1), n, &runs);
    assert_int_equal(runs.n, n);
    im_arena_free(arena);
}

static void rings_of_a_hub(size_t n) {
    struct im_arena *arena = im_arena_new((size_t)1 << 30);
    struct im_runs runs = {NULL, 0, 0};
    im_chain_rings(arena, wheel(arena, n, 2), n, &runs);
    assert_int_equal(runs.n, 1);
    assert_int_equal(runs.v[0].n, n);
    assert_true(runs.v[0].closed);
    im_arena_free(arena);
}

static void arcs_at_one_place(void **state) {
    (void)state;
    assert_true(growth_is_linear(lines_of_a_hub, 4000));
    assert_true(growth_is_linear(rings_of_a_hub, 4000));
}

/* A square of the largest, and others far from it that run the other way round. */
static void a_record_of_isles(size_t n) {
    struct im_arena *arena = im_arena_new((size_t)1 << 30);
    struct im_lines all = {NULL, 0, 0};
    for (size_t i = 0; i < n; i++) {
        double x = (double)i / 1000, d = i > 0 ? 0.0008 : 1;
        struct im_lonlat east = {x + d, 0}, north = {x, d};
        struct im_line ring = {im_alloc(arena, 3, sizeof *ring.v), 3};
        ring.v[0] = (struct im_lonlat){x, i > 0 ? 0 : -1};
        ring.v[1] = i > 0 ? east : north;
        ring.v[2] = i > 0 ? north : east;
        IM_PUSH(arena, all.v, all.n, all.cap, ring);
    }
    im_rings_orient(arena, &all);
    im_arena_free(arena);
}

static void rings_of_one_record(void **state) {
    (void)state;
    assert_true(growth_is_linear(a_record_of_isles, 4000));
}

/* Lines of two vertices: none can be simplified, all meet. */
static void lines_together(size_t n) {
    struct im_arena *arena = im_arena_new((size_t)1 << 30);
    struct im_path *paths = im_alloc(arena, n, sizeof *paths);
    char **keep = im_alloc(arena, n, sizeof *keep);
    for (size_t i = 0; i < n; i++) {
        struct im_lonlat end = spoke(i);
        paths[i] = (struct im_path){im_alloc(arena, 2, sizeof *paths->v), 2, false};
        paths[i].v[0] = (struct im_pt){10, 10};
        paths[i].v[1] = (struct im_pt){10 + end.lon, 10 + end.lat};
        keep[i] = im_alloc(arena, 2, 1);
    }
    im_simplify_together(arena, paths, n, 0.1, (struct im_rect){0, 0, 20, 20}, keep);
    im_arena_free(arena);
}

static void lines_at_one_place(void **state) {
    (void)state;
    assert_true(growth_is_linear(lines_together, 4000));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(arcs_at_one_place),
                                       cmocka_unit_test(rings_of_one_record),
                                       cmocka_unit_test(lines_at_one_place)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
