/* Step 6 and after: manifest, encoding, writing, dumps, report. */
#include "api/job.h"
#include <string.h>

struct inputs {
    struct im_input *v;
    size_t n, cap;
    struct incmap_error *err;
    enum incmap_status status; /* the first failure's */
};

/* Digest of a file that went into the figure; bundled layers are told by geodata. */
static void add_input(struct incmap_job *job, struct inputs *list, const char *role,
                      const char *path) {
    if (path == NULL || list->status != INCMAP_OK) {
        return;
    }
    const char *hex = im_job_table_digest(job, path);
    if (hex == NULL) {
        list->status = im_atlas_digest_if_there(job->atlas, path, &hex, list->err);
    }
    if (hex == NULL || list->status != INCMAP_OK) {
        return;
    }
    struct im_input input = {role, im_path_name(path), im_strdup(job->arena, hex)};
    IM_PUSH(job->arena, list->v, list->n, list->cap, input);
}

typedef void input_fn(struct incmap_job *job, struct inputs *list, const char *role,
                      const char *path);

/* Every file of the user's, in order. */
static struct inputs each_input(struct incmap_job *job, input_fn *fn,
                                struct incmap_error *err) {
    struct inputs list = {.err = err};
    const struct im_spec *s = &job->spec;
    fn(job, &list, "map", job->map_file);
    for (size_t i = 0; i < s->incident_count; i++) {
        fn(job, &list, "incidents", s->incidents[i].file);
    }
    for (size_t i = 0; i < s->overlay_count; i++) {
        fn(job, &list, "overlay", s->overlays[i].file);
    }
    for (size_t i = 0; i < s->border_count; i++) {
        fn(job, &list, "borders", s->borders[i].file);
    }
    for (size_t i = 0; i < s->gazetteers.n; i++) {
        fn(job, &list, "gazetteer", s->gazetteers.v[i]);
    }
    fn(job, &list, "pins", s->pins[0] != '\0' ? s->pins : NULL);
    return list;
}

/* NULL: the scene has no such panel. */
static const struct im_panel *panel(const struct im_scene *scene, const char *id) {
    for (size_t i = 0; i < scene->panel_count; i++) {
        if (strcmp(scene->panels[i].id, id) == 0) {
            return &scene->panels[i];
        }
    }
    return NULL;
}

enum incmap_status im_job_manifest(struct incmap_job *job, struct incmap_error *err) {
    struct inputs list = each_input(job, add_input, err);
    if (list.status == INCMAP_OK) {
        list.status = im_job_digest(job, err);
    }
    struct im_manifest m = {.digest = job->digest,
                            .spec = &job->spec,
                            .events = &job->events,
                            .findings = &job->findings,
                            .inputs = list.v,
                            .input_count = list.n,
                            .components = incmap_components(),
                            .geodata_json =
                                im_geodata_digests(job->geodata, job->arena),
                            .fonts_json = im_fonts_manifest(job->fonts),
                            .projection = im_crs_definition(job->view.crs),
                            .level = job->basemap.level,
                            .credits = job->credits,
                            .inset = panel(&job->scene, "inset"),
                            .description = job->scene.description};
    if (list.status == INCMAP_OK && m.fonts_json == NULL) {
        return im_fail(err, INCMAP_E_GEODATA, IM_NOWHERE,
                       "a font file can no longer be read (try again)");
    }
    if (list.status == INCMAP_OK) {
        job->scene.manifest = im_manifest_json(job->arena, &m);
        job->scene.summary = im_summary_json(job->arena, &m);
    }
    return list.status;
}

struct encoding {
    struct incmap_job *job;
    const char *format, *path;
    struct im_bytes out;
};

static const struct {
    const char *name;
    enum incmap_status (*draw)(struct im_arena *arena, const struct im_scene *scene,
                               struct im_fonts *fonts,
                               const struct im_draw_options *options,
                               struct im_bytes *out, struct incmap_error *err);
} formats[] = {{"png", im_draw_png}, {"svg", im_draw_svg}, {"pdf", im_draw_pdf}};

/* Margins that were not given: none around a figure on a page of its own. */
static struct im_sheet sheet_of(const struct im_spec *spec) {
    struct im_sheet sheet = {.width = spec->pdf.width_pt,
                             .height = spec->pdf.height_pt};
    double usual = sheet.width > 0 ? IM_PAGE_MARGIN : 0;
    for (size_t i = 0; i < 4; i++) {
        sheet.margin[i] = spec->pdf.margins ? spec->pdf.margin_pt[i] : usual;
    }
    return sheet;
}

static enum incmap_status encode(void *self, struct incmap_error *err) {
    struct encoding *e = self;
    struct incmap_job *job = e->job;
    const struct im_spec *s = &job->spec;
    struct im_draw_options options = {s->width_px, s->height_px, s->outlines,
                                      sheet_of(s)};
    if (!job->ran) {
        return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE, "the job has not been run");
    }
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(e->format, formats[i].name) == 0) {
            return formats[i].draw(job->arena, &job->scene, job->fonts, &options,
                                   &e->out, err);
        }
    }
    return im_fail(err, INCMAP_E_USAGE, IM_FILE(e->path),
                   "unknown format '%s' (png, svg or pdf)", e->format);
}

