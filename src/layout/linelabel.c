/*
 * Names along lines.
 *
 *   1. for each named line: slide the name along its pieces, on both sides
 *   2. a place is possible when its baseline (the line, smoothed and moved aside) bends
 *      gently and no letter meets text, a symbol, a line or the frame
 *   3. the best is straight, level, near the middle of the map
 *   4. no place: a shorter name; still none: a finding
 */
#include "layout/overlay.h"
#include "layout/separate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STEP 12.0     /* points between two places that are tried */
#define END 24.0      /* points kept free at the ends of a line */
#define SMOOTH 14     /* samples to each side */
#define BEND 0.035    /* largest turn of the baseline, radians a point */
#define DESCENT 0.24  /* of the size */
#define CAPITAL 0.714 /* of the size */

struct wish {
    struct lay_job *job;
    const char *text;
    struct lay_type type;
    double width;
    size_t overlay;
    const struct im_feature *feature;
};

struct found {
    double cost;
    struct im_path baseline;
    bool tick; /* stands beyond a neighbour of the line: a tick leads to it */
    struct im_pt from, to;
};

/* Part of a path from s, `length` points long, in even samples, read left to right. */
static struct im_path part(struct im_arena *arena, const struct im_path *path, double s,
                           double length) {
    size_t n = (size_t)ceil(length / LAY_SAMPLE) + 1;
    struct im_path out = {.v = im_alloc(arena, n, sizeof *out.v), .n = n};
    double passed = 0; // length up to vertex k
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        double at = s + length * (double)i / (double)(n - 1);
        double edge = lay_distance(path->v[k], path->v[k + 1]);
        while (passed + edge < at && k + 2 < path->n) {
            passed += edge;
            k++;
            edge = lay_distance(path->v[k], path->v[k + 1]);
        }
        double t = edge > 0 ? fmin((at - passed) / edge, 1) : 0;
        struct im_pt a = path->v[k];
        struct im_pt b = path->v[k + 1];
        out.v[i] = (struct im_pt){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
    }
    bool back = out.v[n - 1].x < out.v[0].x;
    for (size_t i = 0; back && i < n / 2; i++) {
        struct im_pt swap = out.v[i];
        out.v[i] = out.v[n - 1 - i];
        out.v[n - 1 - i] = swap;
    }
    return out;
}

static struct im_pt normal_up(const struct im_path *p, size_t i) {
    size_t low = i == 0 ? 0 : i - 1;
    size_t high = i + 1 < p->n ? i + 1 : i;
    double d = lay_distance(p->v[low], p->v[high]);
    d = d > 0 ? d : 1;
    return (struct im_pt){(p->v[high].y - p->v[low].y) / d,
                          -(p->v[high].x - p->v[low].x) / d};
}

static struct im_path moved(struct im_arena *arena, const struct im_path *p,
                            double up) {
    struct im_path out = {.v = im_alloc(arena, p->n, sizeof *out.v), .n = p->n};
    for (size_t i = 0; i < p->n; i++) {
        struct im_pt n = normal_up(p, i);
        out.v[i] = (struct im_pt){p->v[i].x + up * n.x, p->v[i].y + up * n.y};
    }
    return out;
}

/* Sum of turns and slope as a cost; HUGE_VAL when it bends too much somewhere. */
static double shape_cost(const struct im_path *p) {
    double turns = 0;
    for (size_t i = 1; i + 1 < p->n; i++) {
        struct im_pt a = p->v[i - 1];
        struct im_pt b = p->v[i];
        struct im_pt c = p->v[i + 1];
        double ux = b.x - a.x, uy = b.y - a.y, vx = c.x - b.x, vy = c.y - b.y;
        double u = sqrt(ux * ux + uy * uy), v = sqrt(vx * vx + vy * vy);
        double turn = fabs(ux * vy - uy * vx) / fmax(u * v, 1e-12); // its sine
        if (turn > BEND * (u + v) / 2 || ux * vx + uy * vy < 0) {
            return HUGE_VAL;
        }
        turns += turn;
    }
    struct im_pt first = p->v[0];
    struct im_pt last = p->v[p->n - 1];
    double slope = fabs(atan2(last.y - first.y, last.x - first.x));
    return 6 * turns + (slope > 1.2 ? 2 : 0.4 * slope);
}

/* The letter boxes of a name on a baseline. */
static struct im_rect letter(const struct im_path *p, size_t i, double size) {
    struct im_pt n = normal_up(p, i);
    double middle = (CAPITAL - DESCENT) / 2 * size;
    double half = (CAPITAL + DESCENT) / 2 * size + 2.5; // words are drawn straight
    struct im_pt at = {p->v[i].x + middle * n.x, p->v[i].y + middle * n.y};
    return (struct im_rect){at.x - half, at.y - half, 2 * half, 2 * half};
}

