/*
 * Names of areas: countries in spaced capitals, provinces and waters in italics. A name
 * stands inside its area; smaller before none. The name of a country too narrow for it
 * is set in two lines, or reaches over its own waters, or stands over the sea, but over
 * no other country, and only beside the country's largest part (not Hawaii's for the
 * United States).
 */
#include "base/utf8.h"
#include "layout/names.h"

#include <math.h>
#include <string.h>

#define ISLAND 0.8   /* of its outline is shore, at least */
#define BOX_ROOM 4.0 /* points around a name that are kept free */
#define TO_SEA 20    /* cells of land that a country needs for a name over the sea */

struct lay_area lay_area_alone(struct lay_job *job, const struct im_paths *paths) {
    if (job->alone == NULL) {
        job->alone = lay_mask_alone(job->scratch, job->page->map);
    }
    struct lay_area a = {.job = job, .mask = job->alone, .value = 1, .room = BOX_ROOM};
    lay_mask_area(job->alone, job->page->map, paths);
    a.visible = lay_mask_extents(job->scratch, job->alone, 2)[1];
    return a;
}

/* The largest size up to `size` from which `least` is reached step by step. */
static double size_above(double least, double size) {
    double steps = fmax(floor(log(size / least) / -log(LAY_SMALLER)), 0);
    return fmin(least * pow(LAY_SMALLER, -steps) * 1.0001, size);
}

/* Does the frame cut the land to less than its name would cover? */
static bool is_rest(const struct lay_area *a, double size) {
    const struct lay_mask_extent *e = &a->visible;
    bool cut = e->x0 == 0 || e->y0 == 0 || e->x1 + 1 == a->mask->columns ||
               e->y1 + 1 == a->mask->rows;
    double land = (double)e->n * LAY_MASK_CELL * LAY_MASK_CELL;
    return cut &&
           land < 0.7 * size * size * (double)im_utf8_length(a->text, strlen(a->text));
}

/* Has the country so much land that its name is on it, were it upon its capital? */
static bool is_wide(const struct lay_area *a, double size) {
    double land = (double)a->visible.n * LAY_MASK_CELL * LAY_MASK_CELL;
    return land > 4.2 * size * size * (double)im_utf8_length(a->text, strlen(a->text));
}

/* In one line or two, `size` down to `least`. */
static bool put_smaller(struct lay_area *a, double size, double least) {
    a->type.font.size = size_above(least, size);
    return lay_area_put(a, least);
}

static bool is_world(const struct lay_job *job) {
    return job->in->view->ground_m_per_pt >= LAY_WORLD;
}

/* Over the area and its waters: in the lines of `a`, else in `one`. */
static bool put_astride(struct lay_area *a, struct lay_area *one, double size,
                        double least) {
    struct lay_field *field = a->job->field;
    lay_area_astride(a);
    one->visible = a->visible;
    one->mainland = a->mainland;
    one->at_sea = one->astride = true;
    if (put_smaller(a, size, least)) {
        return true;
    }
    one->ashore = is_rest(one, least);
    if (one->ashore || (a->second != NULL && put_smaller(one, size, least))) {
        return !one->ashore;
    }
    lay_field_yield(field, true);
    bool done = is_wide(one, least) && put_smaller(one, size, least);
    lay_field_yield(field, false);
    return done;
}

/* At its size, else smaller and closer set, else in two lines; else astride its waters
 * or over the sea beside it. */
static bool put_country(struct lay_area *a, double size) {
    bool joined = lay_reads_left(a->text); // joined letters cannot be spaced
    bool continent = a->job->in->view->ground_m_per_pt > LAY_CONTINENT;
    double least = fmax(0.45 * size, 13) * (continent ? 0.76 : 1);
    const struct lay_mask_extent all = a->visible;
    a->type.font.size = size;
    a->type.font.tracking = joined ? 0 : 0.3;
    if (lay_area_put(a, fmax(0.5 * size, 14))) {
        return true;
    }
    a->type.font.tracking = joined ? 0 : 0.1;
    struct lay_area one = *a;
    bool two = lay_area_split(a);
    if (put_smaller(&one, 0.6 * size, least) ||
        (two && put_smaller(a, 0.6 * size, least))) {
        return true;
    }
    if (all.n < TO_SEA || a->ashore) {
        return false;
    }
    if (put_astride(a, &one, 0.6 * size, least)) {
        return true;
    }
    if (one.ashore ||
        (is_world(a->job) && lay_mask_seaside(a->mask, a->value, &all) < ISLAND)) {
        return false;
    }
    one.astride = false;
    return put_smaller(&one, (continent ? 0.45 : 0.6) * size, least);
}

