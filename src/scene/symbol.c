/* Outlines of symbols. Every shape has the area of the circle of the same radius, so
 * that a reader who compares areas across shapes is not misled. */
#include "scene/scene.h"

#include <math.h>

#define PI 3.14159265358979323846

/* Share of a star's tips at which its inner corners lie: fat enough to hold a number.
 */
#define STAR_INNER 0.5
/* Hole of a ring as a share of its outer radius. */
#define RING_HOLE 0.6

/* A polygon of n corners, `turn` radians clockwise from the top; every second corner at
 * inner * radius when inner is not 1. */
static struct im_path polygon(struct im_arena *arena, struct im_pt at, double radius,
                              size_t n, double turn, double inner) {
    struct im_path path = {
        .v = im_alloc(arena, n, sizeof *path.v), .n = n, .closed = true};
    for (size_t i = 0; i < n; i++) {
        double a = turn + 2 * PI * (double)i / (double)n;
        double r = i % 2 == 1 ? radius * inner : radius;
        path.v[i] = (struct im_pt){at.x + r * sin(a), at.y - r * cos(a)};
    }
    return path;
}

/* As many corners as keep the chord within 0.05 pt of the circle; the same area. */
static struct im_path circle(struct im_arena *arena, struct im_pt at, double radius) {
    size_t n = 24;
    while (n < 240 && radius * (1 - cos(PI / (double)n)) > 0.05) {
        n += 12;
    }
    double segment = (double)n / 2 * sin(2 * PI / (double)n);
    return polygon(arena, at, radius * sqrt(PI / segment), n, 0, 1);
}

static void add(struct im_arena *arena, struct im_paths *out, struct im_path path) {
    IM_PUSH(arena, out->v, out->n, out->cap, path);
}

static void ring(struct im_arena *arena, struct im_pt at, double radius,
                 struct im_paths *out) {
    double outer = radius / sqrt(1 - RING_HOLE * RING_HOLE);
    add(arena, out, circle(arena, at, outer));
    add(arena, out, circle(arena, at, outer * RING_HOLE));
}

void im_symbol_path(struct im_arena *arena, enum im_symbol symbol, struct im_pt at,
                    double radius, struct im_paths *out) {
    switch (symbol) {
    case IM_CIRCLE:
        add(arena, out, circle(arena, at, radius));
        break;
    case IM_RING:
        ring(arena, at, radius, out);
        break;
    case IM_SQUARE: // (R * sqrt 2)^2 = pi r^2
        add(arena, out, polygon(arena, at, radius * sqrt(PI / 2), 4, PI / 4, 1));
        break;
    case IM_DIAMOND:
        add(arena, out, polygon(arena, at, radius * sqrt(PI / 2), 4, 0, 1));
        break;
    case IM_TRIANGLE: // 3 sqrt 3 / 4 R^2 = pi r^2
        add(arena, out,
            polygon(arena, at, radius * sqrt(4 * PI / (3 * sqrt(3))), 3, 0, 1));
        break;
    case IM_STAR: // ten triangles of R, inner R and 36 degrees
        add(arena, out,
            polygon(arena, at, radius * sqrt(PI / (5 * STAR_INNER * sin(PI / 5))), 10,
                    0, STAR_INNER));
        break;
    }
}
