/* One obstacle of a field and what it costs: for field.c alone, which asks so often
 * that the functions stand here. */
#ifndef IM_LAYOUT_OBSTACLE_H
#define IM_LAYOUT_OBSTACLE_H

#include "layout/field.h"
#include "layout/plane.h"

#include <math.h>

/* Cost of one point of border under a label, and of a line under a leader. */
#define BORDER_COST 0.04
#define SHORE_COST 0.02
#define THIN_COST 0.008
#define BESIDE_COST 0.35
#define CROSSING_COST 2.5
/* The same of an overlay line under a panel. */
#define COVERED_COST 0.12
#define CARD_SHARE                                                                     \
    0.25 /* of it under a card of its own paper, which stays readable                  \
          */

enum form { RECT, DISC, STROKE };

struct obstacle {
    enum lay_class c;
    enum form form;
    struct im_rect r; /* bounds; the rectangle itself */
    struct im_pt a, b;
    double half; /* radius, half width */
    size_t owner;
    size_t seen; /* number of the query that last met it */
};

static inline bool is_soft(const struct obstacle *o) {
    return o->c == LAY_BORDER || o->c == LAY_SHORE || o->c == LAY_THIN ||
           o->c == LAY_BESIDE;
}

static inline double box_cost(const struct obstacle *o, struct im_rect r) {
    double inside = 0;
    if (!lay_rect_overlap(o->r, r)) {
        return 0;
    }
    switch (o->form) {
    case RECT:
        inside = lay_rect_overlap(o->r, r) ? r.h : 0;
        break;
    case DISC:
        inside = lay_rect_distance(r, o->a) < o->half ? r.h : 0;
        break;
    case STROKE:
        inside = lay_segment_inside(o->a, o->b, lay_rect_grow(r, o->half));
        break;
    }
    if (inside == 0) {
        return 0;
    }
    return o->c == LAY_BORDER   ? BORDER_COST * inside
           : o->c == LAY_SHORE  ? SHORE_COST * inside
           : o->c == LAY_THIN   ? THIN_COST * inside
           : o->c == LAY_BESIDE ? BESIDE_COST
                                : HUGE_VAL;
}

static inline double cover_cost(const struct obstacle *o, struct im_rect r) {
    bool line = o->c == LAY_LINE && o->form == STROKE;
    return line ? COVERED_COST * lay_segment_inside(o->a, o->b, r) : box_cost(o, r);
}

static inline double leader_cost(const struct obstacle *o, struct im_pt a,
                                 struct im_pt b) {
    bool hit = false;
    switch (o->form) {
    case RECT:
        hit = lay_segment_inside(a, b, lay_rect_grow(o->r, 2)) > 0;
        break;
    case DISC:
        hit = lay_segment_distance(o->a, a, b, NULL) < o->half + 2;
        break;
    case STROKE:
        hit = lay_segments_cross(a, b, o->a, o->b);
        break;
    }
    if (!hit) {
        return 0;
    }
    return o->c == LAY_LINE                   ? CROSSING_COST
           : is_soft(o) && o->c != LAY_BESIDE ? 0.05
                                              : HUGE_VAL;
}

static inline double obstacle_distance(const struct obstacle *o, struct im_pt p) {
    double d = o->form == RECT   ? lay_rect_distance(o->r, p)
               : o->form == DISC ? lay_distance(p, o->a) - o->half
                                 : lay_segment_distance(p, o->a, o->b, NULL) - o->half;
    return d > 0 ? d : 0;
}

#endif
