/* What lines of one width cover. Private to the room. */
#ifndef IM_DRAW_COVERAGE_H
#define IM_DRAW_COVERAGE_H

#include "draw/fonts.h"

enum {
    IM_PARTS = 64,       /* of a pixel's side in a table of distances */
    IM_DIRECTIONS = 8,   /* between level and diagonal */
    IM_WIDEST_LINE = 16, /* pixels */
    IM_ENTRIES = IM_PARTS * (IM_WIDEST_LINE / 2 + 1)
};

/*
 * The part of a pixel that a straight line of one width covers, 0 to 255, by direction
 * and by the distance of the pixel's centre from the middle of the line in parts; 0 in
 * the last entry.
 */
struct im_coverage {
    float width;                 /* pixels */
    int shades;                  /* 0: unused */
    double half;                 /* of the width, pixels */
    double reach[IM_DIRECTIONS]; /* pixels beyond which nothing is covered */
    double core[IM_DIRECTIONS];  /* within which all is; may be negative */
    int entries[IM_DIRECTIONS];
    unsigned char shade[IM_DIRECTIONS][IM_ENTRIES];
};

/* The tables of a width in pixels, at most IM_WIDEST_LINE; shades from 2 to 256.
 * Cached; valid until the next call. */
const struct im_coverage *im_coverage(struct im_font_pool *pool, double width,
                                      int shades);

/* Index of a direction, of which this is the lesser component, 0 to sqrt(1/2). */
static inline int im_coverage_of(double lesser) {
    int i = (int)(lesser * (IM_DIRECTIONS / 0.70710678118654752));
    return i < IM_DIRECTIONS ? i : IM_DIRECTIONS - 1;
}

#endif
