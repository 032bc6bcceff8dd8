/* What a compiled gazetteer holds, as text. */
#include "base/num.h"
#include "gazetteer/intake.h"
#include "gazetteer/tools.h"

#include <stdlib.h>
#include <string.h>

enum { PAIRS = 26 * 26, SHOWN = 12 };
static const size_t MOST_FILE = (size_t)1 << 36;

struct counts {
    uint64_t kind[IM_OTHER + 1];
    uint64_t country[PAIRS + 1]; /* the last: of no country */
    uint64_t damaged;
};

/* 12,345,678 */
static void put_count(struct im_buf *text, uint64_t n) {
    char digits[24];
    size_t length = 0;
    do {
        digits[length++] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    while (length > 0) {
        im_buf_char(text, digits[--length]);
        if (length > 0 && length % 3 == 0) {
            im_buf_char(text, ',');
        }
    }
}

static void put_word(struct im_buf *text, const struct gaz_layer *layer,
                     uint32_t word) {
    struct im_bytes s;
    gaz_string_of(layer->section[GAZ_S_WORDS], word, &s);
    im_buf_add(text, s.data, s.n);
}

static void put_hex(struct im_buf *text, uint64_t v) {
    for (int shift = 60; shift >= 0; shift -= 4) {
        im_buf_char(text, "0123456789abcdef"[v >> shift & 15]);
    }
}

static void put_sources(struct im_buf *text, const struct gaz_layer *layer) {
    im_buf_fmt(text, "sources\n");
    for (size_t i = 0; i < layer->source_count; i++) {
        struct gaz_source s = gaz_layer_source(layer, i);
        if (i == SHOWN && layer->source_count > SHOWN + 1) {
            im_buf_str(text, "  ... and ");
            put_count(text, layer->source_count - SHOWN);
            im_buf_str(text, " more\n");
            return;
        }
        im_buf_str(text, "  ");
        put_word(text, layer, s.name);
        im_buf_str(text, ": ");
        put_word(text, layer, s.format);
        im_buf_str(text, ", ");
        put_count(text, s.read);
        im_buf_str(text, s.counted == GAZ_COUNTED_RECORDS ? " records" : " rows");
        im_buf_str(text, " read, ");
        put_count(text, s.kept);
        im_buf_str(text, " kept, ");
        put_count(text, s.read > s.kept ? s.read - s.kept : 0);
        im_buf_str(text, " left out; digest ");
        put_hex(text, s.digest);
        im_buf_str(text, "; licence ");
        size_t before = text->len;
        put_word(text, layer, s.rights);
        im_buf_str(text, text->len == before ? "not stated\n" : "\n");
    }
}

static void count(const struct gaz_layer *layer, struct counts *c) {
    for (size_t i = 0; i < layer->record_count; i++) {
        struct gaz_record r;
        if (!gaz_record_at(layer, i, &r)) {
            c->damaged++;
            continue;
        }
        c->kind[r.kind]++;
        c->country[r.country[0] ? (r.country[0] - 'A') * 26 + r.country[1] - 'A'
                                : PAIRS]++;
    }
}

static void put_kinds(struct im_buf *text, const struct counts *c) {
    im_buf_str(text, "kinds\n ");
    for (int kind = IM_SETTLEMENT; kind <= IM_OTHER; kind++) {
        if (c->kind[kind] > 0) {
            im_buf_fmt(text, " %s ", im_kind_text((enum im_kind)kind));
            put_count(text, c->kind[kind]);
        }
    }
    im_buf_char(text, '\n');
}

struct country {
    uint64_t n;
    int pair;
};

static int by_count(const void *a, const void *b) {
    const struct country *x = a, *y = b;
    return x->n != y->n ? (x->n > y->n ? -1 : 1) : x->pair - y->pair;
}

static void put_countries(struct im_buf *text, const struct counts *c) {
    struct country list[PAIRS];
    size_t n = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
        if (c->country[pair] > 0) {
            list[n++] = (struct country){c->country[pair], pair};
        }
    }
    if (n > 0) {
        qsort(list, n, sizeof *list, by_count);
    }
    im_buf_str(text, "countries\n ");
    for (size_t i = 0; i < n; i++) {
        im_buf_fmt(text, " %c%c ", 'A' + list[i].pair / 26, 'A' + list[i].pair % 26);
        put_count(text, list[i].n);
    }
    if (c->country[PAIRS] > 0) {
        im_buf_str(text, " none ");
        put_count(text, c->country[PAIRS]);
    }
    im_buf_char(text, '\n');
}

