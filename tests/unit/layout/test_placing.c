/* Where the name of a place stands: whose it is read as, what it lies across. */
#include "help/stage.h"

#include "layout/mask.h"
#include "layout/spots.h"
#include "layout/stack.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct stage s;

/* Add a closed path of four corners. */
static struct im_paths *corners(struct im_paths *out, double x0, double y0, double x1,
                                double y1) {
    struct im_pt *v = im_alloc(s.arena, 4, sizeof *v);
    v[0] = (struct im_pt){x0, y0};
    v[1] = (struct im_pt){x1, y0};
    v[2] = (struct im_pt){x1, y1};
    v[3] = (struct im_pt){x0, y1};
    struct im_path path = {v, 4, true};
    IM_PUSH(s.arena, out->v, out->n, out->cap, path);
    return out;
}

/* The same in points from the first town. */
static void square(struct im_paths *out, double x0, double y0, double x1, double y1) {
    struct im_pt at = s.in.towns[0].at;
    corners(out, at.x + x0, at.y + y0, at.x + x1, at.y + y1);
}

/* A tongue of the eastern country under the letters of a name to the right of the
 * first town, whose ends are on its own land; the line round it costs little. */
static void tongue(struct stage *stage) {
    struct im_ground *east = (struct im_ground *)&stage->basemap.grounds[1];
    struct im_border *line = (struct im_border *)&stage->basemap.borders[0];
    square(&east->paths, 26, -20, 38, 20);
    *line = (struct im_border){.line_class = IM_LC_PROVINCE, .name = ""};
    square(&line->paths, 26, -20, 38, 20);
}

static void no_border_within_a_name(void **state) {
    (void)state;
    stage_town(&s, 0.2, 0.8, 2, false, "Borderville");
    s.change = tongue;
    stage_run(&s);
    const struct im_item *name = stage_text(&s, "labels", "Borderville");
    assert_non_null(name);
    assert_true(stage_ink(name).x < s.in.towns[0].at.x - 80);
}

/* A line round the first town that leaves room for its name only outside. */
static void loop(struct stage *stage) {
    struct im_overlay_layer *layer = (struct im_overlay_layer *)&stage->in.overlays[0];
    struct im_overlay *o = (struct im_overlay *)layer->overlay;
    o->n = 1;
    o->v[0].paths.n = 0;
    square(&o->v[0].paths, -13, -13, 13, 13);
}

/* What was not asked for may stand a little off, rather than nowhere. */
static void a_name_may_stand_off(void **state) {
    (void)state;
    stage_town(&s, 0.2, 0.8, 2, false, "Ringed");
    s.change = loop;
    stage_run(&s);
    assert_non_null(stage_text(&s, "labels", "Ringed"));
}

/* A name of 80 x 20 points right of a place at (100, 100), with what is near it. */
struct reading {
    struct im_mark marks[2];
    struct lay_symbol own, other; /* discs of 10 points */
    const struct lay_symbol *owns[1], *others[1];
    struct im_basemap ground;
    struct im_layout_input in;
    struct lay_job job;
    struct im_town town;
    struct lay_rivals near;
    struct lay_spot spot;
    struct lay_candidate c;
};

/* On land 0 alone; the other symbol is far off. */
static struct reading *reading(void) {
    struct reading *r = im_alloc(s.arena, 1, sizeof *r);
    struct im_paths sheet = {0};
    r->own = (struct lay_symbol){.mark = &r->marks[0], .at = {100, 100}, .reach = 10};
    r->other = (struct lay_symbol){.mark = &r->marks[1], .at = {300, 300}, .reach = 10};
    r->owns[0] = &r->own;
    r->others[0] = &r->other;
    r->ground.ground_count = 2;
    r->in.basemap = &r->ground;
    r->job = (struct lay_job){.arena = s.arena, .in = &r->in, .mode = LAY_NUMBERED};
    r->town.at = (struct im_pt){100, 100};
    r->near = (struct lay_rivals){.symbols = r->others, .own = r->owns};
    r->near.symbol_count = r->near.own_count = 1;
    r->spot = (struct lay_spot){.town = &r->town, .hidden = true, .radius = 4};
    r->spot.type.font.size = 16;
    r->c = (struct lay_candidate){.box = {113, 90, 80, 20}, .at = {113, 106}};
    r->c.near = &r->near;
    r->job.lands = lay_mask_new(s.arena, (struct im_rect){0, 0, 400, 400});
    lay_mask_fill(r->job.lands, corners(&sheet, 0, 0, 400, 400), 1);
    return r;
}

