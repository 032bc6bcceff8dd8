/* The font set behind draw/draw.h: faces, shaping, glyph masks. Private to the room. */
#ifndef IM_DRAW_FONTS_H
#define IM_DRAW_FONTS_H

#include "draw/draw.h"
#include <cairo.h>
#include <hb.h>
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

enum {
    IM_WIDTH_SLOTS = 8192,
    IM_MASK_SLOTS = 16384,
    IM_MASK_BYTES = 24 << 20, /* of masks kept, at most */
    IM_FACES = 256,
    IM_FONT_SETS = 64
};

/* Pango over the styles of Noto Sans and some companions. What it makes of a text
 * depends on nothing else. */
struct im_font_set {
    unsigned companions; /* bit per row of the table of companions */
    void *config;        /* FcConfig */
    PangoFontMap *map;
    PangoContext *context;
    PangoLayout *layout[IM_STYLES];
};

/* What figures share. Nothing in it shows in a figure but by what was asked for. */
struct im_font_pool {
    struct im_arena *arena;
    const char *dir;
    const char *file[IM_STYLES]; /* NULL: not there */
    hb_font_t *plain[IM_STYLES]; /* NULL until used; at 64 units */
    int plain_face[IM_STYLES];   /* index into face[] */
    hb_buffer_t *buffer;         /* of the last text */
    double ascent, descent;      /* of Noto Sans, em */
    struct im_font_set *set[IM_FONT_SETS];
    size_t set_count;
    cairo_font_face_t *face[IM_FACES];
    size_t face_count;
    struct im_font_marks { /* which release each file is of that was asked for */
        struct im_font_mark {
            const char *path, *mark;
        } * v;
        size_t n, cap;
    } marks;
    uint16_t *width_at; /* by hash: 1 + the place in widths, or 0 */
    struct im_width_slot *widths;
    size_t width_count;
    struct im_arena *mask_arena; /* of the masks; dropped with all of them when full */
    uint16_t *mask_at;           /* by hash: 1 + the place in masks, or 0 */
    struct im_glyph_mask *masks; /* one after another, so that few pages are touched */
    size_t mask_count;
    struct im_runs *runs;                 /* of texts; NULL until needed */
    struct im_stamps *stamps;             /* of symbols; NULL until needed */
    struct libdeflate_compressor *packer; /* of a PNG's texts; NULL until needed */
    struct im_line_mask *lines;           /* of lines; NULL until needed */
    struct im_coverages *coverages;       /* of lines; NULL until needed */
    struct im_arena *canvas_arena; /* of the pixels that figures share; NULL: none */
    unsigned char *canvas;         /* 4-byte pixels of the last figure */
    size_t canvas_bytes;
    cairo_surface_t *scratch;    /* A8 */
    cairo_scaled_font_t *scaled; /* the last one: of which face, at how many pixels */
    int scaled_face;
    double scaled_px;
};

/* The fonts of one figure: which of the pool it has asked for. */
struct im_fonts {
    struct im_arena *arena;
    struct im_font_pool *pool;
    unsigned companions; /* bit per row of the table of companions */
    bool used[IM_STYLES];
    const char *families;
    struct im_strings_list {
        const char **v;
        size_t n, cap;
    } files;
};

struct im_glyph {
    int face;         /* index into the pool's faces */
    unsigned long id; /* in the face */
    double x, y;      /* of the pen at this glyph, points from the text's start */
    double advance;   /* points */
    size_t byte;      /* where its cluster begins in the text */
    bool rtl;         /* its run goes right to left */
};

struct im_shaped {
    struct im_glyph *v; /* in visual order */
    size_t n, cap;
    double width;
    bool rtl;      /* some of it runs right to left */
    bool rtl_base; /* the text as a whole does */
    int missing;
    uint32_t missing_first;
};

