/* Filter, order, contradictions, distances. */
#include "analyse/analyse.h"
#include "geodesy/geodesy.h"
#include "help/arena.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct im_claim no_claim = {.claimant = "", .source = "", .notes = ""};

static struct im_event event_on(int day, int end, unsigned line) {
    struct im_event e = {.id = "", .claims = &no_claim, .claim_count = 1};
    e.side[0] = e.side[1] = "";
    e.row = IM_AT("t.csv", line, 1);
    if (day > 0) {
        e.date = (struct im_date){2020, 7, day};
    }
    if (end > 0) {
        e.date_end = (struct im_date){2020, 7, end};
    }
    return e;
}

static void filter_keeps_what_can_touch(void **state) {
    (void)state;
    struct im_event v[] = {event_on(10, 0, 1), event_on(10, 12, 2), event_on(12, 0, 3),
                           event_on(0, 0, 4),  event_on(16, 0, 5),  event_on(9, 20, 6)};
    struct im_events events = {v, 6, 6};
    struct im_spec spec = {.from = {2020, 7, 12}, .to = {2020, 7, 15}};
    im_events_filter(&events, &spec);
    assert_int_equal(events.n, 4);
    static const unsigned kept[] = {2, 3, 4, 6};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(events.v[i].row.line, kept[i]);
    }
    struct im_spec_incidents set = {.from = {2020, 7, 13}};
    spec.incidents = &set;
    spec.incident_count = 1;
    im_events_filter(&events, &spec);
    assert_int_equal(events.n, 2); // the undated one and the long one
    struct im_event month = event_on(0, 0, 7);
    month.date = (struct im_date){2020, 7, 0};
    struct im_events one = {&month, 1, 1};
    im_events_filter(&one, &spec);
    assert_int_equal(one.n, 1);
    struct im_event ended[] = {event_on(0, 13, 8), event_on(0, 11, 9)};
    struct im_events two = {ended, 2, 2}; // of which only the end is known
    im_events_filter(&two, &spec);
    assert_int_equal(two.n, 1);
    assert_int_equal(two.v[0].row.line, 8);
}

static void order_is_total(void **state) {
    (void)state;
    struct im_event v[] = {event_on(0, 0, 1), event_on(13, 0, 9), event_on(12, 0, 5),
                           event_on(12, 0, 3), event_on(12, 0, 3)};
    v[3].set = 1;
    struct im_events events = {v, 5, 5};
    im_events_sort(&events);
    static const unsigned lines[] = {3, 3, 5, 9, 1};
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(events.v[i].row.line, lines[i]);
    }
    assert_int_equal(events.v[0].set, 0);
    assert_int_equal(events.v[1].set, 1);
    struct im_event ended[] = {event_on(12, 0, 1), event_on(0, 11, 2)};
    struct im_events two = {ended, 2, 2};
    im_events_sort(&two);
    assert_int_equal(two.v[0].row.line, 2); // its only date counts
}

/* Ids order the events of a day, numbers in them by their value; rows do not. */
static void ids_go_before_rows(void **state) {
    (void)state;
    static const char *const id[] = {"e10", "e9", "e009b", "e2", "", "f1"};
    static const char *const want[] = {"", "e2", "e9", "e009b", "e10", "f1"};
    struct im_event v[6];
    for (int turn = 0; turn < 6; turn++) {
        for (size_t i = 0; i < 6; i++) {
            v[i] = event_on(12, 0, (unsigned)i + 2);
            v[i].id = id[(i * 5 + (size_t)turn) % 6];
        }
        struct im_events events = {v, 6, 6};
        im_events_sort(&events);
        for (size_t i = 0; i < 6; i++) {
            assert_string_equal(v[i].id, want[i]);
        }
    }
}

static struct im_claim killed(const char *who, double low, double high) {
    struct im_claim c = {.claimant = who, .source = "", .notes = ""};
    c.killed[0] = (struct im_figure){low, low, high};
    c.killed[1] = c.wounded[0] = c.wounded[1] = c.fatalities = IM_NO_FIGURE;
    c.row = IM_AT("t.csv", 3, 1);
    return c;
}

static size_t differences(struct im_claim a, struct im_claim b) {
    struct im_claim claims[] = {a, b};
    struct im_event e = event_on(12, 0, 2);
    e.claims = claims;
    e.claim_count = 2;
    struct im_events events = {&e, 1, 1};
    struct im_findings findings;
    im_findings_init(&findings, arena);
    im_events_compare(&events, &findings);
    if (findings.n > 0) {
        assert_string_equal(findings.items[0].code, "claims-differ");
        assert_string_equal(findings.items[0].message,
                            "killed of side 1: 4 by Us (line 3), but 9 by Them");
    }
    return findings.n;
}

static void only_contradictions_are_told(void **state) {
    (void)state;
    assert_int_equal(differences(killed("Us", 4, 4), killed("Them", 9, 9)), 1);
    assert_int_equal(differences(killed("Us", 4, 9), killed("Them", 9, 12)), 0);
    assert_int_equal(differences(killed("Us", 4, 4), killed("Us", 9, 9)), 0);
    assert_int_equal(differences(killed("Us", 4, 4), killed("Them", -1, -1)), 0);
}

/* The only difference that claims of one event have, as it is told. */
static const char *told(struct im_claim *claims, size_t n) {
    struct im_event e = event_on(12, 0, 2);
    e.side[1] = "Them";
    e.claims = claims;
    e.claim_count = n;
    struct im_events events = {&e, 1, 1};
    struct im_findings findings;
    im_findings_init(&findings, arena);
    im_events_compare(&events, &findings);
    assert_int_equal(findings.n, 1);
    return findings.items[0].message;
}

