/* Hatches: areas as parallel lines, for print without colour. Inside layout only. */
#ifndef IM_LAYOUT_HATCH_H
#define IM_LAYOUT_HATCH_H

#include "layout/category.h"

/* Lines across closed paths (even-odd), one of them through the middle of their box, so
 * that equal areas are hatched alike. hatch.gap > 0. */
struct im_item lay_hatch_item(struct im_arena *arena, const struct im_paths *area,
                              struct lay_hatch hatch, im_rgba colour);

/* Lines across the band of `half` points to each side of open paths, with round ends:
 * what a stroke of 2 * half covers; only inside `room`. hatch.gap > 0, half >= 0. */
struct im_item lay_hatch_band(struct im_arena *arena, const struct im_paths *paths,
                              double half, struct im_rect room, struct lay_hatch hatch,
                              im_rgba colour);

#endif
