/*
 * The vertices of arcs as one map needs them. Bundled arcs are thinned in degrees,
 * before anything is projected; what is left is then projected once. Where the
 * projection runs wild, and for the user's arcs, which must not come to cross one
 * another, thinning is done on the page.
 */
#include "basemap/geodata.h"
#include "geo/box.h"
#include "geo/simplify.h"
#include "geo/together.h"
#include <math.h>
#include <string.h>

static const double SMALLEST = 0.4; /* points; a ring below that is not drawn */
/* The same on a small map; and its vertices are this far apart, points. */
static const double SMALLEST_COARSE = 1.5, STEP_COARSE = 0.8;

void im_level_shelve(struct im_arena *arena, struct im_level *level) {
    struct im_window *shelf = im_alloc(arena, level->n / IM_SHELF + 1, sizeof *shelf);
    for (size_t i = 0; i < level->n; i++) {
        struct im_window w = im_box_window(level->arcs[i].box);
        struct im_window *all = &shelf[i / IM_SHELF];
        if (i % IM_SHELF == 0) {
            *all = w;
        }
        all->west = w.west < all->west ? w.west : all->west;
        all->east = w.east > all->east ? w.east : all->east;
        all->south = w.south < all->south ? w.south : all->south;
        all->north = w.north > all->north ? w.north : all->north;
    }
    level->shelf = shelf;
}

/* Of the arcs of a shelf, those that meet the window. */
static void find_in_view(struct im_net *net, struct im_window w, size_t from) {
    const struct im_level *level = net->level;
    size_t end = from + IM_SHELF < level->n ? from + IM_SHELF : level->n;
    for (size_t i = from; i < end; i++) {
        net->in_view[i] = im_window_meets(w, im_box_window(level->arcs[i].box));
    }
}

struct im_net im_net_new(struct im_arena *arena, struct im_level *level,
                         const struct im_view *view) {
    struct im_net net = {.arena = arena,
                         .level = level,
                         .view = view,
                         .smallest = SMALLEST,
                         .arc =
                             im_alloc(arena, level->n / IM_SHELF + 1, sizeof *net.arc),
                         .in_view = im_alloc(arena, level->n + 8, sizeof *net.in_view)};
    struct im_window w = {-180, -90, 180, 90};
    if (view != NULL) {
        w = im_box_window(view->cover);
    }
    for (size_t from = 0; from < level->n; from += IM_SHELF) {
        if (level->shelf == NULL || im_window_meets(w, level->shelf[from / IM_SHELF])) {
            find_in_view(&net, w, from);
        }
    }
    return net;
}

void im_net_coarsen(struct im_net *net) {
    net->smallest = SMALLEST_COARSE;
    net->step = STEP_COARSE * net->view->ground_m_per_pt / 111200;
    for (size_t i = 0; i < net->level->n; i++) {
        net->in_view[i] =
            net->in_view[i] && im_view_sees(net->view, net->level->arcs[i].box);
    }
}

// Where an arc of the map stands once it is asked for: few shelves have such.
static struct im_traced **slot_of(struct im_net *net, size_t arc) {
    struct im_traced ***shelf = &net->arc[arc / IM_SHELF];
    if (*shelf == NULL) {
        *shelf = im_alloc(net->arena, IM_SHELF, sizeof **shelf);
    }
    return &(*shelf)[arc % IM_SHELF];
}

bool im_arc_is_ring(const struct im_arc_info *a) {
    return a->from.lon == a->to.lon && a->from.lat == a->to.lat;
}

typedef bool place_fn(const struct im_view *view, struct im_lonlat p,
                      struct im_pt *out);

// On the page, all vertices; false when some of it has no image.
static bool place(const struct im_net *net, const struct im_line *line, place_fn *point,
                  struct im_pt *out) {
    for (size_t i = 0; i < line->n; i++) {
        if (!point(net->view, line->v[i], &out[i])) {
            return false;
        }
    }
    return true;
}

static bool is_tiny(const struct im_net *net, const struct im_pt *v, size_t n) {
    double x0 = v[0].x, x1 = x0, y0 = v[0].y, y1 = y0;
    for (size_t i = 1; i < n; i++) {
        x0 = fmin(x0, v[i].x);
        x1 = fmax(x1, v[i].x);
        y0 = fmin(y0, v[i].y);
        y1 = fmax(y1, v[i].y);
    }
    return x1 - x0 < net->smallest && y1 - y0 < net->smallest;
}

