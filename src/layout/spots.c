/*
 * Point labels. The order of preference is Imhof's (1962): right above, right, right
 * below, then left, then centred above and below.
 */
#include "layout/spots.h"

#include "layout/mask.h"

#include <math.h>

#define AWAY 3.0    /* between a symbol and its name */
#define BETWEEN 2.0 /* between two names, one over the other */
#define ABREAST 7.0 /* between two on a line: nearer, they read as one */
#define BESIDE 12.0 /* a name this near to a disc can be read as its name */
#define CLEAR 3.0   /* by which it must be farther from it than from its own */
#define ROUNDS 4
#define FIRST 4 /* of so many names one has others make room for it at once */

struct seat {
    double x, y; /* direction; x also says which end of the text is anchored */
    double far;  /* extra distance, points */
    double cost;
};

#define SEATS 12
static const struct seat seats[SEATS] = {
    {1, 0, 0, 0},        {1, -0.55, 0, 0.15}, {1, 0.55, 0, 0.2},  {-1, 0, 0, 0.4},
    {-1, -0.55, 0, 0.5}, {-1, 0.55, 0, 0.55}, {0, -1, 0, 0.6},    {0, 1, 0, 0.7},
    {0.5, -1, 0, 0.65},  {0.5, 1, 0, 0.75},   {-0.5, -1, 0, 0.8}, {-0.5, 1, 0, 0.85},
};

/* The seats once more, farther out: points of distance and what they cost. */
static const struct ring {
    double far, cost;
} rings[] = {{0, 0}, {7, 1.3}, {14, 2.2}, {22, 3.4}, {31, 5}};
#define RINGS (sizeof rings / sizeof rings[0])
#define MOVED_COST 0.9 /* of a seat at the moved symbol instead of the place itself */

/* What the name stands beside: the place, or its moved symbol. */
struct anchor {
    struct im_pt at;
    double keep_off;
};

/* Text beside the point: x direction +-1, moved up or down by the seat's y. */
static struct im_pt beside(struct anchor a, double size, const struct seat *at) {
    double off = a.keep_off + AWAY + at->far;
    double rise = at->y * (a.keep_off + 0.55 * size + at->far);
    double draw_in =
        fabs(at->y) * 0.35 * (a.keep_off + AWAY); // a diagonal seat is nearer
    return (struct im_pt){a.at.x + at->x * (off - draw_in),
                          a.at.y + rise + lay_half_cap(size)};
}

/* Text over or under the point, its middle shifted by a share of its width. */
static struct im_pt stacked(struct anchor a, const struct seat *at,
                            struct im_extent_pt e) {
    double off = a.keep_off + AWAY - 1 + at->far;
    double rise = at->y < 0 ? -off - 0.85 * e.descent : off + 0.82 * e.ascent;
    return (struct im_pt){a.at.x + at->x * 0.6 * e.width, a.at.y + rise};
}

size_t lay_own(const struct lay_job *job, const struct lay_spot *spot) {
    return LAY_TOWN_OWNER + (size_t)(spot->town - job->in->towns);
}

static void add_seat(struct lay_spot *spot, struct anchor a, const struct seat *seat,
                     const struct lay_rivals *near) {
    bool side = fabs(seat->x) == 1;
    struct lay_candidate c = {.align = IM_MIDDLE, .cost = seat->cost, .near = near};
    if (side) {
        c.align = seat->x > 0 ? IM_LEFT : IM_RIGHT;
        c.at = beside(a, spot->type.font.size, seat);
    } else {
        c.at = stacked(a, seat, spot->extent);
    }
    c.box = lay_text_rect(c.at, c.align, spot->extent);
    c.ink = c.box;
    c.ink.y = c.at.y - 2 * lay_half_cap(spot->type.font.size);
    c.ink.h = c.box.y + c.box.h - c.ink.y;
    spot->v[spot->n++] = c;
}

/* What the field says about it, and what it could be misread as. */
static double cost_of(const struct lay_job *job, const struct lay_spot *spot,
                      struct lay_candidate *c) {
    if (c->known) {
        return c->cost;
    }
    c->known = true;
    if (job->on_globe != NULL && !lay_mask_holds(job->on_globe, c->box, 1)) {
        c->cost = HUGE_VAL; // half a name beside the globe has no ground to stand on
        return c->cost;
    }
    double under = (spot->over_lines ? lay_field_cover : lay_field_box)(
        job->field, lay_rect_grow(c->box, 1.5), lay_own(job, spot));
    c->cost += under;
    if (under < HUGE_VAL) {
        c->cost += lay_misread(job, spot, c, under > 0);
    }
    return c->cost;
}

