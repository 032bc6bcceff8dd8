/* 2. The score: a sum of named terms, each with its largest share below. */
#include "base/num.h"
#include "geo/box.h"
#include "gazetteer/find.h"
#include "text/text.h"

#include <math.h>
#include <string.h>

static const double PI = 3.14159265358979323846;

/* Shares of the score. README.md explains them. */
static const double EXACT = 0.50, FOLDED = 0.48, SOUNDS = 0.44, GENERIC = 0.42,
                    SPELLING = 0.40;
static const double PER_DISTANCE = 0.6;
static const double MAIN = 0.08, FIRST = 0.07, FAR_FIRST = 0.04, STRAY = -0.03,
                    IMPORTANCE = 0.30, KIND = 0.10, OTHER_KIND = -0.30;
static const double FEATURE = 0.04, ADMIN1 = 0.12, NEAR = 0.25, CONTEXT = 0.40,
                    BOX = 0.20;
/* Taken away from REMOTE_FROM_KM on, in full after REMOTE_KM more. */
static const double REMOTE = 0.20, REMOTE_FROM_KM = 1000, REMOTE_KM = 2000;
static const double OWN_LAYER = 0.25, OLD_NAME = -0.04, OTHER_TIME = -0.15,
                    CONSONANTS = 0.25, NO_COUNTRY = -0.15;

enum { NEAREST = 3 };

double gaz_km(struct im_lonlat a, struct im_lonlat b) {
    double rad = PI / 180, p = a.lat * rad, q = b.lat * rad;
    double s = sin((q - p) / 2), t = sin((b.lon - a.lon) * rad / 2);
    double h = s * s + cos(p) * cos(q) * t * t;
    return 12742 * asin(sqrt(h < 1 ? h : 1));
}

/* Share of the people that live there, by their logarithm, more steeply among large
 * places. */
static double populace(const struct gaz_record *r) {
    double size = r->people > 0 ? log10((double)r->people) / 7 : 0;
    bool part = r->feature == GAZ_VILLAGE || r->kind == IM_REGION;
    double factor = r->feature == GAZ_QUARTER ? 0.5 : part ? 0.8 : 1;
    return factor * size * size;
}

/* Share of what it is: what nobody has counted has that of its feature. */
static double standing_of_kind(const struct gaz_record *r) {
    static const double unknown[] = {
        [GAZ_OTHER] = 0.2, [GAZ_QUARTER] = 0.05, [GAZ_VILLAGE] = 0.12, [GAZ_TOWN] = 0.3,
        [GAZ_CITY] = 0.45, [GAZ_CAPITAL] = 0.45, [GAZ_DISTRICT] = 0.3, [GAZ_AREA] = 0.4,
        [GAZ_UNIT] = 0.35, [GAZ_COUNTRY] = 0.8,  [GAZ_SEA] = 0.8};
    double share = 0;
    if (r->people == 0 && r->feature <= GAZ_SEA) {
        share = unknown[r->feature];
    }
    if (r->feature == GAZ_CAPITAL) {
        share += 0.15;
    }
    if (r->kind == IM_COUNTRY) {
        share = fmax(share, 0.8 - populace(r)) + 0.1;
    }
    return share;
}

double gaz_importance(const struct gaz_record *r) {
    return populace(r) + standing_of_kind(r);
}

/* Half falls off at the scale of a country's part, half at that of a neighbourhood. */
static double closeness(double km) {
    return 0.5 * exp(-km / 300) + 0.5 * exp(-km / 40);
}

/* Mean closeness to the nearest context places. */
static double context(const struct im_lookup *l, struct im_lonlat at, double slack_km) {
    double best[NEAREST] = {0, 0, 0}, sum = 0;
    size_t n = l->context_count < NEAREST ? l->context_count : NEAREST;
    for (size_t i = 0; i < l->context_count; i++) {
        double c = closeness(fmax(0, gaz_km(at, l->context[i]) - slack_km));
        for (size_t k = 0; k < n; k++) {
            if (c > best[k]) {
                double lower = best[k];
                best[k] = c;
                c = lower;
            }
        }
    }
    for (size_t k = 0; k < n; k++) {
        sum += best[k];
    }
    return n > 0 ? sum / (double)n : 0;
}

