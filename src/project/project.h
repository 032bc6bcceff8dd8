/*
 * Coordinate reference systems and views: longitude/latitude -> projected metres ->
 * page. The only room that knows PROJ.
 */
#ifndef IM_PROJECT_PROJECT_H
#define IM_PROJECT_PROJECT_H

#include "base/error.h"
#include "geo/box.h"

struct im_crs; /* an open projection with its inverse; one thread */

/*
 * Open a CRS from a user's text: "auto" or another name (centred on `extent`; rules and
 * names in project/choose.c), a PROJ string, "EPSG:n", or WKT. `extent` in degrees.
 * Closed with the arena. Errors: PROJECTION, with a suggestion where one is near.
 */
INCMAP_MUST_CHECK enum incmap_status im_crs_open(struct im_arena *arena,
                                                 const char *text, struct im_box extent,
                                                 struct im_crs **out,
                                                 struct incmap_error *err);
/* From the text of a .prj: only ever read as WKT. Errors: PROJECTION. */
INCMAP_MUST_CHECK enum incmap_status im_crs_open_wkt(struct im_arena *arena,
                                                     const char *wkt,
                                                     struct im_crs **out,
                                                     struct incmap_error *err);
/* True when coordinates in this CRS are already WGS 84 degrees (lon, lat). */
bool im_crs_is_lonlat(const struct im_crs *crs);
/* What was opened, e.g. "+proj=tmerc +lat_0=41 +lon_0=45.5 ..." and a name for people,
 * e.g. "transverse Mercator". */
const char *im_crs_definition(const struct im_crs *crs);
const char *im_crs_name(const struct im_crs *crs);
/* Why it was chosen, for people; "" when the user gave it whole. */
const char *im_crs_rule(const struct im_crs *crs);
/* Where it was made for, degrees, west > east across the antimeridian; false: PROJ's
 * database does not say. */
bool im_crs_use(const struct im_crs *crs, struct im_box *out);
/* Mercator in the normal aspect: conformal, its scale grows with the latitude. */
bool im_crs_is_mercator(const struct im_crs *crs);
/* false: no image. */
bool im_crs_forward(struct im_crs *crs, struct im_lonlat p, struct im_xy *out);
bool im_crs_inverse(struct im_crs *crs, struct im_xy p, struct im_lonlat *out);
/* The same for coordinates as files have them: in the CRS's own unit (feet, km), not
 * metres. */
bool im_crs_inverse_raw(struct im_crs *crs, struct im_xy p, struct im_lonlat *out);

/* A view: a CRS and the part of its plane that fills a rectangle of the page. */
struct im_view {
    struct im_crs *crs;
    struct im_xy centre;  /* projected metres at the middle of `frame` */
    struct im_rect frame; /* page points */
    double m_per_pt;      /* projected metres per page point */
    struct im_box cover;  /* lon/lat box that holds everything visible, grown a little;
                             west > east across the antimeridian */
    double ground_m_per_pt;  /* true metres per point at the middle of the frame */
    struct im_lonlat middle; /* lon/lat of the middle of the frame */
    double scale_spread;     /* (max - min) / mid of the linear scale over the frame */
    bool filled;             /* every point of the frame is a place on the globe */
    bool direct; /* nothing in `cover` is torn: lines are cut at its edges only */
};

/* What has to be inside the frame. */
struct im_extent {
    struct im_box box;      /* degrees */
    double margin_m;        /* added on every side, true metres */
    bool exact;             /* the box was given by the user: fit it, no more */
    struct im_line outline; /* fitted instead of the box's sides, which are around it;
                               n == 0: there is none */
};

/*
 * Fit `extent` into `frame` (all of it visible, centred, north up on the central
 * meridian). Errors: PROJECTION when the extent has no image, USAGE when the
 * frame is empty.
 */
INCMAP_MUST_CHECK enum incmap_status im_view_fit(struct im_view *view,
                                                 struct im_crs *crs,
                                                 struct im_extent extent,
                                                 struct im_rect frame,
                                                 struct incmap_error *err);

