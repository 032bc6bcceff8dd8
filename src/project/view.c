#include "project/view.h"
#include "geo/box.h"
#include "project/crs.h"
#include <math.h>

#define RADIANS 0.017453292519943295
#define EDGE 32 /* samples per side of a box or frame */

/* ---- the ellipsoid, nearby ------------------------------------------------ */

// Metres between points that are close together: radii of curvature of WGS 84.
static double near_distance(struct im_lonlat a, struct im_lonlat b) {
    const double major = 6378137.0, e2 = 0.0066943799901413165;
    double phi = (a.lat + b.lat) / 2 * RADIANS;
    double w2 = 1 - e2 * sin(phi) * sin(phi), w = sqrt(w2);
    double meridian = major * (1 - e2) / (w2 * w), prime = major / w;
    double dx = (im_lon_near(b.lon, a.lon) - a.lon) * RADIANS * prime * cos(phi);
    double dy = (b.lat - a.lat) * RADIANS * meridian;
    return hypot(dx, dy);
}

/* ---- page and plane ------------------------------------------------------- */

static struct im_pt page_of(const struct im_view *view, struct im_xy p) {
    const struct im_rect *f = &view->frame;
    return (struct im_pt){f->x + f->w / 2 + (p.x - view->centre.x) / view->m_per_pt,
                          f->y + f->h / 2 - (p.y - view->centre.y) / view->m_per_pt};
}

bool im_view_point(const struct im_view *view, struct im_lonlat p, struct im_pt *out) {
    return (view->direct || !im_aspect_is_beyond(&view->crs->aspect, p)) &&
           im_view_image(view, p, out);
}

bool im_view_sees(const struct im_view *view, struct im_box box) {
    const struct im_aspect *a = &view->crs->aspect;
    struct im_lonlat p = im_box_middle(box);
    double half = (im_box_width(box) + box.north - box.south) / 2 + 0.01;
    if (a->kind != IM_DISC || a->limit + half >= 180) {
        return true;
    }
    double here = p.lat * RADIANS, there = a->pole.lat * RADIANS;
    return sin(here) * sin(there) +
               cos(here) * cos(there) * cos((p.lon - a->pole.lon) * RADIANS) >
           cos((a->limit + half) * RADIANS);
}

bool im_view_image(const struct im_view *view, struct im_lonlat p, struct im_pt *out) {
    struct im_xy plane;
    if (!im_crs_image(view->crs, p, &plane)) {
        return false;
    }
    *out = page_of(view, plane);
    return fabs(out->x) < 1e6 && fabs(out->y) < 1e6;
}

static bool holds(const struct im_rect *f, struct im_pt p) {
    return p.x >= f->x && p.x <= f->x + f->w && p.y >= f->y && p.y <= f->y + f->h;
}

bool im_view_lonlat(const struct im_view *view, struct im_pt p, struct im_lonlat *out) {
    const struct im_rect *f = &view->frame;
    struct im_xy plane = {view->centre.x + (p.x - f->x - f->w / 2) * view->m_per_pt,
                          view->centre.y - (p.y - f->y - f->h / 2) * view->m_per_pt};
    struct im_xy back;
    if (!im_crs_inverse(view->crs, plane, out)) {
        return false;
    }
    if (view->direct && holds(f, p)) {
        return true;
    }
    if (im_aspect_is_beyond(&view->crs->aspect, *out) ||
        !im_crs_forward(view->crs, *out, &back)) {
        return false;
    }
    // Outside its domain a projection may invert to a place that is drawn elsewhere.
    double x = back.x - plane.x, y = back.y - plane.y, slip = 0.05 * view->m_per_pt;
    return x * x + y * y <= slip * slip;
}

/* ---- fitting -------------------------------------------------------------- */

struct bounds {
    double x0, y0, x1, y1;
    size_t n;
};

