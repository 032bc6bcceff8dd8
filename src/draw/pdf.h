/* Parts of the PDF writer. Private to the room. */
#ifndef IM_DRAW_PDF_H
#define IM_DRAW_PDF_H

#include "draw/canvas.h"

/* Draw a text item on a page whose context is in points of the scene: halo first, then
 * glyphs that carry their text, so that it can be searched and copied. */
void im_pdf_text(cairo_t *cr, struct im_fonts *fonts, struct im_arena *arena,
                 const struct im_item *item, double opacity);

#endif
