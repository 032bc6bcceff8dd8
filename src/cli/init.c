/*
 * init: a map file with every key, commented, that draws as it is. Written to a file it
 * gets a table of incidents beside it, the bundled example's, unless there is one; on
 * standard output it names the bundled table where it lies. Nothing is overwritten.
 */
#include "base/buf.h"
#include "base/file.h"
#include "cli/cli.h"
#include "init_table.h"
#include <string.h>

#define TABLE "incidents.csv"
#define EXAMPLE "examples/tovuz-2020/" TABLE

/* A path as a YAML value: quoted when it is more than a plain word. */
static const char *quoted(struct im_arena *arena, const char *path) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-";
    if (path[strspn(path, plain)] == '\0' && path[0] != '-') {
        return path;
    }
    struct im_buf b;
    im_buf_init(&b, arena, (size_t)1 << 20);
    im_buf_char(&b, '\'');
    for (; *path != '\0'; path++) {
        im_buf_str(&b, *path == '\'' ? "''" : (char[]){*path, '\0'});
    }
    im_buf_char(&b, '\'');
    return b.data;
}

/* The lines of the map file, which writes `picture`. For a table of the user's own,
 * what belongs to the example (title, extent, overlays) is commented: the map fits its
 * incidents. */
static struct im_buf map_text(struct im_arena *arena, const char *table,
                              const char *picture, bool own) {
    struct im_buf b;
    bool in_table = false;
    im_buf_init(&b, arena, (size_t)1 << 20);
    for (size_t i = 0; i < sizeof init_lines / sizeof *init_lines; i++) {
        const char *line = init_lines[i], *at = strstr(line, TABLE);
        if (line[0] == '#' || line[0] == '\0') {
            im_buf_fmt(&b, "%s\n", line);
            continue;
        }
        if (strncmp(line, "output:", 7) == 0) {
            im_buf_fmt(&b, "output: [%s]\n", quoted(arena, picture));
            continue;
        }
        in_table = line[0] == ' ' ? in_table : strncmp(line, "incidents:", 10) == 0;
        const char *mark = own && !in_table ? "#" : "";
        int n = at == NULL ? (int)strlen(line) : (int)(at - line);
        im_buf_fmt(&b, "%s%.*s%s\n", mark, n, line, at ? quoted(arena, table) : "");
    }
    return b;
}

static enum incmap_status write_table(struct im_arena *arena, const char *from,
                                      const char *to, struct incmap_error *err) {
    if (im_file_exists(to)) {
        return INCMAP_OK; // the user's own
    }
    struct im_bytes bytes;
    enum incmap_status s = im_file_map(arena, from, INCMAP_E_GEODATA, &bytes, err);
    return s == INCMAP_OK ? im_file_write(to, bytes.data, bytes.n, err) : s;
}

static int to_file(struct im_arena *arena, const char *file, const char *example) {
    struct incmap_error err = {.record = -1};
    const char *table = im_path_beside(arena, file, TABLE);
    if (im_file_exists(file)) {
        cli_usage("there is already a file", file, "nothing is overwritten");
        return INCMAP_E_OUTPUT;
    }
    bool own = im_file_exists(table);
    struct im_buf text =
        map_text(arena, TABLE, im_path_name(im_path_ext(arena, file, ".png")), own);
    enum incmap_status s = write_table(arena, example, table, &err);
    if (s == INCMAP_OK) {
        s = im_file_write(file, text.data, text.len, &err);
    }
    if (s != INCMAP_OK) {
        cli_error(&err);
        return (int)s;
    }
    const char *told = im_format(arena, "%s (a map file) and %s (%s)\n", file, table,
                                 own ? "which was there" : "an example");
    return cli_print(told, strlen(told));
}

int cli_init(struct im_arena *arena, const struct cli_line *line) {
    if (line->words > 1) {
        return cli_usage("more than one file:", line->word[1], "incmap init map.yaml");
    }
    const char *example = im_path_join(arena, cli_data_dir(arena, line), EXAMPLE);
    if (line->words == 1 && strcmp(line->word[0], "-") != 0) {
        return to_file(arena, line->word[0], example);
    }
    struct im_buf text = map_text(arena, example, "map.png", false);
    return cli_print(text.data, text.len);
}
