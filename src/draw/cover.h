/* Polygons to coverage and colour. Private to the room. */
#ifndef IM_DRAW_COVER_H
#define IM_DRAW_COVER_H

#include "draw/canvas.h"

struct im_edge {
    int x0, y0, x1, y1; /* 1/256 pixel from the clip's corner; y0 < y1 */
    int sign;           /* 1: runs down the page */
};

/* Edges of polygons, to be drawn together. */
struct im_cover {
    struct im_canvas *canvas;
    struct im_edge *v;
    size_t n, cap;
};

/* No edges yet; what is drawn stays inside the canvas's clip. */
void im_cover_begin(struct im_cover *cover, struct im_canvas *canvas);

/* An edge from a to b, pixels; the edges of a polygon close it, in any order. */
void im_cover_edge(struct im_cover *cover, struct im_pt a, struct im_pt b);

/* The rings of paths in page points, each closed. */
void im_cover_fill(struct im_cover *cover, const struct im_paths *paths);

/* The outlines of lines: solid, with the width, joins and caps of the stroke. Every one
 * runs round the same way. */
void im_cover_stroke(struct im_cover *cover, const struct im_paths *paths,
                     const struct im_stroke *stroke);

/*
 * Paint the inside in one colour and forget the edges. The coverage of a pixel is its
 * exact area (edges to 1/256), in 17 shades where `coarse`. Inside is what even_odd or
 * else the nonzero rule says, by the sum of what overlaps in a pixel.
 */
void im_cover_paint(struct im_cover *cover, im_rgba colour, bool even_odd, bool coarse);

#endif
