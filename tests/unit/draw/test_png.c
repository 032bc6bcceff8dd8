/* Pixels: what the file says is what was drawn; text, dashes, halos; same bytes. */
#include "base/utf8.h"
#include "draw/canvas.h"
#include "help/desk.h"
#include "help/random.h"
#include "help/sample.h"
#include <libdeflate.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void file_holds_the_raster(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    struct im_draw_options options = {.width_px = 800, .height_px = 600};
    struct im_canvas *c = NULL;
    assert_int_equal(im_raster(arena, &scene, fonts, &options, &c, NULL), INCMAP_OK);
    struct sample_pixels p =
        sample_decode(arena, sample_png(arena, &scene, fonts, 800));
    assert_int_equal(p.width, 800);
    assert_int_equal(p.height, 600);
    for (int y = 0; y < 600; y++) {
        for (int x = 0; x < 800; x++) {
            uint32_t v;
            memcpy(&v, c->pixels + y * c->stride + 4 * x, 4);
            if (p.v[y * 800 + x] != (v & 0xFFFFFF)) {
                fail_msg("pixel %d,%d is %06x, not %06x", x, y, p.v[y * 800 + x],
                         (unsigned)(v & 0xFFFFFF));
            }
        }
    }
}

static void chunks_are_there_and_valid(void **state) {
    (void)state;
    static const char *const chunk[] = {"sRGB",         "pHYs",
                                        "iTXtTitle",    "iTXtDescription",
                                        "iTXtSoftware", "iTXtincmap-manifest"};
    char said[512];
    struct im_scene scene = sample_scene(arena, fonts);
    struct im_bytes png = sample_png(arena, &scene, fonts, 800);
    for (size_t i = 0; i < sizeof chunk / sizeof *chunk; i++) {
        if (sample_find(png, chunk[i]) == NULL) {
            fail_msg("no %s", chunk[i]);
        }
    }
    assert_non_null(sample_find(png, scene.manifest));
    int code = sample_run(png, "a.png", "pngcheck -q %s", said, sizeof said);
    if (code != 0 || said[0] != '\0') {
        fail_msg("pngcheck: %d %s", code, said);
    }
    // 800 pixels over 400 points: 2 * 72 / 0.0254 to the metre
    const unsigned char *phys = (const unsigned char *)sample_find(png, "pHYs") + 4;
    assert_int_equal(phys[2] << 8 | phys[3], 5669);
    assert_int_equal(phys[8], 1);
}

static void long_manifest_is_compressed(void **state) {
    (void)state;
    static char text[40000];
    char said[512];
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    size_t without = sample_png(arena, &scene, fonts, 400).n;
    memset(text, 'a', sizeof text - 1);
    scene.manifest = text;
    struct im_bytes png = sample_png(arena, &scene, fonts, 400);
    assert_true(png.n < without + 1000);
    assert_int_equal(sample_run(png, "a.png", "pngcheck -q %s", said, sizeof said), 0);
}

/* The text of the chunk that begins with the keyword, inflated: NULL without one. */
static const char *inflated(struct im_bytes png, const char *keyword, size_t *n) {
    static char text[1 << 20];
    char name[64];
    snprintf(name, sizeof name, "iTXt%s", keyword);
    size_t head = strlen(name) + 1 + 4; // flags, language, keyword in it
    for (size_t i = 0; i + head < png.n; i++) {
        if (memcmp(png.data + i, name, strlen(name) + 1) == 0) {
            struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
            enum libdeflate_result r = libdeflate_zlib_decompress(
                d, png.data + i + head, png.n - i - head, text, sizeof text, n);
            libdeflate_free_decompressor(d);
            return r == LIBDEFLATE_SUCCESS || r == LIBDEFLATE_SHORT_OUTPUT ? text
                                                                           : NULL;
        }
    }
    return NULL;
}

