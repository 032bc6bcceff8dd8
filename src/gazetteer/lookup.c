/* Entries of an index by the bits of their keys. */
#include "gazetteer/inside.h"

#include <string.h>

static uint32_t directory(const struct gaz_layer *layer, enum gaz_by by,
                          uint64_t slot) {
    const struct gaz_bits *b = &layer->index[by];
    uint32_t at;
    memcpy(&at, layer->section[GAZ_S_DIRECTORY + by].data + slot * sizeof at,
           sizeof at);
    return at < b->count ? at : b->count;
}

static uint64_t word(const struct gaz_layer *layer, enum gaz_by by, size_t i) {
    const struct gaz_bits *b = &layer->index[by];
    uint64_t v = 0;
    // eight bytes more stand behind the last entry
    memcpy(&v, layer->section[GAZ_S_ENTRIES + by].data + i * b->width, sizeof v);
    return b->width < 8 ? v & (((uint64_t)1 << 8 * b->width) - 1) : v;
}

uint64_t gaz_entry_key(const struct gaz_entries *e, size_t i) {
    return word(e->layer, e->by, e->first + i) >> e->layer->index[e->by].number;
}

uint32_t gaz_entry(const struct gaz_entries *e, size_t i) {
    unsigned bits = e->layer->index[e->by].number;
    return (uint32_t)(word(e->layer, e->by, e->first + i) &
                      (((uint64_t)1 << bits) - 1));
}

/* First of n entries, from `low` on, whose key bits, without the last `drop`, are not
 * below `key`. */
static size_t lower(const struct gaz_run *run, size_t low, size_t n, uint64_t key,
                    unsigned drop) {
    const unsigned shift = run->number + drop;
    size_t high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (gaz_run_word(run, middle) >> shift < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void gaz_expect_bits(const struct gaz_layer *layer, enum gaz_by by, uint64_t key) {
    uint64_t slot = key >> (gaz_key_bits(by) - layer->index[by].directory);
    __builtin_prefetch(layer->section[GAZ_S_DIRECTORY + by].data +
                       slot * sizeof(uint32_t));
}

void gaz_expect_entries(const struct gaz_entries *e) {
    if (e->n > 0) {
        __builtin_prefetch(gaz_run_of(e).at);
    }
}

static struct gaz_entries of_slots(const struct gaz_layer *layer, enum gaz_by by,
                                   uint64_t first, uint64_t last) {
    const int table = GAZ_S_DIRECTORY + (int)by;
    const uint64_t slot = sizeof(uint32_t), width = layer->index[by].width;
    size_t from = 0, to = 0;
    bool one = first == last; // its beginning and end stand side by side
    if (gaz_intact(layer, table, first * slot, one ? 2 * slot : slot) &&
        (one || gaz_intact(layer, table, (last + 1) * slot, slot))) {
        from = directory(layer, by, first);
        to = directory(layer, by, last + 1);
    }
    // with the last entry come bytes that are read and not used
    if (to <= from || !gaz_intact(layer, GAZ_S_ENTRIES + (int)by, from * width,
                                  (to - from) * width)) {
        return (struct gaz_entries){layer, by, from, 0};
    }
    return (struct gaz_entries){layer, by, from, to - from};
}

struct gaz_entries gaz_lookup_bits(const struct gaz_layer *layer, enum gaz_by by,
                                   uint64_t key, unsigned bits) {
    const struct gaz_bits *b = &layer->index[by];
    uint64_t slot = key >> (gaz_key_bits(by) - b->directory);
    if (bits <= b->directory) {
        uint64_t more = ((uint64_t)1 << (b->directory - bits)) - 1;
        return of_slots(layer, by, slot & ~more, slot | more);
    }
    struct gaz_entries e = of_slots(layer, by, slot, slot);
    unsigned known = bits - b->directory; // of the key's bits in an entry
    known = known < b->key ? known : b->key;
    uint64_t want =
        key >> (gaz_key_bits(by) - b->directory - known) & (((uint64_t)1 << known) - 1);
    const struct gaz_run run = gaz_run_of(&e);
    size_t from = lower(&run, 0, e.n, want, b->key - known), to = from;
    if (from < e.n &&
        gaz_run_word(&run, from) >> (run.number + b->key - known) == want) {
        to = lower(&run, from, e.n, want + 1, b->key - known);
    }
    return (struct gaz_entries){layer, by, e.first + from, to - from};
}

struct gaz_entries gaz_lookup_range(const struct gaz_layer *layer, enum gaz_by by,
                                    uint64_t key, uint64_t last) {
    unsigned drop = gaz_key_bits(by) - layer->index[by].directory;
    return of_slots(layer, by, key >> drop, last >> drop);
}

struct gaz_entries gaz_lookup(const struct gaz_layer *layer, enum gaz_by by,
                              const char *key, size_t n) {
    switch (by) {
    case GAZ_BY_SKELETON:
        return gaz_lookup_bits(layer, by, gaz_sound_key(key, n), GAZ_KEY_BITS);
    case GAZ_BY_BONES:
        return gaz_lookup_bits(
            layer, GAZ_BY_SKELETON,
            gaz_bones_bits(key, n) << (GAZ_KEY_BITS - GAZ_BONES_BITS), GAZ_BONES_BITS);
    default:
        return gaz_lookup_bits(layer, by, gaz_fold_key(key, n), GAZ_KEY_BITS);
    }
}
