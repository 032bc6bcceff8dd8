/* A small figure with every kind of item, and ways to run a command on its bytes. */
#ifndef IM_TEST_SAMPLE_H
#define IM_TEST_SAMPLE_H

#include "draw/draw.h"

enum { SAMPLE_W = 400, SAMPLE_H = 300 }; /* points */

/* Fonts of the system's Noto folder; the test fails when they are missing. */
struct im_fonts *sample_fonts(struct im_arena *arena);

/* Land, a dashed border, every symbol, texts in four scripts, text along a line. */
struct im_scene sample_scene(struct im_arena *arena, struct im_fonts *fonts);
/* A page with nothing on it and one layer to add to. */
struct im_scene sample_page(struct im_arena *arena, struct im_layer **layer);
/* A text item with its width measured. */
struct im_item sample_text(struct im_fonts *fonts, const char *text, double x, double y,
                           double size);
/* A path through n points (x, y, x, y, ...). */
struct im_paths sample_path(struct im_arena *arena, const double *xy, size_t n,
                            bool closed);

struct im_bytes sample_png(struct im_arena *arena, const struct im_scene *scene,
                           struct im_fonts *fonts, int width_px);
struct im_bytes sample_svg(struct im_arena *arena, const struct im_scene *scene,
                           struct im_fonts *fonts, bool outlines);

/* Draw with ever more memory until there is enough; each failure must come back through
 * the arena's catch point. The number of failures. */
typedef enum incmap_status sample_draw(struct im_arena *arena,
                                       const struct im_scene *scene,
                                       struct im_fonts *fonts,
                                       const struct im_draw_options *options,
                                       struct im_bytes *out, struct incmap_error *err);
int sample_starve(sample_draw *draw, const struct im_scene *scene,
                  struct im_fonts *fonts, const struct im_draw_options *options);

/* First place of `needle` in the bytes, or NULL. */
const char *sample_find(struct im_bytes bytes, const char *needle);

/* Pixels of PNG bytes, 0xRRGGBB, row by row, in the arena. */
struct sample_pixels {
    unsigned *v;
    int width, height;
};
struct sample_pixels sample_decode(struct im_arena *arena, struct im_bytes png);

/* Store the bytes in `name` of a new folder and run `command` on it (%s in it is the
 * path); its exit code, and in out[n] what it printed first. */
int sample_run(struct im_bytes bytes, const char *name, const char *command, char *out,
               size_t n);
#endif
