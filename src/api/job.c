/* Life of a job and the order of its steps. */
#include "api/job.h"
#include "geodesy/geodesy.h"
#include <math.h>
#include <string.h>

static enum incmap_status create(void *object, struct im_arena *arena, const void *how,
                                 struct incmap_error *err) {
    (void)err;
    struct incmap_job *job = object;
    job->arena = arena;
    job->atlas = (struct incmap_atlas *)how; // parts of it are opened when first used
    im_findings_init(&job->findings, arena);
    im_spec_init(&job->spec);
    return INCMAP_OK;
}

enum incmap_status incmap_job_new(const struct incmap_atlas *atlas,
                                  struct incmap_job **out, struct incmap_error *err) {
    struct incmap_atlas *mine = (struct incmap_atlas *)atlas; // opaque to the caller
    struct im_birth birth = {sizeof **out, NULL, &mine->spare, create, atlas};
    void *job;
    enum incmap_status status = im_born(&birth, &job, err);
    *out = job;
    return status;
}

void incmap_job_free(struct incmap_job *job) {
    if (job == NULL) {
        return;
    }
    struct im_arena **spare = &job->atlas->spare, *arena = job->arena;
    if (*spare == NULL) {
        im_arena_reset(arena); // the next figure finds its memory ready
        *spare = arena;
    } else {
        im_arena_free(arena);
    }
}

static enum incmap_status pointed(const struct incmap_job *job, const char *key,
                                  enum incmap_status status, struct incmap_error *err) {
    im_job_point(job, key, err);
    return err != NULL && err->status != INCMAP_OK ? err->status : status;
}

/* Fit the view into the frame that the planned page leaves for the map. */
static enum incmap_status fit_view(struct incmap_job *job, struct im_extent extent,
                                   struct im_rect frame, struct incmap_error *err) {
    struct im_crs *crs = NULL;
    struct im_box box = im_box_grow(extent.box, extent.margin_m);
    enum incmap_status s =
        im_crs_open(job->arena, job->spec.projection, box, &crs, err);
    if (s == INCMAP_OK) {
        s = im_view_fit(&job->view, crs, extent, frame, err);
    }
    if (s != INCMAP_OK) {
        return pointed(job, "projection", s, err);
    }
    job->extent = extent;
    im_job_check_projection(job);
    return INCMAP_OK;
}

/* The days of the incidents; unset when none has a date. */
static void days_of_events(const struct incmap_job *job, struct im_date *first,
                           struct im_date *last) {
    *first = *last = (struct im_date){0, 0, 0};
    for (size_t i = 0; i < job->events.n; i++) {
        struct im_date from = job->events.v[i].date, to = job->events.v[i].date_end;
        to = im_date_is_set(to) ? to : from;
        if (im_date_is_set(from) &&
            (!im_date_is_set(*first) ||
             im_date_first_day(from) < im_date_first_day(*first))) {
            *first = from;
        }
        if (im_date_is_set(to) && (!im_date_is_set(*last) ||
                                   im_date_last_day(to) > im_date_last_day(*last))) {
            *last = to;
        }
    }
}

static enum incmap_status make_ground(struct incmap_job *job, bool survey,
                                      struct incmap_error *err) {
    struct im_basemap_request rq = {.geodata = job->geodata,
                                    .spec = &job->spec,
                                    .view = &job->view,
                                    .findings = &job->findings,
                                    .survey = survey && job->spec.border_count == 0};
    days_of_events(job, &rq.first, &rq.last);
    enum incmap_status s = im_basemap_make(job->arena, &rq, &job->basemap, err);
    if (s != INCMAP_OK) {
        return pointed(job, "worldview", s, err);
    }
    size_t n = job->spec.overlay_count;
    job->overlays = im_alloc(job->arena, n + 1, sizeof *job->overlays);
    for (size_t i = 0; i < n; i++) {
        struct im_overlay *o = im_alloc(job->arena, 1, sizeof *o);
        o->name = job->spec.overlays[i].file;
        o->style = job->spec.overlays[i].style;
        im_overlay_project(job->arena, &job->view, &job->overlay_features[i], o);
        if (o->n == 0) {
            im_finding(&job->findings, IM_F_LAYER_EMPTY, IM_FILE(o->name),
                       "widen the map, or leave the overlay out",
                       "overlay '%s' has nothing inside the map", o->name);
        }
        job->overlays[i] = (struct im_overlay_layer){o, 0};
        for (size_t c = 0; c < job->spec.corridor_count; c++) {
            if (strcmp(job->spec.corridors[c].around, o->name) == 0) {
                job->overlays[i].corridor_m = job->spec.corridors[c].distance_m;
            }
        }
    }
    if (!survey) { // a page is planned without
        im_view_graticule(&job->view, job->arena, &job->graticule);
    }
    return INCMAP_OK;
}

