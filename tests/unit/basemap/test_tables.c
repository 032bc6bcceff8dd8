/* Facts about the bundled borders: who owns what under each worldview, and on which
 * side of the line the villages near it lie. Tables in tests/tables. */
#include "base/num.h"
#include "basemap/basemap.h"
#include "help/data.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CELLS = 8 };

static size_t rows, failures, claims;

/* Call fn with the cells of every row that is no comment; "" for those that lack. */
static void each_row(const char *path, void (*fn)(const char *const cell[CELLS])) {
    char line[1024];
    FILE *f = fopen(path, "r");
    if (f == NULL) {
        fail_msg("cannot read %s", path);
    }
    rows = failures = 0;
    while (fgets(line, sizeof line, f) != NULL) {
        const char *cell[CELLS] = {"", "", "", "", "", "", "", ""};
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0') {
            continue;
        }
        char *p = line;
        for (int i = 0; p != NULL && i < CELLS; i++) {
            cell[i] = p;
            p = strchr(p, '\t');
            if (p != NULL) {
                *p++ = '\0';
            }
        }
        rows++;
        fn(cell);
    }
    fclose(f);
}

static double number(const char *text) {
    double v = 0;
    if (!im_num_parse(text, strlen(text), &v)) {
        fail_msg("'%s' is no number", text);
    }
    return v;
}

static void expect(const char *const cell[CELLS], const char *worldview,
                   const char *level, const char *owner) {
    struct im_lonlat p = {number(cell[1]), number(cell[2])};
    const char *got = im_geodata_owner(geodata, arena, p, worldview, level);
    if (strcmp(got, owner) != 0) {
        failures++;
        print_error("%s (%s, %s) under %s at level %s: '%s', not '%s'\n", cell[0],
                    cell[1], cell[2], worldview, level, got, owner);
    }
}

static void territory(const char *const cell[CELLS]) {
    expect(cell, "un", "world", cell[3]);
    expect(cell, "de-facto", "world", cell[4]);
    // claims: "RU=RU,UA=UA"
    for (const char *p = cell[6]; *p != '\0'; p += *p == ',') {
        char who[8] = "", owner[8] = "";
        int n = 0;
        assert_int_equal(sscanf(p, "%7[A-Z]=%7[A-Z]%n", who, owner, &n), 2);
        expect(cell, who, "world", owner);
        claims++;
        p += n;
    }
}

static void village(const char *const cell[CELLS]) {
    expect(cell, "un", "large", cell[3]);
    expect(cell, "un", "world", cell[3]);
}

static void territories_have_their_owners(void **state) {
    (void)state;
    each_row("tests/tables/borders.txt", territory);
    assert_true(rows > 50);
    assert_true(claims > 80);
    assert_int_equal(failures, 0);
}

static void villages_lie_in_their_countries(void **state) {
    (void)state;
    each_row("tests/tables/villages.txt", village);
    assert_true(rows > 140);
    assert_int_equal(failures, 0);
}

static void the_sea_has_no_owner(void **state) {
    (void)state;
    static const struct im_lonlat sea[] = {{-30, 0}, {50.9, 42.0}, {34, 43}};
    for (size_t i = 0; i < sizeof sea / sizeof *sea; i++) {
        assert_string_equal(im_geodata_owner(geodata, arena, sea[i], "un", "world"),
                            "");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(territories_have_their_owners),
        cmocka_unit_test(villages_lie_in_their_countries),
        cmocka_unit_test(the_sea_has_no_owner),
    };
    return cmocka_run_group_tests(tests, geodata_setup, arena_teardown);
}
