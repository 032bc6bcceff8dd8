/* One figure in the making: the steps between a spec and a scene. */
#ifndef IM_API_JOB_H
#define IM_API_JOB_H

#include "analyse/analyse.h"
#include "api/atlas.h"
#include "encode/encode.h"
#include "layout/layout.h"
#include "read/read.h"

struct im_setting {
    const char *key, *value;
};

struct incmap_job {
    struct incmap_atlas *atlas;
    struct im_arena *arena;
    struct im_findings findings;
    const char *map_file; /* NULL = none */
    struct im_setting *settings;
    size_t setting_count, setting_cap;
    bool spec_ready, ran;
    bool tried;      /* as far as im_job_try goes; it is not run then */
    bool everything; /* rows are read however far they lie from the extent */
    struct im_spec spec;

    const char *wishes;      /* the spec as one text, before the data fill it in */
    struct im_strings files; /* that the spec names */
    const char *digest; /* of all that goes into the figure; NULL = not yet known */
    struct im_table **tables;        /* one per spec.incidents[], NULL = not yet open */
    struct im_shared_table **shared; /* of those that the atlas keeps */

    struct im_style *style;

    struct im_geodata *geodata;
    struct im_gazetteer *gazetteer; /* the bundled one, or layered */
    struct im_fonts *fonts;
    struct im_events events;
    const struct im_place **around_place; /* resolved extent.around[] */
    size_t around_count;
    struct im_features *overlay_features; /* one per spec.overlays[] */
    struct im_overlay_layer *overlays;
    struct im_mark *marks;
    size_t mark_count, not_placed;
    char country[3];  /* spec.country as a code, or "" */
    size_t exchanged; /* of those not placed: lat and lon exchanged */
    struct im_extent extent;
    struct im_view view;
    struct im_basemap basemap;
    struct im_graticule graticule;
    struct im_town *towns;
    size_t town_count;
    struct im_inset *inset; /* NULL = none */
    const char *credits, *credits_least;
    struct im_scene scene;
    struct im_strings written;
};

/* A failure without a place of its own, about the value of a key: give it that value's
 * line in the map file; a request in a file is its fault, not the command line's. */
void im_job_point(const struct incmap_job *job, const char *key,
                  struct incmap_error *err);

/* The steps of incmap_job_run, in order. Each fails with its own family. */

/* The first three of them, to know what would fail (job.c). */
INCMAP_MUST_CHECK enum incmap_status im_job_try(struct incmap_job *job,
                                                struct incmap_error *err);
/* 1. settings: defaults, map file, --options over it (settle.c) */
INCMAP_MUST_CHECK enum incmap_status im_job_settle(struct incmap_job *job,
                                                   struct incmap_error *err);
/* 1b. the map's language, in its canonical case; an unknown one fails (language.c) */
INCMAP_MUST_CHECK enum incmap_status im_job_language(struct incmap_job *job,
                                                     struct incmap_error *err);
/* 1c. what the digest needs of the spec as it was wanted (digest.c) */
void im_job_wishes(struct incmap_job *job);
/* The table of incidents[set], ready for use until the next call (shared.c). */
INCMAP_MUST_CHECK enum incmap_status im_job_table(struct incmap_job *job, size_t set,
                                                  struct im_table **out,
                                                  struct incmap_error *err);
/* SHA-256 of the table of that file, of the bytes that the job reads; NULL when the
 * path (the spec's own) is none of a table that the atlas keeps (shared.c). */
const char *im_job_table_digest(const struct incmap_job *job, const char *path);
/* Fill in job->digest, once its wishes are known (digest.c). */
INCMAP_MUST_CHECK enum incmap_status im_job_digest(struct incmap_job *job,
                                                   struct incmap_error *err);
/* 1d. how far from the extent rows can still be on the map: spec.reach; needs the
 * gazetteer (extent.c) */
