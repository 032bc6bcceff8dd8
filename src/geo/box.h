/* Boxes of longitude and latitude, also across the antimeridian. */
#ifndef IM_GEO_BOX_H
#define IM_GEO_BOX_H

#include "geo/geo.h"

/* A plain window: west < east always holds; longitudes may leave [-180, 180]. */
struct im_window {
    double west, south, east, north; /* degrees */
};

/* The longitude that differs from `lon` by whole turns and lies in
 * [centre - 180, centre + 180). Not finite: returned as it is. */
double im_lon_near(double lon, double centre);

/* The box as a window: east grows by 360 when the box crosses the antimeridian. */
static inline struct im_window im_box_window(struct im_box box) {
    double east = box.east < box.west ? box.east + 360 : box.east;
    return (struct im_window){box.west, box.south, east, box.north};
}
/* The window as a box; a window of a full turn or more becomes -180..180. */
struct im_box im_window_box(struct im_window w);

/* Degrees of longitude that the box spans, (0, 360]. */
double im_box_width(struct im_box box);
struct im_lonlat im_box_middle(struct im_box box);
/* Borders belong to the box. */
bool im_box_contains(struct im_box box, struct im_lonlat p);
/* Do two windows meet after shifting b by whole turns? Most do not, by their latitudes
 * alone. */
bool im_longitudes_meet(struct im_window a, struct im_window b);
static inline bool im_window_meets(struct im_window a, struct im_window b) {
    return b.south <= a.north && b.north >= a.south && im_longitudes_meet(a, b);
}
static inline bool im_box_meets(struct im_box a, struct im_box b) {
    return im_window_meets(im_box_window(a), im_box_window(b));
}

/* Box of a chain as stored, without looking for the antimeridian. n == 0: all zero. */
struct im_box im_line_box(const struct im_line *line);
#endif
