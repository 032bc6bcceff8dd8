/* Areas of symbols, scale bar, legend, list, contrast, style keys. */
#include "help/stage.h"

#include "base/num.h"
#include "layout/category.h"
#include "layout/separate.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define assert_near(a, b, eps) assert_true(fabs((a) - (b)) <= (eps))

static struct stage s;

static struct im_event *add(double x, double y, double killed, const char *type) {
    return stage_add(
        &s, (struct stage_incident){x, y, killed, type, "Movses", IM_CONFIRMED});
}

static const struct im_item *symbol(int number) {
    const struct im_layer *l = stage_layer(&s, "incidents");
    const char *id = im_format(s.arena, "incident-%d", number);
    for (size_t i = 0; i < l->n; i++) {
        if (l->items[i].id != NULL && strcmp(l->items[i].id, id) == 0) {
            return &l->items[i];
        }
    }
    return NULL;
}

/* Area in proportion to deaths, whatever the shape, also for hollow symbols. */
static void areas(void **state) {
    (void)state;
    add(0.2, 0.8, 1, "clash");
    add(0.4, 0.8, 4, "shelling");
    add(0.6, 0.8, 9, "drone");
    struct im_event *hollow = add(0.8, 0.8, 4, "clash");
    ((struct im_claim *)hollow->claims)->evidence = IM_CLAIMED;
    stage_run(&s);
    double one = symbol(1)->radius;
    assert_near(symbol(2)->radius, 2 * one, 1e-6);
    assert_near(symbol(3)->radius, 3 * one, 1e-6);
    double outer = symbol(4)->radius + symbol(4)->stroke.width / 2;
    assert_near(outer, 2 * one, 1e-6);
    assert_true(symbol(4)->stroke.width > 0);
    assert_true(symbol(1)->stroke.width == 0);
}

/* Coincident incidents are moved apart, and a dot marks their spot. */
static void displaced(void **state) {
    (void)state;
    for (int i = 0; i < 4; i++) {
        add(0.5, 0.7, i, "clash");
    }
    stage_run(&s);
    struct im_pt spot = s.marks[0].at;
    bool dot = false;
    const struct im_layer *l = stage_layer(&s, "incidents");
    for (size_t i = 0; i < l->n; i++) {
        const struct im_item *it = &l->items[i];
        dot = dot || (it->kind == IM_ITEM_SYMBOL && it->id == NULL && it->radius < 4 &&
                      lay_distance(it->at, spot) < 0.01);
    }
    assert_true(dot);
    for (int i = 1; i <= 4; i++) {
        double d = lay_distance(symbol(i)->at, spot);
        assert_true(d > symbol(i)->radius);
        assert_true(d < 90);
    }
}

static void scale_bar(void **state) {
    (void)state;
    stage_run(&s);
    const struct im_layer *l = stage_layer(&s, "scale");
    assert_true(l->n >= 2);
    const struct im_path *bar = &l->items[0].paths.v[0];
    const char *text = l->items[0].title;
    double km = 0;
    size_t digits = strspn(text, "0123456789");
    assert_true(im_num_parse(text, digits, &km));
    assert_string_equal(text + digits, "\xC2\xA0km");
    double length = bar->v[2].x - bar->v[1].x;
    assert_near(length * s.view.ground_m_per_pt, km * 1000, 1);
    assert_true(length > 60 && length <= 210.5);
}

/* A scale that varies is stated for a latitude, and noted. */
static void scale_varies(void **state) {
    (void)state;
    s.spread = 0.01;
    stage_run(&s);
    assert_null(stage_text(&s, "scale", "41"));
    assert_int_equal(stage_findings(&s, IM_F_SCALE_VARIES), 0);
    stage_end(&s);
    stage_begin(&s, 1600, 1200);
    s.spread = 0.03;
    stage_run(&s);
    assert_non_null(stage_text(&s, "scale", "41\xC2\xB0N"));
    assert_int_equal(stage_findings(&s, IM_F_SCALE_VARIES), 1);
}

