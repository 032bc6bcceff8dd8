/* What labels must keep clear of, indexed by a grid over the map frame. */
#ifndef IM_LAYOUT_FIELD_H
#define IM_LAYOUT_FIELD_H

#include "geo/geo.h"

enum lay_class {
    LAY_TEXT,    /* a label's box: never covered */
    LAY_SYMBOL,  /* an incident, a town's disc: never covered */
    LAY_LINE,    /* an overlay line: never covered by text, leaders may cross */
    LAY_LEADER,  /* a call-out's leader, a stem: never covered or crossed */
    LAY_BORDER,  /* a country border: better not covered */
    LAY_SHORE,   /* of a lake: half as bad */
    LAY_THIN,    /* province, river, coast: a little better not covered */
    LAY_BESIDE,  /* about a symbol or the name of an area: the name of an area is better
                    not so near, with which it would be read; all others may */
    LAY_ABREAST, /* beside a name, on its line: another name would be read with it; the
                    disc of a place may stand there */
    LAY_CAPITAL, /* the disc of a capital to come: kept free of the names of areas,
                    unless the field yields */
    LAY_CITY,    /* the same of a great city, until cities yield */
};

struct lay_field;

struct lay_field *lay_field_new(struct im_arena *arena, struct im_rect frame);

/* `owner` groups obstacles that a query may ignore; 0 = nobody's. */
void lay_field_rect(struct lay_field *field, enum lay_class c, struct im_rect r,
                    size_t owner);
void lay_field_disc(struct lay_field *field, enum lay_class c, struct im_pt at,
                    double radius, size_t owner);
/* A stroke from a to b, `half` points to each side. */
struct lay_stroke {
    struct im_pt a, b;
    double half;
};
void lay_field_stroke(struct lay_field *field, enum lay_class c, struct lay_stroke s,
                      size_t owner);
void lay_field_paths(struct lay_field *field, enum lay_class c,
                     const struct im_paths *paths, double half);

/* From now on names of areas may cover capitals to come, or may not. */
void lay_field_yield(struct lay_field *field, bool yields);
/* The same of great cities alone. */
void lay_field_yield_cities(struct lay_field *field, bool yield);

/* Cost of a label's box there: 0 is free, HUGE_VAL blocked (also outside the frame). */
double lay_field_box(const struct lay_field *field, struct im_rect r, size_t ignore);
/* Is the disc of a place free there? With `on_lines` it may lie upon those of overlays.
 */
bool lay_field_free(const struct lay_field *field, struct im_rect disc, size_t ignore,
                    bool on_lines);
/* The same as lay_field_box for the name of an area, where only a cost below `most` is
 * of use, of which so much is spent: not all is added up when `spent` and it reach
 * `most`. */
double lay_field_box_below(const struct lay_field *field, struct im_rect r,
                           double spent, double most);
/* The same of a call-out's card, whose text stands on paper: borders matter less. */
double lay_field_card(const struct lay_field *field, struct im_rect r);
/* The same of what may cover lines: these cost, and do not block. */
double lay_field_cover(const struct lay_field *field, struct im_rect r, size_t ignore);
/* Cost of a leader from a to b: HUGE_VAL when it crosses text, symbols or leaders. */
double lay_field_leader(const struct lay_field *field, struct im_pt a, struct im_pt b,
                        size_t ignore);
/* Distance from p to the nearest text, symbol or line, at most `reach`. Where it is
 * `least` or less, any distance up to `least` may be the answer. */
double lay_field_clearance(const struct lay_field *field, struct im_pt p, double reach,
                           double least);

#endif
