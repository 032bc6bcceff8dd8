/* Smooth lines, as parallels on most projections, as cubic curves: a few numbers in
 * place of dozens of vertices. */
#include "draw/svg.h"
#include <math.h>

enum {
    LEAST = 8, /* vertices of a line that is worth it */
    MOST = 256 /* vertices of one curve: those of a long line are not tried all each
                  time */
};
static const double NEAR = 0.1; /* points between a vertex and its curve */

/* Does the line turn at p[1] by no more than 10 degrees? */
static bool goes_on(const struct im_pt p[3]) {
    const double cosine = 0.985;
    double ax = p[1].x - p[0].x, ay = p[1].y - p[0].y;
    double bx = p[2].x - p[1].x, by = p[2].y - p[1].y;
    double along = ax * bx + ay * by;
    return along >= 0 &&
           along * along >= cosine * cosine * (ax * ax + ay * ay) * (bx * bx + by * by);
}

bool im_svg_is_smooth(const struct im_path *path) {
    bool smooth = !path->closed && path->n >= LEAST;
    for (size_t i = 2; smooth && i < path->n; i++) {
        smooth = goes_on(&path->v[i - 2]);
    }
    return smooth;
}

bool im_svg_is_drawn(const struct im_layer *layer) {
    size_t all = 0, small = 0;
    for (size_t i = 0; i < layer->n; i++) {
        const struct im_item *item = &layer->items[i];
        for (size_t k = 0; item->kind == IM_ITEM_PATH && k < item->paths.n; k++) {
            const struct im_path *p = &item->paths.v[k];
            for (size_t j = 2; j < p->n && all < 4096; j++, all++) {
                small += goes_on(&p->v[j - 2]);
            }
        }
    }
    return 2 * small > all;
}

static double apart(struct im_pt a, struct im_pt b) {
    return hypot(a.x - b.x, a.y - b.y);
}

static struct im_pt on_curve(const struct im_pt p[4], double t) {
    double s = 1 - t;
    double b0 = s * s * s, b1 = 3 * s * s * t, b2 = 3 * s * t * t, b3 = t * t * t;
    return (struct im_pt){b0 * p[0].x + b1 * p[1].x + b2 * p[2].x + b3 * p[3].x,
                          b0 * p[0].y + b1 * p[1].y + b2 * p[2].y + b3 * p[3].y};
}

/* The two inner control points by least squares, parameters by the length of the
 * chords; the ends stay. False: the vertices do not tell them apart. */
static bool fit(const struct im_pt *v, size_t n, double length, struct im_pt p[4]) {
    double a11 = 0, a12 = 0, a22 = 0, along = 0;
    struct im_pt r1 = {0, 0}, r2 = {0, 0};
    p[0] = v[0];
    p[1] = p[2] = (struct im_pt){0, 0};
    p[3] = v[n - 1];
    for (size_t i = 1; i + 1 < n; i++) {
        along += apart(v[i - 1], v[i]);
        double t = along / length, s = 1 - t, b1 = 3 * s * s * t, b2 = 3 * s * t * t;
        struct im_pt ends = on_curve(p, t);
        a11 += b1 * b1;
        a12 += b1 * b2;
        a22 += b2 * b2;
        r1.x += b1 * (v[i].x - ends.x);
        r1.y += b1 * (v[i].y - ends.y);
        r2.x += b2 * (v[i].x - ends.x);
        r2.y += b2 * (v[i].y - ends.y);
    }
    double det = a11 * a22 - a12 * a12;
    p[1] = (struct im_pt){(r1.x * a22 - r2.x * a12) / det,
                          (r1.y * a22 - r2.y * a12) / det};
    p[2] = (struct im_pt){(r2.x * a11 - r1.x * a12) / det,
                          (r2.y * a11 - r1.y * a12) / det};
    return det > 1e-9;
}

static bool is_near(const struct im_pt *v, size_t n, double length,
                    const struct im_pt p[4]) {
    double along = 0;
    for (size_t i = 1; i + 1 < n; i++) {
        along += apart(v[i - 1], v[i]);
        if (!(apart(v[i], on_curve(p, along / length)) <= NEAR)) {
            return false;
        }
    }
    return true;
}

size_t im_svg_curve(const struct im_pt *v, size_t n, struct im_pt control[2]) {
    for (n = n < MOST ? n : MOST; n >= LEAST / 2; n = (n + 1) / 2) {
        struct im_pt p[4];
        double length = 0;
        for (size_t i = 1; i < n; i++) {
            length += apart(v[i - 1], v[i]);
        }
        if (length > 0 && fit(v, n, length, p) && is_near(v, n, length, p)) {
            control[0] = p[1];
            control[1] = p[2];
            return n;
        }
    }
    return 2;
}
