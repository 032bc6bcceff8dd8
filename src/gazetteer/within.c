/* "X, Y" when nothing has that whole name: X in the country or region Y. */
#include "gazetteer/find.h"

#include <string.h>

/* "X, Y, Z" is taken apart so far, each part in so many areas: what it costs is
 * bounded. */
enum { MOST_COMMAS = 2, MOST_AREAS = 4, MOST_HOMONYMS = 200 };
static const double LEAD = 0.04; /* decide.c's margin */

/* Postal abbreviations of states and provinces, which are no names of their own. */
static const struct {
    const char *code, *country, *name;
} states[] = {
    {"AL", "US", "Alabama"},
    {"AK", "US", "Alaska"},
    {"AZ", "US", "Arizona"},
    {"AR", "US", "Arkansas"},
    {"CA", "US", "California"},
    {"CO", "US", "Colorado"},
    {"CT", "US", "Connecticut"},
    {"DE", "US", "Delaware"},
    {"FL", "US", "Florida"},
    {"GA", "US", "Georgia"},
    {"HI", "US", "Hawaii"},
    {"ID", "US", "Idaho"},
    {"IL", "US", "Illinois"},
    {"IN", "US", "Indiana"},
    {"IA", "US", "Iowa"},
    {"KS", "US", "Kansas"},
    {"KY", "US", "Kentucky"},
    {"LA", "US", "Louisiana"},
    {"ME", "US", "Maine"},
    {"MD", "US", "Maryland"},
    {"MA", "US", "Massachusetts"},
    {"MI", "US", "Michigan"},
    {"MN", "US", "Minnesota"},
    {"MS", "US", "Mississippi"},
    {"MO", "US", "Missouri"},
    {"MT", "US", "Montana"},
    {"NE", "US", "Nebraska"},
    {"NV", "US", "Nevada"},
    {"NH", "US", "New Hampshire"},
    {"NJ", "US", "New Jersey"},
    {"NM", "US", "New Mexico"},
    {"NY", "US", "New York"},
    {"NC", "US", "North Carolina"},
    {"ND", "US", "North Dakota"},
    {"OH", "US", "Ohio"},
    {"OK", "US", "Oklahoma"},
    {"OR", "US", "Oregon"},
    {"PA", "US", "Pennsylvania"},
    {"RI", "US", "Rhode Island"},
    {"SC", "US", "South Carolina"},
    {"SD", "US", "South Dakota"},
    {"TN", "US", "Tennessee"},
    {"TX", "US", "Texas"},
    {"UT", "US", "Utah"},
    {"VT", "US", "Vermont"},
    {"VA", "US", "Virginia"},
    {"WA", "US", "Washington"},
    {"WV", "US", "West Virginia"},
    {"WI", "US", "Wisconsin"},
    {"WY", "US", "Wyoming"},
    {"DC", "US", "District of Columbia"},
    {"AB", "CA", "Alberta"},
    {"BC", "CA", "British Columbia"},
    {"MB", "CA", "Manitoba"},
    {"NB", "CA", "New Brunswick"},
    {"NL", "CA", "Newfoundland and Labrador"},
    {"NS", "CA", "Nova Scotia"},
    {"NT", "CA", "Northwest Territories"},
    {"NU", "CA", "Nunavut"},
    {"ON", "CA", "Ontario"},
    {"PE", "CA", "Prince Edward Island"},
    {"QC", "CA", "Quebec"},
    {"SK", "CA", "Saskatchewan"},
    {"YT", "CA", "Yukon"},
    {"NSW", "AU", "New South Wales"},
    {"QLD", "AU", "Queensland"},
    {"SA", "AU", "South Australia"},
    {"TAS", "AU", "Tasmania"},
    {"VIC", "AU", "Victoria"},
};

/* "TX", "D.C.": the state's name in *name; its country, NULL when it is none. */
static const char *spell_out(const char **name) {
    char code[4] = "";
    size_t n = 0;
    for (const char *p = *name; *p; p++) {
        if (*p != ' ' && *p != '.') {
            if (n == 3) {
                return NULL;
            }
            code[n++] = *p;
        }
    }
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (strcmp(states[i].code, code) == 0) {
            *name = states[i].name;
            return states[i].country;
        }
    }
    return NULL;
}

