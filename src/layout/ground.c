/* Water, land by owner, shores, provinces, borders by class; the frame round the map.
 */
#include "geo/clip.h"
#include "layout/job.h"
#include "layout/mask.h"

#include <math.h>
#include <string.h>

/* Borders are drawn in full up to FINE metres of ground a point; from there they grow
 * finer with every doubling, to LEAST_SHARE of their width at COARSE: what is right
 * round a village covers Europe with ink. The band under them grows finer still. */
#define FINE 1500.0
#define COARSE 15000.0
#define LEAST_SHARE 0.6

double lay_border_share(const struct lay_job *job) {
    double m = job->in->view->ground_m_per_pt;
    double steps = log(fmax(m, FINE) / FINE) / log(COARSE / FINE);
    return 1 - (1 - LEAST_SHARE) * fmin(steps, 1);
}

static struct im_stroke stroke_of(const struct im_style *st, enum im_line_class c) {
    struct im_stroke s = {
        .colour = st->colour.border, .width = st->border_width, .round = true};
    switch (c) {
    case IM_LC_COAST:
        return (struct im_stroke){
            .colour = st->colour.water_edge, .width = st->coast_width, .round = true};
    case IM_LC_PROVINCE:
        return (struct im_stroke){
            .colour = st->colour.province, .width = st->province_width, .round = true};
    case IM_LC_DISPUTED:
        s.dash[0] = 9;
        s.dash[1] = 4;
        break;
    case IM_LC_UNDETERMINED:
        s.dash[0] = 3;
        s.dash[1] = 3.5;
        break;
    case IM_LC_CEASEFIRE:
        s.colour = st->colour.ceasefire;
        s.width = 1.4 * st->border_width;
        s.dash[0] = 0.1;
        s.dash[1] = 2 * s.width;
        break;
    case IM_LC_FORMER:
        s.colour = lay_colour_blend(st->colour.border & 0xFFFFFF99, st->colour.party);
        s.width = 0.7 * st->border_width;
        s.dash[0] = 4;
        s.dash[1] = 3;
        break;
    case IM_LC_COUNTRY:
    case IM_LC_COUNT:
        return s;
    }
    s.dash_count = 2;
    return s;
}

struct im_stroke lay_border_stroke(const struct lay_job *job, enum im_line_class c) {
    struct im_stroke s = stroke_of(job->st, c);
    s.width *= lay_border_share(job);
    return s;
}

size_t lay_land_at(const struct lay_job *job, struct im_pt at) {
    uint16_t value = lay_mask_at(job->lands, at);
    return value == 0 ? job->in->basemap->ground_count : value - (size_t)1;
}

/* Symbols on each ground; last those on none. */
static size_t *tally(struct lay_job *job) {
    const struct im_basemap *map = job->in->basemap;
    size_t *count = im_alloc(job->scratch, map->ground_count + 1, sizeof *count);
    for (size_t i = 0; i < job->symbol_count; i++) {
        count[lay_land_at(job, job->symbols[i].mark->at)]++;
    }
    return count;
}

/* How far the globe reaches, where its end can be seen on the map. */
static void globe_of(struct lay_job *job) {
    const struct im_view *view = job->in->view;
    if (view->crs == NULL) {
        return;
    }
    im_view_outline(view, job->arena, &job->globe);
    if (job->globe.n > 0) {
        job->on_globe = lay_mask_new(job->scratch, job->page->map);
        lay_mask_fill(job->on_globe, &job->globe, 1);
        lay_mask_finish(job->on_globe);
    }
}

void lay_lands(struct lay_job *job) {
    const struct im_basemap *map = job->in->basemap;
    globe_of(job);
    job->lands = lay_mask_new(job->scratch, job->page->map);
    for (size_t i = 0; i < map->ground_count && i < UINT16_MAX - 1; i++) {
        lay_mask_fill(job->lands, &map->grounds[i].paths, (uint16_t)(i + 1));
    }
    lay_mask_finish(job->lands);
}

static void colour_grounds(struct lay_job *job) {
    const struct im_basemap *map = job->in->basemap;
    size_t *count = tally(job);
    size_t subject = 0;
    for (size_t k = 1; k < map->ground_count; k++) {
        subject = count[k] > count[subject] ? k : subject;
    }
    job->land = im_alloc(job->arena, map->ground_count + 1, sizeof *job->land);
    for (size_t k = 0; k < map->ground_count; k++) {
        job->land[k] = count[k] == 0  ? job->st->colour.neighbour
                       : k == subject ? job->st->colour.subject
                                      : job->st->colour.party;
    }
}

