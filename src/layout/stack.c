/*
 * Which incidents stand together, and how large. Incidents are at the same place when
 * their positions are the same to the last digit: a gazetteer gives all that happened
 * in a town one point, and a pile of symbols would look like the one on top.
 */
#include "layout/stack.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RING_OF = 8 }; /* numbered symbols that read well round one spot */
#define MOST 0.1      /* of the map, at most, under symbols with numbers by `auto` */
#define TYPE 12.0     /* points: the number's type, at least */
#define AIR 2.2       /* points round the number */
#define BAND 5.0      /* points: of the ring in the colours, at least */
#define HUB 0.6       /* of a large one's radius */

enum wish { APART, AUTO, TOGETHER };

static enum wish wish_of(const struct im_spec_incidents *set) {
    const char *word = set == NULL || set->overlap == NULL ? "" : set->overlap;
    return strcmp(word, "count") == 0                     ? TOGETHER
           : word[0] == '\0' || strcmp(word, "auto") == 0 ? AUTO
                                                          : APART;
}

/* A mark that may stand with others. */
struct member {
    size_t mark;
    const struct im_mark *at;
    enum wish wish;
};

static int order_of(double a, double b) {
    return (a > b) - (a < b);
}

/* 0: one and the same place. Somewhere in a district is not in the town at its middle.
 */
static int by_place(const struct im_mark *x, const struct im_mark *y) {
    const struct im_position *p = &x->event->position, *q = &y->event->position;
    int d = order_of(p->at.lon, q->at.lon);
    d = d != 0 ? d : order_of(p->at.lat, q->at.lat);
    d = d != 0 ? d : order_of(x->at.x, y->at.x);
    d = d != 0 ? d : order_of(x->at.y, y->at.y);
    d = d != 0 ? d : (int)p->kind - (int)q->kind;
    bool areas = d == 0 && p->kind == IM_AREA;
    return areas ? strcmp(p->area, q->area) : d;
}

static int by_place_and_number(const void *a, const void *b) {
    const struct member *x = a, *y = b;
    int d = by_place(x->at, y->at);
    return d != 0 ? d : x->mark < y->mark ? -1 : 1;
}

/* Do all sets wish their incidents apart? */
static bool all_apart(const struct im_layout_input *in) {
    size_t i = 0, n = in->spec->incident_count;
    while (i < n && wish_of(&in->spec->incidents[i]) == APART) {
        i++;
    }
    return n > 0 && i == n;
}

/* All on the map that may stand together, by place; their number. */
static size_t gather(struct im_arena *arena, const struct im_layout_input *in,
                     struct member **out) {
    size_t n = 0;
    *out = NULL;
    if (all_apart(in) || in->mark_count < 2) {
        return 0;
    }
    struct member *v = im_alloc(arena, in->mark_count, sizeof *v);
    for (size_t i = 0; i < in->mark_count; i++) {
        const struct im_mark *m = &in->marks[i];
        enum wish wish = wish_of(lay_set_of(in, m->event));
        if (m->in_frame && wish != APART) {
            v[n++] = (struct member){i, m, wish};
        }
    }
    qsort(v, n, sizeof *v, by_place_and_number);
    *out = v;
    return n;
}

/* Members of one place. */
struct run {
    const struct member *v;
    size_t n;
    bool asked; /* one of them wishes to be counted: two are enough */
};

static struct run run_at(const struct member *v, size_t n) {
    struct run run = {v, 0, false};
    while (run.n < n && by_place(v->at, v[run.n].at) == 0) {
        run.asked = run.asked || v[run.n].wish == TOGETHER;
        run.n++;
    }
    return run;
}

/* Symbols with numbers are moved apart, up to so many; without, one hides the other. */
static bool stands(const struct run *run, enum lay_mode mode) {
    size_t most = run->asked || mode == LAY_PLAIN ? 1 : RING_OF;
    return run->n > most;
}

/* Value of a run: the sum of what is stated of those that are sized by it, -1 =
 * nothing; *stated: how many state a figure.
 */
static double sum_of(const struct im_layout_input *in, const struct run *run,
                     size_t *stated) {
    double sum = -1;
    *stated = 0;
    for (size_t i = 0; i < run->n; i++) {
        const struct im_event *e = run->v[i].at->event;
        double value = lay_is_sized(in, e) ? im_event_killed(e, NULL) : -1;
        sum = value < 0 ? sum : fmax(sum, 0) + value;
        *stated += value >= 0;
    }
    return sum;
}

static bool is_sized(const struct im_layout_input *in, const struct run *run) {
    bool any = false;
    for (size_t i = 0; i < run->n; i++) {
        any = any || lay_is_sized(in, run->v[i].at->event);
    }
    return any;
}

