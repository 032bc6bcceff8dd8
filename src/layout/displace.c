/*
 * Numbered symbols must not cover each other: they are moved in the plane, as little as
 * that needs, and a stem leads from each moved one to its true spot.
 *
 *   1. symbols of one spot start in a circle round it, by number
 *   2. relax: overlapping pairs push each other apart, all are drawn home, nobody
 * covers the spot or the stem of a moved one, and no moved one a place that was asked
 * for and has no incident: its name would find no room
 *   3. whoever ends more than NEAR off its spot becomes "moved" and gives its spot
 * free; from the start again until nobody new is moved
 *   4. two stems that cross: the symbols change places
 *   5. still no room: all symbols shrink, their areas in proportion
 */
#include "layout/relax.h"
#include "layout/stack.h"

#include <math.h>

#define PI 3.14159265358979323846
#define NEAR 2.0 /* points off its spot that need no stem */
#define TURNS 16
#define TURNED 0.5 /* what each turn costs: reading order when all else is equal */
#define ABROAD 90.0
#define CONCERNED 60 /* stacks and symbols near them that are looked at */

/* Position k of n round a spot, in reading order when the table is not turned. */
static void seat(const struct lay_table *t, struct lay_symbol *s, size_t k, size_t n,
                 double largest) {
    double first = (n == 2 ? PI : -PI / 2) + t->turn;
    double angle = first + 2 * PI * (double)k / (double)n;
    double round = n > 1 ? (2 * largest + LAY_APART) / (2 * sin(PI / (double)n)) : 0;
    double r = fmax(s->reach + LAY_SPOT, round);
    s->at =
        (struct im_pt){lay_home(s).x + r * cos(angle), lay_home(s).y + r * sin(angle)};
}

/* Away from the middle of the neighbours, for one that has its spot for itself. */
static void seat_alone(const struct lay_table *t, struct lay_symbol *s) {
    struct im_pt sum = {0, 0};
    double n = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct im_pt p = lay_home(&t->v[i]);
        if (lay_distance(p, lay_home(s)) < 80) {
            sum.x += p.x;
            sum.y += p.y;
            n++;
        }
    }
    struct im_pt middle = {sum.x / n, sum.y / n};
    s->at = lay_home(s);
    lay_move(s, lay_toward(middle, lay_home(s), s->number), s->reach + LAY_SPOT);
}

/* Step 1. */
static void start(struct lay_table *t) {
    for (size_t i = 0; i < t->n; i++) {
        struct lay_symbol *s = &t->v[i];
        size_t before = 0;
        size_t n = 0;
        double largest = 0;
        for (size_t k = 0; k < t->n; k++) {
            if (lay_distance(lay_home(&t->v[k]), lay_home(s)) <= NEAR &&
                t->v[k].displaced) {
                before += k < i;
                n++;
                largest = fmax(largest, t->v[k].reach);
            }
        }
        s->at = lay_home(s);
        if (s->displaced && n > 1) {
            seat(t, s, before, n, largest);
        } else if (s->displaced) {
            seat_alone(t, s);
        }
    }
}

/* Steps 1 and 2 with nobody moved, which is the same for all turns and guests. */
static bool relax_alone(struct lay_table *t) {
    if (!t->has_alone) {
        start(t);
        t->alone_free = lay_relax(t);
        for (size_t i = 0; i < t->n; i++) {
            t->alone[i] = t->v[i].at;
        }
        t->has_alone = true;
    }
    for (size_t i = 0; i < t->n; i++) {
        t->v[i].at = t->alone[i];
    }
    return t->alone_free;
}

static bool relax_seated(struct lay_table *t) {
    start(t);
    return lay_relax(t);
}

/* Step 3; true when all found room. */
static bool settle(struct lay_table *t) {
    for (size_t i = 0; i < t->n; i++) {
        t->v[i].displaced = false;
    }
    for (size_t round = 0; round <= t->n; round++) {
        bool free = round == 0 ? relax_alone(t) : relax_seated(t);
        bool news = false;
        for (size_t i = 0; i < t->n; i++) {
            struct lay_symbol *s = &t->v[i];
            if (!s->displaced && lay_distance(s->at, lay_home(s)) > NEAR) {
                s->displaced = true;
                news = true;
            }
        }
        if (!news) {
            return free;
        }
    }
    return false;
}

