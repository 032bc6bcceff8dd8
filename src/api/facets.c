/* What figures can be made of a job's incidents: one for each country, day, ... */
#include "api/job.h"
#include "base/buf.h"
#include "text/text.h"
#include <string.h>

enum facet_kind { BY_VALUE, BY_DAY, BY_WEEK, BY_MONTH };

static const struct facet {
    const char *word;
    enum facet_kind kind;
    const char *column;
} facets[] = {
    {"country", BY_VALUE, "country"}, {"admin1", BY_VALUE, "admin1"},
    {"category", BY_VALUE, "type"},   {"day", BY_DAY, NULL},
    {"week", BY_WEEK, NULL},          {"month", BY_MONTH, NULL},
};

struct faceting {
    struct incmap_job *job;
    const struct facet *facet;
    int (*each)(void *, const char *, const char *const *, size_t);
    void *self;
};

static enum incmap_status by_value(struct faceting *f, struct incmap_error *err) {
    struct incmap_job *job = f->job;
    struct im_strings all = {0};
    const char *header = f->facet->column;
    for (size_t i = 0; i < job->spec.incident_count; i++) {
        struct im_table *table = NULL;
        struct im_strings some = {0};
        enum incmap_status s = im_job_table(job, i, &table, err);
        if (s == INCMAP_OK) {
            s = im_table_values(job->arena, table, &job->spec, i, f->facet->column,
                                &some, &header, err);
        }
        if (s != INCMAP_OK) {
            return s;
        }
        for (size_t k = 0; k < some.n; k++) {
            size_t at = job->spec.incident_count == 1 ? all.n : 0;
            while (at < all.n && strcmp(all.v[at], some.v[k]) != 0) {
                at += 1;
            }
            if (at == all.n) {
                IM_PUSH(job->arena, all.v, all.n, all.cap, some.v[k]);
            }
        }
    }
    for (size_t k = 0; k < all.n; k++) {
        const char *set[] = {
            "facet",
            im_format(job->arena, "%s=%s",
                      job->spec.incident_count > 1 ? f->facet->column : header,
                      all.v[k]),
            "part", all.v[k]};
        if (f->each(f->self, all.v[k], set, 2) != 0) {
            break;
        }
    }
    return INCMAP_OK;
}

/* First day of the part that `day` is in. */
static long start_of(enum facet_kind kind, long day) {
    if (kind == BY_WEEK) {
        long weekday = ((day + 3) % 7 + 7) % 7; // 1970-01-01 was a Thursday; 0 = Monday
        return day - weekday;
    }
    struct im_date d = im_date_of_day(day);
    d.day = 1;
    return kind == BY_MONTH ? im_date_first_day(d) : day;
}

static long end_of(enum facet_kind kind, long start) {
    struct im_date month = im_date_of_day(start);
    month.day = 0;
    return kind == BY_DAY    ? start
           : kind == BY_WEEK ? start + 6
                             : im_date_last_day(month);
}

/* "2020-07-12", "2020-W29" (ISO 8601: the week of its Thursday), "2020-07" */
static const char *name_of(struct im_arena *arena, enum facet_kind kind, long start) {
    char text[16];
    struct im_date d = im_date_of_day(start);
    if (kind == BY_WEEK) {
        struct im_date thursday = im_date_of_day(start + 3);
        struct im_date first = {thursday.year, 1, 1};
        long week = (start + 3 - im_date_first_day(first)) / 7 + 1;
        return im_format(arena, "%04d-W%02ld", thursday.year, week);
    }
    d.day = kind == BY_MONTH ? 0 : d.day;
    return im_strdup(arena, im_date_write(text, d));
}

/* How a title says the days `from` to `to`: "12 July 2020", "13–19 July 2020"; a month
 * of which no day is cut off is "July 2020". */
static const char *words_of(struct incmap_job *job, enum facet_kind kind,
                            struct im_date from, struct im_date to) {
    struct im_date month = {from.year, from.month, 0};
    bool whole = kind == BY_MONTH &&
                 im_date_first_day(month) == im_date_first_day(from) &&
                 im_date_last_day(month) == im_date_last_day(to);
    return im_date_phrase(job->arena, im_wording(job->spec.language),
                          whole ? month : from, whole ? month : to, true);
}

