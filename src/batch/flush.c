/*
 * What was written reaches the disk in a process of its own: a flush may take seconds
 * where disks are slow, and the workers must not wait for it.
 */
#include "base/file.h"
#include "batch/inside.h"
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NONE = 0 };

void batch_flush_start(struct batch_flush *f, struct batch *b) {
    f->last = batch_now();
    if (f->pid != NONE && waitpid(f->pid, NULL, WNOHANG) == 0) {
        return; // the disk is slow; what has come since goes with the next one
    }
    f->pid = fork();
    if (f->pid == 0) {
        signal(SIGINT, SIG_IGN); // the parent decides
        signal(SIGTERM, SIG_DFL);
        batch_crew_forget(b); // or a worker would not see the end of its pipe
        for (int fd = 0; fd <= 2; fd++) { // or whoever reads them would not see theirs
            close(fd);
        }
        im_disk_flush(b->options->dir);
        _exit(0);
    }
    if (f->pid < 0) {
        f->pid = NONE;
        im_disk_flush(b->options->dir);
    }
}

void batch_flush_end(struct batch_flush *f) {
    while (f->pid != NONE && batch_signals < 2 && waitpid(f->pid, NULL, 0) < 0 &&
           errno == EINTR) {
    }
    f->pid = NONE;
}
