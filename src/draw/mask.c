/*
 * Glyph and halo masks. A glyph is rasterised once per size and quarter-pixel position
 * by FreeType, or by cairo where a face may be made bold or slanted; its halo is the
 * same coverage grown, so no text is ever stroked.
 */
#include "base/attr.h"
#include "base/limits.h"
#include "draw/blend.h"
#include "draw/fonts.h"
#include <cairo-ft.h>
#include <ft2build.h>
#include <freetype/ftoutln.h>
#include <math.h>
#include <string.h>

enum {
    MAX_REACH = 64,
    KERNEL = 2 * MAX_REACH + 1,
    SLACK = 16, /* bytes that are looked at together */
    STRIDE = (KERNEL + SLACK - 1) / SLACK * SLACK
};

/* Weights of a disc of radius r: clamp(r + 1/2 - distance), times 255. */
static int make_kernel(double r, unsigned char k[KERNEL * STRIDE]) {
    int reach = (int)fmin(ceil(r), MAX_REACH);
    for (int dy = -reach; dy <= reach; dy++) {
        unsigned char *row = k + (dy + reach) * STRIDE;
        memset(row, 0, STRIDE);
        for (int dx = -reach; dx <= reach; dx++) {
            double v = r + 0.5 - sqrt((double)(dx * dx + dy * dy));
            row[dx + reach] = (unsigned char)(255.0 * fmin(1.0, fmax(0.0, v)) + 0.5);
        }
    }
    return reach;
}

/* A pixel whose four neighbours are as dark adds nothing that they don't. */
static bool is_edge(const unsigned char *in, int w, int h, int x, int y) {
    const unsigned char *p = in + (size_t)y * (size_t)w + (size_t)x;
    return x == 0 || y == 0 || x == w - 1 || y == h - 1 || p[-1] < *p || p[1] < *p ||
           p[-w] < *p || p[w] < *p;
}

struct stamp {
    const unsigned char *kernel;
    int reach;
    unsigned char *out;
    int w;
};

/* Raise sixteen pixels to at least a * kernel. */
static inline void lift(unsigned char *to, const unsigned char *kernel, unsigned a) {
    im_bytes_x16 k, was;
    memcpy(&k, kernel, sizeof k);
    memcpy(&was, to, sizeof was);
    im_words_x16 v = __builtin_convertvector(k, im_words_x16) * (uint16_t)a + 128;
    k = __builtin_convertvector((v + (v >> 8)) >> 8, im_bytes_x16);
    im_bytes_x16 more = (im_bytes_x16)(k > was);
    k = (k & more) | (was & ~more);
    memcpy(to, &k, sizeof k);
}

/* Raise the pixels around (x, y) to at least a * kernel; what a row's last sixteen
 * reach beyond it has no weight. */
IM_WIDE static void press(const struct stamp *s, int x, int y, unsigned a) {
    int side = 2 * s->reach + 1;
    unsigned char *row = s->out + (size_t)(y - s->reach) * (size_t)s->w + x - s->reach;
    for (int ky = 0; ky < side; ky++, row += s->w) {
        for (int kx = 0; kx < side; kx += SLACK) {
            lift(row + kx, s->kernel + ky * STRIDE + kx, a);
        }
    }
}

struct im_grown im_mask_grow(struct im_arena *arena, const unsigned char *in, int w,
                             int h, double r) {
    unsigned char kernel[KERNEL * STRIDE];
    int pad = make_kernel(r, kernel);
    struct stamp s = {kernel, pad, NULL, w + 2 * pad};
    size_t bytes = (size_t)s.w * (size_t)(h + 2 * pad);
    s.out = im_alloc(arena, bytes + SLACK, 1);
    for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
            unsigned a = in[(size_t)y * (size_t)w + (size_t)x];
            if (a == 0) {
                continue;
            }
            if (is_edge(in, w, h, x, y)) {
                press(&s, x + pad, y + pad, a);
            } else {
                unsigned char *to =
                    &s.out[(size_t)(y + pad) * (size_t)s.w + (size_t)(x + pad)];
                *to = a > *to ? (unsigned char)a : *to;
            }
        }
    }
    return (struct im_grown){s.out, pad};
}

