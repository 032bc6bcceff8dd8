/* Themes: text reads on what lies under it, categories keep apart for colour-blind
 * readers and in print without colour, and a theme moves nothing. */
#include "help/random.h"
#include "help/stage.h"
#include "layout/category.h"
#include "layout/hatch.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { NEWS, REPORT, DARK, THEMES };

static struct im_style styles[THEMES];

static int load_all(void **state) {
    (void)state;
    for (size_t t = 0; t < THEMES; t++) {
        lay_style_theme(&styles[t], t);
    }
    return 0;
}

static void reads(const char *what, size_t theme, im_rgba text, im_rgba ground) {
    double ratio = lay_contrast(text, ground);
    if (ratio < 4.5) {
        fail_msg("%s: %s #%06X on #%06X has a contrast of %.2f", lay_themes[theme],
                 what, (unsigned)(text >> 8), (unsigned)(ground >> 8), ratio);
    }
}

/* On all lands, inside a corridor and across its hatch. */
static void reads_on_land(const char *what, size_t theme, im_rgba text) {
    const struct im_style *st = &styles[theme];
    const im_rgba lands[] = {st->colour.subject, st->colour.party,
                             st->colour.neighbour};
    for (size_t i = 0; i < 3; i++) {
        im_rgba inside = lay_colour_blend(st->colour.corridor, lands[i]);
        reads(what, theme, text, lands[i]);
        reads(what, theme, text, inside);
        if (st->corridor_gap > 0) {
            reads(what, theme, text,
                  lay_colour_blend(st->colour.corridor_hatch, inside));
        }
    }
}

static void text_reads(void **state) {
    (void)state;
    for (size_t t = 0; t < THEMES; t++) {
        const struct im_style *st = &styles[t];
        im_rgba page = st->colour.page;
        reads("title", t, st->colour.title, page);
        reads("subtitle", t, st->colour.subtitle, page);
        reads("text", t, st->colour.text, page);
        reads("grey", t, st->colour.grey, page);
        reads("credits", t, st->colour.credits, page);
        reads("degrees", t, st->colour.graticule_text, page);
        reads("waters", t, st->colour.water_text, st->colour.water);
        reads("town on water", t, st->colour.town, st->colour.water);
        reads_on_land("town", t, st->colour.town);
        reads_on_land("country", t, st->colour.country);
        reads("country at sea", t, st->colour.country, st->colour.water);
        reads_on_land("province", t, st->colour.area);
        reads_on_land("oil", t, lay_colour_on_land(st, st->colour.oil));
        reads_on_land("gas", t, lay_colour_on_land(st, st->colour.gas));
        reads_on_land("line", t, lay_colour_on_land(st, st->colour.line));
        im_rgba darkest = lay_colour_blend(st->colour.callout, st->colour.clash);
        reads("call-out", t, st->colour.text, darkest);
        reads("call-out, grey", t, st->colour.grey,
              lay_colour_blend(st->colour.callout, st->colour.water));
    }
}

/* Fixed categories and those of a table's own types. */
static void categories_of(struct stage *s, size_t theme, struct lay_categories *out) {
    static const char *const types[] = {"clash", "shelling", "drone",   "other",
                                        "riot",  "arson",    "protest", "abduction"};
    stage_begin(s, 1600, 1200);
    s->spec.theme = lay_themes[theme];
    for (size_t i = 0; i < 8; i++) {
        stage_add(s, (struct stage_incident){0.1 + 0.1 * (double)i, 0.5, 2, types[i],
                                             "Movses", IM_CONFIRMED});
    }
    stage_run(s);
    lay_categories_make(s->arena, &s->in, out);
    assert_int_equal(out->n, 8);
}