double gaz_km_to_context(const struct im_lookup *l, struct im_lonlat at,
                         double slack_km) {
    double nearest = INFINITY;
    for (size_t i = 0; i < l->context_count; i++) {
        nearest = fmin(nearest, gaz_km(at, l->context[i]) - slack_km);
    }
    return nearest;
}

/* What a place loses that lies on another part of the globe than two or more others. */
static double remoteness(const struct im_lookup *l, struct im_lonlat at,
                         double slack_km) {
    double nearest = gaz_km_to_context(l, at, slack_km);
    return l->context_count < 2
               ? 0
               : REMOTE * fmin(1, fmax(0, (nearest - REMOTE_FROM_KM) / REMOTE_KM));
}

double gaz_nearness(const struct im_lookup *lookup, struct im_lonlat at,
                    double slack_km) {
    double near = 0;
    if (lookup->has_near) {
        near = NEAR * closeness(fmax(0, gaz_km(at, lookup->near) - slack_km));
    }
    near += lookup->has_box && im_box_contains(lookup->box, at) ? BOX : 0;
    return near + CONTEXT * context(lookup, at, slack_km);
}

void gaz_term(const struct gaz_query *q, struct gaz_found *f, const char *name,
              double value) {
    if (fabs(value) < 0.005) {
        return;
    }
    IM_PUSH(q->arena, f->terms, f->term_n, f->term_cap,
            ((struct im_term){name, value}));
    f->score += value;
}

const char *gaz_terms_text(struct im_arena *arena, const struct gaz_found *f) {
    struct im_buf text;
    im_buf_init(&text, arena, 4096);
    for (size_t i = 0; i < f->term_n; i++) {
        const struct im_term *t = &f->terms[i];
        char number[40];
        im_num_fixed(number, fabs(t->value), 2);
        im_buf_fmt(&text, "%s%s %s",
                   i == 0 && t->value >= 0 ? ""
                   : t->value < 0          ? " - "
                                           : " + ",
                   t->name, number);
    }
    return text.data;
}

static void hint_term(const struct gaz_query *q, struct gaz_found *f,
                      enum gaz_hint hint, const char *name, double value) {
    f->hint[hint] += value;
    gaz_term(q, f, name, value);
}

static void match_terms(const struct gaz_query *q, struct gaz_found *f) {
    double off = PER_DISTANCE * f->distance;
    switch (f->match) {
    case IM_MATCH_EXACT:
        gaz_term(q, f, "exact name", EXACT);
        break;
    case IM_MATCH_FOLDED:
        gaz_term(q, f, "same letters", FOLDED - off);
        break;
    case IM_MATCH_TRANSLITERATED:
        gaz_term(q, f, "same sounds", SOUNDS - off);
        break;
    case IM_MATCH_SPELLING:
        gaz_term(q, f, "misspelt name", SPELLING - off);
        break;
    default:
        gaz_term(q, f, "generic word set aside", GENERIC - off);
    }
    switch (f->standing) {
    case GAZ_MAIN:
        gaz_term(q, f, "main name", MAIN);
        break;
    case GAZ_FIRST:
        gaz_term(q, f, "first name of a language",
                 f->distance > GAZ_CLOSE ? FAR_FIRST : FIRST);
        break;
    case GAZ_SECOND:
        break;
    default:
        gaz_term(q, f, "name of no known language", STRAY);
    }
}

static bool is_now(struct im_date as_of, struct im_date from, struct im_date to) {
    if (!im_date_is_set(as_of)) {
        return !im_date_is_set(to);
    }
    return im_date_within(as_of, from, to);
}

static struct im_date date_of(const struct gaz_found *f, enum gaz_column column) {
    struct im_date d = {0, 0, 0};
    if (!im_date_parse(f->fields.at[column], f->fields.n[column], &d)) {
        d = (struct im_date){0, 0, 0};
    }
    return d;
}

static void time_terms(const struct gaz_query *q, struct gaz_found *f) {
    struct im_date as_of = q->lookup->as_of;
    gaz_term(q, f, "name of another time",
             is_now(as_of, f->from, f->to) ? 0 : OLD_NAME);
    bool then = is_now(as_of, date_of(f, GAZ_FROM), date_of(f, GAZ_TO));
    gaz_term(q, f, "place of another time", then ? 0 : OTHER_TIME);
}

