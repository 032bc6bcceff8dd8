/* The legend's parts: what is visible, as samples with a text. Inside layout only. */
#ifndef IM_LAYOUT_LEGEND_H
#define IM_LAYOUT_LEGEND_H

#include "layout/job.h"

enum lay_sample {
    LAY_S_SYMBOL,
    LAY_S_SIZES,
    LAY_S_SWATCH,
    LAY_S_LINE,
    LAY_S_STACK,
    LAY_S_NONE
};

struct lay_part {
    enum lay_sample sample;
    const char *text;
    int rank;                 /* 1 = never dropped; higher goes earlier */
    struct lay_symbol symbol; /* SYMBOL: shape, colour, evidence; radius by the type */
    double radius[3];         /* SIZES: true radii, points, rising */
    size_t count;             /* of radii; STACK: the number in it, 0 = none */
    bool mixed;               /* STACK: of several kinds */
    im_rgba fill;             /* SWATCH */
    struct lay_hatch hatch;   /* SWATCH */
    im_rgba hatch_colour;
    double core;             /* LINE: width of its light core, points; 0 = none */
    struct im_stroke stroke; /* LINE, SWATCH */
};

struct lay_parts {
    struct lay_part *v;
    size_t n, cap;
};

/* Sizes of the symbols whose areas stand for values. */
struct lay_sizes {
    double most, unit, smallest; /* value; radius of one, least radius, points */
    double least; /* the largest value whose symbol is no larger than `smallest` */
    bool none;    /* symbols without deaths, or without a number */
    enum im_symbol shape;
};
/* A symbol whose area stands for `value`. */
void lay_sizes_count(struct lay_sizes *sizes, double value);
/* Samples of them, and what the smallest stand for. */
void lay_sizes_add(struct im_arena *arena, const struct im_layout_input *in,
                   struct lay_sizes sizes, struct lay_parts *out);
/* What stands on the finished map. */
void lay_legend_parts(struct lay_job *job, struct lay_parts *out);
/* stacktext.c: symbols that stand for several incidents, found or expected. */
void lay_stack_parts(struct lay_job *job, struct lay_parts *out);
struct lay_stacks_seen; /* stack.h */
void lay_stack_guess(struct im_arena *arena, const struct im_layout_input *in,
                     const struct lay_stacks_seen *seen, struct lay_parts *out);
/* What will probably stand on it, before the map is known: for planning the page. */
void lay_legend_guess(struct im_arena *arena, const struct im_layout_input *in,
                      struct lay_parts *out);

/* Parts set in rows. */
struct lay_legend_rows {
    double size;   /* of the type */
    double height; /* of all rows */
    double first;  /* of the first row */
    size_t rows;
    struct im_pt *at; /* left end and middle of each part, from the band's top left */
};
#define LAY_ROW_GAP 8.0

/* Best setting of the parts into the band (its height may be HUGE_VAL); the first row
 * leaves `room` points at its right end to the scale bar. rows is 0 when nothing fits.
 */
struct lay_legend_rows lay_legend_set(struct im_arena *arena,
                                      const struct im_layout_input *in,
                                      const struct lay_parts *parts,
                                      struct im_rect band, double room);

/* Room that the scale bar takes at the right end of the band; 0 when it is off. */
double lay_scale_room(const struct im_layout_input *in, double width);
/* The bar, its right end at the right end of the row. */
void lay_scale_bar(struct lay_job *job, struct im_rect row);

/* Room of the north arrow, left of the bar; 0 when north is up (within 5 degrees) and
 * it was not asked for, or not wanted. */
double lay_north_room(const struct im_layout_input *in);
void lay_north_arrow(struct lay_job *job, struct im_pt at);

#endif
