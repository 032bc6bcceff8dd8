/*
 * A hatch is the family of lines n.p = c, c in steps of the gap, each cut to the
 * parameters t of its direction d that lie inside:
 *   - inside rings: between crossings, in pairs (even-odd);
 *   - inside a band: the union of the line's meetings with the band's capsules, one for
 *     each segment, which are convex and so are met in one interval each.
 */
#include "layout/hatch.h"
#include "layout/plane.h"

#include <math.h>
#include <stdlib.h>

#define LINE_WIDTH 0.9
#define DEGREE (3.14159265358979323846 / 180)

struct span {
    double from, to; /* along the line */
};

struct spans {
    struct span *v;
    size_t n, cap;
};

/* One line of the family. */
struct line {
    struct im_pt d, n; /* direction and normal, unit length */
    double c;          /* n.p on the line */
};

static double along(const struct line *l, struct im_pt p) {
    return l->d.x * p.x + l->d.y * p.y;
}

static double across(const struct line *l, struct im_pt p) {
    return l->n.x * p.x + l->n.y * p.y - l->c;
}

static struct line direction(double degrees) {
    double a = degrees * DEGREE;
    return (struct line){{cos(a), sin(a)}, {-sin(a), cos(a)}, 0};
}

static void add_line(struct im_arena *arena, struct im_item *out, const struct line *l,
                     struct span s) {
    struct im_path path = {.v = im_alloc(arena, 2, sizeof *path.v), .n = 2};
    path.v[0] = (struct im_pt){s.from * l->d.x + l->c * l->n.x,
                               s.from * l->d.y + l->c * l->n.y};
    path.v[1] =
        (struct im_pt){s.to * l->d.x + l->c * l->n.x, s.to * l->d.y + l->c * l->n.y};
    IM_PUSH(arena, out->paths.v, out->paths.n, out->paths.cap, path);
}