struct lay_stacks_seen lay_stacks_expect(struct im_arena *arena,
                                         const struct im_layout_input *in) {
    struct lay_stacks_seen seen = {.mixed = true, .most = -1, .least = 9};
    struct member *v;
    size_t n = gather(arena, in, &v);
    enum lay_mode mode = n > 0 ? lay_mode_for(in) : LAY_PLAIN;
    struct run run;
    for (size_t i = 0; i < n; i += run.n) {
        run = run_at(v + i, n - i);
        if (stands(&run, mode)) {
            size_t stated;
            bool sized = is_sized(in, &run);
            seen.fewest = seen.fewest == 0 || run.n < seen.fewest ? run.n : seen.fewest;
            seen.sized = seen.sized || sized;
            seen.most = sized ? fmax(seen.most, sum_of(in, &run, &stated)) : seen.most;
        }
    }
    return seen;
}

static double width_of(const struct lay_job *job, size_t n, double size) {
    struct lay_type type = lay_bold_type(size, 0);
    return lay_width(&job->in->measure, &type.font,
                     lay_number_text(job->arena, job->in, (double)n));
}

/* Radius of the circle round the number. */
static double round_number(const struct lay_job *job, size_t n) {
    return hypot(width_of(job, n, TYPE) / 2, lay_half_cap(TYPE));
}

double lay_stack_least(const struct lay_job *job, size_t n, enum im_symbol shape) {
    return (round_number(job, n) + AIR + BAND) / lay_symbol_inside(shape);
}

double lay_stack_type(const struct lay_job *job, size_t n, double hub) {
    return fmax(8, fmin(20, TYPE * (hub - AIR) / round_number(job, n)));
}

static int more_first(const void *a, const void *b) {
    const size_t *x = a, *y = b;
    return *x == *y ? 0 : *x > *y ? -1 : 1;
}

/* How many members a stack that nobody asked for needs, so that all such symbols keep
 * within MOST of the map: few incidents give way first. */
static size_t enough(const struct lay_job *job, const struct run *runs, size_t n) {
    size_t *sizes = im_alloc(job->scratch, n + 1, sizeof *sizes);
    double room = MOST * job->page->map.w * job->page->map.h;
    for (size_t i = 0; i < n; i++) {
        sizes[i] = runs[i].asked ? 0 : runs[i].n;
    }
    qsort(sizes, n, sizeof *sizes, more_first);
    for (size_t i = 0; i < n && sizes[i] > 0; i++) {
        double radius = lay_stack_least(job, sizes[i], IM_CIRCLE) + job->st->ring;
        room -= 3.14159 * radius * radius;
        if (room < 0) {
            return sizes[i] + 1;
        }
    }
    return 0;
}

static void make(struct lay_job *job, const struct run *run) {
    struct lay_stack *stack = im_alloc(job->arena, 1, sizeof *stack);
    *stack = (struct lay_stack){.sized = is_sized(job->in, run)};
    stack->value = sum_of(job->in, run, &stack->stated);
    stack->v = im_alloc(job->arena, run->n, sizeof(struct lay_symbol *));
    for (size_t i = 0; i < run->n; i++) {
        job->stack_of[run->v[i].mark] = stack;
    }
    job->stack_count++;
}

/* What the symbols do not say is said. */
static void report(const struct lay_job *job, size_t hidden) {
    if (hidden > 0) {
        im_finding(job->in->findings, IM_F_STACK_HIDDEN, IM_FILE(job->in->spec->file),
                   "choose a larger size or a smaller extent, or overlap: count",
                   "%zu incident%s upon %s at the same place, without room for their "
                   "number",
                   hidden, hidden == 1 ? " lies" : "s lie",
                   hidden == 1 ? "another" : "others");
    }
}

/* Symbols without numbers are not moved: who wished that is told what it leaves. */
static void report_unmoved(const struct lay_job *job) {
    const struct im_layout_input *in = job->in;
    struct member *v = im_alloc(job->scratch, in->mark_count + 1, sizeof *v);
    size_t n = 0, upon = 0;
    for (size_t i = 0; i < in->mark_count && in->spec->incident_count > 0; i++) {
        const struct im_spec_incidents *set = lay_set_of(in, in->marks[i].event);
        if (in->marks[i].in_frame && set != NULL && set->overlap != NULL &&
            strcmp(set->overlap, "displace") == 0) {
            v[n++] = (struct member){i, &in->marks[i], APART};
        }
    }
    if (n > 1) {
        qsort(v, n, sizeof *v, by_place_and_number);
    }
    for (size_t i = 1; i < n; i++) {
        upon += by_place(v[i - 1].at, v[i].at) == 0;
    }
    if (upon > 0) {
        im_finding(in->findings, IM_F_STACK_HIDDEN, IM_FILE(in->spec->file),
                   "choose overlap: auto or count, or draw fewer incidents",
                   "overlap: displace moves numbered symbols, and these are too many "
                   "for numbers: %zu incident%s upon %s at the same place",
                   upon, upon == 1 ? " lies" : "s lie",
                   upon == 1 ? "another" : "others");
    }
}

