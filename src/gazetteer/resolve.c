/*
 * All events of a set of tables:
 *
 * 1. gather   one task for each name with its hints in a table; coordinates settle at
 * once
 * 2. rounds   look all open tasks up, with the places that earlier rounds settled as
 *             context; first only sure ones settle, then all that are decided
 * 3. place    give each event its task's position, or a finding
 *
 * A round sees only what the rounds before it settled, so the order of rows is of no
 * consequence.
 */
#include "base/num.h"
#include "gazetteer/inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 4, SHOWN = 4 };

/* A lead that the other places of a table will hardly overturn. */
static const double SURE_LEAD = 0.20;

struct task {
    const struct im_event *event; /* the first that asks */
    char country[3];
    struct im_answer_set answer;
    bool settled, fresh; /* fresh: settled in this round */
};

struct resolver {
    const struct im_gazetteer *gz;
    struct im_arena *arena;
    struct im_events *events;
    const struct im_lookup *hints;
    struct im_findings *findings;
    struct task *tasks; /* sorted by set, name, hints */
    size_t task_n;
    struct im_lonlat *context; /* of the set in hand */
    size_t context_n;
    struct im_scope scope; /* the same */
    struct gaz_saids said;
};

static bool asks(const struct im_event *e) {
    return !e->has_coordinates && !e->refused && e->place_text[0] != '\0';
}

static int compare_events(const struct im_event *a, const struct im_event *b) {
    if (a->set != b->set) {
        return a->set < b->set ? -1 : 1;
    }
    int name = strcmp(a->place_text, b->place_text);
    int country = name ? name : strcmp(a->country, b->country);
    return country ? country : strcmp(a->admin1, b->admin1);
}

static int by_question(const void *a, const void *b) {
    const struct task *x = a, *y = b;
    int order = compare_events(x->event, y->event);
    return order ? order : x->event < y->event ? -1 : x->event > y->event;
}

/* 1. One task a question. */

static void gather(struct resolver *r) {
    size_t n = 0;
    r->tasks = im_alloc(r->arena, r->events->n + 1, sizeof *r->tasks);
    for (size_t i = 0; i < r->events->n; i++) {
        if (asks(&r->events->v[i])) {
            r->tasks[n++].event = &r->events->v[i];
        }
    }
    if (n > 0) {
        qsort(r->tasks, n, sizeof *r->tasks, by_question);
    }
    for (size_t i = 0; i < n; i++) {
        if (r->task_n == 0 ||
            compare_events(r->tasks[r->task_n - 1].event, r->tasks[i].event) != 0) {
            r->tasks[r->task_n++] = r->tasks[i];
        }
    }
}

static void read_countries(struct resolver *r) {
    for (size_t i = 0; i < r->events->n; i++) {
        const struct im_event *e = &r->events->v[i];
        if (asks(e) && e->country[0] != '\0') {
            gaz_country_said(&r->said, e); // in the order of rows, for what it tells
        }
    }
    for (size_t i = 0; i < r->task_n; i++) {
        struct task *t = &r->tasks[i];
        const char *all = r->hints->country;
        if (t->event->country[0] != '\0') {
            memcpy(t->country, gaz_country_said(&r->said, t->event), sizeof t->country);
        } else if (all != NULL) {
            memcpy(t->country, all, strlen(all) == 2 ? 2 : 0);
        }
    }
}

/* 2. Rounds. */

/* A country or a corridor says too little about where. */
static bool is_somewhere(const struct im_place *p) {
    return p->kind != IM_COUNTRY && p->kind != IM_CORRIDOR;
}

/* Settled places of a set, each once. */
static void make_context(struct resolver *r, size_t set) {
    r->context_n = 0;
    for (size_t i = 0; i < r->events->n; i++) {
        const struct im_event *e = &r->events->v[i];
        if (e->set == set && e->has_coordinates) {
            r->context[r->context_n++] = e->given;
        }
    }
    for (size_t i = 0; i < r->task_n; i++) {
        const struct task *t = &r->tasks[i];
        if (t->event->set == set && t->settled &&
            is_somewhere(t->answer.candidates[0].place)) {
            r->context[r->context_n++] = t->answer.candidates[0].place->at;
        }
    }
}

