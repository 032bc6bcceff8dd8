/* Arena, buffers, the formatter, UTF-8, errors and findings. */
#include "base/buf.h"
#include "base/error.h"
#include "base/findings.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "help/arena.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static char order[8];

static void note(void *handle) {
    strcat(order, handle);
}

static void arena_gives_zeroed_aligned_memory(void **state) {
    (void)state;
    for (size_t n = 1; n < 300000; n = n * 3 + 1) {
        unsigned char *p = im_alloc(arena, n, 1);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(p[i], 0);
        }
        memset(p, 0xAA, n);
    }
    assert_ptr_not_equal(im_alloc(arena, 0, 8), im_alloc(arena, 0, 8));
}

static void arena_grows_and_keeps(void **state) {
    (void)state;
    unsigned *v = NULL;
    size_t n = 0, cap = 0;
    for (unsigned i = 0; i < 5000; i++) {
        IM_PUSH(arena, v, n, cap, i);
        if (i % 7 == 0) {
            im_alloc(arena, 1, 1); // something in between: no growing in place
        }
    }
    for (unsigned i = 0; i < 5000; i++) {
        assert_int_equal(v[i], i);
    }
    char *a = im_strdup(arena, "abc");
    char *b = im_grow(arena, a, 2, 40, 1);
    assert_int_equal(b[1], 'b');
    for (size_t i = 2; i < 40; i++) {
        assert_int_equal(b[i], 0);
    }
}

static void arena_has_a_ceiling(void **state) {
    (void)state;
    struct im_arena *small = im_arena_new(4096);
    jmp_buf out;
    volatile int caught = 0;
    if (setjmp(out) == 0) {
        assert_null(im_arena_catch(small, &out));
        im_arena_defer(small, note, "a");
        im_arena_defer(small, note, "b");
        im_alloc(small, 1000, 1);
        im_alloc(small, 5000, 1);
        fail();
    } else {
        caught++;
    }
    if (setjmp(out) == 0) {
        im_alloc(small, SIZE_MAX / 2, 3);
        fail();
    } else {
        caught++;
    }
    assert_int_equal(caught, 2);
    assert_true(im_arena_used(small) < 4096);
    im_arena_free(small);
    assert_string_equal(order, "ba");
    im_arena_free(NULL);
}

static void format_is_like_printf(void **state) {
    (void)state;
    char want[400];
#define SAME(...)                                                                      \
    do {                                                                               \
        snprintf(want, sizeof want, __VA_ARGS__);                                      \
        assert_string_equal(im_format(arena, __VA_ARGS__), want);                      \
    } while (0)
    SAME("%d %5d|%-5d|%05d %d", 0, -42, -42, -42, -2147483647 - 1);
    SAME("%u %lu %llu %zu %ld %jd", 7U, ~0UL, ~0ULL, (size_t)9, -9L, (intmax_t)-1);
    SAME("%x %X %08x %lx", 255U, 255U, 48879U, ~0UL);
    SAME("%s|%5s|%-5s|%.2s|%.*s|%c%%", "abc", "abc", "abc", "abc", 1, "abc", 'z');
    SAME("%.2f %.0f %8.3f %-8.1f| %.9f %f", 2.675, 0.5, -1.5, 2.25, 1e-9, 3.0);
#undef SAME
    assert_string_equal(im_format(arena, "%g %g %.2g", 0.1, 100.0, 1.239),
                        "0.1 100 1.24");
    const char *volatile nothing = NULL;
    assert_string_equal(im_format(arena, "[%s]", nothing), "[]");
}

static void buffers_grow_to_their_ceiling(void **state) {
    (void)state;
    struct im_buf b;
    im_buf_init(&b, arena, 1000);
    assert_string_equal(b.data, "");
    for (int i = 0; i < 100; i++) {
        im_buf_fmt(&b, "%09d,", i);
    }
    assert_int_equal(b.len, 1000);
    assert_memory_equal(b.data + 990, "000000099,", 11);
    jmp_buf out;
    if (setjmp(out) == 0) {
        im_arena_catch(arena, &out);
        im_buf_char(&b, 'x');
        fail();
    }
    im_arena_catch(arena, NULL);
    im_buf_clear(&b);
    assert_int_equal(b.len, 0);
    assert_string_equal(b.data, "");
}

