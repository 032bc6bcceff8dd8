/* Manifest, report and dumps: JSON that can be read back, with every key. */
#include "encode/encode.h"
#include "formats/yaml.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char nasty[] = "a \"quote\", a \\ and a\nline \x01\x1b end é";

static struct im_arena *arena;
static struct im_findings findings;
static struct im_event event[2];
static struct im_claim claim[2];
static struct im_place place;
static struct im_events events;

static void make_events(void) {
    claim[0] = (struct im_claim){.claimant = nasty,
                                 .source = "s",
                                 .notes = "",
                                 .evidence = IM_CLAIMED,
                                 .killed = {{4, 4, 4}, {2, 3, 5}},
                                 .wounded = {IM_NO_FIGURE, {0, 0, 0}},
                                 .fatalities = IM_NO_FIGURE,
                                 .row = IM_AT("dir/a.csv", 2, 1)};
    claim[1] = claim[0];
    claim[1].row.line = 3;
    claim[1].wounded[0] = (struct im_figure){4, 4, 9};
    place = (struct im_place){.id = "im:tovuz", .name = "Tovuz", .source = "hand"};
    event[0] = (struct im_event){
        .id = "e1",
        .type = "clash",
        .place_text = nasty,
        .country = "AZ",
        .admin1 = "",
        .side = {"one", "two"},
        .date = {2020, 7, 12},
        .date_end = {2020, 7, 14},
        .has_coordinates = true,
        .given = {45.25, -40.5},
        .claims = claim,
        .claim_count = 2,
        .place = &place,
        .position = {.kind = IM_POINT, .at = {45.5, 40.25}, .reason = "because"},
        .row = IM_AT("dir/a.csv", 2, 1)};
    event[1] = event[0];
    event[1].id = "e2";
    event[1].place = NULL;
    event[1].position = (struct im_position){.kind = IM_NOT_MAPPABLE, .reason = "no"};
    events = (struct im_events){event, 2, 2};
}

static int setup(void **state) {
    (void)state;
    arena = im_arena_new((size_t)64 << 20);
    im_findings_init(&findings, arena);
    im_finding(&findings, IM_F_PLACE_UNKNOWN, IM_AT("dir/a.csv", 3, 2), "help",
               "unknown '%s'", nasty);
    im_finding(&findings, IM_F_SCALE_VARIES, IM_NOWHERE, "", "note");
    make_events();
    return 0;
}

static int teardown(void **state) {
    (void)state;
    im_arena_free(arena);
    return 0;
}

static struct im_node *parse(const char *text) {
    struct im_node *node = NULL;
    struct incmap_error err = {.record = -1};
    struct im_bytes bytes = {text, strlen(text)};
    if (im_yaml_read(arena, "json", bytes, &node, &err) != INCMAP_OK) {
        fail_msg("%u:%u %s in %s", err.line, err.column, err.message, text);
    }
    assert_non_null(node);
    return node;
}

static struct im_node *get(const struct im_node *node, const char *key) {
    for (size_t i = 0; i < node->n; i++) {
        if (node->child[i]->key != NULL && strcmp(node->child[i]->key, key) == 0) {
            return node->child[i];
        }
    }
    fail_msg("no key %s", key);
    return NULL;
}

static void no_raw_control(const char *text) {
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20 && *text != '\n') {
            fail_msg("raw byte %02x", (unsigned)(unsigned char)*text);
        }
    }
}

static const char *manifest_with(const struct im_panel *inset) {
    static const struct im_input input[] = {{"map", "map.yaml", "00ff"},
                                            {"incidents", "a.csv", "11ee"}};
    static struct im_spec spec;
    spec.title = nasty;
    spec.subtitle = spec.theme = "";
    spec.language = "en";
    spec.worldview = "un";
    spec.width_px = 1600;
    spec.height_px = 1200;
    spec.scale = 1.5;
    spec.pdf.width_pt = 612;
    spec.pdf.height_pt = 792;
    spec.pdf.margins = true;
    spec.pdf.margin_pt[3] = 28.5;
    struct im_manifest m = {.spec = &spec,
                            .events = &events,
                            .findings = &findings,
                            .inputs = input,
                            .input_count = 2,
                            .components = "cairo 1",
                            .geodata_json = "{\"a.shp\":\"22\"}",
                            .fonts_json = "",
                            .projection = "+proj=merc",
                            .level = "large",
                            .credits = "Credits",
                            .description = "What is seen",
                            .inset = inset};
    return im_manifest_json(arena, &m);
}

