/*
 * Two pipelines in one trench must be seen as two.
 *
 *   1. find runs: samples of one line that lie within LAY_TWIN of another line, in
 * about the same direction, at least RUN samples long
 *   2. the side of a run is the side on which the other line lies on the whole
 *   3. a few rounds: each sample of a run is moved away from the other line by half of
 *      what is missing; moves are averaged along the line, so that they begin and end
 *      softly
 */
#include "layout/separate.h"

#include <math.h>
#include <string.h>

#define RUN 10
#define SOFT 6 /* samples over which a move fades in */
#define ROUNDS 4
#define MOST 6000     /* samples: denser networks are left as they are */
#define LONGEST 6.0   /* between two samples, also after moving */
#define SAME_WAY 0.75 /* cosine of the angle between two lines of one course */

/* Sides of one line's samples towards another line: -1, +1, 0 = not in a run. */
struct twins {
    size_t a, b;
    signed char *side_a, *side_b;
};

struct list {
    struct im_arena *arena;
    struct lay_line *lines;
    size_t n;
    struct twins *v;
    size_t count, cap;
};

static struct im_pt tangent(const struct im_path *p, size_t i) {
    size_t low = i < 3 ? 0 : i - 3;
    size_t high = i + 3 < p->n ? i + 3 : p->n - 1;
    double d = lay_distance(p->v[low], p->v[high]);
    if (d == 0) {
        return (struct im_pt){1, 0};
    }
    return (struct im_pt){(p->v[high].x - p->v[low].x) / d,
                          (p->v[high].y - p->v[low].y) / d};
}

/* Where another line is, seen from a sample. */
struct view {
    double distance;
    double across;  /* signed, positive on the right hand (y down) */
    double along;   /* cosine between the directions */
    size_t nearest; /* sample of the other line */
};

/*
 * Look from sample i of p to q, no farther than `within`: then the view's distance is
 * infinite. `guess` is a sample of q that may be near. Samples that cannot be nearer
 * than the best are jumped over: one is at most LONGEST from the next.
 */
static struct view look(const struct im_path *p, size_t i, const struct im_path *q,
                        double within, size_t guess) {
    struct im_pt foot = p->v[i];
    double best = fmin(within, lay_distance(foot, q->v[guess]) + 1e-9);
    struct view view = {.distance = HUGE_VAL};
    size_t jump = 1;
    for (size_t k = 1; k < q->n; k += jump) {
        struct im_pt f;
        double d = lay_segment_distance(p->v[i], q->v[k - 1], q->v[k], &f);
        jump = d - best > 2 * LONGEST ? (size_t)((d - best) / LONGEST) - 1 : 1;
        if (d < best) {
            best = view.distance = d;
            view.nearest =
                lay_distance(f, q->v[k - 1]) < lay_distance(f, q->v[k]) ? k - 1 : k;
            foot = f;
        }
    }
    if (view.distance < HUGE_VAL) {
        struct im_pt t = tangent(p, i);
        struct im_pt u = tangent(q, view.nearest);
        view.across = t.x * (foot.y - p->v[i].y) - t.y * (foot.x - p->v[i].x);
        view.along = t.x * u.x + t.y * u.y;
    }
    return view;
}

/* Step 2 for samples first..last of a, and for the samples of b that they face. */
static void mark_run(struct twins *t, const struct list *list, const struct view *views,
                     size_t first, size_t last) {
    double sum = 0;
    for (size_t i = first; i <= last; i++) {
        sum += views[i].across;
    }
    signed char side = sum < 0 ? -1 : 1;
    size_t n = list->lines[t->b].path.n;
    for (size_t i = first; i <= last; i++) {
        t->side_a[i] = side;
        signed char back = (signed char)(views[i].along > 0 ? -side : side);
        size_t k = views[i].nearest;
        for (size_t j = k > 1 ? k - 2 : 0; j <= k + 2 && j < n; j++) {
            t->side_b[j] = back;
        }
    }
}

