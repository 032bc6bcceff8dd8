/* Base direction of paragraphs, mirrored places, capitals by language. */
#include "layout/type.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct im_spec spec;
static const struct im_layout_input in = {.spec = &spec};

static void speak(const char *language) {
    memset(&spec, 0, sizeof spec);
    spec.language = language;
}

static void directions(void **state) {
    (void)state;
    speak("ar");
    assert_true(lay_mirrored(&in));
    assert_int_equal(lay_direction_composed(&in, "Armenia: ٤ قتلى"), LAY_LEFTWARDS);
    assert_int_equal(lay_direction_composed(&in, "١٢"), LAY_LEFTWARDS);
    assert_int_equal(lay_direction_composed(&in, "Denies. — Ministry"), LAY_RIGHTWARDS);
    assert_int_equal(lay_direction_of_user(&in, "Fire in قرية."), LAY_RIGHTWARDS);
    assert_int_equal(lay_direction_of_user(&in, "«قرية» Movses"), LAY_LEFTWARDS);
    assert_int_equal(lay_direction_of_user(&in, "12–16"), LAY_LEFTWARDS);
    assert_int_equal(lay_direction_of_user(&in, NULL), LAY_LEFTWARDS);
    speak("en");
    assert_false(lay_mirrored(&in));
    assert_int_equal(lay_direction_composed(&in, "أرمينيا: 4 killed"), LAY_RIGHTWARDS);
    assert_int_equal(lay_direction_of_user(&in, "أرمينيا: 4 killed"), LAY_LEFTWARDS);
    assert_int_equal(lay_direction_of_user(&in, "12–16"), LAY_RIGHTWARDS);
    speak("fa"); // furniture in English
    assert_false(lay_mirrored(&in));
}

static void places(void **state) {
    (void)state;
    const struct im_rect r = {100, 0, 300, 50};
    speak("ar-EG");
    assert_float_equal(lay_from_start(&in, r, 20), 380, 1e-9);
    assert_int_equal(lay_start(&in), IM_RIGHT);
    assert_float_equal(lay_mirror_rect(r, 1000).x, 600, 1e-9);
    speak("ru");
    assert_float_equal(lay_from_start(&in, r, 20), 120, 1e-9);
    assert_int_equal(lay_start(&in), IM_LEFT);
}

static void capitals(void **state) {
    (void)state;
    struct im_arena *arena = im_arena_new(1 << 20);
    assert_non_null(arena);
    assert_string_equal(lay_capitals(arena, "tr", "Ermenistan"), "ERMENİSTAN");
    assert_string_equal(lay_capitals(arena, "az-Latn", "Ermənistan"), "ERMƏNİSTAN");
    assert_string_equal(lay_capitals(arena, "en", "Armenia"), "ARMENIA");
    assert_string_equal(lay_capitals(arena, "hy", "Հայաստան և"), "ՀԱՅԱՍՏԱՆ ԵՎ");
    assert_string_equal(lay_capitals(arena, "ka", "სომხეთი"), "სომხეთი");
    assert_string_equal(lay_capitals(arena, "ar", "أرمينيا"), "أرمينيا");
    assert_string_equal(lay_first_large(arena, "az", "iyul ayı"), "İyul ayı");
    im_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(directions),
                                       cmocka_unit_test(places),
                                       cmocka_unit_test(capitals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
