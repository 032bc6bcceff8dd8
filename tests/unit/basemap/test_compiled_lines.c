#define _DEFAULT_SOURCE // realpath, mkdtemp
/* The compiled form of the bundled tables and lines says what they say, and is passed
 * over where it is damaged or not of them. */
#include "basemap/compiled.h"
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
static const char *bundled;
static char folder[] = "/tmp/incmap-lines-XXXXXX";
static struct im_bytes whole; /* the compiled form as it was built */

static const char *in_folder(const char *name) {
    return im_path_join(arena, folder, name);
}

static void write_compiled(const char *data, size_t n) {
    FILE *file = fopen(in_folder(IM_COMPILED_NAME), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
}

static struct im_geodata *opened(const char *dir) {
    struct im_geodata *g = NULL;
    struct incmap_error err = {.record = -1};
    assert_int_equal(im_geodata_open(arena, dir, &g, &err), INCMAP_OK);
    return g;
}

static void link_source(const char *name) {
    char path[4096];
    assert_non_null(realpath(im_path_join(arena, bundled, name), path));
    assert_int_equal(symlink(path, in_folder(name)), 0);
}

static const char *const others[] = {"lines-caucasus.shx", "lines-caucasus.prj",
                                     "lines-caucasus.cpg", "lines-world.shx",
                                     "lines-world.prj",    "lines-world.cpg"};

static int setup(void **state) {
    (void)state;
    const char *dir = getenv("INCMAP_DATA");
    arena = im_arena_new((size_t)1 << 30);
    bundled = dir != NULL ? dir : "geodata";
    if (mkdtemp(folder) == NULL ||
        im_file_map(arena, im_path_join(arena, bundled, IM_COMPILED_NAME),
                    INCMAP_E_GEODATA, &whole, NULL) != INCMAP_OK) {
        return 1;
    }
    for (int i = 0; i < IM_COMPILED_SOURCES; i++) {
        link_source(im_compiled_source(i));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        link_source(others[i]);
    }
    return 0;
}

static int teardown(void **state) {
    (void)state;
    for (int i = 0; i < IM_COMPILED_SOURCES; i++) {
        unlink(in_folder(im_compiled_source(i)));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        unlink(in_folder(others[i]));
    }
    unlink(in_folder(IM_COMPILED_NAME));
    rmdir(folder);
    im_arena_free(arena);
    return 0;
}

static void tables_are_the_same(void **state) {
    (void)state;
    unlink(in_folder(IM_COMPILED_NAME));
    const struct im_geodata *a = opened(bundled), *b = opened(folder);
    assert_non_null(a->compiled);
    assert_null(b->compiled);
    assert_int_equal(a->unit_count, b->unit_count);
    assert_int_equal(a->owner_count, b->owner_count);
    assert_int_equal(a->id_count, b->id_count);
    assert_memory_equal(a->unit_of_id, b->unit_of_id, a->id_count * sizeof(int));
    for (size_t i = 0; i < a->owner_count; i++) {
        assert_string_equal(a->owners[i].code, b->owners[i].code);
        assert_string_equal(a->owners[i].name, b->owners[i].name);
    }
    for (size_t i = 0; i < a->unit_count; i++) {
        const struct im_unit *u = &a->units[i], *v = &b->units[i];
        assert_int_equal(u->id, v->id);
        assert_memory_equal(u->owner, v->owner, sizeof u->owner);
        assert_string_equal(im_unit_text(a, u->code), im_unit_text(b, v->code));
        assert_string_equal(im_unit_text(a, u->name), im_unit_text(b, v->name));
        assert_true(im_unit_area_km2(a, (int)i) == im_unit_area_km2(b, (int)i));
    }
}

static void assert_same_arc(const struct im_level *a, const struct im_level *b,
                            size_t i) {
    const struct im_arc_info *p = im_arc_look(a, i), *q = im_arc_look(b, i);
    assert_int_equal(p->left, q->left);
    assert_int_equal(p->right, q->right);
    assert_memory_equal(p->line_class, q->line_class, sizeof p->line_class);
    assert_true(p->accuracy_m == q->accuracy_m);
    assert_memory_equal(&p->box, &q->box, sizeof p->box);
    assert_memory_equal(&p->from, &q->from, sizeof p->from);
    assert_memory_equal(&p->to, &q->to, sizeof p->to);
}

static void assert_same_line(const struct im_level *a, const struct im_level *b,
                             size_t i) {
    struct im_line p, q;
    assert_true(im_level_line(a, i, arena, &p));
    assert_true(im_level_line(b, i, arena, &q));
    assert_int_equal(p.n, q.n);
    assert_memory_equal(p.v, q.v, p.n * sizeof *p.v);
}

/* Each arc is in the list of the units on its hands, once, and in no other. */
static void assert_lists_hold(const struct im_level *l, size_t units) {
    size_t sides = 0;
    for (size_t i = 0; i < l->n; i++) {
        const struct im_arc_info *a = &l->arcs[i];
        sides +=
            (size_t)(a->left >= 0) + (size_t)(a->right >= 0 && a->right != a->left);
    }
    assert_int_equal(l->first_arc[0], 0);
    assert_int_equal(l->first_arc[units], sides);
    for (size_t u = 0; u < units; u++) {
        for (size_t k = l->first_arc[u]; k < l->first_arc[u + 1]; k++) {
            const struct im_arc_info *a = &l->arcs[l->unit_arcs[k]];
            assert_true(a->left == (int)u || a->right == (int)u);
            assert_true(k == l->first_arc[u] || l->unit_arcs[k - 1] < l->unit_arcs[k]);
        }
    }
}

static void levels_are_the_same(void **state) {
    (void)state;
    unlink(in_folder(IM_COMPILED_NAME));
    const struct im_geodata *g = opened(bundled), *h = opened(folder);
    for (int number = 0; number < IM_LEVELS; number++) {
        struct im_level *a = NULL, *b = NULL;
        assert_int_equal(im_level_open(g, number, &a, NULL), INCMAP_OK);
        assert_int_equal(im_level_open(h, number, &b, NULL), INCMAP_OK);
        assert_null(a->found); // nothing was read
        assert_non_null(b->found);
        assert_true(a->n > 100);
        assert_int_equal(a->n, b->n);
        for (size_t i = 0; i < a->n; i++) {
            assert_same_arc(a, b, i);
        }
        for (size_t i = 0; i < a->n; i += 97) {
            assert_same_line(a, b, i);
        }
        assert_memory_equal(a->shelf, b->shelf,
                            (a->n / IM_SHELF + 1) * sizeof *a->shelf);
        assert_memory_equal(a->unit_box, b->unit_box,
                            g->unit_count * sizeof *a->unit_box);
        assert_memory_equal(a->unit_cut, b->unit_cut, g->unit_count);
        assert_memory_equal(a->first_arc, b->first_arc,
                            (g->unit_count + 1) * sizeof *a->first_arc);
        assert_memory_equal(a->unit_arcs, b->unit_arcs,
                            a->first_arc[g->unit_count] * sizeof *a->unit_arcs);
        assert_lists_hold(a, g->unit_count);
    }
}

/* The tables are read, and say what they did. */
static void assert_passed_over(const char *why) {
    const struct im_geodata *g = opened(folder);
    if (g->compiled != NULL) {
        fail_msg("used although %s", why);
    }
    assert_true(g->unit_count > 1000 && im_owner_index(g, "AZ") >= 0);
}

static void damage_is_noticed(void **state) {
    (void)state;
    char *copy = im_alloc(arena, whole.n, 1);
    memcpy(copy, whole.data, whole.n);
    write_compiled(copy, whole.n);
    assert_non_null(opened(folder)->compiled);
    const size_t head = sizeof(struct im_compiled_header), step = whole.n / 11;
    for (size_t at = 0; at < whole.n; at += at < head ? 8 : step) {
        copy[at] ^= 0x10;
        write_compiled(copy, whole.n);
        assert_passed_over("a bit is not what it was");
        copy[at] ^= 0x10;
    }
    for (size_t n = 0; n < whole.n; n += step) {
        write_compiled(copy, n);
        assert_passed_over("its end is missing");
    }
}

/* The first n bytes of the table as units.tsv, in a file of its own. */
static void replace_units(struct im_bytes table, size_t n) {
    const char *path = in_folder("units.tsv");
    unlink(path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(table.data, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
}

static void another_source_is_noticed(void **state) {
    (void)state;
    struct im_bytes table;
    write_compiled(whole.data, whole.n);
    assert_int_equal(
        im_file_map(arena, in_folder("units.tsv"), INCMAP_E_GEODATA, &table, NULL),
        INCMAP_OK);
    replace_units(table, table.n);
    assert_non_null(opened(folder)->compiled);
    replace_units(table, table.n - 1); // its last newline
    assert_passed_over("a table is shorter");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_the_same),
        cmocka_unit_test(levels_are_the_same),
        cmocka_unit_test(damage_is_noticed),
        cmocka_unit_test(another_source_is_noticed),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
