#include "gazetteer/builder.h"

#include "gazetteer/compiled.h"
#include "gazetteer/find.h"
#include "gazetteer/people.h"
#include "gazetteer/record.h"
#include <string.h>

enum { CHUNK = 1 << 16, HEADING = 64 };

/* Records in pieces, as areas get their people after all towns are read. */
struct records {
    unsigned char **chunk;
    size_t n, cap;
};

struct block {
    uint64_t at;
    uint32_t line;
};

struct gaz_builder {
    struct im_arena *arena;
    struct gaz_builder_options options;
    const struct gaz_coder *coder;
    struct im_writer *writer;
    struct im_buf memory;
    struct gaz_sink *sink;
    uint64_t text_at; /* bytes of texts so far */
    size_t n, names;
    struct records records;
    struct block *blocks;
    size_t block_n, block_cap;
    struct gaz_scratch scratch;
    struct gaz_pile piles[GAZ_BY_COUNT];
    struct gaz_strings shapes, admin1, words;
    struct gaz_source *sources;
    size_t source_n, source_cap;
    struct gaz_people people;
    struct gaz_tally languages;
    uint64_t *letters;
};

enum incmap_status gaz_builder_open(struct im_arena *arena,
                                    const struct gaz_builder_options *options,
                                    const struct gaz_coder *coder,
                                    struct gaz_builder **out,
                                    struct incmap_error *err) {
    struct gaz_builder *b = im_alloc(arena, 1, sizeof *b);
    enum incmap_status status = INCMAP_OK;
    *out = b;
    b->arena = arena;
    b->options = *options;
    b->coder = coder;
    b->scratch = (struct gaz_scratch){.arena = arena,
                                      .beside = options->path,
                                      .fd = -1,
                                      .most = options->most_memory};
    for (int by = 0; by < GAZ_BY_COUNT; by++) {
        gaz_pile_init(&b->piles[by], arena, &b->scratch,
                      gaz_key_bits(by) + gaz_number_bits(by));
    }
    gaz_strings_init(&b->shapes, arena);
    gaz_strings_init(&b->admin1, arena);
    gaz_strings_init(&b->words, arena);
    gaz_people_init(&b->people, arena);
    gaz_tally_init(&b->languages, arena);
    b->letters = im_alloc(arena, GAZ_COUNTED_LETTERS, sizeof *b->letters);
    b->sink = im_alloc(arena, 1, sizeof *b->sink);
    if (options->path) {
        status = im_writer_open(arena, options->path, &b->writer, err);
    } else {
        im_buf_init(&b->memory, arena, UINT32_MAX);
    }
    if (status == INCMAP_OK) {
        gaz_sink_init(b->sink, arena, b->writer, options->path ? NULL : &b->memory,
                      err);
    }
    return status;
}

static uint32_t word(struct gaz_builder *b, const char *text) {
    return gaz_string_number(&b->words, text, strlen(text));
}

void gaz_builder_source(struct gaz_builder *b, const struct gaz_origin *origin) {
    struct gaz_source s = {.first = b->n,
                           .bytes = origin->bytes,
                           .digest = origin->digest,
                           .name = word(b, origin->name),
                           .format = word(b, origin->format),
                           .rights = word(b, origin->rights),
                           .counted = origin->counted};
    IM_PUSH(b->arena, b->sources, b->source_n, b->source_cap, s);
}

void gaz_builder_format(struct gaz_builder *b, const char *format, const char *rights) {
    b->sources[b->source_n - 1].format = word(b, format);
    b->sources[b->source_n - 1].rights = word(b, rights);
}

void gaz_builder_digest(struct gaz_builder *b, uint64_t digest) {
    b->sources[b->source_n - 1].digest = digest;
}

uint64_t gaz_builder_kept(const struct gaz_builder *b) {
    return b->n - b->sources[b->source_n - 1].first;
}

void gaz_builder_counts(struct gaz_builder *b, uint64_t read) {
    struct gaz_source *s = &b->sources[b->source_n - 1];
    s->read = read;
    s->kept = gaz_builder_kept(b);
}

static size_t put_number(unsigned char *out, uint64_t v) {
    size_t n = 0;
    for (; v >= 128; v >>= 7) {
        out[n++] = (unsigned char)(v | 128);
    }
    out[n++] = (unsigned char)v;
    return n;
}

/* Numbers of a batch's strings among all. */
static uint32_t *renumbered(struct gaz_strings *all, const struct gaz_strings *part,
                            struct im_arena *arena) {
    uint32_t *to = im_alloc(arena, part->n + 1, sizeof *to);
    for (size_t i = 0; i < part->n; i++) {
        to[i] = gaz_string_number(all, part->v[i].data, part->v[i].n);
    }
    return to;
}

