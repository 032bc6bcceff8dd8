/* Tables, records of figures and file names for programs that make many figures. */
#include "api/job.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "formats/csv.h"
#include "text/text.h"
#include <string.h>

struct incmap_table {
    struct im_arena *arena;
    struct im_csv *csv;
    bool header_given;
};

static enum incmap_status fill_table(void *object, struct im_arena *arena,
                                     const void *how, struct incmap_error *err) {
    struct incmap_table *t = object;
    struct im_bytes bytes;
    t->arena = arena;
    enum incmap_status s = im_file_map(arena, how, INCMAP_E_INPUT, &bytes, err);
    return s == INCMAP_OK ? im_csv_open(arena, how, bytes, &t->csv, err) : s;
}

enum incmap_status incmap_table_open(const char *file, struct incmap_table **out,
                                     struct incmap_error *err) {
    struct im_birth birth = {sizeof **out, NULL, fill_table, file};
    void *table = NULL;
    enum incmap_status s = im_born(&birth, &table, err);
    *out = table;
    return s;
}

void incmap_table_close(struct incmap_table *table) {
    if (table != NULL) {
        im_arena_free(table->arena);
    }
}

struct taking {
    struct incmap_table *table;
    struct incmap_row *row;
};

static enum incmap_status take_row(void *self, struct incmap_error *err) {
    struct taking *t = self;
    struct im_row row = *im_csv_header(t->table->csv);
    bool more = true;
    if (t->table->header_given) {
        enum incmap_status s = im_csv_next(t->table->csv, &row, &more, err);
        if (s != INCMAP_OK || !more) {
            return s;
        }
        if (row.n == 0) {
            return err != NULL && err->status != INCMAP_OK ? err->status
                                                           : INCMAP_E_INPUT;
        }
    }
    t->table->header_given = true;
    const char **cell = im_alloc(t->table->arena, row.n, sizeof *cell);
    for (size_t i = 0; i < row.n; i++) {
        cell[i] = row.field[i].text;
    }
    *t->row = (struct incmap_row){cell, row.n, row.line};
    return INCMAP_OK;
}

enum incmap_status incmap_table_next(struct incmap_table *table, struct incmap_row *row,
                                     struct incmap_error *err) {
    struct taking t = {table, row};
    *row = (struct incmap_row){NULL, 0, 0};
    im_error_clear(err);
    return im_guard(table->arena, NULL, take_row, &t, err);
}

struct incmap_record {
    struct im_arena *arena;
    const char *digest, *summary;
};

static enum incmap_status fill_record(void *object, struct im_arena *arena,
                                      const void *how, struct incmap_error *err) {
    static const char opening[] = "{\"digest\":\"";
    struct incmap_record *r = object;
    struct im_bytes bytes;
    (void)err;
    r->arena = arena;
    if (!im_file_exists(how) ||
        im_file_map(arena, how, INCMAP_E_INPUT, &bytes, NULL) != INCMAP_OK ||
        bytes.n == 0) {
        return INCMAP_OK;
    }
    r->summary = im_summary_read(arena, bytes);
    if (r->summary != NULL) {
        const char *start = r->summary + sizeof opening - 1;
        r->digest = im_strndup(arena, start, strcspn(start, "\""));
    }
    return INCMAP_OK;
}

enum incmap_status incmap_record_read(const char *path, struct incmap_record **out,
                                      struct incmap_error *err) {
    struct im_birth birth = {sizeof **out, NULL, fill_record, path};
    void *object = NULL;
    enum incmap_status s = im_born(&birth, &object, err);
    struct incmap_record *r = object;
    if (s == INCMAP_OK && r->summary == NULL) {
        incmap_record_free(r);
        r = NULL;
    }
    *out = r;
    return s;
}

const char *incmap_record_digest(const struct incmap_record *record) {
    return record->digest;
}

const char *incmap_record_summary(const struct incmap_record *record) {
    return record->summary;
}

void incmap_record_free(struct incmap_record *record) {
    if (record != NULL) {
        im_arena_free(record->arena);
    }
}

struct naming {
    struct im_arena *arena;
    const char *text;
    char *out;
    size_t size, n;
};

static bool is_word(const char *s, size_t n) {
    unsigned char c = (unsigned char)*s;
    return n > 1 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

static enum incmap_status name_file(void *self, struct incmap_error *err) {
    (void)err;
    struct naming *name = self;
    const char *s = im_fold(name->arena, name->text, strlen(name->text));
    size_t left = strlen(s), used;
    bool gap = false;
    for (; left > 0; s += used, left -= used) {
        (void)im_utf8_next(s, left, &used);
        if (!is_word(s, used)) {
            gap = name->n > 0;
            continue;
        }
        if (name->n + gap + used + 1 > name->size) {
            break;
        }
        if (gap) {
            name->out[name->n++] = '-';
        }
        memcpy(name->out + name->n, s, used);
        name->n += used;
        gap = false;
    }
    name->out[name->n] = '\0';
    return INCMAP_OK;
}

size_t incmap_file_name(const char *text, char *out, size_t size) {
    struct naming name = {im_arena_new(IM_MAX_JOB_BYTES), text, out, size, 0};
    if (name.arena == NULL ||
        im_guard(name.arena, NULL, name_file, &name, NULL) != INCMAP_OK) {
        name.n = 0;
    }
    im_arena_free(name.arena);
    if (size > 0) {
        out[name.n] = '\0';
    }
    return name.n;
}
