/*
 * A GeoNames main table of any length, in rounds:
 *
 * 1. fill   each thread's chunk gets some megabytes of whole lines
 * 2. take   the threads take their rows into batches
 * 3. keep   the batches go to the builder in order, with what was wrong in them
 */
#include "gazetteer/geonames.h"

#include "base/limits.h"
#include "base/reader.h"
#include "gazetteer/crew.h"
#include <string.h>

enum {
    PIECE = 1 << 22,     /* read at a time; a multiple of the digest's words */
    LONGEST = 1 << 26,   /* of a line; more is left out */
    SAMPLES = 64,        /* places in the file that the sample comes from */
    SAMPLE_BYTES = 4096, /* of each */
    TROUBLES = IM_MAX_FINDINGS_PER_FILE
};
static const size_t POOL_BYTES = (size_t)1 << 29;

struct trouble {
    uint32_t line;
    const char *what;
};

struct chunk {
    struct im_buf data; /* whole lines */
    uint32_t first_line;
    const struct gaz_beside *beside;
    const struct gaz_coder *coder;
    struct im_arena *pool;
    struct gaz_batch batch;
    struct trouble trouble[TROUBLES];
    size_t troubles, rows;
    bool exhausted;
    struct gaz_seen *seen; /* by country; of the sample: NULL */
};

struct table {
    struct gaz_intake *in;
    const char *path;
    struct im_reader *reader;
    struct gaz_beside beside;
    uint64_t at; /* bytes read */
    struct im_checksum digest;
    struct im_buf rest; /* of a line that is not yet whole */
    uint32_t line;      /* of its beginning */
    bool skipping;      /* a line that is too long */
    char *piece;
    struct gaz_seen *seen; /* by country */
};

/* 2. Take the rows of a chunk. */

static void note(struct chunk *c, uint32_t line, const char *what) {
    if (c->troubles++ < TROUBLES) {
        c->trouble[c->troubles - 1] = (struct trouble){line, what};
    }
}

static const char *wrong_field(const char *field) {
    static const char *const texts[][2] = {
        {"name", GAZ_NO_NAME},
        {"lat", "its latitude is missing or not in [-90, 90]"},
        {"lon", "its longitude is missing or not in [-180, 180]"},
        {"population", "its population is no number"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(texts[i][0], field) == 0) {
            return texts[i][1];
        }
    }
    return "a field is unusable";
}

static void take_row(struct chunk *c, const char *row, size_t n, uint32_t line,
                     struct im_buf *work) {
    struct gaz_fields f;
    const char *what = NULL, *wrong;
    n -= n > 0 && row[n - 1] == '\r';
    if (n == 0) {
        return;
    }
    c->rows++;
    wrong = memchr(row, '\0', n) ? "it has NUL bytes"
                                 : gaz_geonames_fields(c->beside, row, n, work, &f);
    if (!wrong && !gaz_batch_add(&c->batch, &f, line, &what)) {
        wrong = wrong_field(what);
    }
    if (wrong) {
        note(c, line, wrong);
    } else if (c->seen) {
        gaz_country_seen(c->beside, &f, c->seen);
    }
}

static void take_rows(struct chunk *c) {
    const char *at = c->data.data, *end = at + c->data.len;
    struct im_buf work;
    im_buf_init(&work, c->pool, LONGEST);
    gaz_batch_init(&c->batch, c->pool, c->coder);
    for (uint32_t line = c->first_line; at < end; line++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline ? newline : end;
        take_row(c, at, (size_t)(stop - at), line, &work);
        at = stop + 1;
    }
}

static void work(void *task) {
    struct chunk *c = task;
    jmp_buf exhausted;
    c->exhausted = false;
    im_arena_catch(c->pool, &exhausted);
    if (setjmp(exhausted) == 0) {
        take_rows(c);
    } else {
        c->exhausted = true;
    }
    im_arena_catch(c->pool, NULL);
}

/* 1. Fill. */

