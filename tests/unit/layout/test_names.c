/* Names of countries, provinces and places: where they stand and what they reach over;
 * symbols and borders by scale beside a border. */
#include "help/random.h"
#include "help/stage.h"

#include "layout/mask.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct stage s;

/* Westland is an island too narrow for its name; sea between it and Eastland. */
static void narrow_island(struct stage *stage) {
    static const double island[] = {0.2, 0.3, 0.22, 0.3, 0.22, 0.7, 0.2, 0.7};
    static const double east[] = {0.6, -0.1, 1.1, -0.1, 1.1, 1.1, 0.6, 1.1};
    stage->basemap.grounds[0].paths = stage_paths(stage, island, 4, true);
    stage->basemap.grounds[1].paths = stage_paths(stage, east, 4, true);
    stage->basemap.border_count = 0;
}

static void inside(const struct im_paths *paths, struct im_rect r, bool wanted) {
    const struct im_pt corners[] = {
        {r.x, r.y}, {r.x + r.w, r.y}, {r.x, r.y + r.h}, {r.x + r.w, r.y + r.h}};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(lay_paths_have(paths, corners[i]), wanted);
    }
}

static void over_the_sea(void **state) {
    (void)state;
    s.change = narrow_island;
    stage_run(&s);
    const struct im_item *name = stage_text(&s, "labels", "WESTLAND");
    assert_non_null(name);
    struct im_rect ink = stage_ink(name);
    inside(&s.basemap.grounds[1].paths, ink, false);
    struct im_rect m = s.page.map;
    double shore = m.x + 0.22 * m.w; // its own, which it is near or crosses
    assert_true(ink.x < shore + 12 && ink.x + ink.w > m.x + 0.2 * m.w - 12);
    inside(&s.basemap.grounds[1].paths, stage_ink(stage_text(&s, "labels", "EASTLAND")),
           true);
}

/* Next to nothing of Westland: it has no name at sea, unless the map is about it. */
static void outlying_island(struct stage *stage) {
    narrow_island(stage);
    stage->basemap.grounds[0].outlying = true;
}

static void outlying(void **state) {
    (void)state;
    for (int about = 0; about <= 1; about++) {
        stage_end(&s);
        stage_begin(&s, 1600, 1200);
        s.change = outlying_island;
        stage_town(&s, about == 1 ? 0.21 : 0.7, 0.5, 3, true, "Westhaven");
        stage_run(&s);
        assert_int_equal(stage_text(&s, "labels", "WESTLAND") != NULL, about);
        assert_non_null(stage_text(&s, "labels", "EASTLAND"));
    }
}

/* Westland's main land is small, and a wall of incidents stands all round it; beside
 * its island, which is smaller, there is room. */
static void walled_with_island(struct stage *stage) {
    static const double land[] = {0.5, 0.45, 0.56, 0.45, 0.56, 0.55, 0.5, 0.55};
    static const double island[] = {0.1, 0.5, 0.14, 0.5, 0.14, 0.55, 0.1, 0.55};
    static const double east[] = {0.9, -0.1, 1.1, -0.1, 1.1, 1.1, 0.9, 1.1};
    struct im_paths both = {im_alloc(stage->arena, 2, sizeof *both.v), 2, 2};
    both.v[0] = stage_paths(stage, land, 4, true).v[0];
    both.v[1] = stage_paths(stage, island, 4, true).v[0];
    stage->basemap.grounds[0].paths = both;
    stage->basemap.grounds[1].paths = stage_paths(stage, east, 4, true);
    stage->basemap.border_count = 0;
}

/* A name over the sea keeps to the largest part of its country, or is not set. */
static void beside_the_main_land(void **state) {
    (void)state;
    s.change = walled_with_island;
    for (int i = 0; i < 13 * 9; i++) {
        stage_add(&s, (struct stage_incident){0.35 + 0.03 * (i % 13),
                                              0.38 + 0.03 * (i / 13), 1, "clash",
                                              "Movses", IM_CONFIRMED});
    }
    stage_run(&s);
    assert_null(stage_text(&s, "labels", "WESTLAND"));
}