/* Does the answer lie in the area (its country, or for a first-level unit its name or
 * box)? */
static bool answer_lies_in(const struct im_answer_set *a, const struct im_place *area) {
    const struct im_place *p = a->candidates[0].place;
    if (area->kind == IM_COUNTRY) {
        return strcmp(p->country, area->country) == 0;
    }
    bool in_box = area->has_box && p->at.lon >= area->box.west &&
                  p->at.lon <= area->box.east && p->at.lat >= area->box.south &&
                  p->at.lat <= area->box.north;
    return in_box || strcmp(p->admin1, area->name) == 0;
}

/* The answer for `head` in one area, sure or among several there; false when there is
 * none. */
static bool find_in(const struct gaz_query *q, const char *head, unsigned without,
                    const struct im_place *area, struct im_answer_set *out) {
    struct im_lookup in = *q->lookup;
    in.name = head;
    in.country = strlen(area->country) == 2 ? area->country : q->lookup->country;
    in.admin1 = area->kind == IM_REGION ? area->name : q->lookup->admin1;
    in.has_near = area->kind == IM_REGION;
    in.near = area->at;
    *out = gaz_find(q->gz, q->arena, &in, without | GAZ_NO_RELATIVE);
    return out->status != IM_ANSWER_UNKNOWN && answer_lies_in(out, area);
}

static int commas_of(const char *s) {
    int n = 0;
    for (; *s; s++) {
        n += *s == ',';
    }
    return n;
}

static struct im_bytes bytes_of(const char *s) {
    return (struct im_bytes){s, strlen(s)};
}

static bool has_second_units(const struct im_gazetteer *gz) {
    bool has = false;
    for (size_t i = 0; i < gz->layer_count && !has; i++) {
        has = gz->layers[i]->has_second_units;
    }
    return has;
}

/* Those in a second-level unit that is called so; in the hinted first-level one when
 * some are. None where one lies in a first-level unit of that very name: it is meant.
 */
static size_t keep_in(const struct gaz_query *q, const char *unit,
                      const struct im_answer_set *all, struct im_candidate *out) {
    const char *hint = q->lookup->admin1 ? q->lookup->admin1 : "";
    size_t n = 0, hinted = 0;
    for (size_t i = 0; i < all->n; i++) {
        const struct im_place *p = all->candidates[i].place;
        if (gaz_same_letters(q, p->admin1, strlen(p->admin1), unit, strlen(unit))) {
            return 0;
        }
        if (all->candidates[i].outside ||
            !gaz_unit_named(q->arena, bytes_of(p->admin2), unit)) {
            continue;
        }
        bool in = gaz_unit_hinted(q->arena, bytes_of(p->admin1), hint);
        if (in && hinted++ == 0) {
            n = 0;
        }
        if (in || hinted == 0) {
            out[n++] = all->candidates[i];
        }
    }
    return n;
}

/* A town goes before the district around it; then the score must tell. */
static bool is_sure(struct im_candidate *c, size_t n) {
    size_t towns = 0, first = 0;
    for (size_t i = 0; i < n; i++) {
        bool town = c[i].place->kind == IM_SETTLEMENT;
        first = town && towns == 0 ? i : first;
        towns += town;
    }
    if (towns == 1) {
        struct im_candidate town = c[first];
        memmove(c + 1, c, first * sizeof *c);
        c[0] = town;
    }
    return towns == 1 || n == 1 || c[0].score - c[1].score >= LEAD;
}

/* Places called `head` whose second-level unit is called `unit`: there may be dozens of
 * such units, and none need have a row of its own. */
