#include "geodesy/field.h"
#include "geo/simplify.h"

#include <math.h>
#include <string.h>

enum { SIDE = 32, MOST_BLOCKS = 1 << 20 };
static const double RAD = 0.017453292519943295, EQUATOR_M = 6378137.0,
                    SQUARED_ECCENTRICITY = 0.0066943799901413165;
/* A crossing keeps this share of an edge from its nodes, so that rings stay apart by
 * more than what simplifying moves them. */
static const double APART = 0.1, MOVED = 0.05;

/* ---- the grid ------------------------------------------------------------- */

/* Metres of one degree of latitude and of longitude. */
static void degree_m(double lat, double *north, double *east) {
    double s = sin(lat * RAD), w = 1 - SQUARED_ECCENTRICITY * s * s;
    *north = RAD * EQUATOR_M * (1 - SQUARED_ECCENTRICITY) / (w * sqrt(w));
    *east = RAD * EQUATOR_M * cos(lat * RAD) / sqrt(w);
}

bool im_field_init(struct im_field *f, struct im_arena *arena, struct im_window window,
                   double step_m) {
    double north, east;
    double nearest = window.south > 0   ? window.south
                     : window.north < 0 ? window.north
                                        : 0; // to the equator: there it is widest
    degree_m(nearest, &north, &east);
    *f = (struct im_field){.arena = arena, .window = window};
    f->step_lon = step_m / east;
    f->step_lat = step_m / north;
    double columns = floor((window.east - window.west) / f->step_lon) + 1;
    double rows = floor((window.north - window.south) / f->step_lat) + 1;
    if (!(columns * rows / SIDE / SIDE < MOST_BLOCKS)) {
        return false;
    }
    f->columns = (long)columns;
    f->rows = (long)rows;
    f->blocks_x = f->columns / SIDE + 1;
    f->blocks_y = f->rows / SIDE + 1;
    f->blocks = im_alloc(arena, (size_t)(f->blocks_x * f->blocks_y), sizeof *f->blocks);
    return true;
}

struct im_lonlat im_field_at(const struct im_field *f, long column, long row) {
    return (struct im_lonlat){f->window.west + (double)column * f->step_lon,
                              f->window.south + (double)row * f->step_lat};
}

static double *node(const struct im_field *f, long column, long row) {
    if (column < 0 || row < 0 || column >= f->columns || row >= f->rows) {
        return NULL;
    }
    double *block = f->blocks[row / SIDE * f->blocks_x + column / SIDE];
    return block ? &block[row % SIDE * SIDE + column % SIDE] : NULL;
}

double im_field_get(const struct im_field *f, long column, long row) {
    const double *at = node(f, column, row);
    return at ? *at : INFINITY;
}

void im_field_lower(struct im_field *f, long column, long row, double value) {
    double **block = &f->blocks[row / SIDE * f->blocks_x + column / SIDE];
    if (!*block) {
        *block = im_alloc(f->arena, (size_t)SIDE * SIDE, sizeof **block);
        for (int i = 0; i < SIDE * SIDE; i++) {
            (*block)[i] = INFINITY;
        }
    }
    double *at = &(*block)[row % SIDE * SIDE + column % SIDE];
    *at = fmin(*at, value);
}

void im_field_raise(struct im_field *f, im_field_limit *limit, void *self) {
    for (long y = 0; y < f->rows; y++) {
        for (long b = 0; b < f->blocks_x; b++) {
            double *block = f->blocks[y / SIDE * f->blocks_x + b];
            for (long x = 0; block && x < SIDE; x++) {
                double *at = &block[y % SIDE * SIDE + x];
                *at = isinf(*at) ? *at : fmax(*at, limit(self, b * SIDE + x, y));
            }
        }
    }
}

bool im_field_least(const struct im_field *f, struct im_lonlat *at) {
    double least = INFINITY;
    for (long i = 0; i < f->blocks_x * f->blocks_y; i++) {
        for (long k = 0; f->blocks[i] && k < SIDE * SIDE; k++) {
            if (f->blocks[i][k] < least) {
                least = f->blocks[i][k];
                *at = im_field_at(f, i % f->blocks_x * SIDE + k % SIDE,
                                  i / f->blocks_x * SIDE + k / SIDE);
            }
        }
    }
    return !isinf(least);
}

/* ---- distances ------------------------------------------------------------ */

double im_near_distance(struct im_lonlat a, struct im_lonlat b) {
    return im_edge_distance(a, b, b);
}

double im_edge_distance(struct im_lonlat p, struct im_lonlat a, struct im_lonlat b) {
    double north, east;
    degree_m((p.lat + (a.lat + b.lat) / 2) / 2, &north, &east);
    double ax = (im_lon_near(a.lon, p.lon) - p.lon) * east,
           ay = (a.lat - p.lat) * north;
    double bx = (im_lon_near(b.lon, p.lon) - p.lon) * east,
           by = (b.lat - p.lat) * north;
    double dx = bx - ax, dy = by - ay, square = dx * dx + dy * dy;
    double t = square > 0 ? -(ax * dx + ay * dy) / square : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return hypot(ax + t * dx, ay + t * dy);
}

