/* How incidents look on the map, for drawing and for the legend. Inside layout only. */
#ifndef IM_LAYOUT_LOOK_H
#define IM_LAYOUT_LOOK_H

#include "layout/category.h"
#include "layout/style.h"
#include "layout/words.h"

struct lay_look {
    enum im_symbol shape;
    im_rgba colour;
    struct lay_hatch hatch;
};

/* The set (an entry of incidents[]) of an event; NULL: of none. */
const struct im_spec_incidents *lay_set_of(const struct im_layout_input *in,
                                           const struct im_event *e);
/* Does the symbol's size say how many died? */
bool lay_is_sized(const struct im_layout_input *in, const struct im_event *e);
/* Radii of symbols, points. */
struct lay_radii {
    double unit;     /* of the value 1, so that the largest keeps within its bound */
    double smallest; /* for none or unknown */
};
/* Those of a map `room` points wide or high, whichever is less, where the largest value
 * is `most`; `share` of the style's: symbols without a number inside may be smaller. */
struct lay_radii lay_radii(const struct im_style *style, double share, double room,
                           double most);
#define LAY_PLAIN_SHARE 0.6
/* Shape and colour that the event's set states, else its category's. */
struct lay_look lay_look_of(const struct im_layout_input *in,
                            const struct lay_category *category,
                            const struct im_event *e);

/* The looks on a map, each once, with the number of incidents of each category. */
struct lay_look_count {
    struct lay_look look;
    size_t count[LAY_CATEGORY_MAX];
    size_t set;   /* of the first incident */
    bool one_set; /* so are all others */
};
struct lay_looks {
    struct lay_look_count *v;
    size_t n, cap;
    size_t last; /* added to */
};
struct lay_seen {
    size_t category, set;
};
void lay_looks_add(struct im_arena *arena, struct lay_looks *looks,
                   struct lay_look look, struct lay_seen seen);

/* By set, then by category. */
void lay_looks_sort(struct lay_looks *looks);

/* "Clash, Shelling (12)": the categories of look i; with the name of the set's file
 * before it when a category has several looks. */
const char *lay_look_text(struct im_arena *arena, const struct im_layout_input *in,
                          const struct lay_categories *c, const struct lay_looks *looks,
                          size_t i);
/* The shape that all looks share; false: there are several, or none. */
bool lay_looks_shape(const struct lay_looks *looks, enum im_symbol *shape);

#endif
