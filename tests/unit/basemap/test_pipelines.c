/* Facts about the bundled pipelines (tests/tables/pipelines.txt): lengths, places that
 * they pass, places that they keep away from, units (by their names in units.tsv) that
 * they pass through. */
#include "base/num.h"
#include "basemap/basemap.h"
#include "geodesy/geodesy.h"
#include "help/data.h"
#include "help/ground.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CELLS = 8 };

static struct im_features pipes;
static size_t facts, failures;

static int setup(void **state) {
    struct im_findings findings;
    struct incmap_error err = {.record = -1};
    struct im_spec_overlay spec = {.file = "pipelines"};
    if (geodata_setup(state) != 0) {
        return 1;
    }
    im_findings_init(&findings, arena);
    return (int)im_overlay_read(arena, geodata, &spec, &findings, &pipes, &err);
}

static double number(const char *text) {
    double v = 0;
    if (!im_num_parse(text, strlen(text), &v)) {
        fail_msg("'%s' is no number", text);
    }
    return v;
}

static struct im_lonlat place(const char *const *cell) {
    return (struct im_lonlat){number(cell[0]), number(cell[1])};
}

static const struct im_lines *pipe_of(const char *id) {
    static const char *const ids[] = {"btc", "scp",  "bte-tr", "tanap",
                                      "tap", "wrep", "nrep"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        if (strcmp(ids[i], id) == 0) {
            assert_true(i < pipes.n);
            return &pipes.v[i].geometry;
        }
    }
    fail_msg("no pipeline %s", id);
    return NULL;
}

static double length_km(const struct im_lines *pipe) {
    double sum = 0;
    for (size_t i = 0; i < pipe->n; i++) {
        sum += ground_length(&pipe->v[i]) / 1000;
    }
    return sum;
}

static double distance_km(const struct im_lines *pipe, struct im_lonlat p) {
    double best = INFINITY;
    for (size_t i = 0; i < pipe->n; i++) {
        best = fmin(best, im_distance_to_line(p, &pipe->v[i], NULL) / 1000);
    }
    return best;
}

/* Kilometres from the line's start to its point nearest to p. */
static double along_km(const struct im_line *line, struct im_lonlat p) {
    double before = 0, at = 0, best = INFINITY;
    for (size_t i = 1; i < line->n; i++) {
        struct im_line edge = {&line->v[i - 1], 2};
        struct im_lonlat foot;
        double d = im_distance_to_line(p, &edge, &foot);
        if (d < best) {
            best = d;
            at = before + im_distance(line->v[i - 1], foot);
        }
        before += im_distance(line->v[i - 1], line->v[i]);
    }
    return at / 1000;
}

static void split(char *line, const char *cell[CELLS]) {
    for (int i = 0; i < CELLS; i++) {
        cell[i] = line ? line : "";
        line = line ? strchr(line, '\t') : NULL;
        if (line != NULL) {
            *line++ = '\0';
        }
    }
}

/* Rings of the unit that units.tsv calls by that name in the country, as "AZ:Tovuz". */
static struct im_lines unit_named(const char *name) {
    struct im_lines rings = {0};
    char path[1024], line[1024], reference[32];
    bool found = false;
    snprintf(path, sizeof path, "%s/units.tsv", data_folder());
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (!found && fgets(line, sizeof line, f) != NULL) {
        const char *cell[CELLS];
        split(line, cell);
        found = strncmp(cell[1], name, 2) == 0 && name[2] == ':' &&
                strcmp(cell[6], name + 3) == 0;
        snprintf(reference, sizeof reference, "u:%.20s", cell[0]);
    }
    fclose(f);
    if (!found || !im_geodata_area(geodata, arena, reference, &rings)) {
        fail_msg("no unit %s", name);
    }
    return rings;
}

/* Vertices are at most a kilometre apart: one lies in every unit that matters. */
static bool passes(const struct im_lines *pipe, const struct im_lines *rings) {
    for (size_t i = 0; i < pipe->n; i++) {
        for (size_t k = 0; k < pipe->v[i].n; k++) {
            if (ground_has(rings, pipe->v[i].v[k])) {
                return true;
            }
        }
    }
    return false;
}

static void expect(bool holds, const char *const cell[CELLS], double got) {
    facts++;
    if (!holds) {
        failures++;
        print_error("%s %s %s %s %s %s: %.2f km\n", cell[0], cell[1], cell[2], cell[3],
                    cell[4], cell[5], got);
    }
}

static void near_figure(const char *const cell[CELLS], double got, const char *km,
                        const char *percent) {
    double want = number(km);
    expect(fabs(got - want) <= want * number(percent) / 100, cell, got);
}

static void ask(const char *const cell[CELLS]) {
    if (strcmp(cell[0], "length") == 0) {
        near_figure(cell, length_km(pipe_of(cell[1])), cell[2], cell[3]);
    } else if (strcmp(cell[0], "section") == 0) {
        const struct im_lines *pipe = pipe_of(cell[1]);
        assert_int_equal(pipe->n, 1);
        double from = along_km(&pipe->v[0], place(cell + 2));
        double to = along_km(&pipe->v[0], place(cell + 4));
        near_figure(cell, fabs(to - from), cell[6], cell[7]);
    } else if (strcmp(cell[0], "within") == 0) {
        double d = distance_km(pipe_of(cell[1]), place(cell + 2));
        expect(d <= number(cell[4]), cell, d);
    } else if (strcmp(cell[0], "beyond") == 0) {
        double d = distance_km(pipe_of(cell[1]), place(cell + 2));
        expect(d >= number(cell[4]), cell, d);
    } else if (strcmp(cell[0], "through") == 0) {
        struct im_lines rings = unit_named(cell[2]);
        expect(passes(pipe_of(cell[1]), &rings), cell, 0);
    } else {
        assert_string_equal(cell[0], "fact"); // the head of the table
    }
}

static void facts_hold(void **state) {
    (void)state;
    char line[1024];
    FILE *f = fopen("tests/tables/pipelines.txt", "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f) != NULL) {
        const char *cell[CELLS];
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] != '#' && line[0] != '\0') {
            split(line, cell);
            ask(cell);
        }
    }
    fclose(f);
    assert_true(facts >= 150);
    assert_int_equal(failures, 0);
}

static void every_pipeline_says_what_it_is(void **state) {
    (void)state;
    static const char *const key[] = {"name", "short_name", "substance", "source"};
    assert_int_equal(pipes.n, 7);
    for (size_t i = 0; i < pipes.n; i++) {
        assert_false(pipes.v[i].is_area);
        for (size_t k = 0; k < sizeof key / sizeof *key; k++) {
            if (im_feature_attr(&pipes.v[i], key[k])[0] == '\0') {
                fail_msg("pipeline %zu has no %s", i + 1, key[k]);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_hold),
        cmocka_unit_test(every_pipeline_says_what_it_is),
    };
    return cmocka_run_group_tests(tests, setup, arena_teardown);
}
