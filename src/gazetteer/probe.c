/* The halves that a name near to the query may have, looked up: steps 1 and 2 of
 * near.c.
 */
#include "base/utf8.h"
#include "gazetteer/near.h"

#include <string.h>

enum { HALF_BYTES = 1100 /* 256 letters of four bytes, and some */ };

/* Letters of the other half of a name that has this half, of `half` letters, and an odd
 * number of letters or not: of an odd one the left half has one more. */
static int other_length(enum gaz_side side, int half, bool odd) {
    return side == GAZ_LEFT ? half - odd : half + odd;
}

struct half {
    enum gaz_side side;
    struct im_bytes text;
    size_t letters;
};

/* The sketch of what stands beside a half; probes by the hundred have the same. */
static uint64_t sketch_of(struct gaz_search *s, enum gaz_side side,
                          struct im_bytes text) {
    if (s->sketched.data != text.data || s->sketched.n != text.n ||
        s->sketched_side != side) {
        s->sketched = text;
        s->sketched_side = side;
        s->sketch = gaz_sketch_of(side, text.data, text.n);
    }
    return s->sketch;
}

/* Names with this half whose other half may become that of the query. */
static void scan(struct gaz_search *s, const struct gaz_probe *p,
                 const struct gaz_entries *e) {
    const unsigned kept = GAZ_OUTER * GAZ_CLASS_BITS;
    struct gaz_run run = gaz_run_of(e);
    for (size_t i = 0; i < e->n; i++) {
        uint64_t word = gaz_run_word(&run, i), k = word >> run.number;
        int n = other_length(p->side, p->letters, k >> kept & 1);
        const struct gaz_sketched it = {k & (((uint64_t)1 << kept) - 1),
                                        n < GAZ_OUTER ? n : GAZ_OUTER, n};
        if (p->left < 2 && gaz_is_apart(it.letters, p->others.letters, it.known)) {
            continue; // most are
        }
        if (gaz_may_become(it, p->others, p->left)) {
            uint64_t whole = word & (((uint64_t)1 << run.number) - 1);
            IM_PUSH(s->arena, s->wholes, s->n, s->cap, whole);
        }
    }
}

/* Look up what waits. */
static void look_up(struct gaz_search *s) {
    struct gaz_entries e[GAZ_AT_ONCE];
    for (size_t i = 0; i < s->waiting_n; i++) {
        e[i] = gaz_lookup_bits(s->layer, GAZ_BY_HALF, s->waiting[i].key, GAZ_HALF_BITS);
        gaz_expect_entries(&e[i]);
    }
    for (size_t i = 0; i < s->waiting_n; i++) {
        scan(s, &s->waiting[i], &e[i]);
    }
    s->waiting_n = 0;
}

/* Names with this half: those whose other half may be `others`, of `rest` letters,
 * after `left` edits. */
static void probe(struct gaz_search *s, const struct half *h, struct im_bytes others,
                  size_t rest, unsigned left) {
    enum gaz_side far = h->side == GAZ_LEFT ? GAZ_RIGHT : GAZ_LEFT;
    if (s->waiting_n == GAZ_AT_ONCE) {
        look_up(s);
    }
    struct gaz_probe *p = &s->waiting[s->waiting_n++];
    uint64_t hash = gaz_half_hash(h->side, h->text.data, h->text.n);
    *p = (struct gaz_probe){gaz_half_key(hash, 0, 0),
                            h->side,
                            (int)h->letters,
                            {sketch_of(s, far, others), GAZ_SKETCHED, (int)rest},
                            left};
    gaz_expect_bits(s->layer, GAZ_BY_HALF, p->key);
}

static struct im_bytes part(const struct gaz_letters *l, size_t from, size_t to) {
    return (struct im_bytes){l->s + l->at[from], (size_t)(l->at[to] - l->at[from])};
}

/* The right half as it stands, for a name of `n` letters. */
static void probe_right(struct gaz_search *s, size_t n) {
    size_t half = n / 2, cut = s->query.n - half;
    if (half > 0 && half <= s->query.n) {
        struct half h = {GAZ_RIGHT, part(&s->query, cut, s->query.n), half};
        probe(s, &h, part(&s->query, 0, cut), cut, s->left);
    }
}

/* A left half of so many letters; the rest of the query begins at `cut`. */
static void probe_left(struct gaz_search *s, struct im_bytes text, size_t letters,
                       size_t cut, unsigned left) {
    struct half h = {GAZ_LEFT, text, letters};
    probe(s, &h, part(&s->query, cut, s->query.n), s->query.n - cut, left);
}

