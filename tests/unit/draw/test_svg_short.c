/* What makes the SVG short changes nothing: whole numbers, curves, the pen's order,
 * attributes in common. */
#include "help/compare.h"
#include "help/desk.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct im_rect clip = {10, 10, 380, 280};

static struct im_scene clipped_page(struct im_layer **layer) {
    struct im_scene scene = sample_page(arena, layer);
    *layer = im_scene_layer(&scene, "ground", "Ground", &clip);
    return scene;
}

static double rolled(void) { // 0..1, the same in every run
    static unsigned state = 7;
    state = state * 1103515245u + 12345u;
    return (state >> 8 & 0xFFFF) / 65535.0;
}

/* A chain of `n` vertices with steps of about 4 points from x, y. */
static struct im_path jagged(double x, double y, size_t n) {
    struct im_path path = {im_alloc(arena, n, sizeof *path.v), n, false};
    double angle = 6.2832 * rolled();
    for (size_t i = 0; i < n; i++) {
        path.v[i] = (struct im_pt){x, y};
        angle += 2.4 * (rolled() - 0.5);
        x += (2 + 4 * rolled()) * cos(angle);
        y += (2 + 4 * rolled()) * sin(angle);
    }
    return path;
}

static void add_path(struct im_paths *paths, struct im_path path) {
    IM_PUSH(arena, paths->v, paths->n, paths->cap, path);
}

/* 1. Lines that a path draws. */

struct lines {
    struct im_pt a[40000], b[40000];
    size_t n;
};

static void add_line(struct lines *l, struct im_pt a, struct im_pt b) {
    assert_true(l->n < sizeof l->a / sizeof *l->a);
    l->a[l->n] = a;
    l->b[l->n++] = b;
}

static struct im_pt number_pair(const char **p, struct im_pt from) {
    char *end;
    double x = strtod(*p, &end);
    double y = strtod(end, &end);
    *p = end;
    return (struct im_pt){from.x + x, from.y + y};
}