/* Note which fonts `text` in a style (0..IM_STYLES-1) asks for. */
void im_fonts_require(struct im_fonts *f, int style, const char *text);
/* The folder of the fonts, the system's for NULL or "". */
const char *im_font_dir(const char *dir);
/* Font file of a style. */
const char *im_style_file(struct im_arena *arena, const char *dir, size_t style);
/* Font files of a companion, regular and bold, 0 <= i < IM_COMPANIONS. */
enum { IM_COMPANIONS = 12 };
const char *im_companion_file(struct im_arena *arena, const char *dir, size_t i,
                              bool bold);
/* Families of Noto Sans and these companions, in order of fallback. */
const char *im_companion_families(struct im_arena *arena, unsigned companions);

/* The set of these companions, made when first asked for. */
struct im_font_set *im_font_set(struct im_font_pool *pool, unsigned companions);
/* HarfBuzz font of a style at 64 units; NULL when its file is not there. */
hb_font_t *im_font_plain(struct im_font_pool *pool, int style);
/* Index of a face; it is kept when it is new. */
int im_font_face(struct im_font_pool *pool, cairo_font_face_t *face);

/* Shape the line of a text item in its base direction; glyphs in `arena`. Tracking is
 * included. */
void im_shape_item(struct im_fonts *fonts, struct im_arena *arena,
                   const struct im_item *item, struct im_shaped *out);

/* A plain text shaped at 64 units, its glyphs side by side. */
struct im_run_glyph {
    uint16_t id, byte; /* in the face of the style; where its cluster begins */
    int32_t advance;
};
struct im_run {
    uint64_t key;
    int style;
    unsigned n;
    const char *text;
    struct im_run_glyph glyph[];
};
/* The run of a text by a hash of it; NULL when it is not kept. Valid until the next
 * call of any function here. */
const struct im_run *im_run_find(const struct im_font_pool *pool, int style,
                                 const char *text, uint64_t key);
/* Keep what the pool's buffer holds for a text, if it is short and simple. */
void im_run_keep(struct im_font_pool *pool, int style, const char *text, uint64_t key);
void im_runs_clear(struct im_runs *runs); /* NULL is ignored */

/*
 * Coverage mask of a glyph at size_px with the pen at fraction sub/4 of a pixel, grown
 * by halo_px (0 = the glyph itself), both to 1/256 of a pixel. NULL when it is empty.
 * Cached; valid until the next call.
 */
const struct im_glyph_mask *im_glyph_mask(struct im_font_pool *pool, int face,
                                          unsigned long id, double size_px, int sub,
                                          double halo_px);

/* w * h zeroed bytes for a mask, kept until all are dropped, which is done when there
 * are many: what a figure gets does not depend on it. */
unsigned char *im_mask_bytes(struct im_font_pool *pool, int w, int h);
/* The same for anything else, not zeroed. */
void *im_mask_room(struct im_font_pool *pool, size_t bytes);
/* An arena of the pool's gives up where the pool's first one does. */
void im_pool_catch(const struct im_font_pool *pool, struct im_arena *arena);
/* Room for a figure's pixels, of any content, which is the next figure's too: pages
 * that are there need not be cleared again. NULL when it is too large to be kept. */
unsigned char *im_pool_canvas(struct im_font_pool *pool, size_t bytes);
/* Coverage of n pixels in 33 steps. */
void im_mask_level(unsigned char *a, size_t n);
bool im_masks_full(const struct im_font_pool *pool);
void im_masks_drop(struct im_font_pool *pool);
void im_stamps_clear(struct im_stamps *stamps); /* NULL is ignored */

/* Choose a face, unhinted, at a size in the context's units. */
void im_font_choose(cairo_t *cr, struct im_font_pool *pool, int face, double size);

/* Draw one glyph's outline at (x, y) pixels, turned by `angle` radians, at size_px. */
void im_glyph_fill(cairo_t *cr, struct im_font_pool *pool, const struct im_glyph *glyph,
                   struct im_pt at, double angle, double size_px);

/* An 8-bit coverage mask, w * h, grown by r pixels: max over q of a(q) * clamp(r + 1/2
 * - |p - q|). It is larger by `pad` pixels on each side. */
struct im_grown {
    unsigned char *a;
    int pad;
};
struct im_grown im_mask_grow(struct im_arena *arena, const unsigned char *in, int w,
                             int h, double r);

#endif
