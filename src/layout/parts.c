/* What the legend has to explain. */
#include "layout/legend.h"
#include "layout/look.h"
#include "layout/overlay.h"
#include "layout/stack.h"
#include "text/text.h"

#include <math.h>
#include <string.h>

#define LEAST_SEEN 12.0 /* points of a line on the map that ask for an explanation */

static void add(struct im_arena *arena, struct lay_parts *out, struct lay_part part) {
    IM_PUSH(arena, out->v, out->n, out->cap, part);
}

static void add_looks(struct im_arena *arena, const struct im_layout_input *in,
                      const struct lay_categories *c, const struct lay_looks *looks,
                      struct lay_parts *out) {
    for (size_t i = 0; i < looks->n; i++) {
        struct lay_look look = looks->v[i].look;
        struct lay_symbol s = {
            .shape = look.shape, .colour = look.colour, .hatch = look.hatch};
        add(arena, out,
            (struct lay_part){.sample = LAY_S_SYMBOL,
                              .text = lay_look_text(arena, in, c, looks, i),
                              .rank = 1,
                              .symbol = s});
    }
}

static void add_evidence(struct im_arena *arena, const struct im_layout_input *in,
                         const bool seen[4], enum im_symbol shape,
                         struct lay_parts *out) {
    static const struct {
        enum im_evidence evidence;
        const char *key;
    } rows[] = {{IM_CONFIRMED, "evidence_confirmed"},
                {IM_CLAIMED, "evidence_claimed"},
                {IM_DISPUTED, "evidence_disputed"}};
    if (!seen[IM_CLAIMED] && !seen[IM_DISPUTED]) {
        return; // all are filled: nothing to explain
    }
    for (size_t i = 0; i < 3; i++) {
        if (seen[rows[i].evidence]) {
            struct lay_symbol s = {.shape = shape,
                                   .colour = in->style->colour.grey,
                                   .evidence = rows[i].evidence};
            add(arena, out,
                (struct lay_part){.sample = LAY_S_SYMBOL,
                                  .text = lay_word(in, rows[i].key),
                                  .rank = 3,
                                  .symbol = s});
        }
    }
}

static bool has_pipelines(const struct im_overlay *overlay) {
    for (size_t i = 0; i < overlay->n; i++) {
        if (im_feature_attr(overlay->v[i].feature, "substance")[0] != '\0') {
            return true;
        }
    }
    return false;
}

static void add_corridor(struct im_arena *arena, const struct im_layout_input *in,
                         bool pipelines, double metres, struct lay_parts *out) {
    const char *text = im_phrase_fill(
        arena, lay_wording(in), pipelines ? "within_pipeline" : "within_line",
        "distance", lay_kilometres(arena, in, metres / 1000), NULL);
    add(arena, out,
        (struct lay_part){.sample = LAY_S_SWATCH,
                          .text = text,
                          .rank = 4,
                          .hatch = {in->style->corridor_gap, 45},
                          .hatch_colour = in->style->colour.corridor_hatch,
                          .fill = in->style->colour.corridor});
}

/* An overlay's lines as the legend has them. */
struct lines_of {
    size_t overlay;
    const char *wish; /* of the map file; "": none */
    bool mixed; /* oil and gas, or others beside them: the wish alone says too little */
};

static const char *line_text(struct lay_job *job, const struct lines_of *of,
                             const struct lay_line_style *s) {
    const char *file = job->in->overlays[of->overlay].overlay->name;
    const char *oil_or_gas = s->substance == LAY_OIL ? lay_word(job->in, "oil_pipeline")
                             : s->substance == LAY_GAS
                                 ? lay_word(job->in, "gas_pipeline")
                                 : "";
    const char *what = of->wish;
    if (strcmp(of->wish, "none") == 0) {
        return "";
    }
    if (of->wish[0] == '\0') {
        what =
            oil_or_gas[0] != '\0' ? oil_or_gas : lay_file_words(job->arena, file, true);
    } else if (of->mixed && oil_or_gas[0] != '\0') {
        what = im_format(job->arena, "%s \u00B7 %s", of->wish, oil_or_gas);
    }
    const char *more = s->planned       ? lay_word(job->in, "planned")
                       : s->closed      ? lay_word(job->in, "not_in_use")
                       : s->approximate ? lay_word(job->in, "approximate_route")
                                        : "";
    return more[0] == '\0' ? what : im_format(job->arena, "%s (%s)", what, more);
}

