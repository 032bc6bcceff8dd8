#include "base/utf8.h"
#include "help/random.h"
#include "help/stage.h"

#include <math.h>
#include <string.h>

static struct im_extent_pt measure(void *self, const struct im_font *font,
                                   const char *text) {
    (void)self;
    double n = (double)im_utf8_length(text, strlen(text));
    double each = (0.55 + font->tracking) * font->size;
    return (struct im_extent_pt){
        .width = n * each, .ascent = 1.07 * font->size, .descent = 0.29 * font->size};
}

void stage_begin(struct stage *s, int width, int height) {
    *s = (struct stage){.arena = im_arena_new((size_t)1 << 28), .seed = 41};
    s->spec = (struct im_spec){.title = "Border clashes, 12\xE2\x80\x93"
                                        "16 July 2020",
                               .subtitle = "Reported incidents on both sides",
                               .language = "en",
                               .worldview = "un",
                               .theme = "news",
                               .width_px = width,
                               .height_px = height,
                               .scale = 1,
                               .margin_m = -1};
    s->spec.labels.list = "";
    im_findings_init(&s->findings, s->arena);
    s->in.towns = im_alloc(s->arena, 400, sizeof *s->in.towns);
    s->in.credits = "Figures as stated by both sides. Borders: made up. The boundaries "
                    "and names shown do not imply endorsement of any claim.";
}

void stage_end(struct stage *s) {
    im_arena_free(s->arena);
}

struct im_event *stage_add(struct stage *s, struct stage_incident i) {
    struct im_event *e = im_alloc(s->arena, 1, sizeof *e);
    struct im_claim *claim = im_alloc(s->arena, 1, sizeof *claim);
    *claim = (struct im_claim){.claimant = "Ministry of Defence",
                               .source = "",
                               .notes = "Exchange of fire near the village; a roof was "
                                        "damaged and a road closed.",
                               .evidence = i.evidence,
                               .killed = {IM_NO_FIGURE, IM_NO_FIGURE},
                               .wounded = {IM_NO_FIGURE, IM_NO_FIGURE},
                               .fatalities = IM_NO_FIGURE};
    claim->killed[0].best = i.killed;
    *e = (struct im_event){.id = "",
                           .type = i.type,
                           .place_text = i.place,
                           .country = "",
                           .admin1 = "",
                           .side = {"", ""},
                           .date = {2020, 7, 12},
                           .claims = claim,
                           .claim_count = 1,
                           .row = IM_AT("incidents.csv", s->in.mark_count + 2, 1)};
    struct im_mark mark = {.event = e,
                           .at = {i.x, i.y},
                           .in_frame = true,
                           .distance = "17 km from the pipeline",
                           .place_label = i.place};
    IM_PUSH(s->arena, s->marks, s->in.mark_count, s->mark_cap, mark);
    return e;
}

void stage_town(struct stage *s, double x, double y, int rank, bool wanted,
                const char *label) {
    static const struct im_place nowhere = {
        .id = "", .name = "", .feature = "", .country = "", .admin1 = "", .source = ""};
    struct im_town *towns = (struct im_town *)s->in.towns; // ours, see stage_begin
    towns[s->in.town_count++] = (struct im_town){.place = &nowhere,
                                                 .label = label,
                                                 .at = {x, y},
                                                 .rank = rank,
                                                 .wanted = wanted,
                                                 .asked = wanted};
}

static struct im_pt on_map(const struct stage *s, double x, double y) {
    struct im_rect m = s->page.map;
    return (struct im_pt){m.x + x * m.w, m.y + y * m.h};
}

struct im_paths stage_paths(struct stage *s, const double *xy, size_t n, bool closed) {
    struct im_paths paths = {0};
    struct im_path path = {im_alloc(s->arena, n, sizeof *path.v), n, closed};
    for (size_t i = 0; i < n; i++) {
        path.v[i] = on_map(s, xy[2 * i], xy[2 * i + 1]);
    }
    IM_PUSH(s->arena, paths.v, paths.n, paths.cap, path);
    return paths;
}

static void make_ground(struct stage *s) {
    static const double west[] = {-0.1, -0.1, 0.45, -0.1, 0.4,  0.4,
                                  0.5,  0.6,  0.45, 1.1,  -0.1, 1.1};
    static const double east[] = {0.45, -0.1, 1.1, -0.1, 1.1, 1.1,
                                  0.45, 1.1,  0.5, 0.6,  0.4, 0.4};
    static const double line[] = {0.45, -0.1, 0.4, 0.4, 0.5, 0.6, 0.45, 1.1};
    struct im_ground *g = im_alloc(s->arena, 2, sizeof *g);
    g[0] = (struct im_ground){"WW", "Westland", stage_paths(s, west, 6, true), 1000,
                              false};
    g[1] = (struct im_ground){"EE", "Eastland", stage_paths(s, east, 6, true), 1000,
                              false};
    struct im_border *b = im_alloc(s->arena, 1, sizeof *b);
    b[0] = (struct im_border){IM_LC_COUNTRY, stage_paths(s, line, 4, false), "", 500};
    s->basemap = (struct im_basemap){.grounds = g,
                                     .ground_count = 2,
                                     .borders = b,
                                     .border_count = 1,
                                     .level = "large"};
}

