/*
 * File names of figures. They are made from what the jobs say, never from their order;
 * what stands in for a {column} cannot lead out of its folder; two names that some file
 * system takes for one are told apart by a digest of their jobs.
 */
#include "base/digest.h"
#include "base/file.h"
#include "base/utf8.h"
#include "batch/inside.h"
#include <stdlib.h>
#include <string.h>

enum { LONGEST_PART = 180, LONGEST_STEM = 80, MARK = 8 };

char *batch_stem(struct im_arena *arena, const char *text, size_t longest) {
    char *out = im_alloc(arena, longest + 1, 1);
    (void)incmap_file_name(text, out, longest + 1);
    return out;
}

/* A cell as part of a file name. */
static struct batch_row plain_row(struct batch *b, const struct batch_row *row) {
    struct batch_row plain = *row;
    plain.cell = im_alloc(b->arena, row->cells, sizeof *plain.cell);
    for (size_t i = 0; i < row->cells; i++) {
        plain.cell[i] = row->cell[i] != NULL
                            ? batch_stem(b->arena, row->cell[i], LONGEST_STEM)
                            : NULL;
    }
    return plain;
}

/* What is wrong with one part of a path; NULL = nothing. */
static const char *fault_of(const char *part, size_t n) {
    if (n == 0) {
        return "a part of the path is empty";
    }
    if (part[0] == '.') {
        return "a part of the path begins with a dot";
    }
    if (n > LONGEST_PART) {
        return "a part of the path is too long";
    }
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t cp = im_utf8_next(part + i, n - i, &used);
        if (im_utf8_is_control(cp) || (cp < 0x80 && strchr("\\:*?\"<>|", (int)cp))) {
            return "a character that not every file system can store";
        }
    }
    return NULL;
}

static const char *fault_of_path(const char *path) {
    static const char *const formats[] = {"png", "svg", "pdf"};
    const char *dot = strrchr(im_path_name(path), '.');
    if (path[0] == '/') {
        return "the path does not stay in the folder of the figures";
    }
    for (const char *part = path; part != NULL;) {
        const char *slash = strchr(part, '/');
        size_t n = slash != NULL ? (size_t)(slash - part) : strlen(part);
        const char *fault = fault_of(part, n);
        if (fault != NULL) {
            return fault;
        }
        part = slash != NULL ? slash + 1 : NULL;
    }
    for (size_t i = 0; dot != NULL && i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(dot + 1, formats[i]) == 0) {
            return NULL;
        }
    }
    return "the format is none of .png, .svg and .pdf";
}

struct naming {
    struct batch *b;
    struct batch_figure *f;
    struct batch_row plain;
    size_t cap;
    struct incmap_error *err;
};

static bool add_output(struct naming *n, const char *template) {
    const char *bad = NULL;
    const char *path = batch_fill(n->b, template, &n->plain, &bad);
    const char *fault = bad == NULL ? fault_of_path(path) : NULL;
    struct im_where at = IM_AT(n->b->rows.file, n->f->line, 0);
    if (bad != NULL) {
        (void)im_fail(n->err, INCMAP_E_USAGE, at,
                      "output '%s': there is no column '%s'", template, bad);
        return false;
    }
    if (fault != NULL) {
        (void)im_fail(n->err, INCMAP_E_USAGE, at, "output '%s': %s", path, fault);
        return false;
    }
    for (size_t i = 0; i < n->f->outputs; i++) {
        if (strcmp(n->f->output[i], path) == 0) {
            return true;
        }
    }
    IM_PUSH(n->b->arena, n->f->output, n->f->outputs, n->cap, path);
    return true;
}

/* "a.png", "a.png b.svg" without blanks in names, or a list in brackets. */
static bool add_list(struct naming *n, const char *text) {
    if (text[0] != '[') {
        return add_output(n, text);
    }
    for (const char *p = text + 1; *p != '\0' && *p != ']';) {
        p += strspn(p, " ,\"'");
        size_t length = strcspn(p, ",]\"'");
        const char *end = p + length;
        while (length > 0 && p[length - 1] == ' ') {
            length--;
        }
        if (length > 0 && !add_output(n, im_strndup(n->b->arena, p, length))) {
            return false;
        }
        p = end + (*end == '"' || *end == '\'');
        p += strspn(p, " ");
    }
    return true;
}

