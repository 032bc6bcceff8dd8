/*
 * Two names in one text: "Stepanakert / Khankendi", "Khankendi (Stepanakert)", as texts
 * write where two sides have each their own. Both must mean one place; "Paris (Texas)"
 * is a place in an area. When they do not agree neither is taken.
 */
#include "gazetteer/find.h"

#include <string.h>

static const double ONE_PLACE_KM = 10;

/* The two names; false when the text has not this form. */
static bool take_apart(const struct gaz_query *q, const char **a, const char **b) {
    const char *slash = strchr(q->name, '/'), *open = strchr(q->name, '(');
    size_t n = strlen(q->name);
    if (open && open > q->name && n > 0 && q->name[n - 1] == ')' && !slash) {
        *a = im_strndup(q->arena, q->name, (size_t)(open - q->name));
        *b = im_strndup(q->arena, open + 1, (size_t)(q->name + n - 1 - (open + 1)));
    } else if (slash && slash > q->name && !strchr(slash + 1, '/') && !open) {
        *a = im_strndup(q->arena, q->name, (size_t)(slash - q->name));
        *b = im_strdup(q->arena, slash + 1);
    } else {
        return false;
    }
    return (*a)[strspn(*a, " ")] != '\0' && (*b)[strspn(*b, " ")] != '\0' &&
           !strpbrk(*a, "()") && !strpbrk(*b, "()");
}

static struct im_answer_set look_up(const struct gaz_query *q, const char *name,
                                    unsigned without) {
    struct im_lookup l = *q->lookup;
    l.name = name;
    return gaz_find(q->gz, q->arena, &l, without | GAZ_NO_RELATIVE);
}

/* Of several places that a name may mean: which is one of the other's? */
static bool agree(const struct im_answer_set *a, const struct im_answer_set *b,
                  size_t *first) {
    for (size_t i = 0; i < a->n; i++) {
        for (size_t k = 0; k < b->n; k++) {
            const struct im_place *x = a->candidates[i].place,
                                  *y = b->candidates[k].place;
            if (x->kind == y->kind && gaz_km(x->at, y->at) < ONE_PLACE_KM) {
                *first = i;
                return true;
            }
        }
    }
    return false;
}

static void put_first(const struct gaz_query *q, struct im_answer_set *a, size_t i) {
    struct im_candidate *c = im_alloc(q->arena, a->n, sizeof *c);
    c[0] = a->candidates[i];
    for (size_t k = 0, to = 1; k < a->n; k++) {
        if (k != i) {
            c[to++] = a->candidates[k];
        }
    }
    a->candidates = c;
}

static bool is_area(const struct im_answer_set *a) {
    return a->status != IM_ANSWER_UNKNOWN &&
           (a->candidates[0].place->kind == IM_COUNTRY ||
            a->candidates[0].place->kind == IM_REGION);
}

bool gaz_find_both(const struct gaz_query *q, unsigned without,
                   struct im_answer_set *out) {
    const char *a, *b;
    size_t first;
    if (!take_apart(q, &a, &b)) {
        return false;
    }
    struct im_answer_set x = look_up(q, a, without | GAZ_NO_SPELLING);
    struct im_answer_set y = look_up(q, b, without | GAZ_NO_SPELLING);
    bool known = x.status != IM_ANSWER_UNKNOWN && y.status != IM_ANSWER_UNKNOWN;
    if (known && agree(&x, &y, &first)) {
        *out = x;
        out->status = IM_ANSWER_OK;
        put_first(q, out, first);
        out->reason = im_format(q->arena, "two names of one place: %s", x.reason);
        return true;
    }
    if (strchr(q->name, '(') && is_area(&y)) {
        *out = look_up(q, im_format(q->arena, "%s, %s", a, b), without);
        return true;
    }
    *out = x.status != IM_ANSWER_UNKNOWN ? x : y;
    if (out->status == IM_ANSWER_UNKNOWN) {
        return false;
    }
    out->status = IM_ANSWER_AMBIGUOUS;
    out->reason = im_format(
        q->arena,
        known ? "'%s' and '%s' are two places (give each a row, or one name)"
              : "of '%s' and '%s' one is not known (give the known one alone)",
        a, b);
    return true;
}
