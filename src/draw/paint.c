/* Shapes by cairo, alike on pixels and on pages. */
#include "draw/canvas.h"
#include <math.h>

void im_paint_colour(cairo_t *cr, im_rgba c, double opacity) {
    cairo_set_source_rgba(cr, (c >> 24) / 255.0, (c >> 16 & 0xFF) / 255.0,
                          (c >> 8 & 0xFF) / 255.0, (c & 0xFF) / 255.0 * opacity);
}

static void add_paths(cairo_t *cr, const struct im_paths *paths) {
    cairo_new_path(cr);
    for (size_t i = 0; i < paths->n; i++) {
        const struct im_path *p = &paths->v[i];
        for (size_t j = 0; j < p->n; j++) {
            if (j == 0) {
                cairo_move_to(cr, p->v[j].x, p->v[j].y);
            } else {
                cairo_line_to(cr, p->v[j].x, p->v[j].y);
            }
        }
        if (p->closed && p->n > 0) {
            cairo_close_path(cr);
        }
    }
}

static void stroke(cairo_t *cr, const struct im_stroke *s, double opacity) {
    im_paint_colour(cr, s->colour, opacity);
    cairo_set_line_width(cr, s->width);
    cairo_set_dash(cr, s->dash, s->dash_count, s->dash_offset);
    cairo_set_line_cap(cr, s->round ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    cairo_set_line_join(cr, s->round ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER);
    cairo_stroke(cr);
}

/* Fill and stroke what add_paths laid down. */
static void paint(cairo_t *cr, const struct im_item *item, double opacity) {
    bool outlined = item->stroke.width > 0 && (item->stroke.colour & 0xFF) != 0;
    if ((item->fill & 0xFF) != 0) {
        im_paint_colour(cr, item->fill, opacity);
        cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
        if (outlined) {
            cairo_fill_preserve(cr);
        } else {
            cairo_fill(cr);
        }
    }
    if (outlined) {
        stroke(cr, &item->stroke, opacity);
    }
    cairo_new_path(cr);
}

void im_paint_shape(cairo_t *cr, struct im_arena *arena, const struct im_item *item,
                    double opacity) {
    bool circle = item->symbol == IM_CIRCLE || item->symbol == IM_RING;
    if (item->kind == IM_ITEM_PATH) {
        add_paths(cr, &item->paths);
    } else if (circle) {
        cairo_new_path(cr);
        cairo_arc(cr, item->at.x, item->at.y, item->radius, 0, 2 * acos(-1.0));
        cairo_close_path(cr);
    } else {
        struct im_paths outline = {0};
        im_symbol_path(arena, item->symbol, item->at, item->radius, &outline);
        add_paths(cr, &outline);
    }
    paint(cr, item, opacity);
}
