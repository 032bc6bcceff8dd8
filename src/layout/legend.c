/* The legend: setting the parts into the band and drawing them. */
#include "layout/legend.h"
#include "layout/hatch.h"
#include "layout/overlay.h"
#include "layout/page.h"
#include "layout/stack.h"

#include <math.h>

#define GAP 24.0        /* between two parts, points at full size */
#define SAMPLE_GAP 0.45 /* between a sample and its text, as a multiple of the type */
#define BAR_HEIGHT 2.4  /* of the row with the scale bar, as a multiple of the type */

static double symbol_radius(double size) {
    return 0.5 * size;
}

static double stack_radius(double size) {
    return 0.9 * size;
}

/* How far sample i of the sizes goes from its centre. */
static double reach(const struct lay_part *part, size_t i) {
    return part->radius[i] * lay_symbol_reach(part->symbol.shape);
}

/* Width of a part's sample and of the room to its text. */
static double sample_width(const struct lay_part *part, double size) {
    double sum = 0;
    switch (part->sample) {
    case LAY_S_SYMBOL:
        sum = 2.2 * symbol_radius(size);
        break;
    case LAY_S_SIZES:
        for (size_t i = 0; i < part->count; i++) {
            sum += 2 * reach(part, i) + (i > 0 ? 4 : 0);
        }
        break;
    case LAY_S_SWATCH:
        sum = 1.7 * size;
        break;
    case LAY_S_LINE:
        sum = 2 * size;
        break;
    case LAY_S_STACK:
        sum = 2.1 * stack_radius(size);
        break;
    case LAY_S_NONE:
        return 0;
    }
    return sum + SAMPLE_GAP * size;
}

static double sample_height(const struct lay_part *part, double size) {
    return part->sample == LAY_S_SIZES
               ? fmax(2 * reach(part, part->count - 1) + 2, 1.4 * size)
           : part->sample == LAY_S_STACK ? 2 * stack_radius(size) + 2
                                         : 1.4 * size;
}

struct setting {
    struct im_arena *arena;
    const struct im_layout_input *in;
    const struct lay_parts *parts;
    double width, room;
};

/* Fill rows from left to right at one size. */
static struct lay_legend_rows set_rows(const struct setting *s, double size) {
    struct lay_legend_rows out = {.size = size, .rows = 1};
    out.at = im_alloc(s->arena, s->parts->n + 1, sizeof *out.at);
    double x = 0;
    double top = 0;
    double tall = s->room > 0 ? BAR_HEIGHT * s->in->style->legend_size : 0;
    size_t first = 0;
    for (size_t i = 0; i <= s->parts->n; i++) {
        double wide = 0;
        double height = 0;
        if (i < s->parts->n) {
            const struct lay_part *part = &s->parts->v[i];
            struct im_font font = {.size = size};
            wide = sample_width(part, size) +
                   lay_width(&s->in->measure, &font, part->text);
            height = sample_height(part, size);
        }
        double width = s->width - (out.rows == 1 ? s->room : 0);
        if (i == s->parts->n || (x > 0 && x + wide > width)) {
            for (size_t k = first; k < i; k++) {
                out.at[k].y = top + tall / 2;
            }
            out.height = top + tall;
            out.first = out.rows == 1 ? tall : out.first;
            if (i == s->parts->n) {
                break;
            }
            top += tall + LAY_ROW_GAP;
            out.rows++;
            x = 0;
            tall = 0;
            first = i;
        }
        if (wide > s->width - (out.rows == 1 ? s->room : 0)) {
            out.rows = 1000; // one part alone is too wide
        }
        out.at[i].x = x;
        x += wide + GAP * size / s->in->style->legend_size;
        tall = fmax(tall, height);
    }
    return out;
}

