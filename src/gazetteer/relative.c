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
 *   border; pipeline    middle of the line                 to its farthest end (+ d)
 *
 * r is what the places' own positions leave open, n their neighbourhood: 3 km for a
 * village, 5 for a town, 10 for a city, 15 for a capital, an area's own radius. The
 * ends of a range ("5-10 km") add half of it. Of several places that a name may mean
 * each gives a candidate.
 */
#include "gazetteer/relative.h"

#include "geodesy/geodesy.h"
#include <math.h>
#include <string.h>

/* A place farther than this from a border is not "near" it. */
static const double MOST_FROM_BORDER_KM = 60;
/* A line alone that leaves more open gives no point. */
static const double MOST_OPEN_KM = 100;
static const double DEGREE = 0.017453292519943295;

struct relating {
    struct gaz_query *q;
    struct gaz_phrase phrase;
    struct im_lines lines; /* of a border or a pipeline */
    const char *line_name;
};

/* Where a candidate lies: the answer in the making. */
struct spot {
    struct im_lonlat at;
    double radius_km;
    const char *how;
};

/* ---- names of the phrase -------------------------------------------------- */

static struct im_answer_set look_up(struct relating *r, const char *name,
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
static struct im_answer_set anchor(struct relating *r, const char *name,
                                   const struct im_lookup *how) {
    const char *forms[GAZ_CASES];
    size_t n = gaz_nominatives(r->q->arena, name, forms);
    struct im_answer_set best = look_up(r, name, how, GAZ_NO_SPELLING);
    for (size_t i = 1; i < n; i++) {
        struct im_answer_set a = look_up(r, forms[i], how, GAZ_NO_SPELLING);
        best = is_firmer(&a, &best) ? a : best;
    }
    return best.status == IM_ANSWER_UNKNOWN ? look_up(r, name, how, 0) : best;
}

static struct im_answer_set anchor_near(struct relating *r, const char *name,
                                        const struct im_answer_set *other) {
    struct im_lookup how = *r->q->lookup;
    if (other->status == IM_ANSWER_OK) {
        how.has_near = true;
        how.near = other->candidates[0].place->at;
    }
    how.kind = IM_KIND_ANY;
    return anchor(r, name, &how);
}

static bool is_area(const struct im_place *p) {
    return p->kind == IM_REGION || p->kind == IM_COUNTRY;
}

static double neighbourhood_km(const struct im_place *p) {
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

static struct im_answer_set refuse(struct relating *r, const char *name,
                                   const struct im_answer_set *of) {
    struct im_answer_set a = *of;
    a.status = IM_ANSWER_UNKNOWN;
    a.reason = im_format(r->q->arena, "'%s' in the phrase: %s", name, of->reason);
    return a;
}

static struct im_answer_set refuse_line(struct relating *r, const char *why) {
    return (struct im_answer_set){IM_ANSWER_UNKNOWN, im_strdup(r->q->arena, why), NULL,
                                  0, NULL};
}

/* `from` is the place whose terms the score is, NULL for a line alone. */
static struct im_candidate candidate(struct relating *r,
                                     const struct im_candidate *from,
                                     const struct spot *spot) {
    static const struct im_term term = {"relative to a line", 1};
    struct im_place *p = im_alloc(r->q->arena, 1, sizeof *p);
    *p = (struct im_place){.id = "",
                           .name = r->q->name,
                           .feature = "",
                           .country = from ? from->place->country : "",
                           .admin1 = from ? from->place->admin1 : "",
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

static const char *km_text(struct im_arena *arena, double km) {
    return km < 10 ? im_format(arena, "%.1f km", km) : im_format(arena, "%.0f km", km);
}

static struct im_answer_set answer(struct relating *r, struct im_candidate *c, size_t n,
                                   const struct im_answer_set *of) {
    struct im_arena *arena = r->q->arena;
    const char *radius = km_text(arena, c[0].place->precision_km);
    const char *reason = im_format(arena, "within %s of the point", radius);
    if (of) {
        reason = im_format(arena, "%s; '%s': %s", reason, of->candidates[0].place->name,
                           of->reason);
    }
    return (struct im_answer_set){of ? of->status : IM_ANSWER_OK, reason, c, n, NULL};
}

/* ---- relations to one place ----------------------------------------------- */

static struct spot spot_of(struct relating *r, const struct im_place *p) {
    const struct gaz_phrase *w = &r->phrase;
    struct im_arena *arena = r->q->arena;
    bool aside = w->azimuth >= 0;
    double n = neighbourhood_km(p);
    double own = is_area(p) && w->km < 0 ? 0 : p->precision_km; // n has it
    if (w->relation == GAZ_NEAR) {
        return (struct spot){p->at, n + own, "near"};
    }
    if (w->relation == GAZ_OUTSKIRTS) {
        struct im_lonlat at = aside ? im_direct(p->at, w->azimuth, 500 * n) : p->at;
        return (struct spot){at, n / 2 + own, "at the edge"};
    }
    double d = w->km >= 0 ? w->km : n;
    double open = w->relation == GAZ_WITHIN || !aside ? d
                  : w->km < 0                         ? n
                              : d * tan(w->half_sector * DEGREE);
    struct im_lonlat at = aside ? im_direct(p->at, w->azimuth, 1000 * d) : p->at;
    const char *how =
        aside ? im_format(arena, "%s towards %g degrees", km_text(arena, d), w->azimuth)
              : im_format(arena, "%s around", km_text(arena, d));
    return (struct spot){at, open + w->spread_km + own, how};
}

static struct im_answer_set by_place(struct relating *r) {
    struct im_answer_set of = anchor(r, r->phrase.a, r->q->lookup);
    if (of.status == IM_ANSWER_UNKNOWN) {
        return refuse(r, r->phrase.a, &of);
    }
    struct im_candidate *c = im_alloc(r->q->arena, of.n, sizeof *c);
    for (size_t i = 0; i < of.n; i++) {
        struct spot spot = spot_of(r, of.candidates[i].place);
        c[i] = candidate(r, &of.candidates[i], &spot);
    }
    return answer(r, c, of.n, &of);
}

/* ---- relations to two places ---------------------------------------------- */

static struct im_answer_set by_two(struct relating *r) {
    struct im_answer_set a = anchor(r, r->phrase.a, r->q->lookup);
    struct im_answer_set b = anchor_near(r, r->phrase.b, &a);
    if (b.status == IM_ANSWER_OK) {
        a = anchor_near(r, r->phrase.a, &b);
    }
    if (a.status != IM_ANSWER_OK || b.status != IM_ANSWER_OK) {
        bool first = a.status != IM_ANSWER_OK;
        return refuse(r, first ? r->phrase.a : r->phrase.b, first ? &a : &b);
    }
    const struct im_candidate *x = &a.candidates[0], *y = &b.candidates[0];
    double km = im_distance(x->place->at, y->place->at) / 1000;
    double share = r->phrase.relation == GAZ_HALFWAY ? 0.1 : 0.5;
    struct spot spot = {
        im_direct(x->place->at, im_azimuth(x->place->at, y->place->at), 500 * km),
        share * km + fmax(x->place->precision_km, y->place->precision_km),
        im_format(r->q->arena, "middle of %s between %s and %s",
                  km_text(r->q->arena, km), x->place->name, y->place->name)};
    struct im_candidate *c = im_alloc(r->q->arena, 1, sizeof *c);
    c[0] = candidate(r, x->score < y->score ? x : y, &spot);
    return answer(r, c, 1, x->score < y->score ? &a : &b);
}

/* ---- relations to lines --------------------------------------------------- */

/* Some way off the whole line: as much as the phrase says. */
static struct im_answer_set by_whole_line(struct relating *r) {
    double reach;
    struct spot spot = {gaz_middle(&r->lines, &reach), 0, NULL};
    struct im_candidate *c = im_alloc(r->q->arena, 1, sizeof *c);
    spot.radius_km = reach + fmax(0, r->phrase.km) + r->phrase.spread_km;
    spot.how = im_format(r->q->arena, "somewhere along %s", r->line_name);
    c[0] = candidate(r, NULL, &spot);
    struct im_answer_set a = answer(r, c, 1, NULL);
    if (spot.radius_km > MOST_OPEN_KM) {
        a.status = IM_ANSWER_AMBIGUOUS; // no point of a map stands for so much
        a.reason = im_format(r->q->arena,
                             "%s, within %s of its middle (add a place: ... near X)",
                             spot.how, km_text(r->q->arena, spot.radius_km));
    }
    return a;
}

/* On the line, or d km off it on X's side, where X is nearest. */
static struct spot beside_line(struct relating *r, const struct im_place *p,
                               double *from_line) {
    struct im_lonlat foot = p->at;
    *from_line = gaz_km_to_lines(&r->lines, p->at, &foot);
    double d = fmax(0, r->phrase.km), n = neighbourhood_km(p);
    struct spot s = {foot, n + *from_line, "on the line where the place is nearest"};
    if (d > 0) {
        s.at = *from_line > 0.01 ? im_direct(foot, im_azimuth(foot, p->at), 1000 * d)
                                 : p->at;
        s.radius_km = fmax(n, fabs(*from_line - d)) + r->phrase.spread_km;
        s.how = im_format(r->q->arena, "%s off the line on the place's side",
                          km_text(r->q->arena, d));
    }
    return s;
}

/* The place near which it is: in one of the two countries, the nearer to the line. */
static struct im_answer_set near_in(struct relating *r, const char *const country[2]) {
    struct im_answer_set best = {IM_ANSWER_UNKNOWN, "no place has that name", NULL, 0,
                                 NULL};
    double least = INFINITY;
    for (int i = 0; i < 2; i++) {
        struct im_lookup how = *r->q->lookup;
        how.country = country[i];
        how.kind = IM_KIND_ANY;
        struct im_answer_set a = anchor(r, r->phrase.near, &how);
        struct im_lonlat foot;
        if (a.status == IM_ANSWER_OK) {
            double km = gaz_km_to_lines(&r->lines, a.candidates[0].place->at, &foot);
            best = km < least ? a : best;
            least = fmin(least, km);
        }
    }
    return best;
}

static struct im_answer_set by_line(struct relating *r, const char *const country[2]) {
    if (r->phrase.near[0] == '\0') {
        return by_whole_line(r);
    }
    struct im_answer_set of =
        country ? near_in(r, country) : anchor(r, r->phrase.near, r->q->lookup);
    if (of.status != IM_ANSWER_OK) {
        return refuse(r, r->phrase.near, &of);
    }
    double off;
    struct spot spot = beside_line(r, of.candidates[0].place, &off);
    if (off > MOST_FROM_BORDER_KM + fmax(0, r->phrase.km)) {
        return refuse_line(r, im_format(r->q->arena, "%s is %s from %s",
                                        of.candidates[0].place->name,
                                        km_text(r->q->arena, off), r->line_name));
    }
    struct im_candidate *c = im_alloc(r->q->arena, 1, sizeof *c);
    c[0] = candidate(r, &of.candidates[0], &spot);
    return answer(r, c, 1, &of);
}

static bool country_of(struct relating *r, const char *text, const char **code) {
    const char *forms[GAZ_CASES];
    size_t n = gaz_country_names(r->q->arena, text, forms);
    for (size_t i = 0; i < n; i++) {
        struct im_lookup how = {.country = "", .admin1 = "", .kind = IM_COUNTRY};
        struct im_answer_set a = look_up(r, forms[i], &how, GAZ_NO_SPELLING);
        if (a.status == IM_ANSWER_OK && a.candidates[0].place->kind == IM_COUNTRY) {
            *code = a.candidates[0].place->country;
            return true;
        }
    }
    return false;
}

static struct im_answer_set by_border(struct relating *r) {
    const struct im_line_finder *f = &r->q->gz->lines;
    const char *code[2] = {"", ""}, *text[2] = {r->phrase.a, r->phrase.b};
    for (int i = 0; i < 2; i++) {
        if (!country_of(r, text[i], &code[i])) {
            return refuse_line(r, im_format(r->q->arena,
                                            "'%s' in the phrase is no known country",
                                            text[i]));
        }
    }
    r->line_name = im_format(r->q->arena, "the border of %s and %s", code[0], code[1]);
    if (!f->border || !f->border(f->self, r->q->arena, code, &r->lines)) {
        return refuse_line(r, im_format(r->q->arena, "%s and %s have no border here",
                                        code[0], code[1]));
    }
    return by_line(r, code);
}

static struct im_answer_set by_pipeline(struct relating *r) {
    const struct im_line_finder *f = &r->q->gz->lines;
    if (!f->line ||
        !f->line(f->self, r->q->arena, r->phrase.a, &r->lines, &r->line_name)) {
        return refuse_line(
            r, im_format(r->q->arena, "no line is known as '%s'", r->phrase.a));
    }
    return by_line(r, NULL);
}

bool gaz_find_relative(struct gaz_query *q, struct im_answer_set *out) {
    struct relating r = {.q = q};
    if (!gaz_phrase_parse(q->arena, q->name, &r.phrase)) {
        return false;
    }
    switch (r.phrase.relation) {
    case GAZ_BORDER:
        *out = by_border(&r);
        break;
    case GAZ_BETWEEN:
    case GAZ_HALFWAY:
        *out = by_two(&r);
        break;
    default:
        *out = r.phrase.a_is_line ? by_pipeline(&r) : by_place(&r);
    }
    return true;
}