static struct im_pt blend(struct im_pt a, struct im_pt b, double t) {
    return (struct im_pt){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

/* A cubic curve as 64 lines, by de Casteljau. */
static struct im_pt curved(const char **p, struct im_pt from, struct lines *out,
                           double k) {
    struct im_pt c[4] = {from, number_pair(p, from), number_pair(p, from),
                         number_pair(p, from)};
    struct im_pt last = from;
    for (int i = 1; i <= 64; i++) {
        double t = i / 64.0;
        struct im_pt m = blend(c[1], c[2], t);
        struct im_pt at = blend(blend(blend(c[0], c[1], t), m, t),
                                blend(m, blend(c[2], c[3], t), t), t);
        add_line(out, blend((struct im_pt){0}, last, k),
                 blend((struct im_pt){0}, at, k));
        last = at;
    }
    return last;
}

/* The lines of path data in units of k points. */
static void draw_data(const char *p, double k, struct lines *out) {
    struct im_pt at = {0}, start = {0}, to;
    char command = 0;
    while (*p != '"') {
        command = strchr("mlhvcz", *p) != NULL ? *p++ : command;
        to = at;
        if (command == 'c') {
            at = curved(&p, at, out, k);
            continue;
        }
        if (command == 'h' || command == 'v') {
            char *end;
            double d = strtod(p, &end);
            p = end;
            to = (struct im_pt){at.x + (command == 'h' ? d : 0),
                                at.y + (command == 'v' ? d : 0)};
        } else {
            to = command == 'z' ? start : number_pair(&p, at);
        }
        if (command == 'm') {
            start = to;
        } else {
            add_line(out, blend((struct im_pt){0}, at, k),
                     blend((struct im_pt){0}, to, k));
        }
        at = to;
        command = command == 'm' ? 'l' : command == 'z' ? 0 : command;
    }
}

static struct lines *drawn_by(struct im_bytes svg, double scale) {
    struct lines *out = im_alloc(arena, 1, sizeof *out);
    const char *p = sample_find(svg, "<g id=\"ground\"");
    assert_non_null(p);
    while ((p = strstr(p, " d=\"")) != NULL) {
        p += 4;
        draw_data(p, scale, out);
    }
    return out;
}

static double to_line(struct im_pt p, struct im_pt a, struct im_pt b) {
    double dx = b.x - a.x, dy = b.y - a.y, n = dx * dx + dy * dy;
    double t = n > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / n : 0;
    struct im_pt foot = blend(a, b, fmax(0, fmin(1, t)));
    return hypot(p.x - foot.x, p.y - foot.y);
}

/* How far the middles and ends of the lines `of` are from `others`, at most. */
static double farthest(const struct lines *of, const struct lines *others) {
    double worst = 0;
    for (size_t i = 0; i < 3 * of->n; i++) {
        struct im_pt p = blend(of->a[i / 3], of->b[i / 3], (double)(i % 3) / 2);
        double least = INFINITY;
        for (size_t k = 0; k < others->n; k++) {
            least = fmin(least, to_line(p, others->a[k], others->b[k]));
        }
        worst = fmax(worst, least);
    }
    return worst;
}

static struct lines *lines_of(const struct im_paths *paths) {
    struct lines *out = im_alloc(arena, 1, sizeof *out);
    for (size_t i = 0; i < paths->n; i++) {
        const struct im_path *p = &paths->v[i];
        for (size_t k = 1; k < p->n; k++) {
            add_line(out, p->v[k - 1], p->v[k]);
        }
        if (p->closed) {
            add_line(out, p->v[p->n - 1], p->v[0]);
        }
    }
    return out;
}

/* Both ways: nothing is missing, nothing is added. */
static void assert_drawn(struct im_bytes svg, const char *scale,
                         const struct im_paths *paths, double tolerance) {
    const char *p = sample_find(svg, "<g id=\"ground\"");
    assert_non_null(p);
    p = strstr(p, "scale(");
    assert_true(p != NULL && strncmp(p, scale, strlen(scale)) == 0);
    struct lines *is = drawn_by(svg, strtod(p + strlen("scale("), NULL));
    struct lines *should = lines_of(paths);
    double missing = farthest(should, is), added = farthest(is, should);
    if (missing > tolerance || added > tolerance) {
        fail_msg("missing %.3f, added %.3f points away", missing, added);
    }
}

static struct im_item line_item(struct im_paths paths) {
    return (struct im_item){.kind = IM_ITEM_PATH,
                            .stroke = {.colour = 0x303030FF, .width = 1, .round = true},
                            .paths = paths};
}

/* Pieces of lines in no order, some of which go on where others end, either way. */
static void lines_in_another_order(void **state) {
    (void)state;
    struct im_paths paths = {0};
    for (int i = 0; i < 60; i++) {
        struct im_path whole =
            jagged(60 + 280 * rolled(), 60 + 180 * rolled(), (size_t)(4 + i % 9));
        size_t cut = 2 + (size_t)i % 2;
        struct im_path head = {whole.v, cut, false};
        struct im_path tail = {whole.v + cut - 1, whole.n - cut + 1, i % 7 == 0};
        add_path(&paths, i % 3 == 0 ? tail : head);
        add_path(&paths, i % 3 == 0 ? head : tail);
    }
    struct im_layer *layer;
    struct im_scene scene = clipped_page(&layer);
    im_layer_add(&scene, layer, line_item(paths));
    struct im_bytes svg = sample_svg(arena, &scene, fonts, false);
    assert_drawn(svg, "scale(.5)", &paths, 0.61); // 0.25 by the eye, half a step aslant
    size_t moves = 0;
    for (const char *p = sample_find(svg, " d=\""); *p != 0; p++) {
        moves += *p == 'm' && p[1] != 'e';
    }
    assert_true(moves < paths.n); // some go on
}

static void areas_keep_their_corners(void **state) {
    (void)state;
    struct im_paths all = {0};
    struct im_layer *layer;
    struct im_scene scene = clipped_page(&layer);
    for (int i = 0; i < 8; i++) {
        struct im_path path = jagged(100 + 20 * i, 150, 30);
        path.closed = true;
        struct im_paths one = {0};
        add_path(&one, path);
        add_path(&all, path);
        im_layer_add(&scene, layer,
                     (struct im_item){.kind = IM_ITEM_PATH,
                                      .id = im_format(arena, "a%d", i),
                                      .fill = 0xA0B0C0FF,
                                      .paths = one});
    }
    assert_drawn(sample_svg(arena, &scene, fonts, false), "scale(.5)", &all, 0.36);
}

/* Lines that were drawn by a program stand finer, and as curves where they are smooth.
 */
static void smooth_lines_are_curves(void **state) {
    (void)state;
    struct im_layer *layer;
    struct im_scene scene = clipped_page(&layer);
    struct im_paths all = {0};
    for (int i = 0; i < 5; i++) {
        struct im_path path = {im_alloc(arena, 60, sizeof *path.v), 60, false};
        for (int k = 0; k < 60; k++) {
            path.v[k] = (struct im_pt){30 + 5.5 * k, 60 + 40 * i + 9 * sin(k / 9.0)};
        }
        add_path(&all, path);
        struct im_paths one = {0};
        add_path(&one, path);
        im_layer_add(&scene, layer, line_item(one));
    }
    struct im_bytes svg = sample_svg(arena, &scene, fonts, false);
    assert_drawn(svg, "scale(.1)", &all, 0.2);
    const char *d = sample_find(svg, " d=\"m");
    assert_non_null(d);
    size_t n = strcspn(d + 4, "\"");
    assert_true(memchr(d + 4, 'c', n) != NULL);
    assert_true(n < 5 * 120); // of 300 vertices
}

/* Two crossing lines that let through stay two: their crossing is darker. */
static void what_lets_through_stays_apart(void **state) {
    (void)state;
    for (int alpha = 0; alpha < 2; alpha++) {
        struct im_layer *layer;
        struct im_scene scene = clipped_page(&layer);
        for (int i = 0; i < 2; i++) {
            struct im_paths one = {0};
            struct im_path path = jagged(0, 0, 80);
            for (size_t k = 0; k < path.n; k++) {
                double along = 60 + 2.5 * (double)k, aside = 150 + 5 * (double)(k % 2);
                path.v[k] =
                    i ? (struct im_pt){along, aside} : (struct im_pt){aside, along};
            }
            add_path(&one, path);
            struct im_item item = line_item(one);
            item.stroke.colour = alpha ? 0x30303080 : 0x303030FF;
            im_layer_add(&scene, layer, item);
        }
        struct im_bytes svg = sample_svg(arena, &scene, fonts, false);
        const char *first = sample_find(svg, "<path");
        assert_non_null(first);
        assert_int_equal(strstr(first + 1, "<path") != NULL, alpha);
    }
}

/* 2. The same picture. */

static void assert_same_picture(const struct im_scene *scene, double mean,
                                double worst) {
    struct sample_pixels png =
        sample_decode(arena, sample_png(arena, scene, fonts, 800));
    struct im_bytes svg = sample_svg(arena, scene, fonts, false);
    struct compare c = compare_pictures(png, compare_svg(arena, svg, 800), 8);
    if (c.mean > mean || c.worst > worst) {
        fail_msg("mean %.3f, worst %.1f at %d,%d", c.mean, c.worst, c.x, c.y);
    }
}

/* A band and a dashed line on it are one shape, which is cut nowhere. */
static void dashes_of_shared_shapes(void **state) {
    (void)state;
    struct im_layer *layer;
    struct im_scene scene = clipped_page(&layer);
    struct im_paths paths = {0};
    struct im_path path = jagged(0, 0, 120);
    for (size_t i = 0; i < path.n; i++) { // from far outside the clip
        path.v[i] = (struct im_pt){-300 + 6 * (double)i, 150 + 8 * (double)(i % 2)};
    }
    add_path(&paths, path);
    struct im_item band = line_item(paths), line = line_item(paths);
    band.stroke.width = 12;
    band.stroke.colour = 0xE0D0A0FF;
    line.stroke = (struct im_stroke){
        .colour = 0x000000FF, .width = 3, .dash = {31, 17}, .dash_count = 2};
    im_layer_add(&scene, layer, band);
    im_layer_add(&scene, layer, line);
    assert_non_null(sample_find(sample_svg(arena, &scene, fonts, false), "<use"));
    assert_same_picture(&scene, 0.6, 30);
}

static void add_symbol(struct im_scene *scene, struct im_layer *layer, int i,
                       struct im_stroke stroke, im_rgba fill) {
    im_layer_add(scene, layer,
                 (struct im_item){.kind = IM_ITEM_SYMBOL,
                                  .symbol = (enum im_symbol)(i % 6),
                                  .fill = fill,
                                  .stroke = stroke,
                                  .at = {40 + 34 * (i % 10), 50 + 34 * (i / 10)},
                                  .radius = 11});
}

/* Symbols of all looks next to each other: what most have in common reaches none that
 * has it not. */
static void symbols_keep_their_looks(void **state) {
    (void)state;
    static const struct im_stroke stroke[] = {
        {.colour = 0x202020FF, .width = 3},
        {0},
        {.colour = 0x202020FF, .width = 3, .round = true},
        {.colour = 0xC02020FF, .width = 3, .dash = {5, 3}, .dash_count = 2},
        {.colour = 0x20202080, .width = 3},
        {.colour = 0xC02020FF, .width = 5}};
    static const im_rgba fill[] = {0x60A080FF, 0x60A080FF, 0, 0x6080F080};
    for (int most = 0; most < 6; most++) { // each is the most frequent once
        struct im_layer *layer;
        struct im_scene scene = sample_page(arena, &layer);
        for (int i = 0; i < 60; i++) {
            int look = i % 3 == 0 ? i / 3 % 6 : most;
            add_symbol(&scene, layer, i, stroke[look], fill[(i + most) % 4]);
        }
        assert_same_picture(&scene, 0.8, 40);
    }
}

static void texts_keep_their_looks(void **state) {
    (void)state;
    for (int most = 0; most < 6; most++) {
        struct im_layer *layer;
        struct im_scene scene = sample_page(arena, &layer);
        for (int i = 0; i < 16; i++) {
            int look = i % 3 == 0 ? i / 3 % 6 : most;
            struct im_item t = sample_text(fonts, "Tovuz", 110 + 180 * (i % 2),
                                           40 + 32 * (i / 2), look == 1 ? 24 : 18);
            t.font.weight = look == 2 ? IM_BOLD : IM_REGULAR;
            t.font.italic = look == 3;
            t.align = look == 4 ? IM_MIDDLE : IM_LEFT;
            t.halo = look % 2 ? (struct im_halo){0xFFC060FF, 3} : (struct im_halo){0};
            t.fill = look == 5 ? 0xB02020FF : 0x202020FF;
            struct im_measure m = im_fonts_measure(fonts);
            t.width = m.text(m.self, &t.font, t.text).width;
            im_layer_add(&scene, layer, t);
        }
        assert_same_picture(&scene, 1.8, 40);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_in_another_order),
        cmocka_unit_test(areas_keep_their_corners),
        cmocka_unit_test(smooth_lines_are_curves),
        cmocka_unit_test(what_lets_through_stays_apart),
        cmocka_unit_test(dashes_of_shared_shapes),
        cmocka_unit_test(symbols_keep_their_looks),
        cmocka_unit_test(texts_keep_their_looks),
    };
    return cmocka_run_group_tests(tests, desk_setup, arena_teardown);
}
