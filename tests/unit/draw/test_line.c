/* Lines and discs on pixels: the area they cover, cairo's own beside them, clips. */
#include "draw/line.h"
#include "help/desk.h"
#include "help/sample.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SIDE = 200 };
static const double pi = 3.14159265358979;

static double dice(double below) {
    static uint32_t seed = 2463534242U; // xorshift32 (G. Marsaglia 2003)
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed / 4294967296.0 * below;
}

/* A canvas of white, SIDE pixels and half as many points wide. */
static struct im_canvas *canvas(void) {
    struct im_canvas *c = im_alloc(arena, 1, sizeof *c);
    *c = (struct im_canvas){.fonts = fonts, .arena = arena, .width = SIDE};
    c->height = c->clip_x1 = c->clip_y1 = SIDE;
    c->stride = 4 * SIDE;
    c->k = 2;
    c->pixels = im_alloc(arena, 4 * SIDE, SIDE);
    memset(c->pixels, 255, 4 * SIDE * SIDE);
    return c;
}

static void draw(struct im_canvas *c, const struct im_stroke *s,
                 const struct im_paths *paths) {
    assert_true(im_canvas_draws_line(c, s, paths));
    im_canvas_open_line(c, s, 256);
    im_canvas_add_line(c, s, paths);
    im_canvas_blend_line(c, s->colour);
}

static int ink_at(const unsigned char *pixels, int stride, int x, int y) {
    return 255 - pixels[y * stride + 4 * x];
}

static double ink_of(const struct im_canvas *c) {
    double sum = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        sum += ink_at(c->pixels, c->stride, i % SIDE, i / SIDE) / 255.0;
    }
    return sum;
}

/* Pixels that a straight line must cover. */
static double area_of(const struct im_stroke *s, double length) {
    double w = 2 * s->width;
    return w * length * 2 + (s->round ? pi * w * w / 4 : 0);
}

static void straight_lines_cover_their_area(void **state) {
    (void)state;
    for (int i = 0; i < 400; i++) {
        double angle = i < 8 ? i * pi / 4 : dice(2 * pi), length = 1 + dice(35);
        double at = 50 + dice(1);
        struct im_stroke s = {
            .colour = 0xFF, .width = 0.2 + dice(i % 5 ? 7 : 40), .round = i % 2};
        if (!s.round) { // one dash
            s.dash_count = 2;
            s.dash[0] = s.dash[1] = 1000;
        }
        double xy[] = {at, at, at + length * cos(angle), at + length * sin(angle)};
        struct im_paths line = sample_path(arena, xy, 2, false);
        struct im_canvas *c = canvas();
        draw(c, &s, &line);
        double want = area_of(&s, length), slack = 0.02 * want + 0.3 * s.width + 0.3;
        if (fabs(ink_of(c) - want) > slack) {
            fail_msg("width %.2f, length %.2f, angle %.3f: %.2f, not %.2f", s.width,
                     length, angle, ink_of(c), want);
        }
    }
}

/* A line that winds by up to 50 degrees at each bend. */
static struct im_paths winding(size_t n, double step) {
    double xy[80], angle = dice(2 * pi);
    xy[0] = 20 + dice(60);
    xy[1] = 20 + dice(60);
    for (size_t i = 1; i < n; i++) {
        double length = step * (0.2 + dice(1));
        xy[2 * i] = xy[2 * i - 2] + length * cos(angle);
        xy[2 * i + 1] = xy[2 * i - 1] + length * sin(angle);
        angle += dice(1.7) - 0.85;
    }
    return sample_path(arena, xy, n, false);
}

/* How many pixels differ by a quarter from the same drawn by cairo (in the nook where
 * two parts meet, where their edges add up there), and the mean difference. */
