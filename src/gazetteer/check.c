/*
 * A gazetteer looked over, record by record:
 *
 * 1. doubles       the same id twice; the same name and kind within a kilometre
 * 2. coordinates   0, 0; outside the country named: exchanged or mirrored when that
 *                  would put them into it
 * 3. names         not in the script of their language, or in two at once
 */
#include "gazetteer/find.h"
#include "gazetteer/intake.h"
#include "gazetteer/scripts.h"
#include "text/text.h"
#include "gazetteer/tools.h"
#include "geodesy/geodesy.h"

#include <string.h>

enum { MOST_DOUBLES = 64, EVERY = 4096, MOST_BESIDE = 256 };
static const size_t MOST_FILE = (size_t)1 << 36, POOL_BYTES = (size_t)1 << 30;
static const double DOUBLE_KM = 1, BORDER_DEGREES = 0.05, COAST_DEGREES = 0.2,
                    BESIDE_KM = 8; // Gibraltar and the Vatican are smaller

struct check {
    struct im_arena *pool; /* of a few records */
    const struct im_gazetteer *base;
    const struct gaz_layer *layer;
    const struct im_gazetteer_task *task;
    struct im_findings *findings;
};

static struct im_where row_of(const struct check *c, const struct im_place *p) {
    // findings outlive the pool
    struct im_where row = p->row;
    row.file = im_strdup(c->findings->arena, row.file);
    return row;
}

/* 1. Doubles: told at the later of the two. */

static void check_id(struct check *c, size_t record, const struct im_place *p) {
    struct gaz_entries e = gaz_lookup(c->layer, GAZ_BY_ID, p->id, strlen(p->id));
    for (size_t i = 0; i < e.n && i < MOST_DOUBLES; i++) {
        if (gaz_entry(&e, i) >= record) {
            continue;
        }
        const struct im_place *other = gaz_place(c->layer, gaz_entry(&e, i), c->pool);
        if (other && strcmp(other->id, p->id) == 0) {
            im_finding(c->findings, IM_F_PLACE_DOUBLE, row_of(c, p),
                       "give each place an id of its own",
                       "the id '%s' stands in line %u already", p->id, other->row.line);
            return;
        }
    }
}

static void check_name(struct check *c, size_t record, const struct im_place *p) {
    const char *fold = im_fold(c->pool, p->name, strlen(p->name));
    struct gaz_entries e = gaz_lookup(c->layer, GAZ_BY_FOLD, fold, strlen(fold));
    for (size_t i = 0; i < e.n && i < MOST_DOUBLES; i++) {
        struct gaz_record r;
        size_t other = gaz_entry(&e, i);
        if (other >= record || !gaz_record_at(c->layer, other, &r) ||
            r.kind != p->kind || gaz_km(gaz_at(&r), p->at) > DOUBLE_KM) {
            continue;
        }
        const struct im_place *q = gaz_place(c->layer, other, c->pool);
        if (q && strcmp(q->name, p->name) == 0 && strcmp(q->feature, p->feature) == 0) {
            im_finding(c->findings, IM_F_PLACE_DOUBLE, row_of(c, p), "keep one of them",
                       "'%s' stands %.1f km off in line %u already", p->name,
                       gaz_km(q->at, p->at), q->row.line);
            return;
        }
    }
}

/* 2. Coordinates. */

static bool lies_in(const struct check *c, double lon, double lat,
                    const char *country) {
    struct im_lonlat at = {lon, lat};
    return lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 &&
           strcmp(c->task->country_at(c->task->country_self, at), country) == 0;
}

/* In the country, or as near to it as `d` degrees. */
static bool lies_near(const struct check *c, struct im_lonlat at, double d,
                      const char *country) {
    return lies_in(c, at.lon, at.lat, country) ||
           lies_in(c, at.lon - d, at.lat, country) ||
           lies_in(c, at.lon + d, at.lat, country) ||
           lies_in(c, at.lon, at.lat - d, country) ||
           lies_in(c, at.lon, at.lat + d, country);
}

