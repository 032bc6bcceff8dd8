/*
 * Positions told by lines: borders and pipelines. With a place ("near X") where that is
 * nearest; alone a corridor, which is an area (geodesy.h): as far to both sides as the
 * phrase says, or 5 km, of what the country leaves of it, then the map's box, then
 * 100 km around the question's point or else around the table's other places, as far as
 * these leave anything.
 */
#include "gazetteer/relating.h"

#include "geodesy/geodesy.h"
#include "model/outline.h"
#include <math.h>
#include <string.h>

/* A place farther than this from a border is not "near" it. */
static const double MOST_FROM_BORDER_KM = 60;
/* Lines are drawn true to less (geodata/README.md), but "on" and "along" are vague. */
static const double ALONG_KM = 5;
static const double REACH_KM = 100;
enum { MOST_OUTLINE = 64 << 20 };

/* ---- the whole line ------------------------------------------------------- */

/* Half the width of what phrases that give no distance leave open. */
static double half_km(const struct gaz_relating *r) {
    return r->phrase.km > 0 ? r->phrase.km + r->phrase.spread_km : ALONG_KM;
}

/* A corridor and what cut it down, as a phrase. */
struct cut {
    struct gaz_relating *r;
    struct im_corridor_limits limits;
    struct im_corridor made;
    const char *how;
};

/* Cut it down further; when that leaves nothing, it stays as it is. */
static bool cut_by(struct cut *c, const struct im_corridor_limits *limits,
                   const char *how) {
    struct im_corridor made;
    if (!im_corridor_make(c->r->q->arena, &c->r->lines, limits, &made)) {
        return false;
    }
    c->limits = *limits;
    c->made = made;
    c->how = im_format(c->r->q->arena, "%s%s", c->how, how);
    return true;
}

/* What lies near the question's own point, else near the table's other places. */
static void cut_near_by(struct cut *c) {
    const struct im_lookup *l = c->r->q->lookup;
    struct im_corridor_limits limits = c->limits;
    limits.reach_m = 1000 * REACH_KM;
    limits.near = l->has_near ? &l->near : l->context;
    limits.near_count = l->has_near ? 1 : l->context_count;
    if (limits.near_count > 0) {
        const char *of = l->has_near ? "the place that it is near to"
                                     : "other places of the same table";
        cut_by(c, &limits,
               im_format(c->r->q->arena, ", within %g km of %s", REACH_KM, of));
    }
}

/* Its country is a filter, what the map shows and what is near are hints. */
static bool cut_down(struct cut *c) {
    struct gaz_query *q = c->r->q;
    const struct im_line_finder *f = &q->gz->lines;
    struct im_lines rings = {0};
    struct im_corridor_limits limits = {.half_m = 1000 * half_km(c->r)};
    const char *in = "";
    if (q->country[0] && f->country &&
        f->country(f->self, q->arena, q->country, &rings)) {
        limits.within = &rings;
        in = im_format(q->arena, ", in %s", q->country);
    }
    if (!cut_by(c, &limits, in)) {
        return false;
    }
    limits.box = &q->lookup->box;
    if (q->lookup->has_box && !cut_by(c, &limits, ", in the box of the map")) {
        c->how = im_format(q->arena, "%s, which is outside the box of the map", c->how);
    }
    cut_near_by(c);
    c->limits.within = NULL; // those rings end here
    return true;
}

/* An area, or what is no longer than it is wide as a point with its radius. */
static struct im_candidate corridor(struct cut *c) {
    struct gaz_relating *r = c->r;
    struct gaz_spot spot = {c->made.at, c->made.radius_m / 1000, c->how};
    struct im_candidate candidate = gaz_relative_to(r, NULL, &spot);
    struct im_place *p = im_alloc(r->q->arena, 1, sizeof *p);
    *p = *candidate.place;
    p->country = im_strdup(r->q->arena, r->q->country);
    if (c->made.radius_m > 2 * c->made.half_m) {
        struct im_buf area;
        im_buf_init(&area, r->q->arena, MOST_OUTLINE);
        im_outline_put(&area, &c->made.rings);
        p->kind = IM_CORRIDOR;
        p->area = area.data;
        p->has_box = true;
        p->box = c->made.box;
    }
    candidate.place = p;
    return candidate;
}

/* Some way off the whole line: as much as the phrase and the hints say. */
static struct im_answer_set by_whole_line(struct gaz_relating *r) {
    struct im_arena *arena = r->q->arena;
    struct cut cut = {.r = r};
    cut.how = im_format(arena, "within %s of %s", gaz_km_text(arena, half_km(r)),
                        r->line_name);
    if (!cut_down(&cut)) {
        return gaz_refuse(
            r, im_format(arena, "nothing %s lies in %s", cut.how, r->q->country));
    }
    struct im_candidate *c = im_alloc(arena, 1, sizeof *c);
    c[0] = corridor(&cut);
    struct im_answer_set a = gaz_answer_at(r, c, 1, NULL);
    if (c->place->kind == IM_CORRIDOR) {
        a.reason = im_format(arena, "an area: %s; up to %s from the point", cut.how,
                             gaz_km_text(arena, c->place->precision_km));
    }
    return a;
}

