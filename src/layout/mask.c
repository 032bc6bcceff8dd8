/* What masks are asked. */
#include "layout/mask.h"

#include <string.h>

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
        for (size_t i = mask->row_start[row]; i < mask->row_start[row + 1]; i++) {
            const struct lay_mask_run *run = &mask->runs[i];
            if (run->value < count) {
                count_in(&out[run->value], row, run->first, run->last - run->first);
            }
        }
    }
    return out;
}

static size_t cell_of(double at, size_t n) {
    double i = at / LAY_MASK_CELL;
    return i <= 0 ? 0 : i >= (double)n ? n - 1 : (size_t)i;
}

/* Some runs beside each other. */
struct runs {
    const struct lay_mask_run *at, *end;
};

/* Those of the row that reach beyond the column or begin there. */
static struct runs runs_from(const struct lay_mask *m, size_t row, size_t column) {
    const struct lay_mask_run *v = m->runs + m->row_start[row];
    size_t n = m->row_start[row + 1] - m->row_start[row];
    struct runs out = {v, v + n};
    while (n > 0) {
        size_t half = n / 2;
        bool before = out.at[half].last <= column;
        out.at += before ? half + 1 : 0;
        n = before ? n - half - 1 : half;
    }
    return out;
}

uint16_t lay_mask_cell(const struct lay_mask *mask, size_t row, size_t column) {
    struct runs r = runs_from(mask, row, column);
    return r.at < r.end && r.at->first <= column ? r.at->value : 0;
}

uint16_t lay_mask_at(const struct lay_mask *mask, struct im_pt p) {
    double x = p.x - mask->rect.x;
    double y = p.y - mask->rect.y;
    if (x < 0 || y < 0 || x > mask->rect.w || y > mask->rect.h) {
        return 0;
    }
    return lay_mask_cell(mask, cell_of(y, mask->rows), cell_of(x, mask->columns));
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

bool lay_mask_holds(const struct lay_mask *mask, struct im_rect r, uint16_t value) {
    if (!in_grid(mask, r)) {
        return false;
    }
    struct part p = part_of(mask, r);
    for (size_t row = p.top; row <= p.low; row++) {
        struct runs v = runs_from(mask, row, p.left);
        if (v.at == v.end || v.at->first > p.left || v.at->last <= p.right ||
            v.at->value != value) {
            return false;
        }
    }
    return true;
}

/* What n runs and those of the row have in common, where that is long enough. */
static size_t cut_runs(const struct lay_mask *m, size_t row, struct lay_mask_wish wish,
                       const struct lay_mask_span *in, size_t n,
                       struct lay_mask_span *out) {
    size_t k = 0, count = 0;
    struct runs v = runs_from(m, row, in[0].first);
    for (; v.at < v.end && k < n; v.at++) {
        uint32_t first = v.at->first, last = v.at->last;
        if (v.at->value != wish.value || last - first < wish.need) {
            continue;
        }
        while (k < n && in[k].last <= first) {
            k++;
        }
        for (size_t i = k; i < n && in[i].first < last; i++) {
            uint32_t from = in[i].first > first ? in[i].first : first;
            uint32_t to = in[i].last < last ? in[i].last : last;
            if (to >= from + wish.need) {
                out[count++] = (struct lay_mask_span){from, to};
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
    from[0] = (struct lay_mask_span){0, (uint32_t)mask->columns};
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
        struct runs v = runs_from(mask, row, p.left);
        for (; v.at < v.end && v.at->first <= p.right; v.at++) {
            if (v.at->value != value) {
                return false;
            }
        }
    }
    return true;
}

/* Cells of the value, and of other areas, that the part has. */
struct count {
    size_t own, others;
};

static struct count count_of(const struct lay_mask *mask, const struct part *p,
                             uint16_t value) {
    struct count out = {0, 0};
    for (size_t row = p->top; row <= p->low; row++) {
        struct runs v = runs_from(mask, row, p->left);
        for (; v.at < v.end && v.at->first <= p->right; v.at++) {
            size_t first = v.at->first > p->left ? v.at->first : p->left;
            size_t last = v.at->last <= p->right ? v.at->last : p->right + 1;
            *(v.at->value == value ? &out.own : &out.others) += last - first;
        }
    }
    return out;
}

bool lay_mask_most(const struct lay_mask *mask, struct im_rect r, uint16_t value) {
    struct part p = part_of(mask, r);
    struct count c = count_of(mask, &p, value);
    return c.own > 0 && c.own >= c.others;
}

double lay_mask_share(const struct lay_mask *mask, struct im_rect r, uint16_t value) {
    struct part p = part_of(mask, r);
    struct count c = count_of(mask, &p, value);
    size_t all = (p.right - p.left + 1) * (p.low - p.top + 1);
    return (double)(value == 0 ? all - c.others : c.own) / (double)all;
}

bool lay_mask_meets(const struct lay_mask *mask, struct im_rect r) {
    struct part p = part_of(mask, r);
    for (size_t row = p.top; row <= p.low; row++) {
        struct runs v = runs_from(mask, row, p.left);
        if (v.at < v.end && v.at->first <= p.right) {
            return true;
        }
    }
    return false;
}

/* What lies beyond the edges of an area's cells. */
struct edges {
    size_t sea, land;
};

/* Beyond a run of the area the cells of another row, or of its own. */
static void count_edges(struct edges *n, const struct lay_mask *mask, size_t row,
                        struct lay_mask_run run) {
    struct part p = {run.first, run.last - 1, row, row};
    struct count c = count_of(mask, &p, run.value);
    n->land += c.others;
    n->sea += run.last - run.first - c.own - c.others;
}

double lay_mask_seaside(const struct lay_mask *mask, uint16_t value,
                        const struct lay_mask_extent *e) {
    struct edges n = {0, 0};
    for (size_t row = e->y0; e->n > 0 && row <= e->y1; row++) {
        for (size_t i = mask->row_start[row]; i < mask->row_start[row + 1]; i++) {
            struct lay_mask_run run = mask->runs[i];
            struct lay_mask_run left = {run.first - 1, run.first, value};
            struct lay_mask_run right = {run.last, run.last + 1, value};
            if (run.value != value) {
                continue;
            }
            if (run.first > 0) {
                count_edges(&n, mask, row, left);
            }
            if (run.last < mask->columns) {
                count_edges(&n, mask, row, right);
            }
            if (row > 0) {
                count_edges(&n, mask, row - 1, run);
            }
            if (row + 1 < mask->rows) {
                count_edges(&n, mask, row + 1, run);
            }
        }
    }
    return n.sea == 0 ? 0 : (double)n.sea / (double)(n.sea + n.land);
}
