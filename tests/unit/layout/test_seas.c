/* Names of seas: over the water, off the land and off smaller seas that have a name. */
#include "help/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct stage s;

static const double east[] = {0.6, -0.1, 1.1, -0.1, 1.1, 1.1, 0.6, 1.1};
static const double gulf[] = {0.2, 0.3, 0.6, 0.3, 0.6, 0.7, 0.2, 0.7};

/* Eastland alone; a sea over all of the map, in the middle of which is a gulf. */
static void a_gulf_in_a_sea(struct stage *stage) {
    static const double sea[] = {-0.1, -0.1, 1.1, -0.1, 1.1, 1.1, -0.1, 1.1};
    static struct im_water waters[2];
    stage->basemap.grounds[0].paths = (struct im_paths){0};
    stage->basemap.grounds[1].paths = stage_paths(stage, east, 4, true);
    stage->basemap.border_count = stage->basemap.province_count = 0;
    waters[0] = (struct im_water){.name = "Great Sea", .id = "", .is_sea = true};
    waters[1] = (struct im_water){.name = "Mid Gulf", .id = "", .is_sea = true};
    waters[0].paths = stage_paths(stage, sea, 4, true);
    waters[1].paths = stage_paths(stage, gulf, 4, true);
    waters[0].level = waters[1].level = 1;
    waters[0].area_pt2 = 1e6;
    waters[1].area_pt2 = 1e5;
    stage->basemap.waters = waters;
    stage->basemap.water_count = 2;
}

static bool meets(const struct im_paths *paths, struct im_rect r) {
    bool any = false;
    for (int i = 0; i <= 8; i++) {
        for (int k = 0; k <= 2; k++) {
            struct im_pt p = {r.x + r.w * i / 8, r.y + r.h * k / 2};
            any = any || lay_paths_have(paths, p);
        }
    }
    return any;
}

static void off_land_and_gulf(void **state) {
    (void)state;
    s.change = a_gulf_in_a_sea;
    stage_run(&s);
    const struct im_item *sea = stage_text(&s, "labels", "Great Sea");
    const struct im_item *mid = stage_text(&s, "labels", "Mid Gulf");
    assert_non_null(sea);
    assert_non_null(mid);
    assert_false(meets(&s.basemap.grounds[1].paths, stage_ink(sea)));
    assert_false(meets(&s.basemap.waters[1].paths, stage_ink(sea)));
    assert_true(meets(&s.basemap.waters[1].paths, stage_ink(mid)));
    assert_true(sea->font.italic && mid->font.italic);
}

static void a_gulf_on_land(struct stage *stage) {
    static const double inland[] = {0.7, 0.3, 0.95, 0.3, 0.95, 0.7, 0.7, 0.7};
    a_gulf_in_a_sea(stage);
    stage->basemap.waters[1].paths = stage_paths(stage, inland, 4, true);
}

/* Where the land covers all of its ring, a sea has no name. */
static void none_on_land(void **state) {
    (void)state;
    s.change = a_gulf_on_land;
    stage_run(&s);
    assert_null(stage_text(&s, "labels", "Mid Gulf"));
    assert_non_null(stage_text(&s, "labels", "Great Sea"));
}

static void own_borders(struct stage *stage) {
    a_gulf_in_a_sea(stage);
    stage->basemap.user_borders = true;
}

/* Beside the user's own land, which may be a part of all. */
static void none_beside_own_borders(void **state) {
    (void)state;
    s.change = own_borders;
    stage_run(&s);
    assert_null(stage_text(&s, "labels", "Mid Gulf"));
    assert_null(stage_text(&s, "labels", "Great Sea"));
}

/* A sea is no lake: its ring is not drawn. */
static void rings_are_not_drawn(void **state) {
    (void)state;
    s.change = a_gulf_in_a_sea;
    stage_run(&s);
    const struct im_layer *lakes = stage_layer(&s, "lakes");
    assert_true(lakes == NULL || lakes->n == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        stage_test(off_land_and_gulf),
        stage_test(none_on_land),
        stage_test(none_beside_own_borders),
        stage_test(rings_are_not_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
