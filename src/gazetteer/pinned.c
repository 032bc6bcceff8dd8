/* Which pin holds for a name: its letters, then its context. */
#include "gazetteer/find.h"
#include "gazetteer/pins.h"
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

/* How closely a pin's context fits, the closest first to be asked. */
enum closeness { ELSEWHERE, ANYWHERE, IN_COUNTRY, WITH_NAME, IN_TABLE };

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct im_scope im_scope_make(struct im_arena *arena, const char *file,
                              const char *const *names, size_t n) {
    const char **folded = im_alloc(arena, n, sizeof *folded);
    for (size_t i = 0; i < n; i++) {
        folded[i] = im_fold(arena, names[i], strlen(names[i]));
    }
    if (n > 0) {
        qsort(folded, n, sizeof *folded, by_text);
    }
    return (struct im_scope){file ? im_path_name(file) : "", folded, n};
}

static bool has_name(const struct im_scope *scope, const char *folded) {
    return scope->n > 0 && bsearch(&folded, scope->names, scope->n,
                                   sizeof *scope->names, by_text) != NULL;
}

/* The name in question, as pins are compared with it. */
struct asked {
    struct im_arena *arena;
    const struct im_lookup *lookup;
    const char *fold, *sounds;
    char country[3]; /* in capitals, or "" */
};

static struct asked asked(struct im_arena *arena, const struct im_lookup *lookup) {
    const char *name = lookup->name, *country = lookup->country;
    struct asked q = {arena, lookup, im_fold(arena, name, strlen(name)), "", ""};
    struct im_buf sounds;
    im_buf_init(&sounds, arena, (size_t)1 << 26);
    im_sounds_to(&sounds, name, strlen(name), 0);
    q.sounds = sounds.data;
    for (int i = 0; i < 2 && country && strlen(country) == 2; i++) {
        bool small = country[i] >= 'a' && country[i] <= 'z';
        q.country[i] = small ? (char)(country[i] - 'a' + 'A') : country[i];
    }
    return q;
}

static enum closeness closeness_of(const struct asked *q, const struct gaz_pin *p) {
    const struct im_scope *scope = q->lookup->scope;
    if (p->pin.context[0] == '\0') {
        return ANYWHERE;
    }
    if (p->country) {
        bool here = strcmp(p->pin.context, q->country) == 0;
        return here ? IN_COUNTRY : ELSEWHERE;
    }
    if (!scope) {
        return ELSEWHERE;
    }
    if (scope->table[0] != '\0' && strcmp(scope->table, p->pin.context) == 0) {
        return IN_TABLE;
    }
    return has_name(scope, p->context) ? WITH_NAME : ELSEWHERE;
}

/* The first pin of that name. */
static size_t first_of(const struct gaz_pins *pins, const char *fold) {
    size_t low = 0, high = pins->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(pins->v[middle].fold, fold) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The country asked for goes before a pin, unless the pin names that country itself. */
static bool is_outside(const struct asked *q, const struct gaz_pin *p) {
    const char *country = p->pin.place->country;
    return !p->country && q->country[0] != '\0' && country[0] != '\0' &&
           strncmp(country, q->country, 2) != 0;
}

static const char *row_text(struct im_arena *arena, const struct im_pin *p) {
    return im_format(arena, "%s:%u", im_path_name(p->row.file), p->row.line);
}

/* "settled by Anna, 2026-11-01: the ministry's list" */
static const char *signature(struct im_arena *arena, const struct im_pin *p) {
    if (p->who[0] == '\0' && p->when[0] == '\0' && p->why[0] == '\0') {
        return "settled, nobody has signed it";
    }
    return im_format(arena, "settled%s%s%s%s%s%s", p->who[0] ? " by " : "", p->who,
                     p->when[0] ? ", " : "", p->when, p->why[0] ? ": " : "", p->why);
}

static struct im_candidate candidate(const struct asked *q, const struct im_pin *p) {
    static const struct im_term term = {"pin", 1};
    return (struct im_candidate){.place = p->place,
                                 .match = IM_MATCH_PIN,
                                 .matched = p->name,
                                 .score = 1,
                                 .terms = &term,
                                 .term_count = 1,
                                 .reason = signature(q->arena, p)};
}

struct choice {
    const struct gaz_pin *best, *rival; /* rival: as close, another place */
    enum closeness closeness;
};

static void consider(struct choice *c, const struct gaz_pin *p, enum closeness close) {
    if (close > c->closeness) {
        *c = (struct choice){p, NULL, close};
    } else if (c->best && close == c->closeness &&
               (strcmp(p->pin.place->id, c->best->pin.place->id) != 0 ||
                gaz_km(p->pin.place->at, c->best->pin.place->at) > 0.001)) {
        c->rival = p;
    }
}

static struct im_answer_set answer(const struct asked *q, const struct choice *c) {
    const struct im_pin *first = &c->best->pin;
    struct im_candidate *v = im_alloc(q->arena, 2, sizeof *v);
    v[0] = candidate(q, first);
    if (!c->rival) {
        return (struct im_answer_set){
            IM_ANSWER_OK,
            im_format(q->arena, "pinned in %s", row_text(q->arena, first)), v, 1,
            first};
    }
    v[1] = candidate(q, &c->rival->pin);
    return (struct im_answer_set){
        IM_ANSWER_AMBIGUOUS,
        im_format(q->arena, "two pins fit and name different places: %s and %s",
                  row_text(q->arena, first), row_text(q->arena, &c->rival->pin)),
        v, 2, NULL};
}

/* The pin that holds; *refused is one that would, but lies in another country. */
static struct choice choose(const struct gaz_pins *pins, const struct asked *q,
                            const struct gaz_pin **refused) {
    struct choice c = {NULL, NULL, ELSEWHERE};
    for (size_t i = first_of(pins, q->fold);
         i < pins->n && strcmp(pins->v[i].fold, q->fold) == 0; i++) {
        const struct gaz_pin *p = &pins->v[i];
        enum closeness close = closeness_of(q, p);
        if (!p->usable || close == ELSEWHERE || strcmp(p->sounds, q->sounds) != 0) {
            continue;
        }
        if (is_outside(q, p)) {
            *refused = p;
        } else {
            consider(&c, p, close);
        }
    }
    return c;
}

bool gaz_pinned(const struct im_gazetteer *gz, struct im_arena *arena,
                const struct im_lookup *lookup, struct im_answer_set *out,
                const char **refused) {
    *refused = NULL;
    if (!gz->pins || lookup->unpinned) {
        return false;
    }
    const struct gaz_pin *outside = NULL;
    struct asked q = asked(arena, lookup);
    struct choice c = choose(gz->pins, &q, &outside);
    if (c.best) {
        *out = answer(&q, &c);
    } else if (outside) {
        *refused =
            im_format(arena, "the pin in %s is not used: it lies in %s",
                      row_text(arena, &outside->pin), outside->pin.place->country);
    }
    return c.best != NULL;
}
