/*
 * The pool: as many worker processes as asked for, each with one figure in hand and,
 * where figures are quick, one more in its pipe, so that it need not wait for
 * the parent to wake. A worker that crashes, hangs or runs out of memory costs the
 * figure in hand only, which is tried once more in a fresh worker.
 */
#include "base/file.h"
#include "batch/inside.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A worker goes home after so many figures. Nothing leaks, in the libraries or here;
 * but what an atlas has read of its data stays, some ten KB a figure as long as the
 * figures show parts of the world that none before them did. A fresh worker costs as
 * much time as one figure. */
enum { SERVES = 256 };
enum { NONE = 0, MOST_WORKERS = 1024, TICK_MS = 200 };
enum { QUEUED_BYTES = 4096 }; /* what a pipe takes whatever its reader does */
static const double QUICK_S = 0.5;
#define IDLE SIZE_MAX

volatile int batch_signals;

double batch_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void on_signal(int number) {
    (void)number;
    batch_signals++;
}

struct pool {
    struct batch *b;
    const struct batch_source *source;
    struct batch_worker *worker;
    size_t n;
    bool more;    /* the source may have more */
    size_t *back; /* figures that waited for a worker that was lost */
    size_t back_n;
    struct im_buf request;
};

/* 1. Figures go out and come back. */

static struct batch_figure *figure(struct pool *p, size_t i) {
    return &p->b->figures.v[i];
}

static void finish(struct pool *p, size_t i, enum incmap_status status,
                   const struct incmap_error *err, double since) {
    struct batch_figure *f = figure(p, i);
    f->seconds += batch_now() - since;
    if (status == INCMAP_OK) {
        f->state = BATCH_DRAWN;
    } else {
        struct incmap_error here = *err;
        batch_point(p->b, f, &here);
        batch_fail(p->b->arena, f, &here);
    }
    p->source->done(p->source->self, f);
}

/* Figure i, or the one that waited in its pipe, is in the worker's hand from now on. */
static void begin(struct pool *p, struct batch_worker *w, size_t i) {
    w->figure = i;
    w->since = batch_now();
    figure(p, i)->tries++;
}

static bool send(struct pool *p, struct batch_worker *w, size_t i) {
    begin(p, w, i);
    im_buf_clear(&p->request);
    batch_request(&p->request, figure(p, i));
    return im_fd_write(w->to, p->request.data, p->request.len) == 0;
}

/* What waits for this worker is for any other. */
static void release(struct pool *p, struct batch_worker *w) {
    if (w->queued != IDLE) {
        p->back[p->back_n++] = w->queued;
        w->queued = IDLE;
    }
}

/* Killed, it may have left half a file of either figure: the one in the pipe was begun
 * when the answer about the other has not been heard yet. */
static void remove_worker(struct pool *p, struct batch_worker *w) {
    const size_t begun[] = {w->figure, w->queued};
    release(p, w);
    batch_bury(w, true, NULL);
    for (size_t i = 0; i < 2; i++) {
        if (begun[i] != IDLE) {
            batch_sweep(p->b, figure(p, begun[i]));
        }
    }
}

/* A worker was lost with a figure in hand. */
static void lose(struct pool *p, struct batch_worker *w, const char *how,
                 enum incmap_status status) {
    size_t i = w->figure;
    double since = w->since;
    struct batch_figure *f = figure(p, i);
    w->figure = IDLE;
    batch_sweep(p->b, f);
    if (f->tries < 2 && batch_signals < 2) {
        f->seconds += batch_now() - since;
        if (batch_hire(p->b, w) && send(p, w, i)) {
            return;
        }
        if (w->pid != NONE) {
            remove_worker(p, w);
        }
        w->figure = IDLE;
    }
    struct incmap_error err;
    im_error_clear(&err);
    (void)im_fail(&err, status, IM_AT(p->b->rows.file, f->line, 0), "%s%s", how,
                  f->tries > 1 ? ", also when tried again" : "");
    finish(p, i, status, &err, since);
}

