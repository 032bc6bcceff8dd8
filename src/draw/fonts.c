/* Font set-up: a private fontconfig with our files only, so no system scan is needed.
 */
#include "draw/fonts.h"
#include "base/buf.h"
#include "base/utf8.h"
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

#define NOTO_DIR "/usr/share/fonts/truetype/noto"

static const char *const style_file[IM_STYLES] = {
    "NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf",
    "NotoSans-BoldItalic.ttf"};

/* Companion families, loaded when a text has characters of their ranges. */
static const struct companion {
    uint32_t first, last;
    const char *family, *stem;
} companions[] = {
    {0x0530, 0x058F, "Noto Sans Armenian", "NotoSansArmenian"},
    {0xFB13, 0xFB17, "Noto Sans Armenian", "NotoSansArmenian"},
    {0x10A0, 0x10FF, "Noto Sans Georgian", "NotoSansGeorgian"},
    {0x1C90, 0x1CBF, "Noto Sans Georgian", "NotoSansGeorgian"},
    {0x0600, 0x06FF, "Noto Sans Arabic", "NotoSansArabic"},
    {0x0750, 0x077F, "Noto Sans Arabic", "NotoSansArabic"},
    {0xFB50, 0xFEFC, "Noto Sans Arabic", "NotoSansArabic"},
    {0x0590, 0x05FF, "Noto Sans Hebrew", "NotoSansHebrew"},
    {0x0900, 0x097F, "Noto Sans Devanagari", "NotoSansDevanagari"},
    {0x0980, 0x09FF, "Noto Sans Bengali", "NotoSansBengali"},
    {0x0E00, 0x0E7F, "Noto Sans Thai", "NotoSansThai"},
    {0x1200, 0x137F, "Noto Sans Ethiopic", "NotoSansEthiopic"},
};
enum { COMPANIONS = sizeof companions / sizeof *companions };

static void finish(void *self) {
    struct im_fonts *f = self;
    for (size_t i = 0; i < f->face_count; i++) {
        cairo_font_face_destroy(f->face[i]);
    }
    for (size_t i = 0; i < IM_STYLES; i++) {
        g_clear_object(&f->layout[i]);
    }
    if (f->scratch != NULL) {
        cairo_surface_destroy(f->scratch);
    }
    g_clear_object(&f->context);
    g_clear_object(&f->map);
    if (f->config != NULL) {
        FcConfigDestroy(f->config);
    }
}

/* Add a font file; false when it is not there or no font. */
static bool add_file(struct im_fonts *f, const char *path) {
    if (!im_file_exists(path) ||
        !FcConfigAppFontAddFile(f->config, (const FcChar8 *)path)) {
        return false;
    }
    IM_PUSH(f->arena, f->files.v, f->files.n, f->files.cap, path);
    return true;
}

static void describe_families(struct im_fonts *f) {
    struct im_buf b;
    im_buf_init(&b, f->arena, 4096);
    im_buf_str(&b, "Noto Sans");
    for (size_t i = 0; i < COMPANIONS; i++) {
        if ((f->loaded >> i & 1) &&
            (i == 0 || companions[i].family != companions[i - 1].family)) {
            im_buf_fmt(&b, ",%s", companions[i].family);
        }
    }
    f->families = b.data;
}

static PangoLayout *new_layout(struct im_fonts *f, int style) {
    PangoLayout *layout = pango_layout_new(f->context);
    PangoFontDescription *d = pango_font_description_new();
    pango_font_description_set_family(d, f->families);
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

/* After fonts were added: the layouts must choose among them anew. */
static void refresh(struct im_fonts *f) {
    describe_families(f);
    pango_fc_font_map_config_changed(PANGO_FC_FONT_MAP(f->map));
    for (int i = 0; i < IM_STYLES; i++) {
        g_clear_object(&f->layout[i]);
        f->layout[i] = new_layout(f, i);
    }
    memset(f->widths, 0, IM_WIDTH_SLOTS * sizeof *f->widths);
}

static bool load_companion(struct im_fonts *f, size_t i) {
    bool any = false;
    for (size_t j = 0; j < COMPANIONS; j++) {
        if (strcmp(companions[j].stem, companions[i].stem) == 0) {
            f->loaded |= 1U << j;
        }
    }
    static const char *const weight[] = {"-Regular.ttf", "-Bold.ttf"};
    for (size_t w = 0; w < 2; w++) {
        const char *name = im_format(f->arena, "%s%s", companions[i].stem, weight[w]);
        any = add_file(f, im_path_join(f->arena, f->dir, name)) || any;
    }
    return any;
}

/* Load what this text in this style needs and is not there yet. */
void im_fonts_require(struct im_fonts *f, int style, const char *text) {
    bool changed = false;
    if (!f->loaded_style[style]) {
        f->loaded_style[style] = true;
        changed = add_file(f, im_path_join(f->arena, f->dir, style_file[style]));
    }
    size_t n = strlen(text), used;
    for (size_t at = 0; at < n; at += used) {
        uint32_t cp = im_utf8_next(text + at, n - at, &used);
        for (size_t i = 0; cp >= 0x0530 && i < COMPANIONS; i++) {
            if (!(f->loaded >> i & 1) && cp >= companions[i].first &&
                cp <= companions[i].last) {
                changed = load_companion(f, i) || changed;
            }
        }
    }
    if (changed) {
        refresh(f);
    }
}

static enum incmap_status set_up(struct im_fonts *f, struct incmap_error *err) {
    f->config = FcConfigCreate();
    const char *regular = im_path_join(f->arena, f->dir, style_file[0]);
    if (f->config == NULL || !add_file(f, regular)) {
        return im_fail(
            err, INCMAP_E_GEODATA, IM_FILE(regular),
            "cannot read the font (install the package fonts-noto-core, or set "
            "INCMAP_FONTS to the folder of the Noto fonts)");
    }
    for (size_t i = 0; i < f->extra.n; i++) {
        if (!add_file(f, f->extra.v[i])) {
            return im_fail(err, INCMAP_E_INPUT, IM_FILE(f->extra.v[i]),
                           "cannot read the font");
        }
    }
    f->loaded_style[0] = true;
    f->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (f->map == NULL) {
        return im_fail(err, INCMAP_E_BUG, IM_NOWHERE, "pango has no FreeType fonts");
    }
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(f->map), f->config);
    f->context = pango_font_map_create_context(f->map);
    cairo_font_options_t *o = cairo_font_options_create();
    cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(f->context, o);
    cairo_font_options_destroy(o);
    pango_context_set_round_glyph_positions(f->context, FALSE);
    pango_context_set_language(f->context, pango_language_from_string("en"));
    refresh(f);
    return INCMAP_OK;
}

