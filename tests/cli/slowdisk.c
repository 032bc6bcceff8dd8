/* A library to preload: a disk on which syncfs takes $SLOWDISK_S seconds, or one, and leaves the
 * files begun.PID and flushed.PID in $SLOWDISK, and which never gives a file the name slow.png. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void mark(const char *what) {
    char path[4096];
    const char *dir = getenv("SLOWDISK");
    snprintf(path, sizeof path, "%s/%s.%ld", dir == NULL ? "." : dir, what, (long)getpid());
    close(open(path, O_WRONLY | O_CREAT, 0666));
}

int syncfs(int fd) {
    (void)fd;
    mark("begun");
    const char *seconds = getenv("SLOWDISK_S");
    sleep(seconds == NULL ? 1 : (unsigned)atoi(seconds));
    mark("flushed");
    return 0;
}

int rename(const char *from, const char *to) {
    int (*next)(const char *, const char *);
    *(void **)&next = dlsym(RTLD_NEXT, "rename");
    while (strstr(to, "slow.png") != NULL) {
        sleep(60);
    }
    return next(from, to);
}
