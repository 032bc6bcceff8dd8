/* Tables for people: cells in columns by their display width. */
#ifndef IM_GAZETTEER_TABLE_H
#define IM_GAZETTEER_TABLE_H

#include "gazetteer/gazetteer.h"

enum { GAZ_CELLS = 12 };
struct gaz_cells {
    const char *cell[GAZ_CELLS];
};

/* The text with control characters made visible. */
const char *gaz_visible(struct im_arena *arena, const char *s);
/* n rows of so many columns, indented; bit c of `right`: column c stands to the right.
 */
void gaz_put_rows(struct im_buf *buf, const struct gaz_cells *rows, size_t n,
                  size_t columns, unsigned right);
/* Name, kind, where, latitude, longitude, score, match with the terms of the score. */
struct gaz_cells gaz_place_cells(struct im_arena *arena, const struct im_candidate *c);

#endif