static bool find_in_second(const struct gaz_query *q, const char *head,
                           const char *unit, struct im_answer_set *out) {
    struct im_lookup in = *q->lookup;
    in.name = head;
    in.admin1 = unit;
    in.limit = MOST_HOMONYMS;
    struct im_answer_set all =
        gaz_find(q->gz, q->arena, &in, GAZ_NO_RELATIVE | GAZ_NO_SPELLING);
    struct im_candidate *c = im_alloc(q->arena, all.n + 1, sizeof *c);
    size_t n = keep_in(q, unit, &all, c);
    if (n == 0) {
        return false;
    }
    const char *where = c[0].place->admin2;
    size_t limit = q->lookup->limit ? q->lookup->limit : GAZ_LIMIT;
    bool sure = is_sure(c, n);
    *out = (struct im_answer_set){
        sure ? IM_ANSWER_OK : IM_ANSWER_AMBIGUOUS,
        n == 1 ? im_format(q->arena, "the only place of that name in %s", where)
        : sure ? im_format(q->arena, "the most likely of that name in %s", where)
               : im_format(q->arena, "%zu places of that name lie in a %s", n, where),
        c, n < limit ? n : limit, NULL};
    return true;
}

/* "Georgia, GE": in the country of that ISO code, or the country itself. */
static bool find_in_code(const struct gaz_query *q, const char *head, const char *said,
                         unsigned without, struct im_answer_set *out) {
    const char *code = said + strspn(said, " ");
    bool two = code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z' &&
               code[2 + strspn(code + 2, " ")] == '\0';
    if (!two || (q->country[0] && strncmp(code, q->country, 2) != 0)) {
        return false;
    }
    struct im_lookup in = *q->lookup;
    in.name = head;
    in.country = im_strndup(q->arena, code, 2);
    *out = gaz_find(q->gz, q->arena, &in, without | GAZ_NO_RELATIVE | GAZ_NO_SPELLING);
    if (out->status == IM_ANSWER_UNKNOWN ||
        strcmp(out->candidates[0].place->country, in.country) != 0) {
        return false;
    }
    out->reason = im_format(q->arena, "%s in %s", out->reason, in.country);
    return true;
}

bool gaz_find_within(const struct gaz_query *q, unsigned without,
                     struct im_answer_set *out) {
    const char *comma = strrchr(q->name, ',');
    struct im_lookup whole = {.name = comma ? comma + 1 : "",
                              .country = "",
                              .admin1 = "",
                              .as_of = q->lookup->as_of,
                              .limit = MOST_AREAS};
    size_t found = 0;
    if (!comma || comma == q->name || commas_of(q->name) > MOST_COMMAS ||
        whole.name[strspn(whole.name, " ")] == '\0') {
        return false;
    }
    const char *said = whole.name;
    const char *country = spell_out(&whole.name);
    whole.country = country ? country : "";
    const char *head = im_strndup(q->arena, q->name, (size_t)(comma - q->name));
    if (!country && has_second_units(q->gz) &&
        find_in_second(q, head, whole.name, out)) {
        return true;
    }
    struct im_answer_set areas =
        gaz_find(q->gz, q->arena, &whole, GAZ_NO_SPELLING | GAZ_NO_RELATIVE);
    for (size_t i = 0; i < areas.n; i++) {
        const struct im_candidate *c = &areas.candidates[i];
        bool area = (c->place->kind == IM_COUNTRY || c->place->kind == IM_REGION) &&
                    !(q->country[0] && strncmp(c->place->country, q->country, 2) != 0);
        struct im_answer_set in;
        if (!area || c->match == IM_MATCH_SPELLING ||
            !find_in(q, head, without, c->place, &in)) {
            continue;
        }
        if (found++ == 0) {
            *out = in;
            out->reason = im_format(q->arena, "%s in %s", in.reason, c->place->name);
        } else if (in.status == IM_ANSWER_OK &&
                   strcmp(in.candidates[0].place->id, out->candidates[0].place->id) !=
                       0) {
            out->status = IM_ANSWER_AMBIGUOUS;
            out->reason = im_format(q->arena, "several places are called '%s'",
                                    whole.name + strspn(whole.name, " "));
        }
    }
    return found > 0 || find_in_code(q, head, said, without, out);
}
