/* Claims of countries over `un`: who owns a unit at a date, and what its lines are. */
#include "basemap/geodata.h"
#include "help/data.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct im_level *level;

static int setup(void **state) {
    return geodata_setup(state) != 0
               ? 1
               : (int)im_level_open(geodata, IM_WORLD, &level, NULL);
}

static struct im_worldview view_of(const char *name, int year, int month, int day) {
    struct im_spec spec = {.worldview = name, .as_of = {year, month, day}};
    struct im_worldview w;
    assert_int_equal(im_worldview_open(geodata, arena, &spec, &w, NULL), INCMAP_OK);
    return w;
}

static const char *owner(const struct im_worldview *w, long unit) {
    return geodata->owners[im_unit_owner(geodata, w, im_unit_index(geodata, unit))]
        .code;
}

// Class of the lines between two units, all alike; -1: there are none.
static int between(const struct im_worldview *w, long a, long b) {
    int u = im_unit_index(geodata, a), v = im_unit_index(geodata, b), found = -1;
    assert_true(u >= 0 && v >= 0);
    for (size_t i = 0; i < level->n; i++) {
        const struct im_arc_info *arc = im_arc_look(level, i);
        if ((arc->left == u && arc->right == v) ||
            (arc->left == v && arc->right == u)) {
            int c = im_arc_class(geodata, w, arc);
            assert_true(found < 0 || found == c);
            found = c;
        }
    }
    return found;
}

enum {
    CRIMEA = 5457,
    KHERSON = 2143,
    JAMMU = 5437,
    AZAD = 7767,
    GILGIT = 7766,
    AKSAI = 10004,
    XINJIANG = 4461,
    ARUNACHAL = 4739,
    TIBET = 4437,
    LEPOSAVIC = 341,
    EAST_OF_BERM = 5328,
    DAKHLA = 7146,
    NORTH_CYPRUS = 472
};

static void claims_have_dates(void **state) {
    (void)state;
    struct im_worldview w = view_of("RU", 2013, 1, 1);
    assert_string_equal(owner(&w, CRIMEA), "UA");
    w = view_of("RU", 2015, 1, 1);
    assert_string_equal(owner(&w, CRIMEA), "RU");
    assert_string_equal(owner(&w, KHERSON), "UA");
    assert_int_equal(between(&w, CRIMEA, KHERSON), IM_LC_COUNTRY);
    w = view_of("RU", 2023, 1, 1);
    assert_string_equal(owner(&w, KHERSON), "RU");
    assert_int_equal(between(&w, CRIMEA, KHERSON), IM_LC_PROVINCE);
    w = view_of("UA", 2023, 1, 1);
    assert_string_equal(owner(&w, CRIMEA), "UA");
    assert_int_equal(between(&w, CRIMEA, KHERSON), IM_LC_PROVINCE);
}

static void own_lines_are_plain_and_others_stay(void **state) {
    (void)state;
    struct im_worldview un = view_of("un", 0, 0, 0), in = view_of("IN", 0, 0, 0);
    struct im_worldview pk = view_of("PK", 0, 0, 0), cn = view_of("CN", 0, 0, 0);
    assert_int_equal(between(&un, JAMMU, AZAD), IM_LC_CEASEFIRE);
    assert_int_equal(between(&in, JAMMU, AZAD), IM_ARC_HIDDEN);
    assert_int_equal(between(&pk, JAMMU, AZAD), IM_ARC_HIDDEN);
    assert_int_equal(between(&cn, JAMMU, AZAD), IM_LC_CEASEFIRE);
    assert_int_equal(between(&un, AKSAI, XINJIANG), IM_LC_UNDETERMINED);
    assert_int_equal(between(&in, AKSAI, XINJIANG), IM_LC_COUNTRY);
    assert_int_equal(between(&cn, AKSAI, XINJIANG), IM_LC_PROVINCE);
    assert_int_equal(between(&pk, AKSAI, XINJIANG), IM_LC_UNDETERMINED);
    assert_int_equal(between(&in, JAMMU, AKSAI), IM_LC_PROVINCE);
    assert_int_equal(between(&un, ARUNACHAL, TIBET), IM_LC_UNDETERMINED);
    assert_int_equal(between(&in, ARUNACHAL, TIBET), IM_LC_COUNTRY);
    assert_int_equal(between(&cn, ARUNACHAL, TIBET), IM_LC_PROVINCE);
    assert_int_equal(between(&pk, ARUNACHAL, TIBET), IM_LC_UNDETERMINED);
    assert_int_equal(between(&in, GILGIT, AZAD), IM_LC_PROVINCE);
}

