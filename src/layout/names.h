/* A name inside its area. Inside layout only. */
#ifndef IM_LAYOUT_NAMES_H
#define IM_LAYOUT_NAMES_H

#include "layout/job.h"
#include "layout/mask.h"

struct lay_area {
    struct lay_job *job;
    const struct lay_mask *mask;
    uint16_t value; /* of the area in the mask */
    struct lay_mask_extent visible;
    struct lay_type type;
    const char *text;
    struct im_extent_pt extent;
    double room;                     /* points around the name that are kept free */
    bool at_sea;                     /* the name may reach over the sea */
    const struct lay_mask *mainland; /* which it must be near to then */
};

/* Try the name at its size and smaller; true when it was put, into the job's labels. */
bool lay_area_put(struct lay_area *area, double smallest);
/* From now on over the sea, beside the area's largest parts. It has cells. */
void lay_area_to_sea(struct lay_area *area);

#endif
