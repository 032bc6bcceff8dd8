/*
 * Rows of sources on their way to the builder. A reader (places.c, user.c, geonames.c,
 * features.c, areas.c) is run twice: first for a sample that trains the packing of
 * texts, until `stop` is set, then for all.
 */
#ifndef IM_GAZETTEER_INTAKE_H
#define IM_GAZETTEER_INTAKE_H

#include "gazetteer/builder.h"

enum { GAZ_SAMPLE = 1 << 16 }; /* bytes of texts to train with */

struct gaz_options {
    const char *name_field; /* of shapefiles and GeoJSON; NULL = the likely one */
    const char *rights;     /* licence of sources that do not tell theirs, or "" */
    unsigned threads;       /* 1 .. GAZ_MOST_HANDS */
    bool checking;          /* tell also what only helps */
    /* May be NULL; called now and then with what is done of `whole` bytes. */
    void (*progress)(void *self, const char *source, uint64_t done, uint64_t whole);
    void *progress_self;
};

struct gaz_intake {
    struct im_arena *arena;
    const struct im_gazetteer *base; /* tells countries by name; or NULL */
    struct im_findings *findings;
    struct gaz_options options;
    struct gaz_builder *builder; /* NULL: sampling */
    const struct gaz_coder *coder;
    struct gaz_batch batch;
    struct gaz_pool *pool; /* memory of the batch in hand */
    struct im_buf sample;
    size_t enough; /* bytes of sample that this source may give */
    uint64_t read; /* rows of the source in hand */
    const char *path;
    bool records; /* its rows are counted in records */
    bool stop;    /* enough sampled, or failed: status */
    enum incmap_status status;
    struct incmap_error *err;
};

/* What is told of a source that is one mapped file. */
struct gaz_origin gaz_intake_origin(const struct gaz_intake *in, const char *path,
                                    const char *format, struct im_bytes bytes);
/* Begin a source. */
void gaz_intake_source(struct gaz_intake *in, const struct gaz_origin *origin);
/* Take a row (counted as read); NULL, or the name of the field that is unusable. */
const char *gaz_intake_row(struct gaz_intake *in, const struct gaz_fields *f,
                           uint32_t line);
/* Take what was batched elsewhere, in order, with the rows read. */
void gaz_intake_batch(struct gaz_intake *in, const struct gaz_batch *batch,
                      uint64_t read);
/* End the source: what is left in hand goes to the builder. */
void gaz_intake_end(struct gaz_intake *in);
/* The same of a file that must have some place when it is built. Errors: what was kept
 * by gaz_intake_fail; INPUT. */
enum incmap_status gaz_intake_whole(struct gaz_intake *in, const char *path);
/* What the source turned out to be. */
void gaz_intake_format(struct gaz_intake *in, const char *format, const char *rights);
/* The digest of a source that was read piece by piece; rows kept of the source. */
void gaz_intake_digest(struct gaz_intake *in, uint64_t digest);
uint64_t gaz_intake_kept(const struct gaz_intake *in);
/* Keep the first failure; always returns its status. */
enum incmap_status gaz_intake_fail(struct gaz_intake *in, enum incmap_status status);

/* The formats of sources. */
enum gaz_format {
    GAZ_FORMAT_PLACES, /* the bundled tables: what is wrong in them is an error */
    GAZ_FORMAT_TABLE,
    GAZ_FORMAT_GEONAMES,
    GAZ_FORMAT_JSON,
    GAZ_FORMAT_SHAPES,
    GAZ_FORMAT_COMPILED
};
/* By what stands in the file. Errors: INPUT. */
INCMAP_MUST_CHECK enum incmap_status gaz_format_of(struct im_arena *arena,
                                                   const char *path,
                                                   enum gaz_format *out,
                                                   struct incmap_error *err);

/* The readers. */
enum incmap_status gaz_read_places(struct gaz_intake *in, const char *path);
enum incmap_status gaz_read_table(struct gaz_intake *in, const char *path);
enum incmap_status gaz_read_json(struct gaz_intake *in, const char *path);
enum incmap_status gaz_read_shapes(struct gaz_intake *in, const char *path);
enum incmap_status gaz_read_geonames(struct gaz_intake *in, const char *path);

/* compile.c: sources into one compiled gazetteer: a file when `path` is not NULL, else
 * *out is its bytes, in the arena. Errors: INPUT, OUTPUT, LIMIT; GEODATA of places. */
struct gaz_compile {
    const char *const *sources;
    size_t n;
    const char *path;
    bool places;    /* the sources are the bundled tables */
    uint64_t stamp; /* of a cached file, else 0 */
    const struct im_gazetteer *base;
    struct gaz_options options;
    struct im_findings *findings;
};
INCMAP_MUST_CHECK enum incmap_status gaz_compile(struct im_arena *arena,
                                                 const struct gaz_compile *how,
                                                 struct im_bytes *out,
                                                 struct incmap_error *err);

#endif
