/* Step 4b: towns worth a label, in the order of their names. */
#include "api/job.h"
#include "geo/box.h"
#include "geo/inside.h"
#include "geodesy/field.h"
#include "geodesy/geodesy.h"
#include <math.h>
#include <string.h>

static bool inside(struct im_rect r, struct im_pt p) {
    return p.x >= r.x && p.x <= r.x + r.w && p.y >= r.y && p.y <= r.y + r.h;
}

/* Does an annotation point at it? */
static bool is_annotated(const struct incmap_job *job, const struct im_place *place) {
    const struct im_spec *spec = &job->spec;
    for (size_t i = 0; i < spec->annotation_count; i++) {
        const char *at = spec->annotations[i].at;
        if (strcmp(at, place->name) == 0 ||
            strcmp(at, im_place_label(place, spec->language, spec->as_of)) == 0) {
            return true;
        }
    }
    return false;
}

/* Places that are named by the map's extent or by an incident, each once or more. */
struct named {
    const struct im_place **v;
    size_t n, cap;
};

static struct named named_places(const struct incmap_job *job) {
    struct named out = {NULL, 0, 0};
    for (size_t i = 0; i < job->around_count; i++) {
        IM_PUSH(job->arena, out.v, out.n, out.cap, job->around_place[i]);
    }
    for (size_t i = 0; i < job->events.n; i++) {
        const struct im_place *p = job->events.v[i].place;
        if (p != NULL && (out.n == 0 || out.v[out.n - 1] != p)) {
            IM_PUSH(job->arena, out.v, out.n, out.cap, p);
        }
    }
    return out;
}

#define STANDS_M                                                                       \
    3000.0 /* from coordinates to the point that a data file gives the town */

/* Has the place no name, but coordinates alone? It is a frame, and has no mark. */
static bool is_bare(const struct im_place *p) {
    return p->id[0] == '\0';
}

static bool stands_at(const struct im_place *town, const struct im_place *bare) {
    const double far = 0.03; // degrees of latitude: most places are told by these
    return is_bare(bare) && fabs(town->at.lat - bare->at.lat) < far &&
           im_near_distance(town->at, bare->at) < STANDS_M;
}

/* A map that is round coordinates is round the greatest town that stands there. */
static void name_what_stands(const struct incmap_job *job, struct named *named,
                             const struct im_place *const *places, size_t n) {
    for (size_t i = 0; i < job->around_count; i++) {
        const struct im_place *best = NULL;
        for (size_t k = 0; k < n; k++) {
            if (places[k]->kind == IM_SETTLEMENT && stands_at(places[k], named->v[i]) &&
                (best == NULL || places[k]->population > best->population)) {
                best = places[k];
            }
        }
        named->v[i] = best != NULL ? best : named->v[i];
    }
}

static bool is_wanted(const struct incmap_job *job, const struct named *named,
                      const struct im_place *place) {
    for (size_t i = 0; i < named->n; i++) {
        if (strcmp(named->v[i]->id, place->id) == 0) {
            return true;
        }
    }
    return is_annotated(job, place);
}

/* A capital that is a town of a country, not of a few islands, comes before larger
 * cities. */
#define CAPITAL_PEOPLE 100000

/* 0 capital, 1 city, 2 town, 3 village. */
static int town_rank(const struct im_place *p) {
    if (strcmp(p->feature, "capital") == 0) {
        return 0;
    }
    if (p->population >= 100000) {
        return 1;
    }
    return p->population >= 5000 || strcmp(p->feature, "town") == 0 ||
                   strcmp(p->feature, "city") == 0
               ? 2
               : 3;
}

static bool is_area(const struct im_place *p) {
    return p->kind == IM_COUNTRY || (p->kind == IM_REGION && p->has_box);
}

/* Does the place lie in a country that the map is around, or about in such a province?
 */
static bool is_subject(const struct incmap_job *job, const struct im_place *place) {
    for (size_t i = 0; i < job->around_count; i++) {
        const struct im_place *a = job->around_place[i];
        if (is_area(a) && strcmp(a->country, place->country) == 0 &&
            (a->kind == IM_COUNTRY || im_box_contains(a->box, place->at))) {
            return true;
        }
    }
    return false;
}

static bool has_subject(const struct incmap_job *job) {
    bool has = false;
    for (size_t i = 0; i < job->around_count && !has; i++) {
        has = is_area(job->around_place[i]);
    }
    return has;
}

/* Capitals are looked for first where the map shows a few countries, not a continent,
 * and that of a country that the map is around in any case. */
