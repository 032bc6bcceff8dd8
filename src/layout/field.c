#include "layout/field.h"
#include "layout/obstacle.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define CELL 40.0
#define NEAR 6.0        /* points across which strokes of one path are one obstacle */
#define CARD_SHARE 0.25 /* of what a line costs, under a card, which stays readable */

enum { PIECE = 1024 }; /* obstacles kept together: none is moved when more come */

/* An obstacle in a cell: which of its eighths by eighths the bounds meet, row by row.
 */
struct entry {
    uint64_t bits;
    uint32_t number;
};

struct list {
    struct entry *v; /* numbers ascending */
    size_t n, cap;
    uint64_t any; /* bits of all entries */
};

/* Obstacles apart by what they do to a box: those that block it are asked first, and
 * only where none does, what the others cost. */
struct cell {
    struct list hard, soft;
};

struct lay_field {
    struct im_arena *arena;
    struct im_rect frame;
    size_t columns, rows;
    struct cell *cells;
    struct lay_obstacle **piece;
    size_t pieces, piece_cap, n;
    size_t query;
    bool yields, cities_yield;
};

static struct lay_obstacle *obstacle_at(const struct lay_field *f, size_t i) {
    return &f->piece[i / PIECE][i % PIECE];
}

struct lay_field *lay_field_new(struct im_arena *arena, struct im_rect frame) {
    struct lay_field *f = im_alloc(arena, 1, sizeof *f);
    f->arena = arena;
    f->frame = frame;
    f->columns = (size_t)ceil(fmax(frame.w, 1) / CELL);
    f->rows = (size_t)ceil(fmax(frame.h, 1) / CELL);
    f->cells = im_alloc(arena, f->columns * f->rows, sizeof *f->cells);
    return f;
}

/* Eighths of cells first..last along one axis that a range meets. */
struct span {
    size_t first, last;
};

static size_t eighth_at(double at, size_t cells) {
    double top = (double)(8 * cells) - 1, i = at / (CELL / 8);
    return i <= 0 ? 0 : i >= top ? 8 * cells - 1 : (size_t)i;
}

static struct span span_of(double low, double high, size_t cells) {
    return (struct span){eighth_at(low, cells), eighth_at(high, cells)};
}

/* The part of the field that a rectangle meets. */
struct part {
    struct span x, y;
};

static struct part part_of(const struct lay_field *f, struct im_rect r) {
    return (struct part){span_of(r.x - f->frame.x, r.x + r.w - f->frame.x, f->columns),
                         span_of(r.y - f->frame.y, r.y + r.h - f->frame.y, f->rows)};
}

/* Of the eighths of a cell that begins at `start` the part's, a bit each. */
static unsigned eight_of(struct span s, size_t start) {
    size_t from = s.first > start ? s.first - start : 0;
    size_t to = s.last - start < 7 ? s.last - start : 7;
    return 0xFFu >> (7 - (to - from)) << from;
}

/* The eighths by eighths of column x and row y of cells that the part meets. */
static uint64_t bits_of(const struct part *p, size_t x, size_t y) {
    const uint64_t all = UINT64_MAX, each = all / 0xFF; // bit 0 of all bytes
    size_t from = p->y.first > 8 * y ? p->y.first - 8 * y : 0;
    size_t to = p->y.last - 8 * y < 7 ? p->y.last - 8 * y : 7;
    uint64_t rows = all >> (56 - 8 * (to - from)) << 8 * from;
    return rows & each * eight_of(p->x, 8 * x);
}

static void push(struct lay_field *f, struct list *list, struct entry e) {
    if (list->n == list->cap) {
        size_t cap = list->cap == 0 ? 8 : 2 * list->cap;
        list->v = im_grow_raw(f->arena, list->v, list->n, cap, sizeof *list->v);
        list->cap = cap;
    }
    list->v[list->n++] = e;
    list->any |= e.bits;
}

