/* Masks of areas against a plain look at every cell: what random shapes cover, where
 * boxes fit, how wide they are. */
#include "geo/inside.h"
#include "help/arena.h"
#include "help/random.h"
#include "layout/mask.h"
#include "layout/plane.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 40, COLUMNS = 64, SHAPES = 4, ROUNDS = 60 };

/* Not whole cells wide and high, and not at the origin. */
static const struct im_rect page = {13, 27, COLUMNS *LAY_MASK_CELL - 1,
                                    ROWS *LAY_MASK_CELL - 1};
static uint64_t seed;
static uint16_t cell[ROWS][COLUMNS]; /* what the mask should say */

static double any(double low, double high) {
    return random_from(&seed, low, high);
}

/* A star around a place that may lie beyond the page, at times with a hole. */
static struct im_paths shape(void) {
    struct im_paths out = {im_alloc(arena, 2, sizeof *out.v), any(0, 1) < 0.5 ? 2 : 1,
                           2};
    double x = any(page.x - 20, page.x + page.w + 20);
    double y = any(page.y - 20, page.y + page.h + 20);
    double size = any(5, 90);
    for (size_t i = 0; i < out.n; i++) {
        struct im_path *p = &out.v[i];
        *p = (struct im_path){.n = (size_t)any(3, 14), .closed = true};
        p->v = im_alloc(arena, p->n, sizeof *p->v);
        for (size_t k = 0; k < p->n; k++) {
            double a = 6.283185 * (double)k / (double)p->n;
            double r = size * any(0.3, 1) / (double)(1 + 2 * i);
            p->v[k] = (struct im_pt){x + r * cos(a), y + r * sin(a)};
        }
    }
    return out;
}

static void cover(const struct im_paths *paths, uint16_t value) {
    for (int row = 0; row < ROWS; row++) {
        for (int x = 0; x < COLUMNS; x++) {
            struct im_pt middle = {page.x + (x + 0.5) * LAY_MASK_CELL,
                                   page.y + (row + 0.5) * LAY_MASK_CELL};
            cell[row][x] = lay_paths_have(paths, middle) ? value : cell[row][x];
        }
    }
}

/* The part of the page's cells that a mask has. */
struct part {
    int x, y, columns, rows;
};

static struct part part_of(const struct lay_mask *m) {
    return (struct part){(int)lround((m->rect.x - page.x) / LAY_MASK_CELL),
                         (int)lround((m->rect.y - page.y) / LAY_MASK_CELL),
                         (int)m->columns, (int)m->rows};
}

static void check_extents(const struct lay_mask *m, size_t count) {
    const struct lay_mask_extent *got = lay_mask_extents(arena, m, count);
    struct part p = part_of(m);
    for (uint16_t value = 1; value < count; value++) {
        struct lay_mask_extent want = {1000, 0, 1000, 0, 0, 0, 0, 0};
        for (int y = 0; y < ROWS; y++) {
            size_t run = 0;
            for (int x = 0; x < COLUMNS; x++) {
                run = cell[y][x] == value ? run + 1 : 0;
                want.widest = run > want.widest ? run : want.widest;
                if (run > 0) {
                    size_t column = (size_t)(x - p.x), row = (size_t)(y - p.y);
                    want.x0 = column < want.x0 ? column : want.x0;
                    want.x1 = column > want.x1 ? column : want.x1;
                    want.y0 = row < want.y0 ? row : want.y0;
                    want.y1 = row > want.y1 ? row : want.y1;
                    want.x += (double)column;
                    want.y += (double)row;
                    want.n++;
                }
            }
        }
        assert_int_equal(got[value].n, want.n);
        if (want.n > 0) {
            assert_int_equal(got[value].x0, want.x0);
            assert_int_equal(got[value].x1, want.x1);
            assert_int_equal(got[value].y0, want.y0);
            assert_int_equal(got[value].y1, want.y1);
            assert_int_equal(got[value].widest, want.widest);
            assert_true(got[value].x == want.x && got[value].y == want.y);
        }
    }
}

/* Cells of the value, of others and of none under a box. */
struct under {
    int own, others, none;
};

static struct under look_under(struct im_rect r, uint16_t value) {
    struct under u = {0, 0, 0};
    for (int y = 0; y < ROWS; y++) {
        for (int x = 0; x < COLUMNS; x++) {
            double left = page.x + x * LAY_MASK_CELL, top = page.y + y * LAY_MASK_CELL;
            if (r.x < left + LAY_MASK_CELL && r.x + r.w >= left &&
                r.y < top + LAY_MASK_CELL && r.y + r.h >= top) {
                u.own += cell[y][x] == value;
                u.none += cell[y][x] == 0;
                u.others += cell[y][x] != 0 && cell[y][x] != value;
            }
        }
    }
    return u;
}

