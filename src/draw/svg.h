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

/* An attribute's value: markup escaped, what XML 1.0 forbids replaced. */
void im_svg_escape(struct im_buf *out, const char *text);
/* The same for an element's content, where quotation marks may stand: those of the
 * manifest were a seventh of the file. */
void im_svg_content(struct im_buf *out, const char *text);
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

/* What is written as one element: an item, or a ring with the symbol on it. */
struct im_svg_element {
    struct im_item item;
    size_t at;               /* in the layer */
    const char *fill, *rest; /* attributes */
    struct im_rect reach;    /* what it may paint, points */
    struct im_svg_element *next;
};
/* What goes into one group, in the order of the layer. */
struct im_svg_run {
    struct im_svg_element *first, *last;
    size_t n;
    bool one_fill;
    struct im_rect reach;
};
struct im_svg_runs {
    struct im_svg_run *v;
    size_t n, cap;
};
typedef bool im_svg_alike(const struct im_svg_element *a,
                          const struct im_svg_element *b);
/* A list of elements, taken apart into runs of those that are alike. An element joins
 * an earlier run when it touches nothing of the runs between: the picture stays the
 * same. */
void im_svg_gather(struct im_arena *arena, struct im_svg_element *first,
                   im_svg_alike *alike, struct im_svg_runs *out);
struct im_rect im_svg_reach(const struct im_item *item);

/* A text item as <text>, or as outlines. `attributes` are those the group did not
 * carry. */
void im_svg_text(struct im_svg *svg, const struct im_item *item,
                 const char *attributes);

/* Attributes that an item's look needs (fill, stroke, font). */
void im_svg_style(struct im_buf *out, const struct im_item *item, double opacity,
                  bool outlines);

#endif
