/*
 * Relaxing numbered symbols: overlapping pairs push each other apart, all are drawn
 * home, nobody covers the spot or the stem of a moved one, and no moved one a guest.
 */
#include "layout/relax.h"

#include <math.h>

#define ROUNDS 700 /* of relaxing, the last third without the pull home */
#define PULL 0.03
#define STILL 0.01 /* points a round: who moves no more stands where it will stand */
#define STUCK 1e-6 /* the same when they still overlap: they will for ever */

struct im_pt lay_home(const struct lay_symbol *s) {
    return s->mark->at;
}

struct im_pt lay_toward(struct im_pt a, struct im_pt b, size_t index) {
    double d = lay_distance(a, b);
    if (d < 1e-9) {
        double angle = 2.399963 * (double)index; // the golden angle spreads any number
        return (struct im_pt){cos(angle), sin(angle)};
    }
    return (struct im_pt){(b.x - a.x) / d, (b.y - a.y) / d};
}

void lay_move(struct lay_symbol *s, struct im_pt dir, double by) {
    if (s->kept) {
        return;
    }
    s->at.x += dir.x * by;
    s->at.y += dir.y * by;
}

static void clamp(struct lay_symbol *s, struct im_rect frame) {
    double m = s->reach + 2;
    if (s->kept) {
        return;
    }
    s->at.x = fmax(fmin(s->at.x, frame.x + frame.w - m), frame.x + m);
    s->at.y = fmax(fmin(s->at.y, frame.y + frame.h - m), frame.y + m);
}

/* Push pairs apart; the largest overlap found. */
static double push_pairs(struct lay_table *t) {
    double worst = 0;
    for (size_t i = 0; i < t->n; i++) {
        for (size_t k = i + 1; k < t->n; k++) {
            struct lay_symbol *a = &t->v[i];
            struct lay_symbol *b = &t->v[k];
            double over = a->reach + b->reach + LAY_APART - lay_distance(a->at, b->at);
            if (over > 0 && !(a->kept && b->kept)) {
                struct im_pt dir = lay_toward(a->at, b->at, i + k);
                lay_move(a, dir, -over / 2);
                lay_move(b, dir, over / 2);
                worst = fmax(worst, over);
            }
        }
    }
    return worst;
}

/* Push s off one point by `need`; how much was missing. */
static double push_off(struct lay_symbol *s, struct im_pt p, double need,
                       size_t index) {
    double over = need - lay_distance(s->at, p);
    if (over <= 0 || s->kept) {
        return 0;
    }
    lay_move(s, lay_toward(p, s->at, index), over);
    return over;
}

/* Lies p farther than `need` from both a and b, and not between them? */
static bool beyond(double p, double a, double b, double need) {
    return a < b ? p < a - need || p > b + need : p < b - need || p > a + need;
}

/* Push s off the spot and, unless it is its own, off the stem of the moved m. */
static double push_stem(struct lay_symbol *s, const struct lay_symbol *m,
                        size_t index) {
    double need = s->reach + LAY_SPOT;
    struct im_pt spot = lay_home(m);
    if (beyond(s->at.x, spot.x, m->at.x, need) ||
        beyond(s->at.y, spot.y, m->at.y, need)) {
        return 0; // most are: that is asked first
    }
    double worst = push_off(s, spot, need, index);
    if (s != m) {
        struct im_pt foot;
        lay_segment_distance(s->at, spot, m->at, &foot);
        worst = fmax(worst, push_off(s, foot, s->reach + LAY_APART, index));
    }
    return worst;
}

/* Keep everybody off the spots and stems of the moved ones. */
static double push_spots(struct lay_table *t) {
    double worst = 0;
    for (size_t i = 0; i < t->n; i++) {
        for (size_t k = 0; k < t->n; k++) {
            if (t->v[k].displaced) {
                worst = fmax(worst, push_stem(&t->v[i], &t->v[k], i));
            }
        }
    }
    return worst;
}

/* Keep the moved ones off places that are named in any case, and off their names. */
static double push_guests(struct lay_table *t) {
    double worst = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct lay_symbol *s = &t->v[i];
        for (size_t k = 0; s->displaced && k < t->guests; k++) {
            const struct lay_guest *g = &t->guest[k];
            if (!lay_rect_has(lay_rect_grow(g->all, s->reach + 2 * LAY_APART), s->at)) {
                continue;
            }
            worst = fmax(worst, push_off(s, g->at, s->reach + g->radius, i));
            struct im_pt foot = lay_rect_nearest(g->name, s->at);
            worst = fmax(worst, push_off(s, foot, s->reach + 2 * LAY_APART, i));
        }
    }
    return worst;
}

/* One round of step 2: the largest overlap found. */
static double push_all(struct lay_table *t) {
    double worst = push_pairs(t);
    worst = fmax(worst, push_spots(t));
    worst = fmax(worst, push_guests(t));
    for (size_t i = 0; i < t->n; i++) {
        clamp(&t->v[i], t->frame);
    }
    return worst;
}

/* Where each stands before a round; how far the farthest has moved in it. */
static void begin_round(struct lay_table *t) {
    for (size_t i = 0; i < t->n; i++) {
        t->before[i] = t->v[i].at;
    }
}

static double moved_in_round(const struct lay_table *t) {
    double most = 0;
    for (size_t i = 0; i < t->n; i++) {
        most = fmax(most, lay_distance(t->before[i], t->v[i].at));
    }
    return most;
}

static void pull_home(struct lay_table *t) {
    for (size_t i = 0; i < t->n; i++) {
        struct lay_symbol *s = &t->v[i];
        lay_move(s, lay_toward(s->at, lay_home(s), i),
                 PULL * lay_distance(s->at, lay_home(s)));
    }
}

bool lay_relax(struct lay_table *t) {
    double worst = 1, moved = 1;
    int round = 0;
    for (; round < ROUNDS * 2 / 3 && moved > STILL; round++) {
        begin_round(t);
        pull_home(t);
        push_all(t);
        moved = moved_in_round(t);
    }
    for (moved = 1; round < ROUNDS && worst > 1e-3 && moved > STUCK; round++) {
        begin_round(t);
        worst = push_all(t);
        moved = moved_in_round(t);
    }
    return worst < 0.05;
}