static void widen(struct bounds *b, struct im_crs *crs, double lon, double lat) {
    struct im_xy p;
    if (im_aspect_is_beyond(&crs->aspect, (struct im_lonlat){lon, lat})) {
        return;
    }
    if (!im_crs_forward(crs, (struct im_lonlat){im_lon_near(lon, 0), lat}, &p)) {
        return;
    }
    b->x0 = b->n == 0 ? p.x : fmin(b->x0, p.x);
    b->x1 = b->n == 0 ? p.x : fmax(b->x1, p.x);
    b->y0 = b->n == 0 ? p.y : fmin(b->y0, p.y);
    b->y1 = b->n == 0 ? p.y : fmax(b->y1, p.y);
    b->n++;
}

// A window of the whole globe is read from one side of the cut to the other.
static struct im_window extent_window(const struct im_crs *crs, struct im_box box) {
    struct im_window w = im_box_window(box);
    if (w.east - w.west >= 360 - 1e-9) {
        w.west = crs->lon0 - 180 + IM_CUT;
        w.east = crs->lon0 + 180 - IM_CUT;
    }
    if (crs->mercator) {
        w.south = fmax(w.south, -85);
        w.north = fmin(w.north, 85);
    }
    return w;
}

// Of the window's sides; of what lies inside as well when the globe may be torn there.
static struct bounds plane_bounds(struct im_crs *crs, struct im_window w, bool inside) {
    struct bounds b = {0, 0, 0, 0, 0};
    bool point = w.west == w.east && w.south == w.north;
    for (int i = 0; i <= (point ? 0 : EDGE); i++) {
        double t = (double)i / EDGE;
        double lon = w.west + t * (w.east - w.west);
        double lat = w.south + t * (w.north - w.south);
        widen(&b, crs, w.west, lat);
        widen(&b, crs, w.east, lat);
        for (int j = 0; j <= 8; j += inside ? 1 : 8) {
            widen(&b, crs, lon, w.south + j / 8.0 * (w.north - w.south));
        }
    }
    return b;
}

static struct bounds outline_bounds(struct im_crs *crs, const struct im_line *line) {
    struct bounds b = {0, 0, 0, 0, 0};
    for (size_t i = 0; i < line->n; i++) {
        double lat = line->v[i].lat;
        widen(&b, crs, line->v[i].lon, crs->mercator ? fmin(fmax(lat, -85), 85) : lat);
    }
    return b;
}

// Projected metres per true metre around p (mean of both directions).
static double stretch(struct im_crs *crs, struct im_lonlat p) {
    struct im_lonlat up = {p.lon, p.lat + (p.lat > 0 ? -0.01 : 0.01)};
    struct im_lonlat right = {p.lon + 0.01, p.lat};
    struct im_xy a, b, c;
    if (!im_crs_forward(crs, p, &a) || !im_crs_forward(crs, up, &b) ||
        !im_crs_forward(crs, right, &c)) {
        return 1;
    }
    double k = hypot(b.x - a.x, b.y - a.y) / near_distance(p, up);
    double h = hypot(c.x - a.x, c.y - a.y) / near_distance(p, right);
    double mean = fabs(p.lat) > 89.9 ? k : (h + k) / 2;
    return isfinite(mean) && mean > 0 ? mean : 1;
}

static bool sensible(struct im_extent extent) {
    struct im_box b = extent.box;
    return isfinite(b.west) && isfinite(b.east) && b.south <= b.north &&
           b.south >= -90 && b.north <= 90 && extent.margin_m >= 0;
}

