/* A field of many obstacles says what the obstacles say one by one: what stands in the
 * way of boxes and leaders, what they cost, how far it is to the nearest. */
#include "help/arena.h"
#include "help/random.h"
#include "layout/field.h"
#include "layout/plane.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { MOST = 3000 };

static const struct im_rect frame = {-30, 15, 430, 310};
static uint64_t seed;
static struct lay_field *all, *alone[MOST]; /* the same obstacles, and each by itself */
static size_t owner[MOST], count;
static enum lay_class class_of[MOST];

static double any(double low, double high) {
    return random_from(&seed, low, high);
}

static struct im_pt any_place(double beyond) {
    return (struct im_pt){any(frame.x - beyond, frame.x + frame.w + beyond),
                          any(frame.y - beyond, frame.y + frame.h + beyond)};
}

/* A rectangle, a disc or a stroke, into both. */
static void put(double size) {
    static const enum lay_class soft[] = {LAY_BORDER, LAY_THIN};
    static const enum lay_class hard[] = {LAY_TEXT, LAY_SYMBOL, LAY_LINE};
    size_t i = count++;
    int form = (int)any(0, 3);
    struct im_pt a = any_place(60),
                 b = {a.x + any(-size, size), a.y + any(-size, size)};
    enum lay_class c =
        form == 2 && any(0, 1) < 0.8 ? soft[(int)any(0, 2)] : hard[(int)any(0, 3)];
    double w = any(1, size / 3), h = any(1, size / 3), half = any(0, 4);
    owner[i] = (size_t)any(0, 6);
    class_of[i] = c;
    alone[i] = lay_field_new(arena, frame);
    for (int k = 0; k < 2; k++) {
        struct lay_field *f = k == 0 ? all : alone[i];
        if (form == 0) {
            lay_field_rect(f, c, (struct im_rect){a.x, a.y, w, h}, owner[i]);
        } else if (form == 1) {
            lay_field_disc(f, c, a, w, owner[i]);
        } else {
            lay_field_stroke(f, c, (struct lay_stroke){a, b, half}, owner[i]);
        }
    }
}

static void fill(size_t n, double size) {
    all = lay_field_new(arena, frame);
    count = 0;
    for (size_t i = 0; i < n; i++) {
        put(size);
    }
}

static void expect(double got, double want) {
    if (!(got == want || fabs(got - want) <= 1e-9 * want)) {
        fail_msg("%.12g, not %.12g", got, want);
    }
}

static struct im_rect any_box(void) {
    struct im_pt p = any_place(5);
    return (struct im_rect){p.x, p.y, any(2, 70), any(2, 20)};
}

/* Numbers of queries that met something and were not blocked. */
struct met {
    int free, soft, hard;
};

static void note(struct met *m, double cost) {
    m->free += cost == 0;
    m->soft += cost > 0 && cost < HUGE_VAL;
    m->hard += cost == HUGE_VAL;
}

static void check_boxes(int queries, struct met *m) {
    for (int q = 0; q < queries; q++) {
        struct im_rect r = any_box();
        size_t ignore = (size_t)any(0, 6);
        double want = 0, whole = 0;
        for (size_t i = 0; i < count; i++) {
            double cost = lay_field_box(alone[i], r, 0);
            whole += cost;
            want += ignore != 0 && owner[i] == ignore ? 0 : cost;
        }
        want = lay_rect_inside(r, frame) ? want : HUGE_VAL;
        whole = lay_rect_inside(r, frame) ? whole : HUGE_VAL;
        expect(lay_field_box(all, r, ignore), want);
        note(m, want);
        double card = lay_field_card(all, r); // lines under a card cost less
        assert_true(whole == 0 || whole == HUGE_VAL ? card == whole
                                                    : card > 0 && card < whole);
        double spent = any(0, 2), most = spent + any(0.5, 2) * fmin(whole, 5) + 0.01;
        double below = lay_field_box_below(all, r, spent, most);
        if (spent + whole < most) {
            expect(below, whole);
        } else { // it may stop when that is sure
            assert_true(spent + below >= most - 1e-9);
        }
    }
}

static void check_leaders(int queries, struct met *m) {
    for (int q = 0; q < queries; q++) {
        struct im_pt a = any_place(0), b = {a.x + any(-80, 80), a.y + any(-80, 80)};
        size_t ignore = (size_t)any(0, 6);
        double want = 0;
        for (size_t i = 0; i < count; i++) {
            want += ignore != 0 && owner[i] == ignore
                        ? 0
                        : lay_field_leader(alone[i], a, b, 0);
        }
        expect(lay_field_leader(all, a, b, ignore), want);
        note(m, want);
    }
}

