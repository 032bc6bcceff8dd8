/* Lines as they are stroked: along the edges of what is filled, and nowhere else. */
#include "basemap/geodata.h"
#include "help/data.h"
#include "help/fit.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct edge {
    struct im_pt a, b;
};
struct edges {
    struct edge *v;
    size_t n, cap;
};

static void add_edges(struct edges *all, const struct im_paths *paths) {
    for (size_t k = 0; k < paths->n; k++) {
        const struct im_path *p = &paths->v[k];
        for (size_t i = p->closed ? 0 : 1; i < p->n; i++) {
            struct edge e = {p->v[i > 0 ? i - 1 : p->n - 1], p->v[i]};
            IM_PUSH(arena, all->v, all->n, all->cap, e);
        }
    }
}

static double distance(struct im_pt p, const struct edge *e) {
    double dx = e->b.x - e->a.x, dy = e->b.y - e->a.y, len2 = dx * dx + dy * dy;
    double t = len2 > 0 ? ((p.x - e->a.x) * dx + (p.y - e->a.y) * dy) / len2 : 0;
    t = fmax(0, fmin(1, t));
    return hypot(p.x - e->a.x - t * dx, p.y - e->a.y - t * dy);
}

/* Is an edge of what is filled within a point of p? */
static bool is_edge(const struct edges *fills, struct im_pt p) {
    for (size_t i = 0; i < fills->n; i++) {
        const struct edge *e = &fills->v[i];
        bool far = fmin(e->a.x, e->b.x) > p.x + 1 || fmax(e->a.x, e->b.x) < p.x - 1;
        if (!far && distance(p, e) < 1) {
            return true;
        }
    }
    return false;
}

static bool is_inside(const struct im_view *view, struct im_pt p) {
    const struct im_rect *f = &view->frame;
    return p.x > f->x + 1 && p.x < f->x + f->w - 1 && p.y > f->y + 1 &&
           p.y < f->y + f->h - 1;
}

struct map {
    struct im_view view;
    struct im_basemap ground;
};

static struct map make(const char *crs, struct im_box box, bool locator) {
    struct map out = {.view = fit_view(arena, crs, box)};
    struct im_spec spec = {.worldview = "un"};
    struct im_findings findings;
    im_findings_init(&findings, arena);
    struct im_basemap_request rq = {geodata, &spec, &out.view, &findings,
                                    {0},     {0},   false,     locator};
    assert_int_equal(im_basemap_make(arena, &rq, &out.ground, NULL), INCMAP_OK);
    return out;
}

/* Do the edges `v` within the view run along those of `of`? */
static void along(const struct im_view *view, const struct edges *v,
                  const struct edges *of, const char *what) {
    size_t seen = 0;
    for (size_t i = 0; i < v->n; i++) {
        struct im_pt a = v->v[i].a, b = v->v[i].b;
        struct im_pt middle = {(a.x + b.x) / 2, (a.y + b.y) / 2};
        bool speck = hypot(b.x - a.x, b.y - a.y) < 2; // of what is too small to fill
        if (is_inside(view, middle) && !speck) {
            seen++;
            if (!is_edge(of, middle)) {
                fail_msg("%s: %.1f %.1f to %.1f %.1f", what, a.x, a.y, b.x, b.y);
            }
        }
    }
    assert_true(seen > 200);
}

static void strokes_are_edges(const char *crs, struct im_box box, bool locator,
                              bool all_lines) {
    const struct map m = make(crs, box, locator);
    const struct im_basemap *map = &m.ground;
    struct edges fills = {0}, lines = {0};
    for (size_t i = 0; i < map->ground_count; i++) {
        add_edges(&fills, &map->grounds[i].paths);
    }
    for (size_t i = 0; i < map->border_count; i++) {
        enum im_line_class c = map->borders[i].line_class;
        if (c == IM_LC_COAST || c == IM_LC_COUNTRY) {
            add_edges(&lines, &map->borders[i].paths);
        }
    }
    along(&m.view, &lines, &fills, "a line where no land ends");
    // not where the world has its seams, nor where specks were left out
    for (size_t i = 0; all_lines && i < map->border_count; i++) {
        add_edges(&lines, &map->borders[i].paths);
    }
    if (all_lines) {
        along(&m.view, &fills, &lines, "land that ends without a line");
    }
}

static void lines_follow_the_land(void **state) {
    (void)state;
    strokes_are_edges("auto", (struct im_box){42, 38, 51, 42.5}, false, true);
    strokes_are_edges("auto", (struct im_box){22, 44, 41, 53}, false, true);
    strokes_are_edges("auto", (struct im_box){-180, -60, 180, 84}, false, false);
    strokes_are_edges("EPSG:3035", (struct im_box){-10, 35, 30, 60}, false, true);
    strokes_are_edges("auto", (struct im_box){0, 0, 60, 50}, true, false);
}

/* Does a line other than this path run there? */
static bool meets(const struct im_basemap *map, const struct im_path *path,
                  struct im_pt p) {
    for (size_t i = 0; i < map->border_count; i++) {
        for (size_t k = 0; k < map->borders[i].paths.n; k++) {
            struct im_paths one = {&map->borders[i].paths.v[k], 1, 1};
            struct edges edges = {0};
            if (one.v != path) {
                add_edges(&edges, &one);
            }
            for (size_t e = 0; e < edges.n; e++) {
                if (distance(p, &edges.v[e]) < 0.01) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* Borders of countries end at coasts and at other borders, not before them. */
static void borders_reach_their_ends(void **state) {
    (void)state;
    const struct map m = make("auto", (struct im_box){22, 44, 41, 53}, false);
    const struct im_basemap *map = &m.ground;
    size_t seen = 0;
    for (size_t i = 0; i < map->border_count; i++) {
        const struct im_border *b = &map->borders[i];
        for (size_t k = 0; b->line_class == IM_LC_COUNTRY && k < b->paths.n; k++) {
            const struct im_path *p = &b->paths.v[k];
            const struct im_pt ends[] = {p->v[0], p->v[p->n - 1]};
            for (size_t e = 0; e < 2 && !p->closed; e++) {
                if (is_inside(&m.view, ends[e])) {
                    seen++;
                    assert_true(meets(map, p, ends[e]));
                }
            }
        }
    }
    assert_true(seen > 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_follow_the_land),
        cmocka_unit_test(borders_reach_their_ends),
    };
    return cmocka_run_group_tests(tests, geodata_setup, arena_teardown);
}
