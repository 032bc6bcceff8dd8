/* A library without calls in the place of libcurl, which libproj is linked with. */
#include "cli/offline.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folder of libraries of the installation, whole and below its prefix; empty in a
 * program that runs from its build folder. */
#ifndef INCMAP_LIBDIR
#define INCMAP_LIBDIR ""
#define INCMAP_LIBDIR_BELOW ""
#endif

enum { MOST = 4096 };

/* `name`, told from the folder `up` above the program's file; false when there is none.
 */
static bool beside_program(int up, const char *name, char out[MOST]) {
    char self[MOST];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    for (; length > 0 && up > 0; up--) {
        self[length] = '\0';
        char *slash = strrchr(self, '/');
        length = slash == NULL ? 0 : slash - self;
    }
    int n = length > 0 ? snprintf(out, MOST, "%.*s/%s", (int)length, self, name) : 0;
    return n > 0 && n < MOST;
}

/* May the file be run? Only as far as the program itself: its owner is the program's or
 * the system's, and not everybody may write it. */
static bool is_trusted(const char *path) {
    struct stat file, self;
    return stat(path, &file) == 0 && stat("/proc/self/exe", &self) == 0 &&
           S_ISREG(file.st_mode) && (file.st_uid == 0 || file.st_uid == self.st_uid) &&
           (file.st_mode & S_IWOTH) == 0;
}

void *cli_offline(void) {
    const bool installed = INCMAP_LIBDIR[0] != '\0';
    const char *beside =
        installed ? INCMAP_LIBDIR_BELOW "/incmap/offline.so" : "offline.so";
    const char *whole = INCMAP_LIBDIR "/incmap/offline.so";
    char path[MOST];
    // a staged or moved installation keeps to its own
    if (beside_program(installed ? 2 : 1, beside, path) && is_trusted(path)) {
        whole = path;
    } else if (!installed || !is_trusted(whole)) {
        return NULL;
    }
    return dlopen(whole, RTLD_NOW | RTLD_LOCAL);
}
