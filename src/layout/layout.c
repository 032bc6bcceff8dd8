/* The order in which a figure is laid out, and the layers in the order of drawing. */
#include "layout/job.h"
#include "layout/page.h"
#include "layout/stack.h"

#include <string.h>

static const struct {
    const char *id;
    bool clipped;
} layer_table[LAY_LAYER_COUNT] = {
    [LAY_PAGE] = {"page", false},
    [LAY_WATER] = {"water", false},
    [LAY_SEA_AREAS] = {"areas-sea", true}, // only where there are some
    [LAY_LAND] = {"land", true},
    [LAY_LAKES] = {"lakes", true},
    [LAY_PROVINCES] = {"provinces", true},
    [LAY_CORRIDORS] = {"corridors", true},
    [LAY_BORDERS] = {"borders", true},
    [LAY_GRATICULE] = {"graticule", true},
    [LAY_DEGREES] = {"degrees", false},
    [LAY_OVERLAYS] = {"overlay", true},
    [LAY_AREAS] = {"areas", true},
    [LAY_INCIDENTS] = {"incidents", true},
    [LAY_INSET] = {"inset", false},
    [LAY_INSET_MAP] = {"inset-map", true},
    [LAY_INSET_FRAME] = {"inset-frame", false},
    [LAY_LABELS] = {"labels", false},
    [LAY_CALLOUTS] = {"callouts", false},
    [LAY_LEGEND] = {"legend", false},
    [LAY_SCALE] = {"scale", false},
    [LAY_TITLE] = {"title", false},
    [LAY_LIST] = {"list", false},
    [LAY_CREDITS] = {"credits", false},
};

static void emit(struct lay_job *job, const char *id, const char *title,
                 const struct im_rect *clip, const struct lay_items *items) {
    struct im_layer *layer = im_scene_layer(job->scene, id, title, clip);
    layer->items = items->v; // in the scene's own arena: nothing is copied
    layer->n = items->n;
    layer->cap = items->cap;
}

static void emit_overlays(struct lay_job *job) {
    for (size_t i = 0; i < job->in->overlay_count; i++) {
        const char *id = im_format(job->arena, "overlay-%zu", i + 1);
        const char *file = job->in->overlays[i].overlay->name;
        emit(job, id, lay_file_words(job->arena, file, true), &job->page->map,
             &job->overlays[i]);
    }
}

static void emit_all(struct lay_job *job) {
    for (int i = 0; i < LAY_LAYER_COUNT; i++) {
        bool inset = i == LAY_INSET || i == LAY_INSET_MAP || i == LAY_INSET_FRAME;
        bool none = i == LAY_SEA_AREAS && job->layers[i].n == 0;
        if (i == LAY_OVERLAYS) {
            emit_overlays(job);
        } else if (!none && (!inset || job->inset.w > 0)) {
            const char *id = layer_table[i].id;
            int word = (int)strcspn(id, "-");
            const char *title =
                lay_word(job->in, im_format(job->arena, "layer_%.*s", word, id));
            const struct im_rect *clip =
                i == LAY_INSET_MAP ? &job->inset : &job->page->map;
            emit(job, id, title, layer_table[i].clipped ? clip : NULL, &job->layers[i]);
        }
    }
}

void lay_border_sides(struct lay_job *job) {
    const struct im_basemap *map = job->in->basemap;
    for (size_t i = 0; i < map->border_count; i++) {
        enum im_line_class c = map->borders[i].line_class;
        bool thin = c == IM_LC_PROVINCE || c == IM_LC_COAST || c == IM_LC_FORMER;
        lay_field_paths(job->field, thin ? LAY_THIN : LAY_BORDER,
                        &map->borders[i].paths, thin ? 0.5 : 2);
    }
    for (size_t i = 0; i < map->water_count; i++) {
        const struct im_water *w = &map->waters[i];
        lay_field_paths(job->field, w->is_line ? LAY_THIN : LAY_SHORE, &w->paths, 0.5);
    }
}

#define LARGE 12       /* cities that names of lines keep off, at most */
#define CITY_ROOM 12.0 /* points about their discs: for their names */

/* Places that will be marked in any case; and the first of the large ones, off which
 * the names of lines should rather keep. */
static void discs_of_wanted(struct lay_job *job) {
    size_t large = 0;
    for (size_t i = 0; i < job->in->town_count; i++) {
        const struct im_town *town = &job->in->towns[i];
        double r = lay_town_radius(town->rank) + 1;
        if (town->wanted) {
            lay_field_disc(job->field, LAY_SYMBOL, town->at, r, LAY_TOWN_OWNER + i);
        } else if (job->line_count > 0 && town->rank <= 1 && large < LARGE) {
            lay_field_disc(job->field, LAY_BORDER, town->at, r + CITY_ROOM,
                           LAY_TOWN_OWNER + i);
            large++;
        }
    }
}