static bool has_text(const struct lay_parts *parts, const char *text) {
    for (size_t i = 0; i < parts->n; i++) {
        if (strcmp(parts->v[i].text, text) == 0) {
            return true;
        }
    }
    return false;
}

/* Do the paths show enough of themselves on the map to be explained? */
static bool is_seen(const struct lay_job *job, const struct im_paths *paths) {
    double sum = 0;
    for (size_t i = 0; i < paths->n; i++) {
        const struct im_path *p = &paths->v[i];
        for (size_t k = 1; k < p->n && sum < LEAST_SEEN; k++) {
            sum += lay_segment_inside(p->v[k - 1], p->v[k], job->page->map);
        }
    }
    return sum >= LEAST_SEEN;
}

static void add_line(struct lay_job *job, const struct lines_of *of,
                     const struct im_feature *feature, struct lay_parts *out) {
    struct lay_line_style s = lay_line_style(job, of->overlay, feature);
    const char *text = line_text(job, of, &s);
    if (text[0] != '\0' && !has_text(out, text)) {
        add(job->arena, out,
            (struct lay_part){.sample = LAY_S_LINE,
                              .text = text,
                              .rank = 4,
                              .stroke = s.stroke,
                              .core = s.core});
    }
}

static struct lines_of lines_of(struct lay_job *job, size_t i, const bool *seen) {
    const struct im_spec *spec = job->in->spec;
    const struct im_overlay *o = job->in->overlays[i].overlay;
    const char *wish = i < spec->overlay_count ? spec->overlays[i].legend : NULL;
    struct lines_of of = {.overlay = i, .wish = wish != NULL ? wish : ""};
    size_t first = 0;
    for (size_t k = 0; k < o->n && of.wish[0] != '\0'; k++) {
        if (seen[k]) {
            first = seen[first] ? first : k;
            of.mixed =
                of.mixed || lay_line_style(job, i, o->v[k].feature).substance !=
                                lay_line_style(job, i, o->v[first].feature).substance;
        }
    }
    return of;
}

static void add_lines(struct lay_job *job, struct lay_parts *out) {
    for (size_t i = 0; i < job->in->overlay_count; i++) {
        const struct im_overlay *o = job->in->overlays[i].overlay;
        bool *seen = im_alloc(job->arena, o->n + 1, sizeof *seen);
        for (size_t k = 0; k < o->n; k++) {
            const struct im_feature *f = o->v[k].feature;
            seen[k] = !f->is_area && !f->is_point && is_seen(job, &o->v[k].paths);
        }
        struct lines_of of = lines_of(job, i, seen);
        for (size_t k = 0; k < o->n; k++) {
            if (seen[k]) {
                add_line(job, &of, o->v[k].feature, out);
            }
        }
    }
}

/* Do undetermined lines of several names, or of one and of none, lie on the map? They
 * look alike: one row tells what they are. */
static bool are_many(struct lay_job *job) {
    const struct im_basemap *map = job->in->basemap;
    const char *name = NULL;
    for (size_t i = 0; i < map->border_count; i++) {
        const struct im_border *b = &map->borders[i];
        if (b->line_class == IM_LC_UNDETERMINED && is_seen(job, &b->paths)) {
            if (name != NULL && strcmp(name, b->name) != 0) {
                return true;
            }
            name = b->name;
        }
    }
    return false;
}

