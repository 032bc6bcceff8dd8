/* Worker processes come and go. */
#include "batch/inside.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NONE = 0 };
#define IDLE SIZE_MAX

static void close_pipes(struct batch_worker *w) {
    if (w->to >= 0) {
        close(w->to);
    }
    close(w->from);
    w->to = w->from = -1;
}

static void wait_for(pid_t pid, int *status) {
    int ignored;
    while (waitpid(pid, status != NULL ? status : &ignored, 0) < 0 && errno == EINTR) {
    }
}

void batch_bury(struct batch_worker *w, bool kill_it, int *status) {
    if (kill_it) {
        kill(w->pid, SIGKILL);
    }
    wait_for(w->pid, status);
    close_pipes(w);
    w->pid = NONE;
    w->figure = IDLE;
    w->got_n = 0;
}

void batch_crew_forget(struct batch *b) {
    for (size_t k = 0; k < b->crew_n; k++) {
        if (b->crew[k].pid != NONE) {
            close_pipes(&b->crew[k]);
        }
    }
}

/* The child's side of hiring: never returns. */
_Noreturn static void start(struct batch *b, const int to[2], const int from[2]) {
    batch_crew_forget(b); // or their pipes would never close
    close(to[1]);
    close(from[0]);
    batch_worker_main(b, to[0], from[1]);
}

bool batch_hire(struct batch *b, struct batch_worker *w) {
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
        start(b, to, from);
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
    w->figure = w->queued = IDLE;
    w->served = 0;
    w->took = 0;
    w->got_n = 0;
    return true;
}

void batch_dismiss(struct batch_worker *w) {
    if (w->pid != NONE && w->to >= 0) {
        close(w->to); // it reads the end, and goes
        w->to = -1;
    }
}

void batch_crew_end(struct batch *b) {
    for (size_t k = 0; k < b->crew_n; k++) {
        if (b->crew[k].pid != NONE) {
            batch_bury(&b->crew[k], false, NULL);
        }
    }
}
