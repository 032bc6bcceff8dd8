#include "formats/csv.h"
#include "base/buf.h"
#include "base/limits.h"
#include "formats/csv_line.h"
#include "formats/plain.h"
#include <string.h>

/* A field of the row in hand; its text is at csv->text.data + offset. */
struct piece {
    size_t offset, n;
    unsigned line, col;
};

struct im_csv {
    struct im_arena *arena;
    const char *name;
    const char *bytes;
    const char *at, *end; /* what is left */
    unsigned line;        /* of `at`, which is always the start of a line */
    char separator;
    bool stop[256]; /* bytes that end a field without quotes */
    struct im_row header;
    struct im_buf text; /* scratch: texts of the row in hand, each with a NUL */
    struct piece *pieces;
    size_t piece_n, piece_cap;
    struct im_field *lent; /* fields of the row that im_csv_scan gave */
    size_t lent_n;
};

/* Where scanning stands, for messages. */
struct scan {
    const char *p, *line_start;
    unsigned line;
    unsigned field_line, field_col; /* of the field in hand */
};

enum trouble { FINE, UNCLOSED, AFTER_QUOTE, TOO_LONG };

/* A row as scanned: all its fields, and whether those beyond the kept ones, or all of
 * them, are empty. */
struct shape {
    size_t fields;
    bool blank, surplus;
};

static bool is_blank(char c, char separator) {
    return c == ' ' || (c == '\t' && separator != '\t');
}

static void next_line(struct scan *s, size_t n) {
    s->p += n;
    s->line_start = s->p;
    s->line++;
}

static unsigned column_of(const struct scan *s) {
    return (unsigned)(s->p - s->line_start) + 1;
}

/* 1. The separator. */

/* A spreadsheet's first line "sep=;" names it. */
static bool take_separator_line(struct im_csv *csv) {
    size_t n = (size_t)(csv->end - csv->at);
    if (n < 6 || memcmp(csv->at, "sep=", 4) != 0 ||
        strchr(",;\t", csv->at[4]) == NULL) {
        return false;
    }
    size_t end = im_line_end(csv->at + 5, csv->end);
    if (end == 0) {
        return false;
    }
    csv->separator = csv->at[4];
    csv->at += 5 + end;
    csv->line++;
    return true;
}

/* 2. A row: texts are gathered in csv->text, fields as offsets, then copied at once. */

/* Add the bytes [from, s->p) to the field's text. */
static void add_span(struct im_csv *csv, const char *from, const struct scan *s) {
    im_buf_add(&csv->text, from, (size_t)(s->p - from));
}

static enum trouble quoted_field(struct im_csv *csv, struct scan *s) {
    size_t start = csv->text.len;
    const char *from = ++s->p;
    while (s->p < csv->end) {
        size_t newline = im_line_end(s->p, csv->end);
        if (*s->p == '"') {
            add_span(csv, from, s);
            from = ++s->p; // a doubled quote: the second one is text
            if (s->p == csv->end || *s->p != '"') {
                return FINE;
            }
            s->p++;
        } else if (newline > 0) {
            add_span(csv, from, s);
            im_buf_char(&csv->text, '\n');
            next_line(s, newline);
            from = s->p;
        } else {
            s->p++;
        }
        if (csv->text.len - start + (size_t)(s->p - from) > IM_MAX_FIELD) {
            return TOO_LONG;
        }
    }
    return UNCLOSED;
}

/* A field without quotes: trimmed where it lies, then copied at once. */
static enum trouble plain_field(struct im_csv *csv, struct scan *s, struct piece *out) {
    const char *from = s->p, *p = s->p, *end = csv->end;
    while (p < end && !csv->stop[(unsigned char)*p]) {
        p++;
    }
    size_t n = (size_t)(p - from);
    s->p = p;
    if (n > IM_MAX_FIELD) {
        return TOO_LONG;
    }
    im_trim(&from, &n);
    *out = (struct piece){csv->text.len, n, s->field_line, s->field_col};
    im_keep_text(&csv->text, from, n, csv->end);
    return FINE;
}

/* The text gathered since `start`, without outer blanks, closed with a NUL. */
static struct piece close_field(struct im_csv *csv, const struct scan *s,
                                size_t start) {
    const char *from = csv->text.data + start;
    size_t n = csv->text.len - start;
    im_trim(&from, &n);
    start = (size_t)(from - csv->text.data);
    csv->text.len = start + n;
    im_buf_char(&csv->text, '\0');
    return (struct piece){start, n, s->field_line, s->field_col};
}