/* "code TAB names" lines as "  code names". */
static void put_languages(struct im_buf *text, struct im_bytes lines) {
    im_buf_str(text, "languages of names\n ");
    for (size_t i = 0; i < lines.n; i++) {
        char c = lines.data[i];
        if (i == 0 || lines.data[i - 1] == '\n') {
            im_buf_char(text, ' ');
        }
        if (c != '\n') {
            im_buf_char(text, c == '\t' ? ' ' : c);
        }
    }
    im_buf_char(text, '\n');
}

static enum incmap_status open_file(struct im_arena *arena, const char *file,
                                    struct gaz_layer *layer, struct incmap_error *err) {
    struct im_map_options options = {INCMAP_E_INPUT, MOST_FILE};
    struct im_bytes bytes;
    enum incmap_status status = im_file_map_as(arena, file, options, &bytes, err);
    const char *wrong = NULL;
    if (status == INCMAP_OK) {
        wrong = gaz_layer_open(bytes, layer);
        wrong = wrong ? wrong : gaz_layer_verify(layer);
    }
    return wrong ? im_fail(err, INCMAP_E_INPUT, IM_FILE(file),
                           "'%s' %s (look a source over with incmap gazetteer check, "
                           "compile it with incmap gazetteer build)",
                           file, wrong)
                 : status;
}

enum incmap_status im_gazetteer_info(struct im_arena *arena, const char *file,
                                     struct im_buf *text, struct incmap_error *err) {
    struct gaz_layer layer;
    struct counts *c = im_alloc(arena, 1, sizeof *c);
    enum incmap_status status = open_file(arena, file, &layer, err);
    if (status != INCMAP_OK) {
        return status;
    }
    struct gaz_header h = gaz_layer_header(&layer);
    count(&layer, c);
    im_buf_fmt(text, "%s: compiled gazetteer, form %u\nplaces ", im_path_name(file),
               (unsigned)h.version);
    put_count(text, h.record_count);
    im_buf_str(text, ", names ");
    put_count(text, h.name_count);
    im_buf_str(text, ", bytes ");
    put_count(text, h.size);
    im_buf_str(text, "\ndigest ");
    put_hex(text, h.digest[0]);
    put_hex(text, h.digest[1]);
    im_buf_char(text, '\n');
    put_kinds(text, c);
    put_countries(text, c);
    put_languages(text, layer.section[GAZ_S_LANGUAGES]);
    put_sources(text, &layer);
    return INCMAP_OK;
}

enum incmap_status im_gazetteer_build(struct im_arena *arena,
                                      const struct im_gazetteer *base,
                                      const struct im_gazetteer_task *task,
                                      struct im_findings *findings, struct im_buf *text,
                                      struct incmap_error *err) {
    struct gaz_compile how = {.sources = task->sources,
                              .n = task->n,
                              .path = task->output,
                              .base = base,
                              .findings = findings,
                              .options = {.name_field = task->name_field,
                                          .rights = task->rights,
                                          .threads = task->threads ? task->threads : 1,
                                          .progress = task->progress,
                                          .progress_self = task->progress_self}};
    struct im_bytes none;
    struct gaz_layer layer;
    enum incmap_status status = gaz_compile(arena, &how, &none, err);
    if (status != INCMAP_OK) {
        return status;
    }
    struct im_map_options options = {INCMAP_E_OUTPUT, MOST_FILE};
    if (im_file_map_as(arena, task->output, options, &none, NULL) != INCMAP_OK ||
        gaz_layer_open(none, &layer) != NULL) {
        im_buf_fmt(text, "%s: built\n", im_path_name(task->output));
        return INCMAP_OK; // it is written: that it cannot be looked at is another
                          // matter
    }
    im_buf_fmt(text, "%s: places ", im_path_name(task->output));
    put_count(text, layer.record_count);
    im_buf_str(text, ", names ");
    put_count(text, layer.name_count);
    im_buf_str(text, ", bytes ");
    put_count(text, layer.file.n);
    im_buf_char(text, '\n');
    put_sources(text, &layer);
    return INCMAP_OK;
}
