/* Cells of incident tables: dates in several notations, figures; private to read. */
#ifndef IM_READ_CELLS_H
#define IM_READ_CELLS_H

#include "base/arena.h"
#include "model/model.h"

enum read_date_kind {
    READ_NO_DATE,
    READ_DATE_CLEAR,    /* day_first holds it */
    READ_DATE_EITHER,   /* 05/07/2020: two readings */
    READ_DATE_DAY_ONLY, /* 13/07/2020: only day first */
    READ_DATE_MONTH_ONLY
};

/* What a cell can mean; the reading that it cannot have is unset. */
struct read_dates {
    enum read_date_kind kind;
    struct im_date day_first, month_first;
};

/*
 * ISO, 12 July 2020, July 12, 2020, 12-Jul-2020, July 2020, 2020/07/12, 12.07.2020 (day
 * first), and 12/07/2020 or 12-07-2020 (either). A time behind it is ignored. English
 * month names.
 */
struct read_dates read_dates_of(const char *text);

/* What to write in the place of a text that is no date: if it looks like a
 * spreadsheet's number of a day, or has a year of two digits, the day that may be
 * meant. */
const char *read_date_advice(struct im_arena *arena, const char *text);

enum read_figure_kind {
    READ_FIGURE_NONE, /* empty, "unknown", "n/a", "-", "?" */
    READ_FIGURE_OK,
    READ_FIGURE_ABOUT, /* "10+", "at least 10", "~10": the number is taken as it stands
                        */
    READ_FIGURE_BAD
};

/* 3, 3-5, 3 to 5, 1,200; low <= best <= high, best of a range is its lower middle. */
enum read_figure_kind read_figure_of(const char *text, struct im_figure *out);

/* confirmed, claimed, disputed; false for anything else. */
bool read_evidence_of(const char *text, enum im_evidence *out);

#endif
