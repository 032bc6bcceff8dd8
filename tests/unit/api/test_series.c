/* What programs need that make figures in series: copies of jobs, digests that follow
 * all that goes into a figure, records read back from files, parts of the data, file
 * names. */
#define _GNU_SOURCE // memmem
#include "base/digest.h"
#include "base/file.h"
#include "help/data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char table[64], figure[3][64];

static int setup(void **state) {
    static const char *const format[] = {"png", "svg", "pdf"};
    snprintf(table, sizeof table, "series-%d.csv", (int)getpid());
    for (int i = 0; i < 3; i++) {
        snprintf(figure[i], sizeof figure[i], "series-%d.%s", (int)getpid(), format[i]);
    }
    return atlas_setup(state);
}

static int teardown(void **state) {
    unlink(table);
    for (int i = 0; i < 3; i++) {
        unlink(figure[i]);
    }
    return atlas_teardown(state);
}

static void put(const char *path, const char *text) {
    assert_int_equal(im_file_write(path, text, strlen(text), NULL), INCMAP_OK);
}

static void set(struct incmap_job *job, const char *key, const char *value) {
    struct incmap_error err;
    if (incmap_job_set(job, key, value, &err) != INCMAP_OK) {
        fail_msg("%s=%s: %s", key, value, err.message);
    }
}

static struct incmap_job *new_job(void) {
    struct incmap_job *job = NULL;
    assert_int_equal(incmap_job_new(atlas, &job, NULL), INCMAP_OK);
    set(job, "incidents.file", table);
    set(job, "size", "480x360");
    set(job, "scale", "0.6");
    return job;
}

static struct incmap_job *copy(struct incmap_job *from) {
    struct incmap_job *job = NULL;
    assert_int_equal(incmap_job_copy(from, &job, NULL), INCMAP_OK);
    return job;
}

/* Which of the five parts of the job's digest differ from those of `was`, as letters.
 */
static const char *changed(struct incmap_job *job, const char *was) {
    static char out[6];
    const char *is = NULL;
    struct incmap_error err;
    size_t n = 0;
    if (incmap_job_digest(job, &is, &err) != INCMAP_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(strlen(is), 5 * 16 + 4);
    for (int i = 0; i < 5; i++) {
        if (memcmp(is + 17 * i, was + 17 * i, 16) != 0) {
            out[n++] = "srfgp"[i];
        }
    }
    out[n] = '\0';
    return out;
}

static void copies_do_not_touch_each_other(void **state) {
    (void)state;
    put(table, "lat,lon,type\n41,45,a\n");
    struct incmap_job *from = new_job();
    set(from, "extent.around", "Tovuz");
    set(from, "title", "One");
    struct incmap_job *a = copy(from), *b = copy(from);
    set(a, "title", "Two");
    set(a, "incidents.0.where", "type=a");
    set(a, "extent.bbox", "44,40,46,42");
    set(a, "overlays", "pipelines");
    assert_string_equal(incmap_job_text(b, "title"), "One");
    assert_string_equal(incmap_job_text(a, "title"), "Two");
    assert_null(incmap_job_text(a, "size"));
    assert_null(incmap_job_text(a, "no.such"));
    char was[128];
    const char *digest = NULL;
    assert_int_equal(incmap_job_digest(from, &digest, NULL), INCMAP_OK);
    snprintf(was, sizeof was, "%s", digest);
    assert_string_equal(changed(b, was), "");
    assert_string_equal(changed(a, was), "s");
    incmap_job_free(a);
    incmap_job_free(b);
    assert_int_equal(incmap_job_run(from, NULL), INCMAP_OK);
    assert_int_equal(incmap_job_copy(from, &a, NULL), INCMAP_E_USAGE);
    incmap_job_free(from);
}

static void digests_follow_what_goes_in(void **state) {
    (void)state;
    char was[128], other[72];
    const char *digest = NULL;
    put(table, "lat,lon,type\n41,45,a\n41.2,45.2,b\n");
    struct incmap_job *from = new_job(), *job = copy(from);
    set(job, "where", "type=a");
    assert_int_equal(incmap_job_digest(job, &digest, NULL), INCMAP_OK);
    snprintf(was, sizeof was, "%s", digest);
    incmap_job_free(job);
    static const struct {
        const char *key, *value, *changed;
    } sets[] = {
        {"where", "type=a", ""},
        {"where", "type=b", "sr"},
        {"theme", "dark", "s"},
        {"furniture.legend", "off", "s"},
        {"furniture.credits", "By us", "s"},
        {"labels.max", "3", "s"},
        {"style.water.fill", "#fff", "s"},
        {"pdf.page", "A4", "s"},
        {"extent.margin", "12.5", "s"},
        {"from", "2020", "s"},
        {"text", "outlines", "s"},
        {"output", "x.png", ""},
        {"overlays", "pipelines", "s"},
    };
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        job = copy(from);
        set(job, "where", "type=a");
        assert_string_equal(changed(job, was), "");
        set(job, sets[i].key, sets[i].value);
        assert_string_equal(changed(job, was), sets[i].changed);
        incmap_job_free(job);
    }
    put(table, "lat,lon,type\n41,45,a\n41.2,45.2,c\n"); // not drawn
    job = copy(from);
    set(job, "where", "type=a");
    assert_string_equal(changed(job, was), "");
    incmap_job_free(job);
    put(table, "lat,lon,type\n41,45.1,a\n41.2,45.2,b\n");
    job = copy(from);
    set(job, "where", "type=a");
    assert_string_equal(changed(job, was), "r");
    snprintf(other, sizeof other, "g-%s", table);
    put(other, "name,lat,lon\nHere,41,45\n");
    set(job, "gazetteers", other);
    incmap_job_free(job);
    job = copy(from);
    set(job, "where", "type=a");
    set(job, "gazetteers", other);
    assert_string_equal(changed(job, was), "srf");
    incmap_job_free(job);
    incmap_job_free(from);
    unlink(other);
}

