/* Build step: places_compile DIR writes DIR/places.gaz. */
#include "base/limits.h"
#include "gazetteer/compile.h"

#include <stdio.h>

int main(int argc, char **argv) {
    struct incmap_error err = {.status = INCMAP_OK};
    if (argc != 2) {
        fputs("usage: places_compile DIR\n", stderr);
        return INCMAP_E_USAGE;
    }
    struct im_arena *arena = im_arena_new(IM_MAX_JOB_BYTES);
    if (!arena) {
        return INCMAP_E_LIMIT;
    }
    jmp_buf here;
    if (setjmp(here) != 0) {
        fputs("places_compile: out of memory\n", stderr);
        im_arena_free(arena);
        return INCMAP_E_LIMIT;
    }
    im_arena_catch(arena, &here);
    enum incmap_status status = im_gazetteer_compile(arena, argv[1], &err);
    if (status != INCMAP_OK) {
        fprintf(stderr, "places_compile: %s:%u: %s\n", err.source, err.line,
                err.message);
    }
    im_arena_free(arena);
    return (int)status;
}
