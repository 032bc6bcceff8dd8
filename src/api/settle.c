/* Step 1: what is wanted. Defaults, then the map file, then the settings over it. */
#include "api/job.h"
#include "base/format.h"
#include <string.h>

struct loading {
    struct incmap_job *job;
    const char *file;
};

static enum incmap_status load(void *self, struct incmap_error *err) {
    struct loading *l = self;
    if (l->job->map_file != NULL) {
        return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE, "a job has one map file");
    }
    l->job->map_file = im_strdup(l->job->arena, l->file);
    l->job->spec_ready = false;
    return im_job_settle(l->job, err);
}

enum incmap_status incmap_job_load(struct incmap_job *job, const char *map_file,
                                   struct incmap_error *err) {
    im_error_clear(err);
    struct loading l = {job, map_file};
    return im_guard(job->arena, NULL, load, &l, err);
}

/* "ru" is RU, and "UN" is un; what can be neither stays as it was typed. */
static const char *tidy_worldview(struct im_arena *arena, const char *name) {
    char *low = im_strdup(arena, name), *up = im_strdup(arena, name);
    for (size_t i = 0; name[i] != '\0'; i++) {
        bool is_low = name[i] >= 'a' && name[i] <= 'z';
        bool is_up = name[i] >= 'A' && name[i] <= 'Z';
        low[i] = (char)(is_up ? name[i] - 'A' + 'a' : name[i]);
        up[i] = (char)(is_low ? name[i] - 'a' + 'A' : name[i]);
    }
    if (strcmp(low, "un") == 0 || strcmp(low, "de-facto") == 0) {
        return low;
    }
    return strlen(up) == 2 ? up : name;
}

/* One setting over what is settled; one that fails leaves the job to be settled anew.
 */
static enum incmap_status set_one(struct incmap_job *job, const struct im_setting *one,
                                  struct incmap_error *err) {
    enum incmap_status s =
        im_spec_set(job->arena, &job->spec, one->key, one->value, err);
    job->spec.worldview = tidy_worldview(job->arena, job->spec.worldview);
    job->spec_ready = s == INCMAP_OK;
    return s;
}

struct setting {
    struct incmap_job *job;
    const char *key, *value;
};

/* Checked at once, so that the caller learns of a bad key here. */
static enum incmap_status set(void *self, struct incmap_error *err) {
    struct setting *s = self;
    struct incmap_job *job = s->job;
    if (job->ran) {
        return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                       "the job has been run; settings come before");
    }
    struct im_setting kept = {im_strdup(job->arena, s->key),
                              im_strdup(job->arena, s->value)};
    IM_PUSH(job->arena, job->settings, job->setting_count, job->setting_cap, kept);
    job->wishes = job->digest = NULL; // no longer those of this job
    job->tables = NULL;
    return job->spec_ready ? set_one(job, &kept, err) : im_job_settle(job, err);
}

enum incmap_status incmap_job_set(struct incmap_job *job, const char *key,
                                  const char *value, struct incmap_error *err) {
    im_error_clear(err);
    struct setting s = {job, key, value};
    return im_guard(job->arena, NULL, set, &s, err);
}

enum incmap_status im_job_settle(struct incmap_job *job, struct incmap_error *err) {
    enum incmap_status s = INCMAP_OK;
    if (job->spec_ready) {
        return INCMAP_OK;
    }
    im_spec_init(&job->spec);
    if (job->map_file != NULL) {
        s = im_spec_read(job->arena, job->map_file, &job->spec, err);
    }
    for (size_t i = 0; s == INCMAP_OK && i < job->setting_count; i++) {
        s = im_spec_set(job->arena, &job->spec, job->settings[i].key,
                        job->settings[i].value, err);
    }
    job->spec.worldview = tidy_worldview(job->arena, job->spec.worldview);
    job->spec_ready = s == INCMAP_OK;
    return s;
}

size_t incmap_job_output_count(const struct incmap_job *job) {
    return job->spec.outputs.n;
}

const char *incmap_job_output(const struct incmap_job *job, size_t i) {
    return i < job->spec.outputs.n ? job->spec.outputs.v[i] : NULL;
}

void im_job_point(const struct incmap_job *job, const char *key,
                  struct incmap_error *err) {
    struct im_where at = im_spec_where(&job->spec, key);
    bool placed = err != NULL && err->source[0] != '\0' &&
                  (job->spec.file == NULL || strcmp(err->source, job->spec.file) != 0);
    if (err == NULL || placed || err->line > 0 || at.line == 0) {
        return;
    }
    im_text_show(err->source, sizeof err->source, at.file, strlen(at.file));
    err->line = at.line;
    err->column = at.col;
    err->status = err->status == INCMAP_E_USAGE ? INCMAP_E_INPUT : err->status;
}
