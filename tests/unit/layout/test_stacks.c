/* Many incidents at one place: one symbol with their number, which tells of all. */
#include "help/growth.h"
#include "help/stage.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct stage s;

static struct im_event *add(double x, double killed, const char *type) {
    return stage_add(
        &s, (struct stage_incident){x, 0.6, killed, type, "Movses", IM_CONFIRMED});
}

static void add_many(size_t n, double x, double killed, const char *type) {
    for (size_t i = 0; i < n; i++) {
        add(x, killed, type);
    }
}

/* Others, each at a place of its own, so that the map has no numbers. */
static void add_others(size_t n) {
    for (size_t i = 0; i < n; i++) {
        stage_add(&s, (struct stage_incident){0.1 + 0.05 * (double)i, 0.9, 1, "clash",
                                              "Else", IM_CONFIRMED});
    }
}

static struct im_spec_incidents set;
static void wish(const char *overlap) {
    set = (struct im_spec_incidents){.overlap = overlap};
    s.spec.incidents = &set;
    s.spec.incident_count = 1;
}

/* What the outputs are told of an item. */
static struct im_item told(const struct im_item *item) {
    struct im_item out = *item;
    if (out.tell != NULL) {
        out.tell(out.subject, &out);
    }
    return out;
}

/* Items of the incidents whose id begins so; the last of them. */
static size_t with_id(const char *start, struct im_item *last) {
    const struct im_layer *l = stage_layer(&s, "incidents");
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++) {
        struct im_item item = told(&l->items[i]);
        if (item.id != NULL && strncmp(item.id, start, strlen(start)) == 0) {
            *last = item;
            n++;
        }
    }
    return n;
}

/* Parts of rings: their lines of text over all, their number. */
static size_t parts(size_t *lines, im_rgba fills[8]) {
    const struct im_layer *l = stage_layer(&s, "incidents");
    size_t n = 0;
    *lines = 0;
    for (size_t i = 0; i < l->n; i++) {
        struct im_item item = told(&l->items[i]);
        if (item.kind != IM_ITEM_PATH || item.title == NULL) {
            continue;
        }
        fills[n++] = item.fill;
        *lines += 1;
        for (const char *c = item.title; *c != '\0'; c++) {
            *lines += *c == '\n';
        }
    }
    return n;
}

static const char *datum(const struct im_item *item, const char *name) {
    for (size_t i = 0; i < item->data_count; i++) {
        if (strcmp(item->data[i].name, name) == 0) {
            return item->data[i].value;
        }
    }
    return "";
}

static void one_symbol_tells_of_all(void **state) {
    (void)state;
    struct im_item item;
    add_many(18, 0.5, 1, "clash");
    add_many(2, 0.5, 1, "shelling");
    add_others(3);
    stage_run(&s);
    assert_int_equal(with_id("incident-", &item), 3);
    assert_int_equal(with_id("stack-", &item), 1);
    assert_string_equal(datum(&item, "incidents"), "20");
    assert_int_equal(strncmp(datum(&item, "rows"), "2 3 4 5 ", 8), 0);
    assert_non_null(strstr(datum(&item, "rows"), " 20 21"));
    assert_non_null(strstr(item.title, "Incidents: 20 (Clash 18, Shelling 2)"));
    assert_non_null(strstr(item.title, "20 killed (sum of the largest single claims)"));
    const struct im_item *number = stage_text(&s, "incidents", "20");
    assert_non_null(number);
    assert_string_equal(number->text, "20");
    size_t lines;
    im_rgba fills[8];
    assert_int_equal(parts(&lines, fills), 2);
    assert_int_equal(lines, 20);
    assert_true(fills[0] != fills[1]);
    assert_non_null(strstr(s.scene.description, "Incidents: 20 (Clash 18"));
    assert_non_null(strstr(s.scene.description, "Incidents: 23 (Clash 21"));
    assert_non_null(stage_text(&s, "legend", "Number of incidents at one place"));
    assert_non_null(stage_text(&s, "legend", "Shares of types at one place"));
    assert_non_null(stage_text(&s, "legend", "Clash (21)"));
}

