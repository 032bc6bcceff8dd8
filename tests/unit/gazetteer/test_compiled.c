/*
 * Compiled gazetteers: the same bytes from the same sources, whatever the threads;
 * every name finds its place; near names as when all are compared; layers; the cache.
 */
#include "world.h"

#include "help/data.h"
#include "base/writer.h"
#include "gazetteer/find.h"
#include "gazetteer/inside.h"
#include "gazetteer/tools.h"
#include "text/text.h"

static struct im_findings findings;
static struct im_buf words;

static enum incmap_status build_as(const char *out, const char *const *sources,
                                   size_t n, unsigned threads) {
    struct incmap_error err = {.status = INCMAP_OK};
    struct im_gazetteer none = {.arena = arena, .note = ""};
    struct im_gazetteer_task task = {
        .sources = sources, .n = n, .output = in_folder(out), .threads = threads};
    im_findings_init(&findings, arena);
    im_buf_init(&words, arena, 1 << 20);
    enum incmap_status s =
        im_gazetteer_build(arena, &none, &task, &findings, &words, &err);
    if (s != INCMAP_OK) {
        print_message("%s: %s\n", err.source, err.message);
    }
    return s;
}

static struct im_bytes bytes_of(const char *name) {
    struct im_bytes bytes;
    assert_int_equal(im_file_map(arena, in_folder(name), INCMAP_E_INPUT, &bytes, NULL),
                     INCMAP_OK);
    return bytes;
}

static struct gaz_layer open_file(const char *name) {
    struct gaz_layer layer;
    assert_null(gaz_layer_open(bytes_of(name), &layer));
    assert_null(gaz_layer_verify(&layer));
    return layer;
}

static const char *country_of(unsigned row) {
    return row % 4 < 3 ? "AZ" : "AM";
}

static void add_row(struct im_buf *out, unsigned i, const char *name,
                    const char *more) {
    im_buf_fmt(out,
               "%u\t%s\t%s\t%s\t%u.%05u\t%u.5\tP\tPPL\t%s\t\t%02u\t\t\t\t%u\t\t0\t\t\n",
               1000 + i, name, name, more, i % 90, i * 7919 % 100000, i % 180,
               country_of(i), i % 7, i % 7 ? 0 : i * 13);
}

/* Some thousand rows of short, alike names. */
static void write_rows(const char *file, unsigned n) {
    static const char *const first[] = {"To",   "Ag",   "Nor",
                                        "San ", "Kara", "Новый ",
                                        "Մեծ ", "Ber",  "Yuxarı San Fernando ",
                                        "تل "};
    static const char *const last[] = {"vuz", "dam", "ashen", "Jose",    "bulag",
                                       "Лес", "շեն", "kaber", "Salahlı", "اباد"};
    struct im_buf text;
    im_buf_init(&text, arena, 1 << 26);
    for (unsigned i = 0; i < n; i++) {
        char name[64], other[64];
        unsigned a = i * 2654435761u >> 7, b = i * 40503u + 7;
        snprintf(name, sizeof name, "%s%c%c%s", first[a % 10], 'a' + (int)(b % 26),
                 'a' + (int)(a / 10 % 26), last[b % 7 % 10]);
        snprintf(other, sizeof other, "%s%s", first[b % 10], last[a / 100 % 10]);
        add_row(&text, i, name, i % 3 ? other : "");
    }
    folder_put_bytes(file, text.data, text.len);
}

static void same_bytes(void **state) {
    (void)state;
    const char *source = in_folder("rows.txt");
    write_rows("rows.txt", 120000); // more than one piece is read
    assert_int_equal(build_as("a.gaz", &source, 1, 1), INCMAP_OK);
    assert_int_equal(build_as("b.gaz", &source, 1, 3), INCMAP_OK);
    assert_int_equal(findings.n, 0);
    struct im_bytes a = bytes_of("a.gaz"), b = bytes_of("b.gaz");
    assert_int_equal(a.n, b.n);
    assert_memory_equal(a.data, b.data, a.n);
    assert_non_null(strstr(words.data, "120,000 rows read, 120,000 kept, 0 left out"));
}