static void add_borders(struct lay_job *job, struct lay_parts *out) {
    static const char *const keys[IM_LC_COUNT] = {
        [IM_LC_DISPUTED] = "border_disputed",
        [IM_LC_UNDETERMINED] = "border_undetermined",
        [IM_LC_CEASEFIRE] = "border_ceasefire",
        [IM_LC_FORMER] = "border_former"};
    const struct im_basemap *map = job->in->basemap;
    bool many = are_many(job);
    for (size_t i = 0; i < map->border_count; i++) {
        const struct im_border *b = &map->borders[i];
        bool one = b->name[0] != '\0' && !(many && b->line_class == IM_LC_UNDETERMINED);
        const char *key = keys[b->line_class];
        if (key == NULL || !is_seen(job, &b->paths)) {
            continue;
        }
        const char *text = one ? b->name : lay_word(job->in, key);
        if (!has_text(out, text)) {
            add(job->arena, out,
                (struct lay_part){.sample = LAY_S_LINE,
                                  .text = text,
                                  .rank = 3,
                                  .stroke = lay_border_stroke(job, b->line_class)});
        }
    }
}

/* The first of the layer's areas, in which incidents may lie; those at sea over water.
 */
static bool add_doubt(struct lay_job *job, enum lay_layer layer,
                      struct lay_parts *out) {
    const struct lay_items *items = &job->layers[layer];
    for (size_t i = 0; i < items->n; i++) {
        im_rgba fill = items->v[i].fill, water = job->st->colour.water;
        if (items->v[i].stroke.dash_count > 0) { // discs of towns have none
            add(job->arena, out,
                (struct lay_part){.sample = LAY_S_SWATCH,
                                  .text = lay_word(job->in, "somewhere_within"),
                                  .rank = 5,
                                  .fill = layer == LAY_SEA_AREAS
                                              ? lay_colour_blend(fill, water)
                                              : fill,
                                  .stroke = items->v[i].stroke});
            return true;
        }
    }
    return false;
}

static void add_count(struct im_arena *arena, const struct im_layout_input *in,
                      size_t n, const char *key, struct lay_parts *out) {
    if (n > 0) {
        const char *text =
            im_count_phrase(arena, lay_wording(in), key, (double)n, NULL);
        add(arena, out,
            (struct lay_part){.sample = LAY_S_NONE, .text = text, .rank = 1});
    }
}

void lay_legend_parts(struct lay_job *job, struct lay_parts *out) {
    struct lay_sizes sizes = {.unit = job->unit, .smallest = HUGE_VAL};
    bool seen[4] = {false, false, false, false};
    struct lay_looks looks = {.n = 0};
    for (size_t i = 0; i < job->symbol_count; i++) {
        const struct lay_symbol *s = &job->symbols[i];
        struct lay_seen of = {(size_t)(s->category - job->categories.v),
                              s->mark->event->set};
        struct lay_look look = {s->shape, s->colour, s->hatch};
        lay_looks_add(job->arena, &looks, look, of);
        seen[s->evidence] = true;
        if (s->stack != NULL && s->stack->sized) {
            sizes.most = fmax(sizes.most, s->stack->value);
        } else if (s->sized && s->stack == NULL) {
            lay_sizes_count(&sizes, s->value);
            sizes.smallest = fmin(sizes.smallest, s->radius);
            bool raised = job->unit * sqrt(fmax(0, s->value)) < 0.99 * s->radius;
            sizes.least = raised ? fmax(sizes.least, s->value) : sizes.least;
        }
    }
    sizes.smallest =
        sizes.smallest == HUGE_VAL ? 0 : sizes.smallest; // all stand together
    lay_looks_shape(&looks, &sizes.shape);
    lay_looks_sort(&looks);
    add_looks(job->arena, job->in, &job->categories, &looks, out);
    lay_sizes_add(job->arena, job->in, sizes, out);
    lay_stack_parts(job, out);
    add_evidence(job->arena, job->in, seen, sizes.shape, out);
    if (!add_doubt(job, LAY_AREAS, out)) {
        add_doubt(job, LAY_SEA_AREAS, out);
    }
    add_lines(job, out);
    for (size_t i = 0; i < job->in->overlay_count; i++) {
        const struct im_overlay_layer *o = &job->in->overlays[i];
        if (o->corridor_m > 0 && job->layers[LAY_CORRIDORS].n > 0) {
            add_corridor(job->arena, job->in, has_pipelines(o->overlay), o->corridor_m,
                         out);
        }
    }
    add_borders(job, out);
    add_count(job->arena, job->in, job->in->not_placed, "not_placed", out);
    add_count(job->arena, job->in, job->outside, "outside_the_map", out);
}

