/* Inside the room: what an open CRS holds, and the tables of projections. */
#ifndef IM_PROJECT_CRS_H
#define IM_PROJECT_CRS_H

#include "project/aspect.h"
#include "project/project.h"
#include <proj.h>

/* What is known of cells of the globe, from the south-west on; project/bend.c. */
enum { IM_BEND_CELL = 15, IM_BEND_COLUMNS = 24, IM_BEND_ROWS = 12 }; /* degrees */
struct im_bend_cell;

/* Images that were asked for lately: vertices of arcs are wanted again by the areas on
 * both sides and by strokes. */
enum { IM_CRS_MEMO_BITS = 12, IM_CRS_MEMO = 1 << IM_CRS_MEMO_BITS };
struct im_image {
    struct im_lonlat from;
    struct im_xy to;
};

struct im_crs {
    PJ_CONTEXT *context;
    PJ *pj;          /* longitude/latitude -> plane; NULL: identity */
    PJ *part[3];     /* on the way to pj; finished with the rest, whatever fails */
    double angle_in; /* factor from degrees to what pj takes */
    double x_m, y_m; /* metres per unit of the plane, negative when it points back */
    double lon0;     /* degrees */
    bool degrees;    /* the plane is degrees (of any datum) */
    bool lonlat;     /* the plane is WGS 84 degrees */
    bool mercator;   /* no image of the poles: extents are cut at 85 degrees */
    bool has_use;
    struct im_box use; /* where it was made for, if PROJ's database knows */
    struct im_aspect aspect;
    const char *definition, *name, *rule;
    struct im_arena *arena;
    struct im_image *memo; /* NULL until used */
    bool *memo_set;        /* of each: it holds one */
    struct im_bend_cell *bend[IM_BEND_ROWS][IM_BEND_COLUMNS]; /* NULL until asked for */
};

/* A CRS with a context of its own: no network, no message on stderr; closed with the
 * arena. PROJ strings need no database: kept from opening one (saves 4 ms). */
struct im_crs *im_crs_new(struct im_arena *arena, bool with_database);
/* Why PROJ refused, from its context. */
const char *im_crs_reason(const struct im_crs *crs);
/* A cleaned PROJ string. Errors: PROJECTION. */
INCMAP_MUST_CHECK enum incmap_status im_crs_open_string(struct im_arena *arena,
                                                        const char *text,
                                                        struct im_crs **out,
                                                        struct incmap_error *err);
/* "AUTHORITY:code", found in PROJ's database. Errors: PROJECTION. */
INCMAP_MUST_CHECK enum incmap_status im_crs_open_code(struct im_arena *arena,
                                                      const char *text,
                                                      struct im_crs **out,
                                                      struct incmap_error *err);
/* Fill lon0, mercator and aspect from a PROJ string (NULL: nothing is known). */
void im_crs_describe(struct im_crs *crs, struct im_arena *arena,
                     const char *definition);

/* As im_crs_forward, for what is likely to be asked for again. */
bool im_crs_image(struct im_crs *crs, struct im_lonlat p, struct im_xy *out);

struct im_choice {
    const char *definition; /* PROJ string */
    const char *rule;       /* why, for people */
};
/* What a name for people ("auto", "robinson", "lcc"; hyphens, blanks and case do not
 * matter) means for `extent`; the table is in choose.c. false: no such name. */
bool im_choose_named(struct im_arena *arena, const char *text, struct im_box extent,
                     struct im_choice *out);
/* The name nearest to a misspelt one; NULL when none is near. */
const char *im_choose_nearest(const char *text);

/* Name for people of a PROJ identifier ("tmerc"); the identifier itself if not listed.
 */
const char *im_projection_name(struct im_arena *arena, const char *id);
/* The PROJ operation nearest to a misspelt one; NULL when none is near. */
const char *im_projection_nearest(const char *id);
/* Edit distance of ASCII words (Wagner & Fischer 1974); 99 beyond 32 letters. */
size_t im_edits(const char *a, const char *b);

/* The value of `key` in a PROJ string as number; `otherwise` when absent. */
double im_definition_number(const char *definition, const char *key, double otherwise);
/* The value of `key` as text; "" when absent. */
const char *im_definition_text(struct im_arena *arena, const char *definition,
                               const char *key);

#endif
