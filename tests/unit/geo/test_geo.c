/* Windows, clipping, chaining, simplifying, label points. Random cases have a fixed
 * seed. */
#include "geo/chain.h"
#include "geo/clip.h"
#include "geo/inside.h"
#include "geo/simplify.h"
#include "help/ground.h"
#include "help/random.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define assert_near(a, b, eps) assert_true(fabs((a) - (b)) <= (eps))

static uint64_t seed;

static struct im_arena *arena;

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

static struct im_line line_of(const double *lonlat, size_t n) {
    struct im_line line = {im_alloc(arena, n, sizeof *line.v), n};
    for (size_t i = 0; i < n; i++) {
        line.v[i] = (struct im_lonlat){lonlat[2 * i], lonlat[2 * i + 1]};
    }
    return line;
}
#define LINE(...)                                                                      \
    line_of((const double[]){__VA_ARGS__},                                             \
            sizeof((const double[]){__VA_ARGS__}) / (2 * sizeof(double)))

// A star around a centre: simple, of either sense.
static struct im_line star(double lon, double lat, double size, size_t n) {
    struct im_line ring = {im_alloc(arena, n, sizeof *ring.v), n};
    for (size_t i = 0; i < n; i++) {
        double a = 6.283185307179586 * (double)i / (double)n;
        double r = size * random_from(&seed, 0.2, 1);
        ring.v[i] = (struct im_lonlat){lon + r * cos(a), lat + r * sin(a)};
    }
    return ring;
}

static double total_area(const struct im_lines *rings) {
    double sum = 0;
    for (size_t i = 0; i < rings->n; i++) {
        sum += im_ring_area(&rings->v[i]);
    }
    return sum;
}

static void test_boxes(void **state) {
    (void)state;
    struct im_box fiji = {177, -20, -178, -15}, caucasus = {42, 38, 51, 43};
    assert_true(im_box_contains(fiji, (struct im_lonlat){179.5, -17}));
    assert_true(im_box_contains(fiji, (struct im_lonlat){-179.5, -17}));
    assert_true(im_box_contains(fiji, (struct im_lonlat){-178, -15}));
    assert_false(im_box_contains(fiji, (struct im_lonlat){0, -17}));
    assert_false(im_box_contains(fiji, (struct im_lonlat){179.5, -14}));
    assert_true(im_box_contains(caucasus, (struct im_lonlat){45, 40}));
    assert_true(im_box_contains(caucasus, (struct im_lonlat){405, 40}));
    assert_false(im_box_meets(fiji, caucasus));
    assert_true(im_box_meets(fiji, (struct im_box){-179, -16, -170, 0}));
    assert_true(im_box_meets((struct im_box){-180, -90, 180, 90}, fiji));
    assert_near(im_box_width(fiji), 5, 1e-12);
    assert_near(im_box_middle(fiji).lon, 179.5, 1e-12);
    assert_near(im_lon_near(-170, 180), 190, 0);
    assert_near(im_lon_near(540, 0), -180, 0);
}

static void test_line_is_cut_at_the_window(void **state) {
    (void)state;
    struct im_lines out = {NULL, 0, 0};
    struct im_line zigzag = LINE(-5, 5, 5, 5, 15, 5, 5, 8, -5, 8);
    im_clip_line(arena, &zigzag, (struct im_window){0, 0, 10, 10}, &out);
    assert_int_equal(out.n, 2);
    assert_near(out.v[0].v[0].lon, 0, 0);
    assert_near(out.v[0].v[out.v[0].n - 1].lon, 10, 0);
    assert_near(out.v[1].v[0].lon, 10, 0);
    assert_near(out.v[1].v[0].lat, 6.5, 1e-12);
}

static void test_line_over_the_antimeridian_stays_one(void **state) {
    (void)state;
    struct im_lines out = {NULL, 0, 0};
    struct im_line line = LINE(175, 0, -175, 1, -165, 2);
    im_clip_line(arena, &line, (struct im_window){170, -10, 200, 10}, &out);
    assert_int_equal(out.n, 1);
    assert_int_equal(out.v[0].n, 3);
    assert_near(out.v[0].v[2].lon, 195, 1e-9);
    out.n = 0;
    im_clip_line(arena, &line, (struct im_window){-180, -10, 180, 10}, &out);
    assert_int_equal(out.n, 2);
    assert_near(out.v[0].v[0].lon, -180, 0); // the copy shifted by -360 first
    assert_near(out.v[1].v[1].lon, 180, 0);
}

