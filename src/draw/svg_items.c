/* The items of a layer as elements: looks written once, shapes drawn twice defined
 * once.
 */
#include "draw/svg.h"
#include "geo/clip.h"
#include "geo/simplify.h"
#include <math.h>
#include <string.h>

/* The runs of an open line whose pieces may be seen within a rectangle. */
static void keep_seen(struct im_svg *svg, const struct im_path *line, struct im_rect r,
                      struct im_paths *out) {
    struct im_path run = {.v = line->v};
    for (size_t i = 1; i < line->n; i++) {
        struct im_pt a = line->v[i - 1], b = line->v[i];
        if (fmax(a.x, b.x) >= r.x && fmin(a.x, b.x) <= r.x + r.w &&
            fmax(a.y, b.y) >= r.y && fmin(a.y, b.y) <= r.y + r.h) {
            run.v = run.n > 0 ? run.v : &line->v[i - 1];
            run.n += run.n > 0 ? 1 : 2;
        } else if (run.n > 0) {
            IM_PUSH(svg->arena, out->v, out->n, out->cap, run);
            run.n = 0;
        }
    }
    if (run.n > 0) {
        IM_PUSH(svg->arena, out->v, out->n, out->cap, run);
    }
}

/* Straight lines, as those of a hatch, keep their places. */
int im_svg_units(const struct im_svg *svg, const struct im_item *item) {
    if (item->kind == IM_ITEM_PATH &&
        im_svg_vertices(&item->paths) > 2 * item->paths.n) {
        return svg->ground;
    }
    return item->kind == IM_ITEM_SYMBOL ? svg->symbols : 1;
}

/* Whole numbers are a quarter shorter, which many of them must be to pay for the scale.
 */
static void choose_units(struct im_svg *svg, const struct im_layer *layer) {
    size_t vertices = 0, symbols = 0;
    for (size_t i = 0; i < layer->n; i++) {
        const struct im_item *item = &layer->items[i];
        vertices += item->kind == IM_ITEM_PATH ? im_svg_vertices(&item->paths) : 0;
        symbols += item->kind == IM_ITEM_SYMBOL;
    }
    svg->ground = !layer->clipped || vertices < 100 ? 1
                  : im_svg_is_drawn(layer)          ? IM_SVG_DRAWN
                                                    : IM_SVG_JAGGED;
    svg->symbols = symbols > 10 ? IM_SVG_DRAWN : 1;
}

/* The paths of an item without what the layer's clip hides. Dashes stay whole: a cut
 * would move them. */
static struct im_paths seen(struct im_svg *svg, const struct im_item *item) {
    struct im_paths out = {0};
    if (!svg->layer->clipped || item->stroke.dash_count > 0) {
        return item->paths;
    }
    struct im_rect r = svg->layer->clip;
    // what is cut stays out of sight, with the points of its corners
    double more = 2 * item->stroke.width + 1;
    r = (struct im_rect){r.x - more, r.y - more, r.w + 2 * more, r.h + 2 * more};
    for (size_t i = 0; i < item->paths.n; i++) {
        const struct im_path *p = &item->paths.v[i];
        if (!p->closed && (item->fill & 0xFF) == 0) {
            keep_seen(svg, p, r, &out);
            continue;
        }
        struct im_path cut = im_clip_path(svg->arena, p, r);
        cut.closed = p->closed;
        if (cut.n > 0) {
            IM_PUSH(svg->arena, out.v, out.n, out.cap, cut);
        }
    }
    return out;
}

/* A line without the vertices that nobody could tell from its chords. */
static struct im_path thin(struct im_svg *svg, const struct im_path *path,
                           double tolerance) {
    struct im_path less = {0};
    size_t cap = 0;
    char *keep = im_alloc(svg->arena, path->n, 1);
    im_simplify_marks(path, tolerance, keep);
    for (size_t k = 0; k < path->n; k++) {
        if (keep[k] || k == 0 || k + 1 == path->n) {
            IM_PUSH(svg->arena, less.v, less.n, cap, path->v[k]);
        }
    }
    return less;
}

