#include "help/sample.h"
#include "base/buf.h"
#include <cairo.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct im_fonts *sample_fonts(struct im_arena *arena) {
    struct im_font_pool *pool = NULL;
    struct incmap_error err = {.record = -1};
    if (im_font_pool_open(arena, NULL, &pool, &err) != INCMAP_OK) {
        fail_msg("%s: %s", err.source, err.message);
    }
    return im_fonts_open(arena, pool);
}

struct im_paths sample_path(struct im_arena *arena, const double *xy, size_t n,
                            bool closed) {
    struct im_path *path = im_alloc(arena, 1, sizeof *path);
    path->v = im_alloc(arena, n, sizeof *path->v);
    path->n = n;
    path->closed = closed;
    for (size_t i = 0; i < n; i++) {
        path->v[i] = (struct im_pt){xy[2 * i], xy[2 * i + 1]};
    }
    return (struct im_paths){path, 1, 1};
}

struct im_item sample_text(struct im_fonts *fonts, const char *text, double x, double y,
                           double size) {
    struct im_item item = {.kind = IM_ITEM_TEXT,
                           .fill = 0x202020FF,
                           .at = {x, y},
                           .text = text,
                           .font = {.size = size}};
    struct im_measure m = im_fonts_measure(fonts);
    item.width = m.text(m.self, &item.font, text).width;
    return item;
}

struct im_scene sample_page(struct im_arena *arena, struct im_layer **layer) {
    struct im_scene scene;
    im_scene_init(&scene, arena, SAMPLE_W, SAMPLE_H);
    scene.title = "A <title> & more";
    scene.description = "A description of the figure, \"quoted\"";
    scene.language = "en";
    scene.manifest = "{\"program\":\"incmap\"}";
    *layer = im_scene_layer(&scene, "things", "Things", NULL);
    return scene;
}

static void add_ground(struct im_arena *arena, struct im_scene *scene) {
    static const double land[] = {20, 20, 380, 40, 360, 280, 40, 260};
    static const double line[] = {30, 200, 200, 150, 370, 210};
    struct im_rect clip = {10, 10, 380, 280};
    struct im_layer *l = im_scene_layer(scene, "ground", "Ground", &clip);
    im_layer_add(scene, l,
                 (struct im_item){.kind = IM_ITEM_PATH,
                                  .id = "land",
                                  .fill = 0xE8E4D8FF,
                                  .stroke = {.colour = 0x8090A0FF, .width = 1},
                                  .paths = sample_path(arena, land, 4, true)});
    im_layer_add(scene, l,
                 (struct im_item){.kind = IM_ITEM_PATH,
                                  .id = "border",
                                  .stroke = {.colour = 0xC03030FF,
                                             .width = 2,
                                             .dash = {8, 4},
                                             .dash_count = 2},
                                  .paths = sample_path(arena, line, 3, false)});
}

static void add_symbols(struct im_scene *scene) {
    static const char *const id[] = {"s-circle",  "s-square", "s-triangle",
                                     "s-diamond", "s-ring",   "s-star"};
    static const struct im_datum data[] = {{"file", "a.csv"}, {"row", "7"}};
    struct im_layer *l = im_scene_layer(scene, "symbols", "Symbols", NULL);
    for (int i = 0; i < 6; i++) {
        im_layer_add(scene, l,
                     (struct im_item){.kind = IM_ITEM_SYMBOL,
                                      .id = id[i],
                                      .title = "clash <1> & \"2\"",
                                      .data = data,
                                      .data_count = 2,
                                      .symbol = (enum im_symbol)i,
                                      .fill = 0xD04020C0,
                                      .stroke = {.colour = 0x000000FF, .width = 0.5},
                                      .at = {60 + 50 * i, 240},
                                      .radius = 10});
    }
}

static void add_texts(struct im_arena *arena, struct im_scene *scene,
                      struct im_fonts *fonts) {
    static const double bent[] = {40, 120, 120, 70, 240, 60, 340, 110};
    static const char *const text[] = {"Tovuz & Gəncə", "Товуз", "Տավուշ", "თბილისი"};
    struct im_layer *l = im_scene_layer(scene, "names", "Names", NULL);
    for (int i = 0; i < 4; i++) {
        struct im_item t = sample_text(fonts, text[i], 30 + 90 * i, 180, 12);
        t.halo = (struct im_halo){0xFFFFFFFF, 1.5};
        im_layer_add(scene, l, t);
    }
    struct im_item t = sample_text(fonts, "Baku–Tbilisi–Ceyhan", 0, 0, 14);
    t.kind = IM_ITEM_LINE_TEXT;
    t.paths = sample_path(arena, bent, 4, false);
    t.halo = (struct im_halo){0xFFFFFFFF, 1.5};
    im_layer_add(scene, l, t);
}

