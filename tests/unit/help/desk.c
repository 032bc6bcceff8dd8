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

struct im_shaped desk_shape(const struct im_font *font, const char *text) {
    struct im_item item = {.kind = IM_ITEM_TEXT, .font = *font, .text = text};
    struct im_shaped s;
    im_shape_item(fonts, arena, &item, &s);
    return s;
}