static struct im_paths slim(struct im_svg *svg, const struct im_item *item) {
    enum { STRAIGHT = 6 }; // vertices of a line that no curve would make shorter
    int units = im_svg_units(svg, item);
    double tolerance = units == IM_SVG_JAGGED ? 0.25 : 0.05; // points
    struct im_paths out = {0}, all = seen(svg, item);
    for (size_t i = 0; i < all.n; i++) {
        struct im_path path = all.v[i];
        if ((item->fill & 0xFF) == 0 && !path.closed && path.n > 2) {
            struct im_path less = thin(svg, &path, tolerance);
            bool curve = units > 1 && less.n > STRAIGHT && im_svg_is_smooth(&path);
            path = curve ? path : less;
        }
        IM_PUSH(svg->arena, out.v, out.n, out.cap, path);
    }
    return out;
}

/* id and data attributes. */
static void put_identity(struct im_buf *out, const struct im_item *item) {
    if (item->id != NULL) {
        im_buf_str(out, " id=\"");
        im_svg_escape(out, item->id);
        im_buf_char(out, '"');
    }
    for (size_t i = 0; i < item->data_count; i++) {
        im_buf_fmt(out, " data-%s=\"", item->data[i].name);
        im_svg_escape(out, item->data[i].value);
        im_buf_char(out, '"');
    }
}

static void close_element(struct im_buf *out, const char *name, const char *title) {
    if (title == NULL || title[0] == '\0') {
        im_buf_str(out, "/>\n");
        return;
    }
    im_buf_str(out, "><title>");
    im_svg_content(out, title);
    im_buf_fmt(out, "</title></%s>\n", name);
}

static void put_symbol(struct im_svg *svg, const struct im_item *item,
                       const char *attributes) {
    struct im_buf *out = svg->out;
    bool circle = item->symbol == IM_CIRCLE || item->symbol == IM_RING;
    int units = im_svg_units(svg, item);
    im_buf_fmt(out, "<%s", circle ? "circle" : "path");
    put_identity(out, item);
    if (circle) {
        bool whole = units > 1;
        im_svg_number(out, "cx", item->at.x * units, whole ? 0 : 1);
        im_svg_number(out, "cy", item->at.y * units, whole ? 0 : 1);
        im_svg_number(out, "r", item->radius * units, whole ? 0 : 2);
    } else {
        struct im_paths outline = {0};
        im_symbol_path(svg->arena, item->symbol, item->at, item->radius, &outline);
        im_svg_path(out, &outline, units, false);
    }
    im_buf_str(out, attributes);
    close_element(out, circle ? "circle" : "path", item->title);
}

static void put_shape(struct im_svg *svg, const struct im_item *item) {
    struct im_paths paths = slim(svg, item);
    bool line = (item->fill & 0xFF) == 0 && item->stroke.dash_count == 0;
    if (line && paths.n > 1) {
        paths = im_svg_order(svg->arena, &paths);
    }
    // a join would be a corner, of which the look of straight pieces says nothing
    bool corners = im_svg_vertices(&item->paths) > 2 * item->paths.n;
    im_svg_path(svg->out, &paths, im_svg_units(svg, item),
                line && corners && item->stroke.round);
}

static bool same_paths(const struct im_paths *a, const struct im_paths *b) {
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++) {
        const struct im_path *p = &a->v[i], *q = &b->v[i];
        same = p->n == q->n && p->closed == q->closed &&
               (p->v == q->v || memcmp(p->v, q->v, p->n * sizeof *p->v) == 0);
    }
    return same;
}

/* Paths that a layer draws more than once, as a band and a line on it. */
static bool is_shared(const struct im_item *a, const struct im_item *b) {
    return b->kind == IM_ITEM_PATH && (a->fill & 0xFF) == (b->fill & 0xFF) &&
           same_paths(&a->paths, &b->paths);
}

static void find_shapes(struct im_svg *svg) {
    const struct im_layer *layer = svg->layer;
    svg->same = im_alloc(svg->arena, layer->n + 1, sizeof *svg->same);
    svg->number = im_alloc(svg->arena, layer->n + 1, sizeof *svg->number);
    for (size_t i = 0; i < layer->n; i++) {
        const struct im_item *item = &layer->items[i];
        if (item->kind != IM_ITEM_PATH || svg->same[i] > 0 ||
            im_svg_vertices(&item->paths) <= IM_SVG_FEW) {
            continue;
        }
        for (size_t k = i + 1; k < layer->n; k++) {
            if (is_shared(item, &layer->items[k])) {
                svg->same[i] = svg->same[k] = i + 1;
            }
        }
    }
}

