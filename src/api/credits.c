/* Step 5: sources of the facts and of the data, worldview, accuracy, disclaimer. */
#include "api/job.h"
#include "base/buf.h"
#include "text/text.h"
#include <string.h>

/* Join distinct texts with "; ". */
static void add_once(struct im_arena *arena, struct im_strings *list,
                     const char *text) {
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->v[i], text) == 0) {
            return;
        }
    }
    if (text[0] != '\0') {
        IM_PUSH(arena, list->v, list->n, list->cap, text);
    }
}

/* "a; b; c" */
static const char *listed(struct im_arena *arena, const char *language,
                          const struct im_strings *list) {
    const char *out = list->n > 0 ? list->v[0] : "";
    for (size_t i = 1; i < list->n; i++) {
        out = im_phrase_fill(arena, language, "and_part", "a", out, "b", list->v[i],
                             NULL);
    }
    return out;
}

/* A phrase with a list as a sentence of its own. */
static void put_sentence(struct incmap_job *job, struct im_buf *b, const char *key,
                         const struct im_strings *list) {
    const char *language = im_wording(job->spec.language);
    const char *text = im_phrase_fill(job->arena, language, key, "list",
                                      listed(job->arena, language, list), NULL);
    im_buf_fmt(b, "%s ", im_sentence(job->arena, language, text));
}

/* Who states the figures on this map. */
static void facts(struct incmap_job *job, struct im_buf *b) {
    struct im_strings who = {0};
    for (size_t i = 0; i < job->events.n; i++) {
        for (size_t c = 0; c < job->events.v[i].claim_count; c++) {
            add_once(job->arena, &who, job->events.v[i].claims[c].claimant);
        }
    }
    if (who.n > 0 && who.n <= 6) {
        put_sentence(job, b, "figures_by", &who);
    }
}

/* The worldview, or the source of borders that have none, with its date. */
static const char *dated(struct incmap_job *job, const char *what) {
    const char *language = im_wording(job->spec.language);
    struct im_date as_of = job->spec.as_of;
    return !im_date_is_set(as_of)
               ? what
               : im_phrase_fill(
                     job->arena, language, "as_of", "what", what, "date",
                     im_date_phrase(job->arena, language, as_of, as_of, true), NULL);
}

/* The bundled borders are those of the present: states that broke up or were joined
 * before this day are not in the data. */
static const struct im_date since = {1993, 1, 1};

static bool before_borders(const struct incmap_job *job) {
    struct im_date as_of = job->spec.as_of;
    return im_date_is_set(as_of) && im_date_last_day(as_of) < im_date_first_day(since);
}

/* The worldview of the bundled borders. */
static const char *bundled_view(struct incmap_job *job) {
    const char *what = im_job_worldview(job);
    return before_borders(job)
               ? im_phrase_fill(job->arena, im_wording(job->spec.language),
                                "borders_of_today", "what", what, NULL)
               : dated(job, what);
}

void im_job_check_borders(struct incmap_job *job) {
    if (before_borders(job) && !job->basemap.user_borders) {
        im_finding(&job->findings, IM_F_BORDER_DATE, im_spec_where(&job->spec, "as_of"),
                   "draw those of that time with --borders FILE.shp",
                   "the borders of states are those of today, not of %d (the data "
                   "have no states that ended before %d)",
                   job->spec.as_of.year, since.year);
    }
}

static const char *accuracy(struct incmap_job *job, double km) {
    const char *language = im_wording(job->spec.language);
    const char *number = im_number_phrase(job->arena, language, km, km < 9.5 ? 1 : 0);
    return im_phrase_fill(job->arena, language, "accuracy", "distance",
                          im_length_phrase(job->arena, language, number, true), NULL);
}

const char *im_job_worldview(struct incmap_job *job) {
    const char *name = job->spec.worldview;
    const char *language = im_wording(job->spec.language);
    if (strcmp(name, "un") == 0 || strcmp(name, "de-facto") == 0) {
        return im_phrase(language,
                         name[0] == 'u' ? "worldview_un" : "worldview_de_facto");
    }
    const struct im_place *p =
        im_gazetteer_by_id(job->gazetteer, im_format(job->arena, "iso:%s", name));
    return im_phrase_fill(
        job->arena, language, "worldview_country", "name",
        p != NULL ? im_place_label(p, language, job->spec.as_of) : name, NULL);
}

static void borders(struct incmap_job *job, struct im_buf *b) {
    const struct im_basemap *m = &job->basemap;
    const char *language = im_wording(job->spec.language);
    struct im_strings parts = {0};
    if (m->user_borders) {
        add_once(job->arena, &parts,
                 dated(job, im_phrase(language, "borders_of_user")));
    } else {
        bool large = m->level != NULL && strcmp(m->level, "large") == 0;
        const char *both =
            im_format(job->arena, "DCW%sNatural Earth", im_list_separator(language));
        add_once(job->arena, &parts, large ? both : "Natural Earth");
        add_once(job->arena, &parts, bundled_view(job));
    }
    if (m->accuracy_m > 0) {
        add_once(job->arena, &parts, accuracy(job, m->accuracy_m / 1000.0));
    }
    if (m->user_borders && job->inset != NULL) { // which has the bundled ones
        const char *source = im_format(job->arena, "Natural Earth%s%s",
                                       im_list_separator(language), bundled_view(job));
        add_once(job->arena, &parts,
                 im_phrase_fill(job->arena, language, "inset_borders", "list", source,
                                NULL));
    }
    put_sentence(job, b, "borders", &parts);
}

/* Sources of the overlays that are in view, with their route accuracy. */
static void overlays(struct incmap_job *job, struct im_buf *b) {
    bool pipelines = false;
    for (size_t i = 0; i < job->spec.overlay_count; i++) {
        pipelines =
            pipelines || (strcmp(job->spec.overlays[i].file, "pipelines") == 0 &&
                          job->overlays && job->overlays[i].overlay->n > 0);
    }
    if (pipelines) {
        im_buf_fmt(b, "%s ",
                   im_phrase(im_wording(job->spec.language), "pipelines_credit"));
    }
}

static void disclaimer(const struct im_spec *spec, struct im_buf *b) {
    const char *given = spec->furniture.disclaimer_text;
    if (spec->furniture.disclaimer != IM_OFF) {
        im_buf_str(b, given && given[0]
                          ? given
                          : im_phrase(im_wording(spec->language), "disclaimer"));
    }
}

void im_job_credits(struct incmap_job *job) {
    const struct im_spec *spec = &job->spec;
    const char *given = spec->furniture.credits_text;
    struct im_buf b, least;
    im_buf_init(&b, job->arena, (size_t)1 << 20);
    im_buf_init(&least, job->arena, (size_t)1 << 20);
    if (spec->furniture.credits != IM_OFF) {
        if (given != NULL && given[0] != '\0') {
            im_buf_fmt(&b, "%s ", given);
        } else {
            facts(job, &b);
        }
        overlays(job, &b);
        borders(job, &b);
        borders(job, &least);
    }
    disclaimer(spec, &b);
    disclaimer(spec, &least);
    job->credits = b.data;
    job->credits_least = least.data;
}
