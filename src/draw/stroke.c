/*
 * Outlines of solid lines: two chains of edges beside each line, joined at its corners
 * as SVG 1.1, 11.4, has it. At a slight corner both chains turn at the mitre; where a
 * mitre would reach beyond a short piece, the inner chain goes through the corner.
 */
#include "draw/cover.h"
#include <math.h>

static const double FLAT = 0.1;         /* pixels that an arc may be off */
static const double SLIGHT = 0.9;       /* cosine of a turn whose mitre looks round */
static const double MITRE_LIMIT = 10.0; /* of widths: cairo's and ours */

/* A corner: where the chains end that lead to it, and begin that lead on. */
struct corner {
    struct im_pt left_in, right_in, left_out, right_out;
};

struct line {
    struct im_cover *to;
    double half; /* width, pixels */
    bool round, closed;
    struct im_pt *at;     /* pixels; no two neighbours the same */
    struct im_pt *normal; /* of the piece that begins at a vertex, `half` long */
    double *length;       /* of that piece */
    struct corner *corner;
    size_t n;
};

static struct im_pt plus(struct im_pt a, struct im_pt b, double k) {
    return (struct im_pt){a.x + k * b.x, a.y + k * b.y};
}

static void edge(struct line *l, struct im_pt a, struct im_pt b, bool back) {
    im_cover_edge(l->to, back ? b : a, back ? a : b);
}

/* Edges around `c` from c + from by `angle` to c + to. */
static void arc(struct line *l, struct im_pt c, struct im_pt from, double angle,
                struct im_pt to) {
    bool back = angle > 0; // on the right side, which runs backwards
    double step = l->half > FLAT ? 2 * acos(1 - FLAT / l->half) : 3;
    int n = (int)ceil(fabs(angle) / step);
    double co = cos(angle / n), si = sin(angle / n);
    struct im_pt v = from, last = plus(c, from, 1);
    for (int i = 1; i <= n; i++) {
        v = i == n ? to : (struct im_pt){v.x * co - v.y * si, v.x * si + v.y * co};
        struct im_pt next = plus(c, v, 1);
        edge(l, last, next, back);
        last = next;
    }
}

/* The chain outside a turn. `side` is 1 for the left. */
static void outside(struct line *l, struct im_pt at, struct im_pt n1, struct im_pt n2,
                    double side) {
    double dot = n1.x * n2.x + n1.y * n2.y, cross = n1.x * n2.y - n1.y * n2.x;
    double square = l->half * l->half;
    struct im_pt a = plus(at, n1, side), b = plus(at, n2, side);
    struct im_pt from = {side * n1.x, side * n1.y}, to = {side * n2.x, side * n2.y};
    if (l->round) {
        arc(l, at, from, side > 0 ? -fabs(atan2(cross, dot)) : fabs(atan2(cross, dot)),
            to);
    } else if (2 * square <= MITRE_LIMIT * MITRE_LIMIT * (square + dot)) {
        struct im_pt sum = {n1.x + n2.x, n1.y + n2.y};
        struct im_pt tip = plus(at, sum, side * square / (square + dot));
        edge(l, a, tip, side < 0);
        edge(l, tip, b, side < 0);
    } else {
        edge(l, a, b, side < 0);
    }
}

/* The corner at vertex i between two pieces. */
static void turn(struct line *l, size_t before, size_t i) {
    struct im_pt at = l->at[i], n1 = l->normal[before], n2 = l->normal[i];
    double dot = n1.x * n2.x + n1.y * n2.y, cross = n1.x * n2.y - n1.y * n2.x;
    double square = l->half * l->half;
    double reach = fmin(l->length[before], l->length[i]);
    bool fits = l->half * fabs(cross) <= reach * (square + dot);
    struct im_pt sum = {n1.x + n2.x, n1.y + n2.y};
    struct im_pt left = plus(at, sum, square / (square + dot));
    struct im_pt right = plus(at, sum, -square / (square + dot));
    struct corner *c = &l->corner[i];
    *c = (struct corner){left, right, left, right};
    if (fits && dot > SLIGHT * square) {
        return;
    }
    bool to_left = cross > 0;
    if (!fits || to_left == false) {
        c->left_in = plus(at, n1, 1);
        c->left_out = plus(at, n2, 1);
    }
    if (!fits || to_left) {
        c->right_in = plus(at, n1, -1);
        c->right_out = plus(at, n2, -1);
    }
    if (!fits) {
        struct im_pt a = to_left ? c->left_in : c->right_in;
        struct im_pt b = to_left ? c->left_out : c->right_out;
        edge(l, a, at, !to_left);
        edge(l, at, b, !to_left);
    }
    outside(l, at, n1, n2, to_left ? -1 : 1);
}

