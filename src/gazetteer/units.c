/* Names of the units that places lie in, as users write them. */
#include "gazetteer/find.h"
#include "text/text.h"

#include <string.h>

enum { KEY_BYTES = 1 << 16 };

/* A unit's name in its forms: folded, without what says that it is a unit, by sound. */
struct unit {
    struct im_buf fold, sounds;
    struct gaz_generic bare;
};

static void make(struct unit *u, struct im_arena *arena, struct im_bytes name) {
    im_buf_init(&u->fold, arena, KEY_BYTES);
    im_buf_init(&u->sounds, arena, KEY_BYTES);
    im_fold_to(&u->fold, name.data, name.n);
    if (!gaz_generic(u->fold.data, u->fold.len, &u->bare)) {
        u->bare.n = 0;
    }
}

/* Its name without the word; the name when it has none. */
static const char *stem(const struct unit *u) {
    return u->bare.n > 0 ? u->bare.stem[0] : u->fold.data;
}

static bool is_alike(struct unit *a, struct unit *b) {
    bool same =
        strcmp(a->fold.data, b->fold.data) == 0 || strcmp(stem(a), stem(b)) == 0;
    for (size_t i = 0; i < b->bare.n && !same; i++) { // endings of an adjective
        gaz_skeleton_key(&a->sounds, stem(a), strlen(stem(a)), 0);
        gaz_skeleton_key(&b->sounds, b->bare.stem[i], strlen(b->bare.stem[i]), 0);
        same = a->sounds.len > 2 && strcmp(a->sounds.data, b->sounds.data) == 0;
    }
    gaz_skeleton_key(&a->sounds, stem(a), strlen(stem(a)), 0);
    gaz_skeleton_key(&b->sounds, stem(b), strlen(stem(b)), 0);
    return same || (a->sounds.len > 2 && strcmp(a->sounds.data, b->sounds.data) == 0);
}

bool gaz_unit_named(struct im_arena *arena, struct im_bytes unit, const char *said) {
    const size_t most = KEY_BYTES / 16, n = strlen(said);
    struct unit a, b;
    if (unit.n == 0 || n == 0 || unit.n > most || n > most) {
        return false;
    }
    make(&a, arena, unit);
    make(&b, arena, (struct im_bytes){said, n});
    return a.fold.len > 0 && is_alike(&a, &b);
}

bool gaz_unit_hinted(struct im_arena *arena, struct im_bytes unit, const char *hint) {
    const size_t most = KEY_BYTES / 16, n = strlen(hint);
    struct im_buf a, b;
    if (unit.n == 0 || unit.n > most || n > most) {
        return false;
    }
    im_buf_init(&a, arena, KEY_BYTES);
    im_buf_init(&b, arena, KEY_BYTES);
    im_fold_to(&a, hint, n);
    im_fold_to(&b, unit.data, unit.n);
    if (strcmp(a.data, b.data) == 0 || (b.len > 2 && strstr(a.data, b.data))) {
        return true;
    }
    gaz_skeleton_key(&a, hint, n, 0);
    gaz_skeleton_key(&b, unit.data, unit.n, 0);
    return (b.len > 2 && strstr(a.data, b.data)) || gaz_unit_named(arena, unit, hint);
}
