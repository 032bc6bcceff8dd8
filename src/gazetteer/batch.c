#include "gazetteer/batch.h"

#include "base/num.h"
#include "text/text.h"
#include <string.h>

enum {
    NAME_WORK = 1 << 26, /* bytes of a name's keys */
    LINE_BYTES = 1 << 28,
    PREFIX = 32,
    DIGITS = 18
};

void gaz_batch_init(struct gaz_batch *b, struct im_arena *arena,
                    const struct gaz_coder *coder) {
    *b = (struct gaz_batch){.arena = arena, .coder = coder};
    im_buf_init(&b->text, arena, UINT32_MAX);
    im_buf_init(&b->fold, arena, NAME_WORK);
    im_buf_init(&b->key, arena, NAME_WORK);
    im_buf_init(&b->line, arena, LINE_BYTES);
    gaz_strings_init(&b->shapes, arena);
    gaz_strings_init(&b->admin1, arena);
    gaz_tally_init(&b->languages, arena);
    b->letters = im_alloc(arena, GAZ_COUNTED_LETTERS, sizeof *b->letters);
}

/* The number at the end of an id, without leading zeros; its place in the text, or n
 * when there is none or what stands before it is no short prefix of letters. */
static size_t number_at(const char *s, size_t n, uint64_t *number) {
    size_t at = n;
    while (at > 0 && s[at - 1] >= '0' && s[at - 1] <= '9') {
        at--;
    }
    if (at == n || n - at > DIGITS || at > PREFIX || (s[at] == '0' && n - at > 1)) {
        return n;
    }
    for (size_t i = 0; i < at; i++) {
        if (s[i] >= '0' && s[i] <= '9') {
            return n;
        }
    }
    *number = 0;
    for (size_t i = at; i < n; i++) {
        *number = *number * 10 + (uint64_t)(s[i] - '0');
    }
    return at;
}

/* The id's prefix goes to the shape, its number to the heading, or all to the texts. */
static void keep_id(struct gaz_batch *b, const struct gaz_fields *f,
                    struct gaz_kept *kept) {
    size_t n = f->n[GAZ_ID], prefix = number_at(f->at[GAZ_ID], n, &kept->number);
    kept->flags |= n == 0 ? 0u : prefix < n ? GAZ_T_NUMBER : GAZ_T_OWN_ID;
    im_buf_clear(&b->line);
    im_buf_add(&b->line, f->at[GAZ_FEATURE], f->n[GAZ_FEATURE]);
    im_buf_char(&b->line, '\t');
    im_buf_add(&b->line, f->at[GAZ_SOURCE], f->n[GAZ_SOURCE]);
    im_buf_char(&b->line, '\t');
    im_buf_add(&b->line, f->at[GAZ_ID], prefix < n ? prefix : 0);
    kept->shape = gaz_string_number(&b->shapes, b->line.data, b->line.len);
}

/* The texts of the row, parted by tabs, packed. */
static void keep_texts(struct gaz_batch *b, const struct gaz_fields *f,
                       struct gaz_kept *kept) {
    static const enum gaz_column parts[GAZ_PARTS] = {
        GAZ_NAME,      GAZ_NAMES,    GAZ_FROM, GAZ_TO,
        GAZ_PRECISION, GAZ_AREA_REF, GAZ_BBOX, GAZ_ID};
    size_t before = b->text.len;
    im_buf_clear(&b->line);
    for (int i = 0; i < GAZ_PARTS; i++) {
        bool here = i != GAZ_P_ID || kept->flags & GAZ_T_OWN_ID;
        im_buf_add(&b->line, f->at[parts[i]], here ? f->n[parts[i]] : 0);
        im_buf_char(&b->line, '\t');
    }
    while (b->line.len > 0 && b->line.data[b->line.len - 1] == '\t') {
        b->line.len--;
    }
    if (b->coder) {
        gaz_pack(b->coder, &b->text, b->line.data, b->line.len);
    } else {
        im_buf_add(&b->text, b->line.data, b->line.len);
        im_buf_char(&b->text, '\n');
    }
    kept->text_n = (uint32_t)(b->text.len - before);
}

/* An area's key: its country, and the folded name of a first-level unit or nothing. */
static uint64_t area_of(struct gaz_batch *b, const char country[2], const char *name,
                        size_t n) {
    uint64_t place =
        (uint64_t)(unsigned char)country[0] << 8 | (unsigned char)country[1];
    im_fold_to(&b->fold, name, n);
    return place << 32 | (n ? gaz_hash(b->fold.data, b->fold.len) : 0);
}

/* The same for a town's unit, which is often that of the town before. */
static uint64_t unit_of(struct gaz_batch *b, const char country[2], const char *name,
                        size_t n) {
    if (n + 2 > sizeof b->last_unit) {
        return area_of(b, country, name, n);
    }
    if (b->last_unit_n != n + 2 || memcmp(b->last_unit, country, 2) != 0 ||
        memcmp(b->last_unit + 2, name, n) != 0) {
        memcpy(b->last_unit, country, 2);
        memcpy(b->last_unit + 2, name, n);
        b->last_unit_n = n + 2;
        b->last_area = area_of(b, country, name, n);
    }
    return b->last_area;
}

