/* The bundled ground: fills, borders, worldviews, dates, waters, overlays, damage. */
#include "base/digest.h"
#include "base/file.h"
#include "basemap/geodata.h"
#include "geo/box.h"
#include "geo/inside.h"
#include "help/data.h"
#include "help/fit.h"
#include "help/ground.h"
#include "help/random.h"
#include "text/text.h"
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

static struct im_findings found;
static uint64_t seed = 1918;

static struct im_date date(const char *text) {
    struct im_date d = {0};
    im_date_parse(text, strlen(text), &d);
    return d;
}

static struct im_basemap make(const struct im_view *view, const struct im_spec *spec) {
    struct im_basemap_request rq = {geodata, spec, view,  &found,
                                    {0},     {0},  false, false};
    struct im_basemap map;
    struct incmap_error err = {.record = -1};
    im_findings_init(&found, arena);
    if (im_basemap_make(arena, &rq, &map, &err) != INCMAP_OK) {
        fail_msg("%s", err.message);
    }
    return map;
}

static size_t count_code(enum im_code code) {
    size_t n = 0;
    for (size_t i = 0; i < found.n; i++) {
        n += strcmp(found.items[i].code, im_code_text(code)) == 0;
    }
    return n;
}

static const struct im_box caucasus = {42, 38, 51, 42.5},
                           tovuz = {45.2, 40.7, 45.9, 41.1}, ukraine = {22, 44, 41, 53},
                           world = {-180, -60, 180, 84}, chukotka = {160, 50, -170, 72},
                           arctic = {-180, 60, 180, 90}, fiji = {176, -20, -178, -15},
                           antarctica = {-180, -90, 180, -60};
static const struct im_spec un = {.worldview = "un"},
                            de_facto = {.worldview = "de-facto"};

/* ---- topology ------------------------------------------------------------- */

// Every unit's arcs close to rings, at both levels.
static void test_arcs_of_every_unit_close(void **state) {
    (void)state;
    for (int l = 0; l < IM_LEVELS; l++) {
        struct im_level *level;
        assert_int_equal(im_level_open(geodata, l, &level, NULL), INCMAP_OK);
        assert_true(level->n > 300);
        struct im_lonlat *balance =
            im_alloc(arena, geodata->unit_count + 1, sizeof *balance);
        for (size_t i = 0; i < level->n; i++) {
            const struct im_arc_info *a = &level->arcs[i];
            assert_true(a->left != a->right);
            for (int k = 0; k < 2; k++) {
                int unit = k ? a->right : a->left;
                double sign = k ? -1 : 1;
                if (unit >= 0) {
                    balance[unit].lon += sign * (a->to.lon - a->from.lon);
                    balance[unit].lat += sign * (a->to.lat - a->from.lat);
                }
            }
        }
        for (size_t i = 0; i < geodata->unit_count; i++) {
            assert_true(fabs(balance[i].lon) < 1e-6 && fabs(balance[i].lat) < 1e-6);
        }
    }
}

static const char *ground_at(const struct im_basemap *map, struct im_pt p) {
    const char *owner = "";
    for (size_t i = 0; i < map->ground_count; i++) {
        if (im_paths_contain(&map->grounds[i].paths, p)) {
            assert_string_equal(owner, ""); // never two grounds at once
            owner = map->grounds[i].owner;
        }
    }
    return owner;
}

static bool near_line(const struct im_basemap *map, struct im_pt p) {
    for (size_t b = 0; b < map->border_count; b++) {
        for (size_t k = 0; k < map->borders[b].paths.n; k++) {
            const struct im_path *path = &map->borders[b].paths.v[k];
            for (size_t i = path->closed ? 0 : 1; i < path->n; i++) {
                struct im_pt u = path->v[i ? i - 1 : path->n - 1], v = path->v[i];
                double dx = v.x - u.x, dy = v.y - u.y, len2 = dx * dx + dy * dy;
                double t = len2 > 0 ? ((p.x - u.x) * dx + (p.y - u.y) * dy) / len2 : 0;
                t = fmax(0, fmin(1, t));
                if (hypot(p.x - u.x - t * dx, p.y - u.y - t * dy) < 0.5) {
                    return true;
                }
            }
        }
    }
    return false;
}

