/* An obstacle of the field. Inside layout only. */
#ifndef IM_LAYOUT_OBSTACLE_H
#define IM_LAYOUT_OBSTACLE_H

#include "layout/field.h"
#include "layout/plane.h"

enum lay_form { LAY_RECT, LAY_DISC, LAY_STROKES };

struct lay_obstacle {
    enum lay_class c;
    enum lay_form form;
    struct im_rect r;      /* bounds; the rectangle itself */
    struct im_pt middle;   /* of a disc */
    const struct im_pt *v; /* of strokes from one to the next */
    size_t n;
    double half; /* radius, half width */
    size_t owner;
    size_t seen; /* number of the query that last met it */
};

/* Does it but cost? Others block. */
bool lay_is_soft(const struct lay_obstacle *o);
/* Cost of a label's box upon it; HUGE_VAL: it is in the way. */
double lay_box_cost(const struct lay_obstacle *o, struct im_rect r);
/* The same of what may cover lines. */
double lay_cover_cost(const struct lay_obstacle *o, struct im_rect r);
/* Cost of a leader from a to b. */
double lay_leader_cost(const struct lay_obstacle *o, struct im_pt a, struct im_pt b);
/* Distance from p, 0 within it. */
double lay_obstacle_distance(const struct lay_obstacle *o, struct im_pt p);

#endif
