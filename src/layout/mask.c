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

static size_t cell_of(double at, size_t n) {
    double i = at / LAY_MASK_CELL;
    return i <= 0 ? 0 : i >= (double)n ? n - 1 : (size_t)i;
}

uint16_t lay_mask_at(const struct lay_mask *mask, struct im_pt p) {
    double x = p.x - mask->rect.x;
    double y = p.y - mask->rect.y;
    if (x < 0 || y < 0 || x > mask->rect.w || y > mask->rect.h) {
        return 0;
    }
    return mask
        ->cells[cell_of(y, mask->rows) * mask->columns + cell_of(x, mask->columns)];
}

/* The cells that a rectangle meets, those outside the grid left out. */
struct part {
    size_t left, right, top, low;
};

static struct part part_of(const struct lay_mask *mask, struct im_rect r) {
    double x = r.x - mask->rect.x;
    double y = r.y - mask->rect.y;
    return (struct part){cell_of(x, mask->columns), cell_of(x + r.w, mask->columns),
                         cell_of(y, mask->rows), cell_of(y + r.h, mask->rows)};
}

static bool in_grid(const struct lay_mask *mask, struct im_rect r) {
    double x = r.x - mask->rect.x;
    double y = r.y - mask->rect.y;
    return x >= 0 && y >= 0 && x + r.w <= mask->rect.w && y + r.h <= mask->rect.h;
}

/* Is there a run of the row from `left` to beyond `right`? */
static bool run_holds(const struct lay_mask *mask, size_t row, size_t left,
                      size_t right) {
    size_t i = mask->row_start[row], end = mask->row_start[row + 1];
    while (i < end && mask->runs[i].last <= right) {
        i++;
    }
    return i < end && mask->runs[i].first <= left;
}

bool lay_mask_holds(const struct lay_mask *mask, struct im_rect r, uint16_t value) {
    if (!in_grid(mask, r)) {
        return false;
    }
    struct part p = part_of(mask, r);
    for (size_t row = p.top; row <= p.low; row++) {
        if (mask->cells == NULL) {
            if (!run_holds(mask, row, p.left, p.right)) {
                return false;
            }
            continue;
        }
        size_t at = row * mask->columns + p.left;
        if (mask->cells[at] != value || mask->ends[at] <= p.right) {
            return false;
        }
    }
    return true;
}

/* The next run of the value in the row from *at on; false: there is none. */
static bool next_run(const struct lay_mask *m, size_t row, uint16_t value, size_t *at,
                     struct lay_mask_span *run) {
    if (m->cells == NULL) {
        size_t i = m->row_start[row] + (*at)++;
        *run = i < m->row_start[row + 1] ? m->runs[i] : (struct lay_mask_span){0, 0};
        return run->last > 0;
    }
    const uint16_t *cells = m->cells + row * m->columns;
    const uint16_t *ends = m->ends + row * m->columns;
    size_t x = *at;
    while (x < m->columns && cells[x] != value) {
        x = ends[x];
    }
    run->first = x;
    run->last = *at = x < m->columns ? ends[x] : x;
    return x < m->columns;
}

/* What n runs and those of the row have in common, where that is long enough. */
static size_t cut_runs(const struct lay_mask *m, size_t row, struct lay_mask_wish wish,
                       const struct lay_mask_span *in, size_t n,
                       struct lay_mask_span *out) {
    struct lay_mask_span run;
    size_t at = 0, k = 0, count = 0;
    while (k < n && next_run(m, row, wish.value, &at, &run)) {
        while (k < n && in[k].last <= run.first) {
            k++;
        }
        for (size_t i = k; i < n && in[i].first < run.last; i++) {
            size_t first = in[i].first > run.first ? in[i].first : run.first;
            size_t last = in[i].last < run.last ? in[i].last : run.last;
            if (last >= first + wish.need) {
                out[count++] = (struct lay_mask_span){first, last};
            }
        }
    }
    return count;
}

size_t lay_mask_band(const struct lay_mask *mask, struct im_rect r,
                     struct lay_mask_wish wish, struct lay_mask_span *out) {
    struct im_rect any = {mask->rect.x, r.y, 0, r.h};
    struct lay_mask_span *from = out, *to = out + mask->columns / wish.need + 1;
    size_t n = 1;
    if (!in_grid(mask, any)) {
        return 0;
    }
    struct part p = part_of(mask, any);
    from[0] = (struct lay_mask_span){0, mask->columns};
    for (size_t i = 0; i <= p.low - p.top && n > 0; i++) {
        // the lowest one early: where nothing fits, that is mostly why
        size_t row = i == 0 ? p.top : i == 1 ? p.low : p.top + i - 1;
        n = cut_runs(mask, row, wish, from, n, to);
        struct lay_mask_span *swap = from;
        from = to;
        to = swap;
    }
    if (from != out) {
        memcpy(out, from, n * sizeof *out);
    }
    return n;
}

bool lay_mask_band_holds(const struct lay_mask *mask, const struct lay_mask_span *runs,
                         size_t n, struct im_rect r) {
    double x = r.x - mask->rect.x;
    if (n == 0 || x < 0 || x + r.w > mask->rect.w) {
        return false;
    }
    size_t left = cell_of(x, mask->columns), right = cell_of(x + r.w, mask->columns);
    size_t i = 0;
    while (i < n && runs[i].last <= right) {
        i++;
    }
    return i < n && runs[i].first <= left;
}

bool lay_mask_only(const struct lay_mask *mask, struct im_rect r, uint16_t value) {
    if (!in_grid(mask, r)) {
        return false;
    }
    struct part p = part_of(mask, r);
    for (size_t row = p.top; row <= p.low; row++) {
        const uint16_t *cells = mask->cells + row * mask->columns;
        const uint16_t *ends = mask->ends + row * mask->columns;
        for (size_t x = p.left; x <= p.right; x = ends[x]) {
            if (cells[x] != 0 && cells[x] != value) {
                return false;
            }
        }
    }
    return true;
}

bool lay_mask_most(const struct lay_mask *mask, struct im_rect r, uint16_t value) {
    struct part p = part_of(mask, r);
    size_t own = 0, others = 0;
    for (size_t row = p.top; row <= p.low; row++) {
        const uint16_t *cells = mask->cells + row * mask->columns;
        const uint16_t *ends = mask->ends + row * mask->columns;
        for (size_t x = p.left, end; x <= p.right; x = end) {
            end = ends[x];
            size_t n = (end <= p.right ? end : p.right + 1) - x;
            own += cells[x] == value ? n : 0;
            others += cells[x] != value && cells[x] != 0 ? n : 0;
        }
    }
    return own > 0 && own >= others;
}

double lay_mask_share(const struct lay_mask *mask, struct im_rect r, uint16_t value) {
    struct part p = part_of(mask, r);
    size_t own = 0;
    for (size_t row = p.top; row <= p.low; row++) {
        const uint16_t *cells = mask->cells + row * mask->columns;
        const uint16_t *ends = mask->ends + row * mask->columns;
        for (size_t x = p.left, end; x <= p.right; x = end) {
            end = ends[x];
            own += cells[x] == value ? (end <= p.right ? end : p.right + 1) - x : 0;
        }
    }
    return (double)own / (double)((p.right - p.left + 1) * (p.low - p.top + 1));
}

bool lay_mask_meets(const struct lay_mask *alone, struct im_rect r) {
    struct part p = part_of(alone, r);
    for (size_t i = alone->row_start[p.top]; i < alone->row_start[p.low + 1]; i++) {
        if (alone->runs[i].first <= p.right && alone->runs[i].last > p.left) {
            return true;
        }
    }
    return false;
}
