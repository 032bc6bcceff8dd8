/* Names of provinces: on dry land, and on maps of continents most of a country's or
 * none.
 */
#include "help/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct stage s;

/* The shares x0, y0, x1, y1 of the map. */
static struct im_paths box_of(struct stage *stage, const double r[4]) {
    const double xy[] = {r[0], r[1], r[2], r[1], r[2], r[3], r[0], r[3]};
    return stage_paths(stage, xy, 4, true);
}

static const double shore[4] = {0.5, 0.62, 0.9, 0.96};

static struct im_rect water; /* of the page */
static double water_pt2;

static void with_lake(struct stage *stage) {
    struct im_province *p = im_alloc(stage->arena, 1, sizeof *p);
    struct im_water *w = im_alloc(stage->arena, 1, sizeof *w);
    *p = (struct im_province){
        .name = "Shoreland", .owner = "EE", .paths = box_of(stage, shore)};
    *w = (struct im_water){
        .name = "", .paths = box_of(stage, shore), .area_pt2 = water_pt2};
    struct im_pt *v = w->paths.v[0].v;
    v[0] = (struct im_pt){water.x, water.y};
    v[1] = (struct im_pt){water.x + water.w, water.y};
    v[2] = (struct im_pt){water.x + water.w, water.y + water.h};
    v[3] = (struct im_pt){water.x, water.y + water.h};
    stage->basemap.provinces = p;
    stage->basemap.waters = w;
    stage->basemap.province_count = stage->basemap.water_count = 1;
}

/* The letters of the province's name when water of that area is there. */
static struct im_rect name_beside(struct im_rect there, double area) {
    water = there;
    water_pt2 = area;
    s.change = with_lake;
    stage_run(&s);
    const struct im_item *name = stage_text(&s, "labels", "Shoreland");
    assert_non_null(name);
    return stage_ink(name);
}

/* Where a lake is a province has not its name. */
static void on_dry_land(void **state) {
    (void)state;
    const struct im_rect aside = {1, 1, 5, 5};
    struct im_rect wish = name_beside(aside, 25);
    struct im_rect lake = lay_rect_grow(wish, 12);
    assert_false(lay_rect_overlap(name_beside(lake, lake.w * lake.h), lake));
}

/* Eastland in `wide` parts that hold a name of the total of ten bands. */
static double scale;
static size_t wide;

static void bands(struct stage *stage) {
    static const double west[4] = {-0.2, -0.2, -0.1, -0.1}, east[4] = {0, 0, 1, 1};
    struct im_province *p = im_alloc(stage->arena, 10, sizeof *p);
    for (size_t i = 0; i < 10; i++) {
        const double top = 0.1 * (double)i, band[4] = {0, top, 1, top + 0.1};
        const double slip[4] = {0, top, 0.02, top + 0.1};
        bool holds = i >= 10 - wide;
        p[i] = (struct im_province){.name = im_format(stage->arena, "Band %zu", i),
                                    .owner = "EE",
                                    .paths = box_of(stage, holds ? band : slip),
                                    .area_pt2 = 1000};
    }
    stage->basemap.grounds[0].paths = box_of(stage, west);
    stage->basemap.grounds[1].paths = box_of(stage, east);
    stage->basemap.grounds[1].area_pt2 = 10000;
    stage->basemap.border_count = 0;
    stage->basemap.provinces = p;
    stage->basemap.province_count = 10;
    stage->view.ground_m_per_pt = scale;
}

static size_t named_bands(size_t hold, double m_per_pt) {
    const struct im_layer *l;
    size_t n = 0;
    wide = hold;
    scale = m_per_pt;
    s.change = bands;
    stage_run(&s);
    l = stage_layer(&s, "labels");
    for (size_t i = 0; i < l->n; i++) {
        n += l->items[i].text != NULL && strncmp(l->items[i].text, "Band ", 5) == 0;
    }
    return n;
}

static void most_or_none(void **state) {
    (void)state;
    assert_int_equal(named_bands(3, 1000), 3);
    assert_int_equal(named_bands(3, 5000), 0);
    assert_true(named_bands(8, 5000) >= 6);
    assert_int_equal(named_bands(8, 20000), 0); // the world
}

int main(void) {
    const struct CMUnitTest tests[] = {stage_test(on_dry_land),
                                       stage_test(most_or_none)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
