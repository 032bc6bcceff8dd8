/*
 * RFC 4180 tables with positions: comma, semicolon or tab (found from the header line),
 * quotes, BOM, CRLF, LF. Every field knows its line and column.
 */
#ifndef IM_FORMATS_CSV_H
#define IM_FORMATS_CSV_H

#include "base/file.h"
#include <stdbool.h>

struct im_field {
    const char
        *text; /* NUL-terminated in the arena, unquoted, trimmed of outer blanks */
    size_t n;
    unsigned line, col; /* 1-based; col in bytes */
};

struct im_row {
    struct im_field *field;
    size_t n;
    unsigned line;
};

struct im_csv; /* opaque reader */

/*
 * Start reading; `name` is used in messages. The first row is the header. Errors: INPUT
 * (empty, not UTF-8, NUL bytes), with the position.
 */
INCMAP_MUST_CHECK enum incmap_status im_csv_open(struct im_arena *arena,
                                                 const char *name,
                                                 struct im_bytes bytes,
                                                 struct im_csv **out,
                                                 struct incmap_error *err);
const struct im_row *im_csv_header(const struct im_csv *csv);
/* The name given to im_csv_open, in the arena. */
const char *im_csv_name(const struct im_csv *csv);
/* Header index of a column, ASCII case, blanks and underscores ignored; -1 = absent. */
int im_csv_column(const struct im_csv *csv, const char *name);
/* Two column names are the same in this sense. */
bool im_csv_same_name(const char *a, const char *b);
/*
 * Next row (blank lines skipped); *more false at the end. A row with another number of
 * fields than the header, an unclosed quote or a field over IM_MAX_FIELD is an error
 * for that row only when `bad` is given: *bad holds the message, the row has n == 0,
 * and the call returns OK; without `bad` it returns INPUT. Surplus fields that are
 * empty are ignored. Reading goes on behind the bad row, or behind its first line when
 * its quotes are in disorder.
 */
INCMAP_MUST_CHECK enum incmap_status im_csv_next(struct im_csv *csv, struct im_row *row,
                                                 bool *more, struct incmap_error *bad);

/* The same, but the row is in memory that the next call uses again: for a first look at
 * a large table. */
INCMAP_MUST_CHECK enum incmap_status im_csv_scan(struct im_csv *csv, struct im_row *row,
                                                 bool *more, struct incmap_error *bad);

/* Where the next row starts: a place to come back to. */
struct im_csv_mark {
    size_t offset; /* into the bytes given to im_csv_open */
    unsigned line;
};
struct im_csv_mark im_csv_tell(const struct im_csv *csv);
/* Another reader of the same bytes, whose rows go into `arena`; it begins at `mark`,
 * which im_csv_tell gave. `csv` must outlive it. */
struct im_csv *im_csv_again(struct im_arena *arena, const struct im_csv *csv,
                            struct im_csv_mark mark);
void im_csv_seek(struct im_csv *csv, struct im_csv_mark mark);

#endif
