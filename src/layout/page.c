/*
 * The page: title on top, credits at the bottom, the map and its legend band between;
 * the list of incidents beside the map, on tall pages under it.
 *
 *   1. measure title, subtitle, credits
 *   2. landscape: try the list beside the map with the legend under both, then under
 * the map alone (a taller list), then both with a wider list; portrait: under the
 * legend
 *   3. a page that is too small for a map of its own gives up the list, the subtitle
 * and the legend (down to three rows, to one, to none), in this order
 */
#include "layout/job.h"
#include "layout/page.h"

#include <math.h>
#include <string.h>

#define DEGREES_STRIP 18.0 /* under the map, for the names of meridians */
#define LEAST_MAP 0.4      /* of the page's height */
#define LEAST_COLUMN 250.0 /* points that a list column needs */

double im_page_factor(const struct im_spec *spec) {
    double width = spec->width_px > 0 ? spec->width_px : 1600;
    double height = spec->height_px > 0 ? spec->height_px : 1200;
    double factor = fmax(sqrt(width * height / (1600.0 * 1200.0)), 0.73);
    return factor * (spec->scale > 0 ? spec->scale : 1);
}

static bool label_is(const struct im_spec *spec, const char *word) {
    for (size_t i = 0; i < spec->incident_count; i++) {
        const char *label = spec->incidents[i].label;
        if (label != NULL && strcmp(label, word) == 0) {
            return true;
        }
    }
    return false;
}

/* Incidents that are told in boxes and in a list, at most; in a list by itself. */
enum { MOST_CALLED = 14, MOST_LISTED = 40, FEW = 5, BY_ITSELF = 14 };

/* Incidents on the map, and what the map file asks for. */
struct telling {
    size_t n;
    bool boxes, list;
};

static size_t count_in_frame(const struct im_layout_input *in) {
    size_t n = 0;
    for (size_t i = 0; i < in->mark_count; i++) {
        n += in->marks[i].in_frame;
    }
    return n;
}

static struct telling telling_of(const struct im_layout_input *in) {
    return (struct telling){count_in_frame(in), label_is(in->spec, "callout"),
                            label_is(in->spec, "list") || label_is(in->spec, "number")};
}

enum lay_mode lay_mode_for(const struct im_layout_input *in) {
    struct telling t = telling_of(in);
    if (t.n == 0 || label_is(in->spec, "none") ||
        t.n > (t.list || t.boxes ? MOST_LISTED : BY_ITSELF)) {
        return LAY_PLAIN;
    }
    bool few = t.n <= (t.boxes ? MOST_CALLED : FEW);
    return few && !t.list ? LAY_CALLED_OUT : LAY_NUMBERED;
}

void lay_tell_mode(const struct im_layout_input *in, enum lay_mode mode) {
    const struct im_spec *spec = in->spec;
    struct telling t = telling_of(in);
    if (mode == LAY_PLAIN && t.n > MOST_LISTED && (t.boxes || t.list)) {
        im_finding(in->findings, IM_F_LIST_CUT, IM_FILE(spec->file),
                   "narrow the map or the dates; label: none says that it is meant",
                   "%zu incidents are more than a list takes (%d): they are drawn "
                   "without numbers",
                   t.n, MOST_LISTED);
    } else if (mode == LAY_NUMBERED && t.boxes && !t.list) {
        im_finding(
            in->findings, IM_F_LABEL_DROPPED, IM_FILE(spec->file),
            "narrow the map or the dates, or give label: list",
            "%zu incidents are more than call-outs take (%d): they are in a list", t.n,
            MOST_CALLED);
    }
}

struct plan {
    struct im_arena *arena;
    const struct im_layout_input *in;
    double w, h, margin, gap;
    double title, subtitle, credits, strip; /* heights */
    struct im_page page;
};

/* Step 1. */
static void measure(struct plan *p) {
    const struct im_style *st = p->in->style;
    double inner = p->w - 2 * p->margin;
    double size = lay_title_size(st, p->w, p->h);
    struct lay_lines lines = lay_title_lines(p->arena, p->in, inner, size);
    p->title = (double)lines.n * LAY_TITLE_LEADING * size;
    size = fmax(size * st->subtitle_size / st->title_size, 13);
    lines = lay_subtitle_lines(p->arena, p->in, inner, size);
    double gap = lines.n > 0 ? LAY_SUBTITLE_GAP : 0;
    p->subtitle = ((double)lines.n * LAY_TEXT_LEADING + gap) * size;
    lines = lay_credit_lines(p->arena, p->in, inner, &size);
    size_t n = p->in->credits == NULL ? 2 : lines.n;
    p->credits = (double)n * LAY_TEXT_LEADING * size;
    p->strip = p->in->spec->furniture.graticule != IM_OFF ? DEGREES_STRIP : 0;
}

/* Title and credits at their ends; the rest between *top and *bottom. */
static void put_ends(struct plan *p, double *top, double *bottom) {
    double inner = p->w - 2 * p->margin;
    double title = p->title + p->subtitle;
    p->page.title = (struct im_rect){p->margin, p->margin * 0.8, inner, title};
    double low = p->h - 0.8 * p->margin;
    p->page.credits = (struct im_rect){p->margin, low - p->credits, inner, p->credits};
    *top = p->page.title.y + title + (title > 0 ? p->gap : 0);
    *bottom = p->page.credits.y - (p->credits > 0 ? 0.5 * p->gap : 0);
}

