/* Angles and pairs as people write them. */
#include "formats/coords.h"
#include "help/random.h"
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

static const char *kind_text(enum im_coordinates_kind k) {
    static const char *const texts[] = {"none", "sure", "two", "exchanged", "bad"};
    return texts[k];
}

/* Positions in every form, and how much the last digit leaves open (metres). */
static void positions(void **state) {
    (void)state;
    static const struct {
        const char *text, *kind;
        double lat, lon, radius;
    } cases[] = {
        {"41.2, 45.6", "sure", 41.2, 45.6, 6959},
        {"41.2000, 45.6000", "sure", 41.2, 45.6, 6.96},
        {"(41.25, 45.65)", "sure", 41.25, 45.65, 695.6},
        {"[41.25 45.65]", "sure", 41.25, 45.65, 695.6},
        {"geo:41.25,45.65", "sure", 41.25, 45.65, 695.6},
        {"lat: 41.25 lon: 45.65", "sure", 41.25, 45.65, 695.6},
        {"Latitude=41.25, Longitude=45.65", "sure", 41.25, 45.65, 695.6},
        {"lon 45.65, lat 41.25", "sure", 41.25, 45.65, 695.6},
        {"+41.25+045.65/", "sure", 41.25, 45.65, 695.6},
        {"-33.85+151.21/", "sure", -33.85, 151.21, 722},
        {"41.25° N, 45.65° E", "sure", 41.25, 45.65, 695.6},
        {"41,25° с. ш. 45,65° в. д.", "sure", 41.25, 45.65, 695.6},
        {"41°12′ с.ш. 45°36′ в.д.", "sure", 41.2, 45.6, 1160},
        {"41°12'36\"N 45°36'36\"E", "sure", 41.21, 45.61, 19.3},
        {"405930N0453700E", "sure", 40.991666667, 45.616666667, 19.4},
        {"405930N 0453700E", "sure", 40.991666667, 45.616666667, 19.4},
        {"4059N 04537E", "sure", 40.983333333, 45.616666667, 1162},
        {"4059.5N 04537.0E", "sure", 40.991666667, 45.616666667, 116},
        {"141.2, 45.6", "exchanged", 45.6, 141.2, -1},
        {"-120.5 45.6", "exchanged", 45.6, -120.5, -1},
        {"95, 195", "bad", 0, 0, -1},
        {"41.2, 190", "bad", 0, 0, -1},
        {"41N 45N", "bad", 0, 0, -1},
        {"95N 45E", "bad", 0, 0, -1},
        {"41°75'N 45°36'E", "bad", 0, 0, -1},
        {"Tovuz", "none", 0, 0, 0},
        {"95 195", "none", 0, 0, 0},
        {"Lat Krabang", "none", 0, 0, 0},
        {"12 July 2020", "none", 0, 0, 0},
        {"", "none", 0, 0, 0},
        {"()", "none", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct im_coordinates c;
        enum im_coordinates_kind k =
            im_coordinates_read(cases[i].text, strlen(cases[i].text), &c);
        bool has_place = k == IM_COORDINATES_SURE || k == IM_COORDINATES_EXCHANGED;
        if (strcmp(kind_text(k), cases[i].kind) != 0 ||
            (has_place && (fabs(c.at.lat - cases[i].lat) > 1e-6 ||
                           fabs(c.at.lon - cases[i].lon) > 1e-6)) ||
            (k == IM_COORDINATES_SURE &&
             fabs(c.radius_m / cases[i].radius - 1) > 0.01) ||
            (k > IM_COORDINATES_SURE) != (c.wrong != NULL)) {
            fail_msg("'%s' is %s: %f %f, %f m, %s", cases[i].text, kind_text(k),
                     c.at.lat, c.at.lon, c.radius_m, c.wrong ? c.wrong : "-");
        }
    }
}

/* Grid references: squares as other programs read them, positions by PROJ. */
static void grids(void **state) {
    (void)state;
    static const struct {
        const char *text, *system, *kind;
        double lat, lon, radius;
    } cases[] = {
        {"38SMB4488", "MGRS", "sure", 33.3342351, 44.4036278, 707.1},
        {"38S MB 44 88", "MGRS", "sure", 33.3342351, 44.4036278, 707.1},
        {"MGRS 38smb4400088000", "MGRS", "sure", 33.3297040, 44.3982917, 0.7071},
        {"4QFJ1234567890", "MGRS", "sure", 21.4098012, -157.9160763, 0.7071},
        {"33UXP04", "MGRS", "sure", 48.2495114, 16.4144414, 7071.1},
        {"24XWT783908", "MGRS", "sure", 83.6277778, -32.6643364, 70.71},
        {"56HLH3436852305", "MGRS", "sure", -33.8565656, 151.2095540, 0.7071},
        {"38T 500000 4649776", "UTM", "sure", 41.9999980, 45.0, 0.7071},
        {"38N 500000mE 4649776mN", "UTM", "sure", 41.9999980, 45.0, 0.7071},
        {"UTM zone 38 north 500000 4649776", "UTM", "sure", 41.999998, 45.0, 0.7071},
        {"56 south 334369 6252305", "UTM", "sure", -33.8565702, 151.2095593, 0.7071},
        {"56H 334369 E 6252305 N", "UTM", "sure", -33.8565702, 151.2095593, 0.7071},
        {"38S 444000 3688000", "UTM", "two", 33.3296995, 44.3982864, 0.7071},
        {"38S 444000 7688000", "UTM", "sure", -20.9074604, 44.4615068, 0.7071},
        {"38T 500000 1000000", "UTM", "bad", 0, 0, 0},
        {"38T 1 4649776", "", "none", 0, 0, 0},
        {"61T 500000 4649776", "UTM", "bad", 0, 0, 0},
        {"38TXX1234", "MGRS", "bad", 0, 0, 0},
        {"61TNM1234", "MGRS", "bad", 0, 0, 0},
        {"38IMB4488", "MGRS", "bad", 0, 0, 0},
        {"38TMB448", "", "none", 0, 0, 0},
        {"38TMB", "", "none", 0, 0, 0},
        {"3 May", "", "none", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct im_coordinates c;
        enum im_coordinates_kind k =
            im_coordinates_read(cases[i].text, strlen(cases[i].text), &c);
        bool has_place = k == IM_COORDINATES_SURE || k == IM_COORDINATES_TWO;
        double tolerance = 1e-7;
        if (strcmp(kind_text(k), cases[i].kind) != 0 ||
            (k != IM_COORDINATES_NONE && strcmp(c.system, cases[i].system) != 0) ||
            (has_place && (fabs(c.at.lat - cases[i].lat) > tolerance ||
                           fabs(c.at.lon - cases[i].lon) > tolerance ||
                           fabs(c.radius_m - cases[i].radius) > 0.1))) {
            fail_msg("'%s' is %s: %f %f, %f m, %s", cases[i].text, kind_text(k),
                     c.at.lat, c.at.lon, c.radius_m, c.wrong ? c.wrong : "-");
        }
    }
}

/* Any bytes: an answer without a crash, and what is sure is a position. */
static void any_bytes(void **state) {
    (void)state;
    static const char alphabet[] = "0123456789..,, ;NSEWTHMB+-°'\"°лс()";
    uint32_t seed = 11;
    for (int round = 0; round < 60000; round++) {
        char s[200];
        seed = seed * 1664525u + 1013904223u;
        size_t n = (seed >> 20) % (round % 50 == 0 ? sizeof s : 24);
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            s[i] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        struct im_coordinates c;
        enum im_coordinates_kind k = im_coordinates_read(s, n, &c);
        if (k == IM_COORDINATES_SURE || k == IM_COORDINATES_EXCHANGED) {
            assert_true(fabs(c.at.lat) <= 90 && fabs(c.at.lon) <= 180);
            assert_true(c.radius_m >= 0 && c.radius_m < 1e6);
        }
    }
}

/* A plain number is read as the same number with its degree sign is, or refused as it
 * is. */
static void plain_numbers_are_degrees(void **state) {
    (void)state;
    static const char alphabet[] = "0123456789.-";
    uint64_t seed = 17;
    int read = 0;
    for (int round = 0; round < 60000; round++) {
        char s[40];
        size_t n = (size_t)random_from(&seed, 1, round % 9 == 0 ? 28 : 7);
        for (size_t i = 0; i < n; i++) {
            double below = i == 0 ? 12 : 10.6; // seldom more than one point, or a minus
            s[i] = alphabet[(size_t)random_from(&seed, 0, below)];
        }
        double plain = 7, signs = 7;
        char axis = round % 2 ? 'N' : 'E';
        bool taken = im_angle_parse(s, n, axis, &plain);
        memcpy(s + n, "\xC2\xB0", 2);
        if (im_angle_parse(s, n + 2, axis, &signs) != taken || plain != signs) {
            fail_msg("'%.*s': %f, with a sign %f", (int)n, s, plain, signs);
        }
        read += taken;
    }
    assert_in_range(read, 10000, 50000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(angles),    cmocka_unit_test(angles_refused),
        cmocka_unit_test(pairs),     cmocka_unit_test(pairs_refused),
        cmocka_unit_test(positions), cmocka_unit_test(grids),
        cmocka_unit_test(any_bytes), cmocka_unit_test(plain_numbers_are_degrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
