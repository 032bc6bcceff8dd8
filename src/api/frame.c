/* What a map of an area is round: a country without its possessions overseas. */
#include "api/job.h"
#include "geo/parts.h"
#include "geodesy/geodesy.h"
#include <string.h>

/* Some vertices of the rings of the main part: the frame has a margin. */
static struct im_line outline_of(struct im_arena *arena, const struct im_lines *rings,
                                 const struct im_main_part *main) {
    const size_t enough = 4096;
    size_t all = 0, n = 0;
    for (size_t i = 0; i < rings->n; i++) {
        all += main->in[i] ? rings->v[i].n : 0;
    }
    size_t step = all / enough + 1;
    struct im_line out = {im_alloc_raw(arena, all / step + rings->n, sizeof *out.v), 0};
    for (size_t i = 0; i < rings->n; i++) {
        for (n = 0; main->in[i] && n < rings->v[i].n; n += step) {
            out.v[out.n++] = rings->v[i].v[n];
        }
    }
    return out;
}

bool im_job_frame(const struct incmap_job *job, const struct im_position *p,
                  struct im_around *out) {
    struct im_lines rings = {0};
    if (p->kind != IM_AREA ||
        !im_geodata_area(job->geodata, job->arena, p->area, &rings) || rings.n == 0) {
        return false;
    }
    struct im_main_part main = im_main_part(job->arena, &rings);
    *out =
        (struct im_around){main.box, outline_of(job->arena, &rings, &main), main.share};
    return out->outline.n > 0;
}

struct im_box im_job_whole_box(const struct im_position *p) {
    return p->kind == IM_AREA || p->kind == IM_LINE
               ? p->box
               : (struct im_box){p->at.lon, p->at.lat, p->at.lon, p->at.lat};
}

static bool is_large(struct im_box b) {
    const double large_m = 1e6; // of the diagonal: a country that may have colonies
    struct im_lonlat sw = {b.west, b.south}, ne = {b.east, b.north};
    return b.west > b.east || b.east - b.west > 180 || im_distance(sw, ne) > large_m;
}

struct im_box im_job_position_box(const struct incmap_job *job,
                                  const struct im_position *p,
                                  struct im_area_boxes *known) {
    struct im_around frame = {.box = im_job_whole_box(p)};
    if (p->kind != IM_AREA || !is_large(p->box)) {
        return frame.box;
    }
    for (size_t i = 0; i < known->n; i++) {
        if (strcmp(known->v[i].area, p->area) == 0) {
            return known->v[i].box;
        }
    }
    (void)im_job_frame(job, p, &frame);
    struct im_area_box found = {p->area, frame.box};
    IM_PUSH(job->arena, known->v, known->n, known->cap, found);
    return frame.box;
}
