/* Places that may be meant, before their names are compared: each once, the important
 * and near first, so many that comparing them takes a bounded time. */
#include "gazetteer/find.h"

#include <stdlib.h>
#include <string.h>

enum { HITS = 2048 };

/* Do hints put a less important place before another? */
static bool has_hints(const struct im_lookup *l) {
    return l->has_near || l->has_box || l->context_count > 0;
}

static bool open_record(struct gaz_query *q, const struct gaz_layer *layer,
                        size_t record, struct gaz_found *out) {
    struct gaz_record at;
    if (!gaz_record_at(layer, record, &at)) {
        return false;
    }
    struct gaz_record *kept = im_alloc(q->arena, 1, sizeof *kept);
    *kept = at;
    *out = (struct gaz_found){.layer = layer, .record = record, .at = kept};
    return true;
}

bool gaz_found_open(struct gaz_query *q, const struct gaz_layer *layer, size_t record,
                    struct gaz_found *out) {
    return open_record(q, layer, record, out) &&
           gaz_read(layer, record, q->arena, &out->fields);
}

/* A place of no country (a sea, a user's row without one) is outside of none. */
bool gaz_is_outside(const struct gaz_query *q, const struct gaz_record *r) {
    return q->country[0] != '\0' && r->country[0] != '\0' &&
           memcmp(q->country, r->country, 2) != 0;
}

static int by_quick(const void *a, const void *b) {
    const struct gaz_found *x = a, *y = b;
    if (x->quick > y->quick || x->quick < y->quick) {
        return x->quick > y->quick ? -1 : 1;
    }
    if (x->layer->rank != y->layer->rank) {
        return x->layer->rank > y->layer->rank ? -1 : 1;
    }
    return x->record < y->record ? -1 : x->record > y->record;
}

/* The best, each once: a record met twice has stood side by side in the order. */
static void keep_best(struct gaz_founds *hits) {
    size_t kept = 0;
    if (hits->n > 0) {
        qsort(hits->v, hits->n, sizeof *hits->v, by_quick);
    }
    for (size_t i = 0; i < hits->n && kept < GAZ_MOST_HITS; i++) {
        if (kept == 0 || by_quick(&hits->v[kept - 1], &hits->v[i]) != 0) {
            hits->v[kept++] = hits->v[i];
        }
    }
    hits->n = kept;
}

bool gaz_has_record(const struct gaz_founds *f, const struct gaz_layer *layer,
                    size_t record) {
    for (size_t i = 0; i < f->n; i++) {
        if (f->v[i].layer == layer && f->v[i].record == record) {
            return true;
        }
    }
    return false;
}

void gaz_add_hit(struct gaz_query *q, const struct gaz_layer *layer, size_t record,
                 struct gaz_founds *hits) {
    struct gaz_found f;
    if (!open_record(q, layer, record, &f)) {
        return;
    }
    if (hits->n == HITS) {
        keep_best(hits);
    }
    f.quick = gaz_importance(f.at) + gaz_nearness(q->lookup, gaz_at(f.at), 0) +
              (gaz_is_outside(q, f.at) ? 0 : 4) + (layer->rank > 0 ? 2 : 0);
    IM_PUSH(q->arena, hits->v, hits->n, hits->cap, f);
}

void gaz_add_hits(struct gaz_query *q, const struct gaz_entries *e, bool ordered,
                  struct gaz_founds *hits) {
    bool all = !ordered || has_hints(q->lookup);
    for (size_t i = 0, good = 0; i < e->n && (all || good < GAZ_MOST_HITS); i++) {
        size_t before = hits->n;
        gaz_add_hit(q, e->layer, gaz_entry(e, i), hits);
        good += hits->n > before && !gaz_is_outside(q, hits->v[hits->n - 1].at);
    }
}

void gaz_best_hits(struct gaz_query *q, struct gaz_founds *hits) {
    size_t kept = 0;
    keep_best(hits);
    for (size_t i = 0; i < hits->n; i++) {
        struct gaz_found *f = &hits->v[i];
        if (gaz_read(f->layer, f->record, q->arena, &f->fields)) {
            hits->v[kept++] = *f;
        }
    }
    hits->n = kept;
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