static const char *cause_of(struct pool *p, int status) {
    struct im_arena *arena = p->b->arena;
    if (WIFSIGNALED(status)) {
        int number = WTERMSIG(status);
        return number == SIGKILL
                   ? "the worker was killed (by the system when memory ran out?)"
                   : im_format(arena, "the worker crashed (signal %d)", number);
    }
    return im_format(arena, "the worker stopped (exit %d)", WEXITSTATUS(status));
}

/* An answer, or the end of the worker. */
static void hear(struct pool *p, struct batch_worker *w) {
    ssize_t got = read(w->from, w->got + w->got_n, BATCH_ANSWER_BYTES - w->got_n);
    if (got < 0 && errno == EINTR) {
        return;
    }
    if (got <= 0) {
        int status = 0;
        size_t i = w->figure;
        double since = w->since;
        release(p, w);
        batch_bury(w, false, &status);
        if (i != IDLE) {
            w->figure = i;
            w->since = since;
            lose(p, w, cause_of(p, status), INCMAP_E_BUG);
        }
        return;
    }
    w->got_n += (size_t)got;
    if (w->got_n < BATCH_ANSWER_BYTES) {
        return;
    }
    struct batch_answer answer;
    memcpy(&answer, w->got, sizeof answer);
    w->got_n = 0;
    size_t i = w->figure;
    double since = w->since;
    w->figure = IDLE;
    w->served++;
    w->took = answer.seconds;
    if (answer.status == INCMAP_E_LIMIT) { // once more where memory is fresh
        remove_worker(p, w);
        w->figure = i;
        w->since = since;
        lose(p, w, answer.error.message, INCMAP_E_LIMIT);
        return;
    }
    if (w->queued != IDLE) {
        begin(p, w, w->queued);
        w->queued = IDLE;
    }
    finish(p, i, answer.status, &answer.error, batch_now() - answer.seconds);
}

/* Has it answered since we looked last? Others may have taken long to bury. */
static bool has_answered(const struct batch_worker *w) {
    struct pollfd fd = {w->from, POLLIN, 0};
    return poll(&fd, 1, 0) > 0;
}

static void check_time(struct pool *p, struct batch_worker *w, double now) {
    double most = p->b->options->timeout_s;
    if (w->figure == IDLE || most <= 0 || now - w->since < most) {
        return;
    }
    if (has_answered(w)) {
        hear(p, w);
        return;
    }
    size_t i = w->figure;
    double since = w->since;
    remove_worker(p, w);
    w->figure = i;
    w->since = since;
    lose(p, w, im_format(p->b->arena, "not finished within %g seconds", most),
         INCMAP_E_LIMIT);
}

/* 2. The loop. */

/* The next figure to draw, IDLE = none now. */
static size_t take(struct pool *p) {
    if (p->back_n > 0) {
        return p->back[--p->back_n];
    }
    return p->more ? p->source->next(p->source->self, &p->more) : IDLE;
}

static void give(struct pool *p, struct batch_worker *w, size_t i) {
    if (w->pid != NONE && w->served >= SERVES) {
        batch_dismiss(w);
        batch_bury(w, false, NULL);
    }
    if ((w->pid == NONE && !batch_hire(p->b, w)) || !send(p, w, i)) {
        if (w->pid != NONE) {
            remove_worker(p, w);
        }
        w->figure = i;
        w->since = batch_now();
        lose(p, w, "no worker process could be started", INCMAP_E_LIMIT);
    }
}

/* Give work to whoever has none. */
static void hand_out(struct pool *p) {
    for (size_t k = 0; k < p->n && batch_signals == 0; k++) {
        if (p->worker[k].figure == IDLE) {
            size_t i = take(p);
            if (i == IDLE) {
                return;
            }
            give(p, &p->worker[k], i);
        }
    }
}

