/* The parts of an area that belong on one map of it. */
#ifndef IM_GEO_PARTS_H
#define IM_GEO_PARTS_H

#include "geo/geo.h"

/* Which rings of an area are its main part. */
struct im_main_part {
    bool *in;          /* by ring */
    struct im_box box; /* of those; -180..180 when they reach around the globe */
    double share;      /* of the area, 0 to 1: below 1 where some ring is not in it */
};

/*
 * The main part of an area, given as rings in degrees (edges go the short way round;
 * holes count as parts of what they lie in): the group of parts with the largest area,
 * and every other one of at least a quarter of that. Parts whose boxes are less than 2
 * degrees (222 km) apart, or 6 % of the diagonal of the largest one's box, are one
 * group. So islands along a coast are in it, possessions overseas are not. `rings->n`
 * is 1 or more; a ring has a vertex at least. Results and scratch are of the arena.
 */
struct im_main_part im_main_part(struct im_arena *arena, const struct im_lines *rings);

#endif