/* Pillow, for one, opens no picture with a text above 1 MiB. */
static void huge_manifest_comes_in_pieces(void **state) {
    (void)state;
    enum { WHOLE = 2500000 };
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    char *text = im_alloc(arena, WHOLE + 2, 1);
    text[0] = '!'; // so that a letter of two bytes lies across the million
    for (size_t i = 1; i < WHOLE; i += 2) {
        memcpy(text + i, "\u0259", 2);
    }
    scene.manifest = text;
    struct im_bytes png = sample_png(arena, &scene, fonts, 400);
    static const char *const keyword[] = {"incmap-manifest", "incmap-manifest.2",
                                          "incmap-manifest.3"};
    size_t at = 0;
    for (size_t k = 0; k < 3; k++) {
        size_t n = 0;
        const char *piece = inflated(png, keyword[k], &n);
        assert_non_null(piece);
        assert_in_range(n, 1, 1000000);
        assert_true(at + n <= strlen(text) && im_utf8_valid(piece, n));
        assert_memory_equal(piece, text + at, n);
        at += n;
    }
    assert_int_equal(at, strlen(text));
}

static void sizes_out_of_range_are_refused(void **state) {
    (void)state;
    static const int side[][2] = {
        {0, 100}, {100, 0}, {-5, 100}, {20000, 100}, {100, 20000}};
    struct im_scene scene = sample_scene(arena, fonts);
    for (size_t i = 0; i < sizeof side / sizeof *side; i++) {
        struct im_bytes out;
        struct incmap_error err = {.record = -1};
        struct im_draw_options options = {.width_px = side[i][0],
                                          .height_px = side[i][1]};
        assert_int_equal(im_draw_png(arena, &scene, fonts, &options, &out, &err),
                         INCMAP_E_LIMIT);
        assert_non_null(strstr(err.message, "out of range"));
    }
}

/* Columns where the row has ink. */
static void ink_of_row(const struct sample_pixels *p, int y, int *first, int *last) {
    *first = -1;
    for (int x = 0; x < p->width; x++) {
        if (p->v[y * p->width + x] != 0xFFFFFF) {
            *first = *first < 0 ? x : *first;
            *last = x;
        }
    }
}

static void ink_of(const struct sample_pixels *p, int *first, int *last) {
    *first = p->width;
    *last = -1;
    for (int y = 0; y < p->height; y++) {
        int a, b;
        ink_of_row(p, y, &a, &b);
        if (a >= 0) {
            *first = a < *first ? a : *first;
            *last = b > *last ? b : *last;
        }
    }
}

static struct sample_pixels draw_one(struct im_item item, int width_px) {
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    im_layer_add(&scene, layer, item);
    return sample_decode(arena, sample_png(arena, &scene, fonts, width_px));
}

/* Glyphs are kept from one text to the next: a text among others of another size, halo
 * or part of a pixel is what it is alone. */
static void kept_glyphs_are_of_their_text(void **state) {
    (void)state;
    struct im_item text[4];
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    for (int i = 0; i < 4; i++) {
        text[i] = sample_text(fonts, "Hamburgevons", 40 + (i == 3 ? 0.12 : 0),
                              40 + 70.0 * i, 24 + (i == 1 ? 0.1 : 0));
        text[i].halo = (struct im_halo){0x4060A0FF, i == 2 ? 2.6 : 1.5};
        im_layer_add(&scene, layer, text[i]);
    }
    im_masks_drop(fonts->pool);
    struct sample_pixels all =
        sample_decode(arena, sample_png(arena, &scene, fonts, 800));
    for (int i = 0; i < 4; i++) {
        im_masks_drop(fonts->pool);
        struct sample_pixels one = draw_one(text[i], 800);
        for (int y = 20 + 140 * i; y < 130 + 140 * i && y < one.height; y++) {
            assert_memory_equal(all.v + y * one.width, one.v + y * one.width,
                                (size_t)one.width * sizeof *one.v);
        }
    }
}

/* A halo is the greatest of all pixels' coverages times the weight of their distance.
 */
