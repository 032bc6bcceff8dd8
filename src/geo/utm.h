/* Universal Transverse Mercator on the WGS 84 ellipsoid. */
#ifndef IM_GEO_UTM_H
#define IM_GEO_UTM_H

#include "geo/geo.h"

/* A position of the grid: zone 1..60; metres, with the false easting of 500 km and, in
 * the south, the false northing of 10,000 km. */
struct im_utm {
    int zone;
    bool south;
    double easting, northing;
};

/* Position of a point of the grid; right to a micrometre within 20 degrees of the
 * zone's meridian. */
struct im_lonlat im_utm_inverse(const struct im_utm *grid);
/* The grid's point in a zone, for latitudes below 89 degrees; `south` as the latitude
 * is. */
struct im_utm im_utm_forward(struct im_lonlat p, int zone);
/* Zone of a position by its longitude alone (Norway and Svalbard have others). */
int im_utm_zone(double lon);

#endif
