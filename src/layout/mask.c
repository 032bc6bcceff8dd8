#include "layout/mask.h"
#include "base/attr.h"

#include <math.h>
#include <string.h>

static size_t cells_in(double length) {
    return (size_t)ceil(fmax(length, 1) / LAY_MASK_CELL);
}

/* Words of a row's turns: a bit for each cell and one for its end. */
static size_t words_of(const struct lay_mask *m) {
    return m->columns / 64 + 1;
}

struct lay_mask *lay_mask_new(struct im_arena *arena, struct im_rect rect) {
    struct lay_mask *m = im_alloc(arena, 1, sizeof *m);
    m->rect = rect;
    m->columns = cells_in(rect.w);
    m->rows = cells_in(rect.h);
    m->cells = im_alloc(arena, m->columns * m->rows, sizeof *m->cells);
    m->ends = im_alloc_raw(arena, m->columns * m->rows, sizeof *m->ends);
    m->turns = im_alloc(arena, words_of(m) * m->rows, sizeof *m->turns);
    return m;
}

struct lay_mask *lay_mask_runs(struct im_arena *arena, struct im_rect rect) {
    struct lay_mask *m = im_alloc(arena, 1, sizeof *m);
    m->arena = arena;
    m->rect = rect;
    m->columns = cells_in(rect.w);
    m->rows = cells_in(rect.h);
    m->row_start = im_alloc_raw(arena, m->rows + 1, sizeof *m->row_start);
    return m;
}

struct lay_mask *lay_mask_alone(struct im_arena *arena, struct im_rect rect) {
    struct lay_mask *m = lay_mask_runs(arena, rect);
    m->turns = im_alloc(arena, words_of(m) * m->rows, sizeof *m->turns);
    return m;
}

/* Bounds of all vertices; of no vertex, an empty rectangle at the origin. */
static struct im_rect bounds_of(const struct im_paths *paths) {
    double x0 = HUGE_VAL, y0 = HUGE_VAL, x1 = -HUGE_VAL, y1 = -HUGE_VAL;
    for (size_t i = 0; i < paths->n; i++) {
        for (size_t k = 0; k < paths->v[i].n; k++) {
            struct im_pt p = paths->v[i].v[k];
            x0 = p.x < x0 ? p.x : x0;
            x1 = p.x > x1 ? p.x : x1;
            y0 = p.y < y0 ? p.y : y0;
            y1 = p.y > y1 ? p.y : y1;
        }
    }
    return x0 <= x1 ? (struct im_rect){x0, y0, x1 - x0, y1 - y0}
                    : (struct im_rect){0, 0, 0, 0};
}

/* Cells first..end along one axis that low..high meets. */
struct stretch {
    size_t first, end;
};

static struct stretch stretch_of(double low, double high, size_t n) {
    double most = (double)n;
    double first = fmin(fmax(floor(low / LAY_MASK_CELL), 0), most);
    double end = fmin(fmax(floor(high / LAY_MASK_CELL) + 1, first), most);
    return (struct stretch){(size_t)first, (size_t)end};
}

/* Index of the first of n cell middles at or after `at`, a distance from the start. */
static size_t first_middle(double at, size_t n) {
    double i = ceil(at / LAY_MASK_CELL - 0.5);
    return i <= 0 ? 0 : i >= (double)n ? n : (size_t)i;
}

/* Turn over, in each row that the edge crosses, the cell from which on it counts. */
static void cross(const struct lay_mask *m, struct im_pt a, struct im_pt b) {
    struct im_pt low = a.y < b.y ? a : b;
    struct im_pt high = a.y < b.y ? b : a;
    size_t first = first_middle(low.y - m->rect.y, m->rows);
    size_t last = first_middle(high.y - m->rect.y, m->rows);
    for (size_t row = first; row < last; row++) {
        double y = m->rect.y + ((double)row + 0.5) * LAY_MASK_CELL;
        double x = low.x + (high.x - low.x) * (y - low.y) / (high.y - low.y);
        size_t at = first_middle(x - m->rect.x, m->columns);
        m->turns[row * words_of(m) + at / 64] ^= (uint64_t)1 << at % 64;
    }
}

enum { LANES = 16 };
typedef uint16_t lanes __attribute__((vector_size(2 * LANES)));

IM_WIDE static void fill_cells(uint16_t *at, size_t n, uint16_t value) {
    lanes many = value - (lanes){0};
    for (; n >= LANES; n -= LANES, at += LANES) {
        memcpy(at, &many, sizeof many);
    }
    for (; n > 0; n--) {
        *at++ = value;
    }
}

/* The turns of a row from left to right, which are taken back on the way. */
struct turns {
    uint64_t *word;
    size_t i, words, columns;
};

static struct turns turns_of(const struct lay_mask *m, size_t row) {
    size_t words = words_of(m);
    return (struct turns){m->turns + row * words, 0, words, m->columns};
}

/* The cell from which on the next edge counts; past the last: how many there are. */
static size_t next_turn(struct turns *t) {
    while (t->i < t->words && t->word[t->i] == 0) {
        t->i++;
    }
    if (t->i == t->words) {
        return t->columns;
    }
    uint64_t *word = &t->word[t->i];
    size_t at = 64 * t->i + (size_t)__builtin_ctzll(*word);
    *word &= *word - 1;
    return at;
}

