/* gazetteer: build, info and check. */
#include "base/buf.h"
#include "base/num.h"
#include "cli/cli.h"
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_JOBS = 16, STEP_MS = 200 };

struct progress {
    struct timespec last;
    bool shown;
};

/* One line, written over and over. */
static void show_progress(void *self, const char *source, uint64_t done,
                          uint64_t whole) {
    struct progress *p = self;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long ms = (now.tv_sec - p->last.tv_sec) * 1000 +
              (now.tv_nsec - p->last.tv_nsec) / 1000000;
    if (ms < STEP_MS && p->last.tv_sec != 0) {
        return;
    }
    p->last = now;
    p->shown = true;
    const char *slash = strrchr(source, '/');
    fprintf(stderr, "\r%.60s: %u of %u MB \033[K", slash ? slash + 1 : source,
            (unsigned)(done / 1000000), (unsigned)(whole / 1000000));
}

static void end_progress(const struct progress *p) {
    if (p->shown) {
        fputs("\r\033[K", stderr);
    }
}

static bool wants_progress(const struct cli_line *line) {
    const char *how = cli_get(line, "progress");
    if (cli_has(line, "quiet") || (how && strcmp(how, "never") == 0)) {
        return false;
    }
    return (how && strcmp(how, "always") == 0) || isatty(2);
}

static bool parse_jobs(const struct cli_line *line, unsigned *out) {
    const char *text = cli_get(line, "jobs");
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int64_t v = processors < 1 ? 1 : processors > MOST_JOBS ? MOST_JOBS : processors;
    if (text && (!im_int_parse(text, strlen(text), &v) || v < 1 || v > MOST_JOBS)) {
        cli_usage("--jobs needs a number from 1 to 16, not", text, "--jobs 2");
        return false;
    }
    *out = (unsigned)v;
    return true;
}

/* Findings, then what the task says; the exit code. */
static int tell(const struct cli_line *line, const struct incmap_gazetteer *g,
                enum incmap_status status, const struct incmap_error *err) {
    size_t warnings = 0;
    for (size_t i = 0; g && i < incmap_gazetteer_finding_count(g); i++) {
        struct incmap_finding f = incmap_gazetteer_finding(g, i);
        warnings += f.severity != INCMAP_NOTE;
        if (!cli_has(line, "quiet")) {
            cli_finding(&f);
        }
    }
    if (status == INCMAP_OK) {
        const char *text = incmap_gazetteer_text(g);
        status = (enum incmap_status)cli_print(text, strlen(text));
    } else {
        cli_error(err);
    }
    return status == INCMAP_OK && warnings > 0 && cli_has(line, "strict")
               ? INCMAP_E_STRICT
               : (int)status;
}

static bool prepare(const struct cli_line *line, struct incmap_gazetteer_task *task) {
    task->sources = line->word + 1;
    task->source_count = line->words - 1;
    task->output = cli_get(line, "output");
    task->name_field = cli_get(line, "name-field");
    task->licence = cli_get(line, "licence");
    return parse_jobs(line, &task->threads);
}

static int with_atlas(struct im_arena *arena, const struct cli_line *line, bool build) {
    struct incmap_gazetteer_task task = {.sources = NULL};
    struct progress progress = {.shown = false};
    struct incmap_error err = {.record = -1};
    struct incmap_atlas *atlas = NULL;
    struct incmap_gazetteer *g = NULL;
    if (!prepare(line, &task)) {
        return INCMAP_E_USAGE;
    }
    if (wants_progress(line)) {
        task.progress = show_progress;
        task.progress_self = &progress;
    }
    enum incmap_status s = cli_open_atlas(arena, line, NULL, &atlas, &err);
    if (s == INCMAP_OK) {
        s = build ? incmap_gazetteer_build(atlas, &task, &g, &err)
                  : incmap_gazetteer_check(atlas, &task, &g, &err);
    }
    end_progress(&progress);
    int code = tell(line, g, s, &err);
    incmap_gazetteer_free(g);
    incmap_atlas_close(atlas);
    return code;
}

static int info(const struct cli_line *line) {
    int code = INCMAP_OK;
    for (size_t i = 1; i < line->words && code == INCMAP_OK; i++) {
        struct incmap_error err = {.record = -1};
        struct incmap_gazetteer *g = NULL;
        enum incmap_status s = incmap_gazetteer_info(line->word[i], &g, &err);
        code = tell(line, g, s, &err);
        incmap_gazetteer_free(g);
    }
    return code;
}

int cli_gazetteer(struct im_arena *arena, const struct cli_line *line) {
    const char *what = line->words > 0 ? line->word[0] : "";
    bool build = strcmp(what, "build") == 0, check = strcmp(what, "check") == 0;
    if (!build && !check && strcmp(what, "info") != 0) {
        return cli_usage("unknown task", what, "gazetteer build, info or check");
    }
    if (line->words < 2) {
        return cli_usage("no file given to", what,
                         build ? "incmap gazetteer build -o places.gaz places.csv"
                               : "incmap gazetteer info places.gaz");
    }
    if (build && !cli_has(line, "output")) {
        return cli_usage("no output given to", what, "-o FILE.gaz");
    }
    return build || check ? with_atlas(arena, line, build) : info(line);
}
