/* The map file as plain data: what is wanted, before anything is read or resolved. */
#ifndef IM_MODEL_SPEC_H
#define IM_MODEL_SPEC_H

#include "model/model.h"

/* Margin of a PDF page that has a size, when none is given: 10 mm in points. */
#define IM_PAGE_MARGIN 28.3465

struct im_strings {
    const char **v;
    size_t n, cap;
};

/* Names of one country: another policy or language than the map's ("" = the map's). */
struct im_spec_names {
    const char *country, *policy, *language;
};
struct im_spec_borders {
    const char *file, *name_field, *code_field, *class_field, *from, *to;
};
struct im_spec_incidents {
    const char *file, *format;
    const char **column_from,
        **column_to; /* columns{}: our name -> the table's header */
    size_t column_count, column_cap;
    const char *where; /* 'column=value' or "" */
    struct im_date from, to;
    const char *size, *color, *shape, *label, *overlap; /* "" = default */
};
struct im_spec_overlay {
    const char *file, *style, *label, *legend, *where;
    struct im_date from, to;
};
struct im_spec_corridor {
    const char *around; /* overlay's file or bundled name */
    double distance_m;
};
struct im_spec_annotation {
    const char *at, *text, *arrow;
};
struct im_spec_style { /* one entry of style{}: dotted key and value, checked by layout
                        */
    const char *key, *value;
    struct im_where at;
};

struct im_spec_value { /* a key's full path and where its value stands */
    const char *path;
    struct im_where at;
};

/* Whole degrees beyond which nothing can be on the map; west > east across the
 * antimeridian. */
struct im_reach {
    bool set;
    int west, south, east, north;
};

enum im_switch { IM_AUTO, IM_ON, IM_OFF };

/* The locator inset: a small map of the surroundings. */
struct im_spec_inset {
    enum im_switch shown; /* IM_AUTO: where it helps */
    const char *position; /* "auto", "top-left", "top-right", ... */
    double size;          /* longer side by the map's shorter one; 0 = default */
    const char *extent;   /* "auto", "globe", "box", or two capitals: a country */
    struct im_box box;    /* of the extent "box" */
};

struct im_spec {
    const char *file; /* map file, or NULL */
    const char *title, *subtitle, *language, *worldview, *theme, *projection;
    struct im_date as_of;
    int width_px, height_px; /* 0 = default 1600 x 1200 */
    double scale;            /* 1 = default; > 0 */
    bool outlines;           /* SVG text as shapes (key text: live or outlines) */
    struct {
        double width_pt, height_pt; /* of the page; 0 = as large as the figure */
        bool margins;               /* given */
        double margin_pt[4];        /* top, right, bottom, left */
    } pdf;
    struct im_strings around;
    bool has_box;
    struct im_box box;
    const char *fit; /* "" | "incidents" | "overlays" */
    double margin_m; /* -1 = default */
    struct im_strings gazetteers;
    const char *pins;
    const char *naming; /* names.policy: "both", "language", "local"; "" = both */
    struct im_spec_names *names;
    size_t name_count, name_cap;
    struct im_spec_borders *borders;
    size_t border_count, border_cap;
    struct im_spec_incidents *incidents;
    size_t incident_count, incident_cap;
    struct im_spec_overlay *overlays;
    size_t overlay_count, overlay_cap;
    struct im_spec_corridor *corridors;
    size_t corridor_count, corridor_cap;
    struct im_spec_annotation *annotations;
    size_t annotation_count, annotation_cap;
    struct {
        enum im_switch legend, scale_bar, graticule, north_arrow;
        struct im_spec_inset inset;
        enum im_switch disclaimer, credits;
        const char *credits_text, *disclaimer_text; /* "" = built from the data */
    } furniture;
    struct {
        enum im_switch towns, areas, water;
        int max;          /* place labels at most; 0 = by space */
        const char *list; /* title of the incident list, "" = default */
    } labels;
    struct im_spec_style *style;
    size_t style_count, style_cap;
    struct im_strings outputs;
    struct im_date from, to; /* --from/--to over all tables */
    const char *where, *country;
    const char *facet;     /* one part of the data, column=value, on top of `where` */
    struct im_reach reach; /* not a key: found from the extent, or not set */
    struct im_where title_at;     /* for messages */
    struct im_spec_value *values; /* positions, in the order in which values came */
    size_t value_count, value_cap;
};

/* Where the value of a key stands that is in force, for messages: by its full path
 * ("theme", "incidents.0.size"); a setting has no place. The map file alone when the
 * key was not given. */
struct im_where im_spec_where(const struct im_spec *spec, const char *path);
/* A copy whose lists can be changed without changing those of `spec`; texts are shared,
 * so what they live in must outlive the copy. */
struct im_spec im_spec_copy(struct im_arena *arena, const struct im_spec *spec);
/* Whose fault a bad value is: INPUT with a line of the map file, else USAGE. */
enum incmap_status im_spec_fault(struct im_where at);

#endif
