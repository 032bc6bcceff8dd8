#include "api/atlas.h"
#include "base/limits.h"

enum incmap_status im_guard(struct im_arena *one, struct im_arena *two,
                            enum incmap_status (*fn)(void *, struct incmap_error *),
                            void *self, struct incmap_error *err) {
    jmp_buf exhausted;
    enum incmap_status status;
    im_arena_catch(one, &exhausted);
    if (two != NULL) {
        im_arena_catch(two, &exhausted);
    }
    if (setjmp(exhausted) == 0) {
        status = fn(self, err);
    } else {
        im_error_clear(err);
        status =
            im_fail(err, INCMAP_E_LIMIT, IM_NOWHERE,
                    "out of memory (a smaller figure or smaller inputs need less)");
    }
    im_arena_catch(one, NULL);
    if (two != NULL) {
        im_arena_catch(two, NULL);
    }
    return status;
}

struct opening {
    struct incmap_atlas *atlas;
    const char *dir, *font_dir;
};

static enum incmap_status fill(void *self, struct incmap_error *err) {
    struct opening *o = self;
    struct im_arena *arena = o->atlas->arena;
    o->atlas->dir = im_strdup(arena, o->dir);
    o->atlas->font_dir = o->font_dir ? im_strdup(arena, o->font_dir) : NULL;
    if (!im_file_exists(im_path_join(arena, o->dir, "units.tsv"))) {
        return im_fail(
            err, INCMAP_E_GEODATA, IM_FILE(o->atlas->dir),
            "no bundled data in this folder (set --data or INCMAP_DATA to the "
            "folder that holds units.tsv)");
    }
    return INCMAP_OK;
}

enum incmap_status incmap_atlas_open(const char *dir, const char *font_dir,
                                     struct incmap_atlas **out,
                                     struct incmap_error *err) {
    *out = NULL;
    im_error_clear(err);
    struct im_arena *arena = im_arena_new(IM_MAX_JOB_BYTES);
    if (arena == NULL) {
        return im_fail(err, INCMAP_E_LIMIT, IM_NOWHERE, "out of memory");
    }
    jmp_buf exhausted;
    if (setjmp(exhausted) != 0) {
        im_arena_free(arena);
        return im_fail(err, INCMAP_E_LIMIT, IM_NOWHERE, "out of memory");
    }
    im_arena_catch(arena, &exhausted);
    struct opening o = {im_alloc(arena, 1, sizeof *o.atlas), dir, font_dir};
    o.atlas->arena = arena;
    enum incmap_status status = im_guard(arena, NULL, fill, &o, err);
    if (status != INCMAP_OK) {
        im_arena_free(arena);
        return status;
    }
    *out = o.atlas;
    return INCMAP_OK;
}

void incmap_atlas_close(struct incmap_atlas *atlas) {
    if (atlas != NULL) {
        im_arena_free(atlas->arena);
    }
}

enum incmap_status im_atlas_geodata(struct incmap_atlas *atlas, struct im_geodata **out,
                                    struct incmap_error *err) {
    enum incmap_status status = INCMAP_OK;
    if (atlas->geodata == NULL) {
        status = im_geodata_open(atlas->arena, atlas->dir, &atlas->geodata, err);
    }
    *out = atlas->geodata;
    return status;
}

enum incmap_status im_atlas_gazetteer(struct incmap_atlas *atlas,
                                      struct im_gazetteer **out,
                                      struct incmap_error *err) {
    enum incmap_status status = INCMAP_OK;
    if (atlas->gazetteer == NULL) {
        status = im_gazetteer_open(atlas->arena, atlas->dir, &atlas->gazetteer, err);
    }
    *out = atlas->gazetteer;
    return status;
}

const char *incmap_version(void) {
    return INCMAP_VERSION;
}

const char *incmap_components(void) {
    return im_draw_components();
}

const char *incmap_status_text(enum incmap_status status) {
    switch (status) {
    case INCMAP_OK:
        return "ok";
    case INCMAP_E_STRICT:
        return "strict";
    case INCMAP_E_USAGE:
        return "usage";
    case INCMAP_E_INPUT:
        return "input";
    case INCMAP_E_GEODATA:
        return "geodata";
    case INCMAP_E_PLACE:
        return "place";
    case INCMAP_E_PROJECTION:
        return "projection";
    case INCMAP_E_OUTPUT:
        return "output";
    case INCMAP_E_LIMIT:
        return "limit";
    case INCMAP_E_BUG:
        return "bug";
    }
    return "unknown";
}
