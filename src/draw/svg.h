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
    size_t *same; /* of the layer's items: 1 + the first one of this shape, 0 = alone */
    size_t *number; /* of the first ones: name of the shape, 0 = not yet defined */
    size_t shapes;
    int ground, symbols; /* units of the layer's lines and areas, symbols to a point */
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
/* v steps of a grid of 0 to 3 decimals; separated where asked for and needed: a minus
 * begins a number, and so does the point of a fraction after another fraction. */
void im_svg_step(struct im_buf *out, long v, int decimals, bool separate);

/*
 * Units of the item to a point. 1: numbers have decimals. More: whole numbers, in a
 * group that is scaled down. What is as jagged as coasts and borders, which were
 * simplified to a quarter of a point, stands on a grid of halves; what has been drawn
 * by a hand or a program, on one of tenths.
 */
enum { IM_SVG_JAGGED = 2, IM_SVG_DRAWN = 10 };
int im_svg_units(const struct im_svg *svg, const struct im_item *item);
/* d="..." of page paths, relative; with 1 unit few vertices to 0.01 pt, more to 0.1 pt.
 * `join`: a path that begins where the last one ends goes on from there. */
enum { IM_SVG_FEW = 12 };
void im_svg_path(struct im_buf *out, const struct im_paths *paths, int units,
                 bool join);
size_t im_svg_vertices(const struct im_paths *paths);
/* The same paths in an order, open ones also turned round, that keeps the ways between
 * them short. */
struct im_paths im_svg_order(struct im_arena *arena, const struct im_paths *paths);
/* Do the lines and areas of the layer turn by little at most of their vertices? */
bool im_svg_is_drawn(const struct im_layer *layer);
/* An open line of many vertices that turns little at each. In whole numbers it is
 * written as curves. */
bool im_svg_is_smooth(const struct im_path *path);
/* The cubic curve from v[0] along as many of the n >= 2 vertices as keep within 0.1 pt
 * of it: its inner control points. Returns how many; 2: a straight piece, no curve. */
size_t im_svg_curve(const struct im_pt *v, size_t n, struct im_pt control[2]);

/* The elements of a layer. */
void im_svg_items(struct im_svg *svg, const struct im_layer *layer);

/* What is written as one element: an item, or a ring with the symbol on it. */
struct im_svg_element {
    struct im_item item;
    size_t at;               /* in the layer */
    const char *fill, *rest; /* attributes */
    struct im_rect reach;    /* what it may paint, points */
    bool united;             /* its paths are several items' */
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
bool im_svg_touch(struct im_rect a, struct im_rect b);
/* Append the paths of `b` to `a`, which takes its place. */
void im_svg_take(struct im_arena *arena, struct im_svg_element *a,
                 const struct im_svg_element *b);

/* The attributes that a group around all runs should carry, so that they are written
 * once: "" = none. Each has its leading blank. */
const char *im_svg_common(struct im_arena *arena, const struct im_svg_runs *runs);
/* A look without the attributes that `common` holds. */
const char *im_svg_without(struct im_arena *arena, const char *look,
                           const char *common);

/* A text item as <text>, or as outlines. `attributes` are those the group did not
 * carry. */
void im_svg_text(struct im_svg *svg, const struct im_item *item,
                 const char *attributes);

/* Attributes that an item's look needs: fill, always and first, stroke, font,
 * scale. */
void im_svg_style(const struct im_svg *svg, const struct im_item *item,
                  struct im_buf *out);

#endif
