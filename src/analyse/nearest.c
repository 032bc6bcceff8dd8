/* The nearest feature of an overlay. */
#include "analyse/analyse.h"
#include "geo/box.h"
#include "geo/inside.h"
#include "geodesy/geodesy.h"
#include <math.h>

struct target {
    const struct im_feature *feature;
    struct im_track **tracks; /* one for each part */
    struct im_box box;        /* of an area */
};

struct im_targets {
    struct target *v;
    size_t n;
    double within_m;
};

static struct im_box join(struct im_box a, struct im_box b) {
    return (struct im_box){fmin(a.west, b.west), fmin(a.south, b.south),
                           fmax(a.east, b.east), fmax(a.north, b.north)};
}

static struct target target_of(struct im_arena *arena, const struct im_feature *f) {
    enum im_track_kind kind = f->is_point  ? IM_TRACK_POINTS
                              : f->is_area ? IM_TRACK_RING
                                           : IM_TRACK_OPEN;
    struct target t = {.feature = f, .box = {180, 90, -180, -90}};
    t.tracks = im_alloc(arena, f->geometry.n + 1, sizeof *t.tracks);
    for (size_t i = 0; i < f->geometry.n; i++) {
        t.tracks[i] = im_track_new(arena, &f->geometry.v[i], kind);
        t.box = join(t.box, im_line_box(&f->geometry.v[i]));
    }
    return t;
}

struct im_targets *im_targets_new(struct im_arena *arena,
                                  const struct im_features *features, double within_m) {
    struct im_targets *out = im_alloc(arena, 1, sizeof *out);
    out->within_m = within_m;
    out->v = im_alloc(arena, features->n + 1, sizeof *out->v);
    for (size_t i = 0; i < features->n; i++) {
        out->v[out->n++] = target_of(arena, &features->v[i]);
    }
    return out;
}

/* Even-odd over all rings: holes are outside. */
static bool is_inside(struct im_lonlat p, const struct target *t) {
    const struct im_lines *rings = &t->feature->geometry;
    bool near = im_box_contains(t->box, p);
    bool inside = false;
    for (size_t i = 0; i < rings->n && near; i++) {
        inside = inside != im_ring_contains(&rings->v[i], p);
    }
    return inside;
}

/* Metres from p to the feature, or infinity beyond `within`. */
static double target_distance(struct im_lonlat p, const struct target *t, double within,
                              struct im_lonlat *foot) {
    if (t->feature->is_area && is_inside(p, t)) {
        *foot = p;
        return 0;
    }
    double best = INFINITY;
    for (size_t i = 0; i < t->feature->geometry.n; i++) {
        struct im_lonlat at = p;
        double d = im_distance_to_track(p, t->tracks[i], fmin(within, best), &at);
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
                                     const struct im_targets *targets) {
    struct im_nearest out = {.feature = NULL, .metres = targets->within_m};
    const struct im_position *p = &event->position;
    for (size_t i = 0; p->kind != IM_NOT_MAPPABLE && i < targets->n; i++) {
        struct im_lonlat foot = p->at;
        double d = target_distance(p->at, &targets->v[i], out.metres, &foot);
        if (d < out.metres) {
            out.feature = targets->v[i].feature;
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
