/* A user's own border shapefile in metres of UTM zone 38, through the public door. */
#include "help/data.h"
#include "help/folder.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <shapefil.h>

#include <cmocka.h>

static const char utm38[] =
    "PROJCS[\"WGS 84 / UTM zone 38N\",GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\","
    "SPHEROID[\"WGS 84\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],"
    "UNIT[\"degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],"
    "PARAMETER[\"latitude_of_origin\",0],PARAMETER[\"central_meridian\",45],"
    "PARAMETER[\"scale_factor\",0.9996],PARAMETER[\"false_easting\",500000],"
    "PARAMETER[\"false_northing\",0],UNIT[\"metre\",1]]";

static char path[96];

/* Two countries side by side, their common border at x = 550 km, y from 4490 to 4590.
 */
static void write_shapes(void) {
    static const char *const name[] = {"Westland", "Eastland"};
    static const double x[][5] = {{450000, 450000, 550000, 550000, 450000},
                                  {550000, 550000, 650000, 650000, 550000}};
    static const double y[] = {4490000, 4590000, 4590000, 4490000, 4490000};
    SHPHandle shp = SHPCreate(path, SHPT_POLYGON);
    DBFHandle dbf = DBFCreate(path);
    assert_true(shp != NULL && dbf != NULL);
    int field = DBFAddField(dbf, "NAME", FTString, 20, 0);
    for (int i = 0; i < 2; i++) {
        SHPObject *o = SHPCreateSimpleObject(SHPT_POLYGON, 5, x[i], y, NULL);
        SHPWriteObject(shp, -1, o);
        SHPDestroyObject(o);
        DBFWriteStringAttribute(dbf, i, field, name[i]);
    }
    SHPClose(shp);
    DBFClose(dbf);
}

static int setup(void **state) {
    if (folder_make() != 0) {
        return 1;
    }
    snprintf(path, sizeof path, "%s", in_folder("own.shp"));
    write_shapes();
    folder_put("own.prj", utm38);
    return atlas_setup(state);
}

static int teardown(void **state) {
    atlas_teardown(state);
    return folder_remove();
}

static void set(struct incmap_job *job, const char *key, const char *value) {
    struct incmap_error err = {.record = -1};
    if (incmap_job_set(job, key, value, &err) != INCMAP_OK) {
        fail_msg("%s: %s", key, err.message);
    }
}

/* A job with the borders; `box` and `projection` as in the map file. */
static struct incmap_job *job_for(const char *box, const char *projection,
                                  const char *name_field) {
    struct incmap_job *job = NULL;
    assert_int_equal(incmap_job_new(atlas, &job, NULL), INCMAP_OK);
    set(job, "extent.bbox", box);
    set(job, "projection", projection);
    set(job, "size", "800x600");
    set(job, "borders.file", path);
    if (name_field != NULL) {
        set(job, "borders.0.name_field", name_field);
    }
    return job;
}

static void run_ok(struct incmap_job *job) {
    struct incmap_error err = {.record = -1};
    if (incmap_job_run(job, &err) != INCMAP_OK) {
        fail_msg("%s: %s", err.source, err.message);
    }
}

static const char *svg_of(struct incmap_job *job, size_t *n) {
    const void *data = NULL;
    struct incmap_error err = {.record = -1};
    if (incmap_job_encode(job, "svg", &data, n, &err) != INCMAP_OK) {
        fail_msg("%s", err.message);
    }
    return data;
}

static bool has_finding(const struct incmap_job *job, const char *code) {
    for (size_t i = 0; i < incmap_job_finding_count(job); i++) {
        if (strcmp(incmap_job_finding(job, i).code, code) == 0) {
            return true;
        }
    }
    return false;
}

