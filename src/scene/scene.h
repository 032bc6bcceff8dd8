/*
 * The scene: a display list in page points, plain data, printable as text. Layout
 * writes it, draw reads it; neither knows the other. Building is sticky: adders return
 * void.
 */
#ifndef IM_SCENE_SCENE_H
#define IM_SCENE_SCENE_H

#include "base/buf.h"
#include "geo/geo.h"
#include <stdint.h>

/* Colour 0xRRGGBBAA; alpha 0 = draw nothing. */
typedef uint32_t im_rgba;

struct im_stroke {
    im_rgba colour;
    double width;   /* points; 0 = no stroke */
    double dash[4]; /* points on, off, on, off */
    int dash_count; /* 0 = solid; 2 or 4 */
    double dash_offset;
    bool round; /* round caps and joins, else butt and miter */
};

enum im_weight { IM_REGULAR, IM_BOLD };
struct im_font {
    enum im_weight weight;
    bool italic;
    double size;     /* points */
    double tracking; /* extra space between letters, em */
};

struct im_halo {
    im_rgba colour;
    double width; /* points on each side; 0 = none */
};

/* Size of a text as it will be drawn. */
struct im_extent_pt {
    double width;           /* advance, points */
    double ascent, descent; /* of the font, points, both positive */
    int missing;            /* characters that no font has */
    uint32_t missing_first; /* first such code point, 0 = none */
};

/* Text measuring, implemented by draw (or by a fake in tests). */
struct im_measure {
    void *self;
    struct im_extent_pt (*text)(void *self, const struct im_font *font,
                                const char *text);
};

enum im_item_kind { IM_ITEM_PATH, IM_ITEM_SYMBOL, IM_ITEM_TEXT, IM_ITEM_LINE_TEXT };
enum im_symbol { IM_CIRCLE, IM_SQUARE, IM_TRIANGLE, IM_DIAMOND, IM_RING, IM_STAR };
enum im_align { IM_LEFT, IM_MIDDLE, IM_RIGHT };

/* Name/value pairs that lead a symbol back to its file and row (data-NAME in SVG). */
struct im_datum {
    const char *name, *value;
};

struct im_item {
    enum im_item_kind kind;
    const char *id;    /* stable, unique in the scene, or NULL */
    const char *title; /* tooltip and alternative text, or NULL */
    const struct im_datum *data;
    size_t data_count;
    /* Fills in the three above from `subject`, for outputs that show them: most do not,
     * and a map may have thousands. NULL: they stand as they are. */
    void (*tell)(const void *subject, struct im_item *item);
    const void *subject;
    im_rgba fill; /* path, symbol; text colour for texts */
    struct im_stroke stroke;
    struct im_paths
        paths; /* PATH: even-odd fill; LINE_TEXT: paths.v[0] is the baseline */
    enum im_symbol symbol;
    struct im_pt at;      /* SYMBOL: centre; TEXT: anchor on the baseline */
    double radius;        /* SYMBOL: points (circle's radius; others: same area) */
    const char *text;     /* one line, no control characters */
    const char *language; /* BCP 47 of the text, or NULL */
    struct im_font font;
    enum im_align align; /* of the drawn line: left and right of the page */
    bool rtl;            /* TEXT, LINE_TEXT: base direction of the line (UAX #9) */
    struct im_halo halo;
    double width; /* TEXT, LINE_TEXT: measured width, points */
};

/* A named layer: one group of the SVG. Drawn in order. */
struct im_layer {
    const char *id, *title;
    bool clipped; /* to `clip` */
    struct im_rect clip;
    double opacity; /* 1 = opaque; applied per item, items of one layer do not overlap
                       unless they should darken */
    struct im_item *items;
    size_t n, cap;
};

/* A map panel of the page. */
struct im_panel {
    const char *id;
    struct im_rect frame;
    const char *projection; /* definition, for the manifest */
    double ground_m_per_pt;
    struct im_box cover;
};

struct im_scene {
    struct im_arena *arena;
    double width, height; /* points */
    im_rgba background;
    const char *title, *description; /* alternative text */
    const char *language;
    const char *manifest; /* JSON, embedded in the figure */
    const char *summary;  /* the short account that can be read without decoding */
    struct im_layer *layers;
    size_t n, cap;
    struct im_panel *panels;
    size_t panel_count, panel_cap;
};

void im_scene_init(struct im_scene *scene, struct im_arena *arena, double width,
                   double height);
/* A new layer on top; the pointer is valid until the next call. clip NULL = none. */
struct im_layer *im_scene_layer(struct im_scene *scene, const char *id,
                                const char *title, const struct im_rect *clip);
/* Append an item; paths and strings are borrowed (they live in the arena). */
void im_layer_add(struct im_scene *scene, struct im_layer *layer, struct im_item item);
void im_scene_panel(struct im_scene *scene, struct im_panel panel);

/* The scene as text, one item a line, coordinates to 0.01 pt: the golden tests. */
void im_scene_dump(const struct im_scene *scene, struct im_buf *out);

/* Outline of a symbol around `at`, same area as the circle of `radius`. */
void im_symbol_path(struct im_arena *arena, enum im_symbol symbol, struct im_pt at,
                    double radius, struct im_paths *out);

#endif
