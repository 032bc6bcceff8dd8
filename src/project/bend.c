/*
 * How fast and how crooked a projection is, as bounds for cells of the globe: what is
 * near in degrees is near on the page, and what is straight in degrees nearly straight.
 * A cell is looked at once, at five places, when it is first asked for; derivatives are
 * differences. Where the globe is torn, or the projection runs wild, nothing is said.
 */
#include "geo/box.h"
#include "project/crs.h"
#include "project/view.h"
#include <math.h>

#define STEP 0.25 /* degrees between the points of a difference */

/* Bounds are drawn from samples: smooth functions are little more in between. */
static const double MARGIN = 1.25;
/* A cell over which the scale along the meridian changes more than this is wild. */
static const double WILD = 3;

// Largest values so far.
struct most {
    double lon, lat, lat_least, lonlon, lonlat, latlat, skew;
};

// A difference of differences: (a - b) - (c - d).
static double twist(struct im_xy a, struct im_xy b, struct im_xy c, struct im_xy d) {
    return hypot(a.x - b.x - c.x + d.x, a.y - b.y - c.y + d.y);
}

static bool sample(struct im_crs *crs, struct im_lonlat p, struct most *m) {
    static const signed char at[6][2] = {{0, 0},  {-1, 0}, {1, 0},
                                         {0, -1}, {0, 1},  {1, 1}};
    struct im_xy q[6];
    for (int i = 0; i < 6; i++) {
        struct im_lonlat s = {p.lon + STEP * at[i][0], p.lat + STEP * at[i][1]};
        if (!im_crs_forward(crs, s, &q[i])) {
            return false;
        }
    }
    struct im_xy e = {q[2].x - q[1].x, q[2].y - q[1].y};
    struct im_xy n = {q[4].x - q[3].x, q[4].y - q[3].y};
    double lon = hypot(e.x, e.y), lat = hypot(n.x, n.y);
    double along = lon > 0 && lat > 0 ? fabs(e.x * n.x + e.y * n.y) / (lon * lat) : 0;
    m->skew = fmax(m->skew, along);
    m->lon = fmax(m->lon, lon / (2 * STEP));
    m->lat = fmax(m->lat, lat / (2 * STEP));
    m->lat_least = fmin(m->lat_least, lat / (2 * STEP));
    m->lonlon = fmax(m->lonlon, twist(q[2], q[0], q[0], q[1]) / (STEP * STEP));
    m->latlat = fmax(m->latlat, twist(q[4], q[0], q[0], q[3]) / (STEP * STEP));
    m->lonlat = fmax(m->lonlat, twist(q[5], q[2], q[4], q[0]) / (STEP * STEP));
    return true;
}

// Does the cell keep clear of the rim of a disc and of the edge of a turned globe?
static bool is_inside(const struct im_aspect *a, struct im_lonlat middle) {
    const double half = IM_BEND_CELL * 0.7072, far = 120; // no corner is farther
    double bearing;
    if (a->kind == IM_DISC) {
        return im_aspect_distance(a, middle, &bearing) + half < fmin(a->limit, far);
    }
    if (a->kind == IM_TURNED) {
        return fabs(im_aspect_turn(a, middle).lat) + half < a->limit;
    }
    return a->kind == IM_UPRIGHT;
}

static void look(struct im_crs *crs, int column, int row, struct im_bend *out) {
    const double half = IM_BEND_CELL / 2.0, inset = half - 1.5 * STEP;
    struct im_lonlat c = {-180 + IM_BEND_CELL * column + half,
                          -90 + IM_BEND_CELL * row + half};
    struct most m = {.lat_least = HUGE_VAL};
    bool sound = crs->aspect.smooth && is_inside(&crs->aspect, c);
    for (int i = 0; sound && i < 5; i++) {
        double dx = i == 4 ? 0 : i % 2 ? inset : -inset;
        double dy = i == 4 ? 0 : i / 2 ? inset : -inset;
        sound = sample(crs, (struct im_lonlat){c.lon + dx, c.lat + dy}, &m);
    }
    // Not at right angles, both together reach farther.
    double k = MARGIN * sqrt(1 + m.skew);
    *out = (struct im_bend){.known = true,
                            .sound = sound && m.lat < WILD * m.lat_least,
                            .lon = k * m.lon,
                            .lat = k * m.lat,
                            .lonlon = MARGIN * m.lonlon,
                            .lonlat = MARGIN * m.lonlat,
                            .latlat = MARGIN * m.latlat};
}

static int cell_of(double degrees) {
    return (int)floor(degrees / IM_BEND_CELL);
}

bool im_view_bend(const struct im_view *view, struct im_window w, struct im_bend *out) {
    struct im_crs *crs = view->crs;
    int left = cell_of(w.west + 180), right = cell_of(w.east + 180);
    int bottom = cell_of(w.south + 90), top = cell_of(w.north + 90);
    *out = (struct im_bend){.known = true, .sound = true};
    if (bottom < 0 || top > IM_BEND_ROWS || right - left >= IM_BEND_COLUMNS) {
        return false;
    }
    top = top == IM_BEND_ROWS ? top - 1 : top; // the pole itself
    for (int row = bottom; row <= top; row++) {
        for (int i = left; i <= right; i++) {
            int column = (i % IM_BEND_COLUMNS + IM_BEND_COLUMNS) % IM_BEND_COLUMNS;
            struct im_bend *b = &crs->bend[row][column];
            if (!b->known) {
                look(crs, column, row, b);
            }
            if (!b->sound) {
                return false;
            }
            out->lon = fmax(out->lon, b->lon);
            out->lat = fmax(out->lat, b->lat);
            out->lonlon = fmax(out->lonlon, b->lonlon);
            out->lonlat = fmax(out->lonlat, b->lonlat);
            out->latlat = fmax(out->latlat, b->latlat);
        }
    }
    return true;
}
