/* Where countries lie, from the boxes of their units: what a small map of the
 * surroundings is to show. */
#include "basemap/geodata.h"
#include "geo/box.h"
#include <math.h>
#include <string.h>

#define GAP 1.4 /* degrees of latitude between parts of one country, at most */

/* Units of the world, as windows around a longitude. */
struct places {
    const struct im_geodata *g;
    struct im_arena *arena;
    struct im_level *level;
    const int *owner_of; /* by unit */
    double middle;       /* degrees */
    struct im_window *at, near;
    bool *has;
};

/* Units of one country, those of its main part marked. */
struct country {
    size_t *units, n;
    bool *in;
};

static struct im_window around_lon(struct im_box box, double middle) {
    struct im_window w = im_box_window(box);
    double span = w.east - w.west;
    w.west = im_lon_near(w.west + span / 2, middle) - span / 2;
    w.east = w.west + span;
    return w;
}

static void widen(struct im_window *w, struct im_window by, bool first) {
    *w = first ? by
               : (struct im_window){fmin(w->west, by.west), fmin(w->south, by.south),
                                    fmax(w->east, by.east), fmax(w->north, by.north)};
}

/* A unit on both sides of the antimeridian, whose box as stored spans the globe: the
 * window of its arcs. */
static struct im_window of_arcs(const struct places *p, int unit) {
    struct im_window w = {0, 0, 0, 0};
    bool first = true;
    for (size_t i = 0; i < p->level->n; i++) {
        const struct im_arc_info *a = &p->level->arcs[i];
        if (a->left == unit || a->right == unit) {
            widen(&w, around_lon(a->box, p->middle), first);
            first = false;
        }
    }
    return w;
}

static void find_unit(struct places *p, size_t unit) {
    struct im_box b = p->level->unit_box[unit];
    p->has[unit] = b.west <= b.east;
    if (p->has[unit]) {
        p->at[unit] =
            b.east - b.west > 180 ? of_arcs(p, (int)unit) : around_lon(b, p->middle);
    }
}

static bool are_close(struct im_window a, struct im_window b) {
    double lat = fmax(fabs(a.south), fabs(a.north)) * 0.017453292519943295;
    double lon = GAP / fmax(cos(lat), 0.2);
    return a.west - lon <= b.east && b.west - lon <= a.east &&
           a.south - GAP <= b.north && b.south - GAP <= a.north;
}

/* The units that the main part is begun with. */
static void seed(const struct places *p, struct country *c) {
    size_t largest = 0;
    bool any = false;
    for (size_t i = 0; i < c->n; i++) {
        c->in[i] = im_window_meets(p->at[c->units[i]], p->near);
        any = any || c->in[i];
        if (im_unit_area_km2(p->g, (int)c->units[i]) >
            im_unit_area_km2(p->g, (int)c->units[largest])) {
            largest = i;
        }
    }
    if (c->n > 0 && !any) {
        c->in[largest] = true;
    }
}

/* Add what lies close to what is in, until nothing does. */
static void spread(const struct places *p, struct country *c) {
    for (bool more = c->n > 0; more;) {
        more = false;
        for (size_t i = 0; i < c->n; i++) {
            for (size_t k = 0; k < c->n && !c->in[i]; k++) {
                c->in[i] =
                    c->in[k] && are_close(p->at[c->units[i]], p->at[c->units[k]]);
                more = more || c->in[i];
            }
        }
    }
}

/* The main part of the country `owner` widens *w. */
static void add_country(struct places *p, int owner, struct im_window *w, bool *found) {
    struct country c = {.units =
                            im_alloc(p->arena, p->g->unit_count + 1, sizeof *c.units)};
    for (size_t i = 0; i < p->g->unit_count; i++) {
        if (p->owner_of[i] == owner) {
            find_unit(p, i);
            c.units[c.n] = i;
            c.n += p->has[i];
        }
    }
    c.in = im_alloc(p->arena, c.n + 1, sizeof *c.in);
    seed(p, &c);
    spread(p, &c);
    for (size_t i = 0; i < c.n; i++) {
        if (c.in[i]) {
            widen(w, p->at[c.units[i]], !*found);
            *found = true;
        }
    }
}

