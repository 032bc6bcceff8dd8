/* Choosing, ordering and comparing events. */
#include "analyse/analyse.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Can the event's time touch [from, to]? What has no date can. */
static bool can_fall(const struct im_event *e, struct im_date from, struct im_date to) {
    struct im_date none = {0, 0, 0};
    if (!im_date_is_set(e->date) || !im_date_is_set(e->date_end)) {
        return im_date_within(im_date_is_set(e->date) ? e->date : e->date_end, from,
                              to);
    }
    return im_date_within(e->date_end, from, none) && im_date_within(e->date, none, to);
}

void im_events_filter(struct im_events *events, const struct im_spec *spec) {
    size_t kept = 0;
    for (size_t i = 0; i < events->n; i++) {
        const struct im_event *e = &events->v[i];
        bool keep = can_fall(e, spec->from, spec->to);
        if (keep && e->set < spec->incident_count) {
            const struct im_spec_incidents *set = &spec->incidents[e->set];
            keep = can_fall(e, set->from, set->to);
        }
        if (keep) {
            events->v[kept++] = *e;
        }
    }
    events->n = kept;
}

static int order(long a, long b) {
    return (a > b) - (a < b);
}

/* First day of the event, as a number in the order of days; what has no date comes
 * last.
 */
static long start(const struct im_event *e) {
    struct im_date d = im_date_is_set(e->date) ? e->date : e->date_end;
    if (!im_date_is_set(d)) {
        return LONG_MAX;
    }
    return ((long)d.year * 16 + (d.month == 0 ? 1 : d.month)) * 32 +
           (d.day == 0 ? 1 : d.day);
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Length of the number at *s without its leading zeros, which are passed over. */
static size_t digits(const char **s) {
    size_t n = 0;
    while (**s == '0' && is_digit((*s)[1])) {
        ++*s;
    }
    while (is_digit((*s)[n])) {
        n++;
    }
    return n;
}

/* Texts as people order them: "e9" before "e10". */
static int by_text(const char *a, const char *b) {
    while (*a != '\0' && *b != '\0') {
        if (is_digit(*a) && is_digit(*b)) {
            size_t n = digits(&a), m = digits(&b);
            int by = n != m ? order((long)n, (long)m) : strncmp(a, b, n);
            if (by != 0) {
                return by;
            }
            a += n;
            b += n;
        } else if (*a != *b) {
            break;
        } else {
            a++;
            b++;
        }
    }
    return order((unsigned char)*a, (unsigned char)*b);
}

/* Total order: no two events share row and table. Rows count only where events of a day
 * have no ids, so that the order of a table with ids does not change the figure. */
static int by_time(const void *a, const void *b) {
    const struct im_event *x = a, *y = b;
    int by = order(start(x), start(y));
    by = by != 0 ? by : by_text(x->id, y->id);
    by = by != 0 ? by : order((long)x->row.line, (long)y->row.line);
    return by != 0 ? by : (x->set > y->set) - (x->set < y->set);
}

void im_events_sort(struct im_events *events) {
    if (events->n > 1) {
        qsort(events->v, events->n, sizeof *events->v, by_time);
    }
}

/* The figures of a claim in one row. */
enum { FIGURES = 5, MOST_COMPARED = 100 }; // claims of one event, each with each

static const struct im_figure *figure(const struct im_claim *c, int i) {
    switch (i) {
    case 0:
    case 1:
        return &c->killed[i];
    case 2:
    case 3:
        return &c->wounded[i - 2];
    default:
        return &c->fatalities;
    }
}

static bool apart(const struct im_figure *a, const struct im_figure *b) {
    return a->best >= 0 && b->best >= 0 && (a->high < b->low || b->high < a->low);
}

static void tell(struct im_findings *findings, const struct im_event *e, int i,
                 const struct im_claim *a, const struct im_claim *b) {
    static const char *const what[FIGURES] = {"killed of ", "killed of ", "wounded of ",
                                              "wounded of ", "fatalities"};
    static const char *const sides[] = {"side 1", "side 2"};
    const char *side = i == FIGURES - 1            ? ""
                       : e->side[i % 2][0] != '\0' ? e->side[i % 2]
                                                   : sides[i % 2];
    im_finding(findings, IM_F_CLAIMS_DIFFER, b->row, "",
               "%s%s: %g by %s (line %u), but %g by %s", what[i], side,
               figure(a, i)->best,
               a->claimant[0] != '\0' ? a->claimant : "one claimant", a->row.line,
               figure(b, i)->best, b->claimant[0] != '\0' ? b->claimant : "another");
}

/* The first two claims of different claimants that cannot both be true, per figure. */
static void compare(const struct im_event *e, int i, struct im_findings *findings) {
    for (size_t b = 1; b < e->claim_count && b < MOST_COMPARED; b++) {
        for (size_t a = 0; a < b; a++) {
            const struct im_claim *x = &e->claims[a], *y = &e->claims[b];
            bool same = x->claimant[0] != '\0' && strcmp(x->claimant, y->claimant) == 0;
            if (!same && apart(figure(x, i), figure(y, i))) {
                tell(findings, e, i, x, y);
                return;
            }
        }
    }
}

void im_events_compare(const struct im_events *events, struct im_findings *findings) {
    for (size_t k = 0; k < events->n; k++) {
        for (int i = 0; i < FIGURES; i++) {
            compare(&events->v[k], i, findings);
        }
    }
}
