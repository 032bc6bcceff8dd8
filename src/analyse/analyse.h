/* Filter and measure: which events are on the map, how far they are from what. */
#ifndef IM_ANALYSE_ANALYSE_H
#define IM_ANALYSE_ANALYSE_H

#include "base/findings.h"
#include "model/spec.h"

/* Distance of an event to the nearest line or area of an overlay. */
struct im_nearest {
    const struct im_feature *feature; /* NULL: nothing to measure to */
    double metres;                    /* from the event's point to the drawn line */
    double low, high; /* with the radius of the event's position, metres */
    struct im_lonlat foot;
};
/* The features of an overlay prepared for many events; they must outlive the targets,
 * which the arena owns. What is within_m metres away or more is not found. */
struct im_targets;
struct im_targets *im_targets_new(struct im_arena *arena,
                                  const struct im_features *features, double within_m);
struct im_nearest im_nearest_feature(const struct im_event *event,
                                     const struct im_targets *targets);

/* The events that can fall into the spec's from/to (and their set's own), in place;
 * order kept. */
void im_events_filter(struct im_events *events, const struct im_spec *spec);

/* Sort for drawing and numbering: by date, then event id as people
 * order them ("e9" before "e10"), then first row, then file. */
void im_events_sort(struct im_events *events);

/* Claims that contradict each other become "claims-differ" findings. */
void im_events_compare(const struct im_events *events, struct im_findings *findings);

#endif
