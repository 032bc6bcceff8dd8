/*
 * Which rows of a shared table a figure needs: those that pass its filters (by the
 * values of a column, each tested once) and that can fall into its days (by calendar).
 */
#include "base/buf.h"
#include "base/file.h"
#include "read/filter.h"
#include "read/shared.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { FILTERS = 3 };

/* A filter, and which values of its column pass. */
struct sieve {
    const struct read_postings *postings;
    const uint32_t *codes; /* that pass */
    size_t n;
    bool *passes; /* of each code; NULL when the codes are few */
    size_t rows;  /* that pass */
};

static enum incmap_status find_column(const struct im_table *t, const char *name,
                                      size_t *out, struct incmap_error *err) {
    enum read_column column = read_column_find(name);
    int at = column == READ_COLUMN_COUNT ? -1 : t->layout.at[column];
    if (at < 0) {
        at = im_csv_column(t->csv, name);
    }
    if (at < 0) {
        return im_fail(err, INCMAP_E_INPUT,
                       IM_AT(im_csv_name(t->csv), im_csv_header(t->csv)->line, 1),
                       "the table has no column '%s'", name);
    }
    *out = (size_t)at;
    return INCMAP_OK;
}

/* Each value once, however many rows have it. */
static void test_values(struct im_arena *arena, const struct read_filter *filter,
                        struct sieve *out) {
    const struct read_postings *p = out->postings;
    uint32_t *codes = im_alloc(arena, p->values, sizeof *codes);
    out->passes = im_alloc(arena, p->values, sizeof *out->passes);
    for (size_t c = 0; c < p->values; c++) {
        out->passes[c] = read_filter_passes(filter, p->value[c]);
        if (out->passes[c]) {
            codes[out->n++] = (uint32_t)c;
        }
    }
    out->codes = codes;
}

static bool sieve_passes(const struct sieve *s, uint32_t code) {
    bool passes = s->passes != NULL && s->passes[code];
    for (size_t i = 0; s->passes == NULL && i < s->n && !passes; i++) {
        passes = s->codes[i] == code;
    }
    return passes;
}

static enum incmap_status make_sieve(struct im_arena *arena, struct im_table *t,
                                     const char *where, struct sieve *out,
                                     struct incmap_error *err) {
    struct read_filter filter;
    size_t column;
    if (!read_filter_parse(arena, where, &filter)) {
        return im_fail(err, INCMAP_E_INPUT, IM_FILE(im_csv_name(t->csv)),
                       "where: '%s' is no filter (write column=value, column!=value or "
                       "column~part)",
                       where);
    }
    enum incmap_status status = find_column(t, filter.column, &column, err);
    if (status != INCMAP_OK) {
        return status;
    }
    out->postings = read_postings_of(t, column);
    if (filter.test == READ_EQUAL) {
        out->n = read_codes_of(out->postings, filter.value, &out->codes);
    } else {
        test_values(arena, &filter, out);
    }
    for (size_t i = 0; i < out->n; i++) {
        const uint32_t *start = &out->postings->start[out->codes[i]];
        out->rows += start[1] - start[0];
    }
    return INCMAP_OK;
}

/* The days asked for; unset = open. */
struct window {
    long first, last;
};

static struct window days_of(const struct im_spec *spec, size_t set) {
    const struct im_date from[] = {spec->from, spec->incidents[set].from};
    const struct im_date to[] = {spec->to, spec->incidents[set].to};
    struct window w = {LONG_MIN, LONG_MAX};
    for (int i = 0; i < 2; i++) {
        if (im_date_is_set(from[i]) && im_date_first_day(from[i]) > w.first) {
            w.first = im_date_first_day(from[i]);
        }
        if (im_date_is_set(to[i]) && im_date_last_day(to[i]) < w.last) {
            w.last = im_date_last_day(to[i]);
        }
    }
    return w;
}

static bool in_window(const struct read_entry *e, struct window w) {
    return e->first_day == READ_OPEN_FIRST ||
           (e->last_day >= w.first && e->first_day <= w.last);
}

struct choice {
    struct im_table *t;
    struct sieve sieve[FILTERS];
    size_t n;
    struct window window;
    struct im_table_rows *out;
};

static void offer(struct choice *c, uint32_t row) {
    bool passes = in_window(&c->t->row[row], c->window);
    for (size_t i = 0; i < c->n && passes; i++) {
        passes = sieve_passes(&c->sieve[i], c->sieve[i].postings->code[row]);
    }
    if (passes) {
        c->out->v[c->out->n++] = row;
    }
}

static void offer_values(struct choice *c, const struct sieve *best) {
    const struct read_postings *p = best->postings;
    for (size_t k = 0; k < best->n; k++) {
        const uint32_t *start = &p->start[best->codes[k]];
        for (uint32_t i = start[0]; i < start[1]; i++) {
            offer(c, p->rows[i]);
        }
    }
}

/* First place in the calendar whose day is not before `day`. */
static size_t place_of(const struct im_table *t, const struct read_calendar *k,
                       long day) {
    size_t low = 0, high = k->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (t->row[k->row[mid]].first_day < day) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low;
}

static void offer_days(struct choice *c, const struct read_calendar *k, size_t from,
                       size_t to) {
    for (size_t i = 0; i < k->wide_n; i++) {
        offer(c, k->wide[i]);
    }
    for (size_t i = from; i < to; i++) {
        offer(c, k->row[i]);
    }
}

