/*
 * Positions told by others. The phrase (phrase.c) gives a relation and names; the names
 * are looked up with the hints of the question; then:
 *
 *   relation            point                              radius in km
 *   d km, direction     geodesic from the place            d tan(s) + r; s = 22.5
 * degrees for 8 directions, 11.25 for 16 d km                the place d + r direction
 * n km that way                      n + r near                the place n + r
 *   outskirts           the place (half an n that way)     n / 2 + r
 *   between, halfway    middle of the geodesic             half, a tenth of it + r
 *   border near X       foot of X on the border            n + its distance from X
 *   border; pipeline    a corridor: beside.c
 *
 * r is what the places' own positions leave open, n their neighbourhood: 3 km for a
 * village, 5 for a town, 10 for a city, 15 for a capital, an area's own radius. The
 * ends of a range ("5-10 km") add half of it. Of several places that a name may mean
 * each gives a candidate.
 */
#include "gazetteer/relating.h"

#include "geodesy/geodesy.h"
#include <math.h>
#include <string.h>

/* Guesses at misspelt names score less: the abbreviation of a line goes before them. */
static const double SURE_OF_PLACE = 0.4;
static const double DEGREE = 0.017453292519943295;

/* ---- names of the phrase -------------------------------------------------- */

struct im_answer_set gaz_look_up_part(struct gaz_relating *r, const char *name,
                                      const struct im_lookup *how, unsigned without) {
    struct im_lookup l = *how;
    l.name = name;
    l.kind = how == r->q->lookup ? IM_KIND_ANY : l.kind;
    return gaz_find(r->q->gz, r->q->arena, &l, without | GAZ_NO_RELATIVE);
}

/* Does an answer for one form of a name say more than that for another? */
static bool is_firmer(const struct im_answer_set *a, const struct im_answer_set *b) {
    if (a->status == IM_ANSWER_UNKNOWN || b->status == IM_ANSWER_UNKNOWN) {
        return b->status == IM_ANSWER_UNKNOWN && a->status != IM_ANSWER_UNKNOWN;
    }
    return a->candidates[0].match < b->candidates[0].match;
}

/* The form of the name (as it stands, or in the nominative) that fits best; when none
 * does, the name as it stands, perhaps misspelt. */
struct im_answer_set gaz_anchor(struct gaz_relating *r, const char *name,
                                const struct im_lookup *how) {
    const char *forms[GAZ_CASES];
    size_t n = gaz_nominatives(r->q->arena, name, forms);
    struct im_answer_set best = gaz_look_up_part(r, name, how, GAZ_NO_SPELLING);
    for (size_t i = 1; i < n; i++) {
        struct im_answer_set a = gaz_look_up_part(r, forms[i], how, GAZ_NO_SPELLING);
        best = is_firmer(&a, &best) ? a : best;
    }
    return best.status == IM_ANSWER_UNKNOWN ? gaz_look_up_part(r, name, how, 0) : best;
}

static struct im_answer_set anchor_near(struct gaz_relating *r, const char *name,
                                        const struct im_answer_set *other) {
    struct im_lookup how = *r->q->lookup;
    if (other->status == IM_ANSWER_OK) {
        how.has_near = true;
        how.near = other->candidates[0].place->at;
    }
    how.kind = IM_KIND_ANY;
    return gaz_anchor(r, name, &how);
}

static bool is_area(const struct im_place *p) {
    return p->kind == IM_REGION || p->kind == IM_COUNTRY;
}

double gaz_neighbourhood_km(const struct im_place *p) {
    if (is_area(p)) {
        return fmax(10, p->precision_km);
    }
    switch (gaz_feature_of(p->feature)) {
    case GAZ_QUARTER:
    case GAZ_VILLAGE:
        return 3;
    case GAZ_CITY:
        return 10;
    case GAZ_CAPITAL:
        return 15;
    default:
        return 5;
    }
}

/* ---- answers -------------------------------------------------------------- */

struct im_answer_set gaz_refuse_name(struct gaz_relating *r, const char *name,
                                     const struct im_answer_set *of) {
    struct im_answer_set a = *of;
    a.status = IM_ANSWER_UNKNOWN;
    a.reason = im_format(r->q->arena, "'%s' in the phrase: %s", name, of->reason);
    return a;
}

struct im_answer_set gaz_refuse(struct gaz_relating *r, const char *why) {
    return (struct im_answer_set){IM_ANSWER_UNKNOWN, im_strdup(r->q->arena, why), NULL,
                                  0, NULL};
}

/* `from` is the place whose terms the score is, NULL for a line alone. */
struct im_candidate gaz_relative_to(struct gaz_relating *r,
                                    const struct im_candidate *from,
                                    const struct gaz_spot *spot) {
    static const struct im_term term = {"relative to a line", 1};
    struct im_place *p = im_alloc(r->q->arena, 1, sizeof *p);
    *p = (struct im_place){.id = "",
                           .name = r->q->name,
                           .feature = "",
                           .country = from ? from->place->country : "",
                           .admin1 = from ? from->place->admin1 : "",
                           .admin2 = from ? from->place->admin2 : "",
                           .source = from ? from->place->source : "",
                           .area = "",
                           .at = spot->at,
                           .kind = IM_OTHER,
                           .precision_km = spot->radius_km,
                           .row = from ? from->place->row : IM_NOWHERE};
    return (struct im_candidate){
        .place = p,
        .match = IM_MATCH_RELATIVE,
        .matched = from ? from->matched : r->line_name,
        .score = from ? from->score : 1,
        .terms = from ? from->terms : &term,
        .term_count = from ? from->term_count : 1,
        .reason = from ? im_format(r->q->arena, "%s; %s: %s", spot->how,
                                   from->place->name, from->reason)
                       : spot->how,
        .outside = from && from->outside};
}