static void add_town(struct gaz_batch *b, const struct gaz_record *r,
                     const struct gaz_fields *f) {
    uint64_t country = area_of(b, r->country, "", 0);
    IM_PUSH(b->arena, b->sums, b->sum_n, b->sum_cap,
            ((struct gaz_sum){country, r->people}));
    if (f->n[GAZ_ADMIN1] > 0) {
        uint64_t unit = unit_of(b, r->country, f->at[GAZ_ADMIN1], f->n[GAZ_ADMIN1]);
        IM_PUSH(b->arena, b->sums, b->sum_n, b->sum_cap,
                ((struct gaz_sum){unit, r->people}));
    }
}

static void wish(struct gaz_batch *b, const char country[2], const char *name,
                 size_t n) {
    struct gaz_wish w = {area_of(b, country, name, n), (uint32_t)b->n};
    IM_PUSH(b->arena, b->wishes, b->wish_n, b->wish_cap, w);
}

/* Towns count for their areas; areas without people get those of their towns. */
static void add_people(struct gaz_batch *b, const struct gaz_record *r,
                       const struct gaz_fields *f) {
    const char *at = f->at[GAZ_NAMES], *end = at + f->n[GAZ_NAMES];
    struct gaz_alias alias;
    if (r->country[0] == '\0') {
        return;
    }
    if (r->kind == IM_SETTLEMENT && r->people > 0 && r->feature != GAZ_QUARTER) {
        add_town(b, r, f);
    } else if (r->kind == IM_COUNTRY && r->people == 0) {
        wish(b, r->country, "", 0);
    } else if (r->kind == IM_REGION && r->people == 0) {
        wish(b, r->country, f->at[GAZ_NAME], f->n[GAZ_NAME]);
        while (gaz_alias_next(&at, end, &alias)) {
            wish(b, r->country, alias.text, alias.text_n);
        }
    }
}

static void add_keys(struct gaz_batch *b, const struct gaz_record *r,
                     const struct gaz_fields *f) {
    const char *at = f->at[GAZ_NAMES], *end = at + f->n[GAZ_NAMES];
    struct gaz_alias alias;
    if (f->n[GAZ_ID] > 0) {
        gaz_batch_entry(b, GAZ_BY_ID, gaz_fold_key(f->at[GAZ_ID], f->n[GAZ_ID]));
    }
    if (r->kind == IM_SETTLEMENT && r->feature != GAZ_QUARTER) {
        gaz_batch_entry(b, GAZ_BY_CELL, gaz_cell_key(r->lon, r->lat));
    }
    gaz_batch_name(b, f->at[GAZ_NAME], f->n[GAZ_NAME]);
    while (gaz_alias_next(&at, end, &alias)) {
        gaz_batch_name(b, alias.text, alias.text_n);
        if (!gaz_is_code(&alias)) {
            gaz_tally_add(&b->languages, alias.lang, alias.lang_n, 1);
        }
    }
}

static void keep_units(struct gaz_batch *b, const struct gaz_fields *f,
                       struct gaz_kept *kept) {
    if (f->n[GAZ_ADMIN1] + f->n[GAZ_ADMIN2] == 0) {
        return;
    }
    im_buf_clear(&b->line);
    for (size_t i = 0; i < f->n[GAZ_ADMIN1]; i++) {
        char c = f->at[GAZ_ADMIN1][i];
        im_buf_char(&b->line, c == GAZ_UNIT_END ? ' ' : c);
    }
    if (f->n[GAZ_ADMIN2] > 0) {
        im_buf_char(&b->line, GAZ_UNIT_END);
        im_buf_add(&b->line, f->at[GAZ_ADMIN2], f->n[GAZ_ADMIN2]);
    }
    kept->flags |= GAZ_T_ADMIN1;
    kept->admin1 = gaz_string_number(&b->admin1, b->line.data, b->line.len);
}

/* Bytes of a names column that a place may have: whole names. */
static size_t names_kept(const char *s, size_t n) {
    size_t end = n <= GAZ_MOST_NAMES_BYTES ? n : 0, names = 1;
    for (size_t i = 0; i < n && i <= GAZ_MOST_NAMES_BYTES; i++) {
        if (s[i] == '|' && names++ == GAZ_MOST_NAMES) {
            return i;
        }
        end = n > GAZ_MOST_NAMES_BYTES && s[i] == '|' ? i : end;
    }
    return end;
}

/* Looking at a place, whatever for, takes all its names. */
static void cut_names(struct gaz_batch *b, struct gaz_fields *f, uint32_t line) {
    size_t n = f->n[GAZ_NAMES];
    if (n > GAZ_MOST_NAMES) { // each takes a byte
        f->n[GAZ_NAMES] = names_kept(f->at[GAZ_NAMES], n);
    }
    if (f->n[GAZ_NAMES] < n && b->cut_n++ < GAZ_CUT_TOLD) {
        b->cut[b->cut_n - 1] = line;
    }
}

bool gaz_batch_add(struct gaz_batch *b, const struct gaz_fields *fields, uint32_t line,
                   const char **what) {
    struct gaz_kept kept = {.line = line};
    struct gaz_fields own = *fields, *f = &own;
    if (!gaz_record_make(f, &kept.record, what)) {
        return false;
    }
    cut_names(b, f, line);
    keep_id(b, f, &kept);
    keep_texts(b, f, &kept);
    keep_units(b, f, &kept);
    kept.people = kept.record.people;
    kept.flags |= kept.people > 0 ? GAZ_T_PEOPLE : 0;
    if (b->coder) {
        add_keys(b, &kept.record, f);
        add_people(b, &kept.record, f);
    }
    IM_PUSH(b->arena, b->kept, b->n, b->cap, kept);
    return true;
}