/* Files of a figure whose job names none: its name with each format. */
static bool add_derived(struct naming *n, const char *formats) {
    struct batch *b = n->b;
    const struct batch_options *o = b->options;
    const char *stem = batch_stem(b->arena, n->f->name, LONGEST_STEM);
    stem = stem[0] != '\0' ? stem : "figure";
    for (const char *p = formats; *p != '\0';) {
        p += strspn(p, " ,[]\"'.");
        size_t length = strcspn(p, " ,[]\"'");
        if (length > 0 &&
            !add_output(n, im_format(b->arena, "%s.%.*s", stem, (int)length, p))) {
            return false;
        }
        p += length;
    }
    for (size_t i = 0; formats[0] == '\0' && i < o->format_count; i++) {
        if (!add_output(n, im_format(b->arena, "%s.%s", stem, o->formats[i]))) {
            return false;
        }
    }
    return n->f->outputs > 0 || add_output(n, im_format(b->arena, "%s.png", stem));
}

/* The map file's own output[], relative to it, when it can name each figure. */
static bool add_from_map(struct naming *n) {
    struct batch *b = n->b;
    struct incmap_job *map = b->map[n->f->map];
    size_t folder = 0;
    if (b->options->map_count > 0) {
        const char *file = b->options->maps[n->f->map];
        folder = (size_t)(im_path_name(file) - file);
    }
    bool one = b->rows.n == 1 && b->rows.columns == 0;
    for (size_t i = 0; i < incmap_job_output_count(map); i++) {
        const char *path = incmap_job_output(map, i) + folder;
        if ((one || strchr(path, '{') != NULL) && !add_output(n, path)) {
            return false;
        }
    }
    return true;
}

bool batch_outputs_of(struct batch *b, struct batch_figure *f,
                      const struct batch_row *row, struct incmap_error *err) {
    struct naming n = {b, f, plain_row(b, row), 0, err};
    const char *own = NULL, *formats = "";
    for (size_t i = 0; i < b->rows.columns; i++) {
        if (strcmp(b->rows.column[i], "output") == 0 && batch_cell(row, i)[0] != '\0') {
            own = batch_cell(row, i);
        }
        formats =
            strcmp(b->rows.column[i], "format") == 0 ? batch_cell(row, i) : formats;
    }
    f->named = true;
    if (own != NULL) {
        return add_list(&n, own);
    }
    if (formats[0] == '\0' && b->options->format_count == 0 && !add_from_map(&n)) {
        return false;
    }
    f->named = f->outputs > 0;
    return f->outputs > 0 || add_derived(&n, formats);
}

/* Collisions. */

struct claim {
    const char *key; /* the same for paths that may be one file */
    const char *path;
    size_t figure, output;
};

static int by_key(const void *a, const void *b) {
    const struct claim *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order != 0 ? order : (x->figure > y->figure) - (x->figure < y->figure);
}

static const char *digest_of_job(struct batch *b, const struct batch_figure *f) {
    struct im_buf text;
    char hex[65];
    im_buf_init(&text, b->arena, (size_t)16 << 20);
    im_buf_fmt(&text, "%s\n", b->map_name[f->map]);
    for (size_t i = 0; i < f->setting_count; i++) {
        im_buf_fmt(&text, "%s=%zu:%s\n", f->settings[i].key,
                   strlen(f->settings[i].value), f->settings[i].value);
    }
    im_sha256(text.data, text.len, hex);
    return im_strndup(b->arena, hex, MARK);
}

static void tell_apart(struct batch *b, struct batch_figure *f, size_t output) {
    const char *path = f->output[output];
    size_t stem = (size_t)(strrchr(path, '.') - path);
    f->output[output] = im_format(b->arena, "%.*s-%s%s", (int)stem, path,
                                  digest_of_job(b, f), path + stem);
}

static struct claim *claims_of(struct batch *b, size_t *count) {
    size_t n = 0;
    for (size_t i = 0; i < b->figures.n; i++) {
        n += b->figures.v[i].outputs;
    }
    struct claim *claims = im_alloc(b->arena, n, sizeof *claims);
    *count = 0;
    for (size_t i = 0; i < b->figures.n; i++) {
        const struct batch_figure *f = &b->figures.v[i];
        for (size_t k = 0; k < f->outputs && f->state != BATCH_BAD; k++) {
            char *key = batch_stem(b->arena, f->output[k], strlen(f->output[k]) + 40);
            claims[(*count)++] =
                (struct claim){key[0] != '\0' ? key : f->output[k], f->output[k], i, k};
        }
    }
    qsort(claims, *count, sizeof *claims, by_key);
    return claims;
}

