/* The arena over thousands of pieces of all sizes, through resets: each piece is its
 * own, zeroed where that is promised, and never more than the ceiling. */
#include "base/arena.h"
#include "help/random.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { PIECES = 40000 };

static struct piece {
    unsigned char *at;
    size_t n;
    unsigned char mark;
} piece[PIECES];
static size_t pieces;
static uint64_t seed = 1989;

static size_t dice(double below) {
    return (size_t)random_from(&seed, 0, below);
}

/* Mostly small, at times as large as a block of the system's, or several. */
static size_t any_size(void) {
    size_t kind = dice(1000);
    return kind < 960   ? dice(300)
           : kind < 980 ? dice(50000)
           : kind < 995 ? 64000 + dice(6000)
           : kind < 999 ? 400000 + dice(400000)
                        : 1000000 + dice(2500000);
}

static void expect(const unsigned char *p, size_t n, unsigned char byte) {
    for (size_t i = 0; i < n; i++) {
        if (p[i] != byte) {
            fail_msg("byte %zu of %zu is %d, not %d", i, n, p[i], byte);
        }
    }
}

static void take(struct im_arena *a) {
    struct piece *p = &piece[pieces++];
    bool raw = dice(4) == 0;
    p->n = any_size();
    p->mark = (unsigned char)(1 + dice(255));
    p->at = raw ? im_alloc_raw(a, p->n, 1) : im_alloc(a, 1, p->n);
    assert_int_equal((uintptr_t)p->at % _Alignof(max_align_t), 0);
    expect(p->at, raw ? 0 : p->n, 0);
    memset(p->at, p->mark, p->n);
}

static void lengthen(struct im_arena *a, struct piece *p) {
    size_t n = p->n + any_size();
    unsigned char *at = im_grow(a, p->at, p->n, n, 1);
    expect(at, p->n, p->mark);
    expect(at + p->n, n - p->n, 0);
    memset(at, p->mark, n);
    p->at = at;
    p->n = n;
}

static void fill(struct im_arena *a, size_t most) {
    pieces = 0;
    while (pieces < PIECES && im_arena_used(a) < most) {
        take(a);
        if (dice(3) == 0) {
            lengthen(a, &piece[dice(2) ? pieces - 1 : dice((double)pieces)]);
        }
    }
    for (size_t i = 0; i < pieces; i++) {
        expect(piece[i].at, piece[i].n, piece[i].mark);
    }
}

static void pieces_are_their_own(void **state) {
    (void)state;
    // now more, now less than before: what is dirty is known
    static const double most[] = {4e4, 1e4, 4e4, 6e6, 1e5, 3e6, 6e7, 2e6, 7e7};
    struct im_arena *a = im_arena_new((size_t)1 << 28);
    for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
        fill(a, (size_t)most[i]);
        im_arena_reset(a);
        assert_int_equal(im_arena_used(a), 0);
    }
    im_arena_free(a);
}

/* Small pieces up to the last byte of every block. */
static void blocks_hold_what_they_say(void **state) {
    (void)state;
    enum { N = 200000, BYTES = 48 };
    struct im_arena *a = im_arena_new((size_t)1 << 28);
    uint32_t **all = im_alloc(a, N, sizeof *all);
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < N; i++) {
            all[i] = im_alloc(a, BYTES, 1);
            for (size_t k = 0; k < BYTES / sizeof **all; k++) {
                assert_int_equal(all[i][k], 0);
                all[i][k] = i + 1;
            }
        }
        for (uint32_t i = 0; i < N; i++) {
            assert_int_equal(all[i][0], i + 1);
            assert_int_equal(all[i][BYTES / sizeof **all - 1], i + 1);
        }
        im_arena_reset(a);
        all = im_alloc(a, N, sizeof *all);
    }
    im_arena_free(a);
}

static int finished;

static void finish(void *handle) {
    finished += *(int *)handle;
}

static void reset_forgets(void **state) {
    (void)state;
    static int one = 1;
    struct im_arena *a = im_arena_new(100000);
    jmp_buf out;
    assert_null(im_arena_catch(a, &out));
    for (int i = 1; i <= 50; i++) { // each time up to the ceiling
        im_arena_defer(a, finish, &one);
        im_alloc(a, 90000, 1);
        im_arena_reset(a);
        assert_int_equal(finished, i);
        assert_null(im_arena_catch(a, NULL));
    }
    im_arena_free(a);
    assert_int_equal(finished, 50);
}

/* Does it give up? */
static bool gives_up(struct im_arena *a, void **old, size_t old_n, size_t n,
                     size_t size) {
    jmp_buf out;
    volatile bool caught = true;
    im_arena_catch(a, &out);
    if (setjmp(out) == 0) {
        *old = im_grow(a, *old, old_n, n, size);
        caught = false;
    }
    im_arena_catch(a, NULL);
    return caught;
}

static void ceiling_holds_for_all_together(void **state) {
    (void)state;
    enum { CEILING = 100000 };
    struct im_arena *a = im_arena_new(CEILING);
    void *fresh = NULL;
    size_t taken = 0;
    while (!gives_up(a, &fresh, 0, 1024, 1)) {
        taken += 1024;
        fresh = NULL;
        assert_true(im_arena_used(a) >= taken && im_arena_used(a) <= CEILING);
    }
    assert_true(taken > CEILING - 2048);
    im_arena_reset(a);
    void *growing = NULL; // one piece that is lengthened where it stands
    taken = 0;
    while (!gives_up(a, &growing, taken, taken + 1024, 1)) {
        taken += 1024;
        assert_true(im_arena_used(a) >= taken && im_arena_used(a) <= CEILING);
    }
    im_arena_free(a);
}

