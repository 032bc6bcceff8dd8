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
#define ABREAST 6.0    /* points on either side of a name that other names keep off */
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

/* Where a name may stand: the middles tried, and for each row of them the runs of cells
 * that hold the name's box, once they are asked for. */
struct grid {
    int columns, rows; /* multiples of 4; no closer than the mask's cells */
    double x[ACROSS], y[ACROSS];
    struct lay_mask_wish wish;
    struct band {
        bool known;
        size_t n;
        struct lay_mask_span *runs;
    } bands[ACROSS];
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

/* How many cells a length covers at least. */
static uint32_t cells_of(double length) {
    return (uint32_t)fmax(ceil(length / LAY_MASK_CELL - 0.001), 1);
}

static int places_in(double length) {
    double fours = ceil(length / LAY_MASK_CELL / 4);
    return fours < ACROSS / 4 ? 4 * (int)fmax(fours, 1) : ACROSS;
}

static void make_grid(const struct lay_area *a, struct im_rect b, struct grid *g) {
    struct im_pt base;
    struct im_rect box = box_at(a, (struct im_pt){0, 0}, &base);
    g->wish = (struct lay_mask_wish){a->value, cells_of(box.w)};
    g->columns = places_in(b.w);
    g->rows = places_in(b.h);
    for (int i = 0; i < g->columns; i++) {
        g->x[i] = b.x + b.w * (i + 0.5) / g->columns;
    }
    for (int i = 0; i < g->rows; i++) {
        g->y[i] = b.y + b.h * (i + 0.5) / g->rows;
        g->bands[i].known = false;
    }
}

/* Of the row; over the sea NULL: there a name may reach over anything that is no other
 * area. */
static const struct band *band_of(const struct lay_area *a, struct grid *g, int row) {
    struct im_pt base;
    struct band *band = &g->bands[row];
    if (a->at_sea) {
        return NULL;
    }
    if (!band->known) {
        size_t room = 2 * (a->mask->columns / g->wish.need + 1);
        struct im_rect box = box_at(a, (struct im_pt){0, g->y[row]}, &base);
        band->runs = im_alloc_raw(a->job->scratch, room, sizeof *band->runs);
        band->n = lay_mask_band(a->mask, box, g->wish, band->runs);
        band->known = true;
    }
    return band;
}

static bool is_dry(const struct lay_area *a, struct im_rect box) {
    return a->lakes == NULL || !lay_rect_overlap(a->lakes->rect, box) ||
           !lay_mask_meets(a->lakes, box);
}

/* May the name stand there, in the band of its row? */
static bool stands(const struct lay_area *a, const struct band *band,
                   struct im_rect box) {
    if (band != NULL) {
        return lay_mask_band_holds(a->mask, band->runs, band->n, box) && is_dry(a, box);
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
    struct im_pt middle; /* of the area */
    double scale;        /* points from there that cost 1 */
    double cost;         /* HUGE_VAL: nothing yet */
    double above;        /* what is sure to cost more */
    double far2;         /* places so far from the middle do: square points */
    int column, row;
    int rank; /* of places that cost the same the one of the lowest rank is taken */
    struct im_pt base;
};

static void take(struct found *best, double cost, int rank, struct im_pt base) {
    double far = cost * (1 + 1e-12) * best->scale; // not for a rounding error
    best->cost = cost;
    best->above = cost * (1 + 1e-12);
    best->far2 = far * far;
    best->rank = rank;
    best->base = base;
}

/* Is p, of that rank, better than what has been found? */
static bool look(const struct lay_area *a, const struct band *band, struct im_pt p,
                 int rank, struct found *best) {
    struct im_pt base;
    double dx = p.x - best->middle.x, dy = p.y - best->middle.y;
    if (dx * dx + dy * dy > best->far2) {
        return false;
    }
    struct im_rect box = box_at(a, p, &base);
    if (!stands(a, band, box)) {
        return false;
    }
    double cost = sqrt(dx * dx + dy * dy) / best->scale;
    cost += lay_field_box_below(a->job->field, box, cost, best->above);
    if (cost < best->above) {
        double least = 60 * (1 - (best->above - cost) / 0.6);
        cost += 0.6 * (1 - lay_field_clearance(a->job->field, p, 60, least) / 60);
    }
    if (cost > best->cost || (cost == best->cost && rank >= best->rank)) {
        return false;
    }
    take(best, cost, rank, base);
    return true;
}

/* Every step-th of v[first..last], the nearest to `at` first; returns how many. */
static int outward(const double *v, const int range[3], double at, int *out) {
    int low, high = range[0], n = 0;
    while (high <= range[1] && v[high] < at) {
        high += range[2];
    }
    low = high - range[2];
    while (low >= range[0] || high <= range[1]) {
        if (high > range[1] || (low >= range[0] && at - v[low] <= v[high] - at)) {
            out[n++] = low;
            low -= range[2];
        } else {
            out[n++] = high;
            high += range[2];
        }
    }
    return n;
}

/* Every step-th place of a range of columns and one of rows, from the middle of the
 * area outward: those too far from it to be better are not looked at. */
static void look_at(const struct lay_area *a, struct grid *g, const int columns[3],
                    const int rows[3], struct found *best) {
    int xs[ACROSS], ys[ACROSS];
    int across = outward(g->x, columns, best->middle.x, xs);
    int down = outward(g->y, rows, best->middle.y, ys);
    best->rank = -1;
    for (int i = 0; i < down; i++) {
        double dy = g->y[ys[i]] - best->middle.y;
        if (dy * dy > best->far2) {
            break;
        }
        const struct band *band = band_of(a, g, ys[i]);
        for (int k = 0; k < across && (band == NULL || band->n > 0); k++) {
            struct im_pt p = {g->x[xs[k]], g->y[ys[i]]};
            double dx = p.x - best->middle.x;
            if (dx * dx + dy * dy > best->far2) {
                break;
            }
            if (look(a, band, p, ys[i] * ACROSS + xs[k], best)) {
                best->column = xs[k];
                best->row = ys[i];
            }
        }
    }
}

/* Over the sea a little left (side -1) or right (1) of a shore at x, then farther off.
 */
static void look_beside(const struct lay_area *a, struct im_pt shore, int side,
                        struct found *best) {
    for (double off = 1; off < COAST_NEAR + LAY_MASK_CELL; off += 2.75) {
        double x = shore.x + side * (a->extent.width / 2 + a->room + off);
        look(a, NULL, (struct im_pt){x, shore.y}, 0, best);
    }
}

/* Places over the sea right beside the shores of the mainland, on some rows of it. */
static void look_ashore(const struct lay_area *a, struct found *best) {
    const struct lay_mask *m = a->mainland;
    const struct lay_mask_extent *e = &a->visible;
    for (size_t row = e->y0; row <= e->y1; row += (e->y1 - e->y0) / ACROSS + 1) {
        struct im_pt p = {0, m->rect.y + ((double)row + 0.5) * LAY_MASK_CELL};
        for (size_t i = m->row_start[row]; i < m->row_start[row + 1]; i++) {
            struct lay_mask_run run = m->runs[i];
            if (run.first > 0 && lay_mask_cell(a->mask, row, run.first - 1) == 0) {
                p.x = m->rect.x + (double)run.first * LAY_MASK_CELL;
                look_beside(a, p, -1, best);
            }
            if (run.last < m->columns && lay_mask_cell(a->mask, row, run.last) == 0) {
                p.x = m->rect.x + (double)run.last * LAY_MASK_CELL;
                look_beside(a, p, 1, best);
            }
        }
    }
}

/* The places around the one that was found. */
static void look_around(const struct lay_area *a, struct grid *g, struct found *best) {
    int left = best->column - 3, right = best->column + 3;
    int top = best->row - 3, low = best->row + 3;
    const int columns[3] = {left > 0 ? left : 0,
                            right < g->columns ? right : g->columns - 1, 1};
    const int rows[3] = {top > 0 ? top : 0, low < g->rows ? low : g->rows - 1, 1};
    look_at(a, g, columns, rows, best);
}

/*
 * Best place of the name's middle; false when there is none. First of every fourth
 * place each way, then of those around it; all are tried where that finds nothing. Over
 * the sea a rough place will do, else one beside a shore; astride none but those.
 */
static bool search(const struct lay_area *a, struct im_rect b, struct im_pt middle,
                   struct im_pt *out) {
    struct im_rect map = a->job->page->map;
    struct found best = {.middle = middle, .scale = sqrt(map.w * map.h) / 1.5};
    struct grid grid;
    take(&best, HUGE_VAL, -1, middle);
    make_grid(a, b, &grid);
    const int rough[2][3] = {{2, grid.columns - 1, 4}, {2, grid.rows - 1, 4}};
    const int all[2][3] = {{0, grid.columns - 1, 1}, {0, grid.rows - 1, 1}};
    look_at(a, &grid, rough[0], rough[1], &best);
    if (best.cost == HUGE_VAL && a->at_sea && !a->astride) {
        look_ashore(a, &best);
    } else if (best.cost == HUGE_VAL && !a->at_sea) {
        look_at(a, &grid, all[0], all[1], &best);
    } else if (best.cost < HUGE_VAL && (!a->at_sea || a->astride)) {
        look_around(a, &grid, &best);
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

/* Has the area the cells that the name needs? Over the sea it needs none. */
static bool may_hold(const struct lay_area *a) {
    struct im_pt base;
    const struct lay_mask_extent *e = &a->visible;
    struct im_rect box = box_at(a, (struct im_pt){0, 0}, &base);
    if (a->astride) {
        double h = a->extent.ascent + a->extent.descent + 2 * a->room;
        return ASTRIDE * box.w * h <= (double)e->n * LAY_MASK_CELL * LAY_MASK_CELL;
    }
    size_t across = cells_of(box.w), down = cells_of(box.h);
    return a->at_sea ||
           (across <= e->widest && down <= e->y1 - e->y0 + 1 && across * down <= e->n);
}

void lay_area_draw(struct lay_area *a, struct im_pt at) {
    struct lay_job *job = a->job;
    struct im_rect box = lay_text_rect(at, IM_MIDDLE, a->extent);
    const char *last = a->second == NULL ? a->text : a->second;
    if (a->second != NULL) {
        struct im_pt first = {at.x, at.y - line_step(a)};
        lay_add_text(job, LAY_LABELS, first, IM_MIDDLE, &a->type, a->text);
    }
    lay_add_text(job, LAY_LABELS, at, IM_MIDDLE, &a->type, last);
    lay_field_rect(job->field, LAY_TEXT, lay_rect_grow(box, 2), 0);
    lay_field_rect(job->field, LAY_ABREAST, lay_rect_abreast(box, ABREAST), 0);
    lay_field_rect(job->field, LAY_BESIDE, lay_rect_line(box), 0);
}

bool lay_area_find(struct lay_area *a, double smallest, struct im_pt *at) {
    struct im_pt middle;
    if (a->text[0] == '\0' || a->visible.n == 0) {
        return false;
    }
    struct im_rect land = bounds_of(a, &middle);
    for (; a->type.font.size >= smallest; a->type.font.size *= LAY_SMALLER) {
        a->extent = measure_name(a);
        struct im_rect b = a->at_sea && !a->astride ? with_shores(a, land) : land;
        if (may_hold(a) && search(a, b, middle, at)) {
            return true;
        }
    }
    return false;
}

bool lay_area_put(struct lay_area *a, double smallest) {
    struct im_pt at;
    bool found = lay_area_find(a, smallest, &at);
    if (found) {
        lay_area_draw(a, at);
    }
    return found;
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
