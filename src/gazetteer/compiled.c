#include "gazetteer/compiled.h"

#include "gazetteer/batch.h"
#include "gazetteer/crew.h"
#include <stdlib.h>
#include <string.h>

void gaz_section_begin(struct gaz_compiled *c, int section) {
    gaz_sink_align(c->sink);
    c->header.section[section].at = c->sink->at;
}

void gaz_section_end(struct gaz_compiled *c, int section) {
    struct gaz_span *s = &c->header.section[section];
    s->n = c->sink->at - s->at;
    gaz_sink_align(c->sink);
}

void gaz_section_put(struct gaz_compiled *c, int section, const void *data, size_t n) {
    gaz_section_begin(c, section);
    gaz_sink_put(c->sink, data, n);
    gaz_section_end(c, section);
}

void gaz_section_bytes(struct gaz_compiled *c, int section, struct im_bytes bytes) {
    gaz_section_put(c, section, bytes.data, bytes.n);
}

static unsigned bits_of(uint64_t n) {
    unsigned bits = 0;
    for (; n > 0; n >>= 1) {
        bits++;
    }
    return bits;
}

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/* Bits of the key that an entry should at least have: enough that few entries of other
 * names are met, in a file of millions no more than fit four bytes. */
static unsigned wanted_key(int by, size_t n) {
    switch (by) {
    case GAZ_BY_FOLD:
        return 8;
    case GAZ_BY_SKELETON:
        return n < ((size_t)1 << 22) ? 16 : 8;
    case GAZ_BY_HALF:
        return gaz_key_bits(by);
    default:
        return 0;
    }
}

static struct gaz_bits choose_bits(int by, size_t n, size_t records) {
    unsigned size = bits_of(n), directory = size > 3 ? size - 3 : 0;
    directory = directory < GAZ_LEAST_DIRECTORY ? GAZ_LEAST_DIRECTORY : directory;
    directory = least(directory, gaz_most_directory(by));
    unsigned number =
        by == GAZ_BY_HALF ? GAZ_WHOLE_BITS : bits_of(records > 1 ? records - 1 : 1);
    unsigned rest = gaz_key_bits(by) - directory;
    unsigned width = (number + least(rest, wanted_key(by, n)) + 7) / 8;
    return (struct gaz_bits){.directory = (uint8_t)directory,
                             .key = (uint8_t)least(rest, 8 * width - number),
                             .number = (uint8_t)number,
                             .width = (uint8_t)width};
}

struct ranked {
    uint64_t entry;
    uint32_t rank;
};

/* One part of a pile, sorted and put into the form of the file. */
struct part {
    const struct gaz_pile *pile;
    size_t number;
    int by;
    struct gaz_bits bits;
    uint32_t *directory; /* entries of each slot, one place further on */
    uint64_t *sorted, *work;
    unsigned char *bytes;
    size_t n;
    bool failed;
    const struct gaz_compiled *of;
    struct ranked *ranked; /* room to order by importance; or NULL */
};

static int by_rank(const void *a, const void *b) {
    const struct ranked *x = a, *y = b;
    if (x->rank != y->rank) {
        return x->rank > y->rank ? -1 : 1;
    }
    return x->entry < y->entry ? -1 : x->entry > y->entry;
}

/* Entries of one key, the most important records first. */
static void order_by_rank(struct part *p, uint64_t *v, size_t n) {
    const uint64_t mask = ((uint64_t)1 << GAZ_NUMBER_BITS) - 1;
    for (size_t i = 0; i < n; i++) {
        uint32_t record = (uint32_t)(v[i] & mask);
        p->ranked[i] =
            (struct ranked){v[i], p->of->importance(p->of->importance_self, record)};
    }
    qsort(p->ranked, n, sizeof *p->ranked, by_rank);
    for (size_t i = 0; i < n; i++) {
        v[i] = p->ranked[i].entry;
    }
}

static void order_part(struct part *p) {
    unsigned number = gaz_number_bits(p->by);
    for (size_t i = 0, end; i < p->n; i = end) {
        for (end = i + 1;
             end < p->n && p->sorted[end] >> number == p->sorted[i] >> number; end++) {
        }
        if (end - i > 1) {
            order_by_rank(p, p->sorted + i, end - i);
        }
    }
}

static void make_part(void *task) {
    struct part *p = task;
    const struct gaz_bits *b = &p->bits;
    unsigned number = gaz_number_bits(p->by), key = gaz_key_bits(p->by);
    const uint64_t lead = (uint64_t)p->number << (key - 8);
    p->failed = !gaz_pile_part(p->pile, p->number, p->sorted, p->work, &p->n);
    if (p->ranked && !p->failed) {
        order_part(p);
    }
    for (size_t i = 0; !p->failed && i < p->n; i++) {
        uint64_t v = p->sorted[i], k = v >> number | lead;
        uint64_t rest = k & (((uint64_t)1 << (key - b->directory)) - 1);
        uint64_t word = rest >> (key - b->directory - b->key) << b->number |
                        (v & (((uint64_t)1 << b->number) - 1));
        p->directory[(k >> (key - b->directory)) + 1]++;
        for (unsigned byte = 0; byte < b->width; byte++) {
            p->bytes[i * b->width + byte] = (unsigned char)(word >> 8 * byte);
        }
    }
}

