/* Step 4b: towns worth a label, in the order of their names; names of areas. */
#include "api/job.h"
#include "geo/inside.h"
#include "geodesy/field.h"
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

/* Capitals are looked for first where the map shows a few countries, not a continent.
 */
static bool leads(const struct incmap_job *job, int rank) {
    return rank == 0 && job->view.ground_m_per_pt < 2500.0;
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

/* Villages only on maps where they mean something: 1 pt at most 150 m on the ground. A
 * city of a million has its name on the map of a continent. */
static bool fits_scale(const struct incmap_job *job, const struct im_place *place,
                       int rank) {
    static const double coarsest[] = {1e9, 8000.0, 600.0, 150.0};
    bool large = rank == 1 && place->population >= 1000000;
    return job->view.ground_m_per_pt <= (large ? 25000.0 : coarsest[rank]);
}

/* The country that one province is, by the name that both have in the data; or the
 * count of countries. */
static size_t whole_country(const struct im_basemap *m, const struct im_province *p) {
    size_t i = 0;
    while (i < m->ground_count && (strcmp(m->grounds[i].owner, p->owner) != 0 ||
                                   strcmp(m->grounds[i].name, p->name) != 0)) {
        i++;
    }
    return i;
}

static const char *name_of(struct incmap_job *job, const char *id,
                           const char *otherwise) {
    const struct im_place *p = im_gazetteer_by_id(job->gazetteer, id);
    return p == NULL ? otherwise : im_job_place_name(job, p);
}

const char *im_job_country_name(struct incmap_job *job, const struct im_ground *g) {
    return name_of(job, im_format(job->arena, "iso:%s", g->owner), g->name);
}

/* Names of countries and provinces in the map's language, where the gazetteer has them;
 * a province that is a country has its name in every language. */
void im_job_names(struct incmap_job *job) {
    struct im_basemap *m = &job->basemap;
    size_t *country = im_alloc(job->arena, m->province_count + 1, sizeof *country);
    for (size_t i = 0; i < m->province_count; i++) {
        country[i] = whole_country(m, &m->provinces[i]);
    }
    for (size_t i = 0; i < m->ground_count && !m->user_borders; i++) {
        m->grounds[i].name = im_job_country_name(job, &m->grounds[i]);
    }
    for (size_t i = 0; i < m->province_count; i++) {
        struct im_province *p = &m->provinces[i];
        p->name = country[i] < m->ground_count
                      ? m->grounds[country[i]].name
                      : name_of(job, im_format(job->arena, "u:%ld", p->unit), p->name);
    }
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
    if (fits_scale(g->job, place, rank) || leads(g->job, rank) ||
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

/* Order of the towns' names. */
enum turn { WANTED, CAPITALS, OTHERS, TURNS };

static enum turn turn_of(const struct incmap_job *job, const struct named *named,
                         const struct im_place *place) {
    int rank = town_rank(place);
    if (is_wanted(job, named, place) || leads(job, rank)) {
        return WANTED;
    }
    return rank == 0 && place->population >= CAPITAL_PEOPLE ? CAPITALS : OTHERS;
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

void im_job_towns(struct incmap_job *job) {
    const struct im_place **places = NULL;
    struct named named = named_places(job);
    struct glance glance = {job, &named};
    // whether an annotation points at a place is told by its names
    struct im_within which = {.box = job->view.cover,
                              .limit = MAX_TOWNS,
                              .wants = may_be_shown,
                              .self = &glance,
                              .brief = job->spec.annotation_count == 0};
    size_t n = im_gazetteer_within(job->gazetteer, job->arena, &which, &places);
    name_what_stands(job, &named, places, n);
    const bool *part = im_job_quarters(job, places, n);
    unsigned char *turns = im_alloc(job->arena, n + 1, sizeof *turns);
    for (size_t i = 0; i < n; i++) {
        bool settled = places[i]->kind == IM_SETTLEMENT;
        turns[i] = settled ? (unsigned char)turn_of(job, &named, places[i]) : TURNS;
    }
    job->towns = im_alloc(job->arena, n + named.n + 1, sizeof *job->towns);
    job->town_count = 0;
    add_spots(job, &named);
    for (int turn = WANTED; turn < TURNS; turn++) {
        for (size_t i = 0; i < n; i++) {
            if (turns[i] != turn) {
                continue;
            }
            struct im_town t = {.place = places[i],
                                .wanted = turn == WANTED,
                                .rank = town_rank(places[i])};
            if (!t.wanted && (part[i] || !fits_scale(job, places[i], t.rank))) {
                continue;
            }
            t.asked = t.wanted && is_wanted(job, &named, places[i]);
            add_town(job, t, which.brief);
        }
    }
}