static enum incmap_status fit(struct im_view *view, struct im_crs *crs,
                              const struct im_extent *extent, bool inside,
                              struct incmap_error *err) {
    struct im_rect frame = view->frame;
    struct bounds b = outline_bounds(crs, &extent->outline);
    if (b.n == 0) {
        b = plane_bounds(crs, extent_window(crs, extent->box), inside);
    }
    if (b.n == 0 || !(b.x1 - b.x0 < 1e9) || !(b.y1 - b.y0 < 1e9)) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "the extent has no image in %s '%s' (try the projection 'auto')",
                       crs->name, crs->definition);
    }
    double k = stretch(crs, im_box_middle(extent->box));
    double margin = extent->margin_m * k, least = extent->exact ? 0 : 1000 * k;
    double width = fmax(b.x1 - b.x0 + 2 * margin, least);
    double height = fmax(b.y1 - b.y0 + 2 * margin, least);
    double m_per_pt = fmax(width / frame.w, height / frame.h);
    if (!(m_per_pt > 1e-4)) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "the extent is a point: give it a size or a margin");
    }
    *view = (struct im_view){.crs = crs,
                             .frame = frame,
                             .m_per_pt = m_per_pt,
                             .centre = {(b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2}};
    im_view_measure(view);
    return INCMAP_OK;
}

enum incmap_status im_view_fit(struct im_view *view, struct im_crs *crs,
                               struct im_extent extent, struct im_rect frame,
                               struct incmap_error *err) {
    if (!(frame.w > 0 && frame.h > 0)) {
        return im_fail(
            err, INCMAP_E_USAGE, IM_NOWHERE,
            "the figure has no room for the map: %.0f x %.0f points are left "
            "(make it larger, or its type smaller)",
            fmax(frame.w, 0), fmax(frame.h, 0));
    }
    if (!sensible(extent)) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "the extent %.4f,%.4f,%.4f,%.4f is no box of degrees",
                       extent.box.west, extent.box.south, extent.box.east,
                       extent.box.north);
    }
    view->frame = frame;
    // Where nothing is torn, the image of a box reaches as far as that of its sides.
    if (fit(view, crs, &extent, false, NULL) == INCMAP_OK && view->direct) {
        return INCMAP_OK;
    }
    return fit(view, crs, &extent, true, err);
}

/* ---- what a view shows ---------------------------------------------------- */

static struct im_pt on_edge(const struct im_rect *f, int i) {
    double t = (double)(i % EDGE) / EDGE;
    switch (i / EDGE) {
    case 0:
        return (struct im_pt){f->x + t * f->w, f->y};
    case 1:
        return (struct im_pt){f->x + f->w, f->y + t * f->h};
    case 2:
        return (struct im_pt){f->x + (1 - t) * f->w, f->y + f->h};
    default:
        return (struct im_pt){f->x, f->y + (1 - t) * f->h};
    }
}

static bool pole_in_frame(const struct im_view *view, double lat) {
    struct im_pt p;
    return im_view_point(view, (struct im_lonlat){view->middle.lon, lat}, &p) &&
           holds(&view->frame, p);
}

// The window of the frame's edge, or false when part of it has no image.
static bool edge_window(const struct im_view *view, struct im_window *w) {
    struct im_lonlat p;
    double lon = 0;
    for (int i = 0; i <= 4 * EDGE; i++) {
        if (!im_view_lonlat(view, on_edge(&view->frame, i % (4 * EDGE)), &p)) {
            return false;
        }
        lon = im_lon_near(p.lon, i == 0 ? view->middle.lon : lon);
        if (i == 0) {
            *w = (struct im_window){lon, p.lat, lon, p.lat};
        }
        w->west = fmin(w->west, lon);
        w->east = fmax(w->east, lon);
        w->south = fmin(w->south, p.lat);
        w->north = fmax(w->north, p.lat);
    }
    return true;
}

static struct im_box cover_of(struct im_view *view) {
    struct im_window w;
    view->filled = edge_window(view, &w);
    if (!view->filled) {
        return (struct im_box){-180, -90, 180, 90};
    }
    if (pole_in_frame(view, 90) && w.north > 0) {
        w = (struct im_window){-180, w.south, 180, 90};
    }
    if (pole_in_frame(view, -90) && w.south < 0) {
        w = (struct im_window){-180, -90, 180, w.north};
    }
    double dlon = 0.02 * (w.east - w.west), dlat = 0.02 * (w.north - w.south);
    w.west -= dlon;
    w.east += dlon;
    w.south = fmax(-90, w.south - dlat);
    w.north = fmin(90, w.north + dlat);
    return im_window_box(w);
}

