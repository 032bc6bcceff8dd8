/* Views of 1520 x 1000 points at (40, 100) of a page. */
#ifndef IM_TEST_FIT_H
#define IM_TEST_FIT_H

#include "project/project.h"

/* The view of a box in a coordinate system, in `arena`; the test fails when it cannot.
 */
struct im_view fit_view(struct im_arena *arena, const char *crs_text,
                        struct im_box box);

#endif
