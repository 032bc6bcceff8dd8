/* Step 4: incidents as marks with what was measured for them; towns worth a label. */
#include "api/job.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "geo/box.h"
#include "geo/inside.h"
#include "geodesy/geodesy.h"
#include "text/text.h"
#include <math.h>
#include <string.h>

/* "17", "3.4", "12–22": kilometres as precise as the position allows. */
static const char *kilometres(struct incmap_job *job, const struct im_nearest *n) {
    double low = n->low / 1000.0, high = n->high / 1000.0, at = n->metres / 1000.0;
    int decimals = at < 5.0 ? 1 : 0;
    const char *language = im_wording(job->spec.language);
    if (high - low > fmax(2.0, 0.25 * at)) {
        return im_format(job->arena, "%s–%s",
                         im_number_phrase(job->arena, language, floor(low), 0),
                         im_number_phrase(job->arena, language, ceil(high), 0));
    }
    return im_number_phrase(job->arena, language, at, decimals);
}

/* Longest name of a line in the words of a distance; longer ones are shortened. */
#define LONG_NAME 24

/* What the line is called on the map too, without the word that the phrase of a
 * `pipeline` has; the short name of what is called by half a sentence. */
static const char *feature_name(struct im_arena *arena, const struct im_feature *f,
                                bool pipeline) {
    static const char word[] = " pipeline";
    const char *brief = im_feature_attr(f, "short_name");
    const char *name = im_feature_attr(f, "name");
    size_t n = strlen(name), w = sizeof word - 1;
    size_t same = 0;
    while (pipeline && n > w && same < w && (name[n - w + same] | 0x20) == word[same]) {
        same++; // "Pipeline" as well as "pipeline"
    }
    name = same == w ? im_strndup(arena, name, n - w) : name;
    bool use = name[0] != '\0' && im_utf8_length(name, strlen(name)) <= LONG_NAME;
    return use || brief[0] == '\0' ? name : brief;
}

/* Distance to the nearest feature of all overlays, in words; "" without overlays. */
static const char *distance_words(struct incmap_job *job, const struct im_event *event,
                                  struct im_targets *const *targets) {
    struct im_nearest best = {.feature = NULL, .metres = INFINITY};
    for (size_t i = 0; i < job->spec.overlay_count; i++) {
        struct im_nearest n = im_nearest_feature(event, targets[i]);
        if (n.feature != NULL && n.metres < best.metres) {
            best = n;
        }
    }
    if (best.feature == NULL || event->position.kind != IM_POINT) {
        return "";
    }
    bool pipeline = im_feature_attr(best.feature, "substance")[0] != '\0';
    const char *name = feature_name(job->arena, best.feature, pipeline),
               *language = job->spec.language;
    if (name[0] == '\0') {
        return "";
    }
    language = im_wording(language);
    return im_phrase_fill(
        job->arena, language, pipeline ? "distance_pipeline" : "distance_line",
        "distance",
        im_length_phrase(job->arena, language, kilometres(job, &best), true), "name",
        name, NULL);
}

static const char *place_words(struct incmap_job *job, const struct im_event *event) {
    if (event->place != NULL) {
        return im_job_place_name(job, event->place);
    }
    return event->place_text;
}

/* A line farther away than the map is wide says nothing about an incident on it. */
static double worth_telling(struct im_extent extent) {
    struct im_box box = im_box_grow(extent.box, extent.margin_m);
    struct im_lonlat sw = {box.west, box.south}, ne = {box.east, box.north};
    return fmax(im_distance(sw, ne), 2 * extent.margin_m);
}

/* Until there is a view, those that may come to lie in the frame, whatever its shape,
 * count as being there: the page is planned for them. */
void im_job_marks(struct incmap_job *job, struct im_extent extent) {
    job->marks = im_alloc(job->arena, job->events.n + 1, sizeof *job->marks);
    job->mark_count = 0;
    size_t overlays = job->spec.overlay_count;
    double far = worth_telling(extent);
    struct im_box wide = im_box_grow(extent.box, extent.margin_m + far);
    struct im_targets **targets = im_alloc(job->arena, overlays + 1, sizeof *targets);
    for (size_t i = 0; i < overlays && job->events.n > 0; i++) {
        targets[i] = im_targets_new(job->arena, &job->overlay_features[i], far);
    }
    for (size_t i = 0; i < job->events.n; i++) {
        const struct im_event *event = &job->events.v[i];
        if (event->position.kind == IM_NOT_MAPPABLE) {
            continue;
        }
        job->marks[job->mark_count++] =
            (struct im_mark){.event = event,
                             .in_frame = im_box_contains(wide, event->position.at),
                             .distance = distance_words(job, event, targets),
                             .place_label = place_words(job, event)};
    }
}

