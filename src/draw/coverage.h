/* What lines of one width cover. Private to the room. */
#ifndef IM_DRAW_COVERAGE_H
#define IM_DRAW_COVERAGE_H

#include "draw/fonts.h"

enum {
    IM_PARTS = 64,        /* of a pixel's side in a table of distances */
    IM_DIRECTIONS = 8,    /* between level and diagonal */
    IM_WIDEST_LINE = 200, /* pixels */
    IM_ENTRIES = 96       /* a pixel's diagonal in parts, and what rounding takes */
};

/* The edge of a line in one direction. */
struct im_profile {
    double reach; /* pixels from the middle beyond which nothing is covered */
    double core;  /* within which all is; may be negative */
    int start; /* parts from the middle to the first entry; before it all is covered */
    int last;  /* entry from which on nothing is */
    unsigned char shade[IM_ENTRIES]; /* 0 to 255 */
};

/* The part of a pixel that a straight line of one width covers, by direction and by the
 * distance of the pixel's centre from the middle of the line. */
struct im_coverage {
    float width; /* pixels */
    int shades;  /* 0: unused */
    double half; /* of the width, pixels */
    struct im_profile profile[IM_DIRECTIONS];
};

/* The tables of a width in pixels, at most IM_WIDEST_LINE; shades from 2 to 256.
 * Cached; valid until the next call. */
const struct im_coverage *im_coverage(struct im_font_pool *pool, double width,
                                      int shades);

/* Coverage at a distance in parts, of any sign of `part - start`. */
static inline unsigned char im_coverage_at(const struct im_profile *p, int part) {
    int i = part - p->start;
    return p->shade[i < 0 ? 0 : i < p->last ? i : p->last];
}

/* Index of a direction, of which this is the lesser component, 0 to sqrt(1/2). */
static inline int im_coverage_of(double lesser) {
    int i = (int)(lesser * (IM_DIRECTIONS / 0.70710678118654752));
    return i < IM_DIRECTIONS ? i : IM_DIRECTIONS - 1;
}

#endif
