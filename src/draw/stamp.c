/*
 * Symbols are rasterised once per size and position to an eighth of a pixel and stamped
 * as masks, which figures share. Discs and rings are covered row by row, all else is
 * drawn by cairo.
 */
#include "draw/canvas.h"
#include <math.h>
#include <string.h>

enum {
    SLOTS = 1 << 12,
    LARGEST = 64, /* pixels of radius */
    PARTS = 8     /* positions in a pixel, across and down */
};

/* Coverage of a symbol's fill or of its stroke around a position in a pixel. */
struct stamp {
    bool used;
    enum im_symbol symbol;
    float radius, stroke; /* pixels; no stroke = the fill */
    bool round;
    int sub;        /* PARTS * eighths down + eighths right */
    int x, y, w, h; /* the part that covers anything, from the centre's pixel */
    unsigned char *a;
};

struct im_stamps {
    struct stamp slots[SLOTS];
    size_t n;
};

static size_t slot_of(const struct stamp *s) {
    uint32_t r, w;
    memcpy(&r, &s->radius, sizeof r);
    memcpy(&w, &s->stroke, sizeof w);
    uint64_t h = ((uint64_t)r << 32 | w) * 0x9E3779B97F4A7C15U;
    h = (h ^ (uint64_t)s->symbol << 8 ^ (uint64_t)s->sub) * 0x9E3779B97F4A7C15U;
    return h >> 52;
}

static bool same(const struct stamp *a, const struct stamp *b) {
    return a->symbol == b->symbol && a->radius == b->radius && a->stroke == b->stroke &&
           a->round == b->round && a->sub == b->sub;
}

/* Keep the part of a mask of side^2 that covers anything, rows without the stride. */
static void trim(struct stamp *s, int side, int stride) {
    int x0 = side, x1 = 0, y0 = side, y1 = 0, reach = side / 2;
    for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
            if (s->a[y * stride + x] != 0) {
                x0 = x < x0 ? x : x0;
                x1 = x >= x1 ? x + 1 : x1;
                y0 = y < y0 ? y : y0;
                y1 = y + 1;
            }
        }
    }
    s->x = x0 - reach;
    s->y = y0 - reach;
    s->w = x1 > x0 ? x1 - x0 : 0;
    s->h = y1 > y0 ? y1 - y0 : 0;
    for (int y = 0; y < s->h; y++) {
        memmove(s->a + y * s->w, s->a + (y0 + y) * stride + x0, (size_t)s->w);
    }
}

/* ---- discs ---- */

enum { SCANS = 16 /* lines a row of pixels */, FULL = SCANS * 256 };

/* Add to `row` what a scan covers between a and b, pixels: in 1/256, as differences
 * between a pixel and the one to its left. */
static void add_span(int *row, double a, double b, int sign) {
    int from = (int)(a * 256 + 0.5), to = (int)(b * 256 + 0.5);
    row[from >> 8] += sign * (256 - (from & 255));
    row[(from >> 8) + 1] += sign * (from & 255);
    row[to >> 8] -= sign * (256 - (to & 255));
    row[(to >> 8) + 1] -= sign * (to & 255);
}

/* Add (sign 1) or take away (-1) the part of a disc of radius r around (x, y) that lies
 * in row `top` of pixels. */
static void add_disc(int *row, int top, struct im_pt at, double r, int sign) {
    for (int k = 0; k < SCANS; k++) {
        double dy = top + (k + 0.5) / SCANS - at.y;
        double half = r * r - dy * dy;
        if (half > 0) {
            half = sqrt(half);
            add_span(row, at.x - half, at.x + half, sign);
        }
    }
}

/* A disc, or a ring between two radii (inner below 0: none), into a mask of side^2. */
static void cover_ring(unsigned char *a, int side, struct im_pt at, double outer,
                       double inner) {
    int row[2 * LARGEST + 16];
    for (int y = (int)(at.y - outer); y <= (int)(at.y + outer); y++) {
        int sum = 0;
        memset(row, 0, (size_t)(side + 2) * sizeof *row);
        add_disc(row, y, at, outer, 1);
        if (inner > 0) {
            add_disc(row, y, at, inner, -1);
        }
        for (int x = 0; x < side; x++) {
            sum += row[x];
            a[y * side + x] = (unsigned char)((sum * 255 + FULL / 2) / FULL);
        }
    }
}

static bool is_disc(const struct stamp *s) {
    return s->symbol == IM_CIRCLE || s->symbol == IM_RING;
}

