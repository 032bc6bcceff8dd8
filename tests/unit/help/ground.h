/* Lengths and areas on the ellipsoid, and what lies in an area. */
#ifndef IM_TEST_GROUND_H
#define IM_TEST_GROUND_H

#include "geo/geo.h"

/* Length of a chain, metres; area of a ring, square metres (positive). */
double ground_length(const struct im_line *line);
double ground_area(const struct im_line *ring);
/* Is p inside outers and holes together (even-odd, degrees as plane)? */
bool ground_has(const struct im_lines *rings, struct im_lonlat p);

#endif
