/* JSON objects of a line: what is taken, what is refused and where. */
#include "batch/inside.h"
#include "help/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct batch_object read_ok(const char *text) {
    struct batch_object object;
    struct incmap_error err;
    if (batch_json_read(arena, text, strlen(text), &object, &err) != INCMAP_OK) {
        fail_msg("%s: %s at %u", text, err.message, err.column);
    }
    return object;
}

static void values(void **state) {
    (void)state;
    struct batch_object o = read_ok(" {\"a\" : \"x\\n\\u00e9\\ud83d\\ude00\\/\", "
                                    "\"b\":-1.5e3,\"c\":true, \"d\":null,"
                                    "\"e\":[1, {\"f\":\"]\"}], \"g\":{}} ");
    assert_int_equal(o.n, 6);
    assert_string_equal(o.v[0].text, "x\n\xC3\xA9\xF0\x9F\x98\x80/");
    assert_string_equal(o.v[0].raw, "\"x\\n\\u00e9\\ud83d\\ude00\\/\"");
    assert_string_equal(o.v[1].text, "-1.5e3");
    assert_string_equal(o.v[2].text, "true");
    assert_true(o.v[3].is_null);
    assert_string_equal(o.v[4].text, "[1, {\"f\":\"]\"}]");
    assert_string_equal(o.v[5].text, "{}");
    assert_int_equal(read_ok("{}").n, 0);
    assert_string_equal(read_ok("{\"a\":\"\\ud800x\"}").v[0].text, "?x");
}

static void refusals(void **state) {
    (void)state;
    static const struct {
        const char *text;
        unsigned column;
    } bad[] = {
        {"", 1},
        {"[1]", 1},
        {"[{\"a\":1}]", 1},
        {"{\"a\":1", 6},
        {"{\"a\":1}x", 8},
        {"{\"a\":1} {\"a\":2}", 9},
        {"{\"a\" 1}", 6},
        {"{a:1}", 2},
        {"{\"a\":tru}", 8},
        {"{\"a\":1,\"a\":2}", 12},
        {"{\"a\":\"x", 7},
        {"{\"a\":\"\\q\"}", 7},
        {"{\"a\":\"\\n\\u0000\"}", 6},
        {"{\"a\":\"\\u00g0\"}", 10},
        {"{\"a\":\"\t\"}", 6},
        {"{\"a\":\"\xFF\"}", 7},
        {"{\"a\":[1,2}", 10},
        {"{\"a\":1,}", 8},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct batch_object o;
        struct incmap_error err;
        im_error_clear(&err);
        if (batch_json_read(arena, bad[i].text, strlen(bad[i].text), &o, &err) !=
                INCMAP_E_INPUT ||
            err.column != bad[i].column || err.message[0] == '\0') {
            fail_msg("%s: at %u, not %u: %s", bad[i].text, err.column, bad[i].column,
                     err.message[0] != '\0' ? err.message : "taken");
        }
    }
}

/* Nested as deep as you like: refused, not a crash. */
static void depth(void **state) {
    (void)state;
    char text[4096] = "{\"a\":";
    memset(text + 5, '[', sizeof text - 6);
    struct batch_object o;
    struct incmap_error err;
    assert_int_equal(batch_json_read(arena, text, strlen(text), &o, &err),
                     INCMAP_E_INPUT);
    assert_non_null(strstr(err.message, "nested too deeply"));
}

/* Every text cut short anywhere is refused. */
static void prefixes(void **state) {
    (void)state;
    static const char text[] = "{\"a\":\"\\u00e9\",\"b\":[1,{\"c\":null}],\"d\":-2}";
    struct batch_object o;
    for (size_t n = 0; n < sizeof text - 1; n++) {
        assert_int_equal(batch_json_read(arena, text, n, &o, NULL), INCMAP_E_INPUT);
    }
    assert_int_equal(batch_json_read(arena, text, sizeof text - 1, &o, NULL),
                     INCMAP_OK);
}

static void written(void **state) {
    (void)state;
    struct im_buf b;
    im_buf_init(&b, arena, 1000);
    batch_json_string(&b, "a\"b\\c\n</script>\xE2\x80\xA8\xC3\xA9");
    assert_string_equal(b.data, "\"a\\\"b\\\\c\\u000a\\u003c/script>\\u2028\xC3\xA9\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values),   cmocka_unit_test(refusals), cmocka_unit_test(depth),
        cmocka_unit_test(prefixes), cmocka_unit_test(written),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
