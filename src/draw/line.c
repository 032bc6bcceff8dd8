/*
 * Lines on pixels. Segments meet in a mask, where the most that one of them covers
 * counts, so a line is no darker where it bends or crosses itself, and the mask is
 * blended once. That takes a quarter to a tenth of the instructions that cairo needs
 * for the stroke's outline.
 */
#include "base/attr.h"
#include "draw/blend.h"
#include "draw/line.h"
#include "draw/segment.h"
#include <math.h>
#include <string.h>

enum { LEAST_BITS = 4, LEAST_BLOCK = 1 << LEAST_BITS }; /* pixels of a row */

/* ---- a path ---- */

/* How far a segment must be drawn beyond its end so that the bend to the next is round:
 * the outside of the bend reaches that far. */
static double around_bend(const struct im_segment *a, const struct im_segment *b,
                          double reach) {
    double cosine = a->ux * b->ux + a->uy * b->uy;
    double sine = fabs(a->ux * b->uy - a->uy * b->ux);
    return cosine > 0 ? reach * sine + 1.0 / IM_PARTS : reach;
}

static void add_segment(struct im_canvas *c, struct im_pt a, struct im_pt b) {
    struct im_line_mask *m = c->lines;
    double dx = b.x - a.x, dy = b.y - a.y, length = sqrt(dx * dx + dy * dy);
    struct im_segment s = {.x = a.x, .y = a.y, .ux = 1, .length = length};
    if (length > 0) {
        s.ux = dx / length;
        s.uy = dy / length;
    }
    IM_PUSH(c->arena, m->segments.v, m->segments.n, m->segments.cap, s);
}

/* The path's segments in pixels. Vertices closer than can be seen are one. */
static void trace(struct im_canvas *c, const struct im_pt *v, size_t n, bool closed) {
    const double nothing = 1.0 / 128; // pixels
    struct im_pt at = {v[0].x * c->k, v[0].y * c->k}, start = at;
    c->lines->segments.n = 0;
    for (size_t i = 1; i < n + closed; i++) {
        struct im_pt to = i < n ? (struct im_pt){v[i].x * c->k, v[i].y * c->k} : start;
        if (fabs(to.x - at.x) + fabs(to.y - at.y) >= nothing) {
            add_segment(c, at, to);
            at = to;
        }
    }
    if (c->lines->segments.n == 0) {
        add_segment(c, start, start);
    }
}

static void cover_path(struct im_canvas *c, const struct im_pt *v, size_t n,
                       bool closed) {
    struct im_line_mask *m = c->lines;
    trace(c, v, n, closed);
    size_t count = m->segments.n;
    if (m->flat && count == 1 && m->segments.v[0].length <= 0) {
        return; // a dash of no length
    }
    double reach = m->pen->half + sqrt(0.5), end = m->flat ? 0.5 : reach;
    closed = closed && count > 1;
    for (size_t i = 0; i < count; i++) {
        struct im_segment *s = &m->segments.v[i];
        bool starts = !closed && i == 0, ends = !closed && i + 1 == count;
        s->flat_start = starts && m->flat;
        s->flat_end = ends && m->flat;
        s->before = starts ? end : 0;
        s->after = ends ? end : around_bend(s, &m->segments.v[(i + 1) % count], reach);
        im_segment_cover(c, s);
    }
}

/* ---- dashes ---- */

struct walk { /* along a dash pattern */
    const struct im_stroke *s;
    int at;      /* dash or gap; even = dash */
    double left; /* points of it */
};

static struct walk walk_from(const struct im_stroke *s) {
    struct walk w = {s, 0, 0};
    double period = 0;
    for (int i = 0; i < s->dash_count; i++) {
        period += s->dash[i];
    }
    double skip = fmod(s->dash_offset, period);
    skip += skip < 0 ? period : 0;
    while (skip >= s->dash[w.at] && w.at + 1 < s->dash_count) {
        skip -= s->dash[w.at++];
    }
    w.left = fmax(s->dash[w.at] - skip, 0);
    return w;
}

