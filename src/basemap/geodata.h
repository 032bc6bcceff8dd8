/* The opened bundled data. Private to the room. */
#ifndef IM_BASEMAP_GEODATA_H
#define IM_BASEMAP_GEODATA_H

#include "basemap/basemap.h"
#include "shapes/shapes.h"

enum { IM_UN, IM_DE_FACTO, IM_WORLDVIEWS };

/* A first-level unit and who owns it under each worldview (index into owners[]). */
struct im_unit {
    long id;
    const char *code, *name;
    int owner[IM_WORLDVIEWS];
    struct im_box box;
};

struct im_owner {
    const char *code, *name;
};

/* A border line: units on either hand, classes, what it costs nothing to know. */
struct im_arc_info {
    int left, right; /* index into units[], -1 = sea, -2 = outside the data */
    unsigned char line_class[IM_WORLDVIEWS]; /* im_line_class, or IM_ARC_HIDDEN */
    float accuracy_m;
    struct im_box box;
    struct im_lonlat from, to;
};
enum { IM_ARC_HIDDEN = 255 };

/* One level of detail. */
struct im_level {
    const char *name, *file;
    double source_scale; /* denominator of the source's scale */
    bool has_cover;
    struct im_box cover;        /* where the data are, when not the world */
    const char *lakes, *rivers; /* files, NULL = none */
    struct im_shapes *lines;    /* NULL until used */
    struct im_arc_info *arcs;
    size_t n;
};
enum { IM_LARGE, IM_WORLD, IM_LEVELS };

struct im_geodata {
    struct im_arena *arena;
    const char *dir;
    struct im_findings findings;
    struct im_unit *units;
    size_t unit_count, unit_cap;
    int *unit_of_id; /* id -> index, -1 = none */
    long id_count;
    struct im_owner *owners;
    size_t owner_count, owner_cap;
    struct im_level level[IM_LEVELS];
    struct im_strings used; /* files opened, for the manifest */
};

/* Index of a worldview's name; -1 when unknown. */
int im_worldview_index(const char *name);

/* Open a level's lines on first use. Errors: GEODATA. */
INCMAP_MUST_CHECK enum incmap_status im_level_open(const struct im_geodata *g,
                                                   int level, struct im_level **out,
                                                   struct incmap_error *err);

/* Open a bundled shapefile by its bare name. Errors: GEODATA. */
INCMAP_MUST_CHECK enum incmap_status im_bundled_open(const struct im_geodata *g,
                                                     struct im_arena *arena,
                                                     const char *file,
                                                     struct im_shapes **out,
                                                     struct incmap_error *err);

/* Which level suits a view. */
int im_level_for(const struct im_geodata *g, const struct im_view *view);

/*
 * Rings of the area whose arcs are given (each with one side inside). Arcs whose box
 * misses `cover` (NULL = none does) are replaced by their chord, which stays in that
 * box, so nothing inside the cover changes.
 */
struct im_area_arc {
    size_t arc;
    bool backward;
};
void im_arcs_rings(struct im_level *level, struct im_arena *arena,
                   const struct im_area_arc *arcs, size_t n, const struct im_box *cover,
                   struct im_lines *out);

/* Parts of making a basemap. */
void im_make_grounds(struct im_arena *arena, const struct im_basemap_request *rq,
                     struct im_level *level, int worldview, struct im_basemap *out);
void im_make_borders(struct im_arena *arena, const struct im_basemap_request *rq,
                     struct im_level *level, int worldview, struct im_basemap *out);
INCMAP_MUST_CHECK enum incmap_status im_make_disputed(
    struct im_arena *arena, const struct im_basemap_request *rq, struct im_basemap *out,
    struct incmap_error *err);
INCMAP_MUST_CHECK enum incmap_status im_make_waters(struct im_arena *arena,
                                                    const struct im_basemap_request *rq,
                                                    const struct im_level *level,
                                                    struct im_basemap *out,
                                                    struct incmap_error *err);
INCMAP_MUST_CHECK enum incmap_status im_make_user(struct im_arena *arena,
                                                  const struct im_basemap_request *rq,
                                                  struct im_basemap *out,
                                                  struct incmap_error *err);

/* Append a border of a class to the basemap. */
void im_add_border(struct im_arena *arena, struct im_basemap *out, struct im_border b);

/* Project arcs as lines as long as possible, simplified to what the eye can tell. */
void im_project_arcs(struct im_arena *arena, const struct im_view *view,
                     struct im_lines *arcs, struct im_paths *out);
/* Simplify all paths to 0.15 pt, drop those that vanish. */
void im_paths_thin(struct im_arena *arena, struct im_paths *paths);
double im_paths_area(const struct im_paths *paths);

/*
 * Geometry of a user's record in degrees. `crs` NULL: it is in degrees already.
 * false: broken, or without an image (a finding was added).
 */
bool im_user_record(struct im_shapes *s, size_t i, struct im_crs *crs,
                    struct im_arena *arena, struct im_findings *findings,
                    const char *file, struct im_lines *out);
/* The CRS of a user's file; *crs NULL when it is in degrees. */
INCMAP_MUST_CHECK enum incmap_status im_user_crs(struct im_shapes *s,
                                                 struct im_arena *arena,
                                                 const char *file, struct im_crs **crs,
                                                 struct incmap_error *err);

#endif
