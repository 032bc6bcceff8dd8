/* The scene as text: what the golden tests compare and `--dump=scene` prints. */
#include "base/num.h"
#include "scene/scene.h"

#include <string.h>

static void number(struct im_buf *out, double v) {
    char text[48];
    im_num_write(text, v, 2);
    im_buf_char(out, ' ');
    im_buf_str(out, text);
}

static void quoted(struct im_buf *out, const char *name, const char *s) {
    im_buf_fmt(out, " %s=\"", name);
    for (; *s != '\0'; s++) {
        if (*s == '"' || *s == '\\') {
            im_buf_char(out, '\\');
        }
        im_buf_char(out, *s == '\n' ? ' ' : *s);
    }
    im_buf_char(out, '"');
}

static void optional(struct im_buf *out, const char *name, const char *s) {
    if (s != NULL && s[0] != '\0') {
        quoted(out, name, s);
    }
}

static void colour(struct im_buf *out, const char *name, im_rgba c) {
    static const char hex[] = "0123456789abcdef";
    if ((c & 0xFF) == 0) {
        return;
    }
    im_buf_fmt(out, " %s=#", name);
    for (int shift = 28; shift >= 0; shift -= 4) {
        im_buf_char(out, hex[c >> shift & 0xF]);
    }
}

static void rect(struct im_buf *out, const char *name, struct im_rect r) {
    im_buf_fmt(out, " %s", name);
    number(out, r.x);
    number(out, r.y);
    number(out, r.w);
    number(out, r.h);
}

static void stroke(struct im_buf *out, const struct im_stroke *s) {
    if (s->width <= 0 || (s->colour & 0xFF) == 0) {
        return;
    }
    colour(out, "stroke", s->colour);
    im_buf_str(out, " width");
    number(out, s->width);
    if (s->dash_count > 0) {
        im_buf_str(out, " dash");
    }
    for (int i = 0; i < s->dash_count; i++) {
        number(out, s->dash[i]);
    }
    if (s->round) {
        im_buf_str(out, " round");
    }
}

static void paths(struct im_buf *out, const struct im_paths *p) {
    for (size_t i = 0; i < p->n; i++) {
        for (size_t k = 0; k < p->v[i].n; k++) {
            im_buf_str(out, k == 0 ? " M" : " L");
            number(out, p->v[i].v[k].x);
            number(out, p->v[i].v[k].y);
        }
        if (p->v[i].closed) {
            im_buf_str(out, " Z");
        }
    }
}

static void text(struct im_buf *out, const struct im_item *it) {
    static const char *const align[] = {"left", "middle", "right"};
    optional(out, "text", it->text);
    optional(out, "lang", it->language);
    im_buf_str(out, " size");
    number(out, it->font.size);
    im_buf_str(out, it->font.weight == IM_BOLD ? " bold" : "");
    im_buf_str(out, it->font.italic ? " italic" : "");
    if (it->font.tracking > 0) {
        im_buf_str(out, " tracking");
        number(out, it->font.tracking);
    }
    im_buf_str(out, it->rtl ? " rtl" : "");
    im_buf_fmt(out, " %s advance", align[it->align]);
    number(out, it->width);
    if (it->halo.width > 0) {
        colour(out, "halo", it->halo.colour);
        number(out, it->halo.width);
    }
}

static void geometry(struct im_buf *out, const struct im_item *it) {
    static const char *const symbols[] = {"circle",  "square", "triangle",
                                          "diamond", "ring",   "star"};
    if (it->kind == IM_ITEM_TEXT || it->kind == IM_ITEM_LINE_TEXT) {
        text(out, it);
    }
    if (it->kind == IM_ITEM_SYMBOL) {
        im_buf_fmt(out, " %s r", symbols[it->symbol]);
        number(out, it->radius);
    }
    if (it->kind == IM_ITEM_SYMBOL || it->kind == IM_ITEM_TEXT) {
        im_buf_str(out, " at");
        number(out, it->at.x);
        number(out, it->at.y);
    } else {
        paths(out, &it->paths);
    }
}

static void item(struct im_buf *out, const struct im_item *it) {
    static const char *const kinds[] = {"path", "symbol", "text", "line-text"};
    im_buf_fmt(out, "  %s", kinds[it->kind]);
    optional(out, "id", it->id);
    optional(out, "title", it->title);
    for (size_t i = 0; i < it->data_count; i++) {
        char *name = im_format(out->arena, "data-%s", it->data[i].name);
        quoted(out, name, it->data[i].value);
    }
    colour(out, "fill", it->fill);
    stroke(out, &it->stroke);
    geometry(out, it);
    im_buf_char(out, '\n');
}

static void layer(struct im_buf *out, const struct im_layer *l) {
    im_buf_fmt(out, "layer %s", l->id);
    optional(out, "title", l->title);
    if (l->clipped) {
        rect(out, "clip", l->clip);
    }
    if (l->opacity < 1) {
        im_buf_str(out, " opacity");
        number(out, l->opacity);
    }
    im_buf_char(out, '\n');
    for (size_t i = 0; i < l->n; i++) {
        struct im_item it = l->items[i];
        if (it.tell != NULL) {
            it.tell(it.subject, &it);
        }
        item(out, &it);
    }
}

void im_scene_dump(const struct im_scene *scene, struct im_buf *out) {
    im_buf_str(out, "scene");
    number(out, scene->width);
    number(out, scene->height);
    colour(out, "background", scene->background);
    optional(out, "lang", scene->language);
    optional(out, "title", scene->title);
    optional(out, "description", scene->description);
    im_buf_char(out, '\n');
    for (size_t i = 0; i < scene->panel_count; i++) {
        const struct im_panel *p = &scene->panels[i];
        im_buf_fmt(out, "panel %s", p->id);
        rect(out, "frame", p->frame);
        optional(out, "projection", p->projection);
        im_buf_str(out, " ground_m_per_pt");
        number(out, p->ground_m_per_pt);
        im_buf_char(out, '\n');
    }
    for (size_t i = 0; i < scene->n; i++) {
        layer(out, &scene->layers[i]);
    }
}
