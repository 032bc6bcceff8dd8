/* Where the bundled data are. */
#include "base/file.h"
#include "cli/cli.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The folder of the installation; empty in a program that runs from its build folder.
 */
#ifndef INCMAP_DATADIR
#define INCMAP_DATADIR ""
#endif

static bool is_data(struct im_arena *arena, const char *dir) {
    return im_file_exists(im_path_join(arena, dir, "units.tsv"));
}

/* The first of the folders, named from the program's own, that holds the data. */
static const char *beside_program(struct im_arena *arena, const char *const *relative) {
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n <= 0) {
        return NULL;
    }
    self[n] = '\0';
    char *slash = strrchr(self, '/');
    if (slash == NULL) {
        return NULL;
    }
    *slash = '\0';
    for (; *relative != NULL; relative++) {
        const char *dir = im_path_join(arena, self, *relative);
        if (is_data(arena, dir)) {
            return dir;
        }
    }
    return NULL;
}

const char *cli_data_dir(struct im_arena *arena, const struct cli_line *line) {
    static const char *const in_tree[] = {"../geodata", "../../geodata", NULL};
    static const char *const moved[] = {"../share/incmap/geodata", NULL};
    const bool installed = INCMAP_DATADIR[0] != '\0';
    const char *dir = cli_get(line, "data");
    if (dir == NULL) {
        dir = getenv("INCMAP_DATA");
    }
    if (dir != NULL && dir[0] != '\0') {
        return dir;
    }
    // a staged or moved installation keeps to its own data
    dir = beside_program(arena, installed ? moved : in_tree);
    if (dir != NULL) {
        return dir;
    }
    return installed ? INCMAP_DATADIR : "geodata";
}
