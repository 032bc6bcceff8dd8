/*
 * A name in its area: inside it, clear of everything else, as near to the area's
 * visible middle as that allows; or astride it, over the waters beside and between its
 * parts; or over the sea beside its largest parts. Never over another area.
 */
#include "layout/names.h"

#include <math.h>
#include <string.h>

#define GRID 22    /* half the places tried along each side of the visible part; even */
#define LINES 1.16 /* from line to line of a name, of its size */
#define ASTRIDE                                                                        \
    0.6 /* of the box of a name astride its area that is its land, at least */
#define COAST_NEAR 9.0 /* points from a name over the sea to its land, at most */

/* Bounds and middle of the area's visible part, which has cells. */
static struct im_rect bounds_of(const struct lay_area *a, struct im_pt *middle) {
    const struct lay_mask_extent *e = &a->visible;
    const struct im_rect *r = &a->mask->rect;
    *middle = (struct im_pt){r->x + (e->x / (double)e->n + 0.5) * LAY_MASK_CELL,
                             r->y + (e->y / (double)e->n + 0.5) * LAY_MASK_CELL};
    return (struct im_rect){r->x + (double)e->x0 * LAY_MASK_CELL,
                            r->y + (double)e->y0 * LAY_MASK_CELL,
                            (double)(e->x1 - e->x0 + 1) * LAY_MASK_CELL,
                            (double)(e->y1 - e->y0 + 1) * LAY_MASK_CELL};
}

#define ACROSS (2 * GRID)

/* Where a name may stand: the middles tried, and in each row of them the stretch that
 * can hold the name's box, as the area's widest runs of cells say. */
struct grid {
    int columns, rows; /* multiples of 4; no closer than the mask's cells */
    double x[ACROSS], y[ACROSS];
    double from[ACROSS], to[ACROSS]; /* of the box's left and right side */
};

/* From line to line, points; 0 = there is one. */
static double line_step(const struct lay_area *a) {
    return a->second == NULL ? 0 : LINES * a->type.font.size;
}

/* Of one line or of two, about the last one's base. */
static struct im_extent_pt measure_name(const struct lay_area *a) {
    struct im_measure measure = a->job->in->measure;
    struct im_extent_pt e = measure.text(measure.self, &a->type.font, a->text);
    if (a->second != NULL) {
        struct im_extent_pt low = measure.text(measure.self, &a->type.font, a->second);
        e.width = fmax(e.width, low.width);
        e.ascent += line_step(a);
    }
    return e;
}

/* The name's box with a little room, around the middle p; *base is where its last line
 * stands. */
static struct im_rect box_at(const struct lay_area *a, struct im_pt p,
                             struct im_pt *base) {
    *base =
        (struct im_pt){p.x, p.y + lay_half_cap(a->type.font.size) + line_step(a) / 2};
    return lay_rect_grow(lay_text_rect(*base, IM_MIDDLE, a->extent), a->room);
}

/* The stretch of rows top to top + h of the page that `spans` leave; false: none. */
static bool stretch_in(const struct lay_area *a, const struct lay_mask_span *spans,
                       struct im_rect box, double *from, double *to) {
    const struct lay_mask *m = a->mask;
    double first = floor((box.y - m->rect.y) / LAY_MASK_CELL);
    double last = floor((box.y + box.h - m->rect.y) / LAY_MASK_CELL);
    size_t low = 0, high = m->columns;
    if (a->at_sea) { // may reach over anything that is no other area
        *from = -HUGE_VAL;
        *to = HUGE_VAL;
        return true;
    }
    if (first < 0 || last < first || first >= (double)m->rows) {
        return false;
    }
    for (size_t row = (size_t)first; row <= (size_t)last && row < m->rows; row++) {
        low = spans[row].first > low ? spans[row].first : low;
        high = spans[row].last < high ? spans[row].last : high;
    }
    *from = m->rect.x + (double)low * LAY_MASK_CELL - 0.001;
    *to = m->rect.x + (double)high * LAY_MASK_CELL + 0.001;
    return *to - *from >= box.w;
}

static int places_in(double length) {
    double fours = ceil(length / LAY_MASK_CELL / 4);
    return fours < ACROSS / 4 ? 4 * (int)fmax(fours, 1) : ACROSS;
}

