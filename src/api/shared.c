/* What an atlas keeps for all its jobs: incident tables, digests of files. */
#include "api/job.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/limits.h"
#include "gazetteer/tools.h"
#include <string.h>

struct im_shared_table {
    struct im_shared_table *next;
    struct im_arena *arena;
    const char *path, *columns;
    struct im_file_mark mark;
    struct im_table *table;
    char hex[65]; /* SHA-256 of the file; "" = not yet taken */
    size_t jobs;  /* that use it */
    bool stale;   /* the file has changed since */
};

/* columns{} as one text: two tables of one file may be read in two ways. */
static const char *columns_of(struct im_arena *arena,
                              const struct im_spec_incidents *set) {
    struct im_buf b;
    im_buf_init(&b, arena, (size_t)1 << 20);
    for (size_t i = 0; i < set->column_count; i++) {
        im_buf_fmt(&b, "%s=%s\n", set->column_from[i], set->column_to[i]);
    }
    return b.data;
}

static bool same_mark(const struct im_file_mark *a, const struct im_file_mark *b) {
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->modified_ns == b->modified_ns;
}

enum { MOST_IDLE = 32 }; /* tables that no job uses are kept so far */

/* Tables whose file has changed, and those used longest ago: a run of thousands of
 * figures, each of a table of its own, needs no more memory than one of dozens. */
static void drop_tables(struct incmap_atlas *atlas) {
    size_t idle = 0;
    for (struct im_shared_table **at = &atlas->tables; *at != NULL;) {
        struct im_shared_table *t = *at;
        idle += t->jobs == 0;
        if (t->jobs == 0 && (t->stale || idle > MOST_IDLE)) {
            *at = t->next;
            im_arena_free(t->arena);
        } else {
            at = &t->next;
        }
    }
}

void im_atlas_drop_tables(struct incmap_atlas *atlas) {
    for (struct im_shared_table *t = atlas->tables, *next; t != NULL; t = next) {
        next = t->next;
        im_arena_free(t->arena);
    }
    atlas->tables = NULL;
}

static void release(void *handle) {
    struct im_shared_table *t = handle;
    t->jobs--;
}

struct opening {
    const struct im_spec *spec;
    size_t set;
    const char *columns;
    struct im_file_mark mark;
};

static enum incmap_status fill(void *object, struct im_arena *arena, const void *how,
                               struct incmap_error *err) {
    const struct opening *o = how;
    struct im_shared_table *t = object;
    t->arena = arena;
    t->path = im_strdup(arena, o->spec->incidents[o->set].file);
    t->columns = im_strdup(arena, o->columns);
    t->mark = o->mark;
    return im_table_open(arena, o->spec, o->set, &t->table, err);
}

static struct im_shared_table *find(struct incmap_atlas *atlas,
                                    const struct opening *o) {
    for (struct im_shared_table **at = &atlas->tables, *t; *at != NULL; at = &t->next) {
        t = *at;
        if (!t->stale && strcmp(t->path, o->spec->incidents[o->set].file) == 0 &&
            strcmp(t->columns, o->columns) == 0) {
            t->stale = !same_mark(&t->mark, &o->mark);
            *at = t->next; // to the front: used last
            t->next = atlas->tables;
            atlas->tables = t;
            return t->stale ? NULL : t;
        }
    }
    return NULL;
}

static enum incmap_status share(struct incmap_job *job, size_t set,
                                struct im_table **out, struct incmap_error *err) {
    struct incmap_atlas *atlas = job->atlas;
    const struct im_spec_incidents *wanted = &job->spec.incidents[set];
    struct opening o = {&job->spec, set, columns_of(job->arena, wanted), {0}};
    im_file_mark(wanted->file, &o.mark); // what cannot be examined fails to open
    struct im_shared_table *t = find(atlas, &o);
    drop_tables(atlas);
    if (t == NULL) {
        struct im_birth birth = {sizeof *t, NULL, NULL, fill, &o};
        void *born = NULL;
        enum incmap_status s = im_born(&birth, &born, err);
        if (s != INCMAP_OK) {
            return s;
        }
        t = born;
        t->next = atlas->tables;
        atlas->tables = t;
    }
    im_arena_defer(job->arena, release, t);
    t->jobs++;
    *out = t->table;
    job->shared[set] = t;
    return INCMAP_OK;
}

