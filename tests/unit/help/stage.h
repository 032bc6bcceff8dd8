/* A made-up figure for layout tests: two countries with a border between them, two
 * pipelines in one trench, towns, incidents; a text measure without fonts. */
#ifndef STAGE_H
#define STAGE_H

#include "layout/layout.h"
#include "layout/plane.h"
#include "layout/style.h"

struct stage {
    struct im_arena *arena;
    struct im_spec spec;
    struct im_style *style;
    struct im_findings findings;
    struct im_layout_input in;
    struct im_mark *marks;
    size_t mark_cap;
    struct im_view view;
    struct im_basemap basemap;
    struct im_graticule graticule;
    struct im_page page;
    struct im_scene scene;
    uint64_t seed;                   /* for random_from */
    double spread;                   /* of the scale over the map, see im_view */
    void (*change)(struct stage *s); /* last change before the layout, or NULL */
};

/* Sizes in pixels. The stage lives in a new arena; stage_end frees it. */
void stage_begin(struct stage *s, int width, int height);
void stage_end(struct stage *s);
/* The same as cmocka's functions of one test, with 1600 x 1200 pixels; and a test that
 * has them, on the stage `s` of its file. */
int stage_setup(void **state);
int stage_teardown(void **state);
#define stage_test(test)                                                               \
    cmocka_unit_test_prestate_setup_teardown(test, stage_setup, stage_teardown, &s)

/* An incident at a share (0..1) of the map's width and height. */
struct stage_incident {
    double x, y, killed;
    const char *type, *place;
    enum im_evidence evidence;
};
struct im_event *stage_add(struct stage *s, struct stage_incident i);
void stage_town(struct stage *s, double x, double y, int rank, bool wanted,
                const char *label);

/* A path through n points (x, y, ...), shares of the map: for `change`. */
struct im_paths stage_paths(struct stage *s, const double *xy, size_t n, bool closed);

/* Plan, put everything at its share of the map, lay out. */
void stage_run(struct stage *s);

const struct im_layer *stage_layer(const struct stage *s, const char *id);
/* First text of a layer that holds `part`; NULL = none. */
const struct im_item *stage_text(const struct stage *s, const char *layer,
                                 const char *part);
size_t stage_findings(const struct stage *s, enum im_code code);

/* What the letters of a text cover: its advance, capitals and tails. */
struct im_rect stage_ink(const struct im_item *text);

/* Faults of a finished figure, one line each in *out (cleared first); their number. */
size_t stage_faults(const struct stage *s, struct im_buf *out);

#endif
