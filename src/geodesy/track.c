/*
 * Point to line, in three steps:
 *   1. rough distance of p to every edge, straight through the Earth, which bounds the
 *      answer;
 *   2. foot on the ellipsoid for the edges that can still be nearest;
 *   3. the best of them.
 * A track keeps its vertices as Cartesian points in runs of RUN edges, each with a ball
 * around it: runs too far away are passed over whole; and the geodesics of edges that a
 * foot was sought on.
 */
#include "geodesy/geodesy.h"
#include <geodesic.h>
#include <math.h>

#define RADIANS 0.017453292519943295
#define MEAN_RADIUS 6371008.8 /* metres, IUGG */
#define EQUATOR 6378137.0
#define FLATTENING (1 / 298.257223563)

enum { RUN = 16 };

struct vec {
    double x, y, z;
};

/* The straight edges of a run lie within `radius` of `middle`; the geodesics over them
 * are at most `sag` metres farther. */
struct run {
    struct vec middle;
    double radius, sag;
};

struct im_track {
    struct im_arena *arena;
    struct geod_geodesicline **lines; /* by edge; NULL: not needed yet */
    const struct im_lonlat *v;
    struct vec *at;
    struct run *runs;
    size_t edges, step; /* edge i leads from vertex i to (i + step) % n */
    size_t n;
};

struct search {
    struct geod_geodesic g;
    struct im_lonlat p, foot;
    struct vec q;
    double limit; /* the straight distance of the answer is no larger, metres */
    double best;
};

/* Geocentric Cartesian coordinates of a point on the ellipsoid, metres. */
static struct vec cartesian(struct im_lonlat p) {
    double e2 = FLATTENING * (2 - FLATTENING);
    double sine = sin(p.lat * RADIANS), c = cos(p.lat * RADIANS);
    double n = EQUATOR / sqrt(1 - e2 * sine * sine);
    return (struct vec){n * c * cos(p.lon * RADIANS), n * c * sin(p.lon * RADIANS),
                        n * (1 - e2) * sine};
}

