/*
 * Many figures from one map file: jobs from a table, from a stream or from the data
 * themselves, drawn by a pool of worker processes; what is up to date is left alone.
 * Sees incmap.h and base/ only.
 */
#ifndef IM_BATCH_BATCH_H
#define IM_BATCH_BATCH_H

#include "base/arena.h"
#include "incmap.h"
#include <stdbool.h>

enum batch_progress {
    BATCH_PROGRESS_AUTO,
    BATCH_PROGRESS_ALWAYS,
    BATCH_PROGRESS_NEVER
};

enum { BATCH_FAILED = 9, BATCH_INTERRUPTED = 130 }; /* exit codes of its own */

struct batch_setting {
    const char *key, *value;
};

struct batch_options {
    const struct incmap_atlas *atlas; /* nothing was drawn on it yet */
    const char *const *maps;          /* map files; none = settings alone */
    size_t map_count;
    const struct batch_setting *settings; /* of all figures, over the map files */
    size_t setting_count;
    const char *jobs;           /* .csv, .tsv, .jsonl; "-" = a stream; NULL = none */
    const char *facet;          /* see incmap_job_facets; NULL = none */
    const char *dir;            /* where the figures go; made when missing */
    const char *const *formats; /* of figures whose job names no file; none = png */
    size_t format_count;
    int workers;        /* >= 1 */
    double timeout_s;   /* of one figure; 0 = none */
    long memory_mb;     /* of one worker beyond what all share; 0 = no limit */
    long shard, shards; /* this one, of so many; 0 of 0 = all */
    bool force, dry_run, strict, quiet;
    enum batch_progress progress;
    void (*tell)(const struct incmap_error *err); /* prints one error */
    void (*warn)(const struct incmap_finding *finding);
};

/* Make the figures. Returns the exit code: 0, BATCH_FAILED when some figures failed,
 * BATCH_INTERRUPTED, or the family of what kept all from being made. Arena: its catch
 * point is set. */
int batch_run(struct im_arena *arena, const struct batch_options *options);

/* Join the reports of shards in `dir` into report.json and report.html. */
int batch_merge(struct im_arena *arena, const char *dir,
                void (*tell)(const struct incmap_error *err));

#endif
