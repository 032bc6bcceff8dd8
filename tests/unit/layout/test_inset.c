/* Where the locator inset goes, and what keeps clear of it. */
#include "help/random.h"
#include "help/stage.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct stage s;
static const char *const own[] = {"AA"};

static struct im_path square(double x, double y, double w, double h) {
    struct im_path p = {im_alloc(s.arena, 4, sizeof *p.v), 4, true};
    p.v[0] = (struct im_pt){x, y};
    p.v[1] = (struct im_pt){x + w, y};
    p.v[2] = (struct im_pt){x + w, y + h};
    p.v[3] = (struct im_pt){x, y + h};
    return p;
}

static struct im_ground ground(const char *code, const char *name, struct im_path p) {
    struct im_ground g = {.owner = code, .name = name, .area_pt2 = 1e4};
    IM_PUSH(s.arena, g.paths.v, g.paths.n, g.paths.cap, p);
    return g;
}

/* Two countries side by side in a frame of 240 x 160, the map's extent of w x h in the
 * western one. */
static void give_inset(double w, double h) {
    struct im_inset *inset = im_alloc(s.arena, 1, sizeof *inset);
    inset->view = (struct im_view){
        .frame = {0, 0, 240, 160}, .m_per_pt = 1000, .ground_m_per_pt = 1000};
    inset->basemap.grounds = im_alloc(s.arena, 2, sizeof(struct im_ground));
    inset->basemap.grounds[0] = ground("AA", "Ourland", square(0, 0, 120, 160));
    inset->basemap.grounds[1] = ground("BB", "Otherland", square(120, 0, 120, 160));
    inset->basemap.ground_count = 2;
    struct im_path box = square(30, 20, w, h);
    IM_PUSH(s.arena, inset->outline.v, inset->outline.n, inset->outline.cap, box);
    inset->own = own;
    inset->own_count = 1;
    s.in.inset = inset;
}

static void add(double x, double y) {
    stage_add(&s, (struct stage_incident){x, y, 2, "clash", "Somewhere", IM_CONFIRMED});
}

static const struct im_panel *panel(void) {
    return s.scene.panel_count > 1 ? &s.scene.panels[1] : NULL;
}

/* Which corner of the map it is in: bit 0 right, bit 1 bottom; -1: there is none. */
static int corner(void) {
    if (panel() == NULL) {
        return -1;
    }
    struct im_pt m = lay_rect_middle(panel()->frame), c = lay_rect_middle(s.page.map);
    assert_true(lay_rect_inside(panel()->frame, lay_rect_grow(s.page.map, -4)));
    return (m.x > c.x ? 1 : 0) + (m.y > c.y ? 2 : 0);
}

static const struct im_item *item(const char *layer, const char *id) {
    const struct im_layer *l = stage_layer(&s, layer);
    for (size_t i = 0; i < l->n; i++) {
        if (l->items[i].id != NULL && strcmp(l->items[i].id, id) == 0) {
            return &l->items[i];
        }
    }
    return NULL;
}

static void goes_where_no_incident_is(void **state) {
    static const double at[4][2] = {
        {0.12, 0.12}, {0.88, 0.12}, {0.12, 0.85}, {0.88, 0.85}};
    (void)state;
    for (int open = 0; open < 4; open++) {
        stage_end(&s);
        stage_begin(&s, 1600, 1200);
        give_inset(30, 20);
        for (int i = 0; i < 4; i++) {
            if (i != open) {
                add(at[i][0], at[i][1]);
            }
        }
        stage_run(&s);
        assert_int_equal(corner(), open);
        assert_true(panel()->frame.w == 240 && panel()->frame.h == 160);
    }
}

static void shrinks_before_it_is_left_out(void **state) {
    (void)state;
    give_inset(30, 20);
    for (int i = 0; i < 4; i++) { // in the way of the full size only
        add(i % 2 ? 0.85 : 0.15, i / 2 ? 0.9 : 0.1);
    }
    stage_run(&s);
    assert_true(corner() >= 0);
    assert_true(panel()->frame.w < 239 && panel()->frame.w >= 0.69 * 240);
    assert_true(fabs(panel()->frame.w / panel()->frame.h - 1.5) < 1e-9);
    assert_true(fabs(panel()->ground_m_per_pt * panel()->frame.w - 240000) < 1);
}

static void no_free_corner_is_a_finding(void **state) {
    (void)state;
    give_inset(30, 20);
    for (int i = 0; i < 4; i++) {
        add(i % 2 ? 0.92 : 0.08, i / 2 ? 0.9 : 0.1);
    }
    stage_run(&s);
    assert_int_equal(corner(), -1);
    assert_int_equal(stage_findings(&s, IM_F_INSET_DROPPED), 1);
    assert_int_equal(stage_layer(&s, "inset")->n, 0);
}

