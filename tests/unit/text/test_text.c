/* Phrases, dates, numbers, distances, widths; hostile input of folding. */
#include "help/arena.h"
#include "text/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *dates(const char *language, struct im_date a, struct im_date b,
                         bool year) {
    return im_date_phrase(arena, language, a, b, year);
}

static void english_dates(void **state) {
    (void)state;
    const struct im_date none = {0, 0, 0}, d12 = {2020, 7, 12}, d16 = {2020, 7, 16};
    const struct im_date j30 = {2020, 6, 30}, d2 = {2020, 7, 2}, dec = {2019, 12, 30};
    const struct im_date july = {2020, 7, 0}, may = {2020, 5, 0}, y2020 = {2020, 0, 0};
    assert_string_equal(dates("en", d12, d12, false), "12 July");
    assert_string_equal(dates("en", d12, none, true), "12 July 2020");
    assert_string_equal(dates("en", none, d12, true), "12 July 2020");
    assert_string_equal(dates("en-GB", d12, d16, true), "12–16 July 2020");
    assert_string_equal(dates("en", d12, d16, false), "12–16 July");
    assert_string_equal(dates("en", j30, d2, true), "30 June–2 July 2020");
    assert_string_equal(dates("en", dec, d2, false), "30 December 2019–2 July 2020");
    assert_string_equal(dates("en", july, july, true), "July 2020");
    assert_string_equal(dates("en", july, july, false), "July");
    assert_string_equal(dates("en", may, july, true), "May–July 2020");
    assert_string_equal(dates("en", may, d12, true), "May–July 2020");
    assert_string_equal(dates("en", y2020, y2020, false), "2020");
    assert_string_equal(dates("en", dec, y2020, true), "2019–2020");
    assert_string_equal(dates("en", none, none, true), "");
}

static void dates_of_other_languages(void **state) {
    (void)state;
    const struct im_date a = {2020, 7, 12}, b = {2020, 7, 16}, m = {2020, 7, 0};
    assert_string_equal(dates("ru", a, b, true), "12–16 июля 2020\u00a0г.");
    assert_string_equal(dates("ru", m, m, true), "июль 2020\u00a0г.");
    assert_string_equal(dates("tr", a, a, true), "12 Temmuz 2020");
    assert_string_equal(dates("az", a, a, true), "12 iyul 2020");
    assert_string_equal(dates("ka", a, a, false), "12 ივლისი");
    assert_string_equal(dates("hy", m, m, false), "հուլիս");
    assert_string_equal(dates("ar", a, a, true), "١٢ يوليو ٢٠٢٠");
    assert_string_equal(dates("fa", a, a, true), "۱۲ ژوئیهٔ ۲۰۲۰");
    assert_string_equal(dates("xx", a, a, true), "12 July 2020");
}

static void numbers(void **state) {
    (void)state;
    assert_string_equal(im_number_phrase(arena, "en", 1234567.891, 2), "1,234,567.89");
    assert_string_equal(im_number_phrase(arena, "en", -1000, 0), "-1,000");
    assert_string_equal(im_number_phrase(arena, "en", 999.5, 1), "999.5");
    assert_string_equal(im_number_phrase(arena, "en", 12, 3), "12");
    assert_string_equal(im_number_phrase(arena, "ru", 1234.5, 1), "1\u00a0234,5");
    assert_string_equal(im_number_phrase(arena, "tr", 1234.5, 1), "1.234,5");
    assert_string_equal(im_number_phrase(arena, "fa", 1234.5, 1), "۱٬۲۳۴٫۵");
}

static void phrases(void **state) {
    (void)state;
    assert_string_equal(im_phrase("en", "planned"), "planned");
    assert_string_equal(im_phrase("en-GB", "planned"), "planned");
    assert_string_equal(im_phrase("xx", "planned"), "planned");
    assert_string_equal(im_phrase(NULL, "planned"), "planned");
    assert_string_equal(im_phrase("ru-RU", "planned"), "планируется");
    assert_string_equal(im_phrase("RU", "planned"), "планируется");
    assert_string_equal(im_phrase("rus", "planned"), "planned");
    assert_string_equal(im_phrase("en", "no such key"), "no such key");
}

