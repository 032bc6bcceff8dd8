/* Names of places: those of the incidents first, then as many others as there is room.
 */
#include "layout/spots.h"

#include "layout/mask.h"
#include "layout/stack.h"

#include <math.h>
#include <string.h>

#define HALO 0.92   /* how opaque the halo of a name is */
#define LIMB 6.0    /* points that a disc keeps from the edge of a globe */
#define GREAT 3     /* of so many names one is of a great city */
#define BESIDE 10.0 /* points from a disc to the name of an area, better not less */

enum { CAPITAL, CITY, TOWN, VILLAGE };

/* On maps of continents names are smaller: there are many, and none is the story. */
static double type_size(const struct lay_job *job, int rank) {
    const struct im_style *st = job->st;
    double share = job->in->view->ground_m_per_pt > 2500 ? 0.76 : 1;
    double size = rank == CAPITAL ? st->capital_size
                  : rank == CITY  ? st->city_size
                  : rank == TOWN  ? st->town_size
                                  : st->village_size;
    return share * size;
}

double lay_town_radius(int rank) {
    return rank == CAPITAL ? 5 : rank == CITY ? 5.5 : rank == TOWN ? 4 : 3;
}

/* Does a symbol, with `room` points round it, cover the point? */
static bool covers(const struct lay_job *job, const struct lay_symbol *s,
                   struct im_pt p, double room) {
    struct im_paths outline = {0};
    if (lay_distance(s->at, p) > s->reach + 2 * room) {
        return false;
    }
    im_symbol_path(job->arena, lay_outline(s), s->at, s->radius + room, &outline);
    return lay_paths_have(&outline, p);
}

/* The spot of a symbol on the map, for the name's distance and the town's own disc. */
static void meet_symbols(const struct lay_job *job, struct lay_spot *spot) {
    for (size_t i = 0; i < job->symbol_count; i++) {
        const struct lay_symbol *s = &job->symbols[i];
        double far = s->reach + 2 * spot->radius;
        if (!s->displaced && (fabs(s->at.x - spot->town->at.x) > far ||
                              fabs(s->at.y - spot->town->at.y) > far)) {
            continue; // most of thousands
        }
        double d = lay_distance(s->at, spot->town->at);
        if (s->displaced && lay_distance(s->mark->at, spot->town->at) < 4) {
            spot->hidden = true; // the stem's dot stands for the place
            spot->keep_off = fmax(spot->keep_off, 4);
            spot->moved = spot->moved == NULL ? s : spot->moved;
        }
        if (covers(job, s, spot->town->at, spot->radius)) {
            spot->hidden = true;
            spot->keep_off = fmax(spot->keep_off, d + s->reach);
        }
    }
}

static const char *label_of(const struct lay_job *job, const struct im_town *town) {
    const struct im_layout_input *in = job->in;
    return town->label != NULL ? town->label : in->label_of(in->label_self, town);
}

struct lay_spot lay_spot_of(const struct lay_job *job, const struct im_town *town) {
    double size = type_size(job, town->rank);
    struct lay_spot spot = {.town = town, .radius = lay_town_radius(town->rank)};
    spot.type = town->rank == CAPITAL ? lay_bold_type(size, job->st->colour.town)
                                      : lay_plain_type(size, job->st->colour.town);
    spot.type.halo.width = job->st->town_halo;
    spot.text = lay_clean(job->arena, label_of(job, town));
    spot.keep_off = spot.radius;
    return spot;
}

/* A town whose own disc would lie under something is not labelled unless wanted: its
 * name would read as the name of what covers it. Nor is one at the limb of a globe,
 * where the land about it is a line. */
static bool stands_free(const struct lay_job *job, const struct im_town *town) {
    double r = lay_town_radius(town->rank);
    struct im_pt p = town->at;
    struct im_rect disc = {p.x - r, p.y - r, 2 * r, 2 * r};
    size_t own = LAY_TOWN_OWNER + (size_t)(town - job->in->towns);
    bool edge = job->on_globe != NULL &&
                !lay_mask_holds(job->on_globe, lay_rect_grow(disc, LIMB), 1);
    return town->wanted ||
           (!edge && lay_field_free(job->field, disc, own, town->rank <= CITY));
}

static struct im_item disc_item(const struct lay_job *job,
                                const struct lay_spot *spot) {
    bool capital = spot->town->rank == CAPITAL;
    struct im_stroke ring = {.colour = job->st->colour.town, .width = 1.6};
    return (struct im_item){.kind = IM_ITEM_SYMBOL,
                            .symbol = capital ? IM_SQUARE : IM_CIRCLE,
                            .at = spot->town->at,
                            .radius = spot->radius - 0.5,
                            .fill = job->st->colour.town_fill,
                            .stroke = ring};
}

/* Would the disc of a place without a name lie on that of a named one? */
static bool lies_on_another(const struct lay_spot *spots, size_t n,
                            const struct lay_spot *spot) {
    for (size_t i = 0; i < n; i++) {
        double far = lay_distance(spots[i].town->at, spot->town->at);
        if (spots[i].chosen != LAY_NOWHERE && far < spots[i].radius + spot->radius) {
            return true;
        }
    }
    return false;
}

