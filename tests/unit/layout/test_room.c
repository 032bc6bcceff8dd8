/* Little room: what the list, the credits and call-outs keep, and what they give up. */
#include "help/stage.h"

#include "layout/field.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct stage s;

static void begin(int width, int height) {
    stage_begin(&s, width, height);
    for (int i = 0; i < 9; i++) {
        stage_add(&s, (struct stage_incident){0.2 + 0.07 * i, 0.7, i + 1, "clash",
                                              "Movses", IM_CONFIRMED});
    }
}

static size_t count(const char *layer, const char *part) {
    const struct im_layer *l = stage_layer(&s, layer);
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++) {
        n += l->items[i].text != NULL && strstr(l->items[i].text, part) != NULL;
    }
    return n;
}

/* Findings whose message has `part`. */
static size_t said(const char *part) {
    size_t n = 0;
    for (size_t i = 0; i < s.findings.n; i++) {
        n += strstr(s.findings.items[i].message, part) != NULL;
    }
    return n;
}

/* Two more claims a row: the list of a small page is too long for its column. */
static void long_claims(void) {
    for (size_t i = 0; i < s.in.mark_count; i++) {
        struct im_event *e = (struct im_event *)s.marks[i].event;
        struct im_claim *c = im_alloc(s.arena, 2, sizeof *c);
        c[0] = e->claims[0];
        c[1] = e->claims[0];
        c[0].claimant = "Ministry of Defence of Westland";
        c[1].claimant = "Ministry of Foreign Affairs of Eastland";
        e->claims = c;
        e->claim_count = 2;
    }
}

/* The map gives up width before the list gives up incidents, or what is stated. */
static void all_entries(void **state) {
    (void)state;
    begin(760, 540);
    long_claims();
    stage_run(&s);
    assert_int_equal(count("list", "12 July"), 9);
    assert_int_equal(count("list", "killed"), 18); // else ten
    assert_int_equal(count("list", "more"), 0);
    assert_true(s.page.map.w >= 0.45 * s.page.width);
    stage_end(&s);
}

/* Where dates and places alone leave room, what was stated of the most deaths is told.
 */
static void most_deaths_are_told(void **state) {
    (void)state;
    begin(640, 480);
    long_claims();
    stage_run(&s);
    assert_int_equal(count("list", "12 July"), 9);
    assert_true(count("list", "9 killed") > 0);
    assert_int_equal(count("list", "1 killed"), 0);
    assert_int_equal(said("the list has no room for all that was stated"), 1);
    stage_end(&s);
}

/* But not where the list has room enough. */
static void map_keeps_its_width(void **state) {
    (void)state;
    begin(1600, 1200);
    stage_run(&s);
    assert_int_equal(count("list", "12 July"), 9);
    assert_true(s.page.list.w <= 0.28 * s.page.width);
    stage_end(&s);
}

/* Credits that don't fit leave whose borders are drawn, and it is said. */
static void least_credits(void **state) {
    (void)state;
    begin(320, 240);
    s.in.credits = "Figures as stated by the Ministry of Defence of Westland; the "
                   "Ministry of Defence of Eastland; the Ministry of Foreign Affairs "
                   "of Westland; the Government of Eastland; and many others more. "
                   "Pipelines: compiled by hand from published route descriptions. "
                   "Borders: made up; worldview: both.";
    s.in.credits_least = "Borders: made up by hand from the sheets of both surveys, as "
                         "they were in 1991, and from the treaty of Movses with all "
                         "of its maps; worldview: both, at once and as one.";
    stage_run(&s);
    assert_int_equal(count("credits", "as one."), 1);
    assert_true(stage_layer(&s, "credits")->n > 2);
    assert_int_equal(count("credits", "Figures"), 0);
    assert_int_equal(said("the credits did not fit"), 1);
    stage_end(&s);
    begin(1600, 1200);
    s.in.credits_least = "least";
    stage_run(&s);
    assert_int_equal(count("credits", "least"), 0);
    stage_end(&s);
}

