/* The columns of incident tables and how a header is matched with them; private to
 * read. */
#ifndef IM_READ_COLUMNS_H
#define IM_READ_COLUMNS_H

#include "base/findings.h"
#include "formats/csv.h"
#include "model/spec.h"

/* column, name in the format */
#define READ_COLUMNS_LIST(X)                                                           \
    X(EVENT_ID, "event_id")                                                            \
    X(DATE, "date")                                                                    \
    X(DATE_END, "date_end")                                                            \
    X(TYPE, "type")                                                                    \
    X(PLACE, "place")                                                                  \
    X(LAT, "lat")                                                                      \
    X(LON, "lon")                                                                      \
    X(COORDINATES, "coordinates")                                                      \
    X(COUNTRY, "country")                                                              \
    X(ADMIN1, "admin1")                                                                \
    X(PRECISION, "precision_km")                                                       \
    X(SIDE1, "side1")                                                                  \
    X(SIDE2, "side2")                                                                  \
    X(KILLED1, "killed1")                                                              \
    X(KILLED1_LOW, "killed1_low")                                                      \
    X(KILLED1_HIGH, "killed1_high")                                                    \
    X(KILLED2, "killed2")                                                              \
    X(KILLED2_LOW, "killed2_low")                                                      \
    X(KILLED2_HIGH, "killed2_high")                                                    \
    X(WOUNDED1, "wounded1")                                                            \
    X(WOUNDED1_LOW, "wounded1_low")                                                    \
    X(WOUNDED1_HIGH, "wounded1_high")                                                  \
    X(WOUNDED2, "wounded2")                                                            \
    X(WOUNDED2_LOW, "wounded2_low")                                                    \
    X(WOUNDED2_HIGH, "wounded2_high")                                                  \
    X(FATALITIES, "fatalities")                                                        \
    X(FATALITIES_LOW, "fatalities_low")                                                \
    X(FATALITIES_HIGH, "fatalities_high")                                              \
    X(CLAIMANT, "claimant")                                                            \
    X(EVIDENCE, "evidence")                                                            \
    X(SOURCE, "source")                                                                \
    X(NOTES, "notes")

enum read_column {
#define X(column, name) READ_COL_##column,
    READ_COLUMNS_LIST(X)
#undef X
        READ_COLUMN_COUNT
};

enum read_schema { READ_PLAIN, READ_ACLED, READ_UCDP };

/* Which header stands for which column; -1 = the table has none. */
struct read_layout {
    int at[READ_COLUMN_COUNT];
    enum read_schema schema;
};

const char *read_column_name(enum read_column column);
/* Column of this name (case, blanks, underscores ignored), else READ_COLUMN_COUNT. */
enum read_column read_column_find(const char *name);
const char *read_column_nearest(const char *name);
/* The i-th of the other names that headers may use, and the column it stands for; NULL
 * beyond the last one. */
const char *read_column_other(size_t i, enum read_column *column);

/*
 * Match the header: columns{} first, then the names themselves, then usual other names.
 * Columns that are not used and what was guessed are findings. Errors: INPUT when
 * columns{} names an absent header, or nothing tells where an event is.
 */
INCMAP_MUST_CHECK enum incmap_status read_layout_find(
    struct im_arena *arena, const struct im_csv *csv,
    const struct im_spec_incidents *set, struct im_findings *findings,
    struct read_layout *out, struct incmap_error *err);

#endif
