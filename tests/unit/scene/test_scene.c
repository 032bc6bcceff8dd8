/* The display list and its text dump; outlines of symbols. */
#include "help/arena.h"
#include "geo/inside.h"
#include "layout/plane.h"
#include "scene/scene.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* One of each kind of item, every field that the dump writes. */
static void build(struct im_scene *scene) {
    static const struct im_datum data[] = {{"file", "a \"b\".csv"}, {"row", "2"}};
    struct im_rect clip = {10, 20, 300, 200};
    im_scene_init(scene, arena, 400, 300);
    scene->title = "Small";
    scene->description = "Two lines\nof text";
    scene->language = "en";
    im_scene_panel(scene, (struct im_panel){.id = "map",
                                            .frame = clip,
                                            .projection = "+proj=tmerc",
                                            .ground_m_per_pt = 57.126});
    struct im_layer *land = im_scene_layer(scene, "land", "Land", &clip);
    struct im_path path = {im_alloc(arena, 3, sizeof *path.v), 3, true};
    path.v[0] = (struct im_pt){1, 2};
    path.v[1] = (struct im_pt){3.14159, -0.001};
    path.v[2] = (struct im_pt){5, 6};
    struct im_item item = {.kind = IM_ITEM_PATH, .id = "l-1", .fill = 0xFBF8F1FF};
    item.stroke = (struct im_stroke){.colour = 0x11223380,
                                     .width = 1.5,
                                     .dash = {4, 2},
                                     .dash_count = 2,
                                     .round = true};
    IM_PUSH(arena, item.paths.v, item.paths.n, item.paths.cap, path);
    im_layer_add(scene, land, item);
    struct im_layer *top = im_scene_layer(scene, "top", "Top", NULL);
    top->opacity = 0.5;
    im_layer_add(scene, top,
                 (struct im_item){.kind = IM_ITEM_SYMBOL,
                                  .symbol = IM_DIAMOND,
                                  .at = {30, 40},
                                  .radius = 5,
                                  .fill = 0xC8352BFF,
                                  .title = "here",
                                  .data = data,
                                  .data_count = 2});
    im_layer_add(scene, top,
                 (struct im_item){.kind = IM_ITEM_TEXT,
                                  .text = "A\\B",
                                  .at = {50, 60},
                                  .font = {IM_BOLD, true, 16, 0.3},
                                  .align = IM_RIGHT,
                                  .halo = {0xFFFFFFFF, 2},
                                  .language = "az",
                                  .fill = 0x000000FF,
                                  .width = 33.333});
    struct im_item along = {
        .kind = IM_ITEM_LINE_TEXT, .text = "river", .font = {.size = 12}, .width = 20};
    path.n = 2;
    path.closed = false;
    IM_PUSH(arena, along.paths.v, along.paths.n, along.paths.cap, path);
    im_layer_add(scene, top, along);
}

static void dump(void **state) {
    (void)state;
    static const char golden[] =
        "scene 400 300 background=#ffffffff lang=\"en\" title=\"Small\" "
        "description=\"Two lines of text\"\n"
        "panel map frame 10 20 300 200 projection=\"+proj=tmerc\" ground_m_per_pt "
        "57.13\n"
        "layer land title=\"Land\" clip 10 20 300 200\n"
        "  path id=\"l-1\" fill=#fbf8f1ff stroke=#11223380 width 1.5 dash 4 2 round "
        "M 1 2 L 3.14 0 L 5 6 Z\n"
        "layer top title=\"Top\" opacity 0.5\n"
        "  symbol title=\"here\" data-file=\"a \\\"b\\\".csv\" data-row=\"2\" "
        "fill=#c8352bff diamond r 5 at 30 40\n"
        "  text fill=#000000ff text=\"A\\\\B\" lang=\"az\" size 16 bold italic "
        "tracking 0.3 "
        "right advance 33.33 halo=#ffffffff 2 at 50 60\n"
        "  line-text text=\"river\" size 12 left advance 20 M 1 2 L 3.14 0\n";
    struct im_scene scene;
    struct im_buf out;
    build(&scene);
    im_buf_init(&out, arena, 1 << 20);
    im_scene_dump(&scene, &out);
    assert_string_equal(out.data, golden);
}

/* Even-odd area of closed paths that do not cross: outer minus holes. */
static double area(const struct im_paths *paths) {
    double sum = fabs(im_path_area(&paths->v[0]));
    for (size_t i = 1; i < paths->n; i++) {
        sum -= fabs(im_path_area(&paths->v[i]));
    }
    return sum;
}

static void symbols_have_one_area(void **state) {
    (void)state;
    for (int symbol = IM_CIRCLE; symbol <= IM_STAR; symbol++) {
        for (double r = 1; r < 200; r *= 3) {
            struct im_paths paths = {0};
            struct im_pt at = {100, 50};
            im_symbol_path(arena, (enum im_symbol)symbol, at, r, &paths);
            assert_true(fabs(area(&paths) / (3.14159265358979 * r * r) - 1) < 1e-9);
            assert_int_equal(lay_paths_have(&paths, at), symbol != IM_RING);
        }
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {CASE(dump), CASE(symbols_have_one_area)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
