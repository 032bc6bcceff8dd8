/* Texts of records, as format.h has them; places of both. */
#include "base/num.h"
#include "gazetteer/inside.h"
#include "gazetteer/strings.h"
#include "gazetteer/symbols.h"

#include <string.h>

/* Unpacked texts; packed ones that need no more room are unpacked at once. */
enum { MOST_TEXT = 1 << 26, SHORT_TEXT = 1 << 14, SHORT_NAME = 256, NUMBERED_ID = 128 };

struct cursor {
    const unsigned char *at, *end;
};

/* A number of seven bits a byte, the lowest first. */
static bool take_number(struct cursor *c, uint64_t *out) {
    *out = 0;
    for (unsigned shift = 0; c->at < c->end && shift < 64; shift += 7) {
        unsigned char byte = *c->at++;
        *out |= (uint64_t)(byte & 127) << shift;
        if (byte < 128) {
            return true;
        }
    }
    return false;
}

/* The texts of a record's block, and the line of the block's first. */
static bool texts_of(const struct gaz_layer *layer, size_t record, struct cursor *out,
                     uint32_t *line) {
    const uint64_t block = record / GAZ_BLOCK * GAZ_BLOCK_BYTES;
    const uint64_t end = layer->section[GAZ_S_TEXT].n - GAZ_SPARE;
    uint64_t at, next = end;
    if (record >= layer->record_count ||
        !gaz_intact(layer, GAZ_S_BLOCKS, block, 2 * GAZ_BLOCK_BYTES)) {
        return false;
    }
    struct im_bytes blocks = layer->section[GAZ_S_BLOCKS];
    memcpy(&at, blocks.data + block, sizeof at);
    memcpy(line, blocks.data + block + sizeof at, sizeof *line);
    if (block + GAZ_BLOCK_BYTES < blocks.n) {
        memcpy(&next, blocks.data + block + GAZ_BLOCK_BYTES, sizeof next);
    }
    if (at > next || next > end || !gaz_intact(layer, GAZ_S_TEXT, at, next - at)) {
        return false;
    }
    const unsigned char *text = (const unsigned char *)layer->section[GAZ_S_TEXT].data;
    *out = (struct cursor){text + at, text + next};
    return true;
}

void gaz_expect_block(const struct gaz_layer *layer, size_t record) {
    if (record < layer->record_count) {
        __builtin_prefetch(layer->section[GAZ_S_BLOCKS].data +
                           record / GAZ_BLOCK * GAZ_BLOCK_BYTES);
    }
}

void gaz_expect_texts(const struct gaz_layer *layer, size_t record) {
    enum { LINE = 64, TEXT = 40 }; /* bytes that come at a time; of most texts */
    struct im_bytes texts = layer->section[GAZ_S_TEXT];
    uint64_t at;
    if (record >= layer->record_count) {
        return;
    }
    memcpy(&at,
           layer->section[GAZ_S_BLOCKS].data + record / GAZ_BLOCK * GAZ_BLOCK_BYTES,
           sizeof at);
    uint64_t end = at + (record % GAZ_BLOCK + 1) * TEXT;
    for (; at < texts.n && at < end; at += LINE) {
        __builtin_prefetch(texts.data + at);
    }
}

/* A record's text, and the line that its block and number lead to expect. */
static bool text_at(const struct gaz_layer *layer, size_t record, struct cursor *out,
                    uint64_t *line) {
    uint64_t n;
    uint32_t first;
    struct cursor c;
    *out = (struct cursor){NULL, NULL};
    if (!texts_of(layer, record, &c, &first)) {
        return false;
    }
    for (size_t i = record / GAZ_BLOCK * GAZ_BLOCK; i <= record; i++) {
        if (!take_number(&c, &n) || n > (uint64_t)(c.end - c.at)) {
            return false;
        }
        *out = (struct cursor){c.at, c.at + n};
        c.at += n;
    }
    *line = (uint64_t)first + record % GAZ_BLOCK;
    return true;
}

/* What stands before the packed texts. */
struct heading {
    unsigned flags;
    uint64_t shape, number, admin1, people, line;
};

static bool take_heading(struct cursor *c, struct heading *out) {
    uint64_t more = 0;
    if (c->at == c->end) {
        return false;
    }
    out->flags = *c->at++;
    return out->flags <= GAZ_T_KNOWN && take_number(c, &out->shape) &&
           (!(out->flags & GAZ_T_NUMBER) || take_number(c, &out->number)) &&
           (!(out->flags & GAZ_T_ADMIN1) || take_number(c, &out->admin1)) &&
           (!(out->flags & GAZ_T_PEOPLE) || take_number(c, &out->people)) &&
           (!(out->flags & GAZ_T_LINE) || take_number(c, &more)) &&
           (out->line = (uint32_t)(out->line + more), true);
}