static void check_clearance(int queries) {
    for (int q = 0; q < queries; q++) {
        struct im_pt p = any_place(0);
        double reach = any(10, 80), want = reach;
        for (size_t i = 0; i < count; i++) {
            bool hard = class_of[i] != LAY_BORDER && class_of[i] != LAY_THIN;
            double d = lay_field_clearance(alone[i], p, reach, -1);
            assert_true(hard || d == reach); // a border may be near a name
            want = fmin(want, d);
        }
        expect(lay_field_clearance(all, p, reach, -1), want);
        double least = any(0, reach); // nearer than that it is all one
        double got = lay_field_clearance(all, p, reach, least);
        assert_true(want > least ? got == want : got >= want && got <= least);
    }
}

static void many_are_the_sum_of_each(void **state) {
    (void)state;
    struct met box = {0, 0, 0}, leader = {0, 0, 0};
    seed = 1648;
    for (int round = 0; round < 40; round++) {
        fill(1 + (size_t)any(0, 60), any(20, 150));
        check_boxes(60, &box);
        check_leaders(60, &leader);
        check_clearance(60);
    }
    assert_true(box.free > 200 && box.soft > 100 && box.hard > 200);
    assert_true(leader.free > 200 && leader.soft > 100 && leader.hard > 200);
}

/* More than are kept together. */
static void thousands_are_the_sum_of_each(void **state) {
    (void)state;
    struct met box = {0, 0, 0}, leader = {0, 0, 0};
    seed = 1713;
    fill(MOST, 12);
    check_boxes(60, &box);
    check_leaders(60, &leader);
    check_clearance(60);
}

/* A path of short steps and long ones is as its strokes are one by one. */
static void paths_are_their_strokes(void **state) {
    (void)state;
    static const enum lay_class c[3] = {LAY_BORDER, LAY_THIN, LAY_LINE};
    struct met box = {0, 0, 0}, leader = {0, 0, 0};
    seed = 1815;
    for (int round = 0; round < 60; round++) {
        struct im_path path = {.n = (size_t)any(1, 90), .closed = any(0, 1) < 0.5};
        struct im_paths one = {&path, 1, 1};
        struct lay_field *whole = lay_field_new(arena, frame),
                         *each = lay_field_new(arena, frame);
        double half = any(0, 3), step = any(0.5, 12);
        path.v = im_alloc(arena, path.n, sizeof *path.v);
        for (size_t i = 0; i < path.n; i++) {
            struct im_pt last = i == 0 ? any_place(0) : path.v[i - 1];
            path.v[i] = (struct im_pt){last.x + any(-step, 1.3 * step),
                                       last.y + any(-step, 1.1 * step)};
        }
        lay_field_paths(whole, c[round % 3], &one, half);
        for (size_t i = path.closed ? 0 : 1; i < path.n; i++) {
            struct lay_stroke s = {path.v[i == 0 ? path.n - 1 : i - 1], path.v[i],
                                   half};
            lay_field_stroke(each, c[round % 3], s, 0);
        }
        for (int q = 0; q < 60; q++) {
            struct im_pt p = path.v[(size_t)any(0, (double)path.n)];
            struct im_pt a = {p.x + any(-40, 40), p.y + any(-40, 40)};
            struct im_pt b = {a.x + any(-80, 80), a.y + any(-80, 80)};
            struct im_rect r = {a.x, a.y, any(2, 70), any(2, 20)};
            if (!lay_rect_has(frame, a) || !lay_rect_has(frame, b)) {
                continue; // beyond it nothing is kept
            }
            double want = lay_field_box(each, r, 0),
                   cross = lay_field_leader(each, a, b, 0);
            expect(lay_field_box(whole, r, 0), want);
            expect(lay_field_card(whole, r), lay_field_card(each, r));
            expect(lay_field_cover(whole, r, 0), lay_field_cover(each, r, 0));
            expect(lay_field_leader(whole, a, b, 0), cross);
            expect(lay_field_clearance(whole, a, 50, 0),
                   lay_field_clearance(each, a, 50, 0));
            note(&box, want);
            note(&leader, cross);
        }
    }
    assert_true(box.free > 200 && box.soft > 100 && box.hard > 100);
    assert_true(leader.free > 200 && leader.soft > 100);
}

