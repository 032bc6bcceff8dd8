/* Numbers as text, held against the C library's in the C locale. */
#include "base/num.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t next_random(uint64_t *state) { // xorshift64*, always the same sequence
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static uint64_t bits_of(double v) {
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

static double random_double(uint64_t *state) {
    for (;;) {
        uint64_t bits = next_random(state);
        double v;
        memcpy(&v, &bits, sizeof v);
        if (isfinite(v)) {
            return v;
        }
    }
}

static void expect_same_as_strtod(const char *text) {
    double got = -7;
    double want = strtod(text, NULL);
    bool ok = im_num_parse(text, strlen(text), &got);
    if (ok != (isfinite(want) != 0) || (ok && bits_of(got) != bits_of(want))) {
        fail_msg("'%s': parsed %d %.17g, want %.17g", text, ok, got, want);
    }
}

static void parse_matches_strtod(void **state) {
    (void)state;
    static const char *const hard[] = {
        "0",
        "-0",
        "1",
        "+1",
        ".5",
        "5.",
        "1e0",
        "1E+5",
        "0.1",
        "41.40338",
        "-179.99999",
        "9007199254740993",
        "9007199254740992.5",
        "9007199254740993.00000000000000000001",
        "1.7976931348623157e308",
        "1.7976931348623159e308",
        "1e309",
        "1e-400",
        "1e400",
        "4.9406564584124654e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.2250738585072011e-308",
        "2.2250738585072014e-308",
        "0.000000000000000000001",
        "123456789012345678901234567890",
        "8.5e-1074",
        "0e99999999999",
        "0.0000e-999999",
        "6929495644600919.5",
        "3.0e23",
        "8.41e21",
        "9.5367431640625e-7",
        "1e22",
        "1e23",
    };
    for (size_t i = 0; i < sizeof hard / sizeof *hard; i++) {
        expect_same_as_strtod(hard[i]);
    }
    uint64_t seed = 42;
    for (int i = 0; i < 4000; i++) {
        char text[1200];
        double v = random_double(&seed);
        snprintf(text, sizeof text, "%.*e", (int)(next_random(&seed) % 25), v);
        expect_same_as_strtod(text);
        snprintf(text, sizeof text, "%.*f", (int)(next_random(&seed) % 12),
                 ldexp(v, -(ilogb(v))) * (double)(next_random(&seed) % 200000));
        expect_same_as_strtod(text);
    }
}

/* The exact decimal of the middle between two doubles, and a hair to either side. */
static void parse_breaks_ties(void **state) {
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 300; i++) {
        double v = fabs(random_double(&seed));
        int e;
        double m = frexp(v, &e);
        long double middle = (long double)m + ldexpl(1, -54);
        middle = ldexpl(middle, e);
        char text[1600];
        snprintf(text, sizeof text, "%.1100Lf", middle);
        expect_same_as_strtod(text);
        strcat(text, "1");
        expect_same_as_strtod(text);
    }
}

static void parse_refuses(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",    " ",   "+",   "-",   ".",     "e5",  "1e",   "1e+", "1 ",       " 1",
        "0x1", "1,5", "nan", "inf", "1.2.3", "--1", "1e5.", "1_0", "infinity", "1f"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double v = 3;
        assert_false(im_num_parse(bad[i], strlen(bad[i]), &v));
        assert_true(v == 3);
    }
    double v;
    assert_true(im_num_parse("12x", 2, &v) && v == 12);
    assert_false(im_num_parse("1\0"
                              "2",
                              3, &v));
}

static void integers(void **state) {
    (void)state;
    int64_t v;
    assert_true(im_int_parse("9223372036854775807", 19, &v) && v == INT64_MAX);
    assert_true(im_int_parse("-9223372036854775808", 20, &v) && v == INT64_MIN);
    assert_false(im_int_parse("9223372036854775808", 19, &v));
    assert_false(im_int_parse("-9223372036854775809", 20, &v));
    assert_true(im_int_parse("-0", 2, &v) && v == 0);
    assert_false(im_int_parse("1.0", 3, &v));
    assert_false(im_int_parse("", 0, &v));
}

static void expect_same_as_printf(double v, int decimals) {
    char got[40], want[400];
    size_t n = im_num_fixed(got, v, decimals);
    snprintf(want, sizeof want, "%.*f", decimals, v);
    assert_string_equal(got, want);
    assert_int_equal(n, strlen(want));
}

static void fixed_matches_printf(void **state) {
    (void)state;
    uint64_t seed = 99;
    for (int i = 0; i < 20000; i++) {
        double v = random_double(&seed);
        int e = (int)(next_random(&seed) % 196) - 70; // 2^-70 .. 2^125, 38 digits
        v = ldexp(v, e - ilogb(v));
        if (i % 3 == 0) { // many ties: multiples of 2^-10
            v = ldexp(floor(ldexp(v, 10)), -10);
        }
        int decimals = fabs(v) < 1e15 ? (int)(next_random(&seed) % 10) : 0;
        expect_same_as_printf(v, decimals);
    }
}

/* Halves of the last decimal, or as near to them as a double comes, and its neighbours:
 * only all bits of the product tell which way to round. */
static void ties_match_printf(void **state) {
    (void)state;
    uint64_t seed = 4;
    for (int i = 0; i < 40000; i++) {
        int decimals = (int)(next_random(&seed) % 10);
        double ten = pow(10, decimals);
        uint64_t unit = next_random(&seed) % (uint64_t)(i % 2 == 0 ? ten : 40 * ten);
        double v = ((double)unit + 0.5) / ten;
        expect_same_as_printf(v, decimals);
        expect_same_as_printf(nextafter(v, 0), decimals);
        expect_same_as_printf(-nextafter(v, 1e9), decimals);
    }
}

static void expect_written(double v, int decimals, const char *want) {
    char got[40];
    assert_int_equal(im_num_write(got, v, decimals), strlen(want));
    assert_string_equal(got, want);
}

static void write_is_short(void **state) {
    (void)state;
    expect_written(0, 3, "0");
    expect_written(-0.0, 3, "0");
    expect_written(-0.0001, 3, "0");
    expect_written(1.5, 3, "1.5");
    expect_written(100, 0, "100");
    expect_written(100, 2, "100");
    expect_written(0.125, 2, "0.12");
    expect_written(0.375, 2, "0.38");
    expect_written(999.9996, 3, "1000");
    expect_written(1e15, 3, "1000000000000000");
    expect_written(-1e22, 3, "-10000000000000000000000");
    expect_written(1.5e300, 3, "1.5000000000000000e+300");
    expect_written((double)INFINITY, 3, "inf");
    expect_written((double)NAN, 3, "nan");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse_matches_strtod), cmocka_unit_test(parse_breaks_ties),
        cmocka_unit_test(parse_refuses),        cmocka_unit_test(integers),
        cmocka_unit_test(fixed_matches_printf), cmocka_unit_test(ties_match_printf),
        cmocka_unit_test(write_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
