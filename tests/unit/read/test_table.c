/*
 * Rows chosen through the indexes of a shared table are those that a plain look at
 * every row chooses: made-up tables, with and without ids, coordinates and dates, small
 * enough to be kept whole and large enough not to be.
 */
#include "base/buf.h"
#include "base/file.h"
#include "help/arena.h"
#include "help/incidents.h"

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

static size_t rows_where(struct im_table *table, const char *where) {
    struct im_events events;
    struct im_spec spec = spec_of(where);
    return events_of(table, &spec, &events);
}

/* Thousands of values, and more columns than are kept sorted. */
static void many_values_and_columns(void **state) {
    (void)state;
    enum { MANY = 6000, VALUES = 4000, COLUMNS = 80 };
    struct im_buf b;
    im_buf_init(&b, arena, (size_t)64 << 20);
    im_buf_str(&b, "type,lat,lon");
    for (int k = 0; k < COLUMNS; k++) {
        im_buf_fmt(&b, ",c%d", k);
    }
    for (int i = 0; i < MANY; i++) {
        im_buf_fmt(&b, "\nT%d,40,45", i % VALUES);
        for (int k = 0; k < COLUMNS; k++) {
            im_buf_fmt(&b, ",%d", (i + k) % (k + 2));
        }
    }
    im_buf_str(&b, "\n");
    put_file(b.data);
    struct im_spec spec = spec_of("");
    struct im_table *table = open_table(&spec);
    for (int i = 0; i < VALUES + 50; i += 7) {
        size_t want = i < MANY - VALUES ? 2 : i < VALUES ? 1 : 0;
        assert_int_equal(rows_where(table, im_format(arena, "type=t%d", i)), want);
    }
    for (int k = 0; k < 2 * COLUMNS; k++) { // each of them twice
        int column = k % COLUMNS, n = 0;
        for (int i = 0; i < MANY; i++) {
            n += (i + column) % (column + 2) == 1;
        }
        assert_int_equal(rows_where(table, im_format(arena, "c%d=1", column)), n);
    }
}

/* Lines that end in a carriage return alone, more than a small index has room for. */
static void old_line_ends(void **state) {
    (void)state;
    enum { MANY = 3000 };
    struct im_buf b;
    im_buf_init(&b, arena, (size_t)1 << 20);
    im_buf_str(&b, "event_id,lat,lon");
    for (int i = 0; i < MANY; i++) {
        im_buf_fmt(&b, "\rE%d,40,45", i);
    }
    im_buf_str(&b, "\r");
    put_file(b.data);
    struct im_events events;
    struct im_spec spec = spec_of("");
    assert_int_equal(events_of(open_table(&spec), &spec, &events), MANY);
    assert_int_equal(events.n, MANY);
    assert_string_equal(events.v[MANY - 1].id, "E2999");
}

static size_t rows_between(const char *text, struct im_date from, struct im_date to) {
    struct im_events events;
    struct im_spec spec = spec_of("");
    put_file(text);
    struct im_table *table = open_table(&spec);
    spec.from = from;
    spec.to = to;
    return events_of(table, &spec, &events);
}

/* Its rows together say on which days an event can fall. */
static void an_event_has_the_days_of_all_its_rows(void **state) {
    (void)state;
    const char *text = "event_id,date,date_end,lat,lon\n"
                       "a,2020-03-01,,40,45\n"
                       "b,2019-01-01,,40,45\n"
                       "a,,2020-06-20,40,45\n";
    struct im_date may[] = {{2020, 5, 1}, {2020, 5, 31}};
    struct im_date july[] = {{2020, 7, 1}, {2020, 7, 31}};
    assert_int_equal(rows_between(text, may[0], may[1]), 2);
    assert_int_equal(rows_between(text, july[0], july[1]), 0);
}

/* A later row tells that months come first: then 03/04 was the fourth of March. */
static void order_of_dates_is_that_of_the_table(void **state) {
    (void)state;
    struct im_events events;
    struct im_spec spec = spec_of("");
    spec.from = (struct im_date){2020, 3, 1};
    spec.to = (struct im_date){2020, 3, 31};
    put_file("date,lat,lon\n03/04/2020,40,45\n12/25/2020,41,46\n");
    assert_int_equal(events_of(open_table(&spec), &spec, &events), 1);
    assert_int_equal(events.v[0].date.month, 3);
    assert_int_equal(events.v[0].date.day, 4);
}

/* A second table's events come after the first's. */
static void tables_come_one_after_the_other(void **state) {
    (void)state;
    struct im_spec spec = spec_of("");
    struct im_findings findings;
    struct incmap_error err;
    struct im_events events = {0};
    im_findings_init(&findings, arena);
    for (int table = 0; table < 4; table++) {
        struct im_buf b;
        im_buf_init(&b, arena, (size_t)1 << 20);
        im_buf_str(&b, "event_id,lat,lon\n");
        for (int i = 0; i < 7 + 40 * table; i++) {
            im_buf_fmt(&b, "%d-%d,40,45\n", table, i);
        }
        put_file(b.data);
        assert_int_equal(incidents_read(arena, &spec, 0, &events, &findings, &err),
                         INCMAP_OK);
    }
    size_t at = 0;
    for (int table = 0; table < 4; table++) {
        for (int i = 0; i < 7 + 40 * table; i++) {
            assert_string_equal(events.v[at++].id, im_format(arena, "%d-%d", table, i));
        }
    }
    assert_int_equal(events.n, at);
}

/* Rows that the filter leaves out are no fault of the table, broken ones beside them
 * or not. */
static void nothing_passes_the_filter(void **state) {
    (void)state;
    struct im_events events;
    struct im_spec spec = spec_of("type=z");
    put_file("type,lat,lon\na,40,45\nb,41\n");
    assert_int_equal(events_of(open_table(&spec), &spec, &events), 0);
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
        cmocka_unit_test(many_values_and_columns),
        cmocka_unit_test(old_line_ends),
        cmocka_unit_test(an_event_has_the_days_of_all_its_rows),
        cmocka_unit_test(order_of_dates_is_that_of_the_table),
        cmocka_unit_test(tables_come_one_after_the_other),
        cmocka_unit_test(nothing_passes_the_filter),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
