/* Incidents: which are on the map, how large, in what shape and colour. */
#include "layout/look.h"
#include "layout/stack.h"

#include <math.h>
#include <string.h>

#define CROWDED 0.1      /* of the map, at most, under plain symbols */
#define LEAST_RADIUS 1.8 /* points */

double lay_symbol_reach(enum im_symbol shape) {
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

/* Many plain symbols are smaller still, so that they cover no more than CROWDED of the
 * map (crowd_of). */
static double plain_share(const struct lay_job *job) {
    return job->mode == LAY_PLAIN ? LAY_PLAIN_SHARE * job->crowd : 1;
}

struct lay_radii lay_radii(const struct im_style *style, double share, double room,
                           double most) {
    double largest = fmin(style->largest, 0.055 * room);
    return (struct lay_radii){
        .unit = fmin(share * style->unit, largest / sqrt(fmax(most, 1))),
        .smallest = fmin(share * style->smallest, 0.035 * room)};
}

static struct lay_radii radii(const struct lay_job *job, double most) {
    const struct im_rect map = job->page->map;
    return lay_radii(job->st, plain_share(job), fmin(map.w, map.h), most);
}

static void size_symbol(const struct lay_job *job, struct lay_symbol *s) {
    const struct im_style *st = job->st;
    double smallest = radii(job, 1).smallest;
    s->radius = smallest;
    s->sized = lay_is_sized(job->in, s->mark->event);
    if (!s->sized) {
        s->radius = 1.25 * smallest;
    } else if (s->value > 0) {
        s->radius = fmax(job->unit * sqrt(s->value), smallest);
    }
    s->ring = fmin(st->ring, job->crowd < 1 ? 0.3 * s->radius : st->ring);
    s->reach = s->radius * lay_symbol_reach(s->shape) + s->ring;
}

/* What the symbol of mark i stands for: of several, what they state together. */
static double value_of(const struct lay_job *job, size_t i) {
    const struct lay_stack *stack = job->stack_of != NULL ? job->stack_of[i] : NULL;
    return stack != NULL && stack->sized
               ? stack->value
               : im_event_killed(job->in->marks[i].event, NULL);
}

/* The largest value on the map, 1 at least. */
static double most_of(const struct lay_job *job) {
    double most = 1;
    for (size_t i = 0; i < job->in->mark_count; i++) {
        if (job->in->marks[i].in_frame) {
            most = fmax(most, value_of(job, i));
        }
    }
    return most;
}

/* Share by which the radii of a crowd shrink, 1 = none. */
static double crowd_of(const struct lay_job *job) {
    const struct im_layout_input *in = job->in;
    struct lay_radii r = radii(job, most_of(job));
    double sum = 0;
    for (size_t i = 0; i < in->mark_count && job->mode == LAY_PLAIN; i++) {
        double value = im_event_killed(in->marks[i].event, NULL);
        double radius = fmax(r.smallest, value > 0 ? r.unit * sqrt(value) : 0);
        bool alone = job->stack_of == NULL || job->stack_of[i] == NULL;
        sum += alone && in->marks[i].in_frame ? 3.14159 * radius * radius : 0;
    }
    double share = sum / (job->page->map.w * job->page->map.h);
    double least = LEAST_RADIUS / r.smallest;
    return share <= CROWDED ? 1 : fmin(1, fmax(least, sqrt(CROWDED / share)));
}

/* Does the symbol of mark i stay on its spot, whatever it covers? */
static bool is_kept(const struct lay_job *job, size_t i) {
    const struct im_spec_incidents *set = lay_set_of(job->in, job->in->marks[i].event);
    bool stacked = job->stack_of != NULL && job->stack_of[i] != NULL;
    return (job->mode == LAY_PLAIN && !stacked) ||
           (set != NULL && set->overlap != NULL && strcmp(set->overlap, "keep") == 0);
}

void lay_symbols(struct lay_job *job) {
    const struct im_layout_input *in = job->in;
    lay_stacks(job);
    job->crowd = 1;
    job->crowd = crowd_of(job);
    job->unit = radii(job, most_of(job)).unit;
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
        *s = (struct lay_symbol){.job = job,
                                 .mark = mark,
                                 .number = job->symbol_count,
                                 .value = im_event_killed(mark->event, NULL),
                                 .evidence = lay_evidence(mark->event),
                                 .category = &job->categories.v[category],
                                 .at = mark->at};
        struct lay_look look = lay_look_of(in, s->category, mark->event);
        s->shape = look.shape;
        s->colour = look.colour;
        s->hatch = look.hatch;
        size_symbol(job, s);
        s->kept = is_kept(job, i);
        if (job->stack_of != NULL && job->stack_of[i] != NULL) {
            s->stack = job->stack_of[i];
            s->stack->v[s->stack->n++] = s;
        }
    }
    lay_stack_sizes(job);
}
