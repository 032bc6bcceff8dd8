/*
 * A straight piece of a line, row by row: coverage comes out of the tables by distance,
 * exactly away from the ends. Rows on which no end is near need no more than that.
 */
#include "draw/segment.h"
#include <math.h>
#include <string.h>

enum {
    FIXED = 24, /* bits of a fraction */
    PART = 6    /* bits of IM_PARTS */
};
_Static_assert(1 << PART == IM_PARTS, "a part has these bits");
static const double one = 1 << FIXED;

/* Where a row of pixels crosses a strip: between low and high, which move by `slope`
 * from row to row. Half a pixel is taken off, so that whole numbers are centres. */
struct strip {
    double low, high, slope;
};
struct slab { /* a segment as its rows see it */
    const struct im_segment *s;
    const struct im_profile *edge;
    double from, to;            /* along it: no end is near */
    struct strip outer, length; /* what it can touch */
    struct strip inner;         /* where no end is near */
    struct strip core;          /* what it covers wholly */
    bool has_core;
};

static double within(double v, double low, double high) {
    return v < low ? low : v > high ? high : v;
}

/* Coverage at the distance d across and t along, near an end. */
static unsigned char near_end(const struct slab *slab, double d, double t) {
    const struct im_segment *s = slab->s;
    double part = 1, beyond = 0;
    if (s->flat_start) {
        part *= within(t + 0.5, 0, 1);
    } else if (t < 0) {
        beyond = -t;
    }
    if (s->flat_end) {
        part *= within(s->length - t + 0.5, 0, 1);
    } else if (t > s->length) {
        beyond = t - s->length;
    }
    double away = beyond > 0 ? sqrt(d * d + beyond * beyond) : fabs(d);
    away = within(away, 0, IM_WIDEST_LINE);
    return (unsigned char)(im_coverage_at(slab->edge, (int)(away * IM_PARTS)) * part +
                           0.5);
}

/* n pixels of a row where an end is near; across and along are those of the first. */
static void cover_ends(const struct slab *slab, unsigned char *to, int n, double across,
                       double along) {
    for (int i = 0; i < n; i++) {
        double d = across - i * slab->s->uy, t = along + i * slab->s->ux;
        unsigned char v = near_end(slab, d, t);
        to[i] = v > to[i] ? v : to[i];
    }
}

/* The same where none is. */
static void cover_sides(const struct slab *slab, unsigned char *to, int n,
                        double across) {
    int d = (int)(across * one), step = (int)(-slab->s->uy * one);
    for (int i = 0; i < n; i++, d += step) {
        unsigned away = (unsigned)(d < 0 ? -d : d);
        unsigned char v = im_coverage_at(slab->edge, (int)(away >> (FIXED - PART)));
        to[i] = v > to[i] ? v : to[i];
    }
}

/* A divisor that is not 0. */
static double steady(double v) {
    const double tiny = 1e-9;
    return fabs(v) > tiny ? v : tiny;
}

/* From the row whose centres are `down` pixels below the segment's start. */
static struct strip strip(const struct im_segment *s, double a, double b, double slope,
                          double down) {
    double at = s->x + down * slope - 0.5;
    return (struct strip){at + (a < b ? a : b), at + (a < b ? b : a), slope};
}

/* The strip up to `reach` to both sides of the segment's line; none: low > high. */
static struct strip strip_along(const struct im_segment *s, double reach, double down) {
    double steep = steady(s->uy), more = reach / fabs(steep);
    struct strip out = strip(s, 0, 0, s->ux / steep, down);
    out.low -= more;
    out.high += more;
    return out;
}

/* The strip across it, from one distance along to another. */
static struct strip strip_across(const struct im_segment *s, double from, double to,
                                 double down) {
    double level = steady(s->ux);
    return strip(s, from / level, to / level, -s->uy / level, down);
}

static struct slab slab_of(const struct im_line_mask *m, const struct im_segment *s,
                           int i, int y0) {
    const double worth = 8; // pixels of a row
    double from = s->flat_start ? 0.5 : 0, to = s->length - (s->flat_end ? 0.5 : 0);
    double down = y0 + 0.5 - s->y;
    const struct im_profile *edge = &m->pen->profile[i];
    return (struct slab){.s = s,
                         .edge = edge,
                         .from = from,
                         .to = to,
                         .outer = strip_along(s, edge->reach, down),
                         .length =
                             strip_across(s, -s->before, s->length + s->after, down),
                         .inner = strip_across(s, from, to, down),
                         .core = strip_along(s, edge->core, down),
                         .has_core = 2 * edge->core > worth * fabs(s->uy) && to > from};
}

static void step_down(struct slab *slab) {
    struct strip *all[] = {&slab->outer, &slab->length, &slab->inner, &slab->core};
    for (int i = 0; i < 4; i++) {
        all[i]->low += all[i]->slope;
        all[i]->high += all[i]->slope;
    }
}

static double most(double a, double b) {
    return a > b ? a : b;
}

static double least(double a, double b) {
    return a < b ? a : b;
}

/* The first whole number >= v, which is small. */
static int ceiling(double v) {
    int whole = (int)v;
    return whole + (whole < v);
}

