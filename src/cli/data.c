/* Where the bundled data are. */
#include "base/buf.h"
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

/* `path` with its last n names cut off; false when it has fewer. */
static bool go_up(char *path, int n) {
    for (; n > 0; n--) {
        char *slash = strrchr(path, '/');
        if (slash == NULL) {
            return false;
        }
        *slash = '\0';
    }
    return true;
}

struct beside {
    int up; /* folders above the program's file */
    const char *name;
};

/* The first of n folders, told from the program's own place, that holds the data. */
static const char *beside_program(struct im_arena *arena, const struct beside *folder,
                                  size_t n) {
    char self[4096];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    for (size_t i = 0; length > 0 && i < n; i++) {
        self[length] = '\0';
        char *top = im_strdup(arena, self);
        if (go_up(top, folder[i].up)) {
            const char *dir = im_format(arena, "%s/%s", top, folder[i].name);
            if (is_data(arena, dir)) {
                return dir;
            }
        }
    }
    return NULL;
}

const char *cli_data_dir(struct im_arena *arena, const struct cli_line *line) {
    static const struct beside in_tree[] = {{2, "geodata"}, {3, "geodata"}};
    static const struct beside moved[] = {{2, "share/incmap/geodata"}};
    const bool installed = INCMAP_DATADIR[0] != '\0';
    const char *dir = cli_get(line, "data");
    if (dir == NULL) {
        dir = getenv("INCMAP_DATA");
    }
    if (dir != NULL && dir[0] != '\0') {
        return dir;
    }
    // a staged or moved installation keeps to its own data
    dir = installed ? beside_program(arena, moved, sizeof moved / sizeof *moved)
                    : beside_program(arena, in_tree, sizeof in_tree / sizeof *in_tree);
    if (dir != NULL) {
        return dir;
    }
    return installed ? INCMAP_DATADIR : "geodata";
}

static const char *cache_dir(struct im_arena *arena) {
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (cache != NULL && cache[0] == '/') { // the specification ignores others
        return im_format(arena, "%s/incmap", cache);
    }
    return home != NULL && home[0] == '/' ? im_format(arena, "%s/.cache/incmap", home)
                                          : NULL;
}

enum incmap_status cli_open_atlas(struct im_arena *arena, const struct cli_line *line,
                                  const char *font_dir, struct incmap_atlas **out,
                                  struct incmap_error *err) {
    enum incmap_status s =
        incmap_atlas_open(cli_data_dir(arena, line), font_dir, out, err);
    if (s == INCMAP_OK) {
        incmap_atlas_cache(*out, cache_dir(arena));
    }
    return s;
}
