/* Places told by others: what the phrases say, where that is, how sure. */
#include "gazetteer/relative.h"
#include "geodesy/geodesy.h"
#include "model/outline.h"
#include "world.h"

#include <math.h>

static struct im_gazetteer *gz;

/* A border along the meridian of 45.55, in two chains, and a pipeline beside it. */
static bool test_border(void *self, struct im_arena *in, const char *const country[2],
                        struct im_lines *out) {
    if (strcmp(country[0], "AZ") == 0 || strcmp(country[1], "AZ") == 0) {
        for (int k = 0; k < 2; k++) {
            struct im_line l = {im_alloc(in, 2, sizeof *l.v), 2};
            l.v[0] = (struct im_lonlat){45.55, 40.5 + 0.5 * k};
            l.v[1] = (struct im_lonlat){45.55, 41 + 0.5 * k};
            IM_PUSH(in, out->v, out->n, out->cap, l);
        }
    }
    *(int *)self += 1;
    return out->n > 0;
}

static bool test_line(void *self, struct im_arena *in, const char *name,
                      struct im_lines *out, const char **called) {
    const char *const country[2] = {"AZ", "AZ"};
    *called = "the test's pipeline";
    return strcmp(name, "Test pipeline") == 0 && test_border(self, in, country, out);
}

static int asked;

static int setup(void **state) {
    int failed = make_world(state);
    gz = failed ? NULL : open_world();
    if (gz) {
        im_gazetteer_lines(
            gz, (struct im_line_finder){&asked, test_border, test_line, NULL});
    }
    return failed;
}

static struct im_answer_set ask(const char *name) {
    struct im_lookup l = {.name = name, .country = "", .admin1 = ""};
    return im_gazetteer_find(gz, arena, &l);
}

static const char *status(const char *name) {
    struct im_answer_set a = ask(name);
    return im_answer_text(a.status);
}

/* The answer's radius in km when it lies where `metres` towards `azimuth` lead from a
 * place, else a failure. */
static double radius_at(const char *name, struct im_lonlat from, double azimuth,
                        double metres) {
    struct im_answer_set a = ask(name);
    if (a.status != IM_ANSWER_OK || a.candidates[0].match != IM_MATCH_RELATIVE) {
        fail_msg("'%s' is %s: %s", name, im_answer_text(a.status), a.reason);
    }
    const struct im_place *p = a.candidates[0].place;
    struct im_lonlat to = im_direct(from, azimuth, metres);
    if (im_distance(p->at, to) > 5) {
        fail_msg("'%s' is at %f %f, not %f %f", name, p->at.lon, p->at.lat, to.lon,
                 to.lat);
    }
    assert_string_equal(p->name, name);
    return p->precision_km;
}

static const struct im_lonlat tovuz = {45.63, 40.99}, ganja = {46.36, 40.68},
                              movses = {45.491, 40.906};

static bool equal(double a, double b) {
    return fabs(a - b) < 0.01;
}

static void distances_and_sides(void **state) {
    (void)state;
    // d tan 22.5 degrees and 1 km of the town itself
    static const char *const north_east[] = {
        "15 km northeast of Tovuz",
        "15 km north-east of Tovuz",
        "15 km north east of Tovuz",
        "about 15 kilometres to the NE of Tovuz",
        "15km NE from Tovuz",
        "some 15,000 m NE of Tovuz",
        "в 15 км к северо-востоку от Товуза",
        "15 км северо-восточнее Товуза",
        "примерно в 15 километрах северо-восточнее Товуза",
        "Tovuzdan 15 km şimal-şərqdə",
        "Tovuzun 15 km şimal-şərqində",
        "Tovuzdan şimal-şərqə 15 km"};
    for (size_t i = 0; i < sizeof north_east / sizeof *north_east; i++) {
        assert_true(equal(radius_at(north_east[i], tovuz, 45, 15000), 1 + 6.2132));
    }
    assert_true(equal(radius_at("10 km NNE of Tovuz", tovuz, 22.5, 10000), 1 + 1.9891));
    assert_true(equal(radius_at("5-10 km south of Tovuz", tovuz, 180, 7500),
                      1 + 2.5 + 7.5 * 0.41421));
    assert_true(equal(radius_at("10 miles west of Tovuz", tovuz, 270, 16093.44),
                      1 + 16.09344 * 0.41421));
    assert_true(equal(radius_at("500 m east of Tovuz", tovuz, 90, 500), 1.2071));
    assert_true(equal(radius_at("15 km from Tovuz", tovuz, 0, 0), 16));
    assert_true(equal(radius_at("within 5 km of Tovuz", tovuz, 0, 0), 6));
    assert_true(equal(radius_at("в 15 км от Товуза", tovuz, 0, 0), 16));
}