static double dot(struct vec a, struct vec b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static struct vec minus(struct vec a, struct vec b) {
    return (struct vec){a.x - b.x, a.y - b.y, a.z - b.z};
}

static double chord(struct vec a, struct vec b) {
    struct vec d = minus(a, b);
    return sqrt(dot(d, d));
}

/* The share of the straight edge a..b before what of it is nearest to p. */
static double share(struct vec p, struct vec a, struct vec b) {
    struct vec along = minus(b, a), to = minus(p, a);
    double square = dot(along, along);
    return square > 0 ? fmax(0, fmin(1, dot(to, along) / square)) : 0;
}

/* Straight distance from p to the straight edge a..b. */
static double rough(struct vec p, struct vec a, struct vec b) {
    struct vec along = minus(b, a), to = minus(p, a);
    double t = share(p, a, b);
    struct vec off = {to.x - t * along.x, to.y - t * along.y, to.z - t * along.z};
    return sqrt(dot(off, off));
}

/* How far the geodesic may lie from its straight edge: its rise and a bit. */
static double sag(struct vec a, struct vec b) {
    struct vec d = minus(b, a);
    return 0.1 + dot(d, d) / (7.8 * MEAN_RADIUS);
}

/* The order of straight and of geodesic distances may differ by this much, since the
 * Earth is not curved alike in all directions. */
static double doubt(double c) {
    double share = c / MEAN_RADIUS;
    return 0.1 + 0.01 * share * share * c;
}

/* Foot of p on the geodesic and its distance; sought from the share `from` of it on. */
static double foot_on_edge(struct search *s, const struct geod_geodesicline *line,
                           double from, struct im_lonlat *foot) {
    double at = from * line->s13, d = 0;
    for (int i = 0; i < 12; i++) {
        double along, to_p;
        geod_position(line, at, &foot->lat, &foot->lon, &along);
        geod_inverse(&s->g, foot->lat, foot->lon, s->p.lat, s->p.lon, &d, &to_p, NULL);
        double r = d / MEAN_RADIUS;
        double move =
            MEAN_RADIUS * atan2(sin(r) * cos((to_p - along) * RADIANS), cos(r));
        double next = fmax(0, fmin(line->s13, at + move));
        if (fabs(next - at) < 1e-4) {
            break;
        }
        at = next;
    }
    return d;
}

/* Step 1 for one edge. */
static void bound(struct search *s, struct vec a, struct vec b) {
    double c = rough(s->q, a, b);
    if (c < s->limit) {
        s->limit = fmin(s->limit, c + sag(a, b) + doubt(c));
    }
}

static bool is_beyond(const struct search *s, struct vec a, struct vec b) {
    return rough(s->q, a, b) - sag(a, b) > s->limit;
}

static void line_of(const struct search *s, struct im_lonlat a, struct im_lonlat b,
                    struct geod_geodesicline *out) {
    geod_inverseline(out, &s->g, a.lat, a.lon, b.lat, b.lon, 0);
}

/* Steps 2 and 3 for one edge. */
static void refine(struct search *s, const struct geod_geodesicline *line,
                   double from) {
    struct im_lonlat here;
    double d = foot_on_edge(s, line, from, &here);
    if (d < s->best) {
        s->best = d;
        s->foot = here;
    }
}

static struct search search_for(struct im_lonlat p, double limit) {
    struct search s = {.p = p, .q = cartesian(p), .limit = limit, .best = HUGE_VAL};
    geod_init(&s.g, EQUATOR, FLATTENING);
    return s;
}

double im_distance_to_line(struct im_lonlat p, const struct im_line *line,
                           struct im_lonlat *foot) {
    struct search s = search_for(p, HUGE_VAL);
    size_t last = line->n > 1 ? 1 : 0; // one vertex: an edge from it to itself
    for (int pass = 0; pass < 2 && line->n > 0; pass++) {
        struct vec u[2] = {cartesian(line->v[0]), {0, 0, 0}};
        for (size_t i = last; i < line->n; i++) {
            u[1] = cartesian(line->v[i]);
            if (pass == 0) {
                bound(&s, u[0], u[1]);
            } else if (!is_beyond(&s, u[0], u[1])) {
                struct geod_geodesicline edge;
                line_of(&s, line->v[i - last], line->v[i], &edge);
                refine(&s, &edge, share(s.q, u[0], u[1]));
            }
            u[0] = u[1];
        }
    }
    if (foot && line->n > 0) {
        *foot = s.foot;
    }
    return s.best;
}

/* ---- tracks ---------------------------------------------------------------------- */

static struct run run_of(const struct im_track *t, size_t first) {
    size_t end = first + RUN < t->edges ? first + RUN : t->edges;
    struct run run = {t->at[(first + end) / 2 % t->n], 0, 0};
    for (size_t i = first; i < end; i++) {
        struct vec a = t->at[i], b = t->at[(i + t->step) % t->n];
        run.radius = fmax(run.radius, fmax(chord(run.middle, a), chord(run.middle, b)));
        run.sag = fmax(run.sag, sag(a, b));
    }
    return run;
}

struct im_track *im_track_new(struct im_arena *arena, const struct im_line *line,
                              enum im_track_kind kind) {
    struct im_track *t = im_alloc(arena, 1, sizeof *t);
    t->arena = arena;
    t->v = line->v;
    t->n = line->n;
    bool points = kind == IM_TRACK_POINTS || line->n == 1;
    t->step = points ? 0 : 1;
    bool open = kind == IM_TRACK_OPEN && line->n > 1;
    t->edges = line->n - (open ? 1 : 0);
    t->lines = im_alloc(arena, t->edges + 1, sizeof *t->lines);
    t->at = im_alloc(arena, line->n + 1, sizeof *t->at);
    for (size_t i = 0; i < line->n; i++) {
        t->at[i] = cartesian(line->v[i]);
    }
    t->runs = im_alloc(arena, t->edges / RUN + 1, sizeof *t->runs);
    for (size_t i = 0; i < t->edges; i += RUN) {
        t->runs[i / RUN] = run_of(t, i);
    }
    return t;
}

/* The geodesic of the edge from vertex i to k. */
static const struct geod_geodesicline *line_at(const struct im_track *t,
                                               const struct search *s, size_t i,
                                               size_t k) {
    if (t->lines[i] == NULL) {
        t->lines[i] = im_alloc(t->arena, 1, sizeof *t->lines[i]);
        line_of(s, t->v[i], t->v[k], t->lines[i]);
    }
    return t->lines[i];
}

static bool is_far(const struct search *s, const struct run *run) {
    return chord(s->q, run->middle) - run->radius - run->sag > s->limit;
}

static void pass_over(const struct im_track *t, struct search *s, bool second) {
    for (size_t first = 0; first < t->edges; first += RUN) {
        if (is_far(s, &t->runs[first / RUN])) {
            continue;
        }
        for (size_t i = first; i < t->edges && i < first + RUN; i++) {
            size_t k = (i + t->step) % t->n;
            if (!second) {
                bound(s, t->at[i], t->at[k]);
            } else if (!is_beyond(s, t->at[i], t->at[k])) {
                refine(s, line_at(t, s, i, k), share(s->q, t->at[i], t->at[k]));
            }
        }
    }
}

double im_distance_to_track(struct im_lonlat p, const struct im_track *track,
                            double within, struct im_lonlat *foot) {
    struct search s = search_for(p, within);
    for (size_t i = 0; i < track->edges; i += RUN) { // the middles bound it well
        bound(&s, track->runs[i / RUN].middle, track->runs[i / RUN].middle);
    }
    pass_over(track, &s, false);
    pass_over(track, &s, true);
    if (foot && s.best < HUGE_VAL) {
        *foot = s.foot;
    }
    return s.best;
}
