/* Users' border files in the wild: encodings, coordinate systems, side-cars. */
#include "base/file.h"
#include "basemap/user.h"
#include "help/data.h"
#include "help/folder.h"
#include <iconv.h>
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

#define GEOGCS                                                                         \
    "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137,"      \
    "298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.0174532925199433]]"

static struct im_findings found;
static struct im_view view;
static char path[96];
static const struct im_lonlat corners[] = {{45, 40.5}, {45, 41}, {46, 41}, {46, 40.5}};

static int setup(void **state) {
    struct im_crs *crs;
    struct im_box box = {44.5, 40, 46.5, 41.5};
    struct im_extent extent = {.box = box, .exact = true};
    assert_int_equal(geodata_setup(state), 0);
    im_findings_init(&found, arena);
    assert_int_equal(folder_make(), 0);
    snprintf(path, sizeof path, "%s", in_folder("mine.shp"));
    assert_int_equal(im_crs_open(arena, "auto", box, &crs, NULL), INCMAP_OK);
    return (int)im_view_fit(&view, crs, extent, (struct im_rect){0, 0, 900, 800}, NULL);
}

static int teardown(void **state) {
    assert_int_equal(folder_remove(), 0);
    return arena_teardown(state);
}

// One rectangle, its corners through `crs` (NULL: degrees) in units of `unit` metres.
static void write_square(struct im_crs *crs, double unit, const char *name, int ldid) {
    double x[5], y[5];
    for (size_t i = 0; i < 5; i++) {
        struct im_xy p = {corners[i % 4].lon, corners[i % 4].lat};
        if (crs != NULL) {
            assert_true(im_crs_forward(crs, corners[i % 4], &p));
        }
        x[i] = p.x / unit;
        y[i] = p.y / unit;
    }
    char code[16];
    snprintf(code, sizeof code, "LDID/%d", ldid);
    SHPHandle shp = SHPCreate(path, SHPT_POLYGON);
    DBFHandle dbf = DBFCreateEx(path, code);
    SHPObject *o = SHPCreateSimpleObject(SHPT_POLYGON, 5, x, y, NULL);
    SHPWriteObject(shp, -1, o);
    SHPDestroyObject(o);
    DBFAddField(dbf, "NAME", FTString, 40, 0);
    DBFWriteStringAttribute(dbf, 0, 0, name);
    SHPClose(shp);
    DBFClose(dbf);
    remove(im_path_ext(arena, path, ".cpg"));
}

static enum incmap_status make(struct im_basemap *map) {
    struct im_spec_borders mine = {.file = path};
    struct im_spec spec = {.worldview = "un", .borders = &mine, .border_count = 1};
    struct im_basemap_request rq = {geodata, &spec, &view, &found,
                                    {0},     {0},   false, false};
    return im_basemap_make(arena, &rq, map, NULL);
}

static const char *in_encoding(const char *utf8, const char *encoding) {
    static char out[64];
    iconv_t cd = iconv_open(encoding, "UTF-8");
    char *in = (char *)utf8, *to = out;
    size_t n = strlen(utf8), room = sizeof out - 1;
    assert_true(cd != (iconv_t)-1);
    memset(out, 0, sizeof out);
    assert_true(iconv(cd, &in, &n, &to, &room) != (size_t)-1);
    iconv_close(cd);
    return out;
}