static void neighbourhoods(void **state) {
    (void)state;
    static const char *const north[] = {"north of Tovuz", "to the north of Tovuz",
                                        "севернее Товуза", "к северу от Товуза",
                                        "Tovuzun şimalında"};
    static const char *const near[] = {
        "near Tovuz",          "close to Tovuz",     "in the vicinity of Tovuz",
        "близ Товуза",         "недалеко от Товуза", "Tovuz yaxınlığında",
        "Tovuzun yaxınlığında"};
    static const char *const outskirts[] = {"on the outskirts of Tovuz",
                                            "на окраине Товуза", "Tovuzun kənarında"};
    for (size_t i = 0; i < sizeof north / sizeof *north; i++) {
        assert_true(equal(radius_at(north[i], tovuz, 0, 5000), 6));
    }
    for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
        assert_true(equal(radius_at(near[i], tovuz, 0, 0), 6));
    }
    for (size_t i = 0; i < sizeof outskirts / sizeof *outskirts; i++) {
        assert_true(equal(radius_at(outskirts[i], tovuz, 0, 0), 3.5));
    }
    assert_true(equal(radius_at("northern outskirts of Tovuz", tovuz, 0, 2500), 3.5));
    assert_true(equal(radius_at("near Movses", movses, 0, 0), 3.7));
}

static void on_the_way(void **state) {
    (void)state;
    static const char *const ways[] = {
        "between Ganja and Tovuz",  "between Ganja and the town of Tovuz",
        "между Гянджой и Товузом",  "Gəncə ilə Tovuz arasında",
        "Gəncə və Tovuz arasında",  "on the Ganja–Tovuz road",
        "on the Ganja - Tovuz road"};
    double half = im_distance(ganja, tovuz) / 2, azimuth = im_azimuth(ganja, tovuz);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        assert_true(equal(radius_at(ways[i], ganja, azimuth, half), half / 1000 + 2));
    }
    assert_true(
        equal(radius_at("halfway between Ganja and Tovuz", ganja, azimuth, half),
              half / 5000 + 2));
}

static void on_lines(void **state) {
    (void)state;
    static const char *const near[] = {
        "on the Georgia-Azerbaijan border near Tovuz",
        "on the Azerbaijan–Georgia border, near Tovuz",
        "on the Georgian-Azerbaijani border near Tovuz",
        "border between Georgia and Azerbaijan near Tovuz",
        "на границе Азербайджана и Грузии близ Товуза",
        "на грузино-азербайджанской границе близ Товуза",
        "Tovuz yaxınlığında Azərbaycan-Georgia sərhədində"};
    struct im_lonlat foot;
    const struct im_line l = {(struct im_lonlat[]){{45.55, 40.5}, {45.55, 41.5}}, 2};
    double off = im_distance_to_line(tovuz, &l, &foot) / 1000;
    asked = 0;
    for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
        assert_true(equal(radius_at(near[i], foot, 0, 0), 5 + off));
    }
    assert_int_equal(asked, sizeof near / sizeof *near);
    assert_true(equal(radius_at("2 km from the Test pipeline near Tovuz", foot,
                                im_azimuth(foot, tovuz), 2000),
                      fmax(5, off - 2)));
}

/* The answer when it is a corridor of that half width along the test's line, NULL when
 * it is something else. */
static const struct im_place *corridor(const struct im_lookup *l, double half_km) {
    struct im_answer_set a = im_gazetteer_find(gz, arena, l);
    const struct im_line line = {(struct im_lonlat[]){{45.55, 40.5}, {45.55, 41.5}}, 2};
    struct im_lines rings;
    if (a.status != IM_ANSWER_OK || a.candidates[0].place->kind != IM_CORRIDOR) {
        return NULL;
    }
    const struct im_place *p = a.candidates[0].place;
    assert_true(im_outline_read(arena, p->area, &rings));
    assert_true(im_distance_to_line(p->at, &line, NULL) < 100);
    double most = 0, far = 0;
    for (size_t i = 0; i < rings.v[0].n; i++) {
        most = fmax(most, im_distance_to_line(rings.v[0].v[i], &line, NULL) / 1000);
        far = fmax(far, im_distance(p->at, rings.v[0].v[i]) / 1000);
    }
    assert_true(fabs(far - p->precision_km) < 0.1); // nothing lies farther
    return most > 0.97 * half_km && most < 1.03 * half_km && p->has_box ? p : NULL;
}