void lay_obstacles(struct lay_job *job) {
    job->field = lay_field_new(job->scratch, lay_rect_grow(job->page->map, -4));
    lay_border_sides(job);
    for (size_t i = 0; i < job->line_count; i++) {
        struct im_paths one = {&job->lines[i].path, 1, 1};
        lay_field_paths(job->field, LAY_LINE, &one, job->st->line_casing / 2 + 0.5);
    }
    discs_of_wanted(job);
    lay_reserve_targets(job);
    for (size_t i = 0; i < job->symbol_count; i++) {
        const struct lay_symbol *s = &job->symbols[i];
        if (!lay_is_drawn(s)) {
            continue;
        }
        lay_field_disc(job->field, LAY_SYMBOL, s->at, s->reach, i + 1);
        if (s->displaced) {
            struct lay_stroke stem = {s->mark->at, s->at, 2};
            lay_field_stroke(job->field, LAY_LEADER, stem, i + 1);
            lay_field_disc(job->field, LAY_SYMBOL, s->mark->at, 4, i + 1);
        }
    }
}

static void start(struct lay_job *job) {
    const struct im_spec *spec = job->in->spec;
    im_scene_init(job->scene, job->arena, job->page->width, job->page->height);
    job->language = spec->language == NULL ? "" : spec->language;
    job->scene->language = lay_wording(job->in);
    job->scene->background = job->st->colour.page;
    job->overlays =
        im_alloc(job->arena, job->in->overlay_count + 1, sizeof *job->overlays);
    enum lay_mode wish = lay_mode_for(job->in);
    lay_tell_mode(job->in, wish);
    job->mode = job->page->has_list ? LAY_NUMBERED : wish;
    if (job->mode == LAY_NUMBERED && !job->page->has_list) {
        job->mode = LAY_PLAIN;
        im_finding(job->in->findings, IM_F_LIST_CUT, IM_FILE(spec->file),
                   "choose a larger size",
                   "the page has no room for the incident list");
    }
    lay_categories_make(job->arena, job->in, &job->categories);
}

static void add_panel(struct lay_job *job, const char *id, struct im_rect frame,
                      const struct im_view *view) {
    im_scene_panel(job->scene,
                   (struct im_panel){.id = id,
                                     .frame = frame,
                                     .projection = view->crs != NULL
                                                       ? im_crs_definition(view->crs)
                                                       : "",
                                     .ground_m_per_pt = view->ground_m_per_pt,
                                     .cover = view->cover});
}

void im_layout(struct im_arena *arena, const struct im_layout_input *input,
               const struct im_page *page, struct im_scene *scene) {
    struct lay_job *job = im_alloc(arena, 1, sizeof *job); // tooltips need it later
    struct im_layout_input *in = im_alloc(arena, 1, sizeof *in);
    *in = *input;
    *job = (struct lay_job){
        .arena = arena, .in = in, .st = in->style, .page = page, .scene = scene};
    job->scratch = im_arena_branch(arena);
    start(job);
    lay_lands(job);
    lay_symbols(job);
    lay_overlay_lines(job);
    lay_ground(job);
    lay_displace(job);
    lay_overlays(job);
    lay_graticule(job);
    lay_marks(job);
    lay_obstacles(job);
    lay_inset(job);
    lay_stack_numbers(job);
    lay_line_labels(job);
    lay_towns(job, true);
    lay_callouts(job);
    lay_reserve_towns(job);
    lay_names(job, LAY_COUNTRIES);
    lay_towns(job, false);
    lay_names(job, LAY_WATERS);
    lay_names(job, LAY_PROVINCE_NAMES);
    lay_legend(job);
    lay_title(job);
    lay_list(job);
    lay_credits(job);
    lay_describe(job);
    add_panel(job, "map", page->map, in->view);
    if (job->inset.w > 0) {
        struct im_view view = in->inset->view;
        view.ground_m_per_pt *= view.frame.w / job->inset.w;
        add_panel(job, "inset", job->inset, &view);
    }
    emit_all(job);
    im_arena_drop(job->scratch); // a pixel canvas comes next
    job->scratch = NULL;
    job->field = NULL;
    job->lands = job->on_globe = job->alone = NULL;
    job->named = NULL;
}
