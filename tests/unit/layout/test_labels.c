/* Which places and waters are named, how often, and what the legend calls looks. */
#include "help/stage.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct stage s;

/* How often a text stands on the map, as a whole. */
static size_t times(const char *text) {
    const struct im_layer *l = stage_layer(&s, "labels");
    size_t n = 0;
    for (size_t i = 0; l != NULL && i < l->n; i++) {
        n += l->items[i].kind == IM_ITEM_TEXT && strcmp(l->items[i].text, text) == 0;
    }
    return n;
}

static const char *const towns[] = {"Aaa", "Bbb", "Ccc", "Ddd", "Eee",
                                    "Fff", "Ggg", "Hhh", "Iii", "Jjj"};

static void ten_towns(void) {
    for (size_t i = 0; i < 10; i++) {
        double x = 0.15 + 0.16 * (double)(i % 5), y = i < 5 ? 0.55 : 0.75;
        stage_town(&s, x, y, 2, false, towns[i]);
    }
    stage_town(&s, 0.5, 0.65, 3, true, "Wanted");
}

static size_t named_towns(void) {
    size_t n = 0;
    for (size_t i = 0; i < 10; i++) {
        n += times(towns[i]);
    }
    return n;
}

/* What was asked for is named in any case; of the others as many as are wished. */
static void as_many_as_wished(void **state) {
    static const int most[] = {0, 1, 4};
    for (size_t i = 0; i < 3; i++) {
        stage_teardown(state);
        stage_setup(state);
        ten_towns();
        s.spec.labels.max = most[i];
        stage_run(&s);
        size_t n = named_towns();
        assert_true(most[i] == 0 ? n > 4 : n == (size_t)most[i]);
        assert_int_equal(times("Wanted"), 1);
    }
}

static const char *label_later(void *self, const struct im_town *town) {
    size_t i = (size_t)(town - s.in.towns);
    *(unsigned *)self |= 1u << i;
    return towns[i];
}

/* Labels that are not there yet are asked for as far as they are needed. */
static void labels_are_asked_for_when_needed(void **state) {
    (void)state;
    unsigned asked = 0;
    ten_towns();
    s.in.label_of = label_later;
    s.in.label_self = &asked;
    for (size_t i = 0; i < 10; i++) {
        ((struct im_town *)s.in.towns)[i].label = NULL; // the stage's own
    }
    s.spec.labels.max = 1;
    stage_run(&s);
    assert_int_equal(named_towns(), 1);
    assert_int_equal(times("Wanted"), 1);
    assert_true(asked != 0 && asked < 1u << 9);
}

/* The second capital a little beyond the end of the first one's name. */
static void beyond_the_name(struct stage *stage) {
    struct im_town *v = (struct im_town *)stage->in.towns;
    double wide = 12 * 0.55 * stage->style->capital_size;
    v[1].at.x = v[0].at.x + 8 + wide + 8.5;
}

/* The name of the first makes room for the second before a lesser place has the last of
 * the names. */
static void capitals_before_the_rest(void **state) {
    (void)state;
    stage_town(&s, 0.6, 0.8, 0, false, "Firstcapital");
    stage_town(&s, 0.6, 0.8, 0, false, "Second");
    stage_town(&s, 0.3, 0.8, 1, false, "City");
    s.spec.labels.max = 2;
    s.change = beyond_the_name;
    stage_run(&s);
    assert_int_equal(times("Firstcapital"), 1);
    assert_int_equal(times("Second"), 1);
    assert_int_equal(times("City"), 0);
}

static void none_but_the_wanted(void **state) {
    (void)state;
    ten_towns();
    s.spec.labels.towns = IM_OFF;
    stage_run(&s);
    assert_int_equal(named_towns(), 0);
    assert_int_equal(times("Wanted"), 1);
}

/* A town and the seat of its district, a few points apart: one name. */
static void twins_are_named_once(void **state) {
    (void)state;
    stage_town(&s, 0.3, 0.7, 2, false, "Twin");
    stage_town(&s, 0.311, 0.7, 3, false, "Twin");
    stage_town(&s, 0.7, 0.7, 2, false, "Apart");
    stage_town(&s, 0.8, 0.9, 2, false, "Apart");
    stage_run(&s);
    assert_int_equal(times("Twin"), 1);
    assert_int_equal(times("Apart"), 2);
}

/* A town below a symbol would be read as the symbol's name: only what is wanted is. */
static void below_a_symbol(void **state) {
    (void)state;
    stage_add(&s, (struct stage_incident){0.3, 0.7, 9, "clash", "", IM_CONFIRMED});
    stage_add(&s, (struct stage_incident){0.7, 0.7, 9, "clash", "", IM_CONFIRMED});
    stage_town(&s, 0.3, 0.7, 2, false, "Hidden");
    stage_town(&s, 0.7, 0.7, 2, true, "Shown");
    stage_town(&s, 0.5, 0.8, 2, false, "Beside");
    stage_run(&s);
    assert_int_equal(times("Hidden"), 0);
    assert_int_equal(times("Shown"), 1);
    assert_int_equal(times("Beside"), 1);
}