/* A row's place, its line and id. */
static void rows_come_back(void **state) {
    (void)state;
    const char *source = in_folder("rows.txt");
    write_rows("rows.txt", 3000);
    assert_int_equal(build_as("a.gaz", &source, 1, 2), INCMAP_OK);
    struct gaz_layer layer = open_file("a.gaz");
    assert_int_equal(layer.record_count, 3000);
    for (unsigned i = 0; i < 3000; i += 7) {
        const struct im_place *p = gaz_place(&layer, i, arena);
        assert_non_null(p);
        assert_string_equal(p->id, im_format(arena, "gn:%u", 1000 + i));
        assert_int_equal(p->row.line, i + 1);
        assert_string_equal(p->row.file, "rows.txt");
        assert_true(p->at.lat > i % 90 - 1e-6 && p->at.lat < i % 90 + 1);
        assert_true(p->population == (long)(i % 7 ? 0 : i * 13));
        assert_string_equal(p->country, country_of(i));
    }
}

static bool has_record(const struct gaz_entries *e, size_t record) {
    for (size_t i = 0; i < e->n; i++) {
        if (gaz_entry(e, i) == record) {
            return true;
        }
    }
    return false;
}

static void finds_itself(const struct gaz_layer *layer, size_t record,
                         const char *name) {
    const char *fold = im_fold(arena, name, strlen(name));
    struct im_buf key;
    struct gaz_entries e = gaz_lookup(layer, GAZ_BY_FOLD, fold, strlen(fold));
    if (fold[0] != '\0' && !has_record(&e, record)) {
        fail_msg("'%s' does not find its place", name);
    }
    im_buf_init(&key, arena, 1 << 16);
    for (unsigned r = 0; r < im_readings(name, strlen(name)); r++) {
        gaz_skeleton_key(&key, name, strlen(name), r);
        e = gaz_lookup(layer, GAZ_BY_SKELETON, key.data, key.len);
        if (key.len > 0 && !has_record(&e, record)) {
            fail_msg("'%s' does not find its place by its sounds", name);
        }
        if (key.len > 0 && gaz_bones_key(key.data)) {
            e = gaz_lookup(layer, GAZ_BY_BONES, key.data, strlen(key.data));
            assert_true(has_record(&e, record));
        }
    }
}

/* Every name of the bundled places, by every key. */
static void bundled_names_find_their_places(void **state) {
    (void)state;
    struct im_gazetteer *gz = data_gazetteer();
    const struct gaz_layer *layer = gz->layers[0];
    struct im_arena *kept = arena;
    size_t names = 0;
    for (size_t i = 0; i < layer->record_count; i++) {
        arena = im_arena_new(IM_MAX_JOB_BYTES);
        const struct im_place *p = gaz_place(layer, i, arena);
        assert_non_null(p);
        finds_itself(layer, i, p->name);
        for (size_t k = 0; k < p->name_count; k++, names++) {
            finds_itself(layer, i, p->names[k].text);
        }
        const struct im_place *by_id = im_gazetteer_by_id(gz, p->id);
        assert_non_null(by_id);
        assert_string_equal(by_id->id, p->id);
        im_arena_free(arena);
        arena = kept;
    }
    assert_true(names > 100000);
}

/* What gaz_near should find, by comparing all. */
static bool is_near(const struct im_place *p, const char *fold, unsigned most) {
    struct gaz_generic g = {.n = 0};
    for (size_t k = 0; k <= p->name_count; k++) {
        const char *name = k ? p->names[k - 1].text : p->name;
        const char *other = im_fold(arena, name, strlen(name));
        if (im_edit_distance(other, fold, most + 1) <= most) {
            return true;
        }
        if (gaz_generic(other, strlen(other), &g)) {
            for (size_t i = 0; i < g.n; i++) {
                if (im_edit_distance(g.stem[i], fold, most + 1) <= most) {
                    return true;
                }
            }
        }
    }
    return false;
}