static bool stems_cross(const struct lay_symbol *a, const struct lay_symbol *b) {
    return a->displaced && b->displaced &&
           lay_distance(lay_home(a), lay_home(b)) > NEAR &&
           lay_segments_cross(lay_home(a), a->at, lay_home(b), b->at);
}

/* Step 4. */
static bool uncross(struct lay_table *t) {
    bool free = true;
    for (int tries = 0; tries < 20; tries++) {
        bool swapped = false;
        for (size_t i = 0; i < t->n && !swapped; i++) {
            for (size_t k = i + 1; k < t->n && !swapped; k++) {
                if (stems_cross(&t->v[i], &t->v[k])) {
                    struct im_pt at = t->v[i].at;
                    t->v[i].at = t->v[k].at;
                    t->v[k].at = at;
                    swapped = true;
                }
            }
        }
        if (!swapped) {
            break;
        }
        free = lay_relax(t);
    }
    return free;
}

static bool overlaps(const struct lay_table *t) {
    for (size_t i = 0; i < t->n; i++) {
        for (size_t k = i + 1; k < t->n; k++) {
            const struct lay_symbol *a = &t->v[i];
            const struct lay_symbol *b = &t->v[k];
            if (!(a->kept && b->kept) &&
                lay_distance(a->at, b->at) < a->reach + b->reach + LAY_APART - 0.1) {
                return true;
            }
        }
    }
    return false;
}

static void shrink(struct lay_table *t, double ring) {
    for (size_t i = 0; i < t->n; i++) {
        struct lay_symbol *s = &t->v[i];
        s->reach = (s->reach - ring) * 0.85 + ring;
        s->radius *= 0.85;
    }
    t->has_alone = false;
}

/* Share of the symbol that lies in another country than its spot, at its middle and at
 * eight points of its outline. */
static double abroad(const struct lay_table *t, const struct lay_symbol *s) {
    size_t own = lay_land_at(t->job, lay_home(s));
    double n = lay_land_at(t->job, s->at) != own;
    for (int i = 0; i < 8; i++) {
        double angle = PI / 4 * i;
        struct im_pt p = {s->at.x + s->reach * cos(angle),
                          s->at.y + s->reach * sin(angle)};
        n += lay_land_at(t->job, p) != own;
    }
    return n / 9 * n / 9;
}

/* What a settled table costs: points of displacement, much for a symbol that ends up in
 * another country than its spot. */
static double cost_of(const struct lay_table *t) {
    double sum = 0;
    for (size_t i = 0; i < t->n; i++) {
        const struct lay_symbol *s = &t->v[i];
        if (s->displaced) {
            sum += lay_distance(s->at, lay_home(s)) + ABROAD * abroad(t, s);
        }
    }
    return sum;
}

/* Settle with the seats turned in steps; keep the cheapest. False: no room in any. */
static bool settle_best(struct lay_table *t) {
    struct im_pt *best = im_alloc(t->job->scratch, t->n + 1, sizeof *best);
    double least = HUGE_VAL;
    for (int i = 0; i < TURNS && i * TURNED < least; i++) {
        t->turn = 2 * PI * i / TURNS;
        bool free = settle(t);
        free = uncross(t) && free && !overlaps(t);
        double cost = cost_of(t) + i * TURNED;
        if (free && cost < least) {
            least = cost;
            for (size_t k = 0; k < t->n; k++) {
                best[k] = t->v[k].at;
            }
        }
        if (free && cost == 0) {
            break;
        }
    }
    for (size_t k = 0; k < t->n && least < HUGE_VAL; k++) {
        t->v[k].at = best[k];
    }
    return least < HUGE_VAL;
}