void im_job_reach(struct incmap_job *job);
/* Does the extent lie within that reach? */
bool im_job_reached(const struct incmap_job *job, const struct im_extent *extent);
/* 2. read incidents and overlays, resolve, filter, sort (gather.c) */
INCMAP_MUST_CHECK enum incmap_status im_job_gather(struct incmap_job *job,
                                                   struct incmap_error *err);
/* 3. what the map shows (extent.c) */
INCMAP_MUST_CHECK enum incmap_status im_job_extent(struct incmap_job *job,
                                                   struct im_extent *out,
                                                   struct incmap_error *err);
/* What a map of an area is round: its main part's box, and some of its outline, one
 * vertex at least. */
struct im_around {
    struct im_box box;
    struct im_line outline;
    double share; /* of the whole area, 0 to 1 */
};
/* False: the position is no area, or one of no known outline (frame.c). */
bool im_job_frame(const struct incmap_job *job, const struct im_position *p,
                  struct im_around *out);
/* Box of a position: of areas and lines their own, else its point (frame.c). */
struct im_box im_job_whole_box(const struct im_position *p);
/* Boxes of positions: of large areas their main parts' (frame.c). Zeroed at first. */
struct im_area_boxes {
    struct im_area_box {
        const char *area;
        struct im_box box;
    } * v;
    size_t n, cap;
};
struct im_box im_job_position_box(const struct incmap_job *job,
                                  const struct im_position *p,
                                  struct im_area_boxes *known);
/* 3b. a projection that was made for another place is a finding (projection.c) */
void im_job_check_projection(struct incmap_job *job);
/* --dump=projection: one JSON object (projection.c) */
void im_job_dump_projection(const struct incmap_job *job, struct im_buf *out);
/* 4. marks: incidents with measured distances and labels (marks.c) */
void im_job_marks(struct incmap_job *job, struct im_extent extent);
/* 4b. their place on the page, once there is a view (marks.c) */
void im_job_project_marks(struct incmap_job *job);
/* afloat.c: is a mark, whose place is not in the frame, on a sea that the map shows
 * enough of? It stands there then, with a finding; `same`: an earlier mark on that sea,
 * with which it stands, or NULL. */
bool im_job_afloat(struct incmap_job *job, struct im_mark *m,
                   const struct im_mark *same);
/* Towns to label, and the label of one that has none yet: im_layout_input.label_of
 * (towns.c). */
void im_job_towns(struct incmap_job *job);
/* Two capitals that meet, or a capital and a greater city, side by side (apart.c). */
void im_job_part_capitals(struct incmap_job *job);
const char *im_job_town_label(void *self, const struct im_town *town);
/* Which of n places are numbered parts of a city, in or near the view (quarters.c). */
bool *im_job_quarters(const struct incmap_job *job, const struct im_place *const *v,
                      size_t n);
/* Names of countries and provinces (towns.c). */
void im_job_names(struct incmap_job *job);
/* Name of a country of the bundled borders. */
const char *im_job_country_name(struct incmap_job *job, const struct im_ground *g);
/* 4c. the locator inset, where it is wanted: job->inset (inset.c) */
INCMAP_MUST_CHECK enum incmap_status im_job_inset(struct incmap_job *job,
                                                  struct im_rect map,
                                                  struct incmap_error *err);
/* A place's name as the map's file wants it (names{}, language, as_of), or another that
 * the fonts can draw, with a finding (naming.c). */
const char *im_job_place_name(struct incmap_job *job, const struct im_place *place);
/* 5. credits line, and its least: borders, worldview, disclaimer (credits.c) */
void im_job_credits(struct incmap_job *job);
/* A finding when the map's day is before the bundled borders (credits.c). */
void im_job_check_borders(struct incmap_job *job);
/* Whose worldview the bundled borders follow, in the map's language (credits.c). */
const char *im_job_worldview(struct incmap_job *job);
/* 6. manifest into the scene (figure.c) */
INCMAP_MUST_CHECK enum incmap_status im_job_manifest(struct incmap_job *job,
                                                     struct incmap_error *err);

#endif
