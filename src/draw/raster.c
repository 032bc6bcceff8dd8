/* Scene to pixels: cairo for shapes, masks for text. */
#include "base/limits.h"
#include "draw/blend.h"
#include "draw/canvas.h"
#include <math.h>
#include <string.h>

static void finish(void *self) {
    struct im_canvas *c = self;
    if (c->cr != NULL) {
        cairo_destroy(c->cr);
    }
    if (c->surface != NULL) {
        cairo_surface_destroy(c->surface);
    }
}

/* Lightness 0..1 of a colour, near enough (BT.601 luma). */
static double lightness(im_rgba c) {
    return (0.299 * (c >> 24) + 0.587 * (c >> 16 & 0xFF) + 0.114 * (c >> 8 & 0xFF)) /
           255;
}

/* How far a colour is from that of the paper, 0 to 1: black on white, opaque. */
static double strength(const struct im_canvas *c, im_rgba colour) {
    return fabs(lightness(colour) - lightness(c->paper)) * (colour & 0xFF) / 255;
}

/*
 * Edges of lines and areas that are pale get 17 shades instead of cairo's 256, which
 * differ by less than the eye tells apart, for half the work and a smaller file. A line
 * in the colour of the paper itself is there to part dark things: it keeps its shades,
 * and so do symbols.
 */
static cairo_antialias_t antialias_of(const struct im_canvas *c,
                                      const struct im_item *item) {
    const double least = 0.02, most = 0.26;
    double line = strength(c, item->stroke.colour);
    bool stroked = item->stroke.width > 0;
    bool pale = item->kind == IM_ITEM_PATH && strength(c, item->fill) < most &&
                (!stroked || (line > least && line < most));
    return pale ? CAIRO_ANTIALIAS_FAST : CAIRO_ANTIALIAS_DEFAULT;
}

/* A thin line through which the ground is seen. */
static bool is_veil(const struct im_item *item) {
    const double widest =
        4; // points: the dark spots where wide ones cross belong there
    unsigned alpha = item->stroke.colour & 0xFF;
    return item->kind == IM_ITEM_PATH && (item->fill & 0xFF) == 0 &&
           item->stroke.width > 0 && item->stroke.width < widest && alpha > 0 &&
           alpha < 255;
}

/* Opaque lines without a fill: where they meet or cross it is all one in how many goes
 * they are drawn. */
static bool is_apart(const struct im_item *item, double opacity) {
    return item->kind == IM_ITEM_PATH && (item->fill & 0xFF) == 0 &&
           (item->stroke.colour & 0xFF) == 0xFF && opacity >= 1;
}

/* Paths of a line item, some at a time: what cairo needs for a vertex rises with the
 * number of those that it sorts and walks at once, and a call has a cost of its own.
 * The world's coast takes two thirds of the time that it takes in one go. */
static void draw_apart(cairo_t *cr, struct im_arena *arena,
                       const struct im_item *item) {
    const size_t most = 300; // vertices
    struct im_item part = *item;
    for (size_t i = 0; i < item->paths.n; i += part.paths.n) {
        size_t n = 1, vertices = item->paths.v[i].n;
        while (i + n < item->paths.n && vertices + item->paths.v[i + n].n <= most) {
            vertices += item->paths.v[i + n++].n;
        }
        part.paths = (struct im_paths){item->paths.v + i, n, n};
        im_paint_shape(cr, arena, &part, 1);
    }
}

static bool same_line(const struct im_stroke *a, const struct im_stroke *b) {
    return a->colour == b->colour && a->width == b->width && a->round == b->round &&
           a->dash_count == 0 && b->dash_count == 0;
}

/* Pixel rows that n items can reach, within the clip: y0 <= y < y1. */
static void rows_of(const struct im_canvas *c, const struct im_item *items, size_t n,
                    int *y0, int *y1) {
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (size_t i = 0; i < n; i++) {
        double more = items[i].stroke.width; // twice what a round join reaches
        for (size_t k = 0; k < items[i].paths.n; k++) {
            const struct im_path *p = &items[i].paths.v[k];
            for (size_t j = 0; j < p->n; j++) {
                low = p->v[j].y - more < low ? p->v[j].y - more : low;
                high = p->v[j].y + more > high ? p->v[j].y + more : high;
            }
        }
    }
    low = floor(low * c->k) - 1;
    high = ceil(high * c->k) + 1;
    *y0 = low > c->clip_y0 ? (int)fmin(low, c->clip_y1) : c->clip_y0;
    *y1 = high < c->clip_y1 ? (int)fmax(high, *y0) : c->clip_y1;
}

