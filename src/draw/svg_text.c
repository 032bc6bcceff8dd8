/* Text of the SVG: live text with measured lengths, or glyph outlines. */
#include "draw/svg.h"
#include <cairo.h>
#include <math.h>
#include <string.h>

static const double DEGREES = 57.295779513082320877;

/* What follows the tag of a text: whose text it is. */
static void identity(struct im_svg *svg, const struct im_item *item) {
    if (item->id != NULL) {
        im_buf_str(svg->out, " id=\"");
        im_svg_escape(svg->out, item->id);
        im_buf_char(svg->out, '"');
    }
    if (item->language != NULL && item->language[0] != '\0') {
        im_buf_str(svg->out, " xml:lang=\"");
        im_svg_escape(svg->out, item->language);
        im_buf_char(svg->out, '"');
    }
}

/* 1. Live text. */

/*
 * Space between letters: browsers put it after each letter, the last one as well, and
 * count it in textLength and text-anchor; pango (librsvg) puts half of it on either
 * side. The text is placed in the middle between the two, a quarter of the space off in
 * each.
 */
static double letter_space(const struct im_item *item) {
    return item->font.tracking * item->font.size;
}

static void length_and_text(struct im_svg *svg, const struct im_item *item,
                            double width, const char *text) {
    im_svg_number(svg->out, "textLength", width + letter_space(item), 2);
    im_buf_char(svg->out, '>');
    im_svg_content(svg->out, text);
    im_buf_str(svg->out, "</text>\n");
}

/* Where the text as a whole reads right to left, "start" is its right end. */
static void direction(struct im_svg *svg, const struct im_item *item) {
    static const char *const anchor[] = {"end", "middle", "start"};
    im_buf_fmt(svg->out, " style=\"direction:rtl;text-anchor:%s\"",
               anchor[item->kind == IM_ITEM_LINE_TEXT ? IM_LEFT : item->align]);
}

static void straight(struct im_svg *svg, const struct im_item *item,
                     const struct im_shaped *text, const char *attributes) {
    static const double off[] = {-0.25, 0.25, 0.75};
    im_buf_str(svg->out, "<text");
    identity(svg, item);
    im_buf_str(svg->out, attributes);
    if (text->rtl_base) {
        direction(svg, item);
    }
    im_svg_number(svg->out, "x", item->at.x + off[item->align] * letter_space(item), 1);
    im_svg_number(svg->out, "y", item->at.y, 1);
    length_and_text(svg, item, text->width, item->text);
}

/* One straight piece of a line text. */
static void piece(struct im_svg *svg, const struct im_item *item, bool rtl_base,
                  const char *attributes, const struct im_text_piece *p) {
    im_buf_str(svg->out, "<text");
    if (p->from == 0 && p->to == strlen(item->text)) {
        identity(svg, item);
    }
    im_buf_str(svg->out, attributes);
    if (rtl_base) {
        direction(svg, item);
    }
    im_buf_str(svg->out, " transform=\"translate(");
    im_svg_value(svg->out, p->start.x, 1);
    im_buf_char(svg->out, ' ');
    im_svg_value(svg->out, p->start.y, 1);
    im_buf_str(svg->out, ")rotate(");
    im_svg_value(svg->out, p->angle * DEGREES, 2);
    im_buf_str(svg->out, ")\"");
    if (letter_space(item) != 0) {
        im_svg_number(svg->out, "x", -0.25 * letter_space(item), 2);
    }
    length_and_text(svg, item, p->width,
                    im_strndup(svg->arena, item->text + p->from, p->to - p->from));
}

static void along_line(struct im_svg *svg, const struct im_item *item,
                       const struct im_shaped *text, const char *attributes) {
    struct im_text_pieces pieces = {0};
    im_line_text_pieces(svg->arena, item, text, &pieces);
    if (pieces.n > 1) {
        im_buf_str(svg->out, "<g");
        identity(svg, item);
        im_buf_str(svg->out, " aria-label=\"");
        im_svg_escape(svg->out, item->text);
        im_buf_str(svg->out, "\">");
    }
    for (size_t i = 0; i < pieces.n; i++) {
        piece(svg, item, text->rtl_base, attributes, &pieces.v[i]);
    }
    im_buf_str(svg->out, pieces.n > 1 ? "</g>\n" : "");
}

/* 2. Outlines. */

/* cairo's handles; memory may be exhausted while they are open, so the arena ends them.
 */
struct im_svg_pen {
    cairo_surface_t *surface;
    cairo_t *cr;
    cairo_path_t *path;
    long x, y; /* where the pen is, steps of the grid */
};

static void finish(void *self) {
    struct im_svg_pen *pen = self;
    if (pen->path != NULL) {
        cairo_path_destroy(pen->path);
    }
    cairo_destroy(pen->cr);
    cairo_surface_destroy(pen->surface);
}

