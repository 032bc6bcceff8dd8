#include "help/arena.h"
#include <stddef.h>

struct im_arena *arena;

int arena_setup(void **state) {
    (void)state;
    arena = im_arena_new((size_t)1 << 30);
    return arena == NULL;
}

int arena_teardown(void **state) {
    (void)state;
    im_arena_free(arena);
    arena = NULL;
    return 0;
}
