/*
 * The fuzz targets of the gazetteer over their corpus, and over changes of it that are
 * always the same: each source is taken or refused with a message, each compiled file
 * answers or is refused, and nothing reads past its bytes (the sanitized build
 * watches).
 */
#include "../fuzz/gazetteer.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { SOURCE_ROUNDS = 100, COMPILED_ROUNDS = 3000, LONGEST = 1 << 16 };

static uint64_t seed;

static size_t below(size_t n) {
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return n ? (size_t)(seed * UINT64_C(2685821657736338717) >> 33) % n : 0;
}

static size_t read_file(const char *path, uint8_t *out) {
    FILE *f = fopen(path, "rb");
    if (!f) {
        fail_msg("no corpus file '%s'", path);
    }
    size_t n = fread(out, 1, LONGEST / 4, f);
    fclose(f);
    return n;
}

/* One change; the result stays below LONGEST. */
static size_t change(uint8_t *s, size_t n) {
    static const uint8_t tokens[] = "\",;\t\n\r:[]{}|=@.0-9\0\xFF\xC3\xF4\xE2";
    size_t at = below(n), most = n - at > 40 ? 40 : n - at, length = below(most + 1);
    switch (n == 0 ? 9 : below(6)) {
    case 0:
        s[at] ^= (uint8_t)(1u << below(8));
        return n;
    case 1:
        s[at] = tokens[below(sizeof tokens - 1)];
        return n;
    case 2:
        memmove(s + at, s + at + length, n - at - length);
        return n - length;
    case 3:
        return n - below(n / 4 + 1);
    case 4:
        if (n + length <= LONGEST) {
            memmove(s + at + length, s + at, n - at);
            return n + length;
        }
        return n;
    default:
        memset(s + at, below(2) ? 0xFF : 0, length);
        return n;
    }
}

/* `ending` NULL: a table and the files beside it. */
static void run(const uint8_t *data, size_t n, const char *ending) {
    if (ending) {
        fuzz_source(data, n, ending);
    } else {
        fuzz_beside(data, n);
    }
}

static void source(const char *path, const char *ending) {
    static uint8_t whole[LONGEST], work[LONGEST];
    size_t n = read_file(path, whole);
    seed = 88172645463325252u;
    run(whole, n, ending);
    for (int i = 0; i < SOURCE_ROUNDS; i++) {
        size_t m = n;
        memcpy(work, whole, n);
        for (size_t changes = 1 + below(4); changes > 0; changes--) {
            m = change(work, m);
        }
        run(work, m, ending);
    }
}

static void tables(void **state) {
    (void)state;
    source("tests/fuzz/corpus/table/plain.csv", "csv");
    source("tests/fuzz/corpus/table/odd.csv", "csv");
}

static void geonames(void **state) {
    (void)state;
    source("tests/fuzz/corpus/geonames/rows.txt", "txt");
    source("tests/fuzz/corpus/geonames/bad.txt", "txt");
}

static void beside(void **state) {
    (void)state;
    source("tests/fuzz/corpus/beside/tables.bin", NULL);
}

static void json(void **state) {
    (void)state;
    source("tests/fuzz/corpus/json/collection.geojson", "geojson");
    source("tests/fuzz/corpus/json/wof.jsonl", "jsonl");
}

static void shapes(void **state) {
    (void)state;
    source("geodata/regions.shp", "shp");
}

/* The corpus of compiled files is made of that of tables: its form may change. */
static void compiled(void **state) {
    (void)state;
    static uint8_t whole[1 << 20], work[1 << 20];
    struct im_arena *arena = im_arena_new(IM_MAX_JOB_BYTES);
    const char *sources[] = {"tests/fuzz/corpus/table/plain.csv",
                             "tests/fuzz/corpus/geonames/rows.txt",
                             "tests/fuzz/corpus/json/wof.jsonl"};
    char path[256];
    struct im_gazetteer none = {.arena = arena, .note = ""};
    struct im_findings findings;
    struct im_buf text;
    struct im_bytes bytes;
    struct incmap_error err = {.status = INCMAP_OK};
    struct im_gazetteer_task task = {.sources = sources, .n = 3, .output = path};
    strcpy(path, fuzz_file((const uint8_t *)"", 0, "gaz"));
    im_findings_init(&findings, arena);
    im_buf_init(&text, arena, 1 << 20);
    assert_int_equal(im_gazetteer_build(arena, &none, &task, &findings, &text, &err),
                     INCMAP_OK);
    assert_int_equal(im_file_map(arena, path, INCMAP_E_INPUT, &bytes, &err), INCMAP_OK);
    assert_true(bytes.n < sizeof whole / 2);
    memcpy(whole, bytes.data, bytes.n);
    unlink(path);
    seed = 88172645463325252u;
    fuzz_compiled(whole, bytes.n, false);
    for (int i = 0; i < COMPILED_ROUNDS; i++) {
        size_t at = below(bytes.n), head = below(2);
        memcpy(work, whole, bytes.n);
        for (size_t changes = 1 + below(3); changes > 0; changes--) {
            at = head ? below(sizeof(struct gaz_header)) : below(bytes.n);
            work[at] ^= (uint8_t)(1u << below(8));
            memset(work + at, below(3) ? work[at] : 0xFF, below(9) % (bytes.n - at));
        }
        size_t cut = below(8) == 0 ? below(bytes.n) : bytes.n;
        fuzz_compiled(work, cut, false);
        fuzz_compiled(work, cut, true);
    }
    im_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables), cmocka_unit_test(geonames),
        cmocka_unit_test(beside), cmocka_unit_test(json),
        cmocka_unit_test(shapes), cmocka_unit_test(compiled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
