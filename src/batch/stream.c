/*
 * Jobs from standard input, one JSON object a line; one JSON line as answer for each
 * figure, in the order in which they are finished. Memory does not grow with the number
 * of jobs: each has its own, freed with its answer.
 */
#include "base/file.h"
#include "batch/inside.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 1 << 16, LONGEST_LINE = 4 << 20 };

struct slot {               /* beside b->figures.v[i] */
    struct im_arena *arena; /* NULL = free */
    bool waiting;           /* not yet with a worker */
};

struct stream {
    struct batch *b;
    struct im_arena *own; /* of the batch */
    char *text;
    size_t n, at;
    unsigned line;
    bool ended, broken;
    bool too_long; /* the line taken last */
    bool cut;      /* what is left of it is passed over */
    size_t failed;
    struct slot *slot;
};

static bool is_readable(void) {
    struct pollfd fd = {STDIN_FILENO, POLLIN, 0};
    return poll(&fd, 1, 0) > 0;
}

/* More of standard input, when there is some. */
static void fill(struct stream *s) {
    memmove(s->text, s->text + s->at, s->n - s->at);
    s->n -= s->at;
    s->at = 0;
    if (!s->ended && s->n <= LONGEST_LINE && is_readable()) {
        ssize_t got = read(STDIN_FILENO, s->text + s->n, CHUNK);
        s->n += got > 0 ? (size_t)got : 0;
        s->ended = got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN);
    }
}

static void pass_over(struct stream *s) {
    const char *from = s->text + s->at;
    const char *end = memchr(from, '\n', s->n - s->at);
    s->at = end != NULL ? (size_t)(end - s->text) + 1 : s->n;
    s->cut = end == NULL;
}

/* The next line, or as much as is taken of it; NULL when none is there yet. */
static const char *take_line(struct stream *s, size_t *length) {
    for (int tries = 0; tries < 2; tries++) {
        if (s->cut) {
            pass_over(s);
        }
        const char *from = s->text + s->at;
        const char *end = memchr(from, '\n', s->n - s->at);
        size_t n = end != NULL ? (size_t)(end - from) : s->n - s->at;
        if (end != NULL || (s->ended && n > 0) || n > LONGEST_LINE) {
            *length = n;
            s->at += n + (end != NULL);
            s->too_long = n > LONGEST_LINE;
            s->cut = s->too_long && end == NULL;
            s->line++;
            return from;
        }
        if (tries == 0) {
            fill(s);
        }
    }
    return NULL;
}

static void answer(struct stream *s, struct batch_figure *f) {
    struct im_buf line;
    im_buf_init(&line, s->b->arena, (size_t)64 << 20);
    batch_entry(s->b, &line, f);
    im_buf_char(&line, '\n');
    s->failed += f->state == BATCH_BAD;
    if (fwrite(line.data, 1, line.len, stdout) != line.len || fflush(stdout) != 0) {
        s->broken = true; // nobody listens any more
    }
}

static size_t free_slot(const struct stream *s) {
    size_t i = 0;
    while (i < s->b->figures.n && s->slot[i].arena != NULL) {
        i++;
    }
    return i;
}

