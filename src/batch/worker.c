/*
 * A worker process: reads one request at a time, draws the figure, answers. It was
 * forked before anything touched pango or fontconfig; the atlas, the gazetteer and the
 * tables that the parent has opened are shared, fonts and projections are its own.
 */
#include "base/file.h"
#include "batch/inside.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* 1. Requests: numbers and NUL-terminated texts, after their length in bytes. */

static void put_number(struct im_buf *b, size_t v) {
    im_buf_add(b, &v, sizeof v);
}

static void put_text(struct im_buf *b, const char *text) {
    im_buf_add(b, text, strlen(text) + 1);
}

void batch_request(struct im_buf *out, const struct batch_figure *f) {
    size_t start = out->len;
    put_number(out, 0); // the length, when it is known
    put_number(out, f->map);
    put_number(out, f->line);
    put_number(out, f->setting_count);
    for (size_t i = 0; i < f->setting_count; i++) {
        put_text(out, f->settings[i].key);
        put_text(out, f->settings[i].value);
    }
    put_number(out, f->outputs);
    for (size_t i = 0; i < f->outputs; i++) {
        put_text(out, f->output[i]);
    }
    size_t n = out->len - start - sizeof(size_t);
    memcpy(out->data + start, &n, sizeof n);
}

static size_t take_number(const char **p) {
    size_t v;
    memcpy(&v, *p, sizeof v);
    *p += sizeof v;
    return v;
}

static const char *take_text(const char **p) {
    const char *text = *p;
    *p += strlen(text) + 1;
    return text;
}

static struct batch_figure figure_of(struct im_arena *arena, const char *p) {
    struct batch_figure f = {0};
    f.map = take_number(&p);
    f.line = (unsigned)take_number(&p);
    f.setting_count = take_number(&p);
    f.settings = im_alloc(arena, f.setting_count, sizeof *f.settings);
    for (size_t i = 0; i < f.setting_count; i++) {
        f.settings[i].key = take_text(&p);
        f.settings[i].value = take_text(&p);
    }
    f.outputs = take_number(&p);
    f.output = im_alloc(arena, f.outputs, sizeof *f.output);
    for (size_t i = 0; i < f.outputs; i++) {
        f.output[i] = take_text(&p);
    }
    return f;
}

/* 2. Drawing. */

static size_t warnings_of(const struct incmap_job *job) {
    size_t n = 0;
    for (size_t i = 0; i < incmap_job_finding_count(job); i++) {
        n += incmap_job_finding(job, i).severity != INCMAP_NOTE;
    }
    return n;
}

/* Written without waiting for the disk, which would take longer than drawing; the
 * parent flushes the folder now and then. A file that a power cut has left short has no
 * account of itself (incmap_record_read) and is drawn again. */
static enum incmap_status write_one(struct incmap_job *job, const char *path,
                                    struct incmap_error *err) {
    const void *data = NULL;
    size_t n = 0;
    enum incmap_status s =
        incmap_job_encode(job, strrchr(path, '.') + 1, &data, &n, err);
    return s == INCMAP_OK ? im_file_write_soon(path, data, n, err) : s;
}

static enum incmap_status draw(const struct batch *b, struct im_arena *arena,
                               const struct batch_figure *f, struct incmap_error *err) {
    struct incmap_job *job = NULL;
    enum incmap_status s = batch_job_of(b, f, &job, err);
    // what cannot be written need not be drawn
    for (size_t i = 0; s == INCMAP_OK && i < f->outputs; i++) {
        s = incmap_job_check(job, batch_path(arena, b->options->dir, f->output[i]),
                             err);
    }
    if (s == INCMAP_OK) {
        s = incmap_job_run(job, err);
    }
    size_t warnings = s == INCMAP_OK && b->options->strict ? warnings_of(job) : 0;
    if (warnings > 0) {
        struct incmap_finding first = incmap_job_finding(job, 0);
        for (size_t i = 0; first.severity == INCMAP_NOTE; i++) {
            first = incmap_job_finding(job, i);
        }
        s = im_fail(err, INCMAP_E_STRICT, IM_AT(first.file, first.line, first.column),
                    "%zu warning%s and --strict: not written; the first: %s", warnings,
                    warnings == 1 ? "" : "s", first.message);
    }
    for (size_t i = 0; s == INCMAP_OK && i < f->outputs; i++) {
        s = write_one(job, batch_path(arena, b->options->dir, f->output[i]), err);
    }
    incmap_job_free(job);
    return s;
}

/* 3. The process. */

static bool read_all(int fd, char *to, size_t n) {
    while (n > 0) {
        ssize_t got = read(fd, to, n);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return false;
        }
        to += got > 0 ? got : 0;
        n -= got > 0 ? (size_t)got : 0;
    }
    return true;
}

/* Pages of address space in use now. */
static size_t pages_in_use(void) {
    char text[64];
    size_t pages = 0;
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, text, sizeof text) : 0;
    for (ssize_t i = 0; i < n && text[i] >= '0' && text[i] <= '9'; i++) {
        pages = pages * 10 + (size_t)(text[i] - '0');
    }
    if (fd >= 0) {
        close(fd);
    }
    return pages;
}

static void limit_memory(long mb) {
    struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
    if (mb > 0) {
        rlim_t shared = (rlim_t)pages_in_use() * (rlim_t)sysconf(_SC_PAGESIZE);
        struct rlimit most = {shared + ((rlim_t)mb << 20), shared + ((rlim_t)mb << 20)};
        (void)setrlimit(RLIMIT_AS, &most);
    }
}

static bool serve(struct batch *b, int in, int out) {
    struct batch_answer answer = {.status = INCMAP_E_LIMIT};
    size_t n;
    if (!read_all(in, (char *)&n, sizeof n)) {
        return false;
    }
    im_error_clear(&answer.error);
    struct im_arena *arena = im_arena_new(64 * n + ((size_t)1 << 20));
    jmp_buf exhausted;
    if (arena == NULL || setjmp(exhausted) != 0) {
        (void)im_fail(&answer.error, INCMAP_E_LIMIT, IM_NOWHERE, "out of memory");
        (void)im_fd_write(out, (const char *)&answer, sizeof answer);
        im_arena_free(arena);
        return false;
    }
    im_arena_catch(arena, &exhausted);
    char *request = im_alloc(arena, n + 1, 1);
    bool ok = read_all(in, request, n);
    if (ok) {
        struct batch_figure f = figure_of(arena, request);
        double start = batch_now();
        answer.status = draw(b, arena, &f, &answer.error);
        answer.seconds = batch_now() - start;
        ok = im_fd_write(out, (const char *)&answer, sizeof answer) == 0;
    }
    im_arena_free(arena);
    return ok;
}

_Noreturn void batch_worker_main(struct batch *b, int in, int out) {
    signal(SIGINT, SIG_IGN); // the parent decides; the figure in hand is finished
    signal(SIGTERM, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    limit_memory(b->options->memory_mb);
    while (serve(b, in, out)) {
    }
    _exit(0);
}
