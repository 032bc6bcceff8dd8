/* Overlays: lines with a casing, corridors, areas, points. */
#include "layout/overlay.h"
#include "layout/hatch.h"
#include "layout/separate.h"
#include "text/text.h"

#include <math.h>
#include <string.h>

static const char *spec_style(const struct lay_job *job, size_t overlay) {
    const char *style = job->in->overlays[overlay].overlay->style;
    return style == NULL ? "" : style;
}

static bool is_any(const char *word, const char *const *words) {
    for (; *words != NULL; words++) {
        if (strcmp(word, *words) == 0) {
            return true;
        }
    }
    return false;
}

static void set_dash(struct im_stroke *stroke, double on, double off) {
    stroke->dash[0] = on;
    stroke->dash[1] = off;
    stroke->dash_count = 2;
}

struct lay_line_style lay_line_style(const struct lay_job *job, size_t overlay,
                                     const struct im_feature *feature) {
    static const char *const planned[] = {"planned", "proposed", "construction", NULL};
    static const char *const closed[] = {"closed",    "suspended",  "idle",
                                         "cancelled", "mothballed", "abandoned",
                                         "disused",   "retired",    NULL};
    const struct im_style *st = job->st;
    const char *substance = im_feature_attr(feature, "substance");
    const char *status = im_feature_attr(feature, "status");
    struct lay_line_style s = {.substance = LAY_OTHER_LINE, .colour = st->colour.line};
    if (strcmp(substance, "oil") == 0) {
        s.substance = LAY_OIL;
        s.colour = st->colour.oil;
    } else if (strcmp(substance, "gas") == 0) {
        s.substance = LAY_GAS;
        s.colour = st->colour.gas;
        s.core = st->gas_core;
    }
    if (lay_colour_parse(spec_style(job, overlay), &s.colour)) {
        s.core = 0; // a colour of the user's is enough
    }
    s.planned = is_any(status, planned);
    s.closed = is_any(status, closed);
    s.approximate = strcmp(im_feature_attr(feature, "route_accuracy"), "low") == 0;
    s.stroke =
        (struct im_stroke){.colour = s.colour, .width = st->line_width, .round = true};
    if (s.planned || s.closed || s.approximate) {
        s.stroke.round = false;
        set_dash(&s.stroke,
                 s.planned  ? 4
                 : s.closed ? 7
                            : 16,
                 s.planned  ? 4
                 : s.closed ? 6
                            : 5);
    }
    return s;
}

struct im_stroke lay_core_stroke(const struct im_style *st,
                                 const struct im_stroke *stroke) {
    return (struct im_stroke){.colour = st->colour.casing | 0xFF,
                              .width = fmin(st->gas_core, 0.7 * stroke->width),
                              .round = stroke->round};
}

static bool has_word(const char *name, const char *word) {
    for (size_t n = strlen(word); *name != '\0'; name++) {
        size_t k = 0;
        while (k < n && (name[k] | 0x20) == word[k]) {
            k++;
        }
        if (k == n) {
            return true;
        }
    }
    return false;
}

/* "X pipeline" without its last word: the substance goes between the two. */
static const char *without_pipeline(struct im_arena *arena, const char *name) {
    static const char word[] = " pipeline";
    size_t n = strlen(name);
    size_t w = sizeof word - 1;
    return n > w && has_word(name + n - w, word) ? im_strndup(arena, name, n - w)
                                                 : name;
}

/* Wanted attribute (overlays[].label), else `fallback`, else the other one. */
static const char *label_text(const struct lay_job *job, size_t overlay,
                              const struct im_feature *feature, bool brief) {
    const struct im_spec *spec = job->in->spec;
    const char *wish =
        overlay < spec->overlay_count ? spec->overlays[overlay].label : "";
    if (!brief && wish != NULL && wish[0] != '\0' && strcmp(wish, "auto") != 0) {
        const char *text = im_feature_attr(feature, wish);
        if (text[0] != '\0') {
            return text;
        }
    }
    const char *first = im_feature_attr(feature, brief ? "short_name" : "name");
    return first[0] != '\0' ? first
                            : im_feature_attr(feature, brief ? "name" : "short_name");
}

const char *lay_line_name(const struct lay_job *job, size_t overlay,
                          const struct im_feature *feature, bool brief) {
    const struct im_spec *spec = job->in->spec;
    const char *wish =
        overlay < spec->overlay_count ? spec->overlays[overlay].label : "";
    const char *text = label_text(job, overlay, feature, brief);
    if (text[0] == '\0' || (wish != NULL && strcmp(wish, "none") == 0)) {
        return "";
    }
    const char *substance = im_feature_attr(feature, "substance");
    bool oil = strcmp(substance, "oil") == 0;
    if (!oil && strcmp(substance, "gas") != 0) {
        return text;
    }
    if (has_word(text, substance)) {
        return text;
    }
    return im_phrase_fill(job->arena, lay_wording(job->in),
                          oil ? "oil_pipeline_of" : "gas_pipeline_of", "name",
                          without_pipeline(job->arena, text), NULL);
}

/* A path long enough to be a line; points and rings are others' business. */
static bool is_course(const struct im_feature *f, const struct im_path *p) {
    return !f->is_area && !f->is_point && p->n > 1 && lay_path_length(p) > 0.5;
}

