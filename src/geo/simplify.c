#include "geo/simplify.h"
#include <string.h>

struct span {
    size_t a, b;
};

// The vertex between a and b farthest from their chord; a when none is beyond the
// limit. Distances are compared as squares, times the square of the chord's length
// where it is not zero.
static size_t farthest(const struct im_path *path, struct span s, double limit2) {
    size_t at = s.a;
    struct im_pt a = path->v[s.a], b = path->v[s.b == path->n ? 0 : s.b];
    double dx = b.x - a.x, dy = b.y - a.y, len2 = dx * dx + dy * dy;
    double unit = len2 > 0 ? len2 : 1, most = limit2 * unit;
    for (size_t i = s.a + 1; i < s.b; i++) {
        double px = path->v[i].x - a.x, py = path->v[i].y - a.y;
        double along = px * dx + py * dy, d;
        if (along > 0 && along < len2) {
            double aside = px * dy - py * dx;
            d = aside * aside;
        } else {
            double qx = along > 0 ? px - dx : px, qy = along > 0 ? py - dy : py;
            d = (qx * qx + qy * qy) * unit;
        }
        if (d > most) {
            most = d;
            at = i;
        }
    }
    return at;
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
