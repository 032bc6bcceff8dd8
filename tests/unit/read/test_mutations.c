/*
 * Map files and tables with bytes changed, cut, doubled and swapped, always in the same
 * way: each must be read or refused with a message, never crash (the sanitized build
 * watches).
 */
#include "base/file.h"
#include "base/utf8.h"
#include "help/incidents.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROUNDS = 3000, LONGEST = 4000 };

static char folder[] = "/tmp/incmap-test-XXXXXX";
static char path[64];

static const char *const maps[] = {
    "title: \"A: b\"\nas_of: 2020-07-16\nsize: 1600x1200\nextent:\n  around: [Tovuz, "
    "Movses]\n"
    "  margin: 8 km\nincidents:\n  - file: t.csv\n    columns: {place: Ort}\n"
    "    where: a=b\noverlays: [pipelines, 'x:line']\ncorridors: [{around: pipelines, "
    "distance: 15}]\nfurniture: {legend: off, credits: us}\nstyle: {a: {b: 1}}\n"
    "output: [a.png]\n",
    "{\"title\": \"\\u0041\", \"extent\": {\"bbox\": [1, 2, 3, 4]}, \"labels\": "
    "{\"max\": 3}}",
};

static const char *const tables[] = {
    "event_id,date,place,lat,lon,killed1,fatalities,evidence,claimant\n"
    "1,2020-07-12,\"A, \"\"b\"\"\",41.2,45.6,3-5,,claimed,Us\n"
    "1,12/07/2020,A,\"41\xC2\xB0 12' N\",45 36 E,10+,7,disputed,Them\n"
    ",12 July 2020,\"41.2,45.6\",,,,\"1,200\",,\n",
    "\xEF\xBB\xBFOrt;lat;lon\r\nA;41,2;45,6\r\n;;\r\n\"x\r\ny\";1;2\r\n",
};

static uint64_t next_random(uint64_t *state) {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static size_t below(uint64_t *state, size_t n) {
    return n == 0 ? 0 : (size_t)(next_random(state) >> 33) % n;
}

/* One change; the result stays below LONGEST. */
static size_t change(char *s, size_t n, uint64_t *seed) {
    static const char tokens[] = "\",;\t\n\r:[]{}-#&*!|>'%@`\\~=?\0\xFF\xC3 0";
    size_t at = below(seed, n), len = below(seed, n - at > 40 ? 40 : n - at);
    switch (below(seed, 6)) {
    case 0:
        if (n > 0) {
            s[at] = (char)next_random(seed);
        }
        return n;
    case 1:
        if (n > 0) {
            s[at] = tokens[below(seed, sizeof tokens - 1)];
        }
        return n;
    case 2: // cut out
        memmove(s + at, s + at + len, n - at - len);
        return n - len;
    case 3: // cut off
        return n - below(seed, n / 4 + 1);
    case 4: // double
        if (n + len > LONGEST) {
            return n;
        }
        memmove(s + at + len, s + at, n - at);
        return n + len;
    default:
        if (n + 1 > LONGEST) {
            return n;
        }
        memmove(s + at + 1, s + at, n - at);
        s[at] = tokens[below(seed, sizeof tokens - 1)];
        return n + 1;
    }
}

static size_t mutant(const char *sample, char *out, uint64_t *seed) {
    size_t n = strlen(sample);
    memcpy(out, sample, n);
    for (size_t k = 1 + below(seed, 5); k > 0; k--) {
        n = change(out, n, seed);
    }
    return n;
}

static void expect_told(enum incmap_status status, const struct incmap_error *err) {
    if (status != INCMAP_OK) {
        assert_true(status == INCMAP_E_INPUT || status == INCMAP_E_USAGE);
        assert_int_equal(err->status, status);
        assert_true(err->message[0] != '\0');
        for (const char *p = err->message; *p != '\0'; p++) {
            assert_true((unsigned char)*p >= 0x20);
        }
        assert_true(im_utf8_valid(err->message, strlen(err->message)));
    }
}

static void put(const char *text, size_t n) {
    FILE *f = fopen(path, "wb"); // im_file_write would flush to disk each time
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static void map_files(void **state) {
    (void)state;
    uint64_t seed = 1;
    size_t good = 0;
    for (int i = 0; i < ROUNDS; i++) {
        char text[LONGEST + 1];
        size_t n = mutant(maps[i % 2], text, &seed);
        struct im_arena *arena = im_arena_new((size_t)64 << 20);
        struct im_spec spec;
        struct incmap_error err;
        im_spec_init(&spec);
        im_error_clear(&err);
        put(text, n);
        enum incmap_status status = im_spec_read(arena, path, &spec, &err);
        expect_told(status, &err);
        good += status == INCMAP_OK;
        im_arena_free(arena);
    }
    assert_true(good > 50 && good < ROUNDS - 50); // both ends are reached
}

static void settings(void **state) {
    (void)state;
    static const char *const keys[] = {
        "title",    "extent.bbox",       "incidents.0.columns.place",
        "overlays", "incidents",         "style.a.b",
        "output.0", "furniture.credits", "corridors.0.distance",
        "size"};
    uint64_t seed = 2;
    for (int i = 0; i < ROUNDS; i++) {
        char key[LONGEST + 1], value[LONGEST + 1];
        size_t n = mutant(keys[i % 10], key, &seed);
        key[n] = '\0';
        n = mutant("{file: x, size: [1, 2], a.b: 'c'}", value, &seed);
        value[n] = '\0';
        struct im_arena *arena = im_arena_new((size_t)64 << 20);
        struct im_spec spec;
        struct incmap_error err;
        im_spec_init(&spec);
        im_error_clear(&err);
        enum incmap_status status =
            im_spec_set(arena, &spec, i % 3 == 0 ? keys[i % 10] : key, value, &err);
        expect_told(status, &err);
        im_arena_free(arena);
    }
}

static void incident_tables(void **state) {
    (void)state;
    uint64_t seed = 3;
    size_t good = 0;
    for (int i = 0; i < ROUNDS; i++) {
        char text[LONGEST + 1];
        size_t n = mutant(tables[i % 2], text, &seed);
        struct im_arena *arena = im_arena_new((size_t)64 << 20);
        struct im_spec spec;
        const char *from[] = {"place"}, *to[] = {"Ort"};
        struct im_spec_incidents set = {.file = path, .where = ""};
        set.column_from = from;
        set.column_to = to;
        set.column_count = (size_t)(i % 2);
        im_spec_init(&spec);
        spec.incidents = &set;
        spec.incident_count = 1;
        struct im_events events = {NULL, 0, 0};
        struct im_findings findings;
        struct incmap_error err;
        im_findings_init(&findings, arena);
        im_error_clear(&err);
        put(text, n);
        enum incmap_status status =
            incidents_read(arena, &spec, 0, &events, &findings, &err);
        expect_told(status, &err);
        good += status == INCMAP_OK;
        for (size_t k = 0; k < events.n; k++) {
            const struct im_event *e = &events.v[k];
            assert_true(e->claim_count > 0 && e->row.line > 0);
            assert_true(!e->has_coordinates ||
                        (e->given.lat >= -90 && e->given.lat <= 90));
        }
        im_arena_free(arena);
    }
    assert_true(good > 50 && good < ROUNDS - 50);
}

static int setup(void **state) {
    (void)state;
    if (mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(path, sizeof path, "%s/m", folder);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    unlink(path);
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(map_files),
        cmocka_unit_test(settings),
        cmocka_unit_test(incident_tables),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
