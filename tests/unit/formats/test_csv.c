/* Tables: fields, positions, what is refused and where. */
#include "formats/csv.h"
#include "help/arena.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct im_csv *open_ok(const char *text) {
    struct im_csv *csv = NULL;
    struct incmap_error err;
    im_error_clear(&err);
    if (im_csv_open(arena, "t.csv", (struct im_bytes){text, strlen(text)}, &csv,
                    &err) != INCMAP_OK) {
        fail_msg("%s", err.message);
    }
    return csv;
}

/* The table as "a|b/c|d": rows by '/', fields by '|'; bad rows as "!line:col message".
 */
static char *shown(const char *text) {
    static char out[4000];
    out[0] = '\0';
    struct im_csv *csv = open_ok(text);
    for (;;) {
        struct im_row row;
        struct incmap_error bad;
        bool more;
        assert_int_equal(im_csv_next(csv, &row, &more, &bad), INCMAP_OK);
        if (!more) {
            return out;
        }
        char *p = out + strlen(out);
        if (row.n == 0) {
            sprintf(p, "/!%u:%u %s", bad.line, bad.column, bad.message);
        }
        for (size_t i = 0; i < row.n; i++) {
            p += sprintf(p, "%c%s", i == 0 ? '/' : '|', row.field[i].text);
        }
    }
}

static void separators(void **state) {
    (void)state;
    assert_string_equal(shown("a,b\n1,2\n3,4\n"), "/1|2/3|4");
    assert_string_equal(shown("a;b\n1,5;2\n"), "/1,5|2");
    assert_string_equal(shown("a\tb\n1;,\t2"), "/1;,|2");
    assert_string_equal(shown("\"a,b\";c\n1;2\n"), "/1|2");
    assert_string_equal(shown("sep=;\r\na;b\r\n1;2\r\n"), "/1|2");
    assert_string_equal(shown("\xEF\xBB\xBF"
                              "a,b\r\n1,2\r\n"),
                        "/1|2");
    assert_string_equal(shown("a,b\r1,2\r3,4"), "/1|2/3|4");
    assert_string_equal(shown("a\n1\n2\n"), "/1/2");
}

static void quotes_and_blanks(void **state) {
    (void)state;
    assert_string_equal(shown("a,b\n\"x, \"\"y\"\"\",2\n"), "/x, \"y\"|2");
    assert_string_equal(shown("a,b\n\"line\r\nbreak\",2\n"), "/line\nbreak|2");
    assert_string_equal(shown("a,b\n  1 , \"2\" \n"), "/1|2");
    assert_string_equal(shown("a,b\n\xC2\xA0"
                              "1\xC2\xA0,\" 2 \"\n"),
                        "/1|2");
    assert_string_equal(shown("a,b\n5\" gun,2\n"), "/5\" gun|2");
    assert_string_equal(shown("a,b\n\n1,2\n   \n,\n\n3,4\n\n"), "/1|2/3|4");
    assert_string_equal(shown("a,b\n1,2,,\n"), "/1|2");
    assert_string_equal(shown("a,b\n\"\",\"\"\"\"\n"), "/|\"");
}

static void bad_rows_name_their_place(void **state) {
    (void)state;
    assert_string_equal(shown("a,b\n1\n2,3\n"),
                        "/!2:1 1 field in a table of 2 columns/2|3");
    assert_string_equal(shown("a,b\n1,2,3\n4,5\n"),
                        "/!2:1 3 fields in a table of 2 columns/4|5");
    assert_string_equal(shown("a,b\n1,\"2\n3,4\n5,6\n"),
                        "/!2:3 this quote is never closed/3|4/5|6");
    assert_string_equal(
        shown("a,b\n\"1\"x,2\n3,4\n"),
        "/!2:4 text after a closing quote (double the quotes inside a field)/3|4");
}

static void fields_know_their_position(void **state) {
    (void)state;
    struct im_csv *csv = open_ok("a,b,c\n1,  2,\"x\ny\"\n\xC3\xA4,5,6\n");
    struct im_row row;
    bool more;
    assert_int_equal(im_csv_next(csv, &row, &more, NULL), INCMAP_OK);
    assert_int_equal(row.field[1].line, 2);
    assert_int_equal(row.field[1].col, 5);
    assert_int_equal(row.field[2].col, 7);
    assert_int_equal(im_csv_next(csv, &row, &more, NULL), INCMAP_OK);
    assert_int_equal(row.line, 4);
    assert_int_equal(row.field[1].line, 4);
    assert_int_equal(row.field[1].col, 4); // ä is two bytes
}

static void header_names_are_tolerant(void **state) {
    (void)state;
    struct im_csv *csv = open_ok("Event ID,KILLED1_low,Place\n1,2,3\n");
    assert_int_equal(im_csv_column(csv, "event_id"), 0);
    assert_int_equal(im_csv_column(csv, "killed1 Low"), 1);
    assert_int_equal(im_csv_column(csv, "place"), 2);
    assert_int_equal(im_csv_column(csv, "plac"), -1);
    assert_int_equal(im_csv_header(csv)->n, 3);
}

static void expect_refused(const char *bytes, size_t n, unsigned line, unsigned col,
                           const char *part) {
    struct im_csv *csv;
    struct incmap_error err;
    im_error_clear(&err);
    assert_int_equal(
        im_csv_open(arena, "t.csv", (struct im_bytes){bytes, n}, &csv, &err),
        INCMAP_E_INPUT);
    assert_null(csv);
    if (strstr(err.message, part) == NULL || err.line != line || err.column != col) {
        fail_msg("%u:%u %s", err.line, err.column, err.message);
    }
}

static void broken_files_are_refused(void **state) {
    (void)state;
    expect_refused(NULL, 0, 0, 0, "empty");
    expect_refused("\n \n", 3, 0, 0, "empty");
    expect_refused("\xFF\xFE"
                   "a\0",
                   4, 1, 1, "UTF-16");
    expect_refused("a,b\n1,\xE4\n", 8, 2, 3, "0xe4 is not UTF-8");
    expect_refused("a,b\n1,\0\n", 8, 2, 3, "NUL");
    expect_refused("a,\"b\n1,2\n", 9, 1, 3, "never closed");
    expect_refused("\xEF\xBB\xBF\xE4", 4, 1, 1, "not UTF-8");
}

static void without_bad_the_row_fails(void **state) {
    (void)state;
    struct im_csv *csv = open_ok("a,b\n1\n");
    struct im_row row;
    bool more;
    assert_int_equal(im_csv_next(csv, &row, &more, NULL), INCMAP_E_INPUT);
}

static void long_fields_are_refused(void **state) {
    (void)state;
    size_t n = ((size_t)1 << 20) + 20;
    char *text = im_alloc(arena, n, 1);
    memset(text, 'x', n - 1);
    memcpy(text, "a,b\n1,", 6);
    memcpy(text + n - 6, "\n3,4\n", 5);
    assert_string_equal(shown(text), "/!2:3 a field is longer than 1048576 bytes/3|4");
    text[6] = '"';
    assert_string_equal(shown(text), "/!2:3 a field is longer than 1048576 bytes/3|4");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(separators),
        cmocka_unit_test(quotes_and_blanks),
        cmocka_unit_test(bad_rows_name_their_place),
        cmocka_unit_test(fields_know_their_position),
        cmocka_unit_test(header_names_are_tolerant),
        cmocka_unit_test(broken_files_are_refused),
        cmocka_unit_test(without_bad_the_row_fails),
        cmocka_unit_test(long_fields_are_refused),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
