/*
 * A stack on the map: a ring in the colours of its members with a light middle that
 * bears their number. One kind keeps its shape; several are sectors by their shares,
 * clockwise from the top, so that a mixed stack never looks like one kind.
 */
#include "layout/hatch.h"
#include "layout/stack.h"

#include <math.h>

#define PI 3.14159265358979323846
#define GAP 1.3           /* points between two sectors */
#define LEAST_SECTOR 0.22 /* radians: of any share, where all have room */
#define SAMPLE_MOST 999   /* more digits find no room in a sample */
#define STEP 0.07         /* radians from corner to corner of an arc */

/* A sector of the ring; angles clockwise from the top, radians. */
struct sector {
    struct im_pt at;
    double inner, outer, from, to;
};

/* An arc that keeps `off` points from the sector's straight sides. */
static void add_arc(struct im_path *path, const struct sector *s, double r, double off,
                    bool back) {
    double turn = asin(fmin(off / r, 1));
    double from = s->from + turn, to = fmax(s->to - turn, from);
    size_t n = (size_t)ceil((to - from) / STEP) + 1;
    for (size_t i = 0; i <= n; i++) {
        double share = (double)(back ? n - i : i) / (double)n;
        double a = from + share * (to - from);
        path->v[path->n++] = (struct im_pt){s->at.x + r * sin(a), s->at.y - r * cos(a)};
    }
}

/* The sector `in` points inside its outline. */
static struct im_paths sector_path(struct im_arena *arena, const struct sector *s,
                                   double in) {
    size_t most = 2 * ((size_t)ceil(2 * PI / STEP) + 3);
    struct im_path path = {.v = im_alloc(arena, most, sizeof *path.v), .closed = true};
    add_arc(&path, s, s->outer - in, GAP / 2 + in, false);
    add_arc(&path, s, s->inner + in, GAP / 2 + in, true);
    struct im_paths out = {0};
    IM_PUSH(arena, out.v, out.n, out.cap, path);
    return out;
}

/* What to draw, and where. A sample has no members to tell of. */
struct figure {
    const struct lay_stack *stack;
    struct im_pt at;
    double radius, ring;
    enum lay_layer layer;
};

static void add_part(struct lay_job *job, const struct figure *f, size_t slice,
                     struct im_item item) {
    if (f->stack->v != NULL) {
        lay_stack_told(job->arena, f->stack, slice, &item);
    }
    lay_add(job, f->layer, item);
}

static void add_sector(struct lay_job *job, const struct figure *f, size_t i,
                       const struct sector *s) {
    const struct lay_slice *slice = &f->stack->slice[i];
    struct lay_symbol like = {.shape = IM_CIRCLE,
                              .colour = slice->look.colour,
                              .hatch = slice->look.hatch,
                              .evidence = slice->evidence,
                              .radius = 1.4 * (s->outer - s->inner)};
    struct im_item item = lay_symbol_item(job, &like);
    item.kind = IM_ITEM_PATH;
    item.paths = sector_path(job->arena, s, item.stroke.width / 2);
    if (item.stroke.dash_count > 0) {
        item.stroke.dash[0] = item.stroke.dash[1] = 2;
        item.stroke.dash_offset = 0;
    }
    add_part(job, f, i, item);
    if (item.stroke.width > 0 && like.hatch.gap > 0 &&
        slice->evidence == IM_EVIDENCE_NONE) {
        struct lay_hatch hatch = {fmin(like.hatch.gap, 0.5 * (s->outer - s->inner)),
                                  like.hatch.angle};
        lay_add(job, f->layer,
                lay_hatch_item(job->arena, &item.paths, hatch, like.colour));
    }
}

/* Angles by shares; a share that would not be seen is widened at the cost of others. */
static void add_sectors(struct lay_job *job, const struct figure *f) {
    const struct lay_stack *stack = f->stack;
    double left = 2 * PI, members = (double)stack->n;
    double least = fmin(LEAST_SECTOR, PI / (double)stack->slices);
    for (size_t i = 0; i < stack->slices; i++) {
        double n = (double)stack->slice[i].n;
        bool small = n / (double)stack->n * 2 * PI < least;
        left -= small ? least : 0;
        members -= small ? n : 0;
    }
    struct sector s = {.at = f->at, .inner = stack->hub * f->radius};
    s.outer = f->radius;
    for (size_t i = 0; i < stack->slices; i++) {
        double n = (double)stack->slice[i].n;
        bool small = n / (double)stack->n * 2 * PI < least;
        s.to = s.from + (small ? least : left * n / members);
        add_sector(job, f, i, &s);
        s.from = s.to;
    }
}

