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

/* A parallel's name stands upright beside the frame when the margin is wide enough,
 * else it is turned along the frame; on the side where reading starts. */
static void add_parallel(struct lay_job *job, struct im_pt at, const char *text) {
    struct lay_type type =
        lay_plain_type(job->st->graticule_size, job->st->colour.graticule_text);
    double wide = lay_width(&job->in->measure, &type.font, text);
    struct im_rect map = job->page->map;
    bool right = lay_mirrored(job->in);
    double margin = right ? job->page->width - map.x - map.w : map.x;
    if (wide + 8 <= margin) {
        double x = lay_from_start(job->in, map, -6);
        struct im_pt base = {x, at.y + lay_half_cap(type.font.size)};
        lay_add_text(job, LAY_DEGREES, base, right ? IM_LEFT : IM_RIGHT, &type, text);
        return;
    }
    struct im_item item = lay_text_item(job, at, IM_LEFT, &type, text);
    struct im_path line = {.v = im_alloc(job->arena, 2, sizeof *line.v), .n = 2};
    double x = lay_from_start(job->in, map, right ? -6 - 0.76 * type.font.size : -6);
    line.v[0] = (struct im_pt){x, at.y + wide / 2};
    line.v[1] = (struct im_pt){x, at.y - wide / 2};
    item.kind = IM_ITEM_LINE_TEXT;
    IM_PUSH(job->arena, item.paths.v, item.paths.n, item.paths.cap, line);
    lay_add(job, LAY_DEGREES, item);
}

/* Where the last names of meridians and parallels ended: none touches the next. */
struct ends {
    double x, y;
};

static void add_degrees(struct lay_job *job, const struct im_graticule_line *line,
                        double step, struct ends *last) {
    const char *text = degrees_text(job->arena, lay_wording(job->in), line, step);
    struct im_rect map = job->page->map;
    size_t end = !line->meridian && lay_mirrored(job->in) ? 1 : 0;
    struct im_pt at = line->label[end];
    double size = job->st->graticule_size;
    struct lay_type type = lay_plain_type(size, job->st->colour.graticule_text);
    double half = lay_width(&job->in->measure, &type.font, text) / 2;
    if (!line->has_label[end]) {
        return;
    }
    if (line->meridian) {
        bool fits =
            at.x - half > fmax(last->x, map.x - 4) && at.x + half < map.x + map.w + 4;
        if (fits && fabs(at.y - map.y - map.h) < 1) {
            struct im_pt base = {at.x, map.y + map.h + 5 + 0.76 * size};
            lay_add_text(job, LAY_DEGREES, base, IM_MIDDLE, &type, text);
            last->x = at.x + half + size;
        }
    } else if (at.y - half > map.y && at.y + half < map.y + map.h &&
               fabs(at.x - lay_from_start(job->in, map, 0)) < 1 &&
               fabs(at.y - last->y) > 2 * half + size) {
        add_parallel(job, at, text);
        last->y = at.y;
    }
}

void lay_graticule(struct lay_job *job) {
    const struct im_graticule *g = job->in->graticule;
    if (g == NULL || job->in->spec->furniture.graticule == IM_OFF) {
        return;
    }
    struct im_stroke stroke = {.colour = job->st->colour.graticule,
                               .width = job->st->graticule_width};
    struct ends last = {-HUGE_VAL, -HUGE_VAL};
    for (size_t i = 0; i < g->n; i++) {
        if (g->v[i].paths.n > 0) {
            lay_add(job, LAY_GRATICULE,
                    (struct im_item){.kind = IM_ITEM_PATH,
                                     .paths = g->v[i].paths,
                                     .stroke = stroke});
        }
        add_degrees(job, &g->v[i], g->step, &last);
    }
}
