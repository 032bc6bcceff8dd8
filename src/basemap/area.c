/* Whose land a point is, and the rings of an area reference. */
#include "base/num.h"
#include "basemap/geodata.h"
#include "geo/box.h"
#include "geo/inside.h"
#include "model/outline.h"
#include <string.h>

/* Rings of a set of units: the arcs with exactly one side in it. */
static void set_rings(struct im_level *level, struct im_arena *arena, const bool *in,
                      struct im_lines *out) {
    struct im_area_arc *arcs = im_alloc(arena, level->n + 1, sizeof *arcs);
    struct im_net net = im_net_new(arena, level, NULL);
    size_t n = 0;
    for (size_t i = 0; i < level->n; i++) {
        const struct im_arc_info *a = &level->arcs[i];
        bool left = a->left >= 0 && in[a->left], right = a->right >= 0 && in[a->right];
        if (left != right) {
            arcs[n++] = (struct im_area_arc){i, right};
        }
    }
    im_net_rings(&net, arcs, n, out);
}

static struct im_level *level_named(const struct im_geodata *g, const char *name) {
    for (int i = 0; i < IM_LEVELS; i++) {
        struct im_level *level = NULL;
        if (strcmp(im_level_source(i)->name, name) == 0) {
            return im_level_open(g, i, &level, NULL) == INCMAP_OK ? level : NULL;
        }
    }
    return NULL;
}

/* The nearest crossing of a ray that runs east from p along its parallel. */
struct crossing {
    double lon;
    int side; /* of the arc, towards p */
};

static void cast(const struct im_line *line, const struct im_arc_info *a,
                 struct im_lonlat p, struct crossing *nearest) {
    for (size_t i = 1; i < line->n; i++) {
        struct im_lonlat u = line->v[i - 1], v = line->v[i];
        if ((u.lat > p.lat) == (v.lat > p.lat)) {
            continue;
        }
        double lon = u.lon + (p.lat - u.lat) / (v.lat - u.lat) * (v.lon - u.lon);
        if (lon > p.lon && lon < nearest->lon) {
            // West of a line that runs north is its left hand.
            *nearest = (struct crossing){lon, v.lat > u.lat ? a->left : a->right};
        }
    }
}

const char *im_geodata_owner(const struct im_geodata *g, struct im_arena *arena,
                             struct im_lonlat p, const char *worldview,
                             const char *level) {
    struct im_level *l = level_named(g, level);
    struct im_spec spec = {.worldview = worldview};
    struct im_worldview w;
    bool known = im_worldview_open(g, arena, &spec, &w, NULL) == INCMAP_OK;
    struct crossing nearest = {1000, IM_SEA};
    p.lon = im_lon_near(p.lon, 0);
    for (size_t i = 0; l != NULL && known && i < l->n; i++) {
        const struct im_arc_info *a = &l->arcs[i];
        struct im_line line;
        if (a->box.south <= p.lat && a->box.north >= p.lat && a->box.east > p.lon &&
            a->box.west < nearest.lon && im_level_line(l, i, arena, &line)) {
            cast(&line, a, p, &nearest);
        }
    }
    int owner = known ? im_side_owner(g, &w, nearest.side) : -1;
    return owner >= 0 ? g->owners[owner].code : "";
}

/* Mark the units of "1,2,3". */
static bool mark_units(const struct im_geodata *g, const char *list, bool *in) {
    bool any = false;
    while (*list != '\0') {
        size_t n = strcspn(list, ",");
        int64_t id = 0;
        int unit = im_int_parse(list, n, &id) && id > 0 && id < INT32_MAX
                       ? im_unit_index(g, (long)id)
                       : -1;
        if (unit >= 0) {
            in[unit] = true;
            any = true;
        }
        list += n + (list[n] == ',');
    }
    return any;
}

static bool mark_owner(const struct im_geodata *g, const char *code, bool *in) {
    bool any = false;
    for (size_t i = 0; i < g->unit_count; i++) {
        in[i] = strcmp(g->owners[g->units[i].owner[IM_UN]].code, code) == 0;
        any = any || in[i];
    }
    return any;
}

/* The large level where it has all of the area, else the world. */
static struct im_level *level_for_units(const struct im_geodata *g, const bool *in) {
    struct im_level *large = level_named(g, "large");
    bool whole = large != NULL;
    for (size_t i = 0; i < g->unit_count && whole; i++) {
        whole = !in[i] || (large->unit_box[i].west <= large->unit_box[i].east &&
                           !large->unit_cut[i]);
    }
    return whole ? large : level_named(g, "world");
}

static bool region_rings(const struct im_geodata *g, struct im_arena *arena,
                         const char *id, struct im_lines *out) {
    struct im_shapes *s = NULL;
    if (im_bundled_open(g, "regions", &s, NULL) != INCMAP_OK) {
        return false;
    }
    int column = im_shapes_field(s, "id");
    for (size_t i = 0; column >= 0 && i < im_shapes_count(s); i++) {
        if (strcmp(im_shapes_text(s, i, column, arena), id) == 0) {
            return im_shapes_read(s, i, arena, out);
        }
    }
    return false;
}

bool im_geodata_area(const struct im_geodata *g, struct im_arena *arena,
                     const char *reference, struct im_lines *out) {
    if (strncmp(reference, "g:", 2) == 0) {
        return im_outline_read(arena, reference, out);
    }
    if (strncmp(reference, "r:", 2) == 0) {
        return region_rings(g, arena, reference + 2, out);
    }
    bool *in = im_alloc(arena, g->unit_count + 1, sizeof *in);
    bool any = strncmp(reference, "u:", 2) == 0   ? mark_units(g, reference + 2, in)
               : strncmp(reference, "c:", 2) == 0 ? mark_owner(g, reference + 2, in)
                                                  : false;
    struct im_level *level = any ? level_for_units(g, in) : NULL;
    if (level == NULL) {
        return false;
    }
    set_rings(level, arena, in, out);
    return out->n > 0;
}
