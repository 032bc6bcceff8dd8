/* Tables of events: context, rounds, hints, findings; the order of rows does not
 * matter. */
#include "world.h"

enum { MOST = 16 };

static struct im_findings findings;

struct row {
    const char *place, *country, *admin1;
    size_t set;
};

static const char *at(const struct im_event *e) {
    static const char *const kinds[] = {"nowhere", "point", "line", "area"};
    return e->place ? e->place->id : kinds[e->position.kind];
}

/* Resolve the rows, given in this order, back into `events` by the rows' numbers. */
static void resolve(const struct row *rows, const size_t *order, size_t n,
                    struct im_event events[MOST]) {
    static const struct im_claim claim;
    struct im_event mixed[MOST] = {{.id = ""}};
    for (size_t i = 0; i < n; i++) {
        const struct row *r = &rows[order[i]];
        mixed[i] = (struct im_event){.id = "",
                                     .type = "",
                                     .place_text = r->place,
                                     .country = r->country ? r->country : "",
                                     .admin1 = r->admin1 ? r->admin1 : "",
                                     .side = {"", ""},
                                     .claims = &claim,
                                     .claim_count = 1,
                                     .precision_km = -1,
                                     .row = IM_AT("t.csv", order[i] + 2, 1),
                                     .set = r->set};
        if (strcmp(r->place, "@") == 0) {
            mixed[i].place_text = "";
            mixed[i].has_coordinates = true;
            mixed[i].given = (struct im_lonlat){45.5, 40.9};
            mixed[i].precision_km = 3;
        }
    }
    struct im_events all = {mixed, n, n};
    im_findings_init(&findings, arena);
    struct im_lookup hints = {.as_of = {2020, 7, 12}};
    im_gazetteer_resolve(open_world(), arena, &all, &hints, &findings);
    for (size_t i = 0; i < n; i++) {
        events[order[i]] = mixed[i];
    }
}

static void table(const struct row *rows, size_t n, struct im_event events[MOST]) {
    size_t order[MOST] = {0};
    for (size_t i = 0; i < n; i++) {
        order[i] = i;
    }
    resolve(rows, order, n, events);
}

static void neighbours_decide(void **state) {
    (void)state;
    const struct row rows[] = {{.place = "Ağdam"},
                               {.place = "Tovuz"},
                               {.place = "Movses"},
                               {.place = "Georgia", .set = 1},
                               {.place = "Tbilisi", .set = 1},
                               {.place = "Ağdam", .set = 2}};
    struct im_event e[MOST];
    table(rows, 6, e);
    assert_string_equal(at(&e[0]), "t:agdam-v");
    assert_string_equal(at(&e[1]), "t:tovuz");
    assert_string_equal(at(&e[2]), "t:movses");
    assert_string_equal(at(&e[3]), "t:ge");
    assert_int_equal(e[3].position.kind, IM_AREA);
    assert_string_equal(e[3].position.area, "c:GE");
    assert_string_equal(at(&e[5]), "t:agdam");
    assert_int_equal(findings.n, 0);
}

static void order_does_not_matter(void **state) {
    (void)state;
    const struct row rows[] = {{.place = "Ağdam"},  {.place = "Springfield"},
                               {.place = "Movses"}, {.place = "Tovuz"},
                               {.place = "@"},      {.place = "Nowhere"}};
    size_t order[6] = {0, 1, 2, 3, 4, 5};
    struct im_event first[MOST], e[MOST];
    resolve(rows, order, 6, first);
    assert_string_equal(at(&first[0]), "t:agdam-v");
    uint32_t seed = 7;
    for (int round = 0; round < 40; round++) {
        for (size_t i = 5; i > 0; i--) {
            seed = seed * 1664525u + 1013904223u;
            size_t k = (seed >> 16) % (i + 1), kept = order[i];
            order[i] = order[k];
            order[k] = kept;
        }
        resolve(rows, order, 6, e);
        for (size_t i = 0; i < 6; i++) {
            assert_string_equal(at(&e[i]), at(&first[i]));
            assert_string_equal(e[i].position.reason, first[i].position.reason);
        }
    }
}

