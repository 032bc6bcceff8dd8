/* Compiled gazetteers, as the gazetteer command makes and describes them. */
#include "api/atlas.h"
#include "base/file.h"
#include "gazetteer/tools.h"
#include <string.h>

struct incmap_gazetteer {
    struct im_arena *arena;
    struct im_findings findings;
    struct im_buf text;
};

enum { MOST_TEXT = 1 << 26 };

static void prepare(struct incmap_gazetteer *g, struct im_arena *arena) {
    g->arena = arena;
    im_findings_init(&g->findings, arena);
    im_buf_init(&g->text, arena, MOST_TEXT);
}

static void to_task(const struct incmap_gazetteer_task *from,
                    struct im_gazetteer_task *to) {
    *to = (struct im_gazetteer_task){.sources = from->sources,
                                     .n = from->source_count,
                                     .output = from->output,
                                     .name_field = from->name_field,
                                     .rights = from->licence,
                                     .threads = from->threads,
                                     .progress = from->progress,
                                     .progress_self = from->progress_self};
}

struct building {
    struct incmap_atlas *atlas;
    const struct incmap_gazetteer_task *task;
    struct incmap_gazetteer *g;
};

/* What is compiled cannot be read as a table again: no source is written over. */
static enum incmap_status spare_sources(const struct incmap_gazetteer_task *task,
                                        struct incmap_error *err) {
    for (size_t i = 0; task->output != NULL && i < task->source_count; i++) {
        if (im_file_same(task->output, task->sources[i])) {
            return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                           "the output '%s' is also a source (write to another file)",
                           task->output);
        }
    }
    return INCMAP_OK;
}

/* The bundled places, all of them looked at: nothing is written that hangs on damage.
 */
static enum incmap_status open_whole(struct incmap_atlas *atlas,
                                     struct im_gazetteer **out,
                                     struct incmap_error *err) {
    enum incmap_status status = im_atlas_gazetteer(atlas, out, err);
    if (status == INCMAP_OK) {
        im_gazetteer_read_all(*out);
        status = im_gazetteer_intact(*out, err);
    }
    return status;
}

static enum incmap_status build(void *self, struct incmap_error *err) {
    struct building *b = self;
    struct im_gazetteer *base;
    struct im_gazetteer_task task;
    enum incmap_status status = spare_sources(b->task, err);
    if (status == INCMAP_OK) {
        status = open_whole(b->atlas, &base, err);
    }
    if (status != INCMAP_OK) {
        return status;
    }
    to_task(b->task, &task);
    return im_gazetteer_build(b->g->arena, base, &task, &b->g->findings, &b->g->text,
                              err);
}

struct countries {
    struct im_geodata *geodata;
    struct im_arena *scratch; /* of some look-ups */
    jmp_buf *where;
    unsigned asked;
    char code[8];
};

/* Whose a position is on the ground, in the finest borders that there are. */
static const char *country_at(void *self, struct im_lonlat at) {
    enum { EVERY = 1024 };
    static const size_t most = (size_t)1 << 28;
    struct countries *c = self;
    if (c->asked++ % EVERY == 0) {
        im_arena_free(c->scratch);
        c->scratch = im_arena_new(most);
        if (c->scratch == NULL) {
            longjmp(*c->where, 1);
        }
        im_arena_catch(c->scratch, c->where);
    }
    const char *owner = im_geodata_owner(c->geodata, c->scratch, at, "un", "large");
    if (owner[0] == '\0') {
        owner = im_geodata_owner(c->geodata, c->scratch, at, "un", "world");
    }
    memcpy(c->code, owner, strlen(owner) == 2 ? 3 : 1);
    return strlen(owner) == 2 ? c->code : "";
}

static void end_countries(void *self) {
    im_arena_free(((struct countries *)self)->scratch);
}

static enum incmap_status check(void *self, struct incmap_error *err) {
    struct building *b = self;
    struct im_arena *arena = b->g->arena;
    struct im_gazetteer *base;
    struct im_gazetteer_task task;
    struct countries *c = im_alloc(arena, 1, sizeof *c);
    im_arena_defer(arena, end_countries, c);
    c->where = im_arena_catch(arena, NULL);
    im_arena_catch(arena, c->where);
    enum incmap_status status = open_whole(b->atlas, &base, err);
    if (status == INCMAP_OK) {
        status = im_atlas_geodata(b->atlas, &c->geodata, err);
    }
    if (status != INCMAP_OK) {
        return status;
    }
    to_task(b->task, &task);
    task.country_at = country_at;
    task.country_self = c;
    return im_gazetteer_check(arena, base, &task, &b->g->findings, &b->g->text, err);
}

static enum incmap_status new_object(struct incmap_gazetteer **out,
                                     struct incmap_error *err) {
    static const size_t most = (size_t)8 << 30;
    struct im_arena *arena = im_arena_new(most);
    jmp_buf exhausted;
    *out = NULL;
    im_error_clear(err);
    if (arena == NULL || setjmp(exhausted) != 0) {
        im_arena_free(arena);
        return im_fail(err, INCMAP_E_LIMIT, IM_NOWHERE, "out of memory");
    }
    im_arena_catch(arena, &exhausted);
    struct incmap_gazetteer *g = im_alloc(arena, 1, sizeof *g);
    prepare(g, arena);
    im_arena_catch(arena, NULL);
    *out = g;
    return INCMAP_OK;
}

enum incmap_status incmap_gazetteer_build(const struct incmap_atlas *atlas,
                                          const struct incmap_gazetteer_task *task,
                                          struct incmap_gazetteer **out,
                                          struct incmap_error *err) {
    enum incmap_status status = new_object(out, err);
    if (status != INCMAP_OK) {
        return status;
    }
    struct building b = {(struct incmap_atlas *)atlas, task, *out};
    return im_guard((*out)->arena, atlas->arena, build, &b, err);
}

enum incmap_status incmap_gazetteer_check(const struct incmap_atlas *atlas,
                                          const struct incmap_gazetteer_task *task,
                                          struct incmap_gazetteer **out,
                                          struct incmap_error *err) {
    enum incmap_status status = new_object(out, err);
    if (status != INCMAP_OK) {
        return status;
    }
    struct building b = {(struct incmap_atlas *)atlas, task, *out};
    return im_guard((*out)->arena, atlas->arena, check, &b, err);
}

struct describing {
    const char *file;
    struct incmap_gazetteer *g;
};

static enum incmap_status describe(void *self, struct incmap_error *err) {
    struct describing *d = self;
    return im_gazetteer_info(d->g->arena, d->file, &d->g->text, err);
}

enum incmap_status incmap_gazetteer_info(const char *file,
                                         struct incmap_gazetteer **out,
                                         struct incmap_error *err) {
    enum incmap_status status = new_object(out, err);
    if (status != INCMAP_OK) {
        return status;
    }
    struct describing d = {file, *out};
    return im_guard((*out)->arena, NULL, describe, &d, err);
}

void incmap_gazetteer_free(struct incmap_gazetteer *gazetteer) {
    if (gazetteer != NULL) {
        im_arena_free(gazetteer->arena);
    }
}

const char *incmap_gazetteer_text(const struct incmap_gazetteer *gazetteer) {
    return gazetteer->text.data;
}

size_t incmap_gazetteer_finding_count(const struct incmap_gazetteer *gazetteer) {
    return gazetteer->findings.n;
}

struct incmap_finding incmap_gazetteer_finding(const struct incmap_gazetteer *gazetteer,
                                               size_t i) {
    return i < gazetteer->findings.n ? gazetteer->findings.items[i]
                                     : (struct incmap_finding){.record = -1};
}
