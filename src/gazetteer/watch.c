/*
 * Is a compiled gazetteer what it was when it was written? Digests of its blocks
 * (base/checksum.h) say so, each when its block is first read: a map needs some dozens
 * of a thousand.
 */
#include "gazetteer/inside.h"

#include <string.h>

/* The block's bytes against its digest. */
static bool is_whole(const struct gaz_layer *layer, size_t block) {
    const size_t head = sizeof(struct gaz_header);
    struct im_bytes checks = layer->section[GAZ_S_CHECKS];
    size_t end = (size_t)(checks.data - layer->file.data);
    size_t from = head + block * GAZ_CHECKED;
    size_t n = end - from < GAZ_CHECKED ? end - from : GAZ_CHECKED;
    uint64_t check;
    memcpy(&check, checks.data + block * sizeof check, sizeof check);
    return im_checksum_of(layer->file.data + from, n) == check;
}

/* The layer from other bytes of the same content. */
static bool mend(struct gaz_watch *s) {
    struct gaz_layer fresh, *layer = s->layer;
    struct gaz_header was = gaz_layer_header(layer);
    if (s->mend == NULL || !s->mend(s, s->arena, &fresh) ||
        memcmp(gaz_layer_header(&fresh).digest, was.digest, sizeof was.digest) != 0) {
        return false;
    }
    fresh.paths = layer->paths;
    fresh.rank = layer->rank;
    fresh.watch = s;
    *layer = fresh;
    s->seen = NULL;
    s->note =
        im_format(s->arena, "%s is damaged: its content has not its digest", s->path);
    return true;
}

/* The blocks from `first` to `last`, of which one may not have been seen. */
static bool look_at_blocks(struct gaz_watch *s, size_t first, size_t last) {
    for (size_t i = first; i <= last && !s->lost; i++) {
        if (s->seen[i]) {
            continue;
        }
        if (!is_whole(s->layer, i)) {
            s->lost = !mend(s);
            return !s->lost;
        }
        s->seen[i] = 1;
    }
    return !s->lost;
}

bool gaz_look_at(const struct gaz_layer *layer, int section, uint64_t at, uint64_t n) {
    struct gaz_watch *s = layer->watch;
    const struct im_bytes *bytes = &layer->section[section];
    if (at >= bytes->n || n == 0) {
        return true; // nothing is read there
    }
    uint64_t end = n < bytes->n - at ? at + n : bytes->n;
    uint64_t from =
        (uint64_t)(bytes->data - layer->file.data) - sizeof(struct gaz_header);
    size_t first = (size_t)((from + at) / GAZ_CHECKED);
    size_t last = (size_t)((from + end - 1) / GAZ_CHECKED);
    return look_at_blocks(s, first, last);
}

const char *gaz_watch_begin(struct im_arena *arena, struct gaz_layer *layer,
                            const char *path, const char *help) {
    struct im_bytes checks = layer->section[GAZ_S_CHECKS];
    if (im_checksum_of(checks.data, checks.n) != gaz_layer_header(layer).checks) {
        return "is damaged: its digests have not theirs";
    }
    struct gaz_watch *s = im_alloc(arena, 1, sizeof *s);
    s->seen = im_alloc(arena, checks.n / sizeof(uint64_t) + 1, 1);
    s->layer = layer;
    s->path = im_strdup(arena, path);
    s->help = help;
    s->note = "";
    s->arena = arena;
    layer->watch = s;
    // what is read without asking: it is small
    for (int i = GAZ_S_SYMBOLS; i < GAZ_S_ENTRIES; i++) {
        if (!gaz_intact(layer, i, 0, layer->section[i].n)) {
            layer->watch = NULL;
            return "is damaged: its content has not its digest";
        }
    }
    return NULL;
}

void im_gazetteer_read_all(const struct im_gazetteer *gz) {
    for (size_t i = 0; i < gz->layer_count; i++) {
        for (int k = 0; k < GAZ_S_CHECKS; k++) {
            (void)gaz_intact(gz->layers[i], k, 0, gz->layers[i]->section[k].n);
        }
    }
}

enum incmap_status im_gazetteer_intact(const struct im_gazetteer *gz,
                                       struct incmap_error *err) {
    for (size_t i = 0; i < gz->layer_count; i++) {
        const struct gaz_watch *s = gz->layers[i]->watch;
        if (s != NULL && s->lost) {
            im_error_clear(err);
            return im_fail(err, s->mend ? INCMAP_E_GEODATA : INCMAP_E_INPUT,
                           IM_FILE(s->path),
                           "'%s' is damaged: its content has not its digest (%s)",
                           s->path, s->help);
        }
    }
    return INCMAP_OK;
}
