/* What is drawn of a stack: its numbers, its parts, its sample in the legend. */
#include "geo/inside.h"
#include "help/stage.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct stage s;
static struct im_spec_incidents set;

static struct im_event *add(double x) {
    return stage_add(
        &s, (struct stage_incident){x, 0.6, 1, "clash", "Movses", IM_CONFIRMED});
}

/* Numbers of the list that are no ranges are all given, in lines where they are many:
 * one that is cut off in the middle would be another one. */
static void numbers_are_whole(void **state) {
    (void)state;
    s.spec.incident_count = 1;
    s.spec.incidents = &set;
    set = (struct im_spec_incidents){.label = "list"};
    for (size_t i = 0; i < 38; i++) {
        add(i % 2 == 0 ? 0.5 : 0.8);
    }
    stage_run(&s);
    assert_true(s.page.has_list);
    bool seen[39] = {false};
    const struct im_layer *l = stage_layer(&s, "labels");
    for (size_t i = 0; i < l->n; i++) {
        const char *c = l->items[i].text;
        while (c != NULL && *c != '\0') {
            size_t digits = strspn(c, "0123456789"), n = 0;
            for (size_t k = 0; k < digits; k++) {
                n = 10 * n + (size_t)(c[k] - '0');
            }
            seen[n < 39 ? n : 0] = true;
            c += digits + (c[digits] != '\0');
        }
    }
    for (size_t i = 1; i < 39; i++) {
        assert_true(seen[i]);
    }
}

/* The legend's sample has no more digits than find room in it. */
static void a_sample_is_small(void **state) {
    (void)state;
    for (size_t i = 0; i < 1234; i++) {
        add(0.5);
    }
    stage_run(&s);
    assert_non_null(stage_text(&s, "incidents", "1,234"));
    assert_non_null(stage_text(&s, "legend", "999"));
}

/* However many kinds there are, their parts are one round. */
static void many_kinds_are_one_round(void **state) {
    (void)state;
    enum { SETS = 40 };
    static struct im_spec_incidents sets[SETS];
    static char colours[SETS][8];
    for (size_t i = 0; i < SETS; i++) {
        memcpy(colours[i], "#a000b0", 8);
        colours[i][2] = (char)('0' + i % 10);
        colours[i][4] = (char)('0' + i / 10);
        sets[i] = (struct im_spec_incidents){.color = colours[i]};
        add(0.5)->set = i;
    }
    for (size_t i = 0; i < 400; i++) {
        add(0.5);
    }
    s.spec.incidents = sets;
    s.spec.incident_count = SETS;
    stage_run(&s);
    const struct im_layer *l = stage_layer(&s, "incidents");
    double widest = 0, area = 0;
    for (size_t i = 0; i < l->n; i++) {
        const struct im_item *item = &l->items[i];
        for (size_t k = 0; item->kind == IM_ITEM_PATH && k < item->paths.n; k++) {
            double own = fabs(im_path_area(&item->paths.v[k]));
            widest = fmax(widest, own);
            area += own;
        }
    }
    assert_true(widest > 0.4 * area);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        stage_test(numbers_are_whole),
        stage_test(a_sample_is_small),
        stage_test(many_kinds_are_one_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
