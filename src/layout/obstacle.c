/* What one obstacle costs, and how far it is. */
#include "layout/obstacle.h"

#include <math.h>

/* Cost of one point of border under a label, and of a line under a leader. */
#define BORDER_COST 0.06
#define SHORE_COST 0.02
#define THIN_COST 0.008
#define BESIDE_COST 0.35
#define CROSSING_COST 2.5
/* The same of an overlay line under a panel. */
#define COVERED_COST 0.12

bool lay_is_soft(const struct lay_obstacle *o) {
    return o->c == LAY_BORDER || o->c == LAY_SHORE || o->c == LAY_THIN ||
           o->c == LAY_BESIDE;
}

/* How much of the strokes lies in the box. */
static double length_in(const struct lay_obstacle *o, struct im_rect r) {
    double sum = 0, right = r.x + r.w, low = r.y + r.h;
    for (size_t i = 1; i < o->n; i++) {
        struct im_pt a = o->v[i - 1], b = o->v[i];
        if (!((a.x < r.x && b.x < r.x) || (a.x > right && b.x > right) ||
              (a.y < r.y && b.y < r.y) || (a.y > low && b.y > low))) {
            sum += lay_segment_inside(a, b, r);
        }
    }
    return sum;
}

double lay_box_cost(const struct lay_obstacle *o, struct im_rect r) {
    double inside = 0;
    if (!lay_rect_overlap(o->r, r)) {
        return 0;
    }
    switch (o->form) {
    case LAY_RECT:
        inside = lay_rect_overlap(o->r, r) ? r.h : 0;
        break;
    case LAY_DISC:
        inside = lay_rect_distance(r, o->middle) < o->half ? r.h : 0;
        break;
    case LAY_STROKES:
        inside = length_in(o, lay_rect_grow(r, o->half));
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

double lay_cover_cost(const struct lay_obstacle *o, struct im_rect r) {
    bool line = o->c == LAY_LINE && o->form == LAY_STROKES;
    return line ? COVERED_COST * length_in(o, r) : lay_box_cost(o, r);
}

double lay_leader_cost(const struct lay_obstacle *o, struct im_pt a, struct im_pt b) {
    int hits = 0; // strokes are crossed one by one
    switch (o->form) {
    case LAY_RECT:
        hits = lay_segment_inside(a, b, lay_rect_grow(o->r, 2)) > 0;
        break;
    case LAY_DISC:
        hits = lay_segment_distance(o->middle, a, b, NULL) < o->half + 2;
        break;
    case LAY_STROKES:
        for (size_t i = 1; i < o->n; i++) {
            hits += lay_segments_cross(a, b, o->v[i - 1], o->v[i]);
        }
        break;
    }
    if (hits == 0) {
        return 0;
    }
    return o->c == LAY_LINE                       ? hits * CROSSING_COST
           : lay_is_soft(o) && o->c != LAY_BESIDE ? hits * 0.05
                                                  : HUGE_VAL;
}

static double strokes_distance(const struct lay_obstacle *o, struct im_pt p) {
    double least = HUGE_VAL;
    for (size_t i = 1; i < o->n; i++) {
        double d = lay_segment_distance(p, o->v[i - 1], o->v[i], NULL);
        least = d < least ? d : least;
    }
    return least;
}

double lay_obstacle_distance(const struct lay_obstacle *o, struct im_pt p) {
    double d = o->form == LAY_RECT   ? lay_rect_distance(o->r, p)
               : o->form == LAY_DISC ? lay_distance(p, o->middle) - o->half
                                     : strokes_distance(o, p) - o->half;
    return d > 0 ? d : 0;
}
