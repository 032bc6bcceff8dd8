/* Step 3: what the map shows. */
#include "api/job.h"
#include "base/buf.h"
#include "geo/boxes.h"
#include "geodesy/geodesy.h"
#include <math.h>
#include <string.h>

static void add_box(struct incmap_job *job, struct im_boxes *boxes, struct im_box box) {
    im_boxes_add(job->arena, boxes, im_box_window(box));
}

/* The candidates of an unsure name, for the message. */
static const char *candidates(struct im_arena *arena, const struct im_answer_set *a) {
    struct im_buf b;
    im_buf_init(&b, arena, 4096);
    for (size_t i = 0; i < a->n && i < 3; i++) {
        const struct im_place *p = a->candidates[i].place;
        im_buf_fmt(&b, "%s%s (%s%s%s%s%s%s%.2f %c %.2f %c)", i ? "; " : "", p->name,
                   p->feature, p->feature[0] ? ", " : "", p->admin1,
                   p->admin1[0] ? ", " : "", p->country, p->country[0] ? ", " : "",
                   fabs(p->at.lat), p->at.lat < 0 ? 'S' : 'N', fabs(p->at.lon),
                   p->at.lon < 0 ? 'W' : 'E');
    }
    return b.data;
}

static bool is_known(const struct incmap_job *job, const char *name) {
    struct im_lookup lookup = {.name = name, .country = "", .admin1 = "", .limit = 1};
    return name[0] != '\0' &&
           im_gazetteer_find(job->gazetteer, job->arena, &lookup).n > 0;
}

/* The name of a candidate with its unit or country, if that is understood; or NULL. */
static const char *full_name(const struct incmap_job *job, const struct im_lookup *said,
                             const struct im_place *p) {
    struct im_lookup lookup = *said;
    const char *unit = p->admin1[0] != '\0' ? p->admin1 : p->country;
    lookup.name = im_format(job->arena, "%s, %s", p->name, unit);
    struct im_answer_set a = im_gazetteer_find(job->gazetteer, job->arena, &lookup);
    bool same =
        a.status == IM_ANSWER_OK && strcmp(a.candidates[0].place->id, p->id) == 0;
    return same && unit[0] != '\0' ? lookup.name : NULL;
}

/* How the first two candidates are to be written. */
static const char *full_names(const struct incmap_job *job,
                              const struct im_lookup *said,
                              const struct im_answer_set *a) {
    static const char *const which[] = {"first", "second"};
    const char *text = "";
    for (size_t i = 0; i < a->n && i < 2; i++) {
        const char *full = full_name(job, said, a->candidates[i].place);
        if (full != NULL) {
            text = im_format(job->arena, "%s%s '%s' for the %s", text,
                             text[0] != '\0' ? "," : "; write", full, which[i]);
        }
    }
    return text;
}

/* How the name is to be written: with its unit, or each of two by itself. */
static const char *how_to_write(struct incmap_job *job, const struct im_lookup *said,
                                const struct im_answer_set *a) {
    const char *name = said->name, *comma = strchr(name, ',');
    if (a->n > 1 && comma == NULL && a->status == IM_ANSWER_AMBIGUOUS) {
        return full_names(job, said, a);
    }
    if (a->n > 0 || comma == NULL) {
        return "";
    }
    const char *first = im_strndup(job->arena, name, (size_t)(comma - name));
    const char *second = comma + 1 + strspn(comma + 1, " ");
    if (!is_known(job, first) || !is_known(job, second)) {
        return "";
    }
    return im_format(job->arena,
                     "; name places one by one: --around '%s' --around '%s'", first,
                     second);
}

static enum incmap_status resolve_around(struct incmap_job *job, const char *name,
                                         const struct im_candidate **out,
                                         struct incmap_error *err) {
    struct im_lookup lookup = {.name = name,
                               .country = job->country,
                               .admin1 = "",
                               .as_of = job->spec.as_of,
                               .limit = 3};
    struct im_answer_set a = im_gazetteer_find(job->gazetteer, job->arena, &lookup);
    if (a.status != IM_ANSWER_OK) {
        const char *help = candidates(job->arena, &a);
        return im_fail(err, INCMAP_E_PLACE, IM_NOWHERE,
                       "cannot place '%s' for the map's extent: %s, %s (%s%s%s)", name,
                       im_answer_text(a.status), a.reason,
                       a.n ? "candidates: " : "no candidates", help,
                       how_to_write(job, &lookup, &a));
    }
    *out = &a.candidates[0];
    return INCMAP_OK;
}

/* What the places make of the extent. */
struct around {
    struct im_extent *extent;
    struct im_boxes boxes;
    size_t cap;         /* vertices of the outline that there is room for */
    bool areas, points; /* are there such places? */
    bool plain;         /* of some only the box is known */
};

static void add_outline(struct incmap_job *job, struct around *a, struct im_line line) {
    struct im_line *out = &a->extent->outline;
    for (size_t i = 0; i < line.n; i++) {
        IM_PUSH(job->arena, out->v, out->n, a->cap, line.v[i]);
    }
}

