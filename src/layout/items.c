/* Making items and putting them into layers. */
#include "layout/job.h"

#include <string.h>

static void push(struct lay_job *job, struct lay_items *items, struct im_item item) {
    IM_PUSH(job->arena, items->v, items->n, items->cap, item);
}

void lay_add(struct lay_job *job, enum lay_layer layer, struct im_item item) {
    push(job, &job->layers[layer], item);
}

void lay_room(struct lay_job *job, enum lay_layer layer, size_t n) {
    struct lay_items *items = &job->layers[layer];
    if (items->cap - items->n < n) {
        size_t cap = items->n + n;
        items->v = im_grow(job->arena, items->v, items->n, cap, sizeof *items->v);
        items->cap = cap;
    }
}

void lay_add_overlay(struct lay_job *job, size_t overlay, struct im_item item) {
    push(job, &job->overlays[overlay], item);
}

static void report_glyph(struct lay_job *job, const char *text, struct im_extent_pt e) {
    static const char hex[] = "0123456789ABCDEF";
    char code[9];
    size_t n = 0;
    for (int shift = 20; shift >= 0; shift -= 4) {
        if (n > 0 || shift <= 12 || (e.missing_first >> shift & 0xF) != 0) {
            code[n++] = hex[e.missing_first >> shift & 0xF];
        }
    }
    code[n] = '\0';
    im_finding(job->in->findings, IM_F_GLYPH_MISSING, IM_NOWHERE,
               "write it in another script: the fonts (Noto Sans, package "
               "fonts-noto-core) have Latin, Greek, Cyrillic, Armenian, Georgian, "
               "Arabic, Hebrew, Devanagari, Bengali, Thai and Ethiopic",
               "no glyph for U+%s in '%s'", code, text);
}

struct im_item lay_text_item(struct lay_job *job, struct im_pt at, enum im_align align,
                             const struct lay_type *type, const char *text) {
    const char *clean = lay_clean(job->arena, text);
    enum lay_direction direction = type->direction != LAY_BY_TEXT
                                       ? type->direction
                                       : lay_direction_composed(job->in, clean);
    struct im_extent_pt e =
        job->in->measure.text(job->in->measure.self, &type->font, clean);
    if (e.missing > 0) {
        report_glyph(job, clean, e);
    }
    return (struct im_item){.kind = IM_ITEM_TEXT,
                            .at = at,
                            .align = align,
                            .rtl = direction == LAY_LEFTWARDS,
                            .text = clean,
                            .font = type->font,
                            .fill = type->colour,
                            .halo = type->halo,
                            .width = e.width};
}

struct im_rect lay_add_text(struct lay_job *job, enum lay_layer layer, struct im_pt at,
                            enum im_align align, const struct lay_type *type,
                            const char *text) {
    struct im_item item = lay_text_item(job, at, align, type, text);
    lay_add(job, layer, item);
    struct im_extent_pt e =
        job->in->measure.text(job->in->measure.self, &type->font, item.text);
    return lay_text_rect(at, align, e);
}

struct im_item lay_line_item(struct im_arena *arena, struct im_pt a, struct im_pt b,
                             struct im_stroke stroke) {
    struct im_path path = {.v = im_alloc(arena, 2, sizeof *path.v), .n = 2};
    path.v[0] = a;
    path.v[1] = b;
    struct im_item item = {.kind = IM_ITEM_PATH, .stroke = stroke};
    IM_PUSH(arena, item.paths.v, item.paths.n, item.paths.cap, path);
    return item;
}

struct im_item lay_rect_item(struct im_arena *arena, struct im_rect r, im_rgba fill) {
    struct im_path path = {
        .v = im_alloc(arena, 4, sizeof *path.v), .n = 4, .closed = true};
    path.v[0] = (struct im_pt){r.x, r.y};
    path.v[1] = (struct im_pt){r.x + r.w, r.y};
    path.v[2] = (struct im_pt){r.x + r.w, r.y + r.h};
    path.v[3] = (struct im_pt){r.x, r.y + r.h};
    struct im_item item = {.kind = IM_ITEM_PATH, .fill = fill};
    IM_PUSH(arena, item.paths.v, item.paths.n, item.paths.cap, path);
    return item;
}

struct lay_type lay_plain_type(double size, im_rgba colour) {
    return (struct lay_type){.font = {.size = size}, .colour = colour};
}

struct lay_type lay_bold_type(double size, im_rgba colour) {
    return (struct lay_type){.font = {.weight = IM_BOLD, .size = size},
                             .colour = colour};
}