static void a_corner_that_is_asked_for_is_taken_or_none(void **state) {
    (void)state;
    give_inset(30, 20);
    add(0.5, 0.5);
    s.spec.furniture.inset.position = "bottom-left";
    stage_run(&s);
    assert_int_equal(corner(), 2);
    stage_end(&s);
    stage_begin(&s, 1600, 1200);
    give_inset(30, 20);
    add(0.1, 0.88);
    s.spec.furniture.inset.position = "bottom-left";
    stage_run(&s);
    assert_int_equal(corner(), -1);
    assert_int_equal(stage_findings(&s, IM_F_INSET_DROPPED), 1);
}

/* Labels, call-outs and their leaders keep off it. */
static void nothing_is_written_over_it(void **state) {
    static const char *const layers[] = {"labels", "callouts", "incidents"};
    (void)state;
    for (int round = 0; round < 6; round++) {
        stage_end(&s);
        stage_begin(&s, 1600, 1200);
        s.seed = 100 + (uint64_t)round;
        give_inset(30, 20);
        for (int i = 0; i < 4; i++) {
            add(random_from(&s.seed, 0.1, 0.9), random_from(&s.seed, 0.1, 0.9));
        }
        for (int i = 0; i < 60; i++) {
            stage_town(&s, random_from(&s.seed, 0, 1), random_from(&s.seed, 0, 1), 2,
                       false, "Sometown");
        }
        stage_run(&s);
        assert_true(corner() >= 0);
        for (size_t k = 0; k < 3; k++) {
            const struct im_layer *l = stage_layer(&s, layers[k]);
            for (size_t i = 0; i < l->n; i++) {
                const struct im_item *it = &l->items[i];
                struct im_rect r = {it->at.x - it->radius, it->at.y - it->radius,
                                    2 * it->radius, 2 * it->radius};
                r = it->kind == IM_ITEM_TEXT ? stage_ink(it) : r;
                assert_false(it->kind != IM_ITEM_PATH &&
                             lay_rect_overlap(r, panel()->frame));
            }
        }
    }
}

static void the_extent_is_a_box_or_a_cross_hair(void **state) {
    (void)state;
    give_inset(30, 20);
    add(0.5, 0.5);
    stage_run(&s);
    const struct im_item *box = item("inset-map", "inset-extent");
    assert_non_null(box);
    assert_int_equal(box->paths.n, 1);
    double k = panel()->frame.w / 240;
    assert_true(fabs(box->paths.v[0].v[0].x - panel()->frame.x - 30 * k) < 1e-6);
    assert_true(fabs(box->paths.v[0].v[2].y - panel()->frame.y - 40 * k) < 1e-6);
    stage_end(&s);
    stage_begin(&s, 1600, 1200);
    give_inset(2, 2);
    add(0.5, 0.5);
    stage_run(&s);
    box = item("inset-map", "inset-extent");
    assert_non_null(box);
    assert_int_equal(box->paths.n, 5); // with its hairs
    assert_true(box->paths.v[0].v[1].x - box->paths.v[0].v[0].x > 4);
}

static void own_countries_stand_out_and_are_named(void **state) {
    (void)state;
    give_inset(30, 20);
    add(0.5, 0.5);
    stage_run(&s);
    assert_true(item("inset-map", "inset-land-AA")->fill !=
                item("inset-map", "inset-land-BB")->fill);
    assert_non_null(stage_text(&s, "inset-frame", "Ourland"));
    assert_non_null(stage_text(&s, "inset-frame", "Otherland"));
    assert_non_null(strstr(s.scene.description, "location of the map (Ourland)"));
    assert_true(stage_layer(&s, "inset-map")->clipped);
}

static void without_one_there_is_nothing_of_it(void **state) {
    (void)state;
    add(0.5, 0.5);
    stage_run(&s);
    assert_int_equal(s.scene.panel_count, 1);
    for (size_t i = 0; i < s.scene.n; i++) {
        assert_null(strstr(s.scene.layers[i].id, "inset"));
    }
    assert_null(strstr(s.scene.description, "location of the map"));
}

static void empty_sea(struct stage *st) {
    st->basemap.ground_count = st->basemap.border_count = st->basemap.water_count = 0;
    st->basemap.province_count = 0;
    st->in.overlay_count = 0;
}

static void mirrored_furniture_has_it_on_the_other_side(void **state) {
    (void)state;
    int side[2];
    for (int i = 0; i < 2; i++) {
        stage_end(&s);
        stage_begin(&s, 1600, 1200);
        s.spec.language = i ? "ar" : "en";
        give_inset(30, 20);
        s.change = empty_sea;
        stage_run(&s);
        side[i] = corner() & 1;
    }
    assert_true(side[0] != side[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        stage_test(goes_where_no_incident_is),
        stage_test(shrinks_before_it_is_left_out),
        stage_test(no_free_corner_is_a_finding),
        stage_test(a_corner_that_is_asked_for_is_taken_or_none),
        stage_test(nothing_is_written_over_it),
        stage_test(the_extent_is_a_box_or_a_cross_hair),
        stage_test(own_countries_stand_out_and_are_named),
        stage_test(without_one_there_is_nothing_of_it),
        stage_test(mirrored_furniture_has_it_on_the_other_side)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