// A seam, whose corners may fall together on the page.
static bool is_hidden(const struct im_net *net, size_t arc) {
    return im_arc_look(net->level, arc)->line_class[IM_UN] == IM_ARC_HIDDEN;
}

// Does the arc run as it must?
static bool is_fixed(const struct im_net *net, size_t arc, const struct im_line *line) {
    return line->n < 3 || is_hidden(net, arc);
}

// The image of an arc in a box that the view holds.
static void trace(struct im_net *net, struct im_traced *t, const struct im_pt *pts) {
    if (!im_view_trace(net->view, net->arena, &t->line, pts, &t->page)) {
        t->page.n = 0;
    }
}

/* ---- on the page ---------------------------------------------------------- */

static bool project(const struct im_net *net, const struct im_line *line, bool ring,
                    struct im_path *out) {
    out->n = line->n - (ring ? 1 : 0);
    out->closed = ring;
    out->v = im_alloc_raw(net->arena, line->n, sizeof *out->v);
    return place(net, line, im_view_point, out->v);
}

// Drop what is not marked, from the arc and from its image.
static void drop(struct im_net *net, size_t arc, struct im_path *path, char *keep) {
    size_t n = 0;
    struct im_traced *t = *slot_of(net, arc);
    struct im_line *line = &t->line;
    keep[line->n - 1] = 1;
    for (size_t i = 0; i < line->n; i++) {
        if (keep[i]) {
            path->v[n] = path->v[i];
            line->v[n++] = line->v[i];
        }
    }
    line->n = n;
    if (im_view_holds(net->view, net->level->arcs[arc].box)) {
        trace(net, t, path->v);
    }
}

static void simplify(struct im_net *net, size_t arc) {
    struct im_path path;
    struct im_traced *t = *slot_of(net, arc);
    struct im_line *line = &t->line;
    bool ring = im_arc_is_ring(&net->level->arcs[arc]);
    if (is_fixed(net, arc, line) || !project(net, line, ring, &path)) {
        return;
    }
    t->tiny = ring && is_tiny(net, path.v, path.n);
    char *keep = im_alloc(net->arena, line->n, 1);
    im_simplify_marks(&path, IM_TOLERANCE, keep);
    drop(net, arc, &path, keep);
}

void im_net_settle(struct im_net *net) {
    const struct im_level *level = net->level;
    struct im_path *paths = im_alloc(net->arena, level->n + 1, sizeof *paths);
    size_t *arcs = im_alloc(net->arena, level->n + 1, sizeof *arcs), n = 0;
    char **keep = im_alloc(net->arena, level->n + 1, sizeof *keep);
    for (size_t i = 0; i < level->n; i++) {
        struct im_line *line = &level->memory[i];
        bool ring = im_arc_is_ring(&level->arcs[i]);
        if (net->in_view[i] && !is_fixed(net, i, line) &&
            project(net, line, ring, &paths[n]) &&
            !(ring && is_tiny(net, paths[n].v, paths[n].n))) {
            keep[n] = im_alloc(net->arena, line->n, 1);
            arcs[n++] = i;
        }
    }
    im_simplify_together(net->arena, paths, n, IM_TOLERANCE, net->view->frame, keep);
    for (size_t i = 0; i < n; i++) {
        struct im_traced *t = im_alloc(net->arena, 1, sizeof *t);
        t->line = level->memory[arcs[i]];
        *slot_of(net, arcs[i]) = t;
        drop(net, arcs[i], &paths[i], keep[i]);
    }
}

/* ---- in degrees ----------------------------------------------------------- */

static bool is_speck(const struct im_net *net, const struct im_arc_info *a) {
    struct im_slope s;
    double lon = a->box.east - a->box.west, lat = a->box.north - a->box.south;
    return im_arc_is_ring(a) && im_thin_slope(net->view, im_box_window(a->box), &s) &&
           fabs(s.lon.x) * lon + fabs(s.lat.x) * lat < net->smallest &&
           fabs(s.lon.y) * lon + fabs(s.lat.y) * lat < net->smallest;
}

