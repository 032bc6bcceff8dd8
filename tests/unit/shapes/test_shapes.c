/* Shapefile sets: what is read, what is mended, what is refused. */
#include "shapes/shapes.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <shapefil.h>

static char folder[64];
static struct im_arena *arena;
static struct im_findings found;

static char *file_path(const char *name) {
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_bytes(const char *name, const void *data, size_t n) {
    FILE *f = fopen(file_path(name), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(data, 1, n, f), n);
    fclose(f);
}

static size_t read_bytes(const char *name, unsigned char *data, size_t cap) {
    FILE *f = fopen(file_path(name), "rb");
    assert_non_null(f);
    size_t n = fread(data, 1, cap, f);
    fclose(f);
    return n;
}

// Two polygons (the second with a hole), a null shape, a small polygon; names in
// CP1251.
static void make_polygons(void) {
    double x[] = {0, 0, 4, 4, 0, 1, 2, 2, 1, 1}, y[] = {0, 4, 4, 0, 0, 1, 1, 2, 2, 1};
    int starts[] = {0, 5};
    SHPHandle shp = SHPCreate(file_path("a.shp"), SHPT_POLYGON);
    SHPObject *o[4] = {
        SHPCreateSimpleObject(SHPT_POLYGON, 5, x, y, NULL),
        SHPCreateObject(SHPT_POLYGON, -1, 2, starts, NULL, 10, x, y, NULL, NULL),
        SHPCreateSimpleObject(SHPT_NULL, 0, NULL, NULL, NULL),
        SHPCreateSimpleObject(SHPT_POLYGON, 5, x + 5, y + 5, NULL)};
    DBFHandle dbf = DBFCreateEx(file_path("a.dbf"), "LDID/201");
    DBFAddField(dbf, "NAME", FTString, 20, 0);
    DBFAddField(dbf, "UNIT", FTInteger, 6, 0);
    DBFAddField(dbf, "KM", FTDouble, 10, 2);
    for (int i = 0; i < 4; i++) {
        SHPWriteObject(shp, -1, o[i]);
        SHPDestroyObject(o[i]);
        DBFWriteStringAttribute(dbf, i, 0, i ? " plain " : "\xcc\xee\xf1\xea\xe2\xe0");
        DBFWriteIntegerAttribute(dbf, i, 1, i * 11 - 11);
        DBFWriteDoubleAttribute(dbf, i, 2, i * 1.5);
    }
    SHPClose(shp);
    DBFClose(dbf);
    remove(file_path("a.cpg"));
    const char prj[] = "GEOGCS[\"x\"]";
    write_bytes("a.prj", prj, sizeof prj - 1);
}

static int setup(void **state) {
    (void)state;
    strcpy(folder, "/tmp/incmap-shapes-XXXXXX");
    arena = im_arena_new((size_t)1 << 26);
    im_findings_init(&found, arena);
    assert_non_null(mkdtemp(folder));
    make_polygons();
    return 0;
}

static int teardown(void **state) {
    (void)state;
    static const char *const names[] = {"a.shp", "a.shx", "a.dbf",
                                        "a.prj", "a.cpg", "A.DBF"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        remove(file_path(names[i]));
    }
    // Nothing else was written beside the input.
    assert_int_equal(rmdir(folder), 0);
    im_arena_free(arena);
    return 0;
}

static enum incmap_status try_open(struct im_shapes **out) {
    struct im_shapes_options options = {INCMAP_E_INPUT, &found};
    struct incmap_error err = {0};
    return im_shapes_open(arena, file_path("a.shp"), options, out, &err);
}

static struct im_shapes *open_a(void) {
    struct im_shapes *s = NULL;
    assert_int_equal(try_open(&s), INCMAP_OK);
    return s;
}

static size_t count_code(enum im_code code) {
    size_t n = 0;
    for (size_t i = 0; i < found.n; i++) {
        n += strcmp(found.items[i].code, im_code_text(code)) == 0;
    }
    return n;
}

// Change bytes of a file: value big-endian.
static void patch(const char *name, size_t at, uint32_t value) {
    unsigned char data[4096];
    size_t n = read_bytes(name, data, sizeof data);
    for (int k = 0; k < 4; k++) {
        data[at + (size_t)k] = (unsigned char)(value >> (24 - 8 * k));
    }
    write_bytes(name, data, n);
}

static void cut(const char *name, size_t n) {
    assert_int_equal(truncate(file_path(name), (off_t)n), 0);
}

/* ---- good files ----------------------------------------------------------- */

static void test_geometry(void **state) {
    (void)state;
    struct im_shapes *s = open_a();
    struct im_lines rings;
    struct im_box box;
    assert_int_equal(im_shapes_count(s), 4);
    assert_int_equal(im_shapes_type(s), IM_SHAPE_POLYGON);
    assert_string_equal(im_shapes_prj(s), "GEOGCS[\"x\"]");
    assert_true(im_shapes_read(s, 0, arena, &rings));
    assert_int_equal(rings.n, 1);
    assert_int_equal(rings.v[0].n, 4); // the closing vertex is gone
    assert_true(im_shapes_read(s, 1, arena, &rings));
    assert_int_equal(rings.n, 2);
    assert_true(rings.v[1].v[2].lon == 2 && rings.v[1].v[2].lat == 2);
    struct im_lonlat v[8];
    assert_int_equal(im_shapes_vertices(s, 1, v, 2), 5); // of the first part; no room
    assert_int_equal(im_shapes_vertices(s, 1, v, 8), 5);
    assert_memory_equal(v, rings.v[0].v, 4 * sizeof *v);
    assert_memory_equal(&v[4], &v[0], sizeof *v);
    assert_int_equal(im_shapes_vertices(s, 2, v, 8), 0);
    assert_int_equal(im_shapes_vertices(s, 99, v, 8), 0);
    assert_false(im_shapes_read(s, 2, arena, &rings)); // null shape
    assert_false(im_shapes_box(s, 2, &box));
    assert_true(im_shapes_box(s, 3, &box));
    assert_true(box.west == 1 && box.south == 1 && box.east == 2 && box.north == 2);
    struct im_sketch sketch;
    assert_true(im_shapes_sketch(s, 3, &sketch));
    assert_memory_equal(&sketch.box, &box, sizeof box);
    assert_true(im_shapes_sketch(s, 1, &sketch));
    assert_true(sketch.first.lon == 0 && sketch.last.lon == 0 && sketch.last.lat == 0);
    assert_false(im_shapes_sketch(s, 99, &sketch));
    assert_false(im_shapes_box(s, 99, &box));
    assert_int_equal(found.n, 0);
}

static void test_attributes(void **state) {
    (void)state;
    struct im_shapes *s = open_a();
    assert_int_equal(im_shapes_field_count(s), 3);
    assert_string_equal(im_shapes_field_name(s, 1), "UNIT");
    assert_int_equal(im_shapes_field(s, "unit"), 1);
    assert_int_equal(im_shapes_field(s, "units"), -1);
    assert_string_equal(im_shapes_text(s, 0, 0, arena), "Москва"); // CP1251 by its id
    assert_string_equal(im_shapes_text(s, 1, 0, arena), "plain");
    assert_int_equal(im_shapes_long(s, 0, 1, 5), -11);
    assert_int_equal(im_shapes_long(s, 3, 1, 5), 22);
    assert_int_equal(im_shapes_long(s, 3, 2, 5), 4);
    assert_int_equal(im_shapes_long(s, 1, 0, 5), 5);
    assert_int_equal(im_shapes_long(s, 1, -1, 5), 5);
    assert_int_equal(im_shapes_long(s, 77, 1, 5), 5);
    assert_string_equal(im_shapes_text(s, 1, 9, arena), "");
}

static void test_cpg_wins_over_the_language_id(void **state) {
    (void)state;
    static const struct {
        const char *says, *want;
    } cases[] = {{"1254", "Ìîñêâà"},
                 {"ISO-8859-1\r\n", "Ìîñêâà"},
                 {"KOI8-R", "лНЯЙБЮ"},
                 {"ANSI 1251", "Москва"},
                 {"866", "╠юёътр"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_bytes("a.cpg", cases[i].says, strlen(cases[i].says));
        struct im_shapes *s = open_a();
        assert_string_equal(im_shapes_text(s, 0, 0, arena), cases[i].want);
    }
    assert_int_equal(found.n, 0);
    write_bytes("a.cpg", "", 0); // an empty one must not hide the language id
    assert_string_equal(im_shapes_text(open_a(), 0, 0, arena), "Москва");
    write_bytes("a.cpg", "klingon", 7);
    assert_string_equal(im_shapes_text(open_a(), 0, 0, arena), "Москва");
    assert_int_equal(count_code(IM_F_SIDECAR), 1);
}

static void test_deleted_rows_are_left_out(void **state) {
    (void)state;
    DBFHandle dbf = DBFOpen(file_path("a.dbf"), "rb+");
    DBFMarkRecordDeleted(dbf, 1, 1);
    DBFClose(dbf);
    struct im_shapes *s = open_a();
    struct im_lines rings;
    assert_false(im_shapes_read(s, 1, arena, &rings));
    assert_true(im_shapes_read(s, 3, arena, &rings));
    assert_int_equal(count_code(IM_F_RECORD_BAD), 0);
}

static void test_upper_case_suffix(void **state) {
    (void)state;
    char from[128];
    strcpy(from, file_path("a.dbf"));
    char *to = file_path("a.DBF");
    assert_int_equal(rename(from, to), 0);
    assert_int_equal(im_shapes_long(open_a(), 3, 1, 5), 22);
    remove(file_path("a.DBF"));
}

/* ---- side-cars ------------------------------------------------------------ */

static void test_missing_sidecars_are_findings(void **state) {
    (void)state;
    remove(file_path("a.shx"));
    remove(file_path("a.dbf"));
    remove(file_path("a.prj"));
    struct im_shapes *s = open_a();
    struct im_lines rings;
    assert_int_equal(count_code(IM_F_SIDECAR), 3);
    assert_int_equal(im_shapes_count(s), 4);
    assert_true(im_shapes_read(s, 1, arena, &rings));
    assert_int_equal(rings.n, 2);
    assert_int_equal(im_shapes_field(s, "unit"), -1);
    assert_int_equal(im_shapes_field_count(s), 0);
    assert_string_equal(im_shapes_text(s, 0, 0, arena), "");
    assert_string_equal(im_shapes_prj(s), "");
}

static void test_wrong_index_is_rebuilt(void **state) {
    (void)state;
    static const struct {
        size_t at;
        uint32_t value;
    } wrongs[] = {{108, 54}, {108, 0}, {108, 50}, {112, 0xffffffff}, {0, 7}, {116, 60}};
    for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) {
        make_polygons();
        patch("a.shx", wrongs[i].at, wrongs[i].value);
        size_t before = found.n;
        struct im_shapes *s = open_a();
        struct im_lines rings;
        assert_int_equal(found.n, before + 1);
        assert_int_equal(im_shapes_count(s), 4);
        assert_true(im_shapes_read(s, 3, arena, &rings));
        assert_true(rings.v[0].v[0].lon == 1);
    }
}

static void test_index_with_four_words_more_is_accepted(void **state) {
    (void)state;
    patch("a.shx", 104, 64 + 4);
    struct im_shapes *s = open_a();
    struct im_lines rings;
    assert_true(im_shapes_read(s, 0, arena, &rings));
    assert_int_equal(found.n, 0);
}

static void test_table_shorter_than_it_says(void **state) {
    (void)state;
    patch("a.dbf", 4, 0xffffff7f); // little-endian: 2 billion rows
    struct im_shapes *s = open_a();
    assert_int_equal(im_shapes_long(s, 3, 1, 5), 22);
    assert_int_equal(im_shapes_long(s, 4, 1, 5), 5);
    cut("a.dbf", 20);
    s = open_a();
    assert_int_equal(im_shapes_long(s, 3, 1, 5), 5);
    assert_int_equal(count_code(IM_F_SIDECAR), 1);
}

/* ---- hostile files -------------------------------------------------------- */

static void test_not_a_shapefile(void **state) {
    (void)state;
    struct im_shapes *s;
    patch("a.shp", 0, 1);
    assert_int_equal(try_open(&s), INCMAP_E_INPUT);
    assert_null(s);
    make_polygons();
    cut("a.shp", 99);
    assert_int_equal(try_open(&s), INCMAP_E_INPUT);
    make_polygons();
    patch("a.shp", 32, 0x1f000000); // multipatch
    assert_int_equal(try_open(&s), INCMAP_E_INPUT);
    patch("a.shp", 32, 0x63000000);
    assert_int_equal(try_open(&s), INCMAP_E_INPUT);
    remove(file_path("a.shp"));
    assert_int_equal(try_open(&s), INCMAP_E_INPUT);
}

static void test_truncated_at_every_byte(void **state) {
    (void)state;
    unsigned char data[4096];
    size_t n = read_bytes("a.shp", data, sizeof data);
    for (size_t keep = 100; keep < n; keep += 4) {
        write_bytes("a.shp", data, keep);
        if (keep < 108) { // not even the header of a record
            struct im_shapes *none = NULL;
            assert_int_equal(try_open(&none), INCMAP_E_INPUT);
            continue;
        }
        struct im_shapes *s = open_a();
        struct im_lines rings;
        size_t good = 0;
        for (size_t i = 0; i < im_shapes_count(s); i++) {
            struct im_box box;
            struct im_sketch sketch;
            im_shapes_box(s, i, &box);
            im_shapes_sketch(s, i, &sketch);
            good += im_shapes_read(s, i, arena, &rings);
        }
        assert_true(good < 3);
    }
    // Every file says something: lost records or an index that does not fit.
    assert_true(found.n > 0);
}

// Offset of record i's content in the file made above.
static size_t content_of(int i) {
    unsigned char shx[4096];
    read_bytes("a.shx", shx, sizeof shx);
    const unsigned char *p = shx + 100 + 8 * i;
    return 2 * ((size_t)p[2] << 8 | p[3]) + 8;
}

static void expect_bad_record(size_t at, uint32_t value) {
    make_polygons();
    patch("a.shp", content_of(1) + at, value);
    size_t before = count_code(IM_F_RECORD_BAD);
    struct im_shapes *s = open_a();
    struct im_lines rings;
    assert_false(im_shapes_read(s, 1, arena, &rings));
    assert_false(im_shapes_read(s, 1, arena, &rings)); // told once
    assert_int_equal(count_code(IM_F_RECORD_BAD), before + 1);
    assert_true(im_shapes_read(s, 0, arena, &rings));
    assert_true(im_shapes_read(s, 3, arena, &rings));
}

static void test_broken_records_are_left_out(void **state) {
    (void)state;
    expect_bad_record(0, 0x03000000);  // another type
    expect_bad_record(36, 0xffffff7f); // parts
    expect_bad_record(36, 0);          // no part
    expect_bad_record(40, 0xffffff0f); // vertices
    expect_bad_record(40, 0x0b000000); // one too many
    expect_bad_record(44, 0x01000000); // first part starts late
    expect_bad_record(48, 0x0b000000); // second part starts after the end
    expect_bad_record(48, 0xffffffff);
    expect_bad_record(52 + 4, 0x0000f87f); // NaN
    expect_bad_record(52 + 4, 0x0000f0ff); // -Inf
}

static void test_random_damage_never_crashes(void **state) {
    (void)state;
    static const char *const names[] = {"a.shp", "a.shx", "a.dbf"};
    uint64_t seed = 7;
    for (int round = 0; round < 600; round++) {
        struct im_arena *keep = arena;
        arena = im_arena_new((size_t)1 << 24);
        im_findings_init(&found, arena);
        make_polygons();
        for (int k = 0; k < 3; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            const char *name = names[(seed >> 60) % 3];
            unsigned char data[4096];
            size_t n = read_bytes(name, data, sizeof data);
            data[(seed >> 33) % n] = (unsigned char)(seed >> 20);
            write_bytes(name, data, n);
        }
        struct im_shapes *s;
        if (try_open(&s) == INCMAP_OK) {
            for (size_t i = 0; i < im_shapes_count(s) && i < 50; i++) {
                struct im_lines rings;
                struct im_box box;
                im_shapes_box(s, i, &box);
                im_shapes_read(s, i, arena, &rings);
                for (size_t k = 0; k < im_shapes_field_count(s); k++) {
                    im_shapes_text(s, i, (int)k, arena);
                    im_shapes_field_name(s, k);
                }
            }
        }
        im_arena_free(arena);
        arena = keep;
        im_findings_init(&found, arena);
    }
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_geometry),
        T(test_attributes),
        T(test_cpg_wins_over_the_language_id),
        T(test_deleted_rows_are_left_out),
        T(test_upper_case_suffix),
        T(test_missing_sidecars_are_findings),
        T(test_wrong_index_is_rebuilt),
        T(test_index_with_four_words_more_is_accepted),
        T(test_table_shorter_than_it_says),
        T(test_not_a_shapefile),
        T(test_truncated_at_every_byte),
        T(test_broken_records_are_left_out),
        T(test_random_damage_never_crashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
