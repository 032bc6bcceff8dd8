/*
 * Lines and rings from degrees to the page. Where the view shows nothing that its
 * projection tears (`direct`), they are clipped to the cover box. Else by aspect:
 * UPRIGHT: cut at lon_0 + 180, closed over the poles.
 * LOBES: the same, lobe by lobe.
 * TURNED: vertices go to the turned globe first, in steps short enough.
 * DISC: what lies beyond the rim is drawn along it. That moves no edge over a point of
 *   the disc, so what was inside a ring stays inside, as long as the ring does not hold
 *   the point opposite of the centre; then it also holds the outside of the disc, and
 *   the rim itself makes a ring more (fills are even-odd).
 */
#include "geo/clip.h"
#include "geo/inside.h"
#include "project/crs.h"
#include "project/pen.h"
#include "project/view.h"
#include <math.h>

#define TURN_STEP 0.25 /* degrees of an edge that may be straight on either globe */

struct job {
    const struct im_view *view;
    struct im_arena *arena;
    struct im_paths *out;
    bool ring;
};

static void draw_all(const struct job *job, enum im_pen_frame frame,
                     const struct im_lines *parts) {
    for (size_t i = 0; i < parts->n; i++) {
        im_pen_draw(job->view, job->arena, frame, job->ring, &parts->v[i], job->out);
    }
}

/* ---- upright -------------------------------------------------------------- */

static void draw_window(const struct job *job, const struct im_line *line,
                        struct im_window w) {
    struct im_lines parts = {NULL, 0, 0};
    if (job->ring) {
        im_clip_ring(job->arena, line, w, &parts);
    } else {
        im_clip_line(job->arena, line, w, &parts);
    }
    draw_all(job, IM_PEN_DEGREES, &parts);
}

static struct im_window lobe_window(const struct im_view *view, size_t i) {
    struct im_window w = view->crs->aspect.lobe[i];
    double lon0 = view->crs->lon0;
    w.west += lon0 + IM_CUT;
    w.east += lon0 - IM_CUT;
    w.south += w.south < 0 ? 0 : IM_CUT;
    return w;
}

/* ---- disc ----------------------------------------------------------------- */

static void draw_rim(const struct im_view *view, struct im_arena *arena,
                     struct im_paths *out) {
    enum { STEPS = 720 };
    struct im_path path = {im_alloc(arena, STEPS, sizeof *path.v), 0, true};
    const struct im_aspect *a = &view->crs->aspect;
    for (int i = 0; i < STEPS; i++) {
        struct im_lonlat p = im_aspect_at(a, a->limit, 360.0 * i / STEPS);
        path.n += im_view_image(view, p, &path.v[path.n]);
    }
    if (path.n > 2) {
        IM_PUSH(arena, out->v, out->n, out->cap, path);
    }
}

static void draw_disc(const struct job *job, const struct im_line *line) {
    const struct im_aspect *a = &job->view->crs->aspect;
    struct im_line whole = im_unwrap(job->arena, line, job->ring);
    if (whole.n < 2) {
        return;
    }
    im_pen_draw(job->view, job->arena, IM_PEN_DISC, job->ring, &whole, job->out);
    if (job->ring && im_ring_holds(job->arena, line, im_aspect_at(a, 180, 0))) {
        draw_rim(job->view, job->arena, job->out);
    }
}

/* ---- turned --------------------------------------------------------------- */

static struct im_window turned_window(const struct im_aspect *a) {
    return (struct im_window){-180 + IM_CUT, -a->limit, 180 - IM_CUT, a->limit};
}

// On the turned globe, with vertices so close that edges are the same on both.
static struct im_line turned(struct im_arena *arena, const struct im_aspect *a,
                             const struct im_line *whole) {
    struct im_line out = {NULL, 0};
    size_t cap = 0;
    for (size_t i = 0; i < whole->n; i++) {
        struct im_lonlat p = whole->v[i], q = whole->v[i + 1 < whole->n ? i + 1 : i];
        double far = fmax(fabs(q.lon - p.lon), fabs(q.lat - p.lat));
        int n = far > TURN_STEP ? (int)ceil(far / TURN_STEP) : 1;
        for (int k = 0; k < n; k++) {
            double t = (double)k / n;
            struct im_lonlat m = {p.lon + t * (q.lon - p.lon),
                                  p.lat + t * (q.lat - p.lat)};
            m = im_aspect_turn(a, m);
            IM_PUSH(arena, out.v, out.n, cap, m);
        }
    }
    return out;
}

