/* Rows that the tables of src/man lack, and rows that nothing in the program has. */
#include "man/gen/manual.h"
#include "read/columns.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct checking {
    struct man_rows rows;
    bool *used;
    const char *file;
    int wrong;
};

static struct checking begin(const char *folder, const char *file) {
    char path[1000];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    struct checking c = {.rows = man_read(path), .file = file};
    c.used = calloc(c.rows.n + 1, sizeof *c.used);
    if (c.used == NULL) {
        exit(1);
    }
    return c;
}

static void need(struct checking *c, const char *name) {
    char **row = man_find(&c->rows, name);
    if (row == NULL) {
        fprintf(stderr, "src/man/%s: describe '%s' in a row\n", c->file, name);
        c->wrong++;
        return;
    }
    c->used[(size_t)((char *(*)[MAN_CELLS])row - c->rows.row)] = true;
}

static int end(struct checking *c) {
    for (size_t i = 0; i < c->rows.n; i++) {
        if (!c->used[i]) {
            fprintf(stderr, "src/man/%s: nothing is called '%s'\n", c->file,
                    c->rows.row[i][0]);
            c->wrong++;
        }
    }
    free(c->used);
    return c->wrong;
}

static void need_key(const struct read_key *key, const char *path, int depth,
                     void *self) {
    (void)key;
    (void)depth;
    need(self, path);
}

int man_check(const char *folder) {
    struct checking keys = begin(folder, "keys.tsv");
    man_keys(need_key, &keys);
    struct checking columns = begin(folder, "columns.tsv");
    for (int c = 0; c < READ_COLUMN_COUNT; c++) {
        need(&columns, read_column_name((enum read_column)c));
    }
    return end(&keys) + end(&columns);
}
