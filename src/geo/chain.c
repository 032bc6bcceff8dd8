#include "geo/chain.h"
#include <stdint.h>
#include <string.h>

/* Ends of arcs by place. End 2 * i is the start of arc i, 2 * i + 1 its end. */
struct net {
    const struct im_arc *arcs;
    size_t *index;  /* of the caller's arcs: of those that are no rings by themselves */
    size_t n;       /* of these */
    uint32_t *node; /* place in `first` of an end */
    uint32_t *first; /* 1 + the first end at a place, 0: none; a hash table */
    uint32_t *next;  /* 1 + the next end at the same place as an end, ascending */
    unsigned shift;  /* 64 - log2 of the size of `first` */
    char *used;      /* of an arc */
};

static struct im_lonlat place_of(const struct net *net, size_t end) {
    const struct im_arc *a = &net->arcs[net->index[end / 2]];
    return end % 2 == 0 ? a->from : a->to;
}

// Fibonacci hashing, of both coordinates in turn: places on a grid share their low
// bits.
static uint64_t hash_of(struct im_lonlat p) {
    const uint64_t golden = 0x9e3779b97f4a7c15u;
    uint64_t a, b;
    double lon = p.lon + 0.0, lat = p.lat + 0.0; // one zero, not two
    memcpy(&a, &lon, sizeof a);
    memcpy(&b, &lat, sizeof b);
    a *= golden;
    return ((a ^ a >> 32) + b) * golden;
}

// Where ends at p are listed.
static uint32_t node_at(const struct net *net, struct im_lonlat p) {
    uint64_t mask = UINT64_MAX >> net->shift, h = hash_of(p) >> net->shift;
    for (; net->first[h] != 0; h = (h + 1) & mask) {
        struct im_lonlat q = place_of(net, net->first[h] - 1);
        if (q.lon == p.lon && q.lat == p.lat) {
            break;
        }
    }
    return (uint32_t)h;
}

// Arcs that are rings by themselves need no table: most islands are.
static size_t take_closed(struct im_arena *arena, const struct im_arc *arcs, size_t n,
                          size_t *open, struct im_runs *out) {
    size_t left = 0;
    for (size_t i = 0; i < n; i++) {
        if (arcs[i].from.lon != arcs[i].to.lon || arcs[i].from.lat != arcs[i].to.lat) {
            open[left++] = i;
            continue;
        }
        struct im_run run = {im_alloc(arena, 1, sizeof *run.arc),
                             im_alloc(arena, 1, sizeof *run.backward), 1, true};
        run.arc[0] = i;
        IM_PUSH(arena, out->v, out->n, out->cap, run);
    }
    return left;
}

static struct net build(struct im_arena *arena, const struct im_arc *arcs, size_t count,
                        struct im_runs *out) {
    struct net net = {.arcs = arcs, .shift = 64 - 3};
    net.index = im_alloc_raw(arena, count + 1, sizeof *net.index);
    net.n = take_closed(arena, arcs, count, net.index, out);
    while (UINT64_MAX >> net.shift < 4 * net.n) { // half empty
        net.shift--;
    }
    net.node = im_alloc_raw(arena, 2 * net.n + 1, sizeof *net.node);
    net.next = im_alloc_raw(arena, 2 * net.n + 1, sizeof *net.next);
    net.first = im_alloc(arena, (UINT64_MAX >> net.shift) + 1, sizeof *net.first);
    net.used = im_alloc(arena, net.n + 1, 1);
    for (size_t end = 2 * net.n; end-- > 0;) {
        uint32_t node = node_at(&net, place_of(&net, end));
        net.node[end] = node;
        net.next[end] = net.first[node];
        net.first[node] = (uint32_t)end + 1;
    }
    return net;
}

static void add(struct im_arena *arena, struct im_run *run, size_t *cap, size_t arc,
                bool backward) {
    if (run->n == *cap) {
        size_t more = *cap ? 2 * *cap : 8;
        run->arc = im_grow(arena, run->arc, run->n, more, sizeof *run->arc);
        run->backward = im_grow(arena, run->backward, run->n, more, sizeof(bool));
        *cap = more;
    }
    run->arc[run->n] = arc;
    run->backward[run->n++] = backward;
}

/* ---- rings ---------------------------------------------------------------- */

// The first unused arc that starts where `arc` ends; net->n when there is none. Ends
// before it are wanted no more, and leave the list: thousands may be at one place.
static size_t next_out(const struct net *net, size_t arc) {
    uint32_t *first = &net->first[net->node[2 * arc + 1]];
    for (; *first != 0; *first = net->next[*first - 1]) {
        size_t end = *first - 1;
        if (end % 2 == 0 && !net->used[end / 2]) {
            return end / 2;
        }
    }
    return net->n;
}

void im_chain_rings(struct im_arena *arena, const struct im_arc *arcs, size_t n,
                    struct im_runs *out) {
    struct net net = build(arena, arcs, n, out);
    for (size_t i = 0; i < net.n; i++) {
        if (net.used[i]) {
            continue;
        }
        struct im_run run = {NULL, NULL, 0, false};
        size_t cap = 0, at = i;
        while (at < net.n) {
            net.used[at] = 1;
            add(arena, &run, &cap, net.index[at], false);
            at = next_out(&net, at);
        }
        struct im_lonlat start = arcs[run.arc[0]].from,
                         end = arcs[run.arc[run.n - 1]].to;
        run.closed = end.lon == start.lon && end.lat == start.lat;
        IM_PUSH(arena, out->v, out->n, out->cap, run);
    }
}

/* ---- lines ---------------------------------------------------------------- */

// The other end at a node where exactly two meet; 2n when it is a junction or an end.
static size_t partner(const struct net *net, size_t end) {
    size_t count = 0, other = 2 * net->n;
    uint32_t at = net->first[net->node[end]];
    for (; at != 0 && count < 3; at = net->next[at - 1]) {
        count++;
        other = at - 1 != end ? at - 1 : other;
    }
    return count == 2 ? other : 2 * net->n;
}

// Walk from an end of an arc as far as it goes, without using anything: the last end.
static size_t walk_back(const struct net *net, size_t start) {
    size_t end = start;
    for (size_t steps = 0; steps <= net->n; steps++) {
        size_t other = partner(net, end);
        if (other == 2 * net->n) {
            return end;
        }
        end = other ^ 1;
        if (end == start) {
            return start; // a closed line
        }
    }
    return end;
}

void im_chain_lines(struct im_arena *arena, const struct im_arc *arcs, size_t n,
                    struct im_runs *out) {
    struct net net = build(arena, arcs, n, out);
    for (size_t i = 0; i < net.n; i++) {
        if (net.used[i]) {
            continue;
        }
        struct im_run run = {NULL, NULL, 0, false};
        size_t cap = 0, end = walk_back(&net, 2 * i), start = end;
        while (end < 2 * net.n && !net.used[end / 2]) {
            net.used[end / 2] = 1;
            add(arena, &run, &cap, net.index[end / 2], end % 2 == 1);
            end = partner(&net, end ^ 1);
        }
        run.closed = end == start;
        IM_PUSH(arena, out->v, out->n, out->cap, run);
    }
}
