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
    if (!batch_json_read(arena, text, strlen(text), &object)) {
        fail_msg("%s: %s at %zu", text, object.why, object.at);
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
    assert_string_equal(read_ok("{\"a\":\"\\ud800x\"}").v[0].text, "\xEF\xBF\xBDx");
}

static void refusals(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t at;
    } bad[] = {
        {"", 0},
        {"[1]", 0},
        {"{\"a\":1", 6},
        {"{\"a\":1}x", 7},
        {"{\"a\" 1}", 5},
        {"{a:1}", 1},
        {"{\"a\":tru}", 8},
        {"{\"a\":1,\"a\":2}", 12},
        {"{\"a\":\"x", 7},
        {"{\"a\":\"\\q\"}", 8},
        {"{\"a\":\"\\u0000\"}", 12},
        {"{\"a\":\"\\u00g0\"}", 10},
        {"{\"a\":\"\t\"}", 6},
        {"{\"a\":\"\xFF\"}", 7},
        {"{\"a\":[1,2}", 9},
        {"{\"a\":1,}", 7},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct batch_object o;
        if (batch_json_read(arena, bad[i].text, strlen(bad[i].text), &o) ||
            o.at != bad[i].at || o.why == NULL) {
            fail_msg("%s: at %zu, not %zu: %s", bad[i].text, o.at, bad[i].at,
                     o.why ? o.why : "taken");
        }
    }
}

/* Nested as deep as you like: refused, not a crash. */
static void depth(void **state) {
    (void)state;
    char text[4096] = "{\"a\":";
    memset(text + 5, '[', sizeof text - 6);
    struct batch_object o;
    assert_false(batch_json_read(arena, text, strlen(text), &o));
    assert_string_equal(o.why, "nested too deeply");
}

/* Every text cut short anywhere is refused. */
static void prefixes(void **state) {
    (void)state;
    static const char text[] = "{\"a\":\"\\u00e9\",\"b\":[1,{\"c\":null}],\"d\":-2}";
    struct batch_object o;
    for (size_t n = 0; n < sizeof text - 1; n++) {
        assert_false(batch_json_read(arena, text, n, &o));
    }
    assert_true(batch_json_read(arena, text, sizeof text - 1, &o));
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