static void hints_of_a_row(void **state) {
    (void)state;
    const struct row rows[] = {{.place = "Paris", .country = "US"},
                               {.place = "Paris", .country = "Georgia"},
                               {.place = "Ağdam", .country = "AZ", .admin1 = "Tovuz"},
                               {.place = "Tovuz", .country = "Atlantis"},
                               {.place = "Tovuz", .country = "Azerbaijan"}};
    struct im_event e[MOST];
    table(rows, 5, e);
    assert_string_equal(at(&e[0]), "t:paris-tx");
    assert_string_equal(at(&e[1]), "nowhere"); // only a country can be meant
    assert_string_equal(at(&e[2]), "t:agdam-v");
    assert_string_equal(at(&e[3]), "t:tovuz");
    assert_string_equal(at(&e[4]), "t:tovuz");
    assert_int_equal(findings.n, 2);
    assert_string_equal(findings.items[0].code, "value-bad");
    assert_string_equal(findings.items[1].code, "place-unknown");
}

static void faults_are_told(void **state) {
    (void)state;
    const struct row rows[] = {{.place = "Springoveeld"},
                               {.place = "Springfield"},
                               {.place = "Paris", .country = "GE"},
                               {.place = ""}};
    struct im_event e[MOST];
    table(rows, 4, e);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(e[i].position.kind, IM_NOT_MAPPABLE);
        assert_true(e[i].position.reason[0] != '\0');
        assert_null(e[i].place);
    }
    assert_int_equal(findings.n, 3); // the reader tells of rows without any place
    assert_string_equal(findings.items[0].code, "place-unknown");
    assert_non_null(strstr(findings.items[0].message, "closest: 'Springfield'"));
    assert_int_equal(findings.items[0].line, 2);
    assert_string_equal(findings.items[1].code, "place-ambiguous");
    assert_non_null(strstr(findings.items[1].message, "Missouri, US"));
    assert_string_equal(findings.items[2].code, "place-unknown");
    assert_non_null(strstr(findings.items[2].message, "outside GE"));
}

static void coordinates_of_a_row(void **state) {
    (void)state;
    const struct row rows[] = {{.place = "@"}, {.place = "Ağdam"}, {.place = "41, 45"}};
    struct im_event e[MOST];
    table(rows, 3, e);
    assert_int_equal(e[0].position.kind, IM_POINT);
    assert_true(e[0].position.radius_m > 2999 && e[0].position.radius_m < 3001);
    assert_string_equal(at(&e[1]), "t:agdam-v");
    assert_null(e[2].place);
    assert_int_equal(e[2].position.kind, IM_POINT);
    assert_true(e[2].position.at.lat > 40.9 && e[2].position.at.lat < 41.1);
}

/* Three rows at one spot are one neighbour, not three. */
static void repeats_count_once(void **state) {
    (void)state;
    const struct row rows[] = {{.place = "@"},           {.place = "@"},
                               {.place = "@"},           {.place = "40.0, 46.9"},
                               {.place = "39.9, 46.95"}, {.place = "Ağdam"}};
    struct im_event e[MOST];
    table(rows, 6, e);
    assert_string_equal(at(&e[5]), "t:agdam");
}

static void empty_table(void **state) {
    (void)state;
    struct im_event e[MOST];
    table(NULL, 0, e);
    assert_int_equal(findings.n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(neighbours_decide, make_world, end_world),
        cmocka_unit_test_setup_teardown(order_does_not_matter, make_world, end_world),
        cmocka_unit_test_setup_teardown(hints_of_a_row, make_world, end_world),
        cmocka_unit_test_setup_teardown(faults_are_told, make_world, end_world),
        cmocka_unit_test_setup_teardown(coordinates_of_a_row, make_world, end_world),
        cmocka_unit_test_setup_teardown(repeats_count_once, make_world, end_world),
        cmocka_unit_test_setup_teardown(empty_table, make_world, end_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
