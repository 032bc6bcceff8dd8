/* Scene to pixels: cairo for shapes, masks for text. */
#include "base/limits.h"
#include "draw/line.h"
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
 * Edges of areas that are pale get 17 shades, of lines 9, which differ by less than the
 * eye tells apart (no more than 33 shades of black), for less work and a smaller file.
 * A line in the colour of the paper itself is there to part dark things: it gets 33 as
 * all else, an area cairo's 256.
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

/* A line that is drawn without cairo. */
static bool is_line(const struct im_canvas *c, const struct im_item *item) {
    return item->kind == IM_ITEM_PATH && (item->fill & 0xFF) == 0 &&
           (item->stroke.colour & 0xFF) != 0 &&
           im_canvas_draws_line(c, &item->stroke, &item->paths);
}

static bool same_line(const struct im_stroke *a, const struct im_stroke *b) {
    return a->colour == b->colour && a->width == b->width && a->round == b->round &&
           a->dash_count == b->dash_count && a->dash_offset == b->dash_offset &&
           memcmp(a->dash, b->dash, sizeof a->dash) == 0;
}

/*
 * How many items from the first on are lines of one look that are drawn together: thin
 * ones, which are no darker where they cross. The dark spots where wide ones cross that
 * the ground is seen through belong there.
 */
static size_t count_alike(const struct im_canvas *c, const struct im_item *items,
                          size_t n) {
    const double wide = 4; // points
    size_t alike = 1;
    bool seen_through = (items->stroke.colour & 0xFF) < 0xFF;
    if (!seen_through || items->stroke.width >= wide || !is_line(c, items)) {
        return 1;
    }
    while (alike < n && same_line(&items->stroke, &items[alike].stroke) &&
           is_line(c, items + alike)) {
        alike++;
    }
    return alike;
}

/* Steps of coverage at the edges of lines. */
enum { PALE = 9, SHADES = 33 };

/* n lines of one look. */
static void draw_lines(struct im_canvas *c, const struct im_item *items, size_t n,
                       double opacity) {
    const struct im_stroke *s = &items->stroke;
    bool pale = antialias_of(c, items) == CAIRO_ANTIALIAS_FAST;
    im_canvas_open_line(c, s, pale ? PALE : SHADES);
    for (size_t i = 0; i < n; i++) {
        im_canvas_add_line(c, s, &items[i].paths);
    }
    cairo_surface_flush(c->surface);
    im_rgba alpha = (im_rgba)((s->colour & 0xFF) * opacity + 0.5);
    im_canvas_blend_line(c, (s->colour & 0xFFFFFF00U) | alpha);
    cairo_surface_mark_dirty(c->surface);
}

/* Paper on paper: nothing to be seen. */
static bool is_blank(const struct im_canvas *c, const struct im_item *item) {
    return !c->touched && item->kind == IM_ITEM_PATH && item->fill == c->paper &&
           item->stroke.width <= 0;
}

/* An area: what is filled, then its outline. */
static void draw_path(struct im_canvas *c, const struct im_item *item, double opacity) {
    struct im_item fill = *item, line = *item;
    line.fill = 0;
    cairo_set_antialias(c->cr, antialias_of(c, item));
    if (is_line(c, &line)) {
        fill.stroke.width = 0;
        im_paint_shape(c->cr, c->arena, &fill, opacity);
        draw_lines(c, &line, 1, opacity);
    } else {
        im_paint_shape(c->cr, c->arena, item, opacity);
    }
}

static void draw_item(struct im_canvas *c, const struct im_item *item, double opacity) {
    if (item->kind == IM_ITEM_PATH) {
        draw_path(c, item, opacity);
    } else if (item->kind != IM_ITEM_SYMBOL) {
        im_canvas_text(c, item, opacity);
    } else if (!im_canvas_stamp(c, item, opacity)) {
        cairo_set_antialias(c->cr, CAIRO_ANTIALIAS_DEFAULT);
        im_paint_shape(c->cr, c->arena, item, opacity);
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
        n = count_alike(c, item, layer->n - i);
        if (is_blank(c, item)) {
            continue;
        }
        c->touched = true;
        if (is_line(c, item)) {
            draw_lines(c, item, n, layer->opacity);
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
    c->pixels = im_pool_canvas(c->fonts->pool, bytes); // painted over at once
    if (c->pixels == NULL) {
        c->pixels = im_alloc_raw(c->arena, bytes, 1);
    }
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
