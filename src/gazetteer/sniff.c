#include "gazetteer/geonames.h"

#include <string.h>

static bool ends(const char *path, const char *ending) {
    size_t n = strlen(path), e = strlen(ending);
    for (size_t i = 0; i < e && n > e; i++) {
        char c = path[n - e + i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != ending[i]) {
            return false;
        }
    }
    return n > e;
}

static bool begins(struct im_bytes b, const char *s, size_t n) {
    return b.n >= n && memcmp(b.data, s, n) == 0;
}

/* Does JSON's first bracket come first? */
static bool json_like(struct im_bytes b) {
    size_t i = begins(b, "\xEF\xBB\xBF", 3) ? 3 : 0;
    for (; i < b.n && strchr(" \t\r\n", b.data[i]) && b.data[i] != '\0'; i++) {
    }
    return i < b.n && (b.data[i] == '{' || b.data[i] == '[');
}

enum incmap_status gaz_format_of(struct im_arena *arena, const char *path,
                                 enum gaz_format *out, struct incmap_error *err) {
    struct im_map_options options = {INCMAP_E_INPUT, SIZE_MAX};
    static const char shapes[] = "\0\0\x27\x0A";
    struct im_bytes bytes;
    enum incmap_status status = im_file_map_as(arena, path, options, &bytes, err);
    if (status != INCMAP_OK) {
        return status;
    }
    *out = begins(bytes, GAZ_MAGIC, strlen(GAZ_MAGIC))      ? GAZ_FORMAT_COMPILED
           : begins(bytes, shapes, 4) || ends(path, ".shp") ? GAZ_FORMAT_SHAPES
           : json_like(bytes)                               ? GAZ_FORMAT_JSON
           : gaz_geonames_like(bytes)                       ? GAZ_FORMAT_GEONAMES
                                                            : GAZ_FORMAT_TABLE;
    if (ends(path, ".gaz") && *out != GAZ_FORMAT_COMPILED) {
        return im_fail(err, INCMAP_E_INPUT, IM_FILE(path),
                       "'%s' is not a compiled gazetteer", path);
    }
    return INCMAP_OK;
}
