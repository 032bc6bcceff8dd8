/* The vertices of arcs as one map needs them, and rings made of them. */
#include "basemap/geodata.h"
#include "geo/box.h"
#include "geo/chain.h"
#include "geo/simplify.h"
#include "geo/together.h"
#include <math.h>

static const double TOLERANCE = 0.2; /* points that a simplified line may be off */
static const double SMALLEST = 0.4;  /* points; a ring below that is not drawn */

struct im_net im_net_new(struct im_arena *arena, struct im_level *level,
                         const struct im_view *view) {
    struct im_net net = {arena, level, view,
                         im_alloc(arena, level->n + 1, sizeof(struct im_traced *)),
                         im_alloc(arena, level->n + 1, sizeof *net.in_view)};
    for (size_t i = 0; i < level->n; i++) {
        const struct im_box *b = &level->arcs[i].box;
        // most lie north or south of the view: that is asked first
        net.in_view[i] = view == NULL || (b->south <= view->cover.north &&
                                          b->north >= view->cover.south &&
                                          im_box_meets(*b, view->cover));
    }
    return net;
}

static bool is_ring(const struct im_arc_info *a) {
    return a->from.lon == a->to.lon && a->from.lat == a->to.lat;
}

// On the page; false when some of it has no image.
static bool project(const struct im_net *net, const struct im_line *line, bool ring,
                    struct im_path *out) {
    out->n = line->n - (ring ? 1 : 0);
    out->closed = ring;
    out->v = im_alloc(net->arena, line->n, sizeof *out->v);
    for (size_t i = 0; i < line->n; i++) {
        if (!im_view_point(net->view, line->v[i], &out->v[i])) {
            return false;
        }
    }
    return true;
}

static bool is_tiny(const struct im_path *path) {
    double x0 = path->v[0].x, x1 = x0, y0 = path->v[0].y, y1 = y0;
    for (size_t i = 1; i < path->n; i++) {
        x0 = fmin(x0, path->v[i].x);
        x1 = fmax(x1, path->v[i].x);
        y0 = fmin(y0, path->v[i].y);
        y1 = fmax(y1, path->v[i].y);
    }
    return x1 - x0 < SMALLEST && y1 - y0 < SMALLEST;
}

// Does the arc run as it must? A seam's corners may fall together on the page.
static bool is_fixed(const struct im_net *net, size_t arc, const struct im_line *line) {
    return line->n < 3 ||
           im_arc_look(net->level, arc)->line_class[IM_UN] == IM_ARC_HIDDEN;
}

// Drop what is not marked, from the arc and from its image.
static void drop(struct im_net *net, size_t arc, struct im_path *path, char *keep) {
    size_t n = 0;
    struct im_traced *t = net->arc[arc];
    struct im_line *line = &t->line;
    keep[line->n - 1] = 1;
    for (size_t i = 0; i < line->n; i++) {
        if (keep[i]) {
            path->v[n] = path->v[i];
            line->v[n++] = line->v[i];
        }
    }
    line->n = n;
    if (im_view_holds(net->view, net->level->arcs[arc].box) &&
        !im_view_trace(net->view, net->arena, line, path->v, &t->page)) {
        t->page.n = 0;
    }
}

static void simplify(struct im_net *net, size_t arc) {
    struct im_path path;
    struct im_line *line = &net->arc[arc]->line;
    bool ring = is_ring(&net->level->arcs[arc]);
    if (is_fixed(net, arc, line) || !project(net, line, ring, &path)) {
        return;
    }
    net->arc[arc]->tiny = ring && is_tiny(&path);
    char *keep = im_alloc(net->arena, line->n, 1);
    im_simplify_marks(net->arena, &path, TOLERANCE, keep);
    drop(net, arc, &path, keep);
}

void im_net_settle(struct im_net *net) {
    const struct im_level *level = net->level;
    struct im_path *paths = im_alloc(net->arena, level->n + 1, sizeof *paths);
    size_t *arcs = im_alloc(net->arena, level->n + 1, sizeof *arcs), n = 0;
    char **keep = im_alloc(net->arena, level->n + 1, sizeof *keep);
    for (size_t i = 0; i < level->n; i++) {
        struct im_line *line = &level->memory[i];
        bool ring = is_ring(&level->arcs[i]);
        if (net->in_view[i] && !is_fixed(net, i, line) &&
            project(net, line, ring, &paths[n]) && !(ring && is_tiny(&paths[n]))) {
            keep[n] = im_alloc(net->arena, line->n, 1);
            arcs[n++] = i;
        }
    }
    im_simplify_together(net->arena, paths, n, TOLERANCE, net->view->frame, keep);
    for (size_t i = 0; i < n; i++) {
        net->arc[arcs[i]] = im_alloc(net->arena, 1, sizeof(struct im_traced));
        net->arc[arcs[i]]->line = level->memory[arcs[i]];
        drop(net, arcs[i], &paths[i], keep[i]);
    }
}

const struct im_traced *im_net_arc(struct im_net *net, size_t arc) {
    const struct im_arc_info *a = &net->level->arcs[arc];
    struct im_traced *t = net->arc[arc];
    if (t != NULL) {
        return t;
    }
    t = net->arc[arc] = im_alloc(net->arena, 1, sizeof *t);
    struct im_lines parts;
    // A chord over more than a quarter of the globe might go the other way round.
    bool needed = net->in_view[arc] || a->box.east - a->box.west > 90;
    const struct im_level *level = net->level;
    if (needed && level->memory != NULL) {
        parts.v = &level->memory[arc];
    }
    if (needed && (level->memory != NULL ||
                   im_shapes_read(level->lines, arc, net->arena, &parts))) {
        t->line = parts.v[0];
        if (net->view != NULL) {
            simplify(net, arc);
        }
        return t;
    }
    t->tiny = is_ring(a);
    t->line = (struct im_line){im_alloc(net->arena, 2, sizeof *t->line.v), 2};
    t->line.v[0] = a->from;
    t->line.v[1] = a->to;
    return t;
}

