#include "gazetteer/pile.h"

#include "base/file_inside.h"
#include "base/writer.h"
#include <errno.h>
#include <string.h>

enum { FIRST_ROOM = 16, FULL_ROOM = 4096, SMALL = 64, RADIX = 256 };

struct gaz_chunk {
    struct gaz_chunk *before;
    uint64_t *v; /* NULL: in the scratch file */
    uint64_t at; /* there */
    size_t n, room;
};

void gaz_pile_init(struct gaz_pile *p, struct im_arena *arena,
                   struct gaz_scratch *scratch, unsigned bits) {
    *p = (struct gaz_pile){.arena = arena, .scratch = scratch, .shift = bits - 8};
}

/* Move a full chunk to the scratch file; its memory serves the next one. */
static enum incmap_status put_aside(struct gaz_pile *p, struct gaz_chunk *c,
                                    struct incmap_error *err) {
    struct gaz_scratch *s = p->scratch;
    if (s->fd < 0) {
        enum incmap_status status = im_scratch_open(s->arena, s->beside, &s->fd, err);
        if (status != INCMAP_OK) {
            s->fd = -1;
            return status;
        }
    }
    int code = im_fd_write(s->fd, (const char *)c->v, c->n * sizeof *c->v);
    if (code != 0) {
        return im_cannot_write(s->beside, code, err);
    }
    c->at = s->end;
    c->v = NULL;
    s->end += c->n * sizeof *c->v;
    return INCMAP_OK;
}

static enum incmap_status add_chunk(struct gaz_pile *p, size_t part,
                                    struct incmap_error *err) {
    struct gaz_scratch *s = p->scratch;
    struct gaz_chunk *full = p->last[part];
    struct gaz_chunk *c = im_alloc(p->arena, 1, sizeof *c);
    c->before = full;
    c->room = !full ? FIRST_ROOM : full->room < FULL_ROOM ? 4 * full->room : FULL_ROOM;
    if (full && full->room == FULL_ROOM && s->beside && s->held >= s->most) {
        c->v = full->v;
        enum incmap_status status = put_aside(p, full, err);
        if (status != INCMAP_OK) {
            return status;
        }
    } else {
        c->v = im_alloc(p->arena, c->room, sizeof *c->v);
        s->held += c->room * sizeof *c->v;
    }
    p->last[part] = c;
    return INCMAP_OK;
}

enum incmap_status gaz_pile_add(struct gaz_pile *p, size_t part, uint64_t entry,
                                struct incmap_error *err) {
    struct gaz_chunk *c = p->last[part];
    if (!c || c->n == c->room) {
        enum incmap_status status = add_chunk(p, part, err);
        if (status != INCMAP_OK) {
            return status;
        }
        c = p->last[part];
    }
    c->v[c->n++] = entry;
    p->count[part]++;
    p->total++;
    return INCMAP_OK;
}

static void sort_few(uint64_t *v, size_t n) {
    for (size_t i = 1; i < n; i++) {
        uint64_t x = v[i];
        size_t k = i;
        for (; k > 0 && v[k - 1] > x; k--) {
            v[k] = v[k - 1];
        }
        v[k] = x;
    }
}

/* By bytes, the last first; bytes that all have in common are passed over. The result
 * is in v. */
static void sort(uint64_t *v, uint64_t *work, size_t n) {
    uint64_t *from = v, *to = work;
    if (n <= SMALL) {
        sort_few(v, n);
        return;
    }
    for (unsigned shift = 0; shift < 64; shift += 8) {
        size_t count[RADIX] = {0}, at = 0;
        for (size_t i = 0; i < n; i++) {
            count[from[i] >> shift & (RADIX - 1)]++;
        }
        if (count[from[0] >> shift & (RADIX - 1)] == n) {
            continue;
        }
        for (int i = 0; i < RADIX; i++) {
            size_t here = count[i];
            count[i] = at;
            at += here;
        }
        for (size_t i = 0; i < n; i++) {
            to[count[from[i] >> shift & (RADIX - 1)]++] = from[i];
        }
        uint64_t *other = from;
        from = to;
        to = other;
    }
    if (from != v) {
        memcpy(v, from, n * sizeof *v);
    }
}

bool gaz_pile_part(const struct gaz_pile *p, size_t part, uint64_t *out, uint64_t *work,
                   size_t *n) {
    size_t filled = 0, kept = 0;
    for (const struct gaz_chunk *c = p->last[part]; c; c = c->before) {
        size_t bytes = c->n * sizeof *out;
        if (c->v) {
            memcpy(out + filled, c->v, bytes);
        } else if (!im_fd_read_at(p->scratch->fd, c->at, out + filled, bytes)) {
            return false;
        }
        filled += c->n;
    }
    sort(out, work, filled);
    for (size_t i = 0; i < filled; i++) {
        if (kept == 0 || out[kept - 1] != out[i]) {
            out[kept++] = out[i];
        }
    }
    *n = kept;
    return true;
}
