/*
 * What the parts of layout share while one figure is laid out. Inside layout only.
 *
 * Parts decide in an order of their own (symbols before labels, labels before names of
 * areas) and put items into the layer they belong to; im_layout hands the layers to the
 * scene in the order of drawing.
 */
#ifndef IM_LAYOUT_JOB_H
#define IM_LAYOUT_JOB_H

#include "layout/category.h"
#include "layout/field.h"
#include "layout/layout.h"
#include "layout/plane.h"
#include "layout/style.h"
#include "layout/type.h"
#include "layout/words.h"

/* Layers in the order of drawing; overlays have one each, at LAY_OVERLAYS. */
enum lay_layer {
    LAY_PAGE,
    LAY_WATER,
    LAY_SEA_AREAS, /* the land, drawn over them, is their shore */
    LAY_LAND,
    LAY_LAKES,
    LAY_PROVINCES,
    LAY_CORRIDORS,
    LAY_BORDERS,
    LAY_GRATICULE,
    LAY_DEGREES,
    LAY_OVERLAYS,
    LAY_AREAS,
    LAY_INCIDENTS,
    LAY_INSET,
    LAY_INSET_MAP,
    LAY_INSET_FRAME,
    LAY_LABELS,
    LAY_CALLOUTS,
    LAY_LEGEND,
    LAY_SCALE,
    LAY_TITLE,
    LAY_LIST,
    LAY_CREDITS,
    LAY_LAYER_COUNT
};

/* How incidents are told beside their symbols. */
enum lay_mode {
    LAY_PLAIN,      /* symbols only */
    LAY_NUMBERED,   /* numbers, with the list beside or under the map */
    LAY_CALLED_OUT, /* numbers, with call-outs on the map */
};

struct lay_items {
    struct im_item *v;
    size_t n, cap;
};

struct lay_stack; /* stack.h */

/* An incident's symbol. */
struct lay_symbol {
    struct lay_job *job; /* to tell of it later */
    const struct im_mark *mark;
    size_t number; /* 1-based, as in the list */
    double value;  /* deaths, largest claim of one claimant; -1 = nobody says */
    enum im_evidence evidence;
    const struct lay_category *category;
    im_rgba colour;
    enum im_symbol shape;
    struct lay_hatch hatch;
    double radius;   /* of the circle of the same area, points */
    double ring;     /* width of its white ring, points */
    double reach;    /* farthest the symbol with its ring goes from its centre */
    struct im_pt at; /* where it is drawn */
    bool displaced;  /* drawn off its spot, with a stem */
    bool sized;      /* its area stands for `value` */
    bool kept;       /* it stays on its spot, whatever it covers */
    struct lay_stack *stack; /* drawn with others as one; NULL = alone. Radius, ring,
                                reach and places are then those of all */
};

/* A line of an overlay as it is drawn: clipped, evenly sampled, moved off its twins. */
struct lay_line {
    size_t overlay;
    const struct im_feature *feature;
    struct im_path path;
};

struct lay_spot;      /* spots.h */
struct lay_said;      /* texts of tooltips that many share */
struct lay_town_grid; /* misread.c */

struct lay_job {
    struct im_arena *arena;
    struct im_arena
        *scratch; /* until the scene is made: obstacles, masks, candidates */
    const struct im_layout_input *in;
    const struct im_style *st;
    const struct im_page *page;
    struct im_scene *scene;
    const char *language;
    enum lay_mode mode;
    struct lay_categories categories;
    struct lay_symbol *symbols; /* inside the frame, by number */
    size_t symbol_count;
    struct lay_said *said;       /* NULL until a tooltip is asked for */
    struct lay_stack **stack_of; /* of each mark; NULL: there is none at all */
    size_t stack_count;
    size_t stack_from; /* members that a stack needs on this crowded map; 0 = any */
    size_t outside;    /* events with a position outside the frame */
    double unit;       /* radius of the value 1, points */
    double crowd;      /* share by which many symbols are smaller; 1 = none */
    im_rgba *land;     /* colour of each ground of the basemap */
    struct lay_mask *lands;    /* their indices, from 1 */
    struct im_paths globe;     /* its outline, where the map shows it; else none */
    struct lay_mask *on_globe; /* 1 inside the outline; NULL when there is none */
    struct lay_mask *alone;    /* of one area after the other; NULL until needed */
    struct lay_line *lines;
    size_t line_count, line_cap;
    struct lay_field *field;
    struct im_rect inset;            /* where it is; no width: there is none */
    struct lay_town_grid *town_grid; /* once towns are looked at */
    struct lay_spot *named;          /* the wanted towns, once they have their names */
    size_t named_count;
    size_t
        great_end; /* before it are the cities whose places countries' names keep off */
    struct lay_items layers[LAY_LAYER_COUNT];
    struct lay_items *overlays; /* one for each overlay */
};

/* Add an item to a layer. */
void lay_add(struct lay_job *job, enum lay_layer layer, struct im_item item);