/* The job of another claim, as the one of f knows it. */
static const char *owner_of(const struct batch *b, const struct batch_figure *f,
                            const struct claim *other) {
    const struct batch_figure *o = &b->figures.v[other->figure];
    return o == f ? "the same job"
           : o->line > 0 && o->line != f->line
               ? im_format(b->arena, "line %u", o->line)
               : im_format(b->arena, "'%s' (%s)", o->name, b->map_name[o->map]);
}

/* A job that names its file gets another one: never in silence, and not at all when
 * warnings are failures. */
static void rename_claim(struct batch *b, const struct claim *own,
                         const struct claim *other) {
    struct batch_figure *f = &b->figures.v[own->figure];
    tell_apart(b, f, own->output);
    if (!f->named || f->state == BATCH_BAD) {
        return;
    }
    const char *owner = owner_of(b, f, other);
    const char *what =
        strcmp(own->path, other->path) == 0
            ? im_format(b->arena, "output '%s' is also that of %s", own->path, owner)
            : im_format(b->arena, "output '%s' is, for some disks, '%s' of %s",
                        own->path, other->path, owner);
    if (b->options->strict) {
        struct incmap_error e;
        im_error_clear(&e);
        (void)im_fail(&e, INCMAP_E_STRICT, IM_AT(b->rows.file, f->line, 0),
                      "%s, and --strict: not drawn", what);
        batch_fail(b->arena, f, &e);
        return;
    }
    f->renamed = im_format(
        b->arena, "%s%s%s: this figure is '%s'", f->renamed != NULL ? f->renamed : "",
        f->renamed != NULL ? "; " : "", what, f->output[own->output]);
}

static void fail_as_double(struct batch *b, struct batch_figure *f,
                           const struct batch_figure *first) {
    struct incmap_error e;
    im_error_clear(&e);
    (void)im_fail(&e, INCMAP_E_INPUT, IM_AT(b->rows.file, f->line, 0),
                  "the same figure as the job in line %u", first->line);
    batch_fail(b->arena, f, &e);
}

void batch_names_make(struct batch *b) {
    size_t n;
    for (int round = 0; round < 2; round++) {
        struct claim *claims = claims_of(b, &n);
        for (size_t i = 0, end; i < n; i = end) {
            for (end = i + 1; end < n && strcmp(claims[end].key, claims[i].key) == 0;) {
                end++;
            }
            for (size_t k = i; end - i > 1 && k < end; k++) {
                struct batch_figure *f = &b->figures.v[claims[k].figure];
                const struct batch_figure *first = &b->figures.v[claims[i].figure];
                if (round == 0) {
                    rename_claim(b, &claims[k], &claims[k == i ? i + 1 : i]);
                } else if (f != first) {
                    fail_as_double(b, f, first);
                }
            }
        }
    }
}

bool batch_renamed(const struct batch *b, const struct batch_figure *f,
                   struct incmap_finding *out) {
    *out = (struct incmap_finding){.severity = INCMAP_WARNING,
                                   .code = "renamed",
                                   .file = b->rows.file,
                                   .line = f->line,
                                   .record = -1,
                                   .message = f->renamed,
                                   .help = "give each job a file of its own"};
    return f->renamed != NULL && f->state != BATCH_BAD;
}

const char *batch_path(struct im_arena *arena, const char *dir, const char *output) {
    return im_path_join(arena, dir, output);
}

const char *batch_folder(const struct batch *b, const char *output) {
    size_t n = (size_t)(im_path_name(output) - output);
    return n == 0 ? b->options->dir
                  : im_path_join(b->arena, b->options->dir,
                                 im_strndup(b->arena, output, n - 1));
}

void batch_sweep(const struct batch *b, const struct batch_figure *f) {
    for (size_t k = 0; k < f->outputs; k++) {
        (void)im_file_sweep(batch_folder(b, f->output[k]));
    }
}