/* What the letters stand on; at least `most` when it is not worth going on. Boxes are
 * wider than two samples: every other one meets all that lies along the baseline. */
static double space_cost(const struct wish *w, const struct im_path *p, double most) {
    double sum = 0;
    for (size_t i = 0; i < p->n && sum / 2 < most; i += i + 2 < p->n ? 2 : 1) {
        sum += lay_field_box(w->job->field, letter(p, i, w->type.font.size), 0);
    }
    return sum / 2;
}

static double middle_cost(const struct wish *w, const struct im_path *p) {
    struct im_rect map = w->job->page->map;
    struct im_pt at = p->v[p->n / 2];
    struct im_pt middle = lay_rect_middle(map);
    double dx = (at.x - middle.x) / map.w;
    double dy = (at.y - middle.y) / map.h;
    return 1.2 * sqrt(dx * dx + dy * dy);
}

/* Distance from a point to the wished line, or to all others; *foot = the nearest point
 * of it. HUGE_VAL when it is not below `most`. */
static double to_line(const struct wish *w, bool own, struct im_pt at, double most,
                      struct im_pt *foot) {
    double best = HUGE_VAL;
    for (size_t i = 0; i < w->job->line_count; i++) {
        const struct lay_line *line = &w->job->lines[i];
        bool is_own = line->overlay == w->overlay && line->feature == w->feature;
        size_t jump = 1; // samples are LAY_SAMPLE apart or a little more
        for (size_t k = 0; is_own == own && k < line->path.n; k += jump) {
            double d = lay_distance(line->path.v[k], at);
            if (d < best && d < most) {
                best = d;
                *foot = line->path.v[k];
            }
            double spare = d - fmin(best, most);
            jump = spare > 3 * LAY_SAMPLE ? (size_t)(spare / (1.5 * LAY_SAMPLE)) : 1;
        }
    }
    return best;
}

/* One baseline, `up` points over the line (or under it when negative). */
static void try_baseline(const struct wish *w, const struct im_path *on, double up,
                         struct found *best, double extra) {
    if (extra >= best->cost) {
        return;
    }
    struct im_path p = moved(w->job->arena, on, up);
    double cost = extra + space_cost(w, &p, best->cost - extra);
    if (cost >= best->cost) {
        return;
    }
    struct im_pt middle = p.v[p.n / 2], to = on->v[on->n / 2], other;
    double off = to_line(w, true, middle, HUGE_VAL, &to);
    bool twin = to_line(w, false, middle, off - 1, &other) < HUGE_VAL;
    cost += twin ? 2.5 : 0;
    if (cost < best->cost) {
        *best = (struct found){.cost = cost, .baseline = p, .tick = twin};
        best->from = middle;
        best->to = to;
    }
}

/* A stretch of a line that a name may run along. */
struct place {
    double cost; /* of its shape and of where it is */
    size_t index;
    struct im_path on;
};

struct places {
    struct place *v;
    size_t n, cap;
};

/* Beside the line on either side, or beyond neighbours that run along it. */
static void try_place(const struct wish *w, const struct place *place,
                      struct found *best) {
    double off = w->job->st->line_offset;
    double size = w->type.font.size;
    double twin = w->job->st->line_width + w->job->st->line_gap;
    for (int beyond = 0; beyond < 3; beyond++) {
        double more = off + beyond * twin;
        double low = more - DESCENT * size + CAPITAL * size;
        double cost = place->cost + beyond;
        try_baseline(w, &place->on, more, best, cost);
        try_baseline(w, &place->on, -low, best, cost + 0.05);
    }
}

static void add_places(const struct wish *w, const struct im_path *path,
                       struct places *out) {
    struct im_path course = lay_path_smooth(w->job->arena, path, SMOOTH);
    double length = lay_path_length(&course);
    for (double s = END; s + w->width + END <= length; s += STEP) {
        struct place p = {.index = out->n};
        p.on = part(w->job->arena, &course, s, w->width);
        p.cost = shape_cost(&p.on) + middle_cost(w, &p.on);
        if (p.cost < HUGE_VAL) {
            IM_PUSH(w->job->arena, out->v, out->n, out->cap, p);
        }
    }
}

static int cheaper_first(const void *a, const void *b) {
    const struct place *x = a, *y = b;
    if (x->cost != y->cost) {
        return x->cost < y->cost ? -1 : 1;
    }
    return x->index < y->index ? -1 : 1;
}

/* Steps 1 to 3: the room is asked for only where a place can still be the best. */
static struct found search(const struct wish *w) {
    struct found best = {.cost = HUGE_VAL};
    struct places places = {0};
    for (size_t i = 0; i < w->job->line_count; i++) {
        const struct lay_line *line = &w->job->lines[i];
        if (line->overlay == w->overlay && line->feature == w->feature) {
            add_places(w, &line->path, &places);
        }
    }
    if (places.n > 0) {
        qsort(places.v, places.n, sizeof *places.v, cheaper_first);
    }
    for (size_t i = 0; i < places.n && places.v[i].cost < best.cost; i++) {
        try_place(w, &places.v[i], &best);
    }
    return best;
}

