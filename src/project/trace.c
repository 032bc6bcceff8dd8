/* Lines and rings from degrees to the page: clip, resample, project. */
#include "geo/clip.h"
#include "project/crs.h"
#include "project/view.h"
#include <math.h>

#define CHORD_ERROR 0.2 /* points that a drawn chord may be off */
#define SHORT_EDGE 4.0  /* shorter edges are not looked at */
#define LONG_EDGE 64.0  /* longer ones are always split */
#define DEPTH 11
#define JUMP 200.0 /* points that a pen may move within the shortest piece */

struct pen {
    const struct im_view *view;
    struct im_arena *arena;
    struct im_paths *out;
    struct im_path path;
    size_t cap, hint;
    bool ring;
};

struct spot {
    struct im_lonlat at;
    struct im_pt pt;
    bool ok;
};

static struct spot spot_of(const struct pen *pen, struct im_lonlat at) {
    struct spot s = {at, {0, 0}, false};
    s.ok = im_view_point(pen->view, at, &s.pt);
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

static void dot(struct pen *pen, struct spot s) {
    if (!s.ok) {
        if (!pen->ring) {
            lift(pen);
        }
        return;
    }
    if (pen->path.n > 0 && pen->path.v[pen->path.n - 1].x == s.pt.x &&
        pen->path.v[pen->path.n - 1].y == s.pt.y) {
        return;
    }
    if (pen->cap == 0) {
        pen->cap = pen->hint;
        pen->path.v = im_alloc(pen->arena, pen->cap, sizeof *pen->path.v);
    }
    IM_PUSH(pen->arena, pen->path.v, pen->path.n, pen->cap, s.pt);
}

static double off_chord(struct im_pt p, struct im_pt a, struct im_pt b) {
    double dx = b.x - a.x, dy = b.y - a.y, len = hypot(dx, dy);
    if (len == 0) {
        return hypot(p.x - a.x, p.y - a.y);
    }
    return fabs((p.x - a.x) * dy - (p.y - a.y) * dx) / len;
}

// Draw from a (already dotted) to b.
static void edge(struct pen *pen, struct spot a, struct spot b, int depth) {
    double length = a.ok && b.ok ? hypot(b.pt.x - a.pt.x, b.pt.y - a.pt.y) : 0;
    if (a.ok && b.ok && length < SHORT_EDGE) {
        dot(pen, b);
        return;
    }
    if (depth == 0 || (!a.ok && !b.ok)) {
        if (length > JUMP && !pen->ring) {
            lift(pen);
        }
        dot(pen, b);
        return;
    }
    struct im_lonlat half = {(a.at.lon + b.at.lon) / 2, (a.at.lat + b.at.lat) / 2};
    struct spot m = spot_of(pen, half);
    if (a.ok && b.ok && m.ok && length < LONG_EDGE &&
        off_chord(m.pt, a.pt, b.pt) < CHORD_ERROR) {
        dot(pen, b);
        return;
    }
    edge(pen, a, m, depth - 1);
    edge(pen, m, b, depth - 1);
}

static void trace(struct pen *pen, const struct im_line *line) {
    pen->hint = line->n + 4;
    struct spot a = spot_of(pen, line->v[0]), first = a;
    dot(pen, a);
    for (size_t i = 1; i < line->n; i++) {
        struct spot b = spot_of(pen, line->v[i]);
        edge(pen, a, b, DEPTH);
        a = b;
    }
    if (pen->ring) {
        edge(pen, a, first, DEPTH);
    }
    lift(pen);
}

void im_view_line(const struct im_view *view, struct im_arena *arena,
                  const struct im_line *line, struct im_paths *out) {
    struct im_lines parts = {NULL, 0, 0};
    im_clip_line(arena, line, im_view_window(view), &parts);
    struct pen pen = {.view = view, .arena = arena, .out = out};
    for (size_t i = 0; i < parts.n; i++) {
        trace(&pen, &parts.v[i]);
    }
}

void im_view_ring(const struct im_view *view, struct im_arena *arena,
                  const struct im_line *ring, struct im_paths *out) {
    struct im_lines parts = {NULL, 0, 0};
    im_clip_ring(arena, ring, im_view_window(view), &parts);
    struct pen pen = {.view = view, .arena = arena, .out = out, .ring = true};
    for (size_t i = 0; i < parts.n; i++) {
        trace(&pen, &parts.v[i]);
    }
}

bool im_view_holds(const struct im_view *view, struct im_box box) {
    struct im_window w = im_view_window(view);
    return box.west <= box.east && box.west >= w.west && box.east <= w.east &&
           box.south >= w.south && box.north <= w.north && box.east - box.west <= 180;
}

bool im_view_trace(const struct im_view *view, struct im_arena *arena,
                   const struct im_line *line, const struct im_pt *pts,
                   struct im_path *out) {
    struct im_paths paths = {NULL, 0, 0};
    struct pen pen = {.view = view, .arena = arena, .out = &paths, .hint = line->n + 4};
    struct spot a = {line->v[0], pts[0], true};
    dot(&pen, a);
    for (size_t i = 1; i < line->n; i++) {
        struct spot b = {line->v[i], pts[i], true};
        edge(&pen, a, b, DEPTH);
        a = b;
    }
    lift(&pen);
    if (paths.n != 1) {
        return false;
    }
    *out = paths.v[0];
    return true;
}
