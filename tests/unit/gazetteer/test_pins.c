/* Pins: what holds for which name in which company, what is found wrong, proposals. */
#include "world.h"

static struct im_findings findings;

/* The world with these rows as a file of pins. */
static struct im_gazetteer *pinned(const char *rows) {
    struct im_gazetteer *gz = open_world();
    struct incmap_error err = {.status = INCMAP_OK};
    folder_put("a.csv", rows);
    im_findings_init(&findings, arena);
    if (im_gazetteer_pin(arena, in_folder("a.csv"), &findings, &gz, &err) !=
        INCMAP_OK) {
        fail_msg("%s:%u: %s", err.source, err.line, err.message);
    }
    return gz;
}

static struct im_answer_set ask(const struct im_gazetteer *gz, struct im_lookup l) {
    l.country = l.country ? l.country : "";
    l.admin1 = "";
    return im_gazetteer_find(gz, arena, &l);
}

static const char *plain(const struct im_gazetteer *gz, const char *name) {
    struct im_answer_set a = ask(gz, (struct im_lookup){.name = name});
    return shown(&a);
}

/* Its answer with other names of a table around. */
static const char *among(const struct im_gazetteer *gz, const char *name,
                         const char *file, const char *one, const char *two) {
    const char *names[] = {name, one, two};
    struct im_scope scope = im_scope_make(arena, file, names, 3);
    struct im_answer_set a = ask(gz, (struct im_lookup){.name = name, .scope = &scope});
    return shown(&a);
}

static void a_pin_settles(void **state) {
    (void)state;
    struct im_gazetteer *gz =
        pinned("Springfield\t\tt:spr2\tAnna\t2026-11-01\tby phone\n");
    assert_int_equal(findings.n, 0);
    struct im_answer_set a = ask(gz, (struct im_lookup){.name = " SPRINGFIELD "});
    assert_string_equal(shown(&a), "ok t:spr2");
    assert_int_equal(a.candidates[0].match, IM_MATCH_PIN);
    assert_string_equal(a.candidates[0].reason,
                        "settled by Anna, 2026-11-01: by phone");
    assert_string_equal(a.reason, "pinned in a.csv:1");
    assert_string_equal(a.pin->who, "Anna");
    assert_string_equal(a.pin->when, "2026-11-01");
    assert_string_equal(a.pin->why, "by phone");
    assert_int_equal(a.pin->row.line, 1);
    assert_string_equal(plain(gz, "Tovuz"), "ok t:tovuz");
    a = ask(gz, (struct im_lookup){.name = "Springfield", .unpinned = true});
    assert_int_equal(a.status, IM_ANSWER_AMBIGUOUS);
    assert_null(a.pin);
}

static void accents_count(void **state) {
    (void)state;
    struct im_gazetteer *gz = pinned("Ağdam\t\t1,2\tA\t2026\tw\n");
    assert_string_equal(plain(gz, "AĞDAM"), "ok ");
    struct im_gazetteer *other = pinned("Sarli\t\t1,2\tA\t2026\tw\n");
    assert_string_equal(plain(other, "sarli"), "ok ");
    assert_string_not_equal(plain(other, "Şarlı"), "ok ");
}

static void contexts(void **state) {
    (void)state;
    struct im_gazetteer *gz = pinned("Springfield\tUS\tt:spr1\tA\t2026\tw\n"
                                     "Springfield\tTovuz\tt:spr2\tA\t2026\tw\n"
                                     "Springfield\ttable.csv\t1,2\tA\t2026\tw\n"
                                     "Springfield\tParis\tt:spr1\tA\t2026\tw\n");
    struct im_lookup us = {.name = "Springfield", .country = "us"};
    struct im_answer_set a = ask(gz, us);
    assert_string_equal(shown(&a), "ok t:spr1");
    assert_string_equal(plain(gz, "Springfield"), "ambiguous t:spr1 t:spr2");
    assert_string_equal(among(gz, "Springfield", "x/table.csv", "Tovuz", "Baku"),
                        "ok ");
    assert_string_equal(among(gz, "Springfield", "other.csv", "TOVUZ", "Baku"),
                        "ok t:spr2");
    assert_string_equal(among(gz, "Springfield", NULL, "Ganja", "Paris"), "ok t:spr1");
    // two contexts that hold and differ settle nothing
    assert_string_equal(among(gz, "Springfield", NULL, "Tovuz", "Paris"),
                        "ambiguous t:spr1 t:spr2");
}