static void utf8_is_strict(void **state) {
    (void)state;
    size_t used;
    assert_int_equal(im_utf8_next("a", 1, &used), 'a');
    assert_int_equal(im_utf8_next("\xC9\x99", 2, &used), 0x259);
    assert_int_equal(used, 2);
    assert_int_equal(im_utf8_next("\xF0\x9F\x97\xBA", 4, &used), 0x1F5FA);
    static const char *const bad[] = {"\xC3",
                                      "\x80",
                                      "\xC0\x80",
                                      "\xE0\x80\x80",
                                      "\xED\xA0\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF8\x88\x80\x80",
                                      "\xE2\x82"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(im_utf8_next(bad[i], strlen(bad[i]), &used), 0xFFFD);
        assert_int_equal(used, 1);
        assert_false(im_utf8_valid(bad[i], strlen(bad[i])));
    }
    assert_true(im_utf8_valid("A\xC9\x99\xEF\xBF\xBD", 6)); // U+FFFD itself is fine
    assert_int_equal(im_utf8_length("A\xC9\x99\xFF", 4), 3);
    for (uint32_t cp = 1; cp < 0x110000; cp += 61) {
        char text[4];
        size_t n = im_utf8_put(text, cp);
        if (cp < 0xD800 || cp > 0xDFFF) {
            assert_int_equal(im_utf8_next(text, n, &used), cp);
            assert_int_equal(used, n);
        }
    }
    assert_true(im_utf8_is_control(0x1B) && im_utf8_is_control(0x202E));
    assert_true(im_utf8_is_control(0x85) && im_utf8_is_control(0xFEFF));
    assert_false(im_utf8_is_control(' ') || im_utf8_is_control(0x259));
    assert_false(im_utf8_is_control(0x200D)); // joins letters in some scripts
}

static void errors_are_told_once_and_shown_safely(void **state) {
    (void)state;
    struct incmap_error err;
    im_error_clear(&err);
    assert_int_equal(im_fail(&err, INCMAP_E_INPUT,
                             IM_AT("a\x1B"
                                   "b.csv",
                                   3, 4),
                             "bad '%s' %d", "x\n\xE2\x80\xAE\xFFy\xC9\x99", 5),
                     INCMAP_E_INPUT);
    assert_string_equal(err.message, "bad 'x\\x0a\\u{202e}\\xffy\xC9\x99' 5");
    assert_string_equal(err.source, "a\\x1bb.csv");
    assert_int_equal(err.line, 3);
    assert_int_equal(err.column, 4);
    assert_int_equal(err.record, -1);
    assert_int_equal(im_fail(&err, INCMAP_E_BUG, IM_NOWHERE, "later"), INCMAP_E_BUG);
    assert_int_equal(err.status, INCMAP_E_INPUT);
    assert_int_equal(im_fail(NULL, INCMAP_E_BUG, IM_NOWHERE, "x"), INCMAP_E_BUG);
    im_error_clear(&err);
    char text[2000];
    for (size_t i = 0; i + 2 < sizeof text; i += 2) {
        memcpy(text + i, "\xC9\x99", 3);
    }
    (void)im_fail(&err, INCMAP_E_INPUT, IM_NOWHERE, "%s", text);
    assert_true(im_utf8_valid(err.message, strlen(err.message)));
    assert_int_equal(strlen(err.message), sizeof err.message - 2);
    (void)im_fail(&err, INCMAP_E_INPUT, IM_NOWHERE, "a%s", text);
}

static void findings_are_capped_and_counted(void **state) {
    (void)state;
    struct im_findings f;
    im_findings_init(&f, arena);
    for (unsigned i = 1; i <= 30; i++) {
        im_finding(&f, IM_F_ROW_BAD, IM_AT("a.csv", i, 2), "mend it", "row %u", i);
        im_finding(&f, IM_F_ROW_BAD, IM_AT("b.csv", i, 2), "", "row %u", i);
    }
    im_finding(&f, IM_F_OUTSIDE, IM_NOWHERE, NULL, "far\taway");
    assert_int_equal(f.n, 23);
    assert_string_equal(f.items[0].code, "row-bad");
    assert_string_equal(f.items[0].help, "mend it");
    assert_int_equal(f.items[2].line, 2);
    size_t more = 0;
    for (size_t i = 0; i < f.n; i++) {
        if (strcmp(f.items[i].code, "more") == 0) {
            assert_string_equal(f.items[i].message,
                                "20 more 'row-bad' not listed one by one");
            assert_int_equal(f.items[i].line, 0);
            assert_int_equal(f.items[i].severity, f.items[0].severity);
            more++;
        }
    }
    assert_int_equal(more, 2);
    assert_string_equal(f.items[22].message, "far\\x09away");
    assert_string_equal(f.items[22].file, "");
    assert_string_equal(f.items[22].help, "");
    size_t before = im_arena_used(arena);
    for (unsigned i = 0; i < 1000; i++) {
        im_finding(&f, IM_F_ROW_BAD, IM_AT("a.csv", i, 2), "", "row %u", i);
    }
    assert_int_equal(im_arena_used(arena), before); // a counted one takes no memory
    assert_string_equal(im_code_text(IM_F_MORE), "more");
    im_findings_init(&f, arena);
    for (unsigned i = 1; i <= 11;
         i++) { // notes stay notes: --strict does not count them
        im_finding(&f, IM_F_CLAIMS_DIFFER, IM_NOWHERE, "", "event %u", i);
    }
    assert_string_equal(f.items[10].code, "more");
    assert_int_equal(f.items[10].severity, INCMAP_NOTE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(arena_grows_and_keeps),
        cmocka_unit_test(arena_has_a_ceiling),
        cmocka_unit_test(format_is_like_printf),
        cmocka_unit_test(buffers_grow_to_their_ceiling),
        cmocka_unit_test(utf8_is_strict),
        cmocka_unit_test(errors_are_told_once_and_shown_safely),
        cmocka_unit_test(findings_are_capped_and_counted),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
