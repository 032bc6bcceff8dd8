/*
 * render, in steps: settings -> run -> check strictness -> write every output ->
 * report.
 */
#include "base/buf.h"
#include "base/file.h"
#include "cli/cli.h"
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* --set KEY=VALUE, and every option that names a map-file key. */
static enum incmap_status apply(struct im_arena *arena, struct incmap_job *job,
                                const struct cli_value *v, struct incmap_error *err) {
    if (v->option->key == NULL) {
        return INCMAP_OK;
    }
    if (v->option->key[0] != '\0') {
        return incmap_job_set(job, v->option->key, v->text, err);
    }
    const char *eq = strchr(v->text, '=');
    if (eq == NULL) {
        return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                       "--set needs KEY=VALUE, not '%s' (for example --set "
                       "size=800x600)",
                       v->text);
    }
    return incmap_job_set(job, im_strndup(arena, v->text, (size_t)(eq - v->text)),
                          eq + 1, err);
}

static enum incmap_status configure(struct im_arena *arena, struct incmap_job *job,
                                    const struct cli_line *line,
                                    struct incmap_error *err) {
    if (line->words == 1) {
        enum incmap_status s = incmap_job_load(job, line->word[0], err);
        if (s != INCMAP_OK) {
            return s;
        }
    }
    if (cli_get(line, "around") != NULL && cli_get(line, "bbox") != NULL) {
        return im_fail(
            err, INCMAP_E_USAGE, IM_NOWHERE,
            "give --around or --bbox, not both: each says what the map shows");
    }
    for (size_t i = 0; i < line->n; i++) {
        enum incmap_status s = apply(arena, job, &line->value[i], err);
        if (s != INCMAP_OK) {
            return s;
        }
    }
    return INCMAP_OK;
}

static size_t print_findings(const struct incmap_job *job, bool quiet) {
    size_t warnings = 0;
    for (size_t i = 0; i < incmap_job_finding_count(job); i++) {
        struct incmap_finding f = incmap_job_finding(job, i);
        warnings += f.severity != INCMAP_NOTE;
        if (!quiet) {
            cli_finding(&f);
        }
    }
    return warnings;
}

static enum incmap_status write_one(struct incmap_job *job, const struct cli_line *line,
                                    const char *path, struct incmap_error *err) {
    if (strcmp(path, "-") != 0) {
        return incmap_job_write(job, path, err);
    }
    const char *format = cli_get(line, "format");
    const void *data = NULL;
    size_t n = 0;
    enum incmap_status s =
        incmap_job_encode(job, format ? format : "png", &data, &n, err);
    return s != INCMAP_OK ? s : (enum incmap_status)cli_print(data, n);
}

static enum incmap_status draw(struct im_arena *arena, struct incmap_job *job,
                               const struct cli_line *line, struct incmap_error *err) {
    struct cli_line outputs = {0};
    const char *dump = cli_get(line, "dump");
    enum incmap_status s = cli_outputs(arena, line, job, &outputs, err);
    if (s != INCMAP_OK) {
        return s;
    }
    bool wants_run = dump == NULL || strcmp(dump, "style") != 0;
    s = wants_run ? incmap_job_run(job, err) : INCMAP_OK;
    size_t warnings = print_findings(job, cli_has(line, "quiet"));
    if (s == INCMAP_OK && warnings > 0 && cli_has(line, "strict")) {
        return im_fail(err, INCMAP_E_STRICT, IM_NOWHERE,
                       "%zu warning%s and --strict: nothing written", warnings,
                       warnings == 1 ? "" : "s");
    }
    if (s == INCMAP_OK && dump != NULL) {
        const char *text = NULL;
        s = incmap_job_dump(job, dump, &text, err);
        return s != INCMAP_OK ? s : (enum incmap_status)cli_print(text, strlen(text));
    }
    for (size_t i = 0; s == INCMAP_OK && i < outputs.words; i++) {
        s = write_one(job, line, outputs.word[i], err);
        if (s == INCMAP_OK && !cli_has(line, "output") && !cli_has(line, "quiet")) {
            cli_wrote(outputs.word[i]);
        }
    }
    return s;
}

/* A report over a figure was refused; it must not be written after all. */
static bool is_output(const struct incmap_job *job, const struct cli_line *line,
                      const char *path) {
    bool found = false;
    for (size_t i = 0; i < line->n; i++) {
        found = found || (strcmp(line->value[i].option->name, "output") == 0 &&
                          im_file_same(line->value[i].text, path));
    }
    for (size_t i = 0; i < incmap_job_output_count(job); i++) {
        found = found || im_file_same(incmap_job_output(job, i), path);
    }
    return found && !cli_has(line, "dump");
}

static enum incmap_status report(struct incmap_job *job, const char *path,
                                 enum incmap_status outcome,
                                 const struct incmap_error *why) {
    struct incmap_error err = {0};
    const char *text = incmap_job_report(job, outcome, why);
    if (text == NULL) {
        return im_fail(&err, INCMAP_E_LIMIT, IM_FILE(path), "out of memory");
    }
    if (strcmp(path, "-") == 0) {
        return (enum incmap_status)cli_print(text, strlen(text));
    }
    // never over a file of the user's; a missing folder was told before the work
    enum incmap_status s = incmap_job_check(job, path, &err);
    if (s == INCMAP_OK) {
        s = im_file_write(path, text, strlen(text), &err);
    }
    if (s != INCMAP_OK && outcome == INCMAP_OK) {
        cli_error(&err);
    }
    return s;
}

static int with_job(struct im_arena *arena, struct incmap_job *job,
                    const struct cli_line *line, struct incmap_error *err) {
    enum incmap_status s = configure(arena, job, line, err);
    if (s == INCMAP_OK) {
        s = draw(arena, job, line, err);
    }
    if (s != INCMAP_OK && err->message[0] != '\0') {
        cli_error(err);
    }
    const char *path = cli_get(line, "report");
    if (path != NULL && !is_output(job, line, path)) {
        enum incmap_status r = report(job, path, s, err->message[0] ? err : NULL);
        s = s != INCMAP_OK ? s : r;
    }
    return (int)s;
}

/* Let the heap grow once: what a map's libraries take, twice over. A wish. */
static void widen_heap(void) {
#ifdef __GLIBC__
    const int room = 6 << 20; // bytes
    mallopt(M_TOP_PAD, room);
#endif
}

int cli_render(struct im_arena *arena, const struct cli_line *line) {
    if (line->words > 1) {
        return cli_usage("more than one map file:", line->word[1],
                         "give one map file, and other files by their options");
    }
    widen_heap();
    struct incmap_error err = {.record = -1};
    struct incmap_atlas *atlas = NULL;
    struct incmap_job *job = NULL;
    int code = (int)cli_open_atlas(arena, line, getenv("INCMAP_FONTS"), &atlas, &err);
    if (code == INCMAP_OK) {
        code = (int)incmap_job_new(atlas, &job, &err);
    }
    if (code != INCMAP_OK) {
        cli_error(&err);
    } else {
        code = with_job(arena, job, line, &err);
    }
    incmap_job_free(job);
    incmap_atlas_close(atlas);
    return code;
}
