/* batch: the command line as options of the batch room. */
#include "batch/batch.h"
#include "base/buf.h"
#include "base/num.h"
#include "cli/cli.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_WORKERS = 1024 };

struct wish {
    struct batch_options o;
    struct batch_setting *settings;
    size_t setting_cap;
    const char **formats;
    size_t format_cap;
};

/* A number of an option in [low, high]; false after a message. */
static bool number_of(const struct cli_line *line, const char *name, double low,
                      double high, double *out) {
    const char *text = cli_get(line, name);
    double v;
    if (text == NULL) {
        return true;
    }
    if (!im_num_parse(text, strlen(text), &v) || v < low || v > high) {
        char help[160];
        char from[40], to[40];
        im_num_write(from, low, 3);
        im_num_write(to, high, 0);
        snprintf(help, sizeof help, "give --%s a number from %s to %s", name, from, to);
        cli_usage("this is no such number:", text, help);
        return false;
    }
    *out = v;
    return true;
}

static bool take_numbers(const struct cli_line *line, struct batch_options *o) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    double workers = cores > 0 ? (double)cores : 1, timeout = 0, memory = 0;
    if (!number_of(line, "workers", 1, MOST_WORKERS, &workers) ||
        !number_of(line, "timeout", 0.001, 1e6, &timeout) ||
        !number_of(line, "memory", 1, 1e7, &memory)) {
        return false;
    }
    o->workers = (int)workers;
    o->timeout_s = timeout;
    o->memory_mb = (long)memory;
    return true;
}

static bool take_shard(struct im_arena *arena, const struct cli_line *line,
                       struct batch_options *o) {
    const char *text = cli_get(line, "shard");
    const char *slash = text != NULL ? strchr(text, '/') : NULL;
    int64_t k = 0, n = 0;
    if (text == NULL) {
        return true;
    }
    if (slash == NULL || !im_int_parse(text, (size_t)(slash - text), &k) ||
        !im_int_parse(slash + 1, strlen(slash + 1), &n) || n < 1 || n > 1000000 ||
        k < 1 || k > n) {
        (void)arena;
        cli_usage("this is no shard:", text, "write K/N with K from 1 to N, as in 2/8");
        return false;
    }
    o->shard = (long)k;
    o->shards = (long)n;
    return true;
}

/* "one of country, day or week", cut at the end of `out`. */
static void list_words(char *out, size_t size, const char *const *words, size_t n) {
    size_t at = (size_t)snprintf(out, size, "one of ");
    for (size_t i = 0; i < n && at < size; i++) {
        at += (size_t)snprintf(out + at, size - at, "%s%s", words[i],
                               i + 2 < n    ? ", "
                               : i + 2 == n ? " or "
                                            : "");
    }
}

static bool one_of(const struct cli_line *line, const char *name,
                   const char *const *words, size_t n, size_t *out) {
    const char *text = cli_get(line, name);
    for (size_t i = 0; i < n; i++) {
        if (text == NULL || strcmp(text, words[i]) == 0) {
            *out = text == NULL ? 0 : i;
            return true;
        }
    }
    const char *near = cli_nearest(text, words, n);
    char help[128];
    if (near != NULL) {
        snprintf(help, sizeof help, "did you mean '%s'?", near);
    } else {
        list_words(help, sizeof help, words, n);
    }
    cli_usage("unknown word", text, help);
    return false;
}

static bool take_words(const struct cli_line *line, struct batch_options *o) {
    static const char *const progress[] = {"auto", "always", "never"};
    static const char *const facets[] = {"country", "admin1", "category",
                                         "day",     "week",   "month"};
    size_t at;
    if (!one_of(line, "progress", progress, 3, &at)) {
        return false;
    }
    o->progress = (enum batch_progress)at;
    if (!one_of(line, "facet", facets, 6, &at)) {
        return false;
    }
    if (o->jobs != NULL && strcmp(o->jobs, "-") == 0 && (o->dry_run || o->shards > 0)) {
        cli_usage("a stream of jobs does not take",
                  o->dry_run ? "--dry-run" : "--shard", "give the jobs in a file");
        return false;
    }
    o->facet = cli_get(line, "facet");
    if (o->facet != NULL && o->jobs != NULL) {
        cli_usage("both jobs and parts of the data:", o->facet,
                  "give --jobs or --facet, not both");
        return false;
    }
    return true;
}

static bool is_format(const char *text) {
    return strcmp(text, "png") == 0 || strcmp(text, "svg") == 0 ||
           strcmp(text, "pdf") == 0;
}

/* Options that may be given again: settings and formats, in their order. */
static bool take_lists(struct im_arena *arena, const struct cli_line *line,
                       struct wish *w) {
    for (size_t i = 0; i < line->n; i++) {
        const struct cli_value *v = &line->value[i];
        struct batch_setting one = {v->option->key, v->text};
        if (strcmp(v->option->name, "format") == 0) {
            if (!is_format(v->text)) {
                cli_usage("unknown format", v->text, "use png, svg or pdf");
                return false;
            }
            IM_PUSH(arena, w->formats, w->o.format_count, w->format_cap, v->text);
        }
        if (one.key == NULL) {
            continue;
        }
        if (one.key[0] == '\0') { // --set KEY=VALUE
            const char *eq = strchr(v->text, '=');
            if (eq == NULL) {
                cli_usage("--set needs KEY=VALUE, not", v->text,
                          "for example --set size=800x600");
                return false;
            }
            one.key = im_strndup(arena, v->text, (size_t)(eq - v->text));
            one.value = eq + 1;
        }
        IM_PUSH(arena, w->settings, w->o.setting_count, w->setting_cap, one);
    }
    w->o.settings = w->settings;
    w->o.formats = w->formats;
    return true;
}

int cli_batch(struct im_arena *arena, const struct cli_line *line) {
    const char *merge = cli_get(line, "merge-reports");
    struct wish w = {.o = {.tell = cli_error,
                           .warn = cli_finding,
                           .maps = line->word,
                           .map_count = line->words,
                           .jobs = cli_get(line, "jobs"),
                           .dir = cli_get(line, "dir"),
                           .force = cli_has(line, "force"),
                           .dry_run = cli_has(line, "dry-run"),
                           .strict = cli_has(line, "strict"),
                           .quiet = cli_has(line, "quiet")}};
    if (merge != NULL) {
        return batch_merge(arena, merge, cli_error);
    }
    if (w.o.dir == NULL) {
        return cli_usage("no folder for the figures:", "-d", "give -d DIR");
    }
    if (!take_numbers(line, &w.o) || !take_shard(arena, line, &w.o) ||
        !take_words(line, &w.o) || !take_lists(arena, line, &w)) {
        return INCMAP_E_USAGE;
    }
    struct incmap_atlas *atlas = NULL;
    struct incmap_error err = {.record = -1};
    int code = (int)cli_open_atlas(arena, line, getenv("INCMAP_FONTS"), &atlas, &err);
    if (code != INCMAP_OK) {
        cli_error(&err);
        return code;
    }
    w.o.atlas = atlas;
    code = batch_run(arena, &w.o);
    incmap_atlas_close(atlas);
    return code;
}