static uint32_t lines_of(const struct im_buf *data) {
    uint32_t n = 0;
    const char *at = data->data, *end = at + data->len;
    for (; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++) {
        n++;
    }
    return n;
}

/* The rest of a line that is too long goes, up to its end. */
static size_t skip_line(struct table *t, size_t n) {
    const char *newline = memchr(t->piece, '\n', n);
    if (!newline) {
        return n;
    }
    t->skipping = false;
    t->line++;
    return (size_t)(newline - t->piece) + 1;
}

static void too_long(struct table *t) {
    im_finding(t->in->findings, IM_F_ROW_BAD, IM_AT(t->path, t->line, 0),
               "mend it; it is left out", "a line is longer than %d MiB",
               LONGEST >> 20);
    t->in->read++;
    im_buf_clear(&t->rest);
    t->skipping = true;
}

/* Whole lines of the next piece; the chunk may stay empty before the end. */
static enum incmap_status fill(struct table *t, struct chunk *c) {
    size_t got, from = 0;
    enum incmap_status status =
        im_reader_get(t->reader, t->at, t->piece, PIECE, &got, t->in->err);
    if (status != INCMAP_OK) {
        return status;
    }
    im_checksum_add(&t->digest, t->piece, got);
    im_buf_clear(&c->data);
    bool first = t->at == 0, last = got < PIECE;
    t->at += got;
    from = first && got >= 3 && memcmp(t->piece, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    from = t->skipping ? skip_line(t, got) : from;
    size_t cut = got;
    while (!last && cut > from && t->piece[cut - 1] != '\n') {
        cut--;
    }
    c->first_line = t->line;
    if (cut > from || last) {
        im_buf_add(&c->data, t->rest.data, t->rest.len);
        im_buf_add(&c->data, t->piece + from, cut - from);
        im_buf_clear(&t->rest);
        t->line += lines_of(&c->data);
    }
    if (t->rest.len + (got - cut) > LONGEST) {
        too_long(t);
    } else if (!t->skipping) {
        im_buf_add(&t->rest, t->piece + cut, got - cut);
    }
    return INCMAP_OK;
}

/* 3. Keep. */

static void keep(struct table *t, struct chunk *c) {
    if (c->exhausted) {
        im_arena_exhausted(t->in->arena);
    }
    for (size_t i = 0; i < c->troubles; i++) {
        const struct trouble *trouble = &c->trouble[i < TROUBLES ? i : TROUBLES - 1];
        im_finding(t->in->findings, IM_F_ROW_BAD, IM_AT(t->path, trouble->line, 0),
                   "mend the row; it is left out", "%s", trouble->what);
    }
    for (size_t i = 0; i < t->beside.country_codes.n; i++) {
        t->seen[i].row |= c->seen[i].row;
        if (!t->seen[i].capital && c->seen[i].capital) {
            t->seen[i].capital = true;
            t->seen[i].at = c->seen[i].at;
        }
    }
    gaz_intake_batch(t->in, &c->batch, c->rows);
}

struct pools {
    struct im_arena *arena[GAZ_MOST_HANDS];
};

static void free_pools(void *handle) {
    struct pools *p = handle;
    for (int i = 0; i < GAZ_MOST_HANDS; i++) {
        im_arena_free(p->arena[i]);
        p->arena[i] = NULL;
    }
}

static enum incmap_status round_of(struct table *t, struct chunk *chunks,
                                   size_t threads, struct pools *pools) {
    size_t n = 0;
    for (; n < threads && t->at < im_reader_size(t->reader); n++) {
        struct chunk *c = &chunks[n];
        enum incmap_status status = fill(t, c);
        if (status != INCMAP_OK) {
            return status;
        }
        c->troubles = c->rows = 0;
        c->pool = pools->arena[n] = im_arena_new(POOL_BYTES);
        if (!c->pool) {
            im_arena_exhausted(t->in->arena);
        }
    }
    gaz_crew(work, chunks, n, sizeof *chunks);
    for (size_t i = 0; i < n; i++) {
        keep(t, &chunks[i]);
    }
    free_pools(pools);
    if (t->in->options.progress) {
        t->in->options.progress(t->in->options.progress_self, t->path, t->at,
                                im_reader_size(t->reader));
    }
    return t->in->status;
}

static enum incmap_status read_all(struct table *t) {
    size_t threads = t->in->options.threads < 1 ? 1 : t->in->options.threads;
    threads = threads < GAZ_MOST_HANDS ? threads : GAZ_MOST_HANDS;
    struct im_arena *arena = t->in->arena;
    struct chunk *chunks = im_alloc(arena, threads, sizeof *chunks);
    struct pools *pools = im_alloc(arena, 1, sizeof *pools);
    enum incmap_status status = INCMAP_OK;
    im_arena_defer(arena, free_pools, pools);
    t->seen = im_alloc(arena, t->beside.country_codes.n + 1, sizeof *t->seen);
    for (size_t i = 0; i < threads; i++) {
        im_buf_init(&chunks[i].data, arena, 2 * (size_t)LONGEST);
        chunks[i].beside = &t->beside;
        chunks[i].coder = t->in->coder;
        chunks[i].seen =
            im_alloc(arena, t->beside.country_codes.n + 1, sizeof *chunks[i].seen);
    }
    while (status == INCMAP_OK && t->at < im_reader_size(t->reader)) {
        status = round_of(t, chunks, threads, pools);
    }
    return status;
}

/* Some lines from all over the file. */
static enum incmap_status read_sample(struct table *t) {
    uint64_t size = im_reader_size(t->reader);
    struct chunk *c = im_alloc(t->in->arena, 1, sizeof *c);
    im_buf_init(&c->data, t->in->arena, (size_t)SAMPLES * SAMPLE_BYTES);
    for (int i = 0; i < SAMPLES; i++) {
        size_t got;
        uint64_t at = size / SAMPLES * (uint64_t)i;
        enum incmap_status status =
            im_reader_get(t->reader, at, t->piece, SAMPLE_BYTES, &got, t->in->err);
        if (status != INCMAP_OK) {
            return status;
        }
        const char *first = at ? memchr(t->piece, '\n', got) : t->piece;
        for (; got > 0 && t->piece[got - 1] != '\n' && at + got < size; got--) {
        }
        if (first && first < t->piece + got) {
            im_buf_add(&c->data, first, (size_t)(t->piece + got - first));
        }
    }
    c->beside = &t->beside;
    c->pool = t->in->arena;
    take_rows(c);
    gaz_intake_batch(t->in, &c->batch, c->rows);
    return INCMAP_OK;
}

enum incmap_status gaz_read_geonames(struct gaz_intake *in, const char *path) {
    struct table t = {.in = in, .path = path, .line = 1};
    struct gaz_origin origin = {.path = path,
                                .name = im_path_name(path),
                                .format = "geonames",
                                .rights = GAZ_GN_RIGHTS};
    uint64_t digest[2];
    enum incmap_status status =
        im_reader_open(in->arena, path, INCMAP_E_INPUT, &t.reader, in->err);
    if (status == INCMAP_OK) {
        status = gaz_beside_load(in, path, &t.beside);
    }
    if (status != INCMAP_OK) {
        return gaz_intake_fail(in, status);
    }
    origin.bytes = im_reader_size(t.reader);
    t.piece = im_alloc(in->arena, PIECE, 1);
    im_buf_init(&t.rest, in->arena, LONGEST);
    im_checksum_init(&t.digest);
    gaz_intake_source(in, &origin);
    gaz_intake_fail(in, in->builder ? read_all(&t) : read_sample(&t));
    im_checksum_end(&t.digest, digest);
    gaz_intake_digest(in, digest[0]);
    enum incmap_status whole = gaz_intake_whole(in, path);
    return whole == INCMAP_OK && in->builder
               ? gaz_countries_unseen(in, path, &t.beside, t.seen)
               : whole;
}
