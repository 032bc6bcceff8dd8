/* Coordinates as text: decimal degrees, with hemisphere letters, or
 * degrees-minutes-seconds. */
#ifndef IM_FORMATS_COORDS_H
#define IM_FORMATS_COORDS_H

#include "geo/geo.h"

/* One angle, e.g. "41.5", "41,5", "41°30'15\"N", "45 30 E"; degrees. `axis` is 'N' for
 * a latitude, 'E' for a longitude; the other axis's letter or a value out of range:
 * false. */
bool im_angle_parse(const char *s, size_t n, char axis, double *out);

/* A pair in one text, latitude first unless letters say otherwise: "41.2,45.6",
 * "41,2; 45,6", "41°12'N 45°36'E", "E45.6 N41.2". False when it is no pair, is out of
 * range, or can be split in more than one way. */
bool im_coordinates_parse(const char *s, size_t n, struct im_lonlat *out);

#endif