/* ---- the outline ---------------------------------------------------------- */

/* Where the tracer is: between a node inside, on its left, and one outside. */
struct stand {
    long lx, ly, rx, ry;
};

struct tracer {
    const struct im_field *f;
    char **seen; /* by block: the west side of a node inside was passed */
    struct im_path path;
    size_t cap;
};

static bool is_in(const struct im_field *f, long x, long y) {
    return im_field_get(f, x, y) < 0;
}

/* Mark the west side of the node; was it marked before? */
static bool pass(struct tracer *t, long x, long y) {
    char **block = &t->seen[y / SIDE * t->f->blocks_x + x / SIDE];
    if (!*block) {
        *block = im_alloc(t->f->arena, SIDE, SIDE);
    }
    char *at = &(*block)[y % SIDE * SIDE + x % SIDE];
    bool before = *at != 0;
    *at = 1;
    return before;
}

/* The crossing, in steps of the grid. */
static struct im_pt crossing(const struct tracer *t, const struct stand *s) {
    double in = im_field_get(t->f, s->lx, s->ly),
           out = im_field_get(t->f, s->rx, s->ry);
    double share = isinf(out) ? 1 : in / (in - out);
    share = fmin(fmax(share, APART), 1 - APART);
    return (struct im_pt){(double)s->lx + share * (double)(s->rx - s->lx),
                          (double)s->ly + share * (double)(s->ry - s->ly)};
}

/* Is the middle of a cell with two opposite corners inside itself inside? */
static bool is_joined(const struct im_field *f, const struct stand *s, long hx,
                      long hy) {
    return im_field_get(f, s->lx, s->ly) + im_field_get(f, s->rx, s->ry) +
               im_field_get(f, s->lx + hx, s->ly + hy) +
               im_field_get(f, s->rx + hx, s->ry + hy) <
           0;
}

/* Through one cell: what is inside stays on the left. */
static struct stand step(const struct im_field *f, struct stand s) {
    long hx = -(s.ry - s.ly), hy = s.rx - s.lx; // ahead
    bool left = is_in(f, s.lx + hx, s.ly + hy), right = is_in(f, s.rx + hx, s.ry + hy);
    if (left && !right) {
        return (struct stand){s.lx + hx, s.ly + hy, s.rx + hx, s.ry + hy};
    }
    bool rightwards = (left && right) || (right && is_joined(f, &s, hx, hy));
    return rightwards ? (struct stand){s.rx + hx, s.ry + hy, s.rx, s.ry}
                      : (struct stand){s.lx, s.ly, s.lx + hx, s.ly + hy};
}

/* The ring that crosses the west side of a node. */
static void trace(struct tracer *t, long x, long y) {
    const struct stand first = {x, y, x - 1, y};
    struct stand s = first;
    t->path.n = 0;
    do {
        if (s.rx == s.lx - 1) {
            pass(t, s.lx, s.ly);
        }
        struct im_pt at = crossing(t, &s);
        IM_PUSH(t->f->arena, t->path.v, t->path.n, t->cap, at);
        s = step(t->f, s);
    } while (memcmp(&s, &first, sizeof s) != 0);
}

/* The traced ring in degrees. */
static struct im_line ring_of(const struct tracer *t) {
    const struct im_field *f = t->f;
    struct im_line ring = {im_alloc(f->arena, t->path.n, sizeof *ring.v), t->path.n};
    for (size_t i = 0; i < t->path.n; i++) {
        ring.v[i] = (struct im_lonlat){f->window.west + t->path.v[i].x * f->step_lon,
                                       f->window.south + t->path.v[i].y * f->step_lat};
    }
    return ring;
}

static void trace_block(struct tracer *t, long bx, long by, struct im_lines *out) {
    for (long y = by * SIDE; y < (by + 1) * SIDE; y++) {
        for (long x = bx * SIDE; x < (bx + 1) * SIDE; x++) {
            if (!is_in(t->f, x, y) || is_in(t->f, x - 1, y)) {
                continue;
            }
            char *seen = t->seen[by * t->f->blocks_x + bx];
            if (seen && seen[y % SIDE * SIDE + x % SIDE]) {
                continue;
            }
            trace(t, x, y);
            im_simplify(t->f->arena, &t->path, MOVED);
            IM_PUSH(t->f->arena, out->v, out->n, out->cap, ring_of(t));
        }
    }
}

void im_field_outline(const struct im_field *f, struct im_lines *out) {
    size_t blocks = (size_t)(f->blocks_x * f->blocks_y);
    struct tracer t = {.f = f, .seen = im_alloc(f->arena, blocks, sizeof *t.seen)};
    t.path.closed = true;
    *out = (struct im_lines){NULL, 0, 0};
    for (long by = 0; by < f->blocks_y; by++) {
        for (long bx = 0; bx < f->blocks_x; bx++) {
            if (f->blocks[by * f->blocks_x + bx]) {
                trace_block(&t, bx, by, out);
            }
        }
    }
}