static void put_record(struct gaz_builder *b, const struct gaz_record *r) {
    if (b->n % CHUNK == 0) {
        unsigned char *chunk = im_alloc(b->arena, CHUNK, GAZ_RECORD_BYTES);
        IM_PUSH(b->arena, b->records.chunk, b->records.n, b->records.cap, chunk);
    }
    gaz_record_write(r,
                     b->records.chunk[b->n / CHUNK] + b->n % CHUNK * GAZ_RECORD_BYTES);
}

/* The line that is expected of the record in hand; of a block's first it is its own. */
static uint32_t expected_line(struct gaz_builder *b, uint32_t line) {
    if (b->n % GAZ_BLOCK == 0) {
        struct block block = {b->text_at, line};
        IM_PUSH(b->arena, b->blocks, b->block_n, b->block_cap, block);
    }
    // a new source counts from its own first line again
    struct block *block = &b->blocks[b->block_n - 1];
    return block->line + (uint32_t)(b->n % GAZ_BLOCK);
}

static void put_text(struct gaz_builder *b, const struct gaz_kept *k,
                     const uint32_t *shapes, const uint32_t *admin1, const char *text) {
    unsigned char head[HEADING], length[16];
    uint32_t expected = expected_line(b, k->line);
    unsigned flags = k->flags | (k->line != expected ? GAZ_T_LINE : 0u);
    size_t n = 0;
    head[n++] = (unsigned char)flags;
    n += put_number(head + n, shapes[k->shape]);
    n += flags & GAZ_T_NUMBER ? put_number(head + n, k->number) : 0;
    n += flags & GAZ_T_ADMIN1 ? put_number(head + n, admin1[k->admin1]) : 0;
    n += flags & GAZ_T_PEOPLE ? put_number(head + n, k->people) : 0;
    n += flags & GAZ_T_LINE ? put_number(head + n, (uint32_t)(k->line - expected)) : 0;
    size_t before = put_number(length, n + k->text_n);
    gaz_sink_put(b->sink, length, before);
    gaz_sink_put(b->sink, head, n);
    gaz_sink_put(b->sink, text, k->text_n);
    b->text_at += before + n + k->text_n;
}

static enum incmap_status add_entries(struct gaz_builder *b,
                                      const struct gaz_batch *batch, size_t first,
                                      struct incmap_error *err) {
    for (int by = 0; by < GAZ_BY_COUNT; by++) {
        uint64_t add = by == GAZ_BY_HALF ? 0 : (uint64_t)first;
        for (size_t i = 0; i < batch->count[by]; i++) {
            uint64_t entry = batch->entries[by][i] + add;
            size_t part =
                by == GAZ_BY_HALF ? batch->lead[i] : gaz_part_of(&b->piles[by], entry);
            enum incmap_status status = gaz_pile_add(&b->piles[by], part, entry, err);
            if (status != INCMAP_OK) {
                return status;
            }
        }
    }
    return INCMAP_OK;
}

enum incmap_status gaz_builder_add(struct gaz_builder *b, const struct gaz_batch *batch,
                                   struct incmap_error *err) {
    size_t first = b->n;
    const char *text = batch->text.data;
    if (batch->n > GAZ_MOST_RECORDS - b->n) {
        return im_fail(err, INCMAP_E_LIMIT, IM_NOWHERE,
                       "a gazetteer holds at most %d places", GAZ_MOST_RECORDS);
    }
    uint32_t *shapes = renumbered(&b->shapes, &batch->shapes, batch->arena);
    uint32_t *admin1 = renumbered(&b->admin1, &batch->admin1, batch->arena);
    for (size_t i = 0; i < batch->n; i++) {
        const struct gaz_kept *k = &batch->kept[i];
        put_text(b, k, shapes, admin1, text);
        put_record(b, &k->record);
        text += k->text_n;
        b->n++;
    }
    for (size_t i = 0; i < GAZ_COUNTED_LETTERS; i++) {
        b->letters[i] += batch->letters[i];
    }
    for (size_t i = 0; i < batch->languages.texts.n; i++) {
        struct im_bytes code = batch->languages.texts.v[i];
        gaz_tally_add(&b->languages, code.data, code.n, batch->languages.count[i]);
    }
    b->names += batch->names;
    gaz_people_add(&b->people, batch, first);
    return add_entries(b, batch, first, err);
}

