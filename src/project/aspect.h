/* Inside the room: where a projection tears the globe. */
#ifndef IM_PROJECT_ASPECT_H
#define IM_PROJECT_ASPECT_H

#include "geo/box.h"
#include <stdbool.h>

enum im_aspect_kind {
    IM_UPRIGHT, /* torn along lon_0 + 180; the poles are ends */
    IM_DISC,    /* azimuthal: a circle around `pole` has an image, nothing is torn */
    IM_TURNED,  /* as UPRIGHT, of a globe turned so that `pole` is its north pole */
    IM_LOBES,   /* torn along several meridians */
};
struct im_aspect {
    enum im_aspect_kind kind;
    bool smooth;           /* no kinks and no cuts but those that the kind says */
    struct im_lonlat pole; /* DISC: the centre */
    double bearing; /* TURNED: seen from `pole`, of what is turned to longitude 0 */
    double limit;   /* DISC: degrees from the centre, TURNED: turned latitude */
    double pole_sine, pole_cosine; /* of its latitude */
    double limit_sine;             /* of the limit, as a latitude seen from `pole` */
    double south, north;           /* UPRIGHT, LOBES: latitudes with an image */
    const struct im_window *lobe;  /* LOBES, in degrees from lon_0 */
    size_t lobe_count;
};

/* From the words of a PROJ string; "" is UPRIGHT. */
struct im_aspect im_aspect_of(struct im_arena *arena, const char *definition);

/* Beyond the rim of a disc, or close to where a turned globe ends: it has no image. */
bool im_aspect_is_beyond(const struct im_aspect *a, struct im_lonlat p);
/* A point on the turned globe, and back. */
struct im_lonlat im_aspect_turn(const struct im_aspect *a, struct im_lonlat p);
struct im_lonlat im_aspect_back(const struct im_aspect *a, struct im_lonlat p);
/* DISC: degrees from the centre, and the bearing of p seen from there. */
double im_aspect_distance(const struct im_aspect *a, struct im_lonlat p,
                          double *bearing);
/* DISC: the point at that distance and bearing. */
struct im_lonlat im_aspect_at(const struct im_aspect *a, double distance,
                              double bearing);

#endif
