/*
 * Areas from lines. The polygons of an owner are the arcs that have it on exactly one
 * side, put together at their ends.
 */
#include "basemap/geodata.h"
#include "geo/box.h"
#include "geo/chain.h"
#include "geo/inside.h"
#include "geo/simplify.h"
#include <math.h>
#include <string.h>

void im_paths_thin(struct im_arena *arena, struct im_paths *paths) {
    size_t kept = 0;
    for (size_t i = 0; i < paths->n; i++) {
        struct im_path *p = &paths->v[i];
        if (p->n > 16) {
            im_simplify(arena, p, 0.15);
        }
        if (p->n >= (p->closed ? 3U : 2U)) {
            paths->v[kept++] = *p;
        }
    }
    paths->n = kept;
}

double im_paths_area(const struct im_paths *paths) {
    double sum = 0;
    for (size_t i = 0; i < paths->n; i++) {
        sum += im_path_area(&paths->v[i]);
    }
    return fabs(sum);
}

/* Vertices of one arc, or its two ends when nothing of it can be seen. */
static struct im_line arc_line(struct im_level *level, struct im_arena *arena, size_t i,
                               const struct im_box *cover) {
    const struct im_arc_info *a = &level->arcs[i];
    struct im_lines lines = {0};
    bool far = cover != NULL && a->box.east - a->box.west < 90.0 &&
               !im_box_meets(a->box, *cover);
    if (!far && im_shapes_read(level->lines, i, arena, &lines) && lines.n > 0) {
        return lines.v[0];
    }
    struct im_line chord = {im_alloc(arena, 2, sizeof *chord.v), 2};
    chord.v[0] = a->from;
    chord.v[1] = a->to;
    return chord;
}

/* Append a walked arc to a ring, without its last vertex. */
static void append(struct im_arena *arena, struct im_line *ring, size_t *cap,
                   const struct im_line *arc, bool backward) {
    for (size_t i = 0; i + 1 < arc->n; i++) {
        struct im_lonlat v = backward ? arc->v[arc->n - 1 - i] : arc->v[i];
        IM_PUSH(arena, ring->v, ring->n, *cap, v);
    }
}

void im_arcs_rings(struct im_level *level, struct im_arena *arena,
                   const struct im_area_arc *arcs, size_t n, const struct im_box *cover,
                   struct im_lines *out) {
    struct im_arc *list = im_alloc(arena, n + 1, sizeof *list);
    struct im_runs runs = {0};
    for (size_t i = 0; i < n; i++) {
        const struct im_arc_info *a = &level->arcs[arcs[i].arc];
        list[i] = (struct im_arc){arcs[i].backward ? a->to : a->from,
                                  arcs[i].backward ? a->from : a->to, arcs[i].arc,
                                  arcs[i].backward};
    }
    im_chain_rings(arena, list, n, &runs);
    for (size_t r = 0; r < runs.n; r++) {
        struct im_line ring = {NULL, 0};
        size_t cap = 0;
        for (size_t i = 0; i < runs.v[r].n; i++) {
            const struct im_arc *a = &list[runs.v[r].arc[i]];
            struct im_line line = arc_line(level, arena, a->id, cover);
            append(arena, &ring, &cap, &line, a->reverse);
        }
        if (ring.n >= 3) {
            IM_PUSH(arena, out->v, out->n, out->cap, ring);
        }
    }
}

struct arc_list {
    struct im_area_arc *v;
    size_t n, cap;
};

static void project_rings(struct im_arena *arena, const struct im_view *view,
                          const struct im_lines *rings, struct im_paths *out) {
    for (size_t i = 0; i < rings->n; i++) {
        im_view_ring(view, arena, &rings->v[i], out);
    }
    im_paths_thin(arena, out);
}

/* Owners with a unit in view. */
static bool *owners_in_view(const struct im_basemap_request *rq, struct im_arena *arena,
                            int worldview) {
    const struct im_geodata *g = rq->geodata;
    bool *seen = im_alloc(arena, g->owner_count + 1, sizeof *seen);
    for (size_t i = 0; i < g->unit_count; i++) {
        struct im_box b = g->units[i].box;
        b = (struct im_box){b.west - 0.1, b.south - 0.1, b.east + 0.1, b.north + 0.1};
        if (im_box_meets(b, rq->view->cover)) {
            seen[g->units[i].owner[worldview]] = true;
        }
    }
    return seen;
}