enum incmap_status incmap_job_encode(struct incmap_job *job, const char *format,
                                     const void **data, size_t *size,
                                     struct incmap_error *err) {
    struct encoding e = {.job = job, .format = format};
    im_error_clear(err);
    enum incmap_status s = im_guard(job->arena, job->atlas->arena, encode, &e, err);
    *data = e.out.data;
    *size = e.out.n;
    return s;
}

static void add_path(struct incmap_job *job, struct inputs *list, const char *role,
                     const char *path) {
    struct im_input input = {role, path, ""};
    if (path != NULL && path[0] != '\0' && strcmp(path, "-") != 0) {
        IM_PUSH(job->arena, list->v, list->n, list->cap, input);
    }
}

static enum incmap_status check_path(void *self, struct incmap_error *err) {
    struct encoding *e = self;
    if (e->path == NULL) {
        return im_job_try(e->job, err);
    }
    struct inputs list = each_input(e->job, add_path, err);
    for (size_t i = 0; i < list.n; i++) {
        if (im_file_same(list.v[i].path, e->path)) {
            return im_fail(err, INCMAP_E_USAGE, IM_FILE(e->path),
                           "'%s' is an input of the figure and would be overwritten "
                           "(choose another name)",
                           e->path);
        }
    }
    return im_file_check_target(e->path, err);
}

enum incmap_status incmap_job_check(struct incmap_job *job, const char *path,
                                    struct incmap_error *err) {
    struct encoding e = {.job = job, .path = path};
    im_error_clear(err);
    return im_guard(job->arena, path == NULL ? job->atlas->arena : NULL, check_path, &e,
                    err);
}

static enum incmap_status write_file(void *self, struct incmap_error *err) {
    struct encoding *e = self;
    struct im_strings *w = &e->job->written;
    const char *dot = strrchr(e->path, '.');
    e->format = dot ? dot + 1 : "";
    enum incmap_status s = check_path(e, err);
    if (s == INCMAP_OK) {
        s = encode(e, err);
    }
    if (s != INCMAP_OK) {
        return s;
    }
    // memory is asked for before the file is touched
    IM_PUSH(e->job->arena, w->v, w->n, w->cap, im_strdup(e->job->arena, e->path));
    s = im_file_write(e->path, e->out.data, e->out.n, err);
    w->n -= s != INCMAP_OK;
    return s;
}

enum incmap_status incmap_job_write(struct incmap_job *job, const char *path,
                                    struct incmap_error *err) {
    struct encoding e = {.job = job, .path = path};
    im_error_clear(err);
    return im_guard(job->arena, job->atlas->arena, write_file, &e, err);
}

struct dumping {
    struct incmap_job *job;
    const char *which, *text;
};

/* The style in force: it needs the settings, but no run. */
static enum incmap_status dump_style(struct dumping *d, struct im_buf *b,
                                     struct incmap_error *err) {
    struct im_style *style = NULL;
    enum incmap_status s = d->job->ran ? INCMAP_OK : im_job_settle(d->job, err);
    if (s == INCMAP_OK) {
        s = im_style_load(d->job->arena, &d->job->spec, &style, err);
    }
    if (s == INCMAP_OK) {
        im_style_print(style, b);
        d->text = b->data;
    }
    return s;
}

static enum incmap_status dump(void *self, struct incmap_error *err) {
    struct dumping *d = self;
    struct im_buf b;
    im_buf_init(&b, d->job->arena, (size_t)512 << 20);
    if (strcmp(d->which, "style") == 0) {
        return dump_style(d, &b, err);
    }
    if (!d->job->ran) {
        return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE, "the job has not been run");
    }
    if (strcmp(d->which, "incidents") == 0) {
        im_dump_incidents(&b, &d->job->events);
    } else if (strcmp(d->which, "places") == 0) {
        im_dump_places(&b, &d->job->events);
    } else if (strcmp(d->which, "scene") == 0) {
        im_scene_dump(&d->job->scene, &b);
    } else if (strcmp(d->which, "projection") == 0) {
        im_job_dump_projection(d->job, &b);
    } else {
        return im_fail(
            err, INCMAP_E_USAGE, IM_NOWHERE,
            "cannot dump '%s' (incidents, places, projection, scene or style)",
            d->which);
    }
    d->text = b.data;
    return INCMAP_OK;
}

enum incmap_status incmap_job_dump(struct incmap_job *job, const char *which,
                                   const char **text, struct incmap_error *err) {
    struct dumping d = {job, which, NULL};
    im_error_clear(err);
    enum incmap_status s = im_guard(job->arena, NULL, dump, &d, err);
    *text = d.text;
    return s;
}

struct reporting {
    struct incmap_job *job;
    enum incmap_status outcome;
    const struct incmap_error *why;
    const char *text;
};

static enum incmap_status report(void *self, struct incmap_error *err) {
    (void)err;
    struct reporting *r = self;
    struct incmap_job *job = r->job;
    size_t placed = 0;
    for (size_t i = 0; i < job->events.n; i++) {
        placed += job->events.v[i].position.kind != IM_NOT_MAPPABLE;
    }
    struct im_report in = {r->outcome,     r->why,         job->written.v,
                           job->written.n, &job->findings, job->events.n,
                           placed};
    r->text = im_report_json(job->arena, &in);
    return INCMAP_OK;
}

const char *incmap_job_report(struct incmap_job *job, enum incmap_status outcome,
                              const struct incmap_error *why) {
    struct reporting r = {job, outcome, why, NULL};
    return im_guard(job->arena, NULL, report, &r, NULL) == INCMAP_OK ? r.text : NULL;
}
