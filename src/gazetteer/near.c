/*
 * Names a slip of the pen away, by halves (halves.h). Of one edit, one half of the name
 * is spared; of two, the left half has at most one, or the right half none. Then:
 *
 * 1. halves   all strings that may be such a half of the name are looked up
 * 2. sketch   length and letters of the other half rule most names out
 * 3. whole    the rest are looked up by their key, read and compared
 *
 * (The pigeonhole principle: Navarro, A guided tour to approximate string matching, ACM
 * Computing Surveys 33, 2001, doi:10.1145/375360.375365. A transposition across the cut
 * touches both halves: it is undone first.) An exchanged letter is tried from the
 * letters of the layer that the query's scripts have.
 */
#include "base/utf8.h"
#include "gazetteer/halves.h"
#include "gazetteer/inside.h"
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    FOLD_WORK = 1 << 26,
    LETTERS = 48,   /* tried in exchange; the rarest of a script are not */
    BLOCK_BITS = 7, /* code points of one script lie in few blocks of so many bits */
    MOST_LOOKED = 1 << 24, /* bytes of names compared for one query */
    HALF_BYTES = 1100      /* 256 letters of four bytes, and some */
};

struct search {
    const struct gaz_layer *layer;
    struct im_arena *arena;
    const char *fold; /* the query */
    unsigned most;
    struct gaz_letters query; /* of the query, or of it with two letters transposed */
    unsigned left;            /* edits that are left of `most` for that form of it */
    char letter[LETTERS][5];  /* to try, NUL-terminated */
    size_t letter_n;
    uint64_t *wholes; /* candidates: keys of whole names */
    size_t n, cap;
    struct gaz_fields texts; /* of the record read last */
    uint32_t record;
    bool has_texts;
    size_t looked; /* bytes of names that were compared */
};

static unsigned bits(uint32_t v) {
    unsigned n = 0;
    for (; v; v &= v - 1) {
        n++;
    }
    return n;
}

/* What an entry says of its name's other half. */
struct other {
    struct gaz_sketch sketch;
    size_t n; /* letters */
};

/* May two texts of which these bits differ become alike by so many edits? An exchange
 * turns two bits, a letter more or less one. `more`: letters that the first has lost.
 */
static bool may_be(uint32_t differ, const struct other *it, const struct other *mine,
                   int more, unsigned edits) {
    size_t a = it->n + (more < 0), b = mine->n + (more > 0);
    size_t gap = a > b ? a - b : b - a;
    return gap <= edits && bits(differ) <= 2 * edits - gap;
}

/* May it become `mine` by so many edits? Where the letters at the ends differ, one edit
 * has been there: exchanged, added, lost or transposed. */
static bool may_become(const struct other *it, const struct other *mine,
                       unsigned edits) {
    uint32_t differ = it->sketch.letters ^ mine->sketch.letters;
    if (it->sketch.edge == mine->sketch.edge) {
        return may_be(differ, it, mine, 0, edits);
    }
    uint32_t its = gaz_class_bit(it->sketch.edge),
             my = gaz_class_bit(mine->sketch.edge);
    return edits > 0 && (may_be(differ, it, mine, 0, edits - 1) ||
                         may_be(differ ^ its ^ my, it, mine, 0, edits - 1) ||
                         may_be(differ ^ its, it, mine, 1, edits - 1) ||
                         may_be(differ ^ my, it, mine, -1, edits - 1));
}

/* Letters of the other half of a name that has this half, of `half` letters, and an odd
 * number of letters or not: of an odd one the left half has one more. */
static size_t other_length(enum gaz_side side, size_t half, bool odd) {
    return side == GAZ_LEFT ? half - odd : half + odd;
}

