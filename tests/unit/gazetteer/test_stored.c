/* The stored index: the same answers, used when sound, never when stale or damaged. */
#include "world.h"

#include "base/file.h"

static struct im_findings findings;

static const char *answer(const struct im_gazetteer *gz, const char *name) {
    struct im_lookup l = {.name = name, .country = "", .admin1 = ""};
    struct im_answer_set a = im_gazetteer_find(gz, arena, &l);
    return shown(&a);
}

/* Number of findings that opening gives; the answers must be right all the same. */
static size_t open_and_ask(void) {
    struct im_gazetteer *gz = open_world();
    im_findings_init(&findings, arena);
    im_gazetteer_report(gz, &findings);
    assert_string_equal(answer(gz, "Tovuz"), "ok t:tovuz");
    assert_string_equal(answer(gz, "Товузский район"), "ok t:tovuz-d");
    assert_string_equal(answer(gz, "Springfield"), "ambiguous t:spr1 t:spr2");
    assert_string_equal(answer(gz, "Sprinfield"), "ambiguous t:spr1 t:spr2");
    return findings.n;
}

static void compile(void) {
    struct incmap_error err = {.status = INCMAP_OK};
    assert_int_equal(im_gazetteer_compile(arena, folder, &err), INCMAP_OK);
}

static char *read_index(size_t *n) {
    struct im_bytes bytes;
    assert_int_equal(
        im_file_map(arena, in_folder("places.gaz"), INCMAP_E_GEODATA, &bytes, NULL),
        INCMAP_OK);
    *n = bytes.n;
    char *copy = im_alloc(arena, bytes.n + 1, 1);
    memcpy(copy, bytes.data, bytes.n);
    return copy;
}

static void missing_index_is_told(void **state) {
    (void)state;
    assert_int_equal(open_and_ask(), 1);
    assert_non_null(strstr(findings.items[0].message, "missing"));
}

static void sound_index_is_used(void **state) {
    (void)state;
    size_t n, m;
    compile();
    assert_int_equal(open_and_ask(), 0);
    char *first = read_index(&n);
    compile();
    char *second = read_index(&m);
    assert_int_equal(n, m);
    assert_memory_equal(first, second, n);
}

static void stale_index_is_not_used(void **state) {
    (void)state;
    compile();
    char *text = im_strdup(arena, WORLD);
    char *at = strstr(text, "17000");
    memcpy(at, "18000", 5);
    write_text("places-caucasus.tsv", text);
    assert_int_equal(open_and_ask(), 1);
    assert_non_null(strstr(findings.items[0].message, "other places files"));
}

static void damage_is_noticed_everywhere(void **state) {
    (void)state;
    size_t n;
    compile();
    char *whole = read_index(&n);
    for (size_t i = 0; i < n; i += i < 200 ? 7 : 97) {
        whole[i] = (char)(whole[i] ^ 0x10);
        write_file("places.gaz", whole, n);
        whole[i] = (char)(whole[i] ^ 0x10);
        if (open_and_ask() != 1) {
            fail_msg("damage at byte %zu was not noticed", i);
        }
    }
}

static void cut_index_is_not_used(void **state) {
    (void)state;
    size_t n;
    compile();
    char *whole = read_index(&n);
    const size_t sizes[] = {0, 1, 8, 100, 200, n / 2, n - 8, n - 1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        write_file("places.gaz", whole, sizes[i]);
        assert_int_equal(open_and_ask(), 1);
    }
    char *longer = im_alloc(arena, n + 8, 1);
    memcpy(longer, whole, n);
    write_file("places.gaz", longer, n + 8);
    assert_int_equal(open_and_ask(), 1);
}

static void fails(const char *file, const char *text, unsigned line) {
    struct im_gazetteer *gz;
    struct incmap_error err = {.status = INCMAP_OK};
    write_text(file, text);
    assert_int_equal(im_gazetteer_open(arena, folder, &gz, &err), INCMAP_E_GEODATA);
    assert_non_null(strstr(err.source, file));
    assert_int_equal(err.line, line);
    assert_null(gz);
}

static void broken_places_are_errors(void **state) {
    (void)state;
    fails("places-world.tsv", "id\tname\n", 1);
    fails("places-world.tsv", HEADER "t:a\tA\t1\n", 2);
    fails("places-world.tsv",
          HEADER "t:a\tA\t1\t2\tsettlement\t\t\t\t\t\t\t\t\t\t\t\n"
                 "t:b\tB\t91\t2\tsettlement\t\t\t\t\t\t\t\t\t\t\t\n",
          3);
    fails("places-world.tsv", HEADER "t:a\tA\t1\t2\tplanet\t\t\t\t\t\t\t\t\t\t\t\n", 2);
    fails("places-world.tsv", HEADER "\tA\t1\t2\tother\t\t\t\t\t\t\t\t\t\t\t\n", 2);
    fails("places-world.tsv", HEADER "t:a\tA\t\t2\tother\t\t\t\t\t\t\t\t\t\t\t\n", 2);
    unlink(in_folder("places-world.tsv"));
    struct im_gazetteer *gz;
    struct incmap_error err = {.status = INCMAP_OK};
    assert_int_equal(im_gazetteer_open(arena, folder, &gz, &err), INCMAP_E_GEODATA);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(missing_index_is_told, make_world, end_world),
        cmocka_unit_test_setup_teardown(sound_index_is_used, make_world, end_world),
        cmocka_unit_test_setup_teardown(stale_index_is_not_used, make_world, end_world),
        cmocka_unit_test_setup_teardown(damage_is_noticed_everywhere, make_world,
                                        end_world),
        cmocka_unit_test_setup_teardown(cut_index_is_not_used, make_world, end_world),
        cmocka_unit_test_setup_teardown(broken_places_are_errors, make_world,
                                        end_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
