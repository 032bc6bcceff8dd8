/* Jobs by the thousand from one map file: copies, and what a job's keys may be. */
#include "api/job.h"
#include <string.h>

static enum incmap_status fill(void *object, struct im_arena *arena, const void *how,
                               struct incmap_error *err) {
    (void)err;
    const struct incmap_job *from = how;
    struct incmap_job *job = object;
    job->arena = arena;
    job->atlas = from->atlas;
    im_findings_init(&job->findings, arena);
    job->map_file = from->map_file;
    job->settings = im_alloc(arena, from->setting_count, sizeof *job->settings);
    if (from->setting_count > 0) {
        memcpy(job->settings, from->settings,
               from->setting_count * sizeof *job->settings);
    }
    job->setting_count = job->setting_cap = from->setting_count;
    job->spec = im_spec_copy(arena, &from->spec);
    job->spec_ready = true;
    return INCMAP_OK;
}

static enum incmap_status settle(void *self, struct incmap_error *err) {
    return im_job_settle(self, err);
}

enum incmap_status incmap_job_copy(struct incmap_job *from, struct incmap_job **out,
                                   struct incmap_error *err) {
    struct im_birth birth = {sizeof **out, NULL, &from->atlas->spare, fill, from};
    void *job = NULL;
    *out = NULL;
    im_error_clear(err);
    if (from->ran) {
        return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                       "the job has been run; copies come before");
    }
    enum incmap_status status = im_guard(from->arena, NULL, settle, from, err);
    if (status == INCMAP_OK) {
        status = im_born(&birth, &job, err);
    }
    *out = job;
    return status;
}

struct asking {
    struct incmap_job *job;
    const char *key;
};

static enum incmap_status ask(void *self, struct incmap_error *err) {
    struct asking *a = self;
    return im_spec_key(a->job->arena, a->key, err);
}

enum incmap_status incmap_job_knows(struct incmap_job *job, const char *key,
                                    struct incmap_error *err) {
    struct asking a = {job, key};
    im_error_clear(err);
    return im_guard(job->arena, NULL, ask, &a, err);
}

static enum incmap_status text_of(void *self, struct incmap_error *err) {
    struct asking *a = self;
    enum incmap_status s = im_job_settle(a->job, err);
    a->key = s == INCMAP_OK ? im_spec_text(a->job->arena, &a->job->spec, a->key) : NULL;
    return s;
}

const char *incmap_job_text(struct incmap_job *job, const char *key) {
    struct asking a = {job, key};
    return im_guard(job->arena, NULL, text_of, &a, NULL) == INCMAP_OK ? a.key : NULL;
}
