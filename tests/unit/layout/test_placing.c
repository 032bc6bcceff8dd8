/* Where the name of a place stands: whose it is read as, what it lies across. */
#include "help/stage.h"

#include "layout/mask.h"
#include "layout/spots.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct stage s;

/* A closed path of four corners, in points from the first town. */
static void square(struct im_paths *out, double x0, double y0, double x1, double y1) {
    struct im_pt at = s.in.towns[0].at, *v = im_alloc(s.arena, 4, sizeof *v);
    v[0] = (struct im_pt){at.x + x0, at.y + y0};
    v[1] = (struct im_pt){at.x + x1, at.y + y0};
    v[2] = (struct im_pt){at.x + x1, at.y + y1};
    v[3] = (struct im_pt){at.x + x0, at.y + y1};
    struct im_path path = {v, 4, true};
    IM_PUSH(s.arena, out->v, out->n, out->cap, path);
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

/* What a name costs whose own symbol's rim is 3 points off, another one's `gap`. */
static double misread(double gap) {
    static const struct im_basemap nothing = {.ground_count = 0};
    static const struct im_mark marks[2] = {{.at = {0, 0}}, {.at = {0, 0}}};
    struct im_layout_input in = {.basemap = &nothing};
    struct lay_job job = {.arena = s.arena, .in = &in, .mode = LAY_NUMBERED};
    struct lay_symbol own = {.mark = &marks[0], .at = {100, 100}, .reach = 10},
                      other = {.mark = &marks[1], .reach = 10};
    const struct lay_symbol *owns[] = {&own}, *others[] = {&other};
    struct lay_rivals near = {
        .symbols = others, .own = owns, .symbol_count = 1, .own_count = 1};
    struct im_town town = {.at = {100, 100}};
    struct lay_spot spot = {.town = &town, .hidden = true};
    spot.type.font.size = 16;
    struct lay_candidate c = {
        .box = {113, 90, 80, 20}, .at = {113, 106}, .near = &near};
    other.at = (struct im_pt){113 + 80 + gap + 10, 100};
    job.lands = lay_mask_new(s.arena, (struct im_rect){0, 0, 400, 400});
    lay_mask_finish(job.lands);
    return lay_misread(&job, &spot, &c, false);
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
        stage_test(clearly_its_own), stage_test(rivals_are_all_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