static double linear(double c) {
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

struct lab {
    double l, a, b;
};

static double root(double t) {
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* CIE L*a*b* (D65) of a colour as seen with a matrix on linear RGB. */
static struct lab seen(im_rgba colour, const double m[3][3]) {
    double in[3], c[3];
    for (int i = 0; i < 3; i++) {
        in[i] = linear((double)(colour >> (24 - 8 * i) & 0xFF) / 255);
    }
    for (int i = 0; i < 3; i++) {
        double v = m[i][0] * in[0] + m[i][1] * in[1] + m[i][2] * in[2];
        c[i] = fmin(fmax(v, 0), 1);
    }
    double x = root((0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.9505);
    double y = root(0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]);
    double z = root((0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.089);
    return (struct lab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

static double distance(struct lab a, struct lab b) {
    return sqrt((a.l - b.l) * (a.l - b.l) + (a.a - b.a) * (a.a - b.a) +
                (a.b - b.b) * (a.b - b.b));
}

/* Full vision; protanopia and deuteranopia (Machado, Oliveira & Fernandes 2009,
 * severity 1). */
static const struct {
    const char *name;
    double m[3][3];
} eyes[] = {
    {"full vision", {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    {"protanopia",
     {{0.152286, 1.052583, -0.204868},
      {0.114503, 0.786281, 0.099216},
      {-0.003882, -0.048116, 1.051998}}},
    {"deuteranopia",
     {{0.367322, 0.860646, -0.227968},
      {0.280085, 0.672501, 0.047413},
      {-0.011820, 0.042940, 0.968881}}},
};

static void colours_keep_apart(void **state) {
    (void)state;
    const size_t coloured[] = {NEWS, DARK};
    for (size_t t = 0; t < 2; t++) {
        struct stage s;
        struct lay_categories c;
        categories_of(&s, coloured[t], &c);
        for (size_t k = 0; k < 3 * c.n * c.n; k++) {
            size_t eye = k / (c.n * c.n), i = k / c.n % c.n, j = k % c.n;
            double d = distance(seen(c.v[i].colour, eyes[eye].m),
                                seen(c.v[j].colour, eyes[eye].m));
            if (i < j && d < 20) {
                fail_msg("%s, %s: '%s' and '%s' are only %.1f apart",
                         lay_themes[coloured[t]], eyes[eye].name, c.v[i].label,
                         c.v[j].label, d);
            }
        }
        stage_end(&s);
    }
}

static bool same_hatch(const struct lay_hatch *a, const struct lay_hatch *b) {
    bool one = a->gap > 0, two = b->gap > 0;
    return one == two && (!one || fabs(a->angle - b->angle) < 30);
}

/* In greys: full symbols of one kind of ground are steps of lightness apart; hatched
 * ones of one direction have other shapes. */
static void greys_keep_apart(void **state) {
    (void)state;
    struct stage s;
    struct lay_categories c;
    categories_of(&s, REPORT, &c);
    size_t hatched = 0;
    for (size_t i = 0; i < c.n; i++) {
        hatched += c.v[i].hatch.gap > 0;
        for (size_t j = 0; j < i; j++) {
            double step = fabs(seen(c.v[i].colour, eyes[0].m).l -
                               seen(c.v[j].colour, eyes[0].m).l);
            bool told = same_hatch(&c.v[i].hatch, &c.v[j].hatch)
                            ? step >= 15
                            : c.v[i].shape != c.v[j].shape || c.v[i].hatch.gap > 0 ||
                                  c.v[j].hatch.gap > 0;
            if (!told) {
                fail_msg("'%s' and '%s' look the same in print", c.v[i].label,
                         c.v[j].label);
            }
        }
    }
    assert_true(hatched >= 2);
    assert_true(styles[REPORT].gas_core > 0); // two black lines: one has a core
    stage_end(&s);
}

/* Nothing is lost when `report` is printed without colour. */
static void report_is_grey(void **state) {
    (void)state;
    for (size_t i = 0; i < lay_style_key_count; i++) {
        im_rgba c = lay_style_keys[i].colour[REPORT];
        if ((c >> 24) != (c >> 16 & 0xFF) || (c >> 24) != (c >> 8 & 0xFF)) {
            fail_msg("%s is no grey: #%08X", lay_style_keys[i].name, (unsigned)c);
        }
    }
    const struct im_style *st = &styles[REPORT];
    assert_true(lay_contrast(st->colour.subject, st->colour.water) >= 1.3);
    assert_true(lay_contrast(st->colour.neighbour, st->colour.water) >= 1.15);
}

/* The news stand out most, in every theme: full symbols on any land. */
static void symbols_stand_out(void **state) {
    (void)state;
    for (size_t t = 0; t < THEMES; t++) {
        const struct im_style *st = &styles[t];
        const im_rgba fill[] = {st->colour.clash, st->colour.shelling, st->colour.air,
                                st->colour.other};
        const im_rgba lands[] = {st->colour.subject, st->colour.party,
                                 st->colour.neighbour};
        for (size_t i = 0; i < 12; i++) {
            double symbol = lay_contrast(fill[i / 3], lands[i % 3]);
            assert_true(symbol >= 2.0);
            assert_true(symbol > lay_contrast(st->colour.province, lands[i % 3]));
        }
    }
}

/* A theme without hatches moves nothing: same items, same places. */
static void themes_move_nothing(void **state) {
    (void)state;
    struct stage a, b;
    struct lay_categories c;
    categories_of(&a, NEWS, &c);
    categories_of(&b, DARK, &c);
    assert_int_equal(a.scene.n, b.scene.n);
    for (size_t i = 0; i < a.scene.n; i++) {
        assert_int_equal(a.scene.layers[i].n, b.scene.layers[i].n);
        for (size_t k = 0; k < a.scene.layers[i].n; k++) {
            const struct im_item *p = &a.scene.layers[i].items[k];
            const struct im_item *q = &b.scene.layers[i].items[k];
            assert_int_equal(p->kind, q->kind);
            assert_true(fabs(p->at.x - q->at.x) < 1e-9);
            assert_true(fabs(p->at.y - q->at.y) < 1e-9);
            assert_true(fabs(p->font.size - q->font.size) < 1e-9);
        }
    }
    stage_end(&a);
    stage_end(&b);
}

static void no_faults(void **state) {
    (void)state;
    for (size_t t = 0; t < THEMES; t++) {
        struct stage s;
        struct lay_categories c;
        struct im_buf faults;
        categories_of(&s, t, &c);
        im_buf_init(&faults, s.arena, (size_t)1 << 20);
        if (stage_faults(&s, &faults) > 0) {
            fail_msg("%s: %s", lay_themes[t], faults.data);
        }
        stage_end(&s);
    }
}

/* ---- hatches --------------------------------------------------------------- */

static double hatch_length(const struct im_item *hatch) {
    double sum = 0;
    for (size_t i = 0; i < hatch->paths.n; i++) {
        sum += lay_path_length(&hatch->paths.v[i]);
    }
    return sum;
}

/* Lines stay inside, and cover the area: length times gap is the area. */
static void hatch_fills_symbols(void **state) {
    (void)state;
    struct stage s;
    stage_begin(&s, 1600, 1200);
    for (int shape = IM_CIRCLE; shape <= IM_STAR; shape++) {
        for (int angle = 0; angle < 180; angle += 45) {
            struct im_paths outline = {0};
            struct im_pt at = {300.3, 200.7};
            im_symbol_path(s.arena, (enum im_symbol)shape, at, 40, &outline);
            struct im_item hatch = lay_hatch_item(
                s.arena, &outline, (struct lay_hatch){0.5, angle}, 0x111111FF);
            double area = 3.14159265 * 40 * 40;
            assert_true(fabs(0.5 * hatch_length(&hatch) - area) < 0.01 * area);
            for (size_t i = 0; i < hatch.paths.n; i++) {
                struct im_pt a = hatch.paths.v[i].v[0], b = hatch.paths.v[i].v[1];
                struct im_pt m = {(a.x + b.x) / 2, (a.y + b.y) / 2};
                assert_true(lay_distance(a, b) < 1e-6 || lay_paths_have(&outline, m));
            }
        }
    }
    stage_end(&s);
}

static double path_distance(const struct im_path *p, struct im_pt at) {
    double least = HUGE_VAL;
    for (size_t i = 1; i < p->n; i++) {
        least = fmin(least, lay_segment_distance(at, p->v[i - 1], p->v[i], NULL));
    }
    return least;
}

/* Both ends of every line of a band lie on its edge or on the frame's, all between
 * them inside. */
static void hatch_fills_bands(void **state) {
    (void)state;
    struct stage s;
    stage_begin(&s, 1600, 1200);
    struct im_pt v[] = {{100, 120}, {300, 180}, {310, 400}, {500, 380}, {900, 420}};
    struct im_path path = {.v = v, .n = 5};
    struct im_paths paths = {.v = &path, .n = 1};
    struct im_rect room = {50, 50, 600, 500};
    const double half = 70;
    struct im_item hatch =
        lay_hatch_band(s.arena, &paths, half, room, (struct lay_hatch){7, 45}, 0xFF);
    assert_true(hatch.paths.n > 50);
    for (size_t i = 0; i < hatch.paths.n; i++) {
        struct im_pt a = hatch.paths.v[i].v[0], b = hatch.paths.v[i].v[1];
        for (int k = 0; k <= 10; k++) {
            double t = k / 10.0;
            struct im_pt p = {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
            double d = path_distance(&path, p);
            assert_true(d < half + 1e-6);
            bool end = k == 0 || k == 10;
            bool framed = !lay_rect_has(lay_rect_grow(room, -1e-6), p);
            assert_true(!end || framed || d > half - 1e-6);
        }
    }
    // and no room inside the band is left empty
    for (int k = 0; k < 500; k++) {
        struct im_pt p = {random_from(&s.seed, 60, 640), random_from(&s.seed, 60, 540)};
        double near = HUGE_VAL;
        for (size_t i = 0; i < hatch.paths.n; i++) {
            near = fmin(near, path_distance(&hatch.paths.v[i], p));
        }
        assert_true(path_distance(&path, p) > half - 7 || near < 3.5 + 1e-6);
    }
    stage_end(&s);
}

/* ---- the style's keys ------------------------------------------------------- */

static enum incmap_status load(struct stage *s, const char *theme,
                               struct im_spec_style entry, struct incmap_error *err) {
    s->spec.theme = theme;
    s->spec.style = &entry;
    s->spec.style_count = entry.key == NULL ? 0 : 1;
    *err = (struct incmap_error){0};
    enum incmap_status status = im_style_load(s->arena, &s->spec, &s->style, err);
    s->spec.style_count = 0;
    return status;
}

static void style_errors(void **state) {
    (void)state;
    static const struct {
        const char *theme, *key, *value, *part;
    } cases[] = {
        {"drak", NULL, NULL, "unknown theme 'drak' (nearest: 'dark'; known: news"},
        {"zzzzzzzz", NULL, NULL,
         "unknown theme 'zzzzzzzz' (known: news, report, dark)"},
        {"news", "pallette.clash", "red", "'style.pallette.clash' (nearest: 'palette."},
        {"news", "palette.clash", "reed", "nearest: 'red'"},
        {"news", "palette.clash", "#12345", "no colour (write #RRGGBB"},
        {"news", "palette.clash", "#GG0000", "no colour"},
        {"news", "palette.clash", "", "no colour"},
        {"news", "town.halo", "-1", "style.town.halo: '-1' is no number from 0 to 10"},
        {"news", "town.halo", "2 pt", "no number"},
        {"dark", "title.size", "nan", "no number"},
    };
    struct stage s;
    stage_begin(&s, 1600, 1200);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct incmap_error err;
        struct im_spec_style entry = {cases[i].key, cases[i].value,
                                      IM_AT("map.yaml", 7, 3)};
        enum incmap_status want =
            cases[i].key == NULL ? INCMAP_E_USAGE : INCMAP_E_INPUT;
        if (load(&s, cases[i].theme, entry, &err) != want ||
            strstr(err.message, cases[i].part) == NULL) {
            fail_msg("%s: %s", cases[i].part, err.message);
        }
        assert_int_equal(err.line, cases[i].key == NULL ? 0 : 7);
    }
    stage_end(&s);
}

/* Every key takes a value in every theme, and only its own field changes. */
static void every_key_is_taken(void **state) {
    (void)state;
    struct stage s;
    stage_begin(&s, 1600, 1200);
    for (size_t i = 0; i < lay_style_key_count; i++) {
        const struct lay_style_key *k = &lay_style_keys[i];
        struct incmap_error err;
        char number[32];
        snprintf(number, sizeof number, "%.1f", k->high);
        struct im_spec_style entry = {k->name, k->is_colour ? "rebeccapurple" : number,
                                      IM_NOWHERE};
        if (load(&s, lay_themes[i % THEMES], entry, &err) != INCMAP_OK) {
            fail_msg("%s: %s", k->name, err.message);
        }
        struct im_style plain;
        memset(&plain, 0, sizeof plain);
        lay_style_theme(&plain, i % THEMES);
        size_t size = k->is_colour ? sizeof(im_rgba) : sizeof(double);
        im_rgba colour = 0;
        double value = 0;
        memcpy(k->is_colour ? (void *)&colour : (void *)&value, (char *)s.style + k->at,
               size);
        assert_true(k->is_colour ? colour == 0x663399FF : fabs(value - k->high) < 0.06);
        memcpy((char *)&plain + k->at, (char *)s.style + k->at, size);
        assert_memory_equal(&plain.colour, &s.style->colour, sizeof plain.colour);
        assert_true(k->number[i % THEMES] >= k->low || k->is_colour);
        assert_true(k->number[i % THEMES] <= k->high);
        assert_true(k->meaning[0] != '\0');
    }
    stage_end(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_reads),         cmocka_unit_test(colours_keep_apart),
        cmocka_unit_test(greys_keep_apart),   cmocka_unit_test(report_is_grey),
        cmocka_unit_test(symbols_stand_out),  cmocka_unit_test(themes_move_nothing),
        cmocka_unit_test(no_faults),          cmocka_unit_test(hatch_fills_symbols),
        cmocka_unit_test(hatch_fills_bands),  cmocka_unit_test(style_errors),
        cmocka_unit_test(every_key_is_taken),
    };
    return cmocka_run_group_tests(tests, load_all, NULL);
}
