/*
 * Names of provinces, in italics, each on its own dry land. On maps of continents those
 * of a country are given where they cover most of it: a few that happen to have the
 * shape for their names tell nothing. On a map of the world there are none.
 */
#include "layout/names.h"

#include <string.h>

#define LARGE_LAKE 1000.0 /* pt2: a name may lie across a smaller one */
#define MOST 0.6          /* of a country's land is in provinces with room for names */
#define SMALLEST 0.8      /* of the style's size */

/* A country that is one province is named once. */
static bool is_country(const struct im_basemap *map, const char *name) {
    for (size_t i = 0; i < map->ground_count; i++) {
        if (strcmp(map->grounds[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* The large lakes as one area, or NULL. */
static const struct lay_mask *lakes_of(const struct lay_job *job) {
    const struct im_basemap *map = job->in->basemap;
    struct im_paths all = {0};
    for (size_t i = 0; i < map->water_count; i++) {
        const struct im_water *w = &map->waters[i];
        for (size_t k = 0;
             k < w->paths.n && !w->is_line && !w->is_sea && w->area_pt2 >= LARGE_LAKE;
             k++) {
            IM_PUSH(job->scratch, all.v, all.n, all.cap, w->paths.v[k]);
        }
    }
    if (all.n == 0) {
        return NULL;
    }
    struct lay_mask *lakes = lay_mask_alone(job->scratch, job->page->map);
    lay_mask_area(lakes, job->page->map, &all);
    return lakes;
}

static struct lay_area area_of(struct lay_job *job, const struct im_province *p) {
    struct lay_area a = lay_area_alone(job, &p->paths);
    a.type = lay_plain_type(job->st->area_size, job->st->colour.area);
    a.type.font.italic = true;
    a.text = lay_clean(job->arena, p->name);
    return a;
}

/* Index of the ground that a province is part of; ground_count = none. */
static size_t ground_of(const struct im_basemap *map, const struct im_province *p) {
    size_t i = 0;
    while (i < map->ground_count && strcmp(map->grounds[i].owner, p->owner) != 0) {
        i++;
    }
    return i;
}

/* A province's name and where it stands, if it has a place. */
struct finding {
    struct lay_area area;
    struct im_pt at;
    bool found;
};

/* Of each ground, and last of none: the area of its provinces that have a place for
 * their names, square points. */
static double *areas_found(const struct lay_job *job, const struct finding *v) {
    const struct im_basemap *map = job->in->basemap;
    double *sum = im_alloc(job->scratch, map->ground_count + 1, sizeof *sum);
    for (size_t i = 0; i < map->province_count; i++) {
        const struct im_province *p = &map->provinces[i];
        sum[ground_of(map, p)] += v[i].found ? p->area_pt2 : 0;
    }
    return sum;
}

/* Those of the countries that are mostly found. */
static void draw_most(const struct lay_job *job, struct finding *v) {
    const struct im_basemap *map = job->in->basemap;
    const double *found = areas_found(job, v);
    for (size_t i = 0; i < map->province_count; i++) {
        size_t g = ground_of(map, &map->provinces[i]);
        if (v[i].found &&
            (g == map->ground_count || found[g] >= MOST * map->grounds[g].area_pt2)) {
            lay_area_draw(&v[i].area, v[i].at);
        }
    }
}

void lay_province_names(struct lay_job *job) {
    const struct im_basemap *map = job->in->basemap;
    double m = job->in->view->ground_m_per_pt;
    if (map->province_count == 0 || m >= LAY_WORLD) {
        return;
    }
    const struct lay_mask *lakes = lakes_of(job);
    struct finding *v = im_alloc(job->scratch, map->province_count, sizeof *v);
    for (size_t i = 0; i < map->province_count; i++) {
        const struct im_province *p = &map->provinces[i];
        if (is_country(map, p->name)) {
            continue;
        }
        v[i].area = area_of(job, p);
        v[i].area.lakes = lakes;
        double least = SMALLEST * job->st->area_size;
        if (m <= LAY_CONTINENT) {
            lay_area_put(&v[i].area, least);
        } else {
            v[i].found = lay_area_find(&v[i].area, least, &v[i].at);
        }
    }
    if (m > LAY_CONTINENT) {
        draw_most(job, v);
    }
}
