/* Opening the bundled data: tables at once, shapefiles when first used. */
#include "basemap/compiled.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/limits.h"
#include <math.h>
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
    g->compiled = im_compiled_open(g, arena);
    if (g->compiled != NULL) {
        im_compiled_tables(g, arena);
    } else {
        enum incmap_status s = im_tables_read(g, arena, err);
        if (s != INCMAP_OK) {
            return s;
        }
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

/* Of the lines of levels these know more. */
static bool is_lines(const char *file) {
    return strncmp(file, "lines-", 6) == 0;
}

static struct im_box *boxes_of(struct im_arena *arena, const struct im_shapes *s) {
    size_t n = im_shapes_count(s);
    struct im_box *boxes = im_alloc_raw(arena, n + 1, sizeof *boxes);
    for (size_t i = 0; i < n; i++) {
        if (!im_shapes_box(s, i, &boxes[i])) {
            boxes[i] = (struct im_box){0, NAN, 0, NAN};
        }
    }
    return boxes;
}

static enum incmap_status open_file(const struct im_geodata *g, const char *file,
                                    struct incmap_error *err) {
    struct im_geodata_state *st = g->state;
    const char *path =
        im_path_join(st->arena, g->dir, im_format(st->arena, "%s.shp", file));
    struct im_shapes_options options = {INCMAP_E_GEODATA, &st->findings};
    struct im_shapes *shapes = NULL;
    struct im_box *boxes = NULL;
    struct im_records known = im_compiled_records(g, file);
    enum incmap_status s =
        known.n > 0
            ? im_shapes_open_known(st->arena, path, options, known, &shapes, err)
            : im_shapes_open(st->arena, path, options, &shapes, err);
    if (s == INCMAP_OK) {
        boxes = is_lines(file) ? NULL : boxes_of(st->arena, shapes);
        s = im_bundled_sound(g, err);
    }
    if (s == INCMAP_OK) {
        st->open[st->open_count].file = im_strdup(st->arena, file);
        st->open[st->open_count].boxes = boxes;
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
        st->open[i].used = true;
    }
    return s;
}

const struct im_box *im_bundled_boxes(const struct im_geodata *g,
                                      const struct im_shapes *shapes) {
    size_t i = 0;
    while (g->state->open[i].shapes != shapes) {
        i++;
    }
    return g->state->open[i].boxes;
}

void im_geodata_begin(const struct im_geodata *g) {
    for (size_t i = 0; i < g->state->open_count; i++) {
        g->state->open[i].used = false;
    }
}

/* ---- digests -------------------------------------------------------------- */

// The digest that SHA256SUMS states, or that of the file itself.
static bool digest_of(const struct im_geodata *g, struct im_arena *arena,
                      struct im_bytes sums, const char *name, char out[65]) {
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
    struct im_bytes bytes;
    if (im_file_map(arena, im_path_join(arena, g->dir, name), INCMAP_E_GEODATA, &bytes,
                    NULL) != INCMAP_OK) {
        return false;
    }
    im_sha256(bytes.data, bytes.n, out);
    return true;
}

/* Index of the used file whose name comes next after `last`; open_count: there is none.
 */
static size_t next_used(const struct im_geodata_state *st, const char *last) {
    size_t best = st->open_count;
    for (size_t i = 0; i < st->open_count; i++) {
        if (st->open[i].used && strcmp(st->open[i].file, last) > 0 &&
            (best == st->open_count ||
             strcmp(st->open[i].file, st->open[best].file) < 0)) {
            best = i;
        }
    }
    return best;
}

struct digests {
    const struct im_geodata *g;
    struct im_buf text;
    struct im_bytes sums; /* the file of them; mapped when first needed */
};

static void add_digest(struct digests *d, const char *name, char hex[65]) {
    struct im_arena *arena = d->text.arena;
    const char *path = im_path_join(arena, d->g->dir, "SHA256SUMS");
    if (hex[0] == '\0' && d->sums.data == NULL && im_file_exists(path) &&
        im_file_map(arena, path, INCMAP_E_GEODATA, &d->sums, NULL) != INCMAP_OK) {
        d->sums = (struct im_bytes){NULL, 0};
    }
    if (hex[0] != '\0' || digest_of(d->g, arena, d->sums, name, hex)) {
        im_buf_fmt(&d->text, "%s\"%s\":\"%s\"", d->text.len > 1 ? "," : "", name, hex);
    }
}

const char *im_geodata_digests(const struct im_geodata *g, struct im_arena *arena) {
    static const char *const tables[] = {"owners.tsv", "units.tsv", "worldviews.tsv"};
    struct im_geodata_state *st = g->state;
    struct digests d = {.g = g};
    im_buf_init(&d.text, arena, (size_t)1 << 16);
    im_buf_char(&d.text, '{');
    for (size_t i = 0; i < 3; i++) {
        add_digest(&d, tables[i], st->table_hex[i]);
    }
    for (size_t i = next_used(st, ""); i < st->open_count;
         i = next_used(st, st->open[i].file)) {
        add_digest(&d, im_format(arena, "%s.shp", st->open[i].file),
                   st->open[i].hex[0]);
        add_digest(&d, im_format(arena, "%s.dbf", st->open[i].file),
                   st->open[i].hex[1]);
    }
    im_buf_char(&d.text, '}');
    return d.text.data;
}