static void test_encodings(void **state) {
    (void)state;
    static const struct {
        const char *text, *encoding, *cpg;
        int ldid;
    } known[] = {
        {"Азербайджан", "CP1251", "1251", 0},
        {"Азербайджан", "CP1251", "windows-1251\r\n", 0x57},
        {"Азербайджан", "CP1251", NULL, 0xc9},
        {"Азербайджан", "CP866", NULL, 0x65},
        {"Азербайджан", "ISO-8859-5", "ISO-8859-5", 0},
        {"Азербайджан", "KOI8-R", "KOI8-R", 0},
        {"Türkiye, Şırnak, Iğdır", "CP1254", "CP1254", 0},
        {"Türkiye, Şırnak, Iğdır", "CP1254", NULL, 0xca},
        {"Türkiye, Şırnak, Iğdır", "ISO-8859-9", "ISO 8859-9", 0},
        {"Česko, Łódź", "ISO-8859-2", "88592", 0},
        {"Česko, Łódź", "CP1250", NULL, 0xc8},
        {"Österreich – „Grüß“", "CP1252", NULL, 0x57},
        {"Österreich – „Grüß“", "CP1252", NULL, 0x03},
        {"Österreich – „Grüß“", "CP1252", "ANSI 1252", 0},
        {"Ελλάδα", "ISO-8859-7", "ISO88597", 0},
        {"საქართველო", "UTF-8", "UTF-8", 0},
        {"საქართველო", "UTF-8", "65001", 0x57},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct im_basemap map;
        size_t before = 0;
        im_findings_init(&found, arena);
        write_square(NULL, 1, in_encoding(known[i].text, known[i].encoding),
                     known[i].ldid);
        folder_put("mine.prj", GEOGCS);
        if (known[i].cpg != NULL) {
            folder_put("mine.cpg", known[i].cpg);
        }
        assert_int_equal(make(&map), INCMAP_OK);
        assert_int_equal(map.ground_count, 1);
        assert_string_equal(map.grounds[0].name, known[i].text);
        for (; before < found.n; before++) { // nothing but the guess of the field
            assert_string_equal(found.items[before].code, "schema-guess");
        }
    }
}

// Every language id that is known is one that can be read.
static void test_every_language_id_can_be_read(void **state) {
    (void)state;
    static const char text[] = "ABC";
    for (int id = 1; id < 256; id++) {
        struct im_basemap map;
        write_square(NULL, 1, text, id);
        folder_put("mine.prj", GEOGCS);
        assert_int_equal(make(&map), INCMAP_OK);
        assert_string_equal(map.grounds[0].name, text);
    }
}

static void test_coordinate_systems(void **state) {
    (void)state;
    static const struct {
        const char *definition;
        double unit;
        const char *prj;
    } known[] = {
        {"EPSG:32638", 1,
         "PROJCS[\"UTM 38N\"," GEOGCS ",PROJECTION[\"Transverse_Mercator\"],"
         "PARAMETER[\"False_Easting\",500000],PARAMETER[\"False_Northing\",0],"
         "PARAMETER[\"Central_Meridian\",45],PARAMETER[\"Scale_Factor\",0.9996],"
         "PARAMETER[\"Latitude_Of_Origin\",0],UNIT[\"Meter\",1]]"},
        {"EPSG:32638", 1200.0 / 3937,
         "PROJCS[\"UTM 38N feet\"," GEOGCS ",PROJECTION[\"Transverse_Mercator\"],"
         "PARAMETER[\"False_Easting\",1640416.66666667],PARAMETER[\"False_Northing\",0]"
         ","
         "PARAMETER[\"Central_Meridian\",45],PARAMETER[\"Scale_Factor\",0.9996],"
         "PARAMETER[\"Latitude_Of_Origin\",0],UNIT[\"Foot_US\",0.3048006096012192]]"},
        {"+proj=lcc +lat_1=39 +lat_2=42 +lat_0=40 +lon_0=46 +datum=WGS84", 1,
         "PROJCS[\"Conic\"," GEOGCS ",PROJECTION[\"Lambert_Conformal_Conic\"],"
         "PARAMETER[\"False_Easting\",0],PARAMETER[\"False_Northing\",0],"
         "PARAMETER[\"Central_Meridian\",46],PARAMETER[\"Standard_Parallel_1\",39],"
         "PARAMETER[\"Standard_Parallel_2\",42],PARAMETER[\"Latitude_Of_Origin\",40],"
         "UNIT[\"Meter\",1]]"},
        {"EPSG:3857", 1,
         "PROJCS[\"WGS_1984_Web_Mercator_Auxiliary_Sphere\"," GEOGCS
         ",PROJECTION[\"Mercator_Auxiliary_Sphere\"],PARAMETER[\"False_Easting\",0],"
         "PARAMETER[\"False_Northing\",0],PARAMETER[\"Central_Meridian\",0],"
         "PARAMETER[\"Standard_Parallel_1\",0],PARAMETER[\"Auxiliary_Sphere_Type\",0],"
         "UNIT[\"Meter\",1]]"},
    };
    struct im_basemap want, got;
    write_square(NULL, 1, "A", 0);
    folder_put("mine.prj", GEOGCS);
    assert_int_equal(make(&want), INCMAP_OK);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct im_crs *crs;
        struct im_box box = {44, 40, 47, 42};
        assert_int_equal(im_crs_open(arena, known[i].definition, box, &crs, NULL),
                         INCMAP_OK);
        write_square(crs, known[i].unit, "A", 0);
        folder_put("mine.prj", known[i].prj);
        assert_int_equal(make(&got), INCMAP_OK);
        if (!got.user_borders) {
            fail_msg("%s: %s", known[i].definition, found.items[found.n - 1].message);
        }
        for (size_t k = 0; k < 4; k++) { // each corner of the square is there
            struct im_pt at;
            const struct im_path *p = &got.grounds[0].paths.v[0];
            double nearest = 1e9;
            assert_true(im_view_point(&view, corners[k], &at));
            for (size_t v = 0; v < p->n; v++) {
                nearest = fmin(nearest, hypot(p->v[v].x - at.x, p->v[v].y - at.y));
            }
            assert_true(nearest < 0.1);
        }
    }
}

