/* Step 4b: capitals face to face across a river, and cities next to a capital, drawn
 * beside each other. */
#include "api/job.h"

#include <math.h>

#define APART 13.0 /* points between two discs' middles */
#define LEAST 1.0  /* nearer, their places do not say which one lies on which side */

/* A city that is greater than a capital beside it. */
static bool outdoes(const struct im_town *city, const struct im_town *capital) {
    return city->rank == 1 && city->place->population > capital->place->population;
}

/* What was moved, for the one note about it. */
struct moves {
    struct im_town *a, *b; /* the first two */
    size_t n;
    double most; /* points */
};

/* Move both, as far each, on the line through them. */
static void part(struct moves *m, struct im_town *a, struct im_town *b) {
    double dx = b->at.x - a->at.x, dy = b->at.y - a->at.y, far = hypot(dx, dy);
    if (far >= LEAST && far < APART) {
        double by = (APART - far) / (2 * far);
        a->at.x -= by * dx;
        a->at.y -= by * dy;
        b->at.x += by * dx;
        b->at.y += by * dy;
        m->a = m->n == 0 ? a : m->a;
        m->b = m->n == 0 ? b : m->b;
        m->most = fmax(m->most, by * far);
        m->n++;
    }
}

static void tell(struct incmap_job *job, const struct moves *m) {
    if (m->n > 0) {
        const char *more = m->n > 1 ? im_format(job->arena, " (and %zu more pair%s)",
                                                m->n - 1, m->n > 2 ? "s" : "")
                                    : "";
        im_finding(
            &job->findings, IM_F_TOWN_MOVED, IM_NOWHERE,
            "choose a smaller area or a larger size to have them in place",
            "'%s' and '%s'%s lie so near each other that their discs stand up to "
            "%.1f points off their places",
            im_job_town_label(job, m->a), im_job_town_label(job, m->b), more, m->most);
    }
}

void im_job_part_capitals(struct incmap_job *job) {
    struct moves moves = {0};
    for (size_t i = 0; i < job->town_count && job->towns[i].rank == 0; i++) {
        struct im_town *a = &job->towns[i];
        bool done = a->asked; // an incident is exactly there
        for (size_t k = 0; k < job->town_count && !done; k++) {
            struct im_town *b = &job->towns[k];
            bool meets = fabs(b->at.x - a->at.x) < APART &&
                         fabs(b->at.y - a->at.y) < APART && !b->asked;
            if (meets && ((b->rank == 0 && k > i) || outdoes(b, a))) {
                part(&moves, a, b);
                done = true;
            }
        }
    }
    tell(job, &moves);
}