/* Names with this half: those whose other half may be `others` after `left` edits. */
static void probe(struct search *s, enum gaz_side side, const char *half, size_t n,
                  struct im_bytes others, size_t rest, unsigned left) {
    const struct gaz_sketch none = {0, 0};
    uint64_t key = gaz_half_key(gaz_half_hash(side, half, n), 0, none);
    struct gaz_entries e = gaz_lookup_bits(s->layer, GAZ_BY_HALF, key, GAZ_HALF_BITS);
    enum gaz_side far = side == GAZ_LEFT ? GAZ_RIGHT : GAZ_LEFT;
    if (e.n == 0) {
        return;
    }
    struct other mine = {gaz_sketch_of(far, others.data, others.n), rest};
    size_t letters = im_utf8_length(half, n);
    for (size_t i = 0; i < e.n; i++) {
        uint64_t k = gaz_entry_key(&e, i);
        struct other it;
        it.sketch.letters = (uint32_t)k & (((uint32_t)1 << GAZ_LETTER_BITS) - 1);
        it.sketch.edge = k >> GAZ_LETTER_BITS & (((unsigned)1 << GAZ_EDGE_BITS) - 1);
        it.n = other_length(side, letters, k >> (GAZ_LETTER_BITS + GAZ_EDGE_BITS) & 1);
        if (may_become(&it, &mine, left)) {
            IM_PUSH(s->arena, s->wholes, s->n, s->cap, (uint64_t)gaz_entry(&e, i));
        }
    }
}

static struct im_bytes part(const struct gaz_letters *l, size_t from, size_t to) {
    return (struct im_bytes){l->s + l->at[from], (size_t)(l->at[to] - l->at[from])};
}

/* The right half as it stands, for a name of `n` letters. */
static void probe_right(struct search *s, size_t n) {
    size_t half = n / 2, cut = s->query.n - half;
    if (half > 0 && half <= s->query.n) {
        struct im_bytes right = part(&s->query, cut, s->query.n);
        probe(s, GAZ_RIGHT, right.data, right.n, part(&s->query, 0, cut), cut, s->left);
    }
}

static void probe_left(struct search *s, struct im_bytes half, size_t cut,
                       unsigned left) {
    struct im_bytes rest = part(&s->query, cut, s->query.n);
    probe(s, GAZ_LEFT, half.data, half.n, rest, s->query.n - cut, left);
}

/* head + middle + tail as the left half; the rest of the query begins at `cut`. */
static void probe_joined(struct search *s, struct im_bytes head, struct im_bytes middle,
                         struct im_bytes tail, size_t cut) {
    char room[HALF_BYTES];
    memcpy(room, head.data, head.n);
    memcpy(room + head.n, middle.data, middle.n);
    memcpy(room + head.n + middle.n, tail.data, tail.n);
    probe_left(s, (struct im_bytes){room, head.n + middle.n + tail.n}, cut,
               s->left - 1);
}

/* All left halves of `half` letters that are one edit from the query's beginning. */
static void probe_edited(struct search *s, size_t half) {
    const struct gaz_letters *q = &s->query;
    const struct im_bytes none = {"", 0};
    for (size_t i = 0; i <= half; i++) {
        struct im_bytes head;
        if (i < half && half + 1 <= q->n) { // a letter too many in the query
            probe_joined(s, part(q, 0, i), none, part(q, i + 1, half + 1), half + 1);
        }
        if (i + 1 < half && half <= q->n) {
            char swapped[8];
            struct im_bytes a = part(q, i + 1, i + 2), b = part(q, i, i + 1);
            memcpy(swapped, a.data, a.n);
            memcpy(swapped + a.n, b.data, b.n);
            probe_joined(s, part(q, 0, i), (struct im_bytes){swapped, a.n + b.n},
                         part(q, i + 2, half), half);
        }
        for (size_t k = 0; k < s->letter_n; k++) {
            struct im_bytes letter = {s->letter[k], strlen(s->letter[k])};
            head = i <= q->n ? part(q, 0, i) : none;
            if (i < half && half <= q->n) {
                probe_joined(s, head, letter, part(q, i + 1, half), half);
            }
            if (i < half && half - 1 <= q->n) { // a letter too few
                probe_joined(s, head, letter, part(q, i, half - 1), half - 1);
            }
        }
    }
}