/* A narrow page gives credits a fourth line before it leaves out who states what. */
static void narrow_pages_have_all_credits(void **state) {
    (void)state;
    begin(640, 480);
    s.in.credits = "Figures as stated by the Ministry of Defence of Westland; the "
                   "Ministry of Defence of Eastland; the Ministry of Foreign Affairs "
                   "of Westland; the Government of Eastland; the Prime Minister of "
                   "Eastland; the Prosecutor General of Westland; and others. "
                   "Pipelines: compiled by hand from published route descriptions. "
                   "Borders: made up; worldview: both. The boundaries and names shown "
                   "do not imply endorsement of any claim.";
    s.in.credits_least = "Borders: made up; worldview: both.";
    stage_run(&s);
    assert_int_equal(count("credits", "Figures"), 1);
    assert_int_equal(stage_layer(&s, "credits")->n, 4);
    stage_end(&s);
}

/* Small maps have small symbols, and their legend takes no more room than these. */
static void small_samples_small_legend(void **state) {
    (void)state;
    begin(640, 480);
    struct im_event *e = stage_add(
        &s, (struct stage_incident){0.5, 0.5, 90, "clash", "Movses", IM_CLAIMED});
    assert_int_equal(e->claim_count, 1);
    stage_run(&s);
    struct im_page second = im_page_plan(s.arena, &s.in); // now there is a map
    assert_true(second.legend.h < s.page.legend.h - 10);
    assert_true(second.map.h > s.page.map.h + 10);
    stage_end(&s);
}

/* An annotation's leader may touch the disc of the city that it points at. */
static void annotated_city(void **state) {
    (void)state;
    stage_begin(&s, 1600, 1200);
    struct im_spec_annotation note = {.at = "Ganja", .text = "Second city"};
    s.spec.annotations = &note;
    s.spec.annotation_count = 1;
    stage_town(&s, 0.6, 0.7, 1, true, "Ganja");
    stage_run(&s);
    assert_int_equal(count("callouts", "Second city"), 1);
    assert_int_equal(count("labels", "Ganja"), 1);
    const struct im_layer *l = stage_layer(&s, "callouts");
    for (size_t i = 0; i < l->n; i++) { // the city's own disc is mark enough
        assert_int_not_equal(l->items[i].kind, IM_ITEM_SYMBOL);
    }
    stage_end(&s);
}

/* A leader ends at the side of a square, not as far off as its corners. */
static void leader_meets_its_square(void **state) {
    (void)state;
    stage_begin(&s, 1600, 1200);
    stage_add(&s,
              (struct stage_incident){0.7, 0.75, 40, "flood", "Dhaka", IM_CONFIRMED});
    stage_run(&s);
    struct im_paths outline = {0};
    const struct im_layer *l = stage_layer(&s, "incidents");
    for (size_t i = 0; i < l->n; i++) {
        const struct im_item *it = &l->items[i];
        if (it->id != NULL && strcmp(it->id, "incident-1") == 0) {
            assert_int_equal(it->symbol, IM_SQUARE);
            im_symbol_path(s.arena, it->symbol, it->at, it->radius + 3, &outline);
        }
    }
    l = stage_layer(&s, "callouts");
    assert_true(l->n > 0 && l->items[0].kind == IM_ITEM_PATH);
    assert_true(lay_paths_have(&outline, l->items[0].paths.v[0].v[1]));
    stage_end(&s);
}

/* Length of the longest leader. */
static double longest_leader(void) {
    const struct im_layer *l = stage_layer(&s, "callouts");
    double most = 0;
    for (size_t i = 0; i < l->n; i++) {
        const struct im_paths *p = &l->items[i].paths;
        if (l->items[i].id == NULL && p->n == 1 && p->v[0].n == 2) {
            most = fmax(most, lay_distance(p->v[0].v[0], p->v[0].v[1]));
        }
    }
    return most;
}

