/* A name inside its area. Inside layout only. */
#ifndef IM_LAYOUT_NAMES_H
#define IM_LAYOUT_NAMES_H

#include "layout/job.h"
#include "layout/mask.h"

#define LAY_SMALLER 0.86 /* a size to the next one that is tried */

/* Metres of ground a point from where on a map is one of a continent, or of the world.
 * There names are smaller; on one of the world a name at sea would stand far from the
 * many coasts about it, so only islands have theirs there, and a country's name comes
 * before the place of its capital. */
#define LAY_CONTINENT 2500.0
#define LAY_WORLD IM_WORLD_SCALE

struct lay_area {
    struct lay_job *job;
    const struct lay_mask *mask;
    uint16_t value; /* of the area in the mask */
    struct lay_mask_extent visible;
    struct lay_type type;
    const char *text;
    const char *second; /* of two lines, or NULL */
    struct im_extent_pt extent;
    double room;                  /* points around the name that are kept free */
    const struct lay_mask *lakes; /* the name keeps off them; NULL = there are none */
    bool ashore;                  /* the name stands on the land or nowhere */
    bool at_sea;                  /* the name may reach over the sea */
    bool astride;                 /* but most of it is over the area */
    const struct lay_mask *mainland; /* which it must be near to then */
};

/* Try the name at its size and smaller; true when it was put, into the job's labels. */
bool lay_area_put(struct lay_area *area, double smallest);
/* The same in two steps: the place of the name, whose size is set, or false; the name
 * there, when the area's mask may be another one's. */
bool lay_area_find(struct lay_area *area, double smallest, struct im_pt *at);
void lay_area_draw(struct lay_area *area, struct im_pt at);
/* Set the name in two lines of about one length, where it has a blank. */
bool lay_area_split(struct lay_area *area);
/* From now on over the area and its waters, about its largest parts. It has cells. */
void lay_area_astride(struct lay_area *area);
/* From now on over the sea, beside the area's largest parts. It has cells. */
void lay_area_to_sea(struct lay_area *area);

/* names.c: an area by itself, in a mask that is used for one after the other. */
struct lay_area lay_area_alone(struct lay_job *job, const struct im_paths *paths);
/* seas.c */
void lay_sea_names(struct lay_job *job);
/* provinces.c */
void lay_province_names(struct lay_job *job);

#endif
