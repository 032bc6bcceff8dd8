/*
 * Could a name be read as the name of another place? A reader takes the nearest symbol
 * for the one that is meant, so a name must be clearly nearer to its own than to any
 * other (Imhof 1962, Yoeli 1972).
 */
#include "layout/spots.h"
#include "layout/stack.h"

#include <math.h>

#define NEAR 6.0     /* points: a name so near to a place reads as its own */
#define CLEARLY 10.0 /* points by which a name should be nearer to its own symbol */
#define SURELY 2.5   /* points by which it must be nearer */
#define UNCLEAR 3.0  /* cost of a name that is as near to another symbol */
#define HERE 4.0     /* points from a place to an incident there, at most */
#define SPOT_DOT 3.0 /* radius of the dot at the end of a moved symbol's stem */
#define FEW 60       /* symbols that all towns are compared with */

static bool is_within(struct im_pt a, struct im_pt b, double reach) {
    return fabs(a.x - b.x) < reach && fabs(a.y - b.y) < reach;
}

static void find_symbols(const struct lay_job *job, const struct lay_spot *spot,
                         struct im_pt p, double reach, struct lay_rivals *out) {
    if (!spot->town->wanted && job->symbol_count > FEW) {
        return;
    }
    for (size_t i = 0; i < job->symbol_count; i++) {
        const struct lay_symbol *s = &job->symbols[i];
        if (!lay_is_drawn(s)) {
            continue;
        }
        if (lay_distance(s->mark->at, spot->town->at) <= HERE) {
            IM_PUSH(job->scratch, out->own, out->own_count, out->own_cap, s);
        } else if (is_within(s->at, p, reach + s->reach) ||
                   is_within(s->mark->at, p, reach)) {
            IM_PUSH(job->scratch, out->symbols, out->symbol_count, out->symbol_cap, s);
        }
    }
}

const struct lay_rivals *lay_find_rivals(const struct lay_job *job,
                                         const struct lay_spot *spot, struct im_pt p,
                                         double reach) {
    struct lay_rivals *out = im_alloc(job->scratch, 1, sizeof *out);
    out->land = lay_land_at(job, spot->town->at);
    for (size_t i = 0; i < job->in->town_count; i++) {
        const struct im_town *t = &job->in->towns[i];
        if (is_within(t->at, p, reach + NEAR) && t != spot->town &&
            (t->wanted || (t->rank <= 2 && !spot->town->wanted))) {
            IM_PUSH(job->scratch, out->towns, out->town_count, out->town_cap, t);
        }
    }
    find_symbols(job, spot, p, reach + CLEARLY, out);
    return out;
}

static bool is_near(struct im_rect r, struct im_pt p) {
    // most are far: compared before the distance is worked out
    return p.x > r.x - NEAR && p.x < r.x + r.w + NEAR && p.y > r.y - NEAR &&
           p.y < r.y + r.h + NEAR && lay_rect_distance(r, p) < NEAR;
}

/* From the letters to a symbol's rim, or to the dot of a moved one. */
static double gap_to(struct im_rect ink, const struct lay_symbol *s) {
    double gap = lay_rect_distance(ink, s->at) - s->reach;
    return s->displaced ? fmin(gap, lay_rect_distance(ink, s->mark->at) - SPOT_DOT)
                        : gap;
}

static double nearest(struct im_rect ink, const struct lay_symbol *const *v, size_t n) {
    double least = HUGE_VAL;
    for (size_t i = 0; i < n; i++) {
        least = fmin(least, gap_to(ink, v[i]));
    }
    return least;
}

/* A name about as near to another place's symbol as to its own, or nearer. */
static double ambiguous(const struct lay_spot *spot, const struct lay_candidate *c) {
    const struct lay_rivals *rivals = c->near;
    double cap = 2 * lay_half_cap(spot->type.font.size);
    struct im_rect ink = {c->box.x, c->at.y - cap, c->box.w, cap};
    double own = nearest(ink, rivals->own, rivals->own_count);
    double other = nearest(ink, rivals->symbols, rivals->symbol_count);
    if (!spot->hidden) {
        own = fmin(own, lay_rect_distance(ink, spot->town->at) - spot->radius);
    }
    return other < own + SURELY    ? HUGE_VAL
           : other < own + CLEARLY ? UNCLEAR * (1 - (other - own) / CLEARLY)
                                   : 0;
}

#define ABROAD 3.5  /* cost of a name that stands elsewhere than its place */
#define ACROSS 2.0  /* the same of one that reaches into another country */
enum { PARTS = 4 }; /* of a name that lies upon lines: asked at their ends */

static bool is_foreign(const struct lay_job *job, size_t land, struct im_pt p) {
    size_t there = lay_land_at(job, p);
    return there != land && there != job->in->basemap->ground_count;
}

/* Does the name lie on other land than its place, or reach there? Both ends may stand
 * on its own while a bay of another country's border lies under the letters between. */
static double abroad(const struct lay_job *job, const struct lay_candidate *c,
                     bool on_lines) {
    size_t land = c->near->land;
    struct im_pt p = lay_rect_middle(c->box);
    if (lay_land_at(job, p) != land) {
        return ABROAD;
    }
    for (int i = 0; i <= PARTS; i += on_lines ? 1 : PARTS) {
        p.x = c->box.x + c->box.w * i / PARTS;
        if (is_foreign(job, land, p)) {
            return ACROSS;
        }
    }
    return 0;
}

double lay_misread(const struct lay_job *job, const struct lay_spot *spot,
                   const struct lay_candidate *c, bool on_lines) {
    const struct lay_rivals *rivals = c->near;
    double cost = 0;
    for (size_t i = 0; i < rivals->town_count; i++) {
        cost += is_near(c->box, rivals->towns[i]->at);
    }
    for (size_t i = 0; i < rivals->symbol_count && spot->town->wanted; i++) {
        const struct lay_symbol *s = rivals->symbols[i];
        cost += lay_rect_distance(c->box, s->at) < s->reach + NEAR;
    }
    return cost + abroad(job, c, on_lines) +
           (job->mode == LAY_PLAIN ? 0 : ambiguous(spot, c));
}