/* One field, its text behind what csv->text held. */
static enum trouble take_field(struct im_csv *csv, struct scan *s, struct piece *out) {
    size_t start = csv->text.len;
    while (s->p < csv->end && is_blank(*s->p, csv->separator)) {
        s->p++;
    }
    s->field_line = s->line;
    s->field_col = column_of(s);
    if (s->p == csv->end || *s->p != '"') {
        return plain_field(csv, s, out);
    }
    enum trouble trouble = quoted_field(csv, s);
    while (s->p < csv->end && is_blank(*s->p, csv->separator)) {
        s->p++;
    }
    if (trouble == FINE && s->p < csv->end && *s->p != csv->separator &&
        im_line_end(s->p, csv->end) == 0) {
        s->field_line = s->line;
        s->field_col = column_of(s);
        return AFTER_QUOTE;
    }
    if (trouble == FINE) {
        *out = close_field(csv, s, start);
    }
    return trouble;
}

/* All fields of the row at s->p; the first `most` of them are kept. */
static enum trouble take_row(struct im_csv *csv, struct scan *s, size_t most,
                             struct shape *shape) {
    *shape = (struct shape){.fields = 0, .blank = true};
    im_buf_clear(&csv->text);
    csv->piece_n = 0;
    for (;;) {
        size_t start = csv->text.len;
        struct piece piece;
        enum trouble trouble = take_field(csv, s, &piece);
        if (trouble != FINE) {
            return trouble;
        }
        shape->fields++;
        shape->blank = shape->blank && piece.n == 0;
        if (shape->fields <= most) {
            IM_PUSH(csv->arena, csv->pieces, csv->piece_n, csv->piece_cap, piece);
        } else {
            csv->text.len = start;
            shape->surplus = shape->surplus || piece.n > 0;
        }
        if (s->p == csv->end || *s->p != csv->separator) {
            return FINE;
        }
        s->p++;
    }
}

/* The scratch row as the caller's. */
static void keep_row(struct im_csv *csv, struct im_row *row) {
    char *text = im_strndup(csv->arena, csv->text.data, csv->text.len);
    row->field = im_alloc(csv->arena, csv->piece_n, sizeof *row->field);
    row->n = csv->piece_n;
    for (size_t i = 0; i < csv->piece_n; i++) {
        const struct piece *p = &csv->pieces[i];
        row->field[i] = (struct im_field){text + p->offset, p->n, p->line, p->col};
    }
}

/* The scratch row as it lies. */
static void lend_row(struct im_csv *csv, struct im_row *row) {
    if (csv->lent_n < csv->piece_n) {
        csv->lent = im_alloc(csv->arena, csv->piece_n, sizeof *csv->lent);
        csv->lent_n = csv->piece_n;
    }
    row->field = csv->lent;
    row->n = csv->piece_n;
    for (size_t i = 0; i < csv->piece_n; i++) {
        const struct piece *p = &csv->pieces[i];
        row->field[i] =
            (struct im_field){csv->text.data + p->offset, p->n, p->line, p->col};
    }
}

/* Go on behind the first line end after csv->at: what follows a broken row may be fine.
 */
static void skip_line(struct im_csv *csv) {
    while (csv->at < csv->end && im_line_end(csv->at, csv->end) == 0) {
        csv->at++;
    }
    size_t n = im_line_end(csv->at, csv->end);
    csv->at += n;
    csv->line += n > 0;
}

static void skip_row(struct im_csv *csv, struct scan *s) {
    size_t n = im_line_end(s->p, csv->end);
    csv->at = s->p + n;
    csv->line = s->line + (n > 0);
}

static enum incmap_status tell(const struct im_csv *csv, const struct scan *s,
                               enum trouble trouble, struct incmap_error *err) {
    struct im_where where = IM_AT(csv->name, s->field_line, s->field_col);
    switch (trouble) {
    case UNCLOSED:
        return im_fail(err, INCMAP_E_INPUT, where, "this quote is never closed");
    case AFTER_QUOTE:
        return im_fail(err, INCMAP_E_INPUT, where,
                       "text after a closing quote (double the quotes inside a field)");
    default:
        return im_fail(err, INCMAP_E_INPUT, where, "a field is longer than %zu bytes",
                       IM_MAX_FIELD);
    }
}

/* 3. The table. */

static enum incmap_status read_header(struct im_csv *csv, struct incmap_error *err) {
    struct shape shape = {.blank = true};
    while (shape.blank) {
        struct scan s = {.p = csv->at, .line_start = csv->at, .line = csv->line};
        if (csv->at == csv->end) {
            return im_fail(err, INCMAP_E_INPUT, IM_FILE(csv->name),
                           "the table is empty");
        }
        csv->header.line = csv->line;
        enum trouble trouble = take_row(csv, &s, IM_MAX_COLUMNS, &shape);
        if (trouble != FINE) {
            return tell(csv, &s, trouble, err);
        }
        skip_row(csv, &s);
    }
    if (shape.fields > IM_MAX_COLUMNS) {
        return im_fail(err, INCMAP_E_INPUT, IM_AT(csv->name, csv->header.line, 1),
                       "more than %d columns", IM_MAX_COLUMNS);
    }
    keep_row(csv, &csv->header);
    return INCMAP_OK;
}

