#include "gazetteer/compile.h"
#include "gazetteer/inside.h"

#include <string.h>

enum { NOTE_BYTES = 256 };

enum incmap_status gaz_texts(struct im_arena *arena, const char *dir,
                             struct gaz_layer *layer, struct incmap_error *err) {
    static const char *const files[GAZ_TEXTS] = {
        "places-caucasus.tsv", "places-regions.tsv", "places-world.tsv"};
    size_t total = 0;
    for (size_t i = 0; i < GAZ_TEXTS; i++) {
        struct gaz_text *text = &layer->text[i];
        struct im_bytes bytes;
        text->name = im_path_join(arena, dir, files[i]);
        enum incmap_status status =
            im_file_map(arena, text->name, INCMAP_E_GEODATA, &bytes, err);
        if (status != INCMAP_OK) {
            return status;
        }
        text->data = bytes.data;
        text->n = bytes.n;
        total += bytes.n;
        layer->text_count = i + 1;
    }
    if (total > UINT32_MAX) {
        return im_fail(err, INCMAP_E_GEODATA, IM_FILE(layer->text[0].name),
                       "the places files together are over 4 GB");
    }
    return INCMAP_OK;
}

/* The stored index of the layer; a phrase why not when it cannot be used. */
static const char *use_stored(struct im_arena *arena, const char *dir,
                              struct gaz_layer *layer) {
    const char *path = im_path_join(arena, dir, GAZ_INDEX_FILE);
    struct im_bytes file;
    if (!im_file_exists(path)) {
        return "is missing";
    }
    if (im_file_map(arena, path, INCMAP_E_GEODATA, &file, NULL) != INCMAP_OK) {
        return "cannot be read";
    }
    return gaz_index_use(file, layer);
}

enum incmap_status im_gazetteer_open(struct im_arena *arena, const char *dir,
                                     struct im_gazetteer **out,
                                     struct incmap_error *err) {
    struct im_gazetteer *gz = im_alloc(arena, 1, sizeof *gz);
    struct gaz_layer *layer = im_alloc(arena, 1, sizeof *layer);
    *out = NULL;
    gz->arena = arena;
    gz->layers = im_alloc(arena, 1, sizeof *gz->layers);
    gz->layers[0] = layer;
    gz->layer_count = 1;
    gz->note = "";
    enum incmap_status status = gaz_texts(arena, dir, layer, err);
    if (status != INCMAP_OK) {
        return status;
    }
    const char *wrong = use_stored(arena, dir, layer);
    if (wrong) {
        status = gaz_index(arena, layer, INCMAP_E_GEODATA, err);
        gz->note =
            im_format(arena, "%s %s", im_path_join(arena, dir, GAZ_INDEX_FILE), wrong);
    }
    *out = status == INCMAP_OK ? gz : NULL;
    return status;
}

void im_gazetteer_report(const struct im_gazetteer *gz, struct im_findings *findings) {
    if (gz->note[0] != '\0') {
        im_finding(findings, IM_F_SIDECAR, IM_NOWHERE,
                   "run make to write it anew: opening takes longer without it", "%s",
                   gz->note);
    }
}

enum incmap_status im_gazetteer_compile(struct im_arena *arena, const char *dir,
                                        struct incmap_error *err) {
    struct gaz_layer layer = {.rank = 0};
    enum incmap_status status = gaz_texts(arena, dir, &layer, err);
    if (status == INCMAP_OK) {
        status = gaz_index(arena, &layer, INCMAP_E_GEODATA, err);
    }
    if (status != INCMAP_OK) {
        return status;
    }
    struct im_bytes file = gaz_index_write(arena, &layer);
    return im_file_write(im_path_join(arena, dir, GAZ_INDEX_FILE), file.data, file.n,
                         err);
}

const struct im_place *im_gazetteer_by_id(const struct im_gazetteer *gz,
                                          const char *id) {
    for (size_t l = 0; l < gz->layer_count; l++) {
        const struct gaz_layer *layer = gz->layers[l];
        struct gaz_entries e = gaz_lookup(layer, GAZ_BY_ID, gaz_hash(id, strlen(id)));
        for (size_t i = 0; i < e.n; i++) {
            const struct im_place *place = gaz_place(layer, e.v[i].record, gz->arena);
            if (place && strcmp(place->id, id) == 0) {
                return place;
            }
        }
    }
    return NULL;
}