static void legend_shows_what_is_there(void **state) {
    (void)state;
    add(0.2, 0.8, 3, "Battles");
    add(0.6, 0.8, 0, "Air/drone strike");
    s.in.not_placed = 3;
    stage_run(&s);
    assert_non_null(stage_text(&s, "legend", "(1)"));
    assert_non_null(stage_text(&s, "legend", "15\xC2\xA0km"));
    assert_non_null(stage_text(&s, "legend", "3 "));
    struct lay_categories c;
    lay_categories_make(s.arena, &s.in, &c);
    assert_non_null(stage_text(&s, "legend", c.v[0].label));
    assert_null(stage_text(&s, "legend", c.v[1].label));
    assert_non_null(stage_text(&s, "legend", c.v[2].label));
    assert_null(stage_text(&s, "legend", c.v[3].label));
}

/* Symbols of one shape, and sizes that say nothing: so says the legend. */
static void legend_shows_the_looks(void **state) {
    (void)state;
    struct im_spec_incidents sets[2] = {{.shape = "square", .size = "fixed"},
                                        {.shape = "circle", .size = "fixed"}};
    sets[0].file = "night/raids.csv";
    sets[1].file = "day.csv";
    s.spec.incidents = sets;
    s.spec.incident_count = 2;
    add(0.2, 0.8, 3, "clash");
    add(0.6, 0.8, 5, "clash")->set = 1;
    add(0.8, 0.8, 5, "drone")->set = 1;
    stage_run(&s);
    assert_non_null(stage_text(&s, "legend", "raids: Clash (1)"));
    assert_non_null(stage_text(&s, "legend", "day: Clash (1)"));
    assert_non_null(stage_text(&s, "legend", "Air attack (1)"));
    assert_null(stage_text(&s, "legend", "day: Air"));
    assert_null(stage_text(&s, "legend", "largest single claim"));
    size_t squares = 0, circles = 0, others = 0;
    const struct im_layer *l = stage_layer(&s, "legend");
    for (size_t i = 0; i < l->n; i++) {
        if (l->items[i].kind == IM_ITEM_SYMBOL) {
            squares += l->items[i].symbol == IM_SQUARE;
            circles += l->items[i].symbol == IM_CIRCLE;
            others += l->items[i].symbol == IM_TRIANGLE;
        }
    }
    assert_int_equal(squares, 1);
    assert_int_equal(circles, 2);
    assert_int_equal(others, 0);
}

/* Lines of no substance, of a file. */
static void plain_lines(struct stage *stage) {
    struct im_overlay *o = (struct im_overlay *)stage->in.overlays[0].overlay;
    o->name = "data/v1.2/rail_lines_2020.shp";
    for (size_t i = 0; i < o->n; i++) {
        struct im_feature *f = im_alloc(stage->arena, 1, sizeof *f);
        o->v[i].feature = f;
    }
}

/* Lines of a file are called by its name, or as the map file says. */
static void legend_of_a_file(void **state) {
    (void)state;
    static const char *const wishes[] = {"", "Railways", "none"};
    for (size_t i = 0; i < 3; i++) {
        struct im_spec_overlay wish = {.file = "x.shp", .legend = wishes[i]};
        stage_teardown(state);
        stage_setup(state);
        s.change = plain_lines;
        s.spec.overlays = &wish;
        s.spec.overlay_count = 1;
        stage_run(&s);
        assert_true((stage_text(&s, "legend", "Rail lines 2020") != NULL) == (i == 0));
        assert_true((stage_text(&s, "legend", "Railways") != NULL) == (i == 1));
        assert_null(stage_text(&s, "legend", "none"));
    }
}

