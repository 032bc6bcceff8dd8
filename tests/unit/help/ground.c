#include "help/ground.h"
#include "geo/inside.h"
#include "geodesy/geodesy.h"
#include <geodesic.h>
#include <math.h>

double ground_length(const struct im_line *line) {
    double sum = 0;
    for (size_t i = 1; i < line->n; i++) {
        sum += im_distance(line->v[i - 1], line->v[i]);
    }
    return sum;
}

double ground_area(const struct im_line *ring) {
    struct geod_geodesic g;
    struct geod_polygon polygon;
    double area = 0;
    geod_init(&g, 6378137, 1 / 298.257223563);
    geod_polygon_init(&polygon, 0);
    for (size_t i = 0; i < ring->n; i++) {
        geod_polygon_addpoint(&g, &polygon, ring->v[i].lat, ring->v[i].lon);
    }
    geod_polygon_compute(&g, &polygon, 0, 1, &area, NULL);
    return fabs(area);
}

bool ground_has(const struct im_lines *rings, struct im_lonlat p) {
    bool in = false;
    for (size_t i = 0; i < rings->n; i++) {
        in ^= im_ring_contains(&rings->v[i], p);
    }
    return in;
}
