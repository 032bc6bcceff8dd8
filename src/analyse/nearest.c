/* The nearest feature of an overlay. */
#include "analyse/analyse.h"
#include "geo/inside.h"
#include "geodesy/geodesy.h"
#include <math.h>

/* Metres from p to one part; a ring closes itself. */
static double part_distance(struct im_lonlat p, const struct im_line *part, bool closed,
                            struct im_lonlat *foot) {
    double best = im_distance_to_line(p, part, foot);
    if (closed && part->n > 2) {
        struct im_lonlat ends[2] = {part->v[part->n - 1], part->v[0]}, at;
        struct im_line last = {ends, 2};
        double d = im_distance_to_line(p, &last, &at);
        if (d < best) {
            best = d;
            *foot = at;
        }
    }
    return best;
}

/* Metres from p to each of the points. */
static double points_distance(struct im_lonlat p, const struct im_line *points,
                              struct im_lonlat *foot) {
    double best = INFINITY;
    for (size_t i = 0; i < points->n; i++) {
        double d = im_distance(p, points->v[i]);
        if (d < best) {
            best = d;
            *foot = points->v[i];
        }
    }
    return best;
}

/* Even-odd over all rings: holes are outside. */
static bool is_inside(struct im_lonlat p, const struct im_feature *f) {
    bool inside = false;
    for (size_t i = 0; i < f->geometry.n; i++) {
        inside = inside != im_ring_contains(&f->geometry.v[i], p);
    }
    return inside;
}

static double feature_distance(struct im_lonlat p, const struct im_feature *f,
                               struct im_lonlat *foot) {
    if (f->is_area && is_inside(p, f)) {
        *foot = p;
        return 0;
    }
    double best = INFINITY;
    for (size_t i = 0; i < f->geometry.n; i++) {
        struct im_lonlat at = p;
        const struct im_line *part = &f->geometry.v[i];
        double d = f->is_point ? points_distance(p, part, &at)
                               : part_distance(p, part, f->is_area, &at);
        if (d < best) {
            best = d;
            *foot = at;
        }
    }
    return best;
}

/* How far from position.at the event may have been, metres. */
static double reach(const struct im_position *p) {
    if (p->kind == IM_POINT) {
        return p->radius_m;
    }
    struct im_lonlat corners[4] = {{p->box.west, p->box.south},
                                   {p->box.west, p->box.north},
                                   {p->box.east, p->box.south},
                                   {p->box.east, p->box.north}};
    double most = p->radius_m;
    for (int i = 0; i < 4; i++) {
        most = fmax(most, im_distance(p->at, corners[i]));
    }
    return most;
}

struct im_nearest im_nearest_feature(const struct im_event *event,
                                     const struct im_features *features) {
    struct im_nearest out = {.feature = NULL, .metres = INFINITY};
    const struct im_position *p = &event->position;
    for (size_t i = 0; p->kind != IM_NOT_MAPPABLE && i < features->n; i++) {
        struct im_lonlat foot = p->at;
        double d = feature_distance(p->at, &features->v[i], &foot);
        if (d < out.metres) {
            out.feature = &features->v[i];
            out.metres = d;
            out.foot = foot;
        }
    }
    if (out.feature == NULL) {
        return (struct im_nearest){.feature = NULL};
    }
    double radius = reach(p);
    out.low = fmax(0, out.metres - radius);
    out.high = out.metres + radius;
    return out;
}
