/* Text along a line: straight words that keep their distance where the line bends. */
#include "draw/canvas.h"
#include "draw/fonts.h"
#include "help/desk.h"
#include "help/sample.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define SIZE 20.0

/* A point of a piece: `x` points along it, `up` points over its baseline. */
static struct im_pt on_piece(const struct im_text_piece *p, double x, double up) {
    double c = cos(p->angle), s = sin(p->angle);
    return (struct im_pt){p->start.x + x * c + up * s, p->start.y + x * s - up * c};
}

/* Between the first word's end and the second's start, `up` points over the line. */
static double gap(const double *xy, size_t n, double up) {
    struct im_item t = sample_text(fonts, "HHHHHH HHHHHH", 0, 0, SIZE);
    struct im_shaped shaped;
    struct im_text_pieces pieces = {0};
    t.kind = IM_ITEM_LINE_TEXT;
    t.paths = sample_path(arena, xy, n, false);
    im_shape_item(fonts, arena, &t, &shaped);
    im_line_text_pieces(arena, &t, &shaped, &pieces);
    assert_int_equal(pieces.n, 2);
    struct im_pt a = on_piece(&pieces.v[0], pieces.v[0].width, up);
    struct im_pt b = on_piece(&pieces.v[1], 0, up);
    return hypot(b.x - a.x, b.y - a.y);
}

static double space(void) {
    struct im_item with = sample_text(fonts, "H H", 0, 0, SIZE);
    struct im_item without = sample_text(fonts, "HH", 0, 0, SIZE);
    return with.width - without.width;
}

/* Up: heads lean together. Down: they spread, and nothing needs to be done. */
static void words_keep_apart(void **state) {
    (void)state;
    static const double up[] = {40, 200, 200, 200, 310, 90};
    static const double down[] = {40, 90, 200, 90, 310, 200};
    double wanted = space();
    assert_true(gap(up, 3, 0.36 * SIZE) > 0.85 * wanted);
    assert_true(gap(up, 3, 0.36 * SIZE) < 2 * wanted);
    assert_true(gap(down, 3, 0.36 * SIZE) > 0.85 * wanted);
    assert_true(gap(down, 3, 0) < 1.2 * wanted);
}

/* On a line that is nearly straight the text is one piece. */
static void one_piece(void **state) {
    (void)state;
    static const double level[] = {40, 200, 200, 201, 360, 200};
    struct im_item t = sample_text(fonts, "HHHHHH HHHHHH", 0, 0, SIZE);
    struct im_shaped shaped;
    struct im_text_pieces pieces = {0};
    t.kind = IM_ITEM_LINE_TEXT;
    t.paths = sample_path(arena, level, 3, false);
    im_shape_item(fonts, arena, &t, &shaped);
    im_line_text_pieces(arena, &t, &shaped, &pieces);
    assert_int_equal(pieces.n, 1);
    assert_true(fabs(pieces.v[0].angle) < 0.02);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_keep_apart),
                                       cmocka_unit_test(one_piece)};
    return cmocka_run_group_tests(tests, desk_setup, arena_teardown);
}