// What is filled at a point of the page is what the lines say of that place.
static void test_fills_agree_with_the_lines(void **state) {
    (void)state;
    static const struct {
        const char *crs;
        const struct im_box *box;
    } views[] = {{"auto", &caucasus},
                 {"auto", &tovuz},
                 {"auto", &ukraine},
                 {"auto", &chukotka},
                 {"auto", &fiji},
                 {"auto", &arctic},
                 {"auto", &world},
                 {"auto", &antarctica},
                 {"+proj=eqearth +lon_0=150", &world},
                 // opposite are the Congo, China, Australia: their outside is the map
                 {"+proj=laea +lon_0=205", &world},
                 {"+proj=aeqd +lat_0=-30 +lon_0=-80", &world},
                 {"+proj=laea +lat_0=25 +lon_0=-45", &world},
                 {"EPSG:3035", &ukraine}};
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++) {
        struct im_view view = fit_view(arena, views[i].crs, *views[i].box);
        struct im_basemap map = make(&view, &un);
        size_t land = 0;
        for (int k = 0; k < 150; k++) {
            struct im_pt p = {
                random_from(&seed, view.frame.x, view.frame.x + view.frame.w),
                random_from(&seed, view.frame.y, view.frame.y + view.frame.h)};
            struct im_lonlat at;
            if (!im_view_lonlat(&view, p, &at) || near_line(&map, p)) {
                continue;
            }
            const char *want = im_geodata_owner(geodata, arena, at, "un", map.level);
            const char *got = ground_at(&map, p);
            if (strcmp(got, want) != 0) {
                fail_msg("view %zu, %.4f %.4f: '%s', not '%s'", i, at.lon, at.lat, got,
                         want);
            }
            land += *got != '\0';
        }
        assert_true(land > 0);
    }
}

static void test_the_antimeridian_is_never_stroked(void **state) {
    (void)state;
    static const struct im_box *const boxes[] = {&chukotka, &arctic, &fiji,
                                                 &antarctica};
    for (size_t i = 0; i < 4; i++) {
        struct im_view view = fit_view(arena, "auto", *boxes[i]);
        struct im_basemap map = make(&view, &un);
        for (size_t b = 0; b < map.border_count; b++) {
            for (size_t k = 0; k < map.borders[b].paths.n; k++) {
                const struct im_path *p = &map.borders[b].paths.v[k];
                for (size_t v = 1; v < p->n; v++) {
                    struct im_lonlat u, w;
                    bool known = im_view_lonlat(&view, p->v[v - 1], &u) &&
                                 im_view_lonlat(&view, p->v[v], &w);
                    bool along = known && fabs(fabs(u.lon) - 180) < 1e-6 &&
                                 fabs(fabs(w.lon) - 180) < 1e-6 &&
                                 fabs(u.lat - w.lat) > 1e-3;
                    assert_false(along);
                }
            }
        }
    }
}

/* ---- levels, worldviews, dates -------------------------------------------- */

static void test_level_follows_scale_and_place(void **state) {
    (void)state;
    struct im_view s = fit_view(arena, "auto", caucasus),
                   t = fit_view(arena, "auto", tovuz);
    struct im_view u = fit_view(arena, "auto", ukraine),
                   w = fit_view(arena, "auto", world);
    assert_int_equal(im_level_for(&s), IM_LARGE);
    assert_int_equal(im_level_for(&t), IM_LARGE);
    assert_int_equal(im_level_for(&u), IM_WORLD);
    assert_int_equal(im_level_for(&w), IM_WORLD);
    // The Caspian beyond the data is sea; what lies behind it is not.
    struct im_view sea = fit_view(arena, "auto", (struct im_box){49.4, 39, 51.4, 40.6});
    struct im_view shore =
        fit_view(arena, "auto", (struct im_box){49.4, 39, 53.4, 40.6});
    assert_int_equal(im_level_for(&sea), IM_LARGE);
    assert_int_equal(im_level_for(&shore), IM_WORLD);
    assert_string_equal(make(&s, &un).level, "large");
    assert_string_equal(make(&u, &un).level, "world");
}

