/*
 * An incident table opened once for many figures. One pass over the file notes of every
 * row where it starts, on which days its event can fall, which rows tell of the same
 * event, and a digest; figures then read only the rows that they draw (select.c).
 */
#include "read/shared.h"
#include "base/file.h"
#include "base/limits.h"
#include "read/cells.h"
#include "read/read.h"
#include <stdlib.h>
#include <string.h>

enum { KEEP_BYTES = 4 << 20 }; /* rows of smaller tables are kept in full */

static enum incmap_status open_bytes(struct im_arena *arena, const char *file,
                                     struct im_csv **out, struct im_bytes *bytes,
                                     struct incmap_error *err) {
    bool standard_input = strcmp(file, "-") == 0;
    const char *name = standard_input ? "standard input" : file;
    enum incmap_status status =
        standard_input ? im_fd_read(arena, 0, name, bytes, err)
                       : im_file_map(arena, name, INCMAP_E_INPUT, bytes, err);
    return status == INCMAP_OK ? im_csv_open(arena, name, *bytes, out, err) : status;
}

/* 1. Digests: two lanes of a multiply-and-fold hash (as in wyhash, Wang Yi, 2019),
 * which need not withstand ill will: a table's owner can only fool himself. */

static uint64_t fold(uint64_t a, uint64_t b) {
    uint64_t low = (a & 0xFFFFFFFFU) * (b & 0xFFFFFFFFU);
    uint64_t high = (a >> 32) * (b >> 32);
    uint64_t cross = (a >> 32) * (b & 0xFFFFFFFFU) ^ (a & 0xFFFFFFFFU) * (b >> 32);
    return low ^ high ^ (cross << 32 | cross >> 32);
}

static uint64_t word_at(const char *p, size_t n) {
    uint64_t w = 0;
    memcpy(&w, p, n < 8 ? n : 8);
    return w;
}

void read_digest(const char *p, size_t n, uint64_t seed, uint64_t out[2]) {
    const uint64_t k0 = 0x9E3779B97F4A7C15U, k1 = 0xD1B54A32D192ED03U;
    uint64_t a = seed ^ k0, b = (seed + n) ^ k1;
    for (size_t i = 0; i < n; i += 8) {
        uint64_t w = word_at(p + i, n - i);
        a = fold(a ^ w, k1 + i) + k0;
        b = fold(b ^ w ^ k0, k0 - i) + k1;
    }
    out[0] = fold(a, k1 ^ b) ^ a;
    out[1] = fold(b, k0 ^ a) ^ b;
}

void read_digest_add(uint64_t sum[2], const uint64_t digest[2]) {
    const uint64_t k0 = 0x9E3779B97F4A7C15U, k1 = 0xD1B54A32D192ED03U;
    sum[0] = fold(sum[0] ^ digest[0], k0 ^ sum[1]) + k1;
    sum[1] = fold(sum[1] ^ digest[1], k1 ^ sum[0]) + k0;
}

/* 2. Days. */

struct span {
    long first, last;
    bool set;
};

static void widen(struct span *s, struct im_date d) {
    if (!im_date_is_set(d)) {
        return;
    }
    long first = im_date_first_day(d), last = im_date_last_day(d);
    s->first = !s->set || first < s->first ? first : s->first;
    s->last = !s->set || last > s->last ? last : s->last;
    s->set = true;
}

struct marks {
    bool day[2], month[2]; /* a date that can be read in this order only */
};

static void note_date(const struct im_row *row, int at, int which, struct span *span,
                      struct marks *m) {
    if (at < 0 || (size_t)at >= row->n || row->field[at].n == 0) {
        return;
    }
    struct read_dates d = read_dates_of(row->field[at].text);
    m->day[which] = m->day[which] || d.kind == READ_DATE_DAY_ONLY;
    m->month[which] = m->month[which] || d.kind == READ_DATE_MONTH_ONLY;
    widen(span, d.day_first);
    widen(span, d.month_first);
}

