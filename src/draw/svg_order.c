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

/* Of the paths not yet done, from `first` on, the one that begins or ends nearest to
 * the pen. */
static size_t nearest(const struct im_paths *paths, const char *done, size_t first,
                      struct im_pt pen, bool *back) {
    size_t best = first;
    double least = INFINITY;
    for (size_t i = first, seen = 0; i < paths->n && seen < AHEAD; i++) {
        const struct im_path *p = &paths->v[i];
        if (done[i]) {
            continue;
        }
        seen++;
        double to = apart(pen, p->v[0]);
        double turn = p->closed ? INFINITY : apart(pen, p->v[p->n - 1]);
        if (fmin(to, turn) < least) {
            best = i;
            least = fmin(to, turn);
            *back = turn < to;
        }
    }
    return best;
}

struct im_paths im_svg_order(struct im_arena *arena, const struct im_paths *paths) {
    struct im_paths out = {0}, some = {0};
    for (size_t i = 0; i < paths->n; i++) {
        if (paths->v[i].n > 0) {
            IM_PUSH(arena, some.v, some.n, some.cap, paths->v[i]);
        }
    }
    char *done = im_alloc(arena, some.n + 1, 1);
    struct im_pt pen = {0, 0};
    for (size_t first = 0; out.n < some.n;) {
        bool back = false;
        size_t i = nearest(&some, done, first, pen, &back);
        struct im_path path = back ? turned(arena, &some.v[i]) : some.v[i];
        done[i] = 1;
        pen = path.closed ? path.v[0] : path.v[path.n - 1];
        IM_PUSH(arena, out.v, out.n, out.cap, path);
        while (first < some.n && done[first]) {
            first++;
        }
    }
    return out;
}
