#include "geodesy/geodesy.h"
#include <geodesic.h>
#include <math.h>

#define RADIANS 0.017453292519943295
#define MEAN_RADIUS 6371008.8 /* metres, IUGG */
#define POLAR_RADIUS 6356752.0

static struct geod_geodesic wgs84(void) {
    struct geod_geodesic g;
    geod_init(&g, 6378137.0, 1 / 298.257223563);
    return g;
}

double im_distance(struct im_lonlat a, struct im_lonlat b) {
    struct geod_geodesic g = wgs84();
    double s = 0;
    geod_inverse(&g, a.lat, a.lon, b.lat, b.lon, &s, NULL, NULL);
    return s;
}

struct im_lonlat im_direct(struct im_lonlat from, double azimuth, double metres) {
    struct geod_geodesic g = wgs84();
    struct im_lonlat to = from;
    geod_direct(&g, from.lat, from.lon, azimuth, metres, &to.lat, &to.lon, NULL);
    return to;
}

double im_azimuth(struct im_lonlat a, struct im_lonlat b) {
    struct geod_geodesic g = wgs84();
    double azimuth = 0;
    geod_inverse(&g, a.lat, a.lon, b.lat, b.lon, NULL, &azimuth, NULL);
    azimuth = fmod(azimuth + 360, 360);
    return azimuth >= 360 ? 0 : azimuth;
}

/* ---- point to line ------------------------------------------------------------------
 * 1. rough distance of p to every edge on a sphere;
 * 2. foot on the ellipsoid for the edges that can still be nearest;
 * 3. the best of them.
 */

struct vec {
    double x, y, z;
};

static struct vec unit(struct im_lonlat p) {
    double c = cos(p.lat * RADIANS);
    return (struct vec){c * cos(p.lon * RADIANS), c * sin(p.lon * RADIANS),
                        sin(p.lat * RADIANS)};
}

static double dot(struct vec a, struct vec b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static struct vec cross(struct vec a, struct vec b) {
    return (struct vec){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z,
                        a.x * b.y - a.y * b.x};
}

static double angle(struct vec a, struct vec b) {
    struct vec n = cross(a, b);
    return atan2(sqrt(dot(n, n)), dot(a, b));
}

// Distance of p to the great circle arc a..b, metres on the mean sphere.
static double rough(struct vec p, struct vec a, struct vec b) {
    struct vec n = cross(a, b);
    double len = sqrt(dot(n, n)), ends = fmin(angle(p, a), angle(p, b));
    if (len > 0 && dot(cross(n, a), p) > 0 && dot(cross(b, n), p) > 0) {
        double across = fabs(asin(fmax(-1, fmin(1, dot(n, p) / len))));
        ends = fmin(ends, across);
    }
    return ends * MEAN_RADIUS;
}

// Foot of p on the geodesic a..b and its distance.
static double foot_on_edge(const struct geod_geodesic *g, struct im_lonlat p,
                           const struct im_lonlat edge[2], struct im_lonlat *foot) {
    struct geod_geodesicline line;
    geod_inverseline(&line, g, edge[0].lat, edge[0].lon, edge[1].lat, edge[1].lon, 0);
    double s = 0, length = line.s13, d = 0;
    for (int i = 0; i < 12; i++) {
        double along, to_p;
        geod_position(&line, s, &foot->lat, &foot->lon, &along);
        geod_inverse(g, foot->lat, foot->lon, p.lat, p.lon, &d, &to_p, NULL);
        double r = d / MEAN_RADIUS;
        double move =
            MEAN_RADIUS * atan2(sin(r) * cos((to_p - along) * RADIANS), cos(r));
        double next = fmax(0, fmin(length, s + move));
        if (fabs(next - s) < 1e-4) {
            break;
        }
        s = next;
    }
    return d;
}

static double nearest_rough(struct im_lonlat p, const struct im_line *line,
                            double *to_edge) {
    struct vec q = unit(p), a = unit(line->v[0]);
    double best = HUGE_VAL;
    for (size_t i = 1; i < line->n; i++) {
        struct vec b = unit(line->v[i]);
        // What sphere and great circle may be off: 1 % of the way, 0.5 % of the edge.
        double slack = 1 + 0.005 * angle(a, b) * MEAN_RADIUS;
        double d = rough(q, a, b);
        if (to_edge) {
            to_edge[0] = d * 0.99 - slack;
            to_edge++;
        }
        best = fmin(best, d * 1.01 + slack);
        a = b;
    }
    return best;
}

double im_distance_to_line(struct im_lonlat p, const struct im_line *line,
                           struct im_lonlat *foot) {
    if (line->n == 0) {
        return HUGE_VAL;
    }
    struct geod_geodesic g = wgs84();
    struct im_lonlat at = line->v[0];
    double best = line->n == 1 ? im_distance(p, at) : HUGE_VAL;
    double limit = line->n == 1 ? 0 : nearest_rough(p, line, NULL);
    for (size_t i = 1; i < line->n; i++) {
        struct im_line edge = {line->v + i - 1, 2};
        struct im_lonlat here;
        double low;
        nearest_rough(p, &edge, &low);
        if (low > limit || low > best) {
            continue;
        }
        double d = foot_on_edge(&g, p, edge.v, &here);
        if (d < best) {
            best = d;
            at = here;
        }
    }
    if (foot) {
        *foot = at;
    }
    return best;
}

/* ---- lengths, areas, boxes ------------------------------------------------ */

double im_length(const struct im_line *line) {
    double sum = 0;
    for (size_t i = 1; i < line->n; i++) {
        sum += im_distance(line->v[i - 1], line->v[i]);
    }
    return sum;
}

double im_area(const struct im_line *ring) {
    struct geod_geodesic g = wgs84();
    struct geod_polygon polygon;
    geod_polygon_init(&polygon, 0);
    for (size_t i = 0; i < ring->n; i++) {
        geod_polygon_addpoint(&g, &polygon, ring->v[i].lat, ring->v[i].lon);
    }
    double area = 0;
    geod_polygon_compute(&g, &polygon, 0, 1, &area, NULL);
    return fabs(area);
}

struct im_box im_box_grow(struct im_box box, double metres) {
    struct geod_geodesic g = wgs84();
    double south = box.south, north = box.north, azimuth = 0;
    geod_direct(&g, box.north, 0, 0, metres, &north, NULL, &azimuth);
    bool over_north = fabs(azimuth) > 90 || north >= 90;
    geod_direct(&g, box.south, 0, 180, metres, &south, NULL, &azimuth);
    bool over_south = fabs(azimuth) < 90 || south <= -90;
    south = over_south ? -90 : south;
    north = over_north ? 90 : north;
    double far = fmax(fabs(box.south), fabs(box.north));
    double reach = sin(metres / POLAR_RADIUS) / cos(far * RADIANS);
    double width = (box.east < box.west ? 360 : 0) + box.east - box.west;
    // Largest difference in longitude on a small circle around a point at that
    // latitude.
    double dlon = reach < 1 ? asin(reach) / RADIANS : 180;
    if (over_north || over_south || width + 2 * dlon >= 360) {
        return (struct im_box){-180, south, 180, north};
    }
    double west = box.west - dlon, east = box.east + dlon;
    west = west < -180 ? west + 360 : west;
    east = east > 180 ? east - 360 : east;
    return (struct im_box){west, south, east, north};
}
