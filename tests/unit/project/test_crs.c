/* The table of projections, and WKT. */
#include "geo/box.h"
#include "project/project.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct im_box somewhere = {42, 38, 51, 43};

struct table {
    struct im_arena *arena;
    struct im_crs *crs;
    int line, checks;
};

static struct im_crs *open_crs(struct im_arena *arena, const char *text,
                               struct im_box extent) {
    struct im_crs *crs = NULL;
    struct incmap_error err = {0};
    if (im_crs_open(arena, text, extent, &crs, &err) != INCMAP_OK) {
        print_error("%s: %s\n", text, err.message);
        fail();
    }
    return crs;
}

static void check_accept(struct table *t, char **cell) {
    struct im_lonlat p, back;
    struct im_xy want, got;
    assert_int_equal(sscanf(cell[1], "%lf %lf", &p.lon, &p.lat), 2);
    assert_int_equal(sscanf(cell[2], "%lf %lf", &want.x, &want.y), 2);
    double tolerance = atof(cell[3]);
    if (!im_crs_forward(t->crs, p, &got)) {
        fail_msg("line %d: no image", t->line);
    }
    if (!(hypot(got.x - want.x, got.y - want.y) <= tolerance)) {
        fail_msg("line %d: got %.6f %.6f", t->line, got.x, got.y);
    }
    assert_true(im_crs_inverse(t->crs, got, &back));
    double dlon = fabs(p.lat) > 89 ? 0 : im_lon_near(back.lon - p.lon, 0);
    assert_true(fabs(dlon) < 1e-8 && fabs(back.lat - p.lat) < 1e-8);
}

// cell: name, extent, beginning of the definition
static void check_choice(struct table *t, char **cell) {
    struct im_box e;
    assert_int_equal(
        sscanf(cell[1], "%lf,%lf,%lf,%lf", &e.west, &e.south, &e.east, &e.north), 4);
    const char *got = im_crs_definition(open_crs(t->arena, cell[0], e));
    if (strncmp(got, cell[2], strlen(cell[2])) != 0) {
        fail_msg("line %d: got %s", t->line, got);
    }
}

static void check_refuse(struct table *t, char **cell) {
    struct im_crs *crs = NULL;
    struct incmap_error err = {0};
    enum incmap_status status = im_crs_open(t->arena, cell[1], somewhere, &crs, &err);
    if (status != INCMAP_E_PROJECTION || !strstr(err.message, cell[2])) {
        fail_msg("line %d: %d %s", t->line, (int)status, err.message);
    }
}

static void check_line(struct table *t, char **cell) {
    struct im_lonlat p;
    struct im_xy got;
    t->checks++;
    if (strcmp(cell[0], "projection") == 0) {
        t->crs = open_crs(t->arena, cell[1], somewhere);
    } else if (strcmp(cell[0], "accept") == 0) {
        check_accept(t, cell);
    } else if (strcmp(cell[0], "none") == 0) {
        assert_int_equal(sscanf(cell[1], "%lf %lf", &p.lon, &p.lat), 2);
        assert_false(im_crs_forward(t->crs, p, &got));
    } else if (strcmp(cell[0], "auto") == 0) {
        check_choice(t, cell);
    } else if (strcmp(cell[0], "named") == 0) {
        check_choice(t, cell + 1);
    } else if (strcmp(cell[0], "refuse") == 0) {
        check_refuse(t, cell);
    } else {
        fail_msg("line %d: %s", t->line, cell[0]);
    }
}

static void test_table(void **state) {
    (void)state;
    FILE *file = fopen("tests/tables/projection.txt", "r");
    assert_non_null(file);
    struct table t = {.arena = im_arena_new((size_t)1 << 24)};
    char line[512];
    while (fgets(line, sizeof line, file)) {
        char *cell[6] = {NULL};
        t.line++;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0') {
            continue;
        }
        size_t n = 0;
        for (char *s = line; s && n < 5; n++) {
            cell[n] = s;
            s = strchr(s, '\t');
            if (s) {
                *s++ = '\0';
            }
        }
        check_line(&t, cell);
    }
    assert_true(t.checks > 40);
    fclose(file);
    im_arena_free(t.arena);
}

static const char wgs84[] =
    "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,"
    "298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";
static const char pulkovo_gk[] =
    "PROJCS[\"Pulkovo_1942_GK_Zone_8\",GEOGCS[\"GCS_Pulkovo_1942\",DATUM[\"D_Pulkovo_"
    "1942\","
    "SPHEROID[\"Krasovsky_1940\",6378245.0,298.3]],PRIMEM[\"Greenwich\",0.0],"
    "UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Gauss_Kruger\"],"
    "PARAMETER[\"False_Easting\",8500000.0],PARAMETER[\"False_Northing\",0.0],"
    "PARAMETER[\"Central_Meridian\",45.0],PARAMETER[\"Scale_Factor\",1.0],"
    "PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]";

static void test_wkt(void **state) {
    (void)state;
    struct im_arena *arena = im_arena_new((size_t)1 << 24);
    struct im_crs *crs = NULL;
    struct incmap_error err = {0};
    assert_int_equal(im_crs_open_wkt(arena, wgs84, &crs, &err), INCMAP_OK);
    assert_true(im_crs_is_lonlat(crs));
    struct im_lonlat p;
    assert_true(im_crs_inverse(crs, (struct im_xy){45, 41}, &p));
    assert_true(p.lon == 45 && p.lat == 41);
    assert_int_equal(im_crs_open_wkt(arena, pulkovo_gk, &crs, &err), INCMAP_OK);
    assert_false(im_crs_is_lonlat(crs));
    assert_true(im_crs_inverse(crs, (struct im_xy){8500000, 4540000}, &p));
    // The old datum lies about 100 m away from WGS 84.
    assert_true(fabs(p.lon - 45) < 0.005 && fabs(p.lat - 41.0) < 0.02);
    assert_int_equal(im_crs_open_wkt(arena, "+proj=merc", &crs, &err),
                     INCMAP_E_PROJECTION);
    assert_null(crs);
    // As a map projection, a system of degrees is drawn as a square grid, in metres.
    assert_int_equal(im_crs_open(arena, wgs84, somewhere, &crs, NULL), INCMAP_OK);
    struct im_xy plane;
    assert_true(im_crs_forward(crs, (struct im_lonlat){90, 0}, &plane));
    assert_true(plane.x > 1e7);
    im_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_wkt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
