/* The ground of a map in page points: what basemap makes and layout arranges. */
#ifndef IM_MODEL_GROUND_H
#define IM_MODEL_GROUND_H

#include "model/model.h"

enum im_line_class {
    IM_LC_COAST,
    IM_LC_COUNTRY,
    IM_LC_PROVINCE,
    IM_LC_DISPUTED,
    IM_LC_UNDETERMINED,
    IM_LC_CEASEFIRE,
    IM_LC_FORMER,
    IM_LC_COUNT
};

/* Filled areas of one owner (country) and where its name goes. */
struct im_ground {
    const char *owner; /* code */
    const char *name;  /* English name */
    struct im_paths paths;
    double area_pt2; /* visible */
    bool outlying;   /* that is next to nothing of the owner's land */
};
/* Unit (province) with its visible part, for names. */
struct im_province {
    const char *code, *name, *owner;
    long unit;
    struct im_paths paths;
    double area_pt2;
};
struct im_border {
    enum im_line_class line_class;
    struct im_paths paths;
    const char *name; /* of a disputed line, or "" */
    double accuracy_m;
};
struct im_water {
    const char *name; /* "" = unnamed */
    struct im_paths paths;
    const char *id; /* of the gazetteer; "" = none */
    bool is_line;   /* river */
    bool is_sea;    /* a name only: its paths reach over the land */
    int level;      /* of a river, 1 = greatest; of a sea, 0 = ocean, 2 = strait */
    double area_pt2;
};
/* One overlay, its features projected. */
struct im_overlay_line {
    const struct im_feature *feature;
    struct im_paths paths;
};
struct im_overlay {
    const char *name; /* as the user gave it */
    const char *style;
    struct im_overlay_line *v;
    size_t n;
};

/* Metres of ground a point from where on a map is one of the world: oceans have names
 * there, seas do not. */
#define IM_WORLD_SCALE 15000.0

struct im_basemap {
    struct im_ground *grounds;
    size_t ground_count;
    struct im_province *provinces;
    size_t province_count;
    struct im_border *borders; /* at most one per class (disputed: one per name) */
    size_t border_count;
    struct im_water *waters;
    size_t water_count;
    const char *level; /* "large" or "world", or "user" */
    double accuracy_m; /* of the borders in view, worst of those drawn as country */
    bool user_borders;
};

#endif
