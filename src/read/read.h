/* Users' files into the model: map files, settings, incident tables, overlays. */
#ifndef IM_READ_READ_H
#define IM_READ_READ_H

#include "base/buf.h"
#include "base/file.h"
#include "base/findings.h"
#include "model/spec.h"
#include <stdint.h>

/* Defaults of every key. */
void im_spec_init(struct im_spec *spec);

/* A map file into `spec`; paths are made relative to the map file. Unknown and
 * duplicate keys are errors with the nearest known key. Errors: INPUT with line and
 * column. */
INCMAP_MUST_CHECK enum incmap_status im_spec_read(struct im_arena *arena,
                                                  const char *file,
                                                  struct im_spec *spec,
                                                  struct incmap_error *err);

/* One key by dotted path. The value is text; where a key takes a list or a map, one
 * that starts with [ or { is read as YAML. Lists append ("overlays", "incidents.file"),
 * other keys of the last entry go without index ("incidents.size"), any entry has its
 * index
 * ("incidents.0.size"). One way of saying the extent replaces the others. Errors: USAGE
 * with the nearest known key. */
INCMAP_MUST_CHECK enum incmap_status im_spec_set(struct im_arena *arena,
                                                 struct im_spec *spec, const char *key,
                                                 const char *value,
                                                 struct incmap_error *err);

/* Is there such a key, whatever its value? Errors: USAGE with the nearest one. */
INCMAP_MUST_CHECK enum incmap_status im_spec_key(struct im_arena *arena,
                                                 const char *key,
                                                 struct incmap_error *err);

/* The text of a key that holds one, "" when none was given; NULL for other keys. */
const char *im_spec_text(struct im_arena *arena, const struct im_spec *spec,
                         const char *key);

/* All that is wanted as one text for a digest: the same wishes give the same text,
 * however they were written; of files the names alone, of output[] nothing. Their paths
 * are appended to `files`, bundled layers by their name. */
void im_spec_tell(struct im_arena *arena, const struct im_spec *spec,
                  struct im_buf *text, struct im_strings *files);

/*
 * An incident table (CSV/TSV/semicolon with header; file "-" is standard input), opened
 * once for many figures: where each row starts, on which days its event can fall, which
 * rows tell of one event. It does not change when it is used, but indexes by columns
 * and days are added when first needed; `arena` must outlive it. Errors: a broken
 * header (INPUT).
 */
struct im_table;
INCMAP_MUST_CHECK enum incmap_status im_table_open(struct im_arena *arena,
                                                   const struct im_spec *spec,
                                                   size_t set, struct im_table **out,
                                                   struct incmap_error *err);

/* The file as it was opened: what its rows are read from. */
struct im_bytes im_table_bytes(const struct im_table *table);

/* Rows of a table opened for the same file and columns{} are appended to `events`; rows
 * of one event_id become claims of one event. Bad rows and values are findings, a table
 * without rows is one too; rows of which none can be read are an error (INPUT). Rows
 * that cannot belong to an event within from..to are not read. */
INCMAP_MUST_CHECK enum incmap_status im_incidents_take(
    struct im_arena *arena, struct im_table *table, const struct im_spec *spec,
    size_t set, struct im_events *events, struct im_findings *findings,
    struct incmap_error *err);

/* Rows of a table, ascending. */
struct im_table_rows {
    uint32_t *v;
    size_t n;
};

/* Text that differs whenever im_incidents_take would give something else: header and
 * digests of the rows it would read, and the lines that cannot be read. Appended to
 * `out`. Errors: INPUT. */
INCMAP_MUST_CHECK enum incmap_status im_table_tell(struct im_arena *arena,
                                                   struct im_table *table,
                                                   const struct im_spec *spec,
                                                   size_t set, struct im_buf *out,
                                                   struct incmap_error *err);

/*
 * Distinct values of a column among the rows that pass the filters of `spec`, with the
 * name of the table's own header for it, in the order of the letters; empty cells are
 * left out. Errors: INPUT (no such column).
 */
INCMAP_MUST_CHECK enum incmap_status im_table_values(
    struct im_arena *arena, struct im_table *table, const struct im_spec *spec,
    size_t set, const char *column, struct im_strings *out, const char **header,
    struct incmap_error *err);

/* First and last days (since 1970) of the events of these rows, one pair a distinct
 * span, those without dates left out. */
struct im_days {
    long first, last;
};
INCMAP_MUST_CHECK enum incmap_status im_table_days(struct im_arena *arena,
                                                   struct im_table *table,
                                                   const struct im_spec *spec,
                                                   size_t set, struct im_days **out,
                                                   size_t *n, struct incmap_error *err);

#endif