static const char *manifest(void) {
    return manifest_with(NULL);
}

static void manifest_has_every_key(void **state) {
    (void)state;
    static const char *const key[] = {
        "program", "components",  "worldview", "projection", "borders",
        "credits", "description", "settings",  "inputs",     "geodata",
        "fonts",   "places",      "findings"};
    const char *text = manifest();
    const struct im_node *m = parse(text);
    no_raw_control(text);
    for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
        assert_string_equal(get(m, key[i])->key, m->child[i]->key); // and in this order
    }
    assert_int_equal(m->n, sizeof key / sizeof *key);
    assert_string_equal(get(m, "program")->text, "incmap " INCMAP_VERSION);
    assert_string_equal(get(get(m, "settings"), "title")->text, nasty);
    assert_string_equal(get(get(m, "settings"), "scale")->text, "1.5");
    assert_string_equal(get(get(m, "settings"), "pdf_page")->child[1]->text, "792");
    assert_string_equal(get(get(m, "settings"), "pdf_margins")->child[3]->text, "28.5");
    assert_int_equal(get(m, "inputs")->n, 2);
    assert_string_equal(get(get(m, "inputs")->child[1], "sha256")->text, "11ee");
    assert_string_equal(get(get(m, "geodata"), "a.shp")->text, "22");
    assert_int_equal(get(m, "fonts")->n, 0);
}

static void manifest_tells_places_and_findings(void **state) {
    (void)state;
    const struct im_node *m = parse(manifest());
    const struct im_node *p = get(m, "places");
    assert_int_equal(p->n, 2);
    assert_string_equal(get(p->child[0], "position")->text, "point");
    assert_string_equal(get(p->child[0], "lon")->text, "45.5");
    assert_string_equal(get(p->child[0], "lat")->text, "40.25");
    assert_string_equal(get(p->child[0], "id")->text, "im:tovuz");
    assert_string_equal(get(p->child[0], "query")->text, nasty);
    assert_string_equal(get(p->child[0], "file")->text, "a.csv"); // not where it lies
    assert_string_equal(get(p->child[1], "position")->text, "none");
    assert_string_equal(get(p->child[1], "reason")->text, "no");
    const struct im_node *f = get(m, "findings");
    assert_int_equal(f->n, 2);
    assert_string_equal(get(f->child[0], "code")->text, "place-unknown");
    assert_string_equal(get(f->child[0], "severity")->text, "warning");
    assert_string_equal(get(f->child[0], "file")->text, "a.csv");
    assert_string_equal(get(f->child[0], "line")->text, "3");
    assert_string_equal(get(f->child[1], "severity")->text, "note");
}

static void manifest_tells_the_inset(void **state) {
    (void)state;
    const struct im_panel panel = {.frame = {700, 20, 180, 120.5},
                                   .cover = {20, 30, 60, 50},
                                   .projection = "+proj=laea"};
    const struct im_node *inset = get(parse(manifest_with(&panel)), "inset");
    assert_string_equal(get(inset, "projection")->text, "+proj=laea");
    static const char *const frame[] = {"700", "20", "180", "120.5"};
    static const char *const shows[] = {"20", "30", "60", "50"};
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(get(inset, "frame")->child[i]->text, frame[i]);
        assert_string_equal(get(inset, "shows")->child[i]->text, shows[i]);
    }
}

static void manifest_is_the_same_twice(void **state) {
    (void)state;
    assert_string_equal(manifest(), manifest());
}

static void report_of_success(void **state) {
    (void)state;
    static const char *const outputs[] = {"out/a.png", nasty};
    struct im_report r = {.status = INCMAP_OK,
                          .outputs = outputs,
                          .output_count = 2,
                          .findings = &findings,
                          .events = 7,
                          .placed = 5};
    const char *text = im_report_json(arena, &r);
    const struct im_node *j = parse(text);
    no_raw_control(text);
    assert_string_equal(get(j, "version")->text, INCMAP_VERSION);
    assert_string_equal(get(j, "status")->text, "ok");
    assert_int_equal(get(j, "outputs")->n, 2);
    assert_string_equal(get(j, "outputs")->child[1]->text, nasty);
    assert_int_equal(get(j, "findings")->n, 2);
    // a report says where its files lie
    assert_string_equal(get(get(j, "findings")->child[0], "file")->text, "dir/a.csv");
    const struct im_node *c = get(j, "counts");
    assert_string_equal(get(c, "incidents")->text, "7");
    assert_string_equal(get(c, "placed")->text, "5");
    assert_string_equal(get(c, "warnings")->text, "1");
    assert_string_equal(get(c, "notes")->text, "1");
    assert_string_equal(get(c, "errors")->text, "0");
}