/* One colour and one shape for all: one line of the legend, and sizes in that shape. */
static void legend_of_one_look(void **state) {
    (void)state;
    struct im_spec_incidents set = {.shape = "square", .color = "#335577"};
    s.spec.incidents = &set;
    s.spec.incident_count = 1;
    add(0.2, 0.8, 1, "clash");
    add(0.6, 0.8, 5, "shelling");
    stage_run(&s);
    assert_non_null(stage_text(&s, "legend", "Clash, Shelling (2)"));
    const struct im_layer *l = stage_layer(&s, "legend");
    for (size_t i = 0; i < l->n; i++) {
        if (l->items[i].kind == IM_ITEM_SYMBOL) {
            assert_int_equal(l->items[i].symbol, IM_SQUARE);
        }
    }
}

/* Radii in the legend are those of the map. */
static void legend_sizes(void **state) {
    (void)state;
    add(0.2, 0.8, 1, "clash");
    add(0.6, 0.8, 5, "clash");
    stage_run(&s);
    size_t found = 0;
    const struct im_layer *l = stage_layer(&s, "legend");
    for (size_t i = 0; i < l->n; i++) {
        found += fabs(l->items[i].radius - symbol(1)->radius) < 1e-6;
        found += fabs(l->items[i].radius - symbol(2)->radius) < 1e-6;
    }
    assert_int_equal(found, 2);
}

/* In a language that is read from the right the samples stand right of their texts, the
 * smaller sizes at the right, all within the band. */
static void legend_from_the_right(void **state) {
    (void)state;
    s.spec.language = "ar";
    add(0.2, 0.8, 1, "clash");
    add(0.6, 0.8, 5, "shelling");
    stage_run(&s);
    const struct im_layer *l = stage_layer(&s, "legend");
    const struct im_rect band = s.page.legend;
    const struct im_item *sample = NULL;
    double smaller_at = 0, smaller = 0;
    size_t sizes = 0;
    for (size_t i = 0; i < l->n; i++) {
        const struct im_item *item = &l->items[i];
        if (item->kind == IM_ITEM_SYMBOL) {
            assert_true(item->at.x - item->radius > band.x &&
                        item->at.x + item->radius < band.x + band.w);
            sample = item;
        } else if (item->kind == IM_ITEM_TEXT && sample != NULL) {
            assert_true(item->at.x < sample->at.x);
            sample = NULL;
        }
        if (item->kind == IM_ITEM_SYMBOL && item->fill == 0) {
            assert_true(sizes++ == 0 ||
                        (item->radius > smaller) == (item->at.x < smaller_at));
            smaller = item->radius;
            smaller_at = item->at.x;
        }
    }
    assert_true(sizes > 1);
}

/* By themselves five are told in boxes, fourteen in a list, more not at all. */
static void told_by_their_number(void **state) {
    (void)state;
    static const struct {
        int n;
        bool boxes, list;
    } cases[] = {
        {5, true, false}, {6, false, true}, {14, false, true}, {15, false, false}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        stage_end(&s);
        stage_begin(&s, 1600, 1200);
        for (int i = 0; i < cases[k].n; i++) {
            add(0.05 + 0.06 * i, 0.3 + 0.4 * (i % 2), 1, "clash");
        }
        stage_run(&s);
        assert_int_equal(s.page.has_list, cases[k].list);
        assert_int_equal(stage_layer(&s, "callouts")->n > 0, cases[k].boxes);
    }
}

static void outside_is_counted(void **state) {
    (void)state;
    add(0.2, 0.8, 1, "clash");
    add(0.3, 0.8, 1, "shelling");
    s.marks[1].in_frame = false;
    stage_run(&s);
    assert_non_null(stage_text(&s, "legend", "1 outside"));
    assert_null(symbol(2));
}