/* Halves of the query in hand with `left` edits. */
static void probe_halves(struct search *s) {
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
            probe_left(s, part(&s->query, 0, half), half, s->left);
        }
        if (s->left > 1) {
            probe_edited(s, half);
        }
    }
}

/* The query with the letters at and behind `at` transposed, one edit being used. */
static void probe_transposed(struct search *s, size_t at) {
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

/* Letters of the layer in the blocks of code points that the query has letters of. */
static void choose_letters(struct search *s) {
    struct im_bytes known = s->layer->section[GAZ_S_LETTERS];
    uint64_t blocks[4] = {1, 0, 0, 0}; // of the first 32,768 code points; ASCII always
    size_t bytes = strlen(s->fold);
    bool ascii = true;
    for (size_t i = 0, used; i < bytes; i += used) {
        uint32_t block = im_utf8_next(s->fold + i, bytes - i, &used) >> BLOCK_BITS;
        if (block < 256) {
            blocks[block / 64] |= (uint64_t)1 << block % 64;
        }
        ascii = ascii && block == 0;
    }
    if (ascii) {
        blocks[0] |= (uint64_t)1 << (0x259 >> BLOCK_BITS); // the schwa
    }
    for (size_t i = 0; i + 4 <= known.n && s->letter_n < LETTERS; i += 4) {
        uint32_t cp;
        memcpy(&cp, known.data + i, sizeof cp);
        uint32_t block = cp >> BLOCK_BITS;
        if (block < 256 && blocks[block / 64] >> block % 64 & 1 && cp != 0) {
            size_t n = im_utf8_put(s->letter[s->letter_n], cp);
            s->letter[s->letter_n++][n] = '\0';
        }
    }
}

static int by_number(const void *a, const void *b) {
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static int by_record(const void *a, const void *b) {
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* The name of a key among those of a place: its whole key, and whether it is near. */
struct verdict {
    bool known, near;
    uint64_t key;
};

static bool judge(const struct search *s, uint64_t whole, const char *name, size_t n,
                  struct verdict *out) {
    uint64_t key = gaz_fold_key(name, n);
    if (key >> (GAZ_KEY_BITS - GAZ_WHOLE_BITS) != whole) {
        return false;
    }
    bool near = im_edit_distance(name, s->fold, s->most + 1) <= s->most;
    *out = (struct verdict){true, near, key};
    return true;
}

/* The same of what is left of a name without its generic word. */
static bool judge_stems(const struct search *s, uint64_t whole,
                        const struct im_buf *fold, struct verdict *out) {
    struct gaz_generic generic;
    bool known = false;
    if (gaz_generic(fold->data, fold->len, &generic)) {
        for (size_t i = 0; i < generic.n && !known; i++) {
            known = judge(s, whole, generic.stem[i], strlen(generic.stem[i]), out);
        }
    }
    return known;
}

static bool judge_names(const struct search *s, uint64_t whole,
                        const struct gaz_fields *f, bool stems, struct im_buf *fold,
                        struct verdict *out) {
    const char *at = f->at[GAZ_NAMES], *end = at + f->n[GAZ_NAMES];
    struct gaz_alias alias = {.text = f->at[GAZ_NAME], .text_n = f->n[GAZ_NAME]};
    bool known;
    do {
        im_fold_to(fold, alias.text, alias.text_n);
        known = stems ? judge_stems(s, whole, fold, out)
                      : judge(s, whole, fold->data, fold->len, out);
    } while (!known && gaz_alias_next(&at, end, &alias));
    return known;
}

/* The texts of a record; those of the one in hand are not read again, as a place may
 * have thousands of names that are near. False when the search has looked at so much
 * that it must end. */
static bool read_texts(struct search *s, uint32_t record) {
    if (s->has_texts && s->record == record) {
        s->looked += s->texts.n[GAZ_NAMES];
        return s->looked < MOST_LOOKED;
    }
    s->record = record;
    s->has_texts =
        s->looked < MOST_LOOKED && gaz_read(s->layer, record, s->arena, &s->texts);
    s->looked += s->has_texts ? s->texts.n[GAZ_NAMES] : 0;
    return s->has_texts;
}

static struct verdict judge_record(struct search *s, uint64_t whole, uint32_t record,
                                   struct im_buf *fold) {
    struct verdict v = {false, false, 0};
    if (read_texts(s, record) && !judge_names(s, whole, &s->texts, false, fold, &v)) {
        judge_names(s, whole, &s->texts, true, fold, &v);
    }
    return v;
}

/* Entries that agree in all bits that are kept, in the order of their whole keys: when
 * the first and the last have one name, all have it. */
static void take_alike(struct search *s, uint64_t whole, const struct gaz_entries *e,
                       struct im_buf *fold, struct gaz_records *out) {
    if (e->n == 1 && out->n > 0 && out->v[out->n - 1] == gaz_entry(e, 0)) {
        return; // another name of the place has told
    }
    struct verdict first = judge_record(s, whole, gaz_entry(e, 0), fold), last = first;
    if (e->n > 1) {
        last = judge_record(s, whole, gaz_entry(e, e->n - 1), fold);
    }
    bool alike = first.known && last.known && first.key == last.key;
    for (size_t i = 0; i < e->n; i++) {
        uint32_t record = gaz_entry(e, i);
        if (alike ? first.near : judge_record(s, whole, record, fold).near) {
            IM_PUSH(s->arena, out->v, out->n, out->cap, record);
        }
    }
}

/* Records of a whole name's key. */
static void take_whole(struct search *s, uint64_t whole, struct im_buf *fold,
                       struct gaz_records *out) {
    uint64_t key = whole << (GAZ_KEY_BITS - GAZ_WHOLE_BITS);
    struct gaz_entries e = gaz_lookup_bits(s->layer, GAZ_BY_FOLD, key, GAZ_WHOLE_BITS);
    for (size_t i = 0, end; i < e.n; i = end) {
        for (end = i + 1; end < e.n && gaz_entry_key(&e, end) == gaz_entry_key(&e, i);
             end++) {
        }
        struct gaz_entries alike = {e.layer, e.by, e.first + i, end - i};
        take_alike(s, whole, &alike, fold, out);
    }
}

void gaz_near(const struct gaz_layer *layer, struct im_arena *arena, const char *fold,
              unsigned most, struct gaz_records *out) {
    struct search s = {
        .layer = layer, .arena = arena, .fold = fold, .most = most, .left = most};
    struct im_buf room;
    size_t kept = 0, first = out->n;
    if (gaz_letters_of(fold, strlen(fold), &s.query) < 2 || most == 0 || most > 2) {
        return;
    }
    choose_letters(&s);
    probe_halves(&s);
    size_t cut = gaz_left(s.query.n), from = cut > most + 1 ? cut - most - 1 : 0;
    for (size_t at = from; at + 1 < s.query.n && at <= cut + most; at++) {
        probe_transposed(&s, at);
    }
    im_buf_init(&room, arena, FOLD_WORK);
    if (s.n > 0) {
        qsort(s.wholes, s.n, sizeof *s.wholes, by_number);
    }
    for (size_t i = 0; i < s.n; i++) {
        if (i == 0 || s.wholes[i] != s.wholes[i - 1]) {
            take_whole(&s, s.wholes[i], &room, out);
        }
    }
    if (out->n > first) {
        qsort(out->v + first, out->n - first, sizeof *out->v, by_record);
    }
    for (size_t i = kept = first; i < out->n; i++) {
        if (kept == first || out->v[kept - 1] != out->v[i]) {
            out->v[kept++] = out->v[i];
        }
    }
    out->n = kept > first ? kept : first;
}
