/* Meridians and parallels; degrees in the margin. */
#include "layout/job.h"
#include "text/text.h"

#include <math.h>

/* "41°N", "40°30′N", "45°15′30″E" as the step needs. */
static const char *degrees_text(struct im_arena *arena, const char *language,
                                const struct im_graticule_line *l, double step) {
    double v = fabs(l->degrees);
    long seconds = lround(v * 3600);
    char side =
        l->meridian ? (l->degrees < 0 ? 'W' : 'E') : (l->degrees < 0 ? 'S' : 'N');
    if (seconds == 0 || (l->meridian && seconds == 180L * 3600)) {
        side = '\0';
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

/* A stretch of a side that has a name: none touches the next. */
struct stretch {
    enum side side;
    double low, high;
};

struct margins {
    struct lay_job *job;
    const struct im_graticule *g;
    struct lay_type type;
    struct stretch *v;
    size_t n, cap;
};

/* Take the stretch, unless it touches another one. */
static bool take(struct margins *m, enum side side, double at, double half) {
    struct stretch s = {side, at - half, at + half};
    double gap = m->type.font.size;
    for (size_t i = 0; i < m->n; i++) {
        if (m->v[i].side == side && s.low < m->v[i].high + gap &&
            m->v[i].low < s.high + gap) {
            return false;
        }
    }
    IM_PUSH(m->job->arena, m->v, m->n, m->cap, s);
    return true;
}

/* Turned along the left or the right side, read upwards. */
static void add_turned(struct margins *m, enum side side, struct im_pt at,
                       const char *text) {
    struct lay_job *job = m->job;
    struct im_rect map = job->page->map;
    double wide = lay_width(&job->in->measure, &m->type.font, text);
    struct im_item item = lay_text_item(job, at, IM_LEFT, &m->type, text);
    struct im_path line = {.v = im_alloc(job->arena, 2, sizeof *line.v), .n = 2};
    double x = side == LEFT ? map.x - 6 : map.x + map.w + 6 + 0.76 * m->type.font.size;
    line.v[0] = (struct im_pt){x, at.y + wide / 2};
    line.v[1] = (struct im_pt){x, at.y - wide / 2};
    item.kind = IM_ITEM_LINE_TEXT;
    IM_PUSH(job->arena, item.paths.v, item.paths.n, item.paths.cap, line);
    lay_add(job, LAY_DEGREES, item);
}

/* A parallel's name stands upright beside the frame when the margin is wide enough (and
 * no meridian has its name there), else it is turned along the frame; on the side where
 * reading starts. */
static void add_parallel(struct margins *m, struct im_pt at, const char *text) {
    struct lay_job *job = m->job;
    double wide = lay_width(&job->in->measure, &m->type.font, text);
    struct im_rect map = job->page->map;
    bool right = lay_mirrored(job->in);
    double margin = right ? job->page->width - map.x - map.w : map.x;
    if (wide + 8 > margin || m->g->round) {
        add_turned(m, right ? RIGHT : LEFT, at, text);
        return;
    }
    double x = lay_from_start(job->in, map, -6);
    struct im_pt base = {x, at.y + lay_half_cap(m->type.font.size)};
    lay_add_text(job, LAY_DEGREES, base, right ? IM_LEFT : IM_RIGHT, &m->type, text);
}

/* Room for a line of names over the map, under the title. */
static bool has_top(const struct margins *m) {
    struct im_rect title = m->job->page->title;
    double above = title.h > 0 ? title.y + title.h : 0;
    double free = m->job->page->map.y - above;
    return free >= 1.1 * m->type.font.size + 5;
}

/* A meridian's name under the map; where they leave it on all sides, round it. */
static void add_meridian(struct margins *m, enum side side, struct im_pt at,
                         const char *text) {
    struct lay_job *job = m->job;
    struct im_rect map = job->page->map;
    double size = m->type.font.size;
    double half = lay_width(&job->in->measure, &m->type.font, text) / 2;
    bool upright = side == BOTTOM || side == TOP;
    double low = upright ? map.x - 4 : map.y,
           high = low + (upright ? map.w + 8 : map.h);
    double along = upright ? at.x : at.y;
    double edge = side == BOTTOM ? at.y - map.y - map.h
                  : side == TOP  ? at.y - map.y
                  : side == LEFT ? at.x - map.x
                                 : at.x - map.x - map.w;
    if (fabs(edge) >= 1 || along - half <= low || along + half >= high ||
        (side == TOP && !has_top(m)) || !take(m, side, along, half)) {
        return;
    }
    if (!upright) {
        add_turned(m, side, at, text);
        return;
    }
    double y = side == BOTTOM ? map.y + map.h + 5 + 0.76 * size : map.y - 6;
    lay_add_text(job, LAY_DEGREES, (struct im_pt){at.x, y}, IM_MIDDLE, &m->type, text);
}

static void add_degrees(struct margins *m, const struct im_graticule_line *line) {
    struct lay_job *job = m->job;
    const char *text = degrees_text(job->arena, lay_wording(job->in), line, m->g->step);
    struct im_rect map = job->page->map;
    if (line->meridian) {
        for (int i = 0; i < (m->g->round ? 4 : 1); i++) {
            if (line->has_label[i]) {
                add_meridian(m, (enum side)i, line->label[i], text);
            }
        }
        return;
    }
    size_t end = lay_mirrored(job->in) ? 1 : 0;
    struct im_pt at = line->label[end];
    double half = lay_width(&job->in->measure, &m->type.font, text) / 2;
    if (line->has_label[end] && at.y - half > map.y && at.y + half < map.y + map.h &&
        fabs(at.x - lay_from_start(job->in, map, 0)) < 1 &&
        take(m, end == 1 ? RIGHT : LEFT, at.y, half)) {
        add_parallel(m, at, text);
    }
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
        add_degrees(&m, &g->v[i]);
    }
}
