/*
 * The map file of `incmap init`, as the lines of a C table. What the example needs
 * (column 3 of keys.tsv) stands open; every other key is commented, with its default:
 * "#" in the first column, then the line as it would stand. Words stand after "# ",
 * which is as far in as the key they tell of.
 */
#include "layout/style.h"
#include "man/gen/manual.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 88 };

static void put_line(const char *line) {
    fputs("    \"", stdout);
    for (; *line != '\0'; line++) {
        if (*line == '"' || *line == '\\') {
            putchar('\\');
        }
        putchar(*line);
    }
    puts("\",");
}

/* Words of a comment, wrapped. */
static void put_words(int indent, const char *text) {
    char line[WIDTH + 200];
    snprintf(line, sizeof line, "%*s#", indent, "");
    while (*text != '\0') {
        size_t n = strcspn(text, " ");
        if (strlen(line) + 1 + n > WIDTH) {
            put_line(line);
            snprintf(line, sizeof line, "%*s#", indent, "");
        }
        snprintf(line + strlen(line), sizeof line - strlen(line), " %.*s", (int)n,
                 text);
        text += n;
        text += strspn(text, " ");
    }
    put_line(line);
}

struct start {
    struct man_rows rows;
    bool list_starts; /* the next key is the first of a list's entry */
    bool in_list;
};

/* Does a key, or one below it, stand open? */
static bool is_open(const struct man_rows *rows, const char *path) {
    size_t n = strlen(path);
    for (size_t i = 0; i < rows->n; i++) {
        bool below = strncmp(rows->row[i][0], path, n) == 0 &&
                     (rows->row[i][0][n] == '\0' || rows->row[i][0][n] == '.');
        if (below && rows->row[i][2][0] != '\0') {
            return true;
        }
    }
    return false;
}

/* One key of style{}, with the value of the first theme. */
static void put_style(const struct lay_style_key *k) {
    char line[WIDTH + 200], value[MAN_STYLE + 4];
    man_style_value(k, value + k->is_colour);
    if (k->is_colour) {
        value[0] = '"';
        strcat(value, "\"");
    }
    snprintf(line, sizeof line, "#  %s: %s", k->name, value);
    size_t n = strlen(line);
    snprintf(line + n, sizeof line - n, "%*s # %s", n < 36 ? (int)(36 - n) : 0, "",
             k->meaning);
    put_line(line);
}

static void put_told(int indent, char **row) {
    char text[1000];
    snprintf(text, sizeof text, "%s%s%.*s%s", row[3],
             row[1][0] == '(' ? " Default: " : "",
             row[1][0] == '(' ? (int)strlen(row[1]) - 2 : 0,
             row[1] + (row[1][0] == '('), row[1][0] == '(' ? "." : "");
    put_words(indent, text);
}

static void put_key(const struct read_key *key, const char *path, int depth,
                    void *self) {
    struct start *s = self;
    char **row = man_find(&s->rows, path);
    static char *none[MAN_CELLS] = {"", "", "", "(not described)"};
    row = row != NULL ? row : none;
    if (depth == 0) {
        put_line("");
        s->in_list = key->kind == READ_LIST;
        s->list_starts = s->in_list;
    }
    bool open = is_open(&s->rows, path), item = depth > 0 && s->in_list;
    int indent = 2 * depth + (item && !s->list_starts ? 2 : 0);
    put_told(item && s->list_starts ? indent + 2 : indent, row);
    const char *value = row[2][0] != '\0' ? row[2] : row[1][0] == '(' ? "" : row[1];
    char line[400];
    snprintf(line, sizeof line, "%s%*s%s%s:%s%s", open ? "" : "#", indent, "",
             item && s->list_starts ? "- " : "", key->name, value[0] ? " " : "", value);
    put_line(line);
    s->list_starts = s->list_starts && depth == 0;
    for (size_t i = 0; key->kind == READ_STYLE && i < lay_style_key_count; i++) {
        put_style(&lay_style_keys[i]);
    }
}

void man_start(const char *folder) {
    char path[1000];
    snprintf(path, sizeof path, "%s/keys.tsv", folder);
    struct start s = {.rows = man_read(path)};
    puts("/* Made by src/man/gen from keys.tsv and the tables of keys. */");
    puts("static const char *const init_lines[] = {");
    put_words(0, "A map file of incmap: `incmap render FILE` draws it.");
    put_words(0,
              "Lines that begin with # and a key show its default; take the # away to "
              "change it. All keys: man incmap-map.");
    man_keys(put_key, &s);
    puts("};");
}
