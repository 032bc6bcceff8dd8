/* Places that may be meant, before their names are compared: each once, the important
 * and near first, so many that comparing them takes a bounded time. */
#include "gazetteer/find.h"

#include <string.h>

/* By so much what an index holds to be in order may not be. */
static const double ROUNDED = 2e-6;

/* Do hints put a less important place before another? */
static bool has_hints(const struct im_lookup *l) {
    return l->has_near || l->has_box || l->context_count > 0;
}

bool gaz_found_open(struct gaz_query *q, const struct gaz_layer *layer, size_t record,
                    struct gaz_found *out) {
    struct gaz_record at;
    if (!gaz_record_at(layer, record, &at)) {
        return false;
    }
    struct gaz_record *kept = im_alloc(q->arena, 1, sizeof *kept);
    *kept = at;
    *out = (struct gaz_found){.layer = layer, .record = record, .at = kept};
    return gaz_read(layer, record, q->arena, &out->fields);
}

/* A place of no country (a sea, a user's row without one) is outside of none. */
bool gaz_is_outside(const struct gaz_query *q, const struct gaz_record *r) {
    return q->country[0] != '\0' && r->country[0] != '\0' &&
           memcmp(q->country, r->country, 2) != 0;
}

/* Does `a` go before `b`, or behind, or are they one? */
static int by_quick(const struct gaz_hit *a, const struct gaz_hit *b) {
    if (a->quick > b->quick || a->quick < b->quick) {
        return a->quick > b->quick ? -1 : 1;
    }
    if (a->layer->rank != b->layer->rank) {
        return a->layer->rank > b->layer->rank ? -1 : 1;
    }
    return a->record < b->record ? -1 : a->record > b->record;
}

static bool is_full(const struct gaz_hits *hits) {
    return hits->n == GAZ_MOST_HITS;
}

static void insert(struct gaz_hits *hits, const struct gaz_hit *hit) {
    size_t low = 0, high = hits->n;
    if (is_full(hits) && by_quick(&hits->v[hits->n - 1], hit) < 0) {
        return;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_quick(&hits->v[middle], hit) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < hits->n && by_quick(&hits->v[low], hit) == 0) {
        return;
    }
    hits->n -= is_full(hits); // the last falls out
    memmove(hits->v + low + 1, hits->v + low, (hits->n - low) * sizeof *hits->v);
    hits->v[low] = *hit;
    hits->n++;
}

/* False when it cannot be read. */
static bool weigh(const struct gaz_query *q, const struct gaz_layer *layer,
                  size_t record, struct gaz_hit *out) {
    out->layer = layer;
    out->record = record;
    if (!gaz_record_at(layer, record, &out->at)) {
        return false;
    }
    out->quick = gaz_importance(&out->at) +
                 gaz_nearness(q->lookup, gaz_at(&out->at), 0) +
                 (gaz_is_outside(q, &out->at) ? 0 : 4) + (layer->rank > 0 ? 2 : 0);
    return true;
}

/* Some records at once, as each waits for memory. */
static void expect(const struct gaz_entries *e, size_t i) {
    enum { AT_ONCE = 16 };
    if (i % AT_ONCE == 0) {
        for (size_t k = i; k < e->n && k < i + AT_ONCE; k++) {
            gaz_expect_record(e->layer, gaz_entry(e, k));
        }
    }
}

void gaz_add_hits(const struct gaz_query *q, const struct gaz_entries *e, bool ordered,
                  struct gaz_hits *hits) {
    bool all = !ordered || has_hints(q->lookup);
    for (size_t i = 0, good = 0; i < e->n && (all || good < GAZ_MOST_HITS); i++) {
        struct gaz_hit hit;
        expect(e, i);
        if (weigh(q, e->layer, gaz_entry(e, i), &hit)) {
            insert(hits, &hit);
            good += !gaz_is_outside(q, &hit.at);
        }
    }
}

void gaz_add_alike(const struct gaz_query *q, const struct gaz_entries *e,
                   struct gaz_hits *hits) {
    bool all = has_hints(q->lookup), more = true;
    for (size_t i = 0; i < e->n && more; i++) {
        struct gaz_hit hit;
        expect(e, i);
        if (weigh(q, e->layer, gaz_entry(e, i), &hit)) {
            // those that follow are not above it, and outside still less
            more = all || !is_full(hits) || gaz_is_outside(q, &hit.at) ||
                   hit.quick + ROUNDED >= hits->v[hits->n - 1].quick;
            insert(hits, &hit);
        }
    }
}

struct gaz_founds gaz_open_hits(struct gaz_query *q, const struct gaz_hits *hits) {
    struct gaz_founds out = {NULL, 0, 0};
    out.v = im_alloc(q->arena, hits->n + 1, sizeof *out.v);
    out.cap = hits->n + 1;
    for (size_t i = 0; i < hits->n; i++) {
        gaz_expect_block(hits->v[i].layer, hits->v[i].record);
    }
    for (size_t i = 0; i < hits->n; i++) {
        gaz_expect_texts(hits->v[i].layer, hits->v[i].record);
    }
    for (size_t i = 0; i < hits->n; i++) {
        const struct gaz_hit *hit = &hits->v[i];
        struct gaz_found *f = &out.v[out.n];
        *f = (struct gaz_found){
            .layer = hit->layer, .record = hit->record, .at = &hit->at};
        out.n += gaz_read(f->layer, f->record, q->arena, &f->fields);
    }
    return out;
}

void gaz_keep_hit(struct gaz_query *q, struct gaz_found *f, struct gaz_founds *inside,
                  struct gaz_founds *outside) {
    struct gaz_founds *to = gaz_is_outside(q, f->at) ? outside : inside;
    if (!f->matched) {
        return;
    }
    f->outside = to == outside;
    for (size_t i = 0; i < to->n; i++) {
        struct gaz_found *known = &to->v[i];
        if (known->layer == f->layer && known->record == f->record) {
            // it fitted on a stronger tier, unless that was hardly to be believed
            *known = known->shortage > 0 && f->shortage <= 0 ? *f : *known;
            return;
        }
    }
    IM_PUSH(q->arena, to->v, to->n, to->cap, *f);
}