/* No name lies on another's disc, nor do names on one another, however many towns. */
static void names_and_discs_keep_apart(void **state) {
    (void)state;
    for (size_t i = 0; i < 60; i++) {
        double x = 0.1 + 0.013 * (double)(i * 37 % 60), y = 0.5 + 0.0065 * (double)i;
        stage_town(&s, x, y, (int)(i % 4), i % 9 == 0,
                   im_format(s.arena, "Name%zu", i));
    }
    stage_run(&s);
    const struct im_layer *l = stage_layer(&s, "labels");
    size_t named = 0;
    for (size_t i = 0; i < l->n; i++) {
        const struct im_item *a = &l->items[i];
        if (a->kind != IM_ITEM_TEXT || strncmp(a->text, "Name", 4) != 0) {
            continue;
        }
        struct im_rect r = stage_ink(a);
        named++;
        for (size_t k = 0; k < s.in.town_count; k++) {
            const struct im_town *t = &s.in.towns[k];
            if (times(t->label) > 0) {
                double dx = fmax(fmax(r.x - t->at.x, t->at.x - r.x - r.w), 0);
                double dy = fmax(fmax(r.y - t->at.y, t->at.y - r.y - r.h), 0);
                assert_true(hypot(dx, dy) > 3);
            }
        }
        for (size_t k = 0; k < i; k++) {
            const struct im_item *b = &l->items[k];
            if (b->kind == IM_ITEM_TEXT && strncmp(b->text, "Name", 4) == 0) {
                struct im_rect o = stage_ink(b);
                assert_false(r.x < o.x + o.w && o.x < r.x + r.w && r.y < o.y + o.h &&
                             o.y < r.y + r.h);
            }
        }
    }
    assert_true(named > 10);
}

/* The last one beside the frame, so that its name stands to the left, `gap` points from
 * the end of the first one's. */
static double gap;
static void facing(struct stage *stage) {
    struct im_town *v = (struct im_town *)stage->in.towns;
    double wide = 5 * 0.55 * stage->style->town_size;
    v[1].at.x = stage->page.map.x + stage->page.map.w - 12;
    v[0].at.x = v[1].at.x - 2 * (4 + 3 + wide) - gap;
}

static void names_on_a_line_keep_apart(void **state) {
    static const double gaps[] = {8, 5}; // apart; so near that they read as one name
    for (int i = 0; i < 2; i++) {
        stage_teardown(state);
        stage_setup(state);
        stage_town(&s, 0.5, 0.8, 2, false, "First");
        stage_town(&s, 0.5, 0.8, 2, false, "Other");
        s.change = facing;
        gap = gaps[i];
        stage_run(&s);
        const struct im_item *a = stage_text(&s, "labels", "First");
        const struct im_item *b = stage_text(&s, "labels", "Other");
        assert_non_null(a);
        assert_non_null(b);
        struct im_rect left = stage_ink(a), right = stage_ink(b);
        double apart = right.x - left.x - left.w;
        bool abreast = fabs(a->at.y - b->at.y) < 1;
        assert_true(i == 0 ? abreast && apart < 9 : !abreast || apart > 20);
    }
}

/* No line between the countries, so that nothing but the land speaks against a name. */
static void beside_a_border(struct stage *stage) {
    struct im_town *v = (struct im_town *)stage->in.towns;
    double border = 0.475 * stage->page.map.w + stage->page.map.x; // at this height
    stage->basemap.border_count = 0;
    v[0].at.x = border - 70;
}

/* A name that would reach into the next country stands on the other side of its place.
 */
static void names_stay_in_their_country(void **state) {
    (void)state;
    stage_town(&s, 0.4, 0.8, 2, false, "Borderville");
    s.change = beside_a_border;
    stage_run(&s);
    const struct im_item *name = stage_text(&s, "labels", "Borderville");
    assert_non_null(name);
    struct im_rect ink = stage_ink(name);
    assert_true(ink.w > 80 && ink.w < 120); // its middle were at home on either side
    assert_true(ink.x + ink.w < s.in.towns[0].at.x + 62);
}

/* A shore of 14 points under a name to the right of its place: as a border it would
 * have the name on the other side. */
static void shore(struct stage *stage) {
    struct im_water *w = im_alloc(stage->arena, 1, sizeof *w);
    static const double line[] = {0.72, 0.8, 0.72, 0.8};
    *w = (struct im_water){.name = "", .paths = stage_paths(stage, line, 2, false)};
    w->paths.v[0].v[0].y -= 7;
    w->paths.v[0].v[1].y += 7;
    stage->basemap.waters = w;
    stage->basemap.water_count = 1;
}

static void names_lie_across_shores(void **state) {
    (void)state;
    stage_town(&s, 0.7, 0.8, 2, false, "Lakehead");
    s.change = shore;
    stage_run(&s);
    const struct im_item *name = stage_text(&s, "labels", "Lakehead");
    assert_non_null(name);
    assert_true(stage_ink(name).x > s.in.towns[0].at.x);
}

