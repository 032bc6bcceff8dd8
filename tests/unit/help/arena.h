/* One arena for all tests of a program, and cmocka's group functions that keep it. */
#ifndef IM_TEST_ARENA_H
#define IM_TEST_ARENA_H

#include "base/arena.h"

extern struct im_arena *arena; /* between arena_setup and arena_teardown */

int arena_setup(void **state);
int arena_teardown(void **state);

#endif
