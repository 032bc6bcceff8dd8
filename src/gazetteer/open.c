/* The bundled places: their compiled form, or the tables that it is made of. */
#include "gazetteer/compile.h"
#include "gazetteer/intake.h"

#include "program_table.h"
#include <string.h>

enum { TABLES = 3 };

static void tables_of(struct im_arena *arena, const char *dir,
                      const char *out[TABLES]) {
    static const char *const files[TABLES] = {"places-caucasus.tsv",
                                              "places-regions.tsv", "places-world.tsv"};
    for (size_t i = 0; i < TABLES; i++) {
        out[i] = im_path_join(arena, dir, files[i]);
    }
}

static enum incmap_status compile(struct im_arena *arena, const char *dir,
                                  const char *path, struct im_bytes *out,
                                  struct incmap_error *err) {
    const char **tables = im_alloc(arena, TABLES, sizeof *tables);
    struct im_findings none;
    im_findings_init(&none, arena);
    tables_of(arena, dir, tables);
    struct gaz_compile how = {.sources = tables,
                              .n = TABLES,
                              .path = path,
                              .places = true,
                              .findings = &none,
                              .options = {.threads = 1}};
    return gaz_compile(arena, &how, out, err);
}

/* Has a table other bytes than the layer was made of? Its size tells at once; its
 * digest when it is younger than the compiled form. One that cannot be read says
 * nothing. */
static bool is_changed(struct im_arena *arena, const struct gaz_source *s,
                       const char *table, const char *path) {
    uint64_t size;
    struct im_bytes bytes;
    if (!im_file_size(table, &size)) {
        return false;
    }
    return size != s->bytes ||
           (im_file_is_newer(table, path) &&
            im_file_map(arena, table, INCMAP_E_GEODATA, &bytes, NULL) == INCMAP_OK &&
            im_checksum_of(bytes.data, bytes.n) != s->digest);
}

static bool is_made_of(struct im_arena *arena, const struct gaz_layer *layer,
                       const char *const tables[TABLES], const char *path) {
    for (size_t i = 0; i < TABLES; i++) {
        struct gaz_source s = gaz_layer_source(layer, i);
        if (is_changed(arena, &s, tables[i], path)) {
            return false;
        }
    }
    return true;
}

/* The layer of a damaged file, from the tables beside it. */
static bool make_anew(struct gaz_watch *s, struct im_arena *arena,
                      struct gaz_layer *out) {
    struct im_bytes bytes;
    const char *dir =
        im_strndup(arena, s->path, (size_t)(im_path_name(s->path) - s->path));
    return compile(arena, dir, NULL, &bytes, NULL) == INCMAP_OK &&
           gaz_layer_open(bytes, out) == NULL;
}

/* The compiled form as a layer; a phrase why not when it cannot be used. */
static const char *use_compiled(struct im_arena *arena, const char *dir,
                                struct gaz_layer *layer) {
    const char *path = im_path_join(arena, dir, IM_PLACES_FILE);
    const char **tables = im_alloc(arena, TABLES, sizeof *tables);
    struct im_bytes file;
    if (!im_file_exists(path)) {
        return "is missing";
    }
    if (im_file_map(arena, path, INCMAP_E_GEODATA, &file, NULL) != INCMAP_OK) {
        return "cannot be read";
    }
    const char *wrong = gaz_layer_open(file, layer);
    wrong = wrong ? wrong
                  : gaz_watch_begin(arena, layer, path, "run make to write it anew");
    wrong = !wrong && layer->source_count != TABLES ? "has other sources" : wrong;
    tables_of(arena, dir, tables);
    if (!wrong && im_file_exists(tables[0]) &&
        !is_made_of(arena, layer, tables, path)) {
        return "was made from other places files";
    }
    if (!wrong) {
        layer->watch->mend = make_anew;
    }
    return wrong;
}

enum incmap_status im_gazetteer_open(struct im_arena *arena, const char *dir,
                                     struct im_gazetteer **out,
                                     struct incmap_error *err) {
    struct im_gazetteer *gz = im_alloc(arena, 1, sizeof *gz);
    struct gaz_layer *layer = im_alloc(arena, 1, sizeof *layer);
    const char *wrong = use_compiled(arena, dir, layer);
    enum incmap_status status = INCMAP_OK;
    struct im_bytes bytes;
    const char **paths = im_alloc(arena, TABLES, sizeof *paths);
    tables_of(arena, dir, paths);
    gz->arena = arena;
    gz->known = gaz_known_new(arena);
    gz->layers = im_alloc(arena, 1, sizeof *gz->layers);
    gz->layers[0] = layer;
    gz->layer_count = 1;
    gz->note = "";
    gz->program = GAZ_PROGRAM_DIGEST;
    if (wrong) {
        status = compile(arena, dir, NULL, &bytes, err);
        gz->note =
            im_format(arena, "%s %s", im_path_join(arena, dir, IM_PLACES_FILE), wrong);
    }
    if (status == INCMAP_OK && wrong && gaz_layer_open(bytes, layer) != NULL) {
        status =
            im_fail(err, INCMAP_E_BUG, IM_FILE(dir), "cannot open what was compiled");
    }
    layer->paths = paths;
    *out = status == INCMAP_OK ? gz : NULL;
    return status;
}

void im_gazetteer_report(const struct im_gazetteer *gz, struct im_findings *findings) {
    const char *note = gz->note;
    for (size_t i = 0; i < gz->layer_count && note[0] == '\0'; i++) {
        note = gz->layers[i]->watch ? gz->layers[i]->watch->note : "";
    }
    if (note[0] != '\0') {
        im_finding(findings, IM_F_SIDECAR, IM_NOWHERE,
                   "run make to write it anew: opening takes longer without it", "%s",
                   note);
    }
}

enum incmap_status im_gazetteer_compile(struct im_arena *arena, const char *dir,
                                        struct incmap_error *err) {
    struct im_bytes none;
    return compile(arena, dir, im_path_join(arena, dir, IM_PLACES_FILE), &none, err);
}