/* False when the name fits nowhere. */
static bool lay_grid(const struct lay_area *a, struct im_rect b, struct grid *g) {
    struct im_pt base;
    bool any = false;
    struct im_rect box = box_at(a, (struct im_pt){0, 0}, &base);
    struct lay_mask_span *spans =
        im_alloc(a->job->scratch, a->mask->rows + 1, sizeof *spans);
    size_t need = (size_t)fmax(ceil(box.w / LAY_MASK_CELL - 0.001), 1);
    lay_mask_spans(a->mask, a->value, need, spans);
    g->columns = places_in(b.w);
    g->rows = places_in(b.h);
    for (int i = 0; i < g->columns; i++) {
        g->x[i] = b.x + b.w * (i + 0.5) / g->columns;
    }
    for (int i = 0; i < g->rows; i++) {
        g->y[i] = b.y + b.h * (i + 0.5) / g->rows;
        box = box_at(a, (struct im_pt){0, g->y[i]}, &base);
        g->from[i] = g->to[i] = 0;
        any = stretch_in(a, spans, box, &g->from[i], &g->to[i]) || any;
    }
    return any;
}

/* May the name stand there? */
static bool stands(const struct lay_area *a, struct im_rect box) {
    if (!a->at_sea) {
        return lay_mask_holds(a->mask, box, a->value);
    }
    const struct lay_mask *globe = a->job->on_globe;
    struct im_rect near = lay_rect_grow(box, a->astride ? 0 : COAST_NEAR);
    return lay_mask_only(a->mask, box, a->value) && lay_mask_meets(a->mainland, near) &&
           (a->astride ? lay_mask_share(a->mask, box, a->value) >= ASTRIDE
                       : lay_mask_most(a->mask, near, a->value)) &&
           (globe == NULL || lay_mask_holds(globe, box, 1));
}

/* What a search has found. */
struct found {
    double cost; /* HUGE_VAL: nothing yet */
    int column, row;
    struct im_pt base;
};

/* Is p better than what has been found? */
static bool look(const struct lay_area *a, struct im_pt middle, struct im_pt p,
                 struct found *best) {
    struct im_pt base;
    double dx = p.x - middle.x, dy = p.y - middle.y;
    struct im_rect map = a->job->page->map;
    double scale = sqrt(map.w * map.h) / 1.5, cost = best->cost * scale;
    if (dx * dx + dy * dy >= cost * cost) {
        return false;
    }
    cost = sqrt(dx * dx + dy * dy) / scale;
    struct im_rect box = box_at(a, p, &base);
    if (!stands(a, box)) {
        return false;
    }
    cost += lay_field_box_below(a->job->field, box, cost, best->cost);
    if (cost < best->cost) {
        double least = 60 * (1 - (best->cost - cost) / 0.6);
        cost += 0.6 * (1 - lay_field_clearance(a->job->field, p, 60, least) / 60);
    }
    if (cost >= best->cost) {
        return false;
    }
    best->cost = cost;
    best->base = base;
    return true;
}

/* Every step-th place of columns x0..x1 and rows y0..y1, as far as there are such. */
static void look_at(const struct lay_area *a, const struct grid *g, struct im_pt middle,
                    const int range[4], int step, struct found *best) {
    double half = a->extent.width / 2 + a->room;
    int x1 = range[1] < g->columns ? range[1] : g->columns - 1;
    int y1 = range[3] < g->rows ? range[3] : g->rows - 1;
    for (int y = range[2] > 0 ? range[2] : 0; y <= y1; y += step) {
        for (int x = range[0] > 0 ? range[0] : 0; x <= x1; x += step) {
            struct im_pt p = {g->x[x], g->y[y]};
            if (p.x - half >= g->from[y] && p.x + half <= g->to[y] &&
                look(a, middle, p, best)) {
                best->column = x;
                best->row = y;
            }
        }
    }
}

/* Over the sea a little left (side -1) or right (1) of a shore at x, then farther off.
 */
static void look_beside(const struct lay_area *a, struct im_pt middle,
                        struct im_pt shore, int side, struct found *best) {
    for (double off = 1; off < COAST_NEAR + LAY_MASK_CELL; off += 2.75) {
        double x = shore.x + side * (a->extent.width / 2 + a->room + off);
        look(a, middle, (struct im_pt){x, shore.y}, best);
    }
}

/* Places over the sea right beside the shores of the mainland, on some rows of it. */
static void look_ashore(const struct lay_area *a, struct im_pt middle,
                        struct found *best) {
    const struct lay_mask *m = a->mainland;
    const struct lay_mask_extent *e = &a->visible;
    for (size_t row = e->y0; row <= e->y1; row += (e->y1 - e->y0) / ACROSS + 1) {
        const uint16_t *cells = a->mask->cells + row * m->columns;
        struct im_pt p = {0, m->rect.y + ((double)row + 0.5) * LAY_MASK_CELL};
        for (size_t i = m->row_start[row]; i < m->row_start[row + 1]; i++) {
            struct lay_mask_span run = m->runs[i];
            if (run.first > 0 && cells[run.first - 1] == 0) {
                p.x = m->rect.x + (double)run.first * LAY_MASK_CELL;
                look_beside(a, middle, p, -1, best);
            }
            if (run.last < m->columns && cells[run.last] == 0) {
                p.x = m->rect.x + (double)run.last * LAY_MASK_CELL;
                look_beside(a, middle, p, 1, best);
            }
        }
    }
}

