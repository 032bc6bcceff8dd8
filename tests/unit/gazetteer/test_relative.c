/* Places told by others: what the phrases say, where that is, how sure. */
#include "gazetteer/relative.h"
#include "geodesy/geodesy.h"
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
        im_gazetteer_lines(gz, (struct im_line_finder){&asked, test_border, test_line});
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
    double half = im_distance(l.v[0], l.v[1]) / 2000;
    assert_true(fabs(radius_at("Azerbaijan-Georgia border",
                               (struct im_lonlat){45.55, 41}, 0, 0) -
                     half) < 0.1);
    assert_true(fabs(radius_at("30 km from the Test pipeline",
                               (struct im_lonlat){45.55, 41}, 0, 0) -
                     half - 30) < 0.1);
    assert_true(equal(radius_at("2 km from the Test pipeline near Tovuz", foot,
                                im_azimuth(foot, tovuz), 2000),
                      fmax(5, off - 2)));
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
    im_gazetteer_lines(gz, (struct im_line_finder){NULL, NULL, NULL});
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
        cmocka_unit_test_setup_teardown(refusals, setup, end_world),
        cmocka_unit_test_setup_teardown(no_lines, setup, end_world),
        cmocka_unit_test_setup_teardown(names_stay_names, setup, end_world),
        cmocka_unit_test_setup_teardown(any_words, setup, end_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
