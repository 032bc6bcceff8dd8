/* Ends and corners of strokes in the SVG, which says of them only what is needed; long
 * smooth lines. */
#include "draw/svg.h"
#include "help/compare.h"
#include "help/desk.h"
#include "help/growth.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A page with one line of paths that begin at 100, 100. */
static struct im_scene page_of(struct im_paths paths, struct im_stroke stroke) {
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    stroke.colour = 0x303030FF;
    stroke.round = true;
    struct im_item item = {.kind = IM_ITEM_PATH, .stroke = stroke, .paths = paths};
    im_layer_add(&scene, layer, item);
    return scene;
}

static void assert_same_picture(const struct im_scene *scene) {
    struct sample_pixels png =
        sample_decode(arena, sample_png(arena, scene, fonts, 800));
    struct im_bytes svg = sample_svg(arena, scene, fonts, false);
    struct compare c = compare_pictures(png, compare_svg(arena, svg, 800), 8);
    if (c.mean > 0.3 || c.worst > 40) {
        fail_msg("mean %.3f, worst %.1f at %d,%d", c.mean, c.worst, c.x, c.y);
    }
}

/* Two straight pieces that meet at a sharp angle have no spike there. */
static void pieces_that_meet_stay_round(void **state) {
    (void)state;
    static struct im_pt there[] = {{100, 100}, {180, 100}};
    static struct im_pt back[] = {{180, 100}, {104, 124}};
    struct im_path path[] = {{there, 2, false}, {back, 2, false}};
    struct im_scene scene =
        page_of((struct im_paths){path, 2, 2}, (struct im_stroke){.width = 12});
    assert_same_picture(&scene);
}

/* A ring of dashes has round ends where a line of them has. */
static void rings_keep_the_ends_of_dashes(void **state) {
    (void)state;
    static struct im_pt corner[] = {{100, 100}, {260, 100}, {260, 190}, {100, 190}};
    struct im_path path[] = {{corner, 4, true}};
    struct im_scene scene =
        page_of((struct im_paths){path, 1, 1},
                (struct im_stroke){.width = 10, .dash = {3, 22}, .dash_count = 2});
    assert_same_picture(&scene);
}

/* A spiral of n vertices, smooth enough for curves. */
static void write_spiral(size_t n) {
    struct im_arena *own = im_arena_new((size_t)1 << 28);
    struct im_path spiral = {im_alloc(own, n, sizeof *spiral.v), n, false};
    struct im_paths paths = {&spiral, 1, 1};
    struct im_buf out;
    for (size_t i = 0; i < n; i++) {
        double turn = 0.15 * (double)i, radius = 20 + 0.001 * (double)i;
        spiral.v[i] =
            (struct im_pt){200 + radius * cos(turn), 200 + radius * sin(turn)};
    }
    im_buf_init(&out, own, (size_t)64 << 20);
    im_svg_path(&out, &paths, IM_SVG_DRAWN, false);
    assert_true(out.len < 10 * n);
    im_arena_free(own);
}

/* Short bent lines in a row, the first of them far from all others. */
static struct im_paths pieces(struct im_arena *own, size_t n) {
    struct im_paths all = {im_alloc(own, n, sizeof *all.v), n, n};
    for (size_t i = 0; i < n; i++) {
        double x = i == 0 ? 380 : 4 + 200 * (double)i / (double)n;
        const double xy[6] = {x, x, x + 3, x + 2, x + 3, x - 4};
        all.v[i] = sample_path(own, xy, 3, false).v[0];
    }
    return all;
}

static void write_one_item(size_t n) {
    struct im_arena *own = im_arena_new((size_t)1 << 30);
    struct im_paths all = pieces(own, n);
    assert_int_equal(im_svg_order(own, &all).n, n);
    im_arena_free(own);
}

static void write_an_item_each(size_t n) {
    struct im_arena *own = im_arena_new((size_t)1 << 30);
    struct im_layer *layer;
    struct im_scene scene = sample_page(own, &layer);
    struct im_paths all = pieces(own, n);
    layer->clipped = true;
    layer->clip = (struct im_rect){0, 0, SAMPLE_W, SAMPLE_H};
    for (size_t i = 0; i < n; i++) {
        struct im_item one = {.kind = IM_ITEM_PATH,
                              .paths = {&all.v[i], 1, 1},
                              .stroke = {.colour = 0x404040FF, .width = 1}};
        im_layer_add(&scene, layer, one);
    }
    assert_true(sample_svg(own, &scene, fonts, false).n > 5 * n);
    im_arena_free(own);
}

/* Each vertex of a long curve, and each of many lines, takes as long as one of few. */
static void long_and_many_lines_take_linear_time(void **state) {
    (void)state;
    assert_true(growth_is_linear(write_spiral, 8000));
    assert_true(growth_is_linear(write_one_item, 16000));
    assert_true(growth_is_linear(write_an_item_each, 16000));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_that_meet_stay_round),
        cmocka_unit_test(rings_keep_the_ends_of_dashes),
        cmocka_unit_test(long_and_many_lines_take_linear_time),
    };
    return cmocka_run_group_tests(tests, desk_setup, arena_teardown);
}
