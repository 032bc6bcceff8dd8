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
