/*
 * Writes what is told about the program from the program's own tables:
 *     manual page FOLDER TEMPLATE VERSION DATE    a manual page
 *     manual completion                           completion for bash
 *     manual start FOLDER                         the map file of `incmap init`, as C
 *     manual check FOLDER                         what the tables here lack or have too
 * much FOLDER is src/man.
 */
#include "man/gen/manual.h"
#include "base/num.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(const char *what, const char *name) {
    fprintf(stderr, "manual: %s %s\n", what, name);
    exit(1);
}

/* Memory that is kept to the end: what a row says is used everywhere. */
static void *keep(void *memory, const char *what) {
    static void *kept[64];
    static size_t n;
    if (memory == NULL || n == sizeof kept / sizeof *kept) {
        die("out of memory for", what);
    }
    return kept[n++] = memory;
}

static char *read_all(const char *path) {
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        die("cannot open", path);
    }
    size_t n = 0, cap = 1 << 20;
    char *text = keep(malloc(cap), path);
    if ((n = fread(text, 1, cap - 1, f)) == cap - 1 || ferror(f)) {
        die("cannot read", path);
    }
    text[n] = '\0';
    fclose(f);
    return text;
}

struct man_rows man_read(const char *path) {
    enum { MOST = 1000 };
    struct man_rows rows = {keep(calloc(MOST, sizeof *rows.row), path), 0};
    for (char *line = read_all(path); line != NULL && *line != '\0' && rows.n < MOST;) {
        char *end = strchr(line, '\n');
        if (end != NULL) {
            *end++ = '\0';
        }
        char **cell = rows.row[rows.n];
        for (int i = 0; i < MAN_CELLS; i++) {
            char *tab = line == NULL ? NULL : strchr(line, '\t');
            cell[i] = line == NULL ? "" : line;
            if (tab != NULL && i < MAN_CELLS - 1) {
                *tab++ = '\0';
            }
            line = tab;
        }
        rows.n += cell[0][0] != '#' && cell[0][0] != '\0';
        line = end;
    }
    return rows;
}

char **man_find(const struct man_rows *rows, const char *key) {
    for (size_t i = 0; i < rows->n; i++) {
        if (strcmp(rows->row[i][0], key) == 0) {
            return rows->row[i];
        }
    }
    return NULL;
}

static void visit_table(const struct read_table *table, const char *above, int depth,
                        man_visit *visit, void *self) {
    for (size_t i = 0; i < table->n; i++) {
        const struct read_key *key = &table->key[i];
        char path[200];
        if (key->kind == READ_NOT_YET || key->kind == READ_NOT_YET_ON) {
            continue;
        }
        int n = snprintf(path, sizeof path, "%s%s%s", above, above[0] ? "." : "",
                         key->name);
        if (n < 0 || n >= (int)sizeof path) {
            abort(); // a longer key than any
        }
        visit(key, path, depth, self);
        if (key->sub != NULL) {
            visit_table(key->sub, path, depth + 1, visit, self);
        }
    }
}

void man_keys(man_visit *visit, void *self) {
    visit_table(&read_root, "", 0, visit, self);
}

void man_style_value(const struct lay_style_key *key, char out[MAN_STYLE]) {
    bool opaque = (key->colour[0] & 0xFF) == 0xFF;
    if (!key->is_colour) {
        im_num_write(out, key->number[0], 6);
    } else {
        snprintf(out, MAN_STYLE, opaque ? "#%06X" : "#%08X",
                 (unsigned)(opaque ? key->colour[0] >> 8 : key->colour[0]));
    }
}

int main(int argc, char **argv) {
    const char *mode = argc > 1 ? argv[1] : "";
    if (strcmp(mode, "page") == 0 && argc == 6) {
        man_page(argv[2], argv[3], argv[4], argv[5]);
    } else if (strcmp(mode, "completion") == 0 && argc == 2) {
        man_completion();
    } else if (strcmp(mode, "start") == 0 && argc == 3) {
        man_start(argv[2]);
    } else if (strcmp(mode, "check") == 0 && argc == 3) {
        return man_check(argv[2]) > 0;
    } else {
        die("unknown request", mode);
    }
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
