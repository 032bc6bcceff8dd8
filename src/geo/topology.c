#include "geo/topology.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

static const uint32_t NONE = UINT32_MAX;

// A vertex of the net: its edges, two at most, and how many there are.
struct node {
    struct im_lonlat at;
    uint32_t edge[2];
    uint32_t next; /* in the chain of its cell */
    unsigned char degree;
    bool forced; /* arcs end here anyway */
};
struct edge {
    uint32_t a, b; /* a < b */
    uint32_t arc;
    uint32_t next;
};
// Vertices of a chain as nodes.
struct walk {
    uint32_t *v;
    size_t n;
};
struct builder {
    struct im_arena *arena;
    const struct im_topo_options *options;
    struct node *nodes;
    struct edge *edges;
    uint32_t node_count, edge_count;
    uint32_t *cell, *slot; /* heads of the chains of nodes and of edges */
    uint64_t mask;
    struct walk *walks;
    uint32_t *arc_first, *arc_second; /* first two nodes of an arc */
    size_t first_cap, second_cap, first_n, second_n;
};

static uint64_t mix(uint64_t a, uint64_t b) {
    uint64_t h = a * 0x9e3779b97f4a7c15u ^ (b + 0x7f4a7c15u) * 0xc2b2ae3d27d4eb4fu;
    return h ^ h >> 29;
}

/* ---- vertices ------------------------------------------------------------- */

static uint64_t cell_of(const struct builder *b, int64_t x, int64_t y) {
    return mix((uint64_t)x, (uint64_t)y) & b->mask;
}

