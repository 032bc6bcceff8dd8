#include "geo/edges.h"
#include <stdlib.h>

static int compare_lonlat(struct im_lonlat a, struct im_lonlat b) {
    if (a.lon != b.lon) {
        return a.lon < b.lon ? -1 : 1;
    }
    return a.lat < b.lat ? -1 : a.lat > b.lat;
}

static int compare(const void *one, const void *two) {
    const struct im_edge *a = one, *b = two;
    int order = compare_lonlat(a->a, b->a);
    return order ? order : compare_lonlat(a->b, b->b);
}

void im_edges_add(struct im_arena *arena, const struct im_line *ring,
                  struct im_edges *edges) {
    for (size_t i = 0; i < ring->n; i++) {
        struct im_lonlat a = ring->v[i], b = ring->v[(i + 1) % ring->n];
        int order = compare_lonlat(a, b);
        if (order != 0) {
            struct im_edge e = {order < 0 ? a : b, order < 0 ? b : a, 1};
            IM_PUSH(arena, edges->v, edges->n, edges->cap, e);
        }
    }
}

void im_edges_unite(struct im_edges *edges) {
    if (edges->n == 0) {
        return;
    }
    qsort(edges->v, edges->n, sizeof *edges->v, compare);
    size_t n = 0;
    for (size_t i = 0; i < edges->n; i++) {
        if (n > 0 && compare(&edges->v[n - 1], &edges->v[i]) == 0) {
            edges->v[n - 1].count++;
        } else {
            edges->v[n++] = edges->v[i];
        }
    }
    edges->n = n;
}