/* The map over its legend, in a column of the page. */
static void put_map(struct plan *p, double x, double width, double top, double bottom) {
    double band = lay_legend_height(p->arena, p->in, p->page.legend.w);
    p->page.legend.x = x;
    p->page.legend.y = bottom - band;
    p->page.legend.h = band;
    double under = p->strip + (band > 0 ? 8 : 0);
    p->page.map = (struct im_rect){x, top, width, bottom - band - under - top};
}

/* Places for the list beside the map, best first: how much wider than the style says,
 * and whether the legend keeps to the map's column. */
static const struct column {
    double wider;
    bool under_map;
} columns[] = {{1, false},  {1, true},     {1.2, false},
               {1.2, true}, {1.45, false}, {1.45, true}};
#define COLUMNS (sizeof columns / sizeof columns[0])

/* Step 2, beside the map. */
static void beside(struct plan *p, struct column c) {
    double top, bottom;
    put_ends(p, &top, &bottom);
    double inner = p->w - 2 * p->margin;
    double list = fmax(p->in->style->list_share * inner, LEAST_COLUMN);
    list = p->w > 1.9 * p->h ? fmin(fmax(list, 0.36 * inner), 900) : fmin(list, 520);
    list *= c.wider;
    double map = inner - list - 1.3 * p->gap;
    p->page.legend.w = c.under_map ? map : inner;
    put_map(p, p->margin, map, top, bottom);
    double height = c.under_map ? bottom - top : p->page.map.h + p->strip;
    p->page.list = (struct im_rect){p->margin + map + 1.3 * p->gap, top, list, height};
    p->page.has_list = true;
}

/* Step 2, under the map. */
static void below(struct plan *p, double share) {
    double top, bottom;
    put_ends(p, &top, &bottom);
    double inner = p->w - 2 * p->margin;
    struct lay_list_fit fit =
        lay_list_fit(p->arena, p->in, inner, share * (bottom - top));
    p->page.list =
        (struct im_rect){p->margin, bottom - fit.height, inner, fit.height + 1};
    p->page.has_list = true;
    p->page.legend.w = inner;
    put_map(p, p->margin, inner, top, p->page.list.y - 0.8 * p->gap);
}

static void alone(struct plan *p) {
    double top, bottom;
    put_ends(p, &top, &bottom);
    p->page.has_list = false;
    p->page.list = (struct im_rect){0, 0, 0, 0};
    p->page.legend.w = p->w - 2 * p->margin;
    put_map(p, p->margin, p->page.legend.w, top, bottom);
}

static bool roomy(const struct plan *p) {
    return p->page.map.h >= LEAST_MAP * p->h && p->page.map.w >= 0.45 * p->w;
}

/* Level of the planned list; higher than any, and by their number, when entries are
 * missing. */
static int level_of(const struct plan *p) {
    struct im_rect r = p->page.list;
    struct lay_list_fit fit = lay_list_fit(p->arena, p->in, r.w, r.h);
    size_t all = count_in_frame(p->in);
    return fit.shown == all ? fit.level : 100 + (int)(all - fit.shown);
}

static void with_list(struct plan *p) {
    if (p->w < p->h || p->w - 2 * p->margin < 3 * LEAST_COLUMN) {
        below(p, 0.42);
        return;
    }
    size_t best = 0;
    int least = 1000;
    // the map gives up width only for words that would be lost
    for (size_t i = 0; i < COLUMNS && least > (i < 2 ? 1 : 2); i++) {
        beside(p, columns[i]);
        int level = i == 0 || roomy(p) ? level_of(p) : 1000;
        if (level < least) {
            least = level;
            best = i;
        }
    }
    beside(p, columns[best]);
}

/* Step 3. */
static void give_up(struct plan *p) {
    if (!roomy(p)) {
        alone(p);
    }
    if (!roomy(p)) {
        p->subtitle = 0;
        alone(p);
    }
    for (int rows = 3; rows >= 0 && !roomy(p); rows--) {
        double least = lay_legend_rows_height(p->in, p->page.legend.w, rows);
        double keep = rows == 0 ? 0 : fmin(p->page.legend.h, least);
        p->page.map.h += p->page.legend.h - keep;
        p->page.legend.y += p->page.legend.h - keep;
        p->page.legend.h = keep;
    }
}

struct im_page im_page_plan(struct im_arena *arena,
                            const struct im_layout_input *input) {
    const struct im_spec *spec = input->spec;
    double factor = im_page_factor(spec);
    struct plan p = {.arena = arena, .in = input};
    p.w = (spec->width_px > 0 ? spec->width_px : 1600) / factor;
    p.h = (spec->height_px > 0 ? spec->height_px : 1200) / factor;
    double small = fmin(fmin(p.w, p.h) / 1000, 1);
    p.margin = input->style->margin * fmax(small, 0.55);
    p.gap = input->style->gap * fmax(small, 0.5);
    p.page.width = p.w;
    p.page.height = p.h;
    measure(&p);
    if (lay_mode_for(input) == LAY_NUMBERED) {
        with_list(&p);
    } else {
        alone(&p);
    }
    give_up(&p);
    if (lay_mirrored(input)) {
        p.page.map = lay_mirror_rect(p.page.map, p.w);
        p.page.list = lay_mirror_rect(p.page.list, p.w);
        p.page.legend = lay_mirror_rect(p.page.legend, p.w);
    }
    return p.page;
}
