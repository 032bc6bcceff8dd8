/* Text of the SVG: live text with measured lengths, or glyph outlines. */
#include "draw/svg.h"
#include <cairo.h>
#include <math.h>
#include <string.h>

static const double DEGREES = 57.295779513082320877;

static void open_text(struct im_svg *svg, const struct im_item *item,
                      const char *attributes) {
    im_buf_str(svg->out, "<text");
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
    im_buf_str(svg->out, attributes);
}

static void straight(struct im_svg *svg, const struct im_item *item, double width) {
    im_svg_number(svg->out, "textLength", width, 2);
    im_buf_char(svg->out, '>');
    im_svg_escape(svg->out, item->text);
    im_buf_str(svg->out, "</text>\n");
}

/* One straight piece of a line text. */
static void piece(struct im_svg *svg, const struct im_item *item,
                  const char *attributes, const struct im_text_piece *p) {
    im_buf_str(svg->out, "<text");
    im_buf_str(svg->out, attributes);
    im_buf_str(svg->out, " transform=\"translate(");
    im_svg_value(svg->out, p->start.x, 2);
    im_buf_char(svg->out, ' ');
    im_svg_value(svg->out, p->start.y, 2);
    im_buf_str(svg->out, ")rotate(");
    im_svg_value(svg->out, p->angle * DEGREES, 2);
    im_buf_str(svg->out, ")\"");
    im_svg_number(svg->out, "textLength", p->width, 2);
    im_buf_char(svg->out, '>');
    im_svg_escape(svg->out,
                  im_strndup(svg->arena, item->text + p->from, p->to - p->from));
    im_buf_str(svg->out, "</text>\n");
}

static void live_line(struct im_svg *svg, const struct im_item *item,
                      const struct im_shaped *text, const char *attributes) {
    struct im_text_pieces pieces = {0};
    im_line_text_pieces(svg->arena, item, text, &pieces);
    if (pieces.n > 1) {
        im_buf_str(svg->out, "<g aria-label=\"");
        im_svg_escape(svg->out, item->text);
        im_buf_str(svg->out, "\">");
    }
    for (size_t i = 0; i < pieces.n; i++) {
        piece(svg, item, attributes, &pieces.v[i]);
    }
    im_buf_str(svg->out, pieces.n > 1 ? "</g>\n" : "");
}

static void put_point(struct im_buf *out, const cairo_path_data_t *p, struct im_pt at,
                      const char *sep) {
    im_buf_str(out, sep);
    im_svg_value(out, at.x + p->point.x / 64.0, 2);
    im_buf_char(out, ' ');
    im_svg_value(out, at.y + p->point.y / 64.0, 2);
}

static void put_outline(struct im_buf *out, const cairo_path_t *path, struct im_pt at) {
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_t *d = &path->data[i];
        switch (d->header.type) {
        case CAIRO_PATH_MOVE_TO:
            put_point(out, d + 1, at, "M");
            break;
        case CAIRO_PATH_LINE_TO:
            put_point(out, d + 1, at, "L");
            break;
        case CAIRO_PATH_CURVE_TO:
            put_point(out, d + 1, at, "C");
            put_point(out, d + 2, at, " ");
            put_point(out, d + 3, at, " ");
            break;
        case CAIRO_PATH_CLOSE_PATH:
            im_buf_char(out, 'Z');
            break;
        }
    }
}

/* Outline of one glyph at its place, traced at 64 times the size for precision; at the
 * origin, because cairo drops glyphs far from its surface. */
static void glyph_outline(struct im_svg *svg, const struct im_glyph *glyph,
                          const struct im_glyph_on_line *at, double size) {
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *cr = cairo_create(s);
    cairo_glyph_t g = {glyph->id, 0, 0};
    cairo_rotate(cr, at->angle);
    cairo_set_font_face(cr, svg->fonts->face[glyph->face]);
    cairo_set_font_size(cr, size * 64.0);
    cairo_font_options_t *o = cairo_font_options_create();
    cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
    cairo_set_font_options(cr, o);
    cairo_font_options_destroy(o);
    cairo_glyph_path(cr, &g, 1);
    cairo_identity_matrix(cr);
    cairo_path_t *path = cairo_copy_path(cr);
    put_outline(svg->out, path, at->at);
    cairo_path_destroy(path);
    cairo_destroy(cr);
    cairo_surface_destroy(s);
}

static void outlined(struct im_svg *svg, const struct im_item *item,
                     const struct im_shaped *text, const char *attributes) {
    struct im_glyph_on_line *at;
    if (item->kind == IM_ITEM_LINE_TEXT) {
        at = im_line_text_place(svg->arena, item, text);
    } else {
        double left = item->at.x - (item->align == IM_LEFT     ? 0
                                    : item->align == IM_MIDDLE ? text->width / 2
                                                               : text->width);
        at = im_alloc(svg->arena, text->n + 1, sizeof *at);
        for (size_t i = 0; i < text->n; i++) {
            at[i].at = (struct im_pt){left + text->v[i].x, item->at.y + text->v[i].y};
        }
    }
    im_buf_str(svg->out, "<path aria-label=\"");
    im_svg_escape(svg->out, item->text);
    im_buf_fmt(svg->out, "\"%s d=\"", attributes);
    for (size_t i = 0; i < text->n; i++) {
        glyph_outline(svg, &text->v[i], &at[i], item->font.size);
    }
    im_buf_str(svg->out, "\"/>\n");
}

void im_svg_text(struct im_svg *svg, const struct im_item *item,
                 const char *attributes) {
    struct im_shaped text;
    im_shape(svg->fonts, svg->arena, &item->font, item->text, &text);
    bool line = item->kind == IM_ITEM_LINE_TEXT;
    if (line && (item->paths.n == 0 || item->paths.v[0].n < 2)) {
        return;
    }
    if (svg->outlines) {
        outlined(svg, item, &text, attributes);
    } else if (line) {
        live_line(svg, item, &text, attributes);
    } else {
        open_text(svg, item, attributes);
        im_svg_number(svg->out, "x", item->at.x, 2);
        im_svg_number(svg->out, "y", item->at.y, 2);
        straight(svg, item, text.width);
    }
}