enum incmap_status im_geodata_mainland(const struct im_geodata *g,
                                       struct im_arena *arena,
                                       struct im_mainland *which,
                                       struct incmap_error *err) {
    struct im_worldview view;
    struct places p = {
        .g = g, .arena = arena, .middle = im_box_middle(which->near).lon};
    struct im_window w = {0, 0, 0, 0};
    which->found = false;
    p.near = around_lon(which->near, p.middle);
    enum incmap_status s = im_worldview_open(g, arena, which->spec, &view, err);
    s = s == INCMAP_OK ? im_level_open(g, IM_WORLD, &p.level, err) : s;
    if (s != INCMAP_OK) {
        return s;
    }
    size_t n = g->unit_count + 1;
    int *owner_of = im_alloc(arena, n, sizeof *owner_of);
    p.at = im_alloc(arena, n, sizeof *p.at);
    p.has = im_alloc(arena, n, sizeof *p.has);
    p.owner_of = owner_of;
    for (size_t i = 0; i < g->unit_count; i++) {
        owner_of[i] = im_unit_owner(g, &view, (int)i);
    }
    for (size_t c = 0; c < which->n; c++) {
        int owner = im_owner_index(g, which->codes[c]);
        if (owner >= 0) {
            add_country(&p, owner, &w, &which->found);
        }
    }
    which->box = im_window_box(w);
    return INCMAP_OK;
}

/* How much of a unit's box is land. */
static double density(const struct im_geodata *g, size_t unit, struct im_box b) {
    double lat = (b.south + b.north) / 2 * 0.017453292519943295;
    double km2 = (b.east - b.west) * (b.north - b.south) * 111.2 * 111.2 * cos(lat);
    return km2 > 0 ? fmin(im_unit_area_km2(g, (int)unit) / km2, 1) : 1;
}

struct dense {
    struct im_box box;
    double share;
};

/* Units that meet the box. One on both sides of the antimeridian has a box of the whole
 * globe, and is passed over. */
static struct dense *units_near(const struct im_geodata *g, struct im_arena *arena,
                                const struct im_level *level, struct im_box box,
                                size_t *n) {
    struct dense *list = im_alloc(arena, g->unit_count + 1, sizeof *list);
    *n = 0;
    for (size_t i = 0; i < g->unit_count; i++) {
        struct im_box b = level->unit_box[i];
        if (b.west <= b.east && b.east - b.west < 180 && im_box_meets(b, box)) {
            list[(*n)++] = (struct dense){b, density(g, i, b)};
        }
    }
    return list;
}

enum incmap_status im_geodata_land_share(const struct im_geodata *g,
                                         struct im_arena *arena, struct im_box box,
                                         double *out, struct incmap_error *err) {
    enum { SIDE = 12 };
    struct im_level *level = NULL;
    struct im_window w = im_box_window(box);
    double sum = 0;
    size_t n = 0;
    enum incmap_status s = im_level_open(g, IM_WORLD, &level, err);
    struct dense *units = s == INCMAP_OK ? units_near(g, arena, level, box, &n) : NULL;
    for (int i = 0; i < SIDE * SIDE; i++) {
        double x = (i % SIDE + 0.5) / SIDE, y = (i / SIDE + 0.5) / SIDE;
        struct im_lonlat at = {w.west + x * (w.east - w.west),
                               w.south + y * (w.north - w.south)};
        double most = 0; // of the densest unit there
        for (size_t k = 0; k < n; k++) {
            if (units[k].share > most && im_box_contains(units[k].box, at)) {
                most = units[k].share;
            }
        }
        sum += most;
    }
    *out = sum / (SIDE * SIDE);
    return s;
}
