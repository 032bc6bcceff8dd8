/* Types of incidents as categories with a colour, a shape and a name. */
#ifndef IM_LAYOUT_CATEGORY_H
#define IM_LAYOUT_CATEGORY_H

#include "layout/layout.h"

/* Parallel lines instead of a full ground. */
struct lay_hatch {
    double gap;   /* from line to line, points; 0 = none */
    double angle; /* degrees, clockwise from the horizontal */
};

struct lay_category {
    const char *label; /* in the map's language, or the type as written */
    im_rgba colour;
    enum im_symbol shape;
    struct lay_hatch hatch;
    size_t count; /* symbols inside the frame */
};

enum { LAY_CATEGORY_MAX = 8, LAY_TYPE_MAX = 64 };

/* A type as the table writes it. */
struct lay_type_seen {
    const char *text;
    int known; /* fixed category, -1 = none */
    size_t count;
};

/* Four fixed categories, then up to four types of the table that are none of them (the
 * most frequent, then by name); further ones fall under "other". */
struct lay_categories {
    struct lay_category v[LAY_CATEGORY_MAX];
    const char *extra[LAY_CATEGORY_MAX]; /* type as written, of the extra ones */
    size_t n;
    struct lay_type_seen types[LAY_TYPE_MAX]; /* the first so many, each once */
    size_t type_count;
};

void lay_categories_make(struct im_arena *arena, const struct im_layout_input *in,
                         struct lay_categories *out);
/* Index of an event's category. */
size_t lay_category_of(const struct lay_categories *categories,
                       const struct im_event *e);

/* Evidence of an event over its claims: disputed when any claim is, else confirmed when
 * any is, else claimed when any is. */
enum im_evidence lay_evidence(const struct im_event *e);

#endif
