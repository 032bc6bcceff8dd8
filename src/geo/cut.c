/* Rings and closed paths cut at the sides of a window, by Sutherland & Hodgman. */
#include "geo/cut.h"
#include "geo/clip.h"

enum side { WEST, EAST, SOUTH, NORTH };

static double beyond(struct im_lonlat p, struct im_window w, enum side s) {
    switch (s) {
    case WEST:
        return p.lon - w.west;
    case EAST:
        return w.east - p.lon;
    case SOUTH:
        return p.lat - w.south;
    default:
        return w.north - p.lat;
    }
}

static struct im_lonlat crossing(struct im_lonlat a, struct im_lonlat b,
                                 struct im_window w, enum side s) {
    double da = beyond(a, w, s), db = beyond(b, w, s), t = da / (da - db);
    struct im_lonlat p = {a.lon + t * (b.lon - a.lon), a.lat + t * (b.lat - a.lat)};
    switch (s) {
    case WEST:
        p.lon = w.west;
        break;
    case EAST:
        p.lon = w.east;
        break;
    case SOUTH:
        p.lat = w.south;
        break;
    default:
        p.lat = w.north;
    }
    return p;
}

// Inside of a side: lon * p.lon + lat * p.lat >= least, where one of both is 0.
struct half {
    double lon, lat, least;
};

static struct half half_of(struct im_window w, enum side s) {
    switch (s) {
    case WEST:
        return (struct half){1, 0, w.west};
    case EAST:
        return (struct half){-1, 0, -w.east};
    case SOUTH:
        return (struct half){0, 1, w.south};
    default:
        return (struct half){0, -1, -w.north};
    }
}

// One pass of Sutherland & Hodgman.
static struct im_line cut_side(struct im_arena *arena, const struct im_line *ring,
                               struct im_window w, enum side s) {
    const struct half h = half_of(w, s);
    size_t cap = 2 * ring->n; // of every edge its start and a crossing
    struct im_line out = {im_alloc_raw(arena, cap, sizeof *out.v), 0};
    struct im_lonlat a = ring->v[0];
    bool in_a = h.lon * a.lon + h.lat * a.lat >= h.least;
    for (size_t i = 1; i <= ring->n; i++) {
        struct im_lonlat b = ring->v[i < ring->n ? i : 0];
        bool in_b = h.lon * b.lon + h.lat * b.lat >= h.least;
        if (in_a) {
            im_add_apart(arena, &out, &cap, a);
        }
        if (in_a != in_b) {
            im_add_apart(arena, &out, &cap, crossing(a, b, w, s));
        }
        a = b;
        in_a = in_b;
    }
    return out;
}

static bool needs_cut(struct im_box box, struct im_window w, enum side s) {
    struct im_lonlat low = {box.west, box.south}, high = {box.east, box.north};
    return beyond(s == WEST || s == SOUTH ? low : high, w, s) < 0;
}

struct im_line im_cut_ring(struct im_arena *arena, const struct im_line *ring,
                           struct im_box box, struct im_window w) {
    struct im_line left = *ring;
    for (int s = WEST; s <= NORTH && left.n > 0; s++) {
        if (needs_cut(box, w, (enum side)s)) {
            left = cut_side(arena, &left, w, (enum side)s);
            box = im_line_box(&left);
        }
    }
    while (left.n > 1 && left.v[0].lon == left.v[left.n - 1].lon &&
           left.v[0].lat == left.v[left.n - 1].lat) {
        left.n--;
    }
    return left;
}

/* ---- page ----------------------------------------------------------------- */

// The path as a ring, which repeats no vertex.
static struct im_path as_ring(const struct im_path *path) {
    struct im_path out = {path->v, path->n, true};
    while (out.n > 1 && out.v[0].x == out.v[out.n - 1].x &&
           out.v[0].y == out.v[out.n - 1].y) {
        out.n--;
    }
    return out.n > 2 ? out : (struct im_path){NULL, 0, true};
}

static bool is_cut(const struct im_path *path, struct im_rect r) {
    for (size_t i = 0; i < path->n; i++) {
        struct im_pt p = path->v[i];
        if (!(p.x >= r.x && p.x <= r.x + r.w && p.y >= r.y && p.y <= r.y + r.h)) {
            return true;
        }
    }
    return false;
}

struct im_path im_clip_path(struct im_arena *arena, const struct im_path *path,
                            struct im_rect rect) {
    struct im_path out = {NULL, 0, true};
    if (path->n < 3) {
        return out;
    }
    if (!is_cut(path, rect)) {
        return as_ring(path);
    }
    struct im_window w = {rect.x, rect.y, rect.x + rect.w, rect.y + rect.h};
    struct im_line ring = {im_alloc_raw(arena, path->n, sizeof *ring.v), path->n};
    for (size_t i = 0; i < path->n; i++) {
        ring.v[i] = (struct im_lonlat){path->v[i].x, path->v[i].y};
    }
    ring = im_cut_ring(arena, &ring, im_line_box(&ring), w);
    if (ring.n > 2) {
        out.n = ring.n;
        out.v = im_alloc_raw(arena, out.n, sizeof *out.v);
    }
    for (size_t i = 0; i < out.n; i++) {
        out.v[i] = (struct im_pt){ring.v[i].lon, ring.v[i].lat};
    }
    return out;
}
