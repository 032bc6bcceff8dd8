/* Alternative text: what a reader who cannot see the figure must know. */
#include "layout/job.h"
#include "layout/overlay.h"
#include "layout/stack.h"
#include "text/text.h"

#include <string.h>

/* Nobody listens to more: incidents told one by one; bytes after which no other one is
 * begun; countries and lines that are named. */
enum { TOLD = 20, LONG = 2400, NAMED = 10 };

/* What is told, as sentences in the map's language. */
struct story {
    struct lay_job *job;
    struct im_arena *arena;
    const char *language; /* of the furniture */
    struct im_buf *out;
};

static void end_sentence(struct story *s, const char *text) {
    im_buf_fmt(s->out, "%s%s", s->out->len > 0 ? " " : "",
               im_sentence(s->arena, s->language, text));
}

static const char *number(struct story *s, size_t n) {
    return im_number_phrase(s->arena, s->language, (double)n, 0);
}

static const char *and_part(struct story *s, const char *a, const char *b) {
    return b[0] == '\0' ? a
                        : im_phrase_fill(s->arena, s->language, "and_part", "a", a, "b",
                                         b, NULL);
}

static const char *listed(struct story *s, const char *a, const char *b) {
    return lay_list_join(s->arena, s->job->in, a, b);
}

