/* The pixels of a figure and how text is put on them. Private to the room. */
#ifndef IM_DRAW_CANVAS_H
#define IM_DRAW_CANVAS_H

#include "draw/fonts.h"

struct im_canvas {
    struct im_fonts *fonts;
    struct im_arena *arena;
    cairo_surface_t *surface; /* RGB24 */
    cairo_t *cr;              /* in page points */
    unsigned char *pixels;
    int width, height, stride;              /* pixels; bytes */
    double k;                               /* pixels per point */
    im_rgba paper;                          /* background */
    int clip_x0, clip_y0, clip_x1, clip_y1; /* of the layer, pixels */
    struct im_line_mask *lines;             /* NULL until needed */
    bool touched;                           /* something stands on the background */
};

/* Draw a symbol by its masks, to an eighth of a pixel; false when it has to be drawn
 * by its outline (dashed, large). */
bool im_canvas_stamp(struct im_canvas *canvas, const struct im_item *item,
                     double opacity);

/* Blend a coverage mask with its corner at (x, y) pixels in one colour. */
void im_canvas_blend(struct im_canvas *canvas, const unsigned char *mask, int w, int h,
                     int x, int y, im_rgba colour);

/* Draw a text item (IM_ITEM_TEXT or IM_ITEM_LINE_TEXT): halo first, then glyphs.
 * Opacity 0..1 is that of the layer. */
void im_canvas_text(struct im_canvas *canvas, const struct im_item *item,
                    double opacity);

/* Choose a colour; opacity 0..1 is that of the layer. */
void im_paint_colour(cairo_t *cr, im_rgba colour, double opacity);

/* Draw a path or a symbol in the context's page points. Outlines of symbols go to the
 * arena. */
void im_paint_shape(cairo_t *cr, struct im_arena *arena, const struct im_item *item,
                    double opacity);

/* Where a glyph of a line text stands: pen position and direction. */
struct im_glyph_on_line {
    struct im_pt at; /* points */
    double angle;    /* radians, clockwise on the page */
};

/* A straight piece of a line text: the whole where the line is nearly straight, else a
 * word. Every viewer can show turned pieces; few can bend text. */
struct im_text_piece {
    size_t first, count; /* glyphs */
    size_t from, to;     /* bytes of the text */
    double width;        /* points */
    double along;        /* the line before it, points */
    struct im_pt start;  /* of its baseline */
    double angle;        /* radians, clockwise on the page */
};
struct im_text_pieces {
    struct im_text_piece *v;
    size_t n, cap;
};
void im_line_text_pieces(struct im_arena *arena, const struct im_item *item,
                         const struct im_shaped *shaped, struct im_text_pieces *out);

/* Each glyph by its piece. */
struct im_glyph_on_line *im_line_text_place(struct im_arena *arena,
                                            const struct im_item *item,
                                            const struct im_shaped *text);

/* Rasterise the scene. Surface and context are finished with the arena. */
INCMAP_MUST_CHECK enum incmap_status im_raster(struct im_arena *arena,
                                               const struct im_scene *scene,
                                               struct im_fonts *fonts,
                                               const struct im_draw_options *options,
                                               struct im_canvas **out,
                                               struct incmap_error *err);

#endif
