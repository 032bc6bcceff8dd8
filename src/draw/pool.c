/*
 * What figures share of fonts: faces, sets of pango, caches. All of our own files: no
 * scan of the system's fonts.
 */
#include "base/limits.h"
#include "draw/fonts.h"
#include <cairo-ft.h>
#include <fontconfig/fontconfig.h>
#include <libdeflate.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

#define NOTO_DIR "/usr/share/fonts/truetype/noto"

static const char *const style_file[IM_STYLES] = {
    "NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf",
    "NotoSans-BoldItalic.ttf"};

const char *im_font_dir(const char *dir) {
    return dir != NULL && dir[0] != '\0' ? dir : NOTO_DIR;
}

const char *im_style_file(struct im_arena *arena, const char *dir, size_t style) {
    return im_path_join(arena, dir, style_file[style]);
}

static void finish_set(void *self) {
    struct im_font_set *set = self;
    for (size_t i = 0; i < IM_STYLES; i++) {
        g_clear_object(&set->layout[i]);
    }
    g_clear_object(&set->context);
    g_clear_object(&set->map);
    if (set->config != NULL) {
        FcConfigDestroy(set->config);
    }
}

static void finish(void *self) {
    struct im_font_pool *p = self;
    cairo_scaled_font_destroy(p->scaled);
    for (size_t i = 0; i < p->face_count; i++) {
        cairo_font_face_destroy(p->face[i]);
    }
    for (size_t i = 0; i < IM_STYLES; i++) {
        hb_font_destroy(p->plain[i]);
    }
    hb_buffer_destroy(p->buffer);
    if (p->packer != NULL) {
        libdeflate_free_compressor(p->packer);
    }
    if (p->scratch != NULL) {
        cairo_surface_destroy(p->scratch);
    }
    im_arena_free(p->mask_arena);
    im_arena_free(p->canvas_arena);
}

int im_font_face(struct im_font_pool *p, cairo_font_face_t *face) {
    for (size_t i = 0; i < p->face_count; i++) {
        if (p->face[i] == face) {
            return (int)i;
        }
    }
    if (p->face_count == IM_FACES) {
        return 0;
    }
    p->face[p->face_count] = cairo_font_face_reference(face);
    return (int)p->face_count++;
}

/* ---- plain text: HarfBuzz over one file ---- */

static int face_of_file(struct im_font_pool *p, const char *path) {
    FcPattern *pattern =
        FcPatternBuild(NULL, FC_FILE, FcTypeString, path, FC_INDEX, FcTypeInteger, 0,
                       FC_HINTING, FcTypeBool, FcFalse, NULL);
    cairo_font_face_t *face = cairo_ft_font_face_create_for_pattern(pattern);
    FcPatternDestroy(pattern);
    int i = im_font_face(p, face);
    cairo_font_face_destroy(face);
    return i;
}

hb_font_t *im_font_plain(struct im_font_pool *p, int style) {
    if (p->plain[style] != NULL || p->file[style] == NULL) {
        return p->plain[style];
    }
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(p->file[style]);
    if (blob == NULL) {
        return NULL;
    }
    hb_face_t *face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    p->plain_face[style] = face_of_file(p, p->file[style]);
    p->plain[style] = hb_font_create(face);
    hb_face_destroy(face);
    hb_font_set_scale(p->plain[style], 64 * PANGO_SCALE, 64 * PANGO_SCALE);
    return p->plain[style];
}

/* ---- all other text: pango ---- */

static bool add_file(struct im_font_set *set, const char *path) {
    return path != NULL && im_file_exists(path) &&
           FcConfigAppFontAddFile(set->config, (const FcChar8 *)path);
}

static PangoLayout *new_layout(struct im_font_set *set, const char *families,
                               int style) {
    PangoLayout *layout = pango_layout_new(set->context);
    PangoFontDescription *d = pango_font_description_new();
    pango_font_description_set_family(d, families);
    pango_font_description_set_absolute_size(d, 64.0 * PANGO_SCALE);
    pango_font_description_set_weight(d, style & 1 ? PANGO_WEIGHT_BOLD
                                                   : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(d, style & 2 ? PANGO_STYLE_ITALIC
                                                  : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(layout, d);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_auto_dir(layout, FALSE); // the item says, see lay() in shape.c
    pango_font_description_free(d);
    return layout;
}

static void set_options(PangoContext *context) {
    cairo_font_options_t *o = cairo_font_options_create();
    cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, o);
    cairo_font_options_destroy(o);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("en"));
}

