/* What the files of this room share. */
#ifndef IM_GAZETTEER_INSIDE_H
#define IM_GAZETTEER_INSIDE_H

#include "base/file.h"
#include "gazetteer/gazetteer.h"
#include <stdint.h>

/*
 * A layer is texts of rows (the bundled files, or a user's file put into the same form)
 * and an index over them. Offsets count through the texts in order.
 */
enum { GAZ_TEXTS = 3, GAZ_COLUMNS = 16 };

struct gaz_text {
    const char *name; /* for messages */
    const char *data;
    size_t n;
    const uint32_t *lines; /* a user's file: line of each record's row; else NULL */
};

/* What ranking asks of a place before its row is read. */
struct gaz_record {
    uint32_t row, length, line; /* offset and bytes of the row, and its line */
    int32_t lon, lat;           /* 1e-6 degree */
    uint32_t people;       /* population; of an area that of its towns; 0 = unknown */
    uint8_t kind, feature; /* enum im_kind; enum gaz_feature */
    char country[2];       /* zeros when there is none of two letters */
    uint32_t spare;        /* 0 */
};

enum gaz_feature {
    GAZ_OTHER,
    GAZ_QUARTER,
    GAZ_VILLAGE,
    GAZ_TOWN,
    GAZ_CITY,
    GAZ_CAPITAL,
    GAZ_DISTRICT,
    GAZ_AREA,
    GAZ_UNIT,
    GAZ_COUNTRY,
    GAZ_SEA
};

struct gaz_entry {
    uint32_t hash, record;
};

/* Sorted by hash, then record. */
struct gaz_entries {
    const struct gaz_entry *v;
    size_t n;
};

enum gaz_by { GAZ_BY_FOLD, GAZ_BY_SKELETON, GAZ_BY_BONES, GAZ_BY_ID, GAZ_BY_COUNT };

struct gaz_layer {
    struct gaz_text text[GAZ_TEXTS];
    size_t text_count;
    const struct gaz_record *records;
    size_t record_count;
    struct gaz_entries by[GAZ_BY_COUNT];
    unsigned rank; /* im_place.layer */
};

struct im_gazetteer {
    struct im_arena *arena;
    const struct gaz_layer **layers; /* the first wins ties */
    size_t layer_count;
    const char *note; /* about the index of the bundled places; "" = it was used */
    struct im_line_finder lines;
    const struct gaz_pins *pins; /* names settled by hand, or NULL */
};

/* rows.c: the fields of a row, and places made of them. */
struct gaz_fields {
    const char *at[GAZ_COLUMNS];
    size_t n[GAZ_COLUMNS];
};
enum gaz_column {
    GAZ_ID,
    GAZ_NAME,
    GAZ_LAT,
    GAZ_LON,
    GAZ_KIND,
    GAZ_FEATURE,
    GAZ_CC,
    GAZ_ADMIN1,
    GAZ_POPULATION,
    GAZ_NAMES,
    GAZ_FROM,
    GAZ_TO,
    GAZ_PRECISION,
    GAZ_AREA_REF,
    GAZ_BBOX,
    GAZ_SOURCE
};
#define GAZ_HEADER                                                                     \
    "id\tname\tlat\tlon\tkind\tfeature\tcountry\tadmin1\tpopulation\tnames\tfrom\tto"  \
    "\t"                                                                               \
    "precision_km\tarea\tbbox\tsource"

/* Split a row; false when it has not exactly GAZ_COLUMNS fields. */
bool gaz_fields(const char *row, size_t n, struct gaz_fields *out);
/* The bbox column, "west,south,east,north"; false when it is none. */
bool gaz_box(const struct gaz_fields *f, struct im_box *out);
/* The record of a row whose fields are usable; else false and *what names the field. */
bool gaz_record_make(const struct gaz_fields *f, struct gaz_record *out,
                     const char **what);
/* The bytes of a record's row (its `length`); NULL when they are outside the texts. */
const char *gaz_row(const struct gaz_layer *layer, size_t record);
/* The place of a record; NULL when the row does not hold one (a damaged index). */
struct im_place *gaz_place(const struct gaz_layer *layer, size_t record,
                           struct im_arena *arena);
enum gaz_feature gaz_feature_of(const char *feature);
/* Next `LANG=NAME@FROM..TO` of a names column; *at moves on; false at the end. */
struct gaz_alias {
    const char *lang, *text;
    size_t lang_n, text_n;
    struct im_date from, to;
};
bool gaz_alias_next(const char **at, const char *end, struct gaz_alias *out);

/* index.c: an index made in memory. `layer` has its texts; the rest is filled in. A bad
 * row is an error (`family`) with its line. */
INCMAP_MUST_CHECK enum incmap_status gaz_index(struct im_arena *arena,
                                               struct gaz_layer *layer,
                                               enum incmap_status family,
                                               struct incmap_error *err);
uint32_t gaz_hash(const char *s, size_t n);
/* Entries with that hash. */
struct gaz_entries gaz_lookup(const struct gaz_layer *layer, enum gaz_by by,
                              uint32_t hash);

/* stored.c: the index as a file beside the places. */
#define GAZ_INDEX_FILE "places.idx"
/* Bytes of the file for a layer, in the arena. */
struct im_bytes gaz_index_write(struct im_arena *arena, const struct gaz_layer *layer);
/* Use the file's arrays for `layer` (which has its texts); NULL when it is sound and
 * made from these texts, else one phrase that says why not. */
const char *gaz_index_use(struct im_bytes file, struct gaz_layer *layer);

/* open.c: the three bundled texts, without an index. Errors: GEODATA. */
INCMAP_MUST_CHECK enum incmap_status gaz_texts(struct im_arena *arena, const char *dir,
                                               struct gaz_layer *layer,
                                               struct incmap_error *err);

/* keys.c: the strings that are hashed. Buffers are cleared first. */
/* Skeleton of a name in one reading without blanks, doubled letters as one. */
void gaz_skeleton_key(struct im_buf *out, const char *name, size_t n, unsigned reading);
/* Bones worth an index: at least three consonants. */
bool gaz_bones_key(char *skeleton);

/*
 * near.c: records that have a name whose folded form, or what is left of it without its
 * generic word, lies within `most` edits (1 or 2) of `fold`: a letter left out, put in,
 * exchanged, or two neighbours transposed; a blank counts as a letter. In order, each
 * once. The caller compares the names again: a record too many does no harm.
 */
struct gaz_records {
    uint32_t *v;
    size_t n, cap;
};
void gaz_near(const struct gaz_layer *layer, struct im_arena *arena, const char *fold,
              unsigned most, struct gaz_records *out);

/* generic.c: 'district', 'город', 'մարզ' ... set aside. */
enum { GAZ_STEMS = 6, GAZ_STEM_BYTES = 160 };
struct gaz_generic {
    enum im_kind kind;        /* what the word says the place is, or IM_KIND_ANY */
    enum gaz_feature feature; /* village, city, district, unit ..., or GAZ_OTHER */
    char stem[GAZ_STEMS][GAZ_STEM_BYTES]; /* what is left, as it may be written alone */
    size_t n;
};
/* False when the folded name has no generic word, or nothing else, or is very long. */
bool gaz_generic(const char *folded, size_t n, struct gaz_generic *out);

/* find.c: the alpha-2 code of a country by its code or name; false when it is none. */
bool gaz_country_code(const struct im_gazetteer *gz, struct im_arena *arena,
                      const char *text, char out[3]);

#endif
