/* Step 1b: the map's language. */
#include "api/job.h"
#include "base/buf.h"
#include "text/text.h"

static const char *furniture_languages(struct im_arena *arena) {
    const char *list = im_furniture_language(0);
    for (size_t i = 1; im_furniture_language(i) != NULL; i++) {
        list = im_format(arena, "%s, %s", list, im_furniture_language(i));
    }
    return list;
}

/* Names in other languages than the bundled gazetteer's may come from the user. */
static bool has_names_of_user(const struct im_spec *spec) {
    return spec->gazetteers.n > 0 || spec->border_count > 0;
}

static enum incmap_status unknown(const struct incmap_job *job, const char *text,
                                  struct im_where at, struct incmap_error *err) {
    const char *name;
    const char *near = im_language_nearest(job->arena, text, &name);
    return im_fail(
        err, im_spec_fault(at), at,
        "unknown language '%s' (%sgive a code: %s, or for names alone such "
        "as de, fa, fr, uk, zh)",
        text,
        near[0] != '\0' ? im_format(job->arena, "nearest: '%s', %s; ", near, name) : "",
        furniture_languages(job->arena));
}

/* The tag in its canonical case, NULL when the language is unknown. */
static const char *known(const struct incmap_job *job, const char *text) {
    const char *tag = im_language_tidy(job->arena, text);
    bool fine = tag && (im_language_is_known(tag) || has_names_of_user(&job->spec));
    return fine ? tag : NULL;
}

/* Languages of countries that go their own way. */
static enum incmap_status names_languages(struct incmap_job *job,
                                          struct incmap_error *err) {
    for (size_t i = 0; i < job->spec.name_count; i++) {
        struct im_spec_names *own = &job->spec.names[i];
        const char *tag = own->language[0] ? known(job, own->language) : "";
        if (tag == NULL) {
            const char *key = im_format(job->arena, "names.areas.%s", own->country);
            return unknown(job, own->language, im_spec_where(&job->spec, key), err);
        }
        own->language = tag;
    }
    return INCMAP_OK;
}

enum incmap_status im_job_language(struct incmap_job *job, struct incmap_error *err) {
    struct im_spec *spec = &job->spec;
    if (spec->language == NULL || spec->language[0] == '\0') {
        spec->language = "en";
    }
    const char *tag = known(job, spec->language);
    if (tag == NULL) {
        return unknown(job, spec->language, im_spec_where(spec, "language"), err);
    }
    spec->language = tag;
    if (!im_has_furniture(tag)) {
        im_finding(&job->findings, IM_F_LANGUAGE_NAMES, im_spec_where(spec, "language"),
                   im_format(job->arena, "dates, legend and credits speak %s",
                             furniture_languages(job->arena)),
                   "'%s' is a language of names only: the furniture is in English",
                   tag);
    }
    return names_languages(job, err);
}