static void report_of_failure(void **state) {
    (void)state;
    struct incmap_error why = {.status = INCMAP_E_INPUT,
                               .message = "it is \"broken\"",
                               .source = "b.csv",
                               .line = 4,
                               .record = -1};
    struct im_findings none;
    im_findings_init(&none, arena);
    for (int i = 0; i < 2; i++) {
        struct im_report r = {
            .status = INCMAP_E_INPUT, .why = &why, .findings = i ? &findings : &none};
        const struct im_node *j = parse(im_report_json(arena, &r));
        const struct im_node *f = get(j, "findings");
        assert_string_equal(get(j, "status")->text, "input");
        assert_int_equal(get(j, "outputs")->n, 0);
        assert_int_equal(f->n, i ? 3 : 1);
        const struct im_node *last = f->child[f->n - 1];
        assert_string_equal(get(last, "severity")->text, "error");
        assert_string_equal(get(last, "message")->text, "it is \"broken\"");
        assert_string_equal(get(last, "line")->text, "4");
        assert_string_equal(get(get(j, "counts"), "errors")->text, "1");
    }
}

/* The nth line of a dump. */
static struct im_node *line_of(const struct im_buf *b, size_t nth) {
    const char *p = b->data;
    for (; nth > 0; nth--) {
        p = strchr(p, '\n');
        assert_non_null(p);
        p++;
    }
    return parse(im_strndup(arena, p, strcspn(p, "\n")));
}

static void dumps_are_one_object_a_line(void **state) {
    (void)state;
    struct im_buf incidents, places;
    im_buf_init(&incidents, arena, 1 << 20);
    im_buf_init(&places, arena, 1 << 20);
    im_dump_incidents(&incidents, &events);
    im_dump_places(&places, &events);
    no_raw_control(incidents.data);
    const struct im_node *e = line_of(&incidents, 1);
    assert_string_equal(get(e, "event_id")->text, "e2");
    const struct im_node *c = get(e, "claims")->child[0];
    assert_int_equal(get(e, "claims")->n, 2);
    assert_string_equal(get(c, "claimant")->text, nasty);
    assert_string_equal(get(c, "evidence")->text, "claimed");
    assert_string_equal(get(c, "killed1")->text, "4");
    assert_int_equal(get(c, "killed2")->n, 3); // low, best, high
    assert_string_equal(get(c, "killed2")->child[2]->text, "5");
    assert_string_equal(get(c, "wounded2")->text, "0"); // zero is a statement
    for (size_t i = 0; i < c->n; i++) {
        assert_string_not_equal(c->child[i]->key, "wounded1"); // not stated
    }
    assert_string_equal(get(e, "date")->text, "2020-07-12");
    assert_string_equal(get(e, "date_end")->text, "2020-07-14");
    assert_string_equal(get(e, "side1")->text, "one");
    assert_string_equal(get(e, "side2")->text, "two");
    assert_string_equal(get(e, "lon")->text, "45.25");
    assert_string_equal(get(e, "lat")->text, "-40.5");
    const struct im_node *up = get(get(e, "claims")->child[1], "wounded1");
    assert_int_equal(up->n, 3); // "4 or more" is a range, too
    assert_string_equal(up->child[2]->text, "9");
    assert_string_equal(get(line_of(&places, 0), "place")->text, "Tovuz");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(manifest_has_every_key),
        cmocka_unit_test(manifest_tells_places_and_findings),
        cmocka_unit_test(manifest_tells_the_inset),
        cmocka_unit_test(manifest_is_the_same_twice),
        cmocka_unit_test(report_of_success),
        cmocka_unit_test(report_of_failure),
        cmocka_unit_test(dumps_are_one_object_a_line),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
