/* Nets of arcs: every edge once, every ring walked again by its arcs. Random cases have
 * a fixed seed. */
#include "geo/inside.h"
#include "geo/orient.h"
#include "geo/topology.h"
#include "help/random.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { SIDE = 9, CELLS = SIDE * SIDE };

static const struct im_topo_options exact = {0, -180, 180, -90};
static struct im_arena *arena;
static uint64_t seed;

static int setup(void **state) {
    (void)state;
    arena = im_arena_new((size_t)1 << 28);
    seed = 20200712;
    return arena == NULL;
}

static int teardown(void **state) {
    (void)state;
    im_arena_free(arena);
    return 0;
}

// A corner of the grid, the same for all cells that meet there up to `noise`.
static struct im_lonlat corner(int x, int y, double noise) {
    uint64_t kept = seed;
    seed = (uint64_t)(x * 1000 + y) * 2654435761u + 7;
    struct im_lonlat p = {x + random_from(&seed, -0.3, 0.3),
                          y + random_from(&seed, -0.3, 0.3)};
    seed = kept;
    p.lon += random_from(&seed, -noise, noise);
    p.lat += random_from(&seed, -noise, noise);
    return p;
}

// Cells of a bent grid, clockwise, each begun at another corner; some are left out.
static size_t grid(struct im_topo_chain *chains, double noise) {
    static const int dx[] = {0, 0, 1, 1}, dy[] = {0, 1, 1, 0};
    size_t n = 0;
    for (int c = 0; c < CELLS; c++) {
        int first = (int)random_from(&seed, 0, 4);
        if (c % 7 == 3) {
            continue;
        }
        struct im_line ring = {im_alloc(arena, 4, sizeof *ring.v), 4};
        for (int k = 0; k < 4; k++) {
            int at = (first + k) % 4;
            ring.v[k] = corner(c % SIDE + dx[at], c / SIDE + dy[at], noise);
        }
        chains[n++] = (struct im_topo_chain){ring, true, c};
    }
    return n;
}

// Area of the ring that the uses of a chain walk; fails when they do not join.
static double walked_area(const struct im_topology *t, size_t chain) {
    struct im_line ring = {im_alloc(arena, 1000, sizeof *ring.v), 0};
    for (size_t u = t->first_use[chain]; u < t->first_use[chain + 1]; u++) {
        const struct im_line *line = &t->arcs[t->uses[u].arc].line;
        for (size_t k = 0; k < line->n; k++) {
            struct im_lonlat v = line->v[t->uses[u].backward ? line->n - 1 - k : k];
            if (k == 0 && ring.n > 0) {
                assert_memory_equal(&ring.v[ring.n - 1], &v, sizeof v);
                continue;
            }
            ring.v[ring.n++] = v;
        }
    }
    assert_memory_equal(&ring.v[0], &ring.v[ring.n - 1], sizeof ring.v[0]);
    ring.n--;
    return im_ring_area(&ring);
}

static void check_grid(double noise, double tolerance) {
    struct im_topo_chain chains[CELLS];
    size_t n = grid(chains, noise), edges = 0;
    struct im_topo_options options = exact;
    struct im_topology t;
    options.tolerance = tolerance;
    im_topology_make(arena, chains, n, &options, &t);
    for (size_t i = 0; i < t.n; i++) {
        edges += t.arcs[i].line.n - 1;
        for (size_t k = 0; k < i; k++) { // no edge twice
            const struct im_line *a = &t.arcs[i].line, *b = &t.arcs[k].line;
            assert_false(a->n == 2 && b->n == 2 &&
                         ((memcmp(&a->v[0], &b->v[0], sizeof *a->v) == 0 &&
                           memcmp(&a->v[1], &b->v[1], sizeof *a->v) == 0) ||
                          (memcmp(&a->v[0], &b->v[1], sizeof *a->v) == 0 &&
                           memcmp(&a->v[1], &b->v[0], sizeof *a->v) == 0)));
        }
    }
    assert_true(edges >= 2 * SIDE * (SIDE + 1) - CELLS / 7 * 4 && edges <= 180);
    for (size_t i = 0; i < n; i++) {
        double area = walked_area(&t, i);
        assert_true(area < 0); // clockwise as it came
        assert_true(fabs(area - im_ring_area(&chains[i].line)) < 1e-9 + 8 * noise);
    }
}

