#include "api/atlas.h"
#include "base/limits.h"
#include "project/project.h"
#include <string.h>

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

struct bearing {
    const struct im_birth *birth;
    struct im_arena *arena;
    void *object;
};

static enum incmap_status bear(void *self, struct incmap_error *err) {
    struct bearing *b = self;
    b->object = im_alloc(b->arena, 1, b->birth->size);
    return b->birth->fill(b->object, b->arena, b->birth->how, err);
}

enum incmap_status im_born(const struct im_birth *birth, void **out,
                           struct incmap_error *err) {
    struct bearing b = {.birth = birth};
    *out = NULL;
    im_error_clear(err);
    if (birth->spare != NULL) {
        b.arena = *birth->spare;
        *birth->spare = NULL;
    }
    b.arena = b.arena != NULL ? b.arena : im_arena_new(IM_MAX_JOB_BYTES);
    if (b.arena == NULL) {
        return im_fail(err, INCMAP_E_LIMIT, IM_NOWHERE, "out of memory");
    }
    enum incmap_status status = im_guard(b.arena, birth->other, bear, &b, err);
    if (status != INCMAP_OK) {
        im_arena_free(b.arena);
        return status;
    }
    *out = b.object;
    return INCMAP_OK;
}

struct folders {
    const char *data, *fonts;
};

static enum incmap_status fill(void *object, struct im_arena *arena, const void *how,
                               struct incmap_error *err) {
    const struct folders *from = how;
    struct incmap_atlas *atlas = object;
    atlas->arena = arena;
    atlas->dir = im_strdup(arena, from->data);
    atlas->font_dir = from->fonts ? im_strdup(arena, from->fonts) : NULL;
    if (!im_file_exists(im_path_join(arena, atlas->dir, "units.tsv"))) {
        return im_fail(
            err, INCMAP_E_GEODATA, IM_FILE(atlas->dir),
            "no bundled data in this folder (set --data or INCMAP_DATA to the "
            "folder that holds units.tsv)");
    }
    return INCMAP_OK;
}

enum incmap_status incmap_atlas_open(const char *dir, const char *font_dir,
                                     struct incmap_atlas **out,
                                     struct incmap_error *err) {
    struct folders from = {dir, font_dir};
    struct im_birth birth = {sizeof **out, NULL, NULL, fill, &from};
    void *atlas;
    enum incmap_status status = im_born(&birth, &atlas, err);
    *out = atlas;
    return status;
}

void incmap_atlas_cache(struct incmap_atlas *atlas, const char *folder) {
    jmp_buf exhausted;
    im_arena_catch(atlas->arena, &exhausted);
    atlas->cache = NULL; // without memory for its name there is none
    if (setjmp(exhausted) == 0 && folder != NULL) {
        atlas->cache = im_strdup(atlas->arena, folder);
    }
    im_arena_catch(atlas->arena, NULL);
}

void incmap_atlas_close(struct incmap_atlas *atlas) {
    if (atlas != NULL) {
        im_atlas_drop_tables(atlas);
        im_arena_free(atlas->spare);
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
        if (status == INCMAP_OK) {
            im_gazetteer_lines(atlas->gazetteer, im_atlas_lines(atlas));
            im_gazetteer_unproject(atlas->gazetteer, im_atlas_unprojector());
            im_gazetteer_cache(atlas->gazetteer, atlas->cache);
        }
    }
    *out = atlas->gazetteer;
    return status;
}

enum incmap_status im_atlas_fonts(struct incmap_atlas *atlas, struct im_font_pool **out,
                                  struct incmap_error *err) {
    enum incmap_status status = INCMAP_OK;
    if (atlas->fonts == NULL) {
        status = im_font_pool_open(atlas->arena, atlas->font_dir, &atlas->fonts, err);
    }
    *out = atlas->fonts;
    return status;
}

const char *incmap_version(void) {
    return INCMAP_VERSION;
}

/* Parts that are known when the program is built; joined where each thread has room. */
const char *incmap_components(void) {
    static _Thread_local char text[256];
    const char *part[] = {im_draw_components(), ", ", im_project_components()};
    size_t n = 0;
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        size_t more = strlen(part[i]);
        if (n + more < sizeof text) {
            memcpy(text + n, part[i], more + 1);
            n += more;
        }
    }
    return text;
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
