#include "gazetteer/intake.h"

#include <string.h>

enum { BATCH_ROWS = 1 << 14, BATCH_TEXT = 1 << 21 };
static const size_t POOL_BYTES = (size_t)1 << 30;

/* An arena for one batch, which fails where its parent fails and goes with it. */
struct gaz_pool {
    struct im_arena *arena;
};

static void free_pool(void *handle) {
    struct gaz_pool *pool = handle;
    im_arena_free(pool->arena);
}

static void fresh_batch(struct gaz_intake *in) {
    if (!in->pool) {
        in->pool = im_alloc(in->arena, 1, sizeof *in->pool);
        im_arena_defer(in->arena, free_pool, in->pool);
    }
    im_arena_free(in->pool->arena);
    in->pool->arena = im_arena_new(POOL_BYTES);
    if (!in->pool->arena) {
        im_arena_exhausted(in->arena);
    }
    jmp_buf *where = im_arena_catch(in->arena, NULL);
    im_arena_catch(in->arena, where);
    im_arena_catch(in->pool->arena, where);
    gaz_batch_init(&in->batch, in->pool->arena, in->coder);
}

enum incmap_status gaz_intake_fail(struct gaz_intake *in, enum incmap_status status) {
    if (in->status == INCMAP_OK && status != INCMAP_OK) {
        in->status = status;
        in->stop = true;
    }
    return in->status;
}

struct gaz_origin gaz_intake_origin(const struct gaz_intake *in, const char *path,
                                    const char *format, struct im_bytes bytes) {
    return (struct gaz_origin){.path = path,
                               .name = im_path_name(path),
                               .format = format,
                               .rights = in->options.rights ? in->options.rights : "",
                               .bytes = bytes.n,
                               .digest = im_checksum_of(bytes.data, bytes.n)};
}

void gaz_intake_source(struct gaz_intake *in, const struct gaz_origin *origin) {
    in->read = 0;
    in->path = origin->path;
    in->records = origin->counted == GAZ_COUNTED_RECORDS;
    in->stop = in->status != INCMAP_OK;
    if (in->builder) {
        gaz_builder_source(in->builder, origin);
    }
    fresh_batch(in);
}

/* Places that had more names than one keeps. */
static void tell_cut(struct gaz_intake *in, const struct gaz_batch *batch) {
    for (size_t i = 0; i < batch->cut_n; i++) {
        uint32_t row = batch->cut[i < GAZ_CUT_TOLD ? i : GAZ_CUT_TOLD - 1];
        struct im_where record = {in->path, 0, 0, (long)row};
        im_finding(in->findings, IM_F_VALUE_BAD,
                   in->records ? record : IM_AT(in->path, row, 0),
                   "split it, or leave out what is no name of it",
                   "a place has more than %d names, or more than %d KiB of them; the "
                   "rest is left out",
                   GAZ_MOST_NAMES, GAZ_MOST_NAMES_BYTES >> 10);
    }
}

/* To the builder, or to the sample. */
static void flush(struct gaz_intake *in, const struct gaz_batch *batch) {
    if (in->stop) {
        return;
    }
    if (in->builder) {
        tell_cut(in, batch);
        gaz_intake_fail(in, gaz_builder_add(in->builder, batch, in->err));
        return;
    }
    size_t room = GAZ_SAMPLE - in->sample.len;
    room = room < in->enough ? room : in->enough;
    im_buf_add(&in->sample, batch->text.data,
               batch->text.len < room ? batch->text.len : room);
    in->stop = batch->text.len >= room;
}

const char *gaz_intake_row(struct gaz_intake *in, const struct gaz_fields *f,
                           uint32_t line) {
    const char *what;
    in->read++;
    if (!gaz_batch_add(&in->batch, f, line, &what)) {
        return what;
    }
    bool full = in->batch.n >= BATCH_ROWS || in->batch.text.len >= BATCH_TEXT;
    if (full || (!in->builder && in->batch.text.len >= in->enough)) {
        flush(in, &in->batch);
        fresh_batch(in);
    }
    return NULL;
}

void gaz_intake_batch(struct gaz_intake *in, const struct gaz_batch *batch,
                      uint64_t read) {
    in->read += read;
    flush(in, batch);
}

void gaz_intake_format(struct gaz_intake *in, const char *format, const char *rights) {
    if (in->builder) {
        gaz_builder_format(in->builder, format, rights);
    }
}

void gaz_intake_digest(struct gaz_intake *in, uint64_t digest) {
    if (in->builder) {
        gaz_builder_digest(in->builder, digest);
    }
}

uint64_t gaz_intake_kept(const struct gaz_intake *in) {
    return gaz_builder_kept(in->builder);
}

void gaz_intake_end(struct gaz_intake *in) {
    flush(in, &in->batch);
    fresh_batch(in);
    if (in->builder && in->status == INCMAP_OK) {
        gaz_builder_counts(in->builder, in->read);
    }
}

enum incmap_status gaz_intake_whole(struct gaz_intake *in, const char *path) {
    gaz_intake_end(in);
    if (in->builder && in->status == INCMAP_OK && gaz_intake_kept(in) == 0) {
        gaz_intake_fail(in, im_fail(in->err, INCMAP_E_INPUT, IM_FILE(path),
                                    "no usable place in it"));
    }
    return in->status;
}
