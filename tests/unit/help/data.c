#include "help/data.h"
#include "basemap/basemap.h"
#include "gazetteer/gazetteer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct incmap_atlas *atlas;
struct im_geodata *geodata;

const char *data_folder(void) {
    const char *data = getenv("INCMAP_DATA");
    return data != NULL ? data : "geodata";
}

static int told(enum incmap_status status, const struct incmap_error *err) {
    if (status != INCMAP_OK) {
        print_error("%s: %s\n", err->source, err->message);
    }
    return (int)status;
}

int atlas_setup(void **state) {
    (void)state;
    struct incmap_error err = {.record = -1};
    return told(incmap_atlas_open(data_folder(), NULL, &atlas, &err), &err);
}

int atlas_teardown(void **state) {
    (void)state;
    incmap_atlas_close(atlas);
    atlas = NULL;
    return 0;
}

int geodata_setup(void **state) {
    struct incmap_error err = {.record = -1};
    return arena_setup(state) != 0
               ? 1
               : told(im_geodata_open(arena, data_folder(), &geodata, &err), &err);
}

struct im_gazetteer *data_gazetteer(void) {
    struct im_gazetteer *gz = NULL;
    struct incmap_error err = {.record = -1};
    if (im_gazetteer_open(arena, data_folder(), &gz, &err) != INCMAP_OK) {
        fail_msg("%s: %s", err.source, err.message);
    }
    return gz;
}
