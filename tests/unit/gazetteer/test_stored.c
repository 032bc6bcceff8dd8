/* The stored index: the same answers, used when sound, never when stale or damaged:
 * what is damaged where it is not read does no harm. */
#include "world.h"

#include "base/file.h"
#include "gazetteer/format.h"
#include "gazetteer/tools.h"
#include "gazetteer/symbols.h"

#include <fcntl.h>
#include <sys/stat.h>

static struct im_findings findings;

static const char *answer(const struct im_gazetteer *gz, const char *name) {
    struct im_lookup l = {.name = name, .country = "", .admin1 = ""};
    struct im_answer_set a = im_gazetteer_find(gz, arena, &l);
    return shown(&a);
}

/* Number of findings that opening and asking give; the answers must be right all the
 * same. */
static size_t open_and_ask(void) {
    struct im_gazetteer *gz = open_world();
    struct incmap_error err = {.status = INCMAP_OK};
    assert_string_equal(answer(gz, "Tovuz"), "ok t:tovuz");
    assert_string_equal(answer(gz, "Товузский район"), "ok t:tovuz-d");
    assert_string_equal(answer(gz, "Springfield"), "ambiguous t:spr1 t:spr2");
    assert_string_equal(answer(gz, "Sprinfield"), "ambiguous t:spr1 t:spr2");
    assert_int_equal(im_gazetteer_intact(gz, &err), INCMAP_OK);
    im_findings_init(&findings, arena);
    im_gazetteer_report(gz, &findings);
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

/* The rows that begin and end the tables are told as theirs. */
static void places_know_their_rows(void **state) {
    static const struct {
        const char *name, *country, *file;
        unsigned line;
    } rows[] = {{"Tovuz", "AZ", "places-caucasus.tsv", 2},
                {"Oldtown", "AZ", "places-caucasus.tsv", 8},
                {"Azerbaijan", "", "places-regions.tsv", 2},
                {"Tavush", "AM", "places-regions.tsv", 5},
                {"Paris", "FR", "places-world.tsv", 2},
                {"Tbilisi", "", "places-world.tsv", 9}};
    (void)state;
    compile();
    struct im_gazetteer *gz = open_world();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct im_lookup l = {
            .name = rows[i].name, .country = rows[i].country, .admin1 = ""};
        struct im_answer_set a = im_gazetteer_find(gz, arena, &l);
        assert_true(a.n > 0);
        struct im_where row = a.candidates[0].place->row;
        assert_string_equal(im_path_name(row.file), rows[i].file);
        assert_int_equal(row.line, rows[i].line);
    }
}

/* A sound compiled gazetteer, but not that of these tables. */
static void index_of_another_gazetteer_is_not_used(void **state) {
    (void)state;
    compile();
    const char *one = in_folder("places-world.tsv");
    struct im_gazetteer_task task = {
        .sources = &one, .n = 1, .output = in_folder("places.gaz"), .threads = 1};
    struct im_buf words;
    struct incmap_error err = {.status = INCMAP_OK};
    im_findings_init(&findings, arena);
    im_buf_init(&words, arena, 1 << 20);
    assert_int_equal(
        im_gazetteer_build(arena, open_world(), &task, &findings, &words, &err),
        INCMAP_OK);
    assert_int_equal(open_and_ask(), 1);
    assert_non_null(strstr(findings.items[0].message, "has other sources"));
}

static void stale_index_is_not_used(void **state) {
    (void)state;
    compile();
    char *text = im_strdup(arena, WORLD);
    char *at = strstr(text, "17000");
    memcpy(at, "18000", 5);
    folder_put("places-caucasus.tsv", text);
    assert_int_equal(open_and_ask(), 1);
    assert_non_null(strstr(findings.items[0].message, "other places files"));
}

/* So many places that most blocks of the file are not read for a name. */
static char *make_large(size_t *n) {
    struct im_buf rows;
    im_buf_init(&rows, arena, 1 << 20);
    im_buf_str(&rows, CITIES);
    for (unsigned i = 0; i < 900; i++) {
        im_buf_fmt(
            &rows,
            "t:n%u\tQ%ugrad\t%u\t%u\tsettlement\ttown\tRU\t\t%u\ten=Qu%u ville\t\t\t1\t"
            "\t\ttest\n",
            i, i * 7919, 50 + i % 20, 40 + i % 90, 1000 + i, i * 104729);
    }
    folder_put("places-world.tsv", rows.data);
    compile();
    char *whole = read_index(n);
    assert_true(*n > 8 * GAZ_CHECKED);
    return whole;
}