static void corridors(void **state) {
    (void)state;
    static const struct {
        const char *name;
        double half_km;
    } phrases[] = {{"Azerbaijan-Georgia border", 5},
                   {"on the Azerbaijan-Georgia border", 5},
                   {"along the Azerbaijan-Georgia border", 5},
                   {"вдоль грузино-азербайджанской границы", 5},
                   {"в 8 км от грузино-азербайджанской границы", 8},
                   {"Azərbaycan-Georgia sərhədi boyunca", 5},
                   {"Azərbaycan-Georgia sərhədindən 8 km", 8},
                   {"8 km from the Azerbaijan-Georgia border", 8},
                   {"within 8 km of the Azerbaijan-Georgia border", 8},
                   {"20 km from the Test pipeline", 20},
                   {"15-25 km from the Test pipeline", 25},
                   {"along the Test pipeline", 5},
                   {"on the Test pipeline", 5},
                   {"Test pipeline", 5}};
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        struct im_lookup l = {.name = phrases[i].name, .country = "", .admin1 = ""};
        if (!corridor(&l, phrases[i].half_km)) {
            fail_msg("'%s' is no such corridor", phrases[i].name);
        }
    }
}

/* A country's half of the world, cut along the test's line. */
static bool test_country(void *self, struct im_arena *in, const char *code,
                         struct im_lines *out) {
    double far = strcmp(code, "AZ") == 0 ? 60 : 30;
    const struct im_lonlat v[4] = {{45.55, 30}, {far, 30}, {far, 50}, {45.55, 50}};
    struct im_line ring = {im_alloc(in, 4, sizeof *ring.v), 4};
    memcpy(ring.v, v, sizeof v);
    IM_PUSH(in, out->v, out->n, out->cap, ring);
    *(int *)self += 1;
    return true;
}

static void cut_corridors(void **state) {
    (void)state;
    const struct im_box box = {44, 40.6, 47, 40.9}, aside = {10, 40, 12, 42};
    const struct im_lonlat context[2] = {{45.5, 40.2}, {45.5, 39.9}};
    im_gazetteer_lines(
        gz, (struct im_line_finder){&asked, test_border, test_line, test_country});
    struct im_lookup l = {
        .name = "5 km from the Test pipeline", .country = "AZ", .admin1 = ""};
    const struct im_place *p = corridor(&l, 5);
    assert_true(p && p->box.west > 45.54 && strcmp(p->country, "AZ") == 0);
    l.country = "GE";
    p = corridor(&l, 5);
    assert_true(p && p->box.east < 45.56);
    l.country = "";
    l.has_box = true;
    l.box = box;
    p = corridor(&l, 5);
    assert_true(p && p->box.south > 40.59 && p->box.north < 40.91);
    l.box = aside; // a hint only
    p = corridor(&l, 5);
    assert_true(p && p->box.north > 41.5);
    l.has_box = false;
    l.context = context;
    l.context_count = 2;
    p = corridor(&l, 5);
    assert_true(p && p->box.north < 41.15 && p->box.north > 41.05);
    l.has_near = true;
    l.near = (struct im_lonlat){45.5, 41.9};
    p = corridor(&l, 5);
    assert_true(p && p->box.south > 40.95 && p->box.south < 41.05);
    l.near.lat = 42.42; // leaves a piece that is no longer than it is wide
    struct im_answer_set a = im_gazetteer_find(gz, arena, &l);
    assert_int_equal(a.status, IM_ANSWER_OK);
    assert_int_equal(a.candidates[0].place->kind, IM_OTHER);
    assert_true(a.candidates[0].place->precision_km < 10);
    l.name = "on the Azerbaijan-Georgia border";
    l.country = "AM";
    a = im_gazetteer_find(gz, arena, &l);
    assert_int_equal(a.status, IM_ANSWER_UNKNOWN);
}

