/* Lines and areas of a PNG against a picture that is worked out pixel by pixel: what
 * lies on edges of pixels has no doubtful ones. Edges that are not: their shades. */
#include "help/desk.h"
#include "help/random.h"
#include "help/sample.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { W = 400, H = 300, BARS = 240 };

static uint64_t seed;

static int dice(int sides) {
    return (int)random_from(&seed, 0, sides);
}

/* Pixels x..x+w, y..y+h. */
struct bar {
    int x, y, w, h;
};

/* A page of W x H pixels, k to the point, and what should be seen there. */
struct page {
    double k;
    struct im_scene scene;
    struct im_layer *layer;
    struct bar clip;
    double is[H][W][3];
    bool covered[H][W]; /* by the lines that are not yet blended */
    struct im_stroke stroke;
};

static void new_page(struct page *p, double k) {
    memset(p, 0, sizeof *p);
    p->k = k;
    im_scene_init(&p->scene, arena, W / k, H / k);
    p->scene.title = p->scene.description = p->scene.manifest = "";
    for (int i = 0; i < W * H * 3; i++) {
        (&p->is[0][0][0])[i] = 255;
    }
}

static void new_layer(struct page *p, bool clipped, double opacity) {
    double k = p->k;
    p->clip = (struct bar){0, 0, W, H};
    if (clipped) {
        p->clip = (struct bar){dice(100), dice(100), 150 + dice(100), 100 + dice(100)};
    }
    struct im_rect r = {p->clip.x / k, p->clip.y / k, p->clip.w / k, p->clip.h / k};
    p->layer = im_scene_layer(&p->scene, "lines", NULL, clipped ? &r : NULL);
    p->layer->opacity = opacity;
}

static void cover(struct page *p, struct bar b, bool on) {
    const struct bar *c = &p->clip;
    for (int y = b.y > c->y ? b.y : c->y; y < b.y + b.h && y < c->y + c->h; y++) {
        for (int x = b.x > c->x ? b.x : c->x; x < b.x + b.w && x < c->x + c->w; x++) {
            p->covered[y][x] = on;
        }
    }
}

static void blend(struct page *p, im_rgba colour) {
    double alpha = (colour & 0xFF) / 255.0 * p->layer->opacity;
    for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
            for (int i = 0; i < 3 && p->covered[y][x]; i++) {
                double to = colour >> (24 - 8 * i) & 0xFF;
                p->is[y][x][i] += (to - p->is[y][x][i]) * alpha;
            }
        }
    }
    memset(p->covered, 0, sizeof p->covered);
}

/* The lines that wait become visible: what comes next is no more of them. */
static void settle(struct page *p) {
    if (p->stroke.width > 0) {
        blend(p, p->stroke.colour);
    }
    p->stroke.width = 0;
}

/* A bar as a line of its width along its middle. */
static void add_line(struct page *p, struct im_paths *paths, size_t *cap,
                     struct bar b) {
    bool flat = b.w > b.h;
    double x0 = b.x + (flat ? 0 : b.w / 2.0), x1 = b.x + (flat ? b.w : b.w / 2.0);
    double y0 = b.y + (flat ? b.h / 2.0 : 0), y1 = b.y + (flat ? b.h / 2.0 : b.h);
    const double xy[] = {x0 / p->k, y0 / p->k, x1 / p->k, y1 / p->k};
    struct im_paths one = sample_path(arena, xy, 2, false);
    IM_PUSH(arena, paths->v, paths->n, *cap, one.v[0]);
    cover(p, b, true);
}

/* n lines as one item. Thin ones of one look that the ground is seen through are one,
 * whatever the items; others are one within their item. */
static void add_lines(struct page *p, int n, int width, im_rgba colour) {
    struct im_item item = {.kind = IM_ITEM_PATH,
                           .stroke = {.colour = colour, .width = width / p->k}};
    size_t cap = 0;
    bool thin = item.stroke.width < 4 && (colour & 0xFF) < 0xFF;
    if (!thin || p->stroke.colour != colour || p->stroke.width != item.stroke.width) {
        settle(p);
    }
    for (int i = 0; i < n; i++) {
        int length = width + 1 + dice(150), x = dice(W) - 10, y = dice(H) - 10;
        bool flat = dice(2);
        struct bar b = {x, y, flat ? length : width, flat ? width : length};
        add_line(p, &item.paths, &cap, b);
    }
    im_layer_add(&p->scene, p->layer, item);
    p->stroke = item.stroke;
    if (!thin) {
        settle(p);
    }
}

