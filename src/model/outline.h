/*
 * The outline of an area as text, for im_place.area: "g:" and rings in Google's encoded
 * polyline form (developers.google.com/maps/documentation/utilities/polylinealgorithm:
 * steps in 1e-5 degrees, latitude first), one after the other with a blank between.
 */
#ifndef IM_MODEL_OUTLINE_H
#define IM_MODEL_OUTLINE_H

#include "base/buf.h"
#include "geo/geo.h"

/* Write rings (degrees) with what is smaller than `tolerance` degrees of latitude left
 * out: at most some thousand vertices, the tolerance grows for it. Nothing when no ring
 * is as large. */
void im_outline_write(struct im_buf *out, const struct im_lines *rings,
                      double tolerance);
/* Write rings of at least 3 vertices as they are. */
void im_outline_put(struct im_buf *out, const struct im_lines *rings);
/* The rings of such a text, in the arena; false when it is none. */
bool im_outline_read(struct im_arena *arena, const char *text, struct im_lines *out);

#endif
