/* Text on the canvas: cached masks for upright text, outlines for text along a line. */
#include "base/attr.h"
#include "draw/blend.h"
#include "draw/canvas.h"
#include <math.h>
#include <string.h>

IM_WIDE void im_canvas_blend(struct im_canvas *canvas, const unsigned char *mask, int w,
                             int h, int x, int y, im_rgba colour) {
    int x0 = x > canvas->clip_x0 ? x : canvas->clip_x0;
    int y0 = y > canvas->clip_y0 ? y : canvas->clip_y0;
    int x1 = x + w < canvas->clip_x1 ? x + w : canvas->clip_x1;
    int y1 = y + h < canvas->clip_y1 ? y + h : canvas->clip_y1;
    struct im_ink ink = im_ink_of(colour);
    for (int py = y0; py < y1; py++) {
        const unsigned char *row = mask + (size_t)(py - y) * (size_t)w;
        unsigned char *to = canvas->pixels + (size_t)py * (size_t)canvas->stride;
        im_blend_row(to + (size_t)x0 * 4, row + (x0 - x), x1 - x0, &ink);
    }
}

/* One pass over upright text: the halo (grow > 0) or the glyphs themselves. */
static void upright_pass(struct im_canvas *c, const struct im_item *item,
                         const struct im_shaped *text, double left, im_rgba colour,
                         double grow) {
    double size_px = item->font.size * c->k;
    int base = (int)floor(item->at.y * c->k + 0.5);
    for (size_t i = 0; i < text->n; i++) {
        const struct im_glyph *g = &text->v[i];
        double x = (left + g->x) * c->k;
        int quarter = (int)floor(x * 4.0 + 0.5);
        int whole = quarter >= 0 ? quarter / 4 : -((3 - quarter) / 4);
        const struct im_glyph_mask *m = im_glyph_mask(
            c->fonts->pool, g->face, g->id, size_px, quarter - 4 * whole, grow * c->k);
        if (m != NULL) {
            int y = base + (int)floor(g->y * c->k + 0.5);
            im_canvas_blend(c, m->a, m->w, m->h, whole + m->x, y + m->y, colour);
        }
    }
}

static void upright_text(struct im_canvas *c, const struct im_item *item,
                         const struct im_shaped *text) {
    double left = item->at.x;
    if (item->align != IM_LEFT) {
        left -= item->align == IM_MIDDLE ? text->width / 2 : text->width;
    }
    cairo_surface_flush(c->surface);
    if (item->halo.width > 0) {
        upright_pass(c, item, text, left, item->halo.colour, item->halo.width);
    }
    upright_pass(c, item, text, left, item->fill, 0);
    cairo_surface_mark_dirty(c->surface);
}

static double path_length(const struct im_path *line) {
    double sum = 0;
    for (size_t i = 1; i < line->n; i++) {
        sum += hypot(line->v[i].x - line->v[i - 1].x, line->v[i].y - line->v[i - 1].y);
    }
    return sum;
}