// The boxes that the table of levels calls sea hold no line of the other level.
static void test_known_sea_is_sea(void **state) {
    (void)state;
    struct im_level *level;
    assert_int_equal(im_level_open(geodata, IM_WORLD, &level, NULL), INCMAP_OK);
    for (size_t k = 0; k < 3; k++) {
        struct im_box sea = im_level_source(IM_LARGE)->sea[k];
        assert_string_equal(
            im_geodata_owner(geodata, arena, im_box_middle(sea), "un", "world"), "");
        for (size_t i = 0; i < level->n; i++) {
            struct im_lines line;
            if (!im_box_meets(level->arcs[i].box, sea) ||
                !im_shapes_read(level->lines, i, arena, &line)) {
                continue;
            }
            for (size_t v = 0; v < line.v[0].n; v++) {
                assert_false(im_box_contains(sea, line.v[0].v[v]));
            }
        }
    }
}

static void test_finer_than_the_source_is_said(void **state) {
    (void)state;
    struct im_view view = fit_view(arena, "auto", tovuz);
    struct im_basemap map = make(&view, &un);
    assert_int_equal(count_code(IM_F_BORDER_COARSE), 1);
    assert_true(map.accuracy_m >= 1000 && map.accuracy_m <= 3000);
    view = fit_view(arena, "auto", caucasus);
    make(&view, &un);
    assert_int_equal(count_code(IM_F_BORDER_COARSE), 0);
    view = fit_view(arena, "auto",
                    (struct im_box){8.3, 47.2, 8.8, 47.5}); // Zurich, no border near
    make(&view, &un);
    assert_int_equal(count_code(IM_F_BORDER_COARSE), 0);
}

static void test_worldviews_differ_where_they_should(void **state) {
    (void)state;
    struct im_view view = fit_view(arena, "auto", ukraine);
    struct im_basemap a = make(&view, &un), b = make(&view, &de_facto);
    struct im_pt simferopol;
    assert_true(im_view_point(&view, (struct im_lonlat){34.1, 44.95}, &simferopol));
    assert_string_equal(ground_at(&a, simferopol), "UA");
    assert_string_equal(ground_at(&b, simferopol), "RU");
    struct im_spec other = {.worldview = "XX"};
    struct im_basemap_request rq = {geodata, &other, &view, &found,
                                    {0},     {0},    false, false};
    assert_int_equal(im_basemap_make(arena, &rq, &a, NULL), INCMAP_E_USAGE);
}

static const struct im_border *border_named(const struct im_basemap *map,
                                            const char *part) {
    for (size_t i = 0; i < map->border_count; i++) {
        if (strstr(map->borders[i].name, part) != NULL) {
            return &map->borders[i];
        }
    }
    return NULL;
}

static void test_dated_lines(void **state) {
    (void)state;
    struct im_view view = fit_view(arena, "auto", caucasus);
    struct im_spec spec = un;
    struct im_basemap map = make(&view, &spec);
    assert_null(border_named(&map, "1994")); // without a date: what has not ended
    spec.as_of = date("2020-07-12");
    map = make(&view, &spec);
    const struct im_border *line = border_named(&map, "1994");
    assert_non_null(line);
    assert_int_equal(line->line_class, IM_LC_CEASEFIRE);
    assert_true(line->paths.n < 10); // joined, so that dashes run on
    assert_int_equal(count_code(IM_F_BORDER_DATE), 0);
    spec.as_of = date("2021-01-01");
    map = make(&view, &spec);
    assert_null(border_named(&map, "1994"));
    spec.as_of = (struct im_date){0};
    spec.from = date("2020-09-27");
    spec.to = date("2020-12-31");
    map = make(&view, &spec);
    assert_non_null(border_named(&map, "1994"));
    assert_true(count_code(IM_F_BORDER_DATE) > 0);
}

