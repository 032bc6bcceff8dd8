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

bool im_rings_contain(const struct im_lines *rings, struct im_lonlat p) {
    bool in = false;
    for (size_t i = 0; i < rings->n; i++) {
        in ^= im_ring_contains(&rings->v[i], p);
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

/* ---- polylabel ------------------------------------------------------------ */

struct cell {
    struct im_pt c;
    double half, d, most; /* half side, distance at the centre, most possible inside */
};
struct heap {
    struct cell *v;
    size_t n, cap;
};

static double edge_distance2(struct im_pt p, struct im_pt a, struct im_pt b) {
    double dx = b.x - a.x, dy = b.y - a.y, len2 = dx * dx + dy * dy;
    double t = len2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / len2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    double ex = p.x - a.x - t * dx, ey = p.y - a.y - t * dy;
    return ex * ex + ey * ey;
}

// Distance to the nearest edge, negative outside the area.
static double depth(const struct im_paths *paths, struct im_pt p) {
    double best = HUGE_VAL;
    for (size_t k = 0; k < paths->n; k++) {
        const struct im_path *path = &paths->v[k];
        for (size_t i = 0, j = path->n - 1; i < path->n; j = i++) {
            double d = edge_distance2(p, path->v[j], path->v[i]);
            best = d < best ? d : best;
        }
    }
    best = sqrt(best);
    return im_paths_contain(paths, p) ? best : -best;
}

static struct cell make_cell(const struct im_paths *paths, struct im_pt c,
                             double half) {
    double d = depth(paths, c);
    return (struct cell){c, half, d, d + half * sqrt(2)};
}

static void heap_push(struct im_arena *arena, struct heap *h, struct cell c) {
    IM_PUSH(arena, h->v, h->n, h->cap, c);
    for (size_t i = h->n - 1; i > 0 && h->v[(i - 1) / 2].most < h->v[i].most;
         i = (i - 1) / 2) {
        struct cell t = h->v[i];
        h->v[i] = h->v[(i - 1) / 2];
        h->v[(i - 1) / 2] = t;
    }
}

static struct cell heap_pop(struct heap *h) {
    struct cell top = h->v[0];
    h->v[0] = h->v[--h->n];
    for (size_t i = 0;;) {
        size_t big = i, l = 2 * i + 1, r = l + 1;
        big = l < h->n && h->v[l].most > h->v[big].most ? l : big;
        big = r < h->n && h->v[r].most > h->v[big].most ? r : big;
        if (big == i) {
            return top;
        }
        struct cell t = h->v[i];
        h->v[i] = h->v[big];
        h->v[big] = t;
        i = big;
    }
}

static struct im_paths clip_all(struct im_arena *arena, const struct im_paths *paths,
                                struct im_rect within) {
    struct im_paths out = {NULL, 0, 0};
    for (size_t i = 0; i < paths->n; i++) {
        struct im_path p = im_clip_path(arena, &paths->v[i], within);
        if (p.n > 2) {
            IM_PUSH(arena, out.v, out.n, out.cap, p);
        }
    }
    return out;
}

static struct im_rect bounds(const struct im_paths *paths) {
    double x0 = HUGE_VAL, y0 = HUGE_VAL, x1 = -HUGE_VAL, y1 = -HUGE_VAL;
    for (size_t k = 0; k < paths->n; k++) {
        for (size_t i = 0; i < paths->v[k].n; i++) {
            struct im_pt p = paths->v[k].v[i];
            x0 = fmin(x0, p.x);
            x1 = fmax(x1, p.x);
            y0 = fmin(y0, p.y);
            y1 = fmax(y1, p.y);
        }
    }
    return (struct im_rect){x0, y0, x1 - x0, y1 - y0};
}

static struct im_pt mean_point(const struct im_paths *paths) {
    const struct im_path *big = &paths->v[0];
    for (size_t k = 1; k < paths->n; k++) {
        big = fabs(im_path_area(&paths->v[k])) > fabs(im_path_area(big)) ? &paths->v[k]
                                                                         : big;
    }
    struct im_pt sum = {0, 0};
    for (size_t i = 0; i < big->n; i++) {
        sum.x += big->v[i].x / (double)big->n;
        sum.y += big->v[i].y / (double)big->n;
    }
    return sum;
}

static void cover_with_cells(struct im_arena *arena, const struct im_paths *paths,
                             struct im_rect b, struct heap *heap) {
    double size = fmax(fmin(b.w, b.h), fmax(b.w, b.h) / 32);
    for (double x = b.x; x < b.x + b.w; x += size) {
        for (double y = b.y; y < b.y + b.h; y += size) {
            struct im_pt c = {x + size / 2, y + size / 2};
            heap_push(arena, heap, make_cell(paths, c, size / 2));
        }
    }
}

bool im_paths_pole(struct im_arena *arena, const struct im_paths *paths,
                   struct im_rect within, double precision, struct im_pole *out) {
    struct im_paths part = clip_all(arena, paths, within);
    struct im_rect b = bounds(&part);
    if (part.n == 0 || !(b.w > 0 && b.h > 0)) {
        return false;
    }
    struct heap heap = {NULL, 0, 0};
    cover_with_cells(arena, &part, b, &heap);
    struct cell best = make_cell(&part, mean_point(&part), 0);
    while (heap.n > 0) {
        struct cell c = heap_pop(&heap);
        best = c.d > best.d ? c : best;
        if (c.most - best.d <= precision) {
            break;
        }
        double h = c.half / 2;
        for (int k = 0; k < 4; k++) {
            struct im_pt q = {c.c.x + (k & 1 ? h : -h), c.c.y + (k & 2 ? h : -h)};
            heap_push(arena, &heap, make_cell(&part, q, h));
        }
    }
    *out = (struct im_pole){best.c, best.d};
    return best.d > 0;
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
