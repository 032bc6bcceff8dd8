/*
 * Shaping and measuring, unhinted, so lengths scale linearly. Text of one script out of
 * Latin, Greek and Cyrillic goes straight to HarfBuzz; whatever needs other fonts, runs
 * or directions goes through pango, which is not even set up before that. Both give the
 * same glyphs at the same places (test_png).
 */
#include "base/utf8.h"
#include "draw/fonts.h"
#include <pango/pangocairo.h>
#include <string.h>

static const double UNIT = 64.0 * PANGO_SCALE; /* shaped at 64 units */

static int style_of(const struct im_font *font) {
    return (font->weight == IM_BOLD ? 1 : 0) | (font->italic ? 2 : 0);
}

/* FNV-1a over what decides the width, and text; never 0. */
static uint64_t text_key(uint64_t what, const char *text) {
    uint64_t h = (1469598103934665603U ^ what) * 1099511628211U;
    for (const char *p = text; *p; p++) {
        h = (h ^ (unsigned char)*p) * 1099511628211U;
    }
    return h ? h : 1;
}

static uint64_t key_of(const struct im_fonts *f, int style, const char *text) {
    return text_key((uint64_t)f->companions << 2 | (unsigned)style, text);
}

/* ---- plain text ---- */

/* Blocks that are shaped letter by letter, in which nothing is combined or hidden. */
static bool is_plain_letter(uint32_t cp) {
    static const uint32_t block[][2] = {
        {0x20, 0x7E},     {0xA0, 0xAC},     {0xAE, 0x2B8},    {0x386, 0x3FF},
        {0x400, 0x482},   {0x48A, 0x52F},   {0x1E00, 0x1EFF}, {0x2010, 0x2027},
        {0x2030, 0x205E}, {0x20A0, 0x20BF}, {0x2116, 0x2116}};
    for (size_t i = 0; i < sizeof block / sizeof *block; i++) {
        if (cp <= block[i][1]) {
            return cp >= block[i][0];
        }
    }
    return false;
}

/* The text's one script; false when it is no plain text or of two scripts. */
static bool plain_script(const char *text, size_t n, hb_script_t *script) {
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    size_t used;
    *script = HB_SCRIPT_COMMON;
    for (size_t at = 0; at < n; at += used) {
        uint32_t cp = im_utf8_next(text + at, n - at, &used);
        if (!is_plain_letter(cp)) {
            return false;
        }
        bool ascii = (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
        hb_script_t s = ascii       ? HB_SCRIPT_LATIN
                        : cp < 0xAA ? HB_SCRIPT_COMMON
                                    : hb_unicode_script(unicode, cp);
        if (s == HB_SCRIPT_COMMON || s == *script) {
            continue;
        }
        if (*script != HB_SCRIPT_COMMON) {
            return false;
        }
        *script = s;
    }
    return true;
}

/* Shape plain text into the pool's buffer; false when pango has to. */
static bool shape_plain(struct im_font_pool *p, int style, const char *text) {
    hb_script_t script;
    size_t n = strlen(text);
    if (n > 10000 || !plain_script(text, n, &script)) {
        return false;
    }
    hb_font_t *font = im_font_plain(p, style);
    if (font == NULL) {
        return false;
    }
    hb_buffer_clear_contents(p->buffer);
    hb_buffer_set_direction(p->buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(p->buffer, script);
    hb_buffer_set_language(p->buffer, hb_language_from_string("en", 2));
    hb_buffer_add_utf8(p->buffer, text, (int)n, 0, (int)n);
    hb_shape(font, p->buffer, NULL, 0);
    unsigned count;
    const hb_glyph_info_t *g = hb_buffer_get_glyph_infos(p->buffer, &count);
    for (unsigned i = 0; i < count; i++) {
        if (g[i].codepoint == 0) {
            return false; // no glyph in this font
        }
    }
    return hb_buffer_allocation_successful(p->buffer);
}

static double plain_width(struct im_font_pool *p) {
    unsigned n;
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(p->buffer, &n);
    double width = 0;
    for (unsigned i = 0; i < n; i++) {
        width += at[i].x_advance;
    }
    return width;
}

/* ---- other text ---- */

static PangoLayoutLine *lay(struct im_fonts *f, int style, const char *text, bool rtl) {
    struct im_font_set *set = im_font_set(f->pool, f->companions);
    PangoDirection direction = rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR;
    if (pango_context_get_base_dir(set->context) != direction) {
        pango_context_set_base_dir(set->context, direction);
    }
    pango_layout_set_text(set->layout[style], text, -1);
    return pango_layout_get_line_readonly(set->layout[style], 0);
}

static void count_missing(struct im_shaped *out, PangoGlyph glyph) {
    if (glyph & PANGO_GLYPH_UNKNOWN_FLAG) {
        if (out->missing++ == 0) {
            out->missing_first = glyph & ~PANGO_GLYPH_UNKNOWN_FLAG;
        }
    }
}

static int face_of(struct im_font_pool *pool, PangoFont *font) {
    cairo_scaled_font_t *scaled =
        pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));
    return im_font_face(pool, cairo_scaled_font_get_font_face(scaled));
}

/* ---- both, placed ---- */

/* Puts glyphs side by side. */
struct pen {
    struct im_arena *arena;
    struct im_shaped *out;
    double k, track, x; /* points per shaped unit; points */
};

static void put(struct pen *pen, struct im_glyph glyph, bool shown, double dx,
                double advance) {
    glyph.advance = pen->k * advance;
    glyph.x = pen->x + pen->k * dx;
    if (shown) {
        IM_PUSH(pen->arena, pen->out->v, pen->out->n, pen->out->cap, glyph);
    }
    pen->x += glyph.advance + (glyph.advance > 0 ? pen->track : 0);
}

