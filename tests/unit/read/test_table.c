/*
 * Rows chosen through the indexes of a shared table are those that a plain look at
 * every row chooses: made-up tables, with and without ids, coordinates and dates, small
 * enough to be kept whole and large enough not to be.
 */
#include "base/buf.h"
#include "base/file.h"
#include "help/arena.h"
#include "read/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROWS = 600 };

struct made {
    int type, day, days, lon, lat, id; /* -1 = empty */
};

static struct made made[ROWS];
static char file[64];
static unsigned seed;

static int some(int n) {
    seed = seed * 1103515245U + 12345U;
    return (int)(seed / 65536U % (unsigned)n);
}

static void put_date(struct im_buf *b, int day) {
    if (day >= 0) {
        im_buf_fmt(b, "2020-%02d-%02d", 1 + day / 28, 1 + day % 28);
    }
    im_buf_char(b, ',');
}

/* `long_notes` makes the file larger than what is kept in full. */
static void make(unsigned from, bool long_notes) {
    struct im_buf b;
    struct incmap_error err;
    seed = from;
    im_buf_init(&b, arena, (size_t)64 << 20);
    im_buf_str(&b, "event_id,date,date_end,type,lat,lon,notes\n");
    for (int i = 0; i < ROWS; i++) {
        struct made *m = &made[i];
        *m = (struct made){some(5),       some(336),     some(9) == 0 ? some(150) : 0,
                           some(60) - 30, some(60) - 30, some(6) == 0 ? some(40) : -1};
        m->day = some(12) == 0 ? -1 : m->day;
        if (m->id >= 0) {
            im_buf_fmt(&b, "E%d", m->id);
        }
        im_buf_char(&b, ',');
        put_date(&b, m->day);
        put_date(&b, m->day >= 0 && m->days > 0 && m->day + m->days < 336
                         ? m->day + m->days
                         : -1);
        im_buf_fmt(&b, "%s%d,%d.5,%d.25,\"", i % 2 ? "Type " : "type ", m->type, m->lat,
                   m->lon);
        for (int k = 0; k < (long_notes ? 800 : 0); k++) {
            im_buf_str(&b, "a note\n  ");
        }
        im_buf_str(&b, "\"\n");
    }
    assert_int_equal(im_file_write(file, b.data, b.len, &err), INCMAP_OK);
}

static size_t events_of(struct im_table *table, const struct im_spec *spec,
                        struct im_events *events) {
    struct im_findings findings;
    struct incmap_error err;
    im_findings_init(&findings, arena);
    *events = (struct im_events){0};
    assert_int_equal(im_incidents_take(arena, table, spec, 0, events, &findings, &err),
                     INCMAP_OK);
    size_t claims = 0;
    for (size_t i = 0; i < events->n; i++) {
        claims += events->v[i].claim_count;
    }
    return claims;
}

static struct im_spec spec_of(const char *where) {
    struct im_spec spec;
    struct incmap_error err;
    im_spec_init(&spec);
    assert_int_equal(im_spec_set(arena, &spec, "incidents.file", file, &err),
                     INCMAP_OK);
    spec.where = where;
    return spec;
}

static struct im_table *open_table(const struct im_spec *spec) {
    struct im_table *table = NULL;
    struct incmap_error err;
    assert_int_equal(im_table_open(arena, spec, 0, &table, &err), INCMAP_OK);
    return table;
}

static void by_value(struct im_table *table) {
    for (int type = 0; type < 6; type++) {
        struct im_events events;
        size_t equal = 0, unequal = 0;
        for (int i = 0; i < ROWS; i++) {
            equal += made[i].type == type;
            unequal += made[i].type != type;
        }
        struct im_spec is = spec_of(im_format(arena, "type=TYPE %d", type));
        struct im_spec no = spec_of(im_format(arena, "type!=type %d", type));
        struct im_spec part = spec_of(im_format(arena, "type~PE %d", type));
        assert_int_equal(events_of(table, &is, &events), equal);
        assert_int_equal(events_of(table, &no, &events), unequal);
        assert_int_equal(events_of(table, &part, &events), equal);
    }
}

/* Without ids, so that each row is an event. */
static void by_day(struct im_table *table) {
    for (int k = 0; k < 30; k++) {
        struct im_events events;
        struct im_spec spec = spec_of("event_id=");
        int from = some(336), to = from + some(k % 3 == 0 ? 1 : 60);
        to = to < 336 ? to : 335;
        spec.from = (struct im_date){2020, 1 + from / 28, 1 + from % 28};
        spec.to = (struct im_date){2020, 1 + to / 28, 1 + to % 28};
        size_t want = 0;
        for (int i = 0; i < ROWS; i++) {
            int last =
                made[i].day + (made[i].day + made[i].days < 336 ? made[i].days : 0);
            bool falls = made[i].day < 0 || (made[i].day <= to && last >= from);
            want += made[i].id < 0 && falls;
        }
        assert_int_equal(events_of(table, &spec, &events), want);
    }
}