static void add(struct lay_field *f, const struct lay_obstacle *o) {
    if (!lay_rect_overlap(o->r, f->frame)) {
        return;
    }
    bool soft = lay_is_soft(o);
    if (f->n == f->pieces * PIECE) {
        struct lay_obstacle *more = im_alloc_raw(f->arena, PIECE, sizeof *more);
        IM_PUSH(f->arena, f->piece, f->pieces, f->piece_cap, more);
    }
    uint32_t number = (uint32_t)f->n++;
    *obstacle_at(f, number) = *o;
    struct part p = part_of(f, o->r);
    for (size_t y = p.y.first / 8; y <= p.y.last / 8; y++) {
        for (size_t x = p.x.first / 8; x <= p.x.last / 8; x++) {
            struct cell *cell = &f->cells[y * f->columns + x];
            struct list *list = soft ? &cell->soft : &cell->hard;
            push(f, list, (struct entry){bits_of(&p, x, y), number});
        }
    }
}

void lay_field_yield(struct lay_field *field, bool yields) {
    field->yields = yields;
}

void lay_field_yield_cities(struct lay_field *field, bool yield) {
    field->cities_yield = yield;
}

void lay_field_rect(struct lay_field *field, enum lay_class c, struct im_rect r,
                    size_t owner) {
    add(field,
        &(struct lay_obstacle){.c = c, .form = LAY_RECT, .r = r, .owner = owner});
}

void lay_field_disc(struct lay_field *field, enum lay_class c, struct im_pt at,
                    double radius, size_t owner) {
    struct im_rect r = {at.x - radius, at.y - radius, 2 * radius, 2 * radius};
    add(field, &(struct lay_obstacle){.c = c,
                                      .form = LAY_DISC,
                                      .r = r,
                                      .middle = at,
                                      .half = radius,
                                      .owner = owner});
}

/* The bounds of the points, which are kept, and half the width of the strokes. */
static void add_strokes(struct lay_field *field, struct lay_obstacle *o,
                        struct im_rect r) {
    o->form = LAY_STROKES;
    o->r = lay_rect_grow(r, o->half > 0.01 ? o->half : 0.01);
    add(field, o);
}

void lay_field_stroke(struct lay_field *field, enum lay_class c, struct lay_stroke s,
                      size_t owner) {
    struct im_pt *v = im_alloc_raw(field->arena, 2, sizeof *v);
    struct lay_obstacle o = {.c = c, .v = v, .n = 2, .half = s.half, .owner = owner};
    v[0] = s.a;
    v[1] = s.b;
    add_strokes(field, &o,
                (struct im_rect){fmin(s.a.x, s.b.x), fmin(s.a.y, s.b.y),
                                 fabs(s.a.x - s.b.x), fabs(s.a.y - s.b.y)});
}

/* As many of the n points from v on, two at least, as lie close together: one obstacle
 * instead of one for each of many short strokes. */
static size_t close_by(const struct im_pt *v, size_t n, struct im_rect *r) {
    double x0 = v[0].x, x1 = x0, y0 = v[0].y, y1 = y0;
    size_t i = 1;
    for (; i < n; i++) {
        double left = v[i].x < x0 ? v[i].x : x0, right = v[i].x > x1 ? v[i].x : x1;
        double top = v[i].y < y0 ? v[i].y : y0, low = v[i].y > y1 ? v[i].y : y1;
        if (i > 1 && (right - left > NEAR || low - top > NEAR)) {
            break;
        }
        x0 = left;
        x1 = right;
        y0 = top;
        y1 = low;
    }
    *r = (struct im_rect){x0, y0, x1 - x0, y1 - y0};
    return i;
}

