/* Text on the canvas: cached masks for upright text, outlines for text along a line. */
#include "draw/canvas.h"
#include <math.h>
#include <string.h>

static unsigned blend_channel(unsigned dst, unsigned src, unsigned a) {
    unsigned v = dst * (255 - a) + src * a + 128;
    return (v + (v >> 8)) >> 8;
}

static void blend_pixel(unsigned char *p, im_rgba colour, unsigned coverage) {
    unsigned a = (colour & 0xFF) * coverage + 128;
    a = (a + (a >> 8)) >> 8;
    uint32_t v;
    memcpy(&v, p, 4);
    uint32_t r = blend_channel(v >> 16 & 0xFF, colour >> 24, a);
    uint32_t g = blend_channel(v >> 8 & 0xFF, colour >> 16 & 0xFF, a);
    uint32_t b = blend_channel(v & 0xFF, colour >> 8 & 0xFF, a);
    v = 0xFF000000U | r << 16 | g << 8 | b;
    memcpy(p, &v, 4);
}

void im_canvas_blend(struct im_canvas *canvas, const unsigned char *mask, int w, int h,
                     int x, int y, im_rgba colour) {
    int x0 = x > canvas->clip_x0 ? x : canvas->clip_x0;
    int y0 = y > canvas->clip_y0 ? y : canvas->clip_y0;
    int x1 = x + w < canvas->clip_x1 ? x + w : canvas->clip_x1;
    int y1 = y + h < canvas->clip_y1 ? y + h : canvas->clip_y1;
    for (int py = y0; py < y1; py++) {
        const unsigned char *row = mask + (size_t)(py - y) * (size_t)w;
        unsigned char *to = canvas->pixels + (size_t)py * (size_t)canvas->stride;
        for (int px = x0; px < x1; px++) {
            if (row[px - x] != 0) {
                blend_pixel(to + (size_t)px * 4, colour, row[px - x]);
            }
        }
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
        const struct im_glyph_mask *m = im_glyph_mask(c->fonts, g->face, g->id, size_px,
                                                      quarter - 4 * whole, grow * c->k);
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

bool im_line_text_straight(const struct im_path *line, double width, double size,
                           struct im_pt *start, double *angle) {
    double s0 = (path_length(line) - width) / 2;
    struct im_pt a = along(line, s0), b = along(line, s0 + width);
    double off = sag(line, s0, s0 + width);
    *angle = atan2(b.y - a.y, b.x - a.x);
    struct im_pt m = {(a.x + b.x) / 2, (a.y + b.y) / 2};
    start->x = m.x - width / 2 * cos(*angle);
    start->y = m.y - width / 2 * sin(*angle);
    return off <= 0.12 * size;
}

static void place_straight(struct im_glyph_on_line *out, const struct im_shaped *text,
                           struct im_pt start, double angle) {
    for (size_t i = 0; i < text->n; i++) {
        const struct im_glyph *g = &text->v[i];
        out[i].angle = angle;
        out[i].at.x = start.x + g->x * cos(angle) - g->y * sin(angle);
        out[i].at.y = start.y + g->x * sin(angle) + g->y * cos(angle);
    }
}

struct im_glyph_on_line *im_line_text_place(struct im_arena *arena,
                                            const struct im_path *line, double size,
                                            const struct im_shaped *text) {
    struct im_glyph_on_line *out = im_alloc(arena, text->n + 1, sizeof *out);
    struct im_pt begin;
    double turn;
    if (im_line_text_straight(line, text->width, size, &begin, &turn) || text->rtl) {
        place_straight(out, text, begin, turn);
        return out;
    }
    double start = (path_length(line) - text->width) / 2;
    for (size_t i = 0; i < text->n && line->n >= 2; i++) {
        const struct im_glyph *g = &text->v[i];
        double half = fmax(g->advance, 1.0) / 2, middle = start + g->x + half;
        struct im_pt a = along(line, middle - half), b = along(line, middle + half);
        struct im_pt m = along(line, middle);
        double angle = atan2(b.y - a.y, b.x - a.x);
        out[i].angle = angle;
        out[i].at.x = m.x - half * cos(angle) - g->y * sin(angle);
        out[i].at.y = m.y - half * sin(angle) + g->y * cos(angle);
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
        im_glyph_fill(cr, c->fonts, &text->v[i], p, at[i].angle,
                      item->font.size * c->k);
    }
}

static void line_text(struct im_canvas *c, const struct im_item *item,
                      const struct im_shaped *text) {
    int box[4];
    const struct im_glyph_on_line *at =
        im_line_text_place(c->arena, &item->paths.v[0], item->font.size, text);
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
        unsigned char *halo = im_alloc(c->arena, (size_t)w * (size_t)h, 1);
        im_mask_grow(mask, w, h, item->halo.width * c->k, 0, halo);
        im_canvas_blend(c, halo, w, h, box[0], box[1], item->halo.colour);
    }
    im_canvas_blend(c, mask, w, h, box[0], box[1], item->fill);
    cairo_surface_mark_dirty(c->surface);
}

void im_canvas_text(struct im_canvas *canvas, const struct im_item *item) {
    struct im_shaped text;
    im_shape(canvas->fonts, canvas->arena, &item->font, item->text, &text);
    if (item->kind == IM_ITEM_TEXT) {
        upright_text(canvas, item, &text);
    } else if (item->paths.n > 0 && item->paths.v[0].n >= 2) {
        line_text(canvas, item, &text);
    }
}