/* Put one more figure into the pipe of a worker that will soon be done with its own. */
static void queue(struct pool *p, struct batch_worker *w) {
    size_t i = take(p);
    if (i == IDLE) {
        return;
    }
    im_buf_clear(&p->request);
    batch_request(&p->request, figure(p, i));
    if (p->request.len <= QUEUED_BYTES &&
        im_fd_write(w->to, p->request.data, p->request.len) == 0) {
        w->queued = i;
    } else {
        p->back[p->back_n++] = i;
    }
}

/* Not near the end, where each figure is for the first worker that is free. */
static void hand_out_ahead(struct pool *p) {
    for (size_t k = 0; k < p->n && batch_signals == 0; k++) {
        struct batch_worker *w = &p->worker[k];
        if (w->figure != IDLE && w->queued == IDLE && w->took > 0 &&
            w->took < QUICK_S && w->served + 1 < SERVES && p->back_n == 0 &&
            p->source->left != NULL && p->source->left(p->source->self) > 2 * p->n) {
            queue(p, w);
        }
    }
}

static bool is_busy(const struct pool *p) {
    for (size_t k = 0; k < p->n; k++) {
        if (p->worker[k].figure != IDLE) {
            return true;
        }
    }
    return false;
}

static void wait_for_all(struct pool *p) {
    struct pollfd fd[MOST_WORKERS + 1];
    size_t who[MOST_WORKERS + 1], n = 0;
    for (size_t k = 0; k < p->n; k++) {
        if (p->worker[k].pid != NONE) {
            fd[n] = (struct pollfd){p->worker[k].from, POLLIN, 0};
            who[n++] = k;
        }
    }
    size_t workers = n;
    if (p->source->watch_fd >= 0 && p->more && batch_signals == 0) {
        fd[n++] = (struct pollfd){p->source->watch_fd, POLLIN, 0};
    }
    if (poll(fd, (nfds_t)n, TICK_MS) > 0) {
        for (size_t i = 0; i < workers; i++) {
            if (fd[i].revents != 0) {
                hear(p, &p->worker[who[i]]);
            }
        }
    }
    double now = batch_now();
    for (size_t k = 0; k < p->n; k++) {
        check_time(p, &p->worker[k], now);
    }
}

static void give_up(struct pool *p) {
    for (size_t k = 0; k < p->n; k++) {
        struct batch_worker *w = &p->worker[k];
        if (w->pid != NONE) {
            remove_worker(p, w);
        }
    }
}

static void handle_signals(void) {
    struct sigaction act = {.sa_handler = on_signal};
    sigemptyset(&act.sa_mask);
    sigaction(SIGINT, &act, NULL); // without SA_RESTART: poll must return
    sigaction(SIGTERM, &act, NULL);
    signal(SIGPIPE, SIG_IGN);
}

bool batch_pool(struct batch *b, const struct batch_source *source) {
    size_t n = (size_t)b->options->workers;
    struct pool p = {.b = b, .source = source, .more = true};
    p.n = n < MOST_WORKERS ? n : MOST_WORKERS;
    p.worker = im_alloc(b->arena, p.n, sizeof *p.worker);
    for (size_t k = 0; k < p.n; k++) {
        p.worker[k].figure = p.worker[k].queued = IDLE;
        p.worker[k].got = im_alloc(b->arena, BATCH_ANSWER_BYTES, 1);
    }
    b->crew = p.worker;
    b->crew_n = p.n;
    p.back = im_alloc(b->arena, p.n + 1, sizeof *p.back);
    im_buf_init(&p.request, b->arena, (size_t)64 << 20);
    handle_signals();
    for (;;) {
        hand_out(&p);
        hand_out_ahead(&p);
        source->tick(source->self);
        if (batch_signals > 1) {
            give_up(&p);
            return false;
        }
        bool none_left = !p.more && p.back_n == 0;
        if (!is_busy(&p) && (none_left || batch_signals > 0)) {
            break;
        }
        wait_for_all(&p);
    }
    for (size_t k = 0; k < p.n; k++) {
        batch_dismiss(&p.worker[k]);
    }
    return batch_signals == 0;
}
