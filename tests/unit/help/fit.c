#include "help/fit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct im_view fit_view(struct im_arena *arena, const char *crs_text,
                        struct im_box box) {
    struct im_crs *crs = NULL;
    struct im_view view;
    struct im_extent extent = {.box = box, .exact = true};
    struct im_rect frame = {40, 100, 1520, 1000};
    assert_int_equal(im_crs_open(arena, crs_text, box, &crs, NULL), INCMAP_OK);
    assert_int_equal(im_view_fit(&view, crs, extent, frame, NULL), INCMAP_OK);
    return view;
}