/* Distance from a point to the nearest letter of a line's name, about. */
static double to_line_name(const char *part, struct im_pt at) {
    const struct im_item *name = stage_text(&s, "labels", part);
    double best = HUGE_VAL;
    for (size_t i = 0; name != NULL && i < name->paths.n; i++) {
        for (size_t k = 0; k < name->paths.v[i].n; k++) {
            best = fmin(best, lay_distance(name->paths.v[i].v[k], at));
        }
    }
    return best;
}

/* A large city is marked upon a line and named beside it, and the line's name goes
 * elsewhere; a town is not. */
static void cities_upon_lines(void **state) {
    for (int rank = 1; rank <= 2; rank++) {
        stage_teardown(state);
        stage_setup(state);
        stage_town(&s, 0.5, 0.275, rank, false, "Gate");
        stage_run(&s);
        assert_int_equal(times("Gate"), rank == 1);
        if (rank == 1) {
            assert_true(to_line_name("Long", s.in.towns[0].at) > 12);
            assert_true(to_line_name("Long", s.in.towns[0].at) < 2000);
        }
    }
}

static void lakes(struct stage *stage) {
    static const double river[] = {0.1, 0.62, 0.9, 0.62};
    static const double one[] = {0.05, 0.65, 0.35, 0.65, 0.35, 0.8, 0.05, 0.8};
    static const double two[] = {0.55, 0.65, 0.95, 0.65, 0.95, 0.8, 0.55, 0.8};
    struct im_water *w = im_alloc(stage->arena, 3, sizeof *w);
    w[0] = (struct im_water){.name = "Blue",
                             .is_line = true,
                             .level = 1,
                             .paths = stage_paths(stage, river, 2, false)};
    w[1] = (struct im_water){.name = "Blue", .paths = stage_paths(stage, one, 4, true)};
    w[2] = (struct im_water){.name = "Blue", .paths = stage_paths(stage, two, 4, true)};
    w[1].area_pt2 = w[2].area_pt2 = 1e4;
    stage->basemap.waters = w;
    stage->basemap.water_count = 3;
}

/* A lake in two parts is named once, though a river of that name comes before it. */
static void lakes_are_named_once(void **state) {
    (void)state;
    s.change = lakes;
    stage_run(&s);
    assert_int_equal(times("Blue"), 1);
}

/* ---- what the legend calls looks ------------------------------------------ */

static struct im_event *add(double x, double y, const char *type) {
    return stage_add(&s,
                     (struct stage_incident){x, y, 3, type, "Movses", IM_CONFIRMED});
}

/* A colour that says "type" says nothing: sets look alike. */
static void colours_by_type(void **state) {
    (void)state;
    struct im_spec_incidents sets[2] = {{.color = "type"}, {.color = ""}};
    sets[0].file = "one.csv";
    sets[1].file = "two.csv";
    s.spec.incidents = sets;
    s.spec.incident_count = 2;
    add(0.2, 0.8, "clash");
    add(0.6, 0.8, "clash")->set = 1;
    stage_run(&s);
    assert_non_null(stage_text(&s, "legend", "Clash (2)"));
    assert_null(stage_text(&s, "legend", "one: "));
}

/* A look of two sets is called after neither; looks of one category come in the order
 * of the sets, categories before that. */
static void looks_of_several_sets(void **state) {
    (void)state;
    struct im_spec_incidents sets[3] = {
        {.color = "#884400"}, {.color = "#0000aa"}, {.color = "#0000aa"}};
    sets[0].file = "brown.csv";
    sets[1].file = "blue.csv";
    sets[2].file = "more.csv";
    s.spec.incidents = sets;
    s.spec.incident_count = 3;
    add(0.2, 0.8, "drone")->set = 0;
    add(0.3, 0.9, "clash")->set = 2;
    add(0.6, 0.8, "clash")->set = 1;
    add(0.7, 0.9, "clash")->set = 0;
    stage_run(&s);
    const struct im_item *brown = stage_text(&s, "legend", "brown: Clash (1)");
    const struct im_item *blue = stage_text(&s, "legend", "Clash (2)");
    const struct im_item *air = stage_text(&s, "legend", "Air attack (1)");
    assert_non_null(brown);
    assert_non_null(blue);
    assert_non_null(air);
    assert_string_equal(blue->text, "Clash (2)"); // neither "blue" nor "more"
    assert_true(brown->at.x < blue->at.x);        // in one row
    assert_true(blue->at.x < air->at.x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        stage_test(as_many_as_wished),
        stage_test(labels_are_asked_for_when_needed),
        stage_test(capitals_before_the_rest),
        stage_test(none_but_the_wanted),
        stage_test(twins_are_named_once),
        stage_test(below_a_symbol),
        stage_test(names_and_discs_keep_apart),
        stage_test(names_on_a_line_keep_apart),
        stage_test(names_stay_in_their_country),
        stage_test(names_lie_across_shores),
        stage_test(cities_upon_lines),
        stage_test(lakes_are_named_once),
        stage_test(colours_by_type),
        stage_test(looks_of_several_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
