/* Incident tables: what arrives, what is told, what is refused. */
#include "base/buf.h"
#include "base/file.h"
#include "help/incidents.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct im_arena *arena;
static char folder[] = "/tmp/incmap-test-XXXXXX";
static char path[64];
static struct im_spec spec;
static struct im_spec_incidents sets[1];
static struct im_events events;
static struct im_findings findings;

static int setup(void **state) {
    (void)state;
    arena = im_arena_new((size_t)256 << 20);
    if (arena == NULL || mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(path, sizeof path, "%s/t.csv", folder);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    im_arena_free(arena);
    unlink(path);
    return rmdir(folder);
}

static int fresh(void **state) {
    (void)state;
    im_spec_init(&spec);
    sets[0] = (struct im_spec_incidents){.file = path, .where = ""};
    spec.incidents = sets;
    spec.incident_count = 1;
    events = (struct im_events){NULL, 0, 0};
    im_findings_init(&findings, arena);
    return 0;
}

static enum incmap_status read_table(const char *text, struct incmap_error *err) {
    fresh(NULL);
    im_error_clear(err);
    assert_int_equal(im_file_write(path, text, strlen(text), NULL), INCMAP_OK);
    return incidents_read(arena, &spec, 0, &events, &findings, err);
}

static void read_ok(const char *text) {
    struct incmap_error err;
    if (read_table(text, &err) != INCMAP_OK) {
        fail_msg("%u:%u %s", err.line, err.column, err.message);
    }
}

/* The only finding but notes is this one. */
static void expect_finding(const char *code, unsigned line, unsigned col,
                           const char *part) {
    size_t hits = 0;
    for (size_t i = 0; i < findings.n; i++) {
        const struct incmap_finding *f = &findings.items[i];
        if (f->severity == INCMAP_NOTE && strcmp(f->code, code) != 0) {
            continue;
        }
        if (strcmp(f->code, code) != 0 || f->line != line || f->column != col ||
            strstr(f->message, part) == NULL) {
            fail_msg("%s %u:%u %s", f->code, f->line, f->column, f->message);
        }
        assert_string_equal(f->file, path);
        hits++;
    }
    assert_int_equal(hits, 1);
}

static void expect_no_finding(void) {
    if (findings.n > 0) {
        fail_msg("%s", findings.items[0].message);
    }
}

static void all_columns_arrive(void **state) {
    (void)state;
    read_ok(
        "event_id,date,date_end,type,place,lat,lon,country,admin1,precision_km,side1,"
        "side2,killed1,killed2,wounded1,wounded2,fatalities,claimant,evidence,source,"
        "notes\n"
        "7,2020-07-12,2020-07-13,clash,Ağdam,41.2,45.6,AZ,Tovuz,5,A,B,3-5,0,,\"1,200\","
        "9,Us,Confirmed,S,N\n");
    expect_no_finding();
    assert_int_equal(events.n, 1);
    const struct im_event *e = &events.v[0];
    assert_string_equal(e->id, "7");
    assert_string_equal(e->type, "clash");
    assert_string_equal(e->place_text, "Ağdam");
    assert_string_equal(e->country, "AZ");
    assert_string_equal(e->admin1, "Tovuz");
    assert_string_equal(e->side[1], "B");
    assert_int_equal(e->date_end.day, 13);
    assert_true(e->has_coordinates && e->given.lat == 41.2 && e->given.lon == 45.6);
    assert_true(e->precision_km == 5);
    assert_int_equal(e->row.line, 2);
    assert_int_equal(e->row.col, 31);
    const struct im_claim *c = &e->claims[0];
    assert_true(c->killed[0].low == 3 && c->killed[0].best == 4 &&
                c->killed[0].high == 5);
    assert_true(c->killed[1].best == 0 && c->killed[1].high == 0);
    assert_true(c->wounded[0].best == -1);
    assert_true(c->wounded[1].best == 1200);
    assert_true(c->fatalities.best == 9);
    assert_int_equal(c->evidence, IM_CONFIRMED);
    assert_string_equal(c->claimant, "Us");
    assert_string_equal(c->notes, "N");
}

static void low_and_high_columns(void **state) {
    (void)state;
    read_ok("place;killed1_low;killed1;killed1_high;fatalities_low;fatalities_high\n"
            "A;1;2;6;4;9\nB;;2;;;7\n");
    expect_no_finding();
    const struct im_figure *k = &events.v[0].claims[0].killed[0];
    assert_true(k->low == 1 && k->best == 2 && k->high == 6);
    k = &events.v[0].claims[0].fatalities;
    assert_true(k->low == 4 && k->best == 6 && k->high == 9);
    k = &events.v[1].claims[0].fatalities;
    assert_true(k->low == 7 && k->best == 7 && k->high == 7);
}

static void claims_of_one_event(void **state) {
    (void)state;
    read_ok("event_id,date,place,claimant,killed1\n1,2020-07-12,A,Us,4\n2,2020-07-13,B,"
            "Us,1\n"
            "1,2020-07-12,A,Them,9\n,2020-07-14,C,Us,\n,2020-07-14,C,Us,\n");
    expect_no_finding();
    assert_int_equal(events.n, 4); // rows without id stand for themselves
    assert_int_equal(events.v[0].claim_count, 2);
    assert_string_equal(events.v[0].claims[1].claimant, "Them");
    assert_int_equal(events.v[0].claims[1].row.line, 4);
    const struct im_claim *who;
    assert_true(im_event_killed(&events.v[0], &who) == 9);
    assert_ptr_equal(who, &events.v[0].claims[1]);
}

static void contradictions_are_told(void **state) {
    (void)state;
    read_ok("event_id,date,place\n1,2020-07-12,A\n1,2020-07-12,B\n");
    assert_string_equal(events.v[0].place_text, "A");
    expect_finding("value-bad", 3, 1, "place 'B' here, but 'A' in line 2");
    read_ok("event_id,date,place\n1,2020-07-12,A\n1,2020-07-15,A\n");
    expect_finding("value-bad", 3, 1, "date 2020-07-15 here, but 2020-07-12 in line 2");
    read_ok("event_id,date,place\n1,,\n1,2020-07-15,A\n");
    expect_no_finding();
    assert_string_equal(events.v[0].place_text, "A");
    assert_int_equal(events.v[0].date.day, 15);
    assert_int_equal(events.v[0].row.line, 3);
    read_ok("event_id,lat,lon\n1,41,45\n1,42,45\n");
    expect_finding("value-bad", 3, 3, "42,45 here, but 41,45 in line 2");
}

static void dates_in_many_notations(void **state) {
    (void)state;
    static const char *const same[] = {
        "2020-07-12",        "20200712",
        "12 July 2020",      "12 Jul 2020",
        "July 12, 2020",     "12-Jul-2020",
        "12th July 2020",    "12.07.2020",
        "2020/07/12",        "12.7.2020",
        "2020-07-12T10:00Z", "12.07.2020 14:30",
        "Jul. 12, 2020",     "2020-07-12 10:00:00",
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        read_ok(im_format(arena, "place,date\nA,\"%s\"\n", same[i]));
        struct im_date d = events.v[0].date;
        if (findings.n > 0 || d.year != 2020 || d.month != 7 || d.day != 12) {
            fail_msg("%s -> %d-%d-%d", same[i], d.year, d.month, d.day);
        }
    }
    read_ok("place,date\nA,July 2020\n");
    assert_int_equal(events.v[0].date.month, 7);
    assert_int_equal(events.v[0].date.day, 0);
    static const char *const bad[] = {"31.02.2020", "12.07.20",    "yesterday",
                                      "12/13/14",   "2020-13-01",  "0.0.2020",
                                      "July",       "12 Juli 2020"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        read_ok(im_format(arena, "place,date\nA,%s\n", bad[i]));
        assert_false(im_date_is_set(events.v[0].date));
        expect_finding("value-bad", 2, 3, "is no date");
    }
}

/* What is refused says what to write, and the day that seems to be meant. */
static void advice_for_dates(void **state) {
    (void)state;
    static const struct {
        const char *text, *help;
    } cases[] = {
        {"44024", "is written 2020-07-12"},
        {"44024.5", "is written 2020-07-12"},
        {"36525", "is written 1999-12-31"},
        {"12.07.20", "four digits: 2020-07-12, if"},
        {"12.07.99", "four digits: 1999-07-12, if"},
        {"32.07.20", "four digits, and year-month-day"},
        {"12/13/14", "four digits, and year-month-day"},
        {"99999", "write year-month-day"},
        {"440240", "write year-month-day"},
        {"yesterday", "write year-month-day"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_ok(im_format(arena, "place,date\nA,%s\n", cases[i].text));
        expect_finding("value-bad", 2, 3, "is no date");
        if (strstr(findings.items[0].help, cases[i].help) == NULL) {
            fail_msg("%s: %s", cases[i].text, findings.items[0].help);
        }
    }
}

static void dates_of_the_far_future(void **state) {
    (void)state;
    read_ok("place,date,date_end\nA,2204-07-12,\n");
    expect_finding("date-far", 2, 3, "date '2204-07-12' lies in the far future");
    assert_int_equal(events.v[0].date.year, 2204);
    read_ok("place,date,date_end\nA,2020-07-12,2204-07-13\n");
    expect_finding("date-far", 2, 14, "date_end '2204-07-13' lies");
    read_ok("place,date\nA,2099-12-31\n");
    expect_no_finding();
}

static void slashes_are_decided_by_the_column(void **state) {
    (void)state;
    read_ok("place,date\nA,05/07/2020\nB,13/07/2020\n");
    expect_no_finding();
    assert_int_equal(events.v[0].date.month, 7);
    read_ok("place,date\nA,05/07/2020\nB,07/13/2020\n");
    assert_int_equal(events.v[0].date.month, 5);
    read_ok("place,date,date_end\nA,05/07/2020,13/07/2020\n");
    assert_int_equal(events.v[0].date.month, 7);
    read_ok("place,date\nA,05/07/2020\nB,07/07/2020\n");
    expect_finding("value-bad", 2, 3, "can be read day first or month first");
    assert_int_equal(events.v[1].date.day, 7);
    read_ok("place,date\nA,05/07/2020\nB,13/07/2020\nC,07/13/2020\n");
    expect_finding("value-bad", 2, 3, "can be read");
    assert_int_equal(events.v[2].date.day, 13);
    read_ok("place,date,date_end\nA,2020-07-12,2020-07-11\n");
    expect_finding("value-bad", 2, 14, "is before date");
}

static void coordinates(void **state) {
    (void)state;
    read_ok("lat;lon\n41,2;45,6\n");
    assert_true(events.v[0].given.lat == 41.2 && events.v[0].given.lon == 45.6);
    read_ok("coordinates\n\"41.2, 45.6\"\n");
    assert_true(events.v[0].given.lon == 45.6);
    read_ok("place\n\"41.2,45.6\"\nTovuz\n");
    assert_true(events.v[0].has_coordinates && events.v[0].place_text[0] == '\0');
    assert_false(events.v[1].has_coordinates);
    expect_no_finding();
    read_ok("place,lat,lon\nA,145.2,41.6\n");
    expect_finding("value-bad", 2, 3, "look exchanged");
    assert_true(!events.v[0].has_coordinates && events.v[0].refused);
    read_ok("place,lat,lon\nA,41.2,245.6\n");
    expect_finding("value-bad", 2, 8, "no longitude from -180 to 180");
    read_ok("place,lat,lon\nA,41.2,\n");
    expect_finding("value-bad", 2, 3, "lat without lon");
    read_ok("place,lat,lon\nA,0,0\n");
    expect_finding("value-bad", 2, 3, "0,0");
    read_ok("place,coordinates\nA,here\n");
    expect_finding("value-bad", 2, 3, "no pair");
}

static void values_that_are_told(void **state) {
    (void)state;
    static const struct {
        const char *column, *value, *part;
        double left;
    } cases[] = {
        {"killed1", "many", "is no number of people", -1},
        {"killed1", "-3", "is no number", -1},
        {"killed1", "5-3", "is no number", -1},
        {"killed1", "2.5", "is no number", -1},
        {"killed1", "10+", "is taken as 10", 10},
        {"killed1", "at least 12", "is taken as 12", 12},
        {"evidence", "rumour", "is not known", -1},
        {"precision_km", "far", "no distance", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_ok(im_format(arena, "place,%s\nA,%s\n", cases[i].column, cases[i].value));
        expect_finding("value-bad", 2, 3, cases[i].part);
        assert_true(events.v[0].claims[0].killed[0].best == cases[i].left);
    }
    read_ok("place,killed1\nA,unknown\nB,n/a\nC,3.0\nD,3 to 5\nE,3\xE2\x80\x93"
            "5\n");
    expect_no_finding();
    assert_true(events.v[2].claims[0].killed[0].best == 3);
    assert_true(events.v[4].claims[0].killed[0].high == 5);
}

static void rows_that_are_told(void **state) {
    (void)state;
    read_ok("place,date\nA\nB,2020\n");
    assert_int_equal(events.n, 1);
    expect_finding("row-bad", 2, 1, "1 field in a table of 2 columns");
    read_ok("place,date\n,2020\nB,2020\n");
    assert_int_equal(events.n, 2);
    assert_int_equal(events.v[0].position.kind, IM_NOT_MAPPABLE);
    expect_finding("not-placed", 2, 1, "names no place");
    read_ok("place,date\n");
    expect_finding("layer-empty", 0, 0, "no rows");
    read_ok("place,colour,plaec\nA,x,y\n");
    assert_int_equal(findings.n, 2);
    assert_string_equal(findings.items[0].code, "column-unknown");
    assert_int_equal(findings.items[0].column, 7);
    assert_non_null(strstr(findings.items[1].message, "'plaec' is not used"));
}

/* Words that a desk heads its columns with. */
static void words_of_a_desk(void **state) {
    (void)state;
    read_ok("Where,When,Category,Dead,Comment,Sources\n"
            "Berd,2020-07-12,clash,4,at night,AFP\n");
    const struct im_event *e = &events.v[0];
    assert_string_equal(e->place_text, "Berd");
    assert_int_equal(e->date.day, 12);
    assert_string_equal(e->type, "clash");
    assert_true(e->claims[0].fatalities.best == 4);
    assert_string_equal(e->claims[0].notes, "at night");
    assert_string_equal(e->claims[0].source, "AFP");
}

static void tables_that_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *text;
        unsigned line;
        const char *part;
    } cases[] = {
        {"", 0, "empty"},
        {"a,b\n1,2\n", 1, "neither 'place' nor 'lat' and 'lon'"},
        {"lat,date\n1,2\n", 1, "neither"},
        {"place,date\nA\nB,1,2\n", 0, "none of the 2 rows can be read"},
        {"place\n\xFF\n", 2, "not UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct incmap_error err;
        enum incmap_status status = read_table(cases[i].text, &err);
        if (status != INCMAP_E_INPUT || err.line != cases[i].line ||
            strstr(err.message, cases[i].part) == NULL) {
            fail_msg("%s -> %d %u %s", cases[i].text, (int)status, err.line,
                     err.message);
        }
    }
}

static void filters(void **state) {
    (void)state;
    static const struct {
        const char *where;
        size_t n;
    } cases[] = {{"type=CLASH", 1},    {"type != clash", 2}, {"type~sh", 3},
                 {"Art = x", 1},       {"type=", 0},         {"place~B", 1},
                 {"type==shelling", 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fresh(NULL);
        sets[0].where = cases[i].where;
        static const char text[] =
            "place,type,art\nA,clash,x\nB,shelling,y\nC,shelling,z\n";
        assert_int_equal(im_file_write(path, text, sizeof text - 1, NULL), INCMAP_OK);
        assert_int_equal(incidents_read(arena, &spec, 0, &events, &findings, NULL),
                         INCMAP_OK);
        assert_int_equal(events.n, cases[i].n);
    }
    struct incmap_error err;
    fresh(NULL);
    im_error_clear(&err);
    spec.where = "tpye=x";
    assert_int_equal(incidents_read(arena, &spec, 0, &events, &findings, &err),
                     INCMAP_E_INPUT);
    assert_non_null(strstr(err.message, "no column 'tpye'"));
}

static void columns_of_the_map_file(void **state) {
    (void)state;
    fresh(NULL);
    const char *from[] = {"place", "date"}, *to[] = {"Ort", "Wann"};
    sets[0].column_from = from;
    sets[0].column_to = to;
    sets[0].column_count = 2;
    static const char text[] = "Ort,Wann,place\nA,2020,B\n";
    assert_int_equal(im_file_write(path, text, sizeof text - 1, NULL), INCMAP_OK);
    assert_int_equal(incidents_read(arena, &spec, 0, &events, &findings, NULL),
                     INCMAP_OK);
    assert_string_equal(events.v[0].place_text, "A");
    assert_int_equal(events.v[0].date.year, 2020);
    struct incmap_error err;
    im_error_clear(&err);
    to[0] = "Otr";
    assert_int_equal(incidents_read(arena, &spec, 0, &events, &findings, &err),
                     INCMAP_E_INPUT);
    assert_non_null(strstr(err.message, "no column 'Otr' (nearest: 'Ort')"));
}

static void known_schemas(void **state) {
    (void)state;
    read_ok("EVENT_ID_CNTY,EVENT_DATE,EVENT_TYPE,SUB_EVENT_TYPE,ACTOR1,ACTOR2,REGION,"
            "COUNTRY,"
            "ADMIN1,LOCATION,LATITUDE,LONGITUDE,GEO_PRECISION,FATALITIES,NOTES\n"
            "AZE1,12 July 2020,Battles,Armed "
            "clash,A,B,Caucasus,Azerbaijan,Tovuz,Agdam,41,45.5"
            ",1,4,x\n");
    assert_string_equal(findings.items[0].code, "schema-guess");
    assert_non_null(strstr(findings.items[0].message, "an ACLED table: "));
    assert_string_equal(events.v[0].admin1, "Tovuz");
    assert_string_equal(events.v[0].type, "Battles");
    assert_string_equal(events.v[0].id, "AZE1");
    assert_true(events.v[0].given.lon == 45.5);
    read_ok(
        "id,type_of_violence,side_a,side_b,where_coordinates,adm_1,latitude,longitude,"
        "date_start,date_end,deaths_a,deaths_b,best,high,low\n"
        "5,1,A,B,Agdam,Tovuz,41,45,2020-07-12,2020-07-12,1,2,4,6,3\n");
    assert_non_null(strstr(findings.items[0].message, "a UCDP GED table: "));
    assert_string_equal(events.v[0].type, "state-based violence");
    const struct im_claim *c = &events.v[0].claims[0];
    assert_true(c->fatalities.low == 3 && c->fatalities.best == 4 &&
                c->fatalities.high == 6 && c->killed[1].best == 2);
    read_ok("id,place\n5,A\n5,B\n"); // a plain table's id is not an event_id
    assert_int_equal(events.n, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_columns_arrive),
        cmocka_unit_test(low_and_high_columns),
        cmocka_unit_test(claims_of_one_event),
        cmocka_unit_test(contradictions_are_told),
        cmocka_unit_test(dates_in_many_notations),
        cmocka_unit_test(slashes_are_decided_by_the_column),
        cmocka_unit_test(advice_for_dates),
        cmocka_unit_test(dates_of_the_far_future),
        cmocka_unit_test(coordinates),
        cmocka_unit_test(values_that_are_told),
        cmocka_unit_test(rows_that_are_told),
        cmocka_unit_test(words_of_a_desk),
        cmocka_unit_test(tables_that_are_refused),
        cmocka_unit_test(filters),
        cmocka_unit_test(columns_of_the_map_file),
        cmocka_unit_test(known_schemas),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