/* Point at distance `s` along the line; the ends are extended straight. */
static struct im_pt along(const struct im_path *line, double s) {
    size_t i = 1;
    double d = 0;
    for (; i < line->n; i++) {
        d = hypot(line->v[i].x - line->v[i - 1].x, line->v[i].y - line->v[i - 1].y);
        if (s <= d || i + 1 == line->n) {
            break;
        }
        s -= d;
    }
    struct im_pt a = line->v[i - 1], b = line->v[i];
    double t = d > 0 ? s / d : 0;
    return (struct im_pt){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

/* Largest distance of the stretch [s0, s1] of the line from its chord. */
static double sag(const struct im_path *line, double s0, double s1) {
    struct im_pt a = along(line, s0), b = along(line, s1);
    double dx = b.x - a.x, dy = b.y - a.y, length = hypot(dx, dy), most = 0;
    for (int i = 1; i < 16 && length > 0; i++) {
        struct im_pt p = along(line, s0 + (s1 - s0) * i / 16.0);
        most = fmax(most, fabs((p.x - a.x) * dy - (p.y - a.y) * dx) / length);
    }
    return most;
}

/* The piece of the text between x0 and x1, on the chord of its stretch of the line. */
static struct im_text_piece piece_on(const struct im_path *line, double start,
                                     double x0, double x1) {
    struct im_pt a = along(line, start + x0), b = along(line, start + x1);
    struct im_text_piece p = {.width = x1 - x0};
    struct im_pt m = {(a.x + b.x) / 2, (a.y + b.y) / 2};
    p.angle = atan2(b.y - a.y, b.x - a.x);
    p.start.x = m.x - p.width / 2 * cos(p.angle);
    p.start.y = m.y - p.width / 2 * sin(p.angle);
    return p;
}

/* Index after the last glyph of the word that begins at glyph i. */
static size_t word_end(const char *text, const struct im_shaped *shaped, size_t i) {
    while (i < shaped->n && text[shaped->v[i].byte] != ' ') {
        i++;
    }
    return i;
}

/*
 * Where the line bends towards the letters' heads, the heads of two words lean together
 * and the space between them closes; what it loses at half the height of the capitals
 * is given back along the line. The words before and after share it.
 */
static void spread(struct im_arena *arena, const struct im_path *line, double size,
                   struct im_text_pieces *pieces) {
    double *shift = im_alloc(arena, pieces->n + 1, sizeof *shift);
    double lost = 0;
    for (size_t k = 1; k < pieces->n; k++) {
        double lean = pieces->v[k - 1].angle - pieces->v[k].angle;
        lost += 0.36 * size * tan(fmin(fmax(lean, 0), 1));
        shift[k] = lost;
    }
    for (size_t k = 0; k < pieces->n && lost > 0; k++) {
        struct im_text_piece *p = &pieces->v[k];
        struct im_text_piece to =
            piece_on(line, p->along + shift[k] - lost / 2, 0, p->width);
        p->start = to.start;
        p->angle = to.angle;
    }
}

void im_line_text_pieces(struct im_arena *arena, const struct im_item *item,
                         const struct im_shaped *shaped, struct im_text_pieces *out) {
    const struct im_path *line = &item->paths.v[0];
    double start = (path_length(line) - shaped->width) / 2;
    bool whole = shaped->rtl ||
                 sag(line, start, start + shaped->width) <= 0.12 * item->font.size;
    size_t bytes = strlen(item->text);
    for (size_t i = 0; i < shaped->n;) {
        size_t end = whole ? shaped->n : word_end(item->text, shaped, i);
        if (end == i) {
            i++; // a space
            continue;
        }
        const struct im_glyph *last = &shaped->v[end - 1];
        double x1 = end == shaped->n ? shaped->width : last->x + last->advance;
        struct im_text_piece p = piece_on(line, start, shaped->v[i].x, x1);
        p.along = start + shaped->v[i].x;
        p.first = i;
        p.count = end - i;
        p.from = whole ? 0 : shaped->v[i].byte;
        p.to = end < shaped->n ? shaped->v[end].byte : bytes;
        IM_PUSH(arena, out->v, out->n, out->cap, p);
        i = end;
    }
    spread(arena, line, item->font.size, out);
}

struct im_glyph_on_line *im_line_text_place(struct im_arena *arena,
                                            const struct im_item *item,
                                            const struct im_shaped *text) {
    struct im_glyph_on_line *out = im_alloc(arena, text->n + 1, sizeof *out);
    struct im_text_pieces pieces = {0};
    im_line_text_pieces(arena, item, text, &pieces);
    for (size_t k = 0; k < pieces.n; k++) {
        const struct im_text_piece *p = &pieces.v[k];
        double c = cos(p->angle), s = sin(p->angle), x0 = text->v[p->first].x;
        for (size_t i = p->first; i < p->first + p->count; i++) {
            double x = text->v[i].x - x0, y = text->v[i].y;
            out[i].angle = p->angle;
            out[i].at =
                (struct im_pt){p->start.x + x * c - y * s, p->start.y + x * s + y * c};
        }
    }
    return out;
}

/* Pixel box of a line text with its halo. */
static bool line_text_box(const struct im_canvas *c, const struct im_item *item,
                          const struct im_glyph_on_line *at, size_t n, int box[4]) {
    double x0 = 1e9, y0 = 1e9, x1 = -1e9, y1 = -1e9;
    double reach = (1.6 * item->font.size + item->halo.width + 2) * c->k;
    for (size_t i = 0; i < n; i++) {
        x0 = fmin(x0, at[i].at.x * c->k - reach);
        y0 = fmin(y0, at[i].at.y * c->k - reach);
        x1 = fmax(x1, at[i].at.x * c->k + reach);
        y1 = fmax(y1, at[i].at.y * c->k + reach);
    }
    box[0] = (int)fmax(floor(x0), -64);
    box[1] = (int)fmax(floor(y0), -64);
    box[2] = (int)fmin(ceil(x1), c->width + 64) - box[0];
    box[3] = (int)fmin(ceil(y1), c->height + 64) - box[1];
    return n > 0 && box[2] > 0 && box[3] > 0;
}

static void draw_glyphs(struct im_canvas *c, cairo_t *cr, const struct im_item *item,
                        const struct im_shaped *text, const struct im_glyph_on_line *at,
                        const int box[4]) {
    cairo_set_source_rgba(cr, 0, 0, 0, 1);
    for (size_t i = 0; i < text->n; i++) {
        struct im_pt p = {at[i].at.x * c->k - box[0], at[i].at.y * c->k - box[1]};
        im_glyph_fill(cr, c->fonts->pool, &text->v[i], p, at[i].angle,
                      item->font.size * c->k);
    }
}

static void line_text(struct im_canvas *c, const struct im_item *item,
                      const struct im_shaped *text) {
    int box[4];
    const struct im_glyph_on_line *at = im_line_text_place(c->arena, item, text);
    if (!line_text_box(c, item, at, text->n, box)) {
        return;
    }
    int w = box[2], h = box[3];
    unsigned char *mask = im_alloc(c->arena, (size_t)w * (size_t)h, 1);
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_A8, w, h);
    cairo_t *cr = cairo_create(s);
    draw_glyphs(c, cr, item, text, at, box);
    cairo_destroy(cr);
    cairo_surface_flush(s);
    const unsigned char *data = cairo_image_surface_get_data(s);
    int stride = cairo_image_surface_get_stride(s);
    for (int y = 0; data != NULL && y < h; y++) {
        memcpy(mask + (size_t)y * (size_t)w, data + y * stride, (size_t)w);
    }
    cairo_surface_destroy(s);
    cairo_surface_flush(c->surface);
    if (item->halo.width > 0) {
        struct im_grown g = im_mask_grow(c->arena, mask, w, h, item->halo.width * c->k);
        im_canvas_blend(c, g.a, w + 2 * g.pad, h + 2 * g.pad, box[0] - g.pad,
                        box[1] - g.pad, item->halo.colour);
    }
    im_canvas_blend(c, mask, w, h, box[0], box[1], item->fill);
    cairo_surface_mark_dirty(c->surface);
}

static im_rgba faded(im_rgba c, double opacity) {
    return (c & 0xFFFFFF00U) | (im_rgba)((c & 0xFF) * opacity + 0.5);
}

void im_canvas_text(struct im_canvas *canvas, const struct im_item *item,
                    double opacity) {
    struct im_shaped text;
    struct im_item seen = *item;
    seen.fill = faded(item->fill, opacity);
    seen.halo.colour = faded(item->halo.colour, opacity);
    im_shape_item(canvas->fonts, canvas->arena, item, &text);
    if (item->kind == IM_ITEM_TEXT) {
        upright_text(canvas, &seen, &text);
    } else if (item->paths.n > 0 && item->paths.v[0].n >= 2) {
        line_text(canvas, &seen, &text);
    }
}
