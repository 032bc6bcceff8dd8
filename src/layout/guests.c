/*
 * A map round a place must name it. Its name is placed when symbols stand where they
 * stand, so those that move anyway keep off the place and off one seat of its name, the
 * one where the fewest incidents and lines are.
 */
#include "layout/guests.h"

#include "layout/spots.h"

#include <math.h>

#define OWN 7.0   /* an incident so near is the place's own, whose name follows it */
#define FAR 200.0 /* no symbol comes so far */
#define AIR 3.0   /* round the disc and the name */
#define LINE 3.0  /* what a line there costs, which cannot give way, by an incident */

/* Seats of a name, in the order of preference. */
static const struct im_pt towards[] = {{1, 0},     {1, -0.4}, {1, 0.4}, {-1, 0},
                                       {-1, -0.4}, {-1, 0.4}, {0, -1},  {0, 1}};
enum { SEATS = sizeof towards / sizeof *towards };

static struct lay_guest seat_of(const struct lay_spot *spot, size_t side) {
    struct im_pt p = spot->town->at;
    double w = spot->extent.width, h = spot->extent.ascent + spot->extent.descent;
    double off = spot->radius + AIR;
    struct im_pt d = towards[side];
    struct im_pt middle = {p.x + d.x * (off + w / 2), p.y + d.y * (off + h / 2)};
    struct im_rect name = {middle.x - w / 2, middle.y - h / 2, w, h};
    double x0 = fmin(p.x - off, name.x), x1 = fmax(p.x + off, name.x + w);
    double y0 = fmin(p.y - off, name.y), y1 = fmax(p.y + off, name.y + h);
    return (struct lay_guest){p, off, name, {x0, y0, x1 - x0, y1 - y0}};
}

static bool has_line(const struct lay_job *job, struct im_rect name) {
    double near = AIR + job->st->line_casing / 2;
    for (size_t i = 0; i < job->line_count; i++) {
        const struct im_path *p = &job->lines[i].path;
        for (size_t k = 0; k < p->n; k++) {
            if (lay_rect_distance(name, p->v[k]) < near) {
                return true;
            }
        }
    }
    return false;
}

static double cost_of(const struct lay_job *job, struct im_rect name) {
    if (!lay_rect_inside(name, job->page->map)) {
        return HUGE_VAL;
    }
    double cost = has_line(job, name) ? LINE : 0;
    for (size_t i = 0; i < job->symbol_count; i++) {
        const struct lay_symbol *s = &job->symbols[i];
        double over = s->reach + AIR - lay_rect_distance(name, s->mark->at);
        cost += fmax(0, over) / (s->reach + AIR);
    }
    return cost;
}

/* The best of the seats; none where no side has room on the map. */
static bool choose(const struct lay_job *job, const struct im_town *town,
                   struct lay_guest *out) {
    struct im_measure measure = job->in->measure;
    struct lay_spot spot = lay_spot_of(job, town);
    spot.extent = measure.text(measure.self, &spot.type.font, spot.text);
    double least = HUGE_VAL;
    for (size_t side = 0; side < SEATS; side++) {
        struct lay_guest g = seat_of(&spot, side);
        double cost = cost_of(job, g.name);
        if (cost < least) {
            least = cost;
            *out = g;
        }
    }
    return least < HUGE_VAL;
}

static bool is_guest(const struct lay_job *job, const struct im_town *town) {
    double least = HUGE_VAL;
    if (!town->wanted || town->label[0] == '\0') {
        return false;
    }
    for (size_t i = 0; i < job->symbol_count; i++) {
        least = fmin(least, lay_distance(job->symbols[i].mark->at, town->at));
    }
    return least > OWN && least < FAR;
}

struct lay_guest *lay_guests(const struct lay_job *job, size_t *n) {
    const struct im_layout_input *in = job->in;
    size_t wanted = 0;
    *n = 0;
    for (size_t i = 0; i < in->town_count; i++) {
        wanted += in->towns[i].wanted;
    }
    struct lay_guest *v = im_alloc(job->arena, wanted + 1, sizeof *v);
    for (size_t i = 0; i < in->town_count; i++) {
        *n += is_guest(job, &in->towns[i]) && choose(job, &in->towns[i], &v[*n]);
    }
    return v;
}