static void compare(const struct im_canvas *c, const struct im_item *item, int *far,
                    double *mean) {
    cairo_surface_t *to = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE, SIDE);
    cairo_t *cr = cairo_create(to);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, c->k, c->k);
    cairo_set_tolerance(cr, 0.02);
    im_paint_shape(cr, arena, item, 1);
    cairo_surface_flush(to);
    double sum = 0, ink = 0;
    *far = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        int ours = ink_at(c->pixels, c->stride, i % SIDE, i / SIDE);
        int theirs = ink_at(cairo_image_surface_get_data(to),
                            cairo_image_surface_get_stride(to), i % SIDE, i / SIDE);
        *far += abs(ours - theirs) > 64;
        sum += abs(ours - theirs);
        ink += theirs > 0;
    }
    *mean = sum / fmax(ink, 50);
    cairo_destroy(cr);
    cairo_surface_destroy(to);
}

static void looks_like_cairo(void **state) {
    (void)state;
    for (int i = 0; i < 300; i++) {
        struct im_item item = {.kind = IM_ITEM_PATH};
        item.stroke = (struct im_stroke){.colour = 0xFF,
                                         .width = i % 3 ? 0.3 + dice(2) : 2 + dice(6),
                                         .round = true};
        if (i % 4 == 0) {
            item.stroke.dash_count = i % 8 ? 4 : 2;
            for (int k = 0; k < item.stroke.dash_count; k++) {
                item.stroke.dash[k] = 1 + 2 * (k % 2) * item.stroke.width + dice(8);
            }
            item.stroke.dash_offset = dice(20) - 5;
        }
        item.paths = winding(2 + (size_t)dice(30), 0.5 + dice(20));
        struct im_canvas *c = canvas();
        draw(c, &item.stroke, &item.paths);
        int far;
        double mean;
        compare(c, &item, &far, &mean);
        if (far > 4 || mean > (i % 4 == 0 ? 8 : 5)) {
            fail_msg("line %d, width %.2f: %d far off, %g on average", i,
                     item.stroke.width, far, mean);
        }
    }
}

static void rings_are_closed_and_bends_round(void **state) {
    (void)state;
    const double xy[] = {20, 20, 80, 20, 80, 80, 20, 80};
    struct im_item item = {.kind = IM_ITEM_PATH,
                           .paths = sample_path(arena, xy, 4, true)};
    item.stroke = (struct im_stroke){.colour = 0xFF, .width = 6, .round = true};
    struct im_canvas *c = canvas();
    draw(c, &item.stroke, &item.paths);
    int far;
    double mean;
    compare(c, &item, &far, &mean);
    assert_true(far == 0 && mean < 1);
}

/* Where a line crosses itself or another of its look it is no darker. */
static void crossings_are_no_darker(void **state) {
    (void)state;
    const double a[] = {10, 50, 90, 50}, b[] = {50, 10, 50, 90};
    struct im_stroke s = {.colour = 0x80, .width = 4, .round = true};
    struct im_paths level = sample_path(arena, a, 2, false);
    struct im_paths steep = sample_path(arena, b, 2, false);
    struct im_canvas *c = canvas();
    im_canvas_open_line(c, &s, 256);
    im_canvas_add_line(c, &s, &level);
    im_canvas_add_line(c, &s, &steep);
    im_canvas_blend_line(c, s.colour);
    assert_int_equal(ink_at(c->pixels, c->stride, 100, 100), 0x80);
    assert_int_equal(ink_at(c->pixels, c->stride, 40, 100), 0x80);
}

static void clips_are_kept(void **state) {
    (void)state;
    for (int i = 0; i < 100; i++) {
        struct im_stroke s = {.colour = 0xFF, .width = 0.3 + dice(7), .round = true};
        struct im_paths line = winding(30, 8);
        struct im_canvas *all = canvas(), *part = canvas();
        part->clip_x0 = 37;
        part->clip_y0 = 50;
        part->clip_x1 = 111;
        part->clip_y1 = 161;
        draw(all, &s, &line);
        draw(part, &s, &line);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                bool in = x >= 37 && x < 111 && y >= 50 && y < 161;
                int want = in ? ink_at(all->pixels, all->stride, x, y) : 0;
                // what a row begins with moves rounding by a step of the table
                assert_in_range(ink_at(part->pixels, part->stride, x, y) + 12, want,
                                want + 24);
            }
        }
    }
}