static void by_place(struct im_table *table) {
    for (int k = 0; k < 30; k++) {
        struct im_events events;
        struct im_spec spec = spec_of("event_id=");
        int west = some(50) - 30, south = some(50) - 30;
        int type = k % 2 ? some(5) : -1; // then its list is the shortest
        spec.facet = type < 0 ? "" : im_format(arena, "type=type %d", type);
        spec.reach = (struct im_reach){true, west, south, west + 1 + some(20),
                                       south + 1 + some(20)};
        size_t want = 0;
        for (int i = 0; i < ROWS; i++) {
            // coordinates are written as -3.5: further from zero
            double lon = made[i].lon + (made[i].lon < 0 ? -0.25 : 0.25);
            double lat = made[i].lat + (made[i].lat < 0 ? -0.5 : 0.5);
            want += (type < 0 || made[i].type == type) && made[i].id < 0 &&
                    lon >= spec.reach.west && lon < spec.reach.east &&
                    lat >= spec.reach.south && lat < spec.reach.north;
        }
        assert_int_equal(events_of(table, &spec, &events), want);
    }
}

/* An event is read with all its rows or not at all. */
static void by_event(struct im_table *table) {
    struct im_events events;
    struct im_spec spec = spec_of("");
    spec.from = (struct im_date){2020, 3, 1};
    spec.to = (struct im_date){2020, 3, 2};
    events_of(table, &spec, &events);
    for (size_t i = 0; i < events.n; i++) {
        size_t rows = 0;
        for (int k = 0; k < ROWS && events.v[i].id[0] != '\0'; k++) {
            char id[16];
            snprintf(id, sizeof id, "E%d", made[k].id);
            rows += strcmp(id, events.v[i].id) == 0;
        }
        assert_true(rows == 0 || rows == events.v[i].claim_count);
    }
}

static void rows_are_those_of_a_plain_look(void **state) {
    (void)state;
    for (unsigned round = 0; round < 4; round++) {
        make(round + 1, round == 3);
        struct im_spec spec = spec_of("");
        struct im_table *table = open_table(&spec);
        by_value(table);
        by_day(table);
        by_place(table);
        by_event(table);
    }
}

static const char *told(struct im_spec *spec) {
    struct im_buf text;
    struct incmap_error err;
    im_buf_init(&text, arena, (size_t)1 << 20);
    assert_int_equal(im_table_tell(arena, open_table(spec), spec, 0, &text, &err),
                     INCMAP_OK);
    return text.data;
}

static void put_file(const char *text) {
    struct incmap_error err;
    assert_int_equal(im_file_write(file, text, strlen(text), &err), INCMAP_OK);
}

/* The text for digests follows the rows that are read, and those alone. */
static void the_account(void **state) {
    (void)state;
    struct im_spec spec = spec_of("type=a");
    put_file("type,lat,lon\na,40,45\nb,41,46\n");
    const char *first = told(&spec);
    put_file("type,lat,lon\na,40,45\nb,41,47\n");
    assert_string_equal(first, told(&spec));
    put_file("type,lat,lon\na,40,45\nb,41,46\nb,1,1\n");
    assert_string_equal(first, told(&spec));
    put_file("type,lat,lon\na,40,44\nb,41,46\n");
    assert_string_not_equal(first, told(&spec));
    put_file("type,lat,lon\nb,41,46\na,40,45\n"); // another line
    assert_string_not_equal(first, told(&spec));
    put_file("type,lat,lon\na,40,45\nb,41,46\na,1,1\n");
    assert_string_not_equal(first, told(&spec));
    put_file("kind,type,lat,lon\n,a,40,45\n,b,41,46\n");
    assert_string_not_equal(first, told(&spec));
    put_file("type,lat,lon\na,40,45\nb,41\n"); // a broken row is told by the figure
    assert_string_not_equal(first, told(&spec));
}

static int setup(void **state) {
    snprintf(file, sizeof file, "table-%d.csv", (int)getpid());
    return arena_setup(state);
}

static int teardown(void **state) {
    unlink(file);
    return arena_teardown(state);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_those_of_a_plain_look),
        cmocka_unit_test(the_account),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
