/* Users' border files: shared edges, missing .prj, dates, classes of lines. */
#include "base/file.h"
#include "basemap/user.h"
#include "geo/inside.h"
#include "help/data.h"
#include "help/folder.h"
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

static struct im_findings found;
static struct im_view view;
static char path[96];

static const char wgs84[] =
    "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,"
    "298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

static int setup(void **state) {
    struct im_crs *crs;
    struct im_box box = {44, 40, 47, 42};
    assert_int_equal(geodata_setup(state), 0);
    im_findings_init(&found, arena);
    assert_int_equal(folder_make(), 0);
    snprintf(path, sizeof path, "%s", in_folder("mine.shp"));
    assert_int_equal(im_crs_open(arena, "auto", box, &crs, NULL), INCMAP_OK);
    struct im_extent extent = {.box = box, .exact = true};
    return (int)im_view_fit(&view, crs, extent, (struct im_rect){0, 0, 900, 800}, NULL);
}

static int teardown(void **state) {
    assert_int_equal(folder_remove(), 0);
    return arena_teardown(state);
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
    struct im_basemap_request rq = {geodata, &spec, &view, &found,
                                    {0},     {0},   false, false};
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
    folder_put("mine.prj", wgs84);
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
    folder_put("mine.prj",
               "nonsense"); // no more than a warning where degrees are possible
    size_t before = count_code(IM_F_SIDECAR);
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_OK);
    assert_true(map.user_borders);
    assert_int_equal(count_code(IM_F_SIDECAR), before + 1);
    write_squares(1000);
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_E_PROJECTION);
}

static void test_dates_of_a_border_file(void **state) {
    (void)state;
    struct im_basemap map;
    struct im_spec_borders old = {.file = path, .from = "1991", .to = "2020-11-10"};
    write_squares(1);
    folder_put("mine.prj", wgs84);
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
    folder_put("mine.prj", wgs84);
    struct im_basemap map;
    struct im_spec_borders mine = {.file = path, .class_field = "kind"};
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_OK);
    assert_int_equal(map.border_count, 3);
    assert_non_null(border_of(&map, IM_LC_DISPUTED));
    assert_non_null(border_of(&map, IM_LC_COAST));
    assert_non_null(border_of(&map, IM_LC_COUNTRY));
}

// Writes polygons whose vertices are given; class and code beside each.
struct poly {
    const char *name, *code, *kind;
    size_t n;
    double xy[20];
};
static void write_polys(const struct poly *p, size_t n) {
    SHPHandle shp = SHPCreate(path, SHPT_POLYGON);
    DBFHandle dbf = DBFCreateEx(path, "UTF-8");
    DBFAddField(dbf, "NAME", FTString, 20, 0);
    DBFAddField(dbf, "CODE", FTString, 4, 0);
    DBFAddField(dbf, "KIND", FTString, 20, 0);
    for (size_t i = 0; i < n; i++) {
        double x[11], y[11];
        for (size_t k = 0; k <= p[i].n; k++) {
            x[k] = p[i].xy[2 * (k % p[i].n)];
            y[k] = p[i].xy[2 * (k % p[i].n) + 1];
        }
        SHPObject *o = SHPCreateSimpleObject(SHPT_POLYGON, (int)p[i].n + 1, x, y, NULL);
        SHPWriteObject(shp, -1, o);
        SHPDestroyObject(o);
        DBFWriteStringAttribute(dbf, (int)i, 0, p[i].name);
        DBFWriteStringAttribute(dbf, (int)i, 1, p[i].code);
        DBFWriteStringAttribute(dbf, (int)i, 2, p[i].kind);
    }
    SHPClose(shp);
    DBFClose(dbf);
    folder_put("mine.prj", wgs84);
}

static double side(double lat) {
    struct im_pt a, b;
    assert_true(im_view_point(&view, (struct im_lonlat){45, lat}, &a));
    assert_true(im_view_point(&view, (struct im_lonlat){45, lat + 1}, &b));
    return hypot(b.x - a.x, b.y - a.y);
}

// Two countries side by side: one border of a degree, one coast all around.
static void assert_one_border(const struct poly p[2]) {
    struct im_basemap map;
    struct im_spec_borders mine = {.file = path, .code_field = "CODE"};
    write_polys(p, 2);
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_OK);
    assert_int_equal(map.ground_count, 2);
    assert_true(fabs(length_of(border_of(&map, IM_LC_COUNTRY)) - side(40.2)) < 0.5);
    assert_int_equal(border_of(&map, IM_LC_COAST)->paths.n, 1);
}

// Vertices that differ by rounding are one; the sense of the rings does not matter.
static void test_nearly_equal_vertices_are_one(void **state) {
    (void)state;
    static const struct poly p[] = {
        {"West", "W", "", 4, {44.5, 40.2, 44.5, 41.2, 45, 41.2, 45, 40.2}},
        {"East",
         "E",
         "",
         4,
         {45.0000009, 40.2000008, 45.5, 40.2, 45.5, 41.2, 44.9999992, 41.1999994}},
    };
    assert_one_border(p);
}

