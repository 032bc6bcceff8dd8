/* Places that are named in any case and have no incident. Inside layout only. */
#ifndef IM_LAYOUT_GUESTS_H
#define IM_LAYOUT_GUESTS_H

#include "layout/job.h"

struct lay_guest {
    struct im_pt at;     /* the place */
    double radius;       /* of its disc, points */
    struct im_rect name; /* where its name could stand */
    struct im_rect all;  /* both */
};

/* Those of the map, *n of them. Their names are to find room among moved symbols. */
struct lay_guest *lay_guests(const struct lay_job *job, size_t *n);

#endif
