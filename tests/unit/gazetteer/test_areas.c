/* Shapefiles as sources: areas with their outlines, in degrees and in metres. */
#include "world.h"

#include "gazetteer/inside.h"
#include "model/outline.h"
#include <math.h>
#include <shapefil.h>

static struct im_findings findings;
static struct im_gazetteer *gz;

/* A square with a hole, its coordinates `unit` to the degree. */
static void write_square(double unit, const char *prj) {
    const char *path = in_folder("a.shp");
    double x[] = {44 * unit,   44 * unit,   45 * unit,   45 * unit,   44 * unit,
                  44.4 * unit, 44.6 * unit, 44.6 * unit, 44.4 * unit, 44.4 * unit};
    double y[] = {40 * unit,   41 * unit,   41 * unit,   40 * unit,   40 * unit,
                  40.4 * unit, 40.4 * unit, 40.6 * unit, 40.6 * unit, 40.4 * unit};
    int starts[] = {0, 5}, types[] = {SHPP_RING, SHPP_RING};
    SHPHandle shp = SHPCreate(path, SHPT_POLYGON);
    DBFHandle dbf = DBFCreateEx(path, "UTF-8");
    DBFAddField(dbf, "NAME", FTString, 20, 0);
    SHPObject *o =
        SHPCreateObject(SHPT_POLYGON, -1, 2, starts, types, 10, x, y, NULL, NULL);
    SHPWriteObject(shp, -1, o);
    SHPDestroyObject(o);
    DBFWriteStringAttribute(dbf, 0, 0, "Squareland");
    SHPClose(shp);
    DBFClose(dbf);
    folder_put("a.prj", prj);
}

static const char *told;

/* A projection in the like of one: a hundred thousand to the degree. */
static enum incmap_status open_metres(void *self, struct im_arena *in, const char *prj,
                                      void **crs, struct incmap_error *err) {
    (void)self;
    (void)in;
    told = im_strdup(arena, prj);
    *crs = strncmp(prj, "PROJCS", 6) == 0 ? &told : NULL;
    return strncmp(prj, "BAD", 3) == 0
               ? im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE, "no such thing")
               : INCMAP_OK;
}

static bool to_degrees(void *crs, struct im_lonlat *at) {
    assert_ptr_equal(crs, &told);
    *at = (struct im_lonlat){at->lon / 1e5, at->lat / 1e5};
    return fabs(at->lat) <= 90;
}

static enum incmap_status take(struct incmap_error *err) {
    struct im_gazetteer *base = open_world();
    const char *file = in_folder("a.shp");
    *err = (struct incmap_error){.status = INCMAP_OK};
    im_findings_init(&findings, arena);
    im_gazetteer_unproject(base,
                           (struct im_unprojector){NULL, open_metres, to_degrees});
    return im_gazetteer_layer(arena, base, &file, 1, &findings, &gz, err);
}

static void is_the_square(void) {
    struct im_lookup l = {.name = "Squareland", .country = "", .admin1 = ""};
    struct im_answer_set a = im_gazetteer_find(gz, arena, &l);
    struct im_lines rings;
    assert_int_equal(a.status, IM_ANSWER_OK);
    struct im_position p = im_place_position(a.candidates[0].place);
    assert_int_equal(p.kind, IM_AREA);
    assert_true(fabs(p.box.west - 44) < 1e-5 && fabs(p.box.north - 41) < 1e-5);
    assert_true(im_outline_read(arena, p.area, &rings));
    assert_int_equal(rings.n, 2);
    assert_int_equal(rings.v[0].n, 4);
    assert_int_equal(rings.v[1].n, 4);
    assert_true(p.at.lat > 40 && p.at.lat < 41 && p.at.lon > 44 && p.at.lon < 45);
}

static void degrees(void **state) {
    struct incmap_error err;
    (void)state;
    write_square(1, "GEOGCS[\"WGS 84\"]");
    assert_int_equal(take(&err), INCMAP_OK);
    assert_string_equal(told, "GEOGCS[\"WGS 84\"]");
    is_the_square();
}

static void metres(void **state) {
    struct incmap_error err;
    (void)state;
    write_square(1e5, "PROJCS[\"Hundred thousands\"]");
    assert_int_equal(take(&err), INCMAP_OK);
    is_the_square();
}

/* What has no place in its projection is left out and told. */
static void outside(void **state) {
    struct incmap_error err;
    (void)state;
    write_square(1e6, "PROJCS[\"Hundred thousands\"]");
    assert_int_equal(take(&err), INCMAP_E_INPUT);
    assert_non_null(strstr(err.message, "no usable place"));
}

static void unusable(void **state) {
    struct incmap_error err;
    (void)state;
    write_square(1, "BAD");
    assert_int_equal(take(&err), INCMAP_E_INPUT);
    assert_non_null(strstr(err.message, "no such thing"));
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, make_world, end_world)
    const struct CMUnitTest tests[] = {T(degrees), T(metres), T(outside), T(unusable)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