static void tell_odd(struct check *c, const struct im_place *p, const char *what) {
    im_finding(c->findings, IM_F_COORDINATES_ODD, row_of(c, p), "check lat and lon",
               "'%s' is not in %s, but would be with %s", p->name, p->country, what);
}

/* Outlines are too coarse for the smallest countries and enclaves (the Vatican,
 * Gibraltar: their land is another's there); a place of the country that is known close
 * by tells as much. */
static bool lies_by_place(const struct check *c, const struct im_place *p) {
    struct im_within which = {
        .box = im_box_grow((struct im_box){p->at.lon, p->at.lat, p->at.lon, p->at.lat},
                           1000 * BESIDE_KM),
        .limit = MOST_BESIDE};
    const struct im_place **beside = NULL;
    size_t n = c->base ? im_gazetteer_within(c->base, c->pool, &which, &beside) : 0;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(beside[i]->country, p->country) == 0 &&
            gaz_km(beside[i]->at, p->at) <= BESIDE_KM) {
            return true;
        }
    }
    return false;
}

static void tell_outside(struct check *c, const struct im_place *p) {
    const char *here = c->task->country_at(c->task->country_self, p->at);
    here = im_strdup(c->pool, here);
    // at sea: an island, or a coast drawn coarsely
    if (here[0] != '\0' && !lies_by_place(c, p)) {
        im_finding(c->findings, IM_F_COUNTRY_MISMATCH, row_of(c, p),
                   "check its position and its country",
                   "'%s' is said to be in %s but lies in %s", p->name, p->country,
                   here);
    }
}

static void check_position(struct check *c, const struct im_place *p) {
    double lon = p->at.lon, lat = p->at.lat;
    bool zero = lon > -1e-9 && lon < 1e-9 && lat > -1e-9 && lat < 1e-9;
    if (zero) {
        im_finding(c->findings, IM_F_COORDINATES_ODD, row_of(c, p),
                   "leave out what has no position", "'%s' is at 0, 0", p->name);
        return;
    }
    if (!c->task->country_at || p->country[0] == '\0' || p->kind == IM_WATER) {
        return;
    }
    if (lies_near(c, p->at, BORDER_DEGREES, p->country) ||
        lies_near(c, p->at, COAST_DEGREES, p->country)) {
        return; // nobody can tell, or the border is coarser
    }
    if (lies_in(c, lat, lon, p->country)) {
        tell_odd(c, p, "lat and lon exchanged");
    } else if (lies_in(c, -lon, lat, p->country)) {
        tell_odd(c, p, "the other sign of lon");
    } else if (lies_in(c, lon, -lat, p->country)) {
        tell_odd(c, p, "the other sign of lat");
    } else {
        tell_outside(c, p);
    }
}

/* 3. Names. */

static void check_scripts(struct check *c, const struct im_place *p) {
    for (size_t i = 0; i < p->name_count; i++) {
        const struct im_name *name = &p->names[i];
        const char *script = gaz_script_missing(name->lang, strlen(name->lang),
                                                name->text, strlen(name->text));
        if (script) {
            im_finding(c->findings, IM_F_NAME_SCRIPT, row_of(c, p),
                       "give the name its own language",
                       "'%s' is said to be in '%s' but has no letter of %s script",
                       name->text, name->lang, script);
        }
        if (gaz_script_mixed(name->text, strlen(name->text))) {
            im_finding(c->findings, IM_F_NAME_SCRIPT, row_of(c, p),
                       "type the name in one script",
                       "'%s' mixes letters of two scripts in one word", name->text);
        }
    }
    if (p->name_count == 0 && gaz_script_mixed(p->name, strlen(p->name))) {
        im_finding(c->findings, IM_F_NAME_SCRIPT, row_of(c, p),
                   "type the name in one script",
                   "'%s' mixes letters of two scripts in one word", p->name);
    }
}

