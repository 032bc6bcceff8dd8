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

/* ---- towns by cells of the page ---- */

#define CELL 48.0 /* points */

struct lay_town_grid {
    struct im_rect frame;
    size_t columns, rows;
    size_t *start; /* cell i has v[start[i]] and on to that of the next */
    const struct im_town **v;
};

static size_t cell_along(double at, size_t cells) {
    double i = at / CELL, last = (double)cells - 1;
    return i <= 0 ? 0 : i < last ? (size_t)i : cells - 1;
}

static size_t column_of(const struct lay_town_grid *g, double x) {
    return cell_along(x - g->frame.x, g->columns);
}

static size_t row_of(const struct lay_town_grid *g, double y) {
    return cell_along(y - g->frame.y, g->rows);
}

static size_t cell_of(const struct lay_town_grid *g, const struct im_town *t) {
    return row_of(g, t->at.y) * g->columns + column_of(g, t->at.x);
}

static bool may_be_rival(const struct im_town *t) {
    return t->wanted || t->rank <= 2;
}

void lay_grid_towns(struct lay_job *job) {
    const struct im_town *towns = job->in->towns;
    struct lay_town_grid *g = im_alloc(job->scratch, 1, sizeof *g);
    g->frame = job->page->map;
    g->columns = (size_t)ceil(fmax(g->frame.w, 1) / CELL);
    g->rows = (size_t)ceil(fmax(g->frame.h, 1) / CELL);
    size_t cells = g->columns * g->rows, n = job->in->town_count;
    g->start = im_alloc(job->scratch, cells + 2, sizeof *g->start);
    g->v = im_alloc_raw(job->scratch, n + 1, sizeof *g->v);
    for (size_t i = 0; i < n; i++) {
        g->start[cell_of(g, &towns[i]) + 2] += may_be_rival(&towns[i]);
    }
    for (size_t i = 2; i < cells + 2; i++) {
        g->start[i] += g->start[i - 1];
    }
    for (size_t i = 0; i < n; i++) { // start[i + 1] moves to where cell i + 1 begins
        if (may_be_rival(&towns[i])) {
            g->v[g->start[cell_of(g, &towns[i]) + 1]++] = &towns[i];
        }
    }
    job->town_grid = g;
}

static void find_towns(const struct lay_job *job, const struct lay_spot *spot,
                       struct im_pt p, double reach, struct lay_rivals *out) {
    const struct lay_town_grid *g = job->town_grid;
    size_t left = column_of(g, p.x - reach), right = column_of(g, p.x + reach);
    for (size_t row = row_of(g, p.y - reach); row <= row_of(g, p.y + reach); row++) {
        size_t end = g->start[row * g->columns + right + 1];
        for (size_t i = g->start[row * g->columns + left]; i < end; i++) {
            const struct im_town *t = g->v[i];
            if (is_within(t->at, p, reach) && t != spot->town &&
                (t->wanted || !spot->town->wanted)) {
                IM_PUSH(job->scratch, out->towns, out->town_count, out->town_cap, t);
            }
        }
    }
}

const struct lay_rivals *lay_find_rivals(const struct lay_job *job,
                                         const struct lay_spot *spot, struct im_pt p,
                                         double reach) {
    struct lay_rivals *out = im_alloc(job->scratch, 1, sizeof *out);
    out->land = lay_land_at(job, spot->town->at);
    find_towns(job, spot, p, reach + NEAR, out);
    find_symbols(job, spot, p, reach + CLEARLY, out);
    return out;
}

/* ---- what a name costs ---- */

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
