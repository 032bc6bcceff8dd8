/* The arena (help/arena.h) and the fonts of the tests that draw. */
#ifndef IM_TEST_DESK_H
#define IM_TEST_DESK_H

#include "draw/fonts.h"
#include "help/arena.h"

extern struct im_fonts *fonts; /* between desk_setup and arena_teardown */

int desk_setup(void **state); /* cmocka's group setup; goes with arena_teardown */

/* A line of text that is read from left to right, shaped in `arena`. */
struct im_shaped desk_shape(const struct im_font *font, const char *text);

#endif
