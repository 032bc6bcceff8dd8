/* Step 4: incidents as marks with what was measured for them. */
#include "api/job.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "geo/box.h"
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

/* Of the marks before the n-th, the last in the same area: incidents in one area are
 * drawn in one, and stand on the same part of it. NULL = none. */
static const struct im_mark *in_same_area(const struct incmap_job *job, size_t n) {
    const struct im_position *p = &job->marks[n].event->position;
    for (size_t i = n; p->kind == IM_AREA && p->area[0] != '\0' && i > 0; i--) {
        const struct im_position *other = &job->marks[i - 1].event->position;
        if (other->kind == IM_AREA && strcmp(other->area, p->area) == 0) {
            return &job->marks[i - 1];
        }
    }
    return NULL;
}

static const struct im_paths *area_paths(struct incmap_job *job,
                                         const struct im_position *p) {
    struct im_lines rings = {0};
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

/* A lake is land that water is drawn on. */
static bool is_at_sea(const struct incmap_job *job, const struct im_event *e) {
    return e->place != NULL && e->place->kind == IM_WATER &&
           im_geodata_owner(job->geodata, job->arena, e->position.at, "un",
                            "world")[0] == '\0';
}

void im_job_project_marks(struct incmap_job *job) {
    for (size_t i = 0; i < job->mark_count; i++) {
        struct im_mark *m = &job->marks[i];
        const struct im_event *e = m->event;
        bool image = im_view_point(&job->view, e->position.at, &m->at);
        m->in_frame = image && inside(job->view.frame, m->at);
        const struct im_mark *same = in_same_area(job, i);
        m->area = same != NULL ? same->area : area_paths(job, &e->position);
        m->at_sea = same != NULL ? same->at_sea : is_at_sea(job, e);
        if (!image) {
            im_finding(&job->findings, IM_F_NO_IMAGE, e->row, "choose another --crs",
                       "'%s' has no image in this projection",
                       im_mark_where(job->arena, im_wording(job->spec.language), m));
        } else if (!m->in_frame && !(m->in_frame = im_job_afloat(job, m, same))) {
            im_finding(&job->findings, IM_F_OUTSIDE, e->row,
                       "widen the map with --margin, or filter the row with --where",
                       "'%s' lies outside the map",
                       im_mark_where(job->arena, im_wording(job->spec.language), m));
        }
    }
    check_empty(job);
}
