/* Masks are made: closed paths become runs of cells. */
#include "layout/mask.h"

#include <math.h>
#include <string.h>

static size_t cells_in(double length) {
    return (size_t)ceil(fmax(length, 1) / LAY_MASK_CELL);
}

/* Words of a row's turns: a bit for each cell and one for its end. */
static size_t words_of(const struct lay_mask *m) {
    return m->columns / 64 + 1;
}

/* A run of a fill, in its row. */
struct lay_mask_fill {
    uint32_t row;
    struct lay_mask_run run;
};

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

struct lay_mask *lay_mask_new(struct im_arena *arena, struct im_rect rect) {
    struct lay_mask *m = lay_mask_alone(arena, rect);
    m->fill_cap = 4 * m->rows;
    m->fills = im_alloc_raw(arena, m->fill_cap, sizeof *m->fills);
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
    double i = at / LAY_MASK_CELL - 0.5;
    if (i <= 0 || i > (double)n - 1) {
        return i <= 0 ? 0 : n;
    }
    size_t whole = (size_t)i;
    return whole + ((double)whole < i);
}

/* Turn over, in each of the rows first to last (exclusive), which the edge crosses, the
 * cell from which on it counts. */
static void cross(const struct lay_mask *m, struct im_pt low, struct im_pt high,
                  size_t first, size_t last) {
    for (size_t row = first; row < last; row++) {
        double y = m->rect.y + ((double)row + 0.5) * LAY_MASK_CELL;
        double x = low.x + (high.x - low.x) * (y - low.y) / (high.y - low.y);
        size_t at = first_middle(x - m->rect.x, m->columns);
        m->turns[row * words_of(m) + at / 64] ^= (uint64_t)1 << at % 64;
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

/* The next run between turns; false: there is none. */
static bool next_run(struct turns *t, uint16_t value, struct lay_mask_run *run) {
    size_t on = next_turn(t);
    if (on < t->columns) {
        *run = (struct lay_mask_run){(uint32_t)on, (uint32_t)next_turn(t), value};
    }
    return on < t->columns;
}

static void cross_all(const struct lay_mask *mask, const struct im_paths *paths) {
    for (size_t i = 0; i < paths->n; i++) {
        const struct im_path *p = &paths->v[i];
        struct im_pt a = p->n > 0 ? p->v[p->n - 1] : (struct im_pt){0, 0};
        size_t from = first_middle(a.y - mask->rect.y, mask->rows);
        for (size_t k = 0; k < p->n; k++) {
            struct im_pt b = p->v[k];
            size_t to = first_middle(b.y - mask->rect.y, mask->rows);
            if (from < to) {
                cross(mask, a, b, from, to);
            } else if (to < from) {
                cross(mask, b, a, to, from);
            }
            a = b;
            from = to;
        }
    }
}

void lay_mask_fill(struct lay_mask *mask, const struct im_paths *paths,
                   uint16_t value) {
    cross_all(mask, paths);
    struct im_rect b = bounds_of(paths);
    size_t last = first_middle(b.y + b.h - mask->rect.y, mask->rows);
    for (size_t row = first_middle(b.y - mask->rect.y, mask->rows); row < last; row++) {
        struct turns t = turns_of(mask, row);
        struct lay_mask_fill fill = {.row = (uint32_t)row};
        while (next_run(&t, value, &fill.run)) {
            IM_PUSH(mask->arena, mask->fills, mask->fill_count, mask->fill_cap, fill);
        }
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
    size_t n = 0;
    for (size_t row = 0; row < mask->rows; row++) {
        struct turns t = turns_of(mask, row);
        struct lay_mask_run run;
        mask->row_start[row] = n;
        while (next_run(&t, 1, &run)) {
            IM_PUSH(mask->arena, mask->runs, n, mask->run_cap, run);
        }
    }
    mask->row_start[mask->rows] = n;
}

/* Runs of one row, whose columns begin `shift` to the left of those of another mask. */
struct cutters {
    const struct lay_mask_run *v;
    size_t n;
    long shift;
};

/* What of a run none of the cutters covers, into out; returns how many. */
static size_t cut_run(struct lay_mask_run run, struct cutters by,
                      struct lay_mask_run *out) {
    size_t n = 0;
    long at = run.first, end = run.last;
    for (size_t i = 0; i < by.n && at < end; i++) {
        long first = (long)by.v[i].first - by.shift,
             last = (long)by.v[i].last - by.shift;
        if (last <= at || first >= end) {
            continue;
        }
        if (first > at) {
            out[n++] = (struct lay_mask_run){(uint32_t)at, (uint32_t)first, run.value};
        }
        at = last;
    }
    if (at < end) {
        out[n++] = (struct lay_mask_run){(uint32_t)at, run.last, run.value};
    }
    return n;
}

static long cells_between(double from, double to) {
    return lround((to - from) / LAY_MASK_CELL);
}

/* Those of `other` in a row of the mask. */
static struct cutters cutters_of(const struct lay_mask *mask, size_t row,
                                 const struct lay_mask *other) {
    long there = (long)row + cells_between(other->rect.y, mask->rect.y);
    struct cutters out = {.shift = cells_between(other->rect.x, mask->rect.x)};
    if (there >= 0 && there < (long)other->rows) {
        out.v = other->runs + other->row_start[there];
        out.n = other->row_start[there + 1] - other->row_start[there];
    }
    return out;
}

void lay_mask_cut(struct lay_mask *mask, const struct lay_mask *other) {
    size_t most = mask->row_start[mask->rows] + other->row_start[other->rows], n = 0;
    struct lay_mask_run *out = im_alloc_raw(mask->arena, most + 1, sizeof *out);
    for (size_t row = 0, i = 0; row < mask->rows; row++) {
        struct cutters by = cutters_of(mask, row, other);
        size_t end = mask->row_start[row + 1];
        mask->row_start[row] = n;
        for (; i < end; i++) {
            n += cut_run(mask->runs[i], by, out + n);
        }
    }
    mask->row_start[mask->rows] = n;
    mask->runs = out;
    mask->run_cap = most + 1;
}

/* The fills in the order of their rows, those of a row in the order in which they
 * were; row_start says where each row's begin. */
static struct lay_mask_run *by_rows(struct lay_mask *mask) {
    struct lay_mask_run *out =
        im_alloc_raw(mask->arena, mask->fill_count + 1, sizeof *out);
    size_t *start = mask->row_start, before = 0;
    memset(start, 0, (mask->rows + 1) * sizeof *start);
    for (size_t i = 0; i < mask->fill_count; i++) {
        start[mask->fills[i].row]++;
    }
    for (size_t row = 0; row <= mask->rows; row++) {
        size_t n = start[row];
        start[row] = before;
        before += n;
    }
    for (size_t i = 0; i < mask->fill_count; i++) {
        out[start[mask->fills[i].row]++] = mask->fills[i].run;
    }
    memmove(start + 1, start, mask->rows * sizeof *start);
    start[0] = 0;
    return out;
}

/* From left to right; false: some cover others. */
static bool set_in_order(const struct lay_mask_run *in, size_t n,
                         struct lay_mask_run *out) {
    bool apart = true;
    for (size_t i = 0; i < n; i++) {
        size_t at = i;
        for (; at > 0 && out[at - 1].first > in[i].first; at--) {
            out[at] = out[at - 1];
        }
        out[at] = in[i];
    }
    for (size_t i = 1; i < n; i++) {
        apart = apart && out[i - 1].last <= out[i].first;
    }
    return apart;
}

/* What is seen of n runs of which each covers those before it; returns how many runs
 * that are, at most 2 n. */
static size_t paint(const struct lay_mask *m, const struct lay_mask_run *in, size_t n,
                    struct lay_mask_run *out) {
    uint16_t *cells = im_alloc(m->arena, m->columns, sizeof *cells);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        for (uint32_t x = in[i].first; x < in[i].last; x++) {
            cells[x] = in[i].value;
        }
    }
    for (uint32_t x = 0, end; x < m->columns; x = end) {
        for (end = x + 1; end < m->columns && cells[end] == cells[x]; end++) {
        }
        if (cells[x] != 0) {
            out[count++] = (struct lay_mask_run){x, end, cells[x]};
        }
    }
    return count;
}

void lay_mask_finish(struct lay_mask *mask) {
    const struct lay_mask_run *in = by_rows(mask);
    size_t n = 0, from = 0;
    mask->run_cap = 2 * mask->fill_count + 1;
    mask->runs = im_alloc_raw(mask->arena, mask->run_cap, sizeof *mask->runs);
    for (size_t row = 0; row < mask->rows; row++) {
        size_t k = mask->row_start[row + 1] - from;
        bool apart = set_in_order(in + from, k, mask->runs + n);
        mask->row_start[row] = n;
        n += apart ? k : paint(mask, in + from, k, mask->runs + n);
        from += k;
    }
    mask->row_start[mask->rows] = n;
}
