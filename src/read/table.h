/* An incident table on its way into the model; private to read. */
#ifndef IM_READ_TABLE_H
#define IM_READ_TABLE_H

#include "read/columns.h"

/* How the two-way dates of a column are to be read. */
enum read_order {
    READ_ORDER_UNKNOWN,
    READ_DAY_FIRST,
    READ_MONTH_FIRST,
    READ_ORDER_MIXED
};

struct read_rows {
    struct im_arena *arena;
    const char *file;
    const struct im_csv *csv;
    struct read_layout layout;
    struct im_findings *findings;
    struct im_row *v; /* rows that are wanted */
    size_t n;
    size_t bad;               /* unreadable rows */
    enum read_order order[2]; /* of date and date_end */
};

/* One row: an event of its own, with its claim; incidents.c joins those of one id. */
struct read_draft {
    struct im_event event;
    struct im_claim claim;
    size_t owner; /* index of the draft whose event this is */
};

/* The row's field of a column, NULL when the table has no such column. */
const struct im_field *read_field(const struct read_rows *t, const struct im_row *row,
                                  enum read_column column);
/* Its text, "" when there is none. */
const char *read_cell(const struct read_rows *t, const struct im_row *row,
                      enum read_column column);

/* A row as an event; unusable values are findings and left out. */
struct read_draft read_draft_of(struct read_rows *t, const struct im_row *row);

#endif
