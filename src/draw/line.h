/* Lines on pixels, without cairo. Private to the room. */
#ifndef IM_DRAW_LINE_H
#define IM_DRAW_LINE_H

#include "draw/canvas.h"

/* Is this one of the strokes that are drawn here: not wide, and dashed, or with round
 * joins and ends, or so that none of the bends shows how it is joined? */
bool im_canvas_draws_line(const struct im_canvas *canvas, const struct im_stroke *s,
                          const struct im_paths *paths);

/*
 * Lines of one look: open, add paths (page points, clipped to the layer), blend. Where
 * they cross or overlap they are no darker. Edges get the given number of shades (2 to
 * 256). Dashes have round or flat ends, and all bends are round.
 */
void im_canvas_open_line(struct im_canvas *canvas, const struct im_stroke *s,
                         int shades);
void im_canvas_add_line(struct im_canvas *canvas, const struct im_stroke *s,
                        const struct im_paths *paths);
void im_canvas_blend_line(struct im_canvas *canvas, im_rgba colour);

#endif
