#include "project/view.h"
#include <math.h>

// Degrees between lines: at most 30, minutes below one degree.
static const double steps[] = {
    30, 20, 10, 5, 2, 1, 30 / 60.0, 20 / 60.0, 10 / 60.0, 5 / 60.0, 2 / 60.0, 1 / 60.0};
#define ALONG_THE_CUT 1e-6 /* degrees */
#define STEP_COUNT (sizeof steps / sizeof steps[0])

static double shorter_side(const struct im_view *view) { // degrees of the ground
    return fmin(view->frame.w, view->frame.h) * view->ground_m_per_pt / 111195;
}

static size_t step_for(const struct im_view *view, struct im_window w) {
    // Three lines at least along the shorter side, counted in degrees of the frame.
    double span = fmin(fmin(w.north - w.south, w.east - w.west), shorter_side(view));
    for (size_t i = 0; i < STEP_COUNT; i++) {
        if (span / steps[i] >= 3) {
            return i;
        }
    }
    return STEP_COUNT - 1;
}

/* Points on the page of a degree of longitude, and of one of latitude. */
struct spread {
    double wide, high;
};

static struct spread spread_at(const struct im_view *view, struct im_lonlat at) {
    double half = at.lat > 0 ? -0.5 : 0.5; // away from the nearer pole
    struct im_pt p, east, up;
    if (!im_view_point(view, at, &p) ||
        !im_view_point(view, (struct im_lonlat){im_lon_near(at.lon + 0.5, 0), at.lat},
                       &east) ||
        !im_view_point(view, (struct im_lonlat){at.lon, at.lat + half}, &up)) {
        return (struct spread){HUGE_VAL, HUGE_VAL};
    }
    return (struct spread){2 * hypot(east.x - p.x, east.y - p.y),
                           2 * hypot(up.x - p.x, up.y - p.y)};
}

#define APART 24.0 /* points between neighbours, at least */
#define CLOSE 0.35 /* of what lies between parallels, between meridians at least */

static size_t coarser(size_t step, double points, double least) {
    while (step > 0 && points * steps[step] < least) {
        step--;
    }
    return step;
}

// Lines that are no thicket in the middle of the map; of one that holds a pole, where
// its nearer sides are.
static void choose_steps(const struct im_view *view, struct im_window w,
                         struct im_graticule *out) {
    struct im_lonlat at = {view->middle.lon, (w.south + w.north) / 2};
    if (out->round) {
        double off = shorter_side(view) / 2;
        at.lat = w.north > 89.9 ? 90 - off : off - 90;
    }
    struct spread s = spread_at(view, at);
    size_t step = coarser(step_for(view, w), s.high, APART);
    double least = s.high < HUGE_VAL ? fmax(APART, CLOSE * s.high * steps[step]) : 0;
    out->step = steps[step];
    out->meridian_step = steps[coarser(step, s.wide, least)];
}

struct side {
    double at;       /* coordinate of the frame's side */
    bool horizontal; /* top or bottom */
};

// Where the segment a..b crosses a side of the frame, within the side's length.
static bool cross_side(const struct im_rect *f, struct side s, const struct im_pt ab[2],
                       struct im_pt *out) {
    double a = s.horizontal ? ab[0].y : ab[0].x, b = s.horizontal ? ab[1].y : ab[1].x;
    if ((a < s.at) == (b < s.at) || a == b) {
        return false;
    }
    double t = (s.at - a) / (b - a);
    *out = (struct im_pt){ab[0].x + t * (ab[1].x - ab[0].x),
                          ab[0].y + t * (ab[1].y - ab[0].y)};
    return s.horizontal ? out->x >= f->x && out->x <= f->x + f->w
                        : out->y >= f->y && out->y <= f->y + f->h;
}

static bool meet_side(const struct im_view *view, const struct im_paths *paths,
                      struct side s, struct im_pt *out) {
    for (size_t k = 0; k < paths->n; k++) {
        for (size_t i = 1; i < paths->v[k].n; i++) {
            if (cross_side(&view->frame, s, &paths->v[k].v[i - 1], out)) {
                return true;
            }
        }
    }
    return false;
}

