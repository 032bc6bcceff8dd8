/*
 * Incident tables, in steps: open (shared.c), match the header, gather the rows that
 * are wanted (select.c), draft an event per row, join rows of one event_id.
 */
#include "read/read.h"
#include "read/shared.h"
#include "text/text.h"
#include <stdlib.h>
#include <string.h>

/* 1. Rows. */

/* The rows chosen, read in full into the figure's memory. */
static void gather_rows(struct read_rows *t, const struct im_table *table,
                        const struct im_table_rows *chosen) {
    struct im_csv *csv = im_csv_again(t->arena, table->csv, table->top);
    t->csv = csv;
    for (size_t i = 0; i < table->bad_n; i++) {
        im_finding(t->findings, IM_F_ROW_BAD, table->bad[i].at, "mend the row",
                   "%s; the row is left out", table->bad[i].why);
    }
    t->bad = table->bad_n;
    t->v = im_alloc(t->arena, chosen->n, sizeof *t->v);
    for (size_t i = 0; i < chosen->n; i++) {
        uint32_t row = chosen->v[i];
        bool more = true;
        if (table->kept != NULL) {
            t->v[t->n++] = table->kept[row];
            continue;
        }
        read_seek(table, csv, row);
        if (im_csv_next(csv, &t->v[t->n], &more, NULL) == INCMAP_OK) {
            t->n++; // as it was when the table was opened
        }
    }
}

/* How many is not told: a figure must not change with rows that it does not read. */
static void tell_far(const struct read_rows *t, const struct read_choice *chosen) {
    if (chosen->far) {
        im_finding(t->findings, IM_F_FAR_OUTSIDE, IM_FILE(t->file),
                   "widen the map with --margin to see what lies around it",
                   "some rows lie far outside the map and are not read");
    }
}

/* No row at all is an empty layer; only unreadable rows are a broken table. */
static enum incmap_status check_rows(const struct read_rows *t, size_t rows,
                                     bool left_out, struct incmap_error *err) {
    if (t->n > 0 || (rows > 0 && !left_out)) {
        return INCMAP_OK; // what the days leave out is told later
    }
    if (t->bad > 0 && rows == 0) {
        return im_fail(err, INCMAP_E_INPUT, IM_FILE(t->file),
                       "none of the %zu rows can be read", t->bad);
    }
    im_finding(t->findings, IM_F_LAYER_EMPTY, IM_FILE(t->file),
               left_out ? "check the filter" : "",
               left_out ? "no row passes the filter" : "the table has no rows");
    return INCMAP_OK;
}

/* 2. Rows of one event_id. */

struct id_row {
    const char *id;
    size_t row;
};

static int by_id(const void *a, const void *b) {
    const struct id_row *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

/* The first row with the same id owns the event; a row without id is its own. */
static void find_owners(struct im_arena *arena, struct read_draft *drafts, size_t n) {
    struct id_row *ids = im_alloc(arena, n, sizeof *ids);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        drafts[i].owner = i;
        if (drafts[i].event.id[0] != '\0') {
            ids[count++] = (struct id_row){drafts[i].event.id, i};
        }
    }
    qsort(ids, count, sizeof *ids, by_id);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(ids[i].id, ids[i - 1].id) == 0) {
            drafts[ids[i].row].owner = drafts[ids[i - 1].row].owner;
        }
    }
}

/* A text that only one row states is the event's; two different ones are told. */
static void join_text(struct im_findings *findings, const struct read_draft *from,
                      const struct im_event *event, const char **to, const char *value,
                      const char *what) {
    if (value[0] == '\0' || strcmp(*to, value) == 0) {
        return;
    }
    if ((*to)[0] == '\0') {
        *to = value;
        return;
    }
    im_finding(findings, IM_F_VALUE_BAD, from->claim.row,
               "rows of one event_id are claims about one event",
               "event %s: %s '%s' here, but '%s' in line %u; the first is used",
               event->id, what, value, *to, event->row.line);
}