static void put_plain(struct pen *pen, struct im_font_pool *p, int style) {
    unsigned n;
    const hb_glyph_info_t *g = hb_buffer_get_glyph_infos(p->buffer, &n);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(p->buffer, &n);
    for (unsigned i = 0; i < n; i++) {
        struct im_glyph glyph = {.face = p->plain_face[style],
                                 .id = g[i].codepoint,
                                 .y = -pen->k * at[i].y_offset,
                                 .byte = g[i].cluster};
        put(pen, glyph, true, at[i].x_offset, at[i].x_advance);
    }
}

static void put_run(struct pen *pen, int face, const struct im_run *run) {
    for (unsigned i = 0; i < run->n; i++) {
        const struct im_run_glyph *g = &run->glyph[i];
        put(pen, (struct im_glyph){.face = face, .id = g->id, .byte = g->byte}, true, 0,
            g->advance);
    }
}

static void put_line(struct pen *pen, struct im_font_pool *p, PangoLayoutLine *line) {
    for (GSList *run = line ? line->runs : NULL; run; run = run->next) {
        const PangoGlyphItem *item = run->data;
        int face = face_of(p, item->item->analysis.font);
        bool leftwards = item->item->analysis.level & 1;
        pen->out->rtl = pen->out->rtl || leftwards;
        for (int i = 0; i < item->glyphs->num_glyphs; i++) {
            const PangoGlyphInfo *g = &item->glyphs->glyphs[i];
            count_missing(pen->out, g->glyph);
            struct im_glyph glyph = {.face = face,
                                     .id = g->glyph,
                                     .y = pen->k * g->geometry.y_offset,
                                     .byte = (size_t)item->item->offset +
                                             (size_t)item->glyphs->log_clusters[i],
                                     .rtl = leftwards};
            bool shown =
                !(g->glyph & PANGO_GLYPH_UNKNOWN_FLAG) && g->glyph != PANGO_GLYPH_EMPTY;
            put(pen, glyph, shown, g->geometry.x_offset, g->geometry.width);
        }
    }
}

void im_shape_item(struct im_fonts *fonts, struct im_arena *arena,
                   const struct im_item *item, struct im_shaped *out) {
    const struct im_font *font = &item->font;
    int style = style_of(font);
    struct pen pen = {arena, out, font->size / UNIT, font->tracking * font->size, 0};
    *out = (struct im_shaped){.rtl_base = item->rtl};
    im_fonts_require(fonts, style, item->text);
    uint64_t key = key_of(fonts, style, item->text);
    const struct im_run *run =
        item->rtl ? NULL : im_run_find(fonts->pool, style, item->text, key);
    if (run != NULL) {
        put_run(&pen, fonts->pool->plain_face[style], run);
    } else if (!item->rtl && shape_plain(fonts->pool, style, item->text)) {
        put_plain(&pen, fonts->pool, style);
        im_run_keep(fonts->pool, style, item->text, key);
    } else {
        put_line(&pen, fonts->pool, lay(fonts, style, item->text, item->rtl));
    }
    out->width = pen.x > 0 ? pen.x - pen.track : 0;
}

/* ---- measuring ---- */

/* The slot that texts of this key share; of another key when it was another's. */
static struct im_width_slot *width_of(struct im_font_pool *pool, uint64_t key) {
    uint16_t *at = &pool->width_at[key % IM_WIDTH_SLOTS];
    if (*at == 0) {
        pool->widths[pool->width_count].key = ~key;
        *at = (uint16_t)++pool->width_count;
    }
    return &pool->widths[*at - 1];
}

static const struct im_width_slot *slot_for(struct im_fonts *f,
                                            const struct im_font *font,
                                            const char *text) {
    int style = style_of(font);
    im_fonts_require(f, style, text);
    uint64_t key = key_of(f, style, text);
    struct im_width_slot *slot = width_of(f->pool, key);
    if (slot->key == key) {
        return slot;
    }
    struct im_shaped sum = {0};
    double width = 0;
    if (shape_plain(f->pool, style, text)) {
        width = plain_width(f->pool);
        im_run_keep(f->pool, style, text, key);
    } else {
        PangoLayoutLine *line = lay(f, style, text, false);
        for (GSList *run = line ? line->runs : NULL; run; run = run->next) {
            const PangoGlyphString *glyphs = ((PangoGlyphItem *)run->data)->glyphs;
            for (int i = 0; i < glyphs->num_glyphs; i++) {
                width += glyphs->glyphs[i].geometry.width;
                count_missing(&sum, glyphs->glyphs[i].glyph);
            }
        }
    }
    *slot = (struct im_width_slot){key, width / UNIT, sum.missing, sum.missing_first};
    return slot;
}

static size_t count_letters(const char *text) {
    size_t n = 0;
    for (const char *p = text; *p; p++) {
        n += ((unsigned char)*p & 0xC0) != 0x80;
    }
    return n;
}

static struct im_extent_pt measure(void *self, const struct im_font *font,
                                   const char *text) {
    struct im_fonts *f = self;
    const struct im_width_slot *s = slot_for(f, font, text);
    size_t letters = font->tracking != 0 ? count_letters(text) : 0;
    double track = letters > 1 ? font->tracking * (double)(letters - 1) : 0;
    return (struct im_extent_pt){.width = (s->width + track) * font->size,
                                 .ascent = f->pool->ascent * font->size,
                                 .descent = f->pool->descent * font->size,
                                 .missing = s->missing,
                                 .missing_first = s->missing_first};
}

struct im_measure im_fonts_measure(struct im_fonts *fonts) {
    return (struct im_measure){fonts, measure};
}