static void edit_distance(void **state) {
    (void)state;
    char *long_a = im_alloc(arena, 301, 1), *long_b = im_alloc(arena, 301, 1);
    assert_int_equal(im_edit_distance("tovuz", "tovuz", 9), 0);
    assert_int_equal(im_edit_distance("tovuz", "tovus", 9), 1);
    assert_int_equal(im_edit_distance("tovuz", "tovzu", 9), 1);
    assert_int_equal(im_edit_distance("ca", "abc", 9), 3);
    assert_int_equal(im_edit_distance("Товуз", "Тавуз", 9), 1);
    assert_int_equal(im_edit_distance("", "abc", 9), 3);
    assert_int_equal(im_edit_distance("abcdef", "uvwxyz", 3), 3);
    memset(long_a, 'a', 300);
    memset(long_b, 'a', 300);
    assert_int_equal(im_edit_distance(long_a, long_b, 5), 0);
    long_b[7] = 'b';
    assert_int_equal(im_edit_distance(long_a, long_b, 5), 5);
}

/* The same by its definition. */
static size_t distance_of(const char *a, size_t n, const char *b, size_t m) {
    if (n == 0 || m == 0) {
        return n + m;
    }
    size_t best = distance_of(a, n - 1, b, m - 1) + (a[n - 1] != b[m - 1]);
    size_t lost = distance_of(a, n - 1, b, m) + 1,
           more = distance_of(a, n, b, m - 1) + 1;
    best = best < lost ? best : lost;
    best = best < more ? best : more;
    if (n > 1 && m > 1 && a[n - 1] == b[m - 2] && a[n - 2] == b[m - 1]) {
        size_t swapped = distance_of(a, n - 2, b, m - 2) + 1;
        best = best < swapped ? best : swapped;
    }
    return best;
}

/* Whatever the bound, which cuts the work. */
static void edit_distances_are_least(void **state) {
    (void)state;
    uint32_t seed = 1;
    for (int i = 0; i < 4000; i++) {
        char text[2][8] = {"", ""};
        size_t n[2];
        for (int k = 0; k < 2; k++) {
            seed = seed * 1664525u + 1013904223u;
            n[k] = (seed >> 20) % 7;
            for (size_t c = 0; c < n[k]; c++) {
                seed = seed * 1664525u + 1013904223u;
                text[k][c] = "abc "[seed >> 30];
            }
        }
        size_t d = distance_of(text[0], n[0], text[1], n[1]);
        for (size_t cap = 0; cap < 9; cap++) {
            size_t got = im_edit_distance(text[0], text[1], cap);
            if (got != (d < cap ? d : cap)) {
                fail_msg("'%s' '%s' below %zu: %zu, not %zu", text[0], text[1], cap,
                         got, d);
            }
        }
    }
}

static const char *slips(const char *typed, const char *meant) {
    struct im_edits e;
    struct im_buf text;
    im_buf_init(&text, arena, 1 << 10);
    if (im_edits_find(typed, meant, &e)) {
        im_edits_text(&text, &e);
    } else {
        im_buf_str(&text, "too long");
    }
    return text.data;
}

static void edits(void **state) {
    (void)state;
    char longer[120] = "";
    assert_string_equal(slips("stepanakret", "stepanakert"), "1 transposition");
    assert_string_equal(slips("newyrok", "new york"),
                        "1 transposition, 1 missing space");
    assert_string_equal(slips("tovzz", "tovuz"), "1 exchange");
    assert_string_equal(slips("tvu", "tovuz"), "2 missing letters");
    assert_string_equal(slips("to vuzz", "tovuz"),
                        "1 letter too many, 1 space too many");
    assert_string_equal(slips("Товус", "Товуз"), "1 exchange");
    // a double letter in the wrong place is no exchange
    assert_string_equal(slips("phillipines", "philippines"),
                        "1 missing letter, 1 letter too many");
    assert_string_equal(slips("", ""), "");
    memset(longer, 'a', 97);
    assert_string_equal(slips(longer, "a"), "too long");
    longer[96] = '\0';
    assert_string_equal(slips(longer, ""), "96 letters too many");
}

/* As many edits as the distance says, whatever the texts. */
static void edits_are_fewest(void **state) {
    (void)state;
    uint32_t seed = 99;
    for (int round = 0; round < 4000; round++) {
        char text[2][12] = {"", ""};
        for (int k = 0; k < 2; k++) {
            seed = seed * 1664525u + 1013904223u;
            size_t n = (seed >> 20) % 11;
            for (size_t i = 0; i < n; i++) {
                seed = seed * 1664525u + 1013904223u;
                text[k][i] = "abc "[seed >> 30];
            }
        }
        struct im_edits e;
        assert_true(im_edits_find(text[0], text[1], &e));
        assert_int_equal(e.total, im_edit_distance(text[0], text[1], 99));
        unsigned sum = 0;
        for (int i = 0; i < IM_EDIT_COUNT; i++) {
            sum += e.n[i];
        }
        assert_int_equal(sum, e.total);
    }
}