/* Dates need their year when there are several, or when no headline says it. */
static bool with_year(struct incmap_job *job) {
    const struct im_spec *spec = &job->spec;
    int first = 0;
    for (size_t i = 0; i < job->mark_count; i++) {
        int year = job->marks[i].event->date.year;
        if (year != 0 && first != 0 && year != first) {
            return true;
        }
        first = year != 0 ? year : first;
    }
    const char *text = im_format(job->arena, "%d", first);
    bool told = (spec->title != NULL && strstr(spec->title, text) != NULL) ||
                (spec->subtitle != NULL && strstr(spec->subtitle, text) != NULL);
    return first != 0 && !told;
}

static struct im_layout_input layout_input(struct incmap_job *job) {
    return (struct im_layout_input){.spec = &job->spec,
                                    .style = job->style,
                                    .measure = im_fonts_measure(job->fonts),
                                    .findings = &job->findings,
                                    .marks = job->marks,
                                    .mark_count = job->mark_count,
                                    .with_year = with_year(job),
                                    .not_placed = job->not_placed,
                                    .view = &job->view,
                                    .basemap = &job->basemap,
                                    .overlays = job->overlays,
                                    .overlay_count = job->spec.overlay_count,
                                    .towns = job->towns,
                                    .town_count = job->town_count,
                                    .label_of = im_job_town_label,
                                    .label_self = job,
                                    .graticule = &job->graticule,
                                    .credits = job->credits,
                                    .credits_least = job->credits_least,
                                    .inset = job->inset,
                                    .worldview = im_job_worldview(job)};
}

static enum incmap_status fill_frame(struct incmap_job *job, struct im_extent extent,
                                     struct im_rect frame, bool survey,
                                     struct incmap_error *err) {
    enum incmap_status s = fit_view(job, extent, frame, err);
    return s == INCMAP_OK ? make_ground(job, survey, err) : s;
}

#define LIKELY_M 1500.0 /* accuracy of the borders, before they are drawn */

/* Plan the page, see which lines that the legend explains turn out to be on the map,
 * plan the page for that legend and those credits, and fill the map's frame. */
static enum incmap_status plan(struct incmap_job *job, struct im_extent extent,
                               struct im_page *page, struct incmap_error *err) {
    struct im_layout_input input = layout_input(job);
    struct im_findings before = im_findings_copy(&job->findings);
    *page = im_page_plan(job->arena, &input);
    enum incmap_status s = fill_frame(job, extent, page->map, true, err);
    if (s != INCMAP_OK) {
        return s;
    }
    // credits as long as they will be: which lines of states there are is not known yet
    job->basemap.accuracy_m = fmax(job->basemap.accuracy_m, LIKELY_M);
    im_job_credits(job);
    input = layout_input(job);
    struct im_rect first = page->map;
    *page = im_page_plan(job->arena, &input);
    job->findings = before;
    if (fabs(page->map.h - first.h) < 1 && fabs(page->map.w - first.w) < 1) {
        im_job_check_projection(job);
        return make_ground(job, false, err); // in the view that was fitted
    }
    return fill_frame(job, extent, page->map, false, err);
}