struct lay_legend_rows lay_legend_set(struct im_arena *arena,
                                      const struct im_layout_input *in,
                                      const struct lay_parts *parts,
                                      struct im_rect band, double room) {
    static const struct {
        double size;
        size_t rows;
    } tries[] = {{1, 1},    {0.92, 1}, {1, 2},    {0.92, 2}, {0.83, 2},
                 {0.77, 2}, {0.77, 3}, {0.77, 4}, {0.77, 5}, {0.77, 6},
                 {0.77, 7}, {0.83, 1}, {0.77, 1}};
    struct setting s = {arena, in, parts, band.w, room};
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        struct lay_legend_rows rows =
            set_rows(&s, in->style->legend_size * tries[i].size);
        if (rows.rows <= tries[i].rows && rows.height <= band.h + 0.5) {
            return rows;
        }
    }
    return (struct lay_legend_rows){0};
}

double lay_legend_rows_height(const struct im_layout_input *in, double width,
                              int rows) {
    double size = in->style->legend_size;
    double first = (lay_scale_room(in, width) > 0 ? BAR_HEIGHT : 1.4) * size;
    return first + (rows - 1) * (LAY_ROW_GAP + 1.4 * 0.77 * size);
}

double lay_legend_height(struct im_arena *arena, const struct im_layout_input *in,
                         double width) {
    struct lay_parts parts = {0};
    double room = lay_scale_room(in, width);
    if (in->spec->furniture.legend != IM_OFF) {
        lay_legend_guess(arena, in, &parts);
    }
    struct im_rect band = {0, 0, width, HUGE_VAL};
    double least = room > 0 ? lay_legend_rows_height(in, width, 1) : 0;
    if (parts.n == 0) {
        return least;
    }
    return fmax(lay_legend_set(arena, in, &parts, band, room).height, least);
}

/* Leave out the part that matters least; the later one of two. */
static void drop(struct lay_job *job, struct lay_parts *parts) {
    size_t worst = 0;
    for (size_t i = 1; i < parts->n; i++) {
        worst = parts->v[i].rank >= parts->v[worst].rank ? i : worst;
    }
    im_finding(job->in->findings, IM_F_TEXT_CUT, IM_FILE(job->in->spec->file),
               "choose a larger size", "the legend has no room for '%s'",
               parts->v[worst].text);
    for (size_t i = worst; i + 1 < parts->n; i++) {
        parts->v[i] = parts->v[i + 1];
    }
    parts->n--;
}

static void put_sizes(struct lay_job *job, const struct lay_part *part,
                      struct im_pt at) {
    struct im_stroke line = {.colour = job->st->colour.grey, .width = 1.2};
    for (size_t k = 0; k < part->count; k++) {
        size_t i = lay_mirrored(job->in) ? part->count - 1 - k : k;
        at.x += reach(part, i);
        lay_add(job, LAY_LEGEND,
                (struct im_item){.kind = IM_ITEM_SYMBOL,
                                 .symbol = part->symbol.shape,
                                 .at = at,
                                 .radius = part->radius[i],
                                 .stroke = line});
        at.x += reach(part, i) + 4;
    }
}

static void put_swatch(struct lay_job *job, const struct lay_part *part,
                       struct im_pt at, double size) {
    struct im_rect box = {at.x, at.y - 0.55 * size, 1.7 * size, 1.1 * size};
    im_rgba land = job->st->colour.subject;
    lay_add(job, LAY_LEGEND,
            lay_rect_item(job->arena, box, lay_colour_blend(part->fill, land)));
    if (part->hatch.gap > 0) {
        struct im_item ground = lay_rect_item(job->arena, box, 0);
        struct lay_hatch hatch = {fmin(part->hatch.gap, 0.45 * size),
                                  part->hatch.angle};
        lay_add(job, LAY_LEGEND,
                lay_hatch_item(job->arena, &ground.paths, hatch, part->hatch_colour));
    }
    struct im_item edge = lay_rect_item(job->arena, box, 0);
    edge.stroke = (struct im_stroke){.colour = job->st->colour.frame, .width = 0.8};
    if (part->stroke.width > 0) {
        edge.stroke = part->stroke;
    }
    lay_add(job, LAY_LEGEND, edge);
}

