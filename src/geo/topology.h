/*
 * Rings and lines as a net of arcs, each edge once: what two rings share is one arc, so
 * that it can be simplified once and stroked once (the arcs of TopoJSON, Bostock 2012).
 */
#ifndef IM_GEO_TOPOLOGY_H
#define IM_GEO_TOPOLOGY_H

#include "geo/geo.h"

/* What goes in. Rings repeat no vertex and have their inside on the right hand. */
struct im_topo_chain {
    struct im_line line;
    bool ring;
    int source; /* the caller's number of what it belongs to, >= 0 */
};

struct im_topo_arc {
    struct im_line line; /* 2 vertices or more; a ring by itself repeats its first */
    int left, right;     /* source of the first ring that has its inside there; -1 */
    int drawn;           /* source of the first line along it; -1 */
    bool seam;           /* runs along the edge of the data: see the options */
};
struct im_topo_use {
    size_t arc;
    bool backward;
};
struct im_topology {
    struct im_topo_arc *arcs;
    size_t n, cap;
    struct im_topo_use *uses; /* of all chains, one after the other */
    size_t use_count, use_cap;
    size_t *first_use; /* chain i has uses first_use[i] .. first_use[i + 1] - 1 */
};

struct im_topo_options {
    double tolerance; /* degrees; vertices that near become one. 0: exact */
    double west, east,
        south; /* edges there (or beyond) are seams, e.g. -180, 180, -90 */
};

/*
 * Arcs end where three edges meet, where a line ends or a chain turns back, and where a
 * seam begins; vertices within the tolerance of an earlier one become that one. Chains
 * that shrink to nothing have no uses. More than 2^31 vertices are given up as
 * exhausted memory.
 */
void im_topology_make(struct im_arena *arena, const struct im_topo_chain *chains,
                      size_t n, const struct im_topo_options *options,
                      struct im_topology *out);

#endif