/* The item of a shape with the stroke for which it is written, so that it serves all.
 */
static struct im_item serving_all(const struct im_svg *svg, size_t first) {
    struct im_item item = svg->layer->items[first];
    struct im_stroke *s = &item.stroke;
    for (size_t k = first + 1; k < svg->layer->n; k++) {
        const struct im_stroke *other = &svg->layer->items[k].stroke;
        if (svg->same[k] == first + 1) {
            s->width = fmax(s->width, other->width);
            s->round = s->round && other->round;
            s->dash_count = s->dash_count > 0 ? s->dash_count : other->dash_count;
        }
    }
    return item;
}

/* Number of the shared shape that item i draws, 0: none. It is defined when it is first
 * drawn. */
static size_t shared_shape(struct im_svg *svg, size_t i) {
    size_t first = svg->same[i] - 1;
    if (svg->same[i] == 0) {
        return 0;
    }
    if (svg->number[first] == 0) {
        struct im_item item = serving_all(svg, first);
        svg->number[first] = ++svg->shapes;
        im_buf_fmt(svg->out, "<defs><path id=\"shape-%zu\"", svg->shapes);
        put_shape(svg, &item);
        im_buf_str(svg->out, "/></defs>\n");
    }
    return svg->number[first];
}

static void put_item(struct im_svg *svg, const struct im_item *item, size_t shape,
                     const char *attributes) {
    if (item->kind == IM_ITEM_PATH) {
        im_buf_str(svg->out, shape > 0 ? "<use" : "<path");
        put_identity(svg->out, item);
        if (shape > 0) {
            // Inkscape 1.2 follows no other references
            im_buf_fmt(svg->out, " xlink:href=\"#shape-%zu\"", shape);
        } else {
            put_shape(svg, item);
        }
        im_buf_str(svg->out, attributes);
        close_element(svg->out, shape > 0 ? "use" : "path", item->title);
    } else if (item->kind == IM_ITEM_SYMBOL) {
        put_symbol(svg, item, attributes);
    } else {
        im_svg_text(svg, item, attributes);
    }
}

/* Is `b` the inside of the ring `a`? One element then has the ring as its stroke, which
 * is drawn first. */
static bool is_ringed(const struct im_item *a, const struct im_item *b) {
    return a->kind == IM_ITEM_SYMBOL && b->kind == IM_ITEM_SYMBOL &&
           a->symbol == b->symbol && a->at.x == b->at.x && a->at.y == b->at.y &&
           a->radius == b->radius && (a->fill & 0xFF) == 0 && a->stroke.width > 0 &&
           a->stroke.dash_count == 0 && a->id == NULL && a->title == NULL &&
           a->tell == NULL && a->data_count == 0 && (b->fill & 0xFF) != 0 &&
           b->stroke.width <= 0;
}

/* The element that begins with item i; `count` is how many items it takes. */
static struct im_svg_element element_at(struct im_svg *svg,
                                        const struct im_layer *layer, size_t i,
                                        size_t *count) {
    struct im_svg_element e = {.item = layer->items[i], .at = i};
    bool ringed = i + 1 < layer->n && is_ringed(&layer->items[i], &layer->items[i + 1]);
    if (ringed) {
        struct im_stroke ring = e.item.stroke;
        e.item = layer->items[i + 1];
        e.item.stroke = ring;
    }
    *count = ringed ? 2 : 1;
    if (e.item.tell != NULL) {
        e.item.tell(e.item.subject, &e.item);
    }
    struct im_buf b;
    im_buf_init(&b, svg->arena, 4096);
    im_svg_style(svg, &e.item, &b);
    im_buf_str(&b, ringed ? " paint-order=\"stroke\"" : "");
    // the first attribute is the fill's colour
    size_t n = strcspn(b.data + 1, " ") + 1;
    e.fill = im_strndup(svg->arena, b.data, n < b.len ? n : b.len);
    e.rest = b.data + strlen(e.fill);
    e.reach = im_svg_reach(&e.item);
    return e;
}

/* Symbols that differ in their colour alone share a group, and keep that. */
static bool share_group(const struct im_svg_element *a,
                        const struct im_svg_element *b) {
    return strcmp(a->rest, b->rest) == 0 &&
           (strcmp(a->fill, b->fill) == 0 ||
            (a->item.kind == IM_ITEM_SYMBOL && b->item.kind == IM_ITEM_SYMBOL));
}

