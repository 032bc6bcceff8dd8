/* Coordinates of users' shapefiles in degrees, handed to the gazetteer. */
#include "api/atlas.h"
#include "project/project.h"

static enum incmap_status open_prj(void *self, struct im_arena *arena, const char *prj,
                                   void **crs, struct incmap_error *err) {
    struct im_crs *opened = NULL;
    enum incmap_status status = im_crs_open_wkt(arena, prj, &opened, err);
    (void)self;
    *crs = status == INCMAP_OK && !im_crs_is_lonlat(opened) ? opened : NULL;
    return status;
}

static bool inverse(void *crs, struct im_lonlat *at) {
    return im_crs_inverse_raw(crs, (struct im_xy){at->lon, at->lat}, at);
}

struct im_unprojector im_atlas_unprojector(void) {
    return (struct im_unprojector){NULL, open_prj, inverse};
}
