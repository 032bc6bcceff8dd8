/* The way of the pen: paths of a line in an order that needs short steps between them.
 */
#include "draw/svg.h"
#include <math.h>

enum { AHEAD = 128 }; /* so many paths are looked at for the next one */

static double apart(struct im_pt a, struct im_pt b) {
    return fabs(a.x - b.x) + fabs(a.y - b.y);
}

static struct im_path turned(struct im_arena *arena, const struct im_path *path) {
    struct im_path back = *path;
    back.v = im_alloc_raw(arena, path->n, sizeof *back.v);
    for (size_t i = 0; i < path->n; i++) {
        back.v[i] = path->v[path->n - 1 - i];
    }
    return back;
}

/* Paths that are left: 1 + the first of them, and by path 1 + the one after it; 0 at
 * the end. */
struct left {
    const struct im_path *v;
    size_t first, *after;
};

/* Take away the one of the next paths that begins or ends nearest to the pen. */
static const struct im_path *nearest(struct left *left, struct im_pt pen, bool *back) {
    size_t *best = &left->first, *at = best;
    double least = INFINITY;
    for (int seen = 0; *at > 0 && seen < AHEAD; seen++) {
        const struct im_path *p = &left->v[*at - 1];
        double to = apart(pen, p->v[0]);
        double turn = p->closed ? INFINITY : apart(pen, p->v[p->n - 1]);
        if (fmin(to, turn) < least) {
            best = at;
            least = fmin(to, turn);
            *back = turn < to;
        }
        at = &left->after[*at - 1];
    }
    const struct im_path *path = &left->v[*best - 1];
    *best = left->after[*best - 1];
    return path;
}

struct im_paths im_svg_order(struct im_arena *arena, const struct im_paths *paths) {
    struct im_paths out = {0}, some = {0};
    for (size_t i = 0; i < paths->n; i++) {
        if (paths->v[i].n > 0) {
            IM_PUSH(arena, some.v, some.n, some.cap, paths->v[i]);
        }
    }
    struct left left = {some.v, some.n > 0, NULL};
    left.after = im_alloc_raw(arena, some.n, sizeof *left.after);
    for (size_t i = 0; i < some.n; i++) {
        left.after[i] = i + 1 < some.n ? i + 2 : 0;
    }
    struct im_pt pen = {0, 0};
    while (left.first > 0) {
        bool back = false;
        const struct im_path *next = nearest(&left, pen, &back);
        struct im_path path = back ? turned(arena, next) : *next;
        pen = path.closed ? path.v[0] : path.v[path.n - 1];
        IM_PUSH(arena, out.v, out.n, out.cap, path);
    }
    return out;
}
