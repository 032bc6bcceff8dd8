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

static void put_list(struct im_buf *b, const struct im_strings *list) {
    for (size_t i = 0; i < list->n; i++) {
        im_buf_fmt(b, "%s%s", i ? "; " : "", list->v[i]);
    }
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
        im_buf_fmt(b, "%s: ", im_phrase(job->spec.language, "figures_by"));
        put_list(b, &who);
        im_buf_str(b, ". ");
    }
}

static void borders(struct incmap_job *job, struct im_buf *b) {
    const struct im_basemap *m = &job->basemap;
    const char *lang = job->spec.language;
    im_buf_fmt(b, "%s: ", im_phrase(lang, "borders"));
    if (m->user_borders) {
        im_buf_str(b, im_phrase(lang, "borders_of_user"));
    } else if (m->level != NULL && strcmp(m->level, "large") == 0) {
        im_buf_str(b, "DCW, Natural Earth");
    } else {
        im_buf_str(b, "Natural Earth");
    }
    if (!m->user_borders) {
        bool un = strcmp(job->spec.worldview, "un") == 0;
        im_buf_fmt(b, "; %s",
                   im_phrase(lang, un ? "worldview_un" : "worldview_de_facto"));
    }
    if (im_date_is_set(job->spec.as_of)) {
        im_buf_fmt(
            b, " %s %s", im_phrase(lang, "as_of"),
            im_date_phrase(job->arena, lang, job->spec.as_of, job->spec.as_of, true));
    }
    if (m->accuracy_m > 0) {
        im_buf_fmt(b, "; %s %s km", im_phrase(lang, "accurate_to_about"),
                   im_number_phrase(job->arena, lang, m->accuracy_m / 1000.0,
                                    m->accuracy_m < 9500 ? 1 : 0));
    }
    im_buf_str(b, ". ");
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
        im_buf_fmt(b, "%s ", im_phrase(job->spec.language, "pipelines_credit"));
    }
}

void im_job_credits(struct incmap_job *job) {
    const struct im_spec *spec = &job->spec;
    const char *given = spec->furniture.credits_text;
    const char *disclaimer = spec->furniture.disclaimer_text;
    struct im_buf b;
    im_buf_init(&b, job->arena, (size_t)1 << 20);
    if (spec->furniture.credits != IM_OFF) {
        if (given != NULL && given[0] != '\0') {
            im_buf_fmt(&b, "%s ", given);
        } else {
            facts(job, &b);
        }
        overlays(job, &b);
        borders(job, &b);
    }
    if (spec->furniture.disclaimer != IM_OFF) {
        im_buf_str(&b, disclaimer && disclaimer[0]
                           ? disclaimer
                           : im_phrase(spec->language, "disclaimer"));
    }
    job->credits = b.data;
}
