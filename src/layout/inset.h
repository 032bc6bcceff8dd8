/* The parts of drawing the locator inset. Inside layout only. */
#ifndef IM_LAYOUT_INSET_H
#define IM_LAYOUT_INSET_H

#include "layout/job.h"

/* Draw the inset where job->inset says, a rectangle of its shape. */
void lay_inset_draw(struct lay_job *job);

/* Is the ground one of the map's own countries? */
bool lay_inset_owns(const struct im_inset *inset, const struct im_ground *ground);

/* Paper round it, points. */
#define LAY_INSET_PAPER 4.0

#endif
