/* Names for labels: language, date, two sides, the language of a country. */
#include "world.h"

static const struct im_date TODAY = {0, 0, 0};

#define NAMES(...)                                                                     \
    .names = (const struct im_name[]){__VA_ARGS__},                                    \
    .name_count =                                                                      \
        sizeof((const struct im_name[]){__VA_ARGS__}) / sizeof(struct im_name)
#define IN(lang, text)                                                                 \
    {                                                                                  \
        lang, text, {0, 0, 0}, {                                                       \
            0, 0, 0                                                                    \
        }                                                                              \
    }
#define FROM_TO(lang, text, from, to)                                                  \
    {                                                                                  \
        lang, text, {from, 0, 0}, {                                                    \
            to, 0, 0                                                                   \
        }                                                                              \
    }

static const struct im_place KHANKENDI = {
    .name = "Xankəndi",
    .kind = IM_SETTLEMENT,
    .country = "AZ",
    NAMES(IN("az", "Xankəndi"), FROM_TO("az", "Stepanakert", 1923, 1991),
          IN("hy", "Ստեփանակերտ"), IN("ru", "Ханкенди"), IN("ru", "Степанакерт"),
          IN("en", "Stepanakert"), IN("en", "Khankendi"), IN("en", "Hankendi"),
          IN("tr", "Hankendi"))};
static const struct im_place LACHIN = {
    .name = "Laçın",
    .kind = IM_SETTLEMENT,
    .country = "AZ",
    NAMES(IN("az", "Laçın"), IN("hy", "Լաչին"), FROM_TO("hy", "Բերձոր", 1992, 2022),
          IN("en", "Lachin"), FROM_TO("en", "Berdzor", 1992, 2022))};
static const struct im_place GANJA = {
    .name = "Gəncə",
    .kind = IM_SETTLEMENT,
    .country = "AZ",
    NAMES(IN("az", "Gəncə"), IN("hy", "Գանձակ"), IN("hy", "Գյանջա"), IN("en", "Ganja"),
          IN("en", "Gandzak"), FROM_TO("az", "Kirovabad", 1935, 1989),
          FROM_TO("en", "Kirovabad", 1935, 1989))};

static const char *name(const struct im_place *place, enum im_policy policy,
                        const char *language, struct im_date as_of) {
    struct im_naming naming = {policy, language, as_of};
    return im_place_name(arena, place, &naming);
}

static void both_sides(void **state) {
    (void)state;
    const enum im_policy both = IM_NAMES_BOTH;
    assert_string_equal(name(&KHANKENDI, both, "en", TODAY), "Stepanakert / Khankendi");
    assert_string_equal(name(&KHANKENDI, both, "en-GB", TODAY),
                        "Stepanakert / Khankendi");
    assert_string_equal(name(&KHANKENDI, both, "ru", TODAY), "Ханкенди / Степанакерт");
    // of one side only, or in no such language: the usual name
    assert_string_equal(name(&KHANKENDI, both, "tr", TODAY), "Hankendi");
    assert_string_equal(name(&KHANKENDI, both, "de", TODAY), "Xankəndi");
    assert_string_equal(name(&KHANKENDI, IM_NAMES_LANGUAGE, "en", TODAY),
                        "Stepanakert");
    // one of the Armenian names is a spelling of the Azerbaijani one
    assert_string_equal(name(&GANJA, both, "en", TODAY), "Ganja");
}

static void regions_and_other_countries_have_no_sides(void **state) {
    (void)state;
    struct im_place p = KHANKENDI;
    p.kind = IM_REGION;
    assert_string_equal(name(&p, IM_NAMES_BOTH, "en", TODAY), "Stepanakert");
    p.kind = IM_WATER;
    p.country = "";
    assert_string_equal(name(&p, IM_NAMES_BOTH, "en", TODAY),
                        "Stepanakert / Khankendi");
    p.country = "GE";
    assert_string_equal(name(&p, IM_NAMES_BOTH, "en", TODAY), "Stepanakert");
}

static void dates(void **state) {
    (void)state;
    const struct im_date then = {1980, 0, 0}, later = {2010, 5, 1}, now = {2024, 1, 1};
    assert_string_equal(name(&GANJA, IM_NAMES_BOTH, "en", then), "Kirovabad");
    assert_string_equal(name(&GANJA, IM_NAMES_BOTH, "en", now), "Ganja");
    // what the country renamed is no matter of sides
    assert_string_equal(name(&KHANKENDI, IM_NAMES_BOTH, "en", then), "Stepanakert");
    assert_string_equal(name(&KHANKENDI, IM_NAMES_BOTH, "az", then), "Stepanakert");
    // what the other side did for a time is
    assert_string_equal(name(&LACHIN, IM_NAMES_BOTH, "en", later), "Lachin / Berdzor");
    assert_string_equal(name(&LACHIN, IM_NAMES_LANGUAGE, "en", later), "Lachin");
    assert_string_equal(name(&LACHIN, IM_NAMES_BOTH, "en", now), "Lachin");
    assert_string_equal(name(&LACHIN, IM_NAMES_BOTH, "en", TODAY), "Lachin");
}

/* What the data leave out as it repeats the English name. */
static void units_in_other_languages(void **state) {
    (void)state;
    struct im_place p = {.name = "Zinguldak",
                         .kind = IM_REGION,
                         .country = "TR",
                         .feature = "admin1",
                         NAMES(IN("en", "Zonguldak"), IN("ru", "Зонгулдак"))};
    assert_string_equal(name(&p, IM_NAMES_BOTH, "ru", TODAY), "Зонгулдак");
    assert_string_equal(name(&p, IM_NAMES_BOTH, "tr", TODAY), "Zonguldak");
    assert_string_equal(name(&p, IM_NAMES_LOCAL, "ru", TODAY), "Zonguldak");
    p.layer = 1; // of a user's table the main name is what he calls it
    assert_string_equal(name(&p, IM_NAMES_BOTH, "tr", TODAY), "Zinguldak");
}

static void local(void **state) {
    (void)state;
    assert_string_equal(name(&KHANKENDI, IM_NAMES_LOCAL, "en", TODAY), "Xankəndi");
    struct im_place p = KHANKENDI;
    p.country = "AM";
    assert_string_equal(name(&p, IM_NAMES_LOCAL, "en", TODAY), "Ստեփանակերտ");
    p.country = "";
    assert_string_equal(name(&p, IM_NAMES_LOCAL, "ru", TODAY), "Stepanakert");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(both_sides, make_world, end_world),
        cmocka_unit_test_setup_teardown(regions_and_other_countries_have_no_sides,
                                        make_world, end_world),
        cmocka_unit_test_setup_teardown(dates, make_world, end_world),
        cmocka_unit_test_setup_teardown(units_in_other_languages, make_world,
                                        end_world),
        cmocka_unit_test_setup_teardown(local, make_world, end_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