/* Words that are written short stay as they are once they are spelt out. */
static void words_are_stable(void **state) {
    static const char *const words[] = {"St.",  "ste",      "SANKT", "Saint", "mt",
                                        "&",    "'",        "sst",   "ft",    "-",
                                        "ｓｔ", "s\u200dt", "Sţ",    "s t",   "and"};
    (void)state;
    uint32_t seed = 5;
    for (int round = 0; round < 2000; round++) {
        char s[200] = "";
        for (int i = 0; i < 4; i++) {
            seed = seed * 1664525u + 1013904223u;
            strcat(s, words[(seed >> 16) % 15]);
            strcat(s, seed >> 31 ? " " : "");
        }
        const char *folded = im_fold(arena, s, strlen(s));
        assert_string_equal(folded, im_fold(arena, folded, strlen(folded)));
    }
}

static double sounds(const char *a, const char *b) {
    struct im_buf x, y;
    im_buf_init(&x, arena, 1 << 20);
    im_buf_init(&y, arena, 1 << 20);
    im_sounds_to(&x, a, strlen(a), 0);
    im_sounds_to(&y, b, strlen(b), 0);
    return im_sound_distance(x.data, y.data);
}

static void sound_distance(void **state) {
    (void)state;
    assert_true(sounds("Tovuz", "Товуз") < 1e-9);
    assert_true(sounds("Gəncə", "Gence") < 0.1);
    assert_true(sounds("Şuşa", "Susa") > 0.2);
    assert_true(sounds("Tovuz", "Berd") > 0.5);
    assert_true(sounds("", "Berd") > 0.5);
    assert_true(sounds("", "") < 1e-9);
}

static void widths(void **state) {
    (void)state;
    assert_int_equal(im_text_width("Tovuz", 5), 5);
    assert_int_equal(im_text_width("東京", 6), 4);
    assert_int_equal(im_text_width("e\xCC\x81", 3), 1);
    assert_int_equal(im_text_width("Խաչ", 6), 3);
}

/* Any bytes fold and give a skeleton of ASCII letters, digits, single blanks. */
static void any_bytes(void **state) {
    (void)state;
    uint32_t seed = 12345;
    for (int round = 0; round < 3000; round++) {
        char s[40];
        size_t n = (size_t)round % sizeof s;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            s[i] = (char)(seed >> 24);
        }
        const char *folded = im_fold(arena, s, n);
        const char *again = im_fold(arena, folded, strlen(folded));
        assert_string_equal(folded, again);
        const char *skeleton = im_skeleton(arena, folded, strlen(folded));
        assert_int_equal(strspn(skeleton, "abcdefghijklmnopqrstuvwxyz0123456789 "),
                         strlen(skeleton));
        for (unsigned r = 0; r < im_readings(s, n); r++) {
            struct im_buf buf;
            im_buf_init(&buf, arena, 1 << 20);
            im_skeleton_to(&buf, s, n, r);
        }
    }
}

/* Folding a folded text changes nothing, for every code point. */
static void fold_is_stable(void **state) {
    (void)state;
    for (uint32_t cp = 1; cp < 0x30000; cp++) {
        char s[5] = "";
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            continue;
        }
        int n = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
        static const unsigned lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
        uint32_t rest = cp;
        for (int i = n - 1; i > 0; i--) {
            s[i] = (char)(0x80 | (rest & 0x3F));
            rest >>= 6;
        }
        s[0] = (char)(n == 1 ? cp : lead[n] | rest);
        struct im_buf a, b;
        char room_a[64] = "", room_b[64] = "";
        a = (struct im_buf){arena, room_a, 0, sizeof room_a, 1 << 20};
        b = (struct im_buf){arena, room_b, 0, sizeof room_b, 1 << 20};
        im_fold_to(&a, s, (size_t)n);
        im_fold_to(&b, a.data, a.len);
        if (strcmp(a.data, b.data) != 0) {
            fail_msg("U+%04X folds to '%s', that to '%s'", (unsigned)cp, a.data,
                     b.data);
        }
    }
}

static void long_names(void **state) {
    (void)state;
    size_t n = 100000;
    char *s = im_alloc(arena, n + 1, 1);
    memset(s, 'q', n);
    assert_int_equal(strlen(im_fold(arena, s, n)), n);
    assert_string_equal(im_skeleton(arena, s, n), "k");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(english_dates, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(dates_of_other_languages, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(numbers, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(phrases, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(edit_distance, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(edit_distances_are_least, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(edits, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(edits_are_fewest, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(words_are_stable, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(sound_distance, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(widths, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(any_bytes, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(fold_is_stable, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(long_names, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
