/*
 * The index of a layer, made in memory:
 *
 * 1. records   one a row; rows are checked here, once
 * 2. people    areas without a population get that of their towns
 * 3. entries   hashes of every name's folding and skeletons, with and without generic
 *              words, and of ids
 */
#include "gazetteer/inside.h"
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 1 << 20 };

struct sum { /* people in the towns of an area */
    uint64_t area, people;
};

struct builder {
    struct im_arena *arena;
    struct gaz_layer *layer;
    struct gaz_record *records;
    size_t n, cap;
    struct gaz_entry *entries[GAZ_BY_COUNT];
    size_t count[GAZ_BY_COUNT], room[GAZ_BY_COUNT];
    struct sum *sums;
    size_t sum_n, sum_cap;
    struct im_buf fold, key;
};

/* 1. Records. */

static enum incmap_status add_row(struct builder *b, const struct gaz_text *text,
                                  size_t base, struct im_bytes row, unsigned line,
                                  enum incmap_status family, struct incmap_error *err) {
    struct gaz_fields f;
    struct gaz_record r;
    const char *what = "";
    if (!gaz_fields(row.data, row.n, &f)) {
        return im_fail(err, family, IM_AT(text->name, line, 0),
                       "a row of places has %d columns, not another number",
                       GAZ_COLUMNS);
    }
    if (!gaz_record_make(&f, &r, &what)) {
        return im_fail(err, family, IM_AT(text->name, line, 0),
                       "unusable or missing value of '%s'", what);
    }
    r.row = (uint32_t)(base + (size_t)(row.data - text->data));
    r.length = (uint32_t)row.n;
    r.line = line;
    IM_PUSH(b->arena, b->records, b->n, b->cap, r);
    return INCMAP_OK;
}

static enum incmap_status add_text(struct builder *b, const struct gaz_text *text,
                                   size_t base, enum incmap_status family,
                                   struct incmap_error *err) {
    const char *at = text->data, *end = text->data + text->n;
    size_t header = strlen(GAZ_HEADER), rows = 0;
    for (unsigned line = 1; at < end; line++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        struct im_bytes row = {at, (size_t)((newline ? newline : end) - at)};
        at = newline ? newline + 1 : end;
        if (line == 1 &&
            (row.n != header || memcmp(row.data, GAZ_HEADER, header) != 0)) {
            return im_fail(err, family, IM_AT(text->name, 1, 0),
                           "not the header of a table of places");
        }
        if (line == 1 || row.n == 0) {
            continue;
        }
        unsigned shown = text->lines ? text->lines[rows] : line;
        enum incmap_status status = add_row(b, text, base, row, shown, family, err);
        if (status != INCMAP_OK) {
            return status;
        }
        rows++;
    }
    return INCMAP_OK;
}

/* 2. People. */

/* An area's key: its country, and the folded name of a first-level unit or nothing. */
static uint64_t area_key(struct builder *b, const char country[2], const char *name,
                         size_t n) {
    im_fold_to(&b->fold, name, n);
    uint64_t place =
        (uint64_t)(unsigned char)country[0] << 8 | (unsigned char)country[1];
    return place << 32 | (n ? gaz_hash(b->fold.data, b->fold.len) : 0);
}

static int by_area(const void *a, const void *b) {
    const struct sum *x = a, *y = b;
    int order = (x->area > y->area) - (x->area < y->area);
    return order ? order : (x->people > y->people) - (x->people < y->people);
}

static uint64_t people_of(const struct builder *b, uint64_t area) {
    size_t low = 0, high = b->sum_n;
    uint64_t people = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (b->sums[middle].area < area) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < b->sum_n && b->sums[low].area == area; low++) {
        people += b->sums[low].people;
    }
    return people;
}

static struct gaz_fields fields_of(const struct builder *b, size_t record) {
    struct gaz_fields f;
    size_t at = b->records[record].row, i = 0;
    while (at >= b->layer->text[i].n) {
        at -= b->layer->text[i++].n;
    }
    bool good = gaz_fields(b->layer->text[i].data + at, b->records[record].length, &f);
    (void)good; // checked when the record was made
    return f;
}

static void sum_towns(struct builder *b) {
    for (size_t i = 0; i < b->n; i++) {
        const struct gaz_record *r = &b->records[i];
        if (r->kind != IM_SETTLEMENT || r->people == 0 || r->feature == GAZ_QUARTER) {
            continue;
        }
        struct gaz_fields f = fields_of(b, i);
        uint64_t country = area_key(b, r->country, "", 0);
        IM_PUSH(b->arena, b->sums, b->sum_n, b->sum_cap,
                ((struct sum){country, r->people}));
        if (f.n[GAZ_ADMIN1] > 0) {
            uint64_t unit = area_key(b, r->country, f.at[GAZ_ADMIN1], f.n[GAZ_ADMIN1]);
            IM_PUSH(b->arena, b->sums, b->sum_n, b->sum_cap,
                    ((struct sum){unit, r->people}));
        }
    }
    if (b->sum_n > 0) {
        qsort(b->sums, b->sum_n, sizeof *b->sums, by_area);
    }
}