static void fill_row(struct lay_mask *m, size_t row, uint16_t value) {
    struct turns t = turns_of(m, row);
    uint16_t *cells = m->cells + row * m->columns;
    for (size_t on; (on = next_turn(&t)) < m->columns;) {
        fill_cells(cells + on, next_turn(&t) - on, value);
    }
}

/* The same as runs, after the n that the mask has; returns how many it has then. */
static size_t run_row(struct lay_mask *m, size_t row, size_t n) {
    struct turns t = turns_of(m, row);
    for (size_t on; (on = next_turn(&t)) < m->columns;) {
        struct lay_mask_span run = {on, next_turn(&t)};
        IM_PUSH(m->arena, m->runs, n, m->run_cap, run);
    }
    return n;
}

static void cross_all(const struct lay_mask *mask, const struct im_paths *paths) {
    for (size_t i = 0; i < paths->n; i++) {
        const struct im_path *p = &paths->v[i];
        for (size_t k = 0; k < p->n; k++) {
            cross(mask, p->v[k], p->v[k + 1 < p->n ? k + 1 : 0]);
        }
    }
}

void lay_mask_fill(struct lay_mask *mask, const struct im_paths *paths,
                   uint16_t value) {
    cross_all(mask, paths);
    struct im_rect b = bounds_of(paths);
    size_t last = first_middle(b.y + b.h - mask->rect.y, mask->rows);
    for (size_t row = first_middle(b.y - mask->rect.y, mask->rows); row < last; row++) {
        fill_row(mask, row, value);
    }
}

void lay_mask_area(struct lay_mask *mask, struct im_rect rect,
                   const struct im_paths *paths) {
    struct im_rect b = bounds_of(paths);
    struct stretch x = stretch_of(b.x - rect.x, b.x + b.w - rect.x, cells_in(rect.w));
    struct stretch y = stretch_of(b.y - rect.y, b.y + b.h - rect.y, cells_in(rect.h));
    double left = (double)x.first * LAY_MASK_CELL,
           top = (double)y.first * LAY_MASK_CELL;
    mask->rect = (struct im_rect){rect.x + left, rect.y + top,
                                  fmin((double)x.end * LAY_MASK_CELL, rect.w) - left,
                                  fmin((double)y.end * LAY_MASK_CELL, rect.h) - top};
    mask->columns = x.end - x.first;
    mask->rows = y.end - y.first;
    cross_all(mask, paths);
    mask->row_start[0] = 0;
    for (size_t row = 0; row < mask->rows; row++) {
        mask->row_start[row + 1] = run_row(mask, row, mask->row_start[row]);
    }
}

/* End of the run of equal cells that begins at x. */
static size_t run_end(const uint16_t *cells, size_t x, size_t n) {
    uint64_t four = cells[x] * UINT64_C(0x0001000100010001), v;
    size_t end = x + 1;
    for (; end + 4 <= n; end += 4) {
        memcpy(&v, cells + end, sizeof v);
        if (v != four) {
            break;
        }
    }
    while (end < n && cells[end] == cells[x]) {
        end++;
    }
    return end;
}

void lay_mask_finish(struct lay_mask *mask) {
    for (size_t row = 0; row < mask->rows; row++) {
        const uint16_t *cells = mask->cells + row * mask->columns;
        uint16_t *ends = mask->ends + row * mask->columns;
        for (size_t x = 0, end; x < mask->columns; x = end) {
            end = run_end(cells, x, mask->columns);
            fill_cells(ends + x, end - x, (uint16_t)end);
        }
    }
}

/* Count a run of cells in. */
static void count_in(struct lay_mask_extent *e, size_t row, size_t first, size_t n) {
    size_t last = first + n - 1;
    e->x0 = e->n == 0 || first < e->x0 ? first : e->x0;
    e->x1 = e->n == 0 || last > e->x1 ? last : e->x1;
    e->y0 = e->n == 0 ? row : e->y0;
    e->y1 = row;
    e->widest = n > e->widest ? n : e->widest;
    e->x += (double)n * (double)(first + last) / 2;
    e->y += (double)n * (double)row;
    e->n += n;
}

struct lay_mask_extent *lay_mask_extents(struct im_arena *arena,
                                         const struct lay_mask *mask, size_t count) {
    struct lay_mask_extent *out = im_alloc(arena, count + 1, sizeof *out);
    for (size_t row = 0; row < mask->rows; row++) {
        size_t start = row * mask->columns, end;
        if (mask->cells == NULL) {
            for (size_t i = mask->row_start[row]; i < mask->row_start[row + 1]; i++) {
                const struct lay_mask_span *run = &mask->runs[i];
                count_in(&out[1], row, run->first, run->last - run->first);
            }
            continue;
        }
        for (size_t x = 0; x < mask->columns; x = end) {
            uint16_t value = mask->cells[start + x];
            end = mask->ends[start + x];
            if (value < count) {
                count_in(&out[value], row, x, end - x);
            }
        }
    }
    return out;
}
