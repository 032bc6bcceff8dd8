/* YAML trees: content, positions, refusals with a caret. */
#include "formats/yaml.h"
#include "help/arena.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct im_node *read_ok(const char *text) {
    struct im_node *node = NULL;
    struct incmap_error err;
    im_error_clear(&err);
    struct im_bytes bytes = {text, strlen(text)};
    if (im_yaml_read(arena, "m.yaml", bytes, &node, &err) != INCMAP_OK) {
        fail_msg("%u:%u %s", err.line, err.column, err.message);
    }
    return node;
}

static void a_tree_with_positions(void **state) {
    (void)state;
    struct im_node *root =
        read_ok("# a map\ntitle: \"Ä: x\"\nextent:\n  around: [A, Bé, C]\n"
                "  margin: 80\nnothing:\ntilde: ~\nquoted: '~'\n");
    assert_int_equal(root->kind, IM_NODE_MAP);
    assert_int_equal(root->n, 5);
    assert_string_equal(root->child[0]->key, "title");
    assert_string_equal(root->child[0]->text, "Ä: x");
    assert_true(root->child[0]->quoted);
    assert_int_equal(root->child[0]->line, 2);
    assert_int_equal(root->child[0]->col, 8);
    const struct im_node *around = root->child[1]->child[0];
    assert_int_equal(around->kind, IM_NODE_LIST);
    assert_int_equal(around->key_line, 4);
    assert_int_equal(around->key_col, 3);
    assert_string_equal(around->child[2]->text, "C");
    assert_null(around->child[2]->key);
    assert_int_equal(around->child[2]->col, 20); // é is two bytes
    assert_string_equal(root->child[2]->text, "");
    assert_string_equal(root->child[3]->text, "");
    assert_string_equal(root->child[4]->text, "~");
}

static void json_is_yaml(void **state) {
    (void)state;
    struct im_node *root = read_ok("{\"a\": [1, 2.5, null], \"b\": {\"c\": true}}");
    assert_int_equal(root->child[0]->n, 3);
    assert_string_equal(root->child[0]->child[1]->text, "2.5");
    assert_string_equal(root->child[1]->child[0]->text, "true");
}

static void empty_documents(void **state) {
    (void)state;
    assert_null(read_ok(""));
    assert_null(read_ok("# only a comment\n"));
    assert_null(read_ok("---\n"));
    assert_null(read_ok("\xEF\xBB\xBF"));
    assert_non_null(read_ok("''"));
}

/* A byte order mark is no column: the keys below stand in that of the first. */
static void byte_order_mark(void **state) {
    (void)state;
    struct im_node *root = read_ok("\xEF\xBB\xBF"
                                   "a: 1\r\nb:\r\n  c: 2\r\n");
    assert_int_equal(root->n, 2);
    assert_string_equal(root->child[1]->child[0]->text, "2");
    assert_int_equal(root->child[0]->col, 4);
    root = read_ok("\xEF\xBB\xBF{a: 1, b: 2}");
    assert_int_equal(root->child[1]->line, 1);
    assert_int_equal(root->child[1]->key_col, 8);
}

struct refusal {
    const char *text;
    unsigned line, col;
    const char *part;
};

static void refusals_have_a_caret(void **state) {
    (void)state;
    static const struct refusal cases[] = {
        {"a: 1\nb: 2\na: 3\n", 3, 1,
         "'a' stands here for the second time (first in line 1)"},
        {"x:\n  a: {k: 1, k: 2}\n", 2, 13, "second time"},
        {"a: &x 1\n", 1, 4, "anchors"},
        {"a: *x\n", 1, 4, "aliases"},
        {"a: !!int 1\n", 1, 4, "tags"},
        {"[a]: 1\n", 1, 1, "key"},
        {"a: [1, 2\nb: 3\n", 2, 2, "expected ',' or ']' here (close the list with ]"},
        {"a: {b: 1\n", 2, 1, "close the map with }; it began in line 1"},
        {"a: \"x\n", 1, 4, "this quote is never closed"},
        {"b: 1\na: 'x\n\n", 2, 4, "this quote is never closed"},
        {"a: \"x\\q\"\n", 1, 6, "an unknown escape after"},
        {"\ta: 1\n", 1, 1, "a tab cannot indent (use spaces)"},
        {"a:\n  b: 1\n\tc: 2\n", 3, 1, "a tab cannot indent"},
        {"a: @x\n", 1, 4, "cannot begin with this character"},
        {"a: %x\n", 1, 4, "cannot begin with this character"},
        {"a:\n  b: 1\n c: 2\n", 3, 2, "does not fit the keys above it"},
        {"a:\n  - b\n - c\n", 3, 2, "this line does not fit"},
        {"a: {b: 1}}\n", 1, 10, "nothing is open here to close"},
        {"a: 1\n---\nb: 2\n", 2, 1, "second document"},
        {"a: \xFF\n", 1, 4, "0xff is not UTF-8"},
        {"a: x: y\n", 1, 5, "put a text with ': ' in it in quotes"},
        {"é: 1\né: 2\n", 2, 1, "second time"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct refusal *c = &cases[i];
        struct im_node *node = NULL;
        struct incmap_error err;
        im_error_clear(&err);
        struct im_bytes bytes = {c->text, strlen(c->text)};
        enum incmap_status status = im_yaml_read(arena, "m.yaml", bytes, &node, &err);
        if (status != INCMAP_E_INPUT || err.line != c->line || err.column != c->col ||
            strstr(err.message, c->part) == NULL) {
            fail_msg("%s -> %d %u:%u %s", c->text, (int)status, err.line, err.column,
                     err.message);
        }
        assert_string_equal(err.source, "m.yaml");
    }
}

static void depth_has_a_ceiling(void **state) {
    (void)state;
    char text[200];
    memset(text, '[', 64);
    memset(text + 64, ']', 64);
    text[128] = '\0';
    assert_non_null(read_ok(text));
    memset(text, '[', 65);
    struct im_node *node = NULL;
    struct incmap_error err;
    im_error_clear(&err);
    assert_int_equal(
        im_yaml_read(arena, "m.yaml", (struct im_bytes){text, 128}, &node, &err),
        INCMAP_E_INPUT);
    assert_non_null(strstr(err.message, "nested too deeply"));
}

/* Memory that runs out at any point leaks nothing (the sanitizer would tell). */
static void exhausted_memory_is_survived(void **state) {
    (void)state;
    static const char text[] = "a: [1, 2, {b: c}]\nd: 'text'\n";
    for (volatile size_t ceiling = 64; ceiling < 8000; ceiling += 16) {
        struct im_arena *small = im_arena_new(ceiling);
        jmp_buf out;
        if (setjmp(out) == 0) {
            struct im_node *node;
            im_arena_catch(small, &out);
            struct im_bytes bytes = {text, sizeof text - 1};
            assert_int_equal(im_yaml_read(small, "m", bytes, &node, NULL), INCMAP_OK);
        }
        im_arena_free(small);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tree_with_positions),
        cmocka_unit_test(json_is_yaml),
        cmocka_unit_test(empty_documents),
        cmocka_unit_test(byte_order_mark),
        cmocka_unit_test(refusals_have_a_caret),
        cmocka_unit_test(depth_has_a_ceiling),
        cmocka_unit_test(exhausted_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