/*
 * Best place of the name's middle; false when there is none. First of every fourth
 * place each way, then of those around it; all are tried where that finds nothing. Over
 * the sea a rough place will do, else one beside a shore; astride none but those.
 */
static bool search(const struct lay_area *a, struct im_rect b, struct im_pt middle,
                   struct im_pt *out) {
    struct found best = {.cost = HUGE_VAL};
    struct grid grid;
    if (!lay_grid(a, b, &grid)) {
        return false;
    }
    const int rough[4] = {2, ACROSS, 2, ACROSS}, all[4] = {0, ACROSS, 0, ACROSS};
    look_at(a, &grid, middle, rough, 4, &best);
    if (a->at_sea && !a->astride && best.cost == HUGE_VAL) {
        look_ashore(a, middle, &best);
    } else if (!a->at_sea || (a->astride && best.cost < HUGE_VAL)) {
        int near[4] = {best.column - 3, best.column + 3, best.row - 3, best.row + 3};
        look_at(a, &grid, middle, best.cost < HUGE_VAL ? near : all, 1, &best);
    }
    *out = best.base;
    return best.cost < HUGE_VAL;
}

/* Where the middle of a name can be that stands over the sea beside the land. */
static struct im_rect with_shores(const struct lay_area *a, struct im_rect land) {
    double x = a->extent.width / 2 + COAST_NEAR;
    double y = (a->extent.ascent + a->extent.descent) / 2 + COAST_NEAR;
    return (struct im_rect){land.x - x, land.y - y, land.w + 2 * x, land.h + 2 * y};
}

/* The box with the room beside it where another name would go on with the line. */
static struct im_rect line_of(struct im_rect box) {
    double room = box.h;
    return (struct im_rect){box.x - room, box.y, box.w + 2 * room, box.h};
}

/* Has the area the cells that the name needs? Over the sea it needs none. */
static bool may_hold(const struct lay_area *a) {
    const struct im_extent_pt *e = &a->extent;
    double cell = LAY_MASK_CELL;
    if (a->astride) {
        double box = (e->width + 2 * a->room) * (e->ascent + e->descent + 2 * a->room);
        return ASTRIDE * box <= (double)a->visible.n * cell * cell;
    }
    return a->at_sea || e->width < (double)a->visible.widest * cell;
}

static void put_at(struct lay_area *a, struct im_pt at) {
    struct lay_job *job = a->job;
    struct im_rect box = lay_text_rect(at, IM_MIDDLE, a->extent);
    const char *last = a->second == NULL ? a->text : a->second;
    if (a->second != NULL) {
        struct im_pt first = {at.x, at.y - line_step(a)};
        lay_add_text(job, LAY_LABELS, first, IM_MIDDLE, &a->type, a->text);
    }
    lay_add_text(job, LAY_LABELS, at, IM_MIDDLE, &a->type, last);
    lay_field_rect(job->field, LAY_TEXT, lay_rect_grow(box, 2), 0);
    lay_field_rect(job->field, LAY_BESIDE, line_of(box), 0);
}

bool lay_area_put(struct lay_area *a, double smallest) {
    struct im_pt middle;
    struct im_pt at;
    if (a->text[0] == '\0' || a->visible.n == 0) {
        return false;
    }
    struct im_rect land = bounds_of(a, &middle);
    for (; a->type.font.size >= smallest; a->type.font.size *= LAY_SMALLER) {
        a->extent = measure_name(a);
        struct im_rect b = a->at_sea && !a->astride ? with_shores(a, land) : land;
        if (may_hold(a) && search(a, b, middle, &at)) {
            put_at(a, at);
            return true;
        }
    }
    return false;
}

bool lay_area_split(struct lay_area *a) {
    size_t n = strlen(a->text), best = n;
    for (size_t i = 1; i + 1 < n; i++) {
        size_t off = i > n - i ? i - (n - i) : n - i - i;
        size_t least = best > n - best ? best - (n - best) : n - best - best;
        best = a->text[i] == ' ' && off < least ? i : best;
    }
    if (best == n) {
        return false;
    }
    a->second = a->text + best + 1;
    a->text = im_format(a->job->arena, "%.*s", (int)best, a->text);
    return true;
}

void lay_area_astride(struct lay_area *a) {
    lay_area_to_sea(a);
    a->astride = true;
}

void lay_area_to_sea(struct lay_area *a) {
    a->at_sea = true;
    a->mainland = lay_mask_main(a->job->scratch, a->mask, a->value, &a->visible);
    a->visible = lay_mask_extents(a->job->scratch, a->mainland, 2)[1];
}