static bool leads(const struct incmap_job *job, const struct im_place *place,
                  int rank) {
    return rank == 0 && (job->view.ground_m_per_pt < 2500.0 || is_subject(job, place));
}

/* Villages only on maps where they mean something: 1 pt at most 150 m on the ground. A
 * city of a million has its name on the map of a continent, and so has any city of the
 * country that the map is around (`own`). */
static bool fits_scale(const struct incmap_job *job, const struct im_place *place,
                       int rank, bool own) {
    static const double coarsest[] = {1e9, 8000.0, 600.0, 150.0};
    bool large = rank == 1 && (place->population >= 1000000 || own);
    return job->view.ground_m_per_pt <= (large ? 25000.0 : coarsest[rank]);
}

/*
 * Does the land under a place belong to another country than its row says? Near a
 * border the row is right and the line is coarse: such a name is not drawn, or it would
 * stand on the wrong side. Only under `un`, whose owners the rows state.
 */
static bool is_misplaced(const struct incmap_job *job, const struct im_town *t) {
    const struct im_basemap *m = &job->basemap;
    if (m->user_borders || strcmp(job->spec.worldview, "un") != 0 ||
        t->place->country[0] == '\0') {
        return false;
    }
    for (size_t i = 0; i < m->ground_count; i++) {
        if (strcmp(m->grounds[i].owner, t->place->country) != 0 &&
            im_paths_contain(&m->grounds[i].paths, t->at)) {
            return true;
        }
    }
    return false;
}

enum { MAX_TOWNS = 600 };

struct glance {
    const struct incmap_job *job;
    const struct named *named;
};

/* May the place be on the map? Most are not: their names need not be read. */
static bool may_be_shown(const void *self, const struct im_place *place) {
    const struct glance *g = self;
    int rank = town_rank(place);
    if (fits_scale(g->job, place, rank, has_subject(g->job)) || rank == 0 ||
        g->job->spec.annotation_count > 0) {
        return true;
    }
    for (size_t i = 0; i < g->named->n; i++) {
        const struct im_place *p = g->named->v[i];
        if ((p->at.lon == place->at.lon && p->at.lat == place->at.lat) ||
            (i < g->job->around_count && stands_at(place, p))) {
            return true;
        }
    }
    return false;
}

#define DISC_ROOM 7.0 /* points from a disc's middle to the frame: none is cut */

/* Lies the place on the map with its whole disc? One that is named, in any case. */
static bool is_on_map(const struct incmap_job *job, const struct im_town *t) {
    struct im_rect r = job->view.frame;
    if (!t->asked) {
        r = (struct im_rect){r.x + DISC_ROOM, r.y + DISC_ROOM, r.w - 2 * DISC_ROOM,
                             r.h - 2 * DISC_ROOM};
    }
    return inside(r, t->at);
}

/* Order of the towns' names. On the map of a country its own cities take turns with the
 * capitals of others, and come before cities of others not much larger. */
enum turn { WANTED, CAPITALS, OWN, OTHERS, TURNS };
#define MUCH 2 /* times the people */

static enum turn turn_of(const struct incmap_job *job, const struct named *named,
                         const struct im_place *place) {
    int rank = town_rank(place);
    if (is_wanted(job, named, place) || leads(job, place, rank)) {
        return WANTED;
    }
    return rank == 0 && place->population >= CAPITAL_PEOPLE ? CAPITALS
           : is_subject(job, place)                         ? OWN
                                                            : OTHERS;
}

/* Its names are read now: most towns are never asked for. */
const char *im_job_town_label(void *self, const struct im_town *town) {
    struct incmap_job *job = self;
    struct im_town *own = &job->towns[town - job->towns];
    if (own->label == NULL) {
        const struct im_place *p =
            im_gazetteer_whole(job->gazetteer, job->arena, own->place);
        own->label = im_job_place_name(job, p);
    }
    return own->label;
}

/* Put the town on the map, when it is to be there. */
static void add_town(struct incmap_job *job, struct im_town t, bool brief) {
    if (!im_view_point(&job->view, t.place->at, &t.at) || !is_on_map(job, &t)) {
        return;
    }
    if (!t.wanted && t.rank == 3 && is_misplaced(job, &t)) {
        im_finding(&job->findings, IM_F_BORDER_COARSE, t.place->row, "",
                   "'%s' falls on the other side of the drawn border: not named",
                   t.place->name);
        return;
    }
    if (!brief) {
        t.label = im_job_place_name(job, t.place);
    }
    job->towns[job->town_count++] = t;
    if (t.wanted) {
        im_job_town_label(job, &job->towns[job->town_count - 1]);
    }
}

