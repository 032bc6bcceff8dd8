/* Pure plane and sphere geometry: one type per space. */
#ifndef IM_GEO_GEO_H
#define IM_GEO_GEO_H

#include "base/arena.h"
#include <stdbool.h>
#include <stddef.h>

struct im_lonlat { /* degrees, WGS 84; the only place where longitude comes first */
    double lon, lat;
};
struct im_xy { /* projected metres, y up */
    double x, y;
};
struct im_pt { /* page points, y down, origin at the page's top left */
    double x, y;
};

struct im_box { /* degrees; west > east when it crosses the antimeridian */
    double west, south, east, north;
};
struct im_rect { /* page points */
    double x, y, w, h;
};

struct im_line { /* a chain of positions; closed rings repeat no vertex */
    struct im_lonlat *v;
    size_t n;
};
struct im_path { /* the same on the page */
    struct im_pt *v;
    size_t n;
    bool closed;
};

struct im_lines { /* growing list of chains */
    struct im_line *v;
    size_t n, cap;
};
struct im_paths {
    struct im_path *v;
    size_t n, cap;
};

#endif
