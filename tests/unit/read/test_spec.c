/* Map files and settings: every key arrives, every fault has its place and its nearest
 * key. */
#include "base/buf.h"
#include "base/file.h"
#include "read/read.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct im_arena *arena;
static char folder[] = "/tmp/incmap-test-XXXXXX";
static char map_path[64];

static int setup(void **state) {
    (void)state;
    arena = im_arena_new((size_t)256 << 20);
    if (arena == NULL || mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(map_path, sizeof map_path, "%s/map.yaml", folder);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    im_arena_free(arena);
    unlink(map_path);
    return rmdir(folder);
}

static enum incmap_status read_map(const char *text, struct im_spec *spec,
                                   struct incmap_error *err) {
    im_error_clear(err);
    im_spec_init(spec);
    assert_int_equal(im_file_write(map_path, text, strlen(text), NULL), INCMAP_OK);
    return im_spec_read(arena, map_path, spec, err);
}

static struct im_spec read_ok(const char *text) {
    struct im_spec spec;
    struct incmap_error err;
    if (read_map(text, &spec, &err) != INCMAP_OK) {
        fail_msg("%u:%u %s", err.line, err.column, err.message);
    }
    return spec;
}

static const char *beside(const char *name) {
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void every_key_arrives(void **state) {
    (void)state;
    struct im_spec s = read_ok(
        "title: A title\nsubtitle: 'Second'\nas_of: 2020-07\nlanguage: hy\n"
        "worldview: de-facto\ntheme: news\nsize: [800, 600]\nscale: 1.5\ntext: "
        "outlines\n"
        "extent: {around: [Tovuz, 'Ijevan, Armenia'], margin: 500 m}\n"
        "projection: EPSG:3857\ngazetteers: [a.csv, /b.csv]\n"
        "borders: {file: b.shp, name_field: NAME, from: 1994}\n"
        "incidents:\n  - a.csv\n  - file: sub/b.csv\n    format: acled\n"
        "    columns: {place: Ort, lat: Breite}\n    where: type=clash\n    from: "
        "2020-07-12\n"
        "    size: killed\n    color: type\n    shape: circle\n    label: number\n"
        "    overlap: keep\n"
        "overlays: [pipelines, 'roads.shp:line', {file: z.shp, label: name}]\n"
        "corridors: [{around: pipelines, distance: 15}]\n"
        "labels: {towns: off, areas: yes, water: auto, max: 20, list: Events}\n"
        "annotations: [{at: Tovuz, text: here, arrow: left}]\n"
        "furniture: {legend: off, scale_bar: true, north_arrow: no, graticule: auto,\n"
        "  credits: 'By us', disclaimer: off, inset: off, timeline: auto}\n"
        "style: {color.land: '#fff', line: {width: 2}, list: [a, b]}\n"
        "output: [m.png, out/m.svg]\nfrom: 2020\nto: 2021\nwhere: x~y\ncountry: am\n");
    assert_string_equal(s.title, "A title");
    assert_int_equal(s.title_at.line, 1);
    assert_int_equal(s.as_of.month, 7);
    assert_int_equal(s.width_px, 800);
    assert_int_equal(s.height_px, 600);
    assert_true(s.scale == 1.5 && s.outlines);
    assert_int_equal(s.around.n, 2);
    assert_string_equal(s.around.v[1], "Ijevan, Armenia");
    assert_true(s.margin_m == 500);
    assert_string_equal(s.gazetteers.v[0], beside("a.csv"));
    assert_string_equal(s.gazetteers.v[1], "/b.csv");
    assert_string_equal(s.borders[0].name_field, "NAME");
    assert_string_equal(s.borders[0].class_field, "");
    assert_int_equal(s.incident_count, 2);
    assert_string_equal(s.incidents[0].file, beside("a.csv"));
    assert_string_equal(s.incidents[1].file, beside("sub/b.csv"));
    assert_int_equal(s.incidents[1].column_count, 2);
    assert_string_equal(s.incidents[1].column_from[1], "lat");
    assert_string_equal(s.incidents[1].column_to[1], "Breite");
    assert_string_equal(s.incidents[1].overlap, "keep");
    assert_string_equal(s.overlays[0].file, "pipelines");
    assert_string_equal(s.overlays[1].file, beside("roads.shp"));
    assert_string_equal(s.overlays[1].style, "line");
    assert_string_equal(s.overlays[2].label, "name");
    assert_true(s.corridors[0].distance_m == 15000);
    assert_string_equal(s.corridors[0].around, "pipelines");
    assert_int_equal(s.labels.towns, IM_OFF);
    assert_int_equal(s.labels.areas, IM_ON);
    assert_int_equal(s.labels.max, 20);
    assert_string_equal(s.annotations[0].arrow, "left");
    assert_int_equal(s.furniture.legend, IM_OFF);
    assert_int_equal(s.furniture.scale_bar, IM_ON);
    assert_int_equal(s.furniture.credits, IM_ON);
    assert_string_equal(s.furniture.credits_text, "By us");
    assert_int_equal(s.furniture.disclaimer, IM_OFF);
    assert_int_equal(s.style_count, 4);
    assert_string_equal(s.style[1].key, "line.width");
    assert_string_equal(s.style[3].key, "list.1");
    assert_int_equal(s.style[1].at.line, 32);
    assert_string_equal(s.outputs.v[1], beside("out/m.svg"));
    assert_int_equal(s.to.year, 2021);
    assert_string_equal(s.country, "AM");
}

static void defaults(void **state) {
    (void)state;
    struct im_spec s = read_ok("title:\nextent:\nsize:\n");
    assert_string_equal(s.title, "");
    assert_int_equal(s.width_px, 1600);
    assert_true(s.margin_m == -1);
    assert_string_equal(s.worldview, "un");
    struct im_spec box = read_ok("extent: {bbox: [179, -20, -179, -10]}\n");
    assert_true(box.has_box && box.box.west == 179 && box.box.north == -10);
    assert_string_equal(read_ok("extent: {fit: overlays}\n").fit, "overlays");
}

static struct im_spec_inset inset(const char *value) {
    return read_ok(im_format(arena, "furniture: {inset: %s}\n", value)).furniture.inset;
}

static void an_inset_is_a_switch_a_corner_or_parts(void **state) {
    (void)state;
    assert_int_equal(read_ok("title: a\n").furniture.inset.shown, IM_OFF);
    assert_int_equal(inset("auto").shown, IM_AUTO);
    assert_int_equal(inset("on").shown, IM_ON);
    assert_int_equal(inset("off").shown, IM_OFF);
    assert_int_equal(inset("bottom-right").shown, IM_ON);
    assert_string_equal(inset("bottom-right").position, "bottom-right");
    struct im_spec_inset parts = inset("{position: top-left, size: 0.2, extent: am}");
    assert_int_equal(parts.shown, IM_ON);
    assert_string_equal(parts.position, "top-left");
    assert_true(parts.size == 0.2);
    assert_string_equal(parts.extent, "AM");
    assert_int_equal(inset("{size: 0.3, shown: off}").shown, IM_OFF);
    assert_int_equal(inset("{shown: auto, size: 0.3}").shown, IM_AUTO);
    parts = inset("{extent: [170, -30, -170, 10]}");
    assert_string_equal(parts.extent, "box");
    assert_true(parts.box.west == 170 && parts.box.north == 10);
    assert_string_equal(inset("{extent: globe}").extent, "globe");
}

static void a_setting_of_a_part_asks_for_the_inset(void **state) {
    (void)state;
    struct im_spec s = read_ok("title: a\n");
    assert_int_equal(im_spec_set(arena, &s, "furniture.inset.extent", "1,2,3,4", NULL),
                     INCMAP_OK);
    assert_int_equal(s.furniture.inset.shown, IM_ON);
    assert_string_equal(s.furniture.inset.extent, "box");
    assert_int_equal(im_spec_set(arena, &s, "furniture.inset", "auto", NULL),
                     INCMAP_OK);
    assert_int_equal(s.furniture.inset.shown, IM_AUTO);
    assert_string_equal(s.furniture.inset.extent, "box");
    assert_int_equal(im_spec_set(arena, &s, "furniture.inset",
                                 "{position: top-left, extent: globe}", NULL),
                     INCMAP_OK);
    assert_string_equal(s.furniture.inset.position, "top-left");
    assert_int_equal(im_spec_key(arena, "furniture.inset.size", NULL), INCMAP_OK);
    assert_int_equal(im_spec_key(arena, "furniture.inset.no", NULL), INCMAP_E_USAGE);
}

static void assert_about(double got, double want) {
    if (fabs(got - want) > 0.01) {
        fail_msg("%f, not %f", got, want);
    }
}

static void pages_and_margins(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double w, h; /* points */
    } page[] = {{"A4", 595.276, 841.89},       {"a4 landscape", 841.89, 595.276},
                {"Letter portrait", 612, 792}, {"210x297", 595.276, 841.89},
                {"8.5x11 in", 612, 792},       {"20x30cm", 566.929, 850.394},
                {"400X300pt", 400, 300},       {"figure", 0, 0}};
    for (size_t i = 0; i < sizeof page / sizeof *page; i++) {
        struct im_spec s = read_ok(im_format(arena, "pdf: {page: %s}\n", page[i].text));
        assert_about(s.pdf.width_pt, page[i].w);
        assert_about(s.pdf.height_pt, page[i].h);
        assert_false(s.pdf.margins);
    }
    static const struct {
        const char *text;
        double v[4];
    } margin[] = {{"25.4", {72, 72, 72, 72}},
                  {"1in 10 pt", {72, 10, 72, 10}},
                  {"[1 pt, 2pt, 1 cm, 10]", {1, 2, 28.346, 28.346}},
                  {"0", {0, 0, 0, 0}}};
    for (size_t i = 0; i < sizeof margin / sizeof *margin; i++) {
        struct im_spec s =
            read_ok(im_format(arena, "pdf: {margins: %s}\n", margin[i].text));
        assert_true(s.pdf.margins);
        for (size_t k = 0; k < 4; k++) {
            assert_about(s.pdf.margin_pt[k], margin[i].v[k]);
        }
    }
}

struct fault {
    const char *text;
    unsigned line, col;
    const char *part;
};

static void faults_have_a_place(void **state) {
    (void)state;
    static const struct fault cases[] = {
        {"titel: x\n", 1, 1, "unknown key 'titel' (nearest: 'title')"},
        {"extent: {arround: x}\n", 1, 10, "'extent.arround' (nearest: 'around')"},
        {"incidents:\n - fiel: x\n   file: y\n", 2, 4, "(nearest: 'file')"},
        {"incidents: [{size: killed}]\n", 1, 13, "incidents.0 needs 'file'"},
        {"incidents: [{file: x, columns: {plaec: y}}]\n", 1, 33, "nearest: 'place'"},
        {"incidents: [{file: x, format: kml}]\n", 1, 31,
         "not supported by this version"},
        {"incidents: [{file: x, format: xls}]\n", 1, 31, "known: auto, csv"},
        {"incidents: [{file: x, where: nonsense}]\n", 1, 30, "no filter"},
        {"title: [a, b]\n", 1, 8, "title takes one value, not a list"},
        {"as_of: yesterday\n", 1, 8, "no date"},
        {"size: 100x100\n", 1, 7, "no size"},
        {"size: 1600\n", 1, 7, "no size"},
        {"scale: 0\n", 1, 8, "0.1 to 20"},
        {"extent: {margin: 80 miles}\n", 1, 18, "no distance"},
        {"extent: {margin: -1}\n", 1, 18, "no distance"},
        {"extent: {bbox: [1, 2, 3]}\n", 1, 16, "west,south,east,north"},
        {"extent: {bbox: '44,41,46,40'}\n", 1, 16, "south must be less than north"},
        {"extent: {bbox: '44,41,446,42'}\n", 1, 16, "longitudes"},
        {"extent: {bbox: '1,2,3,4', around: x}\n", 1, 9, "only one of"},
        {"extent: {fit: all}\n", 1, 15, "known: incidents, overlays"},
        {"furniture: {legend: maybe}\n", 1, 21, "none of on, off, auto"},
        {"furniture: {timeline: on}\n", 1, 23, "furniture.timeline is not supported"},
        {"furniture: {inset: middle}\n", 1, 20, "none of on, off, auto, top-left"},
        {"furniture: {inset: [1, 2]}\n", 1, 20, "not a list"},
        {"furniture: {inset: {position: left}}\n", 1, 31, "top-left"},
        {"furniture: {inset: {size: 2}}\n", 1, 27, "0.1 to 0.6"},
        {"furniture: {inset: {extent: Europe}}\n", 1, 29, "no extent"},
        {"furniture: {inset: {extent: [1, 2, 3]}}\n", 1, 29, "not a list"},
        {"furniture: {inset: {extent: '1,5,3,4'}}\n", 1, 29, "south must be less"},
        {"furniture: {inset: {where: here}}\n", 1, 21, "position"},
        {"aggregate: {by: admin1}\n", 1, 1, "'aggregate' is not supported"},
        {"pdf: {page: a9}\n", 1, 13, "no page"},
        {"pdf: {page: a4 sideways}\n", 1, 13, "no page"},
        {"pdf: {page: 210x}\n", 1, 13, "no page"},
        {"pdf: {page: 10x10 mm}\n", 1, 13, "sides 25 to 5080 mm"},
        {"pdf: {page: 9x9 miles}\n", 1, 13, "no page"},
        {"pdf: {margins: 1 2 3}\n", 1, 16, "no margin"},
        {"pdf: {margins: -5}\n", 1, 16, "no margin"},
        {"pdf: {margins: {top: 1}}\n", 1, 16, "not a map"},
        {"pdf: {margins: [{top: 1}, 2]}\n", 1, 17, "not a map"},
        {"pdf: {margins: [1, [2]]}\n", 1, 20, "not a list"},
        {"pdf: {margins: 0000000000000000000000010}\n", 1, 16, "no margin"},
        {"pdf: {page: a4, margins: 120}\n", 1, 6, "no room"},
        {"style: {fonts: [a.ttf]}\n", 1, 9, "not supported"},
        {"corridors: [{around: pipelines}]\n", 1, 13, "needs a distance"},
        {"output: ['']\n", 1, 10, "empty entry"},
        {"labels: {max: -2}\n", 1, 15, "whole number"},
        {"country: ''\n", 1, 10, "is empty"},
        {"text: alive\n", 1, 7, "live, outlines"},
        {"- a\n- b\n", 1, 1, "keys and values"},
        {"extent: Tovuz\n", 1, 9, "extent takes keys and values, not one value"},
        {"title: a\ntitle: b\n", 2, 1, "second time"},
        {"", 0, 0, "empty"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct fault *c = &cases[i];
        struct im_spec spec;
        struct incmap_error err;
        enum incmap_status status = read_map(c->text, &spec, &err);
        if (status != INCMAP_E_INPUT || err.line != c->line || err.column != c->col ||
            strstr(err.message, c->part) == NULL) {
            fail_msg("%s -> %d %u:%u %s", c->text, (int)status, err.line, err.column,
                     err.message);
        }
        assert_string_equal(err.source, map_path);
    }
}

static void set_ok(struct im_spec *spec, const char *key, const char *value) {
    struct incmap_error err;
    im_error_clear(&err);
    if (im_spec_set(arena, spec, key, value, &err) != INCMAP_OK) {
        fail_msg("%s=%s: %s", key, value, err.message);
    }
}

static void settings_win(void **state) {
    (void)state;
    struct im_spec s = read_ok("title: old\nextent: {around: [A], margin: 9}\n"
                               "incidents: [a.csv]\noutput: [a.png, b.png]\n");
    set_ok(&s, "title", "[Draft] x: #y");
    assert_string_equal(s.title, "[Draft] x: #y");
    set_ok(&s, "title", "");
    assert_string_equal(s.title, "");
    set_ok(&s, "extent.margin", "5 km");
    assert_true(s.margin_m == 5000);
    set_ok(&s, "extent.around", "B");
    set_ok(&s, "extent.around", "[C, D]");
    assert_int_equal(s.around.n, 4);
    set_ok(&s, "extent.around.0", "Z");
    assert_string_equal(s.around.v[0], "Z");
    assert_int_equal(s.around.n, 4);
    set_ok(&s, "extent.bbox", "1,2,3,4");
    assert_true(s.has_box && s.around.n == 0);
    set_ok(&s, "extent.around", "E");
    assert_true(!s.has_box && s.around.n == 1);
    set_ok(&s, "incidents.0.size", "fixed");
    assert_string_equal(s.incidents[0].size, "fixed");
    set_ok(&s, "incidents.file", "new.csv");
    assert_string_equal(s.incidents[1].file, "new.csv"); // beside the working directory
    set_ok(&s, "incidents.label", "none");
    assert_string_equal(s.incidents[1].label, "none");
    set_ok(&s, "incidents.1.columns.place", "Ort");
    set_ok(&s, "incidents.1.columns.place", "Stadt");
    assert_int_equal(s.incidents[1].column_count, 1);
    assert_string_equal(s.incidents[1].column_to[0], "Stadt");
    set_ok(&s, "incidents", "{file: c.csv, size: killed}");
    assert_string_equal(s.incidents[2].size, "killed");
    set_ok(&s, "overlays", "pipelines:pipeline");
    assert_string_equal(s.overlays[0].file, "pipelines");
    assert_string_equal(s.overlays[0].style, "pipeline");
    set_ok(&s, "corridors", "{around: pipelines, distance: 2 km}");
    set_ok(&s, "style.line.width", "3");
    assert_string_equal(s.style[0].key, "line.width");
    set_ok(&s, "output.1", "c.svg");
    assert_string_equal(s.outputs.v[1], "c.svg");
    assert_int_equal(s.outputs.n, 2);
    set_ok(&s, "size", "640x480");
    set_ok(&s, "furniture.credits", "off");
    assert_int_equal(s.furniture.credits, IM_OFF);
    set_ok(&s, "borders.file", "b.shp");
    assert_int_equal(s.border_count, 1);
}

static void bad_settings_are_usage(void **state) {
    (void)state;
    static const struct {
        const char *key, *value, *part;
    } cases[] = {
        {"tilte", "x", "unknown key 'tilte' (nearest: 'title')"},
        {"extent.margni", "x", "'extent.margni' (nearest: 'margin')"},
        {"incidents.0.size", "x", "there are 0 entries"},
        {"incidents.size", "x", "there are 0 entries"},
        {"incidents.fil", "x", "nearest: 'file'"},
        {"title.x", "y", "has no parts"},
        {"size", "big", "no size"},
        {"extent.around", "[a", "extent.around"},
        {"pins", "", "is empty"},
        {"aggregate.by", "x", "not supported"},
        {"", "x", "unknown key"},
        {"extent.", "x", "unknown key"},
        {"overlays.7.file", "x", "there are 0 entries"},
        {"extent.around.5", "x", "there are 0 entries"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct im_spec spec;
        struct incmap_error err;
        im_spec_init(&spec);
        im_error_clear(&err);
        enum incmap_status status =
            im_spec_set(arena, &spec, cases[i].key, cases[i].value, &err);
        if (status != INCMAP_E_USAGE || strstr(err.message, cases[i].part) == NULL ||
            err.line != 0) {
            fail_msg("%s=%s -> %d %s", cases[i].key, cases[i].value, (int)status,
                     err.message);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_arrives),
        cmocka_unit_test(defaults),
        cmocka_unit_test(pages_and_margins),
        cmocka_unit_test(faults_have_a_place),
        cmocka_unit_test(an_inset_is_a_switch_a_corner_or_parts),
        cmocka_unit_test(a_setting_of_a_part_asks_for_the_inset),
        cmocka_unit_test(settings_win),
        cmocka_unit_test(bad_settings_are_usage),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