static const char *period(struct story *s) {
    const struct im_event *first = NULL;
    const struct im_event *last = NULL;
    for (size_t i = 0; i < s->job->symbol_count; i++) {
        const struct im_event *e = s->job->symbols[i].mark->event;
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
    return first == NULL
               ? ""
               : im_date_phrase(s->arena, s->language, first->date, last->date, true);
}

/* "Incidents: 9 (Clash 3, Shelling 4), 12–16 July 2020" */
static void kinds(struct story *s) {
    const struct lay_categories *c = &s->job->categories;
    const char *each = "";
    for (size_t i = 0; i < c->n; i++) {
        if (c->v[i].count > 0) {
            const char *n = number(s, c->v[i].count);
            each = listed(s, each, im_format(s->arena, "%s %s", c->v[i].label, n));
        }
    }
    const char *text = im_phrase_fill(s->arena, s->language, "incidents", "n",
                                      number(s, s->job->symbol_count), NULL);
    text = each[0] != '\0' ? im_format(s->arena, "%s (%s)", text, each) : text;
    const char *when = period(s);
    end_sentence(s, when[0] != '\0' ? listed(s, text, when) : text);
}

/* Incidents at one place, which the map shows as one symbol. */
static void stacks(struct story *s) {
    size_t told = 0;
    for (size_t i = 0; i < s->job->symbol_count && told < TOLD; i++) {
        const struct lay_symbol *symbol = &s->job->symbols[i];
        if (symbol->stack != NULL && lay_is_drawn(symbol)) {
            end_sentence(s, lay_stack_text(s->job, symbol->stack));
            told++;
        }
    }
}

/* Claims by each claimant, in the order of the table. */
static void claimants(struct story *s) {
    enum { MOST = 16 };
    const char *who[MOST], *text = "";
    size_t count[MOST];
    size_t n = 0;
    for (size_t i = 0; i < s->job->symbol_count; i++) {
        const struct im_event *e = s->job->symbols[i].mark->event;
        for (size_t k = 0; k < e->claim_count; k++) {
            size_t w = 0;
            while (w < n && strcmp(who[w], e->claims[k].claimant) != 0) {
                w++;
            }
            if (w == n && n < MOST && e->claims[k].claimant[0] != '\0') {
                who[n] = e->claims[k].claimant;
                count[n++] = 0;
            }
            if (w < n) {
                count[w]++;
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        text =
            listed(s, text, im_format(s->arena, "%s: %s", who[i], number(s, count[i])));
    }
    if (n > 0) {
        end_sentence(s, im_phrase_fill(s->arena, s->language, "statements_by", "list",
                                       text, NULL));
    }
}

/* What was reported, and by whom, when the first claim gives no figures that say so. */
static const char *report(struct story *s, const struct im_event *e) {
    bool silent = e->claim_count > 0 && e->claims[0].notes[0] != '\0' &&
                  lay_claim_text(s->arena, s->job->in, e, &e->claims[0])[0] == '\0';
    return silent ? lay_note(s->arena, s->job->in, e) : "";
}

static void tell_each(struct story *s) {
    struct lay_job *job = s->job;
    size_t i = 0;
    for (; i < job->symbol_count && i < TOLD && s->out->len < LONG; i++) {
        const struct im_mark *m = job->symbols[i].mark;
        const struct im_event *e = m->event;
        const char *when = lay_dates(s->arena, job->in, e);
        const char *text = im_format(
            s->arena, "%s. %s: %s", number(s, job->symbols[i].number),
            when[0] != '\0' ? listed(s, when, lay_where(job->arena, job->in, m))
                            : lay_where(job->arena, job->in, m),
            job->symbols[i].category->label);
        text = and_part(s, text, report(s, e));
        for (size_t k = 0; k < e->claim_count; k++) {
            text =
                and_part(s, text, lay_claim_text(s->arena, job->in, e, &e->claims[k]));
        }
        end_sentence(s, and_part(s, text, m->distance == NULL ? "" : m->distance));
    }
    if (i < job->symbol_count) {
        end_sentence(s, im_count_phrase(s->arena, s->language, "more_incidents",
                                        (double)(job->symbol_count - i), NULL));
    }
}

/* The area that the NAMED-th largest of the named countries has; 0: they are fewer. */
static double least_area(const struct im_basemap *map) {
    double top[NAMED] = {0}; // falling
    for (size_t i = 0; i < map->ground_count; i++) {
        double area = map->grounds[i].name[0] != '\0' ? map->grounds[i].area_pt2 : 0;
        for (size_t k = 0; k < NAMED; k++) {
            double larger = area > top[k] ? area : top[k];
            area = area > top[k] ? top[k] : area;
            top[k] = larger;
        }
    }
    return top[NAMED - 1];
}

/* The largest countries on the map, in the order of the map. */
static void lands(struct story *s) {
    const struct im_basemap *map = s->job->in->basemap;
    const char *text = "";
    double least = least_area(map);
    for (size_t i = 0; i < map->ground_count; i++) {
        const struct im_ground *g = &map->grounds[i];
        if (g->area_pt2 > 0 && g->name[0] != '\0' && g->area_pt2 >= least) {
            text = listed(s, text, g->name);
        }
    }
    text = im_phrase_fill(s->arena, s->language, "map", "list", text, NULL);
    end_sentence(s, text);
}

/* Lines of the overlays by their names, each once. */
static void lines(struct story *s) {
    const char *named[NAMED], *text = "";
    size_t n = 0;
    for (size_t i = 0; i < s->job->line_count && n < NAMED; i++) {
        const struct lay_line *line = &s->job->lines[i];
        const char *name = lay_line_name(s->job, line->overlay, line->feature, false);
        size_t k = 0;
        while (k < n && strcmp(named[k], name) != 0) {
            k++;
        }
        if (k == n && name[0] != '\0') {
            named[n++] = name;
            text = listed(s, text, name);
        }
    }
    if (n > 0) {
        end_sentence(s, text);
    }
}

/* "" when the map does not have it. */
static const char *country(const struct im_basemap *map, const char *owner) {
    for (size_t i = 0; i < map->ground_count; i++) {
        if (strcmp(map->grounds[i].owner, owner) == 0) {
            return map->grounds[i].name;
        }
    }
    return "";
}

/* "Inset: location of the map (Georgia)" */
static void inset(struct story *s) {
    const struct im_inset *inset = s->job->in->inset;
    const char *own = "", *text = lay_word(s->job->in, "inset");
    for (size_t i = 0; i < inset->own_count; i++) {
        const char *name = country(s->job->in->basemap, inset->own[i]);
        name = name[0] != '\0' ? name : country(&inset->basemap, inset->own[i]);
        own = name[0] != '\0' ? listed(s, own, name) : own;
    }
    end_sentence(s, own[0] != '\0' ? im_format(s->arena, "%s (%s)", text, own) : text);
}

void lay_describe(struct lay_job *job) {
    const struct im_spec *spec = job->in->spec;
    struct im_buf out;
    struct story s = {job, job->arena, lay_wording(job->in), &out};
    im_buf_init(&out, job->arena, 1 << 20);
    bool titled = spec->title != NULL && spec->title[0] != '\0';
    job->scene->title = titled ? lay_clean(job->arena, spec->title)
                               : lay_word(job->in, "map_of_incidents");
    lands(&s);
    lines(&s);
    if (job->symbol_count > 0) {
        kinds(&s);
        stacks(&s);
        tell_each(&s);
        claimants(&s);
    }
    if (job->in->not_placed > 0) {
        end_sentence(&s, im_count_phrase(job->arena, s.language, "not_placed",
                                         (double)job->in->not_placed, NULL));
    }
    if (job->inset.w > 0) {
        inset(&s);
    }
    if (spec->worldview != NULL && spec->worldview[0] != '\0') {
        bool un = strcmp(spec->worldview, "un") == 0;
        const char *told = job->in->worldview;
        const char *view =
            told ? told : lay_word(job->in, un ? "worldview_un" : "worldview_de_facto");
        end_sentence(
            &s, im_phrase_fill(job->arena, s.language, "borders", "list", view, NULL));
    }
    job->scene->description = out.data;
}
