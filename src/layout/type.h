/* Setting type: measuring, wrapping, boxes. Inside layout only. */
#ifndef IM_LAYOUT_TYPE_H
#define IM_LAYOUT_TYPE_H

#include "layout/layout.h"

/* Base direction of a paragraph's lines; BY_TEXT = as lay_direction_composed says of
 * the line itself. */
enum lay_direction { LAY_BY_TEXT, LAY_RIGHTWARDS, LAY_LEFTWARDS };

/* What a run of text looks like. */
struct lay_type {
    struct im_font font;
    im_rgba colour;
    struct im_halo halo;
    enum lay_direction direction;
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

/* Upper case of Latin (İ in Turkish and Azerbaijani), Greek, Cyrillic and Armenian
 * letters; other scripts have none, or write headings without (Georgian). */
char *lay_capitals(struct im_arena *arena, const char *language, const char *text);
/* The first letter alone in upper case. */
char *lay_first_large(struct im_arena *arena, const char *language, const char *text);

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

/* Has the text a letter of a script that is read from right to left? NULL = no. */
bool lay_reads_left(const char *text);
/* Is the furniture mirrored: does its language read from right to left? */
bool lay_mirrored(const struct im_layout_input *in);
/* Base direction of a paragraph that incmap composed: the furniture's, but rightwards
 * when there is nothing but Latin and its like. */
enum lay_direction lay_direction_composed(const struct im_layout_input *in,
                                          const char *paragraph);
/* Of what the user wrote: by its first letter (UAX #9, P2), else the furniture's. */
enum lay_direction lay_direction_of_user(const struct im_layout_input *in,
                                         const char *paragraph);
/* x of what stands `d` points from the edge of `r` where reading starts; the alignment
 * of text there. */
double lay_from_start(const struct im_layout_input *in, struct im_rect r, double d);
enum im_align lay_start(const struct im_layout_input *in);
/* `r` on a page of that width, seen in a mirror. */
struct im_rect lay_mirror_rect(struct im_rect r, double width);

/* What a text covers: its advance, and the letters with their accents and tails. */
struct im_rect lay_text_rect(struct im_pt at, enum im_align align,
                             struct im_extent_pt extent);
/* Distance from baseline to half the height of capitals, points. */
double lay_half_cap(double size);

#endif