static void put_sample(struct lay_job *job, const struct lay_part *part,
                       struct im_pt at, double size) {
    if (part->sample == LAY_S_SYMBOL) {
        struct lay_symbol s = part->symbol;
        s.radius = symbol_radius(size);
        s.at = (struct im_pt){at.x + 1.1 * s.radius, at.y};
        lay_add(job, LAY_LEGEND, lay_symbol_item(job, &s));
        lay_symbol_hatch(job, LAY_LEGEND, &s);
    } else if (part->sample == LAY_S_SIZES) {
        put_sizes(job, part, at);
    } else if (part->sample == LAY_S_SWATCH) {
        put_swatch(job, part, at, size);
    } else if (part->sample == LAY_S_STACK) {
        double radius = stack_radius(size);
        at.x += 1.05 * radius;
        lay_stack_sample(job, at, radius, part->count, part->mixed);
    } else if (part->sample == LAY_S_LINE) {
        struct im_pt end = {at.x + 2 * size, at.y};
        lay_add(job, LAY_LEGEND, lay_line_item(job->arena, at, end, part->stroke));
        if (part->core > 0) {
            lay_add(job, LAY_LEGEND,
                    lay_line_item(job->arena, at, end,
                                  lay_core_stroke(job->st, &part->stroke)));
        }
    }
}

static void put_parts(struct lay_job *job, const struct lay_parts *parts,
                      const struct lay_legend_rows *rows, struct im_rect band) {
    struct lay_type type = lay_plain_type(rows->size, job->st->colour.text);
    double top = band.y + fmax((band.h - rows->height) / 2, 0);
    for (size_t i = 0; i < parts->n; i++) {
        const struct lay_part *part = &parts->v[i];
        double wide = sample_width(part, rows->size);
        double gap = wide > 0 ? SAMPLE_GAP * rows->size : 0;
        double far = rows->at[i].x + (lay_mirrored(job->in) ? wide - gap : 0);
        struct im_pt at = {lay_from_start(job->in, band, far), top + rows->at[i].y};
        put_sample(job, part, at, rows->size);
        at.x = lay_from_start(job->in, band, rows->at[i].x + wide);
        at.y += lay_half_cap(rows->size);
        lay_add_text(job, LAY_LEGEND, at, lay_start(job->in), &type, part->text);
    }
}

/* Parts that fit, the least important ones left out if need be. */
static struct lay_legend_rows fit(struct lay_job *job, struct lay_parts *parts,
                                  struct im_rect band) {
    struct lay_legend_rows rows = {0};
    double room = lay_scale_room(job->in, band.w);
    if (job->in->spec->furniture.legend != IM_OFF) {
        lay_legend_parts(job, parts);
    }
    while (parts->n > 0 && rows.rows == 0) {
        rows = lay_legend_set(job->arena, job->in, parts, band, room);
        if (rows.rows == 0) {
            drop(job, parts);
        }
    }
    return rows;
}

/* The page gave the band up. */
static void report_none(struct lay_job *job) {
    struct lay_parts parts = {0};
    if (job->in->spec->furniture.legend != IM_OFF) {
        lay_legend_parts(job, &parts);
    }
    if (parts.n > 0 || lay_scale_room(job->in, job->page->legend.w) > 0) {
        im_finding(job->in->findings, IM_F_TEXT_CUT, IM_FILE(job->in->spec->file),
                   "choose a larger size",
                   "the page has no room for the legend and the scale bar");
    }
}

void lay_legend(struct lay_job *job) {
    struct im_rect band = job->page->legend;
    struct lay_parts parts = {0};
    if (band.h <= 0) {
        report_none(job);
        return;
    }
    struct lay_legend_rows rows = fit(job, &parts, band);
    put_parts(job, &parts, &rows, band);
    if (rows.rows > 1) {
        band.y += fmax((band.h - rows.height) / 2, 0);
        band.h = rows.first;
    }
    lay_scale_bar(job, band);
}
