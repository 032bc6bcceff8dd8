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

struct im_bend_cell {
    bool sound;
    double lat_least; /* of a degree north, metres */
    struct im_bend most;
    bool even; /* slopes may be interpolated */
    struct rates {
        struct im_xy lon, lat; /* metres a degree */
    } at[5];
};

// The corners, south-west, south-east, north-west, north-east, and the middle.
static const signed char places[5][2] = {{-1, -1}, {1, -1}, {-1, 1}, {1, 1}, {0, 0}};
static const double INSET = IM_BEND_CELL / 2.0 - 1.5 * STEP;

// A difference of differences: (a - b) - (c - d).
static double twist(struct im_xy a, struct im_xy b, struct im_xy c, struct im_xy d) {
    return hypot(a.x - b.x - c.x + d.x, a.y - b.y - c.y + d.y);
}

static struct im_xy rate(struct im_xy from, struct im_xy to) {
    return (struct im_xy){(to.x - from.x) / (2 * STEP), (to.y - from.y) / (2 * STEP)};
}

static bool sample(struct im_crs *crs, struct im_lonlat p, struct im_bend_cell *cell,
                   int place) {
    static const signed char at[6][2] = {{0, 0},  {-1, 0}, {1, 0},
                                         {0, -1}, {0, 1},  {1, 1}};
    struct im_xy q[6];
    struct im_bend *m = &cell->most;
    for (int i = 0; i < 6; i++) {
        struct im_lonlat s = {p.lon + STEP * at[i][0], p.lat + STEP * at[i][1]};
        if (!im_crs_forward(crs, s, &q[i])) {
            return false;
        }
    }
    struct im_xy lon = rate(q[1], q[2]), lat = rate(q[3], q[4]);
    cell->at[place] = (struct rates){lon, lat};
    double north = hypot(lat.x, lat.y), square = STEP * STEP;
    m->lon = fmax(m->lon, MARGIN * hypot(lon.x, lon.y));
    m->lat = fmax(m->lat, MARGIN * north);
    m->lonlon = fmax(m->lonlon, MARGIN * twist(q[2], q[0], q[0], q[1]) / square);
    m->latlat = fmax(m->latlat, MARGIN * twist(q[4], q[0], q[0], q[3]) / square);
    m->lonlat = fmax(m->lonlat, MARGIN * twist(q[5], q[2], q[4], q[0]) / square);
    cell->lat_least = place == 0 ? north : fmin(cell->lat_least, north);
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

// Is the middle about what is between the corners? Not where a cut runs through.
static bool is_even(const struct im_bend_cell *cell) {
    struct rates m = cell->at[4];
    double lon = 0.15 * hypot(m.lon.x, m.lon.y), lat = 0.15 * hypot(m.lat.x, m.lat.y);
    for (int i = 0; i < 4; i++) {
        const struct rates *c = &cell->at[i];
        m.lon = (struct im_xy){m.lon.x - c->lon.x / 4, m.lon.y - c->lon.y / 4};
        m.lat = (struct im_xy){m.lat.x - c->lat.x / 4, m.lat.y - c->lat.y / 4};
    }
    return hypot(m.lon.x, m.lon.y) < lon && hypot(m.lat.x, m.lat.y) < lat;
}

static struct im_lonlat middle_of(int column, int row) {
    return (struct im_lonlat){-180 + IM_BEND_CELL * (column + 0.5),
                              -90 + IM_BEND_CELL * (row + 0.5)};
}

static const struct im_bend_cell *cell_at(struct im_crs *crs, int column, int row) {
    struct im_bend_cell **known = &crs->bend[row][column], *cell = *known;
    if (cell != NULL) {
        return cell;
    }
    struct im_lonlat c = middle_of(column, row);
    cell = im_alloc(crs->arena, 1, sizeof *cell);
    cell->sound = crs->aspect.smooth && is_inside(&crs->aspect, c);
    for (int i = 0; cell->sound && i < 5; i++) {
        struct im_lonlat p = {c.lon + INSET * places[i][0],
                              c.lat + INSET * places[i][1]};
        cell->sound = sample(crs, p, cell, i);
    }
    cell->sound = cell->sound && cell->most.lat < MARGIN * WILD * cell->lat_least;
    cell->even = cell->sound && is_even(cell);
    *known = cell;
    return cell;
}

static int cell_of(double degrees) {
    return (int)floor(degrees / IM_BEND_CELL);
}

static int turned(int column) {
    return (column % IM_BEND_COLUMNS + IM_BEND_COLUMNS) % IM_BEND_COLUMNS;
}

static int row_of(double lat) {
    int row = cell_of(lat + 90);
    return row == IM_BEND_ROWS ? row - 1 : row; // the pole itself
}

struct im_window im_bend_window(struct im_window w) {
    const double margin = 1e-9; // it touches no others
    return (struct im_window){IM_BEND_CELL * cell_of(w.west + 180) - 180 + margin,
                              IM_BEND_CELL * cell_of(w.south + 90) - 90 + margin,
                              IM_BEND_CELL * (cell_of(w.east + 180) + 1) - 180 - margin,
                              IM_BEND_CELL * (cell_of(w.north + 90) + 1) - 90 - margin};
}

bool im_view_bend(const struct im_view *view, struct im_window w, struct im_bend *out) {
    int left = cell_of(w.west + 180), right = cell_of(w.east + 180);
    int bottom = row_of(w.south), top = row_of(w.north);
    *out = (struct im_bend){0};
    if (bottom < 0 || top >= IM_BEND_ROWS || right - left >= IM_BEND_COLUMNS) {
        return false;
    }
    for (int row = bottom; row <= top; row++) {
        for (int i = left; i <= right; i++) {
            const struct im_bend_cell *cell = cell_at(view->crs, turned(i), row);
            if (!cell->sound) {
                return false;
            }
            out->lon = fmax(out->lon, cell->most.lon);
            out->lat = fmax(out->lat, cell->most.lat);
            out->lonlon = fmax(out->lonlon, cell->most.lonlon);
            out->lonlat = fmax(out->lonlat, cell->most.lonlat);
            out->latlat = fmax(out->latlat, cell->most.latlat);
        }
    }
    return true;
}

bool im_view_slope(const struct im_view *view, struct im_lonlat p,
                   struct im_slope *out) {
    int row = row_of(p.lat), column = cell_of(p.lon + 180);
    *out = (struct im_slope){{0, 0}, {0, 0}};
    if (row < 0 || row >= IM_BEND_ROWS) {
        return false;
    }
    const struct im_bend_cell *cell = cell_at(view->crs, turned(column), row);
    struct im_lonlat c = middle_of(column, row);
    double u = ((p.lon - c.lon) / INSET + 1) / 2, v = ((p.lat - c.lat) / INSET + 1) / 2;
    for (int i = 0; i < 4 && cell->even; i++) {
        double weight = (i % 2 ? u : 1 - u) * (i / 2 ? v : 1 - v) / view->m_per_pt;
        out->lon.x += weight * cell->at[i].lon.x;
        out->lon.y -= weight * cell->at[i].lon.y;
        out->lat.x += weight * cell->at[i].lat.x;
        out->lat.y -= weight * cell->at[i].lat.y;
    }
    return cell->even;
}