static void refusals(void **state) {
    (void)state;
    assert_string_equal(status("15 km north of Nowhereville"), "unknown");
    assert_string_equal(status("15 km north of Springfield"), "ambiguous");
    assert_int_equal(ask("15 km north of Springfield").n, 2);
    assert_string_equal(status("between Tovuz and Nowhereville"), "unknown");
    assert_string_equal(status("Georgia-Atlantis border"), "unknown");
    assert_string_equal(status("Georgia-Georgia border near Tovuz"), "unknown");
    assert_string_equal(status("on the Azerbaijan-Georgia border near Tbilisi"),
                        "unknown"); // 90 km off
    assert_string_equal(status("30 km from the Other pipeline"), "unknown");
    assert_string_equal(status("15 km north of"), "unknown");
    assert_string_equal(status("15 km"), "unknown");
    assert_string_equal(status("north of"), "unknown");
    assert_string_equal(status("near"), "unknown");
    assert_string_equal(status("between and"), "unknown");
    assert_string_equal(status("border"), "unknown");
    assert_string_equal(status("99999 km north of Tovuz"), "unknown");
    assert_string_equal(status("15 km northsouth of Tovuz"), "unknown");
    assert_string_equal(status("15 km north of 20 km south of Tovuz"), "unknown");
    struct im_lookup l = {.name = "near Tovuz", .country = "AM", .admin1 = ""};
    struct im_answer_set a = im_gazetteer_find(gz, arena, &l);
    assert_int_equal(a.status, IM_ANSWER_UNKNOWN);
    assert_non_null(strstr(a.reason, "outside AM"));
}

/* Without lines the phrases that need them are refused, the others are not. */
static void no_lines(void **state) {
    (void)state;
    im_gazetteer_lines(gz, (struct im_line_finder){NULL, NULL, NULL, NULL});
    assert_string_equal(status("Azerbaijan-Georgia border"), "unknown");
    assert_string_equal(status("5 km from the Test pipeline"), "unknown");
    assert_string_equal(status("5 km from Tovuz"), "ok");
}

/* Names that begin like a phrase are names. */
static void names_stay_names(void **state) {
    (void)state;
    assert_int_equal(ask("Tovuz").candidates[0].match, IM_MATCH_EXACT);
    assert_string_equal(status("North Tovuz"), "unknown");
    assert_string_equal(status("Tovuz North"), "unknown");
    struct gaz_phrase p;
    assert_false(gaz_phrase_parse(arena, "North Ossetia", &p));
    assert_false(gaz_phrase_parse(arena, "West of", &p));
    assert_false(gaz_phrase_parse(arena, "Bosnia and Herzegovina", &p));
    assert_false(gaz_phrase_parse(arena, "5 km", &p));
}

/* Any words in any order: an answer, never a crash. */
static void any_words(void **state) {
    static const char *const words[] = {"15",
                                        "km",
                                        "5-10km",
                                        "north",
                                        "of",
                                        "near",
                                        "between",
                                        "and",
                                        "border",
                                        "-",
                                        "Tovuz",
                                        "севернее",
                                        "от",
                                        "pipeline",
                                        "Georgia-Azerbaijan",
                                        "arasında",
                                        ",",
                                        "within",
                                        "şimalda",
                                        "road",
                                        "the",
                                        "outskirts",
                                        "99999999999999999999",
                                        "m"};
    (void)state;
    uint32_t seed = 3;
    for (int round = 0; round < 3000; round++) {
        char text[400] = "";
        seed = seed * 1664525u + 1013904223u;
        for (uint32_t i = 0, n = 1 + (seed >> 24) % 9; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            strcat(text, words[(seed >> 16) % 24]);
            strcat(text, " ");
        }
        struct gaz_phrase p;
        if (gaz_phrase_parse(arena, text, &p)) {
            assert_true(p.a[0] != '\0');
            assert_true(p.km < 0 || (p.km >= 0 && p.km <= 2000));
            assert_true(p.azimuth < 360);
        }
    }
    char *flood = im_alloc(arena, 20001, 1);
    for (int i = 0; i < 20000; i += 4) {
        memcpy(flood + i, "km 1", 4);
    }
    struct gaz_phrase p;
    assert_false(gaz_phrase_parse(arena, flood, &p));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(distances_and_sides, setup, end_world),
        cmocka_unit_test_setup_teardown(neighbourhoods, setup, end_world),
        cmocka_unit_test_setup_teardown(on_the_way, setup, end_world),
        cmocka_unit_test_setup_teardown(on_lines, setup, end_world),
        cmocka_unit_test_setup_teardown(corridors, setup, end_world),
        cmocka_unit_test_setup_teardown(cut_corridors, setup, end_world),
        cmocka_unit_test_setup_teardown(refusals, setup, end_world),
        cmocka_unit_test_setup_teardown(no_lines, setup, end_world),
        cmocka_unit_test_setup_teardown(names_stay_names, setup, end_world),
        cmocka_unit_test_setup_teardown(any_words, setup, end_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