static bool same_date(struct im_date a, struct im_date b) {
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

static void join_date(struct im_findings *findings, const struct read_draft *from,
                      const struct im_event *event, struct im_date *to,
                      struct im_date value) {
    if (!im_date_is_set(value) || same_date(*to, value)) {
        return;
    }
    if (!im_date_is_set(*to)) {
        *to = value;
        return;
    }
    char here[16], there[16];
    im_finding(findings, IM_F_VALUE_BAD, from->claim.row,
               "give one event one date, or two events two event_ids",
               "event %s: date %s here, but %s in line %u; the first is used",
               event->id, im_date_write(here, value), im_date_write(there, *to),
               event->row.line);
}

static void join_place(struct im_findings *findings, const struct read_draft *from,
                       struct im_event *event) {
    const struct im_event *e = &from->event;
    bool nowhere = event->place_text[0] == '\0' && !event->has_coordinates;
    if (nowhere && (e->place_text[0] != '\0' || e->has_coordinates)) {
        event->row = e->row;
        event->position = e->position;
    }
    join_text(findings, from, event, &event->place_text, e->place_text, "place");
    bool differ = event->given.lat != e->given.lat || event->given.lon != e->given.lon;
    if (e->has_coordinates && !event->has_coordinates) {
        event->given = e->given;
        event->has_coordinates = true;
    } else if (e->has_coordinates && differ) {
        im_finding(findings, IM_F_VALUE_BAD, e->row,
                   "give one event one position, or two events two event_ids",
                   "event %s: %g,%g here, but %g,%g in line %u; the first is used",
                   event->id, e->given.lat, e->given.lon, event->given.lat,
                   event->given.lon, event->row.line);
    }
    if (event->precision_km < 0) {
        event->precision_km = e->precision_km;
    }
}

/* What a further row says of an event. */
static void join_event(struct im_findings *findings, const struct read_draft *from,
                       struct im_event *event) {
    const struct im_event *e = &from->event;
    join_place(findings, from, event);
    join_date(findings, from, event, &event->date, e->date);
    join_date(findings, from, event, &event->date_end, e->date_end);
    join_text(findings, from, event, &event->country, e->country, "country");
    join_text(findings, from, event, &event->admin1, e->admin1, "admin1");
    join_text(findings, from, event, &event->type, e->type, "type");
    join_text(findings, from, event, &event->side[0], e->side[0], "side1");
    join_text(findings, from, event, &event->side[1], e->side[1], "side2");
}

/* 3. Drafts into events, in the order of their first rows. */
/* Room for the events of all drafts at once: a table may have millions. */
static void make_room(const struct read_rows *t, const struct read_draft *drafts,
                      struct im_events *events) {
    size_t more = 0;
    for (size_t i = 0; i < t->n; i++) {
        more += drafts[i].owner == i;
    }
    if (events->cap - events->n < more) {
        size_t cap = events->n + more;
        events->v = im_grow(t->arena, events->v, events->n, cap, sizeof *events->v);
        events->cap = cap;
    }
}

static void add_events(const struct read_rows *t, struct im_arena *scratch,
                       struct read_draft *drafts, size_t set,
                       struct im_events *events) {
    size_t *claim_count = im_alloc(scratch, t->n, sizeof *claim_count);
    size_t *place_of = im_alloc(scratch, t->n, sizeof *place_of);
    struct im_claim **claims = im_alloc(scratch, t->n, sizeof *claims);
    make_room(t, drafts, events);
    for (size_t i = 0; i < t->n; i++) {
        claim_count[drafts[i].owner]++;
    }
    for (size_t i = 0; i < t->n; i++) {
        size_t owner = drafts[i].owner;
        if (owner == i) {
            claims[i] = im_alloc(t->arena, claim_count[i], sizeof **claims);
            struct im_event event = drafts[i].event;
            event.set = set;
            event.claims = claims[i];
            place_of[i] = events->n;
            IM_PUSH(t->arena, events->v, events->n, events->cap, event);
        } else {
            join_event(t->findings, &drafts[i], &events->v[place_of[owner]]);
        }
        struct im_event *event = &events->v[place_of[owner]];
        claims[owner][event->claim_count++] = drafts[i].claim;
    }
}

/* After joining: only then is it sure that nothing tells where. */
static void tell_unplaced(const struct read_rows *t, const struct im_events *events,
                          size_t first) {
    for (size_t i = first; i < events->n; i++) {
        const struct im_event *e = &events->v[i];
        if (e->place_text[0] == '\0' && !e->has_coordinates && !e->refused) {
            im_finding(t->findings, IM_F_NOT_PLACED, e->row,
                       "fill in place, or lat and lon", "%s", e->position.reason);
        }
    }
}

enum incmap_status im_incidents_take(struct im_arena *arena, struct im_table *table,
                                     const struct im_spec *spec, size_t set,
                                     struct im_events *events,
                                     struct im_findings *findings,
                                     struct incmap_error *err) {
    struct read_rows t = {.arena = arena,
                          .file = im_csv_name(table->csv),
                          .csv = table->csv,
                          .findings = findings,
                          .order = {table->order[0], table->order[1]}};
    struct read_choice chosen = {0};
    enum incmap_status status = read_layout_find(
        arena, table->csv, &spec->incidents[set], findings, &t.layout, err);
    if (status == INCMAP_OK) {
        status = read_select(arena, table, spec, set, &chosen, err);
    }
    if (status == INCMAP_OK) {
        gather_rows(&t, table, &chosen.rows);
        tell_far(&t, &chosen);
        status = check_rows(&t, table->n, chosen.left_out && !chosen.far, err);
    }
    if (status != INCMAP_OK) {
        return status;
    }
    struct im_arena *scratch = im_arena_branch(arena);
    struct read_draft *drafts = im_alloc(scratch, t.n, sizeof *drafts);
    for (size_t i = 0; i < t.n; i++) {
        drafts[i] = read_draft_of(&t, &t.v[i]);
    }
    size_t first = events->n;
    find_owners(scratch, drafts, t.n);
    add_events(&t, scratch, drafts, set, events);
    tell_unplaced(&t, events, first);
    im_arena_drop(scratch);
    return INCMAP_OK;
}
