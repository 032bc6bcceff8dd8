/* Coordinates as text: decimal degrees, with hemisphere letters, or degrees-minutes-seconds. */
#ifndef IM_FORMATS_COORDS_H
#define IM_FORMATS_COORDS_H

#include "geo/geo.h"

/* One angle, e.g. "41.5", "41,5", "41°30'15\"N", "45 30 E"; degrees. `axis` is 'N' for a
 * latitude, 'E' for a longitude; the other axis's letter or a value out of range: false. */
bool im_angle_parse(const char *s, size_t n, char axis, double *out);

#endif
