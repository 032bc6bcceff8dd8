/*
 * A compiled gazetteer in the making:
 *
 * 1. sources  gaz_builder_source begins one; its batches follow in order
 * 2. add      records, texts and entries of a batch take their numbers
 * 3. end      areas get the people of their towns; the indexes are sorted and written
 */
#ifndef IM_GAZETTEER_BUILDER_H
#define IM_GAZETTEER_BUILDER_H

#include "base/findings.h"
#include "gazetteer/batch.h"

struct gaz_builder;

struct gaz_builder_options {
    const char *path;   /* of the file; NULL = in memory */
    uint64_t stamp;     /* gaz_header */
    unsigned threads;   /* for sorting, 1 .. GAZ_MOST_HANDS */
    size_t most_memory; /* that entries may take before they go to a scratch file */
};

/* Errors: OUTPUT. */
INCMAP_MUST_CHECK enum incmap_status gaz_builder_open(
    struct im_arena *arena, const struct gaz_builder_options *options,
    const struct gaz_coder *coder, struct gaz_builder **out, struct incmap_error *err);

/* What is known of a source; counts are completed by gaz_builder_counts. */
struct gaz_origin {
    const char *path; /* for messages */
    const char *name, *format, *rights;
    uint64_t bytes, digest;
    uint32_t counted;
};
void gaz_builder_source(struct gaz_builder *b, const struct gaz_origin *origin);
void gaz_builder_format(struct gaz_builder *b, const char *format, const char *rights);
/* Of the source in hand: its digest, rows kept so far; rows that it has. */
void gaz_builder_digest(struct gaz_builder *b, uint64_t digest);
uint64_t gaz_builder_kept(const struct gaz_builder *b);
void gaz_builder_counts(struct gaz_builder *b, uint64_t read);
/* Errors: LIMIT (too many records), OUTPUT. */
INCMAP_MUST_CHECK enum incmap_status gaz_builder_add(struct gaz_builder *b,
                                                     const struct gaz_batch *batch,
                                                     struct incmap_error *err);
/* `findings` (may be NULL) are kept in the file, to be told again when a cached file is
 * opened in place of its sources. *out is the file's bytes when it is in memory.
 * Errors: OUTPUT. */
INCMAP_MUST_CHECK enum incmap_status gaz_builder_end(struct gaz_builder *b,
                                                     const struct im_findings *findings,
                                                     struct im_bytes *out,
                                                     struct incmap_error *err);

/* findings.c: as text for the section, and told again from it. */
struct im_bytes gaz_findings_write(struct im_arena *arena,
                                   const struct im_findings *findings);

#endif
