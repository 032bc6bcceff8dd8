/* What looking up phrases (relative.c) and those about lines (beside.c) share. */
#ifndef IM_GAZETTEER_RELATING_H
#define IM_GAZETTEER_RELATING_H

#include "gazetteer/relative.h"

struct gaz_relating {
    struct gaz_query *q;
    struct gaz_phrase phrase;
    struct im_lines lines; /* of a border or a pipeline */
    const char *line_name;
};

/* Where a candidate lies: the answer in the making. */
struct gaz_spot {
    struct im_lonlat at;
    double radius_km;
    const char *how;
};

/* relative.c: one name of the phrase, with hints, by fewer ways (`without`); the form
 * of it (as it stands, or in the nominative) that fits best. */
struct im_answer_set gaz_look_up_part(struct gaz_relating *r, const char *name,
                                      const struct im_lookup *how, unsigned without);
struct im_answer_set gaz_anchor(struct gaz_relating *r, const char *name,
                                const struct im_lookup *how);
double gaz_neighbourhood_km(const struct im_place *p);
const char *gaz_km_text(struct im_arena *arena, double km);
/* `from` is the place whose terms the score is, NULL for a line alone. */
struct im_candidate gaz_relative_to(struct gaz_relating *r,
                                    const struct im_candidate *from,
                                    const struct gaz_spot *spot);
struct im_answer_set gaz_answer_at(struct gaz_relating *r, struct im_candidate *c,
                                   size_t n, const struct im_answer_set *of);
/* Unknown, because of a name in the phrase; for another reason. */
struct im_answer_set gaz_refuse_name(struct gaz_relating *r, const char *name,
                                     const struct im_answer_set *of);
struct im_answer_set gaz_refuse(struct gaz_relating *r, const char *why);

/* beside.c: on the border of two countries; by a line of that name, false when there is
 * none. */
struct im_answer_set gaz_by_border(struct gaz_relating *r);
bool gaz_by_line_named(struct gaz_relating *r, struct im_answer_set *out);

#endif
