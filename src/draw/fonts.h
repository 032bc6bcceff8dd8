/* The font set behind draw/draw.h: faces, shaping, glyph masks. Private to the room. */
#ifndef IM_DRAW_FONTS_H
#define IM_DRAW_FONTS_H

#include "draw/draw.h"
#include <cairo.h>
#include <pango/pango.h>

enum { IM_STYLES = 4 }; /* regular, bold, italic, bold italic */

struct im_width_slot { /* measured width of a text at size 1, by hash */
    uint64_t key;
    double width;
    int missing;
    uint32_t missing_first;
};

struct im_glyph_mask { /* coverage of one glyph, or of its halo, 8 bit */
    uint64_t key;
    int x, y, w, h; /* offset of the mask's corner from the pen, pixels */
    unsigned char *a;
};

enum { IM_WIDTH_SLOTS = 8192, IM_MASK_SLOTS = 16384, IM_FACES = 64 };

struct im_fonts {
    struct im_arena *arena;
    const char *dir;
    void *config; /* FcConfig */
    PangoFontMap *map;
    PangoContext *context;
    PangoLayout *layout[IM_STYLES];
    double ascent, descent; /* of the first family, em */
    unsigned loaded;        /* bit per companion script */
    bool loaded_style[IM_STYLES];
    const char *families;
    struct im_strings_list {
        const char **v;
        size_t n, cap;
    } files, extra;
    cairo_font_face_t *face[IM_FACES];
    size_t face_count;
    struct im_width_slot *widths;
    struct im_glyph_mask *masks;
    size_t mask_count;
    cairo_surface_t *scratch; /* A8 */
};

struct im_glyph {
    int face;         /* index into fonts->face */
    unsigned long id; /* in the face */
    double x, y;      /* of the pen at this glyph, points from the text's start */
    double advance;   /* points */
    size_t byte;      /* where its cluster begins in the text */
    bool rtl;         /* its run goes right to left */
};

struct im_shaped {
    struct im_glyph *v; /* in visual order */
    size_t n;
    double width;
    bool rtl;      /* some of it runs right to left */
    bool rtl_base; /* the text as a whole does */
    int missing;
    uint32_t missing_first;
};

/* Load the fonts that `text` in a style (0..IM_STYLES-1) needs and that are not loaded.
 */
void im_fonts_require(struct im_fonts *f, int style, const char *text);

/* Shape one line of text that is read from left to right; glyphs in `arena`. Tracking
 * is included. */
void im_shape(struct im_fonts *fonts, struct im_arena *arena,
              const struct im_font *font, const char *text, struct im_shaped *out);
/* The same for a text item, in its base direction. */
void im_shape_item(struct im_fonts *fonts, struct im_arena *arena,
                   const struct im_item *item, struct im_shaped *out);

/*
 * Coverage mask of a glyph at size_px with the pen at fraction sub/4 of a pixel, grown
 * by halo_px (0 = the glyph itself). NULL when it is empty. Cached; valid until the
 * next call.
 */
const struct im_glyph_mask *im_glyph_mask(struct im_fonts *fonts, int face,
                                          unsigned long id, double size_px, int sub,
                                          double halo_px);

/* Choose a face, unhinted, at a size in the context's units. */
void im_font_choose(cairo_t *cr, struct im_fonts *fonts, int face, double size);

/* Draw one glyph's outline at (x, y) pixels, turned by `angle` radians, at size_px. */
void im_glyph_fill(cairo_t *cr, struct im_fonts *fonts, const struct im_glyph *glyph,
                   struct im_pt at, double angle, double size_px);

/* Grow an 8-bit coverage mask by r pixels: max over q of a(q) * clamp(r + 1/2 - |p -
 * q|). */
void im_mask_grow(const unsigned char *in, int w, int h, double r, int pad,
                  unsigned char *out);

#endif
