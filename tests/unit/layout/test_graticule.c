/* Names of meridians and parallels: in even steps, round ones, none upon another. */
#include "help/stage.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct stage s;

/* Meridians of so many degrees, `first` to `last` steps, in equal distances. */
static struct meridians {
    double step;
    int first, last;
} lines;
static double size = 13; /* of the names, points */

static void make_meridians(struct stage *stage) {
    int n = lines.last - lines.first + 1;
    stage->graticule = (struct im_graticule){.meridian_step = lines.step};
    stage->style->graticule_size = size;
    for (int i = 0; i < n; i++) {
        double share = (i + 0.5) / n, degrees = (lines.first + i) * lines.step;
        double ends[4] = {share, 1, share, 0};
        struct im_graticule_line line = {.paths = stage_paths(stage, ends, 2, false),
                                         .meridian = true,
                                         .degrees =
                                             degrees > 180 ? degrees - 360 : degrees,
                                         .has_label = {true, true}};
        line.label[0] = line.paths.v[0].v[0];
        line.label[1] = line.paths.v[0].v[1];
        IM_PUSH(stage->arena, stage->graticule.v, stage->graticule.n,
                stage->graticule.cap, line);
    }
}

/* The names as one text, in the order of the page. */
static const char *names_of(double step, int first, int last) {
    struct im_buf out;
    lines = (struct meridians){step, first, last};
    s.change = make_meridians;
    stage_run(&s);
    im_buf_init(&out, s.arena, 10000);
    const struct im_layer *layer = stage_layer(&s, "degrees");
    for (size_t i = 0; i < layer->n; i++) {
        const char *text = layer->items[i].text; // the frame has none
        if (text != NULL && text[0] != '\0') {
            im_buf_fmt(&out, "%s%s", out.len > 0 ? " " : "", text);
        }
    }
    return out.data;
}

static void even_steps(void **state) {
    (void)state;
    // all have room
    assert_string_equal(names_of(10, -2, 2), "20°W 10°W 0° 10°E 20°E");
    // every second would do, but fives of twos are round
    assert_string_equal(names_of(2, 60, 120),
                        "130°E 140°E 150°E 160°E 170°E 180° 170°W 160°W 150°W "
                        "140°W 130°W");
    // a narrow "0°" makes no room for a neighbour that others have not
    assert_string_equal(names_of(1 / 6.0, -15, 15),
                        "2°20′W 2°00′W 1°40′W 1°20′W 1°00′W 0°40′W 0°20′W 0° "
                        "0°20′E 0°40′E 1°00′E 1°20′E 1°40′E 2°00′E 2°20′E");
}

static void minutes(void **state) {
    (void)state;
    assert_string_equal(names_of(0.5, 359, 361), "179°30′E 180° 179°30′W");
    assert_string_equal(names_of(0.5, -1, 1), "0°30′W 0° 0°30′E");
    assert_string_equal(names_of(0.5, 81, 84), "40°30′E 41°00′E 41°30′E 42°00′E");
}

/* Where the round ones among them would be less than two, as many as find room. */
static void two_at_least(void **state) {
    (void)state;
    assert_string_equal(names_of(20, -4, 4),
                        "80°W 60°W 40°W 20°W 0° 20°E 40°E 60°E 80°E");
    size = 40;
    assert_string_equal(names_of(2 / 60.0, 61, 69),
                        "2°02′E 2°06′E 2°10′E 2°14′E 2°18′E"); // not 2°10′E alone
    size = 13;
    assert_string_equal(names_of(2 / 60.0, 61, 101),
                        "2°10′E 2°20′E 2°30′E 2°40′E 2°50′E 3°00′E 3°10′E 3°20′E");
}

int main(void) {
    const struct CMUnitTest tests[] = {stage_test(even_steps), stage_test(minutes),
                                       stage_test(two_at_least)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
