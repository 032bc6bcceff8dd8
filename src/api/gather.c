/* Step 2: read incidents and overlays, resolve names, filter, sort. */
#include "api/job.h"
#include "geodesy/geodesy.h"
#include <math.h>
#include <string.h>

static enum incmap_status open_data(struct incmap_job *job, struct incmap_error *err) {
    enum incmap_status s = im_atlas_geodata(job->atlas, &job->geodata, err);
    if (s == INCMAP_OK) {
        im_geodata_begin(job->geodata);
        s = im_atlas_gazetteer(job->atlas, &job->gazetteer, err);
    }
    if (s == INCMAP_OK && job->spec.gazetteers.n > 0) {
        s = im_gazetteer_layer(job->arena, job->gazetteer, job->spec.gazetteers.v,
                               job->spec.gazetteers.n, &job->findings, &job->gazetteer,
                               err);
    }
    if (s == INCMAP_OK && job->spec.pins[0] != '\0') {
        s = im_gazetteer_pin(job->arena, job->spec.pins, &job->findings,
                             &job->gazetteer, err);
    }
    return s;
}

/* country: a name becomes its code. */
static enum incmap_status settle_country(struct incmap_job *job,
                                         struct incmap_error *err) {
    const char *country = job->spec.country;
    job->country[0] = '\0';
    if (country == NULL || country[0] == '\0') {
        return INCMAP_OK;
    }
    enum incmap_status s =
        im_country_read(job->gazetteer, job->arena, country, job->country, err);
    if (s != INCMAP_OK) {
        im_job_point(job, "country", err);
        s = err != NULL ? err->status : s;
    }
    return s;
}

static enum incmap_status read_incidents(struct incmap_job *job,
                                         struct incmap_error *err) {
    enum incmap_status s = INCMAP_OK;
    for (size_t i = 0; s == INCMAP_OK && i < job->spec.incident_count; i++) {
        struct im_table *table = NULL;
        s = im_job_table(job, i, &table, err);
        if (s == INCMAP_OK) {
            s = im_incidents_take(job->arena, table, &job->spec, i, &job->events,
                                  &job->findings, err);
        }
    }
    return s;
}

/* --overlay FILE is an overlay to draw; a corridor may name one that is not yet listed.
 */
static enum incmap_status read_overlays(struct incmap_job *job,
                                        struct incmap_error *err) {
    enum incmap_status s = INCMAP_OK;
    size_t n = job->spec.overlay_count;
    job->overlay_features = im_alloc(job->arena, n + 1, sizeof *job->overlay_features);
    for (size_t i = 0; s == INCMAP_OK && i < n; i++) {
        const struct im_spec_overlay *o = &job->spec.overlays[i];
        if (im_date_is_set(o->from) || im_date_is_set(o->to)) {
            return im_fail(
                err, INCMAP_E_INPUT,
                im_spec_where(&job->spec,
                              im_format(job->arena, "overlays.%zu.%s", i,
                                        im_date_is_set(o->from) ? "from" : "to")),
                "from and to of an overlay are not supported by this version "
                "(choose its features with where: attribute=value)");
        }
        s = im_overlay_read(job->arena, job->geodata, &job->spec.overlays[i],
                            &job->findings, &job->overlay_features[i], err);
        if (s == INCMAP_E_USAGE) {
            im_job_point(job, im_format(job->arena, "overlays.%zu.file", i), err);
            s = err != NULL ? err->status : s;
        }
    }
    return s;
}

static enum incmap_status check_corridors(struct incmap_job *job,
                                          struct incmap_error *err) {
    for (size_t c = 0; c < job->spec.corridor_count; c++) {
        const char *around = job->spec.corridors[c].around;
        size_t i = 0;
        while (i < job->spec.overlay_count &&
               strcmp(job->spec.overlays[i].file, around) != 0) {
            i++;
        }
        if (i == job->spec.overlay_count) {
            return im_fail(
                err, INCMAP_E_INPUT,
                im_spec_where(&job->spec,
                              im_format(job->arena, "corridors.%zu.around", c)),
                "corridor around '%s', which is none of the overlays (add it "
                "to overlays)",
                around);
        }
    }
    return INCMAP_OK;
}

