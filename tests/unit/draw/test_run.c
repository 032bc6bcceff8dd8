/* Texts that were shaped before: the same glyphs as if they had not been. */
#include "base/arena.h"
#include "draw/fonts.h"
#include "help/desk.h"
#include "help/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct im_font plain = {.size = 10, .weight = IM_REGULAR};
static const struct im_font bold = {.size = 20, .weight = IM_BOLD, .tracking = 0.1};

static void assert_same(const char *text, struct im_shaped a, struct im_shaped b) {
    if (a.n != b.n || a.width != b.width) {
        fail_msg("%s: %zu glyphs, %g points, not %zu, %g", text, a.n, a.width, b.n,
                 b.width);
    }
    for (size_t i = 0; i < a.n; i++) {
        const struct im_glyph *g = &a.v[i], *h = &b.v[i];
        if (g->face != h->face || g->id != h->id || g->byte != h->byte ||
            g->x != h->x || g->y != h->y || g->advance != h->advance) {
            fail_msg("%s: glyph %zu is another one", text, i);
        }
    }
}

/* Shaped anew: nothing is kept any more. */
static struct im_shaped anew(const struct im_font *font, const char *text) {
    im_masks_drop(fonts->pool);
    return desk_shape(font, text);
}

static void kept_texts_are_what_they_were(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",
        "Tovuz",
        "AV To fi ffl",
        "Нагорный Карабах",
        "Dağlıq Qarabağ",
        "Αθήνα",
        "10 000 km",
        "e\xCC\x81",
        "თბილისი",
        "\xC7\x86 \xC5\x93",
        "Stepanakert (Khankendi), a name that is longer than what is kept of any text, "
        "by a good deal and a half"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct im_shaped first = anew(&plain, texts[i]), other = anew(&bold, texts[i]);
        (void)desk_shape(&plain, texts[i]);
        assert_same(texts[i], desk_shape(&plain, texts[i]), first);
        assert_same(texts[i], desk_shape(&bold, texts[i]), other);
        assert_same(texts[i], desk_shape(&bold, texts[i]), other);
    }
}

/* More texts than there is room for, which take each other's. */
static void texts_are_not_mixed(void **state) {
    (void)state;
    const char *text[5000];
    for (int i = 0; i < 5000; i++) {
        text[i] = im_format(arena, "%d km", i * 7919);
        (void)desk_shape(&plain, text[i]);
    }
    for (int i = 0; i < 5000; i += 97) {
        struct im_shaped now = desk_shape(&plain, text[i]),
                         again = desk_shape(&plain, text[i]);
        assert_int_equal(now.n, strlen(text[i]));
        assert_same(text[i], again, now);
        assert_same(text[i], again, anew(&plain, text[i]));
    }
}

/* A text is kept once it was measured, under its hash and in its style alone. */
static void found_by_all_that_it_is(void **state) {
    (void)state;
    im_masks_drop(fonts->pool);
    desk_shape(&plain, "Ijevan");
    im_run_keep(fonts->pool, 0, "Ijevan", 42);
    assert_non_null(im_run_find(fonts->pool, 0, "Ijevan", 42));
    assert_null(im_run_find(fonts->pool, 1, "Ijevan", 42));
    assert_null(im_run_find(fonts->pool, 0, "Ijevan", 42 + 2048));
    assert_null(im_run_find(fonts->pool, 0, "Idjevan", 42));
    im_masks_drop(fonts->pool);
    assert_null(im_run_find(fonts->pool, 0, "Ijevan", 42));
}

/* Pixels of figures: one canvas for all that fit, none that is too large. */
static void a_canvas_is_kept(void **state) {
    (void)state;
    unsigned char *large = im_pool_canvas(fonts->pool, 4000000);
    assert_ptr_equal(im_pool_canvas(fonts->pool, 1000), large);
    memset(large, 1, 4000000);
    memset(im_pool_canvas(fonts->pool, 5000000), 1, 5000000);
    assert_null(im_pool_canvas(fonts->pool, (size_t)33 << 20));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_texts_are_what_they_were),
        cmocka_unit_test(texts_are_not_mixed),
        cmocka_unit_test(found_by_all_that_it_is),
        cmocka_unit_test(a_canvas_is_kept),
    };
    return cmocka_run_group_tests(tests, desk_setup, arena_teardown);
}