/* The end of an open line, where the normal is n: from its left to its right. */
static void cap(struct line *l, struct im_pt at, struct im_pt n) {
    struct im_pt other = {-n.x, -n.y};
    if (l->round) {
        arc(l, at, n, -acos(-1.0), other);
    } else {
        edge(l, plus(at, n, 1), plus(at, n, -1), false);
    }
}

static void ends(struct line *l) {
    size_t last = l->n - 1;
    struct im_pt n = l->normal[0], a = l->at[0], b = l->at[last];
    l->corner[0].left_out = plus(a, n, 1);
    l->corner[0].right_out = plus(a, n, -1);
    cap(l, a, (struct im_pt){-n.x, -n.y});
    n = l->normal[last - 1];
    l->corner[last].left_in = plus(b, n, 1);
    l->corner[last].right_in = plus(b, n, -1);
    cap(l, b, n);
}

static void outline(struct line *l) {
    size_t pieces = l->closed ? l->n : l->n - 1;
    for (size_t i = 0; i < pieces; i++) {
        struct im_pt a = l->at[i], b = l->at[i + 1 < l->n ? i + 1 : 0];
        l->length[i] = hypot(b.x - a.x, b.y - a.y);
        double k = l->half / l->length[i];
        l->normal[i] = (struct im_pt){-k * (b.y - a.y), k * (b.x - a.x)};
    }
    for (size_t i = l->closed ? 0 : 1; i < pieces; i++) {
        turn(l, i > 0 ? i - 1 : l->n - 1, i);
    }
    if (!l->closed) {
        ends(l);
    }
    for (size_t i = 0; i < pieces; i++) {
        const struct corner *a = &l->corner[i],
                            *b = &l->corner[i + 1 < l->n ? i + 1 : 0];
        im_cover_edge(l->to, a->left_out, b->left_in);
        im_cover_edge(l->to, b->right_in, a->right_out);
    }
}

/* A line of no length: a dot where its ends are round. */
static void dot(struct line *l) {
    struct im_pt n = {0, l->half};
    if (l->round) {
        cap(l, l->at[0], n);
        cap(l, l->at[0], (struct im_pt){0, -l->half});
    }
}

/* Vertices in pixels, without those nearer than a hundredth to the one before. */
static void take(struct line *l, const struct im_path *p, double k) {
    l->n = 0;
    l->closed = p->closed;
    for (size_t i = 0; i < p->n; i++) {
        struct im_pt v = {p->v[i].x * k, p->v[i].y * k};
        if (l->n == 0 || fabs(v.x - l->at[l->n - 1].x) > 0.01 ||
            fabs(v.y - l->at[l->n - 1].y) > 0.01) {
            l->at[l->n++] = v;
        }
    }
    while (l->closed && l->n > 1 && fabs(l->at[l->n - 1].x - l->at[0].x) <= 0.01 &&
           fabs(l->at[l->n - 1].y - l->at[0].y) <= 0.01) {
        l->n--;
    }
}

void im_cover_stroke(struct im_cover *cover, const struct im_paths *paths,
                     const struct im_stroke *stroke) {
    struct im_arena *arena = cover->canvas->arena;
    size_t most = 1;
    for (size_t i = 0; i < paths->n; i++) {
        most = paths->v[i].n > most ? paths->v[i].n : most;
    }
    struct line l = {.to = cover,
                     .half = stroke->width / 2 * cover->canvas->k,
                     .round = stroke->round,
                     .at = im_alloc_raw(arena, most, sizeof *l.at),
                     .normal = im_alloc_raw(arena, most, sizeof *l.normal),
                     .length = im_alloc_raw(arena, most, sizeof *l.length),
                     .corner = im_alloc_raw(arena, most, sizeof *l.corner)};
    for (size_t i = 0; i < paths->n; i++) {
        take(&l, &paths->v[i], cover->canvas->k);
        if (l.n > 1) {
            outline(&l);
        } else if (l.n == 1 && paths->v[i].n > 1) {
            dot(&l);
        }
    }
}