static void halos_are_discs_of_all_pixels(void **state) {
    (void)state;
    enum { W = 9, H = 7 };
    uint64_t seed = 7;
    for (int round = 0; round < 200; round++) {
        unsigned char in[W * H];
        double r = 0.5 + round % 10 * 0.45;
        for (int i = 0; i < W * H; i++) {
            in[i] = (unsigned char)fmin(255, random_from(&seed, 0, 500));
            in[i] = random_from(&seed, 0, 1) < 0.3 ? 0 : in[i];
        }
        struct im_grown g = im_mask_grow(arena, in, W, H, r);
        for (int y = 0; y < H + 2 * g.pad; y++) {
            for (int x = 0; x < W + 2 * g.pad; x++) {
                unsigned most = 0;
                for (int i = 0; i < W * H; i++) {
                    double d = hypot(x - g.pad - i % W, y - g.pad - i / W);
                    double weight = fmin(1, fmax(0, r + 0.5 - d));
                    unsigned w = (unsigned)(255 * weight + 0.5);
                    bool within = abs(x - g.pad - i % W) <= g.pad &&
                                  abs(y - g.pad - i / W) <= g.pad;
                    unsigned v = within ? (in[i] * w * 2 + 255) / 510 : 0;
                    most = v > most ? v : most;
                }
                assert_int_equal(g.a[y * (W + 2 * g.pad) + x], most);
            }
        }
    }
}

static void text_is_as_wide_as_measured(void **state) {
    (void)state;
    static const char *const text[] = {"HHHHHHHHHH", "Dağlıq Qarabağ", "Нагорный",
                                       "Լեռնային", "minimum"};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        int a, b;
        struct im_item t = sample_text(fonts, text[i], 50, 100, 24);
        struct im_item right = t;
        right.at.x = 350;
        right.align = IM_RIGHT;
        struct sample_pixels p = draw_one(t, 800);
        ink_of(&p, &a, &b);
        // ink ends within the side bearings: 4 points at 24
        assert_true(fabs(a / 2.0 - 50) < 4);
        assert_true(fabs((b + 1) / 2.0 - (50 + t.width)) < 4);
        p = draw_one(right, 800);
        ink_of(&p, &a, &b);
        assert_true(fabs(a / 2.0 - (350 - t.width)) < 4);
    }
}

static void width_of_shaping_is_the_measure(void **state) {
    (void)state;
    static const char *const text[] = {"Tovuz", "A V A", "Ağdam", "შამქორი", "شهر"};
    struct im_measure m = im_fonts_measure(fonts);
    for (size_t i = 0; i < 4 * (sizeof text / sizeof *text); i++) {
        struct im_font font = {.weight = i & 1 ? IM_BOLD : IM_REGULAR,
                               .italic = i & 2,
                               .size = 7.5 + (double)i};
        const char *t = text[i / 4];
        struct im_shaped s = desk_shape(&font, t);
        struct im_extent_pt e = m.text(m.self, &font, t);
        if (fabs(s.width - e.width) > 1e-6 || e.width <= 0) {
            fail_msg("%s: %f shaped, %f measured", t, s.width, e.width);
        }
    }
}

static void tracking_widens_between_letters(void **state) {
    (void)state;
    struct im_measure m = im_fonts_measure(fonts);
    struct im_font plain = {.size = 10}, wide = {.size = 10, .tracking = 0.2};
    double w0 = m.text(m.self, &plain, "ABC").width;
    double w = m.text(m.self, &wide, "ABC").width;
    assert_true(fabs(w - (w0 + 2 * 0.2 * 10)) < 1e-6);
    assert_true(fabs(desk_shape(&wide, "ABC").width - w) < 1e-6);
}

static void characters_without_a_glyph_are_counted(void **state) {
    (void)state;
    struct im_measure m = im_fonts_measure(fonts);
    struct im_font font = {.size = 10};
    // Egyptian hieroglyphs: in none of the families that are loaded
    struct im_extent_pt e = m.text(m.self, &font, "a\xF0\x93\x80\x80\xF0\x93\x80\x81");
    assert_int_equal(e.missing, 2);
    assert_int_equal(e.missing_first, 0x13000);
    assert_int_equal(m.text(m.self, &font, "Tovuz").missing, 0);
    assert_int_equal(m.text(m.self, &font, "Տավուշ თბილისი").missing, 0);
}