/* Of the marks before the n-th, the last in the same area has its paths: incidents in
 * one area are drawn in one. */
static const struct im_paths *area_paths(struct incmap_job *job, size_t n) {
    const struct im_position *p = &job->marks[n].event->position;
    struct im_lines rings = {0};
    for (size_t i = n; p->kind == IM_AREA && i > 0; i--) {
        const struct im_position *other = &job->marks[i - 1].event->position;
        if (other->kind == IM_AREA && strcmp(other->area, p->area) == 0) {
            return job->marks[i - 1].area;
        }
    }
    if (p->kind != IM_AREA ||
        !im_geodata_area(job->geodata, job->arena, p->area, &rings)) {
        return NULL;
    }
    struct im_paths *paths = im_alloc(job->arena, 1, sizeof *paths);
    for (size_t i = 0; i < rings.n; i++) {
        im_view_ring(&job->view, job->arena, &rings.v[i], paths);
    }
    return paths->n > 0 ? paths : NULL;
}

static bool inside(struct im_rect r, struct im_pt p) {
    return p.x >= r.x && p.x <= r.x + r.w && p.y >= r.y && p.y <= r.y + r.h;
}

/* All are elsewhere: the figure would look as if nothing had happened. */
static void check_empty(struct incmap_job *job) {
    size_t shown = 0;
    for (size_t i = 0; i < job->mark_count; i++) {
        shown += job->marks[i].in_frame || job->marks[i].area != NULL;
    }
    if (job->mark_count == 0 || shown > 0) {
        return;
    }
    im_finding(&job->findings, IM_F_NO_INCIDENT, IM_FILE(job->spec.incidents[0].file),
               "widen it with --margin, or choose it with --around or --bbox",
               "no incident lies on the map: %s",
               job->mark_count == 1
                   ? "the only one is outside"
                   : im_format(job->arena, "of %zu all are outside", job->mark_count));
}

void im_job_project_marks(struct incmap_job *job) {
    for (size_t i = 0; i < job->mark_count; i++) {
        struct im_mark *m = &job->marks[i];
        const struct im_event *e = m->event;
        bool image = im_view_point(&job->view, e->position.at, &m->at);
        m->in_frame = image && inside(job->view.frame, m->at);
        m->area = area_paths(job, i);
        if (!image) {
            im_finding(&job->findings, IM_F_NO_IMAGE, e->row, "choose another --crs",
                       "'%s' has no image in this projection",
                       im_mark_where(job->arena, im_wording(job->spec.language), m));
        } else if (!m->in_frame) {
            im_finding(&job->findings, IM_F_OUTSIDE, e->row,
                       "widen the map with --margin, or filter the row with --where",
                       "'%s' lies outside the map",
                       im_mark_where(job->arena, im_wording(job->spec.language), m));
        }
    }
    check_empty(job);
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
        const struct im_lonlat at = g->named->v[i]->at;
        if (at.lon == place->at.lon && at.lat == place->at.lat) {
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

void im_job_towns(struct incmap_job *job) {
    const struct im_place **places = NULL;
    struct named named = named_places(job);
    struct glance glance = {job, &named};
    struct im_within which = {job->view.cover, MAX_TOWNS, may_be_shown, &glance};
    size_t n = im_gazetteer_within(job->gazetteer, job->arena, &which, &places);
    const bool *part = im_job_quarters(job, places, n);
    job->towns = im_alloc(job->arena, n + 1, sizeof *job->towns);
    job->town_count = 0;
    for (int turn = WANTED; turn < TURNS; turn++) {
        for (size_t i = 0; i < n; i++) {
            struct im_town t = {.place = places[i], .wanted = turn == WANTED};
            t.rank = town_rank(places[i]);
            t.asked = t.wanted && is_wanted(job, &named, places[i]);
            if (places[i]->kind != IM_SETTLEMENT ||
                (int)turn_of(job, &named, places[i]) != turn ||
                (!t.wanted && (part[i] || !fits_scale(job, places[i], t.rank))) ||
                !im_view_point(&job->view, places[i]->at, &t.at) ||
                !is_on_map(job, &t)) {
                continue;
            }
            if (!t.wanted && t.rank == 3 && is_misplaced(job, &t)) {
                im_finding(
                    &job->findings, IM_F_BORDER_COARSE, t.place->row, "",
                    "'%s' falls on the other side of the drawn border: not named",
                    t.place->name);
                continue;
            }
            t.label = im_job_place_name(job, places[i]);
            job->towns[job->town_count++] = t;
        }
    }
}
