/* Whose land a point is, and the rings of an area reference. */
#include "base/num.h"
#include "basemap/geodata.h"
#include "geo/box.h"
#include "geo/inside.h"
#include <string.h>

/* Rings of a set of units: the arcs with exactly one side in it. */
static void set_rings(struct im_level *level, struct im_arena *arena, const bool *in,
                      struct im_lines *out) {
    struct im_area_arc *arcs = im_alloc(arena, level->n + 1, sizeof *arcs);
    size_t n = 0;
    for (size_t i = 0; i < level->n; i++) {
        const struct im_arc_info *a = &level->arcs[i];
        bool left = a->left >= 0 && in[a->left], right = a->right >= 0 && in[a->right];
        if (left != right) {
            arcs[n++] = (struct im_area_arc){i, right};
        }
    }
    im_arcs_rings(level, arena, arcs, n, NULL, out);
}

static struct im_level *level_named(const struct im_geodata *g, const char *name) {
    for (int i = 0; i < IM_LEVELS; i++) {
        struct im_level *level = NULL;
        if (strcmp(g->level[i].name, name) == 0) {
            return im_level_open(g, i, &level, NULL) == INCMAP_OK ? level : NULL;
        }
    }
    return NULL;
}

/* Is the point in unit u at this level? Its arcs, cast from the point eastward. */
static bool unit_contains(const struct im_geodata *g, struct im_level *level,
                          struct im_arena *arena, size_t u, struct im_lonlat p) {
    struct im_lines rings = {0};
    bool *in = im_alloc(arena, g->unit_count + 1, sizeof *in);
    in[u] = true;
    set_rings(level, arena, in, &rings);
    return im_rings_contain(&rings, p);
}

const char *im_geodata_owner(const struct im_geodata *g, struct im_arena *arena,
                             struct im_lonlat p, const char *worldview,
                             const char *level) {
    struct im_level *l = level_named(g, level);
    int w = im_worldview_index(worldview);
    for (size_t u = 0; l != NULL && w >= 0 && u < g->unit_count; u++) {
        struct im_box b = g->units[u].box;
        b = (struct im_box){b.west - 0.1, b.south - 0.1, b.east + 0.1, b.north + 0.1};
        if (im_box_contains(b, p) && unit_contains(g, l, arena, u, p)) {
            return g->owners[g->units[u].owner[w]].code;
        }
    }
    return "";
}

/* Mark the units of "1,2,3". */
static bool mark_units(const struct im_geodata *g, const char *list, bool *in) {
    bool any = false;
    while (*list != '\0') {
        size_t n = strcspn(list, ",");
        int64_t id = 0;
        if (im_int_parse(list, n, &id) && id > 0 && id < g->id_count &&
            g->unit_of_id[id] >= 0) {
            in[g->unit_of_id[id]] = true;
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
    const struct im_box *d = &g->level[IM_LARGE].cover;
    bool inside = true;
    for (size_t i = 0; i < g->unit_count; i++) {
        const struct im_box *b = &g->units[i].box;
        inside = inside && (!in[i] || (b->west > d->west && b->east < d->east &&
                                       b->south > d->south && b->north < d->north));
    }
    return level_named(g, inside ? "large" : "world");
}

static bool region_rings(const struct im_geodata *g, struct im_arena *arena,
                         const char *id, struct im_lines *out) {
    struct im_shapes *s = NULL;
    if (im_bundled_open(g, arena, "regions", &s, NULL) != INCMAP_OK) {
        return false;
    }
    int column = im_shapes_field(s, "id");
    for (size_t i = 0; i < im_shapes_count(s); i++) {
        if (strcmp(im_shapes_text(s, i, column, arena), id) == 0) {
            return im_shapes_read(s, i, arena, out);
        }
    }
    return false;
}

bool im_geodata_area(const struct im_geodata *g, struct im_arena *arena,
                     const char *reference, struct im_lines *out) {
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
