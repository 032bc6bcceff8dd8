/* Text that goes with a figure: the embedded manifest, the report, the dumps. */
#ifndef IM_ENCODE_ENCODE_H
#define IM_ENCODE_ENCODE_H

#include "base/buf.h"
#include "base/file.h"
#include "base/findings.h"
#include "model/spec.h"
#include "scene/scene.h"

/* A file that went into the figure. */
struct im_input {
    const char *role;   /* "map", "incidents", "overlay", "borders", "gazetteer" */
    const char *path;   /* as given */
    const char *digest; /* SHA-256, or what a compiled gazetteer tells of itself */
};

/* What a figure says about itself. JSON texts are taken as they are. */
struct im_manifest {
    const char *digest; /* of all that goes into the figure */
    const struct im_spec *spec;
    const struct im_events *events;
    const struct im_findings *findings;
    const struct im_input *inputs;
    size_t input_count;
    const char *components;   /* "cairo 1.16.0, ..." */
    const char *geodata_json; /* object: file -> digest */
    const char *fonts_json;   /* object: file -> digest */
    const char *projection;   /* definition */
    const char *level;        /* border detail */
    const char *credits, *description;
    const struct im_panel *inset; /* the locator, NULL = none */
};

/* The manifest as one JSON object, keys in fixed order. In the arena. */
char *im_manifest_json(struct im_arena *arena, const struct im_manifest *m);

/* The short account of a figure, one JSON object. In the arena. */
char *im_summary_json(struct im_arena *arena, const struct im_manifest *m);
/* The same read back from the bytes of a PNG, SVG or PDF; NULL when there is none, or
 * the file is cut short. */
const char *im_summary_read(struct im_arena *arena, struct im_bytes file);

/* Findings as a JSON list; their files as given, or `bare`, by their names alone. */
void im_findings_json(struct im_buf *out, const struct im_findings *findings,
                      bool bare);

/* The report of --report. `why` may be NULL. In the arena. */
struct im_report {
    enum incmap_status status;
    const struct incmap_error *why;
    const char *const *outputs;
    size_t output_count;
    const struct im_findings *findings;
    size_t events, placed; /* incidents read, and those with a position */
};
char *im_report_json(struct im_arena *arena, const struct im_report *r);

/* One JSON object a line: events with their claims; places with position and reason. */
void im_dump_incidents(struct im_buf *out, const struct im_events *events);
void im_dump_places(struct im_buf *out, const struct im_events *events);

#endif
