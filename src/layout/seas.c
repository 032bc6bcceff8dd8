/*
 * Names of oceans, seas and straits: over their water, clear of the land and of smaller
 * seas that are named within them. None beside the user's own land, which may be a part
 * of all.
 */
#include "layout/names.h"

#include <stdlib.h>

static const double LARGER = 1.3; /* than the name of a lake or strait */
static const double SMALLEST = 0.8;
static const double SPACED = 0.08; /* of the size, between letters */
static const double ROOM = 4;      /* points around */

/* Oceans and seas before straits, the smaller one first. */
static int by_area(const void *a, const void *b) {
    const struct im_water *const *x = a, *const *y = b;
    bool first = (*x)->level > 1, second = (*y)->level > 1;
    if (first != second) {
        return second ? -1 : 1;
    }
    if ((*x)->area_pt2 < (*y)->area_pt2 || (*x)->area_pt2 > (*y)->area_pt2) {
        return (*x)->area_pt2 < (*y)->area_pt2 ? -1 : 1;
    }
    return *x < *y ? -1 : *x > *y;
}

/* The waters that are seas, in that order; returns how many. */
static size_t seas_of(const struct lay_job *job, const struct im_water ***out) {
    const struct im_basemap *map = job->in->basemap;
    size_t n = 0;
    *out = im_alloc(job->scratch, map->water_count + 1, sizeof **out);
    for (size_t i = 0; i < map->water_count; i++) {
        if (map->waters[i].is_sea && map->waters[i].name[0] != '\0') {
            (*out)[n++] = &map->waters[i];
        }
    }
    if (n > 1) {
        qsort(*out, n, sizeof **out, by_area);
    }
    return n;
}

/* In one line as large as can be, else in two, else as small as a strait's. */
static bool put(struct lay_area *a, bool is_sea) {
    double size = a->job->st->water_size;
    a->type =
        lay_plain_type(is_sea ? LARGER * size : size, a->job->st->colour.water_text);
    a->type.font.italic = true;
    a->type.font.tracking = is_sea ? SPACED : 0;
    struct lay_area two = *a, small = *a;
    small.type.font.size = size;
    small.type.font.tracking = 0;
    return lay_area_put(a, size) ||
           (lay_area_split(&two) && lay_area_put(&two, SMALLEST * size)) ||
           lay_area_put(&small, SMALLEST * size);
}

void lay_sea_names(struct lay_job *job) {
    const struct im_water **sea;
    if (job->in->basemap->user_borders) {
        return;
    }
    size_t n = seas_of(job, &sea), named = 0, first = 0;
    struct lay_mask **masks = im_alloc(job->scratch, n + 1, sizeof *masks);
    for (size_t i = 0; i < n; i++) {
        struct lay_mask *mask = lay_mask_alone(job->scratch, job->page->map);
        lay_mask_area(mask, job->page->map, &sea[i]->paths);
        lay_mask_cut(mask, job->lands);
        // a strait may be a part of seas: only other straits are not it
        first = i > 0 && (sea[i]->level > 1) != (sea[i - 1]->level > 1) ? named : first;
        for (size_t k = first; k < named; k++) {
            lay_mask_cut(mask, masks[k]);
        }
        struct lay_area a = {.job = job, .mask = mask, .value = 1, .room = ROOM};
        a.visible = lay_mask_extents(job->scratch, mask, 2)[1];
        a.text = lay_clean(job->arena, sea[i]->name);
        if (put(&a, sea[i]->level <= 1)) {
            masks[named++] = mask;
        }
    }
}