/* A rectangle with an outline, or none where the width is 0. */
static void add_area(struct page *p, im_rgba fill, int width, im_rgba colour) {
    struct bar b = {dice(W) - 50, dice(H) - 50, 20 + dice(200), 20 + dice(150)};
    double x = b.x, y = b.y, k = p->k;
    const double xy[] = {x / k,         y / k,         (x + b.w) / k, y / k,
                         (x + b.w) / k, (y + b.h) / k, x / k,         (y + b.h) / k};
    settle(p);
    im_layer_add(&p->scene, p->layer,
                 (struct im_item){.kind = IM_ITEM_PATH,
                                  .fill = fill,
                                  .stroke = {.colour = colour, .width = width / k},
                                  .paths = sample_path(arena, xy, 4, true)});
    cover(p, b, true);
    blend(p, fill);
    int in = width / 2, out = width - in;
    cover(p, (struct bar){b.x - out, b.y - out, b.w + 2 * out, b.h + 2 * out}, true);
    cover(p, (struct bar){b.x + in, b.y + in, b.w - 2 * in, b.h - 2 * in}, false);
    blend(p, width > 0 ? colour : 0);
}

static void compare(struct page *p) {
    settle(p);
    struct sample_pixels got =
        sample_decode(arena, sample_png(arena, &p->scene, fonts, W));
    for (int i = 0; i < W * H * 3; i++) {
        int x = i / 3 % W, y = i / 3 / W;
        int is = (int)(got.v[y * W + x] >> (16 - 8 * (i % 3)) & 0xFF);
        if (fabs(is - p->is[y][x][i % 3]) > 4) {
            fail_msg("%g pixels a point, pixel %d,%d: %06x, not %.0f %.0f %.0f", p->k,
                     x, y, got.v[y * W + x], p->is[y][x][0], p->is[y][x][1],
                     p->is[y][x][2]);
        }
    }
}

static void add_something(struct page *p) {
    static const im_rgba colour[] = {0x00000080, 0xC0000060, 0x0000FFFF, 0x60A000FF};
    static const im_rgba fill[] = {0xFFFFFFFF, 0x336699FF, 0x99336680};
    int thin = p->k < 1 ? 1 : 2, width[] = {thin, (int)(3.5 * p->k), 8, thin};
    int w = width[dice(4)];
    im_rgba c = colour[dice(4)];
    if (dice(4) == 0) {
        add_area(p, fill[dice(3)], dice(2) * (w & ~1), c);
        return;
    }
    for (int i = 0; i < 1 + dice(3); i++) {
        add_lines(p, dice(5) == 0 ? BARS : 1 + dice(6), w, c);
    }
    if (dice(3) == 0) { // an outline like the lines before it
        add_area(p, fill[dice(3)], w & ~1, c);
    }
}

static void lines_and_areas_lie_where_they_should(void **state) {
    (void)state;
    static const double k[] = {0.5, 1, 2, 8};
    static struct page p;
    seed = 1904;
    for (int i = 0; i < 24; i++) {
        new_page(&p, k[i % 4]);
        for (int layer = 0; layer < 3; layer++) {
            new_layer(&p, dice(2), dice(3) == 0 ? 0.5 : 1);
            add_area(&p, 0xFFFFFFFF, 2 * dice(2), 0x0000FFFF); // paper on paper
            for (int n = 2 + dice(6); n > 0; n--) {
                add_something(&p);
            }
            settle(&p);
        }
        compare(&p);
    }
}

static struct sample_pixels draw_items(const struct im_item *items, size_t n) {
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    for (size_t i = 0; i < n; i++) {
        im_layer_add(&scene, layer, items[i]);
    }
    return sample_decode(arena, sample_png(arena, &scene, fonts, W));
}

/* Lines of one colour and width, of which each has its own dashes and ends; the last
 * is the outline of an area. In both orders. */