/* What a figure says of its table is of the bytes that it was drawn from. */
static void expect_drawn_from(struct incmap_job *job, const char *text, bool is) {
    char hex[65];
    const void *svg = NULL;
    size_t n = 0;
    im_sha256(text, strlen(text), hex);
    assert_int_equal(incmap_job_encode(job, "svg", &svg, &n, NULL), INCMAP_OK);
    assert_true((memmem(svg, n, hex, 64) != NULL) == is);
}

static void figures_tell_the_bytes_they_were_drawn_from(void **state) {
    (void)state;
    const char *before = "lat,lon,type\n41,45,a\n", *after = "lat,lon,type\n41,44,b\n";
    const char *digest = NULL;
    put(table, before);
    struct incmap_job *job = new_job(), *next = new_job();
    assert_int_equal(incmap_job_digest(job, &digest, NULL), INCMAP_OK); // opens it
    put(table, after);
    assert_int_equal(incmap_job_run(job, NULL), INCMAP_OK);
    expect_drawn_from(job, before, true);
    expect_drawn_from(job, after, false);
    assert_int_equal(incmap_job_run(next, NULL), INCMAP_OK);
    expect_drawn_from(next, after, true);
    incmap_job_free(job);
    incmap_job_free(next);
}

/* Files beside a shapefile count, by the first of the names that they may have. */
static void digests_follow_what_lies_beside(void **state) {
    (void)state;
    static const struct {
        const char *ending, *text, *changed;
    } steps[] = {
        {"Dbf", "1", "f"}, {"Dbf", "2", "f"}, {"DBF", "3", "f"}, {"Dbf", "4", ""},
        {"dbf", "5", "f"}, {"DBF", "6", ""},  {"dbf", "7", "f"},
    };
    char was[128], shp[96], path[96];
    const char *digest = NULL;
    snprintf(shp, sizeof shp, "beside-%s.shp", table);
    put(table, "lat,lon,type\n41,45,a\n");
    put(shp, "x");
    struct incmap_job *from = new_job();
    set(from, "overlays.file", shp);
    struct incmap_job *job = copy(from);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        assert_int_equal(incmap_job_digest(job, &digest, NULL), INCMAP_OK);
        snprintf(was, sizeof was, "%s", digest);
        incmap_job_free(job);
        snprintf(path, sizeof path, "beside-%s.%s", table, steps[i].ending);
        put(path, steps[i].text);
        job = copy(from);
        assert_string_equal(changed(job, was), steps[i].changed);
    }
    incmap_job_free(job);
    incmap_job_free(from);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        snprintf(path, sizeof path, "beside-%s.%s", table, steps[i].ending);
        unlink(path);
    }
    unlink(shp);
}

