#include "geo/clip.h"
#include <math.h>
#include <string.h>

static bool at_map_edge(double lon) {
    return fabs(fabs(lon) - 180) < 1e-9;
}

// Longitude of b so that the edge from a (already unwrapped to `from`) is the short
// one.
static double step(double from, double a, double b) {
    double d = b - a;
    if ((d > 180 || d < -180) && !(at_map_edge(a) && at_map_edge(b))) {
        d -= 360 * round(d / 360);
    }
    return from + d;
}

struct im_line im_unwrap(struct im_arena *arena, const struct im_line *line,
                         bool closed) {
    size_t n = line->n ? line->n + (closed ? 1 : 0) : 0;
    struct im_line out = {im_alloc(arena, n ? n : 1, sizeof *out.v), n};
    for (size_t i = 0; i < n; i++) {
        struct im_lonlat p = line->v[i % line->n];
        if (i > 0) {
            p.lon = step(out.v[i - 1].lon, line->v[i - 1].lon, p.lon);
        }
        out.v[i] = p;
    }
    return out;
}

static void push_point(struct im_arena *arena, struct im_line *line, size_t *cap,
                       struct im_lonlat p) {
    if (line->n > 0 && line->v[line->n - 1].lon == p.lon &&
        line->v[line->n - 1].lat == p.lat) {
        return;
    }
    IM_PUSH(arena, line->v, line->n, *cap, p);
}

// Liang & Barsky: the part [t0, t1] of the segment a..b inside the window.
static bool inside_part(struct im_lonlat a, struct im_lonlat b, struct im_window w,
                        double t[2]) {
    const double p[4] = {a.lon - b.lon, b.lon - a.lon, a.lat - b.lat, b.lat - a.lat};
    const double q[4] = {a.lon - w.west, w.east - a.lon, a.lat - w.south,
                         w.north - a.lat};
    t[0] = 0;
    t[1] = 1;
    for (int i = 0; i < 4; i++) {
        if (p[i] == 0) {
            if (q[i] < 0) {
                return false;
            }
            continue;
        }
        double r = q[i] / p[i];
        if (p[i] < 0 && r > t[0]) {
            t[0] = r;
        }
        if (p[i] > 0 && r < t[1]) {
            t[1] = r;
        }
    }
    return t[0] <= t[1];
}

static double clamp(double v, double low, double high) {
    return v < low ? low : v > high ? high : v;
}

static struct im_lonlat between(struct im_lonlat a, struct im_lonlat b, double t,
                                struct im_window w) {
    if (t <= 0) {
        return a;
    }
    if (t >= 1) {
        return b;
    }
    return (struct im_lonlat){clamp(a.lon + t * (b.lon - a.lon), w.west, w.east),
                              clamp(a.lat + t * (b.lat - a.lat), w.south, w.north)};
}

static void flush(struct im_arena *arena, struct im_line *part, struct im_lines *out) {
    if (part->n > 1) {
        IM_PUSH(arena, out->v, out->n, out->cap, *part);
    }
    *part = (struct im_line){NULL, 0};
}

static void clip_copy(struct im_arena *arena, const struct im_line *line,
                      struct im_window w, struct im_lines *out) {
    struct im_line part = {NULL, 0};
    size_t cap = 0;
    for (size_t i = 1; i < line->n; i++) {
        struct im_lonlat a = line->v[i - 1], b = line->v[i];
        double t[2];
        if (!inside_part(a, b, w, t)) {
            flush(arena, &part, out);
            cap = 0;
            continue;
        }
        if (t[0] > 0 || part.n == 0) {
            flush(arena, &part, out);
            cap = 0;
            push_point(arena, &part, &cap, between(a, b, t[0], w));
        }
        push_point(arena, &part, &cap, between(a, b, t[1], w));
        if (t[1] < 1) {
            flush(arena, &part, out);
            cap = 0;
        }
    }
    flush(arena, &part, out);
}

// Whole turns by which a chain spanning [west, east] must be shifted to meet the
// window.
static void shifts(double west, double east, struct im_window w, int *first,
                   int *last) {
    *first = (int)ceil((w.west - east) / 360);
    *last = (int)floor((w.east - west) / 360);
}

