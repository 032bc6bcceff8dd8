/*
 * Polygons to pixels by exact areas, as FreeType's and AGG's rasterisers have it: every
 * edge adds to the pixels that it crosses by how much the coverage of all pixels to the
 * right changes there; a sum along the row is the coverage. Rows are taken in bands,
 * and only blocks of a row that an edge touches are looked at.
 */
#include "draw/cover.h"
#include <math.h>
#include <string.h>

enum {
    ONE = 256,            /* steps of a pixel */
    FULL = ONE * 2 * ONE, /* coverage of a whole pixel */
    BAND = 16,            /* rows */
    BLOCK = 8             /* pixels */
};

/* The band at hand and how it is painted. */
struct sweep {
    struct im_canvas *canvas;
    int width, height, blocks; /* of the clip */
    size_t words;              /* of 64 blocks, a row */
    int *change;               /* of coverage: BAND rows of `blocks` blocks */
    uint64_t *touched;         /* blocks of the rows */
    im_rgba colour;
    bool even_odd, coarse;
};

void im_cover_begin(struct im_cover *cover, struct im_canvas *canvas) {
    *cover = (struct im_cover){.canvas = canvas};
}

/* ---- edges ---- */

static int steps(double v) {
    return (int)floor(v * ONE + 0.5);
}

/* An edge within the clip, from its corner. */
static void keep(struct im_cover *c, struct im_pt a, struct im_pt b) {
    struct im_edge e = {steps(a.x), steps(a.y), steps(b.x), steps(b.y), 1};
    if (e.y0 > e.y1) {
        e = (struct im_edge){e.x1, e.y1, e.x0, e.y0, -1};
    }
    if (e.y0 != e.y1) {
        IM_PUSH(c->canvas->arena, c->v, c->n, c->cap, e);
    }
}

/* Cut at the left and right sides: what lies left of the clip counts along its side,
 * what lies right of it changes nothing. */
static void keep_wide(struct im_cover *c, struct im_pt a, struct im_pt b, double w) {
    const double side[] = {0, w};
    for (int i = 0; i < 2; i++) {
        if ((a.x < side[i]) != (b.x < side[i])) {
            struct im_pt m = {side[i],
                              a.y + (side[i] - a.x) / (b.x - a.x) * (b.y - a.y)};
            struct im_pt to_a = a.x < side[i] ? (struct im_pt){side[i] - 1e-9, m.y} : m;
            struct im_pt to_b = b.x < side[i] ? (struct im_pt){side[i] - 1e-9, m.y} : m;
            keep_wide(c, a, to_a, w);
            keep_wide(c, to_b, b, w);
            return;
        }
    }
    if (a.x < w) {
        keep(c, (struct im_pt){fmax(a.x, 0), a.y}, (struct im_pt){fmax(b.x, 0), b.y});
    }
}

static struct im_pt at_height(struct im_pt a, struct im_pt b, double y) {
    return (struct im_pt){a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x), y};
}

void im_cover_edge(struct im_cover *c, struct im_pt a, struct im_pt b) {
    const struct im_canvas *to = c->canvas;
    double w = to->clip_x1 - to->clip_x0, h = to->clip_y1 - to->clip_y0;
    a.x -= to->clip_x0;
    b.x -= to->clip_x0;
    a.y -= to->clip_y0;
    b.y -= to->clip_y0;
    if ((a.y <= 0 && b.y <= 0) || (a.y >= h && b.y >= h) || (a.x >= w && b.x >= w) ||
        !isfinite(a.x + a.y + b.x + b.y)) {
        return;
    }
    struct im_pt from = a, end = b;
    if (a.y < 0 || a.y > h) {
        from = at_height(a, b, a.y < 0 ? 0 : h);
    }
    if (b.y < 0 || b.y > h) {
        end = at_height(a, b, b.y < 0 ? 0 : h);
    }
    keep_wide(c, from, end, w);
}

void im_cover_fill(struct im_cover *c, const struct im_paths *paths) {
    double k = c->canvas->k;
    for (size_t i = 0; i < paths->n; i++) {
        const struct im_path *p = &paths->v[i];
        for (size_t j = 0; j < p->n; j++) {
            struct im_pt a = p->v[j], b = p->v[j + 1 < p->n ? j + 1 : 0];
            im_cover_edge(c, (struct im_pt){a.x * k, a.y * k},
                          (struct im_pt){b.x * k, b.y * k});
        }
    }
}

/* ---- areas ---- */

static void touch(uint64_t *touched, int x) {
    touched[x / (BLOCK * 64)] |= UINT64_C(1) << (x / BLOCK % 64);
}

/* `high` steps of height in pixel x, at a mean distance of `twice` / 2 from its left.
 */
static void add_cell(int *change, uint64_t *touched, int x, int high, int twice) {
    change[x] += high * (2 * ONE - twice);
    change[x + 1] += high * twice;
    touch(touched, x);
    touch(touched, x + 1);
}

/* A piece of an edge within a row, `high` steps (signed) from xa to xb. */
static void add_piece(int *change, uint64_t *touched, int xa, int xb, int high) {
    int left = xa < xb ? xa : xb, right = xa < xb ? xb : xa;
    int first = left / ONE, last = right / ONE;
    int done = 0, from = left % ONE;
    for (int x = first; x < last; x++, from = 0) {
        int upto = high * ((x + 1) * ONE - left) / (right - left);
        add_cell(change, touched, x, upto - done, from + ONE);
        done = upto;
    }
    add_cell(change, touched, last, high - done, from + right % ONE);
}