static void test_validity(void **state) {
    (void)state;
    struct im_spec spec = {0};
    assert_int_equal(im_valid_at(&spec, "1994-05-12", ""), IM_VALID);
    assert_int_equal(im_valid_at(&spec, "1994-05-12", "2020-11-10"), IM_INVALID);
    assert_int_equal(im_valid_at(&spec, "soon", ""), IM_INVALID);
    spec.as_of = date("2020-11-10");
    assert_int_equal(im_valid_at(&spec, "1994-05-12", "2020-11-10"), IM_VALID);
    assert_int_equal(im_valid_at(&spec, "2020-11-11", ""), IM_INVALID);
    spec = (struct im_spec){.from = date("2020-11-01"), .to = date("2020-11-30")};
    assert_int_equal(im_valid_at(&spec, "", "2020-11-10"), IM_VALID_PARTLY);
    assert_int_equal(im_valid_at(&spec, "2020-11-10", ""), IM_VALID_PARTLY);
    assert_int_equal(im_valid_at(&spec, "", ""), IM_VALID);
}

/* ---- waters, areas, overlays ---------------------------------------------- */

static void test_waters(void **state) {
    (void)state;
    struct im_view view = fit_view(arena, "auto", caucasus);
    struct im_basemap map = make(&view, &un);
    bool sevan = false;
    size_t rivers = 0;
    for (size_t i = 0; i < map.water_count; i++) {
        sevan = sevan || strstr(map.waters[i].name, "Sevan") != NULL;
        rivers += map.waters[i].is_line;
        assert_true(map.waters[i].is_line || map.waters[i].area_pt2 >= 0);
    }
    assert_true(sevan && rivers > 5);
}

/* Every named record of a bundled layer has a name in the map's language. */
static void names_told(const char *layer) {
    struct im_shapes *s = NULL;
    size_t told = 0;
    assert_int_equal(im_bundled_open(geodata, layer, &s, NULL), INCMAP_OK);
    for (size_t i = 0; i < im_shapes_count(s); i++) {
        const char *name = im_shapes_text(s, i, im_shapes_field(s, "name"), arena);
        if (name[0] != '\0') {
            assert_string_not_equal(im_feature_name("ru", name), name);
            told++;
        }
    }
    assert_true(told > 20);
}

static void test_names_of_features(void **state) {
    (void)state;
    names_told("disputed");
    names_told("lakes-caucasus");
    struct im_view view = fit_view(arena, "auto", caucasus);
    struct im_spec spec = un;
    spec.language = "az";
    spec.as_of = date("2020-07-01");
    struct im_basemap map = make(&view, &spec);
    assert_non_null(border_named(&map, "at\u0259\u015Fk\u0259s"));
    assert_null(border_named(&map, "ceasefire"));
    for (size_t i = 0; i < map.water_count; i++) {
        assert_null(strstr(map.waters[i].name, "Lake"));
    }
}

static void test_areas_of_places(void **state) {
    (void)state;
    struct im_lines rings = {NULL, 0, 0};
    assert_true(im_geodata_area(geodata, arena, "c:AZ", &rings));
    assert_true(ground_has(&rings, (struct im_lonlat){47.5, 40.4}));
    assert_true(ground_has(&rings, (struct im_lonlat){45.4, 39.2})); // Nakhchivan
    assert_false(ground_has(&rings, (struct im_lonlat){44.5, 40.2}));
    rings.n = 0;
    assert_true(im_geodata_area(geodata, arena, "r:nk-oblast", &rings));
    assert_true(ground_has(&rings, (struct im_lonlat){46.75, 39.82}));
    rings.n = 0;
    assert_false(im_geodata_area(geodata, arena, "c:ZZ", &rings));
    assert_false(im_geodata_area(geodata, arena, "u:999999999999", &rings));
    assert_false(im_geodata_area(geodata, arena, "x", &rings));
    assert_false(im_geodata_area(geodata, arena, "", &rings));
}

