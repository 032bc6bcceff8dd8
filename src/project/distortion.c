#include "geo/box.h"
#include "project/crs.h"
#include <math.h>

#define RADIANS 0.017453292519943295
#define STEP 1e-4 /* degrees, for derivatives */
#define GRID 21

// Derivatives of the plane by longitude and latitude, metres per radian.
static bool derive(struct im_crs *crs, struct im_lonlat p, struct im_xy *by_lon,
                   struct im_xy *by_lat) {
    struct im_xy w, e, s, n;
    if (!im_crs_forward(crs, (struct im_lonlat){p.lon - STEP, p.lat}, &w) ||
        !im_crs_forward(crs, (struct im_lonlat){p.lon + STEP, p.lat}, &e) ||
        !im_crs_forward(crs, (struct im_lonlat){p.lon, p.lat - STEP}, &s) ||
        !im_crs_forward(crs, (struct im_lonlat){p.lon, p.lat + STEP}, &n)) {
        return false;
    }
    const double d = 2 * STEP * RADIANS;
    *by_lon = (struct im_xy){(e.x - w.x) / d, (e.y - w.y) / d};
    *by_lat = (struct im_xy){(n.x - s.x) / d, (n.y - s.y) / d};
    return true;
}

bool im_crs_factors(struct im_crs *crs, struct im_lonlat p, struct im_factors *out) {
    const double major = 6378137.0, e2 = 0.0066943799901413165;
    struct im_xy dl, df;
    // Off the poles, where longitude has no direction; off the cut.
    p.lat = fmax(-89.999, fmin(89.999, p.lat));
    p.lon = im_lon_near(p.lon, crs->lon0);
    if (!derive(crs, p, &dl, &df)) {
        return false;
    }
    double f = p.lat * RADIANS, w2 = 1 - e2 * sin(f) * sin(f), w = sqrt(w2);
    double h = hypot(df.x, df.y) * w * w2 / (major * (1 - e2)); // along the meridian
    double k = hypot(dl.x, dl.y) * w / (major * cos(f));        // along the parallel
    double area =
        fabs(dl.x * df.y - dl.y * df.x) * w2 * w2 / (major * major * (1 - e2) * cos(f));
    double sum = sqrt(fmax(0, h * h + k * k + 2 * area)); // a + b of Tissot's ellipse
    double gap = sqrt(fmax(0, h * h + k * k - 2 * area)); // a - b
    if (!(sum > 0) || !isfinite(sum)) {
        return false;
    }
    *out = (struct im_factors){(sum - gap) / 2, (sum + gap) / 2, area,
                               2 * asin(gap / sum) / RADIANS};
    return true;
}

static void add(struct im_distortion *d, const struct im_factors *f) {
    bool first = d->points == 0;
    d->scale_min = first ? f->scale_min : fmin(d->scale_min, f->scale_min);
    d->scale_max = first ? f->scale_max : fmax(d->scale_max, f->scale_max);
    d->area_min = first ? f->area : fmin(d->area_min, f->area);
    d->area_max = first ? f->area : fmax(d->area_max, f->area);
    d->angle_max = first ? f->angle : fmax(d->angle_max, f->angle);
    d->points++;
}

struct im_distortion im_view_distortion(const struct im_view *view) {
    struct im_distortion d = {0};
    const struct im_rect *r = &view->frame;
    for (int i = 0; i < GRID * GRID; i++) {
        // A little inside, so that the edge of the globe does not count.
        double tx = 0.001 + 0.998 * (i % GRID) / (GRID - 1);
        double ty = 0.001 + 0.998 * (i / GRID) / (GRID - 1);
        struct im_lonlat p;
        struct im_factors f;
        if (!im_view_lonlat(view, (struct im_pt){r->x + tx * r->w, r->y + ty * r->h},
                            &p) ||
            !im_crs_factors(view->crs, p, &f)) {
            d.off_globe++;
            continue;
        }
        add(&d, &f);
    }
    d.has_middle = im_crs_factors(view->crs, view->middle, &d.middle);
    return d;
}