/* Claims of two claimants stand on two lines; nobody's figures are added up. */
static void list_keeps_claims_apart(void **state) {
    (void)state;
    struct im_event *e = add(0.3, 0.7, 3, "clash");
    struct im_claim *claims = im_alloc(s.arena, 2, sizeof *claims);
    claims[0] = e->claims[0];
    claims[1] = e->claims[0];
    claims[0].claimant = "Westland";
    claims[1].claimant = "Eastland";
    claims[1].killed[0].best = 4;
    e->claims = claims;
    e->claim_count = 2;
    for (int i = 0; i < 6; i++) {
        add(0.1 + 0.12 * i, 0.9, 1, "clash");
    }
    stage_run(&s);
    assert_true(s.page.has_list);
    const struct im_item *west = stage_text(&s, "list", "Westland");
    const struct im_item *east = stage_text(&s, "list", "Eastland");
    assert_non_null(west);
    assert_non_null(east);
    assert_true(east->at.y > west->at.y);
    assert_null(stage_text(&s, "list", "7 killed"));
    assert_near(symbol(1)->radius / symbol(2)->radius, 2, 1e-6); // 4 deaths, not 7
}

static void list_is_cut_aloud(void **state) {
    (void)state;
    stage_end(&s);
    stage_begin(&s, 900, 420);
    struct im_spec_incidents set = {.label = "list"};
    s.spec.incidents = &set;
    s.spec.incident_count = 1;
    for (int i = 0; i < 38; i++) {
        add(0.1 + 0.02 * i, 0.9, 1, "clash");
    }
    stage_run(&s);
    assert_true(stage_findings(&s, IM_F_LIST_CUT) >= 1);
    if (s.page.has_list) {
        assert_non_null(stage_text(&s, "list", "+ "));
    }
}

static void many_have_no_numbers(void **state) {
    (void)state;
    for (int i = 0; i < 20; i++) {
        add(0.04 * i, 0.6, i, "clash");
    }
    stage_run(&s);
    assert_false(s.page.has_list);
    assert_int_equal(stage_layer(&s, "list")->n, 0);
    assert_null(stage_text(&s, "incidents", "1"));
}

static void few_are_called_out(void **state) {
    (void)state;
    add(0.3, 0.6, 3, "clash");
    add(0.6, 0.7, 1, "drone");
    stage_run(&s);
    assert_false(s.page.has_list);
    assert_non_null(stage_text(&s, "callouts", "3 "));
    assert_int_equal(stage_findings(&s, IM_F_LABEL_DROPPED), 0);
}

static void no_label_wanted(void **state) {
    (void)state;
    s.spec.incidents = im_alloc(s.arena, 1, sizeof *s.spec.incidents);
    s.spec.incident_count = 1;
    s.spec.incidents[0] = (struct im_spec_incidents){.label = "none"};
    for (int i = 0; i < 8; i++) {
        add(0.1 * i, 0.6, 1, "clash");
    }
    stage_run(&s);
    assert_false(s.page.has_list);
    assert_int_equal(stage_layer(&s, "callouts")->n, 0);
    assert_null(stage_text(&s, "incidents", "1"));
}

/* Symbols lead back to file and row. */
static void traceable(void **state) {
    (void)state;
    add(0.3, 0.6, 3, "clash");
    stage_run(&s);
    const struct im_item *it = symbol(1);
    const char *file = NULL, *row = NULL;
    for (size_t i = 0; i < it->data_count; i++) {
        file = strcmp(it->data[i].name, "file") == 0 ? it->data[i].value : file;
        row = strcmp(it->data[i].name, "row") == 0 ? it->data[i].value : row;
    }
    assert_string_equal(file, "incidents.csv");
    assert_string_equal(row, "2");
    assert_non_null(it->title);
    assert_non_null(strstr(s.scene.description, "Movses"));
    assert_non_null(strstr(s.scene.description, "3 "));
}