enum incmap_status im_csv_open(struct im_arena *arena, const char *name,
                               struct im_bytes bytes, struct im_csv **out,
                               struct incmap_error *err) {
    *out = NULL;
    enum incmap_status status = im_plain_check(name, bytes, err);
    if (status != INCMAP_OK) {
        return status;
    }
    struct im_csv *csv = im_alloc(arena, 1, sizeof *csv);
    csv->arena = arena;
    csv->name = im_strdup(arena, name);
    csv->bytes = csv->at = bytes.n == 0 ? "" : bytes.data;
    csv->end = csv->at + bytes.n;
    csv->line = 1;
    im_buf_init(&csv->text, arena, 2 * IM_MAX_INPUT);
    if (bytes.n >= 3 && memcmp(csv->at, "\xEF\xBB\xBF", 3) == 0) {
        csv->at += 3;
    }
    if (!take_separator_line(csv)) {
        csv->separator = im_csv_separator(csv->at, csv->end);
    }
    csv->stop[(unsigned char)csv->separator] = true;
    csv->stop['\r'] = csv->stop['\n'] = true;
    status = read_header(csv, err);
    *out = status == INCMAP_OK ? csv : NULL;
    return status;
}

const char *im_csv_name(const struct im_csv *csv) {
    return csv->name;
}

const struct im_row *im_csv_header(const struct im_csv *csv) {
    return &csv->header;
}

/* The row's trouble into *bad, or, when the caller wants none, as the failure. */
static enum incmap_status bad_row(struct im_csv *csv, const struct scan *s,
                                  enum trouble trouble, const struct shape *shape,
                                  struct incmap_error *bad) {
    enum incmap_status status;
    if (trouble != FINE) {
        status = tell(csv, s, trouble, bad);
        skip_line(csv);
    } else {
        status = im_fail(bad, INCMAP_E_INPUT, IM_AT(csv->name, csv->line, 1),
                         "%zu field%s in a table of %zu columns", shape->fields,
                         shape->fields == 1 ? "" : "s", csv->header.n);
        struct scan end = *s;
        skip_row(csv, &end);
    }
    return bad == NULL ? status : INCMAP_OK;
}

typedef void give_fn(struct im_csv *csv, struct im_row *row);

static enum incmap_status next_row(struct im_csv *csv, struct im_row *row, bool *more,
                                   give_fn *give, struct incmap_error *bad) {
    im_error_clear(bad);
    *row = (struct im_row){NULL, 0, csv->line};
    *more = false;
    while (csv->at < csv->end) {
        struct scan s = {.p = csv->at, .line_start = csv->at, .line = csv->line};
        struct shape shape;
        enum trouble trouble = take_row(csv, &s, csv->header.n, &shape);
        row->line = csv->line;
        *more = trouble != FINE || !shape.blank;
        if (trouble != FINE ||
            (!shape.blank && (shape.surplus || shape.fields < csv->header.n))) {
            return bad_row(csv, &s, trouble, &shape, bad);
        }
        skip_row(csv, &s);
        if (*more) {
            give(csv, row);
            return INCMAP_OK;
        }
    }
    return INCMAP_OK;
}

enum incmap_status im_csv_next(struct im_csv *csv, struct im_row *row, bool *more,
                               struct incmap_error *bad) {
    return next_row(csv, row, more, keep_row, bad);
}

enum incmap_status im_csv_scan(struct im_csv *csv, struct im_row *row, bool *more,
                               struct incmap_error *bad) {
    return next_row(csv, row, more, lend_row, bad);
}

struct im_csv_mark im_csv_tell(const struct im_csv *csv) {
    return (struct im_csv_mark){(size_t)(csv->at - csv->bytes), csv->line};
}

void im_csv_seek(struct im_csv *csv, struct im_csv_mark mark) {
    csv->at = csv->bytes + mark.offset;
    csv->line = mark.line;
}

struct im_csv *im_csv_again(struct im_arena *arena, const struct im_csv *csv,
                            struct im_csv_mark mark) {
    struct im_csv *again = im_alloc(arena, 1, sizeof *again);
    *again = *csv;
    again->arena = arena;
    im_buf_init(&again->text, arena, 2 * IM_MAX_INPUT);
    again->pieces = NULL;
    again->piece_n = again->piece_cap = 0;
    again->lent = NULL;
    again->lent_n = 0;
    im_csv_seek(again, mark);
    return again;
}
