/* Places by their ids: their own, or FILE:LINE of those that have none. */
#include "base/num.h"
#include "gazetteer/inside.h"
#include "gazetteer/strings.h"

#include <string.h>

/* Has source i that name, as given or as kept? */
static bool is_named(const struct gaz_layer *layer, size_t i, const char *name,
                     size_t n) {
    struct gaz_source source = gaz_layer_source(layer, i);
    struct im_bytes word;
    if (layer->paths) {
        return strlen(layer->paths[i]) == n && memcmp(layer->paths[i], name, n) == 0;
    }
    return gaz_string_of(layer->section[GAZ_S_WORDS], source.name, &word) &&
           word.n == n && memcmp(word.data, name, n) == 0;
}

/* The place of source i in that line, or record; they ascend. */
static const struct im_place *in_line(const struct gaz_layer *layer, size_t i,
                                      int64_t line, struct im_arena *arena) {
    size_t low = (size_t)gaz_layer_source(layer, i).first, high = layer->record_count;
    if (i + 1 < layer->source_count) {
        high = (size_t)gaz_layer_source(layer, i + 1).first;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct im_place *p = gaz_place(layer, middle, arena);
        if (!p) {
            return NULL;
        }
        int64_t at = p->row.record >= 0 ? p->row.record : (int64_t)p->row.line;
        if (at == line) {
            return p;
        }
        low = at < line ? middle + 1 : low;
        high = at < line ? high : middle;
    }
    return NULL;
}

static const struct im_place *by_row(const struct gaz_layer *layer, const char *id,
                                     struct im_arena *arena) {
    const char *colon = strrchr(id, ':');
    const struct im_place *found = NULL;
    int64_t line;
    if (!colon || !im_int_parse(colon + 1, strlen(colon + 1), &line)) {
        return NULL;
    }
    for (size_t i = 0; i < layer->source_count && !found; i++) {
        if (is_named(layer, i, id, (size_t)(colon - id))) {
            found = in_line(layer, i, line, arena);
        }
    }
    return found && strcmp(found->id, id) == 0 ? found : NULL;
}

static const struct im_place *by_own_id(const struct gaz_layer *layer, const char *id,
                                        struct im_arena *arena) {
    struct gaz_entries e = gaz_lookup(layer, GAZ_BY_ID, id, strlen(id));
    for (size_t i = 0; i < e.n; i++) {
        if (!gaz_may_have_id(layer, gaz_entry(&e, i), id)) {
            continue;
        }
        const struct im_place *place = gaz_place(layer, gaz_entry(&e, i), arena);
        if (place && strcmp(place->id, id) == 0) {
            return place;
        }
    }
    return NULL;
}

/* Those found before: countries are asked for by every figure, and each answer costs
 * memory for as long as the gazetteer lives. */
struct gaz_known {
    struct gaz_strings ids;
    const struct im_place **v; /* by number of the id */
    size_t n, cap;
};

struct gaz_known *gaz_known_new(struct im_arena *arena) {
    struct gaz_known *known = im_alloc(arena, 1, sizeof *known);
    gaz_strings_init(&known->ids, arena);
    return known;
}

const struct im_place *im_gazetteer_by_id(const struct im_gazetteer *gz,
                                          const char *id) {
    const struct im_place *place = NULL;
    struct gaz_known *known = gz->known;
    uint32_t number;
    if (known && gaz_string_find(&known->ids, id, strlen(id), &number)) {
        return known->v[number];
    }
    for (size_t l = 0; l < gz->layer_count && !place; l++) {
        place = by_own_id(gz->layers[l], id, gz->arena);
        place = place ? place : by_row(gz->layers[l], id, gz->arena);
    }
    if (place && known) {
        IM_PUSH(gz->arena, known->v, known->n, known->cap, place);
        gaz_string_number(&known->ids, id, strlen(id));
    }
    return place;
}
