#include "model/outline.h"
#include "base/arena.h"
#include "geo/simplify.h"

#include <math.h>
#include <string.h>

enum { MOST_VERTICES = 1000, FIRST = 63, CHUNK = 5, MORE = 1 << CHUNK };
static const double STEP = 1e-5; // degrees

static void put_number(struct im_buf *out, long v) {
    unsigned long u = v < 0 ? ~((unsigned long)v << 1) : (unsigned long)v << 1;
    for (; u >= MORE; u >>= CHUNK) {
        im_buf_char(out, (char)(FIRST + (MORE | (u & (MORE - 1)))));
    }
    im_buf_char(out, (char)(FIRST + u));
}

static bool get_number(const char **at, long *out) {
    unsigned long u = 0;
    for (unsigned shift = 0; shift <= 6 * CHUNK; shift += CHUNK) {
        int c = (unsigned char)**at - FIRST;
        if (c < 0 || c >= 2 * MORE) {
            return false;
        }
        (*at)++;
        u |= (unsigned long)(c & (MORE - 1)) << shift;
        if (c < MORE) {
            *out = u & 1 ? -(long)(u >> 1) - 1 : (long)(u >> 1);
            return true;
        }
    }
    return false;
}

/* The ring in degrees of latitude, alike in both directions about its own middle. */
static struct im_path flat(struct im_arena *arena, const struct im_line *ring) {
    const double rad = 3.14159265358979323846 / 180;
    struct im_path p = {im_alloc(arena, ring->n + 1, sizeof *p.v), ring->n, true};
    double narrow = fmax(0.01, cos(ring->v[0].lat * rad));
    for (size_t i = 0; i < ring->n; i++) {
        p.v[i] = (struct im_pt){ring->v[i].lon * narrow, ring->v[i].lat};
    }
    return p;
}

static bool is_small(const struct im_path *p, double tolerance) {
    struct im_pt low = p->v[0], high = p->v[0];
    for (size_t i = 1; i < p->n; i++) {
        low = (struct im_pt){fmin(low.x, p->v[i].x), fmin(low.y, p->v[i].y)};
        high = (struct im_pt){fmax(high.x, p->v[i].x), fmax(high.y, p->v[i].y)};
    }
    return high.x - low.x < tolerance && high.y - low.y < tolerance;
}

static void put_ring(struct im_buf *out, const struct im_line *ring, const char *keep) {
    long lat = 0, lon = 0;
    if (out->len > 0 && out->data[out->len - 1] != ':') {
        im_buf_char(out, ' ');
    }
    for (size_t i = 0; i < ring->n; i++) {
        if (keep[i]) {
            long y = lround(ring->v[i].lat / STEP), x = lround(ring->v[i].lon / STEP);
            put_number(out, y - lat);
            put_number(out, x - lon);
            lat = y;
            lon = x;
        }
    }
}

/* Vertices that stay of all rings; keep[i] is NULL for a ring that does not. */
static size_t choose(struct im_arena *arena, const struct im_lines *rings,
                     double tolerance, char **keep) {
    size_t n = 0;
    for (size_t i = 0; i < rings->n; i++) {
        const struct im_line *ring = &rings->v[i];
        keep[i] = NULL;
        struct im_path path = flat(arena, ring);
        if (ring->n < 3 || is_small(&path, tolerance)) {
            continue;
        }
        keep[i] = im_alloc(arena, ring->n, 1);
        im_simplify_marks(&path, tolerance, keep[i]);
        for (size_t k = 0; k < ring->n; k++) {
            n += keep[i][k] != 0;
        }
    }
    return n;
}

void im_outline_write(struct im_buf *out, const struct im_lines *rings,
                      double tolerance) {
    char **keep = im_alloc(out->arena, rings->n + 1, sizeof *keep);
    double t = fmax(tolerance, STEP);
    size_t n = choose(out->arena, rings, t, keep);
    while (n > MOST_VERTICES && t < 360) {
        t *= 2;
        n = choose(out->arena, rings, t, keep);
    }
    if (n == 0) {
        return;
    }
    im_buf_str(out, "g:");
    for (size_t i = 0; i < rings->n; i++) {
        if (keep[i]) {
            put_ring(out, &rings->v[i], keep[i]);
        }
    }
}

void im_outline_put(struct im_buf *out, const struct im_lines *rings) {
    im_buf_str(out, "g:");
    for (size_t i = 0; i < rings->n; i++) {
        char *all = im_alloc(out->arena, rings->v[i].n + 1, 1);
        memset(all, 1, rings->v[i].n);
        put_ring(out, &rings->v[i], all);
    }
}

static bool get_ring(struct im_arena *arena, const char **at, struct im_line *out) {
    long lat = 0, lon = 0, dlat, dlon;
    size_t cap = 0;
    *out = (struct im_line){NULL, 0};
    while (**at != '\0' && **at != ' ') {
        if (!get_number(at, &dlat) || !get_number(at, &dlon)) {
            return false;
        }
        lat += dlat;
        lon += dlon;
        struct im_lonlat p = {(double)lon * STEP, (double)lat * STEP};
        if (fabs(p.lon) > 180.000001 || fabs(p.lat) > 90.000001) {
            return false;
        }
        IM_PUSH(arena, out->v, out->n, cap, p);
    }
    return out->n >= 3;
}

bool im_outline_read(struct im_arena *arena, const char *text, struct im_lines *out) {
    struct im_line ring;
    *out = (struct im_lines){NULL, 0, 0};
    if (strncmp(text, "g:", 2) != 0) {
        return false;
    }
    for (const char *at = text + 2; get_ring(arena, &at, &ring); at++) {
        IM_PUSH(arena, out->v, out->n, out->cap, ring);
        if (*at == '\0') {
            return true;
        }
    }
    return false;
}
