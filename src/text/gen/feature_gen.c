/*
 * Prints feature_table.h from features.tsv: names of the bundled lines and waters in
 * the languages of its header row, sorted by the English ones. Stops the build at an
 * empty cell, a row too short or too long, or a name that stands twice.
 */
#include "text/gen/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LANGUAGES = 7, NAMES = 400, LINE = 1024 };

struct row {
    char *text[LANGUAGES]; /* English first */
};
static struct row rows[NAMES];
static size_t row_count;

/* Cuts a line at its tabs into as many cells as there are languages. */
static void cut(char *line, struct row *out) {
    char *at = line;
    for (int i = 0; i < LANGUAGES; i++) {
        size_t n = strcspn(at, "\t\n");
        if (n == 0 || (at[n] == '\t') != (i + 1 < LANGUAGES)) {
            gen_die("an empty cell, or too few or too many, in", line);
        }
        out->text[i] = calloc(n + 1, 1);
        if (out->text[i] == NULL) {
            gen_die("no memory for", line);
        }
        memcpy(out->text[i], at, n);
        at += n + 1;
    }
}

static int by_english(const void *a, const void *b) {
    return strcmp(((const struct row *)a)->text[0], ((const struct row *)b)->text[0]);
}

static void read_rows(const char *path) {
    char line[LINE];
    FILE *file = fopen(path, "r");
    if (!file) {
        gen_die("cannot read", path);
    }
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#') {
            continue;
        }
        if (row_count == NAMES || strchr(line, '\n') == NULL) {
            gen_die("no room for", line);
        }
        cut(line, &rows[row_count++]);
    }
    fclose(file);
}

static void print_row(const struct row *row, const char *end) {
    printf("    {");
    for (int i = 0; i < LANGUAGES; i++) {
        printf("%s\"", i ? ", " : "");
        gen_literal_print(row->text[i]);
        printf("\"");
    }
    printf("}%s\n", end);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        gen_die("usage", "feature_gen features.tsv");
    }
    read_rows(argv[1]);
    if (row_count < 2 || strcmp(rows[0].text[0], "en") != 0) {
        gen_die("no header row that begins with en in", argv[1]);
    }
    qsort(rows + 1, row_count - 1, sizeof *rows, by_english);
    printf("/* Generated from features.tsv. */\n"
           "static const char *const feature_language[%d] =\n",
           LANGUAGES);
    print_row(&rows[0], ";");
    printf("static const char *const feature_name[][%d] = {\n", LANGUAGES);
    for (size_t i = 1; i < row_count; i++) {
        if (i > 1 && strcmp(rows[i].text[0], rows[i - 1].text[0]) == 0) {
            gen_die("twice", rows[i].text[0]);
        }
        print_row(&rows[i], ",");
    }
    printf("};\n");
    return 0;
}
