/* Names of countries that are too narrow for them: in two lines, astride their waters,
 * not at all for what the frame leaves of a country. */
#include "help/stage.h"

#include "layout/mask.h"
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

static struct im_rect land_of(const struct im_paths *box) {
    const struct im_pt *v = box->v[0].v;
    return (struct im_rect){v[0].x, v[0].y, v[2].x - v[0].x, v[2].y - v[0].y};
}

static bool within(struct im_rect in, struct im_rect r) {
    return r.x >= in.x && r.y >= in.y && r.x + r.w <= in.x + in.w &&
           r.y + r.h <= in.y + in.h;
}

static const double far_east[4] = {0.9, -0.1, 1.1, 1.1};

/* An island a little narrower than the smallest name. */
static void small_island(struct stage *stage) {
    const double island[4] = {0.2, 0.3, 0.24, 0.45};
    stage->basemap.grounds[0].paths = box_of(stage, island);
    stage->basemap.grounds[1].paths = box_of(stage, far_east);
    stage->basemap.border_count = 0;
}

static void astride(void **state) {
    (void)state;
    s.change = small_island;
    stage_run(&s);
    const struct im_item *name = stage_text(&s, "labels", "WESTLAND");
    assert_non_null(name);
    struct im_rect ink = stage_ink(name), land = land_of(&s.basemap.grounds[0].paths);
    assert_false(within(land, ink));
    assert_true(ink.y > land.y && ink.y + ink.h < land.y + land.h);
    double middle = ink.x + ink.w / 2;
    assert_true(middle > land.x + 0.47 * land.w && middle < land.x + 0.53 * land.w);
}

/* Narrower still: a smaller name, so that most of it is upon the land. */
static void narrow_island(struct stage *stage) {
    const double island[4] = {0.2, 0.3, 0.232, 0.45};
    small_island(stage);
    stage->basemap.grounds[0].paths = box_of(stage, island);
}

static void mostly_on_its_land(void **state) {
    (void)state;
    s.change = narrow_island;
    stage_run(&s);
    const struct im_item *name = stage_text(&s, "labels", "WESTLAND");
    assert_non_null(name);
    struct im_rect box = stage_ink(name), land = land_of(&s.basemap.grounds[0].paths);
    box.x -= 3; // with the room that it has on either side
    box.w += 6;
    assert_true(box.x < land.x && box.x + box.w > land.x + land.w);
    assert_true(land.w > 0.6 * box.w);
}

/* Too narrow for "NEW WESTLAND" in one line, with land of another all round. */
static void small_inland(struct stage *stage) {
    const double land[4] = {0.4, 0.3, 0.455, 0.6}, all[4] = {-0.1, -0.1, 1.1, 1.1};
    struct im_paths both = {im_alloc(stage->arena, 2, sizeof *both.v), 2, 2};
    both.v[0] = box_of(stage, all).v[0];
    both.v[1] = box_of(stage, land).v[0];
    stage->basemap.grounds[0].paths = box_of(stage, land);
    stage->basemap.grounds[0].name = "New Westland";
    stage->basemap.grounds[1].paths = both;
    stage->basemap.border_count = 0;
}

static void in_two_lines(void **state) {
    (void)state;
    s.change = small_inland;
    stage_run(&s);
    const struct im_item *first = stage_text(&s, "labels", "NEW");
    const struct im_item *second = stage_text(&s, "labels", "WESTLAND");
    assert_non_null(first);
    assert_non_null(second);
    assert_string_equal(first->text, "NEW");
    assert_string_equal(second->text, "WESTLAND");
    struct im_rect a = stage_ink(first), b = stage_ink(second);
    struct im_rect land = land_of(&s.basemap.grounds[0].paths);
    assert_true(within(land, a) && within(land, b));
    double apart = a.x + a.w / 2 - b.x - b.w / 2;
    assert_true(apart > -0.5 && apart < 0.5);
    double step = second->at.y - first->at.y, size = first->font.size;
    assert_true(step > size && step < 1.4 * size);
}

/* A corner of a country that the frame cuts; the same as a whole island. */
static void corner(struct stage *stage) {
    const double land[4] = {-0.1, 0.4, 0.012, 0.44};
    small_island(stage);
    stage->basemap.grounds[0].paths = box_of(stage, land);
}

static void whole(struct stage *stage) {
    const double land[4] = {0.1, 0.4, 0.112, 0.44};
    small_island(stage);
    stage->basemap.grounds[0].paths = box_of(stage, land);
}

static void cut_by_the_frame(void **state) {
    (void)state;
    s.change = corner;
    stage_run(&s);
    assert_null(stage_text(&s, "labels", "WESTLAND"));
    s.change = whole;
    stage_run(&s);
    assert_non_null(stage_text(&s, "labels", "WESTLAND"));
}