static void split(struct im_bytes s, struct gaz_fields *f, const int *column,
                  size_t n) {
    const char *at = s.data, *end = s.data + s.n;
    for (size_t i = 0; i < n && at <= end; i++) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        f->at[column[i]] = at;
        f->n[column[i]] = (size_t)((tab ? tab : end) - at);
        at = tab ? tab + 1 : end + 1;
    }
}

static bool put_shared(const struct gaz_layer *layer, const struct heading *h,
                       struct gaz_fields *f) {
    static const int shape[] = {GAZ_FEATURE, GAZ_SOURCE, GAZ_ID};
    struct im_bytes text;
    if (h->shape > UINT32_MAX || h->admin1 > UINT32_MAX ||
        !gaz_string_of(layer->section[GAZ_S_SHAPES], (uint32_t)h->shape, &text)) {
        return false;
    }
    split(text, f, shape, sizeof shape / sizeof *shape);
    if (!(h->flags & GAZ_T_ADMIN1)) {
        return true;
    }
    bool known =
        gaz_string_of(layer->section[GAZ_S_ADMIN1], (uint32_t)h->admin1, &text);
    const char *end = known ? memchr(text.data, GAZ_UNIT_END, text.n) : NULL;
    f->at[GAZ_ADMIN1] = text.data;
    f->n[GAZ_ADMIN1] = end ? (size_t)(end - text.data) : text.n;
    if (end) {
        f->at[GAZ_ADMIN2] = end + 1;
        f->n[GAZ_ADMIN2] = text.n - f->n[GAZ_ADMIN1] - 1;
    }
    return known;
}

/* A record as it is read. */
struct reading {
    const struct gaz_layer *layer;
    size_t record;
    struct im_arena *arena;
    struct heading head;
    struct cursor packed;
    struct gaz_fields f; /* of the id its prefix alone, when it has a number */
    char *text;          /* unpacked, a NUL behind it; NULL = not yet, or damaged */
};

/* What is told of a record before its packed texts. */
static bool read_head(struct reading *r) {
    r->head = (struct heading){.flags = 0};
    for (int i = 0; i < GAZ_FIELDS; i++) {
        r->f.at[i] = "";
        r->f.n[i] = 0;
    }
    return text_at(r->layer, r->record, &r->packed, &r->head.line) &&
           take_heading(&r->packed, &r->head) && put_shared(r->layer, &r->head, &r->f);
}

static const struct gaz_symbols *symbols_of(const struct gaz_layer *layer) {
    return (const void *)layer->section[GAZ_S_SYMBOLS].data; // bytes, any alignment
}

static char *unpacked(const struct reading *r, size_t *n) {
    const struct gaz_symbols *symbols = symbols_of(r->layer);
    size_t packed = (size_t)(r->packed.end - r->packed.at);
    char most[SHORT_TEXT];
    if (packed <= sizeof most / GAZ_SYMBOL_BYTES) {
        *n = gaz_unpack(symbols, r->packed.at, packed, most);
        return *n < SIZE_MAX ? im_strndup(r->arena, most, *n) : NULL;
    }
    *n = gaz_unpacked_size(symbols, r->packed.at, packed);
    if (*n > MOST_TEXT) {
        return NULL;
    }
    char *text = im_alloc_raw(r->arena, *n + GAZ_SYMBOL_BYTES, 1);
    gaz_unpack(symbols, r->packed.at, packed, text);
    text[*n] = '\0';
    return text;
}

/* The packed texts, behind read_head. */
static bool read_texts(struct reading *r) {
    static const int parts[GAZ_PARTS] = {[GAZ_P_NAME] = GAZ_NAME,
                                         [GAZ_P_NAMES] = GAZ_NAMES,
                                         [GAZ_P_FROM] = GAZ_FROM,
                                         [GAZ_P_TO] = GAZ_TO,
                                         [GAZ_P_PRECISION] = GAZ_PRECISION,
                                         [GAZ_P_AREA] = GAZ_AREA_REF,
                                         [GAZ_P_BOX] = GAZ_BBOX,
                                         [GAZ_P_ID] = GAZ_ID};
    size_t n;
    r->text = unpacked(r, &n);
    if (r->text) {
        split((struct im_bytes){r->text, n}, &r->f, parts,
              r->head.flags & GAZ_T_OWN_ID ? GAZ_PARTS : GAZ_P_ID);
    }
    return r->text && r->f.n[GAZ_NAME] > 0;
}

bool gaz_read(const struct gaz_layer *layer, size_t record, struct im_arena *arena,
              struct gaz_fields *out) {
    struct reading r = {.layer = layer, .record = record, .arena = arena};
    bool read = read_head(&r) && read_texts(&r);
    *out = r.f;
    return read;
}