struct im_scene sample_scene(struct im_arena *arena, struct im_fonts *fonts) {
    struct im_layer *first;
    struct im_scene scene = sample_page(arena, &first);
    add_ground(arena, &scene);
    add_symbols(&scene);
    add_texts(arena, &scene, fonts);
    return scene;
}

static struct im_draw_options size_of(int width_px, bool outlines) {
    return (struct im_draw_options){.width_px = width_px,
                                    .height_px = width_px * SAMPLE_H / SAMPLE_W,
                                    .outlines = outlines};
}

struct im_bytes sample_png(struct im_arena *arena, const struct im_scene *scene,
                           struct im_fonts *fonts, int width_px) {
    struct im_bytes out = {NULL, 0};
    struct incmap_error err = {.record = -1};
    struct im_draw_options options = size_of(width_px, false);
    if (im_draw_png(arena, scene, fonts, &options, &out, &err) != INCMAP_OK) {
        fail_msg("%s", err.message);
    }
    return out;
}

struct im_bytes sample_svg(struct im_arena *arena, const struct im_scene *scene,
                           struct im_fonts *fonts, bool outlines) {
    struct im_bytes out = {NULL, 0};
    struct incmap_error err = {.record = -1};
    struct im_draw_options options = size_of(SAMPLE_W, outlines);
    if (im_draw_svg(arena, scene, fonts, &options, &out, &err) != INCMAP_OK) {
        fail_msg("%s", err.message);
    }
    return out;
}

int sample_starve(sample_draw *draw, const struct im_scene *scene,
                  struct im_fonts *fonts, const struct im_draw_options *options) {
    for (volatile int failures = 0; failures < 1000; failures++) {
        struct im_bytes out;
        struct incmap_error err = {.record = -1};
        jmp_buf here;
        size_t ceiling = 3000 + (size_t)failures * 9973;
        struct im_arena *small = im_arena_new(ceiling);
        im_arena_catch(small, &here);
        bool enough = setjmp(here) == 0 &&
                      draw(small, scene, fonts, options, &out, &err) == INCMAP_OK;
        im_arena_free(small);
        if (enough) {
            return failures;
        }
    }
    return -1;
}

const char *sample_find(struct im_bytes bytes, const char *needle) {
    size_t n = strlen(needle);
    for (size_t i = 0; i + n <= bytes.n; i++) {
        if (memcmp(bytes.data + i, needle, n) == 0) {
            return bytes.data + i;
        }
    }
    return NULL;
}

struct reading {
    struct im_bytes bytes;
    size_t at;
};

static cairo_status_t read_on(void *self, unsigned char *to, unsigned n) {
    struct reading *r = self;
    if (n > r->bytes.n - r->at) {
        return CAIRO_STATUS_READ_ERROR;
    }
    memcpy(to, r->bytes.data + r->at, n);
    r->at += n;
    return CAIRO_STATUS_SUCCESS;
}

struct sample_pixels sample_decode(struct im_arena *arena, struct im_bytes png) {
    struct reading r = {png, 0};
    cairo_surface_t *s = cairo_image_surface_create_from_png_stream(read_on, &r);
    assert_int_equal(cairo_surface_status(s), CAIRO_STATUS_SUCCESS);
    struct sample_pixels out = {NULL, cairo_image_surface_get_width(s),
                                cairo_image_surface_get_height(s)};
    const unsigned char *data = cairo_image_surface_get_data(s);
    int stride = cairo_image_surface_get_stride(s);
    out.v = im_alloc(arena, (size_t)out.width * (size_t)out.height, sizeof *out.v);
    for (int y = 0; y < out.height; y++) {
        for (int x = 0; x < out.width; x++) {
            uint32_t v;
            memcpy(&v, data + y * stride + 4 * x, 4);
            out.v[y * out.width + x] = v & 0xFFFFFFU;
        }
    }
    cairo_surface_destroy(s);
    return out;
}

static void store(const char *path, struct im_bytes bytes) {
    struct incmap_error err = {.record = -1};
    if (im_file_write(path, bytes.data, bytes.n, &err) != INCMAP_OK) {
        fail_msg("%s", err.message);
    }
}

/* Run a command line and keep what it prints first. */
static int run(const char *line, char *out, size_t n) {
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    size_t got = fread(out, 1, n - 1, pipe);
    out[got] = '\0';
    int code = pclose(pipe);
    return WIFEXITED(code) ? WEXITSTATUS(code) : -1;
}

int sample_run(struct im_bytes bytes, const char *name, const char *command, char *out,
               size_t n) {
    char folder[] = "/tmp/incmap-test-XXXXXX", path[64], line[256];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/%s", folder, name);
    store(path, bytes);
    const char *hole = strstr(command, "%s");
    assert_non_null(hole);
    snprintf(line, sizeof line, "%.*s%s%s 2>&1", (int)(hole - command), command, path,
             hole + 2);
    int code = run(line, out, n);
    unlink(path);
    rmdir(folder);
    return code;
}
