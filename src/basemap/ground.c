/*
 * Areas from lines. The polygons of an owner are the arcs that have it on exactly one
 * side, put together at their ends.
 */
#include "basemap/geodata.h"
#include "geo/box.h"
#include "geo/clip.h"
#include "geo/inside.h"
#include "geo/simplify.h"
#include <math.h>
#include <string.h>

void im_paths_thin(struct im_arena *arena, struct im_paths *paths) {
    size_t kept = 0;
    for (size_t i = 0; i < paths->n; i++) {
        struct im_path *p = &paths->v[i];
        im_simplify(arena, p, 0.15);
        if (p->n >= (p->closed ? 3U : 2U)) {
            paths->v[kept++] = *p;
        }
    }
    paths->n = kept;
}

double im_paths_area(struct im_arena *arena, const struct im_paths *paths,
                     struct im_rect frame) {
    double sum = 0;
    for (size_t i = 0; i < paths->n; i++) {
        struct im_path seen = im_clip_path(arena, &paths->v[i], frame);
        sum += im_path_area(&seen);
    }
    return fabs(sum);
}

struct arc_list {
    struct im_area_arc *v;
    size_t n, cap;
};

static struct im_paths fill(const struct im_basemap_request *rq, struct im_net *net,
                            const struct arc_list *list, double *area_pt2) {
    struct im_paths paths = {NULL, 0, 0};
    if (list->n == 0) { // most units of the world
        return paths;
    }
    im_net_fill(net, list->v, list->n, &paths);
    *area_pt2 = im_paths_area(net->arena, &paths, rq->view->frame);
    return paths;
}

static void push_arc(struct im_arena *arena, struct arc_list *list, size_t arc,
                     bool backward) {
    struct im_area_arc a = {arc, backward};
    IM_PUSH(arena, list->v, list->n, list->cap, a);
}

struct indices {
    size_t *v, n;
};

/* Arcs with one of the units on either side: a few of the world's. */
static struct indices arcs_near(struct im_net *net, const struct indices *units) {
    const struct im_level *level = net->level;
    bool *is_near = im_alloc(net->arena, level->n + sizeof(uint64_t), sizeof *is_near);
    size_t n = 0;
    for (size_t i = 0; i < units->n; i++) {
        size_t u = units->v[i], end = level->first_arc[u + 1];
        for (size_t k = level->first_arc[u]; k < end; k++) {
            n += !is_near[level->unit_arcs[k]];
            is_near[level->unit_arcs[k]] = true;
        }
    }
    struct indices near = {im_alloc_raw(net->arena, n + 1, sizeof *near.v), 0};
    for (size_t i = 0; (i = im_next_set(is_near, i, level->n)) < level->n; i++) {
        near.v[near.n++] = i;
    }
    return near;
}

/* For each of n keys (of owners or units), the arcs with it on one side only; units
 * with the key -1 are not wanted. */
static struct arc_list *sort_arcs(struct im_net *net, const struct indices *near,
                                  const int *key_of_unit, size_t n) {
    struct arc_list *lists = im_alloc(net->arena, n + 1, sizeof *lists);
    for (size_t k = 0; k < near->n; k++) {
        size_t i = near->v[k];
        const struct im_arc_info *a = &net->level->arcs[i];
        int left = a->left >= 0 ? key_of_unit[a->left] : -1;
        int right = a->right >= 0 ? key_of_unit[a->right] : -1;
        if (left == right) {
            continue;
        }
        if (left >= 0) {
            push_arc(net->arena, &lists[left], i, false);
        }
        if (right >= 0) {
            push_arc(net->arena, &lists[right], i, true);
        }
    }
    return lists;
}

static struct indices units_in_view(const struct im_basemap_request *rq,
                                    struct im_net *net) {
    size_t n = rq->geodata->unit_count;
    struct indices seen = {im_alloc_raw(net->arena, n + 1, sizeof *seen.v), 0};
    struct im_window cover = im_box_window(rq->view->cover);
    for (size_t i = 0; i < n; i++) {
        const struct im_box *b = &net->level->unit_box[i];
        if (im_window_meets(im_box_window(*b), cover) && b->west <= b->east) {
            seen.v[seen.n++] = i;
        }
    }
    return seen;
}

#define OUTLYING 0.0015 /* share of its land below which an owner is outlying */
#define WIDEST 2e7      /* km2: no owner has more */

