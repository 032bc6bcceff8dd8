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

/* Move both, as far each, on the line through them. */
static void part(struct im_town *a, struct im_town *b) {
    double dx = b->at.x - a->at.x, dy = b->at.y - a->at.y, far = hypot(dx, dy);
    if (far >= LEAST && far < APART) {
        double by = (APART - far) / (2 * far);
        a->at.x -= by * dx;
        a->at.y -= by * dy;
        b->at.x += by * dx;
        b->at.y += by * dy;
    }
}

void im_job_part_capitals(struct incmap_job *job) {
    for (size_t i = 0; i < job->town_count && job->towns[i].rank == 0; i++) {
        struct im_town *a = &job->towns[i];
        bool done = a->asked; // an incident is exactly there
        for (size_t k = 0; k < job->town_count && !done; k++) {
            struct im_town *b = &job->towns[k];
            bool meets = fabs(b->at.x - a->at.x) < APART &&
                         fabs(b->at.y - a->at.y) < APART && !b->asked;
            if (meets && ((b->rank == 0 && k > i) || outdoes(b, a))) {
                part(a, b);
                done = true;
            }
        }
    }
}
