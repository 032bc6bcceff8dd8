/* Inside the room: the pen that draws chains of degrees on the page. */
#ifndef IM_PROJECT_PEN_H
#define IM_PROJECT_PEN_H

#include "project/project.h"

enum im_pen_frame {
    IM_PEN_DEGREES, /* vertices are longitudes and latitudes */
    IM_PEN_DISC,   /* the same; what lies beyond the disc is drawn along its rim (rings)
                      or left out (lines) */
    IM_PEN_TURNED, /* vertices are of the turned globe */
};

/*
 * Draw `line` (no jump over 180 degrees between its vertices) as a ring or an open
 * line. An edge is a straight one in degrees of its frame: halved until the chord is
 * within IM_CHORD of it. Rings repeat no vertex, but in IM_PEN_DISC, where the last is
 * the first, off by whole turns around a pole.
 */
#define IM_CHORD 0.1 /* points */
void im_pen_draw(const struct im_view *view, struct im_arena *arena,
                 enum im_pen_frame frame, bool ring, const struct im_line *line,
                 struct im_paths *out);
/* As im_view_trace. */
bool im_pen_trace(const struct im_view *view, struct im_arena *arena,
                  const struct im_line *line, const struct im_pt *pts,
                  struct im_path *out);

#endif