static void kind_terms(const struct gaz_query *q, struct gaz_found *f) {
    if (q->kind != IM_KIND_ANY) {
        bool same =
            f->at->kind == q->kind ||
            (q->kind == IM_REGION && f->at->kind == IM_COUNTRY && !q->lookup->kind);
        hint_term(q, f, GAZ_HINT_KIND, same ? "wanted kind" : "another kind",
                  same ? KIND : OTHER_KIND);
    }
    if (q->feature != GAZ_OTHER) {
        bool urban = q->feature == GAZ_CITY && f->at->feature == GAZ_CAPITAL;
        gaz_term(q, f, "as the word says",
                 f->at->feature == q->feature || urban ? FEATURE : 0);
    }
}

static struct im_bytes text_of(const struct gaz_found *f, enum gaz_column column) {
    return (struct im_bytes){f->fields.at[column], f->fields.n[column]};
}

/* Does the place lie in the hinted unit, of the first level or the second? */
static bool in_unit(const struct gaz_query *q, const struct gaz_found *f) {
    const char *hint = q->lookup->admin1;
    return hint && hint[0] != '\0' &&
           (gaz_unit_hinted(q->arena, text_of(f, GAZ_ADMIN1), hint) ||
            gaz_same_letters(q, f->fields.at[GAZ_ADMIN2], f->fields.n[GAZ_ADMIN2], hint,
                             strlen(hint)));
}

/* Fame says little for a place that has the consonants of a name alone, and nothing for
 * a country: whose names the gazetteer has in all scripts. */
static double share_of_importance(const struct gaz_query *q,
                                  const struct gaz_found *f) {
    return !gaz_by_consonants(q, f) ? 1 : f->at->kind == IM_COUNTRY ? 0 : CONSONANTS;
}

static void place_terms(const struct gaz_query *q, struct gaz_found *f) {
    const struct im_lookup *l = q->lookup;
    struct im_lonlat at = gaz_at(f->at);
    double slack = 0;
    bool area = f->at->kind == IM_REGION || f->at->kind == IM_COUNTRY;
    if (area && !im_num_parse(f->fields.at[GAZ_PRECISION], f->fields.n[GAZ_PRECISION],
                              &slack)) {
        slack = 0;
    }
    double share = IMPORTANCE * share_of_importance(q, f);
    gaz_term(q, f, "population", share * populace(f->at));
    gaz_term(q, f, "rank", share * standing_of_kind(f->at));
    gaz_term(q, f, "admin1", in_unit(q, f) ? ADMIN1 : 0);
    if (l->has_near) {
        hint_term(q, f, GAZ_HINT_NEAR, "near",
                  NEAR * closeness(fmax(0, gaz_km(at, l->near) - slack)));
    }
    if (l->has_box) {
        hint_term(q, f, GAZ_HINT_BOX, "inside the box",
                  im_box_contains(l->box, at) ? BOX : 0);
    }
    if (l->context_count > 0) {
        hint_term(q, f, GAZ_HINT_CONTEXT, "near the table's other places",
                  CONTEXT * context(l, at, slack));
    }
    gaz_term(q, f, "far from the table's other places", -remoteness(l, at, slack));
    // of the bundled ones: a sea, where a place within the country bears its name
    bool none = q->country[0] != '\0' && f->at->country[0] == '\0';
    gaz_term(q, f, "of no country", none && f->layer->rank == 0 ? NO_COUNTRY : 0);
    gaz_term(q, f, "own gazetteer", f->layer->rank > 0 ? OWN_LAYER : 0);
}

void gaz_score(const struct gaz_query *q, struct gaz_found *f) {
    f->score = 0;
    f->term_n = f->term_cap = 0;
    memset(f->hint, 0, sizeof f->hint);
    match_terms(q, f);
    place_terms(q, f);
    kind_terms(q, f);
    time_terms(q, f);
}

void gaz_bound(const struct gaz_query *q, struct gaz_found *f) {
    double over = f->score > 1 ? f->score - 1 : f->score < 0 ? f->score : 0;
    if (over > 0 || over < 0) {
        struct im_term t = {over > 0 ? "not above 1" : "not below 0", -over};
        IM_PUSH(q->arena, f->terms, f->term_n, f->term_cap, t);
        f->score -= over;
    }
}
