/* Rows of jobs: a CSV or TSV table, or one JSON object a line. */
#include "base/file.h"
#include "base/limits.h"
#include "batch/inside.h"
#include <string.h>

size_t batch_column(struct batch_rows *rows, const char *name) {
    for (size_t i = 0; i < rows->columns; i++) {
        if (strcmp(rows->column[i], name) == 0) {
            return i;
        }
    }
    IM_PUSH(rows->arena, rows->column, rows->columns, rows->column_cap,
            im_strdup(rows->arena, name));
    IM_PUSH(rows->arena, rows->named, rows->named_n, rows->named_cap, rows->line);
    return rows->columns - 1;
}

const char *batch_cell(const struct batch_row *row, size_t column) {
    return column < row->cells && row->cell[column] != NULL ? row->cell[column] : "";
}

void batch_set_cell(struct batch_rows *rows, struct batch_row *row, const char *name,
                    const char *value) {
    size_t at = batch_column(rows, name);
    if (at >= row->cells) {
        row->cell =
            im_grow(rows->arena, row->cell, row->cells, at + 1, sizeof *row->cell);
        row->cells = at + 1;
    }
    row->cell[at] = value;
}

struct batch_row batch_row_of_json(struct batch_rows *rows, const char *text, size_t n,
                                   unsigned line) {
    struct batch_row row = {.line = line};
    struct batch_object object;
    struct incmap_error why, at;
    if (batch_json_read(rows->arena, text, n, &object, &why) != INCMAP_OK) {
        im_error_clear(&at);
        (void)im_fail(&at, why.status, IM_AT(rows->file, line, why.column), "%s",
                      why.message);
        row.error = batch_kept(rows->arena, &at);
        return row;
    }
    rows->line = line;
    for (size_t i = 0; i < object.n; i++) {
        const struct batch_field *f = &object.v[i];
        if (strcmp(f->key, "id") == 0) {
            row.id = f->raw;
        }
        if (!f->is_null) {
            batch_set_cell(rows, &row, f->key, f->text);
        }
    }
    return row;
}

static enum incmap_status read_lines(struct batch_rows *rows, const char *file,
                                     struct incmap_error *err) {
    struct im_bytes bytes;
    enum incmap_status s = im_file_map(rows->arena, file, INCMAP_E_INPUT, &bytes, err);
    unsigned line = 0;
    for (size_t at = 0, n; s == INCMAP_OK && at < bytes.n; at += n + 1) {
        const char *from = bytes.data + at;
        const char *end = memchr(from, '\n', bytes.n - at);
        n = end != NULL ? (size_t)(end - from) : bytes.n - at;
        line++;
        bool blank = true;
        for (size_t i = 0; i < n; i++) {
            blank = blank && (from[i] == ' ' || from[i] == '\t' || from[i] == '\r');
        }
        if (!blank) {
            struct batch_row row = batch_row_of_json(rows, from, n, line);
            IM_PUSH(rows->arena, rows->v, rows->n, rows->cap, row);
        }
    }
    return s;
}

static struct batch_row row_of(struct batch_rows *rows, const struct incmap_row *from) {
    struct batch_row row = {.line = from->line, .cells = from->count};
    row.cell = im_alloc(rows->arena, from->count, sizeof *row.cell);
    for (size_t i = 0; i < from->count; i++) {
        // an empty cell leaves the key as the map file has it
        row.cell[i] =
            from->cell[i][0] != '\0' ? im_strdup(rows->arena, from->cell[i]) : NULL;
    }
    return row;
}

static enum incmap_status read_header(struct batch_rows *rows,
                                      const struct incmap_row *header,
                                      struct incmap_error *err) {
    rows->line = header->line;
    for (size_t i = 0; i < header->count; i++) {
        if (header->cell[i][0] == '\0' || batch_column(rows, header->cell[i]) != i) {
            return im_fail(err, INCMAP_E_INPUT, IM_AT(rows->file, header->line, 1),
                           header->cell[i][0] == '\0'
                               ? "column %zu has no name (name the key it sets)"
                               : "column %zu has the name of another one",
                           i + 1);
        }
    }
    return INCMAP_OK;
}

struct table_reading {
    struct batch_rows *rows;
    bool header_read;
    struct incmap_error *err;
    enum incmap_status status;
};

static int take_row(void *self, const struct incmap_row *row) {
    struct table_reading *t = self;
    struct batch_rows *rows = t->rows;
    if (!t->header_read) {
        t->header_read = true;
        t->status = read_header(rows, row, t->err);
    } else if (row->bad != NULL) {
        struct batch_row broken = {.line = row->bad->line,
                                   .error = batch_kept(rows->arena, row->bad)};
        IM_PUSH(rows->arena, rows->v, rows->n, rows->cap, broken);
    } else {
        IM_PUSH(rows->arena, rows->v, rows->n, rows->cap, row_of(rows, row));
    }
    return t->status != INCMAP_OK;
}

enum incmap_status batch_rows_read(struct batch_rows *rows, const char *file,
                                   struct incmap_error *err) {
    rows->file = file;
    if (im_path_ends(file, ".jsonl") || im_path_ends(file, ".ndjson")) {
        return read_lines(rows, file, err);
    }
    if (!im_path_ends(file, ".csv") && !im_path_ends(file, ".tsv")) {
        return im_fail(err, INCMAP_E_USAGE, IM_FILE(file),
                       "jobs are read from .csv, .tsv or .jsonl files, or - for a "
                       "stream of JSON lines, not '%s'",
                       im_path_name(file));
    }
    struct incmap_error why;
    struct table_reading t = {.rows = rows, .err = err};
    enum incmap_status s = incmap_table_read(file, take_row, &t, &why);
    if (s != INCMAP_OK) {
        *err = why;
    }
    return s != INCMAP_OK ? s : t.status;
}