/* The file with one bit of byte i turned. */
static void damage(char *whole, size_t n, size_t i) {
    whole[i] = (char)(whole[i] ^ 0x10);
    folder_put_bytes("places.gaz", whole, n);
    whole[i] = (char)(whole[i] ^ 0x10);
}

static void damage_is_noticed_everywhere(void **state) {
    (void)state;
    size_t n, harmless = 0, tried = 0;
    char *whole = make_large(&n);
    for (size_t i = 0; i < n; i += i < sizeof(struct gaz_header) ? 7 : n / 100) {
        damage(whole, n, i);
        size_t told = open_and_ask(); // with the right answers
        if (told != 1 && (i < sizeof(struct gaz_header) || told != 0)) {
            fail_msg("damage at byte %zu was not noticed", i);
        }
        tried++;
        harmless += told == 0;
        struct im_gazetteer *gz = open_world();
        im_gazetteer_read_all(gz);
        im_findings_init(&findings, arena);
        im_gazetteer_report(gz, &findings);
        if (findings.n != 1 || !strstr(findings.items[0].message, "places.gaz")) {
            fail_msg("damage at byte %zu was not noticed by looking at all", i);
        }
    }
    assert_true(harmless > 0 && harmless < tried / 2);
}

/* Without the tables to make it anew of: no answer that differs, but a failure. */
static void damage_without_tables_is_a_failure(void **state) {
    static const char *const tables[] = {"places-caucasus.tsv", "places-regions.tsv",
                                         "places-world.tsv"};
    static const char *const names[] = {"Tovuz", "Springfield", "Sprinfield",
                                        "Товузский район"};
    (void)state;
    size_t n, failed = 0, wrong = 0;
    const char *right[4];
    char *whole = make_large(&n);
    for (size_t k = 0; k < 4; k++) {
        right[k] = answer(open_world(), names[k]);
    }
    for (size_t i = 0; i < 3; i++) {
        unlink(in_folder(tables[i]));
    }
    for (size_t i = 0; i < n; i += n / 200) {
        struct im_gazetteer *gz;
        struct incmap_error err = {.status = INCMAP_OK};
        damage(whole, n, i);
        if (im_gazetteer_open(arena, folder, &gz, &err) != INCMAP_OK) {
            assert_int_equal(err.status, INCMAP_E_GEODATA);
            continue;
        }
        bool same = true;
        for (size_t k = 0; k < 4; k++) {
            same = same && strcmp(answer(gz, names[k]), right[k]) == 0;
        }
        bool intact = im_gazetteer_intact(gz, &err) == INCMAP_OK;
        if (intact && !same) {
            fail_msg("damage at byte %zu gives another answer", i);
        }
        if (!intact) {
            assert_int_equal(err.status, INCMAP_E_GEODATA);
            assert_non_null(strstr(err.message, "is damaged"));
            assert_non_null(strstr(err.source, "places.gaz"));
        }
        failed += !intact;
        wrong += !same;
    }
    assert_true(failed > 50 && wrong > 0); // both were met
}

static void cut_index_is_not_used(void **state) {
    (void)state;
    size_t n;
    compile();
    char *whole = read_index(&n);
    const size_t sizes[] = {0, 1, 8, 100, 200, n / 2, n - 8, n - 1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        folder_put_bytes("places.gaz", whole, sizes[i]);
        assert_int_equal(open_and_ask(), 1);
        if (sizes[i] >= 8 && sizes[i] < sizeof(struct gaz_header)) {
            assert_non_null(strstr(findings.items[0].message, "ends in its header"));
        }
    }
    char *longer = im_alloc(arena, n + 8, 1);
    memcpy(longer, whole, n);
    folder_put_bytes("places.gaz", longer, n + 8);
    assert_int_equal(open_and_ask(), 1);
}

/* A table that was put in the place of another tells so by its size, however old. */
static void older_tables_are_noticed(void **state) {
    (void)state;
    compile();
    struct timespec long_ago[2] = {{.tv_sec = 86400}, {.tv_sec = 86400}};
    folder_put(
        "places-world.tsv",
        im_format(arena, "%st:b\tB\t9\t2\tsettlement\t\t\t\t\t\t\t\t\t\t\t\n", CITIES));
    assert_int_equal(utimensat(AT_FDCWD, in_folder("places-world.tsv"), long_ago, 0),
                     0);
    assert_int_equal(open_and_ask(), 1);
    assert_non_null(strstr(findings.items[0].message, "other places files"));
}

