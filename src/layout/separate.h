/* Lines of one course are drawn side by side. Inside layout only. */
#ifndef IM_LAYOUT_SEPARATE_H
#define IM_LAYOUT_SEPARATE_H

#include "layout/job.h"

/*
 * Where lines of different features run within LAY_TWIN points of each other and the
 * same way for a while, each is moved to its side until their middles are `apart`
 * points apart. The paths must be evenly sampled (LAY_SAMPLE); they are changed in
 * place.
 */
#define LAY_TWIN 6.0
#define LAY_SAMPLE 4.0
void lay_separate(struct im_arena *arena, struct lay_line *lines, size_t n,
                  double apart);

#endif