static void whole_window(const struct job *job, struct im_window w,
                         struct im_lines *parts) {
    struct im_line all = {im_alloc(job->arena, 4, sizeof *all.v), 4};
    all.v[0] = (struct im_lonlat){w.west, w.south};
    all.v[1] = (struct im_lonlat){w.east, w.south};
    all.v[2] = (struct im_lonlat){w.east, w.north};
    all.v[3] = (struct im_lonlat){w.west, w.north};
    IM_PUSH(job->arena, parts->v, parts->n, parts->cap, all);
}

static void draw_turned(const struct job *job, const struct im_line *line) {
    const struct im_aspect *a = &job->view->crs->aspect;
    struct im_window w = turned_window(a);
    struct im_line whole = im_unwrap(job->arena, line, job->ring);
    struct im_line there = turned(job->arena, a, &whole);
    struct im_lines parts = {NULL, 0, 0};
    if (!job->ring) {
        im_clip_line(job->arena, &there, w, &parts);
    } else if (there.n > 3) {
        there.n--; // rings repeat no vertex
        struct im_lonlat pole = im_aspect_back(a, (struct im_lonlat){0, 90});
        bool north = im_ring_holds(job->arena, line, pole);
        pole = im_aspect_back(a, (struct im_lonlat){0, -90});
        bool south = im_ring_holds(job->arena, line, pole);
        im_clip_ring_over(job->arena, &there, w, north ? 90 : -90, &parts);
        if (north && south) { // all but what the ring goes around
            whole_window(job, w, &parts);
        }
    }
    draw_all(job, IM_PEN_TURNED, &parts);
}

/* ---- by aspect ------------------------------------------------------------ */

static void draw(const struct job *job, const struct im_line *line) {
    const struct im_aspect *a = &job->view->crs->aspect;
    if (job->view->direct || a->kind == IM_UPRIGHT) {
        draw_window(job, line, im_view_window(job->view));
    } else if (a->kind == IM_LOBES) {
        for (size_t i = 0; i < a->lobe_count; i++) {
            draw_window(job, line, lobe_window(job->view, i));
        }
    } else if (a->kind == IM_DISC) {
        draw_disc(job, line);
    } else {
        draw_turned(job, line);
    }
}

void im_view_line(const struct im_view *view, struct im_arena *arena,
                  const struct im_line *line, struct im_paths *out) {
    draw(&(struct job){view, arena, out, false}, line);
}

void im_view_ring(const struct im_view *view, struct im_arena *arena,
                  const struct im_line *ring, struct im_paths *out) {
    draw(&(struct job){view, arena, out, true}, ring);
}

bool im_view_trace(const struct im_view *view, struct im_arena *arena,
                   const struct im_line *line, const struct im_pt *pts,
                   struct im_path *out) {
    return im_pen_trace(view, arena, line, pts, out);
}

bool im_view_behind(const struct im_view *view, struct im_lonlat *out) {
    const struct im_aspect *a = &view->crs->aspect;
    bool disc = !view->direct && a->kind == IM_DISC;
    if (disc) {
        *out = im_aspect_at(a, 180, 0);
    }
    return disc;
}

bool im_view_holds(const struct im_view *view, struct im_box box) {
    struct im_window w = im_view_window(view);
    const struct im_aspect *a = &view->crs->aspect;
    if (!(box.west <= box.east && box.east - box.west <= 180)) {
        return false;
    }
    if (view->direct || a->kind == IM_UPRIGHT) {
        return box.west >= w.west && box.east <= w.east && box.south >= w.south &&
               box.north <= w.north;
    }
    // No point of the box is farther from its middle than half its diagonal.
    double bearing, half = hypot(box.east - box.west, box.north - box.south) / 2;
    return a->kind == IM_DISC &&
           im_aspect_distance(a, im_box_middle(box), &bearing) + half < a->limit;
}

/* ---- the globe's edge ----------------------------------------------------- */

void im_view_outline(const struct im_view *view, struct im_arena *arena,
                     struct im_paths *out) {
    const struct im_aspect *a = &view->crs->aspect;
    struct job job = {view, arena, out, true};
    struct im_lines parts = {NULL, 0, 0};
    if (view->filled) {
        return;
    }
    if (a->kind == IM_DISC) {
        draw_rim(view, arena, out);
        return;
    }
    if (a->kind == IM_TURNED) {
        whole_window(&job, turned_window(a), &parts);
        draw_all(&job, IM_PEN_TURNED, &parts);
        return;
    }
    if (a->kind == IM_UPRIGHT) {
        whole_window(&job, im_view_window(view), &parts);
    }
    for (size_t i = 0; a->kind == IM_LOBES && i < a->lobe_count; i++) {
        whole_window(&job, lobe_window(view, i), &parts);
    }
    draw_all(&job, IM_PEN_DEGREES, &parts);
}