/* First days of parts, ascending, each once. */
struct starts {
    long *v;
    size_t n, cap;
};

static void add_start(struct im_arena *arena, struct starts *s, long start) {
    size_t at = s->n;
    while (at > 0 && s->v[at - 1] > start) {
        at--;
    }
    if (at > 0 && s->v[at - 1] == start) {
        return;
    }
    IM_PUSH(arena, s->v, s->n, s->cap, start);
    memmove(s->v + at + 1, s->v + at, (s->n - 1 - at) * sizeof *s->v);
    s->v[at] = start;
}

/* The later of a part's first day and that of the map file; likewise at the end. */
static struct im_date not_before(long day, struct im_date from) {
    bool cut = im_date_is_set(from) && im_date_first_day(from) > day;
    return im_date_of_day(cut ? im_date_first_day(from) : day);
}

static struct im_date not_after(long day, struct im_date to) {
    bool cut = im_date_is_set(to) && im_date_last_day(to) < day;
    return im_date_of_day(cut ? im_date_last_day(to) : day);
}

static void add_days(const struct faceting *f, const struct im_days *days,
                     struct starts *starts) {
    const struct im_spec *spec = &f->job->spec;
    enum facet_kind kind = f->facet->kind;
    long first = days->first, last = days->last;
    if (im_date_is_set(spec->from) && im_date_first_day(spec->from) > first) {
        first = im_date_first_day(spec->from);
    }
    if (im_date_is_set(spec->to) && im_date_last_day(spec->to) < last) {
        last = im_date_last_day(spec->to);
    }
    for (long at = start_of(kind, first); at <= last; at = end_of(kind, at) + 1) {
        add_start(f->job->arena, starts, at);
    }
}

static enum incmap_status by_days(struct faceting *f, struct incmap_error *err) {
    struct incmap_job *job = f->job;
    const struct im_spec *spec = &job->spec;
    struct starts starts = {0};
    for (size_t i = 0; i < spec->incident_count; i++) {
        struct im_table *table = NULL;
        struct im_days *days = NULL;
        size_t count = 0;
        enum incmap_status s = im_job_table(job, i, &table, err);
        if (s == INCMAP_OK) {
            s = im_table_days(job->arena, table, spec, i, &days, &count, err);
        }
        if (s != INCMAP_OK) {
            return s;
        }
        for (size_t k = 0; k < count; k++) {
            add_days(f, &days[k], &starts);
        }
    }
    for (size_t k = 0; k < starts.n; k++) {
        enum facet_kind kind = f->facet->kind;
        char from[16], to[16];
        struct im_date first = not_before(starts.v[k], spec->from);
        struct im_date last = not_after(end_of(kind, starts.v[k]), spec->to);
        const char *set[] = {"from", im_date_write(from, first),
                             "to",   im_date_write(to, last),
                             "part", words_of(job, kind, first, last)};
        if (f->each(f->self, name_of(job->arena, kind, starts.v[k]), set, 3) != 0) {
            break;
        }
    }
    return INCMAP_OK;
}

static enum incmap_status run(void *self, struct incmap_error *err) {
    struct faceting *f = self;
    enum incmap_status s = im_job_settle(f->job, err);
    if (s == INCMAP_OK && f->job->spec.incident_count == 0) {
        return im_fail(err, INCMAP_E_USAGE, IM_FILE(f->job->spec.file),
                       "there are no incidents to make figures of (give the map file "
                       "incidents)");
    }
    if (s != INCMAP_OK) {
        return s;
    }
    return f->facet->kind == BY_VALUE ? by_value(f, err) : by_days(f, err);
}

enum incmap_status incmap_job_facets(struct incmap_job *job, const char *by,
                                     int (*each)(void *, const char *,
                                                 const char *const *, size_t),
                                     void *self, struct incmap_error *err) {
    struct faceting f = {job, NULL, each, self};
    im_error_clear(err);
    for (size_t i = 0; i < sizeof facets / sizeof *facets; i++) {
        if (strcmp(facets[i].word, by) == 0) {
            f.facet = &facets[i];
        }
    }
    if (f.facet == NULL) {
        return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                       "unknown facet '%s' (country, admin1, category, day, week or "
                       "month)",
                       by);
    }
    return im_guard(job->arena, job->atlas->arena, run, &f, err);
}
