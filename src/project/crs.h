/* Inside the room: what an open CRS holds, and the table of projections. */
#ifndef IM_PROJECT_CRS_H
#define IM_PROJECT_CRS_H

#include "project/project.h"
#include <proj.h>

struct im_crs {
    PJ_CONTEXT *context;
    PJ *pj;          /* longitude/latitude -> plane; NULL: identity */
    double angle_in; /* factor from degrees to what pj takes */
    double x_m, y_m; /* metres per unit of the plane, negative when it points back */
    double lon0;     /* degrees */
    bool degrees;    /* the plane is degrees (of any datum) */
    bool lonlat;     /* the plane is WGS 84 degrees */
    bool mercator;   /* no image of the poles: extents are cut at 85 degrees */
    const char *definition, *name;
};

/* PROJ string for `extent`; the rule is in README.md. */
const char *im_choose_definition(struct im_arena *arena, struct im_box extent);

/* Name for people of a PROJ identifier ("tmerc"); the identifier itself if not listed.
 */
const char *im_projection_name(struct im_arena *arena, const char *id);
/* The PROJ operation nearest to a misspelt one; NULL when none is near. */
const char *im_projection_nearest(const char *id);

/* The value of `key` in a PROJ string as number; `otherwise` when absent. */
double im_definition_number(const char *definition, const char *key, double otherwise);
/* The value of `key` as text; "" when absent. */
const char *im_definition_text(struct im_arena *arena, const char *definition,
                               const char *key);

#endif
