/* The atlas: bundled data, opened when first needed. */
#ifndef IM_API_ATLAS_H
#define IM_API_ATLAS_H

#include "basemap/basemap.h"
#include "draw/draw.h"
#include "gazetteer/gazetteer.h"

struct incmap_atlas {
    struct im_arena *arena;
    const char *dir;
    const char *font_dir; /* NULL = the system's */
    const char *cache;    /* folder for compiled gazetteers; NULL = none */
    struct im_geodata *geodata;
    struct im_gazetteer *gazetteer;
    struct im_shared_table *tables; /* incident tables, read once for all jobs */
    struct im_file_digest *digests; /* of users' files */
    const char *geodata_part, *program_part; /* of digests; NULL = not yet known */
    struct im_font_pool *fonts;
    struct im_arena *spare; /* of a job that was freed, for the next; NULL = none */
};

/* Free the tables; jobs that use them are gone. */
void im_atlas_drop_tables(struct incmap_atlas *atlas);
/* SHA-256 of a file, of a compiled gazetteer its own digest (32 digits); taken once as
 * long as it does not change; in the atlas. Errors: INPUT, LIMIT. */
INCMAP_MUST_CHECK enum incmap_status im_atlas_file_digest(struct incmap_atlas *atlas,
                                                          const char *path,
                                                          const char **hex,
                                                          struct incmap_error *err);
/* The same; NULL when there is no such file. */
INCMAP_MUST_CHECK enum incmap_status im_atlas_digest_if_there(
    struct incmap_atlas *atlas, const char *path, const char **hex,
    struct incmap_error *err);

/* Open on first use; later calls return the same object. Errors: GEODATA. */
INCMAP_MUST_CHECK enum incmap_status im_atlas_geodata(struct incmap_atlas *atlas,
                                                      struct im_geodata **out,
                                                      struct incmap_error *err);
INCMAP_MUST_CHECK enum incmap_status im_atlas_gazetteer(struct incmap_atlas *atlas,
                                                        struct im_gazetteer **out,
                                                        struct incmap_error *err);
INCMAP_MUST_CHECK enum incmap_status im_atlas_fonts(struct incmap_atlas *atlas,
                                                    struct im_font_pool **out,
                                                    struct incmap_error *err);

/* lines.c: borders and pipelines for names that speak of them; the atlas must outlive
 * it. */
struct im_line_finder im_atlas_lines(struct incmap_atlas *atlas);
/* unproject.c */
struct im_unprojector im_atlas_unprojector(void);

/*
 * Call fn(self, err) so that exhausted memory in either arena comes back as LIMIT. The
 * second arena may be NULL.
 */
INCMAP_MUST_CHECK enum incmap_status im_guard(
    struct im_arena *one, struct im_arena *two,
    enum incmap_status (*fn)(void *self, struct incmap_error *err), void *self,
    struct incmap_error *err);

/*
 * An object in an arena of its own: allocate `size` zeroed bytes, call fill(object,
 * arena, how, err) under guard (`other` as the second arena, may be NULL). *out is the
 * object, freed with its arena; NULL on failure. Errors: those of fill, LIMIT.
 */
struct im_birth {
    size_t size;
    struct im_arena *other;
    struct im_arena **spare; /* an arena to take instead of a new one; NULL = none */
    enum incmap_status (*fill)(void *object, struct im_arena *arena, const void *how,
                               struct incmap_error *err);
    const void *how;
};
INCMAP_MUST_CHECK enum incmap_status im_born(const struct im_birth *birth, void **out,
                                             struct incmap_error *err);

/* The alpha-2 code of a country by its code or name. Errors: USAGE, with what is like
 * it (country.c). */
INCMAP_MUST_CHECK enum incmap_status im_country_read(struct im_gazetteer *gz,
                                                     struct im_arena *arena,
                                                     const char *text, char code[3],
                                                     struct incmap_error *err);

#endif
