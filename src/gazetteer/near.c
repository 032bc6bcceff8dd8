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
#include "gazetteer/near.h"
#include "base/utf8.h"
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    FOLD_WORK = 1 << 26,
    BLOCK_BITS = 7, /* code points of one script lie in few blocks of so many bits */
    MOST_LOOKED = 1 << 24 /* bytes of names compared for one query */
};

/* Letters of the layer in the blocks of code points that the query has letters of. */
static void choose_letters(struct gaz_search *s) {
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
    for (size_t i = 0; i + 4 <= known.n && s->letter_n < GAZ_TRIED_LETTERS; i += 4) {
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

/* The name of a key among those of a place: its whole key, and whether it is near. */
struct verdict {
    bool known, near;
    uint64_t key;
};

static bool judge(const struct gaz_search *s, uint64_t whole, const char *name,
                  size_t n, struct verdict *out) {
    uint64_t key = gaz_fold_key(name, n);
    if (key >> (GAZ_KEY_BITS - GAZ_WHOLE_BITS) != whole) {
        return false;
    }
    bool near = im_edit_distance(name, s->fold, s->most + 1) <= s->most;
    *out = (struct verdict){true, near, key};
    return true;
}

/* The same of what is left of a name without its generic word. */
static bool judge_stems(const struct gaz_search *s, uint64_t whole,
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

static bool judge_names(const struct gaz_search *s, uint64_t whole,
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
static bool read_texts(struct gaz_search *s, uint32_t record) {
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

static struct verdict judge_record(struct gaz_search *s, uint64_t whole,
                                   uint32_t record, struct im_buf *fold) {
    struct verdict v = {false, false, 0};
    if (read_texts(s, record) && !judge_names(s, whole, &s->texts, false, fold, &v)) {
        judge_names(s, whole, &s->texts, true, fold, &v);
    }
    return v;
}

/* Entries that agree in all bits that are kept, in the order of their whole keys: when
 * the first and the last have one name, all have it. */
static void take_alike(struct gaz_search *s, uint64_t whole,
                       const struct gaz_entries *e, struct im_buf *fold,
                       struct gaz_runs *out) {
    const struct gaz_entries *before = out->n > 0 ? &out->v[out->n - 1] : NULL;
    if (e->n == 1 && before && before->n == 1 &&
        gaz_entry(before, 0) == gaz_entry(e, 0)) {
        return; // another name of the place has told
    }
    struct verdict first = judge_record(s, whole, gaz_entry(e, 0), fold), last = first;
    if (e->n > 1) {
        last = judge_record(s, whole, gaz_entry(e, e->n - 1), fold);
    }
    if (first.known && last.known && first.key == last.key) {
        if (first.near) {
            IM_PUSH(s->arena, out->v, out->n, out->cap, *e);
        }
        return;
    }
    for (size_t i = 0; i < e->n; i++) {
        if (judge_record(s, whole, gaz_entry(e, i), fold).near) {
            struct gaz_entries one = {e->layer, e->by, e->first + i, 1};
            IM_PUSH(s->arena, out->v, out->n, out->cap, one);
        }
    }
}

/* Records of a whole name's key. */
static void take_whole(struct gaz_search *s, uint64_t whole,
                       const struct gaz_entries *e, struct im_buf *fold,
                       struct gaz_runs *out) {
    for (size_t i = 0, end; i < e->n; i = end) {
        for (end = i + 1; end < e->n && gaz_entry_key(e, end) == gaz_entry_key(e, i);
             end++) {
        }
        struct gaz_entries alike = {e->layer, e->by, e->first + i, end - i};
        take_alike(s, whole, &alike, fold, out);
    }
}

static uint64_t fold_key(uint64_t whole) {
    return whole << (GAZ_KEY_BITS - GAZ_WHOLE_BITS);
}

/* Some of them at once, as each look-up waits for memory four times. */
static void take_wholes(struct gaz_search *s, const uint64_t *wholes, size_t n,
                        struct im_buf *fold, struct gaz_runs *out) {
    struct gaz_entries e[GAZ_AT_ONCE];
    for (size_t i = 0; i < n; i++) {
        gaz_expect_bits(s->layer, GAZ_BY_FOLD, fold_key(wholes[i]));
    }
    for (size_t i = 0; i < n; i++) {
        e[i] =
            gaz_lookup_bits(s->layer, GAZ_BY_FOLD, fold_key(wholes[i]), GAZ_WHOLE_BITS);
        gaz_expect_entries(&e[i]);
    }
    for (size_t i = 0; i < n; i++) {
        if (e[i].n > 0) {
            gaz_expect_block(s->layer, gaz_entry(&e[i], 0));
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (e[i].n > 0) {
            gaz_expect_texts(s->layer, gaz_entry(&e[i], 0));
        }
    }
    for (size_t i = 0; i < n; i++) {
        take_whole(s, wholes[i], &e[i], fold, out);
    }
}

/* Each once, in order. */
static void sort_wholes(struct gaz_search *s) {
    size_t kept = 0;
    if (s->n > 0) {
        qsort(s->wholes, s->n, sizeof *s->wholes, by_number);
    }
    for (size_t i = 0; i < s->n; i++) {
        if (kept == 0 || s->wholes[i] != s->wholes[kept - 1]) {
            s->wholes[kept++] = s->wholes[i];
        }
    }
    s->n = kept;
}

void gaz_near(const struct gaz_layer *layer, struct im_arena *arena, const char *fold,
              unsigned most, struct gaz_runs *out) {
    struct gaz_search s = {
        .layer = layer, .arena = arena, .fold = fold, .most = most, .left = most};
    struct im_buf room;
    if (gaz_letters_of(fold, strlen(fold), &s.query) < 2 || most == 0 || most > 2) {
        return;
    }
    choose_letters(&s);
    gaz_probe(&s);
    sort_wholes(&s);
    im_buf_init(&room, arena, FOLD_WORK);
    for (size_t i = 0; i < s.n; i += GAZ_AT_ONCE) {
        take_wholes(&s, s.wholes + i, s.n - i < GAZ_AT_ONCE ? s.n - i : GAZ_AT_ONCE,
                    &room, out);
    }
}
