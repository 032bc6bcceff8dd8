/*
 * SVG 1.1 from the scene, with paint-order of SVG 2 for halos: real text, one named
 * group per layer, stable ids, data attributes that lead each symbol back to its row.
 */
#include "draw/svg.h"
#include "base/limits.h"
#include "base/utf8.h"
#include <string.h>

static bool is_xml(uint32_t cp) {
    return cp == 9 || cp == 10 || cp == 13 || (cp >= 0x20 && cp < 0x7F) ||
           (cp >= 0xA0 && cp < 0xFFFE) || (cp >= 0x10000 && cp < 0x110000);
}

/* Bytes at the start of the text that stand for themselves. */
static size_t plain(const char *text) {
    size_t n = 0;
    while (text[n] >= 0x20 && text[n] < 0x7F && text[n] != '&' && text[n] != '<' &&
           text[n] != '>' && text[n] != '"') {
        n++;
    }
    return n;
}

/* `quote`: what stands for a quotation mark. */
static void escape(struct im_buf *out, const char *text, const char *quote) {
    size_t n = strlen(text), used;
    for (size_t i = 0; i < n; i += used) {
        used = plain(text + i);
        if (used > 0) {
            im_buf_add(out, text + i, used);
            continue;
        }
        uint32_t cp = im_utf8_next(text + i, n - i, &used);
        switch (cp) {
        case '&':
            im_buf_str(out, "&amp;");
            break;
        case '<':
            im_buf_str(out, "&lt;");
            break;
        case '>':
            im_buf_str(out, "&gt;");
            break;
        case '"':
            im_buf_str(out, quote);
            break;
        default:
            if (is_xml(cp) && cp != 0xFFFD) {
                im_buf_add(out, text + i, used);
            } else {
                im_buf_str(out, "\xEF\xBF\xBD");
            }
        }
    }
}

void im_svg_escape(struct im_buf *out, const char *text) {
    escape(out, text, "&quot;");
}

void im_svg_content(struct im_buf *out, const char *text) {
    escape(out, text, "\"");
}

static void put_colour(struct im_buf *out, const char *name, im_rgba c,
                       double opacity) {
    static const char hex[] = "0123456789abcdef";
    double alpha = (c & 0xFF) / 255.0 * opacity;
    if ((c & 0xFF) == 0) {
        im_buf_fmt(out, " %s=\"none\"", name);
        return;
    }
    im_buf_fmt(out, " %s=\"#", name);
    for (int shift = 28; shift >= 8; shift -= 4) {
        im_buf_char(out, hex[c >> shift & 0xF]);
    }
    im_buf_char(out, '"');
    if (alpha < 0.999) {
        im_buf_fmt(out, " %s-opacity=\"", name);
        im_svg_value(out, alpha, 3);
        im_buf_char(out, '"');
    }
}

/* Ends, also of dashes, and corners that are round, if there are any. */
static void put_round(struct im_buf *out, const struct im_item *item) {
    bool ends = item->stroke.dash_count > 0, corners = item->kind == IM_ITEM_SYMBOL;
    for (size_t i = 0; i < item->paths.n; i++) {
        ends = ends || !item->paths.v[i].closed;
        corners = corners || item->paths.v[i].n > 2;
    }
    im_buf_str(out, ends ? " stroke-linecap=\"round\"" : "");
    im_buf_str(out, corners ? " stroke-linejoin=\"round\"" : "");
}

/* `units` to a point. */
static void put_stroke(struct im_buf *out, const struct im_item *item, double opacity,
                       int units) {
    const struct im_stroke *s = &item->stroke;
    if (s->width <= 0 || (s->colour & 0xFF) == 0) {
        return;
    }
    put_colour(out, "stroke", s->colour, opacity);
    im_svg_number(out, "stroke-width", s->width * units, 2);
    if (s->round) {
        put_round(out, item);
    }
    if (s->dash_count > 0) {
        im_buf_str(out, " stroke-dasharray=\"");
        for (int i = 0; i < s->dash_count; i++) {
            im_buf_str(out, i ? " " : "");
            im_svg_value(out, s->dash[i] * units, 2);
        }
        im_buf_char(out, '"');
        if (s->dash_offset != 0) {
            im_svg_number(out, "stroke-dashoffset", s->dash_offset * units, 2);
        }
    }
}

static void put_font(struct im_buf *out, const struct im_item *item) {
    im_svg_number(out, "font-size", item->font.size, 2);
    if (item->font.weight == IM_BOLD) {
        im_buf_str(out, " font-weight=\"700\"");
    }
    if (item->font.italic) {
        im_buf_str(out, " font-style=\"italic\"");
    }
    if (item->font.tracking != 0) {
        im_svg_number(out, "letter-spacing", item->font.tracking * item->font.size, 2);
    }
    if (item->kind == IM_ITEM_TEXT && item->align != IM_LEFT) {
        im_buf_fmt(out, " text-anchor=\"%s\"",
                   item->align == IM_MIDDLE ? "middle" : "end");
    }
}

/* One outline of so few corners that it winds once around whatever it holds. */
static bool is_plain(const struct im_item *item) {
    return item->paths.n == 1 && item->paths.v[0].n <= 4;
}

static void put_halo(struct im_buf *out, const struct im_halo *halo, double opacity) {
    if (halo->width > 0) {
        put_colour(out, "stroke", halo->colour, opacity);
        im_svg_number(out, "stroke-width", 2 * halo->width, 2);
        im_buf_str(out, " stroke-linejoin=\"round\" paint-order=\"stroke\"");
    }
}