/* Is the place of a great city so near that the country's name could be over it? */
static bool is_by_city(const struct lay_area *a, double size) {
    const struct lay_job *job = a->job;
    const struct lay_mask_extent *e = &a->visible;
    struct im_pt o = {a->mask->rect.x, a->mask->rect.y};
    struct im_rect land = {o.x + (double)e->x0 * LAY_MASK_CELL,
                           o.y + (double)e->y0 * LAY_MASK_CELL,
                           (double)(e->x1 - e->x0 + 1) * LAY_MASK_CELL,
                           (double)(e->y1 - e->y0 + 1) * LAY_MASK_CELL};
    double far = size * (double)im_utf8_length(a->text, strlen(a->text)) / 2;
    for (size_t i = 0; i < job->great_end && e->n > 0; i++) {
        const struct im_town *t = &job->in->towns[i];
        if (t->rank == 1 && lay_rect_distance(land, t->at) < far) {
            return true;
        }
    }
    return false;
}

/* Off the places of great cities, else over them: a country without its name is worse.
 */
static void put_off_cities(const struct lay_area *a, double size) {
    struct lay_area once = *a, again = *a;
    struct lay_field *field = a->job->field;
    if (!put_country(&once, size) && is_by_city(a, size)) {
        lay_field_yield_cities(field, true);
        put_country(&again, size);
        lay_field_yield_cities(field, false);
    }
}

/* Is what the map shows of ground i next to nothing of that country, and nothing that
 * the map is about lies in it? (The United Kingdom's bases on a map of Cyprus.) */
static bool is_aside(const struct lay_job *job, size_t i) {
    const struct im_layout_input *in = job->in;
    bool about = !in->basemap->grounds[i].outlying;
    for (size_t k = 0; !about && k < job->symbol_count; k++) {
        about = lay_land_at(job, job->symbols[k].mark->at) == i;
    }
    for (size_t k = 0; !about && k < in->town_count; k++) {
        about = in->towns[k].asked && lay_land_at(job, in->towns[k].at) == i;
    }
    return !about;
}

static void countries(struct lay_job *job) {
    const struct im_basemap *map = job->in->basemap;
    const struct lay_mask_extent *extents =
        lay_mask_extents(job->scratch, job->lands, map->ground_count + 1);
    for (size_t i = 0; i < map->ground_count; i++) {
        const struct im_ground *g = &map->grounds[i];
        struct lay_area a = {
            .job = job, .mask = job->lands, .value = (uint16_t)(i + 1)};
        a.visible = extents[i + 1];
        a.room = BOX_ROOM;
        a.ashore = is_aside(job, i);
        double size = job->st->country_size;
        a.type = lay_bold_type(size, job->st->colour.country);
        a.text = lay_capitals(job->arena, job->in->spec->language, g->name);
        lay_field_yield(job->field, is_world(job));
        put_off_cities(&a, size);
    }
    lay_field_yield(job->field, false);
    lay_field_yield_cities(job->field, true); // those without a name by then
}

static bool named_before(const struct im_basemap *map, size_t i) {
    for (size_t k = 0; k < i; k++) {
        if (!map->waters[k].is_line &&
            strcmp(map->waters[k].name, map->waters[i].name) == 0) {
            return true;
        }
    }
    return false;
}

static void waters(struct lay_job *job) {
    const struct im_basemap *map = job->in->basemap;
    for (size_t i = 0; i < map->water_count; i++) {
        const struct im_water *w = &map->waters[i];
        if (w->is_line || w->is_sea || w->name[0] == '\0' || named_before(map, i)) {
            continue;
        }
        struct lay_area a = lay_area_alone(job, &w->paths);
        a.type = lay_plain_type(job->st->water_size, job->st->colour.water_text);
        a.type.font.italic = true;
        a.text = lay_clean(job->arena, w->name);
        lay_area_put(&a, 0.8 * job->st->water_size);
    }
}

void lay_names(struct lay_job *job, enum lay_name_kind kind) {
    const struct im_spec *spec = job->in->spec;
    if (kind == LAY_COUNTRIES && spec->labels.areas != IM_OFF) {
        countries(job);
    } else if (kind == LAY_PROVINCE_NAMES && spec->labels.areas != IM_OFF) {
        lay_province_names(job);
    } else if (kind == LAY_WATERS && spec->labels.water != IM_OFF) {
        lay_sea_names(job);
        waters(job);
    }
}
