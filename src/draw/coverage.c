/*
 * How much of a pixel a line covers depends on the distance of its centre and on the
 * line's direction only, so it comes out of tables (S. Gupta & R. F. Sproull 1981,
 * doi:10.1145/965161.806783). The filter here is the pixel's square.
 */
#include "draw/coverage.h"
#include <math.h>

enum { WIDTHS = 32 }; /* whose tables are known */

struct im_coverages {
    struct im_coverage v[WIDTHS];
    size_t next;
};

/* The part of a unit square on one side of an edge at the distance s from its centre,
 * whose normal has the components a >= b > 0. */
static double beside_edge(double s, double a, double b) {
    double low = (a - b) / 2, high = (a + b) / 2;
    if (s <= -high || s >= high) {
        return s > 0;
    }
    if (s < -low) {
        return (s + high) * (s + high) / (2 * a * b);
    }
    return s <= low ? 0.5 + s / a : 1 - (high - s) * (high - s) / (2 * a * b);
}

static void fill(const struct im_coverage *c, struct im_profile *p, double a,
                 double b) {
    int steps = c->shades - 1;
    p->reach = c->half + (a + b) / 2;
    p->core = c->half - (a + b) / 2;
    p->start = p->core > 0 ? (int)(p->core * IM_PARTS) : 0;
    p->last = (int)(p->reach * IM_PARTS) + 1 - p->start;
    for (int k = 0; k < p->last; k++) {
        double d = (p->start + k + 0.5) / IM_PARTS;
        double part = beside_edge(c->half - d, a, b) - beside_edge(-c->half - d, a, b);
        double step = floor(part * steps + 0.5);
        p->shade[k] = (unsigned char)(step * 255 / steps + 0.5);
    }
    p->shade[p->last] = 0;
}

const struct im_coverage *im_coverage(struct im_font_pool *pool, double width,
                                      int shades) {
    if (pool->coverages == NULL) {
        pool->coverages = im_alloc(pool->arena, 1, sizeof *pool->coverages);
    }
    struct im_coverages *all = pool->coverages;
    for (size_t i = 0; i < WIDTHS; i++) {
        if (all->v[i].width == (float)width && all->v[i].shades == shades) {
            return &all->v[i];
        }
    }
    struct im_coverage *c = &all->v[all->next++ % WIDTHS];
    c->width = (float)width;
    c->shades = shades;
    c->half = (double)c->width / 2;
    for (int i = 0; i < IM_DIRECTIONS; i++) {
        double b = (i + 0.5) / IM_DIRECTIONS * sqrt(0.5);
        fill(c, &c->profile[i], sqrt(1 - b * b), b);
    }
    return c;
}
