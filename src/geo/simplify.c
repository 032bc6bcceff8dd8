#include "geo/simplify.h"
#include <string.h>

struct span {
    size_t a, b;
};

static double off_chord2(struct im_pt p, struct im_pt a, struct im_pt b) {
    double dx = b.x - a.x, dy = b.y - a.y, len2 = dx * dx + dy * dy;
    double t = len2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / len2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    double ex = p.x - a.x - t * dx, ey = p.y - a.y - t * dy;
    return ex * ex + ey * ey;
}

// The vertex between a and b farthest from their chord; a when none is beyond the
// limit.
static size_t farthest(const struct im_path *path, struct span s, double limit2) {
    size_t at = s.a;
    struct im_pt b = path->v[s.b % path->n];
    for (size_t i = s.a + 1; i < s.b; i++) {
        double d = off_chord2(path->v[i], path->v[s.a], b);
        if (d > limit2) {
            limit2 = d;
            at = i;
        }
    }
    return at;
}

static void mark(struct im_arena *arena, const struct im_path *path, struct span whole,
                 double limit2, char *keep) {
    struct span *stack = NULL;
    size_t n = 0, cap = 0;
    IM_PUSH(arena, stack, n, cap, whole);
    while (n > 0) {
        struct span s = stack[--n];
        size_t at = farthest(path, s, limit2);
        if (at != s.a) {
            keep[at] = 1;
            IM_PUSH(arena, stack, n, cap, ((struct span){s.a, at}));
            IM_PUSH(arena, stack, n, cap, ((struct span){at, s.b}));
        }
    }
}

void im_simplify_marks(struct im_arena *arena, const struct im_path *path,
                       double tolerance, char *keep) {
    if (path->n < (path->closed ? 4U : 3U)) {
        memset(keep, 1, path->n);
        return;
    }
    double limit2 = tolerance * tolerance;
    keep[0] = 1;
    if (!path->closed) {
        keep[path->n - 1] = 1;
        mark(arena, path, (struct span){0, path->n - 1}, limit2, keep);
        return;
    }
    // Vertex n stands for vertex 0 again.
    size_t far = farthest(path, (struct span){0, path->n}, -1), kept = 0;
    keep[far] = 1;
    mark(arena, path, (struct span){0, far}, limit2, keep);
    mark(arena, path, (struct span){far, path->n}, limit2, keep);
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
    im_simplify_marks(arena, path, tolerance, keep);
    for (size_t i = 0; i < path->n; i++) {
        if (keep[i]) {
            path->v[n++] = path->v[i];
        }
    }
    path->n = n;
}