// A longitude may be stated a turn to the east: borders there are where they are.
static void test_longitudes_beyond_180(void **state) {
    (void)state;
    static const struct poly p[] = {
        {"West", "W", "", 4, {404.5, 40.2, 404.5, 41.2, 405, 41.2, 405, 40.2}},
        {"East", "E", "", 4, {45, 40.2, 405, 41.2, 405.5, 41.2, 45.5, 40.2}},
    };
    assert_one_border(p);
}

// Between two records of one owner there is a province line, and no gap in the land.
static void test_inside_an_owner_is_a_province_line(void **state) {
    (void)state;
    static const struct poly p[] = {
        {"Wales", "GB", "", 4, {44.5, 40.2, 44.5, 41.2, 45, 41.2, 45, 40.2}},
        {"England", "GB", "", 4, {45, 40.2, 45, 41.2, 45.5, 41.2, 45.5, 40.2}},
    };
    struct im_basemap map;
    struct im_spec_borders mine = {.file = path, .code_field = "CODE"};
    write_polys(p, 2);
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_OK);
    assert_int_equal(map.ground_count, 1);
    assert_int_equal(map.grounds[0].paths.n, 1);
    assert_string_equal(map.grounds[0].name, "United Kingdom");
    assert_null(border_of(&map, IM_LC_COUNTRY));
    assert_true(fabs(length_of(border_of(&map, IM_LC_PROVINCE)) - side(40.2)) < 0.5);
}

static void test_class_of_polygons(void **state) {
    (void)state;
    static const struct poly p[] = {
        {"A", "A", "country", 4, {44.5, 40.2, 44.5, 41.2, 45, 41.2, 45, 40.2}},
        {"B", "B", "DISPUTED", 4, {45, 40.2, 45, 41.2, 45.5, 41.2, 45.5, 40.2}},
        {"C", "C", "mystery", 4, {45.5, 40.2, 45.5, 41.2, 46, 41.2, 46, 40.2}},
    };
    struct im_basemap map;
    struct im_spec_borders mine = {.file = path, .class_field = "kind"};
    write_polys(p, 3);
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_OK);
    assert_null(border_of(&map, IM_LC_COUNTRY));
    assert_true(fabs(length_of(border_of(&map, IM_LC_DISPUTED)) - 2 * side(40.2)) < 1);
    assert_int_equal(count_code(IM_F_VALUE_BAD), 1);
    assert_int_equal(found.items[found.n - 1].record, 2);
}

static void test_a_hole_that_is_another_country(void **state) {
    (void)state;
    double x[] = {44.5, 44.5, 46, 46, 44.5, 45, 45.5, 45.5, 45, 45};
    double y[] = {40.2, 41.2, 41.2, 40.2, 40.2, 40.5, 40.5, 40.9, 40.9, 40.5};
    // the same hole, begun elsewhere and turned round
    double hx[] = {45.5, 45.5, 45, 45, 45.5}, hy[] = {40.9, 40.5, 40.5, 40.9, 40.9};
    int parts[] = {0, 5};
    SHPHandle shp = SHPCreate(path, SHPT_POLYGON);
    SHPObject *o =
        SHPCreateObject(SHPT_POLYGON, -1, 2, parts, NULL, 10, x, y, NULL, NULL);
    SHPWriteObject(shp, -1, o);
    SHPDestroyObject(o);
    o = SHPCreateSimpleObject(SHPT_POLYGON, 5, hx, hy, NULL);
    SHPWriteObject(shp, -1, o);
    SHPDestroyObject(o);
    SHPClose(shp);
    folder_put("mine.prj", wgs84);
    struct im_basemap map;
    struct im_spec_borders mine = {.file = path};
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_OK);
    assert_int_equal(map.ground_count, 2);
    assert_int_equal(map.grounds[0].paths.n, 2);
    assert_int_equal(border_of(&map, IM_LC_COUNTRY)->paths.n, 1);
    assert_true(border_of(&map, IM_LC_COUNTRY)->paths.v[0].closed);
    double whole = map.grounds[0].area_pt2, hole = map.grounds[1].area_pt2;
    assert_true(fabs(hole / (whole + hole) - 0.2 / 1.5) < 0.01);
}

// Lines alone: the land and the coasts are the bundled ones, the borders are not.
static void test_lines_stand_on_the_bundled_land(void **state) {
    (void)state;
    double x[] = {44.5, 46}, y[] = {40.4, 41.4};
    SHPHandle shp = SHPCreate(path, SHPT_ARC);
    SHPObject *o = SHPCreateSimpleObject(SHPT_ARC, 2, x, y, NULL);
    SHPWriteObject(shp, -1, o);
    SHPDestroyObject(o);
    SHPClose(shp);
    folder_put("mine.prj", wgs84);
    struct im_basemap map;
    struct im_spec_borders mine = {.file = path};
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_OK);
    assert_true(map.user_borders);
    assert_true(map.ground_count > 2);
    assert_int_equal(border_of(&map, IM_LC_COUNTRY)->paths.n, 1);
}