static int by_position(const void *a, const void *b) {
    const struct im_lonlat *x = a, *y = b;
    if (x->lon < y->lon || x->lon > y->lon) {
        return x->lon < y->lon ? -1 : 1;
    }
    return x->lat < y->lat ? -1 : x->lat > y->lat;
}

/* Each position once, so that a place named twice counts once. */
static void drop_repeats(struct resolver *r) {
    size_t kept = 0;
    if (r->context_n > 0) {
        qsort(r->context, r->context_n, sizeof *r->context, by_position);
    }
    for (size_t i = 0; i < r->context_n; i++) {
        if (kept == 0 || by_position(&r->context[kept - 1], &r->context[i]) != 0) {
            r->context[kept++] = r->context[i];
        }
    }
    r->context_n = kept;
}

static void ask(struct resolver *r, struct task *t) {
    struct im_lookup lookup = {.name = t->event->place_text,
                               .country = t->country,
                               .admin1 = t->event->admin1,
                               .as_of = r->hints->as_of,
                               .has_box = r->hints->has_box,
                               .box = r->hints->box,
                               .context = r->context,
                               .context_count = r->context_n,
                               .scope = &r->scope};
    t->answer = im_gazetteer_find(r->gz, r->arena, &lookup);
}

static bool is_sure(const struct im_answer_set *a) {
    if (a->status != IM_ANSWER_OK) {
        return false;
    }
    enum im_match match = a->candidates[0].match;
    if (match == IM_MATCH_PIN) {
        return true;
    }
    bool alone =
        a->n == 1 || a->candidates[0].score - a->candidates[1].score >= SURE_LEAD;
    return match == IM_MATCH_COORDINATES || (match <= IM_MATCH_FOLDED && alone);
}

/* One round over the tasks of a set; true when something settled. */
static bool round_of_set(struct resolver *r, size_t first, size_t end, bool only_sure) {
    bool any = false;
    make_context(r, r->tasks[first].event->set);
    drop_repeats(r);
    for (size_t i = first; i < end; i++) {
        struct task *t = &r->tasks[i];
        if (t->settled) {
            continue;
        }
        ask(r, t);
        t->fresh = only_sure ? is_sure(&t->answer) : t->answer.status == IM_ANSWER_OK;
        any = any || t->fresh;
    }
    for (size_t i = first; i < end; i++) {
        r->tasks[i].settled = r->tasks[i].settled || r->tasks[i].fresh;
    }
    return any;
}

/* All names of the set, for pins that hold in their company. */
static struct im_scope scope_of_set(struct resolver *r, const struct im_event *any) {
    const char **names = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < r->events->n; i++) {
        const struct im_event *e = &r->events->v[i];
        if (e->set == any->set && e->place_text[0] != '\0') {
            IM_PUSH(r->arena, names, n, cap, e->place_text);
        }
    }
    return im_scope_make(r->arena, any->row.file, names, n);
}

static void settle_set(struct resolver *r, size_t first, size_t end) {
    r->scope = scope_of_set(r, r->tasks[first].event);
    round_of_set(r, first, end, true);
    for (int i = 1; i < ROUNDS && round_of_set(r, first, end, false); i++) {
    }
}

static void settle(struct resolver *r) {
    r->context = im_alloc(r->arena, r->events->n + r->task_n + 1, sizeof *r->context);
    for (size_t first = 0, end; first < r->task_n; first = end) {
        for (end = first;
             end < r->task_n && r->tasks[end].event->set == r->tasks[first].event->set;
             end++) {
        }
        settle_set(r, first, end);
    }
}

/* 3. Positions and findings. */

/* Where a candidate is, with its coordinates when that does not tell it from others. */
static const char *told_where(struct im_arena *arena, const struct im_answer_set *a,
                              size_t i) {
    const struct im_place *p = a->candidates[i].place;
    const char *where = gaz_whereabouts(arena, p);
    bool alike = where[0] == '\0';
    for (size_t k = 0; k < a->n && !alike; k++) {
        alike = k != i &&
                strcmp(gaz_whereabouts(arena, a->candidates[k].place), where) == 0;
    }
    if (!alike) {
        return where;
    }
    char lat[40], lon[40];
    im_num_fixed(lat, fabs(p->at.lat), 2);
    im_num_fixed(lon, fabs(p->at.lon), 2);
    return im_format(arena, "%s%s%s %c %s %c", where, where[0] != '\0' ? ", " : "", lat,
                     p->at.lat < 0 ? 'S' : 'N', lon, p->at.lon < 0 ? 'W' : 'E');
}