static bool lies_in(struct im_box box, struct im_lonlat p, double slack) {
    return p.lon >= box.west - slack && p.lon <= box.east + slack &&
           p.lat >= box.south - slack && p.lat <= box.north + slack;
}

/* The country that rows told last: many in a row tell the same. */
struct last_country {
    const char *said;
    const struct im_place *place;
};

/* NULL when the row tells none that is known. */
static const struct im_place *country_of(struct incmap_job *job,
                                         const struct im_event *e,
                                         struct last_country *last) {
    char code[3];
    if (last->said == NULL || strcmp(last->said, e->country) != 0) {
        bool known = im_gazetteer_country(job->gazetteer, job->arena, e->country, code);
        const char *id = known ? im_format(job->arena, "iso:%s", code) : "";
        *last = (struct last_country){
            e->country, known ? im_gazetteer_by_id(job->gazetteer, id) : NULL};
    }
    return last->place;
}

/* Outside the country that the row tells, inside when lat and lon change places: such a
 * row would stand at a wrong place and pull the map there, so it is not placed. */
static bool check_exchanged(struct incmap_job *job, struct im_event *e,
                            struct last_country *last) {
    const double slack = 0.5; /* degrees */
    const struct im_place *p = country_of(job, e, last);
    struct im_lonlat other = {e->given.lat, e->given.lon};
    if (p == NULL || !p->has_box || p->box.west > p->box.east ||
        lies_in(p->box, e->given, slack) || !lies_in(p->box, other, 0)) {
        return false;
    }
    im_finding(&job->findings, IM_F_COORDINATES_ODD, e->row,
               "exchange lat and lon, or mend the country",
               "not placed: the coordinates lie outside %s, but inside when exchanged",
               e->country);
    job->exchanged++;
    e->place = NULL;
    e->position = (struct im_position){
        .kind = IM_NOT_MAPPABLE, .area = "", .reason = "lat and lon are exchanged"};
    return true;
}

/* The place that a row with coordinates names, near to them when there are several;
 * NULL when it names none that is sure. */
static const struct im_place *place_named(struct incmap_job *job,
                                          const struct im_event *e) {
    struct im_lookup lookup = {.name = e->place_text,
                               .country = "",
                               .admin1 = e->admin1,
                               .as_of = job->spec.as_of,
                               .has_near = true,
                               .near = e->given,
                               .limit = 3};
    if (e->place_text[0] == '\0') {
        return NULL;
    }
    struct im_answer_set a = im_gazetteer_find(job->gazetteer, job->arena, &lookup);
    bool sure = a.status == IM_ANSWER_OK &&
                a.candidates[0].place->kind == IM_SETTLEMENT &&
                a.candidates[0].match <= IM_MATCH_FOLDED;
    return sure ? a.candidates[0].place : NULL;
}

/* Coordinates far from the place that the same row names are a slip, often exchanged;
 * near to it they are right, whatever country the row tells. */
static void check_coordinates(struct incmap_job *job, struct im_event *e,
                              struct last_country *last) {
    const struct im_place *named = e->has_coordinates ? place_named(job, e) : NULL;
    double km = named != NULL ? im_distance(e->given, named->at) / 1000.0 : 0;
    bool borne_out = named != NULL && km <= fmax(100.0, 3 * named->precision_km);
    if (!e->has_coordinates || borne_out ||
        (e->country[0] != '\0' && check_exchanged(job, e, last)) || named == NULL) {
        return;
    }
    im_finding(&job->findings, IM_F_COUNTRY_MISMATCH, e->row,
               "check lat and lon: they may be exchanged",
               "the coordinates are %.0f km from '%s', which the row names", km,
               named->name);
}

