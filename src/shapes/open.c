/* Opening a set: map, check, and hand clean buffers to shapelib. */
#include "base/buf.h"
#include "shapes/shapefile.h"
#include <string.h>

static void close_shapes(void *handle) {
    struct im_shapes *s = handle;
    if (s->shp_handle) {
        SHPClose(s->shp_handle);
    }
}

static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

enum incmap_status im_shapes_sidecar(const struct im_shapes *s, const char *ext,
                                     const char **path, struct im_bytes *out,
                                     struct incmap_error *err) {
    char *all = im_strdup(s->arena, ext), *first = im_strdup(s->arena, ext);
    for (char *c = all; *c; c++) {
        *c = upper(*c);
    }
    first[1] = upper(first[1]);
    const char *tries[3] = {ext, all, first};
    for (size_t i = 0; i < 3; i++) {
        im_error_clear(err); // that there is none by the name before
        *path = im_path_ext(s->arena, s->path, tries[i]);
        enum incmap_status status =
            im_file_map(s->arena, *path, INCMAP_E_INPUT, out, err);
        if (status == INCMAP_OK || im_file_exists(*path)) {
            return status;
        }
    }
    *path = NULL;
    im_error_clear(err);
    return INCMAP_OK;
}

static void put_be32(char *p, uint32_t v) {
    for (int k = 0; k < 4; k++) {
        p[k] = (char)(v >> (24 - 8 * k) & 0xff);
    }
}

// An index of our own making: shapelib gets nothing else to trust.
static void clean_index(struct im_shapes *s) {
    size_t n = 100 + 8 * s->count;
    char *shx = im_alloc(s->arena, n, 1), *head = im_alloc(s->arena, 100, 1);
    memcpy(shx, s->shp.data, 100);
    put_be32(shx + 24, (uint32_t)(n / 2));
    for (size_t i = 0; i < s->count; i++) {
        bool bad = s->state[i] == IM_RECORD_BAD;
        put_be32(shx + 100 + 8 * i, bad ? 50 : s->record[i].at / 2);
        put_be32(shx + 104 + 8 * i, bad ? 2 : s->record[i].length / 2);
    }
    memcpy(head, s->shp.data, 100);
    put_be32(head + 24, (uint32_t)(s->shp.n / 2));
    s->shx_file = (struct im_memfile){shx, NULL, n, 0, 0};
    s->shp_file = (struct im_memfile){s->shp.data, head, s->shp.n, 100, 0};
}

bool im_shapes_hand_over(struct im_shapes *s) {
    SAHooks hooks;
    im_memory_hooks(&hooks);
    clean_index(s);
    im_arena_defer(s->arena, close_shapes, s);
    im_memory_offer(&s->shp_file, &s->shx_file);
    s->shp_handle = SHPOpenLL("x.shp", "rb", &hooks);
    im_memory_offer(NULL, NULL);
    return s->shp_handle != NULL;
}

static const char *read_prj(struct im_shapes *s) {
    const char *path;
    struct im_bytes text;
    if (im_shapes_sidecar(s, ".prj", &path, &text, NULL) != INCMAP_OK || !path) {
        im_finding(s->options.findings, IM_F_SIDECAR, IM_FILE(s->path),
                   "add the .prj that came with the file",
                   path ? "the .prj cannot be read" : "there is no .prj");
        return "";
    }
    bool sound = text.n > 0 && text.n < 65536 && !memchr(text.data, '\0', text.n);
    if (!sound) {
        im_finding(s->options.findings, IM_F_SIDECAR, IM_FILE(path),
                   "write the .prj again", "the .prj cannot be read");
    }
    return sound ? im_strndup(s->arena, text.data, text.n) : "";
}

enum incmap_status im_shapes_open(struct im_arena *arena, const char *path,
                                  struct im_shapes_options options,
                                  struct im_shapes **out, struct incmap_error *err) {
    *out = NULL;
    struct im_shapes *s = im_alloc(arena, 1, sizeof *s);
    s->arena = arena;
    s->options = options;
    s->path = im_strdup(arena, path);
    enum incmap_status status = im_file_map(arena, path, options.family, &s->shp, err);
    if (status != INCMAP_OK) {
        return status;
    }
    struct im_bytes shx;
    const char *index;
    bool has_shx =
        im_shapes_sidecar(s, ".shx", &index, &shx, NULL) == INCMAP_OK && index;
    status = im_shapes_index(s, shx, has_shx, err);
    if (status != INCMAP_OK) {
        return status;
    }
    if (!im_shapes_hand_over(s)) {
        return im_fail(err, options.family, IM_FILE(path), "shapelib cannot open '%s'",
                       path);
    }
    im_shapes_open_table(s);
    s->prj = read_prj(s);
    *out = s;
    return INCMAP_OK;
}

enum incmap_status im_shapes_open_known(struct im_arena *arena, const char *path,
                                        struct im_shapes_options options,
                                        struct im_records records,
                                        struct im_shapes **out,
                                        struct incmap_error *err) {
    *out = NULL;
    struct im_shapes *s = im_alloc(arena, 1, sizeof *s);
    s->arena = arena;
    s->options = options;
    s->path = im_strdup(arena, path);
    s->prj = "";
    enum incmap_status status = im_file_map(arena, path, options.family, &s->shp, err);
    if (status == INCMAP_OK) {
        status = im_shapes_check_header(s, err);
    }
    for (size_t i = 0; status == INCMAP_OK && i < records.n; i++) {
        const struct im_record *r = &records.v[i];
        if (r->at > s->shp.n || r->length + (size_t)8 > s->shp.n - r->at) {
            status = im_fail(err, options.family, IM_FILE(path),
                             "'%s' ends before its last record", path);
        }
    }
    s->record = records.v;
    s->count = records.n;
    s->state = im_alloc(arena, records.n + 1, 1);
    *out = status == INCMAP_OK ? s : NULL;
    return status;
}

struct im_records im_shapes_records(const struct im_shapes *s) {
    return (struct im_records){s->record, s->count};
}

size_t im_shapes_count(const struct im_shapes *s) {
    return s->count;
}

const char *im_shapes_prj(const struct im_shapes *s) {
    return s->prj;
}