/* A context that draws into the mask's rows y0 to y1, which are cleared. */
static cairo_t *open_veil(struct im_canvas *c, int y0, int y1) {
    int stride = cairo_format_stride_for_width(CAIRO_FORMAT_A8, c->width);
    if (c->veil == NULL) {
        c->veil = im_alloc_raw(c->arena, (size_t)stride * (size_t)c->height, 1);
    }
    memset(c->veil + y0 * (ptrdiff_t)stride, 0, (size_t)stride * (size_t)(y1 - y0));
    cairo_surface_t *to = cairo_image_surface_create_for_data(
        c->veil, CAIRO_FORMAT_A8, c->width, c->height, stride);
    cairo_t *cr = cairo_create(to);
    cairo_surface_destroy(to);
    cairo_rectangle(cr, c->clip_x0, y0, c->clip_x1 - c->clip_x0, y1 - y0);
    cairo_clip(cr);
    cairo_scale(cr, c->k, c->k);
    cairo_set_tolerance(cr, 0.1 / c->k);
    return cr;
}

/* Most of the mask is empty. */
static void blend_veil(struct im_canvas *c, int y0, int y1, im_rgba colour) {
    const int strip = 16;
    int stride = cairo_format_stride_for_width(CAIRO_FORMAT_A8, c->width);
    struct im_ink ink = im_ink_of(colour);
    for (int y = y0; y < y1; y++) {
        const unsigned char *mask = c->veil + y * (ptrdiff_t)stride;
        unsigned char *to = c->pixels + y * (ptrdiff_t)c->stride;
        for (int x = c->clip_x0, n; x < c->clip_x1; x += n) {
            x += im_blend_nothing(mask + x, c->clip_x1 - x);
            n = c->clip_x1 - x < strip ? c->clip_x1 - x : strip;
            im_blend_row(to + 4 * (ptrdiff_t)x, mask + x, n, &ink);
        }
    }
}

/*
 * n lines of one look, drawn opaque into a mask that is blended once: where they cross
 * they are no darker, and cairo is quicker with opaque lines.
 */
static void draw_veil(struct im_canvas *c, const struct im_item *items, size_t n,
                      double opacity) {
    int y0, y1;
    rows_of(c, items, n, &y0, &y1);
    if (y0 >= y1) {
        return;
    }
    cairo_t *cr = open_veil(c, y0, y1);
    cairo_set_antialias(cr, antialias_of(c, items));
    struct im_item all = items[0];
    all.stroke.colour = 0xFF;
    all.paths = (struct im_paths){0};
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < items[i].paths.n; k++) {
            IM_PUSH(c->arena, all.paths.v, all.paths.n, all.paths.cap,
                    items[i].paths.v[k]);
        }
    }
    draw_apart(cr, c->arena, &all);
    cairo_destroy(cr);
    cairo_surface_flush(c->surface);
    im_rgba colour = items[0].stroke.colour;
    colour = (colour & 0xFFFFFF00U) | (im_rgba)((colour & 0xFF) * opacity + 0.5);
    blend_veil(c, y0, y1, colour);
    cairo_surface_mark_dirty(c->surface);
}

/* Paper on paper: nothing to be seen. */
static bool is_blank(const struct im_canvas *c, const struct im_item *item) {
    return !c->touched && item->kind == IM_ITEM_PATH && item->fill == c->paper &&
           item->stroke.width <= 0;
}

static void draw_item(struct im_canvas *c, const struct im_item *item, double opacity) {
    if (item->kind == IM_ITEM_SYMBOL && im_canvas_stamp(c, item, opacity)) {
        return;
    }
    if (item->kind == IM_ITEM_PATH || item->kind == IM_ITEM_SYMBOL) {
        cairo_set_antialias(c->cr, antialias_of(c, item));
        if (is_apart(item, opacity)) {
            draw_apart(c->cr, c->arena, item);
        } else {
            im_paint_shape(c->cr, c->arena, item, opacity);
        }
    } else {
        im_canvas_text(c, item, opacity);
    }
}

static int clamp(double v, int high) {
    return v < 0 ? 0 : v > high ? high : (int)v;
}