static void put_dash(struct im_canvas *c, struct im_pt p) {
    struct im_line_mask *m = c->lines;
    IM_PUSH(c->arena, m->dash.v, m->dash.n, m->dash.cap, p);
}

static void end_dash(struct im_canvas *c) {
    struct im_line_mask *m = c->lines;
    if (m->dash.n > 0) {
        cover_path(c, m->dash.v, m->dash.n, false);
    }
    m->dash.n = 0;
}

/* From a to b; a is put down already where it is in a dash. */
static void walk_segment(struct im_canvas *c, struct walk *w, struct im_pt a,
                         struct im_pt b) {
    double length = hypot(b.x - a.x, b.y - a.y), done = 0;
    while (length - done >= w->left) {
        done += w->left;
        double part = length > 0 ? done / length : 0;
        put_dash(c, (struct im_pt){a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part});
        if (w->at % 2 == 0) {
            end_dash(c);
        }
        w->at = (w->at + 1) % w->s->dash_count;
        w->left = w->s->dash[w->at];
    }
    w->left -= length - done;
    if (w->at % 2 == 0) {
        put_dash(c, b);
    }
}

static void cover_dashes(struct im_canvas *c, const struct im_stroke *s,
                         const struct im_path *p) {
    struct walk w = walk_from(s);
    c->lines->dash.n = 0;
    if (w.at % 2 == 0) {
        put_dash(c, p->v[0]);
    }
    for (size_t i = 1; i < p->n + p->closed; i++) {
        walk_segment(c, &w, p->v[i - 1], p->v[i < p->n ? i : 0]);
    }
    end_dash(c);
}

/* ---- lines ---- */

/* Does the line bend at `at` so sharply that a mitre is not a round bend to the eye? */
static bool is_corner(struct im_pt before, struct im_pt at, struct im_pt after) {
    const double gentle = 0.7; // cosine
    double ax = at.x - before.x, ay = at.y - before.y;
    double bx = after.x - at.x, by = after.y - at.y;
    double lengths = sqrt((ax * ax + ay * ay) * (bx * bx + by * by));
    return ax * bx + ay * by < gentle * lengths;
}

static bool has_corners(const struct im_paths *paths) {
    bool found = false;
    for (size_t i = 0; i < paths->n; i++) {
        const struct im_path *p = &paths->v[i];
        size_t bends = p->closed ? p->n : p->n - 1;
        for (size_t j = p->closed ? 0 : 1; p->n > 2 && j < bends; j++) {
            found = found || is_corner(p->v[(j + p->n - 1) % p->n], p->v[j],
                                       p->v[(j + 1) % p->n]);
        }
    }
    return found;
}

bool im_canvas_draws_line(const struct im_canvas *c, const struct im_stroke *s,
                          const struct im_paths *paths) {
    const double cornerless = 1.25; // pixels: no eye sees that a corner is round
    double period = 0;
    for (int i = 0; i < s->dash_count; i++) {
        period += s->dash[i];
    }
    return s->width > 0 && s->width * c->k <= IM_WIDEST_LINE &&
           (s->dash_count > 0
                ? period * c->k > 0.5
                : s->round || s->width * c->k < cornerless || !has_corners(paths));
}

/* Room for a canvas. The mask is kept for the next figure, since it is clear after
 * each. */