void im_svg_style(const struct im_svg *svg, const struct im_item *item,
                  struct im_buf *out) {
    double opacity = svg->layer->opacity;
    put_colour(out, "fill", item->fill, opacity);
    if (item->kind == IM_ITEM_TEXT || item->kind == IM_ITEM_LINE_TEXT) {
        put_halo(out, &item->halo, opacity);
        if (!svg->outlines) {
            put_font(out, item);
        }
        return;
    }
    int units = im_svg_units(svg, item);
    if (item->kind == IM_ITEM_PATH && (item->fill & 0xFF) != 0 && !is_plain(item)) {
        im_buf_str(out, " fill-rule=\"evenodd\"");
    }
    put_stroke(out, item, opacity, units);
    if (units > 1) {
        im_buf_str(out, " transform=\"scale(");
        im_svg_value(out, 1.0 / units, 3);
        im_buf_str(out, ")\"");
    }
}

/* The first layer with the same clip, which gives it its name. */
static const struct im_layer *clip_of(const struct im_scene *scene,
                                      const struct im_layer *layer) {
    const struct im_layer *first = scene->layers;
    while (first != layer &&
           !(first->clipped && first->clip.x == layer->clip.x &&
             first->clip.y == layer->clip.y && first->clip.w == layer->clip.w &&
             first->clip.h == layer->clip.h)) {
        first++;
    }
    return first;
}

static void put_layer(struct im_svg *svg, const struct im_scene *scene,
                      const struct im_layer *layer) {
    struct im_buf *out = svg->out;
    im_buf_str(out, "<g id=\"");
    im_svg_escape(out, layer->id);
    im_buf_str(out, "\" aria-label=\"");
    im_svg_escape(out, layer->title ? layer->title : layer->id);
    im_buf_char(out, '"');
    if (layer->clipped && layer->n > 0) {
        im_buf_str(out, " clip-path=\"url(#clip-");
        im_svg_escape(out, clip_of(scene, layer)->id);
        im_buf_str(out, ")\"");
    }
    if (layer->n == 0) {
        im_buf_str(out, "/>\n");
        return;
    }
    im_buf_str(out, ">\n");
    im_svg_items(svg, layer);
    im_buf_str(out, "</g>\n");
}

static void put_clips(struct im_svg *svg, const struct im_scene *scene) {
    struct im_buf *out = svg->out;
    im_buf_str(out, "<defs>\n");
    for (size_t i = 0; i < scene->n; i++) {
        const struct im_layer *l = &scene->layers[i];
        if (l->clipped && clip_of(scene, l) == l) {
            im_buf_str(out, "<clipPath id=\"clip-");
            im_svg_escape(out, l->id);
            im_buf_str(out, "\"><rect");
            im_svg_number(out, "x", l->clip.x, 2);
            im_svg_number(out, "y", l->clip.y, 2);
            im_svg_number(out, "width", l->clip.w, 2);
            im_svg_number(out, "height", l->clip.h, 2);
            im_buf_str(out, "/></clipPath>\n");
        }
    }
    im_buf_str(out, "</defs>\n");
}

static void put_head(struct im_svg *svg, const struct im_scene *scene,
                     const struct im_draw_options *options) {
    struct im_buf *out = svg->out;
    im_buf_fmt(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" "
        "xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"%d\" height=\"%d\" "
        "viewBox=\"0 0 ",
        options->width_px, options->height_px);
    im_svg_value(out, scene->width, 3);
    im_buf_char(out, ' ');
    im_svg_value(out, scene->height, 3);
    im_buf_str(out, "\" role=\"img\" aria-labelledby=\"figure-title figure-desc\"");
    if (scene->language[0] != '\0') {
        im_buf_str(out, " xml:lang=\"");
        im_svg_escape(out, scene->language);
        im_buf_char(out, '"');
    }
    im_buf_fmt(out,
               " font-family=\"%s,sans-serif\" style=\"font-synthesis:none\">\n"
               "<title id=\"figure-title\">",
               im_fonts_family(svg->fonts));
    im_svg_content(out, scene->title);
    im_buf_str(out, "</title>\n<desc id=\"figure-desc\">");
    im_svg_content(out, scene->description);
    im_buf_str(out, "</desc>\n");
    if (scene->summary[0] != '\0') {
        im_buf_str(out, "<metadata id=\"incmap-summary\">");
        im_svg_content(out, scene->summary);
        im_buf_str(out, "</metadata>\n");
    }
    im_buf_str(out, "<metadata id=\"incmap-manifest\">");
    im_svg_content(out, scene->manifest);
    im_buf_str(out, "</metadata>\n");
}

enum incmap_status im_draw_svg(struct im_arena *arena, const struct im_scene *scene,
                               struct im_fonts *fonts,
                               const struct im_draw_options *options,
                               struct im_bytes *out, struct incmap_error *err) {
    (void)err; // memory is the only thing that can fail here
    struct im_buf b;
    im_buf_init(&b, arena, IM_MAX_OUTPUT);
    struct im_svg svg = {
        .out = &b, .arena = arena, .fonts = fonts, .outlines = options->outlines};
    put_head(&svg, scene, options);
    put_clips(&svg, scene);
    im_buf_str(&b, "<rect width=\"100%\" height=\"100%\"");
    put_colour(&b, "fill", scene->background, 1);
    im_buf_str(&b, "/>\n");
    for (size_t i = 0; i < scene->n; i++) {
        put_layer(&svg, scene, &scene->layers[i]);
    }
    im_buf_str(&b, "</svg>\n");
    *out = (struct im_bytes){b.data, b.len};
    return INCMAP_OK;
}
