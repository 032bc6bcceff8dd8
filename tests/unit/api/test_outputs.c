/* Whole maps through the public door: one picture in all outputs; the same bytes in any
 * locale, zone and order; sizes; the scale. */
#include "help/compare.h"
#include "help/data.h"
#include "help/map.h"
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { WIDTH = 1600, CELL = 16 };

static int setup(void **state) {
    arena = im_arena_new((size_t)2 << 30);
    return arena == NULL ? 1 : atlas_setup(state);
}

static int teardown(void **state) {
    atlas_teardown(state);
    return arena_teardown(state);
}

static const struct map tovuz = {.file = "/examples/tovuz-2020/map.yaml"};
static const struct map black_sea = {
    .set = {"extent.bbox", "29,42,42,48", "worldview", "de-facto", "language", "ru",
            "overlays.file", "pipelines", "title", "Чёрное море – Карадениз",
            "pdf.page", "figure"}};

static struct incmap_job *run(const struct map *map, const char *key,
                              const char *value) {
    return map_run(atlas, map, key, value);
}

/* The bytes of one output, copied to the arena. */
static struct im_bytes encoded(struct incmap_job *job, const char *format) {
    const void *bytes = NULL;
    size_t n = 0;
    struct incmap_error err = {.record = -1};
    if (incmap_job_encode(job, format, &bytes, &n, &err) != INCMAP_OK) {
        fail_msg("%s: %s", format, err.message);
    }
    return (struct im_bytes){im_strndup(arena, bytes, n), n};
}

static struct im_bytes drawn(const struct map *map, const char *key, const char *value,
                             const char *format) {
    struct incmap_job *job = run(map, key, value);
    struct im_bytes out = encoded(job, format);
    incmap_job_free(job);
    return out;
}

/* 1. One map. */

static struct compare against(struct sample_pixels png, struct im_bytes other,
                              bool page) {
    return compare_pictures(
        png, page ? compare_pdf(arena, other, WIDTH) : compare_svg(arena, other, WIDTH),
        CELL);
}

/*
 * Bounds, in levels of 255 between the mean colours of cells of 16 pixels. The worst
 * cell: 25 (a word of the map that stands two pixels aside). Over the whole figure:
 * 0.6, for PDF 1.2, because pdftoppm puts letters on whole pixels. Measured: 21; 0.4
 * and 0.82.
 */
static bool alike(struct compare c, bool page) {
    return c.mean <= (page ? 1.2 : 0.6) && c.worst <= 25;
}

static void assert_alike(struct compare c, bool page, const char *what) {
    if (!alike(c, page)) {
        fail_msg("%s: mean %.3f, worst %.1f at %d,%d", what, c.mean, c.worst, c.x, c.y);
    }
}

static void one_map_in_all_outputs(void **state) {
    (void)state;
    static const struct map *const maps[] = {&tovuz, &black_sea};
    for (size_t i = 0; i < 2; i++) {
        struct incmap_job *job = run(maps[i], NULL, NULL);
        struct sample_pixels png = sample_decode(arena, encoded(job, "png"));
        assert_int_equal(png.width, WIDTH);
        assert_alike(against(png, encoded(job, "svg"), false), false, "SVG with text");
        assert_alike(against(png, encoded(job, "pdf"), true), true, "PDF");
        incmap_job_free(job);
        assert_alike(against(png, drawn(maps[i], "text", "outlines", "svg"), false),
                     false, "SVG with outlines");
    }
}

/* What the comparison must see: other borders, a line less, another language. */
static void differences_are_seen(void **state) {
    (void)state;
    static const char *const other[][2] = {{"worldview", "un"},
                                           {"language", "tr"},
                                           {"furniture.graticule", "off"},
                                           {"projection", "EPSG:3857"}};
    struct sample_pixels png =
        sample_decode(arena, drawn(&black_sea, NULL, NULL, "png"));
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        struct im_bytes pdf = drawn(&black_sea, other[i][0], other[i][1], "pdf");
        if (alike(against(png, pdf, true), true)) {
            fail_msg("%s=%s is not seen", other[i][0], other[i][1]);
        }
    }
}

/* 2. Same bytes. */

static const char *const formats[] = {"png", "svg", "pdf"};

static bool same(struct im_bytes a, struct im_bytes b) {
    return a.n == b.n && memcmp(a.data, b.data, a.n) == 0;
}

static void assert_same_everywhere(const struct im_bytes before[3], const char *where) {
    for (size_t i = 0; i < 3; i++) {
        if (!same(before[i], drawn(&tovuz, NULL, NULL, formats[i]))) {
            fail_msg("%s: other %s", where, formats[i]);
        }
    }
}

static void same_bytes_in_any_locale_and_zone(void **state) {
    (void)state;
    struct im_bytes before[3];
    for (size_t i = 0; i < 3; i++) {
        before[i] = drawn(&tovuz, NULL, NULL, formats[i]);
    }
    if (setlocale(LC_ALL, "de_DE.UTF-8") == NULL) {
        fail_msg("no locale with a decimal comma (suite.sh makes one from locales)");
    }
    assert_string_equal(localeconv()->decimal_point, ",");
    assert_same_everywhere(before, "de_DE.UTF-8");
    setlocale(LC_ALL, "C");
    const char *zone = getenv("TZ");
    char *kept = zone ? strdup(zone) : NULL;
    setenv("TZ", "Asia/Kathmandu", 1);
    tzset();
    assert_same_everywhere(before, "Asia/Kathmandu");
    if (kept != NULL) {
        setenv("TZ", kept, 1);
    } else {
        unsetenv("TZ");
    }
    free(kept);
    tzset();
    drawn(&black_sea, NULL, NULL, "pdf"); // fills caches, loads fonts
    assert_same_everywhere(before, "after another map");
}