static void test_fields_are_guessed_or_suggested(void **state) {
    (void)state;
    static const struct poly p[] = {
        {"A", "A", "", 4, {44.5, 40.2, 44.5, 41.2, 45, 41.2, 45, 40.2}}};
    struct im_basemap map;
    struct im_spec spec = {.worldview = "un", .border_count = 1};
    struct im_spec_borders mine = {.file = path, .name_field = "NAEM"};
    struct im_basemap_request rq = {geodata, &spec, &view, &found,
                                    {0},     {0},   false, false};
    struct incmap_error err = {.record = -1};
    write_polys(p, 1);
    spec.borders = &mine;
    assert_int_equal(im_basemap_make(arena, &rq, &map, &err), INCMAP_E_INPUT);
    assert_non_null(strstr(err.message, "'NAEM' (did you mean 'NAME'?)"));
    assert_string_equal(err.source, path);
    mine.name_field = "population";
    err = (struct incmap_error){.record = -1};
    assert_int_equal(im_basemap_make(arena, &rq, &map, &err), INCMAP_E_INPUT);
    assert_non_null(strstr(err.message, "NAME, CODE, KIND"));
    mine.name_field = NULL;
    assert_int_equal(im_basemap_make(arena, &rq, &map, &err), INCMAP_OK);
    assert_int_equal(count_code(IM_F_SCHEMA_GUESS), 1);
    assert_non_null(strstr(found.items[found.n - 1].message, "name_field NAME"));
    assert_non_null(strstr(found.items[found.n - 1].message, "code_field CODE"));
}

static void spoil(long at, const char *bytes, size_t n) {
    FILE *f = fopen(path, "r+b");
    assert_non_null(f);
    assert_int_equal(fseek(f, at, SEEK_SET), 0);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static void test_broken_records(void **state) {
    (void)state;
    static const char nan[] = {0, 0, 0, 0, 0, 0, (char)0xf8, 0x7f};
    struct im_basemap map;
    struct im_spec_borders mine = {.file = path, .code_field = "CODE"};
    const long record = 8 + 44 + 4 + 7 * 16, first = 100 + 8 + 44 + 4;
    write_squares(1);
    folder_put("mine.prj", wgs84);
    spoil(first + 16, nan, 8);
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_OK);
    assert_int_equal(count_code(IM_F_RECORD_BAD), 1);
    assert_int_equal(map.ground_count, 1);
    spoil(first + record + 16, nan, 8);
    spoil(first + 2 * record + 16, nan, 8);
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_E_INPUT);
    write_squares(1);
    assert_int_equal(truncate(path, 130), 0); // ends within the first record
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_E_INPUT);
    assert_int_equal(truncate(path, 100), 0); // ends before it
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_E_INPUT);
}

static void test_units_that_do_not_fit(void **state) {
    (void)state;
    static const char utm[] =
        "PROJCS[\"UTM 38N\",GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS "
        "84\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\","
        "0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],"
        "PARAMETER[\"latitude_of_origin\",0],PARAMETER[\"central_meridian\",45],"
        "PARAMETER[\"scale_factor\",0.9996],PARAMETER[\"false_easting\",500000],"
        "PARAMETER[\"false_northing\",0],UNIT[\"metre\",1]]";
    struct im_basemap map;
    struct im_spec_borders mine = {.file = path};
    write_squares(1); // degrees, said to be metres
    folder_put("mine.prj", utm);
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_OK);
    assert_int_equal(count_code(IM_F_SIDECAR), 1);
    assert_int_equal(count_code(IM_F_LAYER_EMPTY), 1);
    assert_false(map.user_borders); // told, and the bundled borders stand in
    write_squares(1e4);             // metres, said to be degrees
    folder_put("mine.prj", wgs84);
    assert_int_equal(make(&mine, (struct im_date){0}, &map), INCMAP_E_INPUT);
    assert_int_equal(count_code(IM_F_RECORD_BAD), 3);
}

static void test_words_of_classes(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int value;
    } known[] = {
        {"International boundary (verify)", IM_LC_COUNTRY},
        {"Disputed (please verify)", IM_LC_DISPUTED},
        {"Line of control (please verify)", IM_LC_CEASEFIRE},
        {"Indefinite (please verify)", IM_LC_UNDETERMINED},
        {"Admin-1 boundary", IM_LC_PROVINCE},
        {"COASTLINE", IM_LC_COAST},
        {"former", IM_LC_FORMER},
        {"2", IM_LC_COUNTRY},
        {"4", IM_LC_PROVINCE},
        {"", IM_CLASS_NONE},
        {"mystery", IM_CLASS_NONE},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_int_equal(im_class_of(known[i].text), known[i].value);
    }
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_a_common_side_is_stroked_once),
        T(test_without_prj_degrees_are_assumed_or_refused),
        T(test_dates_of_a_border_file),
        T(test_lines_by_class),
        T(test_nearly_equal_vertices_are_one),
        T(test_longitudes_beyond_180),
        T(test_inside_an_owner_is_a_province_line),
        T(test_class_of_polygons),
        T(test_a_hole_that_is_another_country),
        T(test_lines_stand_on_the_bundled_land),
        T(test_fields_are_guessed_or_suggested),
        T(test_broken_records),
        T(test_units_that_do_not_fit),
        T(test_words_of_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
