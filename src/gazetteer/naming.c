/*
 * Names for labels. What two sides call a place is told by its names in their languages
 * alone; which of the map's names are spellings of the one or the other, by the sounds.
 */
#include "gazetteer/gazetteer.h"
#include "text/text.h"

#include <math.h>
#include <string.h>

/* Sounds of two spellings of one name differ by at most this share (as in match.c). */
static const double MOST_DISTANCE = 0.2;

enum { WORK = 1 << 20, MOST_NAMES = 32 };

struct names {
    const char *v[MOST_NAMES];
    size_t n;
};

struct namer {
    struct im_arena *arena;
    const struct im_place *place;
    struct im_date as_of;
    struct im_buf a, b; /* scratch */
};

static bool alike(struct namer *m, const char *first, const char *second) {
    size_t n = strlen(first), k = strlen(second);
    for (unsigned i = 0; i < im_readings(first, n); i++) {
        im_sounds_to(&m->a, first, n, i);
        for (unsigned j = 0; j < im_readings(second, k); j++) {
            im_sounds_to(&m->b, second, k, j);
            if (im_sound_distance(m->a.data, m->b.data) <= MOST_DISTANCE) {
                return true;
            }
        }
    }
    return false;
}

static bool is_valid(const struct namer *m, const struct im_name *name) {
    return im_date_is_set(m->as_of) ? im_date_within(m->as_of, name->from, name->to)
                                    : !im_date_is_set(name->to);
}

/* Is the language the first n bytes of the tag? Most differ in the first. */
static bool is_language(const char *language, const char *tag, size_t n) {
    size_t i = 0;
    while (i < n && language[i] == tag[i]) {
        i++;
    }
    return i == n && language[n] == '\0';
}

/* Names of a language (n bytes of its tag), those that hold for a time or the others.
 */
static void collect(const struct namer *m, const char *language, size_t n, bool timed,
                    struct names *out) {
    for (size_t i = 0; i < m->place->name_count && out->n < MOST_NAMES; i++) {
        const struct im_name *name = &m->place->names[i];
        if (is_language(name->lang, language, n) && is_valid(m, name) &&
            im_date_is_set(name->to) == timed) {
            out->v[out->n++] = name->text;
        }
    }
}

/* What a side calls the place at the date: the names of that time, else the usual. */
static struct names names_of_side(const struct namer *m, const char *language) {
    struct names names = {.n = 0};
    collect(m, language, strlen(language), true, &names);
    if (names.n == 0) {
        collect(m, language, strlen(language), false, &names);
    }
    return names;
}

/* All names of the map's language at the date, or of the language it is a variant of.
 */
static struct names names_of_map(const struct namer *m, const char *language) {
    struct names names = {.n = 0};
    size_t whole = strlen(language), primary = strcspn(language, "-");
    for (size_t n = whole; names.n == 0; n = primary) {
        collect(m, language, n, false, &names);
        collect(m, language, n, true, &names);
        if (n == primary) {
            break;
        }
    }
    return names;
}

/* The first name that is a spelling of one of the side's; NULL when none is. */
static const char *spelling_of(struct namer *m, const struct names *names,
                               const struct names *side) {
    for (size_t i = 0; i < names->n; i++) {
        for (size_t k = 0; k < side->n; k++) {
            if (alike(m, names->v[i], side->v[k])) {
                return names->v[i];
            }
        }
    }
    return NULL;
}

/* Sides are told by their languages in their own countries, and on what lies in no
 * country; a region's names differ by their generic words too often to tell. */
static bool has_sides(const struct im_place *p) {
    bool region = p->kind == IM_REGION || p->kind == IM_COUNTRY;
    return !region && (strcmp(p->country, "AZ") == 0 || strcmp(p->country, "AM") == 0 ||
                       p->country[0] == '\0');
}

/* A name that the country itself gave the place for a time is that time's name for
 * all. */
static bool is_renamed(const struct namer *m) {
    struct names timed = {.n = 0};
    const char *country = m->place->country;
    const char *own = strcmp(country, "AZ") == 0   ? "az"
                      : strcmp(country, "AM") == 0 ? "hy"
                                                   : "";
    collect(m, own, strlen(own), true, &timed);
    return timed.n > 0;
}

static bool sides_differ(struct namer *m, struct names side[2]) {
    if (is_renamed(m)) {
        return false;
    }
    side[0] = names_of_side(m, "az");
    side[1] = names_of_side(m, "hy");
    return side[0].n > 0 && side[1].n > 0 && !spelling_of(m, &side[0], &side[1]);
}

/* Both sides' names in the language; NULL when it has but one of them. */
static const char *both_names(struct namer *m, const struct names *names,
                              const struct names side[2]) {
    const char *first = spelling_of(m, names, &side[0]);
    const char *second = spelling_of(m, names, &side[1]);
    if (!first || !second || alike(m, first, second)) {
        return NULL;
    }
    for (size_t i = 0; i < names->n; i++) { // in the gazetteer's order
        if (names->v[i] == second) {
            return im_format(m->arena, "%s / %s", second, first);
        }
        if (names->v[i] == first) {
            break;
        }
    }
    return im_format(m->arena, "%s / %s", first, second);
}

/* The name that held at that time alone, else the usual one. */
static const char *one_name(struct namer *m, const char *language) {
    struct names timed = {.n = 0};
    collect(m, language, strcspn(language, "-"), true, &timed);
    return timed.n > 0 ? timed.v[0] : im_place_label(m->place, language, m->as_of);
}

const char *im_place_name(struct im_arena *arena, const struct im_place *place,
                          const struct im_naming *naming) {
    struct namer m = {.arena = arena, .place = place, .as_of = naming->as_of};
    struct names side[2];
    const char *language = naming->policy == IM_NAMES_LOCAL
                               ? im_country_language(place->country)
                               : naming->language;
    if (!has_sides(place)) {
        return one_name(&m, language);
    }
    im_buf_init(&m.a, arena, WORK);
    im_buf_init(&m.b, arena, WORK);
    if (!sides_differ(&m, side)) {
        return one_name(&m, language);
    }
    const char *both = NULL;
    if (naming->policy == IM_NAMES_BOTH) {
        struct names names = names_of_map(&m, language);
        both = both_names(&m, &names, side);
    }
    // a time's name may be the name of one side alone: it does not go first here
    return both ? both : im_place_label(place, language, m.as_of);
}