static int by_record(const void *a, const void *b) {
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Records of all runs, sorted; some more than once. */
static uint32_t *records_of(const struct gaz_runs *runs, size_t *n) {
    uint32_t *v = NULL;
    size_t cap = 0;
    *n = 0;
    for (size_t i = 0; i < runs->n; i++) {
        for (size_t k = 0; k < runs->v[i].n; k++) {
            IM_PUSH(arena, v, *n, cap, gaz_entry(&runs->v[i], k));
        }
    }
    if (*n > 0) {
        qsort(v, *n, sizeof *v, by_record);
    }
    return v;
}

/* Compare with all; how many are near. */
static size_t near_as_by_comparing(const struct gaz_layer *layer, const char *query,
                                   unsigned most) {
    struct gaz_runs near = {NULL, 0, 0};
    const char *fold = im_fold(arena, query, strlen(query));
    size_t at = 0, n, count = 0;
    gaz_near(layer, arena, fold, most, &near);
    const uint32_t *v = records_of(&near, &n);
    for (size_t i = 0; i < layer->record_count; i++) {
        bool told = at < n && v[at] == i;
        count += told;
        while (at < n && v[at] == i) {
            at++;
        }
        if (is_near(gaz_place(layer, i, arena), fold, most) != told) {
            fail_msg("'%s', %u edits: record %zu", query, most, i);
        }
    }
    return count;
}

static struct gaz_layer near_layer(unsigned rows) {
    const char *source = in_folder("rows.txt");
    write_rows("rows.txt", rows);
    assert_int_equal(build_as("a.gaz", &source, 1, 1), INCMAP_OK);
    return open_file("a.gaz");
}

static void near_names_are_all_found(void **state) {
    (void)state;
    static const char *const queries[] = {"toabvuz",
                                          "tovbazu",
                                          "agcdam",
                                          "san xyjose",
                                          "san yjosse",
                                          "karaabulag",
                                          "nor qashen",
                                          "новыи ablес",
                                          "yuxari san fernando absalahli",
                                          "yuxari sanfernando absalahlii",
                                          "yuxari san fernando aabsalahl",
                                          "berkaber",
                                          "berabkabre",
                                          "agabdam",
                                          "մեծabշեն",
                                          "տովуз",
                                          "تل ababاباد"};
    struct gaz_layer layer = near_layer(4000);
    size_t all = 0;
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        for (unsigned most = 1; most <= 2; most++) {
            all += near_as_by_comparing(&layer, queries[q], most);
        }
    }
    assert_true(all > 500);
}

/* Of hundreds of places of one name the best are kept without looking at all: the same
 * as when all are looked at. */
static void the_best_are_kept(void **state) {
    (void)state;
    static const struct im_lookup lookups[] = {
        {.country = ""},
        {.country = "AZ"},
        {.country = "AM"},
        {.country = "AZ", .has_near = true, .near = {41.5, 41.5}}};
    const size_t n = sizeof lookups / sizeof *lookups;
    struct gaz_layer layer = near_layer(20000);
    struct im_gazetteer gz = {.arena = arena, .note = ""};
    size_t looked = 0;
    for (size_t i = 0; i < n; i++) {
        struct im_lookup lookup = lookups[i];
        struct gaz_query q;
        struct gaz_runs near = {NULL, 0, 0};
        struct gaz_hits *quick = im_alloc(arena, 1, sizeof *quick),
                        *all = im_alloc(arena, 1, sizeof *all);
        lookup.name = "toashen";
        gaz_query_init(&q, &gz, arena, &lookup);
        gaz_near(&layer, arena, "toashen", 2, &near);
        for (size_t k = 0; k < near.n; k++) {
            gaz_add_alike(&q, &near.v[k], quick);
            gaz_add_hits(&q, &near.v[k], false, all);
            looked += near.v[k].n;
        }
        assert_int_equal(all->n, GAZ_MOST_HITS);
        assert_int_equal(quick->n, all->n);
        for (size_t k = 0; k < all->n; k++) {
            assert_int_equal(quick->v[k].record, all->v[k].record);
            assert_true(k == 0 || all->v[k - 1].quick >= all->v[k].quick);
            for (size_t before = 0; before < k; before++) {
                assert_true(all->v[before].record != all->v[k].record);
            }
        }
    }
    assert_true(looked > 10 * n * GAZ_MOST_HITS);
}

/* Letters transposed anywhere in the name, across its middle too; then one more slip at
 * its beginning or end. */
static void transposed_names_are_found(void **state) {
    (void)state;
    struct gaz_layer layer = near_layer(400);
    for (size_t i = 0; i < 8; i++) { // names that begin with ASCII
        static const char *const names[] = {"Towkabvuz", "Agqxdam", "Berzylag"};
        const char *name = i < 3 ? names[i] : gaz_place(&layer, i * 37, arena)->name;
        char *fold = im_fold(arena, name, strlen(name));
        size_t n = strlen(fold);
        for (size_t at = 0; at + 1 < n; at++) {
            char *s = im_strdup(arena, fold);
            if ((s[at] | s[at + 1]) & 0x80) {
                continue;
            }
            char c = s[at];
            s[at] = s[at + 1];
            s[at + 1] = c;
            size_t one = near_as_by_comparing(&layer, s, 1);
            assert_true(i < 3 || one > 0);
            near_as_by_comparing(&layer, im_format(arena, "x%s", s), 2);
            near_as_by_comparing(&layer, im_format(arena, "%sx", s), 2);
            near_as_by_comparing(&layer, im_strndup(arena, s, n - 1), 2);
        }
    }
}