static void decide_order(struct im_table *t, const struct marks *m) {
    for (int i = 0; i < 2; i++) {
        t->order[i] = m->day[i] && m->month[i] ? READ_ORDER_MIXED
                      : m->day[i]              ? READ_DAY_FIRST
                      : m->month[i]            ? READ_MONTH_FIRST
                                               : READ_ORDER_UNKNOWN;
    }
    // two columns of one table are written alike
    for (int i = 0; i < 2; i++) {
        if (t->order[i] == READ_ORDER_UNKNOWN) {
            t->order[i] = t->order[1 - i];
        }
    }
}

/*
 * 3. Rows of one event: an open-addressed table from event_id to its first row. A slot
 * holds half of the id's digest and the row; two ids of one slot, which is as good as
 * impossible, would make figures read a row in vain. Ids wait until there are some: one
 * after another in a short loop, the processor fetches many slots at once, where each
 * row's would be waited for, since the table fits into no cache.
 */
enum { WAITING = 64 };

struct ids {
    uint64_t *slot; /* half a digest, and 1 + row; 0 = free */
    size_t room;    /* a power of two */
    uint64_t digest[WAITING];
    uint32_t row[WAITING];
    size_t waiting;
};

static void ids_init(struct im_arena *arena, struct ids *ids, size_t rows) {
    ids->room = 1024;
    while (ids->room < 2 * rows) {
        ids->room *= 2;
    }
    ids->slot = im_alloc(arena, ids->room, sizeof *ids->slot);
}

/* The ids that wait get their groups. */
static void ids_settle(struct ids *ids, struct read_entry *rows) {
    const uint64_t half = 0xFFFFFFFFU;
    for (size_t i = 0; i < ids->waiting; i++) {
        uint64_t digest = ids->digest[i];
        size_t at = digest & (ids->room - 1);
        while (ids->slot[at] != 0 && ((ids->slot[at] ^ digest) & ~half) != 0) {
            at = (at + 1) & (ids->room - 1);
        }
        if (ids->slot[at] == 0) {
            ids->slot[at] = (digest & ~half) | (ids->row[i] + 1);
        }
        rows[ids->row[i]].group = (uint32_t)(ids->slot[at] & half) - 1;
    }
    ids->waiting = 0;
}

static void ids_add(struct ids *ids, const struct im_field *id, uint32_t row) {
    uint64_t digest[2];
    read_digest(id->text, id->n, 0, digest);
    ids->digest[ids->waiting] = digest[0];
    ids->row[ids->waiting++] = row;
}

/* Days of a group: the widest of its rows; a row without any can be the whole event
 * when a filter leaves out the others. */
static void join_group(struct read_entry *rows, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct read_entry *own = &rows[rows[i].group];
        own->first_day =
            rows[i].first_day < own->first_day ? rows[i].first_day : own->first_day;
        own->last_day =
            rows[i].last_day > own->last_day ? rows[i].last_day : own->last_day;
    }
    for (size_t i = 0; i < n; i++) {
        rows[i].first_day = rows[rows[i].group].first_day;
        rows[i].last_day = rows[rows[i].group].last_day;
    }
}

/* 4. The pass. */

struct pass {
    struct im_table *t;
    const char *bytes;
    struct ids ids;
    struct marks marks;
    size_t kept_cap;
    bool keep;
};