static void looks_are_not_mixed(void **state) {
    (void)state;
    enum { LOOKS = 6 };
    static const struct im_stroke look[LOOKS] = {
        {.dash = {10, 10}, .dash_count = 2},
        {.dash = {10, 10}, .dash_count = 2, .round = true},
        {.round = true},
        {.dash = {10, 10}, .dash_count = 2, .dash_offset = 5},
        {.round = false},
        {.round = true}};
    static const int next[LOOKS] = {3, 0, 1, 2, 5, 4}; // like ones side by side
    for (int order = 0; order < 2; order++) {
        struct im_item item[LOOKS];
        for (int i = 0; i < LOOKS; i++) {
            int which = next[order ? LOOKS - 1 - i : i];
            double y = 20 + 40 * which;
            const double xy[] = {20, y, 372, y, 372, y + 30, 20, y + 30};
            bool area = which == 5;
            item[i] =
                (struct im_item){.kind = IM_ITEM_PATH,
                                 .fill = area ? 0x00FF00FF : 0,
                                 .stroke = look[which],
                                 .paths = sample_path(arena, xy, area ? 4 : 2, area)};
            item[i].stroke.colour = 0x00000080;
            item[i].stroke.width = 3.5;
        }
        struct sample_pixels p = draw_items(item, LOOKS);
        for (int x = 20; x < 372; x++) {
            int in = (x - 20) % 20, later = (x - 15) % 20; // 0 to 9: a dash
            const unsigned *v = &p.v[20 * W + x];
            assert_int_equal(v[0], in < 10 ? 0x7F7F7F : 0xFFFFFF);
            bool gap = in == 14 || in == 15, end = in == 10;
            assert_true(in < 10 ? v[40 * W] == 0x7F7F7F
                                : (!gap || v[40 * W] == 0xFFFFFF) &&
                                      (!end || v[40 * W] != 0xFFFFFF));
            assert_int_equal(v[80 * W], 0x7F7F7F);
            assert_int_equal(v[120 * W], later < 10 ? 0x7F7F7F : 0xFFFFFF);
            assert_int_equal(v[160 * W], 0x7F7F7F);
            assert_int_equal(v[215 * W], x > 22 && x < 369 ? 0x00FF00 : v[215 * W]);
        }
        assert_int_not_equal(p.v[100 * W + 19], 0xFFFFFF); // a round cap
        assert_int_equal(p.v[180 * W + 19], 0xFFFFFF);
    }
}

/* How many colours a figure has. */
static int shades(const struct sample_pixels *p) {
    static unsigned char seen[1 << 24];
    int n = 0;
    memset(seen, 0, sizeof seen);
    for (int i = 0; i < p->width * p->height; i++) {
        n += !seen[p->v[i]];
        seen[p->v[i]] = 1;
    }
    return n;
}

/* Pale areas have 17 shades along their edges, pale lines 9; what the eye follows has
 * more. */
static void edges_have_their_shades(void **state) {
    (void)state;
    static const double slant[] = {20, 20, 380, 47, 370, 280, 31, 251};
    struct im_paths paths = sample_path(arena, slant, 4, true);
    struct im_item pale = {.kind = IM_ITEM_PATH, .fill = 0xF0E8D0FF, .paths = paths};
    struct im_item dark = pale, line = pale, parting[2] = {pale, pale}, star = pale;
    dark.fill = 0x203040FF;
    line.fill = 0;
    line.stroke = (struct im_stroke){.colour = 0x202020FF, .width = 2};
    parting[0].fill = 0x203040FF;
    parting[0].paths =
        sample_path(arena, (const double[]){0, 0, 400, 0, 400, 300, 0, 300}, 4, true);
    parting[1].fill = 0;
    parting[1].stroke = (struct im_stroke){.colour = 0xFFFFFFFF, .width = 2};
    star.kind = IM_ITEM_SYMBOL;
    star.symbol = IM_STAR;
    star.at = (struct im_pt){200, 150};
    star.radius = 100;
    struct sample_pixels p = draw_items(&pale, 1);
    assert_in_range(shades(&p), 3, 17);
    p = draw_items(&dark, 1);
    assert_in_range(shades(&p), 60, 256);
    p = draw_items(&line, 1);
    assert_in_range(shades(&p), 60, 256);
    line.stroke.colour = 0xF0E8D0FF;
    line.paths = sample_path(arena, (const double[]){-20, 20, 420, 67}, 2, false);
    p = draw_items(&line, 1);
    assert_in_range(shades(&p), 7, 9);
    p = draw_items(parting, 2);
    assert_in_range(shades(&p), 60, 256);
    p = draw_items(&star, 1);
    assert_in_range(shades(&p), 18, 256);
}

static void too_many_pixels_are_refused(void **state) {
    (void)state;
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    struct im_bytes out;
    struct incmap_error err = {.record = -1};
    struct im_draw_options options = {.width_px = 10001, .height_px = 8000};
    assert_int_equal(im_draw_png(arena, &scene, fonts, &options, &out, &err),
                     INCMAP_E_LIMIT);
    assert_non_null(strstr(err.message, "80000000"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_and_areas_lie_where_they_should),
        cmocka_unit_test(looks_are_not_mixed),
        cmocka_unit_test(edges_have_their_shades),
        cmocka_unit_test(too_many_pixels_are_refused),
    };
    return cmocka_run_group_tests(tests, desk_setup, arena_teardown);
}
