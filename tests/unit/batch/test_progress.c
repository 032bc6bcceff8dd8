/* What a person sees while a batch runs: times, errors that repeat, who is left alone.
 */
#include "batch/inside.h"
#include "help/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static FILE *heard; /* in the place of standard error */
static int kept;

static void listen(void) {
    fflush(stderr);
    heard = tmpfile();
    assert_non_null(heard);
    kept = dup(STDERR_FILENO);
    dup2(fileno(heard), STDERR_FILENO);
}

/* What was written since, as text. */
static const char *said(void) {
    char *text = im_alloc(arena, 1 << 16, 1);
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    rewind(heard);
    text[fread(text, 1, (1 << 16) - 1, heard)] = '\0';
    fclose(heard);
    return text;
}

static void tell(const struct incmap_error *err) {
    fprintf(stderr, "%s:%u %s\n", err->source, err->line, err->message);
}

static struct batch_progress_state begun(struct batch *b, struct batch_options *o,
                                         size_t total) {
    struct batch_progress_state p;
    o->tell = tell;
    o->dir = "figs";
    b->options = o;
    b->arena = arena;
    b->figures.n = total;
    batch_progress_start(&p, b);
    return p;
}

/* The line of a batch that has made `done` figures in so many seconds. */
static const char *line(struct batch_options o, size_t done, size_t total, double s) {
    struct batch b = {0};
    struct batch_progress_state p = begun(&b, &o, total);
    p.start -= s;
    p.shown -= s;
    p.done = done;
    listen();
    batch_progress_show(&p, false);
    return said();
}

static void times_left(void **state) {
    (void)state;
    const struct batch_options plain = {.progress = BATCH_PROGRESS_AUTO};
    assert_string_equal(line(plain, 100, 145, 100),
                        "incmap: 100 of 145, 1.0/s, 45 s left, 0 failed\n");
    assert_string_equal(line(plain, 50, 250, 100),
                        "incmap: 50 of 250, 0.5/s, 7 min left, 0 failed\n");
    assert_string_equal(line(plain, 100, 50130, 100),
                        "incmap: 100 of 50130, 1.0/s, 13 h 53 min left, 0 failed\n");
    assert_string_equal(line(plain, 7, 7, 100), "incmap: 7 of 7, 0.1/s, 0 failed\n");
}

static void a_bar_fills(void **state) {
    (void)state;
    const struct batch_options always = {.progress = BATCH_PROGRESS_ALWAYS,
                                         .quiet = true}; // asked for all the same
    assert_string_equal(line(always, 50, 100, 50),
                        "\r\033[K[##############--------------] 50 of 100, 1.0/s, 50 s "
                        "left, 0 failed");
}

static void figures_of(struct batch_progress_state *p, size_t n, enum batch_state state,
                       int tries) {
    const struct batch_figure f = {.name = "", .state = state, .tries = tries};
    for (size_t i = 0; i < n; i++) {
        batch_progress_figure(p, &f);
    }
}

/* What was there before the first figure was drawn took no time. */
static void times_when_most_is_up_to_date(void **state) {
    (void)state;
    struct batch b = {0};
    struct batch_options o = {0};
    struct batch_progress_state p = begun(&b, &o, 10000);
    figures_of(&p, 9000, BATCH_CURRENT, 0);
    figures_of(&p, 20, BATCH_DRAWN, 1);
    p.start -= 10;
    p.shown -= 10;
    listen();
    batch_progress_show(&p, false);
    assert_string_equal(said(), "incmap: 9020 of 10000, 2.0/s, 8 min left, 0 failed\n");
}

/* The pool must not lose a figure; one that it has lost is an error, not a silence. */
static void a_figure_that_was_lost(void **state) {
    (void)state;
    struct batch b = {.rows.file = "jobs.csv"};
    struct batch_options o = {0};
    struct batch_figure v[] = {{.state = BATCH_DRAWN},
                               {.state = BATCH_WAITING, .line = 3},
                               {.state = BATCH_CURRENT}};
    struct batch_progress_state p = begun(&b, &o, 3);
    b.figures.v = v;
    figures_of(&p, 1, BATCH_DRAWN, 1);
    figures_of(&p, 1, BATCH_CURRENT, 0);
    listen();
    batch_progress_lost(&p, &b);
    assert_string_equal(said(),
                        "jobs.csv:3 was never drawn, a fault of incmap (run the same "
                        "command again: it draws what is missing)\n");
    assert_int_equal(v[1].state, BATCH_BAD);
    assert_int_equal(p.failed, 1);
    assert_int_equal(p.done, 3);
}

static void who_is_left_alone(void **state) {
    (void)state;
    const struct batch_options quiet = {.quiet = true},
                               never = {.progress = BATCH_PROGRESS_NEVER}, plain = {0};
    assert_string_equal(line(quiet, 50, 100, 100), "");
    assert_string_equal(line(never, 50, 100, 100), "");
    assert_string_equal(line(plain, 50, 100, 5), ""); // a line in ten seconds
}

static void fail_with(struct batch_progress_state *p, const char *file, unsigned at,
                      const char *message) {
    struct incmap_error err;
    struct batch_figure f = {.name = ""};
    im_error_clear(&err);
    (void)im_fail(&err, INCMAP_E_INPUT, IM_AT(file, at, 1), "%s", message);
    batch_fail(arena, &f, &err);
    batch_progress_figure(p, &f);
}

/* The same error is told once and counted; what differs in any way is another one. */
static void errors_that_repeat(void **state) {
    (void)state;
    struct batch b = {0};
    struct batch_options o = {0};
    struct batch_progress_state p = begun(&b, &o, 9);
    listen();
    fail_with(&p, "a", 1, "x");
    fail_with(&p, "a", 1, "x");
    fail_with(&p, "a", 1, "x");
    fail_with(&p, "b", 1, "x");
    fail_with(&p, "b", 2, "x");
    fail_with(&p, "b", 2, "y");
    fail_with(&p, "b", 2, "y");
    batch_progress_end(&p);
    assert_string_equal(
        said(), "a:1 x\nincmap: 2 more figures failed with this error\nb:1 x\nb:2 x\n"
                "b:2 y\nincmap: 1 more figure failed with this error\n");
    assert_int_equal(p.failed, 7);
}

/* An error comes on a line of its own, not behind the bar. */
static void errors_beside_a_bar(void **state) {
    (void)state;
    struct batch b = {0};
    struct batch_options o = {.progress = BATCH_PROGRESS_ALWAYS};
    struct batch_progress_state p = begun(&b, &o, 2);
    listen();
    batch_progress_show(&p, true);
    fail_with(&p, "a", 1, "x");
    const char *text = said();
    assert_non_null(strstr(text, "failed\r\033[Ka:1 x\n"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_left),
        cmocka_unit_test(a_bar_fills),
        cmocka_unit_test(who_is_left_alone),
        cmocka_unit_test(errors_that_repeat),
        cmocka_unit_test(errors_beside_a_bar),
        cmocka_unit_test(a_figure_that_was_lost),
        cmocka_unit_test(times_when_most_is_up_to_date),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