static void halo_lies_under_the_text(void **state) {
    (void)state;
    static const double page[] = {0, 0, 400, 0, 400, 300, 0, 300};
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    im_layer_add(&scene, layer,
                 (struct im_item){.kind = IM_ITEM_PATH,
                                  .fill = 0x0000FFFF,
                                  .paths = sample_path(arena, page, 4, true)});
    struct im_item t = sample_text(fonts, "III", 100, 150, 60);
    t.fill = 0xFF0000FF;
    t.halo = (struct im_halo){0x00FF00FF, 4};
    im_layer_add(&scene, layer, t);
    struct sample_pixels p =
        sample_decode(arena, sample_png(arena, &scene, fonts, 400));
    int red = 0, green = 0;
    const unsigned *row = p.v + 130 * 400; // across the stems
    for (int x = 0; x < 400; x++) {
        red += row[x] == 0xFF0000;
        green += row[x] == 0x00FF00;
    }
    struct im_item bare = t;
    bare.halo.width = 0;
    struct sample_pixels q = draw_one(bare, 400);
    int alone = 0;
    for (int x = 0; x < 400; x++) {
        alone += q.v[130 * 400 + x] == 0xFF0000;
    }
    assert_true(red >= 9 && red == alone); // the halo takes nothing from the letters
    assert_in_range(green, 3 * 2 * 2, 3 * 2 * 5);
    assert_int_equal(row[20], 0x0000FF);
}

static void dashes_have_their_lengths(void **state) {
    (void)state;
    static const double line[] = {20, 100, 380, 100};
    struct im_item item = {.kind = IM_ITEM_PATH,
                           .stroke = {.colour = 0x000000FF,
                                      .width = 4,
                                      .dash = {12, 8},
                                      .dash_count = 2,
                                      .dash_offset = 5},
                           .paths = sample_path(arena, line, 2, false)};
    struct sample_pixels p = draw_one(item, 400);
    const unsigned *row = p.v + 100 * 400;
    for (int x = 20; x < 380; x++) {
        bool on = (x - 20 + 5) % 20 < 12;
        if ((row[x] == 0) != on) {
            fail_msg("column %d should be %s", x, on ? "inked" : "bare");
        }
    }
    assert_int_equal(row[19], 0xFFFFFF);
    assert_int_equal(row[381], 0xFFFFFF);
}

static void text_follows_its_line(void **state) {
    (void)state;
    static const double bent[] = {60, 250, 60, 60, 250, 60};
    struct im_item t = sample_text(fonts, "HHHHHHH HHHHHHH", 0, 0, 20);
    t.kind = IM_ITEM_LINE_TEXT;
    t.paths = sample_path(arena, bent, 3, false);
    struct sample_pixels p = draw_one(t, 400);
    size_t up = 0, along = 0, off = 0;
    for (int y = 0; y < p.height; y++) {
        for (int x = 0; x < p.width; x++) {
            if (p.v[y * p.width + x] != 0xFFFFFF) {
                bool by_up = x >= 40 && x <= 62 && y > 62;
                bool by_along = y >= 38 && y <= 62 && x > 62;
                bool corner = x >= 36 && x < 84 && y >= 36 && y < 84;
                up += by_up;
                along += by_along;
                off += !by_up && !by_along && !corner;
            }
        }
    }
    assert_true(up > 100 && along > 100);
    assert_int_equal(off, 0);
}

static void clip_holds_texts_and_paths(void **state) {
    (void)state;
    static const double page[] = {0, 0, 400, 0, 400, 300, 0, 300};
    struct im_rect clip = {100, 100, 50, 50};
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    layer = im_scene_layer(&scene, "cut", NULL, &clip);
    im_layer_add(&scene, layer,
                 (struct im_item){.kind = IM_ITEM_PATH,
                                  .fill = 0x00FF00FF,
                                  .paths = sample_path(arena, page, 4, true)});
    im_layer_add(&scene, layer, sample_text(fonts, "HHHHHHHHHH", 50, 130, 24));
    struct sample_pixels p =
        sample_decode(arena, sample_png(arena, &scene, fonts, 400));
    for (int y = 0; y < 300; y++) {
        for (int x = 0; x < 400; x++) {
            bool in = x >= 100 && x < 150 && y >= 100 && y < 150;
            assert_int_equal(p.v[y * 400 + x] != 0xFFFFFF, in);
        }
    }
}