// Does the box keep clear of where the projection tears the globe?
static bool is_direct(const struct im_view *view) {
    const struct im_aspect *a = &view->crs->aspect;
    struct im_window w = im_box_window(view->cover);
    double turns = 0, last = 0;
    if (!view->filled || w.east - w.west >= 360 || a->kind == IM_LOBES) {
        return false;
    }
    for (int i = 0; i <= 4 * EDGE && a->kind != IM_UPRIGHT; i++) {
        struct im_rect box = {w.west, w.south, w.east - w.west, w.north - w.south};
        struct im_pt at = on_edge(&box, i % (4 * EDGE));
        struct im_lonlat p = {at.x, at.y};
        if (im_aspect_is_beyond(a, p)) {
            return false;
        }
        double lon = a->kind == IM_TURNED ? im_aspect_turn(a, p).lon : 0;
        turns = fmax(turns, i > 0 ? fabs(lon - last) : 0);
        last = lon;
    }
    // A jump: the cut runs through the box, or a pole of the turned globe lies in it.
    return turns < 90;
}

// True metres per point at p, along the page's axis (dx, dy); 0: no image.
static double ground_scale(const struct im_view *view, struct im_pt p, double dx,
                           double dy) {
    struct im_lonlat a, b;
    if (!im_view_lonlat(view, (struct im_pt){p.x - dx, p.y - dy}, &a) ||
        !im_view_lonlat(view, (struct im_pt){p.x + dx, p.y + dy}, &b)) {
        return 0;
    }
    return near_distance(a, b) / (2 * hypot(dx, dy));
}

static double spread_of(const struct im_view *view) {
    double low = HUGE_VAL, high = 0;
    const struct im_rect *f = &view->frame;
    for (int i = 0; i < 25; i++) {
        struct im_pt p = {f->x + (0.01 + 0.245 * (i % 5)) * f->w,
                          f->y + (0.01 + 0.245 * (i / 5)) * f->h};
        for (int axis = 0; axis < 2; axis++) {
            double d = f->w / 500;
            double s = ground_scale(view, p, axis ? 0 : d, axis ? d : 0);
            if (s > 0) {
                low = fmin(low, s);
                high = fmax(high, s);
            }
        }
    }
    return high > 0 && view->ground_m_per_pt > 0 ? (high - low) / view->ground_m_per_pt
                                                 : 0;
}

void im_view_measure(struct im_view *view) {
    const struct im_rect *f = &view->frame;
    view->direct = false; // until it is known: places are checked both ways
    struct im_pt middle = {f->x + f->w / 2, f->y + f->h / 2};
    if (!im_view_lonlat(view, middle, &view->middle)) {
        view->middle = (struct im_lonlat){view->crs->lon0, 0};
    }
    view->middle.lon = im_lon_near(view->middle.lon, 0);
    double scale = ground_scale(view, middle, f->w / 500, 0);
    view->ground_m_per_pt = scale > 0 ? scale : view->m_per_pt;
    view->cover = cover_of(view);
    view->direct = is_direct(view);
    view->scale_spread = spread_of(view);
}

struct im_window im_view_window(const struct im_view *view) {
    struct im_window w = im_box_window(view->cover);
    double cut = view->crs->lon0;
    if (w.east - w.west >= 360) {
        w.west = cut - 180 + IM_CUT;
        w.east = cut + 180 - IM_CUT;
    }
    w.south = fmax(w.south, view->crs->aspect.south);
    w.north = fmin(w.north, view->crs->aspect.north);
    return w;
}