static void add_ring(const struct lay_job *job, struct lay_spot *spot, struct anchor a,
                     struct ring ring) {
    const struct im_extent_pt *e = &spot->extent;
    double reach = a.keep_off + AWAY + ring.far + e->width +
                   2 * (e->ascent + e->descent) + 2 * spot->type.font.size;
    const struct lay_rivals *near = lay_find_rivals(job, spot, a.at, reach);
    for (size_t i = 0; i < SEATS; i++) {
        struct seat seat = seats[i];
        seat.far = ring.far;
        seat.cost += ring.cost;
        add_seat(spot, a, &seat, near);
    }
}

static size_t most_rings(const struct lay_spot *spot) {
    return spot->town->wanted ? RINGS : 3;
}

/* Candidates of one more ring. */
static void widen(const struct lay_job *job, struct lay_spot *spot) {
    struct anchor a = {spot->town->at, spot->keep_off};
    add_ring(job, spot, a, rings[spot->rings++]);
}

void lay_candidates(const struct lay_job *job, struct lay_spot *spot) {
    struct im_measure measure = job->in->measure;
    spot->extent = measure.text(measure.self, &spot->type.font, spot->text);
    if (spot->v == NULL) {
        spot->v =
            im_alloc(job->scratch, (most_rings(spot) + 1) * SEATS, sizeof *spot->v);
    }
    const struct im_extent_pt *e = &spot->extent;
    double moved = spot->moved == NULL ? 0
                                       : lay_distance(spot->moved->at, spot->town->at) +
                                             spot->moved->reach;
    spot->reach = spot->keep_off + spot->radius + moved + rings[RINGS - 1].far + AWAY +
                  1.6 * e->width + 3 * (e->ascent + e->descent) +
                  2 * spot->type.font.size + BESIDE;
    spot->n = spot->rings = 0;
    spot->chosen = LAY_NOWHERE;
    widen(job, spot);
    if (spot->moved != NULL) {
        struct anchor a = {spot->moved->at, spot->moved->reach};
        add_ring(job, spot, a, (struct ring){0, MOVED_COST});
    }
}

/* Is a name so near to a disc that it hides it, or nearer to it than to its own? It
 * would be read as its. `far` and `own_far` points from the two places. */
static bool belongs_to(const struct lay_spot *own, double own_far,
                       const struct lay_spot *other, double far) {
    return !other->hidden && (far < other->radius + BETWEEN ||
                              (!own->hidden && far < BESIDE + other->radius &&
                               far - other->radius < own_far - own->radius + CLEAR));
}

/* From the point to the capitals of its own name: many have no tails, and what is under
 * them is not nearer for those of others. */
static double own_far(const struct lay_candidate *c, struct im_pt own) {
    struct im_rect capitals = c->ink;
    capitals.h = c->at.y - c->ink.y;
    return lay_rect_distance(capitals, own);
}

/* Would `s` with its name there and the placed spot `o` be in each other's way? */
static bool conflict(const struct lay_spot *s, const struct lay_candidate *mine,
                     const struct lay_spot *o) {
    const struct lay_candidate *theirs = &o->v[o->chosen];
    struct im_pt a = s->town->at, b = o->town->at;
    return lay_rect_overlap(lay_rect_grow(mine->box, BETWEEN), theirs->box) ||
           lay_rect_overlap(lay_rect_abreast(mine->box, ABREAST), theirs->box) ||
           belongs_to(s, own_far(mine, a), o, lay_rect_distance(mine->ink, b)) ||
           belongs_to(o, own_far(theirs, b), s, lay_rect_distance(theirs->ink, a)) ||
           (!s->hidden && !o->hidden && lay_distance(a, b) < s->radius + o->radius + 1);
}

/* What a placed spot covers, with all round it where another could be in its way. */
struct placed {
    size_t at;
    struct im_rect hull;
};

/* Spots among which one seeks its place. */
struct search {
    const struct lay_job *job;
    struct lay_spot *v;
    size_t n, fixed;     /* the first ones stay where they are */
    struct placed *near; /* those that one spot may meet, so many */
    size_t near_count;
};

/* Bounds of the spot's disc and its name in the box. */
static struct im_rect hull_of(const struct lay_spot *s, struct im_rect box) {
    struct im_pt p = s->town->at;
    double x0 = fmin(box.x, p.x - s->radius), y0 = fmin(box.y, p.y - s->radius);
    double x1 = fmax(box.x + box.w, p.x + s->radius);
    double y1 = fmax(box.y + box.h, p.y + s->radius);
    return (struct im_rect){x0, y0, x1 - x0, y1 - y0};
}

