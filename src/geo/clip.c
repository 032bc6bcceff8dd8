#include "geo/clip.h"
#include "geo/cut.h"
#include <math.h>

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
        struct im_lonlat p = line->v[i < line->n ? i : 0];
        if (i > 0) {
            p.lon = step(out.v[i - 1].lon, line->v[i - 1].lon, p.lon);
        }
        out.v[i] = p;
    }
    return out;
}

static bool is_inside(struct im_lonlat p, struct im_window w) {
    return p.lon >= w.west && p.lon <= w.east && p.lat >= w.south && p.lat <= w.north;
}

// Liang & Barsky: the part [t0, t1] of the segment a..b inside the window.
static bool inside_part(struct im_lonlat a, struct im_lonlat b, struct im_window w,
                        double t[2]) {
    const double p[4] = {a.lon - b.lon, b.lon - a.lon, a.lat - b.lat, b.lat - a.lat};
    const double q[4] = {a.lon - w.west, w.east - a.lon, a.lat - w.south,
                         w.north - a.lat};
    t[0] = 0;
    t[1] = 1;
    if (is_inside(a, w) && is_inside(b, w)) {
        return true;
    }
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
            im_add_apart(arena, &part, &cap, between(a, b, t[0], w));
        }
        im_add_apart(arena, &part, &cap, between(a, b, t[1], w));
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

// The line so many turns to the east, and its box as well; itself where it is none.
static struct im_line shifted(struct im_arena *arena, const struct im_line *line,
                              int turns, struct im_box *box) {
    if (turns == 0) {
        return *line;
    }
    struct im_line out = {im_alloc_raw(arena, line->n, sizeof *out.v), line->n};
    for (size_t i = 0; i < line->n; i++) {
        out.v[i] = (struct im_lonlat){line->v[i].lon + 360.0 * turns, line->v[i].lat};
    }
    box->west += 360.0 * turns;
    box->east += 360.0 * turns;
    return out;
}

// May an edge of the line go over the antimeridian?
static bool may_jump(struct im_box box) {
    return box.east - box.west > 180;
}

// No jump over the antimeridian, and wholly inside the window?
static bool as_it_is(const struct im_line *line, struct im_box box, struct im_window w,
                     bool closed) {
    if (!(box.west >= w.west && box.east <= w.east && box.south >= w.south &&
          box.north <= w.north)) {
        return false;
    }
    if (!may_jump(box)) {
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
    struct im_line whole = *line;
    struct im_box box = im_line_box(line);
    if (as_it_is(line, box, window, false)) {
        if (line->n > 1) {
            IM_PUSH(arena, out->v, out->n, out->cap, *line);
        }
        return;
    }
    if (may_jump(box)) {
        whole = im_unwrap(arena, line, false);
        box = im_line_box(&whole);
    }
    if (box.south > window.north || box.north < window.south) {
        return;
    }
    int first, last;
    shifts(box.west, box.east, window, &first, &last);
    for (int k = first; k <= last; k++) {
        struct im_box at = box;
        struct im_line turned = shifted(arena, &whole, k, &at);
        clip_copy(arena, &turned, window, out);
    }
}

/* ---- rings --------------------------------------------------------------- */

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
    struct im_line whole = *ring;
    struct im_box box = im_line_box(ring);
    if (as_it_is(ring, box, window, true)) {
        IM_PUSH(arena, out->v, out->n, out->cap, *ring);
        return;
    }
    bool polar = false;
    if (may_jump(box)) {
        whole = im_unwrap(arena, ring, true);
        double nearer = im_around_pole(&whole);
        polar = nearer != 0;
        whole = over_pole(arena, whole, window, pole != 0 ? pole : nearer);
        box = im_line_box(&whole);
    }
    if (box.south > window.north || box.north < window.south) {
        return;
    }
    int first, last;
    shifts(box.west, box.east, window, &first, &last);
    if (polar) {
        first = last = 0; // already lies over the window
    }
    for (int k = first; k <= last; k++) {
        struct im_box at = box;
        struct im_line left = shifted(arena, &whole, k, &at);
        left = im_cut_ring(arena, &left, at, window);
        if (left.n > 2) {
            IM_PUSH(arena, out->v, out->n, out->cap, left);
        }
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