static void every_figure_and_claim_is_compared(void **state) {
    (void)state;
    struct im_claim none = killed("", -1, -1);
    struct im_claim v[] = {none, none, none};
    v[0].fatalities = (struct im_figure){7, 8, 9}; // the first may say more, too
    v[1].fatalities = (struct im_figure){2, 3, 4};
    assert_string_equal(told(v, 2),
                        "fatalities: 8 by one claimant (line 3), but 3 by another");
    v[0] = v[1] = none;
    v[0].wounded[1] = (struct im_figure){1, 1, 1};
    v[1].wounded[1] = (struct im_figure){2, 2, 2};
    assert_string_equal(told(v, 2), "wounded of Them: 1 by one claimant (line 3), but "
                                    "2 by another");
    v[0].wounded[0] = v[0].wounded[1];
    v[1].wounded[0] = v[1].wounded[1];
    v[0].wounded[1] = v[1].wounded[1] = IM_NO_FIGURE;
    assert_string_equal(told(v, 2), "wounded of side 1: 1 by one claimant (line 3), "
                                    "but 2 by another");
    v[0] = none; // the second and the third
    v[1] = killed("A", 1, 1);
    v[2] = killed("B", 2, 2);
    assert_string_equal(told(v, 3), "killed of side 1: 1 by A (line 3), but 2 by B");
}

static struct im_nearest nearest(const struct im_event *e,
                                 const struct im_features *features) {
    return im_nearest_feature(e, im_targets_new(arena, features, INFINITY));
}

static void nearest_by_geodesic(void **state) {
    (void)state;
    struct im_lonlat far_line[] = {{45, 42}, {46, 42}},
                     near_line[] = {{45, 41.1}, {46, 41.1}};
    struct im_line parts[] = {{far_line, 2}, {near_line, 2}};
    struct im_feature v[] = {{.geometry = {&parts[0], 1, 1}},
                             {.geometry = {&parts[1], 1, 1}}};
    struct im_features features = {v, 2, 2};
    struct im_event e = event_on(12, 0, 2);
    e.position =
        (struct im_position){.kind = IM_POINT, .at = {45.5, 41}, .radius_m = 2000};
    struct im_nearest n = nearest(&e, &features);
    assert_ptr_equal(n.feature, &v[1]);
    double straight = im_distance(e.position.at, (struct im_lonlat){45.5, 41.1});
    assert_true(n.metres > straight &&
                n.metres < straight + 500); // the edge bulges north
    assert_true(fabs(n.low - (n.metres - 2000)) < 1e-6 &&
                fabs(n.high - (n.metres + 2000)) < 1e-6);
    struct im_targets *near = im_targets_new(arena, &features, straight);
    assert_null(im_nearest_feature(&e, near).feature); // it is farther than that
    near = im_targets_new(arena, &features, straight + 500);
    assert_ptr_equal(im_nearest_feature(&e, near).feature, &v[1]);
    v[0].geometry = v[1].geometry; // of two as near the first
    assert_ptr_equal(nearest(&e, &features).feature, &v[0]);
    e.position.kind = IM_NOT_MAPPABLE;
    assert_null(nearest(&e, &features).feature);
    features.n = 0;
    e.position.kind = IM_POINT;
    assert_null(nearest(&e, &features).feature);
}

static void areas_and_points(void **state) {
    (void)state;
    struct im_lonlat square[] = {{45, 41}, {46, 41}, {46, 42}, {45, 42}};
    struct im_lonlat hole[] = {{45.4, 41.4}, {45.6, 41.4}, {45.6, 41.6}, {45.4, 41.6}};
    struct im_line rings[] = {{square, 4}, {hole, 4}};
    struct im_feature area = {.geometry = {rings, 2, 2}, .is_area = true};
    struct im_features features = {&area, 1, 1};
    struct im_event e = event_on(12, 0, 2);
    e.position = (struct im_position){.kind = IM_POINT, .at = {45.1, 41.5}};
    assert_true(nearest(&e, &features).metres == 0);
    e.position.at = (struct im_lonlat){45.5, 41.5};
    assert_true(nearest(&e, &features).metres > 8000); // in the hole
    e.position.at = (struct im_lonlat){44.9, 41.5};    // beside the closing edge
    double d = nearest(&e, &features).metres;
    assert_true(d > 8000 && d < 8700);
    area.is_area = false;
    area.is_point = true;
    e.position.at = (struct im_lonlat){45, 41.1};
    d = nearest(&e, &features).metres;
    assert_true(fabs(d - im_distance(e.position.at, square[0])) < 1e-6);
    e.position.kind = IM_AREA;
    e.position.box = (struct im_box){44.9, 41, 45.1, 41.2};
    struct im_nearest n = nearest(&e, &features);
    assert_true(n.low == 0 && n.high > d + 13000); // as far as its corners
    e.position.box = (struct im_box){44.99, 41.09, 45.2, 41.1};
    assert_true(nearest(&e, &features).high > d + 16000); // all of them
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filter_keeps_what_can_touch),
        cmocka_unit_test(order_is_total),
        cmocka_unit_test(ids_go_before_rows),
        cmocka_unit_test(only_contradictions_are_told),
        cmocka_unit_test(every_figure_and_claim_is_compared),
        cmocka_unit_test(nearest_by_geodesic),
        cmocka_unit_test(areas_and_points),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