static void test_a_grid_shares_its_edges(void **state) {
    (void)state;
    check_grid(0, 0);
    check_grid(0, 1e-6);
    check_grid(2e-4, 1e-3);
}

// The hands: inside on the right of a ring that runs clockwise.
static void test_sides_and_lines(void **state) {
    (void)state;
    struct im_lonlat a[] = {{0, 0}, {0, 1}, {1, 1}, {1, 0}};
    struct im_lonlat b[] = {{1, 1}, {2, 1}, {2, 0}, {1, 0}};
    struct im_lonlat line[] = {{1, 0}, {1, 1}};
    struct im_topo_chain chains[] = {
        {{a, 4}, true, 0}, {{b, 4}, true, 1}, {{line, 2}, false, 2}};
    struct im_topology t;
    im_topology_make(arena, chains, 3, &exact, &t);
    assert_int_equal(t.n, 3);
    size_t shared = 0;
    for (size_t i = 0; i < t.n; i++) {
        const struct im_topo_arc *arc = &t.arcs[i];
        if (arc->left >= 0 && arc->right >= 0) {
            shared++;
            bool north = arc->line.v[1].lat > arc->line.v[0].lat;
            assert_int_equal(arc->left, north ? 0 : 1);
            assert_int_equal(arc->right, north ? 1 : 0);
            assert_int_equal(arc->drawn, 2);
        } else {
            assert_int_equal(arc->drawn, -1);
        }
    }
    assert_int_equal(shared, 1);
}

static void test_a_ring_in_a_hole_is_one_arc(void **state) {
    (void)state;
    struct im_lonlat hole[] = {{1, 1}, {2, 1}, {2, 2}, {1, 2}};
    struct im_lonlat land[] = {{2, 2}, {2, 1}, {1, 1}, {1, 2}};
    struct im_topo_chain chains[] = {{{hole, 4}, true, 0}, {{land, 4}, true, 1}};
    struct im_topology t;
    im_topology_make(arena, chains, 2, &exact, &t);
    assert_int_equal(t.n, 1);
    assert_int_equal(t.arcs[0].line.n, 5);
    assert_true(t.arcs[0].left >= 0 && t.arcs[0].right >= 0);
    assert_true(t.uses[0].backward != t.uses[1].backward);
}

static void test_seams_are_arcs_of_their_own(void **state) {
    (void)state;
    struct im_lonlat v[] = {{170, 60}, {170, 70}, {180, 70}, {180, 65}, {180, 60}};
    struct im_topo_chain chain = {{v, 5}, true, 0};
    struct im_topology t;
    im_topology_make(arena, &chain, 1, &exact, &t);
    assert_int_equal(t.n, 2);
    assert_int_equal(t.arcs[0].seam + t.arcs[1].seam, 1);
    const struct im_topo_arc *seam = &t.arcs[t.arcs[0].seam ? 0 : 1];
    assert_int_equal(seam->line.n, 3);
}

static void test_what_shrinks_to_nothing(void **state) {
    (void)state;
    struct im_lonlat speck[] = {{1, 1}, {1.0001, 1}, {1, 1.0001}};
    struct im_lonlat spike[] = {{3, 3}, {4, 4}, {3, 3}, {3, 4}};
    struct im_topo_chain chains[] = {{{speck, 3}, true, 0}, {{spike, 4}, true, 1}};
    struct im_topo_options o = {0.001, -180, 180, -90};
    struct im_topology t;
    im_topology_make(arena, chains, 2, &o, &t);
    assert_int_equal(t.first_use[1], 0);
    for (size_t i = 0; i < t.n; i++) {
        assert_true(t.arcs[i].left == t.arcs[i].right); // both hands: no border
    }
}

static void test_a_spike_along_another_ring(void **state) {
    (void)state;
    struct im_lonlat land[] = {{0, 0}, {0, 1}, {1, 2}, {2, 1}, {2, 0}};
    struct im_lonlat next[] = {{0, 1}, {1, 2}, {0, 1}, {-1, 1}, {-1, 0}}; // and back
    struct im_topo_chain chains[] = {{{land, 5}, true, 0}, {{next, 5}, true, 1}};
    struct im_topology t;
    im_topology_make(arena, chains, 2, &exact, &t);
    assert_true(fabs(walked_area(&t, 0) - im_ring_area(&chains[0].line)) < 1e-9);
    assert_true(fabs(walked_area(&t, 1) - im_ring_area(&chains[1].line)) < 1e-9);
}

