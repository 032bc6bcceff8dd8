/*
 * Positions given as names. What cannot be so is not used: with the two exchanged, or
 * of two readings, each is a candidate; so it is when only exchanged the position lies
 * in the country asked for, or near what it should be near.
 */
#include "formats/coords.h"
#include "gazetteer/find.h"

#include <math.h>
#include <string.h>

/* A position is "near" up to the first, and elsewhere beyond the second. */
static const double NEAR_KM = 300, FAR_KM = 1500;
/* The same for what a person named by --near, if it is also so many times farther. */
static const double BESIDE_KM = 100, TIMES = 5;
static const double SLACK = 0.5; /* degrees around a country's box */

static struct im_candidate candidate(const struct gaz_query *q, struct im_lonlat at,
                                     const struct im_coordinates *c,
                                     const char *reason) {
    static const struct im_term term = {"coordinates", 1};
    struct im_place *place = im_alloc(q->arena, 1, sizeof *place);
    *place = (struct im_place){.id = "",
                               .name = q->name,
                               .feature = "",
                               .country = "",
                               .admin1 = "",
                               .admin2 = "",
                               .source = "",
                               .area = "",
                               .at = at,
                               .kind = IM_OTHER,
                               .precision_km = c->radius_m / 1000,
                               .row = IM_NOWHERE};
    return (struct im_candidate){.place = place,
                                 .match = IM_MATCH_COORDINATES,
                                 .matched = q->name,
                                 .score = 1,
                                 .terms = &term,
                                 .term_count = 1,
                                 .reason = reason};
}

static bool in_country(const struct gaz_query *q, struct im_lonlat at, bool unknown) {
    const char *id = im_format(q->arena, "iso:%.2s", q->country);
    const struct im_place *p = q->country[0] ? im_gazetteer_by_id(q->gz, id) : NULL;
    if (!p || !p->has_box || p->box.west > p->box.east) {
        return unknown;
    }
    return at.lon >= p->box.west - SLACK && at.lon <= p->box.east + SLACK &&
           at.lat >= p->box.south - SLACK && at.lat <= p->box.north + SLACK;
}

/* Kilometres to the nearest of what it should be near; -1 when nobody says. */
static double from_hints(const struct gaz_query *q, struct im_lonlat at) {
    const struct im_lookup *l = q->lookup;
    double least = l->has_near ? gaz_km(at, l->near) : INFINITY;
    for (size_t i = 0; i < l->context_count; i++) {
        least = fmin(least, gaz_km(at, l->context[i]));
    }
    return isfinite(least) ? least : -1;
}

/* Why the two are likely exchanged; NULL when nothing speaks for it. */
static const char *exchanged(const struct gaz_query *q,
                             const struct im_coordinates *c) {
    if (!c->by_order) {
        return NULL;
    }
    if (!in_country(q, c->at, true) && in_country(q, c->or_else, false)) {
        return im_format(q->arena, "outside %.2s as written, inside when exchanged",
                         q->country);
    }
    double km = from_hints(q, c->at), other = from_hints(q, c->or_else);
    bool beside =
        q->lookup->has_near && other < BESIDE_KM && km > fmax(NEAR_KM, TIMES * other);
    if ((km > FAR_KM && other < NEAR_KM) || beside) {
        return im_format(q->arena,
                         "%.0f km from the other places as written, near them when "
                         "exchanged",
                         km);
    }
    return NULL;
}

/* "18S": of band and hemisphere the one that lies in the country asked for. */
static enum im_coordinates_kind settle_band(const struct gaz_query *q,
                                            struct im_coordinates *c) {
    bool band = in_country(q, c->at, false), south = in_country(q, c->or_else, false);
    if (band == south) {
        return IM_COORDINATES_TWO;
    }
    c->at = band ? c->at : c->or_else;
    return IM_COORDINATES_SURE;
}

bool gaz_find_coordinates(const struct gaz_query *q, struct im_answer_set *out) {
    struct im_coordinates c;
    if (q->name[strcspn(q->name, "0123456789")] == '\0') {
        return false;
    }
    enum im_coordinates_kind kind = im_coordinates_read(q->name, strlen(q->name), &c);
    struct im_candidate *list = im_alloc(q->arena, 2, sizeof *list);
    const char *why = c.wrong;
    if (kind == IM_COORDINATES_NONE) {
        return false;
    }
    if (kind == IM_COORDINATES_SURE && (why = exchanged(q, &c)) != NULL) {
        kind = IM_COORDINATES_TWO;
    }
    if (kind == IM_COORDINATES_TWO && c.system && strcmp(c.system, "UTM") == 0) {
        kind = settle_band(q, &c);
    }
    bool pair = strcmp(c.system, "latitude and longitude") == 0;
    list[0] = candidate(q, c.at, &c,
                        kind == IM_COORDINATES_EXCHANGED     ? "exchanged"
                        : kind == IM_COORDINATES_TWO && pair ? "as written"
                        : kind == IM_COORDINATES_TWO         ? "band S"
                                                             : c.system);
    list[1] = candidate(q, c.or_else, &c, pair ? "exchanged" : "southern hemisphere");
    switch (kind) {
    case IM_COORDINATES_SURE:
        *out =
            (struct im_answer_set){IM_ANSWER_OK, "given as coordinates", list, 1, NULL};
        break;
    case IM_COORDINATES_TWO:
        *out = (struct im_answer_set){IM_ANSWER_AMBIGUOUS, why, list, 2, NULL};
        break;
    default:
        *out = (struct im_answer_set){IM_ANSWER_UNKNOWN, why, list,
                                      kind == IM_COORDINATES_EXCHANGED, NULL};
    }
    return true;
}
