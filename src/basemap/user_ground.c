/* Whose land a record of users' borders is: grounds by their codes and names. */
#include "basemap/user.h"
#include <stdint.h>
#include <string.h>

/* Codes that stand for "none" in common files. */
static bool is_code(const char *code) {
    return code[0] != '\0' && code[0] != '-';
}

/* Parts of a country under one code but with names of their own: the country's name. */
static void settle_name(const struct im_geodata *g, struct im_ground *ground,
                        const char *name) {
    int owner = ground->owner[0] ? im_owner_index(g, ground->owner) : -1;
    if (owner >= 0 && strcmp(ground->name, name) != 0) {
        ground->name = g->owners[owner].name;
    }
}

/* Are they of one code, or without one of one name? */
static bool is_same(const struct im_ground *a, const struct im_ground *b) {
    return strcmp(a->owner, b->owner) == 0 &&
           (a->owner[0] != '\0' || strcmp(a->name, b->name) == 0);
}

static const char *key_of(const struct im_ground *g) {
    return g->owner[0] != '\0' ? g->owner : g->name;
}

/* Where the index has the ground, or the free slot for it (FNV-1a, open addressing). */
static size_t *slot_of(const struct im_user_grounds *all, const struct im_ground *g) {
    uint64_t h = 14695981039346656037u;
    for (const char *c = key_of(g); *c != '\0'; c++) {
        h = (h ^ (unsigned char)*c) * 1099511628211u;
    }
    size_t i = (h ^ h >> 32) & (all->slots - 1);
    while (all->slot[i] > 0 && !is_same(&all->v[all->slot[i] - 1], g)) {
        i = (i + 1) & (all->slots - 1);
    }
    return &all->slot[i];
}

/* Keep at least half of the index free. */
static void widen_index(struct im_arena *arena, struct im_user_grounds *all) {
    if (2 * (all->n + 1) <= all->slots) {
        return;
    }
    all->slots = all->slots > 0 ? 2 * all->slots : 64;
    all->slot = im_alloc(arena, all->slots, sizeof *all->slot);
    for (size_t i = 0; i < all->n; i++) {
        if (key_of(&all->v[i])[0] != '\0') {
            *slot_of(all, &all->v[i]) = i + 1;
        }
    }
}

int im_user_ground(struct im_arena *arena, const struct im_geodata *geodata,
                   struct im_user_grounds *all, const char *code, const char *name) {
    struct im_ground ground = {.owner = is_code(code) ? code : "", .name = name};
    widen_index(arena, all);
    size_t *slot = slot_of(all, &ground);
    bool named = key_of(&ground)[0] != '\0';
    if (named && *slot > 0) {
        settle_name(geodata, &all->v[*slot - 1], name);
        return (int)(*slot - 1);
    }
    IM_PUSH(arena, all->v, all->n, all->cap, ground);
    *slot = named ? all->n : 0;
    return (int)all->n - 1;
}