static void test_missing_side_cars_are_told(void **state) {
    (void)state;
    struct im_basemap map;
    write_square(NULL, 1, "A", 0);
    remove(im_path_ext(arena, path, ".dbf"));
    remove(im_path_ext(arena, path, ".shx"));
    assert_int_equal(make(&map), INCMAP_OK);
    assert_true(map.user_borders);
    size_t told = 0;
    for (size_t i = 0; i < found.n; i++) {
        told += strcmp(found.items[i].code, "sidecar") == 0;
        assert_non_null(strstr(found.items[i].file, "mine"));
    }
    assert_true(told >= 3);
}

// Two files, one a country, the other the lines of its neighbours: one net.
static void test_two_files_are_one_net(void **state) {
    (void)state;
    char second[96];
    double x[] = {46, 46}, y[] = {40.5, 41};
    write_square(NULL, 1, "A", 0);
    folder_put("mine.prj", GEOGCS);
    snprintf(second, sizeof second, "%s/line.shp", folder);
    SHPHandle shp = SHPCreate(second, SHPT_ARC);
    SHPObject *o = SHPCreateSimpleObject(SHPT_ARC, 2, x, y, NULL);
    SHPWriteObject(shp, -1, o);
    SHPDestroyObject(o);
    SHPClose(shp);
    struct im_spec_borders mine[] = {{.file = path}, {.file = second}};
    struct im_spec spec = {.worldview = "un", .borders = mine, .border_count = 2};
    struct im_basemap_request rq = {geodata, &spec, &view, &found,
                                    {0},     {0},   false, false};
    struct im_basemap map;
    assert_int_equal(im_basemap_make(arena, &rq, &map, NULL), INCMAP_OK);
    assert_int_equal(map.border_count, 2); // the coast lost the side that is a line
    assert_int_equal(map.borders[0].line_class, IM_LC_COAST);
    assert_int_equal(map.borders[1].line_class, IM_LC_COUNTRY);
    assert_int_equal(map.borders[0].paths.n, 1);
    assert_false(map.borders[0].paths.v[0].closed);
    remove(second);
    remove(im_path_ext(arena, second, ".shx"));
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_encodings),
        T(test_every_language_id_can_be_read),
        T(test_coordinate_systems),
        T(test_missing_side_cars_are_told),
        T(test_two_files_are_one_net),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
