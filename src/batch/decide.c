/* What has to be drawn: the figures themselves say what went into them. */
#include "base/file.h"
#include "batch/inside.h"
#include <string.h>

enum { SHARED_BYTES = 256 << 10 }; /* a smaller file is read by whoever draws it */

static enum incmap_status apply(struct incmap_job *job, const struct batch_setting *one,
                                struct incmap_error *err) {
    // a row names another table than the map file's, it does not add one
    if (strcmp(one->key, "incidents.file") == 0 &&
        incmap_job_set(job, "incidents.0.file", one->value, err) == INCMAP_OK) {
        return INCMAP_OK;
    }
    return incmap_job_set(job, one->key, one->value, err);
}

void batch_point(const struct batch *b, const struct batch_figure *f,
                 struct incmap_error *err) {
    if (err->source[0] == '\0' && f->line > 0) {
        struct incmap_error whole = *err;
        im_error_clear(err);
        (void)im_fail(err, whole.status, IM_AT(b->rows.file, f->line, 0), "%s",
                      whole.message);
    }
}

enum incmap_status batch_job_of(const struct batch *b, const struct batch_figure *f,
                                struct incmap_job **out, struct incmap_error *err) {
    enum incmap_status s = incmap_job_copy(b->map[f->map], out, err);
    for (size_t i = 0; s == INCMAP_OK && i < f->setting_count; i++) {
        s = apply(*out, &f->settings[i], err);
    }
    if (s != INCMAP_OK) {
        batch_point(b, f, err);
    }
    return s;
}

/* Which of the five parts of two digests differ, in words. */
static const char *difference(struct im_arena *arena, const char *was, const char *is) {
    static const char *const parts[] = {"settings", "rows", "files", "geodata",
                                        "program"};
    const char *list = "";
    for (size_t i = 0; i < 5; i++) {
        size_t n = strcspn(was, "-"), m = strcspn(is, "-");
        if (n != m || memcmp(was, is, n) != 0) {
            list =
                im_format(arena, "%s%s%s", list, list[0] != '\0' ? ", " : "", parts[i]);
        }
        was += n + (was[n] == '-');
        is += m + (is[m] == '-');
    }
    return im_format(arena, "changed: %s", list);
}

/* Why one file has to be drawn; NULL when it is up to date. */
static const char *fault_of(struct batch *b, const struct batch_figure *f,
                            const char *output) {
    const char *path = batch_path(b->arena, b->options->dir, output);
    struct incmap_record *record = NULL;
    struct incmap_error err;
    const char *why = NULL;
    if (incmap_record_read(path, &record, &err) != INCMAP_OK || record == NULL) {
        return im_format(b->arena, "not a figure with a digest: %s", output);
    }
    const char *was = record->digest;
    if (strcmp(was, f->digest) != 0) {
        why = difference(b->arena, was, f->digest);
    }
    incmap_record_free(record);
    return why;
}

/* What is known of a figure without drawing it: a fault of its own, or that it would
 * show nothing. */
static enum incmap_status foresee(struct batch *b, struct incmap_job *job,
                                  struct batch_figure *f, struct incmap_error *err) {
    enum incmap_status s = incmap_job_check(job, NULL, err);
    for (size_t i = 0; s == INCMAP_OK && i < incmap_job_finding_count(job); i++) {
        struct incmap_finding one = incmap_job_finding(job, i);
        if (strcmp(one.code, "no-incident") == 0) {
            f->why = im_format(b->arena, "%s; %s", f->why, one.message);
        }
    }
    if (s != INCMAP_OK) {
        batch_point(b, f, err);
    }
    return s;
}

/* Why it has to be drawn whatever has changed; NULL when digests have to tell. */
static const char *plain_reason(struct batch *b, const struct batch_figure *f) {
    if (b->options->force) {
        return "forced";
    }
    for (size_t i = 0; i < f->outputs; i++) {
        if (!im_file_exists(batch_path(b->arena, b->options->dir, f->output[i]))) {
            return im_format(b->arena, "missing: %s", f->output[i]);
        }
    }
    return NULL;
}

static bool is_one_of(const char *word, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (strcmp(word, list[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Is the value of this key a file? */
static bool names_file(const char *key) {
    static const char *const names[] = {"file",    "incidents",  "overlays",
                                        "borders", "gazetteers", "pins"};
    const char *dot = strrchr(key, '.');
    return strncmp(key, "gazetteers.", 11) == 0 ||
           is_one_of(dot != NULL ? dot + 1 : key, names, sizeof names / sizeof *names);
}

/* Does the figure's row name a file that workers should share? One that is not there is
 * for the job to tell of, before anything is drawn. */
static bool has_large_file(const struct batch_figure *f) {
    for (size_t i = 0; i < f->setting_count; i++) {
        uint64_t size = 0;
        if (names_file(f->settings[i].key) &&
            (!im_file_size(f->settings[i].value, &size) || size >= SHARED_BYTES)) {
            return true;
        }
    }
    return false;
}

/* What is read of its map file with a figure: one with a table of its own reads all but
 * the map file's. */
static enum batch_map_state read_by(const struct batch_figure *f) {
    for (size_t i = 0; i < f->setting_count; i++) {
        const char *key = f->settings[i].key;
        if (strncmp(key, "incidents", 9) == 0 && names_file(key)) {
            return BATCH_MAP_OPEN;
        }
    }
    return BATCH_MAP_READ;
}

/* Is there anything of the map file's, for workers to share, that none before has read?
 */
static bool opens_map(const struct batch *b, const struct batch_figure *f) {
    return b->map_open[f->map] < read_by(f);
}

static const char *changes(struct batch *b, const struct batch_figure *f) {
    for (size_t i = 0; i < f->outputs; i++) {
        const char *why = fault_of(b, f, f->output[i]);
        if (why != NULL) {
            return why;
        }
    }
    return NULL;
}

/* The digest, or a failure. It opens what the figure reads, for all workers that are
 * forked later. */
static enum incmap_status take_digest(struct batch *b, struct incmap_job *job,
                                      struct batch_figure *f,
                                      struct incmap_error *err) {
    const char *digest = NULL;
    enum incmap_status s = incmap_job_digest(job, &digest, err);
    if (s == INCMAP_OK) {
        f->digest = im_strdup(b->arena, digest);
        if (opens_map(b, f)) {
            b->map_open[f->map] = read_by(f);
        }
    }
    return s;
}

void batch_decide(struct batch *b, struct batch_figure *f) {
    struct incmap_job *job = NULL;
    struct incmap_error err;
    im_error_clear(&err);
    if (f->state == BATCH_BAD) {
        return;
    }
    enum incmap_status s = batch_job_of(b, f, &job, &err);
    f->why = s == INCMAP_OK ? plain_reason(b, f) : NULL;
    if (s == INCMAP_OK && (f->why == NULL || b->options->dry_run || opens_map(b, f) ||
                           has_large_file(f))) {
        s = take_digest(b, job, f, &err);
    }
    if (s == INCMAP_OK && f->why == NULL) {
        f->why = changes(b, f);
    }
    if (s != INCMAP_OK) {
        batch_fail(b->arena, f, &err);
    } else if (f->why == NULL) {
        f->state = BATCH_CURRENT;
        f->why = "up to date";
    } else if (b->options->dry_run && foresee(b, job, f, &err) != INCMAP_OK) {
        batch_fail(b->arena, f, &err);
    }
    incmap_job_free(job);
}