/* Step 1 for a pair; true when they share a course somewhere. */
static bool find_runs(struct list *list, struct twins *t) {
    const struct im_path *p = &list->lines[t->a].path;
    const struct im_path *q = &list->lines[t->b].path;
    struct view *views = im_alloc(list->arena, p->n, sizeof *views);
    bool any = false;
    size_t start = 0;
    for (size_t i = 0; i <= p->n; i++) {
        bool in = false;
        if (i < p->n) {
            views[i] = look(p, i, q, LAY_TWIN, i > 0 ? views[i - 1].nearest : 0);
            in = views[i].distance < LAY_TWIN && fabs(views[i].along) > SAME_WAY;
        }
        if (!in) {
            if (i >= start + RUN) {
                mark_run(t, list, views, start, i - 1);
                any = true;
            }
            start = i + 1;
        }
    }
    return any;
}

static void find_twins(struct list *list) {
    for (size_t a = 0; a < list->n; a++) {
        for (size_t b = a + 1; b < list->n; b++) {
            if (list->lines[a].feature == list->lines[b].feature) {
                continue;
            }
            struct twins t = {.a = a, .b = b};
            t.side_a = im_alloc(list->arena, list->lines[a].path.n, 1);
            t.side_b = im_alloc(list->arena, list->lines[b].path.n, 1);
            if (find_runs(list, &t)) {
                IM_PUSH(list->arena, list->v, list->count, list->cap, t);
            }
        }
    }
}

/* Moves of p's samples away from q, along the normal, to the other side of `side`. */
static void add_moves(const struct im_path *p, const struct im_path *q,
                      const signed char *side, double apart, struct im_pt *move) {
    size_t guess = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (side[i] == 0) {
            continue;
        }
        struct view view = look(p, i, q, HUGE_VAL, guess);
        guess = view.nearest;
        double there = view.across * side[i];
        double missing = fmin(fmax(apart - there, 0), 2 * apart);
        struct im_pt t = tangent(p, i);
        move[i].x -= -t.y * side[i] * missing / 2;
        move[i].y -= t.x * side[i] * missing / 2;
    }
}

static void apply(struct im_arena *arena, struct im_path *p, struct im_pt *move) {
    struct im_path moves = {.v = move, .n = p->n};
    struct im_path soft = {.v = im_alloc(arena, p->n, sizeof *soft.v), .n = p->n};
    for (size_t i = 0; i < p->n; i++) {
        size_t low = i < SOFT ? 0 : i - SOFT;
        size_t high = i + SOFT < p->n ? i + SOFT : p->n - 1;
        for (size_t k = low; k <= high; k++) {
            soft.v[i].x += moves.v[k].x / (double)(high - low + 1);
            soft.v[i].y += moves.v[k].y / (double)(high - low + 1);
        }
    }
    for (size_t i = 0; i < p->n; i++) {
        p->v[i].x += soft.v[i].x;
        p->v[i].y += soft.v[i].y;
    }
}

static void round_of_moves(struct list *list, double apart) {
    struct im_pt **move = im_alloc(list->arena, list->n, sizeof *move);
    for (size_t i = 0; i < list->n; i++) {
        move[i] = im_alloc(list->arena, list->lines[i].path.n, sizeof *move[i]);
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct twins *t = &list->v[i];
        const struct im_path *p = &list->lines[t->a].path;
        const struct im_path *q = &list->lines[t->b].path;
        add_moves(p, q, t->side_a, apart, move[t->a]);
        add_moves(q, p, t->side_b, apart, move[t->b]);
    }
    for (size_t i = 0; i < list->n; i++) {
        apply(list->arena, &list->lines[i].path, move[i]);
    }
}

void lay_separate(struct im_arena *arena, struct lay_line *lines, size_t n,
                  double apart) {
    struct list list = {.arena = arena, .lines = lines, .n = n};
    size_t samples = 0;
    for (size_t i = 0; i < n; i++) {
        samples += lines[i].path.n;
    }
    if (samples > MOST) {
        return;
    }
    find_twins(&list);
    for (int round = 0; round < ROUNDS && list.count > 0; round++) {
        round_of_moves(&list, apart);
    }
}