static struct im_item empty(im_rgba colour) {
    return (struct im_item){.kind = IM_ITEM_PATH,
                            .stroke = {.colour = colour, .width = LINE_WIDTH}};
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* 1. Rings. */

/* Where the line crosses the rings' edges; their number. */
static size_t crossings(const struct im_paths *area, const struct line *l,
                        double *out) {
    size_t n = 0;
    for (size_t k = 0; k < area->n; k++) {
        const struct im_path *ring = &area->v[k];
        for (size_t i = 0; i < ring->n; i++) {
            struct im_pt a = ring->v[i];
            struct im_pt b = ring->v[i + 1 < ring->n ? i + 1 : 0];
            double da = across(l, a);
            double db = across(l, b);
            if ((da < 0) != (db < 0)) {
                double t = da / (da - db);
                out[n++] = (1 - t) * along(l, a) + t * along(l, b);
            }
        }
    }
    qsort(out, n, sizeof *out, by_value);
    return n;
}

static struct im_rect box_of(const struct im_paths *area, size_t *vertices) {
    double x0 = HUGE_VAL, y0 = HUGE_VAL, x1 = -HUGE_VAL, y1 = -HUGE_VAL;
    *vertices = 0;
    for (size_t k = 0; k < area->n; k++) {
        for (size_t i = 0; i < area->v[k].n; i++) {
            x0 = fmin(x0, area->v[k].v[i].x);
            x1 = fmax(x1, area->v[k].v[i].x);
            y0 = fmin(y0, area->v[k].v[i].y);
            y1 = fmax(y1, area->v[k].v[i].y);
        }
        *vertices += area->v[k].n;
    }
    return (struct im_rect){x0, y0, x1 - x0, y1 - y0};
}

struct im_item lay_hatch_item(struct im_arena *arena, const struct im_paths *area,
                              struct lay_hatch hatch, im_rgba colour) {
    struct im_item out = empty(colour);
    struct line l = direction(hatch.angle);
    size_t vertices;
    struct im_rect box = box_of(area, &vertices);
    if (vertices < 3) {
        return out;
    }
    double *at = im_alloc(arena, vertices, sizeof *at);
    double middle = across(&l, lay_rect_middle(box));
    long reach = (long)ceil(hypot(box.w, box.h) / 2 / hatch.gap);
    for (long i = -reach; i <= reach; i++) {
        l.c = middle + (double)i * hatch.gap;
        size_t n = crossings(area, &l, at);
        for (size_t k = 0; k + 1 < n; k += 2) {
            add_line(arena, &out, &l, (struct span){at[k], at[k + 1]});
        }
    }
    return out;
}

/* 2. Bands. */

static void widen(struct span *s, double t) {
    s->from = fmin(s->from, t);
    s->to = fmax(s->to, t);
}

static void meet_disc(const struct line *l, struct im_pt p, double r, struct span *s) {
    double off = across(l, p);
    if (fabs(off) <= r) {
        double half = sqrt(r * r - off * off);
        widen(s, along(l, p) - half);
        widen(s, along(l, p) + half);
    }
}

/* The line with the edge from a to b moved aside by (x, y). */
static void meet_edge(const struct line *l, struct im_pt a, struct im_pt b,
                      struct im_pt aside, struct span *s) {
    struct im_pt p = {a.x + aside.x, a.y + aside.y};
    struct im_pt q = {b.x + aside.x, b.y + aside.y};
    double dp = across(l, p);
    double dq = across(l, q);
    if ((dp < 0) != (dq < 0)) {
        double t = dp / (dp - dq);
        widen(s, (1 - t) * along(l, p) + t * along(l, q));
    }
}

static struct span meet_capsule(const struct line *l, struct im_pt a, struct im_pt b,
                                double half) {
    struct span s = {HUGE_VAL, -HUGE_VAL};
    double length = lay_distance(a, b);
    meet_disc(l, a, half, &s);
    meet_disc(l, b, half, &s);
    if (length > 0) {
        struct im_pt aside = {-(b.y - a.y) / length * half,
                              (b.x - a.x) / length * half};
        meet_edge(l, a, b, aside, &s);
        meet_edge(l, a, b, (struct im_pt){-aside.x, -aside.y}, &s);
    }
    return s;
}

/* The line inside the rectangle; empty (from > to) when it misses it. */
static struct span meet_rect(const struct line *l, struct im_rect r) {
    struct span s = {HUGE_VAL, -HUGE_VAL};
    struct im_pt corner[4] = {
        {r.x, r.y}, {r.x + r.w, r.y}, {r.x + r.w, r.y + r.h}, {r.x, r.y + r.h}};
    for (size_t i = 0; i < 4; i++) {
        meet_edge(l, corner[i], corner[(i + 1) % 4], (struct im_pt){0, 0}, &s);
    }
    return s;
}

static int by_start(const void *a, const void *b) {
    const struct span *x = a;
    const struct span *y = b;
    return x->from < y->from ? -1 : x->from > y->from;
}

/* Spans of one line, merged, inside `room`. */
static void put_spans(struct im_arena *arena, struct spans *spans, const struct line *l,
                      struct span room, struct im_item *out) {
    if (spans->n > 1) {
        qsort(spans->v, spans->n, sizeof *spans->v, by_start);
    }
    for (size_t i = 0; i < spans->n;) {
        struct span s = spans->v[i++];
        while (i < spans->n && spans->v[i].from <= s.to) {
            s.to = fmax(s.to, spans->v[i++].to);
        }
        s.from = fmax(s.from, room.from);
        s.to = fmin(s.to, room.to);
        if (s.from < s.to) {
            add_line(arena, out, l, s);
        }
    }
    spans->n = 0;
}

static void meet_paths(struct im_arena *arena, const struct im_paths *paths,
                       const struct line *l, double half, struct spans *out) {
    for (size_t k = 0; k < paths->n; k++) {
        const struct im_path *p = &paths->v[k];
        for (size_t i = 1; i < p->n; i++) {
            double da = across(l, p->v[i - 1]);
            double db = across(l, p->v[i]);
            if (fmin(da, db) > half || fmax(da, db) < -half) {
                continue;
            }
            struct span s = meet_capsule(l, p->v[i - 1], p->v[i], half);
            if (s.from <= s.to) {
                IM_PUSH(arena, out->v, out->n, out->cap, s);
            }
        }
    }
}

struct im_item lay_hatch_band(struct im_arena *arena, const struct im_paths *paths,
                              double half, struct im_rect room, struct lay_hatch hatch,
                              im_rgba colour) {
    struct im_item out = empty(colour);
    struct line l = direction(hatch.angle);
    struct spans spans = {0};
    double middle = across(&l, lay_rect_middle(room));
    long reach = (long)ceil(hypot(room.w, room.h) / 2 / hatch.gap);
    for (long i = -reach; i <= reach; i++) {
        l.c = middle + (double)i * hatch.gap;
        struct span inside = meet_rect(&l, room);
        if (inside.from < inside.to) {
            meet_paths(arena, paths, &l, half, &spans);
            put_spans(arena, &spans, &l, inside, &out);
        }
    }
    return out;
}
