/* Users' files into the model: map files, settings, incident tables, overlays. */
#ifndef IM_READ_READ_H
#define IM_READ_READ_H

#include "base/findings.h"
#include "model/spec.h"

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

/* An incident table (CSV/TSV/semicolon with header; file "-" is standard input)
 * appended to `events`; rows of one event_id become claims of one event. Bad rows and
 * values are findings, a table without rows is one too; a broken header, or rows of
 * which none can be read, are an error (INPUT). */
INCMAP_MUST_CHECK enum incmap_status im_incidents_read(
    struct im_arena *arena, const struct im_spec *spec, size_t set,
    struct im_events *events, struct im_findings *findings, struct incmap_error *err);

#endif