/* A landmark, a pass or an airport has its name where an incident or the extent names
 * it, as a town has; the gazetteer gives settled places alone. */
static void add_spots(struct incmap_job *job, const struct named *named) {
    for (size_t i = 0; i < named->n; i++) {
        const struct im_place *p = named->v[i];
        size_t k = 0;
        while (k < i && strcmp(named->v[k]->id, p->id) != 0) {
            k++;
        }
        if (k == i && !is_bare(p) && p->kind == IM_OTHER && p->area[0] == '\0') {
            struct im_town t = {
                .place = p, .wanted = true, .asked = true, .rank = town_rank(p)};
            add_town(job, t, false);
        }
    }
}

/* Is it next to a far larger place before it, a suburb? It comes as those of others. */
static bool is_suburb(const struct im_place *const *v, size_t i) {
    const double near_m = 30000, near_degrees = 0.28;
    for (size_t k = 0; k < i; k++) {
        if (v[k]->population >= 8 * v[i]->population &&
            fabs(v[k]->at.lat - v[i]->at.lat) < near_degrees &&
            im_distance(v[k]->at, v[i]->at) < near_m) {
            return true;
        }
    }
    return false;
}

/* Settlements in the view, the most important first, and the turns of their names. */
struct settled {
    const struct im_place **v;
    size_t n;
    const bool *part; /* of a city */
    unsigned char *turns;
    size_t next[TURNS]; /* of each turn */
};

/* The next one whose turn it is; n = there is none. */
static size_t next_of(struct settled *s, enum turn turn) {
    while (s->next[turn] < s->n && s->turns[s->next[turn]] != turn) {
        s->next[turn]++;
    }
    return s->next[turn];
}

/* Whose turn it is after `count` names, once the wanted have theirs. */
static enum turn next_turn(struct settled *s, size_t count) {
    size_t capital = next_of(s, CAPITALS), own = next_of(s, OWN);
    size_t other = next_of(s, OTHERS);
    if (capital < s->n) {
        return own < s->n && count % 2 == 1 ? OWN : CAPITALS;
    }
    bool first = own < s->n && (other == s->n || s->v[own]->population >=
                                                     s->v[other]->population / MUCH);
    return first ? OWN : OTHERS;
}

static void add_settled(struct incmap_job *job, const struct named *named,
                        const struct settled *s, size_t i, bool brief) {
    struct im_town t = {
        .place = s->v[i], .wanted = s->turns[i] == WANTED, .rank = town_rank(s->v[i])};
    if (t.wanted ||
        (!s->part[i] && fits_scale(job, s->v[i], t.rank, s->turns[i] == OWN))) {
        t.asked = t.wanted && is_wanted(job, named, s->v[i]);
        add_town(job, t, brief);
    }
}

/* In the order of their names. */
static void add_all(struct incmap_job *job, const struct named *named,
                    struct settled *s, bool brief) {
    for (size_t i; (i = next_of(s, WANTED)) < s->n; s->next[WANTED]++) {
        add_settled(job, named, s, i, brief);
    }
    for (size_t count = 0;; count++) {
        enum turn turn = next_turn(s, count);
        size_t i = next_of(s, turn);
        if (i == s->n) {
            return;
        }
        add_settled(job, named, s, i, brief);
        s->next[turn]++;
    }
}

void im_job_towns(struct incmap_job *job) {
    struct settled s = {0};
    struct named named = named_places(job);
    struct glance glance = {job, &named};
    // whether an annotation points at a place is told by its names
    struct im_within which = {.box = job->view.cover,
                              .limit = MAX_TOWNS,
                              .wants = may_be_shown,
                              .self = &glance,
                              .brief = job->spec.annotation_count == 0};
    s.n = im_gazetteer_within(job->gazetteer, job->arena, &which, &s.v);
    name_what_stands(job, &named, s.v, s.n);
    s.part = im_job_quarters(job, s.v, s.n);
    s.turns = im_alloc(job->arena, s.n + 1, sizeof *s.turns);
    for (size_t i = 0; i < s.n; i++) {
        bool settled = s.v[i]->kind == IM_SETTLEMENT;
        enum turn turn = settled ? turn_of(job, &named, s.v[i]) : TURNS;
        turn = turn == OWN && is_suburb(s.v, i) ? OTHERS : turn;
        s.turns[i] = (unsigned char)turn;
    }
    job->towns = im_alloc(job->arena, s.n + named.n + 1, sizeof *job->towns);
    job->town_count = 0;
    add_spots(job, &named);
    add_all(job, &named, &s, which.brief);
    im_job_part_capitals(job);
}