/* Position on the page; false: no image. */
bool im_view_point(const struct im_view *view, struct im_lonlat p, struct im_pt *out);
/* The same for a point that lies in a box which im_view_holds, or just beyond the rim
 * of a disc. */
bool im_view_image(const struct im_view *view, struct im_lonlat p, struct im_pt *out);
bool im_view_lonlat(const struct im_view *view, struct im_pt p, struct im_lonlat *out);

/*
 * Cut where the projection tears the globe and at the view's cover box, resample long
 * edges so that the drawn chord is within 0.1 pt, project, append to `out`. Edges are
 * straight in degrees. Lines may fall into several pieces; rings stay closed, for
 * even-odd fills (their edges along a cut are not for stroking).
 */
void im_view_line(const struct im_view *view, struct im_arena *arena,
                  const struct im_line *line, struct im_paths *out);
void im_view_ring(const struct im_view *view, struct im_arena *arena,
                  const struct im_line *ring, struct im_paths *out);

/* The place opposite the middle of a disc, where *out is set: a ring around it goes
 * around the disc, and its inside lies outwards. false: the view has none. */
bool im_view_behind(const struct im_view *view, struct im_lonlat *out);

/* false: all of the box is certain to lie beyond the rim of a disc. */
bool im_view_sees(const struct im_view *view, struct im_box box);
/* Does the box lie wholly where nothing is cut? Then a line in it can be traced by: */
bool im_view_holds(const struct im_view *view, struct im_box box);
/*
 * A line in such a box whose vertices' places on the page are known, pts[line->n]: one
 * open path with the same ends, long edges resampled. false: it falls into pieces.
 */
bool im_view_trace(const struct im_view *view, struct im_arena *arena,
                   const struct im_line *line, const struct im_pt *pts,
                   struct im_path *out);

/*
 * What a projection does to small steps in degrees around a place, interpolated between
 * samples: points on the page a degree. Good to some per cent within five degrees.
 * false: near there the projection tears the globe, or runs wild.
 */
struct im_slope {
    struct im_pt lon, lat; /* of a degree east, of a degree north */
};
bool im_view_slope(const struct im_view *view, struct im_lonlat p,
                   struct im_slope *out);

/* Where the globe ends inside the frame: closed, even-odd. None: it fills the frame. */
void im_view_outline(const struct im_view *view, struct im_arena *arena,
                     struct im_paths *out);

/*
 * Distortion over the frame on a grid of 21 x 21: scale factors (projected by true
 * metres) in the directions of the largest and the smallest one (Tissot's axes), area
 * factor, largest angular distortion. Snyder (1987, USGS PP 1395), eqs. 4-10 to 4-15
 * and 3-7, with derivatives by differences.
 */
struct im_factors {
    double scale_min, scale_max, area; /* 1 = true */
    double angle;                      /* degrees */
};
bool im_crs_factors(struct im_crs *crs, struct im_lonlat p, struct im_factors *out);
struct im_distortion {
    double scale_min, scale_max, area_min, area_max;
    double angle_max;         /* degrees */
    size_t points, off_globe; /* of the grid; the latter are no place */
    bool has_middle;
    struct im_factors middle; /* of the frame */
};
struct im_distortion im_view_distortion(const struct im_view *view);

/* Meridians and parallels with round steps, and where they leave the frame. */
struct im_graticule_line {
    struct im_paths paths;
    bool meridian;
    double degrees;        /* of the meridian or parallel */
    struct im_pt label[4]; /* where it meets the frame: bottom/left first, top/right;
                              meridians round a pole: then left, right */
    bool has_label[4];
};
struct im_graticule {
    struct im_graticule_line *v;
    size_t n, cap;
    double step;          /* degrees between parallels */
    double meridian_step; /* the same of meridians: larger where they are close */
    bool round;           /* the frame holds a pole: meridians leave it on all sides */
};
void im_view_graticule(const struct im_view *view, struct im_arena *arena,
                       struct im_graticule *out);

/* "PROJ 9.1.1". Never NULL, static. */
const char *im_project_components(void);

#endif