static double cost(struct reading *r, bool on_lines) {
    lay_mask_finish(r->job.lands);
    return lay_misread(&r->job, &r->spot, &r->c, on_lines);
}

/* What a name costs whose own symbol's rim is 3 points off, another one's `gap`. */
static double misread(double gap) {
    struct reading *r = reading();
    r->other.at = (struct im_pt){113 + 80 + gap + 10, 100};
    return cost(r, false);
}

/* The nearer of two symbols is the one that is meant: a name that is but a little
 * nearer to its own is nobody's. */
static void clearly_its_own(void **state) {
    (void)state;
    assert_true(misread(1) == HUGE_VAL);
    assert_true(misread(4.5) == HUGE_VAL);
    assert_true(misread(6.5) > 1 && misread(6.5) < 3);
    assert_true(misread(9) > 0.5 && misread(9) < misread(6.5));
    assert_true(misread(14) == 0);
}

/* A place whose own disc is not hidden has its name by that; a symbol that was moved
 * off its place has a dot there, which a name can be read as well. */
static void by_disc_and_by_dot(void **state) {
    (void)state;
    struct reading *r = reading();
    r->own.at.x = 60; // far off: it is the disc, 9 points from the letters
    r->other.at.x = 113 + 80 + 20 + 10;
    r->other.at.y = 100;
    assert_true(cost(r, false) == HUGE_VAL);
    r->spot.hidden = false;
    assert_true(cost(r, false) == 0);
    r->other.at.y = 300;
    r->other.displaced = true;
    r->marks[1].at = (struct im_pt){150, 120}; // under the letters
    assert_true(cost(r, false) == HUGE_VAL);
}

/* What the letters come near to, or cover, of the town or symbol of another place. */
static void near_to_others(void **state) {
    (void)state;
    static const struct im_town near = {.at = {150, 113}}, off = {.at = {150, 117}};
    const struct im_town *towns[] = {&near, &off};
    struct reading *r = reading();
    r->near.towns = towns;
    r->near.town_count = 2;
    assert_true(cost(r, false) == 1);
    r->job.mode = LAY_PLAIN;
    r->other.at = (struct im_pt){150, 125};
    assert_true(cost(r, false) == 1);
    r->town.wanted = true;
    assert_true(cost(r, false) == 2);
}

/* Abroad is where the middle stands; ends or, upon lines, parts that reach there cost
 * less. Open sea is nobody's land. */
static void on_its_own_land(void **state) {
    (void)state;
    struct im_paths all = {0}, end = {0}, tongue = {0};
    struct reading *r = reading();
    lay_mask_fill(r->job.lands, corners(&all, 110, 80, 200, 120), 2);
    assert_true(cost(r, false) == 3.5);
    r = reading();
    lay_mask_fill(r->job.lands, corners(&end, 180, 80, 200, 120), 2);
    assert_true(cost(r, false) == 2);
    r = reading();
    lay_mask_fill(r->job.lands, corners(&tongue, 128, 80, 138, 120), 2);
    assert_true(cost(r, false) == 0);
    assert_true(cost(r, true) == 2);
    r = reading();
    lay_mask_fill(r->job.lands, &end, 3);
    assert_true(cost(r, false) == 0);
}

