/* The bundled tables: sixteen columns, and what is wrong in them is an error. */
#include "gazetteer/intake.h"

#include <string.h>

static enum incmap_status take_row(struct gaz_intake *in, const char *path,
                                   struct im_bytes row, uint32_t line) {
    struct gaz_fields f;
    const char *what;
    if (!gaz_fields(row.data, row.n, &f)) {
        return im_fail(in->err, INCMAP_E_GEODATA, IM_AT(path, line, 0),
                       "a row of places has %d columns, not another number",
                       GAZ_COLUMNS);
    }
    what = f.n[GAZ_ID] == 0 ? "id" : gaz_intake_row(in, &f, line);
    if (what) {
        return im_fail(in->err, INCMAP_E_GEODATA, IM_AT(path, line, 0),
                       "unusable or missing value of '%s'", what);
    }
    return INCMAP_OK;
}

static enum incmap_status take_rows(struct gaz_intake *in, const char *path,
                                    struct im_bytes bytes) {
    const char *at = bytes.data, *end = bytes.data + bytes.n;
    for (uint32_t line = 1; at < end && !in->stop; line++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        struct im_bytes row = {at, (size_t)((newline ? newline : end) - at)};
        at = newline ? newline + 1 : end;
        if (line == 1 &&
            (row.n != strlen(GAZ_HEADER) || memcmp(row.data, GAZ_HEADER, row.n) != 0)) {
            return im_fail(in->err, INCMAP_E_GEODATA, IM_AT(path, 1, 0),
                           "not the header of a table of places");
        }
        if (line == 1 || row.n == 0) {
            continue;
        }
        enum incmap_status status = take_row(in, path, row, line);
        if (status != INCMAP_OK) {
            return status;
        }
    }
    return INCMAP_OK;
}

enum incmap_status gaz_read_places(struct gaz_intake *in, const char *path) {
    struct im_bytes bytes;
    enum incmap_status status =
        im_file_map(in->arena, path, INCMAP_E_GEODATA, &bytes, in->err);
    if (status != INCMAP_OK) {
        return gaz_intake_fail(in, status);
    }
    struct gaz_origin origin = {.path = path,
                                .name = im_path_name(path),
                                .format = "places",
                                .rights = "see LICENSE",
                                .bytes = bytes.n,
                                .digest = im_checksum_of(bytes.data, bytes.n)};
    gaz_intake_source(in, &origin);
    gaz_intake_fail(in, take_rows(in, path, bytes));
    gaz_intake_end(in);
    return in->status;
}