/* No sea beside it: nothing is written over the neighbour. */
static void narrow_strip(struct stage *stage) {
    static const double strip[] = {-0.1, -0.1, 0.02, -0.1, 0.02, 1.1, -0.1, 1.1};
    static const double east[] = {0.02, -0.1, 1.1, -0.1, 1.1, 1.1, 0.02, 1.1};
    stage->basemap.grounds[0].paths = stage_paths(stage, strip, 4, true);
    stage->basemap.grounds[1].paths = stage_paths(stage, east, 4, true);
    stage->basemap.border_count = 0;
}

/* Where a country's name would stand, a place has its name on the same line, a little
 * to the left: it would be read with it. */
static void off_the_line_of_a_place(void **state) {
    stage_run(&s);
    const struct im_item *name = stage_text(&s, "labels", "EASTLAND");
    assert_non_null(name);
    struct im_rect ink = stage_ink(name), m = s.page.map;
    double x = (ink.x - m.x - 80) / m.w, y = (name->at.y - m.y - 8) / m.h;
    stage_teardown(state);
    stage_setup(state);
    stage_town(&s, x, y, 1, true, "Place");
    stage_run(&s);
    name = stage_text(&s, "labels", "EASTLAND");
    assert_non_null(name);
    struct im_rect place = stage_ink(stage_text(&s, "labels", "Place"));
    struct im_rect moved = stage_ink(name);
    assert_true(moved.x - place.x - place.w > 20 || moved.y > place.y + place.h ||
                place.y > moved.y + moved.h);
}

static void over_no_neighbour(void **state) {
    (void)state;
    s.change = narrow_strip;
    stage_run(&s);
    assert_null(stage_text(&s, "labels", "WESTLAND"));
}

static void one_province(struct stage *stage) {
    static const double north[] = {0.5, 0.02, 0.98, 0.02, 0.98, 0.25, 0.5, 0.25};
    static const double south[] = {0.55, 0.7, 0.98, 0.7, 0.98, 0.98, 0.55, 0.98};
    struct im_province *p = im_alloc(stage->arena, 2, sizeof *p);
    p[0] = (struct im_province){.name = "Eastland",
                                .paths = stage_paths(stage, north, 4, true)};
    p[1] = (struct im_province){.name = "Lowland",
                                .paths = stage_paths(stage, south, 4, true)};
    stage->basemap.provinces = p;
    stage->basemap.province_count = 2;
}

/* A province that is its whole country is not named twice. */
static void province_of_its_country(void **state) {
    (void)state;
    s.change = one_province;
    stage_run(&s);
    assert_non_null(stage_text(&s, "labels", "EASTLAND"));
    assert_non_null(stage_text(&s, "labels", "Lowland"));
    assert_null(stage_text(&s, "labels", "Eastland"));
}

/* Parts of a symbol's outline that lie across the border from its spot. */
static int across(const struct im_item *symbol) {
    int n = 0;
    for (int i = 0; i < 16; i++) {
        double angle = 3.14159265358979 / 8 * i;
        double r = symbol->radius;
        n += lay_paths_have(&s.basemap.grounds[0].paths,
                            (struct im_pt){symbol->at.x + r * cos(angle),
                                           symbol->at.y + r * sin(angle)});
    }
    return n;
}

/* Two incidents of one village near a border are drawn on its side. */
static void own_side(void **state) {
    (void)state;
    for (int i = 0; i < 2; i++) {
        stage_add(
            &s, (struct stage_incident){0.51, 0.7, 1, "clash", "Movses", IM_CONFIRMED});
    }
    stage_run(&s);
    const struct im_layer *l = stage_layer(&s, "incidents");
    int seen = 0;
    for (size_t i = 0; i < l->n; i++) {
        const struct im_item *it = &l->items[i];
        if (it->id != NULL && strncmp(it->id, "incident-", 9) == 0) {
            assert_int_equal(across(it), 0);
            seen++;
        }
    }
    assert_int_equal(seen, 2);
}

static void of_a_continent(struct stage *stage) {
    stage->view.ground_m_per_pt = 20000;
}

static double border_width(void) {
    const struct im_layer *l = stage_layer(&s, "borders");
    return l->items[l->n - 1].stroke.width;
}

/* Borders are finer on maps of continents, and the legend shows them so. */
static void finer_borders(void **state) {
    (void)state;
    stage_run(&s);
    double near = border_width();
    assert_true(fabs(near - s.style->border_width) < 1e-9);
    stage_end(&s);
    stage_begin(&s, 1600, 1200);
    s.change = of_a_continent;
    stage_run(&s);
    assert_true(border_width() < 0.65 * near);
    assert_true(border_width() > 0.5 * near);
}

