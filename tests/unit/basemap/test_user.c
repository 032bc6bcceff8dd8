/* Users' border files: shared edges, missing .prj, dates, classes of lines. */
#include "base/file.h"
#include "basemap/geodata.h"
#include "geo/edges.h"
#include "geo/inside.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <shapefil.h>

static struct im_arena *arena;
static struct im_geodata *geodata;
static struct im_findings found;
static struct im_view view;
static char folder[64], path[96];

static const char wgs84[] =
    "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,"
    "298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

static char *beside(const char *ext) {
    return im_path_ext(arena, path, ext);
}

static void write_prj(const char *text) {
    FILE *f = fopen(beside(".prj"), "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static int setup(void **state) {
    (void)state;
    const char *dir = getenv("INCMAP_DATA");
    struct im_crs *crs;
    struct im_box box = {44, 40, 47, 42};
    arena = im_arena_new((size_t)1 << 28);
    im_findings_init(&found, arena);
    strcpy(folder, "/tmp/incmap-user-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/mine.shp", folder);
    assert_int_equal(im_geodata_open(arena, dir ? dir : "geodata", &geodata, NULL),
                     INCMAP_OK);
    assert_int_equal(im_crs_open(arena, "auto", box, &crs, NULL), INCMAP_OK);
    struct im_extent extent = {box, 0, true};
    return (int)im_view_fit(&view, crs, extent, (struct im_rect){0, 0, 900, 800}, NULL);
}

static int teardown(void **state) {
    (void)state;
    static const char *const ext[] = {".shp", ".shx", ".dbf", ".prj", ".cpg"};
    for (size_t i = 0; i < 5; i++) {
        remove(beside(ext[i]));
    }
    assert_int_equal(rmdir(folder), 0);
    im_arena_free(arena);
    return 0;
}

// Three squares in a row, each `size` wide: the first two touch, with a vertex in the
// middle of their common side.
static void write_squares(double size) {
    SHPHandle shp = SHPCreate(path, SHPT_POLYGON);
    DBFHandle dbf = DBFCreateEx(path, "UTF-8");
    static const double left[] = {0, 1, 2.5}, at = 44.5;
    DBFAddField(dbf, "NAME", FTString, 20, 0);
    DBFAddField(dbf, "CODE", FTString, 4, 0);
    for (int i = 0; i < 3; i++) {
        double k = size, x0 = k * (at + 0.7 * left[i]), x1 = x0 + k * 0.7;
        double y0 = k * 40.3, y1 = k * 41, m = k * 40.6;
        if (i == 1) {
            x0 = k * (at + 0.7 * left[0]) + k * 0.7; // bit for bit the first one's
        }
        double x[] = {x0, x0, x0, x1, x1, x1, x0}, y[] = {y0, m, y1, y1, m, y0, y0};
        SHPObject *o = SHPCreateSimpleObject(SHPT_POLYGON, 7, x, y, NULL);
        SHPWriteObject(shp, -1, o);
        SHPDestroyObject(o);
        DBFWriteStringAttribute(dbf, i, 0, i == 0 ? "Westland" : "Eastland");
        DBFWriteStringAttribute(dbf, i, 1, i == 0 ? "W" : "E");
    }
    SHPClose(shp);
    DBFClose(dbf);
}

static enum incmap_status make(const struct im_spec_borders *borders,
                               struct im_date as_of, struct im_basemap *map) {
    struct im_spec spec = {.worldview = "un", .as_of = as_of};
    spec.borders = (struct im_spec_borders *)borders;
    spec.border_count = 1;
    struct im_basemap_request rq = {geodata, &spec, &view, &found};
    return im_basemap_make(arena, &rq, map, NULL);
}

static size_t count_code(enum im_code code) {
    size_t n = 0;
    for (size_t i = 0; i < found.n; i++) {
        n += strcmp(found.items[i].code, im_code_text(code)) == 0;
    }
    return n;
}

static const struct im_border *border_of(const struct im_basemap *map,
                                         enum im_line_class c) {
    for (size_t i = 0; i < map->border_count; i++) {
        if (map->borders[i].line_class == c) {
            return &map->borders[i];
        }
    }
    return NULL;
}

static double length_of(const struct im_border *b) {
    double sum = 0;
    for (size_t k = 0; b != NULL && k < b->paths.n; k++) {
        const struct im_path *p = &b->paths.v[k];
        for (size_t i = p->closed ? 0 : 1; i < p->n; i++) {
            struct im_pt u = p->v[i ? i - 1 : p->n - 1], v = p->v[i];
            sum += hypot(v.x - u.x, v.y - u.y);
        }
    }
    return sum;
}

static void test_a_common_side_is_stroked_once(void **state) {
    (void)state;
    struct im_basemap map;
    struct im_spec_borders mine = {
        .file = path, .name_field = "name", .code_field = "code"};
    write_squares(1);
    write_prj(wgs84);
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_OK);
    assert_true(map.user_borders);
    assert_string_equal(map.level, "user");
    assert_int_equal(map.ground_count, 2); // two records of one code are one ground
    assert_string_equal(map.grounds[1].name, "Eastland");
    const struct im_border *common = border_of(&map, IM_LC_COUNTRY);
    assert_non_null(common);
    assert_int_equal(common->paths.n, 1);
    struct im_pt a, b;
    assert_true(im_view_point(&view, (struct im_lonlat){45.2, 40.3}, &a));
    assert_true(im_view_point(&view, (struct im_lonlat){45.2, 41}, &b));
    assert_true(fabs(length_of(common) - hypot(b.x - a.x, b.y - a.y)) < 0.5);
    assert_int_equal(found.n, 0);
    mine.code_field = "cod";
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_E_INPUT);
}

