/* Inside the room: rings cut at a window that lies on the same turn of the globe. */
#ifndef IM_GEO_CUT_H
#define IM_GEO_CUT_H

#include "geo/box.h"

/* Append a vertex, if it is not the last one again. */
static inline void im_add_apart(struct im_arena *arena, struct im_line *line,
                                size_t *cap, struct im_lonlat p) {
    if (line->n > 0 && line->v[line->n - 1].lon == p.lon &&
        line->v[line->n - 1].lat == p.lat) {
        return;
    }
    IM_PUSH(arena, line->v, line->n, *cap, p);
}

/* What a window leaves of a ring whose box is known (Sutherland & Hodgman 1974);
 * n < 3: nothing. It shares its vertices where nothing is cut. */
struct im_line im_cut_ring(struct im_arena *arena, const struct im_line *ring,
                           struct im_box box, struct im_window w);

#endif
