/* Meridians and parallels; degrees in the margin. */
#include "layout/job.h"
#include "text/text.h"

#include <math.h>

/* "41°N", "40°30′N", "45°15′30″E" as the step of the names needs; "0°" and "180°". */
static const char *degrees_text(struct im_arena *arena, const char *language,
                                const struct im_graticule_line *l, double step) {
    double v = fabs(l->degrees);
    long seconds = lround(v * 3600);
    char side =
        l->meridian ? (l->degrees < 0 ? 'W' : 'E') : (l->degrees < 0 ? 'S' : 'N');
    if (seconds == 0 || (l->meridian && seconds == 180L * 3600)) {
        side = '\0';
        step = 1;
    }
    const char *minutes =
        step < 0.999 ? im_format(arena, "%s%ld\xE2\x80\xB2",
                                 seconds / 60 % 60 < 10 ? "0" : "", seconds / 60 % 60)
                     : "";
    const char *rest = step * 60 < 0.999
                           ? im_format(arena, "%s%ld\xE2\x80\xB3",
                                       seconds % 60 < 10 ? "0" : "", seconds % 60)
                           : "";
    const char *text =
        im_format(arena, "%ld\xC2\xB0%s%s", seconds / 3600, minutes, rest);
    return im_compass_phrase(arena, language, text, side);
}

/* Sides of the frame, as im_graticule_line counts those of a meridian. */
enum side { BOTTOM, TOP, LEFT, RIGHT };

/* A name in the margin and the stretch of its side that it takes: none touches the
 * next. */
struct degree {
    enum side side;
    double low, high;
    struct im_pt at; /* where the line meets the frame */
    const char *text;
    double wide; /* of the text */
    bool turned; /* along the side */
};

struct margins {
    struct lay_job *job;
    const struct im_graticule *g;
    struct lay_type type;
    struct degree *v;
    size_t n, cap;
    size_t refused; /* that would have touched another one */
};

/* Take the stretch, unless it touches another one. */
static void take(struct margins *m, struct degree d, double along, double half) {
    double gap = m->type.font.size;
    d.low = along - half;
    d.high = along + half;
    for (size_t i = 0; i < m->n; i++) {
        if (m->v[i].side == d.side && d.low < m->v[i].high + gap &&
            m->v[i].low < d.high + gap) {
            m->refused++;
            return;
        }
    }
    IM_PUSH(m->job->arena, m->v, m->n, m->cap, d);
}

/* Turned along the left or the right side, read upwards. */
static void draw_turned(struct margins *m, const struct degree *d) {
    struct lay_job *job = m->job;
    struct im_rect map = job->page->map;
    struct im_item item = lay_text_item(job, d->at, IM_LEFT, &m->type, d->text);
    struct im_path line = {.v = im_alloc(job->arena, 2, sizeof *line.v), .n = 2};
    double x =
        d->side == LEFT ? map.x - 6 : map.x + map.w + 6 + 0.76 * m->type.font.size;
    line.v[0] = (struct im_pt){x, d->at.y + d->wide / 2};
    line.v[1] = (struct im_pt){x, d->at.y - d->wide / 2};
    item.kind = IM_ITEM_LINE_TEXT;
    IM_PUSH(job->arena, item.paths.v, item.paths.n, item.paths.cap, line);
    lay_add(job, LAY_DEGREES, item);
}

static void draw_degree(struct margins *m, const struct degree *d) {
    struct lay_job *job = m->job;
    struct im_rect map = job->page->map;
    double size = m->type.font.size;
    struct im_pt at = d->at;
    enum im_align align = IM_MIDDLE;
    if (d->turned) {
        draw_turned(m, d);
        return;
    }
    if (d->side == BOTTOM || d->side == TOP) {
        at.y = d->side == BOTTOM ? map.y + map.h + 5 + 0.76 * size : map.y - 6;
    } else {
        at.x = lay_from_start(job->in, map, -6);
        at.y += lay_half_cap(size);
        align = d->side == RIGHT ? IM_LEFT : IM_RIGHT;
    }
    lay_add_text(job, LAY_DEGREES, at, align, &m->type, d->text);
}

/* A parallel's name stands upright beside the frame when the margin is wide enough (and
 * no meridian has its name there), else it is turned along the frame; on the side where
 * reading starts. */
