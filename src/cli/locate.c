/* locate: one answer a name; exit 5 when any is not sure. */
#include "base/buf.h"
#include "base/file.h"
#include "base/num.h"
#include "cli/cli.h"
#include <stdlib.h>
#include <string.h>

struct names {
    const char **v;
    size_t n, cap;
};

/* Names from a file or standard input, one a line; blank lines are left out. */
static enum incmap_status read_names(struct im_arena *arena, const char *path,
                                     struct names *names, struct incmap_error *err) {
    struct im_bytes bytes = {NULL, 0};
    enum incmap_status s = strcmp(path, "-") == 0
                               ? im_fd_read(arena, 0, "standard input", &bytes, err)
                               : im_file_map(arena, path, INCMAP_E_INPUT, &bytes, err);
    if (s != INCMAP_OK) {
        return s;
    }
    size_t at = bytes.n >= 3 && memcmp(bytes.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < bytes.n) {
        const char *end = memchr(bytes.data + at, '\n', bytes.n - at);
        size_t len = (end ? (size_t)(end - bytes.data) : bytes.n) - at;
        size_t keep = len;
        while (keep > 0 && strchr(" \t\r", bytes.data[at + keep - 1])) {
            keep--;
        }
        if (keep > 0) {
            IM_PUSH(arena, names->v, names->n, names->cap,
                    im_strndup(arena, bytes.data + at, keep));
        }
        at += len + 1;
    }
    return INCMAP_OK;
}

static bool parse_format(const char *text, enum incmap_format *out) {
    static const char *const known[] = {"table", "tsv", "json"};
    for (size_t i = 0; text != NULL && i < 3; i++) {
        if (strcmp(text, known[i]) == 0) {
            *out = (enum incmap_format)i;
            return true;
        }
    }
    if (text == NULL) {
        *out = INCMAP_TABLE;
        return true;
    }
    cli_usage("unknown format", text, "table, tsv or json");
    return false;
}

static bool parse_limit(const char *text, size_t *out) {
    int64_t v = 0;
    if (text != NULL && (!im_int_parse(text, strlen(text), &v) || v < 1 || v > 1000)) {
        cli_usage("--limit needs a number from 1 to 1000, not", text, "--limit 5");
        return false;
    }
    *out = (size_t)v;
    return true;
}

static enum incmap_status answer(struct incmap_locator *locator,
                                 const struct names *names, struct incmap_query query,
                                 enum incmap_format format, struct incmap_error *err) {
    bool all = true;
    for (size_t i = 0; i < names->n; i++) {
        int found = 0;
        query.name = names->v[i];
        enum incmap_status s = incmap_locate(locator, &query, format, &found, err);
        if (s != INCMAP_OK) {
            return s;
        }
        all = all && found;
    }
    size_t n = 0;
    const char *text = incmap_locator_text(locator, &n);
    enum incmap_status s = (enum incmap_status)cli_print(text, n);
    return s != INCMAP_OK || all ? s : INCMAP_E_PLACE;
}

static enum incmap_status open_locator(struct im_arena *arena,
                                       const struct cli_line *line,
                                       const struct incmap_atlas *atlas,
                                       struct incmap_locator **out,
                                       struct incmap_error *err) {
    struct names files = {0};
    for (size_t i = 0; i < line->n; i++) {
        if (strcmp(line->value[i].option->name, "gazetteer") == 0) {
            IM_PUSH(arena, files.v, files.n, files.cap, line->value[i].text);
        }
    }
    return incmap_locator_new(atlas, files.v, files.n, out, err);
}

static int locate(struct im_arena *arena, const struct cli_line *line,
                  const struct names *names, enum incmap_format format) {
    struct incmap_query query = {.country = cli_get(line, "country"),
                                 .kind = cli_get(line, "kind"),
                                 .as_of = cli_get(line, "as-of"),
                                 .near = cli_get(line, "near")};
    if (!parse_limit(cli_get(line, "limit"), &query.limit)) {
        return INCMAP_E_USAGE;
    }
    struct incmap_error err = {.record = -1};
    struct incmap_atlas *atlas = NULL;
    struct incmap_locator *locator = NULL;
    enum incmap_status s =
        incmap_atlas_open(cli_data_dir(arena, line), NULL, &atlas, &err);
    if (s == INCMAP_OK) {
        s = open_locator(arena, line, atlas, &locator, &err);
    }
    size_t warnings = 0;
    for (size_t i = 0; locator && i < incmap_locator_finding_count(locator); i++) {
        struct incmap_finding f = incmap_locator_finding(locator, i);
        warnings += f.severity != INCMAP_NOTE;
        if (!cli_has(line, "quiet")) {
            cli_finding(&f);
        }
    }
    if (s == INCMAP_OK && warnings > 0 && cli_has(line, "strict")) {
        s = INCMAP_E_STRICT;
    }
    if (s == INCMAP_OK) {
        s = answer(locator, names, query, format, &err);
    }
    if (err.message[0] != '\0') {
        cli_error(&err);
    }
    incmap_locator_free(locator);
    incmap_atlas_close(atlas);
    return (int)s;
}

int cli_locate(struct im_arena *arena, const struct cli_line *line) {
    struct names names = {0};
    enum incmap_format format;
    for (size_t i = 0; i < line->words; i++) {
        IM_PUSH(arena, names.v, names.n, names.cap, line->word[i]);
    }
    if (!parse_format(cli_get(line, "format"), &format)) {
        return INCMAP_E_USAGE;
    }
    struct incmap_error err = {.record = -1};
    const char *file = cli_get(line, "file");
    if (file != NULL && read_names(arena, file, &names, &err) != INCMAP_OK) {
        cli_error(&err);
        return (int)err.status;
    }
    if (names.n == 0) {
        return cli_usage("no name given to", "locate",
                         "incmap locate Tovuz, or -f FILE");
    }
    return locate(arena, line, &names, format);
}