/* What a left half is put together of; the rest of the query begins at `cut`. */
struct pieces {
    struct im_bytes head, middle, tail;
    size_t cut;
};

static void probe_joined(struct gaz_search *s, size_t half, const struct pieces *p) {
    char room[HALF_BYTES];
    memcpy(room, p->head.data, p->head.n);
    memcpy(room + p->head.n, p->middle.data, p->middle.n);
    memcpy(room + p->head.n + p->middle.n, p->tail.data, p->tail.n);
    size_t n = p->head.n + p->middle.n + p->tail.n;
    probe_left(s, (struct im_bytes){room, n}, half, p->cut, s->left - 1);
}

/* Every letter in place of the one at i, or before it. */
static void probe_letters(struct gaz_search *s, size_t half, size_t i) {
    const struct gaz_letters *q = &s->query;
    struct im_bytes head = i <= q->n ? part(q, 0, i) : (struct im_bytes){"", 0};
    struct pieces other = {.head = head, .cut = half}, more = other;
    bool exchanged = half <= q->n, added = half - 1 <= q->n;
    if (exchanged) {
        other.tail = part(q, i + 1, half);
    }
    if (added) {
        more.tail = part(q, i, half - 1);
        more.cut = half - 1;
    }
    for (size_t k = 0; exchanged && k < s->letter_n; k++) {
        other.middle = (struct im_bytes){s->letter[k], strlen(s->letter[k])};
        probe_joined(s, half, &other);
    }
    for (size_t k = 0; added && k < s->letter_n; k++) {
        more.middle = (struct im_bytes){s->letter[k], strlen(s->letter[k])};
        probe_joined(s, half, &more);
    }
}

/* All left halves of `half` letters that are one edit from the query's beginning. */
static void probe_edited(struct gaz_search *s, size_t half) {
    const struct gaz_letters *q = &s->query;
    for (size_t i = 0; i < half; i++) {
        struct pieces p;
        if (half + 1 <= q->n) { // a letter too many in the query
            p = (struct pieces){
                part(q, 0, i), {"", 0}, part(q, i + 1, half + 1), half + 1};
            probe_joined(s, half, &p);
        }
        if (i + 1 < half && half <= q->n) {
            char swapped[8];
            struct im_bytes a = part(q, i + 1, i + 2), b = part(q, i, i + 1);
            memcpy(swapped, a.data, a.n);
            memcpy(swapped + a.n, b.data, b.n);
            p = (struct pieces){
                part(q, 0, i), {swapped, a.n + b.n}, part(q, i + 2, half), half};
            probe_joined(s, half, &p);
        }
        probe_letters(s, half, i);
    }
}

/* Halves of the query in hand with `left` edits. */
static void probe_halves(struct gaz_search *s) {
    size_t n = s->query.n, least = n > s->left ? n - s->left : 1;
    size_t before = 0;
    for (size_t m = least; m <= n + s->left; m++) {
        size_t half = gaz_left(m);
        probe_right(s, m);
        if (half == before) {
            continue;
        }
        before = half;
        if (half <= n) {
            probe_left(s, part(&s->query, 0, half), half, half, s->left);
        }
        if (s->left > 1) {
            probe_edited(s, half);
        }
    }
}

/* The query with the letters at and behind `at` transposed, one edit being used. */
static void probe_transposed(struct gaz_search *s, size_t at) {
    struct gaz_letters kept = s->query;
    unsigned left = s->left;
    size_t bytes = kept.at[kept.n], n = 0;
    char *text = im_alloc(s->arena, bytes + 1, 1);
    struct im_bytes parts[4] = {part(&kept, 0, at), part(&kept, at + 1, at + 2),
                                part(&kept, at, at + 1), part(&kept, at + 2, kept.n)};
    for (int i = 0; i < 4; i++) {
        memcpy(text + n, parts[i].data, parts[i].n);
        n += parts[i].n;
    }
    gaz_letters_of(text, bytes, &s->query);
    s->left--;
    probe_halves(s);
    s->query = kept;
    s->left = left;
}

void gaz_probe(struct gaz_search *s) {
    size_t cut = gaz_left(s->query.n), from = cut > s->most + 1 ? cut - s->most - 1 : 0;
    probe_halves(s);
    for (size_t at = from; at + 1 < s->query.n && at <= cut + s->most; at++) {
        probe_transposed(s, at);
    }
    look_up(s);
}
