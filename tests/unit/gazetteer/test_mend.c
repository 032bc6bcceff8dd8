/* A damaged compiled gazetteer is mended by its tables, and by no others; digests. */
#include "world.h"

#include "base/file.h"
#include "gazetteer/format.h"
#include "gazetteer/inside.h"

#include <fcntl.h>

/* So many places that the file has many blocks, of which opening reads few. */
static const char *large_world(void) {
    struct im_buf rows;
    im_buf_init(&rows, arena, 1 << 20);
    im_buf_str(&rows, CITIES);
    for (unsigned i = 0; i < 900; i++) {
        im_buf_fmt(&rows,
                   "t:n%u\tQ%ugrad\t%u\t%u\tsettlement\ttown\tRU\t\t%u\ten=Qu%u "
                   "ville\t\t\t1\t\t\ttest\n",
                   i, i * 7919, 50 + i % 20, 40 + i % 90, 1000 + i, i * 104729);
    }
    return rows.data;
}

/* The compiled places with one bit turned in the block where their texts end. */
static void damage(void) {
    struct incmap_error err = {.status = INCMAP_OK};
    struct im_bytes bytes;
    struct gaz_header h;
    folder_put("places-world.tsv", large_world());
    assert_int_equal(im_gazetteer_compile(arena, folder, &err), INCMAP_OK);
    assert_int_equal(
        im_file_map(arena, in_folder("places.gaz"), INCMAP_E_GEODATA, &bytes, NULL),
        INCMAP_OK);
    char *copy = im_alloc(arena, bytes.n, 1);
    memcpy(copy, bytes.data, bytes.n);
    memcpy(&h, copy, sizeof h);
    copy[h.section[GAZ_S_TEXT].at + h.section[GAZ_S_TEXT].n - 20] ^= 1;
    folder_put_bytes("places.gaz", copy, bytes.n);
}

static struct im_answer_set ask(const struct im_gazetteer *gz, const char *name) {
    struct im_lookup l = {.name = name, .country = "", .admin1 = ""};
    return im_gazetteer_find(gz, arena, &l);
}

static void mended_places_know_their_rows(void **state) {
    (void)state;
    struct incmap_error err = {.status = INCMAP_OK};
    damage();
    struct im_gazetteer *gz = open_world();
    struct im_answer_set a = ask(gz, "Tbilisi");
    assert_string_equal(shown(&a), "ok t:tbilisi");
    assert_string_equal(gz->note, ""); // opening did not notice it
    im_gazetteer_read_all(gz);
    a = ask(gz, "Tbilisi");
    struct im_where row = a.candidates[0].place->row;
    assert_string_equal(row.file, in_folder("places-world.tsv")); // where it lies
    assert_int_equal(row.line, 9);
    assert_int_equal(im_gazetteer_intact(gz, &err), INCMAP_OK);
    struct im_findings findings;
    im_findings_init(&findings, arena);
    im_gazetteer_report(gz, &findings);
    assert_int_equal(findings.n, 1);
    assert_non_null(strstr(findings.items[0].message, "is damaged"));
}

/* Tables that changed without a sign of it, being as long and older: not what the
 * compiled form was made of, so that nothing can mend it. */
static void other_tables_mend_nothing(void **state) {
    (void)state;
    struct incmap_error err = {.status = INCMAP_OK};
    struct timespec long_ago[2] = {{.tv_sec = 86400}, {.tv_sec = 86400}};
    damage();
    char *text = im_strdup(arena, large_world());
    memcpy(strstr(text, "1049498"), "1049499", 7);
    folder_put("places-world.tsv", text);
    assert_int_equal(utimensat(AT_FDCWD, in_folder("places-world.tsv"), long_ago, 0),
                     0);
    struct im_gazetteer *gz = open_world();
    assert_string_equal(gz->note, "");
    im_gazetteer_read_all(gz);
    assert_int_equal(im_gazetteer_intact(gz, &err), INCMAP_E_GEODATA);
    assert_non_null(strstr(err.message, "is damaged"));
}

/* What a sum alone would not tell: pieces that changed places, zeros at the end. */
static void digests_tell_apart(void **state) {
    (void)state;
    unsigned char data[256], other[256];
    for (size_t i = 0; i < sizeof data; i++) {
        data[i] = (unsigned char)(i * 37 + 11);
    }
    uint64_t digest = im_checksum_of(data, sizeof data);
    for (size_t a = 0; a < 8; a++) {
        for (size_t b = 0; b < a; b++) {
            memcpy(other, data, sizeof data);
            memcpy(other + 32 * a, data + 32 * b, 32);
            memcpy(other + 32 * b, data + 32 * a, 32);
            assert_true(im_checksum_of(other, sizeof other) != digest);
        }
    }
    for (size_t i = 1; i < sizeof data / 8; i++) { // the same for words
        memcpy(other, data, sizeof data);
        memcpy(other, data + 8 * i, 8);
        memcpy(other + 8 * i, data, 8);
        assert_true(im_checksum_of(other, sizeof other) != digest);
    }
    memset(other, 0, sizeof other);
    for (size_t n = 1; n < sizeof other; n++) {
        assert_true(im_checksum_of(other, n) != im_checksum_of(other, n - 1));
        assert_true(im_checksum_of(data, n) != im_checksum_of(data, n - 1));
        uint64_t was = im_checksum_of(data, n);
        data[n - 1] ^= 1; // the last byte counts, too
        assert_true(im_checksum_of(data, n) != was);
        data[n - 1] ^= 1;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(mended_places_know_their_rows, make_world,
                                        end_world),
        cmocka_unit_test_setup_teardown(other_tables_mend_nothing, make_world,
                                        end_world),
        cmocka_unit_test(digests_tell_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