static void test_ring_over_the_antimeridian(void **state) {
    (void)state;
    struct im_lines out = {NULL, 0, 0};
    struct im_line taveuni = LINE(179, -17, -179, -17, -179, -16, 179, -16);
    im_clip_ring(arena, &taveuni, (struct im_window){-180, -90, 180, 90}, &out);
    assert_int_equal(out.n, 2);
    assert_near(total_area(&out), 2, 1e-9);
    out.n = 0;
    im_clip_ring(arena, &taveuni, (struct im_window){0, -90, 360, 90}, &out);
    assert_int_equal(out.n, 1);
    assert_near(total_area(&out), 2, 1e-9);
}

static void test_ring_around_a_pole(void **state) {
    (void)state;
    struct im_line cap = {im_alloc(arena, 36, sizeof *cap.v), 36};
    for (size_t i = 0; i < 36; i++) {
        cap.v[i] = (struct im_lonlat){im_lon_near(10.0 * (double)i, 0), -70};
    }
    for (int turned = 0; turned < 2; turned++) {
        struct im_lines out = {NULL, 0, 0};
        im_clip_ring(arena, &cap, (struct im_window){-180, -90, 180, 90}, &out);
        assert_near(fabs(total_area(&out)), 360 * 20, 1e-6);
        out.n = 0;
        im_clip_ring(arena, &cap, (struct im_window){100, -80, 220, -60}, &out);
        assert_near(fabs(total_area(&out)), 120 * 10, 1e-6);
        for (size_t i = 0; i < 18; i++) {
            struct im_lonlat t = cap.v[i];
            cap.v[i] = cap.v[35 - i];
            cap.v[35 - i] = t;
        }
    }
}

static void test_flat_antarctica_is_taken_as_drawn(void **state) {
    (void)state;
    struct im_line ring =
        LINE(-180, -80, -180, -90, 180, -90, 180, -80, 60, -70, -60, -70);
    struct im_lines out = {NULL, 0, 0};
    im_clip_ring(arena, &ring, (struct im_window){-180, -90, 180, 90}, &out);
    assert_near(fabs(total_area(&out)), fabs(im_ring_area(&ring)), 1e-9);
    out.n = 0;
    im_clip_ring(arena, &ring, (struct im_window){0, -90, 360, 90}, &out);
    assert_near(fabs(total_area(&out)), fabs(im_ring_area(&ring)), 1e-6);
}

// Clipping never leaves the window, and the parts in a grid of windows sum to the
// whole.
static void test_rings_keep_their_area(void **state) {
    (void)state;
    for (int round = 0; round < 200; round++) {
        struct im_line ring =
            star(random_from(&seed, -180, 180), random_from(&seed, -50, 50),
                 random_from(&seed, 1, 30), 40);
        double sum = 0;
        for (int i = 0; i < 6; i++) {
            struct im_window w = {-180 + 60 * i, -90, -120 + 60 * i, 90};
            struct im_lines out = {NULL, 0, 0};
            im_clip_ring(arena, &ring, w, &out);
            for (size_t k = 0; k < out.n; k++) {
                struct im_box box = im_line_box(&out.v[k]);
                assert_true(box.west >= w.west && box.east <= w.east);
            }
            sum += total_area(&out);
        }
        assert_near(sum, im_ring_area(&ring), 1e-7);
    }
}

static double flat_length(const struct im_line *line) {
    double sum = 0;
    for (size_t i = 1; i < line->n; i++) {
        sum += hypot(line->v[i].lon - line->v[i - 1].lon,
                     line->v[i].lat - line->v[i - 1].lat);
    }
    return sum;
}

static void test_lines_keep_their_length(void **state) {
    (void)state;
    for (int round = 0; round < 200; round++) {
        struct im_line line = star(random_from(&seed, -170, 170), 0, 60, 30);
        double sum = 0;
        for (int i = 0; i < 9; i++) {
            struct im_window w = {-180 + 40 * i, -90, -140 + 40 * i, 90};
            struct im_lines out = {NULL, 0, 0};
            im_clip_line(arena, &line, w, &out);
            for (size_t k = 0; k < out.n; k++) {
                struct im_box box = im_line_box(&out.v[k]);
                assert_true(box.west >= w.west && box.east <= w.east);
                sum += flat_length(&out.v[k]);
            }
        }
        assert_near(sum, flat_length(&line), 1e-7);
    }
}