static enum incmap_status lay_out(struct incmap_job *job, struct im_extent extent,
                                  struct incmap_error *err) {
    struct im_font_pool *pool;
    enum incmap_status s = im_atlas_fonts(job->atlas, &pool, err);
    if (s != INCMAP_OK) {
        return s;
    }
    job->fonts = im_fonts_open(job->arena, pool);
    im_job_marks(job, extent);
    im_job_credits(job);
    struct im_page page;
    s = plan(job, extent, &page, err);
    if (s != INCMAP_OK) {
        return s;
    }
    im_job_project_marks(job);
    im_job_towns(job);
    im_job_names(job);
    s = im_job_inset(job, page.map, err);
    if (s != INCMAP_OK) {
        return s;
    }
    im_job_credits(job);
    im_job_check_borders(job);
    struct im_layout_input input = layout_input(job);
    im_layout(job->arena, &input, &page, &job->scene);
    return INCMAP_OK;
}

/* Gather, and find the extent. Where the data make a place of it another one than it
 * looked before, what lies around that one was not read: then once more, all of it. */
static enum incmap_status gather(struct incmap_job *job, struct im_extent *extent,
                                 struct incmap_error *err) {
    struct im_findings before = im_findings_copy(&job->findings);
    struct im_date as_of = job->spec.as_of;
    enum incmap_status s = im_job_gather(job, err);
    if (s == INCMAP_OK) {
        s = im_job_extent(job, extent, err);
    }
    if (s != INCMAP_OK || im_job_reached(job, extent)) {
        return s;
    }
    s = im_job_digest(job, err); // as it was foreseen
    job->findings = before;
    job->spec.as_of = as_of;
    job->events = (struct im_events){0};
    job->everything = true;
    if (s == INCMAP_OK) {
        s = im_job_gather(job, err);
    }
    return s == INCMAP_OK ? im_job_extent(job, extent, err) : s;
}

/* Settings, data and extent: what is wrong with them is known before the view is. */
static enum incmap_status prepare(struct incmap_job *job, struct im_extent *extent,
                                  struct incmap_error *err) {
    enum incmap_status s = im_job_settle(job, err);
    if (s == INCMAP_OK) {
        im_job_wishes(job);
        s = im_job_language(job, err);
    }
    if (s == INCMAP_OK) { // before the data: what is wrong here is said at once
        s = im_style_load(job->arena, &job->spec, &job->style, err);
    }
    if (s == INCMAP_OK) {
        s = gather(job, extent, err);
    }
    return s;
}

/* All of it up to the scene. */
static enum incmap_status compose(struct incmap_job *job, struct incmap_error *err) {
    struct im_extent extent;
    enum incmap_status s = prepare(job, &extent, err);
    return s == INCMAP_OK ? lay_out(job, extent, err) : s;
}

enum incmap_status im_job_try(struct incmap_job *job, struct incmap_error *err) {
    struct im_extent extent;
    if (job->ran || job->tried) {
        return INCMAP_OK;
    }
    job->tried = true;
    return prepare(job, &extent, err);
}

static enum incmap_status run(void *self, struct incmap_error *err) {
    struct incmap_job *job = self;
    if (job->ran || job->tried) {
        return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE, "the job has been run already");
    }
    enum incmap_status s = compose(job, err);
    if (job->gazetteer != NULL) { // as far as it was read
        enum incmap_status intact = im_gazetteer_intact(job->gazetteer, err);
        s = intact == INCMAP_OK ? s : intact;
        im_gazetteer_report(job->gazetteer, &job->findings);
    }
    if (s == INCMAP_OK) {
        s = im_job_manifest(job, err);
        job->ran = s == INCMAP_OK;
    }
    return s;
}

enum incmap_status incmap_job_run(struct incmap_job *job, struct incmap_error *err) {
    im_error_clear(err);
    return im_guard(job->arena, job->atlas->arena, run, job, err);
}

size_t incmap_job_finding_count(const struct incmap_job *job) {
    return job->findings.n;
}

struct incmap_finding incmap_job_finding(const struct incmap_job *job, size_t i) {
    return i < job->findings.n ? job->findings.items[i]
                               : (struct incmap_finding){.record = -1};
}
