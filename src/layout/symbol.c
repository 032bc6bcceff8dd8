/* Incidents as items: stems and spots, areas of doubt, symbols, numbers. */
#include "base/file.h"
#include "geo/inside.h"
#include "layout/hatch.h"
#include "layout/stack.h"
#include "text/text.h"

#include <math.h>
#include <stdlib.h>

double lay_symbol_inside(enum im_symbol shape) {
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

/* Name/value pairs that lead back to the table. */
static void trace(struct lay_job *job, const struct im_event *e, struct im_item *item) {
    struct im_datum *d = im_alloc(job->arena, 5, sizeof *d);
    size_t n = 0;
    if (e->row.file != NULL) {
        d[n++] = (struct im_datum){"file", im_path_name(e->row.file)};
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

/* Length of a side (the whole round of a circle), as a multiple of the radius. */
static double side_of(enum im_symbol shape) {
    switch (shape) {
    case IM_SQUARE:
    case IM_DIAMOND:
        return 1.7725;
    case IM_TRIANGLE:
        return 2.6935;
    case IM_STAR:
        return 0.971;
    case IM_CIRCLE:
    case IM_RING:
        break;
    }
    return 6.2832;
}

/* Dashes that share each side evenly, with a dash round every corner. */
static void dash_sides(struct im_item *item) {
    double side = side_of(item->symbol) * item->radius;
    double period = side / fmax(round(side / (2.6 * item->stroke.width)), 1);
    item->stroke.dash[0] = 0.6 * period;
    item->stroke.dash[1] = 0.4 * period;
    item->stroke.dash_offset = 0.3 * period;
    item->stroke.dash_count = 2;
}

static bool is_hollow(const struct lay_symbol *s) {
    return s->evidence == IM_CLAIMED || s->evidence == IM_DISPUTED;
}

struct im_item lay_symbol_item(const struct lay_job *job, const struct lay_symbol *s) {
    const struct im_style *st = job->st;
    double opacity = job->mode == LAY_PLAIN ? st->opacity_plain : st->opacity;
    struct im_item item = {.kind = IM_ITEM_SYMBOL, .symbol = s->shape, .at = s->at};
    item.radius = s->radius;
    if (!is_hollow(s) && s->hatch.gap <= 0) {
        item.fill = lay_colour_alpha(s->colour, opacity);
        return item;
    }
    double width = fmin(st->hollow, 0.22 * s->radius);
    item.radius -=
        width / 2 / lay_symbol_inside(s->shape); // the outer edge stays where it is
    im_rgba inside = st->colour.symbol_hollow;
    item.fill = lay_colour_alpha(
        is_hollow(s) ? lay_colour_blend(s->colour & 0xFFFFFF1A, inside) : inside,
        st->opacity);
    item.stroke = (struct im_stroke){.colour = s->colour, .width = width};
    if (s->evidence == IM_DISPUTED) {
        dash_sides(&item);
    }
    return item;
}

void lay_symbol_hatch(struct lay_job *job, enum lay_layer layer,
                      const struct lay_symbol *s) {
    if (is_hollow(s) || s->hatch.gap <= 0) {
        return;
    }
    struct im_item drawn = lay_symbol_item(job, s);
    struct im_paths outline = {0};
    im_symbol_path(job->arena, s->shape, s->at, drawn.radius, &outline);
    struct lay_hatch hatch = {fmin(s->hatch.gap, 0.55 * s->radius), s->hatch.angle};
    lay_add(job, layer, lay_hatch_item(job->arena, &outline, hatch, s->colour));
}

void lay_symbol_ring(struct lay_job *job, enum lay_layer layer,
                     const struct lay_symbol *s) {
    struct im_stroke stroke = {
        .colour = job->st->colour.symbol_ring, .width = 2 * s->ring, .round = true};
    lay_add(job, layer,
            (struct im_item){.kind = IM_ITEM_SYMBOL,
                             .symbol = s->shape,
                             .at = s->at,
                             .radius = s->radius,
                             .stroke = stroke});
}

void lay_number(struct lay_job *job, enum lay_layer layer, const struct lay_symbol *s) {
    struct im_item drawn = lay_symbol_item(job, s);
    im_rgba ground = lay_colour_blend(drawn.fill, job->st->colour.subject);
    bool light = lay_contrast(job->st->colour.number, ground) >= 4.5;
    const char *text = lay_number_text(job->arena, job->in, (double)s->number);
    double inside = s->radius * lay_symbol_inside(s->shape) - drawn.stroke.width;
    double size = fmin(fmax(1.25 * inside, 11.5), 16);
    struct lay_type type = lay_bold_type(size, light ? job->st->colour.number
                                                     : job->st->colour.number_dark);
    if (!is_hollow(s) && s->hatch.gap > 0) {
        type.halo = (struct im_halo){job->st->colour.symbol_hollow, 2.5};
    }
    double wide = lay_width(&job->in->measure, &type.font, text);
    double most = 1.75 * inside;
    if (wide > most && most > 0) {
        type.font.size = fmax(size * most / wide, 10);
    }
    double low = s->shape == IM_TRIANGLE ? 0.08 * s->radius : 0;
    struct im_pt at = {s->at.x, s->at.y + lay_half_cap(type.font.size) + low};
    lay_add_text(job, layer, at, IM_MIDDLE, &type, text);
}

/* What was said last, or often: thousands of incidents share few dates and figures. */
enum { SAID = 64 };
struct lay_said {
    struct im_date date, end;
    const char *dates;        /* of `date` and `end`; NULL = none yet */
    const char *killed[SAID]; /* by number; NULL = not yet */
};

static bool same_date(struct im_date a, struct im_date b) {
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

static const char *dates_of(struct lay_job *job, const struct im_event *e,
                            struct lay_said *said) {
    if (said->dates == NULL || !same_date(said->date, e->date) ||
        !same_date(said->end, e->date_end)) {
        said->date = e->date;
        said->end = e->date_end;
        said->dates = lay_dates(job->arena, job->in, e);
    }
    return said->dates;
}

static const char *killed_of(struct lay_job *job, double value, struct lay_said *said) {
    const char *rare = NULL, **text = &rare;
    if (value >= 0 && value < SAID && floor(value) == value) {
        text = &said->killed[(size_t)value];
    }
    if (*text == NULL) {
        *text =
            im_count_phrase(job->arena, lay_wording(job->in), "killed", value, NULL);
    }
    return *text;
}

const char *lay_symbol_title(const struct lay_symbol *s) {
    struct lay_job *job = s->job;
    if (job->said == NULL) {
        job->said = im_alloc(job->arena, 1, sizeof *job->said);
    }
    struct lay_said *said = job->said;
    const struct im_event *e = s->mark->event;
    const char *language = lay_wording(job->in);
    const char *date = dates_of(job, e, said);
    const char *place = lay_where(job->arena, job->in, s->mark);
    place = date[0] != '\0' ? lay_list_join(job->arena, job->in, date, place) : place;
    const char *number = lay_number_text(job->arena, job->in, (double)s->number);
    const char *text =
        im_format(job->arena, "%s. %s (%s)", number, place, s->category->label);
    if (s->value < 0) {
        return text;
    }
    return im_phrase_fill(job->arena, language, "and_part", "a", text, "b",
                          killed_of(job, s->value, said), NULL);
}

/* What an output says of a symbol that it shows. */
static void tell(const void *subject, struct im_item *item) {
    const struct lay_symbol *s = subject;
    struct lay_job *job = s->job;
    item->id = im_format(job->arena, "incident-%zu", s->number);
    item->title = lay_symbol_title(s);
    trace(job, s->mark->event, item);
}

static void add_symbol(struct lay_job *job, const struct lay_symbol *s) {
    if (s->stack != NULL) {
        lay_stack_marks(job, s->stack);
        return;
    }
    lay_symbol_ring(job, LAY_INCIDENTS, s);
    struct im_item item = lay_symbol_item(job, s);
    item.tell = tell;
    item.subject = s;
    lay_add(job, LAY_INCIDENTS, item);
    lay_symbol_hatch(job, LAY_INCIDENTS, s);
    if (job->mode != LAY_PLAIN) {
        lay_number(job, LAY_INCIDENTS, s);
    }
}

/* A stem from the symbol's edge to its true spot, and a dot there. */
static void add_stem(struct lay_job *job, const struct lay_symbol *s) {
    struct im_stroke white = {.colour = job->st->colour.symbol_ring, .width = 3.4};
    struct im_stroke line = {.colour = job->st->colour.text, .width = 1.2};
    struct im_pt spot = s->mark->at;
    double d = lay_distance(spot, s->at);
    double t = (d - 0.9 * s->radius * lay_symbol_inside(lay_outline(s))) / d;
    struct im_pt rim = {spot.x + t * (s->at.x - spot.x),
                        spot.y + t * (s->at.y - spot.y)};
    lay_add(job, LAY_INCIDENTS, lay_line_item(job->arena, spot, rim, white));
    lay_add(job, LAY_INCIDENTS, lay_line_item(job->arena, spot, rim, line));
}

static void add_spot(struct lay_job *job, struct im_pt at) {
    struct im_stroke white = {.colour = job->st->colour.symbol_ring, .width = 1.2};
    lay_add(job, LAY_INCIDENTS,
            (struct im_item){.kind = IM_ITEM_SYMBOL,
                             .symbol = IM_CIRCLE,
                             .at = at,
                             .radius = 3,
                             .fill = job->st->colour.text,
                             .stroke = white});
}

/* Room in which the incident may lie: a disc or an area, once for one position. */
static void add_area(struct lay_job *job, size_t i) {
    const struct im_mark *m = job->symbols[i].mark;
    double metres = m->event->position.radius_m;
    double radius = metres / job->in->view->ground_m_per_pt;
    if (m->area == NULL && radius <= 1.4 * job->symbols[i].reach) {
        return;
    }
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
    item.stroke =
        (struct im_stroke){.colour = lay_colour_alpha(job->st->colour.text, 0.3),
                           .width = 0.8,
                           .dash = {3, 3},
                           .dash_count = 2};
    if (m->area != NULL) {
        item.kind = IM_ITEM_PATH;
        item.paths = *m->area;
        item.fill = lay_colour_alpha(job->symbols[i].colour, 0.12);
    }
    lay_add(job, m->at_sea ? LAY_SEA_AREAS : LAY_AREAS, item);
}

/* Does the symbol stand in the area that its incident is somewhere in? */
static bool is_in_area(const struct lay_symbol *s) {
    return s->mark->area != NULL && im_paths_contain(s->mark->area, s->at);
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
    const struct lay_symbol **order = im_alloc(job->scratch, n + 1, sizeof *order);
    size_t drawn = 0;
    for (size_t i = 0; i < n; i++) {
        const struct lay_symbol *s = &job->symbols[i];
        add_area(job, i);
        if (lay_is_drawn(s)) {
            order[drawn++] = s;
        }
    }
    n = drawn;
    for (size_t i = 0; i < n; i++) {
        if (order[i]->displaced && !is_in_area(order[i])) {
            add_stem(job, order[i]);
        }
    }
    for (size_t i = 0; i < n; i++) {
        // a spot in an area would look like a place that is known
        if (order[i]->displaced && order[i]->mark->area == NULL) {
            add_spot(job, order[i]->mark->at);
        }
    }
    qsort(order, n, sizeof *order, larger_first);
    lay_room(job, LAY_INCIDENTS, 2 * n); // a ring and a symbol each
    for (size_t i = 0; i < n; i++) {
        add_symbol(job, order[i]);
    }
}
