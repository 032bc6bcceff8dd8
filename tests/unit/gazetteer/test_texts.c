/*
 * Texts of records: packed and unpacked they are the same; a place that is read brief
 * is the whole one but for what is left out; places of a box are listed once.
 */
#include "world.h"

#include "help/data.h"
#include "gazetteer/inside.h"
#include "gazetteer/symbols.h"
#include "gazetteer/tools.h"

static uint32_t seed = 1;

static uint32_t draw(uint32_t n) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* Text of some bytes, as names are, with a tab now and then and rare bytes. */
static size_t some_text(char *out, size_t most) {
    static const char *const parts[] = {"Tovuz", "az=",  "|ru=", "Товуз", "rayonu",
                                        "\t",    " San", "\x01", "\xFE",  "berg"};
    size_t n = 0;
    for (size_t want = draw((uint32_t)most - 16); n < want;) {
        const char *part = parts[draw(10)];
        memcpy(out + n, part, strlen(part));
        n += strlen(part);
    }
    return n;
}

static struct gaz_coder *trained(void) {
    static const char *const lines[] = {"Tovuz\taz=Tovuz|ru=Товуз\n", "Tovuz rayonu\n",
                                        "San Fernando\ten=San\n", "Bamberg|az=Berg\n"};
    struct im_buf sample;
    im_buf_init(&sample, arena, 1 << 20);
    for (size_t i = 0; i < 400; i++) {
        im_buf_str(&sample, lines[draw(4)]);
    }
    return gaz_coder_train(arena, (struct im_bytes){sample.data, sample.len});
}

static void what_is_packed_comes_back(void **state) {
    (void)state;
    const struct gaz_coder *coder = trained();
    const struct gaz_symbols *symbols = gaz_coder_symbols(coder);
    for (int i = 0; i < 3000; i++) {
        char text[256], out[256 + GAZ_SYMBOL_BYTES], first[256 + GAZ_SYMBOL_BYTES];
        size_t n = some_text(text, sizeof text);
        struct im_buf packed;
        im_buf_init(&packed, arena, 1 << 12);
        gaz_pack(coder, &packed, text, n);
        const unsigned char *at = (const unsigned char *)packed.data;
        assert_int_equal(gaz_unpacked_size(symbols, at, packed.len), n);
        assert_int_equal(gaz_unpack(symbols, at, packed.len, out), n);
        assert_memory_equal(out, text, n);
        const char *tab = memchr(text, '\t', n);
        size_t before = tab ? (size_t)(tab - text) : n;
        assert_int_equal(gaz_unpack_first(symbols, at, packed.len, first, sizeof first),
                         before);
        assert_memory_equal(first, text, before);
        if (before > 2 * GAZ_SYMBOL_BYTES) {
            assert_true(gaz_unpack_first(symbols, at, packed.len, first,
                                         before - GAZ_SYMBOL_BYTES) == SIZE_MAX);
        }
    }
}

/* An escape without its byte is damage, wherever it stands among four codes. */
static void a_cut_escape_is_damage(void **state) {
    (void)state;
    const struct gaz_symbols *symbols = gaz_coder_symbols(trained());
    unsigned char packed[12] = {0};
    char out[sizeof packed * GAZ_SYMBOL_BYTES + GAZ_SYMBOL_BYTES];
    for (size_t n = 1; n <= sizeof packed; n++) {
        memset(packed, 0, sizeof packed);
        packed[n - 1] = GAZ_ESCAPE;
        assert_true(gaz_unpacked_size(symbols, packed, n) == SIZE_MAX);
        assert_true(gaz_unpack(symbols, packed, n, out) == SIZE_MAX);
        assert_true(gaz_unpack_first(symbols, packed, n, out, sizeof out) == SIZE_MAX);
    }
}

static void assert_same_but_names(const struct im_place *a, const struct im_place *b) {
    assert_string_equal(a->id, b->id);
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->feature, b->feature);
    assert_string_equal(a->country, b->country);
    assert_string_equal(a->admin1, b->admin1);
    assert_string_equal(a->admin2, b->admin2);
    assert_string_equal(a->source, b->source);
    assert_memory_equal(&a->at, &b->at, sizeof a->at);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->population, b->population);
    assert_string_equal(a->row.file, b->row.file);
    assert_int_equal(a->row.line, b->row.line);
    assert_int_equal(a->layer, b->layer);
    assert_int_equal(a->record, b->record);
}

