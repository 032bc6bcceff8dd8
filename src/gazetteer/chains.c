/* Measures of the lines that phrases speak of. */
#include "gazetteer/relative.h"

#include "geodesy/geodesy.h"
#include <math.h>

double gaz_km_to_lines(const struct im_lines *lines, struct im_lonlat p,
                       struct im_lonlat *foot) {
    double least = INFINITY;
    for (size_t i = 0; i < lines->n; i++) {
        struct im_lonlat at;
        double m = im_distance_to_line(p, &lines->v[i], &at);
        if (m < least) {
            least = m;
            *foot = at;
        }
    }
    return least / 1000;
}

/* `metres` along the chains, one after the other. */
static struct im_lonlat along(const struct im_lines *lines, double metres) {
    struct im_lonlat at = lines->v[0].v[0];
    for (size_t i = 0; i < lines->n; i++) {
        const struct im_line *l = &lines->v[i];
        for (size_t k = 1; k < l->n; k++) {
            double edge = im_distance(l->v[k - 1], l->v[k]);
            if (metres <= edge) {
                return im_direct(l->v[k - 1], im_azimuth(l->v[k - 1], l->v[k]), metres);
            }
            metres -= edge;
            at = l->v[k];
        }
    }
    return at;
}

struct im_lonlat gaz_middle(const struct im_lines *lines, double *reach_km) {
    double sum = 0;
    for (size_t i = 0; i < lines->n; i++) {
        sum += im_length(&lines->v[i]);
    }
    struct im_lonlat middle = along(lines, sum / 2);
    *reach_km = 0;
    for (size_t i = 0; i < lines->n; i++) {
        for (size_t k = 0; k < lines->v[i].n; k++) {
            *reach_km = fmax(*reach_km, im_distance(middle, lines->v[i].v[k]) / 1000);
        }
    }
    return middle;
}
