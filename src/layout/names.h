/* A name inside its area. Inside layout only. */
#ifndef IM_LAYOUT_NAMES_H
#define IM_LAYOUT_NAMES_H

#include "layout/job.h"
#include "layout/mask.h"

#define LAY_SMALLER 0.86 /* a size to the next one that is tried */

struct lay_area {
    struct lay_job *job;
    const struct lay_mask *mask;
    uint16_t value; /* of the area in the mask */
    struct lay_mask_extent visible;
    struct lay_type type;
    const char *text;
    const char *second; /* of two lines, or NULL */
    struct im_extent_pt extent;
    double room;                     /* points around the name that are kept free */
    bool ashore;                     /* the name stands on the land or nowhere */
    bool at_sea;                     /* the name may reach over the sea */
    bool astride;                    /* but most of it is over the area */
    const struct lay_mask *mainland; /* which it must be near to then */
};

/* Try the name at its size and smaller; true when it was put, into the job's labels. */
bool lay_area_put(struct lay_area *area, double smallest);
/* Set the name in two lines of about one length, where it has a blank. */
bool lay_area_split(struct lay_area *area);
/* From now on over the area and its waters, about its largest parts. It has cells. */
void lay_area_astride(struct lay_area *area);
/* From now on over the sea, beside the area's largest parts. It has cells. */
void lay_area_to_sea(struct lay_area *area);

#endif
