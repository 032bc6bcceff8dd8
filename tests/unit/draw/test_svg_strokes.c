/* Ends and corners of strokes in the SVG, which says of them only what is needed; long
 * smooth lines. */
#include "draw/svg.h"
#include "help/compare.h"
#include "help/desk.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

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

/* A spiral of many vertices takes as long for each of them as one of few. */
static void long_curves_are_written_soon(void **state) {
    (void)state;
    enum { MANY = 200000 };
    struct im_path spiral = {im_alloc(arena, MANY, sizeof *spiral.v), MANY, false};
    struct im_buf out;
    for (int i = 0; i < MANY; i++) {
        double turn = 0.15 * i, radius = 20 + 0.001 * i;
        spiral.v[i] =
            (struct im_pt){200 + radius * cos(turn), 200 + radius * sin(turn)};
    }
    struct im_paths paths = {&spiral, 1, 1};
    im_buf_init(&out, arena, (size_t)8 << 20);
    clock_t before = clock();
    im_svg_path(&out, &paths, IM_SVG_DRAWN, false);
    assert_true(clock() - before < 10 * CLOCKS_PER_SEC); // some minutes, if tried whole
    assert_true(out.len < 10 * (size_t)MANY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_that_meet_stay_round),
        cmocka_unit_test(rings_keep_the_ends_of_dashes),
        cmocka_unit_test(long_curves_are_written_soon),
    };
    return cmocka_run_group_tests(tests, desk_setup, arena_teardown);
}
