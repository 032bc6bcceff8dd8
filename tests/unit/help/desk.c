#include "help/desk.h"
#include "help/sample.h"
#include <stddef.h>

struct im_fonts *fonts;

int desk_setup(void **state) {
    if (arena_setup(state) != 0) {
        return 1;
    }
    fonts = sample_fonts(arena);
    return fonts == NULL;
}