static void test_hostile_coordinates_are_dropped(void **state) {
    (void)state;
    struct im_lines out = {NULL, 0, 0};
    struct im_line nan_line = LINE(0, 0, NAN, 1, 2, 2),
                   far = LINE(0, 0, 1e300, 1, 2, 2);
    struct im_window w = {-180, -90, 180, 90};
    im_clip_line(arena, &nan_line, w, &out);
    im_clip_ring(arena, &nan_line, w, &out);
    im_clip_line(arena, &far, w, &out);
    im_clip_ring(arena, &far, w, &out);
    im_clip_line(arena, &(struct im_line){NULL, 0}, w, &out);
    im_clip_ring(arena, &(struct im_line){NULL, 0}, w, &out);
    assert_int_equal(out.n, 0);
}

/* ---- chaining ------------------------------------------------------------- */

static void push_arc(struct im_arc *arcs, size_t *n, double a, double b, double c,
                     double d) {
    arcs[*n] = (struct im_arc){{a, b}, {c, d}, *n, false};
    (*n)++;
}

static void test_rings_of_arcs(void **state) {
    (void)state;
    struct im_arc arcs[8];
    size_t n = 0;
    // Two triangles that touch at 0,0; given out of order; and an arc that leads
    // nowhere.
    push_arc(arcs, &n, 1, 0, 1, 1);
    push_arc(arcs, &n, -1, -1, 0, 0);
    push_arc(arcs, &n, 0, 0, 1, 0);
    push_arc(arcs, &n, 0, 0, -1, 0);
    push_arc(arcs, &n, 1, 1, 0, 0);
    push_arc(arcs, &n, -1, 0, -1, -1);
    push_arc(arcs, &n, 50, 50, 51, 51);
    push_arc(arcs, &n, 7, 7, 7, 7);
    struct im_runs runs = {NULL, 0, 0};
    im_chain_rings(arena, arcs, n, &runs);
    size_t used = 0, closed = 0;
    for (size_t i = 0; i < runs.n; i++) {
        used += runs.v[i].n;
        closed += runs.v[i].closed;
        for (size_t k = 1; k < runs.v[i].n; k++) {
            const struct im_arc *a = &arcs[runs.v[i].arc[k - 1]];
            const struct im_arc *b = &arcs[runs.v[i].arc[k]];
            assert_true(a->to.lon == b->from.lon && a->to.lat == b->from.lat);
        }
    }
    assert_int_equal(used, n);
    assert_int_equal(runs.n - closed, 1);
}

static void test_lines_join_where_two_meet(void **state) {
    (void)state;
    struct im_arc arcs[8];
    size_t n = 0;
    push_arc(arcs, &n, 2, 0, 1, 0); // backwards
    push_arc(arcs, &n, 0, 0, 1, 0);
    push_arc(arcs, &n, 2, 0, 3, 0); // 3,0 is a junction of three
    push_arc(arcs, &n, 3, 0, 4, 1);
    push_arc(arcs, &n, 3, 0, 4, -1);
    push_arc(arcs, &n, 9, 9, 8, 9); // a closed line of two
    push_arc(arcs, &n, 9, 9, 8, 9);
    struct im_runs runs = {NULL, 0, 0};
    im_chain_lines(arena, arcs, n, &runs);
    assert_int_equal(runs.n, 4);
    assert_int_equal(runs.v[0].n, 3);
    assert_true(runs.v[3].closed);
    assert_int_equal(runs.v[3].n, 2);
    for (size_t i = 0; i < runs.n; i++) {
        for (size_t k = 1; k < runs.v[i].n; k++) {
            const struct im_arc *a = &arcs[runs.v[i].arc[k - 1]];
            const struct im_arc *b = &arcs[runs.v[i].arc[k]];
            struct im_lonlat from = runs.v[i].backward[k - 1] ? a->from : a->to;
            struct im_lonlat to = runs.v[i].backward[k] ? b->to : b->from;
            assert_true(from.lon == to.lon && from.lat == to.lat);
        }
    }
}

