/*
 * PDF from the scene, by cairo: one page of vectors and text with embedded subsets of
 * our fonts. cairo 1.16 knows no metadata of one's own, so the manifest goes into the
 * keywords, as JSON in ASCII, which PDF stores plainly.
 */
#include "draw/pdf.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include <cairo-pdf.h>
#include <math.h>
#include <setjmp.h>
#include <string.h>

/* Both dates of every PDF: same input, same bytes. cairo 1.16 leaves out the "D:" that
 * dates of PDF begin with, so one long enough to be mended in its place is given. */
static const char DATE[] = "2000-01-01T00:00:00+00:00";
static const char DATE_WRITTEN[] = "(20000101000000+00'00)";
static const char DATE_MENDED[] = "(D:20000101000000Z)   ";
_Static_assert(sizeof DATE_MENDED == sizeof DATE_WRITTEN, "mended in place");

struct pdf {
    struct im_arena *arena;
    cairo_surface_t *surface;
    cairo_t *cr;
    struct im_buf out;
    bool closed; /* nothing may be written any more */
    bool full;   /* memory was exhausted */
};

static void finish(void *self) {
    struct pdf *p = self;
    p->closed = true;
    if (p->cr != NULL) {
        cairo_destroy(p->cr);
    }
    if (p->surface != NULL) {
        cairo_surface_destroy(p->surface);
    }
}

/* cairo calls this while it holds locks, so exhausted memory must not jump over it. */
static cairo_status_t put(void *self, const unsigned char *data, unsigned n) {
    struct pdf *p = self;
    if (p->closed || p->full) {
        return CAIRO_STATUS_WRITE_ERROR;
    }
    jmp_buf here;
    jmp_buf *const before = im_arena_catch(p->arena, &here);
    if (setjmp(here) == 0) {
        im_buf_add(&p->out, data, n);
    } else {
        p->full = true;
    }
    im_arena_catch(p->arena, before);
    return p->full ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

/* Where the figure goes on its page. */
struct place {
    double width, height; /* of the page, points */
    double x, y, k;       /* corner of the figure, and its scale */
};

static enum incmap_status put_on_sheet(const struct im_scene *scene,
                                       const struct im_sheet *sheet, struct place *out,
                                       struct incmap_error *err) {
    double across = sheet->margin[1] + sheet->margin[3];
    double down = sheet->margin[0] + sheet->margin[2];
    bool own = sheet->width <= 0;
    out->width = own ? scene->width + across : sheet->width;
    out->height = own ? scene->height + down : sheet->height;
    double w = out->width - across, h = out->height - down;
    if (w < IM_MIN_PAGE / 2 || h < IM_MIN_PAGE / 2) {
        return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                       "pdf.margins leave no room on a page of %.0fx%.0f mm",
                       out->width * 25.4 / 72, out->height * 25.4 / 72);
    }
    if (out->width > IM_MAX_PAGE || out->height > IM_MAX_PAGE) {
        return im_fail(err, INCMAP_E_LIMIT, IM_NOWHERE,
                       "a PDF page of %.0fx%.0f mm is too large (sides of at most %.0f "
                       "mm; give pdf.page)",
                       out->width * 25.4 / 72, out->height * 25.4 / 72,
                       IM_MAX_PAGE * 25.4 / 72);
    }
    out->k = own ? 1 : fmin(w / scene->width, h / scene->height);
    out->x = sheet->margin[3] + (w - out->k * scene->width) / 2;
    out->y = sheet->margin[0] + (h - out->k * scene->height) / 2;
    return INCMAP_OK;
}

/* Valid UTF-8 without control characters. */
static const char *clean(struct im_arena *arena, const char *text) {
    struct im_buf b;
    size_t n = strlen(text), used;
    im_buf_init(&b, arena, IM_MAX_OUTPUT);
    for (size_t i = 0; i < n; i += used) {
        char one[4];
        uint32_t cp = im_utf8_next(text + i, n - i, &used);
        im_buf_add(&b, one, im_utf8_put(one, cp < 0x20 || cp == 0x7F ? ' ' : cp));
    }
    return b.data;
}