/* Text reads on what lies under it: 4.5 to 1. */
static void contrast(void **state) {
    (void)state;
    add(0.3, 0.6, 3, "clash");
    add(0.5, 0.6, 3, "shelling");
    add(0.7, 0.6, 3, "drone");
    add(0.9, 0.6, 3, "something");
    stage_town(&s, 0.2, 0.8, 2, true, "Tovuz");
    stage_run(&s);
    for (size_t i = 0; i < s.scene.n; i++) {
        const struct im_layer *l = &s.scene.layers[i];
        bool on_symbol = strcmp(l->id, "incidents") == 0;
        bool on_land = strcmp(l->id, "labels") == 0;
        for (size_t k = 0; k < l->n; k++) {
            const struct im_item *t = &l->items[k];
            if (t->text == NULL) {
                continue;
            }
            im_rgba ground = on_land ? 0xECE8E1FF : 0xFFFFFFFF;
            if (on_symbol) {
                ground = lay_colour_blend(l->items[k - 1].fill, 0xFBF8F1FF);
            }
            assert_true(lay_contrast(t->fill, ground) >= 4.5);
        }
    }
}

static enum incmap_status load(const char *key, const char *value,
                               struct incmap_error *err) {
    static struct im_spec_style entry;
    entry = (struct im_spec_style){key, value, IM_AT("map.yaml", 7, 3)};
    s.spec.style = &entry;
    s.spec.style_count = 1;
    *err = (struct incmap_error){0};
    return im_style_load(s.arena, &s.spec, &s.style, err);
}

static void style_keys(void **state) {
    (void)state;
    struct incmap_error err;
    assert_int_equal(load("palette.clash", "#123456", &err), INCMAP_OK);
    assert_int_equal(s.style->colour.clash, 0x123456FF);
    assert_int_equal(load("town.halo", "1.5", &err), INCMAP_OK);
    assert_near(s.style->town_halo, 1.5, 0);
    assert_int_equal(load("pallette.clash", "#123456", &err), INCMAP_E_INPUT);
    assert_non_null(strstr(err.message, "palette.clash"));
    assert_int_equal(err.line, 7);
    assert_int_equal(load("palette.clash", "reed", &err), INCMAP_E_INPUT);
    assert_int_equal(load("town.halo", "-1", &err), INCMAP_E_INPUT);
    assert_int_equal(load("fonts", "x.ttf", &err), INCMAP_OK);
}

static void page_factor(void **state) {
    (void)state;
    assert_near(im_page_factor(&s.spec), 1, 1e-9);
    s.spec.width_px = 3200;
    s.spec.height_px = 2400;
    assert_near(im_page_factor(&s.spec), 2, 1e-9);
    s.spec.scale = 1.5;
    assert_near(im_page_factor(&s.spec), 3, 1e-9);
    s.spec.width_px = 320;
    s.spec.height_px = 240;
    s.spec.scale = 1;
    assert_true(13 * im_page_factor(&s.spec) >= 9.4);
}

static void categories(void **state) {
    (void)state;
    static const struct {
        const char *type;
        size_t category;
    } rows[] = {{"clash", 0},
                {"Armed clash", 0},
                {"Battles", 0},
                {"1", 0},
                {"shelling", 1},
                {"Shelling/artillery/missile attack", 1},
                {"Explosions/Remote violence", 1},
                {"Remote explosive/landmine/IED", 1},
                {"Air/drone strike", 2},
                {"UAV", 2},
                {"", 3},
                {"Protests", 4},
                {"Mineral water poisoning", 5},
                {"Hairline", 6}};
    size_t n = sizeof rows / sizeof rows[0];
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < 20 - i; k++) { // falling frequency fixes the order
            add(0.5, 0.5, 0, rows[i].type);
        }
    }
    struct lay_categories c;
    struct incmap_error err;
    assert_int_equal(load("fonts", "", &err), INCMAP_OK);
    s.in.spec = &s.spec;
    s.in.style = s.style;
    s.in.marks = s.marks;
    lay_categories_make(s.arena, &s.in, &c);
    for (size_t i = 0; i < n; i++) {
        struct im_event e = {.type = rows[i].type};
        assert_int_equal(lay_category_of(&c, &e), rows[i].category);
    }
}

