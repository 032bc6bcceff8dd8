/* Where the records of a .shp are, checked against the file before shapelib sees them.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "shapes/shapefile.h"
#include <stdlib.h>
#include <string.h>

#define HEADER 100

static bool known_type(int type) {
    static const int types[] = {SHPT_NULL,        SHPT_POINT,  SHPT_ARC,  SHPT_POLYGON,
                                SHPT_MULTIPOINT,  SHPT_POINTZ, SHPT_ARCZ, SHPT_POLYGONZ,
                                SHPT_MULTIPOINTZ, SHPT_POINTM, SHPT_ARCM, SHPT_POLYGONM,
                                SHPT_MULTIPOINTM};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (types[i] == type) {
            return true;
        }
    }
    return false;
}

/* What is likely meant by a file that is none: the .shp beside it, or one made of it.
 */
static const char *what_to_do(const struct im_shapes *s) {
    static const char *const beside[] = {".shx", ".dbf", ".prj", ".cpg"};
    const char *shp = im_path_name(im_path_ext(s->arena, s->path, ".shp"));
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        if (im_path_ends(s->path, beside[i])) {
            return im_format(s->arena, "name the .shp: %s", shp);
        }
    }
    if (im_path_ends(s->path, ".zip")) {
        return im_format(s->arena, "unpack it and name the .shp");
    }
    return im_path_ends(s->path, ".shp")
               ? "write it again"
               : im_format(s->arena, "make one of it: ogr2ogr %s %s", shp,
                           im_path_name(s->path));
}

enum incmap_status im_shapes_check_header(struct im_shapes *s,
                                          struct incmap_error *err) {
    enum incmap_status family = s->options.family;
    struct im_where at = IM_FILE(s->path);
    if (s->shp.n < HEADER || im_read_be32(s->shp.data) != 9994) {
        return im_fail(err, family, at, "'%s' is not a shapefile (%s)", s->path,
                       what_to_do(s));
    }
    s->type = (int)im_read_le32(s->shp.data + 32);
    if (s->type == SHPT_MULTIPATCH) {
        return im_fail(err, family, at,
                       "'%s' holds multipatches (convert them to polygons)", s->path);
    }
    if (!known_type(s->type)) {
        return im_fail(err, family, at, "'%s' holds shapes of an unknown type %d",
                       s->path, s->type);
    }
    return INCMAP_OK;
}

/* ---- by the index --------------------------------------------------------- */

static int by_place(const void *a, const void *b) {
    const struct im_record *p = a, *q = b;
    int order = (p->at > q->at) - (p->at < q->at);
    return order ? order : (p->length > q->length) - (p->length < q->length);
}

// Records in file order must not reach into each other.
static bool no_overlap(struct im_shapes *s) {
    bool sorted = true;
    for (size_t i = 1; i < s->count && sorted; i++) {
        sorted = s->record[i].at >= s->record[i - 1].at + 8 + s->record[i - 1].length;
    }
    if (sorted) {
        return true;
    }
    struct im_record *copy = im_alloc(s->arena, s->count, sizeof *copy);
    size_t n = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (s->state[i] != IM_RECORD_BAD) {
            copy[n++] = s->record[i];
        }
    }
    qsort(copy, n, sizeof *copy, by_place);
    for (size_t i = 1; i < n; i++) {
        if (copy[i].at < copy[i - 1].at + 8 + copy[i - 1].length) {
            return false;
        }
    }
    return true;
}

// One entry of the .shx; false: it contradicts the .shp.
static bool take_entry(struct im_shapes *s, const char *entry, size_t i) {
    uint64_t at = 2 * (uint64_t)im_read_be32(entry);
    uint64_t length = 2 * (uint64_t)im_read_be32(entry + 4);
    if (at < HEADER || at > UINT32_MAX - 8 || length > UINT32_MAX / 4) {
        return false;
    }
    s->found[i] = (struct im_record){(uint32_t)at, (uint32_t)length};
    if (at + 8 > s->shp.n) {
        s->state[i] = IM_RECORD_BAD; // the .shp was cut off
        return true;
    }
    uint64_t said = 2 * (uint64_t)im_read_be32(s->shp.data + at + 4);
    if (said != length && said + 8 != length) {
        return false;
    }
    s->found[i].length = (uint32_t)said;
    if (at + 8 + said > s->shp.n) {
        s->state[i] = IM_RECORD_BAD;
    }
    return true;
}

static void make_room(struct im_shapes *s, size_t n) {
    s->record = s->found = im_alloc(s->arena, n + 1, sizeof *s->record);
    s->state = im_alloc(s->arena, n + 1, 1);
    s->count = n;
}

static bool by_index(struct im_shapes *s, struct im_bytes shx) {
    if (shx.n < HEADER || im_read_be32(shx.data) != 9994) {
        return false;
    }
    uint64_t said = 2 * (uint64_t)im_read_be32(shx.data + 24);
    size_t n = (shx.n - HEADER) / 8;
    if (said >= HEADER && (said - HEADER) / 8 < n) {
        n = (size_t)(said - HEADER) / 8;
    }
    make_room(s, n);
    size_t bad = 0;
    for (size_t i = 0; i < n; i++) {
        if (!take_entry(s, shx.data + HEADER + 8 * i, i)) {
            return false;
        }
        bad += s->state[i] == IM_RECORD_BAD;
    }
    bool empty = n == 0 && s->shp.n >= HEADER + 12;
    return !empty && (n == 0 || bad < n) && no_overlap(s);
}

/* ---- by walking ----------------------------------------------------------- */

// Calls with record NULL only count.
static size_t walk(const struct im_shapes *s, struct im_record *record,
                   unsigned char *state) {
    size_t n = 0;
    for (size_t at = HEADER; at + 8 <= s->shp.n; n++) {
        uint64_t length = 2 * (uint64_t)im_read_be32(s->shp.data + at + 4);
        if (length < 4) {
            break; // padding
        }
        bool cut = length > s->shp.n - at - 8;
        if (record) {
            record[n] = (struct im_record){(uint32_t)at, cut ? 0 : (uint32_t)length};
            state[n] = cut ? IM_RECORD_BAD : IM_RECORD_GOOD;
        }
        if (cut) {
            return n + 1;
        }
        at += 8 + (size_t)length;
    }
    return n;
}

enum incmap_status im_shapes_index(struct im_shapes *s, struct im_bytes shx,
                                   bool has_shx, struct incmap_error *err) {
    enum incmap_status status = im_shapes_check_header(s, err);
    if (status != INCMAP_OK) {
        return status;
    }
    if (!has_shx || !by_index(s, shx)) {
        im_finding(
            s->options.findings, IM_F_SIDECAR, IM_FILE(s->path),
            "write the shapefile again with its .shx",
            has_shx
                ? "the .shx does not fit the .shp; records found by walking"
                : "there is no .shx, or it cannot be read; records found by walking");
        make_room(s, walk(s, NULL, NULL));
        walk(s, s->found, s->state);
        if (s->count == 0 && 2 * (uint64_t)im_read_be32(s->shp.data + 24) > HEADER) {
            return im_fail(err, s->options.family, IM_FILE(s->path),
                           "'%s' ends before its first record", s->path);
        }
    }
    for (size_t i = 0; i < s->count; i++) {
        if (s->state[i] == IM_RECORD_BAD) {
            s->state[i] = IM_RECORD_GOOD; // so that it is reported
            im_record_broken(s, i, "the file ends within it");
        }
    }
    return INCMAP_OK;
}