/* Damage behind the header is a matter of the records that it hits. */
static void damage_is_found(void **state) {
    (void)state;
    const char *source = in_folder("rows.txt");
    struct gaz_layer layer;
    write_rows("rows.txt", 500);
    assert_int_equal(build_as("a.gaz", &source, 1, 1), INCMAP_OK);
    struct im_bytes whole = bytes_of("a.gaz");
    char *copy = im_alloc(arena, whole.n, 1);
    for (size_t i = 0; i < whole.n; i += i < sizeof(struct gaz_header) ? 1 : 211) {
        memcpy(copy, whole.data, whole.n);
        copy[i] = (char)(copy[i] ^ 1 << i % 8);
        const char *wrong = gaz_layer_open((struct im_bytes){copy, whole.n}, &layer);
        if (i < sizeof(struct gaz_header)) {
            assert_non_null(wrong);
        }
        if (!wrong && gaz_layer_verify(&layer) == NULL) {
            fail_msg("damage at byte %zu was not noticed", i);
        }
    }
    for (size_t n = 0; n < whole.n; n += 1 + n / 7) {
        memcpy(copy, whole.data, n);
        assert_non_null(gaz_layer_open((struct im_bytes){copy, n}, &layer));
    }
}

static const char *ask(const struct im_gazetteer *gz, const char *name) {
    struct im_lookup l = {.name = name, .country = "", .admin1 = ""};
    struct im_answer_set a = im_gazetteer_find(gz, arena, &l);
    const struct im_place *p = a.n > 0 ? a.candidates[0].place : NULL;
    return p ? im_format(arena, "%s %s:%u %s", im_answer_text(a.status),
                         im_path_name(p->row.file), p->row.line, p->id)
             : im_answer_text(a.status);
}

static struct im_gazetteer *layered(const struct im_gazetteer *base, const char *a,
                                    const char *b) {
    const char *files[2] = {in_folder(a), in_folder(b)};
    struct im_gazetteer *gz = NULL;
    struct incmap_error err = {.status = INCMAP_OK};
    im_findings_init(&findings, arena);
    if (im_gazetteer_layer(arena, base, files, 2, &findings, &gz, &err) != INCMAP_OK) {
        fail_msg("%s: %s", err.source, err.message);
    }
    return gz;
}

/* The first given wins ties, compiled or not; each hit names its file and row. */
static void layers_win_in_order(void **state) {
    (void)state;
    folder_put("a.csv", "id,name,lat,lon\na1,Camp,41,45\na2,Only A,41,46\n");
    folder_put("b.csv", "id,name,lat,lon\nb0,X,1,1\nb1,Camp,10,20\nb2,Only B,10,21\n");
    const char *a = in_folder("a.csv"), *b = in_folder("b.csv");
    assert_int_equal(build_as("a.gaz", &a, 1, 1), INCMAP_OK);
    assert_int_equal(build_as("b.gaz", &b, 1, 1), INCMAP_OK);
    static const char *const pairs[][3] = {{"a.csv", "b.csv", "ok a.csv:2 a1"},
                                           {"b.csv", "a.csv", "ok b.csv:3 b1"},
                                           {"a.gaz", "b.csv", "ok a.csv:2 a1"},
                                           {"b.gaz", "a.gaz", "ok b.csv:3 b1"}};
    for (size_t i = 0; i < 4; i++) {
        struct im_gazetteer *gz = layered(open_world(), pairs[i][0], pairs[i][1]);
        assert_string_equal(ask(gz, "Camp"), pairs[i][2]);
        assert_string_equal(ask(gz, "Only B"), "ok b.csv:4 b2");
        assert_string_equal(ask(gz, "Only A"), "ok a.csv:3 a2");
        assert_string_equal(ask(gz, "Tovuz"), "ok places-caucasus.tsv:2 t:tovuz");
    }
}

