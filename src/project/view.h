/* Inside the room: parts of a view that its files share. */
#ifndef IM_PROJECT_VIEW_H
#define IM_PROJECT_VIEW_H

#include "geo/box.h"
#include "project/project.h"

/* Degrees kept clear of lon_0 +- 180, where one point has two images (1 cm). */
#define IM_CUT 1e-7

/* Fill middle, cover, ground_m_per_pt and scale_spread from the other fields. */
void im_view_measure(struct im_view *view);
/*
 * Bounds of a projection's derivatives over a window. An edge in it is off its chord by
 * (lonlon dlon^2 + 2 lonlat |dlon dlat| + latlat dlat^2) / 8, and no longer than
 * lon |dlon| + lat |dlat|. false: the window reaches where the projection tears the
 * globe or runs wild.
 */
struct im_bend {
    double lon, lat;               /* projected metres a degree */
    double lonlon, lonlat, latlat; /* projected metres a square degree */
};
bool im_view_bend(const struct im_view *view, struct im_window window,
                  struct im_bend *out);
/* The cells that a window touches, as a window: all of it has the same bounds. */
struct im_window im_bend_window(struct im_window w);
/* The cover box as the window that lines are clipped to. */
struct im_window im_view_window(const struct im_view *view);

#endif
