/* Vectors: well-formed, ids once, escaped, and the same picture as the pixels. */
#include "help/compare.h"
#include "help/desk.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_well_formed(struct im_bytes svg) {
    char said[1024];
    int code = sample_run(svg, "a.svg", "xmllint --noout %s", said, sizeof said);
    if (code != 0 || said[0] != '\0') {
        fail_msg("xmllint: %d %s", code, said);
    }
}

static void is_well_formed(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    assert_well_formed(sample_svg(arena, &scene, fonts, false));
    assert_well_formed(sample_svg(arena, &scene, fonts, true));
}

/* Every text slot filled with what could break out of it. */
static void nothing_breaks_out(void **state) {
    (void)state;
    static const char bad[] =
        "\"'<script>alert(1)</script>&amp;]]>\x01\x1b[2J\xEF\xBF\xBF\xff\x7f";
    static const struct im_datum data[] = {{"file", bad}};
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    scene.title = scene.description = scene.manifest = scene.language = bad;
    layer->title = bad;
    struct im_item t = sample_text(fonts, "a<b>&\"", 10, 50, 12);
    t.language = bad;
    t.id = "x\"y";
    im_layer_add(&scene, layer, t);
    im_layer_add(&scene, layer,
                 (struct im_item){.kind = IM_ITEM_SYMBOL,
                                  .id = "<z>",
                                  .title = bad,
                                  .data = data,
                                  .data_count = 1,
                                  .fill = 0xFF,
                                  .at = {50, 50},
                                  .radius = 5});
    struct im_bytes svg = sample_svg(arena, &scene, fonts, false);
    assert_well_formed(svg);
    assert_null(sample_find(svg, "<script"));
    assert_null(sample_find(svg, "\x1b"));
    assert_non_null(sample_find(svg, "&lt;script&gt;"));
}

/* Next attribute ` id="..."` at or after *at; false at the end. */
static bool next_id(struct im_bytes svg, size_t *at, const char **id, size_t *n) {
    struct im_bytes rest = {svg.data + *at, svg.n - *at};
    const char *p = sample_find(rest, " id=\"");
    if (p == NULL) {
        return false;
    }
    *id = p + 5;
    *n = strcspn(*id, "\"");
    *at = (size_t)(*id - svg.data);
    return true;
}

static void ids_occur_once(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    struct im_bytes svg = sample_svg(arena, &scene, fonts, false);
    const char *a, *b;
    size_t na, nb, count = 0;
    for (size_t i = 0; next_id(svg, &i, &a, &na); count++) {
        for (size_t j = i; next_id(svg, &j, &b, &nb);) {
            if (na == nb && memcmp(a, b, na) == 0) {
                fail_msg("id %.*s occurs twice", (int)na, a);
            }
        }
    }
    assert_true(count >= 16); // layers, land, border, symbols, clip, title, desc
}

static void symbols_lead_back_to_their_rows(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    struct im_bytes svg = sample_svg(arena, &scene, fonts, false);
    assert_non_null(
        sample_find(svg, "id=\"s-star\" data-file=\"a.csv\" data-row=\"7\""));
    assert_non_null(sample_find(svg, "<title>clash &lt;1&gt; &amp; \"2\"</title>"));
    assert_non_null(sample_find(svg, "<g id=\"symbols\" aria-label=\"Symbols\">"));
}

static void text_is_live_or_outlines(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    struct im_bytes live = sample_svg(arena, &scene, fonts, false);
    struct im_bytes shapes = sample_svg(arena, &scene, fonts, true);
    assert_non_null(sample_find(live, ">Tovuz &amp; Gəncə</text>"));
    assert_non_null(sample_find(live, "paint-order=\"stroke\""));
    assert_non_null(sample_find(live, "stroke-width=\"3\"")); // halo of 1.5 a side
    assert_null(sample_find(shapes, "<text"));
}