/* Sources of one file in another order: only ties may be told otherwise. */
static void order_decides_ties_only(void **state) {
    (void)state;
    folder_put("a.csv", "id,name,lat,lon\na1,Camp,41,45\na2,Only A,41,46\n");
    folder_put("b.csv", "id,name,lat,lon\nb1,Camp,10,20\nb2,Only B,10,21\n");
    const char *ab[] = {in_folder("a.csv"), in_folder("b.csv")};
    const char *ba[] = {ab[1], ab[0]};
    assert_int_equal(build_as("a.gaz", ab, 2, 1), INCMAP_OK);
    assert_int_equal(build_as("b.gaz", ba, 2, 1), INCMAP_OK);
    const char *files[2] = {in_folder("a.gaz"), in_folder("b.gaz")};
    struct im_gazetteer *gz[2];
    struct im_gazetteer *base = open_world();
    im_findings_init(&findings, arena);
    for (int i = 0; i < 2; i++) {
        struct incmap_error err = {.status = INCMAP_OK};
        assert_int_equal(
            im_gazetteer_layer(arena, base, &files[i], 1, &findings, &gz[i], &err),
            INCMAP_OK);
    }
    assert_string_equal(ask(gz[0], "Only B"), ask(gz[1], "Only B"));
    assert_string_equal(ask(gz[0], "Tovuz"), ask(gz[1], "Tovuz"));
    assert_true(strncmp(ask(gz[0], "Camp"), "ambiguous", 9) == 0);
    assert_true(strncmp(ask(gz[1], "Camp"), "ambiguous", 9) == 0);
}

/* A source is compiled into the cache once; a changed one again; findings are told each
 * time; without a writable cache all is the same. */
static void sources_are_cached(void **state) {
    (void)state;
    struct im_gazetteer *base = open_world();
    const char *cache = in_folder("cache/incmap");
    folder_put("a.csv", "name,lat,lon\nCamp,41,45\nBad,91,45\n");
    folder_put("b.csv", "name,lat,lon\nOther,10,20\n");
    im_gazetteer_cache(base, cache);
    for (int i = 0; i < 2; i++) {
        struct im_gazetteer *gz = layered(base, "a.csv", "b.csv");
        assert_int_equal(findings.n, 1);
        assert_int_equal(findings.items[0].line, 3);
        assert_string_equal(ask(gz, "Camp"),
                            im_format(arena, "ok a.csv:2 %s:2", in_folder("a.csv")));
    }
    folder_put("a.csv", "name,lat,lon\nHut,41,45\n");
    assert_string_equal(ask(layered(base, "a.csv", "b.csv"), "Camp"), "unknown");
    assert_int_equal(system(im_format(arena, "test $(ls %s | wc -l) -eq 2", cache)), 0);
    // damaged in the cache: made anew
    assert_int_equal(
        system(im_format(arena, "for f in %s/*; do echo x >$f; done", cache)), 0);
    assert_non_null(strstr(ask(layered(base, "a.csv", "b.csv"), "Hut"), "ok a.csv:2"));
    im_gazetteer_cache(base, "/dev/null/cache");
    assert_non_null(strstr(ask(layered(base, "a.csv", "b.csv"), "Hut"), "ok a.csv:2"));
    assert_int_equal(system(im_format(arena, "rm -r %s", in_folder("cache"))), 0);
}

/* What the kept form of a.csv was made of. */
static uint64_t stamp(const struct im_gazetteer *base) {
    return gaz_layer_header(layered(base, "a.csv", "b.csv")->layers[0]).stamp;
}

/* A kept form is of this program's version, this source and what stands beside it. */
static void kept_forms_are_of_their_time(void **state) {
    (void)state;
    static const char *const beside[] = {"admin1CodesASCII.txt", "admin2Codes.txt",
                                         "countryInfo.txt", "alternateNamesV2.txt"};
    struct im_gazetteer *base = open_world();
    folder_put("a.csv", "name,lat,lon\nCamp,41,45\n");
    folder_put("b.csv", "name,lat,lon\nOther,10,20\n");
    im_gazetteer_cache(base, in_folder("cache"));
    uint64_t first = stamp(base);
    assert_true(first != 0 && stamp(base) == first);
    base->program++; // an upgrade
    assert_true(stamp(base) != first);
    base->program--;
    assert_true(stamp(base) == first);
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        folder_put(beside[i], "AZ.1\tX\tX\t1\n");
        assert_true(stamp(base) != first);
        unlink(in_folder(beside[i]));
        assert_true(stamp(base) == first);
    }
    folder_put("a.csv", "name,lat,lon\nCamp,41,44\n");
    assert_true(stamp(base) != first);
    assert_int_equal(system(im_format(arena, "rm -r %s", in_folder("cache"))), 0);
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, make_world, end_world)
    const struct CMUnitTest tests[] = {
        T(same_bytes),
        T(rows_come_back),
        T(bundled_names_find_their_places),
        T(near_names_are_all_found),
        T(the_best_are_kept),
        T(transposed_names_are_found),
        T(damage_is_found),
        T(layers_win_in_order),
        T(order_decides_ties_only),
        T(sources_are_cached),
        T(kept_forms_are_of_their_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