static void name_parallel(struct margins *m, const struct im_graticule_line *line,
                          struct degree d) {
    struct lay_job *job = m->job;
    struct im_rect map = job->page->map;
    bool right = lay_mirrored(job->in);
    double margin = right ? job->page->width - map.x - map.w : map.x;
    d.side = right ? RIGHT : LEFT;
    d.at = line->label[right ? 1 : 0];
    d.turned = d.wide + 8 > margin || m->g->round;
    double half = d.turned ? d.wide / 2 : m->type.font.size / 2;
    if (line->has_label[right ? 1 : 0] && d.at.y - half > map.y &&
        d.at.y + half < map.y + map.h &&
        fabs(d.at.x - lay_from_start(job->in, map, 0)) < 1) {
        take(m, d, d.at.y, half);
    }
}

/* Room for a line of names over the map, under the title. */
static bool has_top(const struct margins *m) {
    struct im_rect title = m->job->page->title;
    double above = title.h > 0 ? title.y + title.h : 0;
    double free = m->job->page->map.y - above;
    return free >= 1.1 * m->type.font.size + 5;
}

/* A meridian's name under the map; where they leave it on all sides, round it. */
static void name_meridian(struct margins *m, struct degree d) {
    struct im_rect map = m->job->page->map;
    bool upright = d.side == BOTTOM || d.side == TOP;
    double low = upright ? map.x - 4 : map.y,
           high = low + (upright ? map.w + 8 : map.h);
    double along = upright ? d.at.x : d.at.y;
    double edge = d.side == BOTTOM ? d.at.y - map.y - map.h
                  : d.side == TOP  ? d.at.y - map.y
                  : d.side == LEFT ? d.at.x - map.x
                                   : d.at.x - map.x - map.w;
    d.turned = !upright;
    if (fabs(edge) < 1 && along - d.wide / 2 > low && along + d.wide / 2 < high &&
        (d.side != TOP || has_top(m))) {
        take(m, d, along, d.wide / 2);
    }
}

static bool is_multiple(double degrees, double step) {
    double times = degrees / step;
    return fabs(times - round(times)) < 1e-6;
}

/* The names of the meridians, or of the parallels, of every so many degrees. */
static void name_lines(struct margins *m, bool meridians, double step) {
    struct lay_job *job = m->job;
    for (size_t i = 0; i < m->g->n; i++) {
        const struct im_graticule_line *line = &m->g->v[i];
        if (line->meridian != meridians || !is_multiple(line->degrees, step)) {
            continue;
        }
        struct degree d = {
            .text = degrees_text(job->arena, lay_wording(job->in), line, step)};
        d.wide = lay_width(&job->in->measure, &m->type.font, d.text);
        if (!meridians) {
            name_parallel(m, line, d);
            continue;
        }
        for (int k = 0; k < (m->g->round ? 4 : 1); k++) {
            d.side = (enum side)k;
            d.at = line->label[k];
            if (line->has_label[k]) {
                name_meridian(m, d);
            }
        }
    }
}

/* Degrees between lines that have names: round ones. */
static const double rounds[] = {1 / 60.0,  2 / 60.0, 5 / 60.0, 10 / 60.0, 20 / 60.0,
                                30 / 60.0, 1,        2,        5,         10,
                                20,        30,       60,       90};

/* Names of lines as far apart as all names of a side have room, so that they stand in
 * even steps: 0°, 20°E, 40°E. Where those would be less than two, what finds room. */
static void name_evenly(struct margins *m, bool meridians) {
    size_t before = m->n;
    double step = meridians ? m->g->meridian_step : m->g->step, last = step;
    name_lines(m, meridians, last);
    for (size_t i = 0; i < sizeof rounds / sizeof rounds[0] && m->refused > 0; i++) {
        if (rounds[i] < step * 1.001 || !is_multiple(rounds[i], step)) {
            continue;
        }
        m->n = before;
        m->refused = 0;
        name_lines(m, meridians, rounds[i]);
        if (m->n < before + 2) {
            m->n = before;
            name_lines(m, meridians, last);
            break;
        }
        last = rounds[i];
    }
    m->refused = 0;
}

void lay_graticule(struct lay_job *job) {
    const struct im_graticule *g = job->in->graticule;
    if (g == NULL || job->in->spec->furniture.graticule == IM_OFF) {
        return;
    }
    struct im_stroke stroke = {.colour = job->st->colour.graticule,
                               .width = job->st->graticule_width};
    struct margins m = {.job = job, .g = g};
    m.type = lay_plain_type(job->st->graticule_size, job->st->colour.graticule_text);
    for (size_t i = 0; i < g->n; i++) {
        if (g->v[i].paths.n > 0) {
            lay_add(job, LAY_GRATICULE,
                    (struct im_item){.kind = IM_ITEM_PATH,
                                     .paths = g->v[i].paths,
                                     .stroke = stroke});
        }
    }
    name_evenly(&m, true);
    name_evenly(&m, false);
    for (size_t i = 0; i < m.n; i++) {
        draw_degree(&m, &m.v[i]);
    }
}