static void test_overlays(void **state) {
    (void)state;
    struct im_spec_overlay spec = {.file = "pipelines"};
    struct im_features all = {0}, oil = {0};
    struct im_view view = fit_view(arena, "auto", tovuz),
                   far = fit_view(arena, "auto", ukraine);
    im_findings_init(&found, arena);
    assert_int_equal(im_overlay_read(arena, geodata, &spec, &found, &all, NULL),
                     INCMAP_OK);
    spec.where = "short_name=BTC";
    assert_int_equal(im_overlay_read(arena, geodata, &spec, &found, &oil, NULL),
                     INCMAP_OK);
    assert_true(all.n > 5 && oil.n == 1);
    assert_string_equal(im_feature_attr(&oil.v[0], "substance"), "oil");
    struct im_overlay here = {0}, there = {0};
    im_overlay_project(arena, &view, &oil, &here);
    im_overlay_project(arena, &far, &oil, &there);
    assert_int_equal(here.n, 1);
    assert_int_equal(there.n, 0);
    spec.file = "pipeline";
    struct incmap_error err = {0};
    assert_int_equal(im_overlay_read(arena, geodata, &spec, &found, &all, &err),
                     INCMAP_E_USAGE);
    assert_non_null(strstr(err.message, "pipelines"));
}

/* ---- damage, digests ------------------------------------------------------ */

static void test_digests_are_those_of_the_files(void **state) {
    (void)state;
    struct im_view view = fit_view(arena, "auto", tovuz);
    make(&view, &un);
    const char *text = im_geodata_digests(geodata, arena);
    assert_non_null(strstr(text, "lines-caucasus.shp"));
    size_t checked = 0;
    for (const char *p = text; (p = strchr(p, '"')) != NULL; checked++) {
        char name[64] = "", hex[65] = "", want[65];
        assert_int_equal(sscanf(p, "\"%63[^\"]\":\"%64[0-9a-f]\"", name, hex), 2);
        struct im_bytes bytes;
        assert_int_equal(im_file_map(arena, im_path_join(arena, data_folder(), name),
                                     INCMAP_E_GEODATA, &bytes, NULL),
                         INCMAP_OK);
        im_sha256(bytes.data, bytes.n, want);
        assert_string_equal(hex, want);
        p += strlen(name) + strlen(hex) + 5;
    }
    assert_true(checked >= 4);
}

static void copy_file(const char *to_dir, const char *name, size_t keep) {
    struct im_bytes bytes;
    assert_int_equal(im_file_map(arena, im_path_join(arena, data_folder(), name),
                                 INCMAP_E_GEODATA, &bytes, NULL),
                     INCMAP_OK);
    FILE *f = fopen(im_path_join(arena, to_dir, name), "wb");
    assert_non_null(f);
    size_t n = keep < bytes.n ? keep : bytes.n;
    assert_int_equal(fwrite(bytes.data, 1, n, f), n);
    fclose(f);
}

static void test_damaged_data_are_a_failure(void **state) {
    (void)state;
    static const char *const names[] = {"owners.tsv",         "units.tsv",
                                        "lines-caucasus.shp", "lines-caucasus.shx",
                                        "lines-caucasus.dbf", "lines-caucasus.prj",
                                        "lines-caucasus.cpg"};
    enum { FILES = 7, WHOLE = 1 << 30 };
    char dir[] = "/tmp/incmap-data-XXXXXX";
    struct im_view view = fit_view(arena, "auto", tovuz);
    struct im_geodata *own = geodata;
    assert_non_null(mkdtemp(dir));
    for (size_t cut = 0; cut < 5; cut++) {
        for (size_t i = 0; i < FILES; i++) {
            copy_file(dir, names[i], i == cut ? 1500 : WHOLE);
        }
        struct im_basemap map;
        enum incmap_status s = im_geodata_open(arena, dir, &geodata, NULL);
        struct im_basemap_request rq = {geodata, &un, &view, &found,
                                        {0},     {0}, false, false};
        if (s == INCMAP_OK) {
            s = im_basemap_make(arena, &rq, &map, NULL);
        }
        assert_int_equal(s, INCMAP_E_GEODATA);
    }
    geodata = own;
    for (size_t i = 0; i < FILES; i++) {
        remove(im_path_join(arena, dir, names[i]));
    }
    assert_int_equal(rmdir(dir), 0);
}

static struct im_mainland mainland(const char *code, struct im_box near) {
    struct im_spec spec = {.worldview = "un"};
    struct im_mainland m = {.spec = &spec, .codes = &code, .n = 1, .near = near};
    assert_int_equal(im_geodata_mainland(geodata, arena, &m, NULL), INCMAP_OK);
    m.spec = NULL;
    m.codes = NULL;
    return m;
}