static struct im_svg_pen *pen_of(struct im_svg *svg) {
    if (svg->pen == NULL) {
        struct im_svg_pen *pen = im_alloc(svg->arena, 1, sizeof *pen);
        im_arena_defer(svg->arena, finish, pen);
        pen->surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
        pen->cr = cairo_create(pen->surface);
        svg->pen = pen;
    }
    return svg->pen;
}

enum { FINER = 64 }; /* glyphs are traced so much larger, for precision */

/* A point of the path as steps from where the pen is; `count` of them for a curve. */
static void put_points(struct im_buf *out, struct im_svg_pen *pen,
                       const cairo_path_data_t *p, int count, struct im_pt at) {
    long x = 0, y = 0;
    for (int i = 0; i < count; i++) {
        x = lround((at.x + p[i].point.x / FINER) * 100);
        y = lround((at.y + p[i].point.y / FINER) * 100);
        im_svg_step(out, x - pen->x, 2, i > 0);
        im_svg_step(out, y - pen->y, 2, true);
    }
    pen->x = x;
    pen->y = y;
}

static void put_outline(struct im_buf *out, struct im_svg_pen *pen, struct im_pt at) {
    static const char letter[] = "mlc";
    long x = 0, y = 0; // start of the contour
    const cairo_path_t *path = pen->path;
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_t *d = &path->data[i];
        bool last = i + d->header.length >= path->num_data;
        if (d->header.type == CAIRO_PATH_CLOSE_PATH) {
            im_buf_char(out, 'z');
            pen->x = x;
            pen->y = y;
        } else if (d->header.type != CAIRO_PATH_MOVE_TO || !last) {
            im_buf_char(out, letter[d->header.type]);
            put_points(out, pen, d + 1, d->header.length - 1, at);
        }
        if (d->header.type == CAIRO_PATH_MOVE_TO) {
            x = pen->x;
            y = pen->y;
        }
    }
}

/* Outline of one glyph at its place; traced at the origin, because cairo drops glyphs
 * far from its surface. */
static void glyph_outline(struct im_svg *svg, const struct im_glyph *glyph,
                          const struct im_glyph_on_line *at, double size) {
    struct im_svg_pen *pen = pen_of(svg);
    cairo_glyph_t g = {glyph->id, 0, 0};
    cairo_identity_matrix(pen->cr);
    cairo_rotate(pen->cr, at->angle);
    im_font_choose(pen->cr, svg->fonts->pool, glyph->face, size * FINER);
    cairo_new_path(pen->cr);
    cairo_glyph_path(pen->cr, &g, 1);
    cairo_identity_matrix(pen->cr);
    pen->path = cairo_copy_path(pen->cr);
    put_outline(svg->out, pen, at->at);
    cairo_path_destroy(pen->path);
    pen->path = NULL;
}

/* Pen positions of upright text. */
static struct im_glyph_on_line *in_a_row(struct im_svg *svg, const struct im_item *item,
                                         const struct im_shaped *text) {
    struct im_glyph_on_line *at = im_alloc(svg->arena, text->n + 1, sizeof *at);
    double left = item->at.x - (item->align == IM_LEFT     ? 0
                                : item->align == IM_MIDDLE ? text->width / 2
                                                           : text->width);
    for (size_t i = 0; i < text->n; i++) {
        at[i].at = (struct im_pt){left + text->v[i].x, item->at.y + text->v[i].y};
    }
    return at;
}

static void outlined(struct im_svg *svg, const struct im_item *item,
                     const struct im_shaped *text, const char *attributes) {
    const struct im_glyph_on_line *at = item->kind == IM_ITEM_LINE_TEXT
                                            ? im_line_text_place(svg->arena, item, text)
                                            : in_a_row(svg, item, text);
    im_buf_str(svg->out, "<path");
    identity(svg, item);
    im_buf_str(svg->out, " aria-label=\"");
    im_svg_escape(svg->out, item->text);
    im_buf_fmt(svg->out, "\"%s d=\"", attributes);
    struct im_svg_pen *pen = pen_of(svg);
    pen->x = pen->y = 0;
    for (size_t i = 0; i < text->n; i++) {
        glyph_outline(svg, &text->v[i], &at[i], item->font.size);
    }
    im_buf_str(svg->out, "\"/>\n");
}

void im_svg_text(struct im_svg *svg, const struct im_item *item,
                 const char *attributes) {
    struct im_shaped text;
    im_shape_item(svg->fonts, svg->arena, item, &text);
    bool line = item->kind == IM_ITEM_LINE_TEXT;
    if (line && (item->paths.n == 0 || item->paths.v[0].n < 2)) {
        return;
    }
    if (svg->outlines) {
        outlined(svg, item, &text, attributes);
    } else if (line) {
        along_line(svg, item, &text, attributes);
    } else {
        straight(svg, item, &text, attributes);
    }
}
