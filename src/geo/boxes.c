#include "geo/boxes.h"

#include <math.h>
#include <stdlib.h>

#define WIDER                                                                          \
    60.0 /* degrees by which a gap outdoes that at the antimeridian, where             \
            maps of the world are cut */

void im_boxes_add(struct im_arena *arena, struct im_boxes *boxes, struct im_window w) {
    double west = im_lon_near(w.west, 0);
    w.east += west - w.west;
    w.west = west;
    IM_PUSH(arena, boxes->v, boxes->n, boxes->cap, w);
}

static int by_west(const void *a, const void *b) {
    const struct im_window *v = a, *w = b;
    return (v->west > w->west) - (v->west < w->west);
}

/* Of sorted windows: `all` from the east side of the widest gap round to its west side;
 * returns how wide the gap is. */
static double widest_gap(const struct im_boxes *b, struct im_window *all) {
    double last = all->east, widest = 0;
    double reach = fmax(b->v[0].east, last - 360); // one may reach round to the first
    for (size_t i = 1; i < b->n; i++) {
        double gap = b->v[i].west - reach;
        if (gap > widest) {
            widest = gap;
            all->west = b->v[i].west;
            all->east = fmax(reach + 360, last);
        }
        reach = fmax(reach, b->v[i].east);
    }
    return widest;
}

struct im_box im_boxes_over(const struct im_boxes *boxes) {
    struct im_window all = boxes->v[0];
    for (size_t i = 1; i < boxes->n; i++) {
        const struct im_window *w = &boxes->v[i];
        all.west = fmin(all.west, w->west);
        all.east = fmax(all.east, w->east);
        all.south = fmin(all.south, w->south);
        all.north = fmax(all.north, w->north);
    }
    double across = all.west + 360 - all.east; // the gap at the antimeridian
    if (across >= 180) {
        return im_window_box(all); // none is wider
    }
    qsort(boxes->v, boxes->n, sizeof *boxes->v, by_west);
    struct im_window other = all;
    double gap = widest_gap(boxes, &other);
    if (gap >= 180 || gap >= fmax(across, 0) + WIDER) {
        return im_window_box(other);
    }
    bool torn = across < 0 || all.east > 180;
    return torn ? (struct im_box){-180, all.south, 180, all.north} : im_window_box(all);
}
