/* A piece of a line on the mask of its look. Private to the room. */
#ifndef IM_DRAW_SEGMENT_H
#define IM_DRAW_SEGMENT_H

#include "draw/canvas.h"
#include "draw/coverage.h"

struct im_segment {
    double x, y, ux, uy, length; /* pixels; unit direction */
    double before, after;        /* how far it is drawn beyond its ends */
    bool flat_start, flat_end;
};

enum { IM_MASK_BLOCKS = 64 }; /* of a row */

/* The mask of one look, and which of its pixels were touched. */
struct im_line_mask {
    int stride, y0, y1;
    int block;         /* its pixels are 1 << block */
    uint64_t *touched; /* a bit a block of each row */
    unsigned char *a;  /* 0 between two looks */
    const struct im_coverage *pen;
    bool flat;        /* ends at once, not in a half disc */
    struct segments { /* of the path; in the figure's arena */
        struct im_segment *v;
        size_t n, cap;
    } segments;
    struct points {
        struct im_pt *v;
        size_t n, cap;
    } dash;
    size_t bytes, rows; /* that there is room for */
    bool open;          /* not all is 0 */
};

/* Cover what is nearer to the segment than half the pen's width, within the layer's
 * clip; where more is covered already it stays. */
void im_segment_cover(struct im_canvas *canvas, const struct im_segment *segment);

#endif
