/*
 * The index as a file: header, records, entries. Written and read by one machine
 * (native byte order, which is checked); it is a cache of the places files, never their
 * source.
 *
 * What is read is trusted only after: magic, version, byte order, sizes that add up to
 * the file's, the digest of its body, and sizes and digests of the places files.
 * Offsets and record numbers are bounded again where they are used.
 */
#include "gazetteer/inside.h"

#include <string.h>

#define MAGIC "IMPLACES"
enum { VERSION = 2, ORDER = 0x01020304 };

struct header {
    char magic[8];
    uint32_t version, order;
    uint64_t source_size[GAZ_TEXTS], source_digest[GAZ_TEXTS];
    uint64_t record_count, entry_count[GAZ_BY_COUNT];
    uint64_t body_digest;
    uint64_t header_digest; /* of all before it */
};

static uint64_t mixed(uint64_t h, uint64_t v) {
    h = (h ^ v) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

/* A fast 64-bit digest against damage and change, not against intent: in four lanes of
 * words the sum, and the sum of sums (Fletcher 1982, doi:10.1109/TCOM.1982.1095369),
 * mixed at the end. Compilers turn the lanes into vectors. */
static uint64_t digest(const void *data, size_t n) {
    const unsigned char *p = data;
    uint64_t sum[4] = {n, 1, 2, 3}, sums[4] = {0, 0, 0, 0}, word[4] = {0, 0, 0, 0};
    uint64_t h = 0;
    for (; n >= sizeof word; n -= sizeof word, p += sizeof word) {
        memcpy(word, p, sizeof word);
        for (int i = 0; i < 4; i++) {
            sum[i] += word[i];
            sums[i] += sum[i];
        }
    }
    memset(word, 0, sizeof word);
    if (n > 0) {
        memcpy(word, p, n);
    }
    for (int i = 0; i < 4; i++) {
        h = mixed(mixed(mixed(h, sum[i]), sums[i]), word[i]);
    }
    return h;
}

static void describe_sources(const struct gaz_layer *layer, struct header *h) {
    for (size_t i = 0; i < layer->text_count; i++) {
        h->source_size[i] = layer->text[i].n;
        h->source_digest[i] = digest(layer->text[i].data, layer->text[i].n);
    }
}

/* Bytes after the header, or SIZE_MAX when the counts are out of all proportion. */
static size_t body_size(const struct header *h) {
    const uint64_t most = (uint64_t)1 << 31;
    uint64_t n = 0;
    if (h->record_count > most / sizeof(struct gaz_record)) {
        return SIZE_MAX;
    }
    n += h->record_count * sizeof(struct gaz_record);
    for (int by = 0; by < GAZ_BY_COUNT; by++) {
        if (h->entry_count[by] > most / sizeof(struct gaz_entry)) {
            return SIZE_MAX;
        }
        n += h->entry_count[by] * sizeof(struct gaz_entry);
    }
    return (size_t)n;
}

struct im_bytes gaz_index_write(struct im_arena *arena, const struct gaz_layer *layer) {
    struct header h = {.magic = MAGIC, .version = VERSION, .order = ORDER};
    describe_sources(layer, &h);
    h.record_count = layer->record_count;
    for (int by = 0; by < GAZ_BY_COUNT; by++) {
        h.entry_count[by] = layer->by[by].n;
    }
    size_t n = sizeof h + body_size(&h);
    char *file = im_alloc(arena, n, 1), *at = file + sizeof h;
    if (layer->record_count > 0) {
        memcpy(at, layer->records, layer->record_count * sizeof *layer->records);
        at += layer->record_count * sizeof *layer->records;
    }
    for (int by = 0; by < GAZ_BY_COUNT; by++) {
        size_t bytes = layer->by[by].n * sizeof *layer->by[by].v;
        if (bytes > 0) {
            memcpy(at, layer->by[by].v, bytes);
            at += bytes;
        }
    }
    h.body_digest = digest(file + sizeof h, n - sizeof h);
    h.header_digest = digest(&h, offsetof(struct header, header_digest));
    memcpy(file, &h, sizeof h);
    return (struct im_bytes){file, n};
}

/* Is the header ours, whole, and in proportion to the file? */
static const char *check_header(struct im_bytes file, const struct header *h) {
    if (memcmp(h->magic, MAGIC, sizeof h->magic) != 0) {
        return "is not an index of places";
    }
    if (h->version != VERSION || h->order != ORDER) {
        return "was made by another version or machine";
    }
    if (h->header_digest != digest(h, offsetof(struct header, header_digest)) ||
        body_size(h) != file.n - sizeof *h) {
        return "is damaged";
    }
    return NULL;
}

static const char *check_sources(const struct header *h,
                                 const struct gaz_layer *layer) {
    struct header now = {.magic = ""};
    describe_sources(layer, &now);
    return memcmp(now.source_size, h->source_size, sizeof now.source_size) != 0 ||
                   memcmp(now.source_digest, h->source_digest,
                          sizeof now.source_digest) != 0
               ? "was made from other places files"
               : NULL;
}

const char *gaz_index_use(struct im_bytes file, struct gaz_layer *layer) {
    struct header h;
    if (file.n < sizeof h) {
        return "is damaged";
    }
    memcpy(&h, file.data, sizeof h);
    const char *wrong = check_header(file, &h);
    if (!wrong && h.body_digest != digest(file.data + sizeof h, file.n - sizeof h)) {
        wrong = "is damaged";
    }
    wrong = wrong ? wrong : check_sources(&h, layer);
    if (wrong) {
        return wrong;
    }
    // the file is mapped at a page, and all sizes are multiples of eight
    const char *at = file.data + sizeof h;
    layer->records = (const struct gaz_record *)(const void *)at;
    layer->record_count = (size_t)h.record_count;
    at += layer->record_count * sizeof *layer->records;
    for (int by = 0; by < GAZ_BY_COUNT; by++) {
        layer->by[by].v = (const struct gaz_entry *)(const void *)at;
        layer->by[by].n = (size_t)h.entry_count[by];
        at += layer->by[by].n * sizeof *layer->by[by].v;
    }
    return NULL;
}