/* From under the name, across its neighbours, to the line, with a dot on it. */
static void add_tick(struct lay_job *job, const struct wish *w,
                     const struct found *found) {
    double d = lay_distance(found->from, found->to);
    double size = w->type.font.size;
    // the name stands over its baseline; below the line, its capitals face the line
    struct im_pt up = normal_up(&found->baseline, found->baseline.n / 2);
    bool below =
        up.x * (found->to.x - found->from.x) + up.y * (found->to.y - found->from.y) > 0;
    double gap = below ? CAPITAL * size + 2 : 3;
    struct im_pt start = {found->from.x + gap / d * (found->to.x - found->from.x),
                          found->from.y + gap / d * (found->to.y - found->from.y)};
    struct im_stroke white = {.colour = job->st->colour.casing, .width = 3.6};
    struct im_stroke line = {.colour = w->type.colour, .width = 1.3};
    lay_add(job, LAY_LABELS, lay_line_item(job->arena, start, found->to, white));
    lay_add(job, LAY_LABELS, lay_line_item(job->arena, start, found->to, line));
    lay_add(job, LAY_LABELS,
            (struct im_item){.kind = IM_ITEM_SYMBOL,
                             .symbol = IM_CIRCLE,
                             .at = found->to,
                             .radius = 2.6,
                             .fill = w->type.colour});
}

static void put(const struct wish *w, const struct found *found) {
    struct lay_job *job = w->job;
    struct im_item item =
        lay_text_item(job, found->baseline.v[0], IM_LEFT, &w->type, w->text);
    item.kind = IM_ITEM_LINE_TEXT;
    IM_PUSH(job->arena, item.paths.v, item.paths.n, item.paths.cap, found->baseline);
    if (found->tick) {
        add_tick(job, w, found);
    }
    lay_add(job, LAY_LABELS, item);
    for (size_t i = 0; i < found->baseline.n; i++) {
        struct im_rect r = letter(&found->baseline, i, w->type.font.size);
        lay_field_rect(job->field, LAY_TEXT, r, 0);
    }
}

/* Step 4. */
static void label(struct lay_job *job, const struct lay_line *line) {
    struct wish w = {.job = job, .overlay = line->overlay, .feature = line->feature};
    struct lay_line_style s = lay_line_style(job, line->overlay, line->feature);
    w.type = lay_bold_type(job->st->line_label, lay_colour_on_land(job->st, s.colour));
    w.type.halo = (struct im_halo){lay_colour_alpha(job->st->colour.subject, 0.9), 2.5};
    const char *full = lay_line_name(job, line->overlay, line->feature, false);
    for (int step = 0; step < 4 && full[0] != '\0'; step++) {
        bool brief = step >= 2;
        w.text = lay_line_name(job, line->overlay, line->feature, brief);
        w.type.font.size = job->st->line_label * (step % 2 == 0 ? 1 : 0.88);
        w.width = lay_width(&job->in->measure, &w.type.font, w.text) + 2;
        struct found found = search(&w);
        if (found.cost < HUGE_VAL) {
            put(&w, &found);
            return;
        }
    }
    if (full[0] != '\0') {
        im_finding(job->in->findings, IM_F_LABEL_DROPPED, line->feature->row,
                   "widen the map, or set label: none for this overlay",
                   "no room for the name '%s' along its line", full);
    }
}

/* Is this the first piece of a name? Features of one name are one line to the reader.
 */
static bool is_first(const struct lay_job *job, size_t i) {
    const struct lay_line *line = &job->lines[i];
    const char *name = lay_line_name(job, line->overlay, line->feature, false);
    for (size_t k = 0; k < i; k++) {
        const struct lay_line *other = &job->lines[k];
        if (other->feature == line->feature ||
            strcmp(lay_line_name(job, other->overlay, other->feature, false), name) ==
                0) {
            return false;
        }
    }
    return true;
}

/* Does the line show more than a corner of itself? */
static bool in_sight(const struct lay_job *job, const struct im_feature *feature) {
    double sum = 0;
    for (size_t i = 0; i < job->line_count; i++) {
        const struct im_path *p = &job->lines[i].path;
        for (size_t k = 1; k < p->n && job->lines[i].feature == feature; k++) {
            sum += lay_segment_inside(p->v[k - 1], p->v[k], job->page->map);
        }
    }
    return sum > 40;
}

void lay_line_labels(struct lay_job *job) {
    for (size_t i = 0; i < job->line_count; i++) {
        if (is_first(job, i) && in_sight(job, job->lines[i].feature)) {
            label(job, &job->lines[i]);
        }
    }
}
