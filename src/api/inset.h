/* What the locator inset shows: the choice, apart from what draws it. */
#ifndef IM_API_INSET_H
#define IM_API_INSET_H

#include "geo/box.h"

/* A map whose diagonal is longer than this says by itself where it lies. */
#define IM_INSET_LONGEST 2.0e6 /* metres */

/* The map, for which surroundings are wanted. */
struct im_inset_map {
    struct im_box box;
    double diagonal_m;
};

/*
 * The main part of its countries as the surroundings: with a little room around, at
 * least 900 km and three times the map's diagonal, at most 5,000 km each way, the map
 * then well inside. false: the map shows most of the countries itself, or they lie
 * around a pole.
 */
bool im_inset_countries(const struct im_inset_map *map, struct im_box countries,
                        struct im_box *out);
/* Is it more than the surroundings of a map can show? */
bool im_inset_is_giant(struct im_box country);
/* The map and a box together, with the same room around. */
struct im_box im_inset_joined(const struct im_inset_map *map, struct im_box box);
/* Four and a half times the map's diagonal around it; false: it is too large for that
 * (900 km), or lies too close to a pole. */
bool im_inset_region(const struct im_inset_map *map, struct im_box *out);
/* Width by height of a box of the globe, 0.62 to 1.6. */
double im_inset_aspect(struct im_box box);

#endif