static void add_path(struct lay_field *field, const struct im_path *p,
                     struct lay_obstacle *o) {
    size_t n = p->n + (p->closed ? 1 : 0);
    struct im_pt *v = im_alloc_raw(field->arena, n, sizeof *v);
    memcpy(v, p->v, p->n * sizeof *v);
    v[n - 1] = p->v[p->closed ? 0 : n - 1];
    for (size_t i = 0; i + 1 < n; i += o->n - 1) {
        struct im_rect r;
        o->v = v + i;
        o->n = close_by(v + i, n - i, &r);
        add_strokes(field, o, r);
    }
}

void lay_field_paths(struct lay_field *field, enum lay_class c,
                     const struct im_paths *paths, double half) {
    struct lay_obstacle o = {.c = c, .half = half};
    for (size_t i = 0; i < paths->n; i++) {
        if (paths->v[i].n > 1) {
            add_path(field, &paths->v[i], &o);
        }
    }
}

/* A query: visits each obstacle near `r` once, adds up, stops when blocked or when
 * `spent` and the sum together reach `most`. */
struct query {
    bool leader, area; /* of a leader; of the name of an area */
    bool disc;         /* of a place's disc */
    bool covers;       /* lines may lie under it */
    struct im_rect r;
    struct im_pt a, b;
    size_t ignore;
    double share; /* of what lines under a box cost */
    double spent, most;
};

/* Does the disc of a place to come not matter to what is asked? */
static bool is_passed(const struct lay_field *f, const struct query *q,
                      const struct lay_obstacle *o) {
    return !q->area || f->yields || (o->c == LAY_CITY && f->cities_yield);
}

static void meet(struct lay_field *f, const struct query *q, size_t at, double *sum) {
    struct lay_obstacle *o = obstacle_at(f, at);
    if (o->seen == f->query || (q->ignore != 0 && o->owner == q->ignore) ||
        (o->c == LAY_BESIDE && !q->area) || (o->c == LAY_ABREAST && q->disc) ||
        (o->c >= LAY_CAPITAL && is_passed(f, q, o))) {
        return;
    }
    o->seen = f->query;
    *sum += q->leader   ? lay_leader_cost(o, q->a, q->b)
            : q->covers ? lay_cover_cost(o, q->r)
                        : q->share * lay_box_cost(o, q->r);
}

static bool is_settled(const struct query *q, double sum) {
    return sum == HUGE_VAL || q->spent + sum >= q->most;
}

/* Those of a cell that may meet `bits` of it. */
static void visit_list(struct lay_field *f, const struct query *q,
                       const struct list *list, uint64_t bits, double *sum) {
    const struct entry *end = list->v + list->n;
    for (const struct entry *e = list->v; e < end; e++) {
        if ((e->bits & bits) != 0) {
            meet(f, q, e->number, sum);
            if (is_settled(q, *sum)) {
                return;
            }
        }
    }
}

/* Obstacles of all cells, the hard or the soft ones, until the answer is settled.
 * False: there are no soft ones. */
static bool visit_cells(struct lay_field *f, const struct query *q,
                        const struct part *p, bool soft, double *sum) {
    uint64_t softs = 0;
    for (size_t y = p->y.first / 8; y <= p->y.last / 8; y++) {
        const struct cell *row = f->cells + y * f->columns;
        for (size_t x = p->x.first / 8; x <= p->x.last / 8; x++) {
            const struct list *list = soft ? &row[x].soft : &row[x].hard;
            if ((row[x].soft.any | list->any) == 0) {
                continue;
            }
            uint64_t bits = bits_of(p, x, y);
            softs |= row[x].soft.any & bits;
            if ((list->any & bits) != 0) {
                visit_list(f, q, list, bits, sum);
                if (is_settled(q, *sum)) {
                    return false;
                }
            }
        }
    }
    return softs != 0;
}

static double visit_box(const struct lay_field *field, const struct query *q) {
    struct lay_field *f = (struct lay_field *)field; // the marks of visits only
    struct part p = part_of(f, q->r);
    double sum = 0;
    f->query++;
    if (!is_settled(q, sum) && visit_cells(f, q, &p, false, &sum)) {
        visit_cells(f, q, &p, true, &sum);
    }
    return sum;
}