static void label_ends(const struct im_view *view, bool round,
                       struct im_graticule_line *g) {
    const struct im_rect *f = &view->frame;
    const struct side sides[4] = {
        {f->y + f->h, true}, {f->y, true}, {f->x, false}, {f->x + f->w, false}};
    const struct side *ends = g->meridian ? sides : sides + 2;
    for (int i = 0; i < (g->meridian && round ? 4 : 2); i++) {
        g->has_label[i] = meet_side(view, &g->paths, ends[i], &g->label[i]);
    }
}

static void add_line(const struct im_view *view, struct im_arena *arena,
                     const struct im_line *line, struct im_graticule_line g,
                     struct im_graticule *out) {
    im_view_line(view, arena, line, &g.paths);
    if (g.paths.n > 0) {
        label_ends(view, out->round, &g);
        IM_PUSH(arena, out->v, out->n, out->cap, g);
    }
}

// Vertices of a line over so many degrees: the pen adds what curves need.
static int vertices_of(double degrees, double step, int most) {
    int n = (int)ceil(fmin(degrees, 360) / step) + 1;
    return n < 2 ? 2 : n > most ? most : n;
}

static void add_meridians(const struct im_view *view, struct im_arena *arena,
                          struct im_window w, struct im_graticule *out) {
    double pole = fabs(w.north) >= 89.9 || fabs(w.south) >= 89.9 ? 90 - out->step : 90;
    double step = out->meridian_step;
    long first = (long)ceil(w.west / step), last = (long)floor(w.east / step);
    if (out->round) { // all of them, each once
        first = -lround(180 / step);
        last = -first - 1;
    }
    for (long i = first; i <= last; i++) {
        double lon = (double)i * step;
        double off = out->round ? ALONG_THE_CUT : 0; // or the cut would take it away
        struct im_lonlat v[9];
        double south = fmax(w.south, -pole), north = fmin(w.north, pole);
        int n = vertices_of(north - south, 180 / 8.0, 9);
        for (int k = 0; k < n; k++) {
            v[k] =
                (struct im_lonlat){lon + off, south + k / (n - 1.0) * (north - south)};
        }
        struct im_graticule_line g = {.meridian = true, .degrees = im_lon_near(lon, 0)};
        add_line(view, arena, &(struct im_line){v, (size_t)n}, g, out);
    }
}

static void add_parallels(const struct im_view *view, struct im_arena *arena,
                          struct im_window w, struct im_graticule *out) {
    long first = (long)ceil(w.south / out->step),
         last = (long)floor(w.north / out->step);
    for (long i = first; i <= last; i++) {
        double lat = (double)i * out->step;
        struct im_lonlat v[33];
        if (fabs(lat) > 89.9) {
            continue;
        }
        int n = vertices_of(w.east - w.west, 360 / 32.0, 33);
        for (int k = 0; k < n; k++) {
            v[k] = (struct im_lonlat){w.west + k / (n - 1.0) * (w.east - w.west), lat};
        }
        struct im_graticule_line g = {.degrees = lat};
        add_line(view, arena, &(struct im_line){v, (size_t)n}, g, out);
    }
}

/* Does a pole lie inside the frame, not merely as a line along a side of the map? */
static bool holds_pole(const struct im_view *view) {
    const struct im_rect *f = &view->frame;
    for (int i = 0; i < 2; i++) {
        double lat = i == 0 ? 90 : -90;
        double lon = view->middle.lon;
        struct im_pt a, b;
        if (im_view_point(view, (struct im_lonlat){lon, lat}, &a) &&
            im_view_point(view, (struct im_lonlat){im_lon_near(lon + 120, 0), lat},
                          &b) &&
            fabs(a.x - b.x) + fabs(a.y - b.y) < 1 && a.x > f->x && a.x < f->x + f->w &&
            a.y > f->y && a.y < f->y + f->h) {
            return true;
        }
    }
    return false;
}

void im_view_graticule(const struct im_view *view, struct im_arena *arena,
                       struct im_graticule *out) {
    struct im_window w = im_view_window(view);
    *out = (struct im_graticule){.round = holds_pole(view)};
    choose_steps(view, w, out);
    add_meridians(view, arena, w, out);
    add_parallels(view, arena, w, out);
}