enum incmap_status im_job_table(struct incmap_job *job, size_t set,
                                struct im_table **out, struct incmap_error *err) {
    size_t n = job->spec.incident_count;
    if (job->tables == NULL) {
        job->tables = im_alloc(job->arena, n, sizeof *job->tables);
        job->shared = im_alloc(job->arena, n, sizeof *job->shared);
    }
    enum incmap_status s = INCMAP_OK;
    if (job->tables[set] == NULL) {
        s = strcmp(job->spec.incidents[set].file, "-") == 0
                ? im_table_open(job->arena, &job->spec, set, &job->tables[set], err)
                : share(job, set, &job->tables[set], err);
    }
    if (s == INCMAP_OK && job->shared[set] != NULL) {
        // indexes grow in the table's own memory: exhausted, it ends this job's step
        jmp_buf *here = im_arena_catch(job->arena, NULL);
        im_arena_catch(job->arena, here);
        im_arena_catch(job->shared[set]->arena, here);
    }
    *out = job->tables[set];
    return s;
}

const char *im_job_table_digest(const struct incmap_job *job, const char *path) {
    for (size_t i = 0; job->shared != NULL && i < job->spec.incident_count; i++) {
        struct im_shared_table *t = job->shared[i];
        if (t == NULL || job->spec.incidents[i].file != path) {
            continue;
        }
        if (t->hex[0] == '\0') {
            struct im_bytes bytes = im_table_bytes(t->table);
            im_sha256(bytes.data, bytes.n, t->hex);
        }
        return t->hex;
    }
    return NULL;
}

static const size_t MOST_FILE = (size_t)1 << 36; // a compiled gazetteer

struct im_file_digest {
    struct im_file_digest *next;
    const char *path;
    struct im_file_mark mark;
    char hex[65];
};

struct reading {
    struct im_arena *arena;
    const char *path;
    char *hex;
};

static enum incmap_status take_digest(void *self, struct incmap_error *err) {
    struct reading *r = self;
    struct im_bytes bytes;
    const struct im_map_options any = {INCMAP_E_INPUT, MOST_FILE};
    enum incmap_status s = im_file_map_as(r->arena, r->path, any, &bytes, err);
    if (s == INCMAP_OK && !im_gazetteer_digest(bytes, r->hex)) {
        im_sha256(bytes.data, bytes.n, r->hex);
    }
    return s;
}

/* `mark`: what the file is now, zeros when there is none. */
static enum incmap_status digest_at(struct incmap_atlas *atlas, const char *path,
                                    const struct im_file_mark *mark, const char **hex,
                                    struct incmap_error *err) {
    struct im_file_digest *d = atlas->digests;
    while (d != NULL && strcmp(d->path, path) != 0) {
        d = d->next;
    }
    if (d != NULL && mark->inode != 0 && same_mark(&d->mark, mark)) {
        *hex = d->hex;
        return INCMAP_OK;
    }
    if (d == NULL) {
        d = im_alloc(atlas->arena, 1, sizeof *d);
        d->path = im_strdup(atlas->arena, path);
        d->next = atlas->digests;
        atlas->digests = d;
    }
    struct reading r = {im_arena_new(IM_MAX_JOB_BYTES), path, d->hex};
    if (r.arena == NULL) {
        im_arena_exhausted(atlas->arena);
    }
    enum incmap_status s = im_guard(r.arena, NULL, take_digest, &r, err);
    im_arena_free(r.arena);
    d->mark = s == INCMAP_OK ? *mark : (struct im_file_mark){0};
    *hex = s == INCMAP_OK ? d->hex : "";
    return s;
}

enum incmap_status im_atlas_file_digest(struct incmap_atlas *atlas, const char *path,
                                        const char **hex, struct incmap_error *err) {
    struct im_file_mark mark;
    im_file_mark(path, &mark); // what cannot be examined fails to open
    return digest_at(atlas, path, &mark, hex, err);
}

enum incmap_status im_atlas_digest_if_there(struct incmap_atlas *atlas,
                                            const char *path, const char **hex,
                                            struct incmap_error *err) {
    struct im_file_mark mark;
    *hex = NULL;
    return im_file_mark(path, &mark) ? digest_at(atlas, path, &mark, hex, err)
                                     : INCMAP_OK;
}