static void cover_disc(struct im_canvas *c, struct stamp *s, struct im_pt corner) {
    double r = (double)s->radius, half = (double)s->stroke / 2;
    int reach = (int)ceil(r + half) + 1, side = 2 * reach + 1;
    struct im_pt at = {reach + corner.x, reach + corner.y};
    s->a = im_mask_bytes(c->fonts->pool, side, side);
    cover_ring(s->a, side, at, r + half, half > 0 ? r - half : -1);
    trim(s, side, side);
}

/* ---- all symbols ---- */

static void draw_outline(struct im_canvas *c, struct stamp *s, struct im_pt corner) {
    double extent = 1.6 * (double)s->radius + (double)s->stroke;
    int reach = (int)ceil(extent) + 2, side = 2 * reach + 1;
    int stride = cairo_format_stride_for_width(CAIRO_FORMAT_A8, side);
    s->a = im_mask_bytes(c->fonts->pool, stride, side);
    cairo_surface_t *to =
        cairo_image_surface_create_for_data(s->a, CAIRO_FORMAT_A8, side, side, stride);
    cairo_t *cr = cairo_create(to);
    cairo_translate(cr, reach + corner.x, reach + corner.y);
    cairo_set_tolerance(cr, 0.1);
    struct im_item item = {.kind = IM_ITEM_SYMBOL, .symbol = s->symbol};
    item.radius = (double)s->radius;
    item.fill = s->stroke > 0 ? 0 : 0xFF;
    item.stroke = (struct im_stroke){
        .colour = 0xFF, .width = (double)s->stroke, .round = s->round};
    im_paint_shape(cr, c->arena, &item, 1);
    cairo_destroy(cr);
    cairo_surface_destroy(to);
    trim(s, side, stride);
}

static void rasterise(struct im_canvas *c, struct stamp *s) {
    struct im_pt corner = {(double)(s->sub % PARTS) / PARTS,
                           (double)(s->sub / PARTS) / PARTS};
    (is_disc(s) ? cover_disc : draw_outline)(c, s, corner);
}

static const struct stamp *find(struct im_canvas *c, struct stamp wanted) {
    struct im_font_pool *pool = c->fonts->pool;
    if (pool->stamps == NULL) {
        pool->stamps = im_alloc(pool->arena, 1, sizeof *pool->stamps);
    }
    struct im_stamps *all = pool->stamps;
    if (im_masks_full(pool) || all->n > SLOTS * 3 / 4) {
        im_masks_drop(pool);
    }
    size_t i = slot_of(&wanted);
    while (all->slots[i].used && !same(&all->slots[i], &wanted)) {
        i = (i + 1) % SLOTS;
    }
    if (!all->slots[i].used) {
        wanted.used = true;
        rasterise(c, &wanted);
        all->slots[i] = wanted;
        all->n++;
    }
    return &all->slots[i];
}

static void put(struct im_canvas *c, const struct im_item *item, double stroke,
                im_rgba colour) {
    int x = (int)floor(item->at.x * c->k * PARTS + 0.5);
    int y = (int)floor(item->at.y * c->k * PARTS + 0.5);
    int right = x & (PARTS - 1), down = y & (PARTS - 1);
    struct stamp wanted = {.symbol = item->symbol,
                           .radius = (float)(item->radius * c->k),
                           .stroke = (float)(stroke * c->k),
                           .round = item->stroke.round,
                           .sub = PARTS * down + right};
    const struct stamp *s = find(c, wanted);
    im_canvas_blend(c, s->a, s->w, s->h, (x - right) / PARTS + s->x,
                    (y - down) / PARTS + s->y, colour);
}

bool im_canvas_stamp(struct im_canvas *c, const struct im_item *item, double opacity) {
    double far = 1e6 / c->k;
    if (opacity != 1 || item->stroke.dash_count > 0 || !(fabs(item->at.x) < far) ||
        !(fabs(item->at.y) < far) ||
        (item->radius + item->stroke.width) * c->k > LARGEST) {
        return false;
    }
    cairo_surface_flush(c->surface);
    if ((item->fill & 0xFF) != 0) {
        put(c, item, 0, item->fill);
    }
    if (item->stroke.width > 0 && (item->stroke.colour & 0xFF) != 0) {
        put(c, item, item->stroke.width, item->stroke.colour);
    }
    cairo_surface_mark_dirty(c->surface);
    return true;
}

void im_stamps_clear(struct im_stamps *stamps) {
    if (stamps != NULL) {
        memset(stamps, 0, sizeof *stamps);
    }
}
