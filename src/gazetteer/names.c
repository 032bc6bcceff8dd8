/* The entries of one name: its folding, its halves, its sounds in all readings; the
 * same of what is left of it without its generic word. */
#include "gazetteer/batch.h"
#include "gazetteer/halves.h"
#include "base/utf8.h"
#include "text/text.h"

#include <string.h>

enum { RECENT = 8 };

/* One of the last few entries of the row in hand? */
static bool is_recent(const struct gaz_batch *b, enum gaz_by by, uint64_t entry,
                      unsigned char lead) {
    size_t n = b->count[by];
    for (size_t i = 0; i < RECENT && i < n; i++) {
        if (b->entries[by][n - 1 - i] == entry &&
            (by != GAZ_BY_HALF || b->lead[n - 1 - i] == lead)) {
            return true;
        }
    }
    return false;
}

static void push(struct gaz_batch *b, enum gaz_by by, uint64_t entry) {
    if (!is_recent(b, by, entry, 0)) {
        IM_PUSH(b->arena, b->entries[by], b->count[by], b->room[by], entry);
    }
}

/* An entry of a half has more bits than a word: the leading eight stand beside it. */
static void push_half(struct gaz_batch *b, uint64_t key, uint64_t whole) {
    const unsigned below = GAZ_HALF_BITS + GAZ_SKETCH_BITS - 8;
    uint64_t entry = key << GAZ_WHOLE_BITS | whole;
    unsigned char lead = (unsigned char)(key >> below);
    if (!is_recent(b, GAZ_BY_HALF, entry, lead)) {
        IM_PUSH(b->arena, b->entries[GAZ_BY_HALF], b->count[GAZ_BY_HALF],
                b->room[GAZ_BY_HALF], entry);
        IM_PUSH(b->arena, b->lead, b->lead_n, b->lead_room, lead);
    }
}

void gaz_batch_entry(struct gaz_batch *b, enum gaz_by by, uint64_t key) {
    push(b, by, key << GAZ_NUMBER_BITS | (uint64_t)b->n);
}

static void count_letters(struct gaz_batch *b, const char *s, size_t n) {
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t cp = im_utf8_next(s + i, n - i, &used);
        if (cp < GAZ_COUNTED_LETTERS && b->letters[cp] < UINT32_MAX) {
            b->letters[cp]++;
        }
    }
}

static void add_halves(struct gaz_batch *b, const char *fold, size_t n, uint64_t key) {
    struct gaz_letters letters;
    if (gaz_letters_of(fold, n, &letters) < 2) {
        return;
    }
    uint64_t whole = key >> (GAZ_KEY_BITS - GAZ_WHOLE_BITS);
    size_t cut = letters.at[gaz_left(letters.n)];
    uint64_t left = gaz_half_hash(GAZ_LEFT, fold, cut);
    uint64_t right = gaz_half_hash(GAZ_RIGHT, fold + cut, n - cut);
    uint64_t one =
        gaz_half_key(left, letters.n, gaz_sketch_of(GAZ_RIGHT, fold + cut, n - cut));
    uint64_t other = gaz_half_key(right, letters.n, gaz_sketch_of(GAZ_LEFT, fold, cut));
    push_half(b, one, whole);
    push_half(b, other, whole);
    count_letters(b, fold, n);
}

static void add_fold(struct gaz_batch *b, const char *fold, size_t n) {
    uint64_t key = gaz_fold_key(fold, n);
    if (n > 0) {
        gaz_batch_entry(b, GAZ_BY_FOLD, key);
        add_halves(b, fold, n, key);
    }
}

static void add_sounds(struct gaz_batch *b, const char *name, size_t n) {
    unsigned readings = im_readings(name, n);
    for (unsigned i = 0; i < readings; i++) {
        gaz_skeleton_key(&b->key, name, n, i);
        if (b->key.len > 0) {
            gaz_batch_entry(b, GAZ_BY_SKELETON, gaz_sound_key(b->key.data, b->key.len));
        }
    }
}

void gaz_batch_name(struct gaz_batch *b, const char *name, size_t n) {
    struct gaz_generic generic;
    im_fold_to(&b->fold, name, n);
    add_fold(b, b->fold.data, b->fold.len);
    add_sounds(b, name, n);
    b->names++;
    if (!gaz_generic(b->fold.data, b->fold.len, &generic)) {
        return;
    }
    for (size_t i = 0; i < generic.n; i++) {
        const char *stem = generic.stem[i];
        add_fold(b, stem, strlen(stem));
        add_sounds(b, stem, strlen(stem));
    }
}