/* In the order in which the obstacles were added. */
static double visit_leader(const struct lay_field *field, const struct query *q) {
    struct lay_field *f = (struct lay_field *)field; // the marks of visits only
    struct part p = part_of(f, q->r);
    double sum = 0;
    f->query++;
    for (size_t y = p.y.first / 8; y <= p.y.last / 8; y++) {
        for (size_t x = p.x.first / 8; x <= p.x.last / 8; x++) {
            const struct cell *cell = &f->cells[y * f->columns + x];
            const struct list *hard = &cell->hard, *others = &cell->soft;
            size_t h = 0, s = 0;
            while ((h < hard->n || s < others->n) && sum < HUGE_VAL) {
                bool soft = h == hard->n ||
                            (s < others->n && others->v[s].number < hard->v[h].number);
                meet(f, q, soft ? others->v[s++].number : hard->v[h++].number, &sum);
            }
        }
    }
    return sum;
}

static double box(const struct lay_field *field, struct query q) {
    return lay_rect_inside(q.r, field->frame) ? visit_box(field, &q) : HUGE_VAL;
}

double lay_field_box(const struct lay_field *field, struct im_rect r, size_t ignore) {
    return box(field,
               (struct query){.r = r, .ignore = ignore, .share = 1, .most = HUGE_VAL});
}

bool lay_field_free(const struct lay_field *field, struct im_rect disc, size_t ignore,
                    bool on_lines) {
    struct query q = {.disc = true,
                      .covers = on_lines,
                      .r = disc,
                      .ignore = ignore,
                      .share = 1,
                      .most = HUGE_VAL};
    return box(field, q) < HUGE_VAL;
}

double lay_field_box_below(const struct lay_field *field, struct im_rect r,
                           double spent, double most) {
    return box(
        field,
        (struct query){.area = true, .r = r, .share = 1, .spent = spent, .most = most});
}

double lay_field_card(const struct lay_field *field, struct im_rect r) {
    return box(field, (struct query){.r = r, .share = CARD_SHARE, .most = HUGE_VAL});
}

double lay_field_cover(const struct lay_field *field, struct im_rect r, size_t ignore) {
    return box(field, (struct query){
                          .covers = true, .r = r, .ignore = ignore, .most = HUGE_VAL});
}

double lay_field_leader(const struct lay_field *field, struct im_pt a, struct im_pt b,
                        size_t ignore) {
    struct im_rect r = {fmin(a.x, b.x), fmin(a.y, b.y), fabs(a.x - b.x),
                        fabs(a.y - b.y)};
    struct query q = {
        .leader = true, .r = lay_rect_grow(r, 2), .a = a, .b = b, .ignore = ignore};
    return visit_leader(field, &q);
}

static double nearest(const struct lay_field *field, const struct cell *cell,
                      struct im_pt p, double best) {
    for (size_t i = 0; i < cell->hard.n; i++) {
        double d = lay_obstacle_distance(obstacle_at(field, cell->hard.v[i].number), p);
        best = d < best ? d : best;
    }
    return best;
}

double lay_field_clearance(const struct lay_field *field, struct im_pt p, double reach,
                           double least) {
    struct im_rect r = {p.x - reach, p.y - reach, 2 * reach, 2 * reach};
    struct part all = part_of(field, r),
                own = part_of(field, (struct im_rect){p.x, p.y, 0, 0});
    const struct cell *under =
        &field->cells[own.y.first / 8 * field->columns + own.x.first / 8];
    double best = nearest(field, under, p, reach); // the likeliest first
    for (size_t y = all.y.first / 8; y <= all.y.last / 8 && best > least; y++) {
        for (size_t x = all.x.first / 8; x <= all.x.last / 8 && best > least; x++) {
            best = nearest(field, &field->cells[y * field->columns + x], p, best);
        }
    }
    return best;
}
