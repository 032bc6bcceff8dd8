/* Which area covers which part of the map, as a grid of small cells: quick to ask,
 * right to about half a cell. Kept as runs of cells row by row. Inside layout only. */
#ifndef IM_LAYOUT_MASK_H
#define IM_LAYOUT_MASK_H

#include "geo/geo.h"
#include <stdint.h>

#define LAY_MASK_CELL 2.5 /* points */

/* Columns first to last (exclusive) of a row. */
struct lay_mask_span {
    uint32_t first, last;
};
struct lay_mask_run {
    uint32_t first, last;
    uint16_t value; /* never 0, which is that of cells of none of the areas */
};

struct lay_mask {
    struct im_arena *arena;
    struct im_rect rect;
    size_t columns, rows;
    /* From left to right; those of row i from runs[row_start[i]] on, rows + 1 of these.
     */
    struct lay_mask_run *runs;
    size_t *row_start, run_cap;
    /* While it is filled: bits of the edges that cross each row; what was filled. */
    uint64_t *turns;
    struct lay_mask_fill *fills;
    size_t fill_count, fill_cap;
};

/* Where the cells of one value are. */
struct lay_mask_extent {
    size_t x0, x1, y0, y1; /* cells, the last ones included */
    size_t n;              /* 0 = there is none */
    size_t widest;         /* most cells beside each other */
    double x, y;           /* sums of the cells' columns and rows */
};

struct lay_mask *lay_mask_new(struct im_arena *arena, struct im_rect rect);
/* A mask of one area after the other, for lay_mask_area; the value is 1. */
struct lay_mask *lay_mask_alone(struct im_arena *arena, struct im_rect rect);
/* The same without what lay_mask_area needs: it takes runs as they are. */
struct lay_mask *lay_mask_runs(struct im_arena *arena, struct im_rect rect);
/* Make it, over the same `rect`, that of one area: 1 within the closed paths. Only the
 * part that they can meet is kept, cell on cell. */
void lay_mask_area(struct lay_mask *mask, struct im_rect rect,
                   const struct im_paths *paths);
/* Cells whose middle lies inside the closed paths (even-odd) become `value`. */
void lay_mask_fill(struct lay_mask *mask, const struct im_paths *paths, uint16_t value);
/* After the last fill, before anything is asked. */
void lay_mask_finish(struct lay_mask *mask);
/* Leave those cells of a mask of lay_mask_area that are none of an area of `other`,
 * whose cells lie on the same grid. */
void lay_mask_cut(struct lay_mask *mask, const struct lay_mask *other);
/* Extents of the values 1..count-1; larger values are passed over. */
struct lay_mask_extent *lay_mask_extents(struct im_arena *arena,
                                         const struct lay_mask *mask, size_t count);
/* Value of the cell under p; 0 outside the grid. */
uint16_t lay_mask_at(const struct lay_mask *mask, struct im_pt p);
uint16_t lay_mask_cell(const struct lay_mask *mask, size_t row, size_t column);
/* Lies r in the grid, and have all cells that it meets the value, which is not 0? */
bool lay_mask_holds(const struct lay_mask *mask, struct im_rect r, uint16_t value);
/* Which runs are asked for: of a value but 0, at least `need` cells long, 1 or more. */
struct lay_mask_wish {
    uint16_t value;
    uint32_t need;
};
/* Runs of columns that have the value in all rows that a box as high as r, at its
 * height, meets; returns how many, 0 also where it leaves the grid. Room for twice
 * columns / need + 1. */
size_t lay_mask_band(const struct lay_mask *mask, struct im_rect r,
                     struct lay_mask_wish wish, struct lay_mask_span *out);
/* lay_mask_holds of a box of that height there, as the n runs say. */
bool lay_mask_band_holds(const struct lay_mask *mask, const struct lay_mask_span *runs,
                         size_t n, struct im_rect r);
/* lay_mask_holds, but cells of no area are allowed as well. */
bool lay_mask_only(const struct lay_mask *mask, struct im_rect r, uint16_t value);
/* Has r, as far as it lies in the grid, cells of the value, and no more of others? */
bool lay_mask_most(const struct lay_mask *mask, struct im_rect r, uint16_t value);
/* Share of the cells that r meets in the grid which have the value, 0 to 1. */
double lay_mask_share(const struct lay_mask *mask, struct im_rect r, uint16_t value);
/* mainland.c: of the area `value`, whose extent is given, the largest part (what hangs
 * together) and those at least half as large, as a mask of one area. */
struct lay_mask *lay_mask_main(struct im_arena *arena, const struct lay_mask *mask,
                               uint16_t value, const struct lay_mask_extent *extent);
/* Share of the area's outline beyond which there is no other area, 0 to 1. The grid's
 * sides do not count. */
double lay_mask_seaside(const struct lay_mask *mask, uint16_t value,
                        const struct lay_mask_extent *extent);
/* Does r, as far as it lies in the grid, meet an area? */
bool lay_mask_meets(const struct lay_mask *mask, struct im_rect r);

#endif
