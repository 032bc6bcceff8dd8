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
#include "layout/guests.h"

#include <math.h>

#define PI 3.14159265358979323846
#define NEAR 2.0   /* points off its spot that need no stem */
#define SPOT 7.0   /* room for the dot that marks a spot */
#define APART 1.0  /* between two symbols */
#define ROUNDS 700 /* of relaxing, the last third without the pull home */
#define PULL 0.03
#define STILL 0.01 /* points a round: who moves no more stands where it will stand */
#define TURNS 16
#define ABROAD 90.0

struct table {
    const struct lay_job *job;
    struct lay_symbol *v;
    size_t n;
    struct im_rect frame;
    double turn; /* of the seats round a spot, radians */
    struct lay_guest *guest;
    size_t guests;
    struct im_pt *before; /* where each stood when the round began */
};

static struct im_pt home(const struct lay_symbol *s) {
    return s->mark->at;
}

/* Unit vector from a to b; for one and the same point a direction by index. */
static struct im_pt direction(struct im_pt a, struct im_pt b, size_t index) {
    double d = lay_distance(a, b);
    if (d < 1e-9) {
        double angle = 2.399963 * (double)index; // the golden angle spreads any number
        return (struct im_pt){cos(angle), sin(angle)};
    }
    return (struct im_pt){(b.x - a.x) / d, (b.y - a.y) / d};
}

static void move(struct lay_symbol *s, struct im_pt dir, double by) {
    s->at.x += dir.x * by;
    s->at.y += dir.y * by;
}

static void clamp(struct lay_symbol *s, struct im_rect frame) {
    double m = s->reach + 2;
    s->at.x = fmax(fmin(s->at.x, frame.x + frame.w - m), frame.x + m);
    s->at.y = fmax(fmin(s->at.y, frame.y + frame.h - m), frame.y + m);
}

/* Push pairs apart; the largest overlap found. */
static double push_pairs(struct table *t) {
    double worst = 0;
    for (size_t i = 0; i < t->n; i++) {
        for (size_t k = i + 1; k < t->n; k++) {
            struct lay_symbol *a = &t->v[i];
            struct lay_symbol *b = &t->v[k];
            double over = a->reach + b->reach + APART - lay_distance(a->at, b->at);
            if (over > 0) {
                struct im_pt dir = direction(a->at, b->at, i + k);
                move(a, dir, -over / 2);
                move(b, dir, over / 2);
                worst = fmax(worst, over);
            }
        }
    }
    return worst;
}

/* Push s off one point by `need`; how much was missing. */
static double push_off(struct lay_symbol *s, struct im_pt p, double need,
                       size_t index) {
    double over = need - lay_distance(s->at, p);
    if (over <= 0) {
        return 0;
    }
    move(s, direction(p, s->at, index), over);
    return over;
}

/* Keep everybody off the spots and stems of the moved ones. */
static double push_spots(struct table *t) {
    double worst = 0;
    for (size_t i = 0; i < t->n; i++) {
        for (size_t k = 0; k < t->n; k++) {
            struct lay_symbol *s = &t->v[i];
            const struct lay_symbol *m = &t->v[k];
            if (!m->displaced) {
                continue;
            }
            worst = fmax(worst, push_off(s, home(m), s->reach + SPOT, i));
            if (i != k) {
                struct im_pt foot;
                lay_segment_distance(s->at, home(m), m->at, &foot);
                worst = fmax(worst, push_off(s, foot, s->reach + APART, i));
            }
        }
    }
    return worst;
}

/* Keep the moved ones off places that are named in any case, and off their names. */
static double push_guests(struct table *t) {
    double worst = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct lay_symbol *s = &t->v[i];
        for (size_t k = 0; s->displaced && k < t->guests; k++) {
            const struct lay_guest *g = &t->guest[k];
            if (!lay_rect_has(lay_rect_grow(g->all, s->reach + 2 * APART), s->at)) {
                continue;
            }
            worst = fmax(worst, push_off(s, g->at, s->reach + g->radius, i));
            struct im_pt foot = lay_rect_nearest(g->name, s->at);
            worst = fmax(worst, push_off(s, foot, s->reach + 2 * APART, i));
        }
    }
    return worst;
}

/* One round of step 2: the largest overlap found. */
static double push_all(struct table *t) {
    double worst = push_pairs(t);
    worst = fmax(worst, push_spots(t));
    worst = fmax(worst, push_guests(t));
    for (size_t i = 0; i < t->n; i++) {
        clamp(&t->v[i], t->frame);
    }
    return worst;
}

/* The same after a pull home; how far the farthest moved in it. */
static double pull_and_push(struct table *t) {
    double most = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct lay_symbol *s = &t->v[i];
        t->before[i] = s->at;
        move(s, direction(s->at, home(s), i), PULL * lay_distance(s->at, home(s)));
    }
    push_all(t);
    for (size_t i = 0; i < t->n; i++) {
        most = fmax(most, lay_distance(t->before[i], t->v[i].at));
    }
    return most;
}

/* Step 2; true when nothing overlaps at the end. */
static bool relax(struct table *t) {
    double worst = 1;
    int round = 0;
    while (round < ROUNDS * 2 / 3 && pull_and_push(t) > STILL) {
        round++;
    }
    for (; round < ROUNDS && worst > 1e-3; round++) {
        worst = push_all(t);
    }
    return worst < 0.05;
}

