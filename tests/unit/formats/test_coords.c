/* Angles and pairs as people write them. */
#include "formats/coords.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void angles(void **state) {
    (void)state;
    static const struct {
        const char *text;
        char axis;
        double want;
    } cases[] = {
        {"41.5", 'N', 41.5},
        {"41,5", 'N', 41.5},
        {" -41.5 ", 'N', -41.5},
        {"\xE2\x88\x92"
         "41.5",
         'N', -41.5},
        {"41°30'15\"N", 'N', 41.5 + 15.0 / 3600},
        {"41° 30′ 15″ N", 'N', 41.5 + 15.0 / 3600},
        {"41°30'15''S", 'N', -41.5 - 15.0 / 3600},
        {"45 30 E", 'E', 45.5},
        {"45 30 w", 'E', -45.5},
        {"N41 30", 'N', 41.5},
        {"41:30:36", 'N', 41.51},
        {"45°30,5'", 'E', 45 + 30.5 / 60},
        {"180", 'E', 180},
        {"90N", 'N', 90},
        {"0", 'N', 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double got = 999;
        if (!im_angle_parse(cases[i].text, strlen(cases[i].text), cases[i].axis,
                            &got) ||
            fabs(got - cases[i].want) > 1e-12) {
            fail_msg("'%s' -> %.12f", cases[i].text, got);
        }
    }
}

static void angles_refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",       " ",    "N",      "41.5 E",  "41 60",   "41 30 60",
        "90.1",   "-91",  "41,5,6", "1 2 3 4", "41.5 30", "41'30",
        "41°30°", "N41N", "-41 S",  "41 N 30", "abc",     "41.5x",
        "4 1e2",  "--4",  "41\"",   "12 -3",   "1..2",    "°",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double got = 999;
        if (im_angle_parse(bad[i], strlen(bad[i]), 'N', &got)) {
            fail_msg("'%s' -> %.12f", bad[i], got);
        }
        assert_true(got == 999);
    }
}

static void pairs(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double lat, lon;
    } cases[] = {
        {"41.2,45.6", 41.2, 45.6},       {"41.2, 45.6", 41.2, 45.6},
        {"41.2 45.6", 41.2, 45.6},       {"41,2; 45,6", 41.2, 45.6},
        {"41,2 45,6", 41.2, 45.6},       {"41.2   45.6", 41.2, 45.6},
        {"-41.2/-45.6", -41.2, -45.6},   {"41°12'N 45°36'E", 41.2, 45.6},
        {"41 12 N 45 36 E", 41.2, 45.6}, {"E45.6 N41.2", 41.2, 45.6},
        {"45.6E, 41.2N", 41.2, 45.6},    {"10,20", 10, 20},
        {"41,2,45,6", 41.2, 45.6},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct im_lonlat at = {999, 999};
        if (!im_coordinates_parse(cases[i].text, strlen(cases[i].text), &at) ||
            fabs(at.lat - cases[i].lat) > 1e-12 ||
            fabs(at.lon - cases[i].lon) > 1e-12) {
            fail_msg("'%s' -> %f %f", cases[i].text, at.lat, at.lon);
        }
    }
}

static void pairs_refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",      "41.2", "Tovuz",   "41.2,45.6,7", "95,45", "41 12 45", "41N 45",
        "41.2,", ",45",  "41,2,45", "41N 45N",     "a,b",   "41.2 N",   "10 20 30 40"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct im_lonlat at;
        if (im_coordinates_parse(bad[i], strlen(bad[i]), &at)) {
            fail_msg("'%s' -> %f %f", bad[i], at.lat, at.lon);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(angles),
        cmocka_unit_test(angles_refused),
        cmocka_unit_test(pairs),
        cmocka_unit_test(pairs_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