static struct im_where where(const struct reading *r) {
    size_t i = gaz_source_of(r->layer, r->record);
    struct gaz_source source = gaz_layer_source(r->layer, i);
    struct im_bytes word;
    const char *name = r->layer->paths ? r->layer->paths[i] : NULL;
    if (!name) {
        gaz_string_of(r->layer->section[GAZ_S_WORDS], source.name, &word);
        name = im_strndup(r->arena, word.data, word.n);
    }
    return source.counted == GAZ_COUNTED_RECORDS
               ? (struct im_where){name, 0, 0, (long)r->head.line}
               : IM_AT(name, r->head.line, 0);
}

/* "PREFIX NUMBER" without the blank; bytes of it, with the NUL. */
static size_t numbered_id(const struct reading *r, char out[NUMBERED_ID]) {
    enum { DIGITS = 20 };
    char digits[DIGITS], *end = digits + DIGITS, *at = end;
    size_t n = r->f.n[GAZ_ID];
    uint64_t v = r->head.number;
    if (n > NUMBERED_ID - DIGITS - 1) {
        return 0;
    }
    do {
        *--at = (char)('0' + v % 10);
        v /= 10;
    } while (v > 0);
    memcpy(out, r->f.at[GAZ_ID], n);
    memcpy(out + n, at, (size_t)(end - at));
    n += (size_t)(end - at);
    out[n] = '\0';
    return n + 1;
}

static const char *other_id(const struct reading *r, const struct im_where *row) {
    if (r->head.flags & GAZ_T_NUMBER) { // behind a prefix of great length
        return im_format(r->arena, "%.*s%zu", (int)r->f.n[GAZ_ID], r->f.at[GAZ_ID],
                         (size_t)r->head.number);
    }
    if (r->head.flags & GAZ_T_OWN_ID) {
        return im_strndup(r->arena, r->f.at[GAZ_ID], r->f.n[GAZ_ID]);
    }
    return im_format(r->arena, "%s:%zu", row->file,
                     row->record >= 0 ? (size_t)row->record : (size_t)row->line);
}

bool gaz_may_have_id(const struct gaz_layer *layer, size_t record, const char *id) {
    struct reading r = {.layer = layer, .record = record};
    int64_t number;
    if (!read_head(&r) || !(r.head.flags & GAZ_T_NUMBER)) {
        return true;
    }
    size_t n = r.f.n[GAZ_ID]; // of what stands before the number
    return strncmp(id, r.f.at[GAZ_ID], n) == 0 &&
           im_int_parse(id + n, strlen(id + n), &number) &&
           (uint64_t)number == r.head.number;
}

/* What record and heading tell, in one piece of memory with the texts of that. */
static struct im_place *begin_place(const struct reading *r,
                                    const struct gaz_record *at) {
    char id[NUMBERED_ID];
    size_t id_n = r->head.flags & GAZ_T_NUMBER ? numbered_id(r, id) : 0;
    const size_t country_n = sizeof at->country + 1;
    struct im_place *place = im_alloc(
        r->arena, 1, sizeof *place + country_n + id_n + gaz_shared_size(&r->f));
    char *text = (char *)(place + 1);
    place->row = where(r);
    place->at = gaz_at(at);
    place->kind = (enum im_kind)at->kind;
    place->population = r->head.people <= INT64_MAX ? (long)r->head.people : 0;
    place->country = memcpy(text, at->country, sizeof at->country);
    place->id =
        id_n > 0 ? memcpy(text + country_n, id, id_n) : other_id(r, &place->row);
    place->layer = r->layer->rank;
    place->record = r->record;
    place->area = "";
    gaz_place_shared(place, &r->f, text + country_n + id_n);
    return place;
}

struct im_place *gaz_place(const struct gaz_layer *layer, size_t record,
                           struct im_arena *arena) {
    struct reading r = {.layer = layer, .record = record, .arena = arena};
    struct gaz_record at;
    if (!gaz_record_at(layer, record, &at) || !read_head(&r) || !read_texts(&r)) {
        return NULL;
    }
    struct im_place *place = begin_place(&r, &at);
    gaz_place_fill(place, &r.f, r.text, arena);
    return place;
}

struct im_place *gaz_place_brief(const struct gaz_layer *layer, size_t record,
                                 struct im_arena *arena) {
    struct reading r = {.layer = layer, .record = record, .arena = arena};
    struct gaz_record at;
    char name[SHORT_NAME];
    if (!gaz_record_at(layer, record, &at) || !read_head(&r)) {
        return NULL;
    }
    size_t n =
        gaz_unpack_first(symbols_of(layer), r.packed.at,
                         (size_t)(r.packed.end - r.packed.at), name, sizeof name);
    if (r.head.flags & GAZ_T_OWN_ID || n == 0 || n == SIZE_MAX) {
        return gaz_place(layer, record, arena); // the id stands behind all; or damage
    }
    struct im_place *place = begin_place(&r, &at);
    place->name = im_strndup(arena, name, n);
    return place;
}