/* People of an area by any of its names. */
static uint64_t people_by_name(struct builder *b, size_t record) {
    struct gaz_fields f = fields_of(b, record);
    const char *country = b->records[record].country;
    const char *at = f.at[GAZ_NAMES], *end = at + f.n[GAZ_NAMES];
    struct gaz_alias alias;
    uint64_t people = people_of(b, area_key(b, country, f.at[GAZ_NAME], f.n[GAZ_NAME]));
    while (people == 0 && gaz_alias_next(&at, end, &alias)) {
        people = people_of(b, area_key(b, country, alias.text, alias.text_n));
    }
    return people;
}

static void add_people(struct builder *b) {
    sum_towns(b);
    for (size_t i = 0; i < b->n; i++) {
        struct gaz_record *r = &b->records[i];
        if (r->people > 0 || r->country[0] == '\0') {
            continue;
        }
        uint64_t people = 0;
        if (r->kind == IM_COUNTRY) {
            people = people_of(b, area_key(b, r->country, "", 0));
        } else if (r->kind == IM_REGION) {
            people = people_by_name(b, i);
        }
        r->people = people < UINT32_MAX ? (uint32_t)people : UINT32_MAX;
    }
}

/* 3. Entries. */

static void add_entry(struct builder *b, enum gaz_by by, const char *s, size_t n,
                      size_t record) {
    if (n > 0) {
        struct gaz_entry e = {gaz_hash(s, n), (uint32_t)record};
        IM_PUSH(b->arena, b->entries[by], b->count[by], b->room[by], e);
    }
}

static void add_skeletons(struct builder *b, const char *name, size_t n,
                          size_t record) {
    unsigned readings = im_readings(name, n);
    bool abjad = im_text_is_abjad(name, n);
    for (unsigned i = 0; i < readings; i++) {
        gaz_skeleton_key(&b->key, name, n, i);
        add_entry(b, GAZ_BY_SKELETON, b->key.data, b->key.len, record);
        if (!abjad && gaz_bones_key(b->key.data)) {
            add_entry(b, GAZ_BY_BONES, b->key.data, strlen(b->key.data), record);
        }
    }
}

static void add_name(struct builder *b, const char *name, size_t n, size_t record) {
    static struct gaz_generic none;
    struct gaz_generic generic = none;
    im_fold_to(&b->fold, name, n);
    add_entry(b, GAZ_BY_FOLD, b->fold.data, b->fold.len, record);
    add_skeletons(b, name, n, record);
    if (!gaz_generic(b->fold.data, b->fold.len, &generic)) {
        return;
    }
    for (size_t i = 0; i < generic.n; i++) {
        add_entry(b, GAZ_BY_FOLD, generic.stem[i], strlen(generic.stem[i]), record);
        add_skeletons(b, generic.stem[i], strlen(generic.stem[i]), record);
    }
}

static void add_names(struct builder *b, size_t record) {
    struct gaz_fields f = fields_of(b, record);
    const char *at = f.at[GAZ_NAMES], *end = at + f.n[GAZ_NAMES];
    struct gaz_alias alias;
    add_entry(b, GAZ_BY_ID, f.at[GAZ_ID], f.n[GAZ_ID], record);
    add_name(b, f.at[GAZ_NAME], f.n[GAZ_NAME], record);
    while (gaz_alias_next(&at, end, &alias)) {
        add_name(b, alias.text, alias.text_n, record);
    }
}

static int by_hash(const void *a, const void *b) {
    const struct gaz_entry *x = a, *y = b;
    if (x->hash != y->hash) {
        return x->hash < y->hash ? -1 : 1;
    }
    return x->record < y->record ? -1 : x->record > y->record;
}

/* Sorted, each pair once. */
static struct gaz_entries sorted(struct gaz_entry *v, size_t n) {
    size_t kept = 0;
    if (n > 0) {
        qsort(v, n, sizeof *v, by_hash);
    }
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || by_hash(&v[kept - 1], &v[i]) != 0) {
            v[kept++] = v[i];
        }
    }
    return (struct gaz_entries){v, kept};
}

enum incmap_status gaz_index(struct im_arena *arena, struct gaz_layer *layer,
                             enum incmap_status family, struct incmap_error *err) {
    struct builder b = {.arena = arena, .layer = layer};
    size_t base = 0;
    im_buf_init(&b.fold, arena, 16 * (size_t)NAME_BYTES);
    im_buf_init(&b.key, arena, 32 * (size_t)NAME_BYTES);
    for (size_t i = 0; i < layer->text_count; i++) {
        enum incmap_status status = add_text(&b, &layer->text[i], base, family, err);
        if (status != INCMAP_OK) {
            return status;
        }
        base += layer->text[i].n;
    }
    add_people(&b);
    for (size_t i = 0; i < b.n; i++) {
        add_names(&b, i);
    }
    layer->records = b.records;
    layer->record_count = b.n;
    for (int by = 0; by < GAZ_BY_COUNT; by++) {
        layer->by[by] = sorted(b.entries[by], b.count[by]);
    }
    return INCMAP_OK;
}