const char *gaz_km_text(struct im_arena *arena, double km) {
    return km < 10 ? im_format(arena, "%.1f km", km) : im_format(arena, "%.0f km", km);
}

struct im_answer_set gaz_answer_at(struct gaz_relating *r, struct im_candidate *c,
                                   size_t n, const struct im_answer_set *of) {
    struct im_arena *arena = r->q->arena;
    const char *radius = gaz_km_text(arena, c[0].place->precision_km);
    const char *reason = im_format(arena, "within %s of the point", radius);
    if (of) {
        reason = im_format(arena, "%s; '%s': %s", reason, of->candidates[0].place->name,
                           of->reason);
    }
    return (struct im_answer_set){of ? of->status : IM_ANSWER_OK, reason, c, n, NULL};
}

/* ---- relations to one place ----------------------------------------------- */

static struct gaz_spot spot_of(struct gaz_relating *r, const struct im_place *p) {
    const struct gaz_phrase *w = &r->phrase;
    struct im_arena *arena = r->q->arena;
    bool aside = w->azimuth >= 0;
    double n = gaz_neighbourhood_km(p);
    double own = is_area(p) && w->km < 0 ? 0 : p->precision_km; // n has it
    if (w->relation == GAZ_NEAR) {
        return (struct gaz_spot){p->at, n + own, "near"};
    }
    if (w->relation == GAZ_OUTSKIRTS) {
        struct im_lonlat at = aside ? im_direct(p->at, w->azimuth, 500 * n) : p->at;
        return (struct gaz_spot){at, n / 2 + own, "at the edge"};
    }
    double d = w->km >= 0 ? w->km : n;
    double open = w->relation == GAZ_WITHIN || !aside ? d
                  : w->km < 0                         ? n
                              : d * tan(w->half_sector * DEGREE);
    struct im_lonlat at = aside ? im_direct(p->at, w->azimuth, 1000 * d) : p->at;
    const char *how = aside ? im_format(arena, "%s towards %g degrees",
                                        gaz_km_text(arena, d), w->azimuth)
                            : im_format(arena, "%s around", gaz_km_text(arena, d));
    return (struct gaz_spot){at, open + w->spread_km + own, how};
}

static struct im_answer_set by_place(struct gaz_relating *r) {
    struct im_answer_set of = gaz_anchor(r, r->phrase.a, r->q->lookup);
    if (of.status == IM_ANSWER_UNKNOWN) {
        return gaz_refuse_name(r, r->phrase.a, &of);
    }
    struct im_candidate *c = im_alloc(r->q->arena, of.n, sizeof *c);
    for (size_t i = 0; i < of.n; i++) {
        struct gaz_spot spot = spot_of(r, of.candidates[i].place);
        c[i] = gaz_relative_to(r, &of.candidates[i], &spot);
    }
    return gaz_answer_at(r, c, of.n, &of);
}

/* ---- relations to two places ---------------------------------------------- */

static struct im_answer_set by_two(struct gaz_relating *r) {
    struct im_answer_set a = gaz_anchor(r, r->phrase.a, r->q->lookup);
    struct im_answer_set b = anchor_near(r, r->phrase.b, &a);
    if (b.status == IM_ANSWER_OK) {
        a = anchor_near(r, r->phrase.a, &b);
    }
    if (a.status != IM_ANSWER_OK || b.status != IM_ANSWER_OK) {
        bool first = a.status != IM_ANSWER_OK;
        return gaz_refuse_name(r, first ? r->phrase.a : r->phrase.b, first ? &a : &b);
    }
    const struct im_candidate *x = &a.candidates[0], *y = &b.candidates[0];
    double km = im_distance(x->place->at, y->place->at) / 1000;
    double share = r->phrase.relation == GAZ_HALFWAY ? 0.1 : 0.5;
    struct gaz_spot spot = {
        im_direct(x->place->at, im_azimuth(x->place->at, y->place->at), 500 * km),
        share * km + fmax(x->place->precision_km, y->place->precision_km),
        im_format(r->q->arena, "middle of %s between %s and %s",
                  gaz_km_text(r->q->arena, km), x->place->name, y->place->name)};
    struct im_candidate *c = im_alloc(r->q->arena, 1, sizeof *c);
    c[0] = gaz_relative_to(r, x->score < y->score ? x : y, &spot);
    return gaz_answer_at(r, c, 1, x->score < y->score ? &a : &b);
}

/* A line when the phrase says so, or when no place has the name as it stands. */
static struct im_answer_set by_name(struct gaz_relating *r) {
    struct im_answer_set line;
    if (r->phrase.a_is_line) {
        return gaz_by_line_named(r, &line)
                   ? line
                   : gaz_refuse(r, im_format(r->q->arena, "no line is known as '%s'",
                                             r->phrase.a));
    }
    struct im_answer_set place = by_place(r);
    bool sure = place.status != IM_ANSWER_UNKNOWN && place.n > 0 &&
                place.candidates[0].score > SURE_OF_PLACE;
    return !sure && gaz_by_line_named(r, &line) ? line : place;
}

bool gaz_find_relative(struct gaz_query *q, struct im_answer_set *out) {
    struct gaz_relating r = {.q = q};
    if (!gaz_phrase_parse(q->arena, q->name, &r.phrase)) {
        return false;
    }
    switch (r.phrase.relation) {
    case GAZ_BORDER:
        *out = gaz_by_border(&r);
        break;
    case GAZ_BETWEEN:
    case GAZ_HALFWAY:
        *out = by_two(&r);
        break;
    default:
        *out = by_name(&r);
    }
    return !(r.phrase.bare && out->status == IM_ANSWER_UNKNOWN);
}