static cairo_font_options_t *unhinted(void) {
    cairo_font_options_t *o = cairo_font_options_create();
    cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
    return o;
}

void im_font_choose(cairo_t *cr, struct im_font_pool *pool, int face, double size) {
    cairo_font_options_t *o = unhinted();
    cairo_set_font_options(cr, o);
    cairo_font_options_destroy(o);
    cairo_set_font_face(cr, pool->face[face]);
    cairo_set_font_size(cr, size);
}

void im_glyph_fill(cairo_t *cr, struct im_font_pool *pool, const struct im_glyph *glyph,
                   struct im_pt at, double angle, double size_px) {
    cairo_glyph_t g = {glyph->id, 0, 0};
    cairo_save(cr);
    cairo_translate(cr, at.x, at.y);
    cairo_rotate(cr, angle);
    im_font_choose(cr, pool, glyph->face, size_px);
    cairo_new_path(cr);
    cairo_glyph_path(cr, &g, 1);
    cairo_restore(cr);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
    cairo_fill(cr);
}

/* Box of the glyph in whole pixels around the pen at x = sub/4, with a pixel to spare.
 */
static bool glyph_box(struct im_font_pool *pool, int face, unsigned long id,
                      double size_px, struct im_glyph_mask *m) {
    cairo_t *cr = cairo_create(pool->scratch);
    cairo_glyph_t g = {id, 0, 0};
    cairo_text_extents_t e;
    im_font_choose(cr, pool, face, size_px);
    cairo_glyph_extents(cr, &g, 1, &e);
    cairo_destroy(cr);
    m->x = (int)floor(e.x_bearing) - 1;
    m->y = (int)floor(e.y_bearing) - 1;
    m->w = (int)ceil(e.x_bearing + e.width) + 2 - m->x;
    m->h = (int)ceil(e.y_bearing + e.height) + 1 - m->y;
    return e.width > 0 && e.height > 0 && m->w < 4096 && m->h < 4096;
}

/* The masks have an arena of their own, so that they can be dropped. */
static struct im_arena *mask_arena(struct im_font_pool *pool) {
    if (pool->mask_arena == NULL) {
        pool->mask_arena = im_arena_new(IM_MAX_JOB_BYTES);
    }
    if (pool->mask_arena == NULL) {
        im_arena_exhausted(pool->arena);
    }
    im_pool_catch(pool, pool->mask_arena);
    return pool->mask_arena;
}

unsigned char *im_mask_bytes(struct im_font_pool *pool, int w, int h) {
    return im_alloc(mask_arena(pool), (size_t)w * (size_t)h, 1);
}

void *im_mask_room(struct im_font_pool *pool, size_t bytes) {
    return im_alloc_raw(mask_arena(pool), 1, bytes);
}

/*
 * Coverage in 33 steps, of which the eye sees none: what looks alike becomes the same
 * pixel more often, and a file a tenth smaller.
 */
void im_mask_level(unsigned char *a, size_t n) {
    im_bytes_x16 v = {0};
    size_t i = 0;
    for (; i + sizeof v <= n; i += sizeof v) {
        memcpy(&v, a + i, sizeof v);
        v = (v >> 3) + (v >> 2 & 1);        // 0 to 32
        v = (v << 3) - (v >> 4) + (v >> 5); // 0 to 255, no darker on the whole
        memcpy(a + i, &v, sizeof v);
    }
    for (; i < n; i++) {
        int step = (a[i] >> 3) + (a[i] >> 2 & 1);
        a[i] = (unsigned char)(step * 8 - (step >> 4) + (step >> 5));
    }
}

/* ---- one glyph ---- */

/* The files of Noto Sans themselves: pango may ask cairo to alter other faces. */
static bool is_own(const struct im_font_pool *pool, int face) {
    bool own = false;
    for (int i = 0; i < IM_STYLES; i++) {
        own = own || (pool->plain[i] != NULL && pool->plain_face[i] == face);
    }
    return own;
}