// Pass over vertices that lie closer than the step to the one before; ends stay.
static size_t stepped(const struct im_net *net, size_t arc, size_t n) {
    struct im_lonlat *v = net->scratch.v;
    const struct im_box *b = &net->level->arcs[arc].box;
    double lon = cos((b->south + b->north) / 2 * 0.017453292519943295);
    double least = net->step * net->step;
    size_t kept = 1;
    for (size_t i = 1; i + 1 < n; i++) {
        double dx = lon * (v[i].lon - v[kept - 1].lon), dy = v[i].lat - v[kept - 1].lat;
        if (dx * dx + dy * dy >= least) {
            v[kept++] = v[i];
        }
    }
    v[kept++] = v[n - 1];
    return kept;
}

// The vertices as they are in the file, until the next arc is asked for.
static struct im_line read_vertices(struct im_net *net, size_t arc) {
    struct im_scratch *s = &net->scratch;
    size_t n = im_shapes_vertices(net->level->lines, arc, s->v, s->cap);
    if (n > s->cap) {
        im_scratch_reserve(net->arena, s, n);
        n = im_shapes_vertices(net->level->lines, arc, s->v, s->cap);
    }
    bool fine = net->step <= 0 || n < 4 || is_hidden(net, arc);
    return (struct im_line){s->v, fine ? n : stepped(net, arc, n)};
}

// An arc that is a ring comes back to its first vertex.
static bool mark(struct im_net *net, const struct im_line *line, bool ring) {
    struct im_line part = {line->v, line->n - (ring ? 1 : 0)};
    net->scratch.keep[line->n - 1] = 1;
    return im_thin_marks(net->view, &part, ring, &net->scratch);
}

static struct im_line copied(struct im_arena *arena, const struct im_line *line) {
    struct im_line out = {im_alloc_raw(arena, line->n, sizeof *out.v), line->n};
    memcpy(out.v, line->v, line->n * sizeof *out.v);
    return out;
}

// The image of an arc that is as it should be.
static void place_arc(struct im_net *net, size_t arc, bool ring) {
    struct im_traced *t = *slot_of(net, arc);
    struct im_pt *pts = net->scratch.pts; // it held more before
    if (im_view_holds(net->view, net->level->arcs[arc].box) &&
        place(net, &t->line, im_view_image, pts)) {
        t->tiny = ring && is_tiny(net, pts, t->line.n);
        trace(net, t, pts);
    }
}

static void read_bundled(struct im_net *net, size_t arc) {
    struct im_traced *t = *slot_of(net, arc);
    const struct im_arc_info *a = &net->level->arcs[arc];
    bool ring = im_arc_is_ring(a);
    struct im_line line = {NULL, 0};
    if (net->view == NULL || !is_speck(net, a)) {
        line = read_vertices(net, arc);
    }
    if (line.n == 0 || (ring && line.n < 4)) {
        t->tiny = ring;
    } else if (net->view == NULL) {
        t->line = copied(net->arena, &line);
    } else if (is_fixed(net, arc, &line)) {
        t->line = copied(net->arena, &line);
        place_arc(net, arc, ring);
    } else if (mark(net, &line, ring)) {
        t->line = im_thin_marked(net->arena, &line, &net->scratch);
        place_arc(net, arc, ring);
    } else {
        t->line = copied(net->arena, &line);
        simplify(net, arc);
    }
}

static void read_arc(struct im_net *net, size_t arc) {
    if (net->level->memory == NULL) {
        read_bundled(net, arc);
        return;
    }
    (*slot_of(net, arc))->line = net->level->memory[arc];
    simplify(net, arc);
}

const struct im_traced *im_net_arc(struct im_net *net, size_t arc) {
    const struct im_arc_info *a = &net->level->arcs[arc];
    struct im_traced **slot = slot_of(net, arc), *t = *slot;
    if (t != NULL) {
        return t;
    }
    t = *slot = im_alloc(net->arena, 1, sizeof *t);
    // A chord over more than a quarter of the globe might go the other way round.
    if (net->in_view[arc] || a->box.east - a->box.west > 90) {
        read_arc(net, arc);
    } else {
        t->tiny = im_arc_is_ring(a);
    }
    if (t->line.n == 0) { // out of sight, or too small to be seen
        t->line = (struct im_line){im_alloc(net->arena, 2, sizeof *t->line.v), 2};
        t->line.v[0] = a->from;
        t->line.v[1] = a->to;
    }
    return t;
}
