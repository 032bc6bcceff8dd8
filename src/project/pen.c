#include "project/pen.h"
#include "project/crs.h"
#include "project/view.h"
#include <math.h>

#define SHORT_EDGE 4.0 /* shorter edges are not looked at, if short in degrees too */
#define TINY_EDGE 0.5  /* those are never looked at */
#define LONG_EDGE 64.0 /* longer ones are always split */
#define KINK_EDGE 8.0  /* the same where the projection has kinks (homolosine) */
#define RIM_STEP 30.0  /* degrees of bearing that an edge may run along the rim */
#define LONG_STEP 10.0 /* degrees; longer edges might hide a turn */
#define DEPTH 11
#define JUMP 200.0 /* points that a pen may move within the shortest piece */

struct pen {
    const struct im_view *view;
    struct im_arena *arena;
    struct im_paths *out;
    struct im_path path;
    size_t cap, hint;
    bool ring;
    enum im_pen_frame frame;
    struct im_window around; /* where `bend` holds; west > east: nowhere */
    struct im_bend bend;
};

struct spot {
    struct im_lonlat at; /* in the pen's frame */
    struct im_pt pt;
    double bearing; /* when beyond */
    bool ok, beyond;
};

static struct spot spot_of(const struct pen *pen, struct im_lonlat at) {
    struct spot s = {.at = at};
    const struct im_aspect *a = &pen->view->crs->aspect;
    if (pen->frame == IM_PEN_TURNED) {
        at = im_aspect_back(a, at);
    } else if (pen->frame == IM_PEN_DISC) {
        s.beyond = im_aspect_distance(a, at, &s.bearing) > a->limit;
        if (s.beyond && !pen->ring) {
            return s;
        }
        at = s.beyond ? im_aspect_at(a, a->limit, s.bearing) : at;
    }
    s.ok = im_view_image(pen->view, at, &s.pt);
    return s;
}

static void lift(struct pen *pen) {
    while (pen->ring && pen->path.n > 1 &&
           pen->path.v[0].x == pen->path.v[pen->path.n - 1].x &&
           pen->path.v[0].y == pen->path.v[pen->path.n - 1].y) {
        pen->path.n--;
    }
    if (pen->path.n >= (pen->ring ? 3 : 2)) {
        pen->path.closed = pen->ring;
        IM_PUSH(pen->arena, pen->out->v, pen->out->n, pen->out->cap, pen->path);
    }
    pen->path = (struct im_path){NULL, 0, false};
    pen->cap = 0;
}

static void dot(struct pen *pen, const struct spot *s) {
    if (!s->ok) {
        if (!pen->ring) {
            lift(pen);
        }
        return;
    }
    if (pen->path.n > 0 && pen->path.v[pen->path.n - 1].x == s->pt.x &&
        pen->path.v[pen->path.n - 1].y == s->pt.y) {
        return;
    }
    if (pen->cap == 0) {
        pen->cap = pen->hint;
        pen->path.v = im_alloc(pen->arena, pen->cap, sizeof *pen->path.v);
    }
    IM_PUSH(pen->arena, pen->path.v, pen->path.n, pen->cap, s->pt);
}

// Points of a page are neither so many nor so few that their squares were no numbers.
static double apart(struct im_pt a, struct im_pt b) {
    double dx = b.x - a.x, dy = b.y - a.y;
    return sqrt(dx * dx + dy * dy);
}

static double off_chord(struct im_pt p, struct im_pt a, struct im_pt b) {
    double dx = b.x - a.x, dy = b.y - a.y, len = apart(a, b);
    if (len == 0) {
        return apart(p, a);
    }
    return fabs((p.x - a.x) * dy - (p.y - a.y) * dx) / len;
}

// May the edge be a chord, for all that its ends tell?
static bool is_short(const struct spot *a, const struct spot *b, double length) {
    bool small = length < SHORT_EDGE && fabs(b->at.lon - a->at.lon) < 1 &&
                 fabs(b->at.lat - a->at.lat) < 1 && fabs(a->at.lat) < 88;
    if (!a->ok || !b->ok || !(small || length < TINY_EDGE)) {
        return false;
    }
    if (a->beyond != b->beyond) {
        return length < IM_CHORD;
    }
    return !a->beyond || fabs(im_lon_near(b->bearing - a->bearing, 0)) < RIM_STEP;
}

static bool is_flat(const struct pen *pen, const struct spot *a, const struct spot *m,
                    const struct spot *b) {
    double length = apart(a->pt, b->pt);
    bool kinks = pen->view->crs->aspect.kind == IM_LOBES;
    return a->ok && b->ok && m->ok && a->beyond == b->beyond &&
           a->beyond == m->beyond &&
           (!a->beyond || fabs(im_lon_near(b->bearing - a->bearing, 0)) < RIM_STEP) &&
           length < (kinks ? KINK_EDGE : LONG_EDGE) &&
           off_chord(m->pt, a->pt, b->pt) < IM_CHORD;
}

