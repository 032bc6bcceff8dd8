/* Edges that rings share, each once. */
#ifndef IM_GEO_EDGES_H
#define IM_GEO_EDGES_H

#include "geo/geo.h"

struct im_edge { /* `a` before `b`: by longitude, then latitude */
    struct im_lonlat a, b;
    size_t count; /* rings it was added from, after im_edges_unite */
};
struct im_edges {
    struct im_edge *v;
    size_t n, cap;
};

/* Append the edges of a ring; those without length are left out. */
void im_edges_add(struct im_arena *arena, const struct im_line *ring,
                  struct im_edges *edges);
/* Sort, and keep each edge (bit-identical ends, either direction) once with its count.
 */
void im_edges_unite(struct im_edges *edges);

#endif
