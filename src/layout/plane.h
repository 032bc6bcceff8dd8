/* Plane geometry on the page, in points, y down. Inside layout only. */
#ifndef IM_LAYOUT_PLANE_H
#define IM_LAYOUT_PLANE_H

#include "geo/geo.h"
#include <math.h>

/* Asked so often that they stand here. */
static inline struct im_rect lay_rect_grow(struct im_rect r, double by) {
    return (struct im_rect){r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by};
}

static inline bool lay_rect_overlap(struct im_rect a, struct im_rect b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/* The box of a name with the room on either side where another one would go on with the
 * line. */
struct im_rect lay_rect_line(struct im_rect box);
/* The middle of a name's box, `by` points longer at both ends: what meets it is on a
 * line with the name and near. */
static inline struct im_rect lay_rect_abreast(struct im_rect box, double by) {
    return (struct im_rect){box.x - by, box.y + 0.25 * box.h, box.w + 2 * by,
                            0.5 * box.h};
}

/* Is `inner` wholly inside `outer` (edges may touch)? */
static inline bool lay_rect_inside(struct im_rect inner, struct im_rect outer) {
    return inner.x >= outer.x && inner.y >= outer.y &&
           inner.x + inner.w <= outer.x + outer.w &&
           inner.y + inner.h <= outer.y + outer.h;
}

bool lay_rect_has(struct im_rect r, struct im_pt p);
/* From low..low + length, 0 within it. */
static inline double lay_range_distance(double low, double length, double at) {
    double before = low - at, after = at - low - length;
    return before > 0 ? before : after > 0 ? after : 0;
}

static inline double lay_rect_distance(struct im_rect r, struct im_pt p) {
    double dx = lay_range_distance(r.x, r.w, p.x);
    double dy = lay_range_distance(r.y, r.h, p.y);
    return sqrt(dx * dx + dy * dy);
}

/* The point of r that is nearest to p. */
struct im_pt lay_rect_nearest(struct im_rect r, struct im_pt p);
struct im_pt lay_rect_middle(struct im_rect r);

double lay_distance(struct im_pt a, struct im_pt b);
/* Distance from p to the segment a-b; *foot (may be NULL) = the nearest point. */
double lay_segment_distance(struct im_pt p, struct im_pt a, struct im_pt b,
                            struct im_pt *foot);
/* Length of the part of a-b inside r (0: none or a touch). */
double lay_segment_inside(struct im_pt a, struct im_pt b, struct im_rect r);
/* Do a-b and c-d cross or touch? */
bool lay_segments_cross(struct im_pt a, struct im_pt b, struct im_pt c, struct im_pt d);

/* Even-odd: is p inside the closed paths? */
bool lay_paths_have(const struct im_paths *paths, struct im_pt p);

double lay_path_length(const struct im_path *path);
/* Vertices at equal steps of at most `step` points; both ends are kept. */
struct im_path lay_path_resample(struct im_arena *arena, const struct im_path *path,
                                 double step);
/* Parts of open paths inside r, cut at its edges. */
void lay_paths_clip(struct im_arena *arena, const struct im_paths *in, struct im_rect r,
                    struct im_paths *out);
/* Vertices moved to the mean of their neighbours up to `reach` to each side; ends stay.
 */
struct im_path lay_path_smooth(struct im_arena *arena, const struct im_path *path,
                               size_t reach);

#endif