static bool same(struct im_bytes a, struct im_bytes b) {
    return a.n == b.n && memcmp(a.data, b.data, a.n) == 0;
}

/* A figure of other scripts, sizes and styles, which fills caches and loads fonts. */
static void draw_another(void) {
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    static const char *const text[] = {"القاهرة", "ירושלים", "दिल्ली", "กรุงเทพ"};
    for (int i = 0; i < 4; i++) {
        struct im_item t = sample_text(fonts, text[i], 30, 40 + 30 * i, 10.3 + i);
        t.font.weight = IM_BOLD;
        t.font.italic = i & 1;
        im_layer_add(&scene, layer, t);
    }
    sample_png(arena, &scene, fonts, 640);
    sample_svg(arena, &scene, fonts, false);
}

static void same_scene_same_bytes(void **state) {
    (void)state;
    struct im_scene scene = sample_scene(arena, fonts);
    struct im_bytes png = sample_png(arena, &scene, fonts, 800);
    struct im_bytes svg = sample_svg(arena, &scene, fonts, false);
    assert_true(same(png, sample_png(arena, &scene, fonts, 800)));
    assert_true(same(svg, sample_svg(arena, &scene, fonts, false)));
    draw_another(); // fills caches and loads other fonts
    assert_true(same(png, sample_png(arena, &scene, fonts, 800)));
    struct im_arena *other = im_arena_new((size_t)1 << 30);
    struct im_fonts *fresh = sample_fonts(other);
    struct im_scene again = sample_scene(other, fresh);
    assert_true(same(png, sample_png(other, &again, fresh, 800)));
    struct im_bytes first = sample_svg(other, &again, fresh, false);
    assert_true(same(first, sample_svg(other, &again, fresh, false)));
    im_arena_free(other);
}

static void locale_changes_nothing(void **state) {
    (void)state;
    static const char *const comma[] = {"de_DE.UTF-8", "de_DE.utf8", "ru_RU.UTF-8"};
    struct im_scene scene = sample_scene(arena, fonts);
    struct im_bytes png = sample_png(arena, &scene, fonts, 800);
    struct im_bytes svg = sample_svg(arena, &scene, fonts, false);
    bool any = false;
    for (size_t i = 0; i < 3 && !any; i++) {
        any = setlocale(LC_ALL, comma[i]) != NULL;
    }
    if (!any) {
        fail_msg("no locale with a decimal comma (suite.sh makes one from locales)");
    }
    bool kept = same(png, sample_png(arena, &scene, fonts, 800)) &&
                same(svg, sample_svg(arena, &scene, fonts, false));
    setlocale(LC_ALL, "C");
    assert_true(kept);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file_holds_the_raster),
        cmocka_unit_test(chunks_are_there_and_valid),
        cmocka_unit_test(long_manifest_is_compressed),
        cmocka_unit_test(huge_manifest_comes_in_pieces),
        cmocka_unit_test(sizes_out_of_range_are_refused),
        cmocka_unit_test(kept_glyphs_are_of_their_text),
        cmocka_unit_test(halos_are_discs_of_all_pixels),
        cmocka_unit_test(text_is_as_wide_as_measured),
        cmocka_unit_test(width_of_shaping_is_the_measure),
        cmocka_unit_test(tracking_widens_between_letters),
        cmocka_unit_test(characters_without_a_glyph_are_counted),
        cmocka_unit_test(halo_lies_under_the_text),
        cmocka_unit_test(dashes_have_their_lengths),
        cmocka_unit_test(text_follows_its_line),
        cmocka_unit_test(clip_holds_texts_and_paths),
        cmocka_unit_test(same_scene_same_bytes),
        cmocka_unit_test(locale_changes_nothing),
    };
    return cmocka_run_group_tests(tests, desk_setup, arena_teardown);
}