/* A job that was asked for incidents and could place none has nothing to say. */
static enum incmap_status check_placed(struct incmap_job *job,
                                       struct incmap_error *err) {
    size_t placed = 0;
    for (size_t i = 0; i < job->events.n; i++) {
        placed += job->events.v[i].position.kind != IM_NOT_MAPPABLE;
    }
    job->not_placed = job->events.n - placed;
    if (job->events.n > 0 && placed == 0) {
        return im_fail(
            err, INCMAP_E_PLACE, IM_FILE(job->events.v[0].row.file),
            "none of %zu incidents could be placed (%s)", job->events.n,
            job->exchanged == job->events.n
                ? "exchange the columns lat and lon"
                : "add lat and lon, a country column, or a gazetteer with --gazetteer");
    }
    return INCMAP_OK;
}

/* Without as_of, names and lines are those of the last day of the incidents. */
static void date_the_map(struct incmap_job *job) {
    struct im_date *as_of = &job->spec.as_of;
    bool given = im_date_is_set(*as_of);
    for (size_t i = 0; !given && i < job->events.n; i++) {
        const struct im_event *e = &job->events.v[i];
        struct im_date d = im_date_is_set(e->date_end) ? e->date_end : e->date;
        if (im_date_is_set(d) && (!im_date_is_set(*as_of) ||
                                  im_date_last_day(d) > im_date_last_day(*as_of))) {
            *as_of = d;
        }
    }
}

/* A period that ends before it begins holds no incident, and is a slip. */
static enum incmap_status check_period(const struct incmap_job *job, const char *prefix,
                                       struct im_date from, struct im_date to,
                                       struct incmap_error *err) {
    if (!im_date_is_set(from) || !im_date_is_set(to) ||
        im_date_first_day(from) <= im_date_last_day(to)) {
        return INCMAP_OK;
    }
    struct im_where at =
        im_spec_where(&job->spec, im_format(job->arena, "%sto", prefix));
    return im_fail(err, im_spec_fault(at), at,
                   "%sto is before %sfrom (exchange the two dates)", prefix, prefix);
}

static enum incmap_status check_periods(const struct incmap_job *job,
                                        struct incmap_error *err) {
    const struct im_spec *spec = &job->spec;
    enum incmap_status s = check_period(job, "", spec->from, spec->to, err);
    for (size_t i = 0; s == INCMAP_OK && i < spec->incident_count; i++) {
        const struct im_spec_incidents *set = &spec->incidents[i];
        s = check_period(job, im_format(job->arena, "incidents.%zu.", i), set->from,
                         set->to, err);
    }
    return s;
}

enum incmap_status im_job_gather(struct incmap_job *job, struct incmap_error *err) {
    enum incmap_status s = check_periods(job, err);
    if (s == INCMAP_OK) {
        s = open_data(job, err);
    }
    if (s == INCMAP_OK) {
        s = settle_country(job, err);
    }
    if (s == INCMAP_OK) {
        im_job_reach(job);
        s = read_incidents(job, err);
    }
    if (s == INCMAP_OK) {
        s = read_overlays(job, err);
    }
    if (s == INCMAP_OK) {
        s = check_corridors(job, err);
    }
    if (s != INCMAP_OK) {
        return s;
    }
    im_events_filter(&job->events, &job->spec);
    if (job->spec.incident_count > 0 && job->events.n == 0) {
        im_finding(
            &job->findings, IM_F_NO_INCIDENT, IM_FILE(job->spec.incidents[0].file),
            "widen the map, --from, --to or --where", "no incident is left to draw");
    }
    date_the_map(job);
    struct im_lookup hints = {.country = job->country,
                              .as_of = job->spec.as_of,
                              .has_box = job->spec.has_box,
                              .box = job->spec.box};
    im_gazetteer_resolve(job->gazetteer, job->arena, &job->events, &hints,
                         &job->findings);
    struct last_country last = {0};
    job->exchanged = 0;
    for (size_t i = 0; i < job->events.n; i++) {
        check_coordinates(job, &job->events.v[i], &last);
    }
    im_events_sort(&job->events);
    im_events_compare(&job->events, &job->findings);
    return check_placed(job, err);
}
