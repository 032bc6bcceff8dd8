/*
 * Cutting chains and rings at a window in lon/lat, and paths at a rectangle on the
 * page.
 *
 * Convention for longitudes: an edge goes the short way round. The exception are edges
 * between two points at |lon| = 180 exactly: those run along the edge of the flat map
 * (Antarctica closed over the pole) and are taken as drawn.
 */
#ifndef IM_GEO_CLIP_H
#define IM_GEO_CLIP_H

#include "geo/box.h"

/* Append the parts of `line` inside the window, shifted by whole turns into it. Parts
 * that meet over the antimeridian stay one. Segments by Liang & Barsky (1984). A line
 * that needs no cut is appended as it is: its vertices are shared with the input. */
void im_clip_line(struct im_arena *arena, const struct im_line *line,
                  struct im_window window, struct im_lines *out);

/*
 * Append what the window leaves of a ring, as rings of the same sense; parts on both
 * sides of a cut become rings of their own. A ring around a pole is closed over that
 * pole. Edges along the window may be shared by parts of one ring (Sutherland & Hodgman
 * 1974): right for filling, not for stroking. A ring that needs no cut shares its
 * vertices.
 */
void im_clip_ring(struct im_arena *arena, const struct im_line *ring,
                  struct im_window window, struct im_lines *out);

/* The same; should the ring go around the poles, it is closed over that one (90 or -90)
 * and not over the nearer one. */
void im_clip_ring_over(struct im_arena *arena, const struct im_line *ring,
                       struct im_window window, double pole, struct im_lines *out);
/* The pole (90 or -90) that an unwrapped closed chain goes around, the nearer one; 0:
 * it goes around none. */
double im_around_pole(const struct im_line *whole);

/* Vertices of a ring or chain with continuous longitudes (no jump over 180 degrees),
 * n + 1 of them for a closed one: the last is the first, off by whole turns when the
 * ring goes around a pole. */
struct im_line im_unwrap(struct im_arena *arena, const struct im_line *line,
                         bool closed);

/* A closed path cut at a rectangle of the page (Sutherland & Hodgman); n == 0: outside.
 * One that needs no cut shares its vertices. */
struct im_path im_clip_path(struct im_arena *arena, const struct im_path *path,
                            struct im_rect rect);

#endif