static bool share_fill(const struct im_svg_element *a, const struct im_svg_element *b) {
    return strcmp(a->fill, b->fill) == 0;
}

/* A run; its look goes to the group, or to each of a few. */
static void put_run(struct im_svg *svg, const struct im_svg_run *run, const char *look,
                    size_t few) {
    bool group = run->n > few && look[0] != '\0';
    if (group) {
        im_buf_fmt(svg->out, "<g%s>\n", look);
    }
    for (const struct im_svg_element *e = run->first; e != NULL; e = e->next) {
        put_item(svg, &e->item, shared_shape(svg, e->at), group ? "" : look);
    }
    im_buf_str(svg->out, group ? "</g>\n" : "");
}

/* Symbols of one look in several colours. */
static void put_colours(struct im_svg *svg, const struct im_svg_run *run,
                        const char *common) {
    struct im_svg_runs colours;
    const char *rest = im_svg_without(svg->arena, run->first->rest, common);
    im_buf_fmt(svg->out, "<g%s>\n", rest);
    im_svg_gather(svg->arena, run->first, share_fill, &colours);
    for (size_t i = 0; i < colours.n; i++) {
        const char *fill = colours.v[i].first->fill;
        put_run(svg, &colours.v[i], im_svg_without(svg->arena, fill, common), 2);
    }
    im_buf_str(svg->out, "</g>\n");
}

static void put_runs(struct im_svg *svg, const struct im_svg_runs *runs) {
    const char *common = im_svg_common(svg->arena, runs);
    if (common[0] != '\0') {
        im_buf_fmt(svg->out, "<g%s>\n", common);
    }
    for (size_t i = 0; i < runs->n; i++) {
        const struct im_svg_run *run = &runs->v[i];
        if (!run->one_fill) {
            put_colours(svg, run, common);
            continue;
        }
        const char *look =
            im_format(svg->arena, "%s%s", run->first->fill, run->first->rest);
        put_run(svg, run, im_svg_without(svg->arena, look, common), 1);
    }
    im_buf_str(svg->out, common[0] != '\0' ? "</g>\n" : "");
}

/* Is it a path that nothing tells from others of its look? */
static bool is_plain_path(const struct im_svg *svg, const struct im_svg_element *e) {
    return im_svg_units(svg, &e->item) > 1 && e->item.kind == IM_ITEM_PATH &&
           e->item.id == NULL && e->item.data_count == 0 &&
           (e->item.title == NULL || e->item.title[0] == '\0') && svg->same[e->at] == 0;
}

/* One element for several lines or areas of one look, where it paints the same. */
static void unite(struct im_svg *svg, struct im_svg_run *run) {
    for (struct im_svg_element *e = run->first; e != NULL; e = e->next) {
        bool opaque = (e->item.fill & 0xFF) == 0 && svg->layer->opacity >= 1 &&
                      (e->item.stroke.colour & 0xFF) == 0xFF;
        bool plain = is_plain_path(svg, e); // and stays so
        struct im_svg_element *next = e->next;
        while (next != NULL && plain && is_plain_path(svg, next) &&
               (opaque || !im_svg_touch(e->reach, next->reach))) {
            im_svg_take(svg->arena, e, next);
            e->next = next = next->next;
            run->n--;
        }
        run->last = e;
    }
}

/* Items in order, except that what looks alike goes into one group where that changes
 * nothing, so that a look is written once. */
void im_svg_items(struct im_svg *svg, const struct im_layer *layer) {
    svg->layer = layer;
    choose_units(svg, layer);
    struct im_svg_element *all = im_alloc(svg->arena, layer->n + 1, sizeof *all);
    find_shapes(svg);
    size_t n = 0;
    for (size_t i = 0, count; i < layer->n; i += count, n++) {
        all[n] = element_at(svg, layer, i, &count);
        all[n].next = i + count < layer->n ? &all[n + 1] : NULL;
    }
    struct im_svg_runs runs;
    im_svg_gather(svg->arena, n > 0 ? all : NULL, share_group, &runs);
    for (size_t i = 0; i < runs.n; i++) {
        unite(svg, &runs.v[i]);
    }
    put_runs(svg, &runs);
}
