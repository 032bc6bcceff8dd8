/* Where a figure goes: -o, output[] and --report, checked before any work is done. */
#include "base/buf.h"
#include "base/file.h"
#include "cli/cli.h"
#include <string.h>

static const char *const formats[] = {"png", "svg", "pdf"};
enum { FORMATS = sizeof formats / sizeof *formats };

static bool is_known(const char *format) {
    for (size_t i = 0; i < FORMATS; i++) {
        if (strcmp(format, formats[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* The word in lower case: .PNG is meant as .png. */
static char *lowered(struct im_arena *arena, const char *word) {
    char *out = im_strdup(arena, word);
    for (char *p = out; *p != '\0'; p++) {
        *p = (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
    }
    return out;
}

/* By the extension, or for standard output by --format. */
static enum incmap_status check_format(struct im_arena *arena,
                                       const struct cli_line *line, const char *path,
                                       struct incmap_error *err) {
    const char *given = cli_get(line, "format");
    bool standard_output = strcmp(path, "-") == 0;
    const char *name = im_path_name(path);
    const char *dot = strrchr(name, '.');
    const char *format = standard_output ? given ? given : "png" : dot ? dot + 1 : "";
    if (is_known(format)) {
        return INCMAP_OK;
    }
    const char *low = lowered(arena, format);
    const char *near = cli_nearest(low, formats, FORMATS);
    if (near == NULL || near[0] != low[0]) { // .gif is no slip for .pdf
        return im_fail(
            err, INCMAP_E_USAGE, IM_NOWHERE, "unknown format of output '%s' (%s)",
            standard_output ? format : path,
            standard_output ? "use png, svg or pdf" : "use .png, .svg or .pdf");
    }
    if (standard_output) {
        return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                       "unknown format '%s' (did you mean '%s'?)", format, near);
    }
    size_t stem = strlen(path) - strlen(format);
    return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                   "unknown format of output '%s' (did you mean '%.*s%s'?)", path,
                   (int)stem, path, near);
}

static bool same(const char *a, const char *b) {
    return strcmp(a, b) == 0 ||
           (strcmp(a, "-") != 0 && strcmp(b, "-") != 0 && im_file_same(a, b));
}

/* Files of the line and its report: each once, each writable, none of the inputs. */
static enum incmap_status check_files(struct incmap_job *job,
                                      const struct cli_line *out,
                                      struct incmap_error *err) {
    for (size_t i = 0; i < out->words; i++) {
        for (size_t k = 0; k < i; k++) {
            if (same(out->word[k], out->word[i])) {
                return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                               "'%s' and '%s' are one output (leave one out)",
                               out->word[k], out->word[i]);
            }
        }
        enum incmap_status s = strcmp(out->word[i], "-") == 0
                                   ? INCMAP_OK
                                   : incmap_job_check(job, out->word[i], err);
        if (s != INCMAP_OK) {
            return s;
        }
    }
    return INCMAP_OK;
}

static enum incmap_status check_dump(struct im_arena *arena, const char *word,
                                     struct incmap_error *err) {
    static const char *const known[] = {"incidents", "places", "projection", "scene",
                                        "style"};
    const size_t n = sizeof known / sizeof known[0];
    for (size_t i = 0; i < n; i++) {
        if (strcmp(word, known[i]) == 0) {
            return INCMAP_OK;
        }
    }
    const char *near = cli_nearest(word, known, n);
    return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE, "cannot dump '%s' (%s)", word,
                   near ? im_format(arena, "did you mean '%s'?", near)
                        : "incidents, places, projection, scene or style");
}

/* -o files, else the map file's output[]. */
static void collect(struct im_arena *arena, const struct cli_line *line,
                    const struct incmap_job *job, struct cli_line *out) {
    for (size_t i = 0; i < line->n; i++) {
        if (strcmp(line->value[i].option->name, "output") == 0) {
            IM_PUSH(arena, out->word, out->words, out->word_cap, line->value[i].text);
        }
    }
    size_t named = out->words > 0 ? 0 : incmap_job_output_count(job);
    for (size_t i = 0; i < named; i++) {
        IM_PUSH(arena, out->word, out->words, out->word_cap, incmap_job_output(job, i));
    }
}

enum incmap_status cli_outputs(struct im_arena *arena, const struct cli_line *line,
                               struct incmap_job *job, struct cli_line *out,
                               struct incmap_error *err) {
    const char *dump = cli_get(line, "dump");
    const char *report = cli_get(line, "report");
    enum incmap_status s = INCMAP_OK;
    if (dump != NULL) {
        s = check_dump(arena, dump, err);
    } else {
        collect(arena, line, job, out);
    }
    if (dump == NULL && out->words == 0) {
        return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                       "no output file (give -o FILE.png, .svg or .pdf)");
    }
    for (size_t i = 0; i < out->words && s == INCMAP_OK; i++) {
        s = check_format(arena, line, out->word[i], err);
    }
    if (s != INCMAP_OK) {
        return s;
    }
    struct cli_line all = {0};
    for (size_t i = 0; i < out->words; i++) {
        IM_PUSH(arena, all.word, all.words, all.word_cap, out->word[i]);
    }
    if (report != NULL) {
        IM_PUSH(arena, all.word, all.words, all.word_cap, report);
    }
    return check_files(job, &all, err);
}
