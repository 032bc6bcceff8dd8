#include "base/buf.h"
#include "geo/box.h"
#include "project/crs.h"
#include <math.h>

/*
 * After Snyder (1987, USGS Professional Paper 1395, p. 34) and Savric, Jenny & Jenny
 * (2016, "Projection Wizard", doi:10.1080/00087041.2015.1131938). Widths in degrees of
 * a great circle: longitude times the cosine of the middle latitude.
 */
struct shape {
    double lon, lat; /* middle */
    double width, height;
    double south, north;
    double span; /* degrees of longitude */
};

static struct shape shape_of(struct im_box e) {
    struct im_lonlat m = im_box_middle(e);
    struct shape s = {m.lon,   m.lat,          0, e.north - e.south, e.south,
                      e.north, im_box_width(e)};
    s.width = s.span * cos(m.lat * 0.017453292519943295);
    return s;
}

static bool is_world(struct shape s) {
    return s.span > 150 && s.south < 45 && s.north > -45 && s.height > 40;
}

static bool is_polar(struct shape s) {
    return s.north > 86 || s.south < -86 ||
           (s.span > 150 && (s.south > 40 || s.north < -40));
}

const char *im_choose_definition(struct im_arena *arena, struct im_box extent) {
    struct shape s = shape_of(extent);
    if (is_world(s)) {
        double lon = s.span > 330 ? 0 : round(s.lon);
        return im_format(arena, "+proj=eqearth +lon_0=%g +datum=WGS84", lon);
    }
    if (is_polar(s)) {
        double lon = s.span > 330 ? 0 : s.lon;
        return im_format(arena, "+proj=laea +lat_0=%d +lon_0=%.2f +datum=WGS84",
                         s.lat > 0 ? 90 : -90, lon);
    }
    bool small = s.width <= 4 && s.height <= 4;
    bool upright = s.height > 1.6 * s.width && s.width <= 10;
    if (small || upright) {
        return im_format(arena, "+proj=tmerc +lat_0=%.2f +lon_0=%.2f +datum=WGS84",
                         s.lat, s.lon);
    }
    if (s.width > 55 || s.height > 45) {
        return im_format(arena, "+proj=laea +lat_0=%.2f +lon_0=%.2f +datum=WGS84",
                         s.lat, s.lon);
    }
    bool one_side = s.south > 0 || s.north < 0;
    if (one_side && fabs(s.lat) >= 12 && fabs(s.lat) <= 75) {
        double sixth = s.height / 6;
        const char *lcc = "+proj=lcc +lat_1=%.2f +lat_2=%.2f +lat_0=%.2f +lon_0=%.2f "
                          "+datum=WGS84";
        return im_format(arena, lcc, s.south + sixth, s.north - sixth, s.lat, s.lon);
    }
    if (fabs(s.lat) < 12 && s.width > 1.6 * s.height) {
        return im_format(arena, "+proj=merc +lat_ts=%.2f +lon_0=%.2f +datum=WGS84",
                         fabs(s.lat), s.lon);
    }
    return im_format(arena, "+proj=laea +lat_0=%.2f +lon_0=%.2f +datum=WGS84", s.lat,
                     s.lon);
}