static bool same_output(const struct batch_figure *a, const struct batch_figure *b) {
    for (size_t i = 0; i < a->outputs; i++) {
        for (size_t k = 0; k < b->outputs; k++) {
            if (strcmp(a->output[i], b->output[k]) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* Does a figure before it, not yet finished, go to the same file? The last job wins. */
static bool must_wait(const struct stream *s, size_t i) {
    for (size_t k = 0; k < s->b->figures.n; k++) {
        if (k != i && s->slot[k].arena != NULL &&
            s->b->figures.v[k].index < s->b->figures.v[i].index &&
            same_output(&s->b->figures.v[k], &s->b->figures.v[i])) {
            return true;
        }
    }
    return false;
}

static void make_folders(struct batch *b, struct batch_figure *f) {
    struct incmap_error err;
    im_error_clear(&err);
    for (size_t k = 0; k < f->outputs; k++) {
        size_t n = (size_t)(im_path_name(f->output[k]) - f->output[k]);
        if (n > 0 &&
            im_folder_make(im_path_join(b->arena, b->options->dir,
                                        im_strndup(b->arena, f->output[k], n - 1)),
                           false, &err) != INCMAP_OK) {
            batch_fail(b->arena, f, &err);
            return;
        }
    }
}

/* A line as a figure, in memory of its own. */
static void plan(struct stream *s, size_t i, const char *text, size_t n) {
    struct batch *b = s->b;
    struct batch_figure *f = &b->figures.v[i];
    b->rows = (struct batch_rows){.arena = b->arena, .file = "standard input"};
    struct batch_row row = {.line = s->line};
    struct incmap_error why;
    im_error_clear(&why);
    if (s->too_long) {
        (void)im_fail(&why, INCMAP_E_INPUT, IM_AT(b->rows.file, s->line, 1),
                      "a line of more than %d MiB is no job", LONGEST_LINE >> 20);
        row.error = batch_kept(b->arena, &why);
    } else {
        row = batch_row_of_json(&b->rows, text, n, s->line);
    }
    if (row.error == NULL && batch_columns_check(b, &why) != INCMAP_OK) {
        row.error = batch_kept(b->arena, &why);
    }
    *f = batch_figure_of(b, 0, &row);
    f->index = s->line;
    if (f->state == BATCH_WAITING) {
        make_folders(b, f);
        batch_decide(b, f);
    }
}

static void plan_guarded(struct stream *s, size_t i, const char *text, size_t n) {
    struct batch *b = s->b;
    struct im_arena *arena = im_arena_new(IM_STREAM_JOB_BYTES);
    jmp_buf exhausted;
    b->arena = arena != NULL ? arena : s->own;
    if (arena == NULL || setjmp(exhausted) != 0) {
        struct incmap_error err;
        im_error_clear(&err);
        (void)im_fail(&err, INCMAP_E_LIMIT, IM_NOWHERE, "out of memory");
        b->arena = s->own;
        b->figures.v[i] = (struct batch_figure){.name = "", .line = s->line};
        batch_fail(s->own, &b->figures.v[i], &err);
        im_arena_free(arena);
        s->slot[i].arena = im_arena_new(IM_STREAM_JOB_BYTES);
        return;
    }
    im_arena_catch(arena, &exhausted);
    plan(s, i, text, n);
    im_arena_catch(arena, NULL);
    s->slot[i].arena = arena;
    b->arena = s->own;
}

static void finish(struct stream *s, size_t i) {
    struct batch *b = s->b;
    struct im_arena *arena = s->slot[i].arena;
    jmp_buf exhausted;
    if (arena != NULL && setjmp(exhausted) == 0) {
        im_arena_catch(arena, &exhausted);
        b->arena = arena;
        answer(s, &b->figures.v[i]);
    }
    b->arena = s->own;
    im_arena_free(arena);
    s->slot[i] = (struct slot){NULL, false};
}

static size_t waiting_figure(const struct stream *s) {
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < s->b->figures.n; i++) {
        if (s->slot[i].waiting && !must_wait(s, i) &&
            (best == SIZE_MAX ||
             s->b->figures.v[i].index < s->b->figures.v[best].index)) {
            best = i;
        }
    }
    return best;
}

static size_t next_figure(void *self, bool *more) {
    struct stream *s = self;
    size_t i, n;
    for (;;) {
        size_t ready = waiting_figure(s);
        *more = !s->broken;
        if (ready != SIZE_MAX && *more) {
            s->slot[ready].waiting = false;
            return ready;
        }
        i = free_slot(s);
        const char *text = i < s->b->figures.n && *more ? take_line(s, &n) : NULL;
        if (text == NULL) {
            bool held = false;
            for (size_t k = 0; k < s->b->figures.n; k++) {
                held = held || s->slot[k].waiting;
            }
            *more = *more && (held || !s->ended || s->n > s->at);
            return SIZE_MAX;
        }
        bool blank = !s->too_long;
        for (size_t k = 0; k < n; k++) {
            blank = blank && (text[k] == ' ' || text[k] == '\t' || text[k] == '\r');
        }
        if (blank) {
            continue;
        }
        plan_guarded(s, i, text, n);
        if (s->b->figures.v[i].state == BATCH_WAITING) {
            s->slot[i].waiting = true;
        } else {
            finish(s, i);
        }
    }
}

static void figure_done(void *self, struct batch_figure *f) {
    struct stream *s = self;
    finish(s, (size_t)(f - s->b->figures.v));
}

static void nothing(void *self) {
    (void)self;
}

int batch_stream(struct batch *b, struct incmap_error *err) {
    struct stream s = {.b = b, .own = b->arena};
    enum incmap_status status = im_folder_make(b->options->dir, false, err);
    if (status != INCMAP_OK) {
        return (int)status;
    }
    (void)im_file_sweep(b->options->dir);
    size_t slots = 4 * (size_t)b->options->workers;
    b->figures.v = im_alloc(b->arena, slots, sizeof *b->figures.v);
    b->figures.n = b->figures.cap = slots;
    s.slot = im_alloc(b->arena, slots, sizeof *s.slot);
    s.text = im_alloc(b->arena, LONGEST_LINE + CHUNK, 1);
    struct batch_source source = {next_figure, figure_done,  nothing,
                                  NULL,        STDIN_FILENO, &s};
    bool whole = batch_pool(b, &source);
    batch_crew_end(b);
    for (size_t i = 0; i < slots; i++) { // of jobs that were given up
        im_arena_free(s.slot[i].arena);
    }
    if (s.broken) {
        return (int)im_fail(err, INCMAP_E_OUTPUT, IM_NOWHERE,
                            "cannot write to standard output (is the reader gone?)");
    }
    return !whole ? BATCH_INTERRUPTED : s.failed > 0 ? BATCH_FAILED : 0;
}
