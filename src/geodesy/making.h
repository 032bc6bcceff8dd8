/* A corridor in the making. Inside geodesy only. */
#ifndef IM_GEODESY_MAKING_H
#define IM_GEODESY_MAKING_H

#include "geodesy/field.h"
#include "geodesy/geodesy.h"

/* Short enough to be straight in a plane. */
struct im_edge {
    struct im_lonlat a, b;
};

struct im_making {
    struct im_arena *arena;
    struct im_corridor_limits limits;
    struct im_edge *edges;
    size_t n, cap;
    double length_m;
    struct im_field field;
    const struct im_lonlat *near;
    size_t near_n;
};

/* Nodes that are within the window around an edge. */
struct im_span {
    long west, east, south, north;
};
struct im_span im_span_of(const struct im_field *f, const struct im_edge *e,
                          double around_m);

/* The field samples the half width in so many steps; it ends at these parallels. */
#define IM_CORRIDOR_STEPS 4.0
#define IM_CORRIDOR_POLAR 85.0

/* limits.c: cut the field down to the limits. */
void im_making_limit(struct im_making *m);

#endif