static void tell_main_part(struct incmap_job *job, const char *name, double share) {
    const double nothing = 0.001;
    if (share < 1 - nothing) {
        im_finding(&job->findings, IM_F_MAIN_PART, IM_FILE(job->spec.file),
                   "name parts in extent.around as well, or give extent.bbox",
                   "the map is round the main part of '%s', %.0f %% of its area; parts "
                   "far off are left out",
                   name, floor(100 * share));
    }
}

static void add_place(struct incmap_job *job, struct around *a, const char *name,
                      const struct im_place *place) {
    struct im_position at = im_place_position(place);
    struct im_around frame = {.box = im_job_whole_box(&at), .outline = {&at.at, 1}};
    bool area = at.kind == IM_AREA || at.kind == IM_LINE;
    if (im_job_frame(job, &at, &frame)) {
        tell_main_part(job, name, frame.share);
    } else {
        a->plain = a->plain || area;
    }
    a->areas = a->areas || area;
    a->points = a->points || !area;
    add_box(job, &a->boxes, frame.box);
    add_outline(job, a, frame.outline);
}

/* Default room around: a fifth of the extent's diagonal, 25 km at least; around areas
 * only, which have a shape by themselves, a twentieth, 5 km at least. */
static double default_margin(struct im_box box, bool areas) {
    struct im_lonlat sw = {box.west, box.south}, ne = {box.east, box.north};
    double diagonal = im_distance(sw, ne);
    return areas ? fmax(5000.0, 0.05 * diagonal) : fmax(25000.0, 0.2 * diagonal);
}

static enum incmap_status around(struct incmap_job *job, struct im_extent *out,
                                 struct incmap_error *err) {
    size_t n = job->spec.around.n;
    struct around a = {.extent = out};
    job->around_place = im_alloc(job->arena, n, sizeof *job->around_place);
    job->around_count = n;
    for (size_t i = 0; i < n; i++) {
        const char *name = job->spec.around.v[i];
        const char *key = im_format(job->arena, "extent.around.%zu", i);
        const struct im_candidate *found = NULL;
        enum incmap_status s = resolve_around(job, name, &found, err);
        if (s != INCMAP_OK) {
            im_job_point(job, key, err);
            return s;
        }
        im_gazetteer_tell(&job->findings, im_spec_where(&job->spec, key), name, found);
        job->around_place[i] = found->place;
        add_place(job, &a, name, job->around_place[i]);
    }
    out->box = im_boxes_over(&a.boxes);
    if (a.plain || !a.areas) {
        out->outline.n = 0;
    }
    if (out->margin_m < 0) {
        out->margin_m = default_margin(out->box, a.areas && !a.points);
    }
    return INCMAP_OK;
}

static bool fit_events(struct incmap_job *job, struct im_extent *out) {
    struct im_boxes boxes = {0};
    struct im_area_boxes known = {0};
    for (size_t i = 0; i < job->events.n; i++) {
        const struct im_position *p = &job->events.v[i].position;
        if (p->kind != IM_NOT_MAPPABLE) {
            add_box(job, &boxes, im_job_position_box(job, p, &known));
        }
    }
    out->box = boxes.n > 0 ? im_boxes_over(&boxes) : out->box;
    return boxes.n > 0;
}

/* An edge goes the short way round, as it is drawn. */
static struct im_window window_of(const struct im_line *line) {
    double lon = line->v[0].lon;
    struct im_window w = {lon, line->v[0].lat, lon, line->v[0].lat};
    for (size_t i = 1; i < line->n; i++) {
        lon = im_lon_near(line->v[i].lon, lon);
        w.west = fmin(w.west, lon);
        w.east = fmax(w.east, lon);
        w.south = fmin(w.south, line->v[i].lat);
        w.north = fmax(w.north, line->v[i].lat);
    }
    return w;
}

static bool fit_overlays(struct incmap_job *job, struct im_extent *out) {
    struct im_boxes boxes = {0};
    for (size_t i = 0; i < job->spec.overlay_count; i++) {
        const struct im_features *f = &job->overlay_features[i];
        for (size_t k = 0; k < f->n; k++) {
            const struct im_lines *lines = &f->v[k].geometry;
            for (size_t j = 0; j < lines->n; j++) {
                if (lines->v[j].n > 0) {
                    im_boxes_add(job->arena, &boxes, window_of(&lines->v[j]));
                }
            }
        }
    }
    out->box = boxes.n > 0 ? im_boxes_over(&boxes) : out->box;
    return boxes.n > 0;
}