/* A row of boxes, asked one by one and as a band. */
static int check_band(const struct lay_mask *m, struct im_rect r, uint16_t value) {
    struct lay_mask_wish wish = {value, (uint32_t)fmax(ceil(r.w / LAY_MASK_CELL), 1)};
    size_t room = m->columns / wish.need + 1, n;
    struct lay_mask_span *runs = im_alloc(arena, 2 * room, sizeof *runs);
    int held = 0;
    n = lay_mask_band(m, r, wish, runs);
    assert_true(n <= room);
    for (size_t i = 0; i < n; i++) {
        assert_true(runs[i].last - runs[i].first >= wish.need);
        assert_true(i == 0 || runs[i].first > runs[i - 1].last);
    }
    for (r.x = page.x - 9; r.x < page.x + page.w + 9; r.x += any(0, 3)) {
        bool holds = lay_mask_holds(m, r, value);
        assert_int_equal(lay_mask_band_holds(m, runs, n, r), holds);
        held += holds;
    }
    return held;
}

static struct im_rect any_box(void) {
    double w = any(0, 1) < 0.5 ? any(1, 12) : any(1, 60), h = any(1, 14);
    return (struct im_rect){any(page.x - 5, page.x + page.w - w / 2),
                            any(page.y - 5, page.y + page.h - h / 2), w, h};
}

static void boxes_fit_where_the_area_is(void **state) {
    (void)state;
    seed = 1569;
    int held = 0, only = 0, most = 0, banded = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct lay_mask *m = lay_mask_new(arena, page);
        memset(cell, 0, sizeof cell);
        assert_int_equal(m->columns, COLUMNS);
        assert_int_equal(m->rows, ROWS);
        for (uint16_t i = 1; i <= SHAPES; i++) {
            struct im_paths paths = shape();
            lay_mask_fill(m, &paths, i);
            cover(&paths, i);
        }
        lay_mask_finish(m);
        check_extents(m, SHAPES);
        for (uint16_t value = 1; value <= SHAPES; value++) {
            banded += check_band(m, any_box(), value);
        }
        for (int i = 0; i < 600; i++) {
            struct im_rect r = any_box();
            uint16_t value = (uint16_t)any(1, SHAPES + 1);
            struct under u = look_under(r, value);
            bool in = lay_rect_inside(r, page), all = u.others == 0 && u.none == 0;
            assert_int_equal(lay_mask_holds(m, r, value), in && all);
            assert_int_equal(lay_mask_only(m, r, value), in && u.others == 0);
            if (in) {
                assert_int_equal(lay_mask_most(m, r, value),
                                 u.own > 0 && u.own >= u.others);
            }
            held += in && all;
            only += in && u.others == 0 && u.own > 0 && u.none > 0;
            most += in && u.own > 0 && u.own >= u.others && u.others > 0;
        }
    }
    assert_true(held > 300 && only > 300 && most > 300 && banded > 300);
}

/* The same of a mask that keeps one area, used for one after the other. */
static void one_area_alone(void **state) {
    (void)state;
    struct lay_mask *m = lay_mask_alone(arena, page);
    int held = 0, banded = 0;
    seed = 1507;
    for (int round = 0; round < 4 * ROUNDS; round++) {
        struct im_paths paths = shape();
        memset(cell, 0, sizeof cell);
        cover(&paths, 1);
        lay_mask_area(m, page, &paths);
        assert_true(m->rect.x + m->rect.w <= page.x + page.w + 1e-9);
        assert_true(m->rect.y + m->rect.h <= page.y + page.h + 1e-9);
        check_extents(m, 2);
        banded += check_band(m, any_box(), 1);
        for (int i = 0; i < 150; i++) {
            struct im_rect r = any_box();
            struct under u = look_under(r, 1);
            bool in = lay_rect_inside(r, page) && u.none == 0;
            assert_int_equal(lay_mask_holds(m, r, 1), in);
            held += in;
        }
    }
    assert_true(held > 300 && banded > 300);
}

/* An area cut by another alone, and by several on the whole page. */
static void what_is_cut_is_gone(void **state) {
    (void)state;
    int left = 0, gone = 0;
    seed = 712;
    for (int round = 0; round < 4 * ROUNDS; round++) {
        struct lay_mask *m = lay_mask_alone(arena, page), *by;
        struct im_paths paths = shape(), first = shape(), second = shape();
        memset(cell, 0, sizeof cell);
        cover(&paths, 1);
        lay_mask_area(m, page, &paths);
        size_t before = lay_mask_extents(arena, m, 2)[1].n;
        if (round % 2 == 0) {
            by = lay_mask_new(arena, page);
            lay_mask_fill(by, &first, 1);
            lay_mask_fill(by, &second, 2);
            lay_mask_finish(by);
            cover(&second, 0);
        } else {
            by = lay_mask_alone(arena, page);
            lay_mask_area(by, page, &first);
        }
        cover(&first, 0);
        lay_mask_cut(m, by);
        check_extents(m, 2);
        (void)check_band(m, any_box(), 1);
        size_t after = lay_mask_extents(arena, m, 2)[1].n;
        left += after > 0 && after < before;
        gone += after == 0 && before > 0;
    }
    assert_true(left > 60 && gone > 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boxes_fit_where_the_area_is),
        cmocka_unit_test(one_area_alone),
        cmocka_unit_test(what_is_cut_is_gone),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
