/* Symbols of a PNG: discs and rings cover what circles cover, the others what their
 * outlines do, in every size and place, however many there are. */
#include "help/desk.h"
#include "help/random.h"
#include "help/sample.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MOST = 6000 /* symbols */ };

static uint64_t seed;

static struct sample_pixels draw(struct im_item *items, size_t n, int width_px) {
    struct im_layer *layer;
    struct im_scene scene = sample_page(arena, &layer);
    for (size_t i = 0; i < n; i++) {
        im_layer_add(&scene, layer, items[i]);
    }
    return sample_decode(arena, sample_png(arena, &scene, fonts, width_px));
}

/* Half the width of a disc of radius r at a height from its middle. */
static double half_at(double r, double dy) {
    return r > fabs(dy) ? sqrt(r * r - dy * dy) : 0;
}

/* The length of a..b that lies in 0..1. */
static double within(double a, double b) {
    return fmax(0, fmin(b, 1) - fmax(a, 0));
}

/* The share of the pixel that a disc covers, whose middle lies at (x, y) from its
 * corner; pixels. */
static double disc_over(double r, double x, double y) {
    enum { SCANS = 32 };
    double sum = 0;
    for (int i = 0; i < SCANS; i++) {
        double half = half_at(r, (i + 0.5) / SCANS - y);
        sum += within(x - half, x + half) / SCANS;
    }
    return sum;
}

/* The grey of a pixel under a disc in black at alpha `fill` and a ring at `line`. */
static double grey_of(const struct im_item *item, double k, int px, int py) {
    double x = item->at.x * k - px, y = item->at.y * k - py;
    double r = item->radius * k, w = item->stroke.width * k / 2;
    double fill = disc_over(r, x, y) * (item->fill & 0xFF) / 255;
    double ring = disc_over(r + w, x, y) - (r > w ? disc_over(r - w, x, y) : 0);
    double line = ring * (item->stroke.colour & 0xFF) / 255;
    return 255 * (1 - fill) * (1 - line);
}

struct errors {
    double most, sum, squares;
    int n;
};

/* The disc's surroundings against what they should be: `around` pixels each way. */
static struct errors compare(const struct sample_pixels *p, const struct im_item *item,
                             int around) {
    struct errors e = {0, 0, 0, 0};
    double k = p->width / (double)SAMPLE_W;
    int x0 = (int)floor(item->at.x * k) - around;
    int y0 = (int)floor(item->at.y * k) - around;
    for (int y = y0; y < y0 + 2 * around; y++) {
        for (int x = x0; x < x0 + 2 * around; x++) {
            if (x >= 0 && x < p->width && y >= 0 && y < p->height) {
                double is = p->v[y * p->width + x] & 0xFF;
                double off = is - grey_of(item, k, x, y);
                e.most = fmax(e.most, fabs(off));
                e.sum += off;
                e.squares += off * off;
                e.n += fabs(off) > 0.001;
            }
        }
    }
    return e;
}

/* Up to `largest`: one of so many sizes, any where `sizes` is 0. */
static double size_of(double largest, int sizes) {
    double any = random_from(&seed, 0.3, largest);
    return sizes == 0 ? any : ceil(sizes * any / largest) * largest / sizes;
}

/* Random discs in a grid of cells; sizes in pixels, places in eighths of one. */
static size_t discs(struct im_item *out, int cell, double k, double largest,
                    int sizes) {
    size_t n = 0;
    double first = -cell / 2.0 - 1; // some lie beyond the edge
    for (double y = first; y < SAMPLE_H * k; y += cell) {
        for (double x = first; x < SAMPLE_W * k; x += cell) {
            double to[2] = {x + cell / 2.0 + (int)random_from(&seed, 0, 8) / 8.0,
                            y + cell / 2.0 + (int)random_from(&seed, 0, 8) / 8.0};
            int look = sizes > 0 ? 1 : (int)random_from(&seed, 0, 3);
            out[n] = (struct im_item){
                .kind = IM_ITEM_SYMBOL,
                .symbol = random_from(&seed, 0, 1) < 0.5 ? IM_CIRCLE : IM_RING,
                .fill = look == 0 ? 0 : 0x000000FF,
                .at = {to[0] / k, to[1] / k},
                .radius = size_of(largest, sizes) / k};
            if (look != 1) {
                out[n].stroke.colour = look == 0 ? 0x000000FF : 0x00000080;
                out[n].stroke.width = size_of(largest / 3, sizes) / k;
            }
            n++;
        }
    }
    return n;
}

