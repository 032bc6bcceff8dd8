#include "gazetteer/halves.h"

#include "base/utf8.h"
#include "gazetteer/inside.h"

size_t gaz_letters_of(const char *fold, size_t bytes, struct gaz_letters *out) {
    out->s = fold;
    out->n = 0;
    if (bytes > UINT16_MAX) {
        return 0;
    }
    for (size_t i = 0; i < bytes; i++) {
        if (((unsigned char)fold[i] & 0xC0) == 0x80) {
            continue;
        }
        if (out->n == GAZ_MOST_LETTERS) {
            return out->n = 0;
        }
        out->at[out->n++] = (unsigned short)i;
    }
    out->at[out->n] = (unsigned short)bytes;
    return out->n;
}

uint64_t gaz_half_hash(enum gaz_side side, const char *s, size_t n) {
    return gaz_hash64(s, n) ^ (side == GAZ_RIGHT ? 0x5851F42D4C957F2Du : 0);
}

/* Letters that stand side by side in a script have different classes. */
static uint64_t class_of(uint32_t cp) {
    return cp & (((uint32_t)1 << GAZ_CLASS_BITS) - 1);
}

static size_t letter_before(const char *s, size_t end) {
    while (end > 0 && ((unsigned char)s[--end] & 0xC0) == 0x80) {
    }
    return end;
}

uint64_t gaz_sketch_of(enum gaz_side side, const char *s, size_t n) {
    uint64_t letters = 0;
    size_t from = 0, end = n, used;
    for (unsigned i = 0; i < GAZ_SKETCHED && from < end; i++) {
        size_t at = side == GAZ_LEFT ? from : letter_before(s, end);
        letters |= class_of(im_utf8_next(s + at, end - at, &used))
                   << (i * GAZ_CLASS_BITS);
        from = side == GAZ_LEFT ? from + used : from;
        end = side == GAZ_LEFT ? end : at;
    }
    return letters;
}

uint64_t gaz_half_key(uint64_t hash, size_t n, uint64_t others) {
    const unsigned kept = GAZ_OUTER * GAZ_CLASS_BITS;
    return hash >> (64 - GAZ_HALF_BITS) << GAZ_SKETCH_BITS | (uint64_t)(n & 1) << kept |
           (others & (((uint64_t)1 << kept) - 1));
}

static struct gaz_sketched without(struct gaz_sketched s, int letters) {
    return (struct gaz_sketched){s.letters >> letters * GAZ_CLASS_BITS,
                                 s.known - letters, s.n - letters};
}

/* Letters that agree at the beginning, `known` when all that are known do. */
static int alike(uint64_t a, uint64_t b, int known) {
    int same = a == b ? known : __builtin_ctzll(a ^ b) / GAZ_CLASS_BITS;
    return same < known ? same : known;
}

/* The letters that agree at the beginning are no edit; the first others are one of the
 * four kinds. */
bool gaz_may_become(struct gaz_sketched it, struct gaz_sketched mine, unsigned edits) {
    const uint64_t one = ((uint64_t)1 << GAZ_CLASS_BITS) - 1;
    int gap = it.n > mine.n ? it.n - mine.n : mine.n - it.n;
    if (gap > (int)edits) {
        return false;
    }
    int same = alike(it.letters, mine.letters, it.known);
    if (same == it.known || edits == 0) {
        return same == it.known;
    }
    it = without(it, same);
    mine = without(mine, same);
    uint64_t a = it.letters, b = mine.letters;
    bool swapped = it.known > 1 && (a & one) == (b >> GAZ_CLASS_BITS & one) &&
                   (b & one) == (a >> GAZ_CLASS_BITS & one);
    return gaz_may_become(without(it, 1), without(mine, 1), edits - 1) ||
           gaz_may_become(without(it, 1), mine, edits - 1) ||
           gaz_may_become(it, without(mine, 1), edits - 1) ||
           (swapped && gaz_may_become(without(it, 2), without(mine, 2), edits - 1));
}