static void add_edge(struct sweep *s, const struct im_edge *e, int top) {
    double slope = (double)(e->x1 - e->x0) / (e->y1 - e->y0);
    int y = e->y0 > top * ONE ? e->y0 : top * ONE;
    int end = e->y1 < (top + BAND) * ONE ? e->y1 : (top + BAND) * ONE;
    int x = e->x0 + (int)(slope * (y - e->y0));
    while (y < end) {
        int row = y / ONE, next = (row + 1) * ONE < end ? (row + 1) * ONE : end;
        int to = next == e->y1 ? e->x1 : e->x0 + (int)(slope * (next - e->y0));
        size_t at = (size_t)(row - top);
        add_piece(s->change + at * (size_t)s->blocks * BLOCK,
                  s->touched + at * s->words, x, to, e->sign * (next - y));
        x = to;
        y = next;
    }
}

/* ---- painting ---- */

/* Coverage 0 to 255 of a sum of areas. */
static unsigned coverage(const struct sweep *s, int sum) {
    int v = sum < 0 ? -sum : sum;
    if (s->even_odd) {
        v &= 2 * FULL - 1;
        v = v > FULL ? 2 * FULL - v : v;
    } else {
        v = v > FULL ? FULL : v;
    }
    return s->coarse ? (unsigned)((v + FULL / 32) / (FULL / 16)) * 255 / 16
                     : (unsigned)((v * 255 + FULL / 2) / FULL);
}

/* The pixels of a block from `to` on; the sum of areas to its left becomes that to its
 * right. */
static int paint_block(const struct sweep *s, unsigned char *to, int n,
                       const int *change, int sum) {
    unsigned cover = coverage(s, sum);
    for (int i = 0; i < n; i++, to += 4) {
        if (change[i] != 0) {
            sum += change[i];
            cover = coverage(s, sum);
        }
        if (cover != 0) {
            im_blend_pixel(to, s->colour, cover);
        }
    }
    return sum;
}

static void paint_row(struct sweep *s, int y, int *change, uint64_t *touched) {
    struct im_canvas *c = s->canvas;
    unsigned char *to = c->pixels + (size_t)(y + c->clip_y0) * (size_t)c->stride +
                        (size_t)c->clip_x0 * 4;
    int sum = 0, x = 0;
    for (size_t w = 0; w < s->words; w++) {
        for (; touched[w] != 0; touched[w] &= touched[w] - 1) {
            int from = ((int)(64 * w) + __builtin_ctzll(touched[w])) * BLOCK;
            int n = s->width - from < BLOCK ? s->width - from : BLOCK;
            if (from > x && sum != 0) {
                im_blend_span(to + 4 * x, from - x, s->colour, coverage(s, sum));
            }
            sum = paint_block(s, to + 4 * from, n, change + from, sum);
            memset(change + from, 0, BLOCK * sizeof *change);
            x = from + BLOCK;
        }
    }
    if (sum != 0) {
        im_blend_span(to + 4 * x, s->width - x, s->colour, coverage(s, sum));
    }
}

/* ---- bands ---- */

/* The edges of each band, one band after the other: edge[start[b]..start[b + 1]]. */
struct binned {
    uint32_t *start, *edge;
    int bands;
};

static struct binned bin(const struct im_cover *c, int bands) {
    struct im_arena *arena = c->canvas->arena;
    struct binned b = {.bands = bands};
    b.start = im_alloc(arena, (size_t)bands + 2, sizeof *b.start);
    for (size_t i = 0; i < c->n; i++) {
        for (int k = c->v[i].y0 / (BAND * ONE); k <= (c->v[i].y1 - 1) / (BAND * ONE);
             k++) {
            b.start[k + 2]++;
        }
    }
    for (int k = 0; k < bands; k++) {
        b.start[k + 2] += b.start[k + 1];
    }
    b.edge = im_alloc_raw(arena, (size_t)b.start[bands + 1] + 1, sizeof *b.edge);
    for (size_t i = 0; i < c->n; i++) {
        for (int k = c->v[i].y0 / (BAND * ONE); k <= (c->v[i].y1 - 1) / (BAND * ONE);
             k++) {
            b.edge[b.start[k + 1]++] = (uint32_t)i;
        }
    }
    return b;
}

static void paint_band(struct sweep *s, const struct im_cover *c,
                       const struct binned *b, int band) {
    if (b->start[band] == b->start[band + 1]) {
        return;
    }
    for (uint32_t i = b->start[band]; i < b->start[band + 1]; i++) {
        add_edge(s, &c->v[b->edge[i]], band * BAND);
    }
    for (int row = 0; row < BAND && band * BAND + row < s->height; row++) {
        paint_row(s, band * BAND + row, s->change + row * s->blocks * BLOCK,
                  s->touched + (size_t)row * s->words);
    }
}

void im_cover_paint(struct im_cover *c, im_rgba colour, bool even_odd, bool coarse) {
    struct im_canvas *to = c->canvas;
    struct sweep s = {.canvas = to,
                      .width = to->clip_x1 - to->clip_x0,
                      .height = to->clip_y1 - to->clip_y0,
                      .colour = colour,
                      .even_odd = even_odd,
                      .coarse = coarse};
    if (c->n == 0 || s.width <= 0 || s.height <= 0) {
        return;
    }
    s.blocks = s.width / BLOCK + 2; // an edge on the right side touches the next pixels
    s.words = (size_t)s.blocks / 64 + 1;
    s.change = im_alloc(to->arena, (size_t)(BAND * s.blocks * BLOCK), sizeof *s.change);
    s.touched = im_alloc(to->arena, BAND * s.words, sizeof *s.touched);
    struct binned b = bin(c, (s.height + BAND - 1) / BAND);
    for (int k = 0; k < b.bands; k++) {
        paint_band(&s, c, &b, k);
    }
    c->n = 0;
}