// Cells of a random map on a grid: rings of each colour fill exactly its cells.
static void test_chained_rings_fill_their_cells(void **state) {
    (void)state;
    enum { SIDE = 12 };
    int cell[SIDE + 2][SIDE + 2] = {{0}};
    for (int i = 1; i <= SIDE; i++) {
        for (int j = 1; j <= SIDE; j++) {
            cell[i][j] = random_from(&seed, 0, 1) < 0.5;
        }
    }
    static struct im_arc arcs[4 * (SIDE + 2) * (SIDE + 2)];
    size_t n = 0;
    for (int i = 0; i <= SIDE; i++) {
        for (int j = 0; j <= SIDE; j++) {
            if (cell[i][j] !=
                cell[i + 1][j]) { // edge x = i + 1, the full cell on the left
                int up = cell[i][j] ? 1 : 0;
                push_arc(arcs, &n, i + 1, j + !up, i + 1, j + up);
            }
            if (cell[i][j] != cell[i][j + 1]) {
                int right = cell[i][j + 1] ? 1 : 0;
                push_arc(arcs, &n, i + !right, j + 1, i + right, j + 1);
            }
        }
    }
    struct im_runs runs = {NULL, 0, 0};
    im_chain_rings(arena, arcs, n, &runs);
    struct im_lines rings = {NULL, 0, 0};
    double area = 0, want = 0;
    for (size_t r = 0; r < runs.n; r++) {
        assert_true(runs.v[r].closed);
        struct im_line ring = {im_alloc(arena, runs.v[r].n, sizeof *ring.v),
                               runs.v[r].n};
        for (size_t k = 0; k < ring.n; k++) {
            ring.v[k] = arcs[runs.v[r].arc[k]].from;
        }
        area += im_ring_area(&ring);
        IM_PUSH(arena, rings.v, rings.n, rings.cap, ring);
    }
    for (int i = 1; i <= SIDE; i++) {
        for (int j = 1; j <= SIDE; j++) {
            want += cell[i][j];
            assert_int_equal(ground_has(&rings, (struct im_lonlat){i + 0.5, j + 0.5}),
                             cell[i][j]);
        }
    }
    assert_near(area, want, 1e-9);
}

/* ---- page ----------------------------------------------------------------- */

static struct im_path path_of(const struct im_line *line, bool closed) {
    struct im_path path = {im_alloc(arena, line->n, sizeof *path.v), line->n, closed};
    for (size_t i = 0; i < line->n; i++) {
        path.v[i] = (struct im_pt){line->v[i].lon, line->v[i].lat};
    }
    return path;
}

static double off_path(struct im_pt p, const struct im_path *path) {
    double best = HUGE_VAL;
    for (size_t i = path->closed ? 0 : 1; i < path->n; i++) {
        struct im_pt a = path->v[i ? i - 1 : path->n - 1], b = path->v[i];
        double dx = b.x - a.x, dy = b.y - a.y, len2 = dx * dx + dy * dy;
        double t = len2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / len2 : 0;
        t = fmax(0, fmin(1, t));
        best = fmin(best, hypot(p.x - a.x - t * dx, p.y - a.y - t * dy));
    }
    return best;
}

static void test_simplified_path_stays_near(void **state) {
    (void)state;
    for (int round = 0; round < 100; round++) {
        bool closed = round % 2 == 0;
        struct im_line ring = star(0, 0, 20, 120);
        struct im_path before = path_of(&ring, closed), after = path_of(&ring, closed);
        im_simplify(arena, &after, 1.5);
        assert_true(after.n < before.n && after.n >= 3);
        assert_true(after.v[0].x == before.v[0].x);
        for (size_t i = 0; i < before.n; i++) {
            assert_true(off_path(before.v[i], &after) <= 1.5 + 1e-9);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_boxes),
        cmocka_unit_test(test_line_is_cut_at_the_window),
        cmocka_unit_test(test_line_over_the_antimeridian_stays_one),
        cmocka_unit_test(test_ring_over_the_antimeridian),
        cmocka_unit_test(test_ring_around_a_pole),
        cmocka_unit_test(test_flat_antarctica_is_taken_as_drawn),
        cmocka_unit_test(test_rings_keep_their_area),
        cmocka_unit_test(test_lines_keep_their_length),
        cmocka_unit_test(test_hostile_coordinates_are_dropped),
        cmocka_unit_test(test_rings_of_arcs),
        cmocka_unit_test(test_lines_join_where_two_meet),
        cmocka_unit_test(test_chained_rings_fill_their_cells),
        cmocka_unit_test(test_simplified_path_stays_near),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