static void check_discs(int cell, double k, double largest, int sizes) {
    struct im_item *item = im_alloc(arena, MOST, sizeof *item);
    size_t n = discs(item, cell, k, largest, sizes);
    struct sample_pixels p = draw(item, n, (int)(SAMPLE_W * k));
    struct errors all = {0, 0, 0, 0};
    for (size_t i = 0; i < n; i++) {
        struct errors e = compare(&p, &item[i], cell / 2);
        if (e.most > 18) {
            fail_msg("disc of %g, line of %g, at %g,%g: %g off", item[i].radius * k,
                     item[i].stroke.width * k, item[i].at.x * k, item[i].at.y * k,
                     e.most);
        }
        all.sum += e.sum;
        all.squares += e.squares;
        all.n += e.n;
    }
    assert_true(sqrt(all.squares / all.n) < 3); // of 33 shades
    assert_true(fabs(all.sum / all.n) < 0.5);   // neither too dark nor too pale
}

static void discs_and_rings_cover_their_area(void **state) {
    (void)state;
    seed = 1877;
    check_discs(40, 1, 16, 0);
    check_discs(40, 2, 16, 0);
    check_discs(100, 1, 40, 0);
}

/* More sizes than masks are kept, and all masks that are kept of few sizes: all are
 * right, when they come again, too. */
static void no_size_is_mistaken_for_another(void **state) {
    (void)state;
    for (int again = 0; again < 2; again++) {
        seed = 1789;
        check_discs(10, 2, 3, 0);
        check_discs(10, 2, 3, 46);
    }
}

static struct im_item outline_of(struct im_item symbol) {
    struct im_paths paths = {0};
    im_symbol_path(arena, symbol.symbol, symbol.at, symbol.radius, &paths);
    symbol.kind = IM_ITEM_PATH;
    symbol.paths = paths;
    return symbol;
}

/* Filled in one of so many sizes; `sizes` 0: of three, and in all looks. */
static struct im_item any_symbol(double x, double y, double largest, int sizes) {
    static const enum im_symbol shape[] = {IM_SQUARE, IM_TRIANGLE, IM_DIAMOND, IM_STAR};
    int look = sizes > 0 ? 1 : (int)random_from(&seed, 0, 3);
    struct im_item item = {.kind = IM_ITEM_SYMBOL,
                           .symbol = shape[(int)random_from(&seed, 0, 4)],
                           .fill = look == 0 ? 0 : 0x203060FF,
                           .at = {x, y},
                           .radius = size_of(largest, sizes > 0 ? sizes : 3)};
    if (look != 1) {
        item.stroke.colour = 0x700000FF;
        item.stroke.width = largest / (2 + 2 * (int)random_from(&seed, 0, 2));
        item.stroke.round = random_from(&seed, 0, 1) < 0.5;
    }
    return item;
}

/* Squares, triangles, diamonds and stars. */
static void check_outlines(int cell, int k, double largest, int sizes) {
    struct im_item *item = im_alloc(arena, 2 * MOST, sizeof *item), *path = item + MOST;
    size_t n = 0;
    for (int y = cell / 2; y < SAMPLE_H; y += cell) {
        for (int x = cell / 2; x < SAMPLE_W; x += cell, n++) {
            double dx = (int)random_from(&seed, 0, 8) / 8.0 / k;
            double dy = (int)random_from(&seed, 0, 8) / 8.0 / k;
            item[n] = any_symbol(x + dx, y + dy, largest, sizes);
            path[n] = outline_of(item[n]);
        }
    }
    struct sample_pixels p = draw(item, n, SAMPLE_W * k);
    struct sample_pixels q = draw(path, n, SAMPLE_W * k);
    size_t off = 0; // at tips, where two edges share a pixel
    for (int i = 0; i < p.width * p.height * 3; i++) {
        int a = (int)(p.v[i / 3] >> 8 * (i % 3) & 0xFF);
        int b = (int)(q.v[i / 3] >> 8 * (i % 3) & 0xFF);
        off += abs(a - b) > 25;
        if (abs(a - b) > 128 || off > 12 * n) {
            fail_msg("%d pixels a point, pixel %d,%d: %06x, not %06x", k,
                     i / 3 % p.width, i / 3 / p.width, p.v[i / 3], q.v[i / 3]);
        }
    }
}