/* Pixels x0 <= x < x1 of a row. */
static void cover_part(const struct slab *slab, unsigned char *row, int y, int x0,
                       int x1) {
    const struct im_segment *s = slab->s;
    double dx = x0 + 0.5 - s->x, dy = y + 0.5 - s->y;
    double across = dy * s->ux - dx * s->uy;
    if (x0 >= slab->inner.low && x1 - 1 <= slab->inner.high) {
        cover_sides(slab, row + x0, x1 - x0, across);
    } else {
        cover_ends(slab, row + x0, x1 - x0, across, dx * s->ux + dy * s->uy);
    }
}

/* The same of any width: much may be covered wholly. */
static void cover_wide(const struct slab *slab, unsigned char *row, int y, int x0,
                       int x1) {
    if (!slab->has_core) {
        cover_part(slab, row, y, x0, x1);
        return;
    }
    double low = most(slab->core.low, slab->inner.low);
    double high = least(slab->core.high, slab->inner.high);
    int from = ceiling(within(low, x0, x1)), end = ceiling(within(high, from, x1));
    cover_part(slab, row, y, x0, from);
    memset(row + from, 255, (size_t)(end - from));
    cover_part(slab, row, y, end, x1);
}

/* Note blocks of a row. */
static void touch(struct im_line_mask *m, int y, int x0, int x1) {
    m->touched[y] |= ~(uint64_t)0 << (x0 >> m->block) &
                     ~(uint64_t)0 >> (IM_MASK_BLOCKS - 1 - ((x1 - 1) >> m->block));
}

/* Rows y0 <= y < y1. */
static void cover_rows(struct im_canvas *c, struct slab *slab, int y0, int y1) {
    for (int y = y0; y < y1; y++, step_down(slab)) {
        double low = most(slab->outer.low, slab->length.low);
        double high = least(slab->outer.high, slab->length.high);
        int x0 = ceiling(within(low, c->clip_x0, c->clip_x1));
        int x1 = ceiling(within(high, c->clip_x0, c->clip_x1));
        if (x0 < x1) {
            unsigned char *row = c->lines->a + y * (ptrdiff_t)c->lines->stride;
            cover_wide(slab, row, y, x0, x1);
            touch(c->lines, y, x0, x1);
        }
    }
}

/* The same of a narrow line and where no end is near. */
static void cover_plain(struct im_canvas *c, const struct slab *slab, int y0, int y1) {
    const struct im_segment *s = slab->s;
    struct strip all = strip_along(s, slab->edge->reach, y0 + 0.5 - s->y);
    double x = 0.5 - s->x, across = (y0 + 0.5 - s->y) * s->ux - x * s->uy;
    double low = c->clip_x0, high = c->clip_x1;
    for (int y = y0; y < y1; y++, across += s->ux) {
        int x0 = ceiling(within(all.low, low, high));
        int x1 = ceiling(within(all.high, low, high));
        all.low += all.slope;
        all.high += all.slope;
        if (x0 < x1) {
            cover_sides(slab, c->lines->a + y * (ptrdiff_t)c->lines->stride + x0,
                        x1 - x0, across - x0 * s->uy);
            touch(c->lines, y, x0, x1);
        }
    }
}

/* Rows in which no pixel of the segment is near an end: *plain <= y < *end. */
static void plain_rows(const struct slab *slab, int y0, int y1, int *plain, int *end) {
    const struct im_segment *s = slab->s;
    double side = slab->edge->reach * fabs(s->ux), steep = fabs(s->uy);
    double a = slab->from * steep + side, b = slab->to * steep - side;
    double low = s->y - 0.5 + (s->uy > 0 ? a : -b);
    double high = s->y - 0.5 + (s->uy > 0 ? b : -a);
    *plain = slab->has_core ? y1 : ceiling(within(low, y0, y1));
    *end = slab->has_core ? y1 : ceiling(within(high, *plain, y1));
}

void im_segment_cover(struct im_canvas *c, const struct im_segment *s) {
    struct im_line_mask *m = c->lines;
    double level = fabs(s->ux);
    int i = im_coverage_of(least(level, fabs(s->uy)));
    double from = s->y - s->before * s->uy, to = s->y + (s->length + s->after) * s->uy;
    double side = m->pen->profile[i].reach * level + 0.5;
    double low = least(from, to) - side, high = most(from, to) + side - 1;
    int y0 = ceiling(within(low, c->clip_y0, c->clip_y1));
    int y1 = ceiling(within(high, c->clip_y0, c->clip_y1));
    if (y0 < y1) {
        int plain, end;
        struct slab slab = slab_of(m, s, i, y0);
        plain_rows(&slab, y0, y1, &plain, &end);
        cover_rows(c, &slab, y0, plain);
        cover_plain(c, &slab, plain, end);
        if (end < y1) {
            slab = slab_of(m, s, i, end);
            cover_rows(c, &slab, end, y1);
        }
        m->y0 = y0 < m->y0 ? y0 : m->y0;
        m->y1 = y1 > m->y1 ? y1 : m->y1;
    }
}
