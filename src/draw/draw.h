/* Scene to pixels and vectors; text measuring. The only room that knows cairo and
 * pango. */
#ifndef IM_DRAW_DRAW_H
#define IM_DRAW_DRAW_H

#include "base/file.h"
#include "scene/scene.h"

struct im_font_pool; /* the fonts of a process: Noto Sans and companions, no scan */
struct im_fonts;     /* those that one figure uses */

/*
 * Open the fonts in `dir` (NULL: the system's folder of Noto fonts). The pool keeps
 * what any number of figures share: faces, measured widths, glyph masks. Finished with
 * the arena. Errors: GEODATA.
 */
INCMAP_MUST_CHECK enum incmap_status im_font_pool_open(struct im_arena *arena,
                                                       const char *dir,
                                                       struct im_font_pool **out,
                                                       struct incmap_error *err);
/* The fonts of a figure; nothing shows in it of what others asked of the pool, which
 * has to outlive it. */
struct im_fonts *im_fonts_open(struct im_arena *arena, struct im_font_pool *pool);
/* The text measure of these fonts. Borrowed. */
struct im_measure im_fonts_measure(struct im_fonts *fonts);
/* Family names in order of fallback, for SVG's font-family: "Noto Sans, ...". */
const char *im_fonts_family(const struct im_fonts *fonts);
/* What tells the fonts in folder `dir` (NULL = the usual one) that may be used from
 * others, as text; appended to `out`. False when a file cannot be read. */
bool im_fonts_tell(struct im_arena *arena, const char *dir, struct im_buf *out);
/* File names and digests of the fonts as JSON object text, for the manifest; NULL when
 * a file can no longer be read. */
const char *im_fonts_manifest(const struct im_fonts *fonts);

/* Page of a PDF, points. */
struct im_sheet {
    double width, height; /* 0 = as large as the figure with the margins around it */
    double margin[4];     /* top, right, bottom, left; 0 = none */
};

struct im_draw_options {
    int width_px, height_px; /* PNG; IM_MIN_SIDE..IM_MAX_SIDE */
    bool outlines;           /* SVG: text as shapes */
    struct im_sheet sheet;   /* PDF */
};

/* The whole figure as PNG bytes in the arena (sRGB, pHYs, iTXt with the manifest and
 * the description). Errors: LIMIT, BUG. */
INCMAP_MUST_CHECK enum incmap_status im_draw_png(struct im_arena *arena,
                                                 const struct im_scene *scene,
                                                 struct im_fonts *fonts,
                                                 const struct im_draw_options *options,
                                                 struct im_bytes *out,
                                                 struct incmap_error *err);
/* The same as SVG text: real <text>, one named group per layer, stable ids. */
INCMAP_MUST_CHECK enum incmap_status im_draw_svg(struct im_arena *arena,
                                                 const struct im_scene *scene,
                                                 struct im_fonts *fonts,
                                                 const struct im_draw_options *options,
                                                 struct im_bytes *out,
                                                 struct incmap_error *err);
/*
 * The same as one page of PDF, vectors and text: fonts embedded as subsets, both dates
 * fixed, the title as title, the description as subject, the manifest as keywords
 * (ASCII JSON). On a sheet with a size the figure is scaled to fit between the margins
 * and centred. Errors: USAGE (margins leave nothing), LIMIT (page too large), BUG.
 */
INCMAP_MUST_CHECK enum incmap_status im_draw_pdf(struct im_arena *arena,
                                                 const struct im_scene *scene,
                                                 struct im_fonts *fonts,
                                                 const struct im_draw_options *options,
                                                 struct im_bytes *out,
                                                 struct incmap_error *err);
/* "cairo 1.16.0, pango 1.50.12, ..." static. */
const char *im_draw_components(void);

#endif
