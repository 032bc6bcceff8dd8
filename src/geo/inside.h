/* Where points lie, and how large rings are. */
#ifndef IM_GEO_INSIDE_H
#define IM_GEO_INSIDE_H

#include "geo/geo.h"

/* Is p inside the ring (even-odd, half-open edges, longitudes as stored)? */
bool im_ring_contains(const struct im_line *ring, struct im_lonlat p);
/* Is p inside an area given by outers and holes together (even-odd)? */
bool im_paths_contain(const struct im_paths *paths, struct im_pt p);

/*
 * Is p inside the ring on the globe? Edges go the short way round (clip.h); a ring
 * around a pole holds the pole that it is nearer to. A point on the ring's part along a
 * pole is outside. Uses the arena for a copy.
 */
bool im_ring_holds(struct im_arena *arena, const struct im_line *ring,
                   struct im_lonlat p);

/* Plane area, positive when counter-clockwise with y up; degrees squared. */
double im_ring_area(const struct im_line *ring);
/* The same in square points; positive when clockwise as seen (y is down). */
double im_path_area(const struct im_path *path);

#endif
