/* Incidents: how large, where, how drawn. */
#include "layout/job.h"

#include <math.h>
#include <string.h>

/* How far a symbol goes from its centre, as a multiple of its radius. */
static double reach_of(enum im_symbol shape) {
    switch (shape) {
    case IM_SQUARE:
    case IM_DIAMOND:
        return 1.2534;
    case IM_TRIANGLE:
        return 1.5552;
    case IM_STAR:
        return 1.4624;
    case IM_RING:
        return 1.25;
    case IM_CIRCLE:
        break;
    }
    return 1;
}

/* Radius of the largest circle inside a symbol, as a multiple of its radius. */
static double inside_of(enum im_symbol shape) {
    switch (shape) {
    case IM_SQUARE:
    case IM_DIAMOND:
        return 0.8862;
    case IM_TRIANGLE:
        return 0.7776;
    case IM_STAR:
        return 0.7312;
    case IM_RING:
        return 0.75;
    case IM_CIRCLE:
        break;
    }
    return 1;
}

static const struct im_spec_incidents *set_of(const struct lay_job *job,
                                              const struct im_event *e) {
    const struct im_spec *spec = job->in->spec;
    return e->set < spec->incident_count ? &spec->incidents[e->set] : NULL;
}

static bool is_word(const char *s, const char *word) {
    return s != NULL && strcmp(s, word) == 0;
}

static enum im_symbol shape_of(const struct lay_job *job, const struct lay_symbol *s) {
    static const char *const names[] = {"circle",  "square", "triangle",
                                        "diamond", "ring",   "star"};
    const struct im_spec_incidents *set = set_of(job, s->mark->event);
    for (size_t i = 0; set != NULL && i < 6; i++) {
        if (is_word(set->shape, names[i])) {
            return (enum im_symbol)i;
        }
    }
    return s->category->shape;
}

static im_rgba colour_of(const struct lay_job *job, const struct lay_symbol *s) {
    const struct im_spec_incidents *set = set_of(job, s->mark->event);
    im_rgba colour;
    return set != NULL && lay_colour_parse(set->color, &colour) ? colour
                                                                : s->category->colour;
}

static void size_symbol(const struct lay_job *job, struct lay_symbol *s) {
    const struct im_style *st = job->st;
    const struct im_spec_incidents *set = set_of(job, s->mark->event);
    double room = fmin(job->page->map.w, job->page->map.h);
    double smallest = fmin(st->smallest, 0.055 * room);
    s->radius = smallest;
    if (set != NULL && is_word(set->size, "fixed")) {
        s->radius = 1.25 * smallest;
    } else if (s->value > 0) {
        s->radius = fmax(job->unit * sqrt(s->value), smallest);
    }
    s->reach = s->radius * reach_of(s->shape) + st->ring;
}

/* Radius of the value 1, so that the largest value keeps within its bound. */
static double unit_radius(const struct lay_job *job) {
    double most = 1;
    for (size_t i = 0; i < job->in->mark_count; i++) {
        if (job->in->marks[i].in_frame) {
            most = fmax(most, im_event_killed(job->in->marks[i].event, NULL));
        }
    }
    double room = fmin(job->page->map.w, job->page->map.h);
    double largest = fmin(job->st->largest, 0.055 * room);
    return fmin(job->st->unit, largest / sqrt(most));
}

void lay_symbols(struct lay_job *job) {
    const struct im_layout_input *in = job->in;
    job->unit = unit_radius(job);
    job->symbols = im_alloc(job->arena, in->mark_count + 1, sizeof *job->symbols);
    for (size_t i = 0; i < in->mark_count; i++) {
        const struct im_mark *mark = &in->marks[i];
        if (!mark->in_frame) {
            job->outside++;
            continue;
        }
        struct lay_symbol *s = &job->symbols[job->symbol_count++];
        size_t category = lay_category_of(&job->categories, mark->event);
        job->categories.v[category].count++;
        *s = (struct lay_symbol){.mark = mark,
                                 .number = job->symbol_count,
                                 .value = im_event_killed(mark->event, NULL),
                                 .evidence = lay_evidence(mark->event),
                                 .category = &job->categories.v[category],
                                 .at = mark->at};
        s->shape = shape_of(job, s);
        s->colour = colour_of(job, s);
        size_symbol(job, s);
    }
}

