/* Layers: the bundled gazetteer, and the user's before it. */
#include "base/writer.h"
#include "gazetteer/compile.h"
#include "gazetteer/intake.h"
#include "gazetteer/strings.h"
#include "gazetteer/told.h"

#include <string.h>

enum {
    LAYER_THREADS = 2,
    STAMPED = 11 /* program, source, 4 beside it, 4 tables, base */
};
static const size_t MOST_FILE = (size_t)1 << 36;

/* A compiled file as a layer. */
static enum incmap_status open_compiled(struct im_arena *arena, const char *path,
                                        struct gaz_layer *layer,
                                        struct incmap_error *err) {
    static const char help[] = "build it again with incmap gazetteer build";
    struct im_map_options options = {INCMAP_E_INPUT, MOST_FILE};
    struct im_bytes file;
    enum incmap_status status = im_file_map_as(arena, path, options, &file, err);
    const char *wrong = status == INCMAP_OK ? gaz_layer_open(file, layer) : NULL;
    if (status == INCMAP_OK && !wrong) {
        wrong = gaz_watch_begin(arena, layer, path, help);
    }
    if (wrong) {
        status = im_fail(err, INCMAP_E_INPUT, IM_FILE(path), "'%s' %s (%s)", path,
                         wrong, help);
    }
    return status;
}

/* A source, which of its side-cars count, and what it is told with. */
struct source {
    struct im_arena *arena;
    const struct im_gazetteer *base;
    const char **path; /* one, as given */
    struct im_findings *findings;
};

static enum incmap_status compile_source(const struct source *s, const char *path,
                                         uint64_t stamp, struct im_bytes *out,
                                         struct incmap_error *err) {
    struct im_findings findings;
    struct gaz_compile how = {.sources = s->path,
                              .n = 1,
                              .path = path,
                              .stamp = stamp,
                              .base = s->base,
                              .findings = &findings,
                              .options = {.threads = LAYER_THREADS}};
    im_findings_init(&findings, s->arena);
    enum incmap_status status = gaz_compile(s->arena, &how, out, err);
    if (status != INCMAP_OK && path == NULL) { // else they stand in what was compiled
        gaz_findings_tell(gaz_findings_write(s->arena, &findings), s->findings);
    }
    return status;
}

/* What the source and the files beside it are at the moment. */
static uint64_t stamp_of(const struct source *s) {
    static const char *const beside[] = {"dbf", "shx", "prj", "cpg"};
    static const char *const tables[] = {"admin1CodesASCII.txt", "admin2Codes.txt",
                                         "countryInfo.txt", "alternateNamesV2.txt"};
    uint64_t is[STAMPED][7] = {{s->base->program}};
    size_t n = 1;
    im_file_identity(*s->path, is[n++]);
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        im_file_identity(im_path_ext(s->arena, *s->path, beside[i]), is[n++]);
    }
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        im_file_identity(im_path_beside(s->arena, *s->path, tables[i]), is[n++]);
    }
    if (s->base->layer_count > 0) { // names of countries come from there
        is[n][0] =
            gaz_layer_header(s->base->layers[s->base->layer_count - 1]).digest[0];
    }
    return im_checksum_of(is, sizeof is) | 1;
}

/* The file that keeps the compiled form, one a path. */
static const char *cached_path(const struct source *s) {
    return im_format(s->arena, "%s/places-%08x%08x.gaz", s->base->cache,
                     (unsigned)(gaz_hash64(*s->path, strlen(*s->path)) >> 32),
                     (unsigned)gaz_hash64(*s->path, strlen(*s->path)));
}

static bool use_cached(const struct source *s, const char *path, uint64_t stamp,
                       struct gaz_layer *layer) {
    struct im_map_options options = {INCMAP_E_INPUT, MOST_FILE};
    struct im_bytes file;
    if (!im_file_exists(path) ||
        im_file_map_as(s->arena, path, options, &file, NULL) != INCMAP_OK ||
        gaz_layer_open(file, layer) != NULL ||
        gaz_watch_begin(s->arena, layer, path, "remove it: it is kept to save time") !=
            NULL) {
        return false;
    }
    return gaz_layer_header(layer).stamp == stamp && layer->source_count > 0;
}

/* The compiled form of a source: from the cache, into it, or in memory alone. */
static enum incmap_status compile_layer(const struct source *s, struct gaz_layer *layer,
                                        struct incmap_error *err) {
    const char *path = s->base->cache ? cached_path(s) : NULL;
    uint64_t stamp = path ? stamp_of(s) : 0;
    struct incmap_error failed = {.status = INCMAP_OK};
    struct im_bytes bytes;
    if (path && use_cached(s, path, stamp, layer)) {
        return INCMAP_OK;
    }
    if (path && im_folder_make(s->base->cache, true, NULL) == INCMAP_OK &&
        compile_source(s, path, stamp, &bytes, &failed) == INCMAP_OK &&
        use_cached(s, path, stamp, layer)) {
        return INCMAP_OK;
    }
    enum incmap_status status = compile_source(s, NULL, 0, &bytes, err);
    if (status == INCMAP_OK && gaz_layer_open(bytes, layer) != NULL) {
        status = im_fail(err, INCMAP_E_BUG, IM_FILE(*s->path),
                         "cannot open what was compiled");
    }
    return status;
}

/* By source, as users know them: the one given, then those beside it that give places
 * of their own. */
static const char *const *paths_of(const struct source *s,
                                   const struct gaz_layer *layer) {
    const char **paths = im_alloc(s->arena, layer->source_count + 1, sizeof *paths);
    struct im_bytes name;
    paths[0] = *s->path;
    for (size_t i = 1; i < layer->source_count; i++) {
        struct gaz_source source = gaz_layer_source(layer, i);
        bool known = gaz_string_of(layer->section[GAZ_S_WORDS], source.name, &name);
        paths[i] = im_path_beside(s->arena, *s->path,
                                  known ? im_strndup(s->arena, name.data, name.n) : "");
    }
    return paths;
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
    if (format == GAZ_FORMAT_COMPILED) {
        return open_compiled(arena, path, layer, err);
    }
    struct source s = {arena, base, im_alloc(arena, 1, sizeof *s.path), findings};
    s.path[0] = im_strdup(arena, path);
    status = compile_layer(&s, layer, err);
    if (status == INCMAP_OK) {
        layer->paths = paths_of(&s, layer);
        gaz_findings_tell(layer->section[GAZ_S_FINDINGS], findings);
    }
    return status;
}

void im_gazetteer_cache(struct im_gazetteer *gz, const char *folder) {
    gz->cache = folder ? im_strdup(gz->arena, folder) : NULL;
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
    gz->known = gaz_known_new(arena);
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