enum incmap_status im_job_extent(struct incmap_job *job, struct im_extent *out,
                                 struct incmap_error *err) {
    const struct im_spec *spec = &job->spec;
    bool found = true;
    *out = (struct im_extent){.margin_m = spec->margin_m};
    if (spec->has_box) {
        out->box = spec->box;
        out->exact = true;
        out->margin_m = spec->margin_m > 0 ? spec->margin_m : 0;
        return INCMAP_OK;
    }
    if (spec->around.n > 0) {
        enum incmap_status s = around(job, out, err);
        if (s != INCMAP_OK) {
            return s;
        }
    } else if (strcmp(spec->fit, "overlays") == 0) {
        found = fit_overlays(job, out);
    } else {
        found = fit_events(job, out) || fit_overlays(job, out);
    }
    if (!found && spec->incident_count > 0) {
        return im_fail(err, INCMAP_E_INPUT, IM_FILE(spec->incidents[0].file),
                       "no incident is left to draw (widen --from, --to or --where, or "
                       "give the map an extent with --around or --bbox)");
    }
    if (!found) {
        return im_fail(err, INCMAP_E_USAGE, IM_FILE(spec->file),
                       "the map has no extent (give --around PLACE, --bbox W,S,E,N, or "
                       "--incidents FILE)");
    }
    if (out->margin_m < 0) {
        out->margin_m = default_margin(out->box, false);
    }
    return INCMAP_OK;
}

/*
 * The box grown by the room that the map's frame may add to fill the page: the frame is
 * at most thrice as wide or as high for its other side as the page is.
 */
static struct im_box with_room(const struct im_spec *spec, struct im_box box) {
    const double slack_m = 20000.0;
    double lon = box.west + (box.east - box.west) / 2;
    double lat = (box.south + box.north) / 2;
    double page = (double)spec->width_px / spec->height_px;
    double w = im_distance((struct im_lonlat){box.west, lat},
                           (struct im_lonlat){box.east, lat});
    double h = im_distance((struct im_lonlat){lon, box.south},
                           (struct im_lonlat){lon, box.north});
    double across = fmax(0, (3 * page * h - w) / 2) + slack_m;
    double down = fmax(0, (3 / page * w - h) / 2) + slack_m;
    struct im_box wide = im_box_grow(box, across), high = im_box_grow(box, down);
    return (struct im_box){wide.west, high.south, wide.east, high.north};
}

/* The box in whole degrees, outward. */
static struct im_reach whole_degrees(struct im_box box) {
    struct im_reach r = {.set = true};
    double span = box.east - box.west + (box.east < box.west ? 360.0 : 0.0);
    r.west = (int)floor(box.west);
    r.east = (int)ceil(box.east);
    r.south = (int)floor(box.south);
    r.north = (int)ceil(box.north);
    r.set = span < 180.0 && r.south >= -89 && r.north <= 89 && r.south < r.north;
    r.west = r.west < -180 ? r.west + 360 : r.west;
    r.east = r.east > 180 ? r.east - 360 : r.east;
    r.set = r.set && r.west != r.east;
    return r;
}

/* The places of extent.around as they look before the data are read; false when one is
 * not found. Only names in use on a day that the incidents tell differ later. */
static bool early_box(struct incmap_job *job, struct im_box *out) {
    const struct im_spec *spec = &job->spec;
    struct im_boxes boxes = {0};
    for (size_t i = 0; i < spec->around.n; i++) {
        const struct im_candidate *found = NULL;
        if (resolve_around(job, spec->around.v[i], &found, NULL) != INCMAP_OK) {
            return false;
        }
        struct im_position at = im_place_position(found->place);
        add_box(job, &boxes, im_job_whole_box(&at));
    }
    *out = boxes.n > 0 ? im_boxes_over(&boxes) : *out;
    return boxes.n > 0;
}

void im_job_reach(struct incmap_job *job) {
    const double largest_m = 2e6; // of the diagonal; what is larger reads all
    struct im_spec *spec = &job->spec;
    struct im_box box = spec->box;
    double margin = spec->margin_m;
    spec->reach.set = false;
    // places of the user's own gazetteers and pins are not looked up twice
    bool own = spec->gazetteers.n > 0 || spec->pins[0] != '\0';
    if (spec->incident_count == 0 || job->everything ||
        (!spec->has_box && (own || !early_box(job, &box)))) {
        return;
    }
    if (margin < 0) {
        margin = spec->has_box ? 0 : default_margin(box, false);
    }
    box = im_box_grow(box, margin);
    struct im_lonlat sw = {box.west, box.south}, ne = {box.east, box.north};
    if (im_distance(sw, ne) < largest_m) {
        spec->reach = whole_degrees(with_room(spec, box));
    }
}

bool im_job_reached(const struct incmap_job *job, const struct im_extent *extent) {
    const struct im_reach *r = &job->spec.reach;
    struct im_box box = im_box_grow(extent->box, extent->margin_m);
    double west = box.west - r->west, east = box.east - r->west;
    west -= 360.0 * floor(west / 360.0);
    east -= 360.0 * floor(east / 360.0);
    int columns = r->east - r->west + (r->east < r->west ? 360 : 0);
    return !r->set || (box.south >= r->south && box.north <= r->north && west <= east &&
                       east <= columns);
}