static void test_rings_are_turned(void **state) {
    (void)state;
    struct im_lonlat outer[] = {{0, 0}, {9, 0}, {9, 9}, {0, 9}}; // against the clock
    struct im_lonlat hole[] = {{2, 2}, {3, 2}, {3, 3}, {2, 3}};  // the same sense
    struct im_lonlat real[] = {{4, 4}, {4, 5}, {5, 5}, {5, 4}};  // a proper hole
    struct im_lonlat isle[] = {{20, 0}, {20, 1}, {21, 1}, {21, 0}};
    struct im_line rings[] = {{isle, 4}, {outer, 4}, {real, 4}, {hole, 4}};
    struct im_lines all = {rings, 4, 4};
    im_rings_orient(arena, &all);
    assert_true(im_ring_area(&rings[1]) < 0);
    assert_true(im_ring_area(&rings[2]) > 0);
    assert_true(im_ring_area(&rings[0]) < 0);
}

// A hole may touch the ring that it lies in, were it with its first vertex.
static void test_a_hole_that_touches(void **state) {
    (void)state;
    struct im_lonlat corner[4][2] = {
        {{0, 4}, {3, 5}}, {{4, 0}, {5, 3}}, {{9, 4}, {6, 5}}, {{4, 9}, {5, 6}}};
    for (int i = 0; i < 4; i++) {
        struct im_lonlat outer[] = {{0, 0}, {0, 9}, {9, 9}, {9, 0}};
        struct im_lonlat hole[] = {corner[i][0], {4, 4}, corner[i][1]};
        struct im_line rings[] = {{outer, 4}, {hole, 3}};
        struct im_lines all = {rings, 2, 2};
        if (im_ring_area(&rings[1]) < 0) {
            hole[1] = corner[i][1];
            hole[2] = (struct im_lonlat){4, 4};
        }
        im_rings_orient(arena, &all);
        assert_true(im_ring_area(&rings[0]) < 0);
        assert_true(im_ring_area(&rings[1]) > 0);
    }
}

// Degrees by which b is west of a.
static double west_of(struct im_lonlat a, struct im_lonlat b) {
    return fmod(a.lon - b.lon + 360, 360);
}

// Rings over the antimeridian and around a pole run as others do; so do their holes,
// on whatever turn of the globe they are given.
static void test_rings_across_the_antimeridian(void **state) {
    (void)state;
    struct im_lonlat land[] = {{170, 0}, {170, 20}, {-170, 20}, {-170, 0}};
    struct im_lonlat hole[] = {{-176, 5}, {-175, 5}, {-175, 6}};
    struct im_lonlat cap[] = {{0, 60}, {-90, 60}, {180, 60}, {90, 60}};
    struct im_lonlat ice[] = {{0, -60}, {90, -60}, {180, -60}, {-90, -60}};
    struct im_line rings[] = {{land, 4}, {hole, 3}, {cap, 4}, {ice, 4}};
    for (int turned = 0; turned < 2; turned++) {
        struct im_lines isle = {rings, 2, 2}, north = {rings + 2, 1, 1},
                        south = {rings + 3, 1, 1};
        im_rings_orient(arena, &isle);
        assert_true(land[1].lat == 20); // clockwise
        assert_true(im_ring_area(&rings[1]) > 0);
        im_rings_orient(arena, &north);
        assert_true(west_of(cap[0], cap[1]) == 90); // the pole is on the right hand
        im_rings_orient(arena, &south);
        assert_true(west_of(ice[1], ice[0]) == 90);
        for (size_t i = 0; i < 4; i++) { // and the other way round
            size_t n = rings[i].n;
            struct im_lonlat v = rings[i].v[1];
            rings[i].v[1] = rings[i].v[n - 1];
            rings[i].v[n - 1] = v;
        }
    }
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_a_grid_shares_its_edges),
        T(test_sides_and_lines),
        T(test_a_ring_in_a_hole_is_one_arc),
        T(test_seams_are_arcs_of_their_own),
        T(test_what_shrinks_to_nothing),
        T(test_a_spike_along_another_ring),
        T(test_rings_are_turned),
        T(test_a_hole_that_touches),
        T(test_rings_across_the_antimeridian),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
