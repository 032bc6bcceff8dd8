#include "gazetteer/geonames.h"

#include <string.h>

enum incmap_status gaz_format_of(struct im_arena *arena, const char *path,
                                 enum gaz_format *out, struct incmap_error *err) {
    struct im_map_options options = {INCMAP_E_INPUT, SIZE_MAX};
    struct im_bytes bytes;
    enum incmap_status status = im_file_map_as(arena, path, options, &bytes, err);
    if (status != INCMAP_OK) {
        return status;
    }
    *out = GAZ_FORMAT_TABLE;
    if (bytes.n >= sizeof GAZ_MAGIC - 1 &&
        memcmp(bytes.data, GAZ_MAGIC, sizeof GAZ_MAGIC - 1) == 0) {
        *out = GAZ_FORMAT_COMPILED;
    }
    if (*out == GAZ_FORMAT_TABLE && gaz_geonames_like(bytes)) {
        *out = GAZ_FORMAT_GEONAMES;
    }
    return INCMAP_OK;
}