/* Ends far out of sight, no place at all, points, doubled vertices. */
static void odd_paths_do_no_harm(void **state) {
    (void)state;
    struct im_stroke s = {.colour = 0xFF, .width = 2, .round = true};
    const double far[] = {-1e9, 50, 1e9, 50}, dot[] = {30, 30, 30, 30};
    const double none[] = {10, 10, NAN, 20}, wild[] = {HUGE_VAL, 0, 5, 5};
    struct im_paths line = sample_path(arena, far, 2, false);
    struct im_canvas *c = canvas();
    draw(c, &s, &line);
    assert_true(fabs(ink_of(c) - 4 * SIDE) < 1);
    c = canvas();
    line = sample_path(arena, dot, 2, false);
    draw(c, &s, &line);
    assert_true(fabs(ink_of(c) - 4 * pi) < 0.5);
    c = canvas();
    line = sample_path(arena, none, 2, false);
    draw(c, &s, &line);
    line = sample_path(arena, wild, 2, false);
    draw(c, &s, &line);
    assert_true(ink_of(c) == 0);
}

/* A figure that is given up leaves nothing to the next. */
static void next_figure_starts_clear(void **state) {
    (void)state;
    struct im_stroke s = {.colour = 0xFF, .width = 3, .round = true};
    struct im_paths line = winding(20, 6);
    struct im_canvas *c = canvas();
    im_canvas_open_line(c, &s, 256);
    im_canvas_add_line(c, &s, &line);
    const double xy[] = {10, 10, 12, 10};
    struct im_paths other = sample_path(arena, xy, 2, false);
    c = canvas();
    draw(c, &s, &other);
    double want = area_of(&s, 2);
    assert_true(fabs(ink_of(c) - want) < 1);
}

/* Widths of one after the other, more than are remembered, change nothing. */
static void tables_are_of_the_width_asked_for(void **state) {
    (void)state;
    struct im_paths line = winding(20, 6);
    struct im_stroke s = {.colour = 0xFF, .width = 1.23, .round = true};
    struct im_canvas *first = canvas(), *again = canvas();
    draw(first, &s, &line);
    for (int i = 0; i < 100; i++) {
        struct im_stroke other = s;
        other.width = 0.2 + 0.07 * i;
        draw(canvas(), &other, &line);
    }
    draw(again, &s, &line);
    assert_memory_equal(first->pixels, again->pixels, 4 * SIDE * SIDE);
}

/* Fill and ring, at places to an eighth of a pixel. */
static void discs_look_like_cairo(void **state) {
    (void)state;
    for (int i = 0; i < 300; i++) {
        struct im_item item = {.kind = IM_ITEM_SYMBOL, .symbol = IM_CIRCLE};
        item.at = (struct im_pt){(790 + floor(dice(20))) / 16, (800 + i % 16) / 16.0};
        item.radius = i % 2 ? 0.3 + dice(5) : 2 + dice(20);
        if (i % 3 == 0) {
            item.stroke = (struct im_stroke){.colour = 0xFF, .round = true};
            item.stroke.width = 0.2 + dice(fmin(item.radius, 8));
        } else {
            item.fill = 0xFF;
        }
        struct im_canvas *c = canvas();
        c->surface = cairo_image_surface_create_for_data(c->pixels, CAIRO_FORMAT_RGB24,
                                                         SIDE, SIDE, c->stride);
        assert_true(im_canvas_stamp(c, &item, 1));
        cairo_surface_destroy(c->surface);
        int far;
        double mean;
        compare(c, &item, &far, &mean);
        if (far > 0 || mean > 4) {
            fail_msg("disc %d, radius %.2f, ring %.2f: %d far off, %g on average", i,
                     item.radius, item.stroke.width, far, mean);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(straight_lines_cover_their_area),
        cmocka_unit_test(looks_like_cairo),
        cmocka_unit_test(rings_are_closed_and_bends_round),
        cmocka_unit_test(discs_look_like_cairo),
        cmocka_unit_test(crossings_are_no_darker),
        cmocka_unit_test(clips_are_kept),
        cmocka_unit_test(odd_paths_do_no_harm),
        cmocka_unit_test(next_figure_starts_clear),
        cmocka_unit_test(tables_are_of_the_width_asked_for),
    };
    return cmocka_run_group_tests(tests, desk_setup, arena_teardown);
}