/* Are so many square points next to nothing of the owner's land? */
static bool is_outlying(const struct im_basemap_request *rq,
                        const struct indices *units, const int *key, int owner,
                        double area_pt2) {
    double km = rq->view->ground_m_per_pt / 1000, seen = area_pt2 * km * km, whole = 0;
    for (size_t i = 0; seen < OUTLYING * WIDEST && i < units->n; i++) {
        int unit = (int)units->v[i];
        whole += key[unit] == owner ? im_unit_area_km2(rq->geodata, unit) : 0;
    }
    return seen < OUTLYING * whole;
}

/* All units of the owners of those in view; key[of a unit]: its owner, or -1. */
static struct indices units_of_owners(const struct im_basemap_request *rq,
                                      struct im_net *net,
                                      const struct im_worldview *worldview,
                                      const struct indices *in_view, int *key) {
    const struct im_geodata *g = rq->geodata;
    bool *seen = im_alloc(net->arena, g->owner_count + 1, sizeof *seen);
    struct indices out = {im_alloc_raw(net->arena, g->unit_count + 1, sizeof *out.v),
                          0};
    for (size_t i = 0; i < in_view->n; i++) {
        seen[im_unit_owner(g, worldview, (int)in_view->v[i])] = true;
    }
    for (size_t i = 0; i < g->unit_count; i++) {
        int owner = im_unit_owner(g, worldview, (int)i);
        key[i] = seen[owner] ? owner : -1;
        out.v[out.n] = i;
        out.n += seen[owner];
    }
    return out;
}

/* Also returns the arcs of these owners' units. */
static struct indices make_owners(const struct im_basemap_request *rq,
                                  struct im_net *net,
                                  const struct im_worldview *worldview,
                                  const struct indices *in_view,
                                  struct im_basemap *out) {
    const struct im_geodata *g = rq->geodata;
    int *key = im_alloc_raw(net->arena, g->unit_count + 1, sizeof *key);
    struct indices units = units_of_owners(rq, net, worldview, in_view, key);
    struct indices near = arcs_near(net, &units);
    struct arc_list *lists = sort_arcs(net, &near, key, g->owner_count);
    out->grounds = im_alloc(net->arena, g->owner_count + 1, sizeof *out->grounds);
    for (size_t o = 0; o < g->owner_count; o++) {
        struct im_ground ground = {.owner = g->owners[o].code,
                                   .name = g->owners[o].name};
        ground.paths = fill(rq, net, &lists[o], &ground.area_pt2);
        if (ground.area_pt2 > 0) {
            ground.outlying = is_outlying(rq, &units, key, (int)o, ground.area_pt2);
            out->grounds[out->ground_count++] = ground;
        }
    }
    return near;
}

/* Side of a square as large as the unit, in points. */
static double unit_size(const struct im_basemap_request *rq, size_t unit) {
    return sqrt(im_unit_area_km2(rq->geodata, (int)unit)) * 1000 /
           rq->view->ground_m_per_pt;
}

/* Units in view that are large enough for a name. */
static void make_provinces(const struct im_basemap_request *rq, struct im_net *net,
                           const struct im_worldview *worldview,
                           const struct indices *in_view, const struct indices *near,
                           struct im_basemap *out) {
    const double least = 40;
    const struct im_geodata *g = rq->geodata;
    int *key = im_alloc_raw(net->arena, g->unit_count + 1, sizeof *key);
    memset(key, 0xff, g->unit_count * sizeof *key); // -1
    int n = 0;
    for (size_t i = 0; i < in_view->n; i++) {
        size_t unit = in_view->v[i];
        key[unit] = unit_size(rq, unit) >= least ? n++ : -1;
    }
    struct arc_list *lists = sort_arcs(net, near, key, (size_t)n);
    out->provinces = im_alloc(net->arena, (size_t)n + 1, sizeof *out->provinces);
    for (size_t i = 0; i < in_view->n; i++) {
        size_t unit = in_view->v[i];
        if (key[unit] < 0) {
            continue;
        }
        const struct im_unit *u = &g->units[unit];
        int owner = im_unit_owner(g, worldview, (int)unit);
        struct im_province p = {im_unit_text(g, u->code),
                                im_unit_text(g, u->name),
                                g->owners[owner].code,
                                (long)u->id,
                                {0},
                                0};
        p.paths = fill(rq, net, &lists[key[unit]], &p.area_pt2);
        if (p.area_pt2 > 0) {
            out->provinces[out->province_count++] = p;
        }
    }
}

void im_make_grounds(const struct im_basemap_request *rq, struct im_net *net,
                     const struct im_worldview *worldview, struct im_basemap *out) {
    struct indices in_view = units_in_view(rq, net);
    struct indices near = make_owners(rq, net, worldview, &in_view, out);
    if (!rq->locator) {
        make_provinces(rq, net, worldview, &in_view, &near, out);
    }
}
