/* Layers: the bundled gazetteer, and the user's before it. */
#include "base/file.h"
#include "gazetteer/compile.h"
#include "gazetteer/intake.h"
#include "gazetteer/told.h"

#include <string.h>

static const size_t MOST_FILE = (size_t)1 << 36;

/* A compiled file as a layer. */
static enum incmap_status open_compiled(struct im_arena *arena, const char *path,
                                        struct gaz_layer *layer,
                                        struct incmap_error *err) {
    struct im_map_options options = {INCMAP_E_INPUT, MOST_FILE};
    struct im_bytes file;
    enum incmap_status status = im_file_map_as(arena, path, options, &file, err);
    const char *wrong = status == INCMAP_OK ? gaz_layer_open(file, layer) : NULL;
    if (wrong) {
        status = im_fail(err, INCMAP_E_INPUT, IM_FILE(path),
                         "'%s' %s (build it again with incmap gazetteer build)", path,
                         wrong);
    }
    return status;
}

static enum incmap_status compile_layer(struct im_arena *arena,
                                        const struct im_gazetteer *base,
                                        const char *path, struct im_findings *findings,
                                        struct gaz_layer *layer,
                                        struct incmap_error *err) {
    const char **paths = im_alloc(arena, 1, sizeof *paths);
    struct gaz_compile how = {
        .sources = paths, .n = 1, .base = base, .findings = findings};
    struct im_bytes bytes;
    paths[0] = im_strdup(arena, path);
    how.options.threads = 1;
    enum incmap_status status = gaz_compile(arena, &how, &bytes, err);
    if (status == INCMAP_OK && gaz_layer_open(bytes, layer) != NULL) {
        status =
            im_fail(err, INCMAP_E_BUG, IM_FILE(path), "cannot open what was compiled");
    }
    layer->paths = paths;
    return status;
}

static enum incmap_status open_layer(struct im_arena *arena,
                                     const struct im_gazetteer *base, const char *path,
                                     struct im_findings *findings,
                                     struct gaz_layer *layer,
                                     struct incmap_error *err) {
    enum gaz_format format;
    enum incmap_status status = gaz_format_of(arena, path, &format, err);
    if (status != INCMAP_OK) {
        return status;
    }
    return format == GAZ_FORMAT_COMPILED
               ? open_compiled(arena, path, layer, err)
               : compile_layer(arena, base, path, findings, layer, err);
}

enum incmap_status im_gazetteer_layer(struct im_arena *arena,
                                      const struct im_gazetteer *base,
                                      const char *const *files, size_t n,
                                      struct im_findings *findings,
                                      struct im_gazetteer **out,
                                      struct incmap_error *err) {
    struct im_gazetteer *gz = im_alloc(arena, 1, sizeof *gz);
    *out = NULL;
    *gz = *base;
    gz->arena = arena;
    gz->layer_count = base->layer_count + n;
    gz->layers = im_alloc(arena, gz->layer_count, sizeof *gz->layers);
    unsigned above = base->layer_count ? base->layers[0]->rank : 0;
    for (size_t i = 0; i < n; i++) {
        struct gaz_layer *layer = im_alloc(arena, 1, sizeof *layer);
        enum incmap_status status =
            open_layer(arena, base, files[i], findings, layer, err);
        if (status != INCMAP_OK) {
            return status;
        }
        layer->rank = above + (unsigned)(n - i);
        gz->layers[i] = layer;
    }
    for (size_t i = 0; i < base->layer_count; i++) {
        gz->layers[n + i] = base->layers[i];
    }
    *out = gz;
    return INCMAP_OK;
}