static void push_arc(struct im_arena *arena, struct arc_list *list, size_t arc,
                     bool backward) {
    struct im_area_arc a = {arc, backward};
    IM_PUSH(arena, list->v, list->n, list->cap, a);
}

/* For every key (owner or unit) in `wanted`, the arcs with it on one side only. */
static struct arc_list *sort_arcs(struct im_arena *arena, const struct im_level *level,
                                  const int *key_of_unit, const bool *wanted,
                                  size_t n) {
    struct arc_list *lists = im_alloc(arena, n + 1, sizeof *lists);
    for (size_t i = 0; i < level->n; i++) {
        const struct im_arc_info *a = &level->arcs[i];
        int left = a->left >= 0 ? key_of_unit[a->left] : -1;
        int right = a->right >= 0 ? key_of_unit[a->right] : -1;
        if (left == right) {
            continue;
        }
        if (left >= 0 && wanted[left]) {
            push_arc(arena, &lists[left], i, false);
        }
        if (right >= 0 && wanted[right]) {
            push_arc(arena, &lists[right], i, true);
        }
    }
    return lists;
}

static void make_owners(struct im_arena *arena, const struct im_basemap_request *rq,
                        struct im_level *level, int worldview, struct im_basemap *out) {
    const struct im_geodata *g = rq->geodata;
    bool *seen = owners_in_view(rq, arena, worldview);
    int *key = im_alloc(arena, g->unit_count + 1, sizeof *key);
    for (size_t i = 0; i < g->unit_count; i++) {
        key[i] = g->units[i].owner[worldview];
    }
    struct arc_list *lists = sort_arcs(arena, level, key, seen, g->owner_count);
    out->grounds = im_alloc(arena, g->owner_count + 1, sizeof *out->grounds);
    for (size_t o = 0; o < g->owner_count; o++) {
        struct im_lines rings = {0};
        struct im_ground ground = {g->owners[o].code, g->owners[o].name, {0}, 0};
        im_arcs_rings(level, arena, lists[o].v, lists[o].n, &rq->view->cover, &rings);
        project_rings(arena, rq->view, &rings, &ground.paths);
        ground.area_pt2 = im_paths_area(&ground.paths);
        if (ground.paths.n > 0) {
            out->grounds[out->ground_count++] = ground;
        }
    }
}

enum { MAX_PROVINCES = 120 };

/* Units in view, for their names; none when they are too many to be named. */
static void make_provinces(struct im_arena *arena, const struct im_basemap_request *rq,
                           struct im_level *level, int worldview,
                           struct im_basemap *out) {
    const struct im_geodata *g = rq->geodata;
    bool *seen = im_alloc(arena, g->unit_count + 1, sizeof *seen);
    int *key = im_alloc(arena, g->unit_count + 1, sizeof *key);
    size_t n = 0;
    for (size_t i = 0; i < g->unit_count; i++) {
        key[i] = (int)i;
        seen[i] = im_box_meets(g->units[i].box, rq->view->cover);
        n += seen[i];
    }
    if (n > MAX_PROVINCES) {
        return;
    }
    struct arc_list *lists = sort_arcs(arena, level, key, seen, g->unit_count);
    out->provinces = im_alloc(arena, n + 1, sizeof *out->provinces);
    for (size_t i = 0; i < g->unit_count; i++) {
        const struct im_unit *u = &g->units[i];
        struct im_lines rings = {0};
        struct im_province p = {u->code, u->name, g->owners[u->owner[worldview]].code,
                                u->id,   {0},     0};
        im_arcs_rings(level, arena, lists[i].v, lists[i].n, &rq->view->cover, &rings);
        project_rings(arena, rq->view, &rings, &p.paths);
        p.area_pt2 = im_paths_area(&p.paths);
        if (p.paths.n > 0) {
            out->provinces[out->province_count++] = p;
        }
    }
}

void im_make_grounds(struct im_arena *arena, const struct im_basemap_request *rq,
                     struct im_level *level, int worldview, struct im_basemap *out) {
    make_owners(arena, rq, level, worldview, out);
    make_provinces(arena, rq, level, worldview, out);
}
