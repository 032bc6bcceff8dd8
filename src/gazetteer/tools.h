/* What `incmap gazetteer` does: build, describe and check compiled gazetteers. */
#ifndef IM_GAZETTEER_TOOLS_H
#define IM_GAZETTEER_TOOLS_H

#include "gazetteer/gazetteer.h"

struct im_gazetteer_task {
    const char *const *sources;
    size_t n;
    const char *output;     /* of a build */
    const char *name_field; /* of shapefiles and GeoJSON, or NULL: the likely one */
    const char *rights;     /* licence of sources that do not tell theirs, or NULL */
    unsigned threads;       /* 0 = 1 */
    /* Called now and then with the bytes done of a source; may be NULL. */
    void (*progress)(void *self, const char *source, uint64_t done, uint64_t whole);
    void *progress_self;
    /* The country that a position lies in (alpha-2, "" when none is told); may be NULL.
     */
    const char *(*country_at)(void *self, struct im_lonlat at);
    void *country_self;
};

/* Compile sources into task->output; rows that cannot be kept are findings; what was
 * read and kept goes to `text`. `base` tells countries by name. Errors: INPUT, OUTPUT,
 * LIMIT. */
INCMAP_MUST_CHECK enum incmap_status im_gazetteer_build(
    struct im_arena *arena, const struct im_gazetteer *base,
    const struct im_gazetteer_task *task, struct im_findings *findings,
    struct im_buf *text, struct incmap_error *err);

/* Look sources, or compiled gazetteers, over: what a build would report, and doubles,
 * coordinates that are exchanged, mirrored or outside the country named, names in the
 * wrong script, missing columns; as findings. Errors: INPUT, LIMIT. */
INCMAP_MUST_CHECK enum incmap_status im_gazetteer_check(
    struct im_arena *arena, const struct im_gazetteer *base,
    const struct im_gazetteer_task *task, struct im_findings *findings,
    struct im_buf *text, struct incmap_error *err);

/* Describe a compiled gazetteer: counts by kind, country and language, sources,
 * licences, digest. Reads all of it; damage is an error. Errors: INPUT. */
INCMAP_MUST_CHECK enum incmap_status im_gazetteer_info(struct im_arena *arena,
                                                       const char *file,
                                                       struct im_buf *text,
                                                       struct incmap_error *err);

/* The digest that a compiled gazetteer carries of itself, as `info` tells it: 32
 * hexadecimal digits into hex. Reads its header alone, which must add up; false when
 * the file is none. */
bool im_gazetteer_digest(struct im_bytes file, char hex[33]);

#endif
