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

struct near_arcs {
    size_t *v, n;
};

/* Arcs with a unit on either side whose key is wanted: a few of the world's. */
static struct near_arcs arcs_near(struct im_net *net, const int *key_of_unit,
                                  const bool *wanted, size_t units) {
    const struct im_level *level = net->level;
    bool *is_near = im_alloc(net->arena, level->n + sizeof(uint64_t), sizeof *is_near);
    size_t n = 0;
    for (size_t u = 0; u < units; u++) {
        size_t k = level->first_arc[u], end = level->first_arc[u + 1];
        for (; k < end && wanted[key_of_unit[u]]; k++) {
            n += !is_near[level->unit_arcs[k]];
            is_near[level->unit_arcs[k]] = true;
        }
    }
    struct near_arcs near = {im_alloc_raw(net->arena, n + 1, sizeof *near.v), 0};
    for (size_t i = 0; (i = im_next_set(is_near, i, level->n)) < level->n; i++) {
        near.v[near.n++] = i;
    }
    return near;
}

/* For every key (owner or unit) that is wanted, the arcs with it on one side only. */
static struct arc_list *sort_arcs(struct im_net *net, const struct near_arcs *near,
                                  const int *key_of_unit, const bool *wanted,
                                  size_t n) {
    struct arc_list *lists = im_alloc(net->arena, n + 1, sizeof *lists);
    for (size_t k = 0; k < near->n; k++) {
        size_t i = near->v[k];
        const struct im_arc_info *a = &net->level->arcs[i];
        int left = a->left >= 0 ? key_of_unit[a->left] : -1;
        int right = a->right >= 0 ? key_of_unit[a->right] : -1;
        if (left == right) {
            continue;
        }
        if (left >= 0 && wanted[left]) {
            push_arc(net->arena, &lists[left], i, false);
        }
        if (right >= 0 && wanted[right]) {
            push_arc(net->arena, &lists[right], i, true);
        }
    }
    return lists;
}

static bool *units_in_view(const struct im_basemap_request *rq, struct im_net *net) {
    size_t n = rq->geodata->unit_count;
    bool *seen = im_alloc(net->arena, n + 1, sizeof *seen);
    struct im_box cover = rq->view->cover;
    for (size_t i = 0; i < n; i++) {
        const struct im_box *b = &net->level->unit_box[i];
        bool near = b->south <= cover.north && b->north >= cover.south; // most are not
        seen[i] = near && b->west <= b->east && im_box_meets(*b, cover);
    }
    return seen;
}

#define OUTLYING 0.0015 /* share of its land below which an owner is outlying */
#define WIDEST 2e7      /* km2: no owner has more */

/* Are so many square points next to nothing of the owner's land? */
static bool is_outlying(const struct im_basemap_request *rq, const int *key, int owner,
                        double area_pt2) {
    double km = rq->view->ground_m_per_pt / 1000, seen = area_pt2 * km * km, whole = 0;
    for (size_t i = 0; seen < OUTLYING * WIDEST && i < rq->geodata->unit_count; i++) {
        whole += key[i] == owner ? im_unit_area_km2(rq->geodata, (int)i) : 0;
    }
    return seen < OUTLYING * whole;
}

/* Also returns the arcs of these owners' units. */
static struct near_arcs make_owners(const struct im_basemap_request *rq,
                                    struct im_net *net,
                                    const struct im_worldview *worldview,
                                    const bool *units, struct im_basemap *out) {
    const struct im_geodata *g = rq->geodata;
    bool *seen = im_alloc(net->arena, g->owner_count + 1, sizeof *seen);
    int *key = im_alloc(net->arena, g->unit_count + 1, sizeof *key);
    for (size_t i = 0; i < g->unit_count; i++) {
        key[i] = im_unit_owner(g, worldview, (int)i);
        seen[key[i]] = seen[key[i]] || units[i];
    }
    struct near_arcs near = arcs_near(net, key, seen, g->unit_count);
    struct arc_list *lists = sort_arcs(net, &near, key, seen, g->owner_count);
    out->grounds = im_alloc(net->arena, g->owner_count + 1, sizeof *out->grounds);
    for (size_t o = 0; o < g->owner_count; o++) {
        struct im_ground ground = {.owner = g->owners[o].code,
                                   .name = g->owners[o].name};
        ground.paths = fill(rq, net, &lists[o], &ground.area_pt2);
        if (ground.area_pt2 > 0) {
            ground.outlying = is_outlying(rq, key, (int)o, ground.area_pt2);
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
                           const struct im_worldview *worldview, bool *units,
                           const struct near_arcs *near, struct im_basemap *out) {
    const double least = 40;
    const struct im_geodata *g = rq->geodata;
    int *key = im_alloc(net->arena, g->unit_count + 1, sizeof *key);
    size_t n = 0;
    for (size_t i = 0; i < g->unit_count; i++) {
        key[i] = (int)i;
        units[i] = units[i] && unit_size(rq, i) >= least;
        n += units[i];
    }
    struct arc_list *lists = sort_arcs(net, near, key, units, g->unit_count);
    out->provinces = im_alloc(net->arena, n + 1, sizeof *out->provinces);
    for (size_t i = 0; i < g->unit_count; i++) {
        if (!units[i]) {
            continue;
        }
        const struct im_unit *u = &g->units[i];
        int owner = im_unit_owner(g, worldview, (int)i);
        struct im_province p = {im_unit_text(g, u->code),
                                im_unit_text(g, u->name),
                                g->owners[owner].code,
                                (long)u->id,
                                {0},
                                0};
        p.paths = fill(rq, net, &lists[i], &p.area_pt2);
        if (p.area_pt2 > 0) {
            out->provinces[out->province_count++] = p;
        }
    }
}

void im_make_grounds(const struct im_basemap_request *rq, struct im_net *net,
                     const struct im_worldview *worldview, struct im_basemap *out) {
    bool *units = units_in_view(rq, net);
    struct near_arcs near = make_owners(rq, net, worldview, units, out);
    if (!rq->locator) {
        make_provinces(rq, net, worldview, units, &near, out);
    }
}