/* JSON with every character beyond ASCII as \uXXXX. */
static const char *ascii_json(struct im_arena *arena, const char *json) {
    struct im_buf b;
    size_t n = strlen(json), used;
    im_buf_init(&b, arena, IM_MAX_OUTPUT);
    for (size_t i = 0; i < n; i += used) {
        uint32_t cp = im_utf8_next(json + i, n - i, &used);
        if (cp < 0x80) {
            im_buf_char(&b, cp < 0x20 ? ' ' : (char)cp);
        } else if (cp < 0x10000) {
            im_buf_fmt(&b, "\\u%04x", (unsigned)cp);
        } else {
            cp -= 0x10000;
            im_buf_fmt(&b, "\\u%04x\\u%04x", (unsigned)(0xD800 + (cp >> 10)),
                       (unsigned)(0xDC00 + (cp & 0x3FF)));
        }
    }
    return b.data;
}

static void describe(struct pdf *p, const struct im_scene *scene) {
    const char *title = clean(p->arena, scene->title);
    const char *subject = clean(p->arena, scene->description);
    const char *json = scene->manifest;
    if (scene->summary[0] != '\0' && json[0] == '{') {
        json = im_format(p->arena, "{\"summary\":%s,%s", scene->summary, json + 1);
    }
    const char *keywords = ascii_json(p->arena, json);
    cairo_surface_t *s = p->surface;
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_SUBJECT, subject);
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_KEYWORDS, keywords);
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATOR,
                                   "incmap " INCMAP_VERSION);
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, DATE);
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_MOD_DATE, DATE);
}

/* The dates stand after the pages, a few hundred bytes and the metadata from the end.
 */
static void mend_dates(struct im_buf *out) {
    size_t n = sizeof DATE_WRITTEN - 1;
    int found = 0;
    for (size_t i = out->len; i >= n && found < 2; i--) {
        char *at = out->data + i - n;
        if (memcmp(at, DATE_WRITTEN, n) == 0) {
            memcpy(at, DATE_MENDED, n);
            found++;
        }
    }
}

static void draw_layer(struct pdf *p, struct im_fonts *fonts,
                       const struct im_layer *layer) {
    cairo_save(p->cr);
    if (layer->clipped) {
        const struct im_rect *r = &layer->clip;
        cairo_rectangle(p->cr, r->x, r->y, r->w, r->h);
        cairo_clip(p->cr);
    }
    for (size_t i = 0; i < layer->n; i++) {
        const struct im_item *item = &layer->items[i];
        if (item->kind == IM_ITEM_PATH || item->kind == IM_ITEM_SYMBOL) {
            im_paint_shape(p->cr, p->arena, item, layer->opacity);
        } else {
            im_pdf_text(p->cr, fonts, p->arena, item, layer->opacity);
        }
    }
    cairo_restore(p->cr);
}

static void draw_figure(struct pdf *p, const struct im_scene *scene,
                        struct im_fonts *fonts, const struct place *at) {
    cairo_translate(p->cr, at->x, at->y);
    cairo_scale(p->cr, at->k, at->k);
    cairo_rectangle(p->cr, 0, 0, scene->width, scene->height);
    im_paint_colour(p->cr, scene->background, 1);
    cairo_fill(p->cr);
    for (size_t i = 0; i < scene->n; i++) {
        draw_layer(p, fonts, &scene->layers[i]);
    }
    cairo_show_page(p->cr);
}

enum incmap_status im_draw_pdf(struct im_arena *arena, const struct im_scene *scene,
                               struct im_fonts *fonts,
                               const struct im_draw_options *options,
                               struct im_bytes *out, struct incmap_error *err) {
    struct place at = {0};
    enum incmap_status s = put_on_sheet(scene, &options->sheet, &at, err);
    if (s != INCMAP_OK) {
        return s;
    }
    struct pdf *p = im_alloc(arena, 1, sizeof *p);
    p->arena = arena;
    im_buf_init(&p->out, arena, IM_MAX_OUTPUT);
    im_arena_defer(arena, finish, p);
    p->surface = cairo_pdf_surface_create_for_stream(put, p, at.width, at.height);
    p->cr = cairo_create(p->surface);
    describe(p, scene);
    draw_figure(p, scene, fonts, &at);
    cairo_status_t status = cairo_status(p->cr);
    cairo_surface_finish(p->surface);
    status = status ? status : cairo_surface_status(p->surface);
    p->closed = true;
    if (p->full || status == CAIRO_STATUS_NO_MEMORY) {
        im_arena_exhausted(arena);
    }
    if (status != CAIRO_STATUS_SUCCESS) {
        return im_fail(err, INCMAP_E_BUG, IM_NOWHERE, "drawing failed: %s",
                       cairo_status_to_string(status));
    }
    mend_dates(&p->out);
    *out = (struct im_bytes){p->out.data, p->out.len};
    return INCMAP_OK;
}
