/*
 * Where call-outs go: a grid of places over the map, the cheapest free one for each
 * box; then each box in turn may move to a cheaper place now that all others stand;
 * last, one that is far from its target may change places with one that is near it.
 */
#include "layout/callouts.h"

#include <math.h>

enum { SHAPES = 3 }; /* the first settings differ in shape only, others are worse */
#define GRID 16.0
#define ROUNDS 3
#define ROOM 6.0        /* between a box and anything else */
#define PER_POINT 0.018 /* cost of a point of leader */
#define SHORTEST 10.0   /* leader */
#define NEARBY 130.0    /* of a box to the target of another that it keeps away */
#define FAR 2.7         /* cost of a box that is worth moving another one for */
#define CORNER 7.0      /* a leader keeps off the box's corners */

static struct im_pt nearest_edge(struct im_rect r, struct im_pt p) {
    double x = fmin(fmax(p.x, r.x + CORNER), r.x + r.w - CORNER);
    double y = fmin(fmax(p.y, r.y + CORNER), r.y + r.h - CORNER);
    bool left = p.x < r.x;
    bool right = p.x > r.x + r.w;
    bool above = p.y < r.y;
    bool below = p.y > r.y + r.h;
    if (left || right) {
        x = left ? r.x : r.x + r.w;
    }
    if ((above || below) && !(left || right)) {
        y = above ? r.y : r.y + r.h;
    }
    return (struct im_pt){x, y};
}

/* Leader from the box's edge to the rim of what stands at the target. */
static double aim(struct lay_box *b) {
    b->from = nearest_edge(b->at, b->target);
    double d = lay_distance(b->from, b->target);
    double t = d > 0 ? fmax(d - b->reach, 0) / d : 0;
    b->to = (struct im_pt){b->from.x + t * (b->target.x - b->from.x),
                           b->from.y + t * (b->target.y - b->from.y)};
    return t * d;
}

/* Do two placed boxes or their leaders disturb each other? */
static bool disturb(const struct lay_box *a, const struct lay_box *b) {
    if (lay_rect_overlap(lay_rect_grow(a->at, ROOM), b->at)) {
        return true;
    }
    bool crossed =
        a->leader && b->leader && lay_segments_cross(a->from, a->to, b->from, b->to);
    bool over_a =
        b->leader && lay_segment_inside(b->from, b->to, lay_rect_grow(a->at, 3)) > 0;
    bool over_b =
        a->leader && lay_segment_inside(a->from, a->to, lay_rect_grow(b->at, 3)) > 0;
    return crossed || over_a || over_b;
}

static bool is_free(const struct lay_box *boxes, size_t n, const struct lay_box *b,
                    size_t self) {
    for (size_t i = 0; i < n; i++) {
        if (i != self && boxes[i].placed && disturb(b, &boxes[i])) {
            return false;
        }
    }
    return true;
}

struct search {
    struct lay_job *job;
    struct lay_box *boxes;
    size_t n, self;
};

/* Cost of the box where it is; HUGE_VAL when it may not be there or is not below best.
 */
static double cost_of(const struct search *s, struct lay_box *b, double best) {
    double length = aim(b);
    double cost = PER_POINT * length;
    if (b->leader && length < SHORTEST) {
        return HUGE_VAL;
    }
    if (cost >= best) {
        return HUGE_VAL;
    }
    cost += lay_field_card(s->job->field, lay_rect_grow(b->at, ROOM));
    if (cost < best && b->leader) {
        cost += lay_field_leader(s->job->field, b->from, b->to, b->owner);
    }
    return cost < best && is_free(s->boxes, s->n, b, s->self) ? cost : HUGE_VAL;
}

/* Best place for one setting of the box; false when none is below *best. */
static bool place(const struct search *s, struct lay_box *b, size_t setting,
                  double *best) {
    struct im_rect map = s->job->page->map;
    struct lay_box attempt = *b;
    bool found = false;
    attempt.at.w = b->settings[setting].w;
    attempt.at.h = b->settings[setting].h;
    for (double y = map.y + 14; y + attempt.at.h <= map.y + map.h - 14; y += GRID) {
        for (double x = map.x + 14; x + attempt.at.w <= map.x + map.w - 14; x += GRID) {
            attempt.at.x = x;
            attempt.at.y = y;
            double cost = cost_of(s, &attempt, *best);
            if (cost < *best) {
                *best = cost;
                *b = attempt;
                b->placed = true;
                b->setting = setting;
                found = true;
            }
        }
    }
    return found;
}

/* The box's cheapest place while the others stand; false when there is none. */
static bool seek(struct search *s, size_t i) {
    struct lay_box *b = &s->boxes[i];
    double best = HUGE_VAL;
    s->self = i;
    b->placed = false;
    for (size_t k = 0; k < b->setting_count && !(k >= SHAPES && b->placed); k++) {
        place(s, b, k, &best);
    }
    b->cost = best;
    return b->placed;
}

/* Could box k, where it is, keep box i far from its target, or from any place? */
static bool is_near(const struct lay_box *i, const struct lay_box *k) {
    return k->placed && lay_rect_distance(k->at, i->target) < NEARBY;
}

/* Is the text no smaller, and no less of it, than before? */
static bool tells_all(const struct lay_box *b, const struct lay_box *before) {
    return b->setting < SHAPES || b->setting <= before->setting;
}

/* Boxes come one after the other, and the last ones find the room about their targets
 * taken: one of those that stand there goes elsewhere, if that is better for both
 * together. */
static void exchange(struct search *s, size_t i) {
    for (size_t k = 0; k < s->n && (!s->boxes[i].placed || s->boxes[i].cost > FAR);
         k++) {
        if (k == i || !is_near(&s->boxes[i], &s->boxes[k])) {
            continue;
        }
        struct lay_box one = s->boxes[i], other = s->boxes[k];
        s->boxes[i].placed = s->boxes[k].placed = false;
        bool both = seek(s, i) && seek(s, k) && tells_all(&s->boxes[k], &other) &&
                    (!one.placed || tells_all(&s->boxes[i], &one));
        double before = (one.placed ? one.cost : HUGE_VAL) + other.cost;
        if (!both || s->boxes[i].cost + s->boxes[k].cost >= before) {
            s->boxes[i] = one;
            s->boxes[k] = other;
        }
    }
}

void lay_place_boxes(struct lay_job *job, struct lay_box *boxes, size_t n) {
    struct search s = {job, boxes, n, 0};
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < n; i++) {
            seek(&s, i);
        }
    }
    for (size_t i = 0; i < n; i++) {
        exchange(&s, i);
    }
}
