/* Shaping and measuring: pango over our fonts, unhinted, so lengths scale linearly. */
#include "draw/fonts.h"
#include <pango/pangocairo.h>

/* Face of a shaped run, by index; faces are few. */
static int face_index(struct im_fonts *f, PangoFont *font) {
    cairo_scaled_font_t *scaled =
        pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));
    cairo_font_face_t *face = cairo_scaled_font_get_font_face(scaled);
    for (size_t i = 0; i < f->face_count; i++) {
        if (f->face[i] == face) {
            return (int)i;
        }
    }
    if (f->face_count == IM_FACES) {
        return 0;
    }
    f->face[f->face_count] = cairo_font_face_reference(face);
    return (int)f->face_count++;
}

static int style_of(const struct im_font *font) {
    return (font->weight == IM_BOLD ? 1 : 0) | (font->italic ? 2 : 0);
}

/* Shape at 64 units; every length scales linearly because nothing is hinted. */
static PangoLayoutLine *lay(struct im_fonts *f, const struct im_font *font,
                            const char *text, bool rtl) {
    int style = style_of(font);
    im_fonts_require(f, style, text);
    PangoDirection direction = rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR;
    if (pango_context_get_base_dir(f->context) != direction) {
        pango_context_set_base_dir(f->context, direction);
    }
    pango_layout_set_text(f->layout[style], text, -1);
    return pango_layout_get_line_readonly(f->layout[style], 0);
}

static void count_missing(struct im_shaped *out, PangoGlyph glyph) {
    if (glyph & PANGO_GLYPH_UNKNOWN_FLAG) {
        if (out->missing++ == 0) {
            out->missing_first = glyph & ~PANGO_GLYPH_UNKNOWN_FLAG;
        }
    }
}

static void shape(struct im_fonts *fonts, struct im_arena *arena,
                  const struct im_font *font, const char *text, bool rtl,
                  struct im_shaped *out) {
    double k = font->size / (64.0 * PANGO_SCALE), track = font->tracking * font->size;
    *out = (struct im_shaped){0};
    size_t cap = 0;
    double x = 0;
    PangoLayoutLine *line = lay(fonts, font, text, rtl);
    out->rtl_base = rtl;
    for (GSList *run = line ? line->runs : NULL; run; run = run->next) {
        const PangoGlyphItem *item = run->data;
        int face = face_index(fonts, item->item->analysis.font);
        bool leftwards = item->item->analysis.level & 1;
        out->rtl = out->rtl || leftwards;
        for (int i = 0; i < item->glyphs->num_glyphs; i++) {
            const PangoGlyphInfo *g = &item->glyphs->glyphs[i];
            count_missing(out, g->glyph);
            double advance = k * g->geometry.width;
            if (!(g->glyph & PANGO_GLYPH_UNKNOWN_FLAG) &&
                g->glyph != PANGO_GLYPH_EMPTY) {
                struct im_glyph glyph = {face,
                                         g->glyph,
                                         x + k * g->geometry.x_offset,
                                         k * g->geometry.y_offset,
                                         advance,
                                         (size_t)item->item->offset +
                                             (size_t)item->glyphs->log_clusters[i],
                                         leftwards};
                IM_PUSH(arena, out->v, out->n, cap, glyph);
            }
            x += advance + (advance > 0 ? track : 0);
        }
    }
    out->width = x > 0 ? x - track : 0;
}

void im_shape(struct im_fonts *fonts, struct im_arena *arena,
              const struct im_font *font, const char *text, struct im_shaped *out) {
    shape(fonts, arena, font, text, false, out);
}

void im_shape_item(struct im_fonts *fonts, struct im_arena *arena,
                   const struct im_item *item, struct im_shaped *out) {
    shape(fonts, arena, &item->font, item->text, item->rtl, out);
}

/* FNV-1a over style and text; never 0. */
static uint64_t text_key(int style, const char *text, size_t *letters) {
    uint64_t h = 1469598103934665603U ^ (uint64_t)style;
    *letters = 0;
    for (const char *p = text; *p; p++) {
        h = (h ^ (unsigned char)*p) * 1099511628211U;
        *letters += ((unsigned char)*p & 0xC0) != 0x80;
    }
    return h ? h : 1;
}

static struct im_width_slot *slot_for(struct im_fonts *f, const struct im_font *font,
                                      const char *text, size_t *letters) {
    uint64_t key = text_key(style_of(font), text, letters);
    struct im_width_slot *slot = &f->widths[key % IM_WIDTH_SLOTS];
    if (slot->key == key) {
        return slot;
    }
    PangoLayoutLine *line =
        lay(f, font, text, false); // may load fonts and clear all slots
    struct im_shaped sum = {0};
    double width = 0;
    for (GSList *run = line ? line->runs : NULL; run; run = run->next) {
        const PangoGlyphItem *item = run->data;
        for (int i = 0; i < item->glyphs->num_glyphs; i++) {
            width += item->glyphs->glyphs[i].geometry.width;
            count_missing(&sum, item->glyphs->glyphs[i].glyph);
        }
    }
    *slot = (struct im_width_slot){key, width / (64.0 * PANGO_SCALE), sum.missing,
                                   sum.missing_first};
    return slot;
}

static struct im_extent_pt measure(void *self, const struct im_font *font,
                                   const char *text) {
    struct im_fonts *f = self;
    size_t letters;
    const struct im_width_slot *s = slot_for(f, font, text, &letters);
    double track = letters > 1 ? font->tracking * (double)(letters - 1) : 0;
    return (struct im_extent_pt){.width = (s->width + track) * font->size,
                                 .ascent = f->ascent * font->size,
                                 .descent = f->descent * font->size,
                                 .missing = s->missing,
                                 .missing_first = s->missing_first};
}

struct im_measure im_fonts_measure(struct im_fonts *fonts) {
    return (struct im_measure){fonts, measure};
}
