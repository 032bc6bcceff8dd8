/*
 * Symbols are rasterised once per size and position to an eighth of a pixel and stamped
 * as masks, which figures share. Discs and rings are covered row by row: small ones by
 * scans, others by the distance of their edge. All else is drawn by cairo.
 */
#include "draw/canvas.h"
#include "draw/coverage.h"
#include <math.h>
#include <string.h>

enum {
    SLOTS = 1 << 12,
    LARGEST = 64, /* pixels of radius */
    PARTS = 8,    /* positions in a pixel, across and down */
    SCANS = 16,   /* of a row of pixels of a disc */
    RADII = 16    /* whose discs are known */
};

/* Coverage of a symbol's fill or of its stroke around a position in a pixel. */
struct stamp {
    enum im_symbol symbol;
    float radius, stroke; /* pixels; no stroke = the fill */
    bool round;
    int sub;        /* PARTS * eighths down + eighths right */
    int x, y, w, h; /* the part that covers anything, from the centre's pixel */
    unsigned char *a;
};

/* Half-widths of a disc, see chords_of. */
struct chords {
    float radius; /* pixels; 0 = unused */
    int n;
    uint16_t half[SCANS * (LARGEST + 1)];
};

struct im_stamps {
    struct chords chords[RADII];
    uint16_t at[SLOTS]; /* by hash: 1 + the place in v, or 0 */
    size_t n;
    struct stamp v[SLOTS]; /* the first n are set */
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

enum { FULL = SCANS * 256 };

/*
 * Half the width of a disc on each scan from its centre outwards, in 1/256 pixels.
 * Scans lie half a scan from whole ones and positions are whole scans apart, so it is
 * the same at every position.
 */
static const struct chords *chords_of(struct im_stamps *all, double r) {
    float radius = (float)r;
    uint32_t bits;
    memcpy(&bits, &radius, sizeof bits);
    struct chords *c = &all->chords[bits * 0x9E3779B9U >> 28];
    if (c->radius == radius) {
        return c;
    }
    c->radius = radius;
    for (c->n = 0; c->n < SCANS * (LARGEST + 1); c->n++) {
        double dy = (c->n + 0.5) / SCANS;
        double half = (double)radius * (double)radius - dy * dy;
        if (half <= 0) {
            break;
        }
        c->half[c->n] = (uint16_t)(sqrt(half) * 256 + 0.5);
    }
    return c;
}

/* Add to `row` what a scan covers between two places, in 1/256 pixels, as differences
 * between a pixel and the one to its left. */
static void add_span(int *row, int from, int to, int sign) {
    int before = from & 255, after = to & 255;
    row[from >> 8] += sign * (256 - before);
    row[(from >> 8) + 1] += sign * before;
    row[to >> 8] -= sign * (256 - after);
    row[(to >> 8) + 1] -= sign * after;
}

/* Add (sign 1) or take away (-1) the part of a disc that lies in a row of pixels, of
 * which `scan` is the first below the centre; x is that of the centre, 1/256 pixels. */
static void add_disc(int *row, const struct chords *disc, int scan, int x, int sign) {
    for (int j = scan; j < scan + SCANS; j++) {
        int out = j < 0 ? -1 - j : j;
        if (out < disc->n) {
            add_span(row, x - disc->half[out], x + disc->half[out], sign);
        }
    }
}

static bool is_disc(const struct stamp *s) {
    return s->symbol == IM_CIRCLE || s->symbol == IM_RING;
}

/* One row of n pixels from what changes between them. */
static void sum_row(const int *row, unsigned char *to, int n) {
    unsigned sum = 0;
    for (int i = 0; i < n; i++) {
        sum += (unsigned)row[i];
        to[i] = (unsigned char)((sum * 255 + FULL / 2) / FULL);
    }
}

/* A small disc, or the ring of its stroke, scan by scan. */
static void scan_disc(struct im_canvas *c, struct stamp *s, double r, double inner) {
    int right = s->sub % PARTS, down = s->sub / PARTS, row[2 * LARGEST + 16];
    int x = right * (256 / PARTS) - 256 * s->x;
    struct chords outside = *chords_of(c->fonts->pool->stamps, r), inside = {0};
    if (inner > 0) { // copies: the two may share a place
        inside = *chords_of(c->fonts->pool->stamps, inner);
    }
    for (int y = 0; y < s->h; y++) {
        int scan = (s->y + y) * SCANS - down * (SCANS / PARTS);
        memset(row, 0, (size_t)(s->w + 2) * sizeof *row);
        add_disc(row, &outside, scan, x, 1);
        add_disc(row, &inside, scan, x, -1);
        sum_row(row, s->a + y * s->w, s->w);
    }
}

/* ---- discs by distance: their edge is nearly straight within a pixel ---- */

struct edge {
    const struct im_coverage *c; /* of a line in the middle of what is covered */
    double radius;               /* of that line */
    double outer, inner;         /* between them the tables are asked */
    unsigned char inside;        /* what is covered within */
};

/* Half the width of a disc at dy; 0: it does not reach so far. */
static double chord(double radius, double dy) {
    double v = radius * radius - dy * dy;
    return radius > 0 && v > 0 ? sqrt(v) : 0;
}

static unsigned char coverage_at(const struct edge *e, double dx, double dy) {
    double away = sqrt(dx * dx + dy * dy), x = fabs(dx), y = fabs(dy);
    int i = im_coverage_of((x < y ? x : y) / away);
    return im_coverage_at(&e->c->profile[i], (int)(fabs(away - e->radius) * IM_PARTS));
}

/* Pixels x0 <= x < x1 of a row; its middle lies to.y below the centre, which is at
 * x = to.x. */
static void cover_edge(const struct edge *e, unsigned char *row, int x0, int x1,
                       struct im_pt to) {
    for (int x = x0; x < x1; x++) {
        row[x] = coverage_at(e, x + 0.5 - to.x, to.y);
    }
}

static int clamp(double v, int low, int high) {
    return v < low ? low : v > high ? high : (int)v;
}

/* The mask has room for all that is covered; (x, y) is the centre in it. */
static void cover_by_distance(const struct edge *e, struct stamp *s, double x,
                              double y) {
    for (int py = 0; py < s->h; py++) {
        struct im_pt to = {x, py + 0.5 - y};
        unsigned char *row = s->a + py * s->w;
        double outer = chord(e->outer, to.y), inner = chord(e->inner, to.y);
        int x0 = clamp(x - outer - 0.5, 0, s->w), x1 = clamp(x + outer + 1.5, x0, s->w);
        int in0 = x0, in1 = x0;
        if (inner > 1) {
            in0 = clamp(x - inner + 0.5, x0, x1);
            in1 = clamp(x + inner - 0.5, in0, x1);
        }
        cover_edge(e, row, x0, in0, to);
        memset(row + in0, e->inside, (size_t)(in1 - in0));
        cover_edge(e, row, in1, x1, to);
    }
}

/* The ring of a stroke is a line around; a disc is bounded by the outer edge of the
 * widest line there is. */
static struct edge edge_of(struct im_font_pool *pool, const struct stamp *s) {
    const double side = 0.75; // pixels: more than half a diagonal
    double r = (double)s->radius, half = (double)s->stroke / 2;
    if (half > 0) {
        return (struct edge){im_coverage(pool, 2 * half, 256), r, r + half + side,
                             r - half - side, 0};
    }
    half = IM_WIDEST_LINE / 2.0;
    return (struct edge){im_coverage(pool, 2 * half, 256), r - half, r + side, r - side,
                         255};
}

/* A disc, or the ring of its stroke. */
static void cover_disc(struct im_canvas *c, struct stamp *s) {
    const double small = 3; // pixels: within one the edge is not straight
    double half = (double)s->stroke / 2, r = (double)s->radius + half;
    double inner = half > 0 ? (double)s->radius - half : 0;
    double x = (double)(s->sub % PARTS) / PARTS, y = (double)(s->sub / PARTS) / PARTS;
    s->x = (int)floor(x - r);
    s->y = (int)floor(y - r);
    s->w = (int)floor(x + r) + 1 - s->x;
    s->h = (int)floor(y + r) + 1 - s->y;
    s->a = im_mask_bytes(c->fonts->pool, s->w, s->h);
    if (r < small || (half > 0 && inner < small) || 2 * half > IM_WIDEST_LINE) {
        scan_disc(c, s, r, inner);
    } else {
        struct edge e = edge_of(c->fonts->pool, s);
        cover_by_distance(&e, s, x - s->x, y - s->y);
    }
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
    if (is_disc(s)) {
        cover_disc(c, s);
    } else {
        draw_outline(c, s, corner);
    }
    im_mask_level(s->a, (size_t)s->w * (size_t)s->h);
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
    while (all->at[i] != 0 && !same(&all->v[all->at[i] - 1], &wanted)) {
        i = (i + 1) % SLOTS;
    }
    if (all->at[i] == 0) {
        rasterise(c, &wanted);
        all->v[all->n] = wanted;
        all->at[i] = (uint16_t)++all->n;
    }
    return &all->v[all->at[i] - 1];
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
        !(fabs(item->at.y) < far) || !(item->radius >= 0) ||
        !((item->radius + item->stroke.width) * c->k <= LARGEST)) {
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
        memset(stamps->chords, 0, sizeof stamps->chords);
        memset(stamps->at, 0, sizeof stamps->at);
        stamps->n = 0;
    }
}