/* One kind, in its shape. */
static void add_shape(struct lay_job *job, const struct figure *f) {
    const struct lay_slice *slice = &f->stack->slice[0];
    struct lay_symbol s = {.shape = f->stack->shape,
                           .colour = slice->look.colour,
                           .hatch = slice->look.hatch,
                           .evidence = slice->evidence,
                           .at = f->at,
                           .radius = f->radius};
    add_part(job, f, 0, lay_symbol_item(job, &s));
    lay_symbol_hatch(job, f->layer, &s);
}

/* White under and round all. */
static void add_paper(struct lay_job *job, const struct figure *f) {
    struct lay_symbol s = {.shape = f->stack->shape, .at = f->at, .radius = f->radius};
    s.ring = f->ring;
    lay_symbol_ring(job, f->layer, &s);
    if (f->stack->slices > 1) {
        lay_add(job, f->layer,
                (struct im_item){.kind = IM_ITEM_SYMBOL,
                                 .symbol = IM_CIRCLE,
                                 .at = f->at,
                                 .radius = f->radius,
                                 .fill = job->st->colour.symbol_ring});
    }
}

static void add_ring(struct lay_job *job, const struct figure *f) {
    add_paper(job, f);
    if (f->stack->slices > 1) {
        add_sectors(job, f);
    } else {
        add_shape(job, f);
    }
}

/* The light middle; of hollow ones with a line, which tells it from their inside. */
static struct im_item middle_item(const struct lay_job *job, const struct figure *f) {
    const struct lay_slice *first = &f->stack->slice[0];
    struct im_item item = {.kind = IM_ITEM_SYMBOL, .symbol = IM_CIRCLE, .at = f->at};
    item.radius = f->stack->hub * f->radius;
    item.fill = job->st->colour.symbol_hollow;
    if (f->stack->slices == 1 &&
        (first->evidence != IM_EVIDENCE_NONE || first->look.hatch.gap > 0)) {
        item.stroke = (struct im_stroke){.colour = first->look.colour, .width = 1.2};
    }
    return item;
}

static void add_number(struct lay_job *job, const struct figure *f, size_t n) {
    double size = lay_stack_type(job, n, f->stack->hub * f->radius);
    struct lay_type type = lay_bold_type(size, job->st->colour.title);
    struct im_pt at = {f->at.x, f->at.y + lay_half_cap(size)};
    lay_add_text(job, f->layer, at, IM_MIDDLE, &type,
                 lay_number_text(job->arena, job->in, (double)n));
}

void lay_stack_marks(struct lay_job *job, const struct lay_stack *stack) {
    const struct lay_symbol *s = stack->v[0];
    struct figure f = {stack, s->at, s->radius, s->ring, LAY_INCIDENTS};
    add_ring(job, &f);
    struct im_item middle = middle_item(job, &f);
    lay_stack_told(job->arena, stack, LAY_WHOLE, &middle);
    lay_add(job, f.layer, middle);
    add_number(job, &f, stack->n);
}

void lay_stack_sample(struct lay_job *job, struct im_pt at, double radius, size_t n,
                      bool mixed) {
    im_rgba grey = job->st->colour.grey;
    struct lay_slice slices[] = {
        {.look = {.colour = grey}, .n = 5},
        {.look = {.colour = lay_colour_blend(lay_colour_alpha(grey, 0.45),
                                             job->st->colour.page)},
         .n = 4},
        {.look = {.colour = grey}, .evidence = IM_CLAIMED, .n = 3}};
    struct lay_stack stack = {.n = 12, .slice = slices, .slices = mixed ? 3 : 1};
    stack.shape = IM_CIRCLE;
    stack.hub = n > 0 ? 0.74 : 0.5;
    n = n < SAMPLE_MOST ? n : SAMPLE_MOST;
    struct figure f = {&stack, at, radius, 0, LAY_LEGEND};
    add_ring(job, &f);
    lay_add(job, f.layer, middle_item(job, &f));
    if (n > 0) {
        add_number(job, &f, n);
    }
}