static const struct im_line *line_of(struct im_net *net, size_t arc) {
    return &im_net_arc(net, arc)->line;
}

/* ---- rings and lines ------------------------------------------------------ */

static bool walked_back(const struct im_arc *arcs, const struct im_run *run, size_t i) {
    return arcs[run->arc[i]].reverse != run->backward[i];
}

// The vertices of a run; the last one of a closed run is left out.
static struct im_line join(struct im_net *net, const struct im_arc *arcs,
                           const struct im_run *run) {
    size_t n = 1;
    for (size_t i = 0; i < run->n; i++) {
        n += line_of(net, arcs[run->arc[i]].id)->n;
    }
    struct im_line out = {im_alloc(net->arena, n, sizeof *out.v), 0};
    for (size_t i = 0; i < run->n; i++) {
        const struct im_line *line = line_of(net, arcs[run->arc[i]].id);
        bool back = walked_back(arcs, run, i), last = i + 1 == run->n && !run->closed;
        for (size_t k = 0; k + (last ? 0 : 1) < line->n; k++) {
            out.v[out.n++] = line->v[back ? line->n - 1 - k : k];
        }
    }
    return out;
}

// The same on the page; false when an arc is not wholly inside the view.
static bool join_page(struct im_net *net, const struct im_arc *arcs,
                      const struct im_run *run, struct im_path *out) {
    size_t n = 1;
    for (size_t i = 0; i < run->n; i++) {
        size_t on_page = im_net_arc(net, arcs[run->arc[i]].id)->page.n;
        if (on_page == 0) {
            return false;
        }
        n += on_page;
    }
    *out = (struct im_path){im_alloc(net->arena, n, sizeof *out->v), 0, run->closed};
    for (size_t i = 0; i < run->n; i++) {
        const struct im_path *path = &net->arc[arcs[run->arc[i]].id]->page;
        bool back = walked_back(arcs, run, i), last = i + 1 == run->n && !run->closed;
        for (size_t k = 0; k + (last ? 0 : 1) < path->n; k++) {
            out->v[out->n++] = path->v[back ? path->n - 1 - k : k];
        }
    }
    return true;
}

static struct im_arc *directed(struct im_net *net, const struct im_area_arc *arcs,
                               size_t n, size_t *used) {
    struct im_arc *list = im_alloc(net->arena, n + 1, sizeof *list);
    *used = 0;
    for (size_t i = 0; i < n; i++) {
        const struct im_arc_info *a = &net->level->arcs[arcs[i].arc];
        if (!is_ring(a) || !im_net_arc(net, arcs[i].arc)->tiny) {
            list[(*used)++] = (struct im_arc){arcs[i].backward ? a->to : a->from,
                                              arcs[i].backward ? a->from : a->to,
                                              arcs[i].arc, arcs[i].backward};
        }
    }
    return list;
}

void im_net_rings(struct im_net *net, const struct im_area_arc *arcs, size_t n,
                  struct im_lines *out) {
    struct im_runs runs = {NULL, 0, 0};
    size_t used;
    struct im_arc *list = directed(net, arcs, n, &used);
    im_chain_rings(net->arena, list, used, &runs);
    for (size_t r = 0; r < runs.n; r++) {
        struct im_line ring = join(net, list, &runs.v[r]);
        if (ring.n >= 3) {
            IM_PUSH(net->arena, out->v, out->n, out->cap, ring);
        }
    }
}

void im_net_fill(struct im_net *net, const struct im_area_arc *arcs, size_t n,
                 struct im_paths *out) {
    struct im_runs runs = {NULL, 0, 0};
    size_t used;
    struct im_arc *list = directed(net, arcs, n, &used);
    im_chain_rings(net->arena, list, used, &runs);
    for (size_t r = 0; r < runs.n; r++) {
        struct im_path path;
        if (!join_page(net, list, &runs.v[r], &path)) {
            struct im_line ring = join(net, list, &runs.v[r]);
            im_view_ring(net->view, net->arena, &ring, out);
        } else if (path.n >= 3) {
            path.closed = true;
            IM_PUSH(net->arena, out->v, out->n, out->cap, path);
        }
    }
}

void im_net_stroke(struct im_net *net, const size_t *arcs, size_t n,
                   struct im_paths *out) {
    struct im_arc *list = im_alloc(net->arena, n + 1, sizeof *list);
    struct im_runs runs = {NULL, 0, 0};
    for (size_t i = 0; i < n; i++) {
        const struct im_arc_info *a = &net->level->arcs[arcs[i]];
        list[i] = (struct im_arc){a->from, a->to, arcs[i], false};
    }
    im_chain_lines(net->arena, list, n, &runs);
    for (size_t r = 0; r < runs.n; r++) {
        struct im_path path;
        if (!join_page(net, list, &runs.v[r], &path)) {
            runs.v[r].closed = false; // it may be cut anywhere
            struct im_line line = join(net, list, &runs.v[r]);
            im_view_line(net->view, net->arena, &line, out);
        } else if (path.n >= 2) {
            IM_PUSH(net->arena, out->v, out->n, out->cap, path);
        }
    }
}
