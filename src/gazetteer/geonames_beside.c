/* The names that stand beside a GeoNames main table. */
#include "gazetteer/geonames.h"

#include <stdlib.h>
#include <string.h>

enum { OFFSET_BITS = GAZ_BESIDE_BITS, PARTS = 10 };

static int by_number(const void *a, const void *b) {
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static void load_alternates(struct gaz_intake *in, struct im_bytes file,
                            struct gaz_beside *b) {
    struct im_bytes line;
    uint64_t *v = NULL;
    size_t n = 0, cap = 0;
    b->alternates = file;
    for (size_t at = 0, start = 0; gaz_beside_line(file, &at, &line); start = at) {
        const char *tab = memchr(line.data, '\t', line.n);
        uint64_t id = 0;
        for (const char *s = tab ? tab + 1 : line.data;
             s < line.data + line.n && *s >= '0' && *s <= '9' && id < 1 << 27; s++) {
            id = id * 10 + (uint64_t)(*s - '0');
        }
        if (tab && id > 0 && id < 1 << 27) {
            IM_PUSH(in->arena, v, n, cap, id << OFFSET_BITS | start);
        }
    }
    if (n > 0) {
        qsort(v, n, sizeof *v, by_number);
    }
    b->by_place = v;
    b->by_place_n = n;
}

enum incmap_status gaz_beside_load(struct gaz_intake *in, const char *table,
                                   struct gaz_beside *out) {
    struct im_bytes alternates;
    *out = (struct gaz_beside){.by_place_n = 0};
    enum incmap_status status = gaz_units_load(in, table, out);
    if (status == INCMAP_OK) {
        status = gaz_beside_map(in, table, "alternateNamesV2.txt", &alternates);
    }
    if (status == INCMAP_OK && in->builder) {
        load_alternates(in, alternates, out);
    }
    return status;
}

/* Pseudo-languages: links, codes, post codes. */
static bool is_language(struct im_bytes tag) {
    static const char *const not [] = {"link", "wkdt", "post", "unlc",   "tcid",
                                       "faac", "iata", "icao", "fr_1793"};
    for (size_t i = 0; i < sizeof not / sizeof *not ; i++) {
        if (strlen(not [i]) == tag.n && memcmp(not [i], tag.data, tag.n) == 0) {
            return false;
        }
    }
    return tag.n <= 12;
}

struct alternate {
    struct im_bytes lang, text, from, to;
    bool preferred;
    size_t order;
};

/* By language, the preferred name first, then as they stand. */
static int by_language(const void *a, const void *b) {
    const struct alternate *x = a, *y = b;
    size_t n = x->lang.n < y->lang.n ? x->lang.n : y->lang.n;
    int order = n ? memcmp(x->lang.data, y->lang.data, n) : 0;
    if (order == 0 && x->lang.n != y->lang.n) {
        order = x->lang.n < y->lang.n ? -1 : 1;
    }
    if (order == 0 && x->preferred != y->preferred) {
        order = x->preferred ? -1 : 1;
    }
    return order ? order : x->order < y->order ? -1 : x->order > y->order;
}

static bool is_date(struct im_bytes s) {
    struct im_date d;
    return s.n > 0 && im_date_parse(s.data, s.n, &d);
}

static void put_alternate(struct im_buf *out, const struct alternate *a) {
    if (out->len > 0) {
        im_buf_char(out, '|');
    }
    im_buf_add(out, a->lang.n ? a->lang.data : "und", a->lang.n ? a->lang.n : 3);
    im_buf_char(out, '=');
    for (size_t i = 0; i < a->text.n; i++) {
        char c = a->text.data[i];
        im_buf_char(out, c == '|' ? '/' : strchr("\t\r\n", c) ? ' ' : c);
    }
    if (is_date(a->from) || is_date(a->to)) {
        im_buf_char(out, '@');
        im_buf_add(out, a->from.data, is_date(a->from) ? a->from.n : 0);
        im_buf_str(out, "..");
        im_buf_add(out, a->to.data, is_date(a->to) ? a->to.n : 0);
    }
}

static bool read_alternate(struct im_bytes file, size_t at, struct alternate *out) {
    struct im_bytes line, part[PARTS];
    size_t n =
        gaz_beside_line(file, &at, &line) ? gaz_beside_split(line, part, PARTS) : 0;
    if (n < 4 || part[3].n == 0 || !is_language(part[2])) {
        return false;
    }
    *out = (struct alternate){.lang = part[2], .text = part[3]};
    out->preferred = n > 4 && part[4].n == 1 && part[4].data[0] == '1';
    out->from = n > 8 ? part[8] : (struct im_bytes){"", 0};
    out->to = n > 9 ? part[9] : (struct im_bytes){"", 0};
    return true;
}

bool gaz_beside_names(const struct gaz_beside *b, uint64_t id, struct im_buf *out) {
    const uint64_t mask = ((uint64_t)1 << OFFSET_BITS) - 1;
    struct alternate *v = NULL;
    size_t low = 0, high = b->by_place_n, n = 0, cap = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (b->by_place[middle] >> OFFSET_BITS < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < b->by_place_n && b->by_place[low] >> OFFSET_BITS == id; low++) {
        struct alternate a;
        if (n <= GAZ_MOST_NAMES && // one more, so that it is told

            read_alternate(b->alternates, (size_t)(b->by_place[low] & mask), &a)) {
            a.order = n;
            IM_PUSH(out->arena, v, n, cap, a);
        }
    }
    if (n > 0) {
        qsort(v, n, sizeof *v, by_language);
    }
    for (size_t i = 0; i < n; i++) {
        put_alternate(out, &v[i]);
    }
    return n > 0;
}