static size_t largest_part(const struct gaz_pile *pile) {
    size_t most = 1;
    for (int i = 0; i < GAZ_PARTS_OF_PILE; i++) {
        most = pile->count[i] > most ? pile->count[i] : most;
    }
    return most;
}

static void prepare(struct gaz_compiled *c, struct part *parts, size_t threads,
                    const struct part *model) {
    size_t most = largest_part(model->pile);
    for (size_t i = 0; i < threads; i++) {
        parts[i] = *model;
        parts[i].sorted = im_alloc(c->arena, most, sizeof *parts[i].sorted);
        parts[i].work = im_alloc(c->arena, most, sizeof *parts[i].work);
        parts[i].ranked = model->by == GAZ_BY_FOLD || model->by == GAZ_BY_SKELETON
                              ? im_alloc(c->arena, most, sizeof *parts[i].ranked)
                              : NULL;
        parts[i].bytes = im_alloc(c->arena, most, model->bits.width);
    }
}

/* Bits of the keys of a part. */
static void set_bits(struct gaz_compiled *c, const struct part *p) {
    for (size_t i = 0; i < p->n; i++) {
        uint64_t key = p->sorted[i] >> gaz_number_bits(p->by);
        uint64_t stored = gaz_stored_key(&p->bits, p->by, key);
        uint64_t bit = gaz_skeleton_bit(stored, c->skeletons.n);
        c->bits[bit / 8] |= (unsigned char)(1 << bit % 8);
    }
}

/* Several parts at a time, written in order. */
static bool put_parts(struct gaz_compiled *c, const struct part *model) {
    struct part parts[GAZ_MOST_HANDS];
    size_t threads = c->threads < 1 ? 1 : least(c->threads, GAZ_MOST_HANDS);
    prepare(c, parts, threads, model);
    for (size_t done = 0; done < GAZ_PARTS_OF_PILE; done += threads) {
        size_t more =
            GAZ_PARTS_OF_PILE - done < threads ? GAZ_PARTS_OF_PILE - done : threads;
        for (size_t i = 0; i < more; i++) {
            parts[i].number = done + i;
        }
        gaz_crew(make_part, parts, more, sizeof *parts);
        for (size_t i = 0; i < more; i++) {
            if (parts[i].failed) {
                return false;
            }
            if (model->by == GAZ_BY_SKELETON) {
                set_bits(c, &parts[i]);
            }
            gaz_sink_put(c->sink, parts[i].bytes, parts[i].n * model->bits.width);
            c->header.index[model->by].count += (uint32_t)parts[i].n;
        }
    }
    return true;
}

/* Room for four bits an entry, of which many have one key. */
static void make_bits(struct gaz_compiled *c, size_t entries) {
    enum { LEAST_BYTES = 64 };
    size_t bytes = LEAST_BYTES;
    while (2 * bytes < entries) {
        bytes *= 2;
    }
    c->bits = im_alloc(c->arena, bytes, 1);
    c->skeletons = (struct im_bytes){(const char *)c->bits, bytes};
}

enum incmap_status gaz_index_put(struct gaz_compiled *c, int by,
                                 const struct gaz_pile *pile, size_t records,
                                 struct incmap_error *err) {
    static const char spare[GAZ_SPARE];
    struct part model = {.pile = pile, .by = by, .of = c};
    if (pile->total > UINT32_MAX) {
        return im_fail(err, INCMAP_E_LIMIT, IM_NOWHERE,
                       "a gazetteer holds at most 4 billion names");
    }
    model.bits = choose_bits(by, pile->total, records);
    size_t slots = ((size_t)1 << model.bits.directory) + 1;
    model.directory = im_alloc(c->arena, slots, sizeof *model.directory);
    c->header.index[by] = model.bits;
    if (by == GAZ_BY_SKELETON) {
        make_bits(c, pile->total);
    }
    gaz_section_begin(c, GAZ_S_ENTRIES + by);
    if (!put_parts(c, &model)) {
        return im_fail(err, INCMAP_E_OUTPUT, IM_NOWHERE,
                       "cannot read the scratch file back");
    }
    gaz_sink_put(c->sink, spare, sizeof spare);
    gaz_section_end(c, GAZ_S_ENTRIES + by);
    for (size_t i = 1; i < slots; i++) {
        model.directory[i] += model.directory[i - 1];
    }
    gaz_section_put(c, GAZ_S_DIRECTORY + by, model.directory,
                    slots * sizeof *model.directory);
    return INCMAP_OK;
}

struct letter {
    uint32_t cp;
    uint64_t count;
};

static int by_count(const void *a, const void *b) {
    const struct letter *x = a, *y = b;
    if (x->count != y->count) {
        return x->count > y->count ? -1 : 1;
    }
    return x->cp < y->cp ? -1 : x->cp > y->cp;
}

struct im_bytes gaz_letters_write(struct im_arena *arena, const uint64_t *counts) {
    struct letter *letters = im_alloc(arena, GAZ_COUNTED_LETTERS, sizeof *letters);
    uint32_t *out = im_alloc(arena, GAZ_COUNTED_LETTERS, sizeof *out);
    size_t n = 0;
    for (uint32_t cp = 0; cp < GAZ_COUNTED_LETTERS; cp++) {
        if (counts[cp] > 0) {
            letters[n++] = (struct letter){cp, counts[cp]};
        }
    }
    if (n > 0) {
        qsort(letters, n, sizeof *letters, by_count);
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = letters[i].cp;
    }
    return (struct im_bytes){(const char *)out, n * sizeof *out};
}
