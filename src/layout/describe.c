/* Alternative text: what a reader who cannot see the figure must know. */
#include "layout/job.h"
#include "text/text.h"

#include <string.h>

enum { TOLD = 20 }; /* incidents told one by one */

static void period(struct lay_job *job, struct im_buf *out) {
    const struct im_event *first = NULL;
    const struct im_event *last = NULL;
    for (size_t i = 0; i < job->symbol_count; i++) {
        const struct im_event *e = job->symbols[i].mark->event;
        if (!im_date_is_set(e->date)) {
            continue;
        }
        if (first == NULL ||
            im_date_first_day(e->date) < im_date_first_day(first->date)) {
            first = e;
        }
        if (last == NULL || im_date_last_day(e->date) > im_date_last_day(last->date)) {
            last = e;
        }
    }
    if (first != NULL) {
        im_buf_fmt(
            out, ", %s",
            im_date_phrase(job->arena, job->language, first->date, last->date, true));
    }
}

static void kinds(struct lay_job *job, struct im_buf *out) {
    bool any = false;
    for (size_t i = 0; i < job->categories.n; i++) {
        const struct lay_category *c = &job->categories.v[i];
        if (c->count > 0) {
            im_buf_fmt(out, "%s%s %zu", any ? ", " : " (", c->label, c->count);
            any = true;
        }
    }
    im_buf_str(out, any ? ")" : "");
}

/* Claims by each claimant, in the order of the table. */
static void claimants(struct lay_job *job, struct im_buf *out) {
    const char *who[16];
    size_t count[16];
    size_t n = 0;
    for (size_t i = 0; i < job->symbol_count; i++) {
        const struct im_event *e = job->symbols[i].mark->event;
        for (size_t k = 0; k < e->claim_count; k++) {
            size_t w = 0;
            while (w < n && strcmp(who[w], e->claims[k].claimant) != 0) {
                w++;
            }
            if (w == n && n < 16 && e->claims[k].claimant[0] != '\0') {
                who[n] = e->claims[k].claimant;
                count[n++] = 0;
            }
            if (w < n) {
                count[w]++;
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        im_buf_fmt(out, "%s%s: %zu", i == 0 ? " " : ", ", who[i], count[i]);
        im_buf_str(out, i + 1 == n ? "." : "");
    }
}

static void tell_each(struct lay_job *job, struct im_buf *out) {
    for (size_t i = 0; i < job->symbol_count && i < TOLD; i++) {
        const struct im_mark *m = job->symbols[i].mark;
        const struct im_event *e = m->event;
        im_buf_fmt(out, " %zu. %s, %s: %s", job->symbols[i].number,
                   lay_dates(job->arena, job->in, e), m->place_label,
                   job->symbols[i].category->label);
        for (size_t k = 0; k < e->claim_count; k++) {
            const char *text = lay_claim_text(job->arena, job->in, e, &e->claims[k]);
            im_buf_fmt(out, "%s%s", text[0] != '\0' ? "; " : "", text);
        }
        if (m->distance != NULL && m->distance[0] != '\0') {
            im_buf_fmt(out, "; %s", m->distance);
        }
        im_buf_char(out, '.');
    }
}

static void lands(struct lay_job *job, struct im_buf *out) {
    const struct im_basemap *map = job->in->basemap;
    bool any = false;
    for (size_t i = 0; i < map->ground_count; i++) {
        if (map->grounds[i].area_pt2 > 0 && map->grounds[i].name[0] != '\0') {
            im_buf_fmt(out, "%s%s", any ? ", " : " ", map->grounds[i].name);
            any = true;
        }
    }
    im_buf_str(out, any ? "." : "");
}

void lay_describe(struct lay_job *job) {
    const struct im_spec *spec = job->in->spec;
    struct im_buf out;
    im_buf_init(&out, job->arena, 1 << 20);
    bool titled = spec->title != NULL && spec->title[0] != '\0';
    job->scene->title = titled ? lay_clean(job->arena, spec->title)
                               : lay_word(job->in, "map_of_incidents");
    im_buf_str(&out, lay_word(job->in, "map"));
    lands(job, &out);
    if (job->symbol_count > 0) {
        im_buf_fmt(&out, " %s: %zu", lay_word(job->in, "incidents"), job->symbol_count);
        kinds(job, &out);
        period(job, &out);
        im_buf_str(&out, ".");
        tell_each(job, &out);
        im_buf_fmt(&out, " %s:", lay_word(job->in, "statements_by"));
        claimants(job, &out);
    }
    if (job->in->not_placed > 0) {
        im_buf_fmt(&out, " %zu %s.", job->in->not_placed,
                   lay_word(job->in, "not_placed"));
    }
    if (spec->worldview != NULL && spec->worldview[0] != '\0') {
        bool un = strcmp(spec->worldview, "un") == 0;
        im_buf_fmt(&out, " %s.",
                   lay_word(job->in, un ? "worldview_un" : "worldview_de_facto"));
    }
    job->scene->description = out.data;
}