/* Lines and borders: those on the map when it has been made once, else a guess. */
static void add_ground_guess(struct im_arena *arena, const struct im_layout_input *in,
                             struct lay_parts *out) {
    if (in->overlays != NULL) {
        struct im_page page = {.map = in->view->frame};
        struct lay_job job = {.arena = arena, .in = in, .st = in->style, .page = &page};
        add_lines(&job, out);
        add_borders(&job, out);
        return;
    }
    for (size_t i = 0; i < in->spec->overlay_count; i++) {
        struct lay_part line = {.sample = LAY_S_LINE, .rank = 4};
        line.text = lay_word(in, "oil_pipeline");
        add(arena, out, line);
        line.text = lay_word(in, "gas_pipeline");
        add(arena, out, line);
    }
}

/* Radii as lay_symbols will make them: small maps have small symbols. Once there is a
 * map, the next one may be so much larger; before, all that is known is the page. */
#define LARGER 1.15
static void guess_radii(const struct im_layout_input *in, struct lay_sizes *sizes) {
    double room = HUGE_VAL;
    if (in->overlays != NULL) {
        room = LARGER * fmin(in->view->frame.w, in->view->frame.h);
    }
    double share = lay_mode_for(in) == LAY_PLAIN ? LAY_PLAIN_SHARE : 1;
    struct lay_radii r = lay_radii(in->style, share, room, sizes->most);
    sizes->smallest = r.smallest;
    sizes->unit = r.unit;
    double seen_from = r.smallest / r.unit;
    sizes->least = sizes->most > 0 ? floor(seen_from * seen_from) : 0;
}

void lay_legend_guess(struct im_arena *arena, const struct im_layout_input *in,
                      struct lay_parts *out) {
    struct lay_categories categories;
    struct lay_sizes sizes = {.smallest = 0};
    bool seen[4] = {false, false, false, false};
    struct lay_looks looks = {.n = 0};
    lay_categories_make(arena, in, &categories);
    for (size_t i = 0; i < in->mark_count; i++) {
        const struct im_event *e = in->marks[i].event;
        struct lay_seen of = {lay_category_of(&categories, e), e->set};
        lay_looks_add(arena, &looks, lay_look_of(in, &categories.v[of.category], e),
                      of);
        seen[lay_evidence(e)] = true;
        if (lay_is_sized(in, e)) {
            lay_sizes_count(&sizes, im_event_killed(e, NULL));
        }
    }
    lay_looks_shape(&looks, &sizes.shape);
    lay_looks_sort(&looks);
    struct lay_stacks_seen stacks = lay_stacks_expect(arena, in);
    sizes.most = fmax(sizes.most, stacks.most);
    guess_radii(in, &sizes);
    add_looks(arena, in, &categories, &looks, out);
    lay_sizes_add(arena, in, sizes, out);
    if (stacks.fewest > 0) {
        lay_stack_guess(arena, in, &stacks, out);
    }
    add_evidence(arena, in, seen, sizes.shape, out);
    add_ground_guess(arena, in, out);
    for (size_t i = 0; i < in->spec->corridor_count; i++) {
        add_corridor(arena, in, true, in->spec->corridors[i].distance_m, out);
    }
    add_count(arena, in, in->not_placed, "not_placed", out);
}