static bool usable(const struct im_line *line) {
    for (size_t i = 0; i < line->n; i++) {
        if (!isfinite(line->v[i].lat) || !(fabs(line->v[i].lon) < 1e6)) {
            return false;
        }
    }
    return line->n > 0;
}

static void shift_line(struct im_line *line, double degrees) {
    for (size_t i = 0; i < line->n; i++) {
        line->v[i].lon += degrees;
    }
}

// No jump over the antimeridian, and wholly inside the window?
static bool as_it_is(const struct im_line *line, struct im_box box, struct im_window w,
                     bool closed) {
    if (!(box.west >= w.west && box.east <= w.east && box.south >= w.south &&
          box.north <= w.north)) {
        return false;
    }
    if (box.east - box.west <= 180) {
        return true;
    }
    for (size_t i = closed ? 0 : 1; i < line->n; i++) {
        double d = line->v[i].lon - line->v[i ? i - 1 : line->n - 1].lon;
        if (fabs(d) > 180) {
            return false;
        }
    }
    return true;
}

void im_clip_line(struct im_arena *arena, const struct im_line *line,
                  struct im_window window, struct im_lines *out) {
    if (!usable(line)) {
        return;
    }
    if (as_it_is(line, im_line_box(line), window, false)) {
        if (line->n > 1) {
            IM_PUSH(arena, out->v, out->n, out->cap, *line);
        }
        return;
    }
    struct im_line whole = im_unwrap(arena, line, false);
    struct im_box box = im_line_box(&whole);
    if (box.south > window.north || box.north < window.south) {
        return;
    }
    int first, last;
    shifts(box.west, box.east, window, &first, &last);
    for (int k = first; k <= last; k++) {
        shift_line(&whole, 360.0 * (k == first ? first : 1));
        clip_copy(arena, &whole, window, out);
    }
}

/* ---- rings ---------------------------------------------------------------- */

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

// One pass of Sutherland & Hodgman.
static struct im_line cut_side(struct im_arena *arena, const struct im_line *ring,
                               struct im_window w, enum side s) {
    struct im_line out = {NULL, 0};
    size_t cap = 0;
    for (size_t i = 0; i < ring->n; i++) {
        struct im_lonlat a = ring->v[i], b = ring->v[(i + 1) % ring->n];
        bool in_a = beyond(a, w, s) >= 0, in_b = beyond(b, w, s) >= 0;
        if (in_a) {
            push_point(arena, &out, &cap, a);
        }
        if (in_a != in_b) {
            push_point(arena, &out, &cap, crossing(a, b, w, s));
        }
    }
    return out;
}

static bool needs_cut(struct im_box box, struct im_window w, enum side s) {
    struct im_lonlat low = {box.west, box.south}, high = {box.east, box.north};
    return beyond(s == WEST || s == SOUTH ? low : high, w, s) < 0;
}

static void clip_ring_copy(struct im_arena *arena, const struct im_line *ring,
                           struct im_window w, struct im_lines *out) {
    struct im_line copy = {im_alloc(arena, ring->n, sizeof *copy.v), ring->n};
    memcpy(copy.v, ring->v, ring->n * sizeof *copy.v);
    struct im_box box = im_line_box(&copy);
    for (int s = WEST; s <= NORTH && copy.n > 0; s++) {
        if (needs_cut(box, w, (enum side)s)) {
            copy = cut_side(arena, &copy, w, (enum side)s);
            box = im_line_box(&copy);
        }
    }
    while (copy.n > 1 && copy.v[0].lon == copy.v[copy.n - 1].lon &&
           copy.v[0].lat == copy.v[copy.n - 1].lat) {
        copy.n--;
    }
    if (copy.n > 2) {
        IM_PUSH(arena, out->v, out->n, out->cap, copy);
    }
}

double im_around_pole(const struct im_line *whole) {
    double sum = 0;
    if (whole->n == 0 || fabs(whole->v[whole->n - 1].lon - whole->v[0].lon) < 180) {
        return 0;
    }
    for (size_t i = 0; i < whole->n; i++) {
        sum += whole->v[i].lat;
    }
    return sum >= 0 ? 90 : -90;
}

