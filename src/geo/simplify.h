/* Fewer vertices where the eye cannot tell. */
#ifndef IM_GEO_SIMPLIFY_H
#define IM_GEO_SIMPLIFY_H

#include "geo/geo.h"

/*
 * Drop vertices in place so that no dropped one lies farther than `tolerance` points
 * from the path that is left (Ramer 1972, Douglas & Peucker 1973). Ends stay; a closed
 * path keeps its first vertex and the one farthest from it, and at least 3 in all.
 */
void im_simplify(struct im_arena *arena, struct im_path *path, double tolerance);
/* The same as marks: keep[i] = 1 for the vertices that stay, keep has path->n zeros on
 * entry. */
void im_simplify_marks(const struct im_path *path, double tolerance, char *keep);

#endif
