/* Rows of a table by the value of a column, and by their day; made when first asked
 * for.
 */
#include "read/shared.h"
#include <stdlib.h>
#include <string.h>

/* Distinct values get codes in the order of their first rows: an open-addressed table,
 * which grows with the values, not with the rows. */
struct values {
    uint64_t *key; /* 0 = free */
    uint32_t *code;
    size_t room; /* a power of two */
};

/* Where the key is, or the free slot for it. */
static size_t slot_of(const struct values *v, uint64_t key) {
    size_t at = key & (v->room - 1);
    while (v->key[at] != 0 && v->key[at] != key) {
        at = (at + 1) & (v->room - 1);
    }
    return at;
}

static void grow(struct im_arena *arena, struct values *v) {
    struct values more = {.room = v->room == 0 ? 1024 : 4 * v->room};
    more.key = im_alloc(arena, more.room, sizeof *more.key);
    more.code = im_alloc(arena, more.room, sizeof *more.code);
    for (size_t i = 0; i < v->room; i++) {
        if (v->key[i] != 0) {
            size_t at = slot_of(&more, v->key[i]);
            more.key[at] = v->key[i];
            more.code[at] = v->code[i];
        }
    }
    *v = more;
}

static uint32_t code_of(struct im_arena *arena, struct values *v,
                        struct read_postings *p, size_t *cap,
                        const struct im_field *f) {
    uint64_t digest[2];
    read_digest(f->text, f->n, 1, digest);
    uint64_t key = digest[0] | 1;
    if (2 * p->values >= v->room) {
        grow(arena, v);
    }
    size_t at = slot_of(v, key);
    if (v->key[at] == 0) {
        v->key[at] = key;
        v->code[at] = (uint32_t)p->values;
        IM_PUSH(arena, p->value, p->values, *cap, im_strndup(arena, f->text, f->n));
    }
    return v->code[at];
}

void read_seek(const struct im_table *t, struct im_csv *csv, size_t i) {
    im_csv_seek(csv, (struct im_csv_mark){t->row[i].offset, t->row[i].line});
}

struct im_row read_row(struct im_table *t, struct im_csv *csv, size_t i) {
    struct im_row row = {NULL, 0, 0};
    bool more;
    if (t->kept != NULL) {
        return t->kept[i];
    }
    read_seek(t, csv, i);
    (void)!im_csv_scan(csv, &row, &more, NULL); // it was read before
    return row;
}

static void fill_codes(struct im_table *t, struct read_postings *p) {
    struct values v = {NULL, NULL, 0};
    size_t cap = 0;
    struct im_csv *csv = im_csv_again(t->arena, t->csv, t->top);
    for (size_t i = 0; i < t->n; i++) {
        struct im_row row = read_row(t, csv, i);
        p->code[i] = code_of(t->arena, &v, p, &cap, &row.field[p->column]);
    }
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int compare_folded(const char *a, const char *b) {
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return (int)(unsigned char)lower(*a) - (int)(unsigned char)lower(*b);
}

struct folded {
    const char *value;
    uint32_t code;
};

static int by_folded(const void *a, const void *b) {
    const struct folded *x = a, *y = b;
    int order = compare_folded(x->value, y->value);
    return order != 0 ? order : (x->code > y->code) - (x->code < y->code);
}

static void sort_values(struct im_arena *arena, struct read_postings *p) {
    struct folded *values = im_alloc(arena, p->values, sizeof *values);
    p->sorted = im_alloc(arena, p->values, sizeof *p->sorted);
    for (size_t c = 0; c < p->values; c++) {
        values[c] = (struct folded){p->value[c], (uint32_t)c};
    }
    qsort(values, p->values, sizeof *values, by_folded);
    for (size_t c = 0; c < p->values; c++) {
        p->sorted[c] = values[c].code;
    }
}

size_t read_codes_of(const struct read_postings *p, const char *value,
                     const uint32_t **codes) {
    size_t low = 0, high = p->values;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (compare_folded(p->value[p->sorted[mid]], value) < 0) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    size_t end = low;
    while (end < p->values && compare_folded(p->value[p->sorted[end]], value) == 0) {
        end++;
    }
    *codes = p->sorted + low;
    return end - low;
}

const struct read_postings *read_postings_of(struct im_table *t, size_t column) {
    for (size_t i = 0; i < t->postings_n; i++) {
        if (t->postings[i]->column == column) {
            return t->postings[i];
        }
    }
    struct read_postings *p = im_alloc(t->arena, 1, sizeof *p);
    p->column = column;
    p->code = im_alloc(t->arena, t->n, sizeof *p->code);
    p->rows = im_alloc(t->arena, t->n, sizeof *p->rows);
    fill_codes(t, p);
    sort_values(t->arena, p);
    p->start = im_alloc(t->arena, p->values + 2, sizeof *p->start);
    for (size_t i = 0; i < t->n; i++) {
        p->start[p->code[i] + 2]++;
    }
    for (size_t c = 2; c < p->values + 2; c++) {
        p->start[c] += p->start[c - 1];
    }
    for (size_t i = 0; i < t->n; i++) {
        p->rows[p->start[p->code[i] + 1]++] = (uint32_t)i;
    }
    if (t->postings_n < READ_POSTINGS) {
        t->postings[t->postings_n++] = p;
    }
    return p;
}

/* Days. */

enum { WIDE = 62 }; /* days that make a row stand apart */

static bool is_wide(const struct read_entry *e) {
    return e->first_day == READ_OPEN_FIRST || e->last_day - e->first_day > WIDE;
}

struct by_day {
    int32_t day;
    uint32_t row;
};

static int compare_days(const void *a, const void *b) {
    const struct by_day *x = a, *y = b;
    int order = (x->day > y->day) - (x->day < y->day);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

const struct read_calendar *read_calendar_of(struct im_table *t) {
    if (t->calendar != NULL) {
        return t->calendar;
    }
    struct read_calendar *c = im_alloc(t->arena, 1, sizeof *c);
    struct by_day *days = im_alloc(t->arena, t->n, sizeof *days);
    c->row = im_alloc(t->arena, t->n, sizeof *c->row);
    c->wide = im_alloc(t->arena, t->n, sizeof *c->wide);
    for (size_t i = 0; i < t->n; i++) {
        const struct read_entry *e = &t->row[i];
        if (is_wide(e)) {
            c->wide[c->wide_n++] = (uint32_t)i;
            continue;
        }
        days[c->n++] = (struct by_day){e->first_day, (uint32_t)i};
        int32_t long_as = e->last_day - e->first_day;
        c->longest = long_as > c->longest ? long_as : c->longest;
    }
    qsort(days, c->n, sizeof *days, compare_days);
    for (size_t i = 0; i < c->n; i++) {
        c->row[i] = days[i].row;
    }
    t->calendar = c;
    return c;
}
