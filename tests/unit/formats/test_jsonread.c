/* Records of JSON text, with their positions. */
#include "formats/jsonread.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "help/arena.h"
#include <cmocka.h>

static struct im_buf told;
static unsigned most;

/* "line:col type name" of each record. */
static bool record(void *self, const struct im_json *v) {
    (void)self;
    const struct im_json *name = im_json_get(v, "n");
    im_buf_fmt(&told, "%u:%u %u %s;", v->line, v->col, (unsigned)v->type,
               name ? name->text : "-");
    return --most > 0;
}

static void broken(void *self, const struct incmap_error *why) {
    (void)self;
    im_buf_fmt(&told, "broken %u:%u;", why->line, why->column);
}

static const char *read_text(const char *name, const char *text, size_t n) {
    struct im_json_records to = {record, broken, NULL, false};
    struct incmap_error err = {.status = INCMAP_OK};
    im_buf_init(&told, arena, 1 << 20);
    enum incmap_status s =
        im_json_read(arena, name, (struct im_bytes){text, n}, &to, &err);
    if (s != INCMAP_OK) {
        im_buf_fmt(&told, "error %u:%u %s", err.line, err.column, err.message);
    }
    return told.data;
}

static void tells(const char *text, const char *expected) {
    most = 100;
    assert_string_equal(read_text("x.json", text, strlen(text)), expected);
}

/* A text of `bytes` in the middle one of three records, told as tells does. */
static void long_text(const char *name, const char *head, const char *tail,
                      size_t bytes, const char *expected) {
    struct im_buf text;
    im_buf_init(&text, arena, 1 << 22);
    im_buf_str(&text, head);
    for (size_t i = 0; i < bytes; i++) {
        im_buf_char(&text, 'x');
    }
    im_buf_str(&text, tail);
    most = 100;
    const char *got = read_text(name, text.data, text.len);
    size_t n = strlen(expected);
    if (strncmp(got, expected, n) != 0) {
        fail_msg("'%.200s' for '%s'", got, expected);
    }
}

/* A text that is too long costs its record, wherever it stands in it. */
static void texts_are_bounded(void **state) {
    (void)state;
    const size_t fits = 1 << 20, over = fits + 1;
    const char *head = "[{\"n\": \"a\"},\n{\"m\": {\"k\": \"";
    long_text("x.json", head, "\"}, \"n\": \"b\"}, {\"n\": \"c\"}]", over,
              "1:2 6 a;broken 2:13;2:");
    long_text("x.json", head, "\"}, \"n\": \"b\"}, {\"n\": \"c\"}]", fits,
              "1:2 6 a;2:1 6 b;2:");
    long_text("x.json", "[{\"n\": \"a\"},\n{\"", "\": 1, \"n\": \"b\"}]", over,
              "1:2 6 a;broken 2:2;");
    long_text("x.jsonl", "{\"n\": \"a\"}\n{\"m\": \"\\n", "\"}\n{\"n\": \"c\"}", over,
              "1:1 6 a;broken 2:7;3:1 6 c;");
    // of a collection, not of its records
    long_text("x.json", "{\"name\": \"", "\", \"features\": [{\"n\": \"a\"}]}", over,
              "1:");
    assert_null(strstr(told.data, "broken"));
}

/* Where nobody is told of records that are left out, it ends the reading. */
static void bounded_alone(void **state) {
    (void)state;
    struct im_json_records to = {record, NULL, NULL, true};
    struct incmap_error err = {.status = INCMAP_OK};
    struct im_buf text;
    im_buf_init(&text, arena, 1 << 22);
    im_buf_str(&text, "{\"n\": \"");
    for (size_t i = 0; i <= 1 << 20; i++) {
        im_buf_char(&text, 'x');
    }
    im_buf_str(&text, "\"}");
    assert_int_equal(
        im_json_read(arena, "x", (struct im_bytes){text.data, text.len}, &to, &err),
        INCMAP_E_INPUT);
    assert_string_equal(err.message, "a text is longer than 1 MiB");
}

static void shapes_of_documents(void **state) {
    (void)state;
    tells("", "");
    tells("{\"n\": \"a\"}", "1:1 6 a;");
    tells("\xEF\xBB\xBF\n [{\"n\": 1.5e3},\n  null, []]",
          "2:3 6 1.5e3;3:3 0 -;3:9 5 -;");
    tells("{\"n\":\"a\"}\n{\"n\":\"b\"}\r\n\n{\"n\":\"c\"}",
          "1:1 6 a;2:1 6 b;4:1 6 c;");
    tells("{\"type\": \"FeatureCollection\", \"crs\": {\"features\": "
          "[1]},\n\"features\": ["
          "{\"n\": \"a\"},\n{\"n\": \"b\"}], \"after\": [{\"n\": 1}, 2], \"features\": "
          "[{}]} {\"n\": \"c\"}",
          "2:14 6 a;3:1 6 b;3:56 6 c;");
}

static void faults_have_places(void **state) {
    (void)state;
    tells("{\"n\": \"a\",}",
          "error 1:11 not JSON: invalid object key (must be a string)");
    tells(
        "[{\"n\": \"a\"},\n {\"n\" \"b\"}]",
        "1:2 6 a;error 2:9 not JSON: object key and value must be separated by a colon "
        "(':')");
    tells("{\"n\": \"a\"}\n{\"n\": [1\n{\"n\": \"c\"}\nxx\n{\"n\": \"d\"}",
          "1:1 6 a;broken 2:1;3:1 6 c;broken 4:1;5:1 6 d;");
    tells("{\"n\": \"\xFF\"}", "error 1:8 not JSON: invalid bytes in UTF8 string.");
}

static void depth_has_a_ceiling(void **state) {
    (void)state;
    char deep[200];
    memset(deep, '[', sizeof deep);
    most = 100;
    assert_non_null(
        strstr(read_text("x.json", deep, sizeof deep), "nested too deeply"));
}

static void reading_stops(void **state) {
    (void)state;
    most = 2;
    assert_string_equal(read_text("x.jsonl", "1 2 3 4", 7), "1:1 3 -;1:3 3 -;");
}

static void members(void **state) {
    (void)state;
    double v;
    struct im_json number = {.type = IM_JSON_STRING, .text = "1,5", .n = 3};
    assert_null(im_json_get(NULL, "a"));
    assert_false(im_json_is_number(NULL, &v));
    assert_false(im_json_is_number(&number, &v));
    number.text = "-1.5";
    number.n = 4;
    assert_true(im_json_is_number(&number, &v) && v < -1.49 && v > -1.51);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes_of_documents),
        cmocka_unit_test(texts_are_bounded),
        cmocka_unit_test(bounded_alone),
        cmocka_unit_test(faults_have_places),
        cmocka_unit_test(depth_has_a_ceiling),
        cmocka_unit_test(reading_stops),
        cmocka_unit_test(members),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
