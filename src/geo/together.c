#include "geo/together.h"
#include "geo/simplify.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

static const double CELL = 4; /* points */
enum { ROUNDS = 12 };

// A simplified edge: vertices a and b of a path (b may be n, which is 0 again).
struct edge {
    size_t path, a, b;
};
struct entry {
    uint64_t cell;
    size_t edge;
};
struct work {
    struct im_arena *arena;
    const struct im_path *paths;
    char *const *keep;
    struct im_rect within;
    struct edge *edges;
    size_t edge_count, edge_cap;
    size_t cut; /* edges that leave out vertices; they come first */
    struct entry *entries;
    size_t entry_count, entry_cap;
};

static double turn(struct im_pt a, struct im_pt b, struct im_pt c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool im_edges_cross(struct im_pt a, struct im_pt b, struct im_pt c, struct im_pt d) {
    double c1 = turn(a, b, c), d1 = turn(a, b, d);
    if (!((c1 > 0 && d1 < 0) || (c1 < 0 && d1 > 0))) {
        return false;
    }
    double a1 = turn(c, d, a), b1 = turn(c, d, b);
    return (a1 > 0 && b1 < 0) || (a1 < 0 && b1 > 0);
}

static struct im_pt start_of(const struct work *w, const struct edge *e) {
    return w->paths[e->path].v[e->a];
}

static struct im_pt end_of(const struct work *w, const struct edge *e) {
    const struct im_path *p = &w->paths[e->path];
    return p->v[e->b % p->n];
}

// Those that leave out vertices, or all others.
static void list_edges(struct work *w, size_t n, bool cut) {
    for (size_t i = 0; i < n; i++) {
        const struct im_path *p = &w->paths[i];
        size_t last = 0;
        for (size_t k = 1; k < p->n + (p->closed ? 1U : 0U); k++) {
            if (k == p->n || w->keep[i][k]) {
                struct edge e = {i, last, k};
                if (cut == (k > last + 1)) {
                    IM_PUSH(w->arena, w->edges, w->edge_count, w->edge_cap, e);
                }
                last = k;
            }
        }
    }
}

static double clamp(double v, double low, double high) {
    return fmin(high, fmax(low, v));
}

// Enter an edge into the cells that it goes through, column by column.
static void enter(struct work *w, size_t which) {
    const struct im_rect *f = &w->within;
    struct im_pt a = start_of(w, &w->edges[which]), b = end_of(w, &w->edges[which]);
    if (a.x > b.x) {
        struct im_pt swap = a;
        a = b;
        b = swap;
    }
    double x0 = clamp(a.x, f->x, f->x + f->w), x1 = clamp(b.x, f->x, f->x + f->w);
    if (b.x < f->x || a.x > f->x + f->w || fmax(a.y, b.y) < f->y ||
        fmin(a.y, b.y) > f->y + f->h) {
        return;
    }
    double slope = b.x > a.x ? (b.y - a.y) / (b.x - a.x) : 0;
    for (double column = floor((x0 - f->x) / CELL); column <= floor((x1 - f->x) / CELL);
         column++) {
        double left = clamp(f->x + column * CELL, a.x, b.x);
        double right = clamp(f->x + (column + 1) * CELL, a.x, b.x);
        double y0 = b.x > a.x ? a.y + slope * (left - a.x) : a.y;
        double y1 = b.x > a.x ? a.y + slope * (right - a.x) : b.y;
        double top = clamp(fmin(y0, y1) - 0.01, f->y, f->y + f->h);
        double bottom = clamp(fmax(y0, y1) + 0.01, f->y, f->y + f->h);
        for (double row = floor((top - f->y) / CELL);
             row <= floor((bottom - f->y) / CELL); row++) {
            struct entry e = {(uint64_t)column << 32 | (uint64_t)row, which};
            IM_PUSH(w->arena, w->entries, w->entry_count, w->entry_cap, e);
        }
    }
}

static int by_cell(const void *one, const void *two) {
    const struct entry *a = one, *b = two;
    if (a->cell != b->cell) {
        return a->cell < b->cell ? -1 : 1;
    }
    return (a->edge > b->edge) - (a->edge < b->edge);
}

// Bring back the vertex that an edge leaves farthest aside; false: it leaves none.
static bool refine(struct work *w, const struct edge *e) {
    const struct im_path *p = &w->paths[e->path];
    struct im_pt a = start_of(w, e), b = end_of(w, e);
    size_t best = e->a;
    double most = -1, length = hypot(b.x - a.x, b.y - a.y);
    for (size_t k = e->a + 1; k < e->b; k++) {
        double off = length > 0 ? fabs(turn(a, b, p->v[k]))
                                : hypot(p->v[k].x - a.x, p->v[k].y - a.y);
        if (off > most) {
            most = off;
            best = k;
        }
    }
    bool fresh = best != e->a && !w->keep[e->path][best];
    if (best != e->a) {
        w->keep[e->path][best] = 1;
    }
    return fresh;
}

// One look at all pairs that share a cell, but those of edges that are both as in the
// input; whether any vertex came back.
static bool untangle(struct work *w, size_t n) {
    bool changed = false;
    w->entry_count = w->edge_count = 0;
    list_edges(w, n, true);
    w->cut = w->edge_count;
    list_edges(w, n, false);
    for (size_t i = 0; i < w->edge_count; i++) {
        enter(w, i);
    }
    if (w->entry_count > 0) {
        qsort(w->entries, w->entry_count, sizeof *w->entries, by_cell);
    }
    for (size_t i = 0; i < w->entry_count; i++) {
        const struct edge *e = &w->edges[w->entries[i].edge];
        for (size_t k = i + 1; w->entries[i].edge < w->cut && k < w->entry_count &&
                               w->entries[k].cell == w->entries[i].cell;
             k++) {
            const struct edge *o = &w->edges[w->entries[k].edge];
            if (im_edges_cross(start_of(w, e), end_of(w, e), start_of(w, o),
                               end_of(w, o))) {
                bool one = refine(w, e), two = refine(w, o);
                changed = changed || one || two;
            }
        }
    }
    return changed;
}

void im_simplify_together(struct im_arena *arena, const struct im_path *paths, size_t n,
                          double tolerance, struct im_rect within, char *const *keep) {
    struct work w = {.arena = arena, .paths = paths, .keep = keep, .within = within};
    for (size_t i = 0; i < n; i++) {
        im_simplify_marks(&paths[i], tolerance, keep[i]);
    }
    for (int round = 0; round < ROUNDS && untangle(&w, n); round++) {
    }
}
