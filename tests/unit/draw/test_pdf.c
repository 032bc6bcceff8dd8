/* Pages: valid, embedded, described, searchable, the same picture as the pixels. */
#include "help/compare.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct im_arena *arena;
static struct im_fonts *fonts;

static int setup(void **state) {
    (void)state;
    arena = im_arena_new((size_t)1 << 30);
    fonts = arena ? sample_fonts(arena) : NULL;
    return fonts == NULL;
}

static int teardown(void **state) {
    (void)state;
    im_arena_free(arena);
    return 0;
}

static enum incmap_status draw(const struct im_scene *scene, struct im_sheet sheet,
                               struct im_bytes *out, struct incmap_error *err) {
    struct im_draw_options options = {
        .width_px = 800, .height_px = 600, .sheet = sheet};
    *err = (struct incmap_error){.record = -1};
    return im_draw_pdf(arena, scene, fonts, &options, out, err);
}

static struct im_bytes pdf_on(const struct im_scene *scene, struct im_sheet sheet) {
    struct im_bytes out = {NULL, 0};
    struct incmap_error err;
    if (draw(scene, sheet, &out, &err) != INCMAP_OK) {
        fail_msg("%s", err.message);
    }
    return out;
}

static struct im_bytes pdf_of(const struct im_scene *scene) {
    return pdf_on(scene, (struct im_sheet){0});
}

/* What a tool prints about the bytes; it must succeed. */
static const char *told(struct im_bytes pdf, const char *command) {
    static char said[65536];
    int code = sample_run(pdf, "a.pdf", command, said, sizeof said);
    if (code != 0) {
        fail_msg("%s: %d %s", command, code, said);
    }
    return said;
}

static void is_valid(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    const char *said = told(pdf_of(&scene), "qpdf --check %s");
    assert_null(strstr(said, "WARNING"));
    assert_non_null(strstr(said, "No syntax or stream encoding errors"));
}

static void fonts_are_embedded_subsets(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    const char *line = told(pdf_of(&scene), "pdffonts %s");
    int n = 0;
    for (line = strstr(line, "+Noto"); line != NULL; line = strstr(line + 1, "+Noto")) {
        const char *yes = strstr(line, "yes yes yes"); // embedded, subset, Unicode
        assert_true(yes != NULL && yes < line + strcspn(line, "\n"));
        n++;
    }
    assert_true(n >= 3); // Latin, Armenian, Georgian
}

static void is_described(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    scene.title = "Шамкир \xFF \"title\"";
    scene.manifest = "{\"place\":\"Gəncə (1) \\\\ \xF0\x90\x8D\x88\"}";
    struct im_bytes pdf = pdf_of(&scene);
    const char *said = told(pdf, "TZ=Asia/Baku pdfinfo -isodates %s");
    assert_non_null(strstr(said, "Шамкир \xEF\xBF\xBD \"title\""));
    assert_non_null(strstr(said, scene.description));
    assert_non_null(strstr(said, "CreationDate:    2000-01-01T"));
    assert_non_null(strstr(said, "ModDate:         2000-01-01T"));
    // plain ASCII: JSON of the same meaning
    assert_non_null(
        strstr(said, "{\"place\":\"G\\u0259nc\\u0259 (1) \\\\ \\ud800\\udf48\"}"));
    assert_non_null(sample_find(pdf, "/ModDate (D:20000101000000Z)"));
    assert_non_null(sample_find(pdf, "/CreationDate (D:20000101000000Z)"));
}

static void text_can_be_searched(void **state) {
    (void)state;
    static const char *const text[] = {"Tovuz & Gəncə", "fi Ağdam ffl",
                                       "Տավուշ",        "თბილისი",
                                       "القاهرة",       "Baku–Tbilisi–Ceyhan"};
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    for (int i = 0; i < 6; i++) {
        struct im_item t = sample_text(fonts, text[i], 20, 30 + 40 * i, 14);
        t.halo = (struct im_halo){0xFFFFFFFF, 2};
        t.font.tracking = i == 0 ? 0.2 : 0;
        im_layer_add(&scene, layer, t);
    }
    const char *said = told(pdf_of(&scene), "pdftotext %s -");
    for (int i = 1; i < 6; i++) {
        if (strstr(said, text[i]) == NULL) {
            fail_msg("'%s' is not in: %s", text[i], said);
        }
    }
}

