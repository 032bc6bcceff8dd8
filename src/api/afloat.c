/* Incidents on a sea that the map shows a part of, not its middle: they stand on that
 * part. */
#include "api/job.h"
#include "geo/inside.h"
#include "text/text.h"
#include <math.h>

enum { GRID = 16, LEAST = 10 }; /* points each way; of them on the sea: some 4 % */

struct spots {
    struct im_pt v[GRID * GRID];
    size_t n;
};

static bool is_land(const struct im_basemap *map, struct im_pt p) {
    bool land = false;
    for (size_t i = 0; i < map->ground_count && !land; i++) {
        land = im_paths_contain(&map->grounds[i].paths, p);
    }
    return land;
}

/* Points of the frame that lie on the sea. */
static void find_spots(const struct incmap_job *job, const struct im_paths *sea,
                       struct spots *out) {
    struct im_rect f = job->view.frame;
    out->n = 0;
    for (int i = 0; i < GRID * GRID; i++) {
        struct im_pt p = {f.x + f.w * (i % GRID + 0.5) / GRID,
                          f.y + f.h * (i / GRID + 0.5) / GRID};
        if (im_paths_contain(sea, p) && !is_land(&job->basemap, p)) {
            out->v[out->n++] = p;
        }
    }
}

/* The one nearest to the middle of them all. */
static struct im_pt middle_of(const struct spots *spots) {
    struct im_pt sum = {0, 0}, best = spots->v[0];
    double near = HUGE_VAL;
    for (size_t i = 0; i < spots->n; i++) {
        sum.x += spots->v[i].x / (double)spots->n;
        sum.y += spots->v[i].y / (double)spots->n;
    }
    for (size_t i = 0; i < spots->n; i++) {
        double d = hypot(spots->v[i].x - sum.x, spots->v[i].y - sum.y);
        best = d < near ? spots->v[i] : best;
        near = fmin(d, near);
    }
    return best;
}

static bool find_place(struct incmap_job *job, struct im_mark *m) {
    struct spots spots;
    find_spots(job, m->area, &spots);
    if (spots.n < LEAST) {
        return false;
    }
    m->at = middle_of(&spots);
    return true;
}

bool im_job_afloat(struct incmap_job *job, struct im_mark *m,
                   const struct im_mark *same) {
    if (!m->at_sea || m->area == NULL) {
        return false;
    }
    m->at = same != NULL ? same->at : m->at;
    if (same != NULL ? !same->in_frame : !find_place(job, m)) {
        return false;
    }
    im_finding(
        &job->findings, IM_F_SEA_PART, m->event->row,
        "widen the map with --margin to show all of it",
        "the middle of '%s' lies outside the map: drawn on the part that it shows",
        im_mark_where(job->arena, im_wording(job->spec.language), m));
    return true;
}
