/* Nothing overlaps, nothing is cut, on any page: hand-made and random figures. */
#include "help/random.h"
#include "help/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static int faulty;

static const int sizes[][2] = {{1600, 1200}, {800, 600}, {1200, 1600}, {3200, 1200},
                               {320, 240},   {640, 480}, {2000, 900},  {500, 900},
                               {4000, 3000}, {320, 1600}};
#define SIZES (sizeof sizes / sizeof sizes[0])

static const char *const names[] = {"Movses",       "Chinari",
                                    "Tovuz",        "Ağdam",
                                    "Dondar Quşçu", "Aygepar",
                                    "Ijevan",       "Berd",
                                    "Noyemberyan",  "Shamkir",
                                    "Qazax",        "Ağstafa",
                                    "Vahidli",      "Nerkin Karmiraghbyur"};
static const char *const types[] = {"clash", "shelling", "drone", "other", "Protest"};

static void expect_sound(struct stage *s, const char *what, int number) {
    struct im_buf faults;
    im_buf_init(&faults, s->arena, 1 << 20);
    if (stage_faults(s, &faults) > 0) {
        print_error("%s %d, %d x %d:\n%s", what, number, s->spec.width_px,
                    s->spec.height_px, faults.data);
        faulty++;
    }
}

/* Many claims near one place, towns all about: the July 2020 figure in small. */
static void clusters(void **state) {
    (void)state;
    faulty = 0;
    for (size_t i = 0; i < SIZES; i++) {
        struct stage s;
        stage_begin(&s, sizes[i][0], sizes[i][1]);
        for (int k = 0; k < 11; k++) {
            double x = 0.42 + 0.03 * (k % 4);
            stage_add(&s, (struct stage_incident){x, 0.55 + 0.03 * (k % 3), k % 5 - 1.0,
                                                  types[k % 4], names[k],
                                                  (enum im_evidence)(k % 4)});
        }
        for (int k = 0; k < 14; k++) {
            double x = 0.3 + 0.03 * k;
            stage_town(&s, x, 0.5 + 0.02 * (k % 6), 3 - k % 4, k < 8, names[k]);
        }
        stage_run(&s);
        expect_sound(&s, "cluster", (int)i);
        stage_end(&s);
    }
    assert_int_equal(faulty, 0);
}

static void random_figure(struct stage *s) {
    int marks = (int)random_from(&s->seed, 0, 22);
    int towns = (int)random_from(&s->seed, 0, 90);
    double x = random_from(&s->seed, 0.1, 0.9);
    double y = random_from(&s->seed, 0.1, 0.9);
    double spread = random_from(&s->seed, 0.01, 0.4);
    for (int k = 0; k < marks; k++) {
        double px = x + random_from(&s->seed, -spread, spread);
        double py = y + random_from(&s->seed, -spread, spread);
        px = px < 0 ? 0 : px > 1 ? 1 : px;
        py = py < 0 ? 0 : py > 1 ? 1 : py;
        stage_add(s, (struct stage_incident){
                         px, py, (double)(int)random_from(&s->seed, -1, 40),
                         types[(int)random_from(&s->seed, 0, 5)],
                         names[(int)random_from(&s->seed, 0, 14)],
                         (enum im_evidence)(int)random_from(&s->seed, 0, 4)});
    }
    for (int k = 0; k < towns; k++) {
        const char *label = im_format(s->arena, "%s %d", names[k % 14], k);
        stage_town(s, random_from(&s->seed, 0, 1), random_from(&s->seed, 0, 1),
                   (int)random_from(&s->seed, 0, 4), k < 6, label);
    }
}

static void random_figures(void **state) {
    (void)state;
    faulty = 0;
    for (int i = 0; i < 120; i++) {
        struct stage s;
        stage_begin(&s, sizes[(size_t)i % SIZES][0], sizes[(size_t)i % SIZES][1]);
        s.seed = (uint64_t)(1000 + i);
        random_figure(&s);
        stage_run(&s);
        expect_sound(&s, "random figure", i);
        stage_end(&s);
    }
    assert_int_equal(faulty, 0);
}

/* The checker must see what is wrong: a label moved onto another is a fault. */
static void checker_sees(void **state) {
    (void)state;
    struct stage s;
    struct im_buf faults;
    stage_begin(&s, 1600, 1200);
    stage_town(&s, 0.3, 0.7, 2, true, "Tovuz");
    stage_town(&s, 0.7, 0.7, 2, true, "Berd");
    stage_run(&s);
    im_buf_init(&faults, s.arena, 1 << 20);
    assert_int_equal(stage_faults(&s, &faults), 0);
    struct im_item *a = (struct im_item *)stage_text(&s, "labels", "Tovuz");
    const struct im_item *b = stage_text(&s, "labels", "Berd");
    assert_non_null(a);
    assert_non_null(b);
    a->at = b->at;
    assert_true(stage_faults(&s, &faults) > 0);
    a->at = (struct im_pt){s.page.map.x, s.page.map.y + 40};
    a->align = IM_MIDDLE;
    assert_true(stage_faults(&s, &faults) > 0);
    stage_end(&s);
}

/* Same input, same scene, to the last byte. */
static void same_again(void **state) {
    (void)state;
    char *dumps[2] = {NULL, NULL};
    struct stage s[2];
    for (int i = 0; i < 2; i++) {
        struct im_buf out;
        stage_begin(&s[i], 1600, 1200);
        s[i].seed = 7;
        random_figure(&s[i]);
        stage_run(&s[i]);
        im_buf_init(&out, s[i].arena, 1 << 24);
        im_scene_dump(&s[i].scene, &out);
        dumps[i] = out.data;
    }
    assert_string_equal(dumps[0], dumps[1]);
    stage_end(&s[0]);
    stage_end(&s[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clusters), cmocka_unit_test(random_figures),
        cmocka_unit_test(checker_sees), cmocka_unit_test(same_again)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
