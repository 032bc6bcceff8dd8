/* What must hold on every finished figure, whatever was put into it. Written from the
 * scene alone, with boxes of its own: it trusts nothing that layout computed. */
#include "help/stage.h"

#include <math.h>
#include <string.h>

struct im_rect stage_ink(const struct im_item *t) {
    double left = t->align == IM_LEFT ? 0 : t->align == IM_MIDDLE ? 0.5 : 1;
    return (struct im_rect){t->at.x - left * t->width, t->at.y - 0.75 * t->font.size,
                            t->width, 0.97 * t->font.size};
}

struct shape {
    struct im_rect box;
    const char *what;
    size_t group; /* letters of one name may touch each other */
};

struct shapes {
    struct im_arena *arena;
    struct shape *v;
    size_t n, cap;
};

static void add_letters(struct shapes *out, const struct im_item *t) {
    struct im_path p = lay_path_resample(out->arena, &t->paths.v[0], 4);
    for (size_t i = 1; i < p.n; i++) {
        struct im_pt a = p.v[i - 1];
        struct im_pt b = p.v[i];
        double d = fmax(lay_distance(a, b), 1e-9);
        double up = 0.25 * t->font.size;
        struct im_pt m = {(a.x + b.x) / 2 + up * (b.y - a.y) / d,
                          (a.y + b.y) / 2 - up * (b.x - a.x) / d};
        double r = 0.45 * t->font.size;
        struct shape s = {{m.x - r, m.y - r, 2 * r, 2 * r}, t->text, (size_t)t};
        IM_PUSH(out->arena, out->v, out->n, out->cap, s);
    }
}

static void add_texts(struct shapes *out, const struct im_layer *layer) {
    for (size_t i = 0; i < layer->n; i++) {
        const struct im_item *t = &layer->items[i];
        if (t->kind == IM_ITEM_LINE_TEXT) {
            add_letters(out, t);
        } else if (t->kind == IM_ITEM_TEXT) {
            struct shape s = {stage_ink(t), t->text, (size_t)t};
            IM_PUSH(out->arena, out->v, out->n, out->cap, s);
        }
    }
}

struct checker {
    const struct stage *s;
    struct im_buf *out;
    size_t n;
};

static void fault(struct checker *c, const char *what, const char *a, const char *b) {
    im_buf_fmt(c->out, "%s: '%s' '%s'\n", what, a, b);
    c->n++;
}

static void check_inside(struct checker *c, const struct shapes *texts,
                         struct im_rect r, const char *what) {
    for (size_t i = 0; i < texts->n; i++) {
        if (!lay_rect_inside(texts->v[i].box, lay_rect_grow(r, 0.5))) {
            fault(c, what, texts->v[i].what, "");
        }
    }
}

static void check_apart(struct checker *c, const struct shapes *texts) {
    for (size_t i = 0; i < texts->n; i++) {
        for (size_t k = i + 1; k < texts->n; k++) {
            if (texts->v[i].group != texts->v[k].group &&
                lay_rect_overlap(lay_rect_grow(texts->v[i].box, -0.2),
                                 texts->v[k].box)) {
                fault(c, "texts overlap", texts->v[i].what, texts->v[k].what);
            }
        }
    }
}

static bool is_incident(const struct im_item *item) {
    return item->kind == IM_ITEM_SYMBOL && item->id != NULL &&
           strncmp(item->id, "incident-", 9) == 0;
}

/* No label on a symbol; no symbol on another when they are numbered. */
static void check_symbols(struct checker *c, const struct shapes *texts) {
    const struct im_layer *layer = stage_layer(c->s, "incidents");
    bool numbered = stage_text(c->s, "incidents", "1") != NULL;
    for (size_t i = 0; i < layer->n; i++) {
        const struct im_item *a = &layer->items[i];
        if (!is_incident(a)) {
            continue;
        }
        for (size_t k = 0; k < texts->n; k++) {
            if (lay_rect_distance(texts->v[k].box, a->at) < a->radius - 0.5) {
                fault(c, "label on symbol", texts->v[k].what, a->id);
            }
        }
        for (size_t k = i + 1; k < layer->n && numbered; k++) {
            const struct im_item *b = &layer->items[k];
            if (is_incident(b) && lay_distance(a->at, b->at) < a->radius + b->radius) {
                fault(c, "symbols overlap", a->id, b->id);
            }
        }
    }
}