static void text_length_is_the_measure(void **state) {
    (void)state;
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    struct im_item t = sample_text(fonts, "Dağlıq Qarabağ", 10, 50, 17);
    im_layer_add(&scene, layer, t);
    const char *p = sample_find(sample_svg(arena, &scene, fonts, false), "textLength=");
    assert_non_null(p);
    assert_true(fabs(strtod(p + strlen("textLength=\""), NULL) - t.width) < 0.006);
}

/* Browsers put space after the last letter too and count it. */
static void length_of_spaced_text(void **state) {
    (void)state;
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    struct im_item t = sample_text(fonts, "ARMENIA", 10, 50, 20);
    t.font.tracking = 0.3;
    struct im_measure m = im_fonts_measure(fonts);
    t.width = m.text(m.self, &t.font, t.text).width;
    im_layer_add(&scene, layer, t);
    const char *p = sample_find(sample_svg(arena, &scene, fonts, false), "textLength=");
    assert_non_null(p);
    assert_true(fabs(strtod(p + strlen("textLength=\""), NULL) - t.width - 6) < 0.006);
}

/* The same things in both kinds of text: where from, whose, in which language. */
static void outlines_keep_what_was_said(void **state) {
    (void)state;
    static const char *const said[] = {
        "id=\"s-star\" data-file=\"a.csv\" data-row=\"7\"",
        "<title>clash &lt;1&gt; &amp; \"2\"</title>",
        "<title id=\"figure-title\">A &lt;title&gt;",
        "<desc id=\"figure-desc\">",
        "<metadata id=\"incmap-manifest\">",
        "id=\"town-1\" xml:lang=\"hy\"",
        "id=\"river\" xml:lang=\"ru\""};
    struct im_scene scene = sample_scene(arena, fonts);
    struct im_item *names = scene.layers[scene.n - 1].items;
    names[2].id = "town-1";
    names[2].language = "hy";
    names[4].id = "river";
    names[4].language = "ru";
    for (int outlines = 0; outlines < 2; outlines++) {
        struct im_bytes svg = sample_svg(arena, &scene, fonts, outlines);
        for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
            if (sample_find(svg, said[i]) == NULL) {
                fail_msg("no %s with %s", said[i], outlines ? "outlines" : "text");
            }
        }
        assert_well_formed(svg);
    }
    struct im_bytes svg = sample_svg(arena, &scene, fonts, true);
    assert_non_null(sample_find(svg, "aria-label=\"Տավուշ\""));
}

/* Text that reads right to left stands where it was put, with digits in their place. */
static void right_to_left(void **state) {
    (void)state;
    static const char *const text[] = {"القاهرة 12 Baku", "مصر (25 كم)",
                                       "Baku القاهرة"};
    for (int align = IM_LEFT; align <= IM_RIGHT; align++) {
        struct im_layer *layer;
        struct im_scene scene = sample_page(arena, &layer);
        for (int i = 0; i < 3; i++) {
            struct im_item t = sample_text(fonts, text[i], 200, 80 + 80 * i, 24);
            t.align = (enum im_align)align;
            im_layer_add(&scene, layer, t);
        }
        struct sample_pixels png =
            sample_decode(arena, sample_png(arena, &scene, fonts, 800));
        struct im_bytes svg = sample_svg(arena, &scene, fonts, false);
        struct compare c = compare_pictures(png, compare_svg(arena, svg, 800), 16);
        if (c.mean > 0.3 || c.worst > 25) {
            fail_msg("mean %.3f, worst %.1f at %d,%d", c.mean, c.worst, c.x, c.y);
        }
    }
}

static void exhausted_memory_comes_back(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    struct im_draw_options options = {.width_px = 400, .height_px = 300};
    assert_true(sample_starve(im_draw_svg, &scene, fonts, &options) > 1);
    options.outlines = true;
    assert_true(sample_starve(im_draw_svg, &scene, fonts, &options) > 3);
}