/* Symbols of the place itself are no rivals; nor are those that are not drawn. */
static void whose_symbols(void **state) {
    (void)state;
    struct reading *r = reading();
    static const double away[] = {0, 3.9, 4.1, 90};
    struct im_mark marks[5] = {{0}};
    struct lay_symbol symbols[5];
    struct im_page page = {.map = {0, 0, 400, 400}};
    for (size_t i = 0; i < 5; i++) {
        marks[i].at = (struct im_pt){100, 100 + (i < 4 ? away[i] : 20)};
        symbols[i] = (struct lay_symbol){.mark = &marks[i], .number = i + 1};
        symbols[i].at = marks[i].at;
        symbols[i].reach = 10;
    }
    struct lay_symbol *members[] = {&symbols[2], &symbols[4]};
    struct lay_stack stack = {.v = members, .n = 2};
    symbols[4].stack = &stack; // drawn by the other
    r->job.symbols = symbols;
    r->job.symbol_count = 5;
    r->job.scratch = s.arena;
    r->job.page = &page;
    lay_mask_finish(r->job.lands);
    lay_grid_towns(&r->job);
    const struct lay_rivals *near = lay_find_rivals(&r->job, &r->spot, r->town.at, 50);
    assert_int_equal(near->own_count, 2);
    assert_int_equal(near->symbol_count, 1);
    assert_true(near->symbols[0] == &symbols[2]);
    near = lay_find_rivals(&r->job, &r->spot, r->town.at, 71);
    assert_int_equal(near->symbol_count, 2);
}

static double dice(uint32_t *seed, double most) {
    *seed = *seed * 1664525u + 1013904223u;
    return most * (*seed / 4294967296.0);
}

/* Are the rivals of the spot near p those that all towns, one by one, say? */
static void rivals_are(const struct lay_job *job, const struct lay_spot *spot,
                       struct im_pt p, double reach) {
    const struct lay_rivals *r = lay_find_rivals(job, spot, p, reach);
    size_t n = 0;
    for (size_t i = 0; i < job->in->town_count; i++) {
        const struct im_town *t = &job->in->towns[i];
        bool near = fabs(t->at.x - p.x) < reach + 6 && fabs(t->at.y - p.y) < reach + 6;
        bool told = false;
        for (size_t k = 0; k < r->town_count; k++) {
            told = told || r->towns[k] == t;
        }
        assert_int_equal(told,
                         near && t != spot->town &&
                             (t->wanted || (t->rank <= 2 && !spot->town->wanted)));
        n += told;
    }
    assert_int_equal(n, r->town_count);
}

/* The towns are looked up by cells; some lie beyond the frame. */
static void rivals_are_all_found(void **state) {
    (void)state;
    enum { TOWNS = 400 };
    static const struct im_basemap nothing = {.ground_count = 0};
    struct im_page page = {.map = {40, 30, 700, 500}};
    struct im_town *towns = im_alloc(s.arena, TOWNS, sizeof *towns);
    struct im_layout_input in = {
        .basemap = &nothing, .towns = towns, .town_count = TOWNS};
    struct lay_job job = {
        .arena = s.arena, .scratch = s.arena, .in = &in, .page = &page};
    uint32_t seed = 7;
    for (int i = 0; i < TOWNS; i++) {
        towns[i].at = (struct im_pt){dice(&seed, 800), dice(&seed, 600)};
        towns[i].rank = (int)dice(&seed, 4);
        towns[i].wanted = dice(&seed, 10) < 1;
    }
    job.lands = lay_mask_new(s.arena, page.map);
    lay_mask_finish(job.lands);
    lay_grid_towns(&job);
    for (int i = 0; i < TOWNS; i++) {
        struct lay_spot spot = {.town = &towns[i]};
        rivals_are(&job, &spot, towns[i].at, dice(&seed, 200));
        rivals_are(&job, &spot, (struct im_pt){dice(&seed, 800), dice(&seed, 600)}, 30);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        stage_test(no_border_within_a_name), stage_test(a_name_may_stand_off),
        stage_test(clearly_its_own),         stage_test(by_disc_and_by_dot),
        stage_test(near_to_others),          stage_test(on_its_own_land),
        stage_test(whose_symbols),           stage_test(rivals_are_all_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
