/* Coordinates as text: decimal degrees, with hemisphere letters, or
 * degrees-minutes-seconds. */
#ifndef IM_FORMATS_COORDS_H
#define IM_FORMATS_COORDS_H

#include "geo/geo.h"

/* One angle, e.g. "41.5", "41,5", "41°30'15\"N", "45 30 E"; degrees. `axis` is 'N' for
 * a latitude, 'E' for a longitude; the other axis's letter or a value out of range:
 * false. */
bool im_angle_parse(const char *s, size_t n, char axis, double *out);

/* A pair in one text, latitude first unless letters say otherwise: "41.2,45.6",
 * "41,2; 45,6", "41°12'N 45°36'E", "E45.6 N41.2". False when it is no pair, is out of
 * range, or can be split in more than one way. */
bool im_coordinates_parse(const char *s, size_t n, struct im_lonlat *out);

/*
 * A position in any of these forms, in a pair also as "(41.2, 45.6)", "geo:41.2,45.6",
 * "lat: 41.2 lon: 45.6", "+41.2+045.6/", "41,2° с. ш. 45,6° в. д.", "405930N0453700E",
 * or as a grid reference (formats/grid.h).
 */
enum im_coordinates_kind {
    IM_COORDINATES_NONE, /* the text is something else */
    IM_COORDINATES_SURE,
    IM_COORDINATES_TWO,       /* may be `at` or `or_else` */
    IM_COORDINATES_EXCHANGED, /* impossible as written; `at` is right when exchanged */
    IM_COORDINATES_BAD        /* a position, but an impossible one */
};
struct im_coordinates {
    const char *system; /* "latitude and longitude", "MGRS", "UTM" */
    struct im_lonlat at, or_else;
    double radius_m; /* what the last digit written leaves open */
    bool by_order;   /* only their order says which is the latitude; or_else: exchanged
                      * (when that is possible, else as `at`) */
    const char *wrong; /* one phrase, for all but SURE; else NULL */
};
enum im_coordinates_kind im_coordinates_read(const char *s, size_t n,
                                             struct im_coordinates *out);

#endif