static void dashes_are_written(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    struct im_bytes svg = sample_svg(arena, &scene, fonts, false);
    const char *border = sample_find(svg, "id=\"border\"");
    assert_non_null(border);
    const char *dash = strstr(border, "stroke-dasharray=\"8 4\"");
    assert_true(dash != NULL && dash < strstr(border, "\n"));
}

/* Relative steps on a grid must not drift: the last vertex is where it should be. */
static void long_paths_do_not_drift(void **state) {
    (void)state;
    enum { N = 2000 };
    static double xy[2 * N];
    for (int i = 0; i < N; i++) {
        xy[2 * i] = 10.04 + 0.1649 * i;
        xy[2 * i + 1] = 150 + 40 * sin(i / 50.0);
    }
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    im_layer_add(&scene, layer,
                 (struct im_item){.kind = IM_ITEM_PATH,
                                  .id = "long",
                                  .stroke = {.colour = 0x000000FF, .width = 1},
                                  .paths = sample_path(arena, xy, N, false)});
    struct im_bytes svg = sample_svg(arena, &scene, fonts, false);
    const char *p = sample_find(svg, " d=\"m");
    assert_non_null(p);
    double x = 0, y = 0;
    char *end, command = 0;
    for (p += 4; *p != '"';) {
        command = strchr("mlhv", *p) != NULL ? *p++ : command;
        // ".5-.3" and "1 2" both separate numbers
        const char *begin = p;
        if (command != 'v') {
            x += strtod(p, &end);
            p = end;
        }
        if (command != 'h') {
            y += strtod(p, &end);
            p = end;
        }
        assert_ptr_not_equal(begin, p);
    }
    assert_true(fabs(x - xy[2 * N - 2]) <= 0.051);
    assert_true(fabs(y - xy[2 * N - 1]) <= 0.051);
}

static double difference(struct sample_pixels a, struct sample_pixels b) {
    double sum = 0;
    assert_int_equal(a.width, b.width);
    assert_int_equal(a.height, b.height);
    for (int i = 0; i < a.width * a.height; i++) {
        for (int shift = 0; shift < 24; shift += 8) {
            sum += fabs((double)(a.v[i] >> shift & 0xFF) -
                        (double)(b.v[i] >> shift & 0xFF));
        }
    }
    return sum / (3.0 * a.width * a.height);
}

static void same_picture_as_the_pixels(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    struct sample_pixels png =
        sample_decode(arena, sample_png(arena, &scene, fonts, 800));
    double live = difference(
        png, compare_svg(arena, sample_svg(arena, &scene, fonts, false), 800));
    double shapes = difference(
        png, compare_svg(arena, sample_svg(arena, &scene, fonts, true), 800));
    if (live > 1.0 || shapes > 1.0) {
        fail_msg("mean difference %.3f with text, %.3f with outlines", live, shapes);
    }
    // the measure itself sees what is missing
    struct im_layer *layer;
    struct im_scene bare = sample_page(arena, &layer);
    for (size_t i = 0; i + 1 < scene.n; i++) { // all but the names
        im_scene_layer(&bare, scene.layers[i].id, NULL, NULL);
        bare.layers[bare.n - 1] = scene.layers[i];
    }
    assert_true(difference(png, sample_decode(arena, sample_png(arena, &bare, fonts,
                                                                800))) > 1.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_well_formed),
        cmocka_unit_test(nothing_breaks_out),
        cmocka_unit_test(ids_occur_once),
        cmocka_unit_test(symbols_lead_back_to_their_rows),
        cmocka_unit_test(text_is_live_or_outlines),
        cmocka_unit_test(text_length_is_the_measure),
        cmocka_unit_test(length_of_spaced_text),
        cmocka_unit_test(outlines_keep_what_was_said),
        cmocka_unit_test(right_to_left),
        cmocka_unit_test(exhausted_memory_comes_back),
        cmocka_unit_test(dashes_are_written),
        cmocka_unit_test(long_paths_do_not_drift),
        cmocka_unit_test(same_picture_as_the_pixels),
    };
    return cmocka_run_group_tests(tests, desk_setup, arena_teardown);
}
