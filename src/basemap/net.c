/* Rings and lines of arcs. */
#include "basemap/geodata.h"
#include "geo/chain.h"
#include <math.h>

static const struct im_line *line_of(struct im_net *net, size_t arc) {
    return &im_net_arc(net, arc)->line;
}

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

// Can the run go around a place? Only its arcs' boxes are looked at.
static bool may_surround(const struct im_net *net, const struct im_arc *arcs,
                         const struct im_run *run, struct im_lonlat p) {
    double west = 360, east = -360, south = 90, north = -90;
    for (size_t i = 0; i < run->n; i++) {
        struct im_box b = net->level->arcs[arcs[run->arc[i]].id].box;
        double middle = im_lon_near((b.west + b.east) / 2, p.lon);
        west = fmin(west, middle - (b.east - b.west) / 2);
        east = fmax(east, middle + (b.east - b.west) / 2);
        south = fmin(south, b.south);
        north = fmax(north, b.north);
    }
    return west <= p.lon && p.lon <= east && south <= p.lat && p.lat <= north;
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
        const struct im_path *path = &im_net_arc(net, arcs[run->arc[i]].id)->page;
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
        if (!im_arc_is_ring(a) || !im_net_arc(net, arcs[i].arc)->tiny) {
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
    struct im_lonlat behind;
    bool disc = im_view_behind(net->view, &behind);
    im_chain_rings(net->arena, list, used, &runs);
    for (size_t r = 0; r < runs.n; r++) {
        struct im_path path;
        if ((disc && may_surround(net, list, &runs.v[r], behind)) ||
            !join_page(net, list, &runs.v[r], &path)) {
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
