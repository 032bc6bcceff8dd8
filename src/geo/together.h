/* Many paths simplified so that none comes to cross another. */
#ifndef IM_GEO_TOGETHER_H
#define IM_GEO_TOGETHER_H

#include "geo/geo.h"

/*
 * Marks as of im_simplify_marks for each of n paths: keep[i] has paths[i].n zeros on
 * entry. Where two simplified edges cross inside `within`, their farthest dropped
 * vertices come back, until no crossing is left but those of the input (idea: Saalfeld
 * 1999, doi:10.1559/152304099782424901). Crossings are found in a grid of cells.
 */
void im_simplify_together(struct im_arena *arena, const struct im_path *paths, size_t n,
                          double tolerance, struct im_rect within, char *const *keep);

/* Do the open segments ab and cd cross in one point inside both? Ends that touch do not
 * count. */
bool im_edges_cross(struct im_pt a, struct im_pt b, struct im_pt c, struct im_pt d);

#endif
