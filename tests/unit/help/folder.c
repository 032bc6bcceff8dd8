#include "help/folder.h"
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATHS = 64, PATH = 400 };

char folder[64];
static char paths[PATHS][PATH];
static size_t path_count;

int folder_make(void) {
    strcpy(folder, "/tmp/incmap-test-XXXXXX");
    path_count = 0;
    return mkdtemp(folder) == NULL;
}

int folder_remove(void) {
    DIR *all = opendir(folder);
    for (struct dirent *e; all != NULL && (e = readdir(all)) != NULL;) {
        unlinkat(dirfd(all), e->d_name, 0);
    }
    if (all != NULL) {
        closedir(all);
    }
    return rmdir(folder);
}

const char *in_folder(const char *name) {
    char path[PATH];
    size_t i = 0;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    while (i < path_count && strcmp(paths[i], path) != 0) {
        i++;
    }
    assert_true(i < PATHS);
    path_count += i == path_count;
    return strcpy(paths[i], path);
}

void folder_put(const char *name, const char *text) {
    folder_put_bytes(name, text, strlen(text));
}

void folder_put_bytes(const char *name, const void *data, size_t n) {
    FILE *file = fopen(in_folder(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
}