static bool holds(const struct im_window *w, struct im_lonlat p) {
    return p.lon >= w->west && p.lon <= w->east && p.lat >= w->south &&
           p.lat <= w->north;
}

// The bounds around an edge: those of the last one, or of the cells that it touches.
static bool look_around(struct pen *pen, struct im_lonlat a, struct im_lonlat b) {
    struct im_window *w = &pen->around;
    if (holds(w, a) && holds(w, b)) {
        return true;
    }
    *w = (struct im_window){fmin(a.lon, b.lon), fmin(a.lat, b.lat), fmax(a.lon, b.lon),
                            fmax(a.lat, b.lat)};
    *w = im_bend_window(*w);
    if (!im_view_bend(pen->view, *w, &pen->bend)) {
        w->west = HUGE_VAL;
        return false;
    }
    return true;
}

// May the edge be a chord, for all that is known of the projection around it?
static bool is_straight(struct pen *pen, const struct spot *a, const struct spot *b,
                        double length) {
    if (!a->ok || !b->ok || a->beyond || b->beyond || pen->frame == IM_PEN_TURNED ||
        !look_around(pen, a->at, b->at)) {
        return false;
    }
    const struct im_bend *bend = &pen->bend;
    double dlon = fabs(b->at.lon - a->at.lon), dlat = fabs(b->at.lat - a->at.lat);
    double m = pen->view->m_per_pt;
    double off = bend->lonlon * dlon * dlon + 2 * bend->lonlat * dlon * dlat +
                 bend->latlat * dlat * dlat;
    // A longer edge crosses a cut.
    return off < 8 * IM_CHORD * m && length * m <= bend->lon * dlon + bend->lat * dlat;
}

// Draw from a (already dotted) to b.
static void edge(struct pen *pen, const struct spot *a, const struct spot *b,
                 int depth) {
    double length = a->ok && b->ok ? apart(a->pt, b->pt) : 0;
    if (is_short(a, b, length) || is_straight(pen, a, b, length)) {
        dot(pen, b);
        return;
    }
    if (depth == 0 || (!a->ok && !b->ok)) {
        if (length > JUMP && !pen->ring) {
            lift(pen);
        }
        dot(pen, b);
        return;
    }
    struct im_lonlat half = {(a->at.lon + b->at.lon) / 2, (a->at.lat + b->at.lat) / 2};
    struct spot m = spot_of(pen, half);
    if (is_flat(pen, a, &m, b)) {
        dot(pen, b);
        return;
    }
    edge(pen, a, &m, depth - 1);
    edge(pen, &m, b, depth - 1);
}

// In steps that hide no turn.
static void stretch(struct pen *pen, const struct spot *a, const struct spot *b) {
    double dlon = b->at.lon - a->at.lon, dlat = b->at.lat - a->at.lat;
    if (!(fabs(dlon) > LONG_STEP || fabs(dlat) > LONG_STEP)) {
        edge(pen, a, b, DEPTH);
        return;
    }
    int n = (int)ceil(fmin(fmax(fabs(dlon), fabs(dlat)), 36000) / LONG_STEP);
    struct im_lonlat from = a->at;
    struct spot last = *a;
    for (int i = 1; i < n; i++) {
        double t = (double)i / n;
        struct spot m =
            spot_of(pen, (struct im_lonlat){from.lon + t * dlon, from.lat + t * dlat});
        edge(pen, &last, &m, DEPTH);
        last = m;
    }
    edge(pen, &last, b, DEPTH);
}

void im_pen_draw(const struct im_view *view, struct im_arena *arena,
                 enum im_pen_frame frame, bool ring, const struct im_line *line,
                 struct im_paths *out) {
    struct pen pen = {.view = view,
                      .arena = arena,
                      .out = out,
                      .ring = ring,
                      .hint = line->n + 4,
                      .frame = frame,
                      .around.west = HUGE_VAL};
    struct spot a = spot_of(&pen, line->v[0]), first = a;
    dot(&pen, &a);
    for (size_t i = 1; i < line->n; i++) {
        struct spot b = spot_of(&pen, line->v[i]);
        stretch(&pen, &a, &b);
        a = b;
    }
    if (ring && frame != IM_PEN_DISC) { // those come back to their start
        stretch(&pen, &a, &first);
    }
    lift(&pen);
}

bool im_pen_trace(const struct im_view *view, struct im_arena *arena,
                  const struct im_line *line, const struct im_pt *pts,
                  struct im_path *out) {
    struct im_paths paths = {NULL, 0, 0};
    struct pen pen = {.view = view,
                      .arena = arena,
                      .out = &paths,
                      .hint = line->n + 4,
                      .around.west = HUGE_VAL};
    struct spot a = {.at = line->v[0], .pt = pts[0], .ok = true};
    dot(&pen, &a);
    for (size_t i = 1; i < line->n; i++) {
        struct spot b = {.at = line->v[i], .pt = pts[i], .ok = true};
        stretch(&pen, &a, &b);
        a = b;
    }
    lift(&pen);
    if (paths.n != 1) {
        return false;
    }
    *out = paths.v[0];
    return true;
}
