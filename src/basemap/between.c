/* The border of two countries, as lines. */
#include "basemap/geodata.h"

static bool is_between(const struct im_geodata *g, const struct im_worldview *w,
                       const struct im_arc_info *a, const int owner[2]) {
    int left = im_side_owner(g, w, a->left), right = im_side_owner(g, w, a->right);
    return (left == owner[0] && right == owner[1]) ||
           (left == owner[1] && right == owner[0]);
}

static void collect(const struct im_geodata *g, struct im_arena *arena, int number,
                    const int owner[2], struct im_lines *out) {
    struct im_level *level = NULL;
    const struct im_worldview un = {.base = IM_UN, .self = -1};
    if (im_level_open(g, number, &level, NULL) != INCMAP_OK) {
        return;
    }
    for (size_t i = 0; i < level->n; i++) {
        struct im_line line;
        if (is_between(g, &un, &level->arcs[i], owner) &&
            im_level_line(level, i, arena, &line) && line.n > 1) {
            IM_PUSH(arena, out->v, out->n, out->cap, line);
        }
    }
}

static bool lies_within(const struct im_lines *lines, struct im_box box) {
    for (size_t i = 0; i < lines->n; i++) {
        for (size_t k = 0; k < lines->v[i].n; k++) {
            struct im_lonlat p = lines->v[i].v[k];
            if (p.lon < box.west || p.lon > box.east || p.lat < box.south ||
                p.lat > box.north) {
                return false;
            }
        }
    }
    return true;
}

bool im_geodata_border(const struct im_geodata *g, struct im_arena *arena,
                       const char *const country[2], struct im_lines *out) {
    struct im_lines world = {0}, finer = {0};
    const int owner[2] = {im_owner_index(g, country[0]), im_owner_index(g, country[1])};
    *out = (struct im_lines){0};
    if (owner[0] < 0 || owner[1] < 0 || owner[0] == owner[1]) {
        return false;
    }
    collect(g, arena, IM_WORLD, owner, &world);
    if (world.n > 0 && lies_within(&world, im_level_source(0)->cover)) {
        collect(g, arena, 0, owner, &finer);
    }
    *out = finer.n > 0 ? finer : world;
    return out->n > 0;
}
