/* How alike two pictures look, and pictures of vector files. */
#ifndef IM_TEST_COMPARE_H
#define IM_TEST_COMPARE_H

#include "help/sample.h"

/*
 * Both pictures are cut into cells of `cell` pixels and the mean colours of the cells
 * are compared, so that another way of smoothing edges counts little and a thing that
 * is missing, moved or of another colour counts much. Levels of 0..255.
 */
struct compare {
    double mean;  /* over all cells */
    double worst; /* of one cell */
    int x, y;     /* its corner, pixels */
};
struct compare compare_pictures(struct sample_pixels a, struct sample_pixels b,
                                int cell);

/* Page of a PDF at width_px by pdftoppm; a picture of SVG by rsvg-convert. */
struct sample_pixels compare_pdf(struct im_arena *arena, struct im_bytes pdf,
                                 int width_px);
struct sample_pixels compare_svg(struct im_arena *arena, struct im_bytes svg,
                                 int width_px);

#endif