static void the_country_goes_first(void **state) {
    (void)state;
    struct im_gazetteer *gz = pinned("Tovuz\t\tt:paris\tA\t2026\tw\n"
                                     "Tovuz\tAM\tt:movses@45.491,40.906\tA\t2026\tw\n");
    assert_int_equal(findings.n, 1); // Paris is not called Tovuz
    gz = pinned("Tovuz\t\tt:paris@2.35,48.85\tA\t2026\tw\n"
                "Tovuz\tAM\tt:tovuz\tA\t2026\tw\n");
    assert_int_equal(findings.n, 0);
    assert_string_equal(plain(gz, "Tovuz"), "ok t:paris");
    struct im_answer_set a =
        ask(gz, (struct im_lookup){.name = "Tovuz", .country = "AZ"});
    assert_string_equal(shown(&a), "ok t:tovuz");
    assert_null(a.pin);
    assert_non_null(strstr(a.reason, "the pin in a.csv:1 is not used: it lies in FR"));
    a = ask(gz, (struct im_lookup){.name = "Tovuz", .country = "AM"});
    assert_non_null(a.pin); // its context says so itself
}

static void what_is_wrong_is_told(void **state) {
    (void)state;
    static const struct {
        const char *row, *code;
        unsigned col;
        bool holds;
    } cases[] = {
        {"Tovuz\t\tt:gone\tA\t2026\tw\n", "pin-stale", 8, false},
        {"Tovuz\t\tt:ganja\tA\t2026\tw\n", "pin-stale", 8, false},
        {"Tovuz\t\tt:tovuz@44,40\tA\t2026\tw\n", "pin-stale", 8, false},
        {"Tovuz\t\tt:tovuz@45.70,41.0\tA\t2026\tw\n", NULL, 0, true},
        {"Тоvuz rayonu\t\tt:tovuz\tA\t2026\tw\n", "pin-stale", 17, false},
        {"Tovuz rayonu\t\tt:tovuz\tA\t2026\tw\n", NULL, 0, true},
        {"Tovuz\t\t45.6,91\tA\t2026\tw\n", "row-bad", 8, false},
        {"Tovuz\t\t-45.6,-41\tA\t2026\tw\n", NULL, 0, true},
        {"Tovuz  t:tovuz  A  2026  w\n", "row-bad", 1, false},
        {"Tovuz\tt:tovuz\n", "row-bad", 1, false},
        {"...\t\tt:tovuz\tA\t2026\tw\n", "row-bad", 1, false},
        {"Tovuz\t\t \tA\t2026\tw\n", "row-bad", 9, false},
        {"Tovuz\t\tt:tovuz\tA\t2026\tw\tx\n", "row-bad", 1, false},
        {"Tovuz\t\tt:tovuz\tA\t2026\tw\t\t\n", NULL, 0, true},
        {"Tovuz\t\tt:tovuz\tA\tMay\tw\n", "value-bad", 18, true},
        {"Tovuz\t\tt:tovuz\tA\t2026\n", "pin-unsigned", 1, true},
        {"Tovuz\t\tt:tovuz", "pin-unsigned", 1, true},
        {"# Tovuz\t\tt:tovuz\tA\t2026\tw\n", NULL, 0, false},
        {"name\tcontext\tplace\n", NULL, 0, false},
        {"\xEF\xBB\xBFTovuz\t\tt:tovuz\tA\t2026\tw\r\n", NULL, 0, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct im_gazetteer *gz = pinned(cases[i].row);
        char name[64] = "";
        const char *start = cases[i].row + 3 * (cases[i].row[0] == '\xEF');
        size_t n = strcspn(start, "\t\n");
        memcpy(name, start, n < 63 ? n : 63);
        struct im_answer_set a = ask(gz, (struct im_lookup){.name = name});
        bool told = findings.n > 0 && cases[i].code &&
                    strcmp(findings.items[0].code, cases[i].code) == 0 &&
                    findings.items[0].line == 1 &&
                    findings.items[0].column == cases[i].col;
        if (told != (cases[i].code != NULL) || findings.n > 1 ||
            (a.pin != NULL) != cases[i].holds) {
            fail_msg("case %zu: %zu findings, %s at %u, pin %d", i, findings.n,
                     findings.n ? findings.items[0].code : "",
                     findings.n ? findings.items[0].column : 0, a.pin != NULL);
        }
    }
}

static void twins(void **state) {
    (void)state;
    struct im_gazetteer *gz = pinned("Tovuz\t\t1,2\tA\t2026\tw\n"
                                     "\n"
                                     "tovuz\t\t1,2\tB\t2025\tv\n");
    assert_string_equal(findings.items[0].code, "pin-double");
    assert_int_equal(findings.items[0].line, 3);
    assert_string_equal(plain(gz, "Tovuz"), "ok ");
    gz = pinned("Tovuz\t\t1,2\tA\t2026\tw\nTovuz\t\t1,3\tB\t2025\tv\n"
                "Tovuz\tAZ\t1,4\tB\t2025\tv\n");
    assert_int_equal(findings.n, 1);
    assert_string_equal(findings.items[0].code, "pin-conflict");
    assert_string_equal(plain(gz, "Tovuz"), "ok t:tovuz");
    struct im_answer_set a =
        ask(gz, (struct im_lookup){.name = "Tovuz", .country = "AZ"});
    assert_non_null(a.pin); // another context is another pin
}

static const char *extended(const char *before, const char *proposals, size_t *added) {
    struct incmap_error err = {.status = INCMAP_OK};
    struct im_bytes old, new = {proposals, strlen(proposals)};
    unlink(in_folder("b.csv"));
    if (before) {
        folder_put("b.csv", before);
    }
    assert_int_equal(im_pins_extend(arena, in_folder("b.csv"), new, added, &err), 0);
    assert_int_equal(im_file_map(arena, in_folder("b.csv"), INCMAP_E_INPUT, &old, &err),
                     0);
    return im_strndup(arena, old.data, old.n);
}

static void proposals(void **state) {
    (void)state;
    struct im_lookup l = {.name = "Springfield", .country = "", .admin1 = ""};
    struct im_answer_set a = im_gazetteer_find(open_world(), arena, &l);
    struct im_buf b;
    size_t added;
    im_buf_init(&b, arena, 1 << 20);
    im_pins_propose(&b, &l, &a);
    assert_non_null(
        strstr(b.data, "\nSpringfield\t\tt:spr1@-93.30000,37.20000\t\t\t\n"));
    assert_non_null(
        strstr(b.data, "\n#Springfield\t\tt:spr2@-72.60000,42.10000\t\t\t\n"));
    im_pins_propose(&b, &l, &a); // asked twice
    const char *text = extended(NULL, b.data, &added);
    assert_int_equal(added, 1);
    assert_memory_equal(text, "name\tcontext\tplace\twho\twhen\twhy\n", 32);
    assert_string_equal(extended(text, b.data, &added), text);
    assert_int_equal(added, 0);
    text = extended("Other\t\t1,2\tA\t2026\tw", b.data, &added);
    assert_memory_equal(text, "Other\t\t1,2\tA\t2026\tw\n\n# 'Spr", 27);
    extended("# SPRINGFIELD\t\t1,2\n", b.data, &added);
    assert_int_equal(added, 0); // set aside there
    extended("Springfield\tUS\t1,2\tA\t2026\tw\n", b.data, &added);
    assert_int_equal(added, 1); // of another context
    static const char *const odd[] = {"#x", "a\tb", "a\nb", " a", "", "\xFFz"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        im_buf_clear(&b);
        l.name = odd[i];
        im_pins_propose(&b, &l, &a);
        assert_int_equal(b.len, 0);
    }
}

/* What stands in a proposal: on one line each, in words of its own where the place has
 * none; nothing where there is nothing to choose from. */
static void proposals_are_lines(void **state) {
    (void)state;
    struct im_place p = {
        .name = "A\tB\nC", .id = "", .country = "US", .kind = IM_OTHER};
    p.feature = p.admin1 = p.admin2 = "";
    p.at = (struct im_lonlat){1, 2};
    struct im_candidate c = {.place = &p, .score = 0.5};
    struct im_answer_set a = {.reason = "two\nof them", .candidates = &c, .n = 1};
    struct im_lookup l = {.name = "Place", .country = "us"};
    struct im_buf b;
    im_buf_init(&b, arena, 1 << 20);
    im_pins_propose(&b, &l, &a);
    assert_string_equal(
        b.data,
        "\n# 'Place' is ambiguous: two of them\n# the first line holds, "
        "with a warning, until you sign it: keep the one that is "
        "meant\n# A B C, other, US, score 0.50\nPlace\tUS\t1.00000,2.00000\t\t\t\n");
    im_buf_clear(&b);
    p.population = 7;
    p.feature = "post";
    p.admin1 = "One";
    p.admin2 = "Two";
    p.id = "x:1";
    im_pins_propose(&b, &l, &a);
    assert_non_null(strstr(b.data, "# A B C, post, Two, One, US, 7 people, score 0.50\n"
                                   "Place\tUS\tx:1@1.00000,2.00000\t\t\t\n"));
    im_buf_clear(&b);
    a.n = 0;
    im_pins_propose(&b, &l, &a);
    assert_int_equal(b.len, 0);
}

/* Any bytes: findings or an error, never a crash. */
static void any_bytes(void **state) {
    (void)state;
    static const char seed[] =
        "name\tcontext\tplace\twho\twhen\twhy\n# note\n"
        "Springfield\tUS\tt:spr1@-93.3,37.2\tA\t2026\tw\r\n"
        "#Ağdam\t\tt:agdam\t\t\t\nTovuz\t\t45.6,41\tA\t2026\tw\n";
    static const char odd[] = "\t\n\r#@,\0\xFF\xC4\"-9e. ";
    uint64_t r = 88172645463325252u;
    struct im_gazetteer *world = open_world();
    for (int round = 0; round < 1000; round++) {
        char text[sizeof seed];
        size_t n = sizeof seed - 1, added;
        memcpy(text, seed, n);
        for (int i = 0; i < 1 + round % 8; i++) { // xorshift64, Marsaglia 2003
            r ^= r << 13;
            r ^= r >> 7;
            r ^= r << 17;
            text[r % n] = odd[(r >> 32) % (sizeof odd - 1)];
            n = (r >> 40) % 50 == 0 && n > 1 ? (r >> 20) % (n - 1) + 1 : n;
        }
        struct im_arena *outer = arena;
        struct im_gazetteer *gz = world;
        struct im_bytes bytes = {text, n};
        arena = im_arena_new((size_t)1 << 26);
        im_findings_init(&findings, arena);
        folder_put_bytes("a.csv", text, n);
        enum incmap_status s =
            im_gazetteer_pin(arena, in_folder("a.csv"), &findings, &gz, NULL);
        assert_true(s == INCMAP_OK || s == INCMAP_E_INPUT);
        assert_true(s == INCMAP_OK || gz == world);
        plain(gz, "Springfield");
        if (round % 50 == 0) { // a file is written
            s = im_pins_extend(arena, in_folder("a.csv"), bytes, &added, NULL);
        }
        assert_true(s == INCMAP_OK || s == INCMAP_E_INPUT);
        im_arena_free(arena);
        arena = outer;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_pin_settles, make_world, end_world),
        cmocka_unit_test_setup_teardown(accents_count, make_world, end_world),
        cmocka_unit_test_setup_teardown(contexts, make_world, end_world),
        cmocka_unit_test_setup_teardown(the_country_goes_first, make_world, end_world),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_told, make_world, end_world),
        cmocka_unit_test_setup_teardown(twins, make_world, end_world),
        cmocka_unit_test_setup_teardown(proposals, make_world, end_world),
        cmocka_unit_test_setup_teardown(proposals_are_lines, make_world, end_world),
        cmocka_unit_test_setup_teardown(any_bytes, make_world, end_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