static void make_room(const struct im_canvas *c, struct im_arena *arena) {
    struct im_line_mask *m = c->lines;
    m->block = LEAST_BITS;
    while (c->width >> m->block >= IM_MASK_BLOCKS) {
        m->block++;
    }
    m->stride = ((c->width >> m->block) + 1) << m->block;
    size_t rows = (size_t)c->height, bytes = (size_t)m->stride * rows;
    if (bytes > m->bytes) {
        bytes = bytes > 2 * m->bytes ? bytes : 2 * m->bytes;
        im_arena_pass_spare(c->arena, arena, bytes);
        m->a = im_alloc(arena, bytes, 1); // which may give up: nothing is noted before
        m->bytes = bytes;
    }
    if (rows > m->rows) {
        rows = rows > 2 * m->rows ? rows : 2 * m->rows;
        m->touched = im_alloc(arena, rows, sizeof *m->touched);
        m->rows = rows;
    }
    if (m->open) { // a figure was given up in the middle of a line
        memset(m->a, 0, m->bytes);
        memset(m->touched, 0, m->rows * sizeof *m->touched);
    }
}

void im_canvas_open_line(struct im_canvas *c, const struct im_stroke *s, int shades) {
    struct im_font_pool *pool = c->fonts->pool;
    if (pool->lines == NULL) {
        pool->lines = im_alloc(pool->arena, 1, sizeof *pool->lines);
    }
    struct im_line_mask *m = pool->lines;
    if (c->lines == NULL) { // what they held was another figure's
        m->segments = (struct segments){0};
        m->dash = (struct points){0};
    }
    c->lines = m;
    make_room(c, pool->arena);
    m->open = true;
    m->y0 = c->height;
    m->y1 = 0;
    m->flat = !s->round;
    m->pen = im_coverage(pool, s->width * c->k, shades);
}

/* All vertices are numbers that leave distances their fractions. */
static bool is_sound(const struct im_path *p) {
    const double far = 1e12; // points
    double sum = 0;
    for (size_t i = 0; i < p->n; i++) {
        sum += fabs(p->v[i].x) + fabs(p->v[i].y);
    }
    return p->n > 0 && sum < far;
}

void im_canvas_add_line(struct im_canvas *c, const struct im_stroke *s,
                        const struct im_paths *paths) {
    for (size_t i = 0; i < paths->n; i++) {
        const struct im_path *p = &paths->v[i];
        if (is_sound(p) && s->dash_count > 0) {
            cover_dashes(c, s, p);
        } else if (is_sound(p)) {
            cover_path(c, p->v, p->n, p->closed);
        }
    }
}

/* Blend n pixels, at most LEAST_BLOCK, and clear their mask. */
static inline void blend_block(unsigned char *to, unsigned char *mask, int n,
                               const struct im_ink *ink) {
    uint64_t v[2];
    memcpy(v, mask, sizeof v);
    if ((v[0] | v[1]) != 0) {
        im_blend_row(to, mask, n, ink);
        memset(mask, 0, LEAST_BLOCK);
    }
}

/* Blend the blocks of a row that were touched. */
IM_WIDE static void blend_touched(struct im_canvas *c, int y,
                                  const struct im_ink *ink) {
    const struct im_line_mask *m = c->lines;
    unsigned char *mask = m->a + y * (ptrdiff_t)m->stride;
    unsigned char *to = c->pixels + y * (ptrdiff_t)c->stride;
    for (uint64_t bits = m->touched[y]; bits != 0; bits &= bits - 1) {
        int x = __builtin_ctzll(bits) << m->block, end = x + (1 << m->block);
        end = end < c->width ? end : c->width;
        for (; x + LEAST_BLOCK <= end; x += LEAST_BLOCK) {
            blend_block(to + 4 * (ptrdiff_t)x, mask + x, LEAST_BLOCK, ink);
        }
        if (x < end) {
            blend_block(to + 4 * (ptrdiff_t)x, mask + x, end - x, ink);
        }
    }
}

void im_canvas_blend_line(struct im_canvas *c, im_rgba colour) {
    struct im_line_mask *m = c->lines;
    struct im_ink ink = im_ink_of(colour);
    for (int y = m->y0; y < m->y1; y++) {
        if (m->touched[y] != 0) {
            blend_touched(c, y, &ink);
            m->touched[y] = 0;
        }
    }
    m->open = false;
}
