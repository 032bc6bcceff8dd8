#include "geo/simplify.h"
#include "base/attr.h"
#include <stdint.h>
#include <string.h>

struct span {
    size_t a, b;
};

/* The chord of a span, and the farthest vertex so far: distances are compared as
 * squares, times the square of the chord's length where it is not zero. */
struct chord {
    struct im_pt a;
    double dx, dy, len2, unit;
    double most;
    size_t at;
};

static void measure(struct chord *c, const struct im_pt *v, size_t from, size_t end) {
    for (size_t i = from; i < end; i++) {
        double px = v[i].x - c->a.x, py = v[i].y - c->a.y;
        double along = px * c->dx + py * c->dy, d;
        if (along > 0 && along < c->len2) {
            double aside = px * c->dy - py * c->dx;
            d = aside * aside;
        } else {
            double qx = along > 0 ? px - c->dx : px, qy = along > 0 ? py - c->dy : py;
            d = (qx * qx + qy * qy) * c->unit;
        }
        if (d > c->most) {
            c->most = d;
            c->at = i;
        }
    }
}

/* Four vertices at a time, each as `measure` does it. */
enum { LANES = 4 };
typedef double lanes __attribute__((vector_size(8 * LANES)));
typedef int64_t marks __attribute__((vector_size(8 * LANES)));

/* Returns the first vertex that is left. */
IM_WIDE static size_t measure_many(struct chord *c, const struct im_pt *v, size_t i,
                                   size_t end) {
    const lanes zero = {0}, dx = c->dx + zero, dy = c->dy + zero;
    lanes most = c->most + zero;
    marks at = (int64_t)c->at + (marks){0}, number = (int64_t)i + (marks){0, 2, 1, 3};
    for (; i + LANES <= end; i += LANES, number += LANES) {
        lanes low, high;
        memcpy(&low, v + i, sizeof low);
        memcpy(&high, v + i + 2, sizeof high);
        lanes px = __builtin_shufflevector(low, high, 0, 4, 2, 6) - c->a.x;
        lanes py = __builtin_shufflevector(low, high, 1, 5, 3, 7) - c->a.y;
        lanes along = px * dx + py * dy, aside = px * dy - py * dx, d = aside * aside;
        marks after = along > zero, within = after & (along < c->len2 + zero);
        if ((within[0] & within[1] & within[2] & within[3]) == 0) {
            lanes qx = px - (lanes)((marks)dx & after);
            lanes qy = py - (lanes)((marks)dy & after);
            lanes q = (qx * qx + qy * qy) * c->unit;
            d = (lanes)(((marks)d & within) | ((marks)q & ~within));
        }
        marks farther = d > most;
        most = (lanes)(((marks)d & farther) | ((marks)most & ~farther));
        at = (number & farther) | (at & ~farther);
    }
    size_t before = c->at;
    for (int k = 0; k < LANES; k++) {
        size_t one = (size_t)at[k];
        if (one != before &&
            (most[k] > c->most || (most[k] == c->most && one < c->at))) {
            c->most = most[k];
            c->at = one;
        }
    }
    return i;
}

// The vertex between a and b farthest from their chord; a when none is beyond the
// limit.
static size_t farthest(const struct im_path *path, struct span s, double limit2) {
    struct im_pt a = path->v[s.a], b = path->v[s.b == path->n ? 0 : s.b];
    struct chord c = {.a = a, .dx = b.x - a.x, .dy = b.y - a.y, .at = s.a};
    c.len2 = c.dx * c.dx + c.dy * c.dy;
    c.unit = c.len2 > 0 ? c.len2 : 1;
    c.most = limit2 * c.unit;
    size_t from = s.a + 1;
    if (s.b - s.a > 2 * LANES) {
        from = measure_many(&c, path->v, from, s.b);
    }
    measure(&c, path->v, from, s.b);
    return c.at;
}

static void mark(const struct im_path *path, struct span whole, double limit2,
                 char *keep) {
    // The shorter half of a span is done first: 64 spans wait at most.
    struct span stack[65];
    size_t n = 0;
    stack[n++] = whole;
    while (n > 0) {
        struct span s = stack[--n];
        size_t at = farthest(path, s, limit2);
        if (at != s.a) {
            struct span left = {s.a, at}, right = {at, s.b};
            bool left_first = at - s.a < s.b - at;
            keep[at] = 1;
            stack[n++] = left_first ? right : left;
            stack[n++] = left_first ? left : right;
        }
    }
}

void im_simplify_marks(const struct im_path *path, double tolerance, char *keep) {
    if (path->n < (path->closed ? 4U : 3U)) {
        memset(keep, 1, path->n);
        return;
    }
    double limit2 = tolerance * tolerance;
    keep[0] = 1;
    if (!path->closed) {
        keep[path->n - 1] = 1;
        mark(path, (struct span){0, path->n - 1}, limit2, keep);
        return;
    }
    // Vertex n stands for vertex 0 again.
    size_t far = farthest(path, (struct span){0, path->n}, -1), kept = 0;
    keep[far] = 1;
    mark(path, (struct span){0, far}, limit2, keep);
    mark(path, (struct span){far, path->n}, limit2, keep);
    for (size_t i = 0; i < path->n; i++) {
        kept += (size_t)keep[i];
    }
    if (kept < 3) {
        memset(keep, 1, path->n); // thinner than the tolerance: left to the renderer
    }
}

void im_simplify(struct im_arena *arena, struct im_path *path, double tolerance) {
    char *keep = im_alloc(arena, path->n + 1, 1);
    size_t n = 0;
    im_simplify_marks(path, tolerance, keep);
    for (size_t i = 0; i < path->n; i++) {
        if (keep[i]) {
            path->v[n++] = path->v[i];
        }
    }
    path->n = n;
}