/* 3. Sizes and scale. */

static void sizes_from_least_to_most(void **state) {
    (void)state;
    static const char *const size[] = {"320x320", "320x2000", "2000x320"};
    for (size_t i = 0; i < 3; i++) {
        int w = 0, h = 0;
        struct incmap_job *job = run(&tovuz, "size", size[i]);
        struct sample_pixels p = sample_decode(arena, encoded(job, "png"));
        sscanf(size[i], "%dx%d", &w, &h);
        assert_int_equal(p.width, w);
        assert_int_equal(p.height, h);
        assert_true(encoded(job, "svg").n > 10000 && encoded(job, "pdf").n > 10000);
        incmap_job_free(job);
    }
    struct incmap_job *job = run(&tovuz, "size", "16384x16384");
    const void *bytes = NULL;
    size_t n = 0;
    struct incmap_error err = {.record = -1};
    assert_int_equal(incmap_job_encode(job, "png", &bytes, &n, &err), INCMAP_E_LIMIT);
    assert_non_null(strstr(err.message, "at most 80000000 pixels"));
    assert_non_null(
        sample_find(encoded(job, "svg"), "width=\"16384\" height=\"16384\""));
    assert_true(encoded(job, "pdf").n > 10000);
    incmap_job_free(job);
}

/* Number after `name` at or after the first `from` in the text. */
static double number_after(struct im_bytes svg, const char *from, const char *name) {
    const char *at = sample_find(svg, from);
    at = at ? strstr(at, name) : NULL;
    if (at == NULL) {
        fail_msg("no %s after %s", name, from);
    }
    return strtod(at + strlen(name), NULL);
}

/* Font size of the first text of a layer: its own, or that of the group around it. */
static double first_size(struct im_bytes svg, const char *layer) {
    static const char name[] = " font-size=\"";
    const char *from = sample_find(svg, layer);
    const char *text = from ? strstr(from, "<text") : NULL;
    const char *end = text ? strchr(text, '>') : NULL, *size = NULL;
    for (const char *p = from; end && (p = strstr(p, name)) != NULL && p < end; p++) {
        size = p;
    }
    if (size == NULL) {
        fail_msg("no size of a text after %s", layer);
    }
    return strtod(size + strlen(name), NULL);
}

/* Type and strokes in pixels of the figure. */
static void measure_in_pixels(struct im_bytes svg, double out[5]) {
    double k = number_after(svg, "<svg", " width=\"") /
               number_after(svg, "<svg", "viewBox=\"0 0 ");
    out[0] = k * first_size(svg, "<g id=\"title\"");
    out[1] = k * first_size(svg, "<g id=\"labels\"");
    out[2] = k * first_size(svg, "<g id=\"credits\"");
    out[3] = k * number_after(svg, "<g id=\"borders\"", "stroke-width=\"");
    out[4] = k * number_after(svg, "<g id=\"labels\"", "stroke-width=\""); // a halo
}

static void scale_is_of_type_and_strokes_alike(void **state) {
    (void)state;
    static const struct map map = {
        .set = {"extent.bbox", "42,38,51,42.5", "size", "3200x2400", "title", "Map"}};
    double one[5], two[5];
    measure_in_pixels(drawn(&map, "scale", "0.75", "svg"), one);
    measure_in_pixels(drawn(&map, "scale", "1.5", "svg"), two);
    for (int i = 0; i < 5; i++) {
        if (fabs(two[i] / one[i] - 2) > 0.001) {
            fail_msg("measure %d: %f at scale 0.75, %f at 1.5", i, one[i], two[i]);
        }
    }
}

/* Twice the pixels: the same figure in points, so that all of it is twice as large. */
static void size_changes_nothing_but_pixels(void **state) {
    (void)state;
    struct map large = {.set = {"extent.bbox", "42,38,51,42.5", "size", "3200x2400"}};
    struct map small = {.set = {"extent.bbox", "42,38,51,42.5", "size", "1600x1200"}};
    struct incmap_job *a = run(&large, "scale", "1.5");
    struct incmap_job *b = run(&small, "scale", "1.5");
    const char *scene_a = NULL, *scene_b = NULL;
    assert_int_equal(incmap_job_dump(a, "scene", &scene_a, NULL), INCMAP_OK);
    assert_int_equal(incmap_job_dump(b, "scene", &scene_b, NULL), INCMAP_OK);
    assert_string_equal(scene_a, scene_b);
    incmap_job_free(a);
    incmap_job_free(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_map_in_all_outputs),
        cmocka_unit_test(differences_are_seen),
        cmocka_unit_test(same_bytes_in_any_locale_and_zone),
        cmocka_unit_test(sizes_from_least_to_most),
        cmocka_unit_test(scale_is_of_type_and_strokes_alike),
        cmocka_unit_test(size_changes_nothing_but_pixels),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