/* Name/value pairs that lead back to the table. */
static void trace(struct lay_job *job, const struct im_event *e, struct im_item *item) {
    struct im_datum *d = im_alloc(job->arena, 5, sizeof *d);
    size_t n = 0;
    if (e->row.file != NULL) {
        d[n++] = (struct im_datum){"file", e->row.file};
    }
    d[n++] = (struct im_datum){"row", im_format(job->arena, "%u", e->row.line)};
    if (e->id[0] != '\0') {
        d[n++] = (struct im_datum){"event", e->id};
    }
    if (e->place != NULL) {
        d[n++] = (struct im_datum){"place", e->place->id};
    }
    enum im_evidence evidence = lay_evidence(e);
    if (evidence != IM_EVIDENCE_NONE) {
        d[n++] = (struct im_datum){"evidence", im_evidence_text(evidence)};
    }
    item->data = d;
    item->data_count = n;
}

struct im_item lay_symbol_item(const struct lay_job *job, const struct lay_symbol *s) {
    const struct im_style *st = job->st;
    struct im_item item = {.kind = IM_ITEM_SYMBOL, .symbol = s->shape, .at = s->at};
    item.radius = s->radius;
    if (s->evidence != IM_CLAIMED && s->evidence != IM_DISPUTED) {
        item.fill = lay_colour_alpha(s->colour, job->mode == LAY_PLAIN ? 0.84 : 0.93);
        return item;
    }
    double width = fmin(st->hollow, 0.4 * s->radius);
    item.radius -= width / 2 / inside_of(s->shape); // the outer edge stays where it is
    item.fill = lay_colour_alpha(lay_colour_blend(s->colour & 0xFFFFFF1A, 0xFFFFFFFF), 0.93);
    item.stroke = (struct im_stroke){.colour = s->colour, .width = width};
    if (s->evidence == IM_DISPUTED) {
        double on = fmax(1.3 * width, 2.5);
        item.stroke.dash[0] = on;
        item.stroke.dash[1] = 0.75 * on;
        item.stroke.dash_count = 2;
    }
    return item;
}

static void add_ring(struct lay_job *job, enum lay_layer layer,
                     const struct lay_symbol *s) {
    struct im_stroke stroke = {.colour = job->st->colour.symbol_ring,
                               .width = 2 * job->st->ring,
                               .round = true};
    lay_add(job, layer, (struct im_item){.kind = IM_ITEM_SYMBOL, .symbol = s->shape,
                                         .at = s->at, .radius = s->radius,
                                         .stroke = stroke});
}

void lay_number(struct lay_job *job, enum lay_layer layer, const struct lay_symbol *s) {
    struct im_item drawn = lay_symbol_item(job, s);
    im_rgba ground = lay_colour_blend(drawn.fill, job->st->colour.subject);
    bool white = lay_contrast(0xFFFFFFFF, ground) >= 4.5;
    const char *text = im_format(job->arena, "%zu", s->number);
    double inside = s->radius * inside_of(s->shape) - drawn.stroke.width;
    double size = fmin(fmax(1.15 * inside, 8.5), 16);
    struct lay_type type = lay_bold_type(size, white ? 0xFFFFFFFF : job->st->colour.title);
    double wide = lay_width(&job->in->measure, &type.font, text);
    double most = 1.75 * inside;
    if (wide > most && most > 0) {
        type.font.size = fmax(size * most / wide, 8);
    }
    double low = s->shape == IM_TRIANGLE ? 0.08 * s->radius : 0;
    struct im_pt at = {s->at.x, s->at.y + lay_half_cap(type.font.size) + low};
    lay_add_text(job, layer, at, IM_MIDDLE, &type, text);
}

/* Tooltip: number, date, place. */
static const char *tooltip(struct lay_job *job, const struct lay_symbol *s) {
    const struct im_event *e = s->mark->event;
    const char *date = lay_dates(job, e);
    const char *killed = s->value >= 0 ? im_format(job->arena, "; %s %s",
                                                   lay_count(job, s->value),
                                                   lay_word(job->in, "killed"))
                                       : "";
    return im_format(job->arena, "%zu. %s%s%s (%s)%s", s->number, date,
                     date[0] != '\0' ? ", " : "", s->mark->place_label,
                     s->category->label, killed);
}

