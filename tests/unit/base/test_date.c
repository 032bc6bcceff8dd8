/* Dates with their precision. */
#include "base/date.h"
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct im_date date(const char *text) {
    struct im_date d = {0, 0, 0};
    if (text[0] != '\0' && !im_date_parse(text, strlen(text), &d)) {
        fail_msg("%s", text);
    }
    return d;
}

static void expect(const char *text, int year, int month, int day) {
    struct im_date d = date(text);
    assert_int_equal(d.year, year);
    assert_int_equal(d.month, month);
    assert_int_equal(d.day, day);
}

static void iso_dates(void **state) {
    (void)state;
    expect("2020", 2020, 0, 0);
    expect("2020-07", 2020, 7, 0);
    expect("2020-07-12", 2020, 7, 12);
    expect("20200712", 2020, 7, 12);
    expect("2020-07-12T23:59:59Z", 2020, 7, 12);
    expect("2020-07-12 10:00", 2020, 7, 12);
    expect("2020-02-29", 2020, 2, 29);
    expect("2000-02-29", 2000, 2, 29);
    static const char *const bad[] = {
        "",           "202",        "202007",           "2020-7-12",
        "2020-13",    "2020-00",    "2020-07-00",       "2020-07-32",
        "2019-02-29", "1900-02-29", "0000-01-01",       "2020-07-",
        "2020-",      " 2020",      "2020-07-12x",      "2020-0712",
        "202007-12",  "2020T10",    "2020-07-12 Monday"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct im_date d = {1, 2, 3};
        assert_false(im_date_parse(bad[i], strlen(bad[i]), &d));
        assert_int_equal(d.day, 3);
    }
}

static void days_are_counted(void **state) {
    (void)state;
    assert_int_equal(im_date_first_day(date("1970-01-01")), 0);
    assert_int_equal(im_date_first_day(date("2000-03-01")), 11017);
    assert_int_equal(im_date_first_day(date("1969-12-31")), -1);
    for (long day = -700000; day < 800000; day += 17) {
        assert_int_equal(im_date_first_day(im_date_of_day(day)), day);
    }
    assert_int_equal(im_date_last_day(date("2020")) - im_date_first_day(date("2020")),
                     365);
    assert_int_equal(
        im_date_last_day(date("2021-02")) - im_date_first_day(date("2021-02")), 27);
    assert_true(im_date_first_day(date("")) == LONG_MIN);
    assert_true(im_date_last_day(date("")) == LONG_MAX);
    long before = im_date_first_day((struct im_date){1, 1, 1});
    for (int y = 2; y < 3000; y++) {
        long first = im_date_first_day((struct im_date){y, 0, 0});
        assert_int_equal(first, im_date_last_day((struct im_date){y - 1, 0, 0}) + 1);
        assert_true(first - before == 365 || first - before == 366);
        before = first;
    }
}

static void ranges(void **state) {
    (void)state;
    assert_true(im_date_within(date("2020-07"), date("2020-07-31"), date("")));
    assert_false(im_date_within(date("2020-07"), date("2020-08-01"), date("")));
    assert_true(
        im_date_within(date("2020-07-12"), date("2020-07-12"), date("2020-07")));
    assert_false(im_date_within(date("2020-08-01"), date(""), date("2020-07")));
    assert_true(im_date_within(date(""), date("2020"), date("2020")));
    assert_true(im_date_within(date("2020"), date(""), date("")));
}

static void written(void **state) {
    (void)state;
    static const char *const texts[] = {"2020-07-12", "2020-07", "2020", "",
                                        "0987-01-02"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char buf[16];
        assert_string_equal(im_date_write(buf, date(texts[i])), texts[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(iso_dates),
        cmocka_unit_test(days_are_counted),
        cmocka_unit_test(ranges),
        cmocka_unit_test(written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
