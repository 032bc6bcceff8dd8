/* Setting type: measuring, wrapping, boxes. Inside layout only. */
#ifndef IM_LAYOUT_TYPE_H
#define IM_LAYOUT_TYPE_H

#include "layout/layout.h"

/* What a run of text looks like. */
struct lay_type {
    struct im_font font;
    im_rgba colour;
    struct im_halo halo;
};

struct lay_lines {
    const char **v;
    size_t n, cap;
    bool cut;     /* the last line ends with an ellipsis: text was lost */
    double width; /* of the widest line, points */
};

/* Advance of a text, points. */
double lay_width(const struct im_measure *measure, const struct im_font *font,
                 const char *text);

/* The text without control characters, line ends and runs of blanks as one space; what
 * is over IM_MAX_LABEL code points is cut with an ellipsis. */
char *lay_clean(struct im_arena *arena, const char *text);

/* Upper case of Latin, Greek and Cyrillic letters; other scripts have none or keep
 * theirs. Georgian and Armenian stay as they are. */
char *lay_capitals(struct im_arena *arena, const char *text);
/* The first letter alone in upper case. */
char *lay_first_large(struct im_arena *arena, const char *text);

/*
 * Break at spaces into lines of at most `width` points; a word wider than that is
 * broken after a dash or slash, else between letters. At most max_lines (0 = any
 * number); what is over is cut with an ellipsis.
 */
struct lay_wrap_options {
    const struct im_measure *measure;
    struct im_font font;
    double width;
    size_t max_lines;
    bool balanced; /* lines of about one length, no lonely last word */
};
struct lay_lines lay_wrap(struct im_arena *arena,
                          const struct lay_wrap_options *options, const char *text);

/* Text shortened to fit `width` with an ellipsis. */
const char *lay_shorten(struct im_arena *arena, const struct im_measure *measure,
                        const struct im_font *font, const char *text, double width);

/* What a text covers: its advance, and the letters with their accents and tails. */
struct im_rect lay_text_rect(struct im_pt at, enum im_align align,
                             struct im_extent_pt extent);
/* Distance from baseline to half the height of capitals, points. */
double lay_half_cap(double size);

#endif