static void records_are_read_back(void **state) {
    (void)state;
    put(table, "lat,lon,type,source\n41,45,a,\"\"\"Q\"\" <b> & \\ (c)\"\n");
    struct incmap_job *job = new_job();
    set(job, "title", "T \xC3\xA9 \"q\" <&> \\ (x)");
    const char *digest = NULL;
    assert_int_equal(incmap_job_digest(job, &digest, NULL), INCMAP_OK);
    assert_int_equal(incmap_job_run(job, NULL), INCMAP_OK);
    for (int i = 0; i < 3; i++) {
        struct incmap_record *r = NULL;
        assert_int_equal(incmap_job_write(job, figure[i], NULL), INCMAP_OK);
        assert_int_equal(incmap_record_read(figure[i], &r, NULL), INCMAP_OK);
        assert_non_null(r);
        assert_string_equal(r->digest, digest);
        assert_non_null(strstr(r->summary, "\"incidents\":1,\"placed\":1"));
        assert_non_null(strstr(r->summary, "\\\"Q\\\" <b> & \\\\ (c)"));
        incmap_record_free(r);
        // cut short anywhere, it has none
        struct im_bytes bytes;
        struct im_arena *own = im_arena_new((size_t)1 << 26);
        assert_int_equal(im_file_map(own, figure[i], INCMAP_E_INPUT, &bytes, NULL),
                         INCMAP_OK);
        char *whole = malloc(bytes.n);
        size_t n = bytes.n;
        memcpy(whole, bytes.data, n);
        im_arena_free(own);
        for (size_t part = 1; part < 12; part++) {
            size_t cut = n - 1 - (n - 1) * (part - 1) / 11;
            assert_int_equal(im_file_write(figure[i], whole, cut, NULL), INCMAP_OK);
            assert_int_equal(incmap_record_read(figure[i], &r, NULL), INCMAP_OK);
            assert_null(r);
        }
        free(whole);
    }
    incmap_job_free(job);
    struct incmap_record *r = NULL;
    assert_int_equal(incmap_record_read("no-such-file.png", &r, NULL), INCMAP_OK);
    assert_null(r);
    assert_int_equal(incmap_record_read(table, &r, NULL), INCMAP_OK);
    assert_null(r);
}

static int gather(void *self, const char *name, const char *const *settings,
                  size_t count) {
    char *out = self;
    strcat(out, name);
    for (size_t i = 0; i < count; i++) {
        strcat(out, " ");
        strcat(out, settings[2 * i + 1]);
    }
    strcat(out, ";");
    return 0;
}

