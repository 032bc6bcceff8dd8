/*
 * A field of metres over a grid of longitude and latitude, kept only where something
 * was put, and the outline of where it is negative. Inside geodesy only.
 */
#ifndef IM_GEODESY_FIELD_H
#define IM_GEODESY_FIELD_H

#include "geo/box.h"
#include "geo/geo.h"

/* One step of the grid, in degrees, and its window; nodes lie at steps from the south
 * west. */
struct im_field {
    struct im_arena *arena;
    struct im_window window;
    double step_lon, step_lat;
    long columns, rows; /* of nodes */
    long blocks_x, blocks_y;
    double **blocks; /* NULL: infinite everywhere */
};

/* A field that is infinite everywhere; false when the grid would be too large. `step_m`
 * is the step in metres, where the window is widest. */
bool im_field_init(struct im_field *f, struct im_arena *arena, struct im_window window,
                   double step_m);
struct im_lonlat im_field_at(const struct im_field *f, long column, long row);
/* Value of a node; infinite outside the grid. */
double im_field_get(const struct im_field *f, long column, long row);
/* Put the value where it is less than that of the node, which lies in the grid. */
void im_field_lower(struct im_field *f, long column, long row, double value);
/* Put what `limit` says of each node that is not infinite where it is more; row after
 * row from the south, each from the west. */
typedef double im_field_limit(void *self, long column, long row);
void im_field_raise(struct im_field *f, im_field_limit *limit, void *self);
/* The node of the least value; false when all are infinite. */
bool im_field_least(const struct im_field *f, struct im_lonlat *at);

/* Metres between two positions that are near each other, on the ellipsoid's two radii
 * of curvature at their middle latitude: within 1e-4 up to 100 km below 80 degrees. */
double im_near_distance(struct im_lonlat a, struct im_lonlat b);
/* The same to an edge of a few tens of kilometres at most. */
double im_edge_distance(struct im_lonlat p, struct im_lonlat a, struct im_lonlat b);

/* Rings around the nodes below 0, outers and holes, by linear interpolation along the
 * grid's edges ("marching squares"): no ring meets itself or another, nor does it once
 * vertices within a twentieth of a step are left out, which is done here. */
void im_field_outline(const struct im_field *f, struct im_lines *out);

#endif