// The unwrapped ring without its repeated last vertex; around a pole: up to the pole,
// over it and back, which needs one turn more to the window's other side.
static struct im_line over_pole(struct im_arena *arena, struct im_line whole,
                                struct im_window w, double pole) {
    double turn = whole.v[whole.n - 1].lon - whole.v[0].lon;
    if (fabs(turn) < 180) {
        whole.n--;
        return whole;
    }
    // Enough turns that one continuous stretch covers the window.
    size_t turns = 2 + (size_t)ceil((w.east - w.west) / 360);
    size_t base = whole.n - 1;
    struct im_line out = {im_alloc(arena, turns * base + 3, sizeof *out.v), 0};
    double start = turn > 0 ? w.west - 360 : w.east + 360;
    double shift = 360 * (turn > 0 ? floor((start - whole.v[0].lon) / 360)
                                   : ceil((start - whole.v[0].lon) / 360));
    for (size_t k = 0; k < turns; k++) {
        for (size_t i = 0; i < base; i++) {
            struct im_lonlat p = whole.v[i];
            p.lon += shift + (double)k * turn;
            out.v[out.n++] = p;
        }
    }
    struct im_lonlat end = {out.v[0].lon + (double)turns * turn, out.v[0].lat};
    out.v[out.n++] = end;
    out.v[out.n++] = (struct im_lonlat){end.lon, pole};
    out.v[out.n++] = (struct im_lonlat){out.v[0].lon, pole};
    return out;
}

static void clip_ring(struct im_arena *arena, const struct im_line *ring,
                      struct im_window window, double pole, struct im_lines *out) {
    if (ring->n < 3 || !usable(ring)) {
        return;
    }
    if (as_it_is(ring, im_line_box(ring), window, true)) {
        IM_PUSH(arena, out->v, out->n, out->cap, *ring);
        return;
    }
    struct im_line whole = im_unwrap(arena, ring, true);
    double nearer = im_around_pole(&whole);
    bool polar = nearer != 0;
    whole = over_pole(arena, whole, window, pole != 0 ? pole : nearer);
    struct im_box box = im_line_box(&whole);
    if (box.south > window.north || box.north < window.south) {
        return;
    }
    int first, last;
    shifts(box.west, box.east, window, &first, &last);
    if (polar) {
        first = last = 0; // already lies over the window
    }
    for (int k = first; k <= last; k++) {
        shift_line(&whole, 360.0 * (k == first ? first : 1));
        clip_ring_copy(arena, &whole, window, out);
    }
}

void im_clip_ring(struct im_arena *arena, const struct im_line *ring,
                  struct im_window window, struct im_lines *out) {
    clip_ring(arena, ring, window, 0, out);
}

void im_clip_ring_over(struct im_arena *arena, const struct im_line *ring,
                       struct im_window window, double pole, struct im_lines *out) {
    clip_ring(arena, ring, window, pole, out);
}

/* ---- page ----------------------------------------------------------------- */

struct im_path im_clip_path(struct im_arena *arena, const struct im_path *path,
                            struct im_rect rect) {
    struct im_window w = {rect.x, rect.y, rect.x + rect.w, rect.y + rect.h};
    struct im_line ring = {im_alloc(arena, path->n ? path->n : 1, sizeof *ring.v),
                           path->n};
    for (size_t i = 0; i < path->n; i++) {
        ring.v[i] = (struct im_lonlat){path->v[i].x, path->v[i].y};
    }
    struct im_lines cut = {NULL, 0, 0};
    if (ring.n > 2) {
        clip_ring_copy(arena, &ring, w, &cut);
    }
    struct im_path out = {NULL, 0, true};
    if (cut.n > 0) {
        out.n = cut.v[0].n;
        out.v = im_alloc(arena, out.n, sizeof *out.v);
    }
    for (size_t i = 0; i < out.n; i++) {
        out.v[i] = (struct im_pt){cut.v[0].v[i].lon, cut.v[0].v[i].lat};
    }
    return out;
}
