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
    struct im_reach reach;
    const struct read_grid *grid; /* NULL = the whole world */
    struct read_choice *out;
};

/* Columns of cells from west to east, once around at most. */
static int columns_of(const struct im_reach *r) {
    int n = r->east - r->west;
    return n < 0 ? n + 360 : n;
}

static bool reaches(const struct choice *c, uint32_t cell) {
    const struct im_reach *r = &c->reach;
    if (cell == READ_ANYWHERE) {
        return true;
    }
    int lon = (int)(cell / 180) - 180, lat = (int)(cell % 180) - 90;
    int east = (lon - r->west + 720) % 360;
    return lat >= r->south && lat < r->north && east < columns_of(r);
}

static void offer(struct choice *c, uint32_t row) {
    bool passes = in_window(&c->t->row[row], c->window);
    for (size_t i = 0; i < c->n && passes; i++) {
        passes = sieve_passes(&c->sieve[i], c->sieve[i].postings->code[row]);
    }
    if (passes && c->grid != NULL && !reaches(c, c->grid->cell[row])) {
        c->out->far = true;
        passes = false;
    }
    if (passes) {
        c->out->rows.v[c->out->rows.n++] = row;
    }
}

/* The rows of the cells within reach, and those that may be anywhere; or their number.
 */
static size_t offer_cells(struct choice *c, bool count_only) {
    const struct read_grid *g = c->grid;
    const struct im_reach *r = &c->reach;
    size_t n = 0;
    for (int k = 0; k <= columns_of(r); k++) {
        bool anywhere = k == columns_of(r);
        uint32_t column = (uint32_t)((r->west + 180 + k + 720) % 360);
        uint32_t first =
            anywhere ? READ_ANYWHERE : 180 * column + (uint32_t)(r->south + 90);
        uint32_t last = anywhere ? first : 180 * column + (uint32_t)(r->north + 89);
        n += g->start[last + 1] - g->start[first];
        for (uint32_t i = g->start[first]; !count_only && i < g->start[last + 1]; i++) {
            offer(c, g->rows[i]);
        }
    }
    return n;
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

/* Lists that hold all rows wanted, and the shortest of them. */
struct lists {
    const struct sieve *values;
    const struct read_calendar *days;
    size_t from, to; /* of the calendar */
    bool cells;
    size_t least;
};

static void look_at_days(struct choice *c, struct lists *l) {
    long first = c->window.first, last = c->window.last;
    if (first == LONG_MIN && last == LONG_MAX) {
        return;
    }
    const struct read_calendar *k = read_calendar_of(c->t);
    size_t from = place_of(c->t, k, first > LONG_MIN ? first - k->longest : first);
    size_t to = last < LONG_MAX ? place_of(c->t, k, last + 1) : k->n;
    to = to < from ? from : to;
    if (k->wide_n + (to - from) <= l->least) {
        *l = (struct lists){.days = k, .from = from, .to = to};
        l->least = k->wide_n + (to - from);
    }
}

static struct lists shortest(struct choice *c) {
    struct lists l = {.least = c->t->n};
    for (size_t i = 0; i < c->n; i++) {
        if (c->sieve[i].rows < l.least) {
            l = (struct lists){.values = &c->sieve[i], .least = c->sieve[i].rows};
        }
    }
    look_at_days(c, &l);
    if (c->grid != NULL && c->grid->start != NULL && offer_cells(c, true) < l.least) {
        l = (struct lists){.cells = true, .least = offer_cells(c, true)};
    }
    return l;
}

static void choose(struct im_arena *arena, struct choice *c) {
    struct lists l = shortest(c);
    struct im_table_rows *rows = &c->out->rows;
    rows->v = im_alloc(arena, l.least, sizeof *rows->v);
    if (l.days != NULL) {
        offer_days(c, l.days, l.from, l.to);
    } else if (l.values != NULL) {
        offer_values(c, l.values);
    } else if (l.cells) {
        offer_cells(c, false);
        c->out->far = c->n == 0; // with filters it is not known what they left there
    } else {
        for (size_t i = 0; i < c->t->n; i++) {
            offer(c, (uint32_t)i);
        }
        return;
    }
    qsort(rows->v, rows->n, sizeof *rows->v, ascending);
}

enum incmap_status read_select(struct im_arena *arena, struct im_table *t,
                               const struct im_spec *spec, size_t set,
                               struct read_choice *out, struct incmap_error *err) {
    const char *const where[FILTERS] = {spec->incidents[set].where, spec->where,
                                        spec->facet};
    struct choice c = {
        .t = t, .window = days_of(spec, set), .reach = spec->reach, .out = out};
    *out = (struct read_choice){0};
    c.grid = spec->reach.set ? read_grid_of(t) : NULL;
    for (size_t i = 0; i < FILTERS; i++) {
        if (where[i] == NULL || where[i][0] == '\0') {
            continue;
        }
        enum incmap_status status = make_sieve(arena, t, where[i], &c.sieve[c.n], err);
        if (status != INCMAP_OK) {
            return status;
        }
        out->left_out = out->left_out || c.sieve[c.n].rows < t->n;
        c.n++;
    }
    choose(arena, &c);
    return INCMAP_OK;
}

/* What a figure of these rows depends on. */
enum incmap_status im_table_tell(struct im_arena *arena, struct im_table *t,
                                 const struct im_spec *spec, size_t set,
                                 struct im_buf *out, struct incmap_error *err) {
    struct read_choice chosen;
    enum incmap_status status = read_select(arena, t, spec, set, &chosen, err);
    if (status != INCMAP_OK) {
        return status;
    }
    const struct im_row *header = im_csv_header(t->csv);
    im_buf_fmt(out, "%s %d %d %d %d\n", im_path_name(im_csv_name(t->csv)),
               (int)t->order[0], (int)t->order[1], chosen.left_out, chosen.far);
    for (size_t i = 0; i < header->n; i++) {
        im_buf_fmt(out, "%zu:%s\n", header->field[i].n, header->field[i].text);
    }
    for (size_t i = 0; i < t->bad_n; i++) {
        im_buf_fmt(out, "%u:%u %s\n", t->bad[i].at.line, t->bad[i].at.col,
                   t->bad[i].why);
    }
    uint64_t sum[2] = {chosen.rows.n, 0};
    for (size_t i = 0; i < chosen.rows.n; i++) {
        read_digest_add(sum, t->row[chosen.rows.v[i]].digest);
    }
    im_buf_fmt(out, "%016llx%016llx\n", (unsigned long long)sum[0],
               (unsigned long long)sum[1]);
    return INCMAP_OK;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

enum incmap_status im_table_values(struct im_arena *arena, struct im_table *t,
                                   const struct im_spec *spec, size_t set,
                                   const char *column, struct im_strings *out,
                                   const char **header, struct incmap_error *err) {
    struct read_choice chosen;
    size_t at;
    enum incmap_status status = read_select(arena, t, spec, set, &chosen, err);
    if (status == INCMAP_OK) {
        status = find_column(t, column, &at, err);
    }
    if (status != INCMAP_OK) {
        return status;
    }
    const struct read_postings *p = read_postings_of(t, at);
    bool *seen = im_alloc(arena, p->values, sizeof *seen);
    *header = im_csv_header(t->csv)->field[at].text;
    for (size_t i = 0; i < chosen.rows.n; i++) {
        seen[p->code[chosen.rows.v[i]]] = true;
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
    struct read_choice chosen;
    enum incmap_status status = read_select(arena, t, spec, set, &chosen, err);
    *out = NULL;
    *n = 0;
    if (status != INCMAP_OK) {
        return status;
    }
    struct im_days *days = im_alloc(arena, chosen.rows.n, sizeof *days);
    size_t count = 0;
    for (size_t i = 0; i < chosen.rows.n; i++) {
        const struct read_entry *e = &t->row[chosen.rows.v[i]];
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