static int64_t exact(double v) {
    int64_t bits;
    v += 0.0; // -0 is 0
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

static uint32_t find_in(const struct builder *b, uint64_t cell, struct im_lonlat p) {
    double t = b->options->tolerance;
    for (uint32_t i = b->cell[cell]; i != NONE; i = b->nodes[i].next) {
        if (fabs(b->nodes[i].at.lon - p.lon) <= t &&
            fabs(b->nodes[i].at.lat - p.lat) <= t) {
            return i;
        }
    }
    return NONE;
}

// Cells are twice as wide as the tolerance: what is near lies in one of four.
static uint32_t node_of(struct builder *b, struct im_lonlat p) {
    double width = 2 * b->options->tolerance;
    bool snaps = width > 0;
    double fx = snaps ? p.lon / width : 0, fy = snaps ? p.lat / width : 0;
    int64_t x = snaps ? (int64_t)floor(fx) : exact(p.lon);
    int64_t y = snaps ? (int64_t)floor(fy) : exact(p.lat);
    int dx = fx - floor(fx) < 0.5 ? -1 : 1, dy = fy - floor(fy) < 0.5 ? -1 : 1;
    uint64_t home = cell_of(b, x, y);
    uint32_t found = find_in(b, home, p);
    for (int k = 1; snaps && found == NONE && k < 4; k++) {
        found = find_in(b, cell_of(b, x + (k & 1 ? dx : 0), y + (k & 2 ? dy : 0)), p);
    }
    if (found != NONE) {
        return found;
    }
    b->nodes[b->node_count] = (struct node){p, {NONE, NONE}, b->cell[home], 0, false};
    b->cell[home] = b->node_count;
    return b->node_count++;
}

static void walk_chain(struct builder *b, const struct im_topo_chain *c,
                       struct walk *w) {
    w->v = im_alloc(b->arena, c->line.n + 1, sizeof *w->v);
    for (size_t i = 0; i < c->line.n; i++) {
        uint32_t v = node_of(b, c->line.v[i]);
        if (w->n == 0 || w->v[w->n - 1] != v) {
            w->v[w->n++] = v;
        }
    }
    while (c->ring && w->n > 1 && w->v[0] == w->v[w->n - 1]) {
        w->n--;
    }
    if (w->n < (c->ring ? 3U : 2U)) {
        w->n = 0;
    }
}

/* ---- edges ---------------------------------------------------------------- */

static uint32_t edge_of(const struct builder *b, uint32_t p, uint32_t q) {
    uint32_t low = p < q ? p : q, high = p < q ? q : p;
    uint32_t i = b->slot[mix(low, high) & b->mask];
    while (i != NONE && (b->edges[i].a != low || b->edges[i].b != high)) {
        i = b->edges[i].next;
    }
    return i;
}

static void touch(struct node *n, uint32_t edge) {
    if (n->degree < 2) {
        n->edge[n->degree] = edge;
    }
    n->degree = (unsigned char)(n->degree < 3 ? n->degree + 1 : 3);
}

static void add_edge(struct builder *b, uint32_t p, uint32_t q) {
    if (edge_of(b, p, q) != NONE) {
        return;
    }
    uint32_t low = p < q ? p : q, high = p < q ? q : p, i = b->edge_count++;
    uint32_t *head = &b->slot[mix(low, high) & b->mask];
    b->edges[i] = (struct edge){low, high, NONE, *head};
    *head = i;
    touch(&b->nodes[p], i);
    touch(&b->nodes[q], i);
}

// Arcs end also where a chain turns back on itself: others may go on from there.
static void add_edges(struct builder *b, const struct walk *w, bool ring) {
    for (size_t i = 0; i + (ring ? 0 : 1) < w->n; i++) {
        uint32_t at = w->v[(i + 1) % w->n];
        add_edge(b, w->v[i], at);
        if ((ring || i + 2 < w->n) && w->v[i] == w->v[(i + 2) % w->n]) {
            b->nodes[at].forced = true;
        }
    }
    if (!ring && w->n > 0) {
        b->nodes[w->v[0]].forced = b->nodes[w->v[w->n - 1]].forced = true;
    }
}

static bool is_seam(const struct builder *b, uint32_t edge) {
    const struct im_topo_options *o = b->options;
    struct im_lonlat p = b->nodes[b->edges[edge].a].at;
    struct im_lonlat q = b->nodes[b->edges[edge].b].at;
    return (p.lon <= o->west && q.lon <= o->west) ||
           (p.lon >= o->east && q.lon >= o->east) ||
           (p.lat <= o->south && q.lat <= o->south);
}

static bool ends_arc(const struct builder *b, uint32_t v) {
    const struct node *n = &b->nodes[v];
    return n->forced || n->degree != 2 ||
           is_seam(b, n->edge[0]) != is_seam(b, n->edge[1]);
}

/* ---- arcs ----------------------------------------------------------------- */

// Where to begin to walk a ring: at an end of an arc, else at its first-made vertex,
// the same in all rings that run along it.
static size_t start_of(struct builder *b, const struct walk *w) {
    size_t least = 0;
    for (size_t i = 0; i < w->n; i++) {
        if (ends_arc(b, w->v[i])) {
            return i;
        }
        least = w->v[i] < w->v[least] ? i : least;
    }
    b->nodes[w->v[least]].forced = true;
    return least;
}

static uint32_t new_arc(struct builder *b, const uint32_t *v, size_t n,
                        struct im_topology *out) {
    uint32_t arc = (uint32_t)out->n;
    struct im_topo_arc a = {
        {im_alloc(b->arena, n, sizeof *a.line.v), n}, -1, -1, -1, false};
    for (size_t i = 0; i < n; i++) {
        a.line.v[i] = b->nodes[v[i]].at;
        if (i > 0) {
            b->edges[edge_of(b, v[i - 1], v[i])].arc = arc;
        }
    }
    a.seam = is_seam(b, edge_of(b, v[0], v[1]));
    IM_PUSH(b->arena, out->arcs, out->n, out->cap, a);
    IM_PUSH(b->arena, b->arc_first, b->first_n, b->first_cap, v[0]);
    IM_PUSH(b->arena, b->arc_second, b->second_n, b->second_cap, v[1]);
    return arc;
}

// The chain goes along the nodes v[n], from one end of an arc to the next.
static void use_arc(struct builder *b, const struct im_topo_chain *c, const uint32_t *v,
                    size_t n, struct im_topology *out) {
    uint32_t arc = b->edges[edge_of(b, v[0], v[1])].arc;
    if (arc == NONE) {
        arc = new_arc(b, v, n, out);
    }
    struct im_topo_use use = {arc,
                              b->arc_first[arc] != v[0] || b->arc_second[arc] != v[1]};
    struct im_topo_arc *a = &out->arcs[arc];
    int *side = !c->ring ? &a->drawn : use.backward ? &a->left : &a->right;
    *side = *side < 0 ? c->source : *side;
    IM_PUSH(b->arena, out->uses, out->use_count, out->use_cap, use);
}

static void use_chain(struct builder *b, const struct im_topo_chain *c,
                      const struct walk *w, uint32_t *turned, struct im_topology *out) {
    if (w->n == 0) {
        return;
    }
    size_t start = c->ring ? start_of(b, w) : 0, n = w->n + (c->ring ? 1 : 0);
    for (size_t i = 0; i < n; i++) {
        turned[i] = w->v[(start + i) % w->n];
    }
    for (size_t from = 0, i = 1; i < n; i++) {
        if (i + 1 == n || ends_arc(b, turned[i])) {
            use_arc(b, c, turned + from, i - from + 1, out);
            from = i;
        }
    }
}

static struct builder start(struct im_arena *arena, const struct im_topo_chain *chains,
                            size_t n, const struct im_topo_options *options) {
    size_t vertices = 0, slots = 16;
    for (size_t i = 0; i < n; i++) {
        vertices += chains[i].line.n;
    }
    if (vertices > INT32_MAX) {
        im_arena_exhausted(arena);
    }
    while (slots < vertices + vertices / 2) {
        slots *= 2;
    }
    struct builder b = {.arena = arena, .options = options, .mask = slots - 1};
    b.nodes = im_alloc(arena, vertices + 1, sizeof *b.nodes);
    b.edges = im_alloc(arena, vertices + 1, sizeof *b.edges);
    b.cell = im_alloc(arena, slots, sizeof *b.cell);
    b.slot = im_alloc(arena, slots, sizeof *b.slot);
    b.walks = im_alloc(arena, n + 1, sizeof *b.walks);
    memset(b.cell, 0xff, slots * sizeof *b.cell);
    memset(b.slot, 0xff, slots * sizeof *b.slot);
    return b;
}

void im_topology_make(struct im_arena *arena, const struct im_topo_chain *chains,
                      size_t n, const struct im_topo_options *options,
                      struct im_topology *out) {
    struct builder b = start(arena, chains, n, options);
    size_t longest = 0;
    *out = (struct im_topology){.first_use = im_alloc(arena, n + 1, sizeof(size_t))};
    for (size_t i = 0; i < n; i++) {
        walk_chain(&b, &chains[i], &b.walks[i]);
        add_edges(&b, &b.walks[i], chains[i].ring);
        longest = longest > b.walks[i].n ? longest : b.walks[i].n;
    }
    uint32_t *turned = im_alloc(arena, longest + 2, sizeof *turned);
    for (size_t i = 0; i < n; i++) {
        out->first_use[i] = out->use_count;
        use_chain(&b, &chains[i], &b.walks[i], turned, out);
    }
    out->first_use[n] = out->use_count;
}
