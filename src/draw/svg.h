/* Parts of the SVG writer. Private to the room. */
#ifndef IM_DRAW_SVG_H
#define IM_DRAW_SVG_H

#include "base/buf.h"
#include "draw/canvas.h"

struct im_svg {
    struct im_buf *out;
    struct im_arena *arena;
    struct im_fonts *fonts;
    const struct im_layer *layer; /* being written */
    size_t *shape; /* of the layer's items: number of the shared shape, 0 = none */
    size_t shapes;
    bool outlines;
    struct im_svg_pen *pen; /* traces glyphs; made when first needed */
};

/* Text content or attribute value: markup escaped, what XML 1.0 forbids replaced. */
void im_svg_escape(struct im_buf *out, const char *text);
/* name="number" with a leading blank, at most `decimals` digits. */
void im_svg_number(struct im_buf *out, const char *name, double v, int decimals);
/* Bare number. */
void im_svg_value(struct im_buf *out, double v, int decimals);
/* v steps of a grid of 1 or 2 decimals; separated where asked for and needed: a minus
 * begins a number, and so does the point of a fraction after another fraction. */
void im_svg_step(struct im_buf *out, long v, int decimals, bool separate);
/* d="..." of page paths: relative; few vertices to 0.01 pt, more to 0.1 pt. */
enum { IM_SVG_FEW = 12 };
void im_svg_path(struct im_buf *out, const struct im_paths *paths);
size_t im_svg_vertices(const struct im_paths *paths);

/* The elements of a layer. */
void im_svg_items(struct im_svg *svg, const struct im_layer *layer);

/* A text item as <text>, or as outlines. `attributes` are those the group did not
 * carry. */
void im_svg_text(struct im_svg *svg, const struct im_item *item,
                 const char *attributes);

/* Attributes that an item's look needs (fill, stroke, font). */
void im_svg_style(struct im_buf *out, const struct im_item *item, double opacity,
                  bool outlines);

#endif