static void other_symbols_are_their_outlines(void **state) {
    (void)state;
    seed = 1812;
    check_outlines(40, 1, 9, 0);
    check_outlines(40, 2, 9, 0);
    check_outlines(8, 2, 2, 0);
    for (int i = 0; i < 4; i++) { // as many masks as are kept
        check_outlines(8, 2, 2, 11);
    }
}

/* What is no matter of one mask: opacity, dashes, great sizes, the layer's clip. */
static void symbols_keep_to_their_layer(void **state) {
    (void)state;
    struct im_rect clip = {50, 40, 120, 150};
    struct im_scene scene;
    im_scene_init(&scene, arena, SAMPLE_W, SAMPLE_H);
    scene.title = scene.description = scene.manifest = "";
    struct im_item disc = {
        .kind = IM_ITEM_SYMBOL, .fill = 0x000000FF, .at = {55, 45}, .radius = 20};
    im_layer_add(&scene, im_scene_layer(&scene, "cut", NULL, &clip), disc);
    disc.at = (struct im_pt){100, 100};
    struct im_layer *pale = im_scene_layer(&scene, "pale", NULL, NULL);
    pale->opacity = 0.4;
    im_layer_add(&scene, pale, disc);
    struct im_item ring = {.kind = IM_ITEM_SYMBOL,
                           .symbol = IM_RING,
                           .at = {250, 150},
                           .radius = 60,
                           .stroke = {.colour = 0x000000FF, .width = 40}};
    struct im_layer *more = im_scene_layer(&scene, "more", NULL, NULL);
    im_layer_add(&scene, more, ring);
    ring.radius = 20;
    ring.stroke.width = 6;
    ring.stroke.dash_count = 2;
    ring.stroke.dash[0] = ring.stroke.dash[1] = 20 * acos(-1.0) / 2; // quarters
    im_layer_add(&scene, more, ring);
    struct sample_pixels p =
        sample_decode(arena, sample_png(arena, &scene, fonts, SAMPLE_W));
    const unsigned *v = p.v;
    assert_int_equal(v[45 * SAMPLE_W + 50], 0);
    assert_int_equal(v[45 * SAMPLE_W + 49], 0xFFFFFF);
    assert_int_equal(v[40 * SAMPLE_W + 55], 0);
    assert_int_equal(v[39 * SAMPLE_W + 55], 0xFFFFFF);
    assert_int_equal(v[100 * SAMPLE_W + 100], 0x999999);
    for (int far = 45; far < 75; far++) {
        assert_int_equal(v[150 * SAMPLE_W + 250 + far] == 0, far > 40 && far < 80);
        assert_int_equal(v[(150 - far) * SAMPLE_W + 250] == 0, far > 40 && far < 80);
    }
    assert_int_equal(v[150 * SAMPLE_W + 250 + 82], 0xFFFFFF);
    // clockwise from the right: a quarter on, one off
    assert_int_equal(v[164 * SAMPLE_W + 264], 0);
    assert_int_equal(v[164 * SAMPLE_W + 235], 0xFFFFFF);
    assert_int_equal(v[135 * SAMPLE_W + 235], 0);
    assert_int_equal(v[135 * SAMPLE_W + 264], 0xFFFFFF);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(discs_and_rings_cover_their_area),
        cmocka_unit_test(no_size_is_mistaken_for_another),
        cmocka_unit_test(other_symbols_are_their_outlines),
        cmocka_unit_test(symbols_keep_to_their_layer),
    };
    return cmocka_run_group_tests(tests, desk_setup, arena_teardown);
}