static unsigned char *record_bytes(void *self, size_t record) {
    struct gaz_builder *b = self;
    return b->records.chunk[record / CHUNK] + record % CHUNK * GAZ_RECORD_BYTES;
}

static uint32_t importance(const void *self, uint32_t record) {
    const struct gaz_builder *b = self;
    struct gaz_record r;
    bool good = gaz_record_read(
        b->records.chunk[record / CHUNK] + record % CHUNK * GAZ_RECORD_BYTES, &r);
    return good ? (uint32_t)(1e6 * gaz_importance(&r)) : 0;
}

static void write_records(struct gaz_builder *b, struct gaz_compiled *c) {
    gaz_section_begin(c, GAZ_S_RECORDS);
    for (size_t done = 0; done < b->n; done += CHUNK) {
        size_t more = b->n - done < CHUNK ? b->n - done : CHUNK;
        gaz_sink_put(b->sink, b->records.chunk[done / CHUNK], more * GAZ_RECORD_BYTES);
    }
    gaz_section_end(c, GAZ_S_RECORDS);
    gaz_section_begin(c, GAZ_S_BLOCKS);
    for (size_t i = 0; i < b->block_n; i++) {
        gaz_sink_put(b->sink, &b->blocks[i].at, sizeof b->blocks[i].at);
        gaz_sink_put(b->sink, &b->blocks[i].line, sizeof b->blocks[i].line);
    }
    gaz_section_end(c, GAZ_S_BLOCKS);
}

static void write_tables(struct gaz_builder *b, struct gaz_compiled *c,
                         const struct im_findings *findings) {
    gaz_section_put(c, GAZ_S_SYMBOLS, gaz_coder_symbols(b->coder),
                    sizeof(struct gaz_symbols));
    gaz_section_bytes(c, GAZ_S_SHAPES, gaz_strings_write(&b->shapes, b->arena));
    gaz_section_bytes(c, GAZ_S_ADMIN1, gaz_strings_write(&b->admin1, b->arena));
    gaz_section_put(c, GAZ_S_SOURCES, b->sources, b->source_n * sizeof *b->sources);
    gaz_section_bytes(c, GAZ_S_WORDS, gaz_strings_write(&b->words, b->arena));
    gaz_section_bytes(c, GAZ_S_FINDINGS, gaz_findings_write(b->arena, findings));
    gaz_section_bytes(c, GAZ_S_LANGUAGES, gaz_tally_write(&b->languages, b->arena));
    gaz_section_bytes(c, GAZ_S_LETTERS, gaz_letters_write(b->arena, b->letters));
}

static uint64_t second_units(const struct gaz_builder *b) {
    uint64_t n = 0;
    for (size_t i = 0; i < b->admin1.n; i++) {
        n += memchr(b->admin1.v[i].data, GAZ_UNIT_END, b->admin1.v[i].n) != NULL;
    }
    return n;
}

enum incmap_status gaz_builder_end(struct gaz_builder *b,
                                   const struct im_findings *findings,
                                   struct im_bytes *out, struct incmap_error *err) {
    static const char spare[GAZ_SPARE];
    struct gaz_compiled c = {
        .arena = b->arena, .sink = b->sink, .threads = b->options.threads};
    c.importance = importance;
    c.importance_self = b;
    c.header = (struct gaz_header){.version = GAZ_VERSION,
                                   .order = GAZ_ORDER,
                                   .stamp = b->options.stamp,
                                   .record_count = b->n,
                                   .name_count = b->names,
                                   .second_units = second_units(b)};
    memcpy(c.header.magic, GAZ_MAGIC, sizeof c.header.magic);
    gaz_sink_put(b->sink, spare, sizeof spare);
    c.header.section[GAZ_S_TEXT] =
        (struct gaz_span){sizeof c.header, b->text_at + sizeof spare};
    gaz_people_end(&b->people, record_bytes, b);
    write_records(b, &c);
    write_tables(b, &c, findings);
    for (int by = 0; by < GAZ_BY_COUNT; by++) {
        enum incmap_status status = gaz_index_put(&c, by, &b->piles[by], b->n, err);
        if (status != INCMAP_OK) {
            return status;
        }
    }
    gaz_section_bytes(&c, GAZ_S_SKELETONS, c.skeletons);
    enum incmap_status status = gaz_sink_end(b->sink, &c.header);
    if (status == INCMAP_OK && b->writer) {
        status = im_writer_commit(b->writer, err);
    }
    *out = (struct im_bytes){b->memory.data, b->memory.len};
    return status;
}