static void end(struct lay_table *t) {
    for (size_t i = 0; i < t->n; i++) {
        t->v[i].displaced = lay_distance(t->v[i].at, lay_home(&t->v[i])) > NEAR;
    }
}

/* What is drawn: one for each stack. Copies where there are stacks. */
static void gather(struct lay_job *job, struct lay_table *t) {
    t->v = job->symbols;
    t->n = job->symbol_count;
    if (job->stack_count > 0) {
        t->v = im_alloc(job->scratch, job->symbol_count + 1, sizeof *t->v);
        t->n = 0;
        for (size_t i = 0; i < job->symbol_count; i++) {
            if (lay_is_drawn(&job->symbols[i])) {
                t->v[t->n++] = job->symbols[i];
            }
        }
    }
}

/* Members stand where their stack stands. */
static void give_back(struct lay_job *job, const struct lay_table *t) {
    for (size_t i = 0; i < t->n && job->stack_count > 0; i++) {
        const struct lay_symbol *from = &t->v[i];
        size_t members = from->stack == NULL ? 1 : from->stack->n;
        for (size_t k = 0; k < members; k++) {
            struct lay_symbol *s = from->stack == NULL ? &job->symbols[from->number - 1]
                                                       : from->stack->v[k];
            s->at = from->at;
            s->radius = from->radius;
            s->reach = from->reach;
            s->displaced = from->displaced;
        }
    }
}

/* The stacks; returns more than CONCERNED when they are that many. */
static size_t find_stacks(const struct lay_job *job,
                          const struct lay_symbol *out[CONCERNED]) {
    size_t n = 0;
    for (size_t i = 0; i < job->symbol_count; i++) {
        const struct lay_symbol *s = &job->symbols[i];
        if (s->stack == NULL || !lay_is_drawn(s)) {
            continue;
        }
        if (n == CONCERNED) {
            return n + 1;
        }
        out[n++] = s;
    }
    return n;
}

/* Only the stacks and those near them are left in the table; false: they are many. */
static bool keep_concerned(const struct lay_job *job, struct lay_table *t) {
    const struct lay_symbol *stack[CONCERNED];
    size_t stacks = find_stacks(job, stack), n = 0;
    for (size_t i = 0; i < t->n && stacks <= CONCERNED && n <= CONCERNED; i++) {
        bool near = t->v[i].stack != NULL;
        for (size_t k = 0; k < stacks && !near; k++) {
            near = lay_distance(stack[k]->at, t->v[i].at) <
                   2 * (stack[k]->reach + t->v[i].reach);
        }
        if (near) {
            t->v[n++] = t->v[i];
        }
    }
    t->n = n;
    return stacks <= CONCERNED && n <= CONCERNED;
}

/* Without numbers symbols stay on their spots; what hides the number of a stack, or is
 * hidden by it, moves the stack. Only where few are concerned. */
static void displace_stacks(struct lay_job *job, struct lay_table *t) {
    if (keep_concerned(job, t) && overlaps(t) && settle_best(t)) {
        end(t);
        give_back(job, t);
    }
}

/* All at once; symbols shrink until they find room. */
static void displace_all(struct lay_job *job, struct lay_table *t) {
    t->guest = lay_guests(job, &t->guests);
    bool free = t->guests > 0 && settle_best(t);
    t->guests = free ? t->guests : 0; // who has an incident comes first
    for (int tries = 0; !free && tries < 6 && !settle_best(t); tries++) {
        shrink(t, job->st->ring);
        job->unit *= 0.85;
    }
    end(t);
    give_back(job, t);
}

void lay_displace(struct lay_job *job) {
    if (job->mode == LAY_PLAIN && job->stack_count == 0) {
        return;
    }
    struct lay_table t = {.job = job, .frame = job->page->map};
    gather(job, &t);
    t.before = im_alloc(job->scratch, 2 * t.n + 1, sizeof *t.before);
    t.alone = t.before + t.n;
    if (job->mode == LAY_PLAIN) {
        displace_stacks(job, &t);
    } else {
        displace_all(job, &t);
    }
}
