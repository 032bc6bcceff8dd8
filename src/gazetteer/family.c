/* Places that share a name because one lies in the other: a town and its district, a
 * country and its capital. Which of them a bare name means. */
#include "base/num.h"
#include "gazetteer/find.h"
#include "text/text.h"

#include <math.h>
#include <string.h>

static const double BEHIND = 0.06, FAMILY = 0.08, FAMILY_WORTH = 1.25;
enum { GREAT_PEOPLE = 100000 };
static const double NEAR_TOWN_KM = 60;
static const double KM_PER_DEGREE =
    111.1;                       /* of latitude at least: tells without a sine */
static const double SLACK = 0.2; /* degrees around an area's box */

static bool is_town(const struct gaz_found *f) {
    return f->at->kind == IM_SETTLEMENT && f->at->feature >= GAZ_TOWN &&
           f->at->feature <= GAZ_CAPITAL;
}

/* Does the area lie around the town? */
static bool lies_around(const struct gaz_found *area, const struct gaz_found *town) {
    double radius;
    if (!im_num_parse(area->fields.at[GAZ_PRECISION], area->fields.n[GAZ_PRECISION],
                      &radius)) {
        radius = 0;
    }
    struct im_box box;
    struct im_lonlat at = gaz_at(town->at);
    if (area->fields.n[GAZ_BBOX] > 0 && gaz_box(&area->fields, &box) &&
        box.west <= box.east) {
        return at.lon >= box.west - SLACK && at.lon <= box.east + SLACK &&
               at.lat >= box.south - SLACK && at.lat <= box.north + SLACK;
    }
    double most = fmax(NEAR_TOWN_KM, 2 * radius);
    double north = fabs(area->at->lat - (double)town->at->lat) / 1e6;
    return KM_PER_DEGREE * north < most &&
           gaz_km(gaz_at(area->at), gaz_at(town->at)) < most;
}

bool gaz_is_town_of(const struct gaz_found *town, const struct gaz_found *area) {
    // (sources may give a contested town and its area to different countries)
    return is_town(town) && area->at->kind == IM_REGION && lies_around(area, town);
}

/* Is the name that fitted one that its own people or English use? */
static bool is_own_name(const struct gaz_query *q, const struct gaz_found *f) {
    const char *at = f->fields.at[GAZ_NAMES], *end = at + f->fields.n[GAZ_NAMES];
    const char country[3] = {f->at->country[0], f->at->country[1], '\0'};
    const char *language = im_country_language(country);
    size_t n = strlen(f->matched);
    bool own = f->standing == GAZ_MAIN ||
               gaz_same_letters(q, f->fields.at[GAZ_NAME], f->fields.n[GAZ_NAME],
                                f->matched, n);
    struct gaz_alias a;
    while (!own && gaz_alias_next(&at, end, &a)) {
        bool known =
            (a.lang_n == 2 && memcmp(a.lang, "en", 2) == 0) ||
            (a.lang_n == strlen(language) && memcmp(a.lang, language, a.lang_n) == 0);
        own = known && a.text_n == n && memcmp(a.text, f->matched, n) == 0;
    }
    return own;
}

/* Is the name that fitted the one asked for, but for blanks? */
static bool is_blanks_apart(const struct gaz_query *q, const struct gaz_found *f) {
    const char *a = im_fold(q->arena, q->name, strlen(q->name));
    const char *b = im_fold(q->arena, f->matched, strlen(f->matched));
    for (;; a++, b++) {
        a += strspn(a, " ");
        b += strspn(b, " ");
        if (*a != *b || *a == '\0') {
            return *a == *b;
        }
    }
}

/* Does `first` go before `second` for its kind alone? A bare name shared by a town and
 * its district is the town, but where it is only like a foreign name of the town
 * (Anchorage is Alasca to some); by a country and a place in it, the country, unless it
 * is the main name of the place alone (Tunis, which some languages call the country).
 */
static bool goes_before(const struct gaz_query *q, const struct gaz_found *first,
                        const struct gaz_found *second) {
    bool country = first->at->kind == IM_COUNTRY || second->at->kind == IM_COUNTRY;
    if (country && !gaz_same_country(first, second)) {
        return false;
    }
    if (first->at->kind == IM_COUNTRY) {
        return first->match <= second->match &&
               (first->standing == GAZ_MAIN || second->standing < GAZ_MAIN);
    }
    if (second->at->kind == IM_COUNTRY) {
        return is_town(first) && first->standing == GAZ_MAIN &&
               second->standing < GAZ_MAIN && first->match <= second->match;
    }
    return gaz_is_town_of(first, second) &&
           (second->standing < GAZ_MAIN || first->match <= second->match ||
            (is_own_name(q, first) && is_blanks_apart(q, first)));
}

bool gaz_is_great(const struct gaz_record *r) {
    return r->kind == IM_SETTLEMENT &&
           (r->feature == GAZ_CAPITAL || r->people >= GREAT_PEOPLE);
}

/* A great town goes before what has its name in foreign languages only: Granada is no
 * more Grenada than Brasilia is Brazil. */
static bool is_foreign_to(const struct gaz_query *q, const struct gaz_found *area,
                          const struct gaz_found *town) {
    return (area->at->kind == IM_COUNTRY || area->at->kind == IM_REGION) &&
           gaz_is_great(town->at) && town->match <= area->match &&
           town->layer->rank >= area->layer->rank && !is_own_name(q, area) &&
           is_own_name(q, town);
}

void gaz_settle_families(const struct gaz_query *q, struct gaz_founds *f) {
    if (q->kind != IM_KIND_ANY) {
        return;
    }
    for (size_t i = 0; i < f->n; i++) {
        for (size_t k = 0; k < f->n; k++) {
            if (f->v[i].at->kind == f->v[k].at->kind ||
                (!goes_before(q, &f->v[i], &f->v[k]) &&
                 !is_foreign_to(q, &f->v[k], &f->v[i]))) {
                continue; // most are of one kind
            }
            double over = f->v[k].score - (f->v[i].score - BEHIND);
            f->v[k].behind = true;
            bool country = f->v[i].at->kind == IM_COUNTRY;
            gaz_term(q, &f->v[k],
                     country ? "behind the country of that name"
                             : "behind the town of that name",
                     over > 0 ? -over : 0);
        }
    }
}

/* Has the town's own unit the name by which the area was found? */
static bool is_seat(const struct gaz_query *q, const struct gaz_found *town,
                    const struct gaz_found *area) {
    return gaz_same_letters(q, town->fields.at[GAZ_ADMIN1], town->fields.n[GAZ_ADMIN1],
                            area->matched, strlen(area->matched));
}

/* Of places of the kind asked for, the town of an area that has the very name, and the
 * area around such a town. */
void gaz_favour_family(const struct gaz_query *q, struct gaz_founds *f) {
    for (size_t i = 0; q->kind != IM_KIND_ANY && i < f->n; i++) {
        bool related = false, seat = false;
        for (size_t k = 0; k < f->n && f->v[i].at->kind == q->kind; k++) {
            bool town = gaz_is_town_of(&f->v[i], &f->v[k]);
            bool family = f->v[k].match < f->v[i].match &&
                          (town || gaz_is_town_of(&f->v[k], &f->v[i]));
            related = related || family;
            seat = seat || (family && town && is_seat(q, &f->v[i], &f->v[k]));
        }
        f->v[i].shortage -= seat ? FAMILY_WORTH : 0;
        gaz_term(q, &f->v[i], "with another kind of place of that name",
                 related ? FAMILY : 0);
    }
}