/* The file with another header, whose digest is right all the same. */
static void forge(const char *whole, size_t n, struct gaz_header h) {
    char *copy = im_alloc(arena, n, 1);
    h.head = im_checksum_of(&h, offsetof(struct gaz_header, head));
    memcpy(copy, whole, n);
    memcpy(copy, &h, sizeof h);
    folder_put_bytes("places.gaz", copy, n);
    if (open_and_ask() != 1) {
        fail_msg("a header that says other things was not refused");
    }
}

/* What a header says is held against the file, whoever wrote it. */
static void headers_that_lie_are_refused(void **state) {
    (void)state;
    size_t n;
    struct gaz_header was;
    char *whole = make_large(&n);
    memcpy(&was, whole, sizeof was);
    uint64_t end = was.section[GAZ_S_CHECKS].at;
    for (int i = 0; i < GAZ_SECTIONS; i++) {
        struct gaz_span *s = &was.section[i], kept = *s;
        struct gaz_span lies[] = {
            {was.size + 8, kept.n},      {kept.at, was.size}, {kept.at, UINT64_MAX},
            {kept.at + 1, kept.n},       {0, kept.n},         {UINT64_MAX - 7, 16},
            {kept.at, end - kept.at + 8}};
        for (size_t k = 0; k < sizeof lies / sizeof *lies; k++) {
            *s = lies[k];
            forge(whole, n, was);
        }
        *s = kept;
    }
    struct gaz_header h = was;
    h.version++;
    forge(whole, n, h);
    h = was;
    h.order = 0x04030201; // of a machine with the other byte order
    forge(whole, n, h);
    assert_non_null(strstr(findings.items[0].message, "another version or machine"));
    h = was;
    h.record_count++;
    forge(whole, n, h);
    for (uint64_t bytes = 0; bytes <= 48; bytes += 48) { // no powers of two
        h = was;
        h.section[GAZ_S_SKELETONS].n = bytes;
        forge(whole, n, h);
    }
    h = was;
    h.size += 8; // and so long is the file
    char *longer = im_alloc(arena, n + 8, 1);
    memcpy(longer, whole, n);
    forge(longer, n + 8, h);
    for (int by = 0; by < GAZ_BY_COUNT; by++) {
        const struct gaz_bits bits = was.index[by];
        struct gaz_bits lies[] = {bits, bits, bits, bits, bits};
        lies[0].key = (uint8_t)(8 * bits.width - bits.number + 1); // more than a width
        lies[1].number = (uint8_t)(8 * bits.width);
        lies[2].directory++;
        lies[3].width = 9;
        lies[4].count++;
        for (size_t k = 0; k < sizeof lies / sizeof *lies; k++) {
            h = was;
            h.index[by] = lies[k];
            forge(whole, n, h);
        }
    }
}

/* Symbols longer than there is room for are not copied. */
static void symbols_that_lie_are_refused(void **state) {
    (void)state;
    size_t n;
    struct gaz_header h;
    char *whole = make_large(&n);
    memcpy(&h, whole, sizeof h);
    size_t at = (size_t)h.section[GAZ_S_SYMBOLS].at;
    for (int i = 0; i < GAZ_SYMBOLS; i += 51) {
        size_t byte = at + offsetof(struct gaz_symbols, length) + (size_t)i;
        char was = whole[byte];
        whole[byte] = GAZ_SYMBOL_BYTES + 1;
        forge(whole, n, h);
        assert_non_null(strstr(findings.items[0].message, "its tables do not add up"));
        whole[byte] = was;
    }
}

static void fails(const char *file, const char *text, unsigned line) {
    struct im_gazetteer *gz;
    struct incmap_error err = {.status = INCMAP_OK};
    folder_put(file, text);
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
        cmocka_unit_test_setup_teardown(places_know_their_rows, make_world, end_world),
        cmocka_unit_test_setup_teardown(index_of_another_gazetteer_is_not_used,
                                        make_world, end_world),
        cmocka_unit_test_setup_teardown(symbols_that_lie_are_refused, make_world,
                                        end_world),
        cmocka_unit_test_setup_teardown(stale_index_is_not_used, make_world, end_world),
        cmocka_unit_test_setup_teardown(damage_is_noticed_everywhere, make_world,
                                        end_world),
        cmocka_unit_test_setup_teardown(damage_without_tables_is_a_failure, make_world,
                                        end_world),
        cmocka_unit_test_setup_teardown(cut_index_is_not_used, make_world, end_world),
        cmocka_unit_test_setup_teardown(older_tables_are_noticed, make_world,
                                        end_world),
        cmocka_unit_test_setup_teardown(headers_that_lie_are_refused, make_world,
                                        end_world),
        cmocka_unit_test_setup_teardown(broken_places_are_errors, make_world,
                                        end_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
