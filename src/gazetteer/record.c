/* Records and their texts, as format.h has them. */
#include "base/num.h"
#include "gazetteer/record.h"
#include "gazetteer/strings.h"
#include "gazetteer/symbols.h"

#include <string.h>

enum {
    LON_BITS = 29,
    LAT_BITS = 28,
    FEATURE_BITS = 4,
    EXACT_BITS = 17, /* of people: below 131,072 exact, above to a 1/131,072th */
    PEOPLE_BITS = 22,
    MOST_TEXT = 1 << 26
};
static const uint32_t MOST_LON = 360000000, MOST_LAT = 180000000;

/* People as a small floating number: exponent and the bits behind the first. */
static uint32_t people_pack(uint32_t people) {
    uint32_t exponent = 0;
    while (people >> exponent >> (EXACT_BITS + 1)) {
        exponent++;
    }
    if (people >> EXACT_BITS == 0) {
        return people;
    }
    uint32_t mantissa = people >> exponent & ((1u << EXACT_BITS) - 1);
    return (exponent + 1) << EXACT_BITS | mantissa;
}

static uint32_t people_unpack(uint32_t packed) {
    uint32_t exponent = packed >> EXACT_BITS;
    uint32_t mantissa = packed & ((1u << EXACT_BITS) - 1);
    return exponent == 0 ? mantissa : (mantissa | 1u << EXACT_BITS) << (exponent - 1);
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

void gaz_record_write(const struct gaz_record *r, unsigned char out[GAZ_RECORD_BYTES]) {
    uint64_t lon = (uint64_t)((int64_t)r->lon + MOST_LON / 2);
    uint64_t lat = (uint64_t)((int64_t)r->lat + MOST_LAT / 2);
    uint64_t place = lon | lat << LON_BITS |
                     (uint64_t)r->feature << (LON_BITS + LAT_BITS) |
                     (uint64_t)r->kind << (LON_BITS + LAT_BITS + FEATURE_BITS);
    uint32_t country = 0, rest;
    if (is_capital(r->country[0]) && is_capital(r->country[1])) {
        country =
            1 + 26 * (uint32_t)(r->country[0] - 'A') + (uint32_t)(r->country[1] - 'A');
    }
    rest = people_pack(r->people) | country << PEOPLE_BITS;
    memcpy(out, &place, sizeof place);
    memcpy(out + sizeof place, &rest, sizeof rest);
}

void gaz_record_people(unsigned char bytes[GAZ_RECORD_BYTES], uint32_t people) {
    const uint32_t mask = (1u << PEOPLE_BITS) - 1;
    uint32_t rest;
    memcpy(&rest, bytes + sizeof(uint64_t), sizeof rest);
    rest = (rest & ~mask) | people_pack(people);
    memcpy(bytes + sizeof(uint64_t), &rest, sizeof rest);
}

bool gaz_record_read(const unsigned char bytes[GAZ_RECORD_BYTES],
                     struct gaz_record *out) {
    uint64_t place;
    uint32_t rest;
    memcpy(&place, bytes, sizeof place);
    memcpy(&rest, bytes + sizeof place, sizeof rest);
    uint32_t lon = (uint32_t)(place & ((1u << LON_BITS) - 1));
    uint32_t lat = (uint32_t)(place >> LON_BITS & ((1u << LAT_BITS) - 1));
    uint32_t code = rest >> PEOPLE_BITS;
    *out = (struct gaz_record){
        .lon = (int32_t)((int64_t)lon - MOST_LON / 2),
        .lat = (int32_t)((int64_t)lat - MOST_LAT / 2),
        .people = people_unpack(rest & ((1u << PEOPLE_BITS) - 1)),
        .feature = place >> (LON_BITS + LAT_BITS) & ((1 << FEATURE_BITS) - 1),
        .kind = (uint8_t)(place >> (LON_BITS + LAT_BITS + FEATURE_BITS))};
    if (code > 0) {
        out->country[0] = (char)('A' + (code - 1) / 26);
        out->country[1] = (char)('A' + (code - 1) % 26);
    }
    return lon <= MOST_LON && lat <= MOST_LAT && out->kind > IM_KIND_ANY &&
           out->kind <= IM_OTHER && out->feature <= GAZ_SEA && code <= 26 * 26;
}

bool gaz_record_at(const struct gaz_layer *layer, size_t record,
                   struct gaz_record *out) {
    const size_t at = record * GAZ_RECORD_BYTES;
    return record < layer->record_count &&
           gaz_intact(layer, GAZ_S_RECORDS, at, GAZ_RECORD_BYTES) &&
           gaz_record_read(
               (const unsigned char *)layer->section[GAZ_S_RECORDS].data + at, out);
}

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

void gaz_expect_record(const struct gaz_layer *layer, size_t record) {
    if (record < layer->record_count) {
        __builtin_prefetch(layer->section[GAZ_S_RECORDS].data +
                           record * GAZ_RECORD_BYTES);
    }
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

/* The texts of the record; the id's prefix alone in its column when it has a number. */
static bool read_texts(const struct gaz_layer *layer, size_t record,
                       struct im_arena *arena, struct heading *h,
                       struct gaz_fields *f) {
    static const int parts[GAZ_PARTS] = {[GAZ_P_NAME] = GAZ_NAME,
                                         [GAZ_P_NAMES] = GAZ_NAMES,
                                         [GAZ_P_FROM] = GAZ_FROM,
                                         [GAZ_P_TO] = GAZ_TO,
                                         [GAZ_P_PRECISION] = GAZ_PRECISION,
                                         [GAZ_P_AREA] = GAZ_AREA_REF,
                                         [GAZ_P_BOX] = GAZ_BBOX,
                                         [GAZ_P_ID] = GAZ_ID};
    struct cursor c;
    *h = (struct heading){.flags = 0};
    for (int i = 0; i < GAZ_FIELDS; i++) {
        f->at[i] = "";
        f->n[i] = 0;
    }
    if (!text_at(layer, record, &c, &h->line) || !take_heading(&c, h) ||
        !put_shared(layer, h, f)) {
        return false;
    }
    const struct gaz_symbols *symbols =
        (const void *)layer->section[GAZ_S_SYMBOLS].data; // bytes alone, any alignment
    size_t packed = (size_t)(c.end - c.at);
    size_t n = gaz_unpacked_size(symbols, c.at, packed);
    if (n > MOST_TEXT) {
        return false;
    }
    char *text = im_alloc(arena, n + GAZ_SYMBOL_BYTES, 1);
    gaz_unpack(symbols, c.at, packed, text);
    split((struct im_bytes){text, n}, f, parts,
          h->flags & GAZ_T_OWN_ID ? GAZ_PARTS : GAZ_P_ID);
    return f->n[GAZ_NAME] > 0;
}

bool gaz_read(const struct gaz_layer *layer, size_t record, struct im_arena *arena,
              struct gaz_fields *out) {
    struct heading h;
    return read_texts(layer, record, arena, &h, out);
}

static struct im_where where(const struct gaz_layer *layer, size_t record,
                             uint64_t line, struct im_arena *arena) {
    size_t i = gaz_source_of(layer, record);
    struct gaz_source source = gaz_layer_source(layer, i);
    struct im_bytes word;
    const char *name = layer->paths ? layer->paths[i] : NULL;
    if (!name) {
        gaz_string_of(layer->section[GAZ_S_WORDS], source.name, &word);
        name = im_strndup(arena, word.data, word.n);
    }
    return source.counted == GAZ_COUNTED_RECORDS
               ? (struct im_where){name, 0, 0, (long)line}
               : IM_AT(name, line, 0);
}

static const char *id_of(const struct gaz_fields *f, const struct heading *h,
                         struct im_arena *arena, const struct im_where *row) {
    if (h->flags & GAZ_T_NUMBER) {
        return im_format(arena, "%.*s%zu", (int)f->n[GAZ_ID], f->at[GAZ_ID],
                         (size_t)h->number);
    }
    if (h->flags & GAZ_T_OWN_ID) {
        return im_strndup(arena, f->at[GAZ_ID], f->n[GAZ_ID]);
    }
    return im_format(arena, "%s:%zu", row->file,
                     row->record >= 0 ? (size_t)row->record : (size_t)row->line);
}

bool gaz_may_have_id(const struct gaz_layer *layer, size_t record, const char *id) {
    struct gaz_fields f = {.at = {[GAZ_ID] = ""}};
    struct heading h = {.flags = 0};
    struct cursor c;
    int64_t number;
    if (!text_at(layer, record, &c, &h.line) || !take_heading(&c, &h) ||
        !put_shared(layer, &h, &f) || !(h.flags & GAZ_T_NUMBER)) {
        return true;
    }
    size_t n = f.n[GAZ_ID]; // of what stands before the number
    return strncmp(id, f.at[GAZ_ID], n) == 0 &&
           im_int_parse(id + n, strlen(id + n), &number) &&
           (uint64_t)number == h.number;
}

struct im_place *gaz_place(const struct gaz_layer *layer, size_t record,
                           struct im_arena *arena) {
    struct gaz_record r;
    struct gaz_fields f;
    struct heading h;
    if (!gaz_record_at(layer, record, &r) ||
        !read_texts(layer, record, arena, &h, &f)) {
        return NULL;
    }
    struct im_place *place = im_alloc(arena, 1, sizeof *place);
    place->row = where(layer, record, h.line, arena);
    place->id = id_of(&f, &h, arena, &place->row);
    place->at = (struct im_lonlat){r.lon / 1e6, r.lat / 1e6};
    place->kind = (enum im_kind)r.kind;
    place->population = h.people <= INT64_MAX ? (long)h.people : 0;
    place->country = im_strndup(arena, r.country, r.country[0] ? 2 : 0);
    place->layer = layer->rank;
    gaz_place_fill(place, &f, arena);
    return place;
}