im_rgba lay_land_colour(const struct lay_job *job, struct im_pt at) {
    size_t k = lay_land_at(job, at);
    return k < job->in->basemap->ground_count ? job->land[k] : job->st->colour.water;
}

static void add_land(struct lay_job *job) {
    const struct im_basemap *map = job->in->basemap;
    for (size_t k = 0; k < map->ground_count; k++) {
        const struct im_ground *g = &map->grounds[k];
        if (g->paths.n > 0) {
            lay_add(job, LAY_LAND,
                    (struct im_item){.kind = IM_ITEM_PATH,
                                     .id = im_format(job->arena, "land-%s", g->owner),
                                     .title = g->name,
                                     .fill = job->land[k],
                                     .paths = g->paths});
        }
    }
}

static void add_waters(struct lay_job *job) {
    const struct im_basemap *map = job->in->basemap;
    for (size_t i = 0; i < map->water_count; i++) {
        const struct im_water *w = &map->waters[i];
        struct im_item item = {.kind = IM_ITEM_PATH, .paths = w->paths};
        item.title = w->name[0] != '\0' ? w->name : NULL;
        item.stroke = (struct im_stroke){
            .colour = job->st->colour.water_edge, .width = 0.8, .round = true};
        if (w->is_line) {
            double share = w->level <= 1 ? 1 : w->level == 2 ? 0.8 : 0.6;
            item.stroke.width = share * job->st->river_width;
        } else {
            item.fill = job->st->colour.water;
        }
        if (w->paths.n > 0 && !w->is_sea) {
            lay_add(job, LAY_LAKES, item);
        }
    }
}

/* One band under all country borders: a single path does not darken at joints. */
static void add_casing(struct lay_job *job) {
    const struct im_basemap *map = job->in->basemap;
    struct im_paths all = {0};
    double share = lay_border_share(job);
    for (size_t i = 0; i < map->border_count; i++) {
        const struct im_border *b = &map->borders[i];
        for (size_t k = 0; k < b->paths.n && b->line_class == IM_LC_COUNTRY; k++) {
            IM_PUSH(job->arena, all.v, all.n, all.cap, b->paths.v[k]);
        }
    }
    struct im_stroke band = {.colour = job->st->colour.border_case,
                             .width = job->st->border_casing * share * share,
                             .round = true};
    if (all.n > 0) {
        lay_add(job, LAY_BORDERS,
                (struct im_item){.kind = IM_ITEM_PATH, .paths = all, .stroke = band});
    }
}

static void add_borders(struct lay_job *job) {
    const struct im_basemap *map = job->in->basemap;
    add_casing(job);
    for (size_t i = 0; i < map->border_count; i++) {
        const struct im_border *b = &map->borders[i];
        enum lay_layer layer = b->line_class == IM_LC_COAST      ? LAY_LAKES
                               : b->line_class == IM_LC_PROVINCE ? LAY_PROVINCES
                                                                 : LAY_BORDERS;
        if (b->paths.n > 0) {
            lay_add(job, layer,
                    (struct im_item){.kind = IM_ITEM_PATH,
                                     .title = b->name[0] != '\0' ? b->name : NULL,
                                     .paths = b->paths,
                                     .stroke = lay_border_stroke(job, b->line_class)});
        }
    }
}

/* The map's outline: its frame, or as far as the globe reaches in it. */
static struct im_item outline_of(struct lay_job *job) {
    const struct im_paths *globe = &job->globe;
    struct im_item item = lay_rect_item(job->arena, job->page->map, 0);
    if (globe->n > 0) {
        item.paths = (struct im_paths){0};
    }
    for (size_t i = 0; i < globe->n; i++) {
        struct im_path cut = im_clip_path(job->arena, &globe->v[i], job->page->map);
        if (cut.n > 2) {
            IM_PUSH(job->arena, item.paths.v, item.paths.n, item.paths.cap, cut);
        }
    }
    return item;
}

void lay_ground(struct lay_job *job) {
    struct im_rect paper = {0, 0, job->page->width, job->page->height};
    lay_add(job, LAY_PAGE, lay_rect_item(job->arena, paper, job->st->colour.page));
    struct im_item sea = outline_of(job);
    sea.fill = job->st->colour.water;
    lay_add(job, LAY_WATER, sea);
    colour_grounds(job);
    add_land(job);
    add_waters(job);
    add_borders(job);
    struct im_item frame = outline_of(job);
    frame.stroke = (struct im_stroke){.colour = job->st->colour.frame,
                                      .width = job->st->frame_width};
    lay_add(job, LAY_DEGREES, frame);
}
