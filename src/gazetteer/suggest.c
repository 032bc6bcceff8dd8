/*
 * Names near to one that nothing fits: places whose skeleton is one edit away, or two
 * when none is, by trying all edited skeletons in the index (Norvig's candidates;
 * bounded by the length of the name). Then the nearest by letters, the important first.
 * Only suggested, never an answer.
 */
#include "base/utf8.h"
#include "gazetteer/edits.h"
#include "gazetteer/find.h"
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = GAZ_LONGEST_EDITED, MOST = 200, FAR = 4, AT_ONCE = 64 };
static const char CLASSES[] = "abcdfhiklmnoprstuvz";

struct search {
    struct gaz_query *q;
    struct gaz_founds *out;
    struct gaz_edited *edited; /* the skeleton in hand */
    uint64_t waiting[AT_ONCE]; /* keys, in the order in which they are asked */
    size_t waiting_n;
};

static void add_suggestion(struct search *s, const struct gaz_layer *layer,
                           size_t record) {
    struct gaz_found f;
    for (size_t i = 0; i < s->out->n; i++) {
        if (s->out->v[i].layer == layer && s->out->v[i].record == record) {
            return;
        }
    }
    if (s->out->n < MOST && gaz_found_open(s->q, layer, record, &f)) {
        f.match = IM_MATCH_SPELLING;
        IM_PUSH(s->q->arena, s->out->v, s->out->n, s->out->cap, f);
    }
}

static void probe_key(struct search *s, uint64_t key) {
    for (size_t l = 0; l < s->q->gz->layer_count && s->out->n < MOST; l++) {
        const struct gaz_layer *layer = s->q->gz->layers[l];
        if (!gaz_may_have_sound(layer, key)) {
            continue;
        }
        struct gaz_entries e =
            gaz_lookup_bits(layer, GAZ_BY_SKELETON, key, GAZ_KEY_BITS);
        for (size_t i = 0; i < e.n && s->out->n < MOST; i++) {
            add_suggestion(s, layer, gaz_entry(&e, i));
        }
    }
}

static void probe_waiting(struct search *s) {
    for (size_t i = 0; i < s->waiting_n; i++) {
        probe_key(s, s->waiting[i]);
    }
    s->waiting_n = 0;
}

/* The skeleton in hand with its letters from `head` to `tail` exchanged. */
static void probe(struct search *s, size_t head, const char *between, size_t n,
                  size_t tail) {
    uint64_t key = gaz_edited_key(s->edited, head, between, n, tail);
    for (size_t l = 0; l < s->q->gz->layer_count; l++) {
        gaz_expect_sound(s->q->gz->layers[l], key);
    }
    s->waiting[s->waiting_n++] = key;
    if (s->waiting_n == AT_ONCE) {
        probe_waiting(s);
    }
}

/* Probe all strings one deletion, exchange, insertion or transposition from key. */
static void probe_edits(struct search *s, const char *key, size_t n) {
    gaz_edited_init(s->edited, key, n);
    for (size_t i = 0; i < n; i++) {
        probe(s, i, "", 0, i + 1);
        for (const char *c = CLASSES; *c; c++) {
            probe(s, i, c, 1, i + 1);
        }
        if (i + 1 < n) {
            const char swapped[2] = {key[i + 1], key[i]};
            probe(s, i, swapped, 2, i + 2);
        }
    }
    for (size_t i = 0; i <= n; i++) {
        for (const char *c = CLASSES; *c; c++) {
            probe(s, i, c, 1, i);
        }
    }
    probe_waiting(s);
}

/* Edits of the key, then of the key with one letter less. */
static void search_key(struct search *s, const char *key) {
    char shorter[LONGEST + 1];
    size_t n = strlen(key);
    if (n < 3 || n > LONGEST) {
        return;
    }
    // the same skeleton, but sounds too far to be an answer
    probe_key(s, gaz_sound_key(key, n));
    probe_edits(s, key, n);
    for (size_t i = 0; s->out->n == 0 && n > 4 && i < n; i++) {
        memcpy(shorter, key, i);
        memcpy(shorter + i, key + i + 1, n - i - 1);
        probe_edits(s, shorter, n - 1);
    }
}

/* Score by letters of the nearest name; false when even that is far. */
static bool measure(struct gaz_query *q, struct gaz_found *f) {
    const char *at = f->fields.at[GAZ_NAMES], *end = at + f->fields.n[GAZ_NAMES];
    struct gaz_alias alias = {.text = f->fields.at[GAZ_NAME],
                              .text_n = f->fields.n[GAZ_NAME]};
    size_t nearest = FAR;
    size_t length = im_utf8_length(q->form[0].fold, strlen(q->form[0].fold));
    do {
        im_fold_to(&q->fold, alias.text, alias.text_n);
        size_t d = im_edit_distance(q->fold.data, q->form[0].fold, FAR);
        if (d < nearest) {
            nearest = d;
            f->matched = im_strndup(q->arena, alias.text, alias.text_n);
            f->from = alias.from;
            f->to = alias.to;
        }
    } while (gaz_alias_next(&at, end, &alias));
    if (nearest >= FAR || 2 * nearest >= length) {
        return false;
    }
    f->score = 0.3 - 0.1 * (double)nearest / (double)FAR +
               0.02 * gaz_importance(f->at) - 0.05 * (double)(nearest > 1);
    f->reason =
        im_format(q->arena, "%zu letter%s off", nearest, nearest == 1 ? "" : "s");
    return true;
}

static int by_score(const void *a, const void *b) {
    const struct gaz_found *x = a, *y = b;
    if (x->score > y->score || x->score < y->score) {
        return x->score > y->score ? -1 : 1;
    }
    if (x->layer->rank != y->layer->rank) {
        return x->layer->rank > y->layer->rank ? -1 : 1;
    }
    return x->record < y->record ? -1 : x->record > y->record;
}

void gaz_suggest(struct gaz_query *q, struct gaz_founds *out) {
    struct search s = {.q = q, .out = out};
    size_t kept = 0;
    s.edited = im_alloc(q->arena, 1, sizeof *s.edited);
    for (size_t i = 0; i < q->forms; i++) {
        gaz_form_sounds(q, &q->form[i]);
        search_key(&s, q->form[i].key[0]);
    }
    for (size_t i = 0; i < out->n; i++) {
        if (measure(q, &out->v[i])) {
            out->v[i].outside = q->country[0] != '\0' &&
                                memcmp(q->country, out->v[i].at->country, 2) != 0;
            out->v[kept++] = out->v[i];
        }
    }
    out->n = kept;
    if (kept > 0) {
        qsort(out->v, kept, sizeof *out->v, by_score);
    }
}