static void countries_are_where_they_should_be(void **state) {
    (void)state;
    size_t n;
    struct incmap_job *job = job_for("44.8,40.7,46.4,41.3", "EPSG:32638", "NAME");
    run_ok(job);
    const char *svg = svg_of(job, &n);
    assert_non_null(strstr(svg, "own.shp")); // in the manifest, with its digest
    assert_true(strstr(svg, "WESTLAND") || strstr(svg, "Westland"));
    assert_true(strstr(svg, "EASTLAND") || strstr(svg, "Eastland"));
    assert_null(strstr(svg, ">Azerbaijan<")); // the bundled borders are not drawn
    incmap_job_free(job);
}

/* The .prj decides where the numbers lie. */
static void projection_of_the_file_is_used(void **state) {
    (void)state;
    size_t a, b;
    struct incmap_job *job = job_for("44.8,40.7,46.4,41.3", "EPSG:32638", "NAME");
    run_ok(job);
    const char *metres = svg_of(job, &a);
    // the same numbers in zone 39 lie six degrees east, outside the map
    char other[sizeof utm38];
    memcpy(other, utm38, sizeof utm38);
    memcpy(strstr(other, "central_meridian\",45"), "central_meridian\",51", 20);
    folder_put("own.prj", other);
    struct incmap_job *away = job_for("44.8,40.7,46.4,41.3", "EPSG:32638", "NAME");
    run_ok(away);
    const char *moved = svg_of(away, &b);
    assert_true(a != b || memcmp(metres, moved, a) != 0);
    assert_null(strstr(moved, "WESTLAND"));
    assert_null(strstr(moved, ">Westland"));
    assert_true(has_finding(away, "layer-empty"));
    assert_false(has_finding(job, "layer-empty"));
    folder_put("own.prj", utm38);
    incmap_job_free(away);
    incmap_job_free(job);
}

static void metres_without_a_prj_are_refused(void **state) {
    (void)state;
    struct incmap_error err = {.record = -1};
    assert_int_equal(unlink(in_folder("own.prj")), 0);
    struct incmap_job *job = job_for("44.8,40.7,46.4,41.3", "EPSG:32638", "NAME");
    enum incmap_status s = incmap_job_run(job, &err);
    bool told = has_finding(job, "sidecar");
    folder_put("own.prj", utm38);
    assert_int_equal(s, INCMAP_E_INPUT);
    assert_string_equal(err.source, path);
    assert_non_null(strstr(err.message, "no usable .prj"));
    assert_true(told);
    incmap_job_free(job);
}

static void unknown_field_is_refused(void **state) {
    (void)state;
    struct incmap_error err = {.record = -1};
    struct incmap_job *job = job_for("44.8,40.7,46.4,41.3", "EPSG:32638", "NAMES");
    assert_int_equal(incmap_job_run(job, &err), INCMAP_E_INPUT);
    assert_string_equal(err.source, path);
    assert_non_null(strstr(err.message, "'NAMES'"));
    incmap_job_free(job);
}

/* One figure's scripts do not show in the next on the same atlas. */
static void jobs_do_not_touch_each_other(void **state) {
    (void)state;
    size_t a, b;
    struct incmap_job *one = job_for("44.8,40.7,46.4,41.3", "EPSG:32638", "NAME");
    set(one, "title", "First");
    run_ok(one);
    const char *first = svg_of(one, &a);
    struct incmap_job *between = job_for("44.8,40.7,46.4,41.3", "auto", NULL);
    set(between, "title", "Երկրորդ შემდეგი");
    run_ok(between);
    svg_of(between, &b);
    incmap_job_free(between);
    struct incmap_job *two = job_for("44.8,40.7,46.4,41.3", "EPSG:32638", "NAME");
    set(two, "title", "First");
    run_ok(two);
    const char *again = svg_of(two, &b);
    assert_int_equal(a, b);
    assert_memory_equal(first, again, a);
    incmap_job_free(one);
    incmap_job_free(two);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(countries_are_where_they_should_be),
        cmocka_unit_test(projection_of_the_file_is_used),
        cmocka_unit_test(metres_without_a_prj_are_refused),
        cmocka_unit_test(unknown_field_is_refused),
        cmocka_unit_test(jobs_do_not_touch_each_other),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
