/* Which way the rings of an area run. */
#ifndef IM_GEO_ORIENT_H
#define IM_GEO_ORIENT_H

#include "geo/geo.h"

/*
 * Turn the rings of one area, in degrees, so that the inside is on the right hand of
 * each. Outer rings may run either way in the input; a ring against the sense of the
 * largest one is a hole when it lies in another ring. Edges go the short way round; a
 * ring around a pole has that pole inside.
 */
void im_rings_orient(struct im_arena *arena, struct im_lines *rings);

#endif
