/* Arcs that meet at bit-identical end points, put together to rings and long lines. */
#ifndef IM_GEO_CHAIN_H
#define IM_GEO_CHAIN_H

#include "geo/geo.h"

struct im_arc {
    struct im_lonlat from, to; /* ends, in the direction of use */
    size_t id;                 /* the caller's */
    bool reverse;              /* the caller's: walk the arc's vertices backwards */
};

/* Runs of arcs, each an index into the array given, in walking order. */
struct im_run {
    size_t *arc;
    bool *backward; /* im_chain_lines: this arc is walked to -> from */
    size_t n;
    bool closed;
};
struct im_runs {
    struct im_run *v;
    size_t n, cap;
};

/*
 * Directed arcs to rings: each arc is used once, from -> to, in the order given. Where
 * several leave a node, the first not yet used is taken: filled by even-odd or winding,
 * any choice gives the same area. Arcs that close no ring come out as runs with closed
 * false.
 */
void im_chain_rings(struct im_arena *arena, const struct im_arc *arcs, size_t n,
                    struct im_runs *out);

/* Undirected arcs to lines as long as possible: joined where exactly two of them meet.
 */
void im_chain_lines(struct im_arena *arena, const struct im_arc *arcs, size_t n,
                    struct im_runs *out);

#endif