/* cairo's face at a size, kept while the next glyphs want the same. */
static cairo_scaled_font_t *scaled_font(struct im_font_pool *pool, int face,
                                        double size_px) {
    if (pool->scaled != NULL && pool->scaled_face == face &&
        pool->scaled_px == size_px) {
        return pool->scaled;
    }
    cairo_matrix_t size, page;
    cairo_matrix_init_scale(&size, size_px, size_px);
    cairo_matrix_init_identity(&page);
    cairo_font_options_t *o = unhinted();
    cairo_scaled_font_destroy(pool->scaled);
    pool->scaled = cairo_scaled_font_create(pool->face[face], &size, &page, o);
    cairo_font_options_destroy(o);
    pool->scaled_face = face;
    pool->scaled_px = size_px;
    return pool->scaled;
}

/* Coverage of an outline in 26.6 pixels, y upwards, around whole pixels. */
static bool cover(struct im_font_pool *pool, FT_GlyphSlot slot, int sub,
                  struct im_glyph_mask *m) {
    FT_BBox box;
    FT_Outline_Translate(&slot->outline, sub * 16, 0);
    FT_Outline_Get_CBox(&slot->outline, &box);
    int x0 = (int)(box.xMin >> 6), x1 = (int)((box.xMax + 63) >> 6);
    int y0 = (int)(box.yMin >> 6), y1 = (int)((box.yMax + 63) >> 6);
    m->x = x0;
    m->y = -y1;
    m->w = x1 - x0;
    m->h = y1 - y0;
    if (slot->outline.n_points == 0 || m->w <= 0 || m->h <= 0 || m->w >= 4096 ||
        m->h >= 4096) {
        return false;
    }
    m->a = im_mask_bytes(pool, m->w, m->h);
    FT_Bitmap to = {.rows = (unsigned)m->h,
                    .width = (unsigned)m->w,
                    .pitch = m->w,
                    .buffer = m->a,
                    .num_grays = 256,
                    .pixel_mode = FT_PIXEL_MODE_GRAY};
    FT_Outline_Translate(&slot->outline, -64L * x0, -64L * y0);
    return FT_Outline_Get_Bitmap(slot->library, &slot->outline, &to) == 0;
}

/* By FreeType; false when there is nothing to see. */
static bool cover_glyph(struct im_font_pool *pool, int face, unsigned long id,
                        double size_px, int sub, struct im_glyph_mask *m) {
    cairo_scaled_font_t *font = scaled_font(pool, face, size_px);
    FT_Face ft = cairo_ft_scaled_font_lock_face(font);
    bool drawn =
        ft != NULL &&
        FT_Load_Glyph(ft, (FT_UInt)id, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) == 0 &&
        ft->glyph->format == FT_GLYPH_FORMAT_OUTLINE && cover(pool, ft->glyph, sub, m);
    if (ft != NULL) {
        cairo_ft_scaled_font_unlock_face(font);
    }
    return drawn;
}

/* By cairo, into a fresh A8 surface whose rows are copied without the stride; false
 * when there is nothing to see. */
static bool paint_glyph(struct im_font_pool *pool, int face, unsigned long id,
                        double size_px, int sub, struct im_glyph_mask *m) {
    if (!glyph_box(pool, face, id, size_px, m)) {
        return false;
    }
    m->a = im_mask_bytes(pool, m->w, m->h);
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_A8, m->w, m->h);
    cairo_t *cr = cairo_create(s);
    struct im_glyph glyph = {.face = face, .id = id};
    cairo_set_source_rgba(cr, 0, 0, 0, 1);
    im_glyph_fill(cr, pool, &glyph, (struct im_pt){-m->x + sub / 4.0, -m->y}, 0,
                  size_px);
    cairo_destroy(cr);
    cairo_surface_flush(s);
    const unsigned char *data = cairo_image_surface_get_data(s);
    int stride = cairo_image_surface_get_stride(s);
    for (int y = 0; data != NULL && y < m->h; y++) {
        memcpy(m->a + y * m->w, data + y * stride, (size_t)m->w);
    }
    cairo_surface_destroy(s);
    return true;
}