static void sum_says_of_how_many(void **state) {
    (void)state;
    struct im_item item;
    add_many(18, 0.5, 1, "clash");
    add_many(2, 0.5, -1, "clash");
    add_others(3);
    stage_run(&s);
    assert_int_equal(with_id("stack-", &item), 1);
    const char *want = "18 killed (sum of the largest single claims; 18 of 20 "
                       "incidents state a figure)";
    assert_non_null(strstr(item.title, want));
    assert_non_null(strstr(s.scene.description, want));
}

/* The symbol of a stack of one kind. */
static struct im_item shape_of_stack(void) {
    const struct im_layer *l = stage_layer(&s, "incidents");
    for (size_t i = 0; i < l->n; i++) {
        struct im_item item = told(&l->items[i]);
        if (item.title != NULL && strchr(item.title, '\n') != NULL) {
            return item;
        }
    }
    return (struct im_item){.title = NULL};
}

static void one_kind_keeps_its_shape(void **state) {
    (void)state;
    add_many(16, 0.5, 1, "shelling");
    stage_run(&s);
    struct im_item item = shape_of_stack();
    assert_non_null(item.title);
    assert_int_equal(item.kind, IM_ITEM_SYMBOL);
    assert_int_equal(item.symbol, IM_DIAMOND);
    assert_null(stage_text(&s, "legend", "Shares of types at one place"));
}

/* Confirmed and claimed ones of one type are two kinds; so are two colours of sets. */
static void what_is_mixed_looks_mixed(void **state) {
    (void)state;
    static const enum im_evidence unsure[] = {IM_CLAIMED, IM_DISPUTED};
    for (size_t k = 0; k < 2; k++) {
        size_t lines;
        im_rgba fills[8];
        stage_end(&s);
        stage_begin(&s, 1600, 1200);
        add_many(12, 0.5, 1, "clash");
        for (int i = 0; i < 4; i++) {
            stage_add(
                &s, (struct stage_incident){0.5, 0.6, 1, "clash", "Movses", unsure[k]});
        }
        stage_run(&s);
        assert_int_equal(parts(&lines, fills), 2);
        assert_true(fills[0] != fills[1]);
        assert_int_equal(lines, 16);
    }
}

/* Areas stand for sums as those of single symbols for their values, unless the number
 * needs more, which the legend says. */
static void areas_are_true(void **state) {
    (void)state;
    add_many(16, 0.5, 4, "clash"); // 64
    add(0.9, 16, "clash");
    stage_run(&s);
    struct im_item single;
    assert_int_equal(with_id("incident-", &single), 1);
    double sum = shape_of_stack().radius, one = single.radius;
    assert_true(fabs(sum / one - 2) < 1e-6);
    assert_non_null(stage_text(&s, "legend", "Size: sum of these figures"));
    assert_null(stage_text(&s, "legend", "the same"));
    stage_teardown(state);
    stage_setup(state);
    add_many(16, 0.5, 0, "clash");
    add(0.9, 1, "clash");
    stage_run(&s);
    assert_int_equal(with_id("incident-", &single), 1);
    assert_true(shape_of_stack().radius > single.radius);
    assert_non_null(stage_text(&s, "legend", "at the smallest size"));
    stage_teardown(state);
    stage_setup(state);
    add_many(16, 0.5, -1, "clash"); // no figures: nothing is said of them
    add(0.9, -1, "clash");
    stage_run(&s);
    assert_null(stage_text(&s, "legend", "Size"));
    assert_null(stage_text(&s, "legend", "not stated"));
}

/* Of a set with symbols of one size nothing is summed up. */
static void fixed_ones_add_nothing(void **state) {
    for (size_t n = 0; n < 2; n++) {
        stage_teardown(state);
        stage_setup(state);
        static struct im_spec_incidents sets[2] = {{.size = "killed"},
                                                   {.size = "fixed"}};
        s.spec.incidents = sets;
        s.spec.incident_count = 2;
        add_many(15, 0.5, 4, "clash");
        for (size_t i = 0; i < 15; i++) {
            add(0.5, 9, "clash")->set = 1;
        }
        add(0.9, 15, "clash");
        sets[0].size = n == 0 ? "killed" : "fixed";
        stage_run(&s);
        double sum = shape_of_stack().radius;
        struct im_item single;
        assert_int_equal(with_id("incident-", &single), 1);
        assert_int_equal(fabs(sum / single.radius - 2) < 1e-6, n == 0);
        assert_int_equal(stage_text(&s, "legend", "Size: sum") != NULL, n == 0);
    }
}

static size_t stacks(void) {
    struct im_item item;
    return with_id("stack-", &item);
}