void lay_stacks(struct lay_job *job) {
    if (job->mode == LAY_PLAIN) {
        report_unmoved(job);
    }
    struct member *v;
    size_t n = gather(job->scratch, job->in, &v), runs = 0, hidden = 0;
    struct run *run = im_alloc(job->scratch, n + 1, sizeof *run);
    for (size_t i = 0; i < n; i += run[runs].n, runs += stands(&run[runs], job->mode)) {
        run[runs] = run_at(v + i, n - i);
    }
    if (runs == 0) {
        return;
    }
    job->stack_of = im_alloc(job->arena, job->in->mark_count, sizeof *job->stack_of);
    job->stack_from = job->mode == LAY_PLAIN ? enough(job, run, runs) : 0;
    for (size_t i = 0; i < runs; i++) {
        if (run[i].asked || run[i].n >= job->stack_from) {
            make(job, &run[i]);
        } else {
            hidden += run[i].n - 1;
        }
    }
    report(job, hidden);
}

static bool same_slice(const struct lay_slice *a, const struct lay_slice *b) {
    return a->look.shape == b->look.shape && a->look.colour == b->look.colour &&
           a->look.hatch.gap == b->look.hatch.gap &&
           a->look.hatch.angle == b->look.hatch.angle && a->evidence == b->evidence;
}

static void add_slice(struct lay_stack *stack, struct im_arena *arena,
                      struct lay_slice slice) {
    size_t i = 0;
    while (i < stack->slices && !same_slice(&stack->slice[i], &slice)) {
        i++;
    }
    if (i == stack->slices) {
        IM_PUSH(arena, stack->slice, stack->slices, stack->cap, slice);
    }
    struct lay_slice *s = &stack->slice[i];
    s->category = slice.category < s->category ? slice.category : s->category;
    s->set = slice.set < s->set ? slice.set : s->set;
    s->n++;
}

static int by_kind(const void *a, const void *b) {
    const struct lay_slice *x = a, *y = b;
    return x->category != y->category ? (x->category < y->category ? -1 : 1)
           : x->set != y->set         ? (x->set < y->set ? -1 : 1)
                                      : (int)x->evidence - (int)y->evidence;
}

static struct lay_slice slice_of(const struct lay_symbol *s) {
    bool hollow = s->evidence == IM_CLAIMED || s->evidence == IM_DISPUTED;
    return (struct lay_slice){.look = {s->shape, s->colour, s->hatch},
                              .evidence = hollow ? s->evidence : IM_EVIDENCE_NONE,
                              .category = (size_t)(s->category - s->job->categories.v),
                              .set = s->mark->event->set};
}

bool lay_slice_has(const struct lay_slice *slice, const struct lay_symbol *s) {
    struct lay_slice its = slice_of(s);
    return same_slice(slice, &its);
}

static void find_slices(struct lay_job *job, struct lay_stack *stack) {
    for (size_t i = 0; i < stack->n; i++) {
        add_slice(stack, job->arena, slice_of(stack->v[i]));
    }
    qsort(stack->slice, stack->slices, sizeof *stack->slice, by_kind);
    enum im_symbol one = stack->slice[0].look.shape;
    // the light middle makes a ring of any disc
    stack->shape = stack->slices > 1 || one == IM_RING ? IM_CIRCLE : one;
}

static void set_size(struct lay_job *job, struct lay_stack *stack) {
    double least = lay_stack_least(job, stack->n, stack->shape);
    double inside = lay_symbol_inside(stack->shape);
    double true_radius =
        stack->sized && stack->value > 0 ? job->unit * sqrt(stack->value) : 0;
    double radius = fmax(least, true_radius);
    stack->least = true_radius <= least;
    stack->hub = fmax((least * inside - BAND) / radius, HUB * inside);
    for (size_t i = 0; i < stack->n; i++) {
        struct lay_symbol *s = stack->v[i];
        s->radius = radius;
        s->ring = job->st->ring;
        s->reach = radius * lay_symbol_reach(stack->shape) + s->ring;
    }
}

void lay_stack_sizes(struct lay_job *job) {
    for (size_t i = 0; i < job->symbol_count && job->stack_count > 0; i++) {
        struct lay_symbol *s = &job->symbols[i];
        if (s->stack != NULL && s->stack->v[0] == s) {
            find_slices(job, s->stack);
            set_size(job, s->stack);
        }
    }
}

bool lay_is_drawn(const struct lay_symbol *s) {
    return s->stack == NULL || s->stack->v[0]->number == s->number;
}

enum im_symbol lay_outline(const struct lay_symbol *s) {
    return s->stack == NULL ? s->shape : s->stack->shape;
}