static void parts_of_the_data(void **state) {
    (void)state;
    static const struct {
        const char *by, *want;
    } parts[] = {
        {"day", "2019-12-30 2019-12-30 2019-12-30 30 December 2019;"
                "2019-12-31 2019-12-31 2019-12-31 31 December 2019;"
                "2020-01-01 2020-01-01 2020-01-01 1 January 2020;"
                "2021-01-03 2021-01-03 2021-01-03 3 January 2021;"},
        {"week",
         "2020-W01 2019-12-30 2020-01-05 30 December 2019\u20135 January 2020;"
         "2020-W53 2020-12-28 2021-01-03 28 December 2020\u20133 January 2021;"},
        {"month", "2019-12 2019-12-01 2019-12-31 December 2019;"
                  "2020-01 2020-01-01 2020-01-31 January 2020;"
                  "2021-01 2021-01-01 2021-01-31 January 2021;"},
        {"category", "a kind=a a;b kind=b b;"},
    };
    put(table, "lat,lon,kind,date,date_end\n41,45,b,2019-12-30,2020-01-01\n"
               "41,45,a,2021-01-03,\n41,45,,,\n");
    struct incmap_job *job = new_job();
    set(job, "incidents.columns.type", "kind");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char out[512] = "";
        assert_int_equal(incmap_job_facets(job, parts[i].by, gather, out, NULL),
                         INCMAP_OK);
        assert_string_equal(out, parts[i].want);
    }
    char out[512] = "";
    assert_int_equal(incmap_job_facets(job, "year", gather, out, NULL), INCMAP_E_USAGE);
    assert_int_equal(incmap_job_facets(job, "country", gather, out, NULL),
                     INCMAP_E_INPUT);
    // the map's own days hold
    set(job, "from", "2019-12-31");
    set(job, "to", "2020-12-31");
    assert_int_equal(incmap_job_facets(job, "week", gather, out, NULL), INCMAP_OK);
    assert_string_equal(
        out, "2020-W01 2019-12-31 2020-01-05 31 December 2019\u20135 January 2020;");
    out[0] = '\0';
    set(job, "language", "az");
    assert_int_equal(incmap_job_facets(job, "month", gather, out, NULL), INCMAP_OK);
    assert_string_equal(out, "2019-12 2019-12-31 2019-12-31 31 dekabr 2019;"
                             "2020-01 2020-01-01 2020-01-31 yanvar 2020;");
    incmap_job_free(job);
}

static void file_names(void **state) {
    (void)state;
    static const struct {
        const char *text, *name;
    } names[] = {
        {"A\xC4\x9F"
         "dam, 12 July",
         "agdam-12-july"},
        {"../../etc/passwd", "etc-passwd"},
        {"\xD0\xA2\xD0\xBE\xD0\xB2\xD1\x83\xD0\xB7",
         "\xD1\x82\xD0\xBE\xD0\xB2\xD1\x83\xD0\xB7"},
        {"  ...  ", ""},
        {"", ""},
        {"CON:|x", "con-x"},
    };
    char out[64];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t n = incmap_file_name(names[i].text, out, sizeof out);
        assert_string_equal(out, names[i].name);
        assert_int_equal(n, strlen(out));
    }
    assert_int_equal(incmap_file_name("\xD0\xA2\xD0\xA2\xD0\xA2", out, 4), 2);
    assert_int_equal(incmap_file_name("abc", out, 1), 0);
}

static int take(void *self, const struct incmap_row *row) {
    char *out = self;
    if (row->bad != NULL) {
        sprintf(out + strlen(out), "%u!", row->bad->line);
    }
    for (size_t i = 0; i < row->count; i++) {
        sprintf(out + strlen(out), "%u:%s ", row->line, row->cell[i]);
    }
    return strstr(out, "stop") != NULL;
}

static void tables(void **state) {
    (void)state;
    struct incmap_error err;
    char out[256] = "";
    put(table, "a;b\n1;\"x;y\"\n\n2\n3;stop\n4;z\n");
    assert_int_equal(incmap_table_read(table, take, out, &err), INCMAP_OK);
    assert_string_equal(out, "1:a 1:b 2:1 2:x;y 4!5:3 5:stop ");
    assert_int_equal(incmap_table_read("no-such.csv", take, out, &err), INCMAP_E_INPUT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_do_not_touch_each_other),
        cmocka_unit_test(digests_follow_what_goes_in),
        cmocka_unit_test(figures_tell_the_bytes_they_were_drawn_from),
        cmocka_unit_test(digests_follow_what_lies_beside),
        cmocka_unit_test(records_are_read_back),
        cmocka_unit_test(parts_of_the_data),
        cmocka_unit_test(file_names),
        cmocka_unit_test(tables),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