/* Eight numbered symbols read well round one spot, nine are one; the list and its
 * numbers stay. */
static void numbered_ones(void **state) {
    for (size_t n = 8; n <= 9; n++) {
        stage_teardown(state);
        stage_setup(state);
        add_many(4, 0.5, 1, "clash");
        add_others(2);
        add_many(n - 4, 0.5, 1, "clash");
        stage_run(&s);
        assert_true(s.page.has_list);
        assert_int_equal(stacks(), n == 9);
        const struct im_item *range = stage_text(&s, "labels", "1\u20134, 7\u2013");
        assert_int_equal(range != NULL, n == 9);
        char last[8] = {'1', (char)('0' + (n + 2) % 10), '\0'};
        assert_non_null(stage_text(&s, "list", last));
    }
    assert_string_equal(stage_text(&s, "labels", "1\u2013")->text,
                        "1\u20134, 7\u201311");
}

static void as_wished(void **state) {
    static const struct {
        const char *overlap;
        size_t n, stacks;
    } rows[] = {{"auto", 2, 0},      {"", 2, 0},      {"count", 2, 1}, {"count", 20, 1},
                {"displace", 20, 0}, {"keep", 20, 0}, {"", 20, 1},     {"auto", 20, 1},
                {"displace", 12, 0}, {"keep", 12, 0}, {"auto", 12, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stage_teardown(state);
        stage_setup(state);
        wish(rows[i].overlap);
        add_many(rows[i].n, 0.5, 1, "clash");
        stage_run(&s);
        assert_int_equal(stacks(), rows[i].stacks);
    }
}

/* keep: all upon each other, displace: none. */
static void kept_or_moved(void **state) {
    static const char *const words[] = {"keep", "displace"};
    for (size_t w = 0; w < 2; w++) {
        stage_teardown(state);
        stage_setup(state);
        wish(words[w]);
        add_many(5, 0.5, 1, "clash");
        stage_run(&s);
        const struct im_layer *l = stage_layer(&s, "incidents");
        size_t there = 0;
        for (size_t i = 0; i < l->n; i++) {
            struct im_item item = told(&l->items[i]);
            double d = hypot(item.at.x - s.marks[0].at.x, item.at.y - s.marks[0].at.y);
            there += item.id != NULL && d < 1e-9;
        }
        assert_int_equal(there, w == 0 ? 5 : 0);
    }
}

/* Beside a large sum the others are as small as they may be: the legend says so. */
static void small_ones_are_alike(void **state) {
    (void)state;
    add_many(40, 0.5, 20, "clash");
    add_others(3);
    stage_run(&s);
    assert_int_equal(stacks(), 1);
    assert_non_null(stage_text(&s, "legend", "up to 1"));
    stage_teardown(state);
    stage_setup(state);
    add_others(3);
    stage_run(&s);
    assert_null(stage_text(&s, "legend", "up to"));
}

/* Without numbers none is moved: that is said, of those that wished it. */
static void not_moved(void **state) {
    static const char *const words[] = {"keep", "displace"};
    for (size_t w = 0; w < 2; w++) {
        stage_teardown(state);
        stage_setup(state);
        wish(words[w]);
        add_many(40, 0.5, 1, "clash");
        stage_run(&s);
        assert_int_equal(stacks(), 0);
        assert_int_equal(stage_findings(&s, IM_F_STACK_HIDDEN), w);
    }
}

/* A town, and the district that has its middle there, are two places. */
static void areas_stand_apart(void **state) {
    (void)state;
    for (size_t i = 0; i < 20; i++) {
        struct im_event *e = add(0.5, 1, "clash");
        e->position.kind = i < 8 ? IM_AREA : IM_POINT;
        e->position.area = i < 4 ? "u:1" : "u:2";
    }
    stage_run(&s);
    assert_int_equal(stacks(), 3);
}

/* On a crowded map the smaller ones give way, which is said. */
static void a_crowd(void **state) {
    (void)state;
    stage_end(&s);
    stage_begin(&s, 640, 480);
    for (size_t i = 0; i < 200; i++) {
        double x = 0.05 + 0.0045 * (double)(i / 2);
        double y = 0.05 + 0.09 * (double)(i / 2 % 10);
        stage_add(&s, (struct stage_incident){x, y, 1, "clash", "", IM_CONFIRMED});
    }
    add_many(60, 0.95, 1, "clash");
    add_many(3, 0.7, 1, "clash");
    stage_run(&s);
    assert_int_equal(stacks(), 2);
    assert_int_equal(stage_findings(&s, IM_F_STACK_HIDDEN), 1);
    size_t i = 0;
    while (strcmp(s.findings.items[i].code, im_code_text(IM_F_STACK_HIDDEN)) != 0) {
        i++;
    }
    assert_non_null(strstr(s.findings.items[i].message, "100 incidents lie upon"));
    assert_non_null(stage_text(&s, "legend", "at one place (3 or more)"));
}

/* A symbol beside one must not cover its number: the stack moves, the other stays. */
static void neighbours_are_kept_clear_of(void **state) {
    (void)state;
    add_many(20, 0.5, 1, "clash");
    add(0.504, 1, "shelling");
    stage_run(&s);
    struct im_item stack, single;
    assert_int_equal(with_id("stack-", &stack), 1);
    assert_int_equal(with_id("incident-", &single), 1);
    double d = hypot(stack.at.x - single.at.x, stack.at.y - single.at.y);
    assert_true(d > shape_of_stack().radius + single.radius);
    assert_true(fabs(single.at.x - s.marks[20].at.x) < 1e-9);
}

/* The picture of a stack does not depend on the order of its rows. */
static void any_order(void **state) {
    struct im_arena *own = im_arena_new((size_t)1 << 24);
    struct im_buf dumps[2];
    for (size_t order = 0; order < 2; order++) {
        stage_teardown(state);
        stage_setup(state);
        im_buf_init(&dumps[order], own, 1 << 22);
        for (size_t i = 0; i < 18; i++) {
            size_t k = order == 0 ? i : 17 - i;
            add(0.5, (double)(k % 3), k < 5 ? "drone" : k < 9 ? "clash" : "protest");
        }
        stage_run(&s);
        const struct im_layer *l = stage_layer(&s, "incidents");
        for (size_t i = 0; i < l->n; i++) { // without what is told
            for (size_t k = 0; k < l->items[i].paths.n; k++) {
                im_buf_fmt(&dumps[order], " %zu", l->items[i].paths.v[k].n);
            }
            im_buf_fmt(&dumps[order], " %x %d %d", (unsigned)l->items[i].fill,
                       (int)lround(100 * l->items[i].at.x),
                       (int)lround(100 * l->items[i].radius));
        }
    }
    assert_string_equal(dumps[0].data, dumps[1].data);
    im_arena_free(own);
}

/* n places with an incident each, or with two that are asked to be counted. */
static void lay_out(size_t n, size_t each) {
    stage_begin(&s, 3200, 2400);
    wish(each > 1 ? "count" : "auto");
    for (size_t i = 0; i < n * each; i++) {
        double place = (double)(i / each);
        stage_add(&s, (struct stage_incident){0.02 + fmod(place * 0.618034, 0.96),
                                              0.02 + 0.96 * place / (double)n, 1,
                                              "clash", "Movses", IM_CONFIRMED});
    }
    add_many(each > 1 ? 0 : 12, 0.5, 1, "clash"); // a stack among them
    stage_run(&s);
    stage_end(&s);
}

static void one_stack_of_all(size_t n) {
    lay_out(n, 1);
}

static void a_stack_at_each(size_t n) {
    lay_out(n, 2);
}

/* What is near a stack, and which stacks are near each other, is not sought among all.
 */
static void time_is_linear_in_incidents(void **state) {
    (void)state;
    assert_true(growth_is_linear(one_stack_of_all, 8000));
    assert_true(growth_is_linear(a_stack_at_each, 4000));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        stage_test(one_symbol_tells_of_all),
        stage_test(sum_says_of_how_many),
        stage_test(one_kind_keeps_its_shape),
        stage_test(what_is_mixed_looks_mixed),
        stage_test(areas_are_true),
        stage_test(fixed_ones_add_nothing),
        stage_test(numbered_ones),
        stage_test(as_wished),
        stage_test(kept_or_moved),
        stage_test(small_ones_are_alike),
        stage_test(not_moved),
        stage_test(areas_stand_apart),
        stage_test(a_crowd),
        stage_test(neighbours_are_kept_clear_of),
        stage_test(any_order),
        cmocka_unit_test(time_is_linear_in_incidents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