enum { TOWNS = 7 };

/* Names that are nearer to another named place than to their own. */
static int astray(int wanted) {
    static const char *const labels[TOWNS] = {"Buenos Aires", "Santiago", "Lima",
                                              "Montevideo",   "Asuncion", "La Paz",
                                              "Quito"};
    int n = 0;
    for (int i = 0; i < TOWNS; i++) {
        double x = 0.7 + random_from(&s.seed, 0, 0.12),
               y = 0.75 + random_from(&s.seed, 0, 0.1);
        stage_town(&s, x, y, 0, i == wanted, labels[i]);
    }
    stage_run(&s);
    for (size_t i = 0; i < TOWNS; i++) {
        const struct im_item *name = stage_text(&s, "labels", labels[i]);
        for (size_t k = 0; k < TOWNS && name != NULL; k++) {
            double own = lay_rect_distance(stage_ink(name), s.in.towns[i].at);
            double other = lay_rect_distance(stage_ink(name), s.in.towns[k].at);
            bool shown = stage_text(&s, "labels", labels[k]) != NULL;
            n += k != i && shown && other < 12 && other < own + 1.5;
        }
    }
    return n;
}

static void names_of_their_own(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        stage_end(&s);
        stage_begin(&s, 1600, 1200);
        s.seed = seed;
        assert_int_equal(astray((int)(seed % 3) - 1), 0); // none, the first, another
    }
}

static int discs(void) {
    const struct im_layer *l = stage_layer(&s, "areas");
    int n = 0;
    for (size_t i = 0; i < l->n; i++) {
        n += l->items[i].kind == IM_ITEM_SYMBOL;
    }
    return n;
}

/* A place that has no room for its name beside a named one shows no disc upon its disc.
 */
static void one_disc_of_two(void **state) {
    (void)state;
    stage_town(&s, 0.6, 0.7, 1, true, "Delhi");
    stage_town(&s, 0.602, 0.702, 0, true, "New Delhi");
    stage_run(&s);
    assert_int_equal(discs(), 1);
    assert_int_equal(stage_findings(&s, IM_F_LABEL_DROPPED), 1);
}

/* The name of one that was asked for is missed in a warning; that of a capital that
 * nobody asked for is no fault of the map. */
static void left_out(void **state) {
    (void)state;
    for (int asked = 0; asked <= 1; asked++) {
        stage_end(&s);
        stage_begin(&s, 1600, 1200);
        stage_town(&s, 0.6, 0.7, 1, true, "Delhi");
        stage_town(&s, 0.602, 0.702, 0, true, "New Delhi");
        struct im_town *capital = (struct im_town *)s.in.towns + 1; // ours
        capital->asked = asked == 1;
        stage_run(&s);
        assert_int_equal(discs(), 1);
        assert_int_equal(stage_findings(&s, IM_F_LABEL_DROPPED), asked);
        assert_int_equal(stage_findings(&s, IM_F_CAPITAL_LEFT_OUT), 1 - asked);
    }
}

/* From the letters to the rim of incident i's symbol, or to the place it stands for. */
static double gap_to(struct im_rect ink, int i) {
    const struct im_layer *l = stage_layer(&s, "incidents");
    double gap = lay_rect_distance(ink, s.marks[i].at);
    for (size_t k = 0; k < l->n; k++) {
        const struct im_item *it = &l->items[k];
        if (it->id != NULL &&
            strcmp(it->id, im_format(s.arena, "incident-%d", i + 1)) == 0) {
            gap = fmin(gap, lay_rect_distance(ink, it->at) - it->radius);
        }
    }
    return gap;
}

/* Seven places of one incident each, close together: names that are nearer to another
 * one's symbol than to their own. */
