#include "geo/inside.h"
#include "geo/clip.h"
#include <math.h>

// Does the edge a..b cross the ray from (x, y) to the right?
static bool crosses(const double a[2], const double b[2], const double p[2]) {
    if ((a[1] > p[1]) == (b[1] > p[1])) {
        return false;
    }
    return p[0] < a[0] + (p[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0]);
}

bool im_ring_contains(const struct im_line *ring, struct im_lonlat p) {
    bool in = false;
    const double q[2] = {p.lon, p.lat};
    for (size_t i = 0, j = ring->n - 1; i < ring->n; j = i++) {
        const double a[2] = {ring->v[j].lon, ring->v[j].lat};
        const double b[2] = {ring->v[i].lon, ring->v[i].lat};
        in ^= crosses(a, b, q);
    }
    return in;
}

bool im_paths_contain(const struct im_paths *paths, struct im_pt p) {
    bool in = false;
    const double q[2] = {p.x, p.y};
    for (size_t k = 0; k < paths->n; k++) {
        const struct im_path *path = &paths->v[k];
        for (size_t i = 0, j = path->n - 1; i < path->n; j = i++) {
            const double a[2] = {path->v[j].x, path->v[j].y};
            const double b[2] = {path->v[i].x, path->v[i].y};
            in ^= crosses(a, b, q);
        }
    }
    return in;
}

double im_ring_area(const struct im_line *ring) {
    double sum = 0;
    for (size_t i = 1; i + 1 < ring->n; i++) {
        // Relative to the first vertex, so that small rings far from zero keep digits.
        struct im_lonlat o = ring->v[0], a = ring->v[i], b = ring->v[i + 1];
        sum += (a.lon - o.lon) * (b.lat - o.lat) - (b.lon - o.lon) * (a.lat - o.lat);
    }
    return sum / 2;
}

double im_path_area(const struct im_path *path) {
    double sum = 0;
    for (size_t i = 1; i + 1 < path->n; i++) {
        struct im_pt o = path->v[0], a = path->v[i], b = path->v[i + 1];
        sum += (a.x - o.x) * (b.y - o.y) - (b.x - o.x) * (a.y - o.y);
    }
    return sum / 2;
}

/* ---- on the globe --------------------------------------------------------- */

// How often the edge crosses the meridian of p, at p or north of it.
static size_t crossings_north(struct im_lonlat a, struct im_lonlat b,
                              struct im_lonlat p) {
    double low = fmin(a.lon, b.lon), high = fmax(a.lon, b.lon);
    size_t n = 0;
    for (double x = p.lon + 360 * ceil((low - p.lon) / 360); x < high; x += 360) {
        double lat = a.lat + (x - a.lon) / (b.lon - a.lon) * (b.lat - a.lat);
        n += lat >= p.lat;
    }
    return n;
}

bool im_ring_holds(struct im_arena *arena, const struct im_line *ring,
                   struct im_lonlat p) {
    struct im_line whole = im_unwrap(arena, ring, true);
    bool north_pole = im_around_pole(&whole) > 0;
    size_t n = 0;
    for (size_t i = 1; i < whole.n && p.lat < 90; i++) {
        n += crossings_north(whole.v[i - 1], whole.v[i], p);
    }
    return (n % 2 == 1) != north_pole;
}