void lay_overlay_lines(struct lay_job *job) {
    struct im_rect room = lay_rect_grow(job->page->map, 60);
    for (size_t i = 0; i < job->in->overlay_count; i++) {
        const struct im_overlay *o = job->in->overlays[i].overlay;
        for (size_t k = 0; k < o->n; k++) {
            struct im_paths pieces = {0};
            lay_paths_clip(job->arena, &o->v[k].paths, room, &pieces);
            for (size_t p = 0; p < pieces.n; p++) {
                if (is_course(o->v[k].feature, &pieces.v[p])) {
                    struct im_path path =
                        lay_path_resample(job->arena, &pieces.v[p], LAY_SAMPLE);
                    struct lay_line line = {i, o->v[k].feature, path};
                    IM_PUSH(job->arena, job->lines, job->line_count, job->line_cap,
                            line);
                }
            }
        }
    }
    lay_separate(job->arena, job->lines, job->line_count,
                 job->st->line_width + job->st->line_gap);
}

/* A corridor is one stroke of one path, so that it does not darken where lines meet. */
static void add_corridor(struct lay_job *job, size_t i) {
    const struct im_overlay_layer *layer = &job->in->overlays[i];
    struct im_item item = {.kind = IM_ITEM_PATH};
    for (size_t k = 0; k < layer->overlay->n; k++) {
        const struct im_paths *paths = &layer->overlay->v[k].paths;
        for (size_t p = 0; p < paths->n; p++) {
            if (is_course(layer->overlay->v[k].feature, &paths->v[p])) {
                IM_PUSH(job->arena, item.paths.v, item.paths.n, item.paths.cap,
                        paths->v[p]);
            }
        }
    }
    double metres = job->in->view->ground_m_per_pt;
    item.stroke = (struct im_stroke){.colour = job->st->colour.corridor,
                                     .width = 2 * layer->corridor_m / metres,
                                     .round = true};
    if (layer->corridor_m > 0 && item.paths.n > 0) {
        lay_add(job, LAY_CORRIDORS, item);
        struct lay_hatch hatch = {job->st->corridor_gap, 45};
        if (hatch.gap > 0) {
            lay_add(job, LAY_CORRIDORS,
                    lay_hatch_band(job->arena, &item.paths, item.stroke.width / 2,
                                   job->page->map, hatch,
                                   job->st->colour.corridor_hatch));
        }
    }
}

static void add_area(struct lay_job *job, size_t overlay,
                     const struct im_overlay_line *line) {
    struct lay_line_style s = lay_line_style(job, overlay, line->feature);
    s.stroke.width = 0.5 * job->st->line_width;
    lay_add_overlay(
        job, overlay,
        (struct im_item){.kind = IM_ITEM_PATH,
                         .title = lay_line_name(job, overlay, line->feature, false),
                         .fill = lay_colour_alpha(s.colour, 0.12),
                         .stroke = s.stroke,
                         .paths = line->paths});
}

static void add_points(struct lay_job *job, size_t overlay,
                       const struct im_overlay_line *line) {
    struct lay_line_style s = lay_line_style(job, overlay, line->feature);
    struct im_stroke white = {.colour = job->st->colour.casing, .width = 1.5};
    for (size_t p = 0; p < line->paths.n; p++) {
        if (line->paths.v[p].n > 0) {
            lay_add_overlay(job, overlay,
                            (struct im_item){.kind = IM_ITEM_SYMBOL,
                                             .symbol = IM_DIAMOND,
                                             .at = line->paths.v[p].v[0],
                                             .radius = 1.4 * job->st->line_width,
                                             .fill = s.colour,
                                             .title = lay_line_name(
                                                 job, overlay, line->feature, false),
                                             .stroke = white});
        }
    }
}

/* Pieces of one feature as one item, so that dashes and tooltips belong together. */
static void add_lines(struct lay_job *job, size_t overlay,
                      const struct im_overlay_line *of, bool casing) {
    struct im_item item = {.kind = IM_ITEM_PATH};
    double core = 0;
    for (size_t i = 0; i < job->line_count; i++) {
        const struct lay_line *line = &job->lines[i];
        if (line->overlay == overlay && line->feature == of->feature) {
            IM_PUSH(job->arena, item.paths.v, item.paths.n, item.paths.cap, line->path);
        }
    }
    if (item.paths.n == 0) {
        return;
    }
    if (casing) {
        item.stroke = (struct im_stroke){.colour = job->st->colour.casing,
                                         .width = job->st->line_casing,
                                         .round = true};
    } else {
        struct lay_line_style s = lay_line_style(job, overlay, of->feature);
        item.stroke = s.stroke;
        core = s.core;
        item.title = lay_line_name(job, overlay, of->feature, false);
    }
    lay_add_overlay(job, overlay, item);
    if (core > 0) {
        item.stroke = lay_core_stroke(job->st, &item.stroke);
        item.title = NULL;
        lay_add_overlay(job, overlay, item);
    }
}

void lay_overlays(struct lay_job *job) {
    for (size_t i = 0; i < job->in->overlay_count; i++) {
        const struct im_overlay *o = job->in->overlays[i].overlay;
        add_corridor(job, i);
        for (size_t k = 0; k < o->n; k++) {
            if (o->v[k].feature->is_area) {
                add_area(job, i, &o->v[k]);
            } else if (o->v[k].feature->is_point) {
                add_points(job, i, &o->v[k]);
            }
        }
        for (int casing = 1; casing >= 0; casing--) {
            for (size_t k = 0; k < o->n; k++) {
                add_lines(job, i, &o->v[k], casing != 0);
            }
        }
    }
}
