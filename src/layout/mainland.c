/*
 * The largest parts of an area of a mask: runs of cells row by row, those of rows that
 * follow each other joined where they touch (also by a corner), as in the two-pass
 * labelling of connected components (Rosenfeld and Pfaltz 1966), but on runs.
 */
#include "layout/mask.h"

#define AS_LARGE 2 /* a part of at least 1/AS_LARGE of the largest one is kept */

struct run {
    struct lay_mask_run at;
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
        size_t begin = runs.n;
        for (size_t i = mask->row_start[row]; i < mask->row_start[row + 1]; i++) {
            const struct lay_mask_run *at = &mask->runs[i];
            if (at->value == value) {
                struct run run = {*at, row, runs.n, at->last - at->first};
                IM_PUSH(arena, runs.v, runs.n, runs.cap, run);
                join_above(&runs, above, begin);
            }
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
                struct lay_mask_run at = runs.v[i].at;
                at.value = 1;
                IM_PUSH(arena, out->runs, n, out->run_cap, at);
            }
        }
    }
    out->row_start[out->rows] = n;
    return out;
}
