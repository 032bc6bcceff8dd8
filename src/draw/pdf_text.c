/* Text of the PDF: glyphs of embedded fonts, each with the letters that it stands for.
 */
#include "base/utf8.h"
#include "draw/pdf.h"
#include <math.h>
#include <string.h>

struct writing {
    cairo_t *cr;
    struct im_fonts *fonts;
    const char *text;
    bool valid; /* the text is UTF-8 */
    const struct im_shaped *shaped;
    double size;
    cairo_glyph_t *glyph;          /* room for all glyphs */
    cairo_text_cluster_t *cluster; /* the same */
};

/* End of the run of glyphs from `first` that share face and direction. */
static size_t run_end(const struct im_shaped *s, size_t first, size_t end) {
    size_t i = first + 1;
    while (i < end && s->v[i].face == s->v[first].face &&
           s->v[i].rtl == s->v[first].rtl &&
           (s->v[i].rtl ? s->v[i].byte <= s->v[i - 1].byte
                        : s->v[i].byte >= s->v[i - 1].byte)) {
        i++;
    }
    return i;
}

/* Where the letters that begin at `byte` end: at the next ones that have a glyph. */
static size_t letters_end(const struct writing *w, size_t byte) {
    size_t end = strlen(w->text);
    for (size_t i = 0; i < w->shaped->n; i++) {
        size_t b = w->shaped->v[i].byte;
        end = b > byte && b < end ? b : end;
    }
    return end;
}

/* Clusters of a run in the order of the text; their number. */
static int clusters_of(const struct writing *w, size_t first, size_t end, size_t *from,
                       size_t *to) {
    const struct im_glyph *v = w->shaped->v;
    bool rtl = v[first].rtl;
    int n = 0;
    *from = v[rtl ? end - 1 : first].byte;
    *to = *from;
    for (size_t k = 0; k < end - first; k++) {
        size_t i = rtl ? end - 1 - k : first + k;
        if (n == 0 || v[i].byte >= *to) {
            size_t next = letters_end(w, v[i].byte);
            w->cluster[n++] = (cairo_text_cluster_t){(int)(next - *to), 0};
            *to = next;
        }
        w->cluster[n - 1].num_glyphs++;
    }
    return n;
}

static void take_glyphs(const struct writing *w, size_t first, size_t end, double x0) {
    for (size_t i = first; i < end; i++) {
        const struct im_glyph *g = &w->shaped->v[i];
        w->glyph[i - first] = (cairo_glyph_t){g->id, g->x - x0, g->y};
    }
}

static void show_run(const struct writing *w, size_t first, size_t end) {
    size_t from, to;
    int glyphs = (int)(end - first);
    if (!w->valid) {
        cairo_show_glyphs(w->cr, w->glyph, glyphs);
        return;
    }
    int n = clusters_of(w, first, end, &from, &to);
    cairo_text_cluster_flags_t flags =
        w->shaped->v[first].rtl ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0;
    cairo_show_text_glyphs(w->cr, w->text + from, (int)(to - from), w->glyph, glyphs,
                           w->cluster, n, flags);
}

/* The glyphs of one straight piece: their outlines onto the path, or themselves. */
static void put_piece(const struct writing *w, const struct im_text_piece *p,
                      bool outlines) {
    size_t last = p->first + p->count;
    cairo_save(w->cr);
    cairo_translate(w->cr, p->start.x, p->start.y);
    cairo_rotate(w->cr, p->angle);
    for (size_t i = p->first; i < last;) {
        size_t end = run_end(w->shaped, i, last);
        im_font_choose(w->cr, w->fonts->pool, w->shaped->v[i].face, w->size);
        take_glyphs(w, i, end, w->shaped->v[p->first].x);
        if (outlines) {
            cairo_glyph_path(w->cr, w->glyph, (int)(end - i));
        } else {
            show_run(w, i, end);
        }
        i = end;
    }
    cairo_restore(w->cr);
}

static void put_halo(const struct writing *w, const struct im_text_pieces *pieces,
                     const struct im_halo *halo, double opacity) {
    cairo_new_path(w->cr);
    for (size_t i = 0; i < pieces->n; i++) {
        put_piece(w, &pieces->v[i], true);
    }
    im_paint_colour(w->cr, halo->colour, opacity);
    cairo_set_line_width(w->cr, 2 * halo->width);
    cairo_set_dash(w->cr, NULL, 0, 0);
    cairo_set_line_join(w->cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(w->cr, CAIRO_LINE_CAP_ROUND);
    cairo_stroke(w->cr);
}

/* Upright text is one piece that starts where its first glyph stands. */
static void upright_piece(struct im_arena *arena, const struct im_item *item,
                          const struct im_shaped *text, struct im_text_pieces *out) {
    double left = item->at.x;
    if (item->align != IM_LEFT) {
        left -= item->align == IM_MIDDLE ? text->width / 2 : text->width;
    }
    struct im_text_piece p = {.count = text->n, .width = text->width};
    p.start = (struct im_pt){left + (text->n > 0 ? text->v[0].x : 0), item->at.y};
    IM_PUSH(arena, out->v, out->n, out->cap, p);
}

void im_pdf_text(cairo_t *cr, struct im_fonts *fonts, struct im_arena *arena,
                 const struct im_item *item, double opacity) {
    struct im_shaped text;
    struct im_text_pieces pieces = {0};
    bool line = item->kind == IM_ITEM_LINE_TEXT;
    if (line && (item->paths.n == 0 || item->paths.v[0].n < 2)) {
        return;
    }
    im_shape_item(fonts, arena, item, &text);
    if (line) {
        im_line_text_pieces(arena, item, &text, &pieces);
    } else {
        upright_piece(arena, item, &text, &pieces);
    }
    struct writing w = {.cr = cr,
                        .fonts = fonts,
                        .text = item->text,
                        .valid = im_utf8_valid(item->text, strlen(item->text)),
                        .shaped = &text,
                        .size = item->font.size};
    w.glyph = im_alloc(arena, text.n + 1, sizeof *w.glyph);
    w.cluster = im_alloc(arena, text.n + 1, sizeof *w.cluster);
    if (item->halo.width > 0 && (item->halo.colour & 0xFF) != 0) {
        put_halo(&w, &pieces, &item->halo, opacity);
    }
    im_paint_colour(cr, item->fill, opacity);
    for (size_t i = 0; i < pieces.n; i++) {
        put_piece(&w, &pieces.v[i], false);
    }
}