static void make_halo(struct im_font_pool *pool, const struct im_glyph_mask *glyph,
                      double halo_px, struct im_glyph_mask *m) {
    struct im_grown g =
        im_mask_grow(mask_arena(pool), glyph->a, glyph->w, glyph->h, halo_px);
    m->x = glyph->x - g.pad;
    m->y = glyph->y - g.pad;
    m->w = glyph->w + 2 * g.pad;
    m->h = glyph->h + 2 * g.pad;
    m->a = g.a;
}

static uint64_t mix(uint64_t h, uint64_t v) {
    h = (h ^ v) * 0x9E3779B97F4A7C15U;
    return h ^ (h >> 29);
}

static uint64_t mask_key(int face, unsigned long id, double size_px, int sub,
                         double halo_px) {
    uint64_t h = mix(0x51ED270B, (uint64_t)face);
    h = mix(h, id);
    h = mix(h, (uint64_t)(size_px * 256.0 + 0.5));
    h = mix(h, (uint64_t)sub);
    h = mix(h, (uint64_t)(halo_px * 256.0 + 0.5));
    return h ? h : 1;
}

bool im_masks_full(const struct im_font_pool *pool) {
    return pool->mask_count > IM_MASK_SLOTS * 3 / 4 ||
           (pool->mask_arena && im_arena_used(pool->mask_arena) > IM_MASK_BYTES);
}

void im_masks_drop(struct im_font_pool *pool) {
    memset(pool->mask_at, 0, IM_MASK_SLOTS * sizeof *pool->mask_at);
    pool->mask_count = 0;
    im_stamps_clear(pool->stamps);
    im_runs_clear(pool->runs);
    im_arena_free(pool->mask_arena);
    pool->mask_arena = NULL;
}

/* Where the mask of a key is noted, or can be. */
static uint16_t *find_slot(const struct im_font_pool *pool, uint64_t key) {
    size_t i = key % IM_MASK_SLOTS;
    while (pool->mask_at[i] != 0 && pool->masks[pool->mask_at[i] - 1].key != key) {
        i = (i + 1) % IM_MASK_SLOTS;
    }
    return &pool->mask_at[i];
}

static const struct im_glyph_mask *keep(struct im_font_pool *pool,
                                        const struct im_glyph_mask *made) {
    uint16_t *slot = find_slot(pool, made->key);
    pool->masks[pool->mask_count] = *made;
    *slot = (uint16_t)++pool->mask_count;
    return &pool->masks[*slot - 1];
}

/* To 1/256 of a pixel: a mask is all that its key says, and no more. */
static double rounded(double px) {
    return floor(px * 256.0 + 0.5) / 256.0;
}

const struct im_glyph_mask *im_glyph_mask(struct im_font_pool *pool, int face,
                                          unsigned long id, double size_px, int sub,
                                          double halo_px) {
    uint64_t key = mask_key(face, id, size_px, sub, halo_px);
    uint16_t known = *find_slot(pool, key);
    if (known != 0) {
        return pool->masks[known - 1].w > 0 ? &pool->masks[known - 1] : NULL;
    }
    if (im_masks_full(pool)) {
        im_masks_drop(pool);
    }
    size_px = rounded(size_px);
    halo_px = rounded(halo_px);
    struct im_glyph_mask made = {.key = key};
    if (pool->scratch == NULL) {
        pool->scratch = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    }
    if (halo_px > 0) {
        const struct im_glyph_mask *glyph =
            im_glyph_mask(pool, face, id, size_px, sub, 0);
        if (glyph != NULL) {
            make_halo(pool, glyph, halo_px, &made);
        }
    } else if (!(is_own(pool, face) ? cover_glyph : paint_glyph)(pool, face, id,
                                                                 size_px, sub, &made)) {
        made.w = 0;
    }
    if (made.w > 0) {
        im_mask_level(made.a, (size_t)made.w * (size_t)made.h);
    }
    const struct im_glyph_mask *kept = keep(pool, &made);
    return kept->w > 0 ? kept : NULL;
}
