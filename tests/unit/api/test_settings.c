/* Settings of a job: when they count, what they make anew, what is said of bad ones. */
#include "help/data.h"
#include "help/folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static int setup(void **state) {
    if (folder_make() != 0) {
        return 1;
    }
    folder_put("m.yaml", "worldview: Un\nextent: {bbox: [44, 40, 46, 42]}\n");
    folder_put("a.csv", "date,lat,lon\n2020-07-12,41,45\n");
    folder_put("b.csv", "date,lat,lon\n2020-07-12,41,45.5\n");
    return atlas_setup(state);
}

static int teardown(void **state) {
    atlas_teardown(state);
    return folder_remove();
}

static struct incmap_job *loaded(void) {
    struct incmap_job *job;
    struct incmap_error err;
    assert_int_equal(incmap_job_new(atlas, &job, NULL), INCMAP_OK);
    if (incmap_job_load(job, in_folder("m.yaml"), &err) != INCMAP_OK) {
        fail_msg("%s", err.message);
    }
    return job;
}

static void set(struct incmap_job *job, const char *key, const char *value) {
    struct incmap_error err;
    if (incmap_job_set(job, key, value, &err) != INCMAP_OK) {
        fail_msg("%s: %s", key, err.message);
    }
}

/* The n-th of a digest's five parts, kept in one of four places by turns. */
static const char *part(struct incmap_job *job, int n) {
    static char parts[4][17];
    static int turn;
    const char *digest;
    assert_int_equal(incmap_job_digest(job, &digest, NULL), INCMAP_OK);
    char *out = parts[turn++ % 4];
    snprintf(out, 17, "%.16s", digest + 17 * (n - 1));
    return out;
}

static void a_setting_makes_another_figure(void **state) {
    (void)state;
    struct incmap_job *job = loaded();
    const char *first = part(job, 1);
    assert_string_equal(part(job, 1), first);
    set(job, "title", "Another");
    assert_string_not_equal(part(job, 1), first);
    set(job, "incidents.file", in_folder("a.csv"));
    const char *rows = part(job, 2);
    set(job, "incidents.0.file", in_folder("b.csv")); // another table is read
    assert_string_not_equal(part(job, 2), rows);
    incmap_job_free(job);
}

static void settings_come_before_the_run(void **state) {
    (void)state;
    struct incmap_error err;
    struct incmap_job *job = loaded();
    assert_int_equal(incmap_job_load(job, in_folder("m.yaml"), &err), INCMAP_E_USAGE);
    assert_string_equal(err.message, "a job has one map file");
    assert_int_equal(incmap_job_run(job, &err), INCMAP_OK);
    assert_int_equal(incmap_job_set(job, "title", "x", &err), INCMAP_E_USAGE);
    assert_non_null(strstr(err.message, "has been run"));
    incmap_job_free(job);
}

/* A bad setting is told at once, and again by the run: no figure is drawn without it.
 */
static void a_bad_setting_is_not_forgotten(void **state) {
    (void)state;
    struct incmap_error err, again;
    struct incmap_job *job = loaded();
    assert_int_equal(incmap_job_set(job, "extent.margin", "wide", &err),
                     INCMAP_E_USAGE);
    assert_int_equal(incmap_job_run(job, &again), INCMAP_E_USAGE);
    assert_string_equal(again.message, err.message);
    incmap_job_free(job);
}

/* Worldviews are known in any case of their letters, wherever they are told. */
static void worldviews_in_any_case(void **state) {
    (void)state;
    static const char *const alike[][2] = {
        {"un", "UN"}, {"de-facto", "De-Facto"}, {"RU", "ru"}};
    struct incmap_error err;
    struct incmap_job *job = loaded(); // worldview: Un
    if (incmap_job_run(job, &err) != INCMAP_OK) {
        fail_msg("%s", err.message);
    }
    incmap_job_free(job);
    for (size_t i = 0; i < 3; i++) {
        struct incmap_job *a = loaded(), *b = loaded();
        set(a, "worldview", alike[i][0]);
        set(b, "worldview", alike[i][1]);
        assert_string_equal(part(a, 1), part(b, 1));
        if (incmap_job_run(b, &err) != INCMAP_OK) {
            fail_msg("%s: %s", alike[i][1], err.message);
        }
        incmap_job_free(a);
        incmap_job_free(b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_setting_makes_another_figure),
        cmocka_unit_test(settings_come_before_the_run),
        cmocka_unit_test(a_bad_setting_is_not_forgotten),
        cmocka_unit_test(worldviews_in_any_case),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