static void draw_layer(struct im_canvas *c, const struct im_layer *layer) {
    cairo_save(c->cr);
    c->clip_x0 = c->clip_y0 = 0;
    c->clip_x1 = c->width;
    c->clip_y1 = c->height;
    if (layer->clipped) {
        const struct im_rect *r = &layer->clip;
        cairo_rectangle(c->cr, r->x, r->y, r->w, r->h);
        cairo_clip(c->cr);
        c->clip_x0 = clamp(floor(r->x * c->k + 0.5), c->width);
        c->clip_y0 = clamp(floor(r->y * c->k + 0.5), c->height);
        c->clip_x1 = clamp(floor((r->x + r->w) * c->k + 0.5), c->width);
        c->clip_y1 = clamp(floor((r->y + r->h) * c->k + 0.5), c->height);
    }
    for (size_t i = 0, n = 1; i < layer->n; i += n, n = 1) {
        const struct im_item *item = &layer->items[i];
        while (is_veil(item) && i + n < layer->n && is_veil(item + n) &&
               same_line(&item->stroke, &item[n].stroke)) {
            n++;
        }
        if (is_blank(c, item)) {
            continue;
        }
        c->touched = true;
        if (is_veil(item)) {
            draw_veil(c, item, n, layer->opacity);
        } else {
            draw_item(c, item, layer->opacity);
        }
    }
    cairo_restore(c->cr);
}

static enum incmap_status check_size(const struct im_draw_options *o,
                                     struct incmap_error *err) {
    if (o->width_px < IM_MIN_SIDE || o->height_px < 1 || o->width_px > IM_MAX_SIDE ||
        o->height_px > IM_MAX_SIDE) {
        return im_fail(err, INCMAP_E_LIMIT, IM_NOWHERE,
                       "a figure of %dx%d pixels is out of range (%d to %d)",
                       o->width_px, o->height_px, IM_MIN_SIDE, IM_MAX_SIDE);
    }
    if ((long)o->width_px * o->height_px > IM_MAX_PIXELS) {
        return im_fail(
            err, INCMAP_E_LIMIT, IM_NOWHERE,
            "a figure of %dx%d pixels is too large to rasterise (at most %ld "
            "pixels; SVG and PDF have no such bound)",
            o->width_px, o->height_px, IM_MAX_PIXELS);
    }
    return INCMAP_OK;
}

static void open_canvas(struct im_canvas *c, const struct im_draw_options *o) {
    size_t bytes;
    c->width = o->width_px;
    c->height = o->height_px;
    c->stride = cairo_format_stride_for_width(CAIRO_FORMAT_RGB24, c->width);
    bytes = (size_t)c->stride * (size_t)c->height;
    c->pixels = im_alloc_raw(c->arena, bytes, 1); // painted over at once
    c->surface = cairo_image_surface_create_for_data(c->pixels, CAIRO_FORMAT_RGB24,
                                                     c->width, c->height, c->stride);
    c->cr = cairo_create(c->surface);
}

enum incmap_status im_raster(struct im_arena *arena, const struct im_scene *scene,
                             struct im_fonts *fonts,
                             const struct im_draw_options *options,
                             struct im_canvas **out, struct incmap_error *err) {
    enum incmap_status s = check_size(options, err);
    if (s != INCMAP_OK) {
        return s;
    }
    struct im_canvas *c = im_alloc(arena, 1, sizeof *c);
    c->arena = arena;
    c->fonts = fonts;
    c->k = options->width_px / scene->width;
    c->paper = scene->background;
    im_arena_defer(arena, finish, c);
    open_canvas(c, options);
    im_paint_colour(c->cr, scene->background, 1);
    cairo_paint(c->cr);
    cairo_scale(c->cr, c->k, c->k);
    cairo_set_tolerance(c->cr, 0.1 / c->k);
    for (size_t i = 0; i < scene->n; i++) {
        draw_layer(c, &scene->layers[i]);
    }
    cairo_surface_flush(c->surface);
    cairo_status_t status = cairo_status(c->cr);
    if (status != CAIRO_STATUS_SUCCESS) {
        return im_fail(
            err, status == CAIRO_STATUS_NO_MEMORY ? INCMAP_E_LIMIT : INCMAP_E_BUG,
            IM_NOWHERE, "drawing failed: %s", cairo_status_to_string(status));
    }
    *out = c;
    return INCMAP_OK;
}