static void read_metrics(struct im_fonts *f) {
    PangoFontMetrics *m = pango_context_get_metrics(
        f->context, pango_layout_get_font_description(f->layout[0]), NULL);
    f->ascent = pango_font_metrics_get_ascent(m) / (64.0 * PANGO_SCALE);
    f->descent = pango_font_metrics_get_descent(m) / (64.0 * PANGO_SCALE);
    pango_font_metrics_unref(m);
}

enum incmap_status im_fonts_open(struct im_arena *arena, const char *dir,
                                 const char *const *extra, size_t n,
                                 struct im_fonts **out, struct incmap_error *err) {
    struct im_fonts *f = im_alloc(arena, 1, sizeof *f);
    *out = NULL;
    f->arena = arena;
    f->dir = dir != NULL && dir[0] != '\0' ? im_strdup(arena, dir) : NOTO_DIR;
    f->widths = im_alloc(arena, IM_WIDTH_SLOTS, sizeof *f->widths);
    f->masks = im_alloc(arena, IM_MASK_SLOTS, sizeof *f->masks);
    for (size_t i = 0; i < n; i++) {
        IM_PUSH(arena, f->extra.v, f->extra.n, f->extra.cap,
                im_strdup(arena, extra[i]));
    }
    im_arena_defer(arena, finish, f);
    enum incmap_status s = set_up(f, err);
    if (s == INCMAP_OK) {
        read_metrics(f);
        *out = f;
    }
    return s;
}

const char *im_fonts_family(const struct im_fonts *fonts) {
    return fonts->families;
}

/*
 * What tells one release of a font file from another without reading all of it: the
 * checksum adjustment in its `head` table, which depends on every byte of the file
 * (OpenType 1.9, "head"), and the length.
 */
static const char *font_mark(struct im_fonts *f, const char *path) {
    struct im_bytes b = {NULL, 0};
    if (im_file_map(f->arena, path, INCMAP_E_GEODATA, &b, NULL) != INCMAP_OK ||
        b.n < 12) {
        return NULL;
    }
    const unsigned char *d = (const unsigned char *)b.data;
    size_t tables = (size_t)d[4] << 8 | d[5];
    for (size_t at = 12; at + 16 <= b.n && at < 12 + 16 * tables; at += 16) {
        size_t head = (size_t)d[at + 8] << 24 | (size_t)d[at + 9] << 16 |
                      (size_t)d[at + 10] << 8 | d[at + 11];
        if (memcmp(d + at, "head", 4) == 0 && head < b.n && b.n - head >= 12) {
            const unsigned char *sum = d + head + 8;
            return im_format(f->arena, "%02x%02x%02x%02x-%zu", sum[0], sum[1], sum[2],
                             sum[3], b.n);
        }
    }
    return im_format(f->arena, "%zu", b.n);
}

bool im_fonts_tell(struct im_arena *arena, const char *dir, struct im_buf *out) {
    struct im_fonts f = {.arena = arena};
    static const char *const weight[] = {"-Regular.ttf", "-Bold.ttf"};
    dir = dir != NULL && dir[0] != '\0' ? dir : NOTO_DIR;
    for (size_t i = 0; i < IM_STYLES + 2 * COMPANIONS; i++) {
        size_t c = i < IM_STYLES ? 0 : (i - IM_STYLES) / 2;
        const char *name =
            i < IM_STYLES ? style_file[i]
                          : im_format(arena, "%s%s", companions[c].stem, weight[i % 2]);
        if (c > 0 && strcmp(companions[c].stem, companions[c - 1].stem) == 0) {
            continue;
        }
        const char *path = im_path_join(arena, dir, name);
        const char *mark = im_file_exists(path) ? font_mark(&f, path) : "";
        if (mark == NULL) {
            return false;
        }
        im_buf_fmt(out, "%s %s\n", name, mark);
    }
    return true;
}

const char *im_fonts_manifest(const struct im_fonts *fonts) {
    struct im_buf b;
    im_buf_init(&b, fonts->arena, (size_t)1 << 16);
    im_buf_char(&b, '{');
    for (size_t i = 0; i < fonts->files.n; i++) {
        const char *slash = strrchr(fonts->files.v[i], '/');
        const char *mark = font_mark((struct im_fonts *)fonts, fonts->files.v[i]);
        if (mark == NULL) {
            return NULL;
        }
        im_buf_fmt(&b, "%s\"%s\":\"%s\"", i ? "," : "",
                   slash ? slash + 1 : fonts->files.v[i], mark);
    }
    im_buf_char(&b, '}');
    return b.data;
}
