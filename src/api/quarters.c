/*
 * Numbered parts of cities that gazetteers count as towns ("Marseille 15",
 * "Haldensleben I"): on a map they are none, as the quarters are that a gazetteer tells
 * apart (GeoNames PPLX; im_gazetteer_within leaves those out).
 */
#include "api/job.h"
#include "geo/box.h"
#include "geodesy/geodesy.h"

#include <math.h>
#include <string.h>

#define REACH_M 20000.0     /* from a part to its city, at most */
#define REACH_DEGREES 0.181 /* of latitude, a little more than REACH_M */
#define PEOPLE 5000         /* of a city that has parts, at least */

/* A number at the head of a name's rest: up to three digits, or a Roman numeral. */
static bool numbers(const char *rest) {
    size_t n = strspn(rest, "0123456789");
    if (n == 0) {
        n = strspn(rest, "IVX");
        return n > 0 && strchr(" .-", rest[n]) != NULL; // also its end
    }
    return n <= 3;
}

/* Is it named as this city, with a number? With `city` NULL: as any could be. */
static bool is_numbered(const char *name, const char *city) {
    if (city != NULL) {
        size_t n = strlen(city);
        return n > 0 && strncmp(name, city, n) == 0 && strchr(" -", name[n]) != NULL &&
               name[n] != '\0' && numbers(name + n + 1);
    }
    for (const char *p = name; *p != '\0'; p++) {
        if ((*p == ' ' || *p == '-') && numbers(p + 1)) {
            return true;
        }
    }
    return false;
}

static bool is_part_of(const struct im_place *p, const struct im_place *city) {
    return city->population > p->population && city->population >= PEOPLE &&
           is_numbered(p->name, city->name) && strcmp(p->country, city->country) == 0 &&
           im_distance(p->at, city->at) <= REACH_M;
}

static bool is_peopled(const void *self, const struct im_place *glance) {
    (void)self;
    return glance->population >= PEOPLE;
}

enum { MAX_CITIES = 600 };

/* Cities in the view and so near to it that a place in the view can be part of one. */
static size_t cities_about(const struct incmap_job *job, const struct im_place ***out) {
    struct im_window w = im_box_window(job->view.cover);
    double widest = fmin(fmax(fabs(w.south), fabs(w.north)) + REACH_DEGREES, 89);
    double wide = REACH_DEGREES / cos(widest * 3.14159265358979323846 / 180);
    w = (struct im_window){w.west - wide, fmax(w.south - REACH_DEGREES, -90),
                           w.east + wide, fmin(w.north + REACH_DEGREES, 90)};
    struct im_within which = {im_window_box(w), MAX_CITIES, is_peopled, NULL, true};
    return im_gazetteer_within(job->gazetteer, job->arena, &which, out);
}

bool *im_job_quarters(const struct incmap_job *job, const struct im_place *const *v,
                      size_t n) {
    bool *part = im_alloc(job->arena, n + 1, sizeof *part);
    const struct im_place **cities = NULL;
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_numbered(v[i]->name, NULL)) {
            continue;
        }
        if (cities == NULL) {
            count = cities_about(job, &cities);
        }
        for (size_t k = 0; k < count && !part[i]; k++) {
            part[i] = is_part_of(v[i], cities[k]);
        }
    }
    return part;
}
