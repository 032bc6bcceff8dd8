/*
 * Names a slip of the pen away: every name of the layer is folded and compared. Lengths
 * and sets of letters rule most out before they are aligned.
 */
#include "base/utf8.h"
#include "gazetteer/inside.h"
#include "text/text.h"

#include <string.h>

enum { FOLD_WORK = 1 << 26 };

/* What of a folded name is compared first. */
struct sketch {
    size_t letters;
    uint64_t set; /* a bit for each letter that it has, by its code point modulo 64 */
};

struct search {
    const char *fold;
    unsigned most;
    struct sketch sketch;
};

static struct sketch sketch_of(const char *s, size_t n) {
    struct sketch k = {0, 0};
    for (size_t i = 0, used; i < n; i += used) {
        k.set |= (uint64_t)1 << (im_utf8_next(s + i, n - i, &used) & 63);
        k.letters++;
    }
    return k;
}

static unsigned bits(uint64_t v) {
    unsigned n = 0;
    for (; v; v &= v - 1) {
        n++;
    }
    return n;
}

static bool is_near(const struct search *s, const char *name, size_t n) {
    struct sketch k = sketch_of(name, n);
    size_t gap = k.letters > s->sketch.letters ? k.letters - s->sketch.letters
                                               : s->sketch.letters - k.letters;
    // an edit takes a letter, adds one, or does both
    return gap <= s->most && bits(k.set ^ s->sketch.set) <= 2 * s->most &&
           im_edit_distance(name, s->fold, s->most + 1) <= s->most;
}

static bool has_near_name(const struct search *s, const struct gaz_fields *f,
                          struct im_buf *fold) {
    static struct gaz_generic none;
    struct gaz_generic generic = none;
    const char *at = f->at[GAZ_NAMES], *end = at + f->n[GAZ_NAMES];
    struct gaz_alias alias = {.text = f->at[GAZ_NAME], .text_n = f->n[GAZ_NAME]};
    do {
        im_fold_to(fold, alias.text, alias.text_n);
        if (is_near(s, fold->data, fold->len)) {
            return true;
        }
        bool stems = gaz_generic(fold->data, fold->len, &generic);
        for (size_t i = 0; stems && i < generic.n; i++) {
            if (is_near(s, generic.stem[i], strlen(generic.stem[i]))) {
                return true;
            }
        }
    } while (gaz_alias_next(&at, end, &alias));
    return false;
}

void gaz_near(const struct gaz_layer *layer, struct im_arena *arena, const char *fold,
              unsigned most, struct gaz_records *out) {
    struct search s = {fold, most, sketch_of(fold, strlen(fold))};
    struct im_buf room;
    im_buf_init(&room, arena, FOLD_WORK);
    for (size_t i = 0; i < layer->record_count; i++) {
        const char *row = gaz_row(layer, i);
        struct gaz_fields f;
        if (row && gaz_fields(row, layer->records[i].length, &f) &&
            has_near_name(&s, &f, &room)) {
            IM_PUSH(arena, out->v, out->n, out->cap, (uint32_t)i);
        }
    }
}
