/* Tables, records of figures and file names for programs that make many figures. */
#include "api/job.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "formats/csv.h"
#include "text/text.h"
#include <string.h>

struct reading {
    struct im_arena *arena;
    const char *file;
    int (*each)(void *self, const struct incmap_row *row);
    void *self;
};

static bool give(const struct reading *r, const struct im_row *from,
                 const struct incmap_error *bad) {
    const char **cell = im_alloc(r->arena, from->n, sizeof *cell);
    for (size_t i = 0; i < from->n; i++) {
        cell[i] = from->field[i].text;
    }
    struct incmap_row row = {cell, from->n, from->line, from->n == 0 ? bad : NULL};
    return r->each(r->self, &row) == 0;
}

static enum incmap_status read_rows(void *self, struct incmap_error *err) {
    struct reading *r = self;
    struct im_csv *csv = NULL;
    struct im_bytes bytes;
    enum incmap_status s = im_file_map(r->arena, r->file, INCMAP_E_INPUT, &bytes, err);
    if (s == INCMAP_OK) {
        s = im_csv_open(r->arena, r->file, bytes, &csv, err);
    }
    bool more = s == INCMAP_OK && give(r, im_csv_header(csv), NULL);
    while (s == INCMAP_OK && more) {
        struct incmap_error bad;
        struct im_row row;
        s = im_csv_scan(csv, &row, &more, &bad);
        more = more && s == INCMAP_OK && give(r, &row, &bad);
    }
    return s;
}

enum incmap_status incmap_table_read(const char *file,
                                     int (*each)(void *, const struct incmap_row *),
                                     void *self, struct incmap_error *err) {
    struct reading r = {im_arena_new(IM_MAX_JOB_BYTES), file, each, self};
    im_error_clear(err);
    if (r.arena == NULL) {
        return im_fail(err, INCMAP_E_LIMIT, IM_NOWHERE, "out of memory");
    }
    enum incmap_status s = im_guard(r.arena, NULL, read_rows, &r, err);
    im_arena_free(r.arena);
    return s;
}

struct record {
    struct incmap_record told; /* first: what the caller sees */
    struct im_arena *arena;
};

static enum incmap_status fill_record(void *object, struct im_arena *arena,
                                      const void *how, struct incmap_error *err) {
    static const char opening[] = "{\"digest\":\"";
    struct record *r = object;
    struct im_bytes bytes;
    (void)err;
    r->arena = arena;
    if (!im_file_exists(how) ||
        im_file_map(arena, how, INCMAP_E_INPUT, &bytes, NULL) != INCMAP_OK ||
        bytes.n == 0) {
        return INCMAP_OK;
    }
    r->told.summary = im_summary_read(arena, bytes);
    if (r->told.summary != NULL) {
        const char *start = r->told.summary + sizeof opening - 1;
        r->told.digest = im_strndup(arena, start, strcspn(start, "\""));
    }
    return INCMAP_OK;
}

enum incmap_status incmap_record_read(const char *path, struct incmap_record **out,
                                      struct incmap_error *err) {
    struct im_birth birth = {sizeof(struct record), NULL, NULL, fill_record, path};
    void *object = NULL;
    enum incmap_status s = im_born(&birth, &object, err);
    struct record *r = object;
    *out = s == INCMAP_OK ? &r->told : NULL;
    if (s == INCMAP_OK && r->told.summary == NULL) {
        incmap_record_free(*out);
        *out = NULL;
    }
    return s;
}

void incmap_record_free(struct incmap_record *record) {
    if (record != NULL) {
        im_arena_free(((struct record *)(void *)record)->arena);
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
