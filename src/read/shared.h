/* Inside of struct im_table: an incident table with what is known of every row; private
 * to read. */
#ifndef IM_READ_SHARED_H
#define IM_READ_SHARED_H

#include "read/read.h"
#include "read/table.h"
#include <stdint.h>

/* A row before it is read in full. */
struct read_entry {
    uint64_t digest[2]; /* of its bytes and its line */
    size_t offset;      /* where it starts, as im_csv_mark has it */
    unsigned line;
    uint32_t group; /* first row of the same event_id; itself without one */
    int32_t first_day, last_day; /* of its event, as far as any row tells; see OPEN */
};
#define READ_OPEN_FIRST INT32_MIN /* no date: can fall on any day */
#define READ_OPEN_LAST INT32_MAX

struct read_bad_row {
    struct im_where at;
    const char *why;
};

/* Rows by the value of one column. */
struct read_postings {
    size_t column;
    const char **value; /* of each code */
    size_t values;
    uint32_t *code;  /* of each row */
    uint32_t *start; /* rows[start[c] .. start[c + 1]) have code c, ascending */
    uint32_t *rows;
    uint32_t *sorted; /* codes by their values, the case of ASCII letters ignored */
};

/* Rows by their first day; those without days, or with many, stand apart. */
struct read_calendar {
    uint32_t *row; /* ascending by first day, then by row */
    size_t n;
    uint32_t *wide; /* ascending */
    size_t wide_n;
    int32_t longest; /* of row[], days from first to last */
};

/* Rows by the square degree that they lie in; those that may lie anywhere apart. */
enum { READ_CELLS = 360 * 180, READ_ANYWHERE = READ_CELLS };
enum { READ_FEW = 512 }; /* rows, up to which lists by cell cost more than they save */
struct read_grid {
    uint32_t *cell; /* of each row: 180 * (whole degrees east of -180) + (north of -90),
                       or READ_ANYWHERE */
    uint32_t *start; /* rows[start[c] .. start[c + 1]) lie in cell c, ascending; NULL:
                        a table of few rows */
    uint32_t *rows;
};

enum { READ_POSTINGS = 64 }; /* columns with postings at most */

struct im_table {
    struct im_arena *arena;
    struct im_bytes bytes; /* of the whole file */
    struct im_csv *csv;
    struct im_csv_mark top; /* the first row behind the header */
    struct read_layout layout;
    struct read_entry *row;
    size_t n, cap;
    struct im_row *kept; /* all rows in full, when the table is small; else NULL */
    struct read_bad_row *bad;
    size_t bad_n, bad_cap;
    enum read_order order[2];
    struct read_postings *postings[READ_POSTINGS];
    size_t postings_n;
    struct read_calendar *calendar;
    struct read_grid *grid;
};

/* Digest of n bytes, different for different seeds. */
void read_digest(const char *p, size_t n, uint64_t seed, uint64_t out[2]);

/* Take another digest into a sum; the order counts. */
void read_digest_add(uint64_t sum[2], const uint64_t digest[2]);

/* The postings of a column, made when first asked for. */
const struct read_postings *read_postings_of(struct im_table *t, size_t column);
/* The codes of a value in any case, how many. */
size_t read_codes_of(const struct read_postings *p, const char *value,
                     const uint32_t **codes);
const struct read_calendar *read_calendar_of(struct im_table *t);

const struct read_grid *read_grid_of(struct im_table *t);

/* Let the reader of this table go on at a row. */
void read_seek(const struct im_table *t, struct im_csv *csv, size_t i);
/* A row of the table, which was read before; valid until the next call. */
struct im_row read_row(struct im_table *t, struct im_csv *csv, size_t i);

/* What a figure reads of a table. */
struct read_choice {
    struct im_table_rows rows; /* ascending; may belong to an event in from..to */
    bool left_out;             /* a filter left some out */
    bool far;                  /* some lie beyond the spec's reach */
};
/* Errors: INPUT. */
INCMAP_MUST_CHECK enum incmap_status read_select(struct im_arena *arena,
                                                 struct im_table *t,
                                                 const struct im_spec *spec, size_t set,
                                                 struct read_choice *out,
                                                 struct incmap_error *err);

#endif
