#include "geo/box.h"
#include <math.h>
#include <stdlib.h>

double im_lon_near(double lon, double centre) {
    double d = lon - centre;
    if (d >= -180 && d < 180) {
        return lon; // no rounding for what needs no shift
    }
    return lon - 360 * floor((d + 180) / 360);
}

struct im_box im_window_box(struct im_window w) {
    if (w.east - w.west >= 360) {
        return (struct im_box){-180, w.south, 180, w.north};
    }
    double west = im_lon_near(w.west, 0);
    double east = west + (w.east - w.west);
    return (struct im_box){west, w.south, east > 180 ? east - 360 : east, w.north};
}

double im_box_width(struct im_box box) {
    struct im_window w = im_box_window(box);
    return w.east - w.west;
}

struct im_lonlat im_box_middle(struct im_box box) {
    struct im_window w = im_box_window(box);
    double lon = im_lon_near((w.west + w.east) / 2, 0);
    return (struct im_lonlat){lon, (w.south + w.north) / 2};
}

bool im_box_contains(struct im_box box, struct im_lonlat p) {
    struct im_window point = {p.lon, p.lat, p.lon, p.lat};
    return im_window_meets(im_box_window(box), point);
}

bool im_longitudes_meet(struct im_window a, struct im_window b) {
    // The first copy of b whose east end is not left of a.
    double shift = 360 * ceil((a.west - b.east) / 360);
    return b.west + shift <= a.east;
}

struct im_box im_line_box(const struct im_line *line) {
    if (line->n == 0) {
        return (struct im_box){0, 0, 0, 0};
    }
    struct im_lonlat p = line->v[0];
    struct im_box box = {p.lon, p.lat, p.lon, p.lat};
    for (size_t i = 1; i < line->n; i++) {
        p = line->v[i];
        box.west = p.lon < box.west ? p.lon : box.west;
        box.east = p.lon > box.east ? p.lon : box.east;
        box.south = p.lat < box.south ? p.lat : box.south;
        box.north = p.lat > box.north ? p.lat : box.north;
    }
    return box;
}
