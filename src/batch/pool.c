/*
 * The pool: as many worker processes as asked for, each with one figure in hand. One
 * that crashes, hangs or runs out of memory costs its figure only, which is tried once
 * more in a fresh worker.
 */
#include "base/file.h"
#include "batch/inside.h"
#include <errno.h>
#include <fcntl.h>
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
    bool more; /* the source may have more */
    struct im_buf request;
};

/* 1. Workers come and go. */

static void close_pipes(struct batch_worker *w) {
    close(w->to);
    close(w->from);
    w->to = w->from = -1;
}

static void bury(struct batch_worker *w, bool kill_it, int *status) {
    int ignored;
    if (kill_it) {
        kill(w->pid, SIGKILL);
    }
    while (waitpid(w->pid, status != NULL ? status : &ignored, 0) < 0 &&
           errno == EINTR) {
    }
    close_pipes(w);
    w->pid = NONE;
    w->figure = IDLE;
    w->got_n = 0;
}

/* False when the system has no more processes or pipes. */
static bool hire(struct pool *p, struct batch_worker *w) {
    int to[2], from[2];
    if (pipe(to) != 0) {
        return false;
    }
    if (pipe(from) != 0) {
        close(to[0]);
        close(to[1]);
        return false;
    }
    pid_t pid = fork();
    if (pid == 0) {
        for (size_t i = 0; i < p->n; i++) { // or their pipes would never close
            if (p->worker[i].pid != NONE) {
                close_pipes(&p->worker[i]);
            }
        }
        close(to[1]);
        close(from[0]);
        batch_worker_main(p->b, to[0], from[1]);
    }
    close(to[0]);
    close(from[1]);
    w->to = to[1];
    w->from = from[0];
    fcntl(w->to, F_SETFD, FD_CLOEXEC);
    fcntl(w->from, F_SETFD, FD_CLOEXEC);
    if (pid < 0) {
        close_pipes(w);
        return false;
    }
    w->pid = pid;
    w->figure = IDLE;
    w->served = 0;
    w->got_n = 0;
    return true;
}

/* 2. Figures go out and come back. */

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

static bool send(struct pool *p, struct batch_worker *w, size_t i) {
    w->figure = i;
    w->since = batch_now();
    figure(p, i)->tries++;
    im_buf_clear(&p->request);
    batch_request(&p->request, figure(p, i));
    return im_fd_write(w->to, p->request.data, p->request.len) == 0;
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
        if (hire(p, w) && send(p, w, i)) {
            return;
        }
        if (w->pid != NONE) {
            bury(w, true, NULL);
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
        bury(w, false, &status);
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
    if (answer.status == INCMAP_E_LIMIT) { // once more where memory is fresh
        bury(w, true, NULL);
        w->figure = i;
        w->since = since;
        lose(p, w, answer.error.message, INCMAP_E_LIMIT);
        return;
    }
    finish(p, i, answer.status, &answer.error, since);
}

static void check_time(struct pool *p, struct batch_worker *w, double now) {
    double most = p->b->options->timeout_s;
    if (w->figure == IDLE || most <= 0 || now - w->since < most) {
        return;
    }
    size_t i = w->figure;
    double since = w->since;
    bury(w, true, NULL);
    w->figure = i;
    w->since = since;
    lose(p, w, im_format(p->b->arena, "not finished within %g seconds", most),
         INCMAP_E_LIMIT);
}

/* 3. The loop. */

static void send_home(struct batch_worker *w) {
    close(w->to); // it reads the end, and goes
    while (waitpid(w->pid, NULL, 0) < 0 && errno == EINTR) {
    }
    close(w->from);
    w->pid = NONE;
}

/* Give work to whoever has none. */
static void hand_out(struct pool *p) {
    for (size_t k = 0; k < p->n && p->more && batch_signals == 0; k++) {
        struct batch_worker *w = &p->worker[k];
        if (w->figure != IDLE) {
            continue;
        }
        size_t i = p->source->next(p->source->self, &p->more);
        if (i == IDLE) {
            return;
        }
        if (w->pid != NONE && w->served >= SERVES) {
            send_home(w);
        }
        if ((w->pid == NONE && !hire(p, w)) || !send(p, w, i)) {
            if (w->pid != NONE) {
                bury(w, true, NULL);
            }
            w->figure = i;
            w->since = batch_now();
            lose(p, w, "no worker process could be started", INCMAP_E_LIMIT);
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
            bury(w, true, NULL);
        }
    }
}

static void dismiss(struct pool *p) {
    for (size_t k = 0; k < p->n; k++) {
        if (p->worker[k].pid != NONE) {
            send_home(&p->worker[k]);
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
        p.worker[k].figure = IDLE;
        p.worker[k].got = im_alloc(b->arena, BATCH_ANSWER_BYTES, 1);
    }
    im_buf_init(&p.request, b->arena, (size_t)64 << 20);
    handle_signals();
    for (;;) {
        hand_out(&p);
        source->tick(source->self);
        if (batch_signals > 1) {
            give_up(&p);
            return false;
        }
        if (!is_busy(&p) && (!p.more || batch_signals > 0)) {
            break;
        }
        wait_for_all(&p);
    }
    dismiss(&p);
    return batch_signals == 0;
}