/* Draw the i-th of n spots. */
static void put(struct lay_job *job, const struct lay_spot *spots, size_t n, size_t i) {
    const struct lay_spot *spot = &spots[i];
    bool named = spot->chosen != LAY_NOWHERE;
    if (!spot->hidden &&
        (named || (spot->town->asked && !lies_on_another(spots, n, spot)))) {
        lay_add(job, LAY_AREAS, disc_item(job, spot));
        lay_field_disc(job->field, LAY_SYMBOL, spot->town->at, spot->radius + 1,
                       lay_own(job, spot));
    }
    if (named) {
        const struct lay_candidate *c = &spot->v[spot->chosen];
        struct lay_type type = spot->type; // its halo is of what lies under the name
        struct im_pt middle = {c->box.x + c->box.w / 2, c->box.y + c->box.h / 2};
        type.halo.colour = lay_colour_alpha(lay_land_colour(job, middle), HALO);
        lay_add_text(job, LAY_LABELS, c->at, c->align, &type, spot->text);
        lay_field_rect(job->field, LAY_TEXT, lay_rect_grow(c->box, 1), 0);
        lay_field_rect(job->field, LAY_BESIDE, lay_rect_line(c->box), 0);
    } else if (spot->town->wanted) {
        im_finding(job->in->findings,
                   spot->town->asked ? IM_F_LABEL_DROPPED : IM_F_CAPITAL_LEFT_OUT,
                   spot->town->place->row, "widen the map, or choose a larger size",
                   "no room for the name '%s'", spot->text);
    }
}

/* The towns' spots, the first ones first. */
struct seekers {
    bool wanted;
    size_t seen; /* towns looked at */
    struct lay_spot *v;
    size_t n;
};

/* Two towns of one name on one spot (a town and its district's seat) are one to name.
 */
static bool repeats(const struct lay_job *job, const struct seekers *s,
                    const struct im_town *town) {
    for (size_t i = 0; i < s->n; i++) {
        const struct im_town *other = s->v[i].town;
        if (fabs(other->at.x - town->at.x) < 20 &&
            lay_distance(other->at, town->at) < 20 &&
            strcmp(label_of(job, other), label_of(job, town)) == 0) {
            return true;
        }
    }
    return false;
}

static size_t most_names(const struct lay_job *job, bool wanted) {
    const struct im_rect map = job->page->map;
    int limit = job->in->spec->labels.max;
    if (wanted) {
        return LAY_NOWHERE;
    }
    return limit > 0 ? (size_t)limit
                     : (size_t)(map.w * map.h / job->st->label_space) + 1;
}

/* Another try for the wanted: in smaller type; or, of capitals, upon the lines of
 * overlays. */
static void try_again(struct lay_job *job, struct lay_spot *spots, size_t n,
                      bool over_lines) {
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (spots[i].chosen == LAY_NOWHERE &&
            (!over_lines || spots[i].town->rank == 0)) {
            spots[i].type.font.size *= over_lines ? 1 : 0.85;
            spots[i].over_lines = over_lines;
            lay_candidates(job, &spots[i]);
            any = true;
        }
    }
    if (any) {
        lay_place_spots(job, spots, n, 0, LAY_NOWHERE);
    }
}

/* Go on until there are `most` spots or no more towns. */
static void gather_spots(struct lay_job *job, struct seekers *s, size_t most) {
    const struct im_layout_input *in = job->in;
    while (s->seen < in->town_count && s->n < most) {
        const struct im_town *town = &in->towns[s->seen++];
        bool off = in->spec->labels.towns == IM_OFF && !town->wanted;
        if (town->wanted != s->wanted || off || repeats(job, s, town) ||
            !stands_free(job, town) || label_of(job, town)[0] == '\0') {
            continue;
        }
        s->v[s->n] = lay_spot_of(job, town);
        meet_symbols(job, &s->v[s->n]);
        s->n += town->wanted || !s->v[s->n].hidden;
    }
}

/* Most maps name the first few of many towns: the others are looked at only where those
 * leave room. The wanted have their names before. */
void lay_towns(struct lay_job *job, bool wanted) {
    size_t count = job->in->town_count, most = most_names(job, wanted);
    size_t fixed = wanted ? 0 : job->named_count;
    struct seekers s = {.wanted = wanted, .n = fixed};
    if (job->town_grid == NULL) {
        lay_grid_towns(job);
    }
    s.v = im_alloc(job->arena, fixed + count + 1, sizeof *s.v);
    if (fixed > 0) {
        memcpy(s.v, job->named, fixed * sizeof *s.v);
    }
    for (size_t tries = most < count / 2 ? 2 * most : count;; tries = count) {
        gather_spots(job, &s, fixed + tries);
        if (lay_place_spots(job, s.v, s.n, fixed, most) == most || s.seen == count) {
            break;
        }
    }
    if (wanted) {
        try_again(job, s.v, s.n, false);
        try_again(job, s.v, s.n, true);
        job->named = s.v;
        job->named_count = s.n;
    }
    for (size_t i = fixed; i < s.n; i++) {
        put(job, s.v, s.n, i);
    }
}

void lay_reserve_towns(struct lay_job *job) {
    size_t most = most_names(job, false), n = 0;
    bool off = job->in->spec->labels.towns == IM_OFF;
    for (size_t i = 0; i < job->in->town_count && n < most; i++) {
        const struct im_town *town = &job->in->towns[i];
        if (town->wanted || (!off && stands_free(job, town))) {
            lay_field_disc(job->field, LAY_BESIDE, town->at,
                           lay_town_radius(town->rank) + BESIDE, 0);
            bool great = town->rank == CITY && n < most / GREAT;
            if ((town->rank == CAPITAL || great) && !town->wanted) {
                lay_field_disc(job->field, great ? LAY_CITY : LAY_CAPITAL, town->at,
                               lay_town_radius(town->rank) + 1, LAY_TOWN_OWNER + i);
                job->great_end = great ? i + 1 : job->great_end;
            }
            n += !town->wanted;
        }
    }
}
