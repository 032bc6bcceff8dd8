#include "layout/plane.h"

#include <math.h>

struct im_rect lay_rect_line(struct im_rect box) {
    return (struct im_rect){box.x - box.h, box.y, box.w + 2 * box.h, box.h};
}

bool lay_rect_has(struct im_rect r, struct im_pt p) {
    return p.x >= r.x && p.x <= r.x + r.w && p.y >= r.y && p.y <= r.y + r.h;
}

struct im_pt lay_rect_nearest(struct im_rect r, struct im_pt p) {
    return (struct im_pt){fmin(fmax(p.x, r.x), r.x + r.w),
                          fmin(fmax(p.y, r.y), r.y + r.h)};
}

struct im_pt lay_rect_middle(struct im_rect r) {
    return (struct im_pt){r.x + r.w / 2, r.y + r.h / 2};
}

double lay_distance(struct im_pt a, struct im_pt b) {
    double dx = a.x - b.x;
    double dy = a.y - b.y;
    return sqrt(dx * dx + dy * dy);
}

double lay_segment_distance(struct im_pt p, struct im_pt a, struct im_pt b,
                            struct im_pt *foot) {
    double dx = b.x - a.x;
    double dy = b.y - a.y;
    double square = dx * dx + dy * dy;
    double t = square > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / square : 0;
    t = fmin(fmax(t, 0), 1);
    struct im_pt f = {a.x + t * dx, a.y + t * dy};
    if (foot != NULL) {
        *foot = f;
    }
    return lay_distance(p, f);
}

/* Liang-Barsky: the range t0..t1 of a-b inside r; false when empty. */
static bool clip_range(struct im_pt a, struct im_pt b, struct im_rect r, double *t0,
                       double *t1) {
    double p[4] = {a.x - b.x, b.x - a.x, a.y - b.y, b.y - a.y};
    double q[4] = {a.x - r.x, r.x + r.w - a.x, a.y - r.y, r.y + r.h - a.y};
    *t0 = 0;
    *t1 = 1;
    for (int i = 0; i < 4; i++) {
        if (p[i] == 0) {
            if (q[i] < 0) {
                return false;
            }
        } else if (p[i] < 0) {
            double t = q[i] / p[i];
            *t0 = t > *t0 ? t : *t0;
        } else {
            double t = q[i] / p[i];
            *t1 = t < *t1 ? t : *t1;
        }
    }
    return *t0 < *t1;
}

double lay_segment_inside(struct im_pt a, struct im_pt b, struct im_rect r) {
    double t0, t1;
    return clip_range(a, b, r, &t0, &t1) ? (t1 - t0) * lay_distance(a, b) : 0;
}

static double turn(struct im_pt a, struct im_pt b, struct im_pt c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool lay_segments_cross(struct im_pt a, struct im_pt b, struct im_pt c,
                        struct im_pt d) {
    double abc = turn(a, b, c);
    double abd = turn(a, b, d);
    double cda = turn(c, d, a);
    double cdb = turn(c, d, b);
    return ((abc <= 0 && abd >= 0) || (abc >= 0 && abd <= 0)) &&
           ((cda <= 0 && cdb >= 0) || (cda >= 0 && cdb <= 0)) &&
           fmax(a.x, b.x) >= fmin(c.x, d.x) && fmax(c.x, d.x) >= fmin(a.x, b.x) &&
           fmax(a.y, b.y) >= fmin(c.y, d.y) && fmax(c.y, d.y) >= fmin(a.y, b.y);
}

static bool ring_has(const struct im_path *ring, struct im_pt p) {
    bool inside = false;
    for (size_t i = 0, k = ring->n - 1; i < ring->n; k = i++) {
        struct im_pt a = ring->v[i];
        struct im_pt b = ring->v[k];
        if ((a.y > p.y) != (b.y > p.y) &&
            p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
            inside = !inside;
        }
    }
    return inside;
}

bool lay_paths_have(const struct im_paths *paths, struct im_pt p) {
    bool inside = false;
    for (size_t i = 0; i < paths->n; i++) {
        if (paths->v[i].n > 2 && ring_has(&paths->v[i], p)) {
            inside = !inside;
        }
    }
    return inside;
}

double lay_path_length(const struct im_path *path) {
    double sum = 0;
    for (size_t i = 1; i < path->n; i++) {
        sum += lay_distance(path->v[i - 1], path->v[i]);
    }
    return sum;
}

struct im_path lay_path_resample(struct im_arena *arena, const struct im_path *path,
                                 double step) {
    double length = lay_path_length(path);
    size_t n = (size_t)ceil(fmax(length / step, 1)) + 1;
    struct im_path out = {.v = im_alloc(arena, n, sizeof *out.v), .n = n};
    double each = length / (double)(n - 1);
    double passed = 0; // length up to vertex k
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        double s = each * (double)i;
        double edge = 0;
        while (k + 1 < path->n) {
            edge = lay_distance(path->v[k], path->v[k + 1]);
            if (passed + edge >= s || k + 2 == path->n) {
                break;
            }
            passed += edge;
            k++;
        }
        struct im_pt a = path->v[k];
        struct im_pt b = path->v[k + 1 < path->n ? k + 1 : k];
        double t = edge > 0 ? fmin((s - passed) / edge, 1) : 0;
        out.v[i] = (struct im_pt){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
    }
    return out;
}

static void clip_path(struct im_arena *arena, const struct im_path *in,
                      struct im_rect r, struct im_paths *out) {
    struct im_path piece = {0};
    size_t cap = 0;
    for (size_t i = 1; i < in->n; i++) {
        struct im_pt a = in->v[i - 1];
        struct im_pt b = in->v[i];
        double t0, t1;
        if (!clip_range(a, b, r, &t0, &t1)) {
            continue;
        }
        if (piece.n > 0 && t0 > 0) {
            IM_PUSH(arena, out->v, out->n, out->cap, piece);
            piece = (struct im_path){0};
            cap = 0;
        }
        if (piece.n == 0) {
            struct im_pt p = {a.x + t0 * (b.x - a.x), a.y + t0 * (b.y - a.y)};
            IM_PUSH(arena, piece.v, piece.n, cap, p);
        }
        struct im_pt p = {a.x + t1 * (b.x - a.x), a.y + t1 * (b.y - a.y)};
        IM_PUSH(arena, piece.v, piece.n, cap, p);
        if (t1 < 1) {
            IM_PUSH(arena, out->v, out->n, out->cap, piece);
            piece = (struct im_path){0};
            cap = 0;
        }
    }
    if (piece.n > 0) {
        IM_PUSH(arena, out->v, out->n, out->cap, piece);
    }
}

void lay_paths_clip(struct im_arena *arena, const struct im_paths *in, struct im_rect r,
                    struct im_paths *out) {
    for (size_t i = 0; i < in->n; i++) {
        clip_path(arena, &in->v[i], r, out);
    }
}

struct im_path lay_path_smooth(struct im_arena *arena, const struct im_path *path,
                               size_t reach) {
    struct im_path out = {.v = im_alloc(arena, path->n, sizeof *out.v), .n = path->n};
    for (size_t i = 0; i < path->n; i++) {
        size_t room = i < path->n - 1 - i ? i : path->n - 1 - i;
        size_t half = reach < room ? reach : room;
        struct im_pt sum = {0, 0};
        for (size_t k = i - half; k <= i + half; k++) {
            sum.x += path->v[k].x;
            sum.y += path->v[k].y;
        }
        double count = (double)(2 * half + 1);
        out.v[i] = (struct im_pt){sum.x / count, sum.y / count};
    }
    return out;
}
