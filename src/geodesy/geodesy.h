/* Distances on the WGS 84 ellipsoid (Karney 2013, doi:10.1007/s00190-012-0578-z). */
#ifndef IM_GEODESY_GEODESY_H
#define IM_GEODESY_GEODESY_H

#include "base/arena.h"
#include "geo/geo.h"

/* Geodesic distance in metres. */
double im_distance(struct im_lonlat a, struct im_lonlat b);
/* Point reached from `from` at `azimuth` (degrees clockwise from north) after metres.
 */
struct im_lonlat im_direct(struct im_lonlat from, double azimuth, double metres);
/* Azimuth at a towards b, degrees in [0, 360). */
double im_azimuth(struct im_lonlat a, struct im_lonlat b);
/*
 * Metres from p to the nearest point of a chain, whose edges are geodesics; *foot (may
 * be NULL) gets that point. Foot by the spherical triangle, iterated on the ellipsoid
 * (Baselga & Martinez-Llario 2017, doi:10.1007/s11200-017-1020-z). Exact to 1 mm for
 * edges below 1,000 km. Infinite for an empty chain, whose *foot stays as it is.
 */
double im_distance_to_line(struct im_lonlat p, const struct im_line *line,
                           struct im_lonlat *foot);
/*
 * A line prepared for many questions: vertices of an open chain, of a ring (closed or
 * not by its last vertex), or single points. `line` must outlive the track, which the
 * arena owns.
 */
enum im_track_kind { IM_TRACK_OPEN, IM_TRACK_RING, IM_TRACK_POINTS };
struct im_track;
struct im_track *im_track_new(struct im_arena *arena, const struct im_line *line,
                              enum im_track_kind kind);
/*
 * As im_distance_to_line, in time that hardly grows with the length of the line. A line
 * that is farther than `within` metres (positive, may be infinite) may be answered with
 * infinity, *foot as it was.
 */
double im_distance_to_track(struct im_lonlat p, const struct im_track *track,
                            double within, struct im_lonlat *foot);
/* Box grown by metres on every side (clamped at the poles; may cross +-180). */
struct im_box im_box_grow(struct im_box box, double metres);

/*
 * The corridor of lines: all that is within `half_m` of them, cut down to what the
 * limits leave. A limit that is NULL or 0 is none.
 */
struct im_corridor_limits {
    double half_m;                 /* > 0; made larger for lines above 4,000 times it */
    const struct im_lines *within; /* rings (even-odd) of an area it lies in */
    const struct im_box *box;
    const struct im_lonlat *near; /* it lies within reach_m of one of these */
    size_t near_count;
    double reach_m;
};
struct im_corridor {
    struct im_lines rings; /* outers and holes, none meets itself or another */
    struct im_box box;     /* of the rings */
    struct im_lonlat at;   /* of the lines in it what is nearest to their centre */
    double half_m;         /* as it was made */
    double radius_m;       /* from there to the farthest vertex */
    double length_m;       /* of the lines in it; 0: `at` is its inmost point */
};
/*
 * false when the limits leave nothing. Outlines of a distance field sampled at a
 * quarter of the half width: true to some 3 % of it, but gaps narrower than such a step
 * may be closed. Edges are geodesics. Up to the 85th parallels; the part across the
 * antimeridian from the first vertex is cut off.
 */
bool im_corridor_make(struct im_arena *arena, const struct im_lines *lines,
                      const struct im_corridor_limits *limits, struct im_corridor *out);

#endif