/* Sizes whose product would come out small. */
static void products_that_overflow_are_refused(void **state) {
    (void)state;
    struct im_arena *a = im_arena_new((size_t)1 << 20);
    void *p = NULL;
    assert_true(gives_up(a, &p, 0, SIZE_MAX / 8 + 2, 8));
    assert_true(gives_up(a, &p, 0, SIZE_MAX / 2 + 9, 2));
    assert_true(gives_up(a, &p, 0, (size_t)1 << 32, (size_t)1 << 32));
    p = im_alloc(a, 4, 8);
    assert_true(gives_up(a, &p, 4, SIZE_MAX / 8 + 2, 8));
    im_arena_free(a);
}

/* A branch's pieces are zeroed and its own, count against the whole while it lasts, and
 * go with it. */
static void branches_come_and_go(void **state) {
    (void)state;
    struct im_arena *a = im_arena_new((size_t)1 << 29);
    unsigned char *own = im_alloc(a, 1000, 1);
    memset(own, 1, 1000);
    for (int round = 0; round < 30; round++) {
        struct im_arena *b = im_arena_branch(a);
        size_t before = im_arena_used(a);
        unsigned char *p[40];
        for (size_t i = 0; i < 40; i++) {
            p[i] = im_alloc(b, 1000 + 9000 * i, 1);
            expect(p[i], 1000 + 9000 * i, 0);
            memset(p[i], (int)i + 1, 1000 + 9000 * i);
        }
        for (size_t i = 0; i < 40; i++) {
            expect(p[i], 1000 + 9000 * i, (unsigned char)(i + 1));
        }
        assert_true(im_arena_used(a) > before + 7000000);
        im_arena_drop(b);
        assert_true(im_arena_used(a) == before);
        expect(im_alloc(a, 300000, 1), 300000, 0); // where the branch may have been
        expect(own, 1000, 1);
        if (round % 10 == 9) { // a branch that is not dropped goes with the rest
            (void)im_alloc(im_arena_branch(a), 5000, 1);
            im_arena_reset(a);
            own = memset(im_alloc(a, 1000, 1), 1, 1000);
        }
    }
    im_arena_free(a);
}

/* Memory that fails in a branch fails where that of the whole does. */
static void branches_fail_with_the_whole(void **state) {
    (void)state;
    struct im_arena *a = im_arena_new(1 << 20);
    jmp_buf here;
    if (setjmp(here) == 0) {
        im_arena_catch(a, &here);
        struct im_arena *b = im_arena_branch(im_arena_branch(a));
        (void)im_alloc(b, 600000, 1);
        (void)im_alloc(a, 600000, 1);
        fail_msg("more than the ceiling");
    }
    assert_true(im_arena_full(a));
    if (setjmp(here) == 0) {
        (void)im_alloc(im_arena_branch(a), 600000, 1);
        fail_msg("more than the ceiling");
    }
    im_arena_reset(a);
    if (setjmp(here) == 0) {
        im_arena_catch(a, &here);
        (void)im_alloc(im_arena_branch(im_arena_branch(a)), SIZE_MAX / 8 + 2, 8);
        fail_msg("a product that overflows");
    }
    assert_true(im_arena_full(a));
    im_arena_free(a);
}

/* What a branch holds goes once: when it is dropped, else with what it grows from. */
static void branches_are_finished_once(void **state) {
    (void)state;
    static int one = 1;
    struct im_arena *a = im_arena_new((size_t)1 << 24);
    struct im_arena *dropped = im_arena_branch(a), *left = im_arena_branch(a);
    size_t before = im_arena_used(a);
    finished = 0;
    im_arena_defer(dropped, finish, &one);
    im_arena_defer(left, finish, &one);
    struct im_arena *twig = im_arena_branch(dropped);
    im_arena_defer(twig, finish, &one);
    (void)im_alloc(twig, 100000, 1);
    im_arena_drop(dropped);
    assert_int_equal(finished, 2);
    assert_true(im_arena_used(a) < before + 1000); // of `left`
    im_arena_reset(a);
    assert_int_equal(finished, 3);
    im_arena_free(a);
    assert_int_equal(finished, 3);
}

#ifndef __SANITIZE_ADDRESS__ // which keeps what is freed
static double resident_mb(void) {
    long all, resident = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f != NULL && fscanf(f, "%ld %ld", &all, &resident) != 2) {
        resident = 0;
    }
    if (f != NULL) {
        fclose(f);
    }
    return (double)resident * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

/* One large figure does not make a worker large for good. */
static void reset_keeps_no_more_than_a_figure_takes(void **state) {
    (void)state;
    struct im_arena *a = im_arena_new((size_t)1 << 29);
    double before = resident_mb();
    for (int i = 0; i < 150; i++) {
        memset(im_alloc_raw(a, 1000000, 1), 7, 1000000);
    }
    assert_true(resident_mb() > before + 140);
    im_arena_reset(a);
    assert_true(resident_mb() < before + 70);
    im_arena_free(a);
}
#endif

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_their_own),
        cmocka_unit_test(blocks_hold_what_they_say),
        cmocka_unit_test(reset_forgets),
        cmocka_unit_test(ceiling_holds_for_all_together),
        cmocka_unit_test(products_that_overflow_are_refused),
        cmocka_unit_test(branches_come_and_go),
        cmocka_unit_test(branches_fail_with_the_whole),
        cmocka_unit_test(branches_are_finished_once),
#ifndef __SANITIZE_ADDRESS__
        cmocka_unit_test(reset_keeps_no_more_than_a_figure_takes),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