/* Position k of n round a spot, in reading order when the table is not turned. */
static void seat(const struct table *t, struct lay_symbol *s, size_t k, size_t n,
                 double largest) {
    double first = (n == 2 ? PI : -PI / 2) + t->turn;
    double angle = first + 2 * PI * (double)k / (double)n;
    double round = n > 1 ? (2 * largest + APART) / (2 * sin(PI / (double)n)) : 0;
    double r = fmax(s->reach + SPOT, round);
    s->at = (struct im_pt){home(s).x + r * cos(angle), home(s).y + r * sin(angle)};
}

/* Away from the middle of the neighbours, for one that has its spot for itself. */
static void seat_alone(const struct table *t, struct lay_symbol *s) {
    struct im_pt sum = {0, 0};
    double n = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct im_pt p = home(&t->v[i]);
        if (lay_distance(p, home(s)) < 80) {
            sum.x += p.x;
            sum.y += p.y;
            n++;
        }
    }
    struct im_pt middle = {sum.x / n, sum.y / n};
    s->at = home(s);
    move(s, direction(middle, home(s), s->number), s->reach + SPOT);
}

/* Step 1. */
static void start(struct table *t) {
    for (size_t i = 0; i < t->n; i++) {
        struct lay_symbol *s = &t->v[i];
        size_t before = 0;
        size_t n = 0;
        double largest = 0;
        for (size_t k = 0; k < t->n; k++) {
            if (lay_distance(home(&t->v[k]), home(s)) <= NEAR && t->v[k].displaced) {
                before += k < i;
                n++;
                largest = fmax(largest, t->v[k].reach);
            }
        }
        s->at = home(s);
        if (s->displaced && n > 1) {
            seat(t, s, before, n, largest);
        } else if (s->displaced) {
            seat_alone(t, s);
        }
    }
}

/* Step 3; true when all found room. */
static bool settle(struct table *t) {
    for (size_t i = 0; i < t->n; i++) {
        t->v[i].displaced = false;
    }
    for (size_t round = 0; round <= t->n; round++) {
        start(t);
        bool free = relax(t);
        bool news = false;
        for (size_t i = 0; i < t->n; i++) {
            struct lay_symbol *s = &t->v[i];
            if (!s->displaced && lay_distance(s->at, home(s)) > NEAR) {
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
    return a->displaced && b->displaced && lay_distance(home(a), home(b)) > NEAR &&
           lay_segments_cross(home(a), a->at, home(b), b->at);
}

/* Step 4. */
static bool uncross(struct table *t) {
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
        free = relax(t);
    }
    return free;
}

static bool overlaps(const struct table *t) {
    for (size_t i = 0; i < t->n; i++) {
        for (size_t k = i + 1; k < t->n; k++) {
            const struct lay_symbol *a = &t->v[i];
            const struct lay_symbol *b = &t->v[k];
            if (lay_distance(a->at, b->at) < a->reach + b->reach + APART - 0.1) {
                return true;
            }
        }
    }
    return false;
}

static void shrink(struct table *t, double ring) {
    for (size_t i = 0; i < t->n; i++) {
        struct lay_symbol *s = &t->v[i];
        s->reach = (s->reach - ring) * 0.85 + ring;
        s->radius *= 0.85;
    }
}

/* Share of the symbol that lies in another country than its spot, at its middle and at
 * eight points of its outline. */
static double abroad(const struct table *t, const struct lay_symbol *s) {
    size_t own = lay_land_at(t->job, home(s));
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
static double cost_of(const struct table *t) {
    double sum = 0;
    for (size_t i = 0; i < t->n; i++) {
        const struct lay_symbol *s = &t->v[i];
        if (s->displaced) {
            sum += lay_distance(s->at, home(s)) + ABROAD * abroad(t, s);
        }
    }
    return sum;
}

/* Settle with the seats turned in steps; keep the cheapest. False: no room in any. */
static bool settle_best(struct table *t) {
    struct im_pt *best = im_alloc(t->job->scratch, t->n + 1, sizeof *best);
    double least = HUGE_VAL;
    for (int i = 0; i < TURNS; i++) {
        t->turn = 2 * PI * i / TURNS;
        bool free = settle(t);
        free = uncross(t) && free && !overlaps(t);
        double cost = cost_of(t) + i * 0.5; // in reading order when all else is equal
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

static void end(struct table *t) {
    for (size_t i = 0; i < t->n; i++) {
        t->v[i].displaced = lay_distance(t->v[i].at, home(&t->v[i])) > NEAR;
    }
}

void lay_displace(struct lay_job *job) {
    struct table t = {
        .job = job, .v = job->symbols, .n = job->symbol_count, .frame = job->page->map};
    if (job->mode == LAY_PLAIN) {
        return;
    }
    t.before = im_alloc(job->scratch, t.n + 1, sizeof *t.before);
    t.guest = lay_guests(job, &t.guests);
    if (t.guests > 0 && settle_best(&t)) {
        end(&t);
        return;
    }
    t.guests = 0; // who has an incident comes first
    for (int tries = 0; tries < 6 && !settle_best(&t); tries++) {
        shrink(&t, job->st->ring);
        job->unit *= 0.85;
    }
    end(&t);
}