static bool is_capital(const struct stage *s, const char *label) {
    for (size_t i = 0; i < s->in.town_count; i++) {
        if (s->in.towns[i].rank == 0 && strcmp(s->in.towns[i].label, label) == 0) {
            return true;
        }
    }
    return false;
}

/* No label on a pipeline, but that of a capital, which would have none. */
static void check_lines(struct checker *c, const struct shapes *texts) {
    const struct im_layer *layer = stage_layer(c->s, "overlay-1");
    for (size_t i = 0; i < layer->n; i++) {
        const struct im_paths *paths = &layer->items[i].paths;
        for (size_t p = 0; p < paths->n; p++) {
            for (size_t v = 1; v < paths->v[p].n; v++) {
                for (size_t k = 0; k < texts->n; k++) {
                    if (lay_segment_inside(paths->v[p].v[v - 1], paths->v[p].v[v],
                                           texts->v[k].box) > 0 &&
                        !is_capital(c->s, texts->v[k].what)) {
                        fault(c, "label on line", texts->v[k].what, "");
                    }
                }
            }
        }
    }
}

static struct im_rect bounds(const struct im_path *p) {
    return (struct im_rect){p->v[0].x, p->v[0].y, p->v[2].x - p->v[0].x,
                            p->v[2].y - p->v[0].y};
}

static bool is_box(const struct im_item *item) {
    return item->id != NULL && item->kind == IM_ITEM_PATH;
}

static bool is_leader(const struct im_item *item) {
    return item->id == NULL && item->kind == IM_ITEM_PATH && item->paths.v[0].n == 2;
}

static void check_box(struct checker *c, const struct im_layer *layer, size_t i,
                      const struct shapes *labels) {
    struct im_rect box = bounds(&layer->items[i].paths.v[0]);
    for (size_t k = 0; k < labels->n; k++) {
        if (lay_rect_overlap(box, labels->v[k].box)) {
            fault(c, "call-out on label", layer->items[i].id, labels->v[k].what);
        }
    }
    for (size_t k = 0; k < layer->n; k++) {
        const struct im_item *other = &layer->items[k];
        if (is_box(other) && k > i &&
            lay_rect_overlap(box, bounds(&other->paths.v[0]))) {
            fault(c, "call-outs overlap", layer->items[i].id, other->id);
        }
    }
}

static void check_leader(struct checker *c, const struct im_layer *layer, size_t i,
                         const struct shapes *labels) {
    const struct im_pt *a = layer->items[i].paths.v[0].v;
    for (size_t k = 0; k < labels->n; k++) {
        if (lay_segment_inside(a[0], a[1], labels->v[k].box) > 0) {
            fault(c, "leader over label", labels->v[k].what, "");
        }
    }
    for (size_t k = i + 1; k < layer->n; k++) {
        if (is_leader(&layer->items[k])) {
            const struct im_pt *b = layer->items[k].paths.v[0].v;
            if (lay_segments_cross(a[0], a[1], b[0], b[1])) {
                fault(c, "leaders cross", "", "");
            }
        }
    }
}

static void check_callouts(struct checker *c, const struct shapes *labels) {
    const struct im_layer *layer = stage_layer(c->s, "callouts");
    for (size_t i = 0; i < layer->n; i++) {
        if (is_box(&layer->items[i])) {
            check_box(c, layer, i, labels);
        } else if (is_leader(&layer->items[i])) {
            check_leader(c, layer, i, labels);
        }
    }
}

size_t stage_faults(const struct stage *s, struct im_buf *out) {
    static const char *const others[] = {"callouts", "degrees", "legend", "scale",
                                         "title",    "list",    "credits"};
    struct checker c = {.s = s, .out = out};
    struct shapes labels = {.arena = s->arena};
    struct im_rect page = {0, 0, s->page.width, s->page.height};
    im_buf_clear(out);
    add_texts(&labels, stage_layer(s, "labels"));
    check_inside(&c, &labels, s->page.map, "label cut by the frame");
    check_symbols(&c, &labels);
    check_lines(&c, &labels);
    check_callouts(&c, &labels);
    struct shapes all = labels;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        add_texts(&all, stage_layer(s, others[i]));
    }
    check_inside(&c, &all, page, "text leaves the page");
    check_apart(&c, &all);
    return c.n;
}
