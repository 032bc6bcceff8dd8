#include "geo/chain.h"
#include <stdlib.h>

// An end of an arc: 2 * arc for its start, 2 * arc + 1 for its end.
struct end {
    struct im_lonlat at;
    size_t end;
};
struct net {
    const struct im_arc *arcs;
    size_t *index; /* of the caller's arcs: of those that are no rings by themselves */
    struct end *ends; /* sorted by place, then arc */
    size_t *rank;     /* position of an end in `ends` */
    char *used;       /* of an arc */
    size_t n;
};

static int compare(const void *a, const void *b) {
    const struct end *p = a, *q = b;
    if (p->at.lon != q->at.lon) {
        return p->at.lon < q->at.lon ? -1 : 1;
    }
    if (p->at.lat != q->at.lat) {
        return p->at.lat < q->at.lat ? -1 : 1;
    }
    return (p->end > q->end) - (p->end < q->end);
}

// Most nets are of a few arcs: those are put in order where they stand.
static void sort_ends(struct end *v, size_t n) {
    enum { FEW = 24 };
    if (n > FEW) {
        qsort(v, n, sizeof *v, compare);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        struct end own = v[i];
        size_t at = i;
        for (; at > 0 && compare(&v[at - 1], &own) > 0; at--) {
            v[at] = v[at - 1];
        }
        v[at] = own;
    }
}

static bool same_place(const struct end *a, const struct end *b) {
    return a->at.lon == b->at.lon && a->at.lat == b->at.lat;
}

// Arcs that are rings by themselves need no sorting: most islands are.
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
    size_t *index = im_alloc(arena, count + 1, sizeof *index);
    size_t n = take_closed(arena, arcs, count, index, out);
    struct net net = {arcs,
                      index,
                      im_alloc(arena, 2 * n + 1, sizeof *net.ends),
                      im_alloc(arena, 2 * n + 1, sizeof *net.rank),
                      im_alloc(arena, n + 1, 1),
                      n};
    for (size_t i = 0; i < n; i++) {
        net.ends[2 * i] = (struct end){arcs[index[i]].from, 2 * i};
        net.ends[2 * i + 1] = (struct end){arcs[index[i]].to, 2 * i + 1};
    }
    sort_ends(net.ends, 2 * n);
    for (size_t i = 0; i < 2 * n; i++) {
        net.rank[net.ends[i].end] = i;
    }
    return net;
}

static size_t node_first(const struct net *net, size_t rank) {
    while (rank > 0 && same_place(&net->ends[rank - 1], &net->ends[rank])) {
        rank--;
    }
    return rank;
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

// The first unused arc that starts where `arc` ends; net->n when there is none.
static size_t next_out(const struct net *net, size_t arc) {
    size_t here = net->rank[2 * arc + 1];
    for (size_t i = node_first(net, here);
         i < 2 * net->n && same_place(&net->ends[i], &net->ends[here]); i++) {
        size_t e = net->ends[i].end;
        if (e % 2 == 0 && !net->used[e / 2]) {
            return e / 2;
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
    size_t first = node_first(net, net->rank[end]), count = 0, other = 2 * net->n;
    for (size_t i = first;
         i < 2 * net->n && same_place(&net->ends[i], &net->ends[first]); i++) {
        count++;
        other = net->ends[i].end != end ? net->ends[i].end : other;
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
