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
/* Length of a chain in metres; area of a ring in square metres (positive). */
double im_length(const struct im_line *line);
double im_area(const struct im_line *ring);
/* Box grown by metres on every side (clamped at the poles; may cross +-180). */
struct im_box im_box_grow(struct im_box box, double metres);

#endif