/* A strip of coast with another country behind it, too narrow for its name. */
static void coast(struct stage *stage) {
    const double strip[4] = {0.47, 0.3, 0.49, 0.6}, behind[4] = {0.49, -0.1, 1.1, 1.1};
    stage->basemap.grounds[0].paths = box_of(stage, strip);
    stage->basemap.grounds[1].paths = box_of(stage, behind);
    stage->basemap.border_count = 0;
    stage->view.ground_m_per_pt = 10000;
}

static void coast_of_the_world(struct stage *stage) {
    coast(stage);
    stage->view.ground_m_per_pt = 20000;
}

/* As wide as the strip, in the sea. */
static void island_of_the_world(struct stage *stage) {
    const double island[4] = {0.2, 0.3, 0.22, 0.6};
    coast_of_the_world(stage);
    stage->basemap.grounds[0].paths = box_of(stage, island);
}

static void at_sea_on_a_world_map(void **state) {
    (void)state;
    s.change = coast;
    stage_run(&s);
    assert_non_null(stage_text(&s, "labels", "WESTLAND"));
    s.change = coast_of_the_world;
    stage_run(&s);
    assert_null(stage_text(&s, "labels", "WESTLAND"));
    s.change = island_of_the_world;
    stage_run(&s);
    assert_non_null(stage_text(&s, "labels", "WESTLAND"));
}

/* A country that its capital's disc leaves no room for the name. */
static void crowded(struct stage *stage) {
    const double land[4] = {0.47, 0.7, 0.53, 0.73}, behind[4] = {0.53, -0.1, 1.1, 1.1};
    coast(stage);
    stage->basemap.grounds[0].paths = box_of(stage, land);
    stage->basemap.grounds[1].paths = box_of(stage, behind);
}

static void crowded_world(struct stage *stage) {
    crowded(stage);
    stage->view.ground_m_per_pt = 20000;
}

static void before_its_capital_on_a_world_map(void **state) {
    stage_town(&s, 0.5, 0.715, 0, false, "Seat");
    s.change = crowded;
    stage_run(&s);
    const struct im_item *name = stage_text(&s, "labels", "WESTLAND");
    struct im_rect land = land_of(&s.basemap.grounds[0].paths);
    assert_true(name == NULL || !within(land, stage_ink(name)));
    assert_non_null(stage_text(&s, "labels", "Seat"));
    stage_teardown(state);
    stage_setup(state);
    stage_town(&s, 0.5, 0.715, 0, false, "Seat");
    s.change = crowded_world;
    stage_run(&s);
    name = stage_text(&s, "labels", "WESTLAND");
    assert_non_null(name);
    assert_true(within(land_of(&s.basemap.grounds[0].paths), stage_ink(name)));
    assert_null(stage_text(&s, "labels", "Seat"));
}

static void seaside(void **state) {
    (void)state;
    struct lay_mask *m = lay_mask_new(s.arena, (struct im_rect){0, 0, 100, 100});
    static struct im_pt one[] = {{20, 20}, {40, 20}, {40, 40}, {20, 40}};
    static struct im_pt two[] = {{40, 0}, {100, 0}, {100, 100}, {40, 100}};
    struct im_path a = {one, 4, true}, b = {two, 4, true};
    lay_mask_fill(m, &(struct im_paths){&a, 1, 1}, 1);
    lay_mask_fill(m, &(struct im_paths){&b, 1, 1}, 2);
    lay_mask_finish(m);
    struct lay_mask_extent *e = lay_mask_extents(s.arena, m, 4);
    assert_float_equal(lay_mask_seaside(m, 1, &e[1]), 0.75, 1e-9);
    assert_float_equal(lay_mask_seaside(m, 2, &e[2]), 0.8, 1e-9); // not the frame
    assert_float_equal(lay_mask_seaside(m, 3, &e[3]), 0, 1e-9);
}

static void shares(void **state) {
    (void)state;
    struct lay_mask *m = lay_mask_new(s.arena, (struct im_rect){0, 0, 100, 100});
    static struct im_pt left[] = {{0, 0}, {50, 0}, {50, 100}, {0, 100}};
    struct im_path one = {left, 4, true};
    lay_mask_fill(m, &(struct im_paths){&one, 1, 1}, 1);
    lay_mask_finish(m);
    struct im_rect r = {26, 11, 48, 18};
    assert_float_equal(lay_mask_share(m, r, 1), 0.5, 1e-9);
    assert_float_equal(lay_mask_share(m, r, 0), 0.5, 1e-9);
    assert_float_equal(lay_mask_share(m, r, 2), 0, 1e-9);
    r.x = 1;
    assert_float_equal(lay_mask_share(m, r, 1), 1, 1e-9);
}

int main(void) {
    const struct CMUnitTest tests[] = {stage_test(astride),
                                       stage_test(mostly_on_its_land),
                                       stage_test(in_two_lines),
                                       stage_test(cut_by_the_frame),
                                       stage_test(at_sea_on_a_world_map),
                                       stage_test(before_its_capital_on_a_world_map),
                                       stage_test(seaside),
                                       stage_test(shares)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
