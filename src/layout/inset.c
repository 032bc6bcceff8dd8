/*
 * Where the locator inset goes: the corner of the map in which it covers least. It
 * never covers an incident, a place that is named in any case or the point of an
 * annotation; lines and borders under it cost, and so does the land that the map is
 * about. Where no corner is free it shrinks, to 0.7 of its size, before it is left out.
 */
#include "layout/inset.h"
#include "layout/mask.h"

#include <math.h>
#include <string.h>

#define OFF_FRAME 12.0 /* points between it and the map's frame */
#define MOST 0.5       /* of the map's width and height */
#define LAND_COST 30.0 /* of covering nothing but the land that the map is about */
#define OTHER_COST 8.0 /* of any other land */
#define NEAR 70.0      /* points: labels of a symbol want this room */
#define NEAR_COST 3.0  /* of each symbol as near as that */
#define GRID 12        /* places on each side at which the land is asked for */

static const double sizes[] = {1, 0.85, 0.7};

struct corner {
    const char *name;
    bool right, bottom;
};
/* In the order in which they are taken when they are as good. */
static const struct corner corners[] = {{"top-right", true, false},
                                        {"top-left", false, false},
                                        {"bottom-right", true, true},
                                        {"bottom-left", false, true}};

static struct im_rect rect_in(struct im_rect map, const struct corner *c, double w,
                              double h) {
    return (struct im_rect){
        c->right ? map.x + map.w - OFF_FRAME - w : map.x + OFF_FRAME,
        c->bottom ? map.y + map.h - OFF_FRAME - h : map.y + OFF_FRAME, w, h};
}

/* What is covered of the land: of the map's own countries, of others. */
static double land_cost(const struct lay_job *job, struct im_rect r) {
    double sum = 0;
    for (int i = 0; i < GRID * GRID; i++) {
        struct im_pt p = {r.x + (i % GRID + 0.5) / GRID * r.w,
                          r.y + (i / GRID + 0.5) / GRID * r.h};
        size_t k = lay_land_at(job, p);
        if (k < job->in->basemap->ground_count) {
            const struct im_ground *g = &job->in->basemap->grounds[k];
            sum += lay_inset_owns(job->in->inset, g) ? LAND_COST : OTHER_COST;
        }
    }
    return sum / (GRID * GRID);
}

/* Symbols so close that their labels would have wanted the room. */
static double near_cost(const struct lay_job *job, struct im_rect r) {
    double sum = 0;
    for (size_t i = 0; i < job->symbol_count; i++) {
        double d = lay_rect_distance(r, job->symbols[i].at);
        sum += d < NEAR ? NEAR_COST * (1 - d / NEAR) : 0;
    }
    return fmin(sum, 10 * NEAR_COST);
}

/* HUGE_VAL: it may not be there. */
static double cost_of(const struct lay_job *job, struct im_rect r) {
    double cost = lay_field_cover(job->field, lay_rect_grow(r, LAY_INSET_PAPER + 3), 0);
    return cost < HUGE_VAL ? cost + land_cost(job, r) + near_cost(job, r) : cost;
}

/* The best of the corners that may be taken, at one size; no width: none. */
static struct im_rect best_corner(const struct lay_job *job, double w, double h) {
    const char *wish = job->in->spec->furniture.inset.position;
    bool any = wish == NULL || strcmp(wish, "auto") == 0;
    struct im_rect best = {0};
    double least = HUGE_VAL;
    for (size_t i = 0; i < sizeof corners / sizeof *corners; i++) {
        struct corner c = corners[i];
        if (!any && strcmp(wish, c.name) != 0) {
            continue;
        }
        c.right = any && lay_mirrored(job->in) ? !c.right : c.right;
        struct im_rect r = rect_in(job->page->map, &c, w, h);
        double cost = cost_of(job, r);
        if (cost < least) {
            least = cost;
            best = r;
        }
    }
    return best;
}

static void report(const struct lay_job *job) {
    const char *wish = job->in->spec->furniture.inset.position;
    bool any = wish == NULL || strcmp(wish, "auto") == 0;
    struct im_where at = im_spec_where(job->in->spec, "furniture.inset");
    im_finding(job->in->findings, IM_F_INSET_DROPPED, at,
               any ? "widen the map's extent, or make furniture.inset.size smaller"
                   : "choose another corner, or widen the map's extent",
               "no inset is drawn: %s, it would cover incidents or places that are "
               "named on the map",
               any ? "no corner is free"
                   : im_format(job->arena, "%s is not free", wish));
}

void lay_inset(struct lay_job *job) {
    const struct im_inset *inset = job->in->inset;
    if (inset == NULL) {
        return;
    }
    struct im_rect map = job->page->map, shape = inset->view.frame;
    double most = fmin(MOST * map.w / shape.w, MOST * map.h / shape.h);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes && job->inset.w <= 0; i++) {
        double k = fmin(sizes[i], most);
        job->inset = best_corner(job, k * shape.w, k * shape.h);
    }
    if (job->inset.w <= 0) {
        report(job);
        return;
    }
    lay_inset_draw(job);
    lay_field_rect(job->field, LAY_TEXT, lay_rect_grow(job->inset, LAY_INSET_PAPER + 3),
                   0);
}