static struct im_feature *pipeline(struct stage *s, const char *name,
                                   const char *substance) {
    struct im_feature *f = im_alloc(s->arena, 1, sizeof *f);
    const char **keys = im_alloc(s->arena, 2, sizeof *keys);
    const char **values = im_alloc(s->arena, 2, sizeof *values);
    keys[0] = "name";
    values[0] = name;
    keys[1] = "substance";
    values[1] = substance;
    *f = (struct im_feature){.keys = keys, .values = values, .attr_count = 2};
    return f;
}

static void make_overlay(struct stage *s) {
    static const double oil[] = {-0.05, 0.12, 0.3, 0.2, 0.7, 0.35, 1.05, 0.42};
    static const double gas[] = {-0.05, 0.123, 0.3, 0.203, 0.7, 0.35, 1.05, 0.418};
    struct im_overlay *o = im_alloc(s->arena, 1, sizeof *o);
    o->name = "pipelines";
    o->style = "";
    o->v = im_alloc(s->arena, 2, sizeof *o->v);
    o->n = 2;
    o->v[0] = (struct im_overlay_line){pipeline(s, "Long oil pipeline", "oil"),
                                       stage_paths(s, oil, 4, false)};
    o->v[1] = (struct im_overlay_line){pipeline(s, "Southern", "gas"),
                                       stage_paths(s, gas, 4, false)};
    struct im_overlay_layer *layer = im_alloc(s->arena, 1, sizeof *layer);
    *layer = (struct im_overlay_layer){o, 15000};
    s->in.overlays = layer;
    s->in.overlay_count = 1;
}

static void make_graticule(struct stage *s) {
    s->graticule = (struct im_graticule){.step = 0.25, .meridian_step = 0.25};
    for (int i = 0; i < 8; i++) {
        double share = (i % 4 + 0.5) / 4;
        bool meridian = i < 4;
        double ends[4] = {meridian ? share : 0, meridian ? 1 : share,
                          meridian ? share : 1, meridian ? 0 : share};
        struct im_graticule_line line = {.paths = stage_paths(s, ends, 2, false),
                                         .meridian = meridian,
                                         .degrees = (meridian ? 45 : 41) + 0.25 * i,
                                         .has_label = {true, true}};
        line.label[0] = line.paths.v[0].v[0];
        line.label[1] = line.paths.v[0].v[1];
        IM_PUSH(s->arena, s->graticule.v, s->graticule.n, s->graticule.cap, line);
    }
}

static void put_marks(struct stage *s) {
    struct im_town *towns = (struct im_town *)s->in.towns; // ours, see stage_begin
    for (size_t i = 0; i < s->in.mark_count; i++) {
        s->marks[i].at = on_map(s, s->marks[i].at.x, s->marks[i].at.y);
    }
    for (size_t i = 0; i < s->in.town_count; i++) {
        towns[i].at = on_map(s, towns[i].at.x, towns[i].at.y);
    }
}

void stage_run(struct stage *s) {
    if (im_style_load(s->arena, &s->spec, &s->style, NULL) != INCMAP_OK) {
        return; // the scene stays empty, which no test expects
    }
    s->in.spec = &s->spec;
    s->in.style = s->style;
    s->in.measure = (struct im_measure){NULL, measure};
    s->in.findings = &s->findings;
    s->in.marks = s->marks;
    s->page = im_page_plan(s->arena, &s->in);
    put_marks(s);
    make_ground(s);
    make_overlay(s);
    make_graticule(s);
    s->view = (struct im_view){.frame = s->page.map,
                               .m_per_pt = 100,
                               .ground_m_per_pt = 110000 / s->page.map.w,
                               .middle = {45.5, 41},
                               .scale_spread = s->spread};
    s->in.view = &s->view;
    s->in.basemap = &s->basemap;
    s->in.graticule = &s->graticule;
    if (s->change != NULL) {
        s->change(s);
    }
    im_layout(s->arena, &s->in, &s->page, &s->scene);
    for (size_t i = 0; i < s->scene.n; i++) {
        for (size_t k = 0; k < s->scene.layers[i].n; k++) {
            struct im_item *item = &s->scene.layers[i].items[k];
            if (item->tell != NULL) {
                item->tell(item->subject, item); // as an output with tooltips does
            }
        }
    }
}

const struct im_layer *stage_layer(const struct stage *s, const char *id) {
    static const struct im_layer none = {.id = ""};
    for (size_t i = 0; i < s->scene.n; i++) {
        if (strcmp(s->scene.layers[i].id, id) == 0) {
            return &s->scene.layers[i];
        }
    }
    return &none;
}

const struct im_item *stage_text(const struct stage *s, const char *layer,
                                 const char *part) {
    const struct im_layer *l = stage_layer(s, layer);
    for (size_t i = 0; i < l->n; i++) {
        if (l->items[i].text != NULL && strstr(l->items[i].text, part) != NULL) {
            return &l->items[i];
        }
    }
    return NULL;
}

size_t stage_findings(const struct stage *s, enum im_code code) {
    size_t n = 0;
    for (size_t i = 0; i < s->findings.n; i++) {
        n += strcmp(s->findings.items[i].code, im_code_text(code)) == 0;
    }
    return n;
}

int stage_setup(void **state) {
    stage_begin(*state, 1600, 1200);
    return 0;
}

int stage_teardown(void **state) {
    stage_end(*state);
    return 0;
}