/* The files of a set, always in one order. */
static void add_files(struct im_font_pool *p, struct im_font_set *set) {
    for (size_t i = 0; i < IM_STYLES; i++) {
        add_file(set, p->file[i]);
    }
    for (size_t i = 0; i < IM_COMPANIONS; i++) {
        if (set->companions >> i & 1) {
            add_file(set, im_companion_file(p->arena, p->dir, i, false));
            add_file(set, im_companion_file(p->arena, p->dir, i, true));
        }
    }
}

struct im_font_set *im_font_set(struct im_font_pool *p, unsigned companions) {
    for (size_t i = 0; i < p->set_count; i++) {
        if (p->set[i]->companions == companions) {
            return p->set[i];
        }
    }
    if (p->set_count == IM_FONT_SETS) {
        return p->set[0];
    }
    struct im_font_set *set = im_alloc(p->arena, 1, sizeof *set);
    const char *families = im_companion_families(p->arena, companions);
    im_arena_defer(p->arena, finish_set, set);
    set->companions = companions;
    set->config = FcConfigCreate();
    set->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (set->config == NULL || set->map == NULL) {
        im_arena_exhausted(p->arena);
    }
    add_files(p, set);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(set->map), set->config);
    set->context = pango_font_map_create_context(set->map);
    set_options(set->context);
    for (int i = 0; i < IM_STYLES; i++) {
        set->layout[i] = new_layout(set, families, i);
    }
    p->set[p->set_count++] = set;
    return set;
}

/* ---- arenas of its own ---- */

void im_pool_catch(const struct im_font_pool *pool, struct im_arena *arena) {
    jmp_buf *where = im_arena_catch(pool->arena, NULL);
    im_arena_catch(pool->arena, where);
    im_arena_catch(arena, where);
}

unsigned char *im_pool_canvas(struct im_font_pool *pool, size_t bytes) {
    const size_t most = (size_t)32 << 20;
    if (bytes > most) {
        return NULL;
    }
    if (bytes > pool->canvas_bytes) {
        im_arena_free(pool->canvas_arena);
        pool->canvas_bytes = 0;
        pool->canvas_arena = im_arena_new(2 * most);
        if (pool->canvas_arena == NULL) {
            return NULL;
        }
        im_pool_catch(pool, pool->canvas_arena);
        pool->canvas = im_alloc_raw(pool->canvas_arena, bytes, 1);
        pool->canvas_bytes = bytes;
    }
    return pool->canvas;
}

/* ---- opening ---- */

static bool read_metrics(struct im_font_pool *p) {
    hb_font_t *font = im_font_plain(p, 0);
    hb_font_extents_t e;
    if (font == NULL || !hb_font_get_h_extents(font, &e)) {
        return false;
    }
    p->ascent = e.ascender / (64.0 * PANGO_SCALE);
    p->descent = -e.descender / (64.0 * PANGO_SCALE);
    return true;
}

enum incmap_status im_font_pool_open(struct im_arena *arena, const char *dir,
                                     struct im_font_pool **out,
                                     struct incmap_error *err) {
    struct im_font_pool *p = im_alloc(arena, 1, sizeof *p);
    *out = NULL;
    p->arena = arena;
    p->dir = im_strdup(arena, im_font_dir(dir));
    for (size_t i = 0; i < IM_STYLES; i++) {
        const char *path = im_style_file(arena, p->dir, i);
        p->file[i] = im_file_exists(path) ? path : NULL;
    }
    p->width_at = im_alloc(arena, IM_WIDTH_SLOTS, sizeof *p->width_at);
    p->widths = im_alloc_raw(arena, IM_WIDTH_SLOTS, sizeof *p->widths);
    p->mask_at = im_alloc(arena, IM_MASK_SLOTS, sizeof *p->mask_at);
    p->masks = im_alloc_raw(arena, IM_MASK_SLOTS, sizeof *p->masks);
    im_arena_defer(arena, finish, p);
    p->buffer = hb_buffer_create();
    if (!read_metrics(p)) {
        const char *regular = im_style_file(arena, p->dir, 0);
        return im_fail(
            err, INCMAP_E_GEODATA, IM_FILE(regular),
            "cannot read the font (install the package fonts-noto-core, or set "
            "INCMAP_FONTS to the folder of the Noto fonts)");
    }
    *out = p;
    return INCMAP_OK;
}