static void nothing_is_rasterised(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    const char *said = told(pdf_of(&scene), "pdfimages -list %s");
    const char *line = strchr(strchr(said, '\n') + 1, '\n'); // under the header
    assert_true(line != NULL && line[1] == '\0');
}

/* Page in points, and where the figure's ink begins and ends on it. */
static void figure_fits_its_page(void **state) {
    (void)state;
    static const double whole[] = {0, 0, 400, 0, 400, 300, 0, 300};
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    im_layer_add(&scene, layer,
                 (struct im_item){.kind = IM_ITEM_PATH,
                                  .fill = 0x000000FF,
                                  .paths = sample_path(arena, whole, 4, true)});
    assert_non_null(strstr(told(pdf_of(&scene), "pdfinfo %s"), "400 x 300 pts"));
    struct im_sheet around = {0, 0, {10, 20, 30, 40}};
    assert_non_null(
        strstr(told(pdf_on(&scene, around), "pdfinfo %s"), "460 x 340 pts"));
    struct im_sheet sheet = {600, 800, {100, 20, 40, 80}};
    struct im_bytes pdf = pdf_on(&scene, sheet);
    assert_non_null(strstr(told(pdf, "pdfinfo %s"), "600 x 800 pts"));
    struct sample_pixels p = compare_pdf(arena, pdf, 600);
    // 500 x 660 between the margins: 500 x 375, centred
    for (int y = 0; y < p.height; y += 5) {
        for (int x = 0; x < p.width; x += 5) {
            bool in = x >= 80 && x < 580 && y >= 100 + 143 && y < 100 + 517;
            bool edge = abs(y - 243) < 2 || abs(y - 517) < 2;
            if (!edge && (p.v[y * p.width + x] == 0) != in) {
                fail_msg("%d,%d is %06x", x, y, p.v[y * p.width + x]);
            }
        }
    }
}

static void pages_without_room_are_refused(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    struct im_bytes out;
    struct incmap_error err;
    struct im_sheet narrow = {600, 800, {0, 300, 0, 280}};
    assert_int_equal(draw(&scene, narrow, &out, &err), INCMAP_E_USAGE);
    assert_non_null(strstr(err.message, "no room"));
    scene.width = 20000;
    assert_int_equal(draw(&scene, (struct im_sheet){0}, &out, &err), INCMAP_E_LIMIT);
    assert_non_null(strstr(err.message, "too large"));
}

static void same_picture_as_the_pixels(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    struct sample_pixels png =
        sample_decode(arena, sample_png(arena, &scene, fonts, 1600));
    struct compare c =
        compare_pictures(png, compare_pdf(arena, pdf_of(&scene), 1600), 16);
    if (c.mean > 0.4 || c.worst > 20) {
        fail_msg("mean %.3f, worst %.1f at %d,%d", c.mean, c.worst, c.x, c.y);
    }
    // the measure sees a dash, a halo and a word that are not there
    scene.layers[1].items[1].stroke.dash_count = 0;
    c = compare_pictures(png, compare_pdf(arena, pdf_of(&scene), 1600), 16);
    assert_true(c.worst > 20);
    scene.layers[1].items[1].stroke.dash_count = 2;
    scene.layers[3].items[1].text = "Тову ";
    c = compare_pictures(png, compare_pdf(arena, pdf_of(&scene), 1600), 16);
    assert_true(c.worst > 20);
}

static void same_scene_same_bytes(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    struct im_bytes a = pdf_of(&scene), b = pdf_of(&scene);
    assert_true(a.n == b.n && memcmp(a.data, b.data, a.n) == 0);
}

/* Under the sanitizers this finds handles that are left open. */
static void exhausted_memory_comes_back(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    struct im_draw_options options = {.width_px = 400, .height_px = 300};
    assert_true(sample_starve(im_draw_pdf, &scene, fonts, &options) > 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_valid),
        cmocka_unit_test(fonts_are_embedded_subsets),
        cmocka_unit_test(is_described),
        cmocka_unit_test(text_can_be_searched),
        cmocka_unit_test(nothing_is_rasterised),
        cmocka_unit_test(figure_fits_its_page),
        cmocka_unit_test(pages_without_room_are_refused),
        cmocka_unit_test(same_picture_as_the_pixels),
        cmocka_unit_test(same_scene_same_bytes),
        cmocka_unit_test(exhausted_memory_comes_back),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