static void assert_whole(const struct im_gazetteer *gz, const struct im_place *brief,
                         const struct im_place *place) {
    const struct im_place *whole = im_gazetteer_whole(gz, arena, brief);
    assert_same_but_names(whole, place);
    assert_int_equal(whole->name_count, place->name_count);
    for (size_t i = 0; i < place->name_count; i++) {
        assert_string_equal(whole->names[i].text, place->names[i].text);
        assert_string_equal(whole->names[i].lang, place->names[i].lang);
    }
    assert_string_equal(whole->area, place->area);
    assert_true(whole->precision_km >= place->precision_km &&
                whole->precision_km <= place->precision_km);
    assert_int_equal(whole->has_box, place->has_box);
}

/* All places of all layers, brief and whole; the number that were brief. */
static size_t compare_all(const struct im_gazetteer *gz) {
    struct im_arena *kept = arena;
    size_t brief = 0;
    for (size_t l = 0; l < gz->layer_count; l++) {
        for (size_t i = 0; i < gz->layers[l]->record_count; i++) {
            arena = im_arena_new(IM_MAX_JOB_BYTES);
            const struct im_place *a = gaz_place_brief(gz->layers[l], i, arena);
            const struct im_place *b = gaz_place(gz->layers[l], i, arena);
            assert_non_null(a);
            assert_same_but_names(a, b);
            assert_whole(gz, a, b);
            brief += a->name_count == 0 && b->name_count > 0;
            im_arena_free(arena);
            arena = kept;
        }
    }
    return brief;
}

static void a_brief_place_is_the_place(void **state) {
    (void)state;
    struct im_gazetteer *gz = data_gazetteer();
    assert_true(compare_all(gz) > 20000);
}

static struct im_gazetteer *with_rows(const char *a, const char *b) {
    folder_put("a.csv", a);
    folder_put("b.csv", b);
    const char *files[2] = {in_folder("a.csv"), in_folder("b.csv")};
    struct im_gazetteer *gz = NULL;
    struct im_findings findings;
    struct incmap_error err = {.status = INCMAP_OK};
    im_findings_init(&findings, arena);
    assert_int_equal(
        im_gazetteer_layer(arena, open_world(), files, 2, &findings, &gz, &err),
        INCMAP_OK);
    return gz;
}

/* Ids with a number, of their own, and none; names longer than most. */
static void ids_of_every_kind(void **state) {
    (void)state;
    char name[400], other[12000];
    memset(name, 'n', sizeof name);
    name[sizeof name - 1] = '\0';
    memset(other, 'o', sizeof other);
    other[sizeof other - 1] = '\0';
    const char *rows =
        im_format(arena,
                  "id,name,lat,lon,alternates\nx:7,Seven,1,1,Sept\nown,Own,1,2,Eigen\n"
                  ",None,1,3,Keine\nx:18446744073709551615,Most,1,4,\nx:0,%s,1,5,L\n",
                  name);
    const char *more =
        im_format(arena, "name,lat,lon,alternates\nOne,2,2,%s\n%s,2,3,\n", other, name);
    const struct im_gazetteer *gz = with_rows(rows, more);
    compare_all(gz);
    const struct im_place **list;
    struct im_within which = {.box = {0.5, 0.5, 5.5, 2.5}, .limit = 20, .brief = true};
    assert_int_equal(im_gazetteer_within(gz, arena, &which, &list), 7);
    const struct im_place *one = im_gazetteer_whole(gz, arena, list[5]);
    assert_string_equal(one->name, "One");
    assert_string_equal(one->names[one->name_count - 1].text, other);
}

/* A row for a bundled place is that place; what is called otherwise, or lies two
 * kilometres away, is another. */
static void a_place_is_listed_once(void **state) {
    (void)state;
    const struct im_gazetteer *gz =
        with_rows("id,name,lat,lon\na1,Tovuz,40.995,45.635\na2,Tovuz,41.02,45.63\n",
                  "id,name,lat,lon\nb1,Tovuz,40.99,45.63\nb2,Tovus,40.99,45.63\n");
    const struct im_place **list;
    for (int brief = 0; brief < 2; brief++) {
        struct im_within which = {
            .box = {45.6, 40.9, 45.7, 41.1}, .limit = 20, .brief = brief == 1};
        size_t n = im_gazetteer_within(gz, arena, &which, &list);
        const char *text = "";
        for (size_t i = 0; i < n; i++) {
            text = im_format(arena, "%s%s ", text, list[i]->id);
        }
        assert_string_equal(text, "t:tovuz a2 b2 ");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_packed_comes_back, make_world,
                                        end_world),
        cmocka_unit_test_setup_teardown(a_cut_escape_is_damage, make_world, end_world),
        cmocka_unit_test_setup_teardown(a_brief_place_is_the_place, make_world,
                                        end_world),
        cmocka_unit_test_setup_teardown(ids_of_every_kind, make_world, end_world),
        cmocka_unit_test_setup_teardown(a_place_is_listed_once, make_world, end_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