/* ---- where a place is nearest --------------------------------------------- */

/* On the line, or d km off it on X's side, where X is nearest. */
static struct gaz_spot beside_line(struct gaz_relating *r, const struct im_place *p,
                                   double *from_line) {
    struct im_lonlat foot = p->at;
    *from_line = gaz_km_to_lines(&r->lines, p->at, &foot);
    double d = fmax(0, r->phrase.km), n = gaz_neighbourhood_km(p);
    struct gaz_spot s = {foot, n + *from_line,
                         "on the line where the place is nearest"};
    if (d > 0) {
        s.at = *from_line > 0.01 ? im_direct(foot, im_azimuth(foot, p->at), 1000 * d)
                                 : p->at;
        s.radius_km = fmax(n, fabs(*from_line - d)) + r->phrase.spread_km;
        s.how = im_format(r->q->arena, "%s off the line on the place's side",
                          gaz_km_text(r->q->arena, d));
    }
    return s;
}

/* The place near which it is: in one of the two countries, the nearer to the line. */
static struct im_answer_set near_in(struct gaz_relating *r,
                                    const char *const country[2]) {
    struct im_answer_set best = {IM_ANSWER_UNKNOWN, "no place has that name", NULL, 0,
                                 NULL};
    double least = INFINITY;
    for (int i = 0; i < 2; i++) {
        struct im_lookup how = *r->q->lookup;
        how.country = country[i];
        how.kind = IM_KIND_ANY;
        struct im_answer_set a = gaz_anchor(r, r->phrase.near, &how);
        struct im_lonlat foot;
        if (a.status == IM_ANSWER_OK) {
            double km = gaz_km_to_lines(&r->lines, a.candidates[0].place->at, &foot);
            best = km < least ? a : best;
            least = fmin(least, km);
        }
    }
    return best;
}

static struct im_answer_set by_line(struct gaz_relating *r,
                                    const char *const country[2]) {
    if (r->phrase.near[0] == '\0') {
        return by_whole_line(r);
    }
    struct im_answer_set of =
        country ? near_in(r, country) : gaz_anchor(r, r->phrase.near, r->q->lookup);
    if (of.status != IM_ANSWER_OK) {
        return gaz_refuse_name(r, r->phrase.near, &of);
    }
    double off;
    struct gaz_spot spot = beside_line(r, of.candidates[0].place, &off);
    if (off > MOST_FROM_BORDER_KM + fmax(0, r->phrase.km)) {
        return gaz_refuse(r, im_format(r->q->arena, "%s is %s from %s",
                                       of.candidates[0].place->name,
                                       gaz_km_text(r->q->arena, off), r->line_name));
    }
    struct im_candidate *c = im_alloc(r->q->arena, 1, sizeof *c);
    c[0] = gaz_relative_to(r, &of.candidates[0], &spot);
    return gaz_answer_at(r, c, 1, &of);
}

static bool country_of(struct gaz_relating *r, const char *text, const char **code) {
    const char *forms[GAZ_CASES];
    size_t n = gaz_country_names(r->q->arena, text, forms);
    for (size_t i = 0; i < n; i++) {
        struct im_lookup how = {.country = "", .admin1 = "", .kind = IM_COUNTRY};
        struct im_answer_set a = gaz_look_up_part(r, forms[i], &how, GAZ_NO_SPELLING);
        if (a.status == IM_ANSWER_OK && a.candidates[0].place->kind == IM_COUNTRY) {
            *code = a.candidates[0].place->country;
            return true;
        }
    }
    return false;
}

struct im_answer_set gaz_by_border(struct gaz_relating *r) {
    const struct im_line_finder *f = &r->q->gz->lines;
    const char *code[2] = {"", ""}, *text[2] = {r->phrase.a, r->phrase.b};
    for (int i = 0; i < 2; i++) {
        if (!country_of(r, text[i], &code[i])) {
            return gaz_refuse(r, im_format(r->q->arena,
                                           "'%s' in the phrase is no known country",
                                           text[i]));
        }
    }
    r->line_name = im_format(r->q->arena, "the border of %s and %s", code[0], code[1]);
    const char *in = r->q->country;
    if (in[0] && strcmp(in, code[0]) != 0 && strcmp(in, code[1]) != 0) {
        return gaz_refuse(r,
                          im_format(r->q->arena, "%s is not in %s", r->line_name, in));
    }
    if (!f->border || !f->border(f->self, r->q->arena, code, &r->lines)) {
        return gaz_refuse(r, im_format(r->q->arena, "%s and %s have no border here",
                                       code[0], code[1]));
    }
    return by_line(r, code);
}

bool gaz_by_line_named(struct gaz_relating *r, struct im_answer_set *out) {
    const struct im_line_finder *f = &r->q->gz->lines;
    const char *forms[GAZ_CASES];
    size_t n = gaz_nominatives(r->q->arena, r->phrase.a, forms);
    for (size_t i = 0; f->line && i < n; i++) {
        if (f->line(f->self, r->q->arena, forms[i], &r->lines, &r->line_name)) {
            *out = by_line(r, NULL);
            return true;
        }
    }
    return false;
}
