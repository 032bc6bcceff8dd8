/* Whose land is it: the tables of contested territories and of villages near borders.
 */
#include "basemap/basemap.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct im_arena *arena;
static struct im_geodata *geodata;

static int setup(void **state) {
    (void)state;
    const char *dir = getenv("INCMAP_DATA");
    struct incmap_error err = {0};
    arena = im_arena_new((size_t)1 << 28);
    if (im_geodata_open(arena, dir ? dir : "geodata", &geodata, &err) != INCMAP_OK) {
        print_error("%s\n", err.message);
        return -1;
    }
    return 0;
}

static int teardown(void **state) {
    (void)state;
    im_arena_free(arena);
    return 0;
}

// Cells of the next row of a table that is no comment; 0 at the end.
static size_t next_row(FILE *file, char *line, size_t n, char **cell, size_t cap) {
    while (fgets(line, (int)n, file)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0') {
            continue;
        }
        size_t count = 0;
        for (char *s = line; s && count < cap; count++) {
            cell[count] = s;
            s = strchr(s, '\t');
            if (s) {
                *s++ = '\0';
            }
        }
        return count;
    }
    return 0;
}

static size_t wrong;

static void check(const char *name, struct im_lonlat p, const char *worldview,
                  const char *level, const char *want) {
    struct im_arena *scratch = im_arena_new((size_t)1 << 26);
    const char *got = im_geodata_owner(geodata, scratch, p, worldview, level);
    if (strcmp(got, want) != 0) {
        print_error("%s (%.4f %.4f), %s, %s: '%s', not '%s'\n", name, p.lon, p.lat,
                    worldview, level, got, want);
        wrong++;
    }
    im_arena_free(scratch);
}

static void test_contested_territories(void **state) {
    (void)state;
    FILE *file = fopen("tests/tables/borders.txt", "r");
    char line[1024], *cell[6];
    size_t rows = 0;
    assert_non_null(file);
    wrong = 0;
    while (next_row(file, line, sizeof line, cell, 6) >= 5) {
        struct im_lonlat p = {atof(cell[1]), atof(cell[2])};
        check(cell[0], p, "un", "world", cell[3]);
        check(cell[0], p, "de-facto", "world", cell[4]);
        rows++;
    }
    fclose(file);
    assert_true(rows > 30);
    assert_int_equal(wrong, 0);
}

static void test_villages(void **state) {
    (void)state;
    FILE *file = fopen("tests/tables/villages.txt", "r");
    char line[1024], *cell[6];
    size_t rows = 0, large_only = 0;
    assert_non_null(file);
    wrong = 0;
    while (next_row(file, line, sizeof line, cell, 6) >= 5) {
        struct im_lonlat p = {atof(cell[1]), atof(cell[2])};
        bool both = strcmp(cell[4], "both") == 0;
        check(cell[0], p, "un", "large", cell[3]);
        if (both) {
            check(cell[0], p, "un", "world", cell[3]);
        }
        large_only += !both;
        rows++;
    }
    fclose(file);
    print_message("%zu villages, %zu of them tested at the large level only\n", rows,
                  large_only);
    assert_true(rows > 30);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contested_territories),
        cmocka_unit_test(test_villages),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