/* What is a wall and what only costs: texts and symbols, and lines. */
static void classes_have_their_costs(void **state) {
    (void)state;
    struct im_rect r = {100, 100, 40, 10};
    struct im_pt a = {90, 105}, b = {150, 106};
    double cost[5], crossing[5];
    static const enum lay_class c[5] = {LAY_TEXT, LAY_SYMBOL, LAY_LINE, LAY_BORDER,
                                        LAY_THIN};
    for (int i = 0; i < 5; i++) {
        struct lay_field *f = lay_field_new(arena, frame);
        lay_field_stroke(f, c[i], (struct lay_stroke){{120, 50}, {121, 160}, 1}, 0);
        cost[i] = lay_field_box(f, r, 0);
        crossing[i] = lay_field_leader(f, a, b, 0);
        assert_true(lay_field_box(f, (struct im_rect){130, 100, 40, 10}, 0) == 0);
        assert_true(lay_field_leader(f, (struct im_pt){125, 70}, b, 0) == 0);
    }
    assert_true(cost[0] == HUGE_VAL && cost[1] == HUGE_VAL && cost[2] == HUGE_VAL);
    assert_true(cost[3] > cost[4] && cost[4] > 0 && cost[3] < HUGE_VAL);
    assert_true(crossing[0] == HUGE_VAL && crossing[1] == HUGE_VAL);
    assert_true(crossing[2] > crossing[3] && crossing[2] < HUGE_VAL);
    assert_true(crossing[3] == crossing[4] && crossing[4] > 0);
}

/* A capital to come is kept free of names of areas alone, and of these while it is. */
static void capitals_to_come(void **state) {
    (void)state;
    struct lay_field *f = lay_field_new(arena, frame);
    struct im_rect box = {100, 100, 60, 12};
    lay_field_disc(f, LAY_CAPITAL, (struct im_pt){120, 105}, 6, 7);
    assert_true(lay_field_box(f, box, 0) == 0);
    assert_true(lay_field_box_below(f, box, 0, HUGE_VAL) == HUGE_VAL);
    lay_field_yield(f, true);
    assert_true(lay_field_box_below(f, box, 0, HUGE_VAL) == 0);
    lay_field_yield(f, false);
    assert_true(lay_field_box_below(f, box, 0, HUGE_VAL) == HUGE_VAL);
}

/* The same of a great city, and until cities yield. */
static void cities_to_come(void **state) {
    (void)state;
    struct lay_field *f = lay_field_new(arena, frame);
    struct im_rect box = {100, 100, 60, 12}, capital = {200, 100, 60, 12};
    lay_field_disc(f, LAY_CITY, (struct im_pt){120, 105}, 6, 7);
    lay_field_disc(f, LAY_CAPITAL, (struct im_pt){220, 105}, 6, 8);
    assert_true(lay_field_box(f, box, 0) == 0);
    assert_true(lay_field_box_below(f, box, 0, HUGE_VAL) == HUGE_VAL);
    lay_field_yield_cities(f, true);
    assert_true(lay_field_box_below(f, box, 0, HUGE_VAL) == 0);
    assert_true(lay_field_box_below(f, capital, 0, HUGE_VAL) == HUGE_VAL);
}

/* Beside a name there may be the disc of a place, but no other name. */
static void beside_a_name(void **state) {
    (void)state;
    struct lay_field *f = lay_field_new(arena, frame);
    struct im_rect box = {100, 100, 60, 12}, disc = {110, 100, 10, 10};
    lay_field_rect(f, LAY_ABREAST, (struct im_rect){90, 103, 80, 6}, 0);
    assert_true(lay_field_box(f, box, 0) == HUGE_VAL);
    assert_true(lay_field_free(f, disc, 0, false));
    lay_field_disc(f, LAY_SYMBOL, (struct im_pt){115, 105}, 3, 7);
    assert_true(lay_field_free(f, disc, 7, false)); // its own
    assert_false(lay_field_free(f, disc, 0, false));
    struct im_rect below = {110, 200, 10, 10};
    struct lay_stroke line = {{50, 205}, {200, 205}, 2};
    lay_field_stroke(f, LAY_LINE, line, 0);
    assert_false(lay_field_free(f, below, 0, false));
    assert_true(lay_field_free(f, below, 0, true));
}

/* By the length that lies under a box, however wide that is. */
static void lines_cost_by_their_length(void **state) {
    (void)state;
    struct lay_field *f = lay_field_new(arena, frame);
    lay_field_stroke(f, LAY_BORDER, (struct lay_stroke){{-20, 100}, {390, 100}, 0}, 0);
    double ten = lay_field_box(f, (struct im_rect){41, 95, 10, 10}, 0);
    assert_true(ten > 0);
    for (int n = 2; n < 30; n++) {
        struct im_rect r = {41, 95, 10.0 * n, 10};
        assert_true(fabs(lay_field_box(f, r, 0) - n * ten) < 1e-9);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_are_the_sum_of_each),
        cmocka_unit_test(thousands_are_the_sum_of_each),
        cmocka_unit_test(paths_are_their_strokes),
        cmocka_unit_test(classes_have_their_costs),
        cmocka_unit_test(lines_cost_by_their_length),
        cmocka_unit_test(capitals_to_come),
        cmocka_unit_test(cities_to_come),
        cmocka_unit_test(beside_a_name),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