static struct lay_line straight(const struct im_feature *f, double y0, double y1,
                                bool back) {
    struct im_path ends = {im_alloc(s.arena, 2, sizeof *ends.v), 2, false};
    ends.v[back ? 1 : 0] = (struct im_pt){0, y0};
    ends.v[back ? 0 : 1] = (struct im_pt){800, y1};
    return (struct lay_line){0, f, lay_path_resample(s.arena, &ends, LAY_SAMPLE)};
}

static double gap_at(const struct lay_line *a, const struct lay_line *b, size_t i) {
    double best = HUGE_VAL;
    for (size_t k = 1; k < b->path.n; k++) {
        best = fmin(best, lay_segment_distance(a->path.v[i], b->path.v[k - 1],
                                               b->path.v[k], NULL));
    }
    return best;
}

/* Two lines in one trench end up side by side, in either direction of flow. */
static void twins_are_parted(void **state) {
    (void)state;
    struct im_feature f[2] = {{.attr_count = 0}, {.attr_count = 0}};
    for (int back = 0; back < 2; back++) {
        struct lay_line lines[2] = {straight(&f[0], 100, 100, false),
                                    straight(&f[1], 100.2, 101, back != 0)};
        lay_separate(s.arena, lines, 2, 7);
        for (size_t i = 20; i + 20 < lines[0].path.n; i++) {
            assert_true(gap_at(&lines[0], &lines[1], i) > 6.5);
            assert_true(lines[0].path.v[i].y < 100.2); // stays on its side
        }
    }
}

static void strangers_are_left_alone(void **state) {
    (void)state;
    struct im_feature f[2] = {{.attr_count = 0}, {.attr_count = 0}};
    struct lay_line lines[2] = {straight(&f[0], 100, 100, false),
                                straight(&f[1], 0, 500, false)};
    struct im_pt before = lines[0].path.v[60];
    lay_separate(s.arena, lines, 2, 7);
    assert_near(lay_distance(before, lines[0].path.v[60]), 0, 1e-9);
    struct lay_line own[2] = {straight(&f[0], 100, 100, false),
                              straight(&f[0], 101, 101, false)};
    lay_separate(s.arena, own, 2, 7); // pieces of one feature
    assert_near(own[0].path.v[60].y, 100, 1e-9);
}

/* Both pipelines have their name, upright, one on each side. */
static void line_names(void **state) {
    (void)state;
    stage_run(&s);
    const struct im_item *oil = stage_text(&s, "labels", "Long oil pipeline");
    const struct im_item *gas = stage_text(&s, "labels", "Southern");
    assert_non_null(oil);
    assert_non_null(gas);
    assert_int_equal(oil->kind, IM_ITEM_LINE_TEXT);
    const struct im_path *p = &oil->paths.v[0];
    assert_true(p->v[p->n - 1].x > p->v[0].x);
    assert_true(lay_path_length(p) >= oil->width - 0.5);
    assert_non_null(strstr(gas->text, " gas")); // the substance is told
}

int main(void) {
    const struct CMUnitTest tests[] = {stage_test(areas),
                                       stage_test(displaced),
                                       stage_test(scale_bar),
                                       stage_test(scale_varies),
                                       stage_test(legend_shows_what_is_there),
                                       stage_test(legend_shows_the_looks),
                                       stage_test(legend_of_a_file),
                                       stage_test(legend_of_one_look),
                                       stage_test(legend_sizes),
                                       stage_test(legend_from_the_right),
                                       stage_test(told_by_their_number),
                                       stage_test(outside_is_counted),
                                       stage_test(list_keeps_claims_apart),
                                       stage_test(list_is_cut_aloud),
                                       stage_test(many_have_no_numbers),
                                       stage_test(few_are_called_out),
                                       stage_test(no_label_wanted),
                                       stage_test(traceable),
                                       stage_test(contrast),
                                       stage_test(style_keys),
                                       stage_test(page_factor),
                                       stage_test(categories),
                                       stage_test(twins_are_parted),
                                       stage_test(strangers_are_left_alone),
                                       stage_test(line_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