/* Islands and parts far off do not count, unless the map is there. */
static void main_parts_of_countries(void **state) {
    (void)state;
    struct im_mainland us = mainland("US", (struct im_box){-106, 38, -104, 40});
    assert_true(us.found && us.box.west > -126 && us.box.east > -68);
    assert_true(us.box.north < 50 && us.box.south > 24);
    us = mainland("US", (struct im_box){-158, 21, -157, 22});
    assert_true(us.found && us.box.east < -150);
    struct im_mainland france = mainland("FR", (struct im_box){2, 48, 3, 49});
    assert_true(france.box.south > 41 && france.box.south < 42); // with Corsica
    assert_true(france.box.west > -6 && france.box.east < 10);
    struct im_mainland isles = mainland("FJ", (struct im_box){178, -19, 179, -18});
    assert_true(isles.box.west > 170 &&
                isles.box.east < -170); // across the antimeridian
    struct im_mainland russia = mainland("RU", (struct im_box){36, 50, 37, 51});
    assert_true(russia.box.west > 18 && russia.box.west < 30);
    assert_true(russia.box.east < -160); // to Chukotka
    assert_false(mainland("QQ", russia.box).found);
    // where none of it is near, its largest unit's part
    assert_true(mainland("AM", (struct im_box){0, 0, 1, 1}).box.west > 43);
}

static void land_and_sea_are_told_apart(void **state) {
    (void)state;
    double land = -1, sea = -1;
    assert_int_equal(im_geodata_land_share(
                         geodata, arena, (struct im_box){20, 45, 40, 55}, &land, NULL),
                     INCMAP_OK);
    assert_int_equal(im_geodata_land_share(geodata, arena,
                                           (struct im_box){-165, 15, -145, 30}, &sea,
                                           NULL),
                     INCMAP_OK);
    assert_true(land > 0.4 && land <= 1);
    assert_true(sea >= 0 && sea < 0.05);
}

/* Land, borders of countries and lakes: no provinces, no rivers. */
static void a_locator_has_the_outlines_alone(void **state) {
    (void)state;
    struct im_spec spec = {.worldview = "un"};
    struct im_view view = fit_view(arena, "auto", (struct im_box){40, 38, 51, 44});
    struct im_basemap_request rq = {geodata, &spec, &view, &found,
                                    {0},     {0},   false, true};
    struct im_basemap map;
    assert_int_equal(im_basemap_make(arena, &rq, &map, NULL), INCMAP_OK);
    assert_true(map.ground_count >= 6 && map.province_count == 0);
    for (size_t i = 0; i < map.border_count; i++) {
        assert_true(map.borders[i].line_class != IM_LC_PROVINCE);
    }
    for (size_t i = 0; i < map.water_count; i++) {
        assert_false(map.waters[i].is_line);
    }
    assert_true(map.water_count > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(main_parts_of_countries),
        cmocka_unit_test(land_and_sea_are_told_apart),
        cmocka_unit_test(a_locator_has_the_outlines_alone),
        cmocka_unit_test(test_arcs_of_every_unit_close),
        cmocka_unit_test(test_fills_agree_with_the_lines),
        cmocka_unit_test(test_the_antimeridian_is_never_stroked),
        cmocka_unit_test(test_level_follows_scale_and_place),
        cmocka_unit_test(test_known_sea_is_sea),
        cmocka_unit_test(test_finer_than_the_source_is_said),
        cmocka_unit_test(test_worldviews_differ_where_they_should),
        cmocka_unit_test(test_dated_lines),
        cmocka_unit_test(test_validity),
        cmocka_unit_test(test_waters),
        cmocka_unit_test(test_names_of_features),
        cmocka_unit_test(test_areas_of_places),
        cmocka_unit_test(test_overlays),
        cmocka_unit_test(test_digests_are_those_of_the_files),
        cmocka_unit_test(test_damaged_data_are_a_failure),
    };
    return cmocka_run_group_tests(tests, geodata_setup, arena_teardown);
}