static void check_record(struct check *c, size_t record) {
    const struct im_place *p = gaz_place(c->layer, record, c->pool);
    if (!p) {
        im_finding(c->findings, IM_F_RECORD_BAD,
                   (struct im_where){NULL, 0, 0, (long)record},
                   "build the gazetteer again", "a record is damaged");
        return;
    }
    check_id(c, record, p);
    check_name(c, record, p);
    check_position(c, p);
    check_scripts(c, p);
}

struct pool {
    struct im_arena *arena;
};

static void free_pool(void *handle) {
    im_arena_free(((struct pool *)handle)->arena);
}

/* The records, with memory for a few at a time. */
static void check_layer(struct im_arena *arena, struct check *c) {
    struct pool *pool = im_alloc(arena, 1, sizeof *pool);
    jmp_buf *where = im_arena_catch(arena, NULL);
    im_arena_catch(arena, where);
    im_arena_defer(arena, free_pool, pool);
    for (size_t i = 0; i < c->layer->record_count; i++) {
        if (i % EVERY == 0) {
            im_arena_free(pool->arena);
            c->pool = pool->arena = im_arena_new(POOL_BYTES);
            if (!pool->arena) {
                im_arena_exhausted(arena);
            }
            im_arena_catch(pool->arena, where);
        }
        check_record(c, i);
    }
}

static enum incmap_status check_bytes(struct im_arena *arena, struct check *c,
                                      const char *const *path, struct im_bytes bytes,
                                      struct incmap_error *err) {
    struct gaz_layer *layer = im_alloc(arena, 1, sizeof *layer);
    const char *wrong = gaz_layer_open(bytes, layer);
    wrong = wrong ? wrong : gaz_layer_verify(layer);
    if (wrong) {
        return im_fail(err, INCMAP_E_INPUT, IM_FILE(*path), "'%s' %s", *path, wrong);
    }
    layer->paths = layer->source_count == 1 ? path : NULL;
    c->layer = layer;
    check_layer(arena, c);
    return INCMAP_OK;
}

/* One source, compiled in memory, or a compiled file. */
static enum incmap_status check_source(struct im_arena *arena,
                                       const struct im_gazetteer *base, struct check *c,
                                       const char *const *path,
                                       struct incmap_error *err) {
    enum gaz_format format;
    struct im_bytes bytes = {NULL, 0};
    struct im_map_options options = {INCMAP_E_INPUT, MOST_FILE};
    struct gaz_compile how = {
        .sources = path,
        .n = 1,
        .base = base,
        .findings = c->findings,
        .options = {.name_field = c->task->name_field,
                    .rights = c->task->rights,
                    .threads = c->task->threads ? c->task->threads : 1,
                    .checking = true,
                    .progress = c->task->progress,
                    .progress_self = c->task->progress_self}};
    enum incmap_status status = gaz_format_of(arena, *path, &format, err);
    if (status == INCMAP_OK) {
        status = format == GAZ_FORMAT_COMPILED
                     ? im_file_map_as(arena, *path, options, &bytes, err)
                     : gaz_compile(arena, &how, &bytes, err);
    }
    return status == INCMAP_OK ? check_bytes(arena, c, path, bytes, err) : status;
}

enum incmap_status im_gazetteer_check(struct im_arena *arena,
                                      const struct im_gazetteer *base,
                                      const struct im_gazetteer_task *task,
                                      struct im_findings *findings, struct im_buf *text,
                                      struct incmap_error *err) {
    struct check c = {.task = task, .base = base, .findings = findings};
    for (size_t i = 0; i < task->n; i++) {
        enum incmap_status status =
            check_source(arena, base, &c, &task->sources[i], err);
        if (status != INCMAP_OK) {
            return status;
        }
        im_buf_fmt(text, "%s: %zu places checked\n", task->sources[i],
                   c.layer->record_count);
    }
    im_buf_fmt(text, findings->n ? "" : "nothing to report\n");
    return INCMAP_OK;
}
