/*
 * From model and projected ground to a scene: where everything goes on the page.
 *
 *   1. im_style_load    theme and the spec's own values -> struct im_style
 *   2. im_page_plan     title, list, legend band, credits take their space; the rest is
 *                       the map's frame (so the view can be fitted to it)
 *   3. im_layout        ground, overlays, symbols, labels, furniture -> scene
 */
#ifndef IM_LAYOUT_LAYOUT_H
#define IM_LAYOUT_LAYOUT_H

#include "base/findings.h"
#include "model/ground.h"
#include "model/spec.h"
#include "project/project.h"
#include "scene/scene.h"

struct im_style; /* every colour, width and size of a theme; layout/style.h */

/* The spec's theme with its style{} values over it. Errors: USAGE, or INPUT when it
 * stands in a map file: unknown theme or key, bad value, with the nearest known one and
 * its position. */
INCMAP_MUST_CHECK enum incmap_status im_style_load(struct im_arena *arena,
                                                   const struct im_spec *spec,
                                                   struct im_style **out,
                                                   struct incmap_error *err);

/* The style as the style{} of a map file that says it again, every key with its unit,
 * range, meaning and what the other themes say. */
void im_style_print(const struct im_style *style, struct im_buf *out);

/* Pixels per page point for a figure: spec->scale times the automatic factor of its
 * size (1 at 1600 x 1200). */
double im_page_factor(const struct im_spec *spec);

struct im_page {
    double width, height; /* points */
    struct im_rect title, map, list, legend, credits;
    bool has_list; /* the numbered list beside (or under) the map */
};

/* A place that may be labelled. */
struct im_town {
    const struct im_place *place;
    const char *label; /* in the map's language; NULL: as the input's label_of says */
    struct im_pt at;
    int rank;    /* 0 capital, 1 city, 2 town, 3 village */
    bool wanted; /* label it first: it is asked for, or a capital on a map of few */
    bool asked;  /* named by an incident, an extent or an annotation */
};

/* An event that is on the map, with what was measured for it. */
struct im_mark {
    const struct im_event *event;
    struct im_pt at; /* page */
    bool in_frame;
    const struct im_paths *area; /* projected polygon of an area position, or NULL */
    bool at_sea;                 /* its position is a sea, no land */
    const char *distance;        /* "17 km from the BTC pipeline", or "" */
    const char *place_label;     /* "Movses (Tavush)", in the map's language, or "" */
};

/* The mark's place label; where it has no name, its coordinates in the language, to
 * about 100 m, or to 1 km where the row says no better. */
const char *im_mark_where(struct im_arena *arena, const char *language,
                          const struct im_mark *mark);

struct im_overlay_layer {
    const struct im_overlay *overlay;
    double corridor_m; /* 0 = none */
};

/* The map's surroundings on a small scale, as a view of their own whose frame begins at
 * 0, 0; layout puts it into a corner, and makes it smaller if need be. */
struct im_inset {
    struct im_view view;
    struct im_basemap basemap;
    struct im_paths outline; /* of the map's frame, one closed path; none: it lies
                                outside */
    const char *const *own;  /* codes of the map's own countries */
    size_t own_count;
};

struct im_layout_input {
    const struct im_spec *spec;
    const struct im_style *style;
    struct im_measure measure;
    struct im_findings *findings;
    const struct im_mark *marks; /* in the order of numbering */
    size_t mark_count;
    bool with_year;    /* the year is said with each date */
    size_t not_placed; /* events without a position: said on the map */
    /* from here on only for im_layout: */
    const struct im_view *view;
    const struct im_basemap *basemap;
    const struct im_overlay_layer *overlays;
    size_t overlay_count;
    const struct im_town *towns; /* most important first */
    size_t town_count;
    /* The label of a town that has none yet: the wanted have theirs, and where there
     * are annotations all; of the others most are never asked for. */
    const char *(*label_of)(void *self, const struct im_town *town);
    void *label_self;
    const struct im_graticule *graticule;
    const char
        *credits; /* sources of facts and data, worldview, accuracy: built by api */
    const char *credits_least;    /* of them what no map goes without: whose borders; or
                                     NULL */
    const struct im_inset *inset; /* NULL = none */
    const char *worldview; /* whose borders, in the map's language; NULL: by the spec */
};

/*
 * Plan the page. Marks need only event, distance and place_label here. When view,
 * basemap and overlays are there from a first plan, the legend's room is that of the
 * lines they show; without overlays (NULL) it is a guess.
 */
struct im_page im_page_plan(struct im_arena *arena,
                            const struct im_layout_input *input);

/* Build the scene; the page is the one planned. Labels and list entries that find no
 * place are findings. Errors: none of its own (memory goes to the arena's catch point).
 */
void im_layout(struct im_arena *arena, const struct im_layout_input *input,
               const struct im_page *page, struct im_scene *scene);

#endif