static void more_claims(void **state) {
    (void)state;
    struct im_worldview ma = view_of("MA", 0, 0, 0), un = view_of("un", 0, 0, 0);
    assert_int_equal(between(&un, EAST_OF_BERM, DAKHLA), IM_LC_CEASEFIRE);
    assert_int_equal(between(&ma, EAST_OF_BERM, DAKHLA), IM_ARC_HIDDEN);
    struct im_worldview tr = view_of("TR", 2020, 1, 1), old = view_of("TR", 1980, 1, 1);
    assert_string_equal(owner(&tr, NORTH_CYPRUS), "CYN");
    assert_string_equal(owner(&old, NORTH_CYPRUS), "CY");
    struct im_worldview rs = view_of("RS", 0, 0, 0), xk = view_of("XK", 0, 0, 0);
    assert_string_equal(owner(&rs, LEPOSAVIC), "RS");
    assert_string_equal(owner(&xk, LEPOSAVIC), "XK");
    for (size_t i = 0; i < level->n; i++) { // the line to Serbia
        const struct im_arc_info *a = &level->arcs[i];
        if (a->left >= 0 && a->right >= 0 &&
            im_arc_class(geodata, &un, a) == IM_LC_UNDETERMINED &&
            (a->left == im_unit_index(geodata, LEPOSAVIC) ||
             a->right == im_unit_index(geodata, LEPOSAVIC))) {
            assert_int_equal(im_arc_class(geodata, &xk, a), IM_LC_COUNTRY);
            assert_int_equal(im_arc_class(geodata, &rs, a), IM_LC_PROVINCE);
        }
    }
}

static void lines_with_a_list(void **state) {
    (void)state;
    struct im_worldview un = view_of("un", 0, 0, 0), in = view_of("IN", 0, 0, 0);
    struct im_worldview df = view_of("de-facto", 0, 0, 0);
    assert_true(im_worldview_shows(geodata, &un, "un,de-facto"));
    assert_true(im_worldview_shows(geodata, &in, "un,de-facto"));
    assert_true(im_worldview_shows(geodata, &df, "un,de-facto"));
    assert_false(im_worldview_shows(geodata, &in, "de-facto"));
    assert_true(im_worldview_shows(geodata, &in, "de-facto,IN"));
    assert_false(im_worldview_shows(geodata, &un, "de-facto,IN"));
}

static void unknown_worldview_lists_the_known(void **state) {
    (void)state;
    struct im_spec spec = {.worldview = "ZZ"};
    struct im_worldview w;
    struct incmap_error err = {.record = -1};
    assert_int_equal(im_worldview_open(geodata, arena, &spec, &w, &err),
                     INCMAP_E_USAGE);
    assert_non_null(strstr(err.message, "un, de-facto"));
    assert_non_null(strstr(err.message, " IN "));
    assert_non_null(strstr(err.message, " UA "));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_have_dates),
        cmocka_unit_test(own_lines_are_plain_and_others_stay),
        cmocka_unit_test(more_claims),
        cmocka_unit_test(lines_with_a_list),
        cmocka_unit_test(unknown_worldview_lists_the_known),
    };
    return cmocka_run_group_tests(tests, setup, arena_teardown);
}