/* Room for n more items of a layer, so that it grows once. */
void lay_room(struct lay_job *job, enum lay_layer layer, size_t n);

void lay_add_overlay(struct lay_job *job, size_t overlay, struct im_item item);

/* A text as an item; its width is measured, a character without a glyph is a finding.
 */
struct im_item lay_text_item(struct lay_job *job, struct im_pt at, enum im_align align,
                             const struct lay_type *type, const char *text);

/* Add a line of text. Returns what it covers. */
struct im_rect lay_add_text(struct lay_job *job, enum lay_layer layer, struct im_pt at,
                            enum im_align align, const struct lay_type *type,
                            const char *text);

/* A symbol as it is drawn (without its ring and hatch), the lines of its hatch, and its
 * number on it. */
struct im_item lay_symbol_item(const struct lay_job *job, const struct lay_symbol *s);
void lay_symbol_hatch(struct lay_job *job, enum lay_layer layer,
                      const struct lay_symbol *s);
void lay_number(struct lay_job *job, enum lay_layer layer, const struct lay_symbol *s);
/* White round a symbol. */
void lay_symbol_ring(struct lay_job *job, enum lay_layer layer,
                     const struct lay_symbol *s);
/* What an output says of an incident: number, date, place, kind, deaths. */
const char *lay_symbol_title(const struct lay_symbol *s);
/* How far a symbol goes from its centre, and radius of the largest circle in it, as
 * multiples of its radius. */
double lay_symbol_reach(enum im_symbol shape);
double lay_symbol_inside(enum im_symbol shape);

/* A path item of two points. */
struct im_item lay_line_item(struct im_arena *arena, struct im_pt a, struct im_pt b,
                             struct im_stroke stroke);
/* A filled rectangle. */
struct im_item lay_rect_item(struct im_arena *arena, struct im_rect r, im_rgba fill);

/* Regular and bold type of a size. */
struct lay_type lay_plain_type(double size, im_rgba colour);
struct lay_type lay_bold_type(double size, im_rgba colour);

/* Index of the basemap's ground under a point (to about a point); ground_count = none.
 */
size_t lay_land_at(const struct lay_job *job, struct im_pt at);
/* Its colour. */
im_rgba lay_land_colour(const struct lay_job *job, struct im_pt at);

/* How a class of border is drawn on this map; share of the style's width, by scale. */
struct im_stroke lay_border_stroke(const struct lay_job *job, enum im_line_class c);
double lay_border_share(const struct lay_job *job);

/* The parts, in the order in which im_layout calls them. */
void lay_lands(struct lay_job *job);         /* ground.c: whose land is where */
void lay_ground(struct lay_job *job);        /* ground.c: water, land, borders */
void lay_overlay_lines(struct lay_job *job); /* overlay.c: lines, apart from twins */
void lay_overlays(struct lay_job *job);      /* overlay.c: corridors and items */
void lay_symbols(struct lay_job *job);       /* marks.c: values, radii, places */
void lay_displace(struct lay_job *job);      /* displace.c: none covers another */
void lay_obstacles(struct lay_job *job);     /* layout.c: what labels must avoid */
void lay_border_sides(struct lay_job *job);  /* layout.c: borders, shores among them */
void lay_line_labels(struct lay_job *job);   /* linelabel.c */
/* Radius of a town's disc by its rank; owner of the disc of in->towns[i] in the field.
 */
double lay_town_radius(int rank);
#define LAY_TOWN_OWNER ((size_t)1 << 30)
#define LAY_TARGET_OWNER ((size_t)1 << 31)
/* towns.c: names of areas keep off the symbols of places that will likely be named */
void lay_reserve_towns(struct lay_job *job);
/* names of places; first those that are wanted, then the others */
void lay_towns(struct lay_job *job, bool wanted);
void lay_callouts(struct lay_job *job); /* callouts.c: and annotations */
/* callouts.c: the points of annotations are kept free of names */
void lay_reserve_targets(struct lay_job *job);
enum lay_name_kind { LAY_COUNTRIES, LAY_WATERS, LAY_PROVINCE_NAMES };
void lay_names(struct lay_job *job, enum lay_name_kind kind); /* names.c */
void lay_marks(struct lay_job *job);                          /* symbol.c: items */
void lay_graticule(struct lay_job *job);                      /* graticule.c */
void lay_inset(struct lay_job *job);                          /* inset.c: the locator */
void lay_legend(struct lay_job *job);   /* legend.c: and the scale bar */
void lay_list(struct lay_job *job);     /* list.c */
void lay_title(struct lay_job *job);    /* title.c */
void lay_credits(struct lay_job *job);  /* title.c */
void lay_describe(struct lay_job *job); /* describe.c: alternative text */

/* Mode by the map file's wish and the number of events, before the page is planned. */
enum lay_mode lay_mode_for(const struct im_layout_input *in);
/* page.c: a finding where this is not what the map asks for. */
void lay_tell_mode(const struct im_layout_input *in, enum lay_mode mode);

#endif