static void test_without_prj_degrees_are_assumed_or_refused(void **state) {
    (void)state;
    struct im_basemap map;
    struct im_spec_borders mine = {.file = path};
    write_squares(1);
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_OK);
    assert_true(map.ground_count > 0);
    assert_true(count_code(IM_F_SIDECAR) > 0);
    write_squares(1000);
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_E_INPUT);
    write_squares(1);
    write_prj("nonsense");
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_E_PROJECTION);
}

static void test_dates_of_a_border_file(void **state) {
    (void)state;
    struct im_basemap map;
    struct im_spec_borders old = {.file = path, .from = "1991", .to = "2020-11-10"};
    write_squares(1);
    write_prj(wgs84);
    assert_int_equal(make(&old, (struct im_date){2020, 7, 12}, &map), INCMAP_OK);
    assert_true(map.user_borders);
    assert_int_equal(count_code(IM_F_BORDER_DATE), 0);
    assert_int_equal(make(&old, (struct im_date){2021, 1, 1}, &map), INCMAP_OK);
    assert_false(map.user_borders);
    assert_string_equal(map.level, "large");
    assert_true(map.ground_count > 2);
    assert_int_equal(count_code(IM_F_BORDER_DATE), 1);
}

static void test_lines_by_class(void **state) {
    (void)state;
    static const char *const classes[] = {"Disputed (please verify)", "country",
                                          "Coastline"};
    double x[] = {44.5, 46}, y[] = {40.4, 41.4};
    SHPHandle shp = SHPCreate(path, SHPT_ARC);
    DBFHandle dbf = DBFCreateEx(path, "UTF-8");
    DBFAddField(dbf, "KIND", FTString, 30, 0);
    for (int i = 0; i < 3; i++) {
        SHPObject *o = SHPCreateSimpleObject(SHPT_ARC, 2, x, y, NULL);
        SHPWriteObject(shp, -1, o);
        SHPDestroyObject(o);
        DBFWriteStringAttribute(dbf, i, 0, classes[i]);
        y[0] += 0.1;
    }
    SHPClose(shp);
    DBFClose(dbf);
    write_prj(wgs84);
    struct im_basemap map;
    struct im_spec_borders mine = {.file = path, .class_field = "kind"};
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_OK);
    assert_int_equal(map.border_count, 3);
    assert_non_null(border_of(&map, IM_LC_DISPUTED));
    assert_non_null(border_of(&map, IM_LC_COAST));
    assert_non_null(border_of(&map, IM_LC_COUNTRY));
}

static void test_edges_are_united(void **state) {
    (void)state;
    struct im_lonlat a[] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    struct im_lonlat b[] = {{1, 1}, {1, 0}, {2, 0}, {2, 0}};
    struct im_edges edges = {0};
    im_edges_add(arena, &(struct im_line){a, 4}, &edges);
    im_edges_add(arena, &(struct im_line){b, 4}, &edges);
    im_edges_unite(&edges);
    size_t twice = 0;
    for (size_t i = 0; i < edges.n; i++) {
        twice += edges.v[i].count == 2;
    }
    assert_int_equal(edges.n, 6);
    assert_int_equal(twice, 1);
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_a_common_side_is_stroked_once),
        T(test_without_prj_degrees_are_assumed_or_refused),
        T(test_dates_of_a_border_file),
        T(test_lines_by_class),
        T(test_edges_are_united),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