static void add_row(struct pass *p, const struct im_row *row, struct im_csv_mark at,
                    size_t end) {
    struct im_table *t = p->t;
    struct read_entry e = {
        .offset = at.offset, .line = at.line, .group = (uint32_t)t->n};
    struct span span = {0, 0, false};
    read_digest(p->bytes + at.offset, end - at.offset, row->line, e.digest);
    note_date(row, t->layout.at[READ_COL_DATE], 0, &span, &p->marks);
    note_date(row, t->layout.at[READ_COL_DATE_END], 1, &span, &p->marks);
    e.first_day = span.set ? (int32_t)span.first : READ_OPEN_FIRST;
    e.last_day = span.set ? (int32_t)span.last : READ_OPEN_LAST;
    int id = t->layout.at[READ_COL_EVENT_ID];
    if (id >= 0 && (size_t)id < row->n && row->field[id].n > 0) {
        ids_add(&p->ids, &row->field[id], e.group);
    }
    if (p->keep) {
        size_t n = t->n;
        IM_PUSH(t->arena, t->kept, n, p->kept_cap, *row);
    }
    IM_PUSH(t->arena, t->row, t->n, t->cap, e);
    if (p->ids.waiting == WAITING) {
        ids_settle(&p->ids, t->row);
    }
}

static enum incmap_status pass_over(struct pass *p, struct incmap_error *err) {
    struct im_table *t = p->t;
    for (;;) {
        struct im_csv_mark at = im_csv_tell(t->csv);
        struct im_row row;
        struct incmap_error bad;
        bool more;
        enum incmap_status status = p->keep ? im_csv_next(t->csv, &row, &more, &bad)
                                            : im_csv_scan(t->csv, &row, &more, &bad);
        if (status != INCMAP_OK || !more) {
            return status;
        }
        if (row.n == 0) {
            struct read_bad_row one = {IM_AT(im_csv_name(t->csv), bad.line, bad.column),
                                       im_strdup(t->arena, bad.message)};
            IM_PUSH(t->arena, t->bad, t->bad_n, t->bad_cap, one);
            continue;
        }
        if (t->n == IM_MAX_ROWS) {
            return im_fail(err, INCMAP_E_LIMIT, IM_AT(im_csv_name(t->csv), row.line, 1),
                           "more than %zu rows", IM_MAX_ROWS);
        }
        add_row(p, &row, at, im_csv_tell(t->csv).offset);
    }
}

static size_t count_of(struct im_bytes bytes, char c) {
    size_t n = 0;
    const char *p = bytes.data, *end = p + bytes.n;
    while (p < end && (p = memchr(p, c, (size_t)(end - p))) != NULL) {
        p++;
        n++;
    }
    return n;
}

/* Rows at most, so that nothing needs to grow; memory that is not used costs nothing.
 */
static size_t rows_at_most(struct im_bytes bytes) {
    return count_of(bytes, '\n') + count_of(bytes, '\r') + 1;
}

enum incmap_status im_table_open(struct im_arena *arena, const struct im_spec *spec,
                                 size_t set, struct im_table **out,
                                 struct incmap_error *err) {
    const struct im_spec_incidents *wanted = &spec->incidents[set];
    struct im_table *t = im_alloc(arena, 1, sizeof *t);
    struct im_findings unheard; // told by each figure that uses the table
    *out = NULL;
    t->arena = arena;
    im_findings_init(&unheard, arena);
    enum incmap_status status =
        open_bytes(arena, wanted->file, &t->csv, &t->bytes, err);
    if (status == INCMAP_OK) {
        status = read_layout_find(arena, t->csv, wanted, &unheard, &t->layout, err);
    }
    if (status != INCMAP_OK) {
        return status;
    }
    t->top = im_csv_tell(t->csv);
    struct pass p = {.t = t, .bytes = t->bytes.data, .keep = t->bytes.n <= KEEP_BYTES};
    t->cap = rows_at_most(t->bytes);
    t->row = im_alloc(arena, t->cap, sizeof *t->row);
    ids_init(arena, &p.ids, t->layout.at[READ_COL_EVENT_ID] >= 0 ? t->cap : 0);
    status = pass_over(&p, err);
    if (status == INCMAP_OK) {
        ids_settle(&p.ids, t->row);
        decide_order(t, &p.marks);
        join_group(t->row, t->n);
        *out = t;
    }
    return status;
}

struct im_bytes im_table_bytes(const struct im_table *table) {
    return table->bytes;
}
