#include "base/file.h"
#include <string.h>

char *im_path_join(struct im_arena *arena, const char *dir, const char *name) {
    size_t d = strlen(dir);
    while (d > 1 && dir[d - 1] == '/') {
        d--;
    }
    size_t n = strlen(name);
    bool slash = d > 0 && dir[d - 1] != '/';
    char *path = im_alloc(arena, d + slash + n + 1, 1);
    memcpy(path, dir, d);
    if (slash) {
        path[d] = '/';
    }
    memcpy(path + d + slash, name, n);
    return path;
}

char *im_path_beside(struct im_arena *arena, const char *base, const char *name) {
    const char *slash = base == NULL ? NULL : strrchr(base, '/');
    if (slash == NULL || name[0] == '/') {
        return im_strdup(arena, name);
    }
    size_t dir = (size_t)(slash - base) + 1;
    return im_path_join(arena, im_strndup(arena, base, dir), name);
}

const char *im_path_name(const char *path) {
    const char *slash = path == NULL ? NULL : strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

bool im_path_ends(const char *path, const char *ending) {
    size_t n = strlen(path), m = strlen(ending);
    return n >= m && strcmp(path + n - m, ending) == 0;
}

char *im_path_ext(struct im_arena *arena, const char *path, const char *ext) {
    const char *slash = strrchr(path, '/');
    const char *last = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(last, '.');
    size_t stem = dot == NULL || dot == last ? strlen(path) : (size_t)(dot - path);
    size_t n = strlen(ext);
    bool add_dot = n > 0 && ext[0] != '.';
    char *out = im_alloc(arena, stem + add_dot + n + 1, 1);
    memcpy(out, path, stem);
    if (add_dot) {
        out[stem] = '.';
    }
    memcpy(out + stem + add_dot, ext, n);
    return out;
}