static int misread(void) {
    static const char *const labels[TOWNS] = {
        "Dondar Gushchu", "Movses", "Chinari", "Aygepar", "Vahidli", "Berd", "Aghdam"};
    int n = 0;
    for (int i = 0; i < TOWNS; i++) {
        double x = 0.7 + random_from(&s.seed, 0, 0.15),
               y = 0.7 + random_from(&s.seed, 0, 0.15);
        stage_add(&s,
                  (struct stage_incident){x, y, i, "clash", labels[i], IM_CONFIRMED});
        stage_town(&s, x, y, 2, true, labels[i]);
    }
    stage_run(&s);
    for (int i = 0; i < TOWNS; i++) {
        const struct im_item *name = stage_text(&s, "labels", labels[i]);
        for (int k = 0; k < TOWNS && name != NULL; k++) {
            struct im_rect ink = stage_ink(name);
            bool apart = lay_distance(s.marks[i].at, s.marks[k].at) > 4;
            n += k != i && apart && gap_to(ink, k) < gap_to(ink, i) - 3;
        }
    }
    return n;
}

static void names_beside_their_symbols(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        stage_end(&s);
        stage_begin(&s, 900, 700);
        s.seed = seed;
        assert_int_equal(misread(), 0);
    }
}

static void masks(void **state) {
    (void)state;
    struct lay_mask *m = lay_mask_new(s.arena, (struct im_rect){0, 0, 100, 100});
    static struct im_pt left[] = {{0, 0}, {40, 0}, {40, 100}, {0, 100}};
    static struct im_pt right[] = {{70, 0}, {100, 0}, {100, 100}, {70, 100}};
    struct im_path one = {left, 4, true}, two = {right, 4, true};
    lay_mask_fill(m, &(struct im_paths){&one, 1, 1}, 1);
    lay_mask_fill(m, &(struct im_paths){&two, 1, 1}, 2);
    lay_mask_finish(m);
    assert_true(lay_mask_only(m, (struct im_rect){20, 10, 45, 20}, 1));
    assert_false(lay_mask_holds(m, (struct im_rect){20, 10, 45, 20}, 1));
    assert_false(lay_mask_only(m, (struct im_rect){20, 10, 55, 20}, 1));
    assert_false(lay_mask_only(m, (struct im_rect){-5, 10, 20, 20}, 1));
    assert_true(lay_mask_most(m, (struct im_rect){20, 10, 55, 20}, 1));
    assert_false(lay_mask_most(m, (struct im_rect){35, 10, 60, 20}, 1));
    assert_false(lay_mask_most(m, (struct im_rect){45, 10, 20, 20}, 1));
}

/* The largest part of an area and those half as large, which hang together. */
static void main_parts(void **state) {
    (void)state;
    struct lay_mask *m = lay_mask_new(s.arena, (struct im_rect){0, 0, 200, 100});
    // a U, whose arms are one part; an island of half its size; one that is smaller
    static struct im_pt u[] = {{0, 0},  {20, 0}, {20, 80},  {40, 80},
                               {40, 0}, {60, 0}, {60, 100}, {0, 100}};
    static struct im_pt half[] = {{80, 0}, {120, 0}, {120, 100}, {80, 100}};
    static struct im_pt small[] = {{150, 20}, {170, 20}, {170, 60}, {150, 60}};
    struct im_path v[] = {{u, 8, true}, {half, 4, true}, {small, 4, true}};
    lay_mask_fill(m, &(struct im_paths){v, 3, 3}, 1);
    lay_mask_finish(m);
    struct lay_mask_extent *e = lay_mask_extents(s.arena, m, 2);
    struct lay_mask *main = lay_mask_main(s.arena, m, 1, &e[1]);
    assert_int_equal(lay_mask_extents(s.arena, main, 2)[1].n, e[1].n - 8 * 16);
    assert_true(lay_mask_meets(main, (struct im_rect){42, 10, 5, 5}));
    assert_false(lay_mask_meets(main, (struct im_rect){25, 10, 10, 50}));
    assert_true(lay_mask_meets(main, (struct im_rect){110, 90, 100, 50}));
    assert_false(lay_mask_meets(main, (struct im_rect){145, 10, 50, 60}));
    struct lay_mask_extent none = {0};
    assert_false(lay_mask_meets(lay_mask_main(s.arena, m, 7, &none),
                                (struct im_rect){0, 0, 200, 100}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        stage_test(over_the_sea),
        stage_test(outlying),
        stage_test(beside_the_main_land),
        stage_test(over_no_neighbour),
        stage_test(off_the_line_of_a_place),
        stage_test(province_of_its_country),
        stage_test(own_side),
        stage_test(finer_borders),
        stage_test(names_of_their_own),
        stage_test(one_disc_of_two),
        stage_test(left_out),
        stage_test(names_beside_their_symbols),
        stage_test(masks),
        stage_test(main_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