/* Those that `s` may meet: placed, and not too far away. */
static void find_near(struct search *in, const struct lay_spot *s) {
    in->near_count = 0;
    for (size_t i = 0; i < in->n; i++) {
        const struct lay_spot *o = &in->v[i];
        double reach = s->reach + o->reach;
        if (o->chosen != LAY_NOWHERE && o != s &&
            fabs(s->town->at.x - o->town->at.x) <= reach &&
            fabs(s->town->at.y - o->town->at.y) <= reach) {
            struct im_rect hull = hull_of(o, o->v[o->chosen].box);
            in->near[in->near_count++] =
                (struct placed){i, lay_rect_grow(hull, BESIDE + 1)};
        }
    }
}

/* Spots near s in the way of candidate c; *who = one of them. Stops at `most`. */
static size_t blockers(const struct search *in, const struct lay_spot *s, size_t c,
                       size_t most, size_t *who) {
    size_t count = 0;
    struct im_rect hull = hull_of(s, s->v[c].box);
    for (size_t i = 0; i < in->near_count && count < most; i++) {
        const struct placed *o = &in->near[i];
        if (lay_rect_overlap(o->hull, hull) && conflict(s, &s->v[c], &in->v[o->at])) {
            *who = o->at;
            count++;
        }
    }
    return count;
}

/* Cheapest free candidate, if it is cheaper than the free one `best` (LAY_NOWHERE:
 * there is none); else that. A farther ring is looked at only where it may have a
 * cheaper one, and what one costs is asked only where that may be less. */
static size_t cheapest(struct search *in, struct lay_spot *s, size_t best) {
    find_near(in, s);
    for (size_t c = 0;; c++) {
        size_t who;
        while (c == s->n && s->rings < most_rings(s) &&
               (best == LAY_NOWHERE || s->v[best].cost > rings[s->rings].cost)) {
            widen(in->job, s);
        }
        if (c == s->n) {
            return best;
        }
        double most = best == LAY_NOWHERE ? HUGE_VAL : s->v[best].cost;
        if (s->v[c].cost < most && blockers(in, s, c, 1, &who) == 0 &&
            cost_of(in->job, s, &s->v[c]) < most) {
            best = c;
        }
    }
}

/* Let one neighbour move elsewhere so that s finds a place. */
static bool make_room(struct search *in, struct lay_spot *s) {
    find_near(in, s);
    for (size_t c = 0; c < s->n; c++) {
        size_t who = 0;
        if (blockers(in, s, c, 2, &who) != 1 || who < in->fixed ||
            cost_of(in->job, s, &s->v[c]) == HUGE_VAL) {
            continue;
        }
        struct lay_spot *other = &in->v[who];
        size_t before = other->chosen;
        other->chosen = LAY_NOWHERE;
        s->chosen = c;
        other->chosen = cheapest(in, other, LAY_NOWHERE);
        if (other->chosen != LAY_NOWHERE) {
            return true;
        }
        other->chosen = before;
        s->chosen = LAY_NOWHERE;
        find_near(in, s);
    }
    return false;
}

static void improve(struct search *in) {
    bool moved = true;
    for (int round = 0; round < ROUNDS && moved; round++) {
        moved = false;
        for (size_t i = in->fixed; i < in->n; i++) {
            struct lay_spot *s = &in->v[i];
            size_t best =
                s->chosen == LAY_NOWHERE ? s->chosen : cheapest(in, s, s->chosen);
            moved = moved || best != s->chosen;
            s->chosen = best;
        }
    }
}

size_t lay_place_spots(const struct lay_job *job, struct lay_spot *spots, size_t n,
                       size_t fixed, size_t most) {
    struct search in = {job, spots, n, fixed, NULL, 0};
    size_t placed = 0;
    in.near = im_alloc_raw(job->scratch, n + 1, sizeof *in.near);
    for (size_t i = fixed; i < n; i++) {
        spots[i].chosen = LAY_NOWHERE;
    }
    for (size_t i = fixed; i < n && placed < most; i++) {
        if (spots[i].v == NULL) {
            lay_candidates(job, &spots[i]);
        }
        spots[i].chosen = cheapest(&in, &spots[i], LAY_NOWHERE);
        // the first at once: lesser places after them would take what is left
        bool first = spots[i].town->rank == 0 || i - fixed < most / FIRST;
        placed +=
            spots[i].chosen != LAY_NOWHERE || (first && make_room(&in, &spots[i]));
    }
    for (size_t i = fixed; i < n && placed < most; i++) {
        if (spots[i].chosen == LAY_NOWHERE && make_room(&in, &spots[i])) {
            placed++;
        }
    }
    improve(&in);
    return placed;
}