static const char *candidates_text(struct im_arena *arena,
                                   const struct im_answer_set *a) {
    struct im_buf buf;
    im_buf_init(&buf, arena, (size_t)1 << 20);
    for (size_t i = 0; i < a->n && i < SHOWN; i++) {
        const struct im_place *p = a->candidates[i].place;
        im_buf_fmt(&buf, "%s%s (%s)", i ? "; " : "", p->name, told_where(arena, a, i));
    }
    if (a->n > SHOWN) {
        im_buf_fmt(&buf, "; and %zu more", a->n - SHOWN);
    }
    return buf.data;
}

static void find_fault(struct resolver *r, const struct im_event *e,
                       const struct im_answer_set *a) {
    if (a->status == IM_ANSWER_AMBIGUOUS) {
        im_finding(r->findings, IM_F_PLACE_AMBIGUOUS, e->row,
                   "say which in the columns country or admin1, or give lat and lon",
                   "'%s' may be %s", e->place_text, candidates_text(r->arena, a));
        return;
    }
    im_finding(r->findings, IM_F_PLACE_UNKNOWN, e->row,
               "mend the spelling, give lat and lon, or add it to a gazetteer",
               "cannot place '%s': %s", e->place_text, a->reason);
}

static void place_given(struct im_event *e) {
    e->position = (struct im_position){
        .kind = IM_POINT,
        .at = e->given,
        .radius_m = e->precision_km > 0 ? e->precision_km * 1000 : 0,
        .area = "",
        .reason = "coordinates of the row"};
}

/* The area of a phrase is as large as the phrase leaves open. */
static void tell_area(struct resolver *r, const struct im_event *e,
                      const struct im_answer_set *a) {
    if (a->candidates[0].place->kind == IM_CORRIDOR) {
        im_finding(r->findings, IM_F_PLACE_AREA, e->row,
                   "name a place near it: '... near X'", "'%s' is drawn as %s",
                   e->place_text, a->reason);
    }
}

static void place_found(struct resolver *r, struct im_event *e,
                        const struct im_answer_set *a) {
    const struct im_candidate *c = &a->candidates[0];
    im_gazetteer_tell(r->findings, e->row, e->place_text, c);
    tell_area(r, e, a);
    bool is_row = c->match != IM_MATCH_COORDINATES && c->match != IM_MATCH_RELATIVE &&
                  !(a->pin && c->place->id[0] == '\0'); // a pin of coordinates
    e->place = is_row ? c->place : NULL;
    e->pin = a->pin;
    e->position = im_place_position(c->place);
    e->position.radius_m = fmax(e->position.radius_m, e->precision_km * 1000);
    e->position.reason = im_format(r->arena, "%s: %s; %s", im_match_text(c->match),
                                   c->reason, a->reason);
}

static void place_event(struct resolver *r, struct im_event *e) {
    e->place = NULL;
    e->pin = NULL;
    if (e->has_coordinates) {
        place_given(e);
        return;
    }
    // without either, the reader of the table has said so
    const char *why = e->position.reason ? e->position.reason : "no place is given";
    e->position =
        (struct im_position){.kind = IM_NOT_MAPPABLE, .area = "", .reason = why};
    if (!asks(e)) {
        return;
    }
    size_t low = 0, high = r->task_n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_events(r->tasks[middle].event, e) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const struct im_answer_set *a = &r->tasks[low].answer;
    if (r->tasks[low].settled) {
        place_found(r, e, a);
    } else {
        find_fault(r, e, a);
        e->position.reason =
            im_format(r->arena, "%s: %s", im_answer_text(a->status), a->reason);
    }
}

void im_gazetteer_resolve(const struct im_gazetteer *gz, struct im_arena *arena,
                          struct im_events *events, const struct im_lookup *hints,
                          struct im_findings *findings) {
    struct resolver r = {.gz = gz,
                         .arena = arena,
                         .events = events,
                         .hints = hints,
                         .findings = findings,
                         .said = {.gz = gz, .arena = arena, .findings = findings}};
    gather(&r);
    read_countries(&r);
    settle(&r);
    for (size_t i = 0; i < events->n; i++) {
        place_event(&r, &events->v[i]);
    }
}
