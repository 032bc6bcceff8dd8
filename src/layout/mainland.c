/*
 * The largest parts of an area of a mask: runs of cells row by row, those of rows that
 * follow each other joined where they touch (also by a corner), as in the two-pass
 * labelling of connected components (Rosenfeld and Pfaltz 1966), but on runs.
 */
#include "layout/mask.h"

#define AS_LARGE 2 /* a part of at least 1/AS_LARGE of the largest one is kept */

struct run {
    struct lay_mask_span at;
    size_t row;
    size_t part;  /* index of a run of the same part; its own: this one stands for it */
    size_t cells; /* of the part, in the run that stands for it */
};

struct runs {
    struct run *v;
    size_t n, cap;
};

static size_t part_of(struct run *v, size_t i) {
    while (v[i].part != i) {
        v[i].part = v[v[i].part].part;
        i = v[i].part;
    }
    return i;
}

static void join(struct run *v, size_t a, size_t b) {
    a = part_of(v, a);
    b = part_of(v, b);
    if (a != b) {
        v[b].part = a;
        v[a].cells += v[b].cells;
    }
}

/* The run comes last; those of the row above it are above..end. */
static void join_above(struct runs *runs, size_t above, size_t end) {
    const struct run *own = &runs->v[runs->n - 1];
    for (size_t i = above; i < end; i++) {
        if (runs->v[i].at.first <= own->at.last &&
            own->at.first <= runs->v[i].at.last) {
            join(runs->v, i, runs->n - 1);
        }
    }
}

static struct runs runs_of(struct im_arena *arena, const struct lay_mask *mask,
                           uint16_t value, const struct lay_mask_extent *e) {
    struct runs runs = {0};
    size_t above = 0;
    for (size_t row = e->y0; row <= e->y1; row++) {
        size_t begin = runs.n, end;
        for (size_t x = e->x0; x <= e->x1; x = end) {
            end = mask->ends[row * mask->columns + x];
            if (mask->cells[row * mask->columns + x] != value) {
                continue;
            }
            struct run run = {{x, end}, row, runs.n, end - x};
            IM_PUSH(arena, runs.v, runs.n, runs.cap, run);
            join_above(&runs, above, begin);
        }
        above = begin;
    }
    return runs;
}

struct lay_mask *lay_mask_main(struct im_arena *arena, const struct lay_mask *mask,
                               uint16_t value, const struct lay_mask_extent *extent) {
    struct lay_mask *out = lay_mask_runs(arena, mask->rect);
    struct runs runs = {0};
    size_t largest = 0, i = 0, n = 0;
    if (extent->n > 0) {
        runs = runs_of(arena, mask, value, extent);
    }
    for (size_t k = 0; k < runs.n; k++) {
        size_t cells = runs.v[part_of(runs.v, k)].cells;
        largest = cells > largest ? cells : largest;
    }
    for (size_t row = 0; row < out->rows; row++) {
        out->row_start[row] = n;
        for (; i < runs.n && runs.v[i].row == row; i++) {
            if (AS_LARGE * runs.v[part_of(runs.v, i)].cells >= largest) {
                IM_PUSH(arena, out->runs, n, out->run_cap, runs.v[i].at);
            }
        }
    }
    out->row_start[out->rows] = n;
    return out;
}

/* What lies beyond the edges of an area's cells. */
struct edges {
    size_t sea, land;
};

static void count_edge(struct edges *n, uint16_t beyond, uint16_t value) {
    n->sea += beyond == 0;
    n->land += beyond != 0 && beyond != value;
}

double lay_mask_seaside(const struct lay_mask *mask, uint16_t value,
                        const struct lay_mask_extent *e) {
    struct edges n = {0, 0};
    for (size_t row = e->y0; e->n > 0 && row <= e->y1; row++) {
        const uint16_t *at = mask->cells + row * mask->columns;
        for (size_t x = e->x0; x <= e->x1; x++) {
            if (at[x] != value) {
                continue;
            }
            count_edge(&n, x > 0 ? at[x - 1] : value, value);
            count_edge(&n, x + 1 < mask->columns ? at[x + 1] : value, value);
            count_edge(&n, row > 0 ? *(at + x - mask->columns) : value, value);
            count_edge(&n, row + 1 < mask->rows ? at[x + mask->columns] : value, value);
        }
    }
    return n.sea == 0 ? 0 : (double)n.sea / (double)(n.sea + n.land);
}