/* The last of many finds the room about it taken: one that took it goes elsewhere. */
static void leaders_are_short(void **state) {
    (void)state;
    struct im_spec_incidents set = {.file = "a.csv", .label = "callout"};
    static const double at[][2] = {
        {0.69, 0.51}, {0.39, 0.45}, {0.53, 0.76}, {0.31, 0.24}, {0.32, 0.45},
        {0.33, 0.49}, {0.67, 0.36}, {0.37, 0.29}, {0.66, 0.65}, {0.32, 0.35},
        {0.32, 0.54}, {0.53, 0.59}, {0.41, 0.76}, {0.64, 0.57}};
    stage_begin(&s, 1600, 1200);
    s.spec.incidents = &set;
    s.spec.incident_count = 1;
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        stage_add(&s, (struct stage_incident){at[i][0], at[i][1], (double)(i % 5),
                                              "clash", "Movses", IM_CONFIRMED});
    }
    stage_run(&s);
    assert_true(stage_findings(&s, IM_F_LABEL_DROPPED) <= 2); // else three
    assert_true(longest_leader() < 250);
    stage_end(&s);
}

/* A card hides lines, and its text stays readable: they cost it less than a name. */
static void cards_may_cover_lines(void **state) {
    (void)state;
    struct im_arena *arena = im_arena_new((size_t)1 << 22);
    struct lay_field *f = lay_field_new(arena, (struct im_rect){0, 0, 400, 400});
    struct im_rect r = {50, 50, 100, 40};
    lay_field_stroke(f, LAY_THIN, (struct lay_stroke){{0, 70}, {400, 70}, 0.5}, 0);
    double name = lay_field_box(f, r, 0);
    assert_true(name > 0 && lay_field_card(f, r) < 0.5 * name);
    lay_field_rect(f, LAY_TEXT, (struct im_rect){60, 60, 20, 10}, 0);
    assert_true(lay_field_card(f, r) == HUGE_VAL);
    assert_true(lay_field_card(f, (struct im_rect){390, 50, 20, 20}) == HUGE_VAL);
    im_arena_free(arena);
}

/* Near a symbol the name of an area costs more; all else may stand there. */
static void areas_keep_off_symbols(void **state) {
    (void)state;
    struct im_arena *arena = im_arena_new((size_t)1 << 22);
    struct lay_field *f = lay_field_new(arena, (struct im_rect){0, 0, 400, 400});
    struct im_rect r = {50, 50, 100, 40}, far = {50, 150, 100, 40};
    lay_field_disc(f, LAY_BESIDE, (struct im_pt){160, 70}, 15, 0);
    assert_true(lay_field_box_below(f, r, 0, HUGE_VAL) > 0.1);
    assert_true(lay_field_box_below(f, r, 0, HUGE_VAL) < 1);
    assert_true(lay_field_box_below(f, far, 0, HUGE_VAL) == 0);
    assert_true(lay_field_box(f, r, 0) == 0 && lay_field_card(f, r) == 0);
    struct im_pt a = {140, 70}, b = {300, 70};
    assert_true(lay_field_leader(f, a, b, 0) == 0);
    assert_true(lay_field_clearance(f, a, 60, 0) == 60);
    im_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_entries),
                                       cmocka_unit_test(most_deaths_are_told),
                                       cmocka_unit_test(map_keeps_its_width),
                                       cmocka_unit_test(least_credits),
                                       cmocka_unit_test(narrow_pages_have_all_credits),
                                       cmocka_unit_test(small_samples_small_legend),
                                       cmocka_unit_test(annotated_city),
                                       cmocka_unit_test(leader_meets_its_square),
                                       cmocka_unit_test(leaders_are_short),
                                       cmocka_unit_test(cards_may_cover_lines),
                                       cmocka_unit_test(areas_keep_off_symbols)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
