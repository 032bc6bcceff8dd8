/* Opening the bundled data: tables at once, shapefiles when first used. */
#include "basemap/geodata.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/limits.h"
#include <setjmp.h>
#include <string.h>

static void free_arena(void *handle) {
    im_arena_free(handle);
}

enum incmap_status im_geodata_open(struct im_arena *arena, const char *dir,
                                   struct im_geodata **out, struct incmap_error *err) {
    struct im_geodata *g = im_alloc(arena, 1, sizeof *g);
    *out = NULL;
    g->dir = im_strdup(arena, dir);
    g->state = im_alloc(arena, 1, sizeof *g->state);
    enum incmap_status s = im_tables_read(g, arena, err);
    if (s != INCMAP_OK) {
        return s;
    }
    g->state->arena = im_arena_new(IM_MAX_JOB_BYTES);
    if (g->state->arena == NULL) {
        im_arena_exhausted(arena);
    }
    im_arena_defer(arena, free_arena, g->state->arena);
    im_findings_init(&g->state->findings, g->state->arena);
    *out = g;
    return INCMAP_OK;
}

enum incmap_status im_bundled_sound(const struct im_geodata *g,
                                    struct incmap_error *err) {
    const struct im_findings *f = &g->state->findings;
    if (f->n == 0) {
        return INCMAP_OK;
    }
    struct im_where at = {f->items[0].file, 0, 0, f->items[0].record};
    return im_fail(err, INCMAP_E_GEODATA, at,
                   "bundled data are damaged: %s (install them again)",
                   f->items[0].message);
}

static enum incmap_status open_file(const struct im_geodata *g, const char *file,
                                    struct incmap_error *err) {
    struct im_geodata_state *st = g->state;
    const char *path =
        im_path_join(st->arena, g->dir, im_format(st->arena, "%s.shp", file));
    struct im_shapes_options options = {INCMAP_E_GEODATA, &st->findings};
    struct im_shapes *shapes = NULL;
    enum incmap_status s = im_shapes_open(st->arena, path, options, &shapes, err);
    if (s == INCMAP_OK) {
        s = im_bundled_sound(g, err);
    }
    if (s == INCMAP_OK) {
        st->open[st->open_count].file = im_strdup(st->arena, file);
        st->open[st->open_count++].shapes = shapes;
    }
    return s;
}

// The arena is ours and outlives the job: what it lacks is told, not jumped over.
static enum incmap_status open_guarded(const struct im_geodata *g, const char *file,
                                       struct incmap_error *err) {
    jmp_buf here, *before = im_arena_catch(g->state->arena, &here);
    if (setjmp(here) != 0) {
        im_arena_catch(g->state->arena, before);
        return im_fail(err, INCMAP_E_LIMIT, IM_FILE(file),
                       "no memory for the bundled data");
    }
    enum incmap_status s = open_file(g, file, err);
    im_arena_catch(g->state->arena, before);
    return s;
}

enum incmap_status im_bundled_open(const struct im_geodata *g, const char *file,
                                   struct im_shapes **out, struct incmap_error *err) {
    struct im_geodata_state *st = g->state;
    size_t i = 0;
    while (i < st->open_count && strcmp(st->open[i].file, file) != 0) {
        i++;
    }
    *out = NULL;
    if (i == IM_BUNDLED_FILES) {
        return im_fail(err, INCMAP_E_BUG, IM_FILE(file), "too many bundled files");
    }
    enum incmap_status s = INCMAP_OK;
    if (i == st->open_count) {
        // The arena is ours and outlives the job: what it lacks is told, not jumped
        // over.
        s = open_guarded(g, file, err);
    }
    if (s == INCMAP_OK) {
        *out = st->open[i].shapes;
    }
    return s;
}

/* ---- digests -------------------------------------------------------------- */

// The digest that SHA256SUMS states, or that of the file itself.
static bool digest_of(const struct im_geodata *g, struct im_bytes sums,
                      const char *name, char out[65]) {
    size_t n = strlen(name);
    for (size_t at = 0; at + 66 + n <= sums.n;) {
        const char *line = sums.data + at;
        const char *end = memchr(line, '\n', sums.n - at);
        size_t length = end != NULL ? (size_t)(end - line) : sums.n - at;
        if (length == 66 + n && memcmp(line + 66, name, n) == 0) {
            memcpy(out, line, 64);
            out[64] = '\0';
            return true;
        }
        at += length + 1;
    }
    struct im_arena *arena = g->state->arena;
    struct im_bytes bytes;
    if (im_file_map(arena, im_path_join(arena, g->dir, name), INCMAP_E_GEODATA, &bytes,
                    NULL) != INCMAP_OK) {
        return false;
    }
    im_sha256(bytes.data, bytes.n, out);
    return true;
}

static const char *write_digests(const struct im_geodata *g) {
    struct im_geodata_state *st = g->state;
    struct im_bytes sums = {NULL, 0};
    const char *path = im_path_join(st->arena, g->dir, "SHA256SUMS");
    struct im_buf b;
    char hex[65];
    if (im_file_exists(path) &&
        im_file_map(st->arena, path, INCMAP_E_GEODATA, &sums, NULL) != INCMAP_OK) {
        sums = (struct im_bytes){NULL, 0};
    }
    im_buf_init(&b, st->arena, (size_t)1 << 16);
    im_buf_char(&b, '{');
    static const char *const tables[] = {"owners.tsv", "units.tsv", "worldviews.tsv"};
    for (size_t i = 0; i < 2 * st->open_count + 3; i++) {
        const char *name =
            i < 3 ? tables[i]
                  : im_format(st->arena, "%s.%s", st->open[(i - 3) / 2].file,
                              (i - 3) % 2 ? "dbf" : "shp");
        if (digest_of(g, sums, name, hex)) {
            im_buf_fmt(&b, "%s\"%s\":\"%s\"", b.len > 1 ? "," : "", name, hex);
        }
    }
    im_buf_char(&b, '}');
    return b.data;
}

const char *im_geodata_digests(const struct im_geodata *g) {
    struct im_geodata_state *st = g->state;
    if (st->digests != NULL && st->digested_count == st->open_count) {
        return st->digests;
    }
    jmp_buf here, *before = im_arena_catch(st->arena, &here);
    if (setjmp(here) == 0) {
        st->digests = write_digests(g);
        st->digested_count = st->open_count;
    } else {
        st->digests = "{}";
    }
    im_arena_catch(st->arena, before);
    return st->digests;
}
