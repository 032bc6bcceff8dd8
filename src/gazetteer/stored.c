/*
 * A compiled gazetteer is trusted only after: magic, version, byte order, the digest of
 * its header, sections that lie in the file and have the sizes that the counts ask for.
 * What the sections hold is held against their bounds where it is read, and against the
 * digests of its blocks (watch.c), so that opening takes some microseconds for every
 * size; gaz_layer_verify reads all of it.
 */
#include "gazetteer/inside.h"
#include "gazetteer/tools.h"
#include "gazetteer/strings.h"
#include "gazetteer/symbols.h"

#include <stddef.h>
#include <string.h>

static bool sections_fit(const struct gaz_header *h) {
    for (int i = 0; i < GAZ_SECTIONS; i++) {
        const struct gaz_span *s = &h->section[i];
        if (s->at % 8 != 0 || s->at < sizeof *h || s->at > h->size ||
            s->n > h->size - s->at) {
            return false;
        }
    }
    return true;
}

static bool index_fits(const struct gaz_header *h, int by) {
    const struct gaz_bits *b = &h->index[by];
    return b->directory >= GAZ_LEAST_DIRECTORY &&
           b->directory <= gaz_most_directory(by) && b->width >= 1 && b->width <= 8 &&
           b->key + b->number <= 8 * b->width && b->number <= gaz_number_bits(by) &&
           b->key + b->directory <= gaz_key_bits(by) &&
           h->section[GAZ_S_DIRECTORY + by].n ==
               (((uint64_t)1 << b->directory) + 1) * sizeof(uint32_t) &&
           h->section[GAZ_S_ENTRIES + by].n ==
               (uint64_t)b->count * b->width + GAZ_SPARE;
}

/* The digests cover all that is between the header and them. */
static bool checks_fit(const struct gaz_header *h) {
    const struct gaz_span *checks = &h->section[GAZ_S_CHECKS];
    uint64_t covered = checks->at - sizeof *h;
    for (int i = 0; i < GAZ_S_CHECKS; i++) {
        if (h->section[i].at + h->section[i].n > checks->at) {
            return false;
        }
    }
    return checks->at + checks->n == h->size &&
           checks->n == (covered + GAZ_CHECKED - 1) / GAZ_CHECKED * sizeof(uint64_t);
}

/* A power of two, as gaz_skeleton_bit asks for. */
static bool bits_fit(uint64_t bytes) {
    return bytes > 0 && (bytes & (bytes - 1)) == 0;
}

static bool sizes_fit(const struct gaz_header *h) {
    uint64_t blocks = (h->record_count + GAZ_BLOCK - 1) / GAZ_BLOCK;
    bool fit = h->record_count <= GAZ_MOST_RECORDS &&
               h->section[GAZ_S_RECORDS].n == h->record_count * GAZ_RECORD_BYTES &&
               h->section[GAZ_S_BLOCKS].n == blocks * GAZ_BLOCK_BYTES &&
               h->section[GAZ_S_TEXT].n >= GAZ_SPARE &&
               h->section[GAZ_S_SYMBOLS].n == sizeof(struct gaz_symbols) &&
               bits_fit(h->section[GAZ_S_SKELETONS].n) &&
               h->section[GAZ_S_SOURCES].n % sizeof(struct gaz_source) == 0;
    for (int by = 0; by < GAZ_BY_COUNT; by++) {
        fit = fit && index_fits(h, by);
    }
    return fit;
}

/* The small sections that are read without further checks. */
static bool tables_fit(const struct gaz_layer *layer) {
    struct gaz_symbols symbols;
    memcpy(&symbols, layer->section[GAZ_S_SYMBOLS].data, sizeof symbols);
    for (int i = 0; i < GAZ_SYMBOLS; i++) {
        if (symbols.length[i] > GAZ_SYMBOL_BYTES) {
            return false;
        }
    }
    return gaz_strings_check(layer->section[GAZ_S_SHAPES]) &&
           gaz_strings_check(layer->section[GAZ_S_ADMIN1]) &&
           gaz_strings_check(layer->section[GAZ_S_WORDS]);
}

static const char *check_header(struct im_bytes file, struct gaz_header *h) {
    if (file.n < sizeof h->magic ||
        memcmp(file.data, GAZ_MAGIC, sizeof h->magic) != 0) {
        return "is not a compiled gazetteer";
    }
    if (file.n < sizeof *h) {
        return "is damaged: it ends in its header";
    }
    memcpy(h, file.data, sizeof *h);
    if (h->version != GAZ_VERSION || h->order != GAZ_ORDER) {
        return "was made by another version or machine";
    }
    if (h->head != im_checksum_of(h, offsetof(struct gaz_header, head)) ||
        !sections_fit(h) || !checks_fit(h) || !sizes_fit(h)) {
        return "is damaged: its header does not add up";
    }
    return h->size == file.n ? NULL : "is damaged: it has not its full length";
}

const char *gaz_layer_open(struct im_bytes file, struct gaz_layer *out) {
    struct gaz_header h;
    const char *wrong = check_header(file, &h);
    if (wrong) {
        return wrong;
    }
    *out = (struct gaz_layer){.file = file,
                              .record_count = (size_t)h.record_count,
                              .name_count = (size_t)h.name_count,
                              .has_second_units = h.second_units > 0};
    for (int i = 0; i < GAZ_SECTIONS; i++) {
        out->section[i] =
            (struct im_bytes){file.data + h.section[i].at, (size_t)h.section[i].n};
    }
    memcpy(out->index, h.index, sizeof out->index);
    out->source_count = out->section[GAZ_S_SOURCES].n / sizeof(struct gaz_source);
    return tables_fit(out) && (out->source_count > 0 || out->record_count == 0)
               ? NULL
               : "is damaged: its tables do not add up";
}

bool im_gazetteer_digest(struct im_bytes file, char hex[33]) {
    struct gaz_header h;
    if (check_header(file, &h) != NULL) {
        return false;
    }
    for (int i = 0; i < 32; i++) {
        hex[i] = "0123456789abcdef"[h.digest[i / 16] >> (60 - 4 * (i % 16)) & 15];
    }
    hex[32] = '\0';
    return true;
}

struct gaz_header gaz_layer_header(const struct gaz_layer *layer) {
    struct gaz_header h;
    memcpy(&h, layer->file.data, sizeof h);
    return h;
}

const char *gaz_layer_verify(const struct gaz_layer *layer) {
    struct gaz_header h = gaz_layer_header(layer);
    struct im_checksum d;
    uint64_t digest[2];
    im_checksum_init(&d);
    im_checksum_add(&d, layer->file.data + sizeof h, layer->file.n - sizeof h);
    im_checksum_end(&d, digest);
    return memcmp(digest, h.digest, sizeof digest) == 0
               ? NULL
               : "is damaged: its content has not its digest";
}

struct gaz_source gaz_layer_source(const struct gaz_layer *layer, size_t i) {
    struct gaz_source s;
    memcpy(&s, layer->section[GAZ_S_SOURCES].data + i * sizeof s, sizeof s);
    return s;
}

size_t gaz_source_of(const struct gaz_layer *layer, size_t record) {
    size_t low = 0, high = layer->source_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (gaz_layer_source(layer, middle).first <= record) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}