static int ascending(const void *a, const void *b) {
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The shortest list that holds all rows wanted. */
static void choose(struct im_arena *arena, struct choice *c) {
    const struct im_table *t = c->t;
    const struct sieve *best = NULL;
    const struct read_calendar *k = NULL;
    size_t least = t->n, from = 0, to = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (c->sieve[i].rows < least) {
            best = &c->sieve[i];
            least = best->rows;
        }
    }
    if (c->window.first > LONG_MIN || c->window.last < LONG_MAX) {
        k = read_calendar_of(c->t);
        long first = c->window.first;
        from = place_of(t, k, first > LONG_MIN ? first - k->longest : first);
        to = c->window.last < LONG_MAX ? place_of(t, k, c->window.last + 1) : k->n;
        to = to < from ? from : to;
        least = k->wide_n + (to - from) < least ? k->wide_n + (to - from) : least;
        k = least == k->wide_n + (to - from) ? k : NULL;
    }
    c->out->v = im_alloc(arena, least, sizeof *c->out->v);
    if (k != NULL) {
        offer_days(c, k, from, to);
    } else if (best != NULL) {
        offer_values(c, best);
    } else {
        for (size_t i = 0; i < t->n; i++) {
            offer(c, (uint32_t)i);
        }
        return;
    }
    qsort(c->out->v, c->out->n, sizeof *c->out->v, ascending);
}

enum incmap_status read_select(struct im_arena *arena, struct im_table *t,
                               const struct im_spec *spec, size_t set,
                               struct im_table_rows *out, bool *left_out,
                               struct incmap_error *err) {
    const char *const where[FILTERS] = {spec->incidents[set].where, spec->where,
                                        spec->facet};
    struct choice c = {.t = t, .window = days_of(spec, set), .out = out};
    *out = (struct im_table_rows){NULL, 0};
    *left_out = false;
    for (size_t i = 0; i < FILTERS; i++) {
        if (where[i] == NULL || where[i][0] == '\0') {
            continue;
        }
        enum incmap_status status = make_sieve(arena, t, where[i], &c.sieve[c.n], err);
        if (status != INCMAP_OK) {
            return status;
        }
        *left_out = *left_out || c.sieve[c.n].rows < t->n;
        c.n++;
    }
    choose(arena, &c);
    return INCMAP_OK;
}

/* What a figure of these rows depends on. */
enum incmap_status im_table_tell(struct im_arena *arena, struct im_table *t,
                                 const struct im_spec *spec, size_t set,
                                 struct im_buf *out, struct incmap_error *err) {
    struct im_table_rows rows;
    bool left_out;
    enum incmap_status status = read_select(arena, t, spec, set, &rows, &left_out, err);
    if (status != INCMAP_OK) {
        return status;
    }
    const struct im_row *header = im_csv_header(t->csv);
    im_buf_fmt(out, "%s %d %d %d\n", im_path_name(im_csv_name(t->csv)),
               (int)t->order[0], (int)t->order[1], left_out);
    for (size_t i = 0; i < header->n; i++) {
        im_buf_fmt(out, "%zu:%s\n", header->field[i].n, header->field[i].text);
    }
    for (size_t i = 0; i < t->bad_n; i++) {
        im_buf_fmt(out, "%u:%u %s\n", t->bad[i].at.line, t->bad[i].at.col,
                   t->bad[i].why);
    }
    for (size_t i = 0; i < rows.n; i++) {
        im_buf_add(out, t->row[rows.v[i]].digest, sizeof t->row->digest);
    }
    return INCMAP_OK;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

enum incmap_status im_table_values(struct im_arena *arena, struct im_table *t,
                                   const struct im_spec *spec, size_t set,
                                   const char *column, struct im_strings *out,
                                   const char **header, struct incmap_error *err) {
    struct im_table_rows rows;
    bool left_out;
    size_t at;
    enum incmap_status status = read_select(arena, t, spec, set, &rows, &left_out, err);
    if (status == INCMAP_OK) {
        status = find_column(t, column, &at, err);
    }
    if (status != INCMAP_OK) {
        return status;
    }
    const struct read_postings *p = read_postings_of(t, at);
    bool *seen = im_alloc(arena, p->values, sizeof *seen);
    *header = im_csv_header(t->csv)->field[at].text;
    for (size_t i = 0; i < rows.n; i++) {
        seen[p->code[rows.v[i]]] = true;
    }
    for (size_t c = 0; c < p->values; c++) {
        if (seen[c] && p->value[c][0] != '\0') {
            IM_PUSH(arena, out->v, out->n, out->cap, p->value[c]);
        }
    }
    qsort(out->v, out->n, sizeof *out->v, by_text);
    return INCMAP_OK;
}

static int by_days(const void *a, const void *b) {
    const struct im_days *x = a, *y = b;
    int order = (x->first > y->first) - (x->first < y->first);
    return order != 0 ? order : (x->last > y->last) - (x->last < y->last);
}

enum incmap_status im_table_days(struct im_arena *arena, struct im_table *t,
                                 const struct im_spec *spec, size_t set,
                                 struct im_days **out, size_t *n,
                                 struct incmap_error *err) {
    struct im_table_rows rows;
    bool left_out;
    enum incmap_status status = read_select(arena, t, spec, set, &rows, &left_out, err);
    *out = NULL;
    *n = 0;
    if (status != INCMAP_OK) {
        return status;
    }
    struct im_days *days = im_alloc(arena, rows.n, sizeof *days);
    size_t count = 0;
    for (size_t i = 0; i < rows.n; i++) {
        const struct read_entry *e = &t->row[rows.v[i]];
        if (e->first_day != READ_OPEN_FIRST) {
            days[count++] = (struct im_days){e->first_day, e->last_day};
        }
    }
    qsort(days, count, sizeof *days, by_days);
    for (size_t i = 0; i < count; i++) {
        if (*n == 0 || by_days(&days[*n - 1], &days[i]) != 0) {
            days[(*n)++] = days[i];
        }
    }
    *out = days;
    return INCMAP_OK;
}