static void add_symbol(struct lay_job *job, const struct lay_symbol *s) {
    add_ring(job, LAY_INCIDENTS, s);
    struct im_item item = lay_symbol_item(job, s);
    item.id = im_format(job->arena, "incident-%zu", s->number);
    item.title = tooltip(job, s);
    trace(job, s->mark->event, &item);
    lay_add(job, LAY_INCIDENTS, item);
    if (job->mode != LAY_PLAIN) {
        lay_number(job, LAY_INCIDENTS, s);
    }
}

/* A stem from the symbol's edge to its true spot, and a dot there. */
static void add_stem(struct lay_job *job, const struct lay_symbol *s) {
    struct im_path path = {.v = im_alloc(job->arena, 2, sizeof *path.v), .n = 2};
    path.v[0] = s->mark->at;
    path.v[1] = s->at;
    struct im_paths paths = {0};
    IM_PUSH(job->arena, paths.v, paths.n, paths.cap, path);
    struct im_stroke white = {.colour = job->st->colour.symbol_ring, .width = 3.4};
    struct im_stroke line = {.colour = job->st->colour.text, .width = 1.2};
    lay_add(job, LAY_INCIDENTS,
            (struct im_item){.kind = IM_ITEM_PATH, .paths = paths, .stroke = white});
    lay_add(job, LAY_INCIDENTS,
            (struct im_item){.kind = IM_ITEM_PATH, .paths = paths, .stroke = line});
}

static void add_spot(struct lay_job *job, struct im_pt at) {
    struct im_stroke white = {.colour = job->st->colour.symbol_ring, .width = 1.2};
    lay_add(job, LAY_INCIDENTS,
            (struct im_item){.kind = IM_ITEM_SYMBOL, .symbol = IM_CIRCLE, .at = at,
                             .radius = 3, .fill = job->st->colour.text, .stroke = white});
}

/* Room in which the incident may lie: a disc or an area, once for one position. */
static void add_area(struct lay_job *job, size_t i) {
    const struct im_mark *m = job->symbols[i].mark;
    double metres = m->event->position.radius_m;
    double radius = metres / job->in->view->ground_m_per_pt;
    for (size_t k = 0; k < i; k++) {
        const struct im_mark *other = job->symbols[k].mark;
        if (lay_distance(other->at, m->at) < 0.5 && other->area == m->area &&
            fabs(other->event->position.radius_m - metres) < 1) {
            return;
        }
    }
    struct im_item item = {.kind = IM_ITEM_SYMBOL, .symbol = IM_CIRCLE, .at = m->at};
    item.radius = radius;
    item.fill = lay_colour_alpha(job->st->colour.text, 0.06);
    item.stroke = (struct im_stroke){.colour = lay_colour_alpha(job->st->colour.text, 0.3),
                                     .width = 0.8, .dash = {3, 3}, .dash_count = 2};
    if (m->area != NULL) {
        item.kind = IM_ITEM_PATH;
        item.paths = *m->area;
        item.fill = lay_colour_alpha(job->symbols[i].colour, 0.12);
    } else if (radius <= job->symbols[i].radius) {
        return;
    }
    lay_add(job, LAY_AREAS, item);
}

static int larger_first(const void *a, const void *b) {
    const struct lay_symbol *const *x = a;
    const struct lay_symbol *const *y = b;
    if ((*x)->radius != (*y)->radius) {
        return (*x)->radius > (*y)->radius ? -1 : 1;
    }
    return (*x)->number < (*y)->number ? -1 : 1;
}

void lay_marks(struct lay_job *job) {
    size_t n = job->symbol_count;
    const struct lay_symbol **order = im_alloc(job->arena, n + 1, sizeof *order);
    for (size_t i = 0; i < n; i++) {
        order[i] = &job->symbols[i];
        add_area(job, i);
        if (job->symbols[i].displaced) {
            add_stem(job, &job->symbols[i]);
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (job->symbols[i].displaced) {
            add_spot(job, job->symbols[i].mark->at);
        }
    }
    qsort(order, n, sizeof *order, larger_first);
    for (size_t i = 0; i < n; i++) {
        add_symbol(job, order[i]);
    }
}
