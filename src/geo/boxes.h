/* One box over many, in whatever order they come. */
#ifndef IM_GEO_BOXES_H
#define IM_GEO_BOXES_H

#include "base/arena.h"
#include "geo/box.h"

/* Zeroed at first. */
struct im_boxes {
    struct im_window *v; /* wests in [-180, 180) */
    size_t n, cap;
};

void im_boxes_add(struct im_arena *arena, struct im_boxes *boxes, struct im_window w);

/* The box over all, one at least: the widest gap of longitude between them stays
 * outside. Where none leaves less than half a turn, that at the antimeridian does
 * unless another is much wider: a map of the world has Greenwich in its middle, or the
 * Pacific when all lies around that. The windows are sorted. */
struct im_box im_boxes_over(const struct im_boxes *boxes);

#endif
