/* What the files of this room share. */
#ifndef IM_GAZETTEER_INSIDE_H
#define IM_GAZETTEER_INSIDE_H

#include "base/file.h"
#include "gazetteer/format.h"
#include "gazetteer/gazetteer.h"
#include <stdint.h>
#include <string.h>

/* What ranking asks of a place before its texts are read. */
struct gaz_record {
    int32_t lon, lat;      /* 1e-6 degree */
    uint32_t people;       /* population; of an area that of its towns; 0 = unknown */
    uint8_t kind, feature; /* enum im_kind; enum gaz_feature */
    char country[2];       /* zeros when there is none of two letters */
};

static inline struct im_lonlat gaz_at(const struct gaz_record *r) {
    return (struct im_lonlat){r->lon / 1e6, r->lat / 1e6};
}

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

struct gaz_layer;

/*
 * watch.c: which blocks of a layer have been held against their digests, each when it
 * is first read. A layer that has a block of other content is mended, when it can be:
 * from then on it is made of other bytes, with the same content; or it is lost: what is
 * read of it from then on is nothing, and im_gazetteer_intact says so.
 */
struct gaz_watch {
    unsigned char *seen; /* by block; NULL: nothing is to be held against anything */
    struct gaz_layer *layer;
    const char *path, *help; /* what to do about a damaged file */
    const char *note;        /* that it was mended, or "" */
    bool lost;
    /* The layer made anew; false when it cannot be; or NULL. */
    bool (*mend)(struct gaz_watch *s, struct im_arena *arena, struct gaz_layer *out);
    struct im_arena *arena;
};

/* A layer is one compiled gazetteer, mapped or in memory (format.h). Whatever is read
 * of it is held against its bounds: a damaged file gives no wrong memory. */
struct gaz_layer {
    struct im_bytes file;
    struct im_bytes section[GAZ_SECTIONS];
    struct gaz_bits index[GAZ_BY_COUNT];
    size_t record_count, name_count, source_count;
    bool has_second_units;    /* below those of the first level */
    const char *const *paths; /* by source, as the caller gave them; NULL = by name */
    unsigned rank;            /* im_place.layer */
    struct gaz_watch *watch;  /* or NULL: taken as it is */
};

struct im_gazetteer {
    struct im_arena *arena;
    const struct gaz_layer **layers; /* the first wins ties */
    size_t layer_count;
    const char *cache; /* folder for compiled sources; NULL = none */
    uint64_t program;  /* digest of the code that makes them */
    const char *note;  /* about the index of the bundled places; "" = it was used */
    struct im_line_finder lines;
    struct im_unprojector unproject;
    const struct gaz_pins *pins; /* names settled by hand, or NULL */
    struct gaz_known *known;     /* by_id.c: found by their ids; NULL = not kept */
};
struct gaz_known *gaz_known_new(struct im_arena *arena);

enum { GAZ_COLUMNS = 16, GAZ_FIELDS = 17 /* with what no table has */ };

/* What a place may have: more is no place, and would cost every look at it. */
enum {
    GAZ_MOST_NAME = 1 << 16,       /* bytes of its main name */
    GAZ_MOST_NAMES = 30000,        /* of the others */
    GAZ_MOST_NAMES_BYTES = 1 << 20 /* of all of them */
};
#define GAZ_NO_NAME "it has no name, or one of more than 64 KiB"

/* rows.c: the fields of a row. */
struct gaz_fields {
    const char *at[GAZ_FIELDS];
    size_t n[GAZ_FIELDS];
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
    GAZ_SOURCE,
    GAZ_ADMIN2 /* of GeoNames alone */
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
enum gaz_feature gaz_feature_of(const char *feature);
/* "Greene County, Missouri, US". */
const char *gaz_whereabouts(struct im_arena *arena, const struct im_place *p);
/* What a place takes of the texts that records share, into `text`, so many bytes of
 * zeros; then of its own, which stand in `text` and are cut there, a NUL behind the
 * last. */
size_t gaz_shared_size(const struct gaz_fields *f);
void gaz_place_shared(struct im_place *place, const struct gaz_fields *f, char *text);
void gaz_place_fill(struct im_place *place, const struct gaz_fields *f, char *text,
                    struct im_arena *arena);
/* Next `LANG=NAME@FROM..TO` of a names column; *at moves on; false at the end. */
struct gaz_alias {
    const char *lang, *text;
    size_t lang_n, text_n;
    struct im_date from, to;
};
bool gaz_alias_next(const char **at, const char *end, struct gaz_alias *out);
/* geonames_row.c: a name behind its language, as it may stand in a names column; with a
 * language when the name needs one, as a column is not cut by what stands in a name. */
void gaz_put_plain(struct im_buf *out, const char *s, size_t n);
void gaz_put_name(struct im_buf *out, const char *s, size_t n);
/* The tag of what is a country's code in three letters, and a name only where a country
 * is asked for. */
#define GAZ_ISO3 "iso3"
bool gaz_is_code(const struct gaz_alias *name);

/* stored.c: a layer of a file's bytes, which must outlive it; NULL, or a phrase that
 * says why it cannot be used. Header and sections are checked, not what they hold. */
const char *gaz_layer_open(struct im_bytes file, struct gaz_layer *out);
/* All of it, by its digest; NULL or a phrase. Reads the whole file. */
const char *gaz_layer_verify(const struct gaz_layer *layer);
/* watch.c: hold the layer, of the file `path`, against its digests from now on; NULL,
 * or a phrase when the digests or the small sections are damaged. `help` is for people.
 */
const char *gaz_watch_begin(struct im_arena *arena, struct gaz_layer *layer,
                            const char *path, const char *help);
/* Are the n bytes at `at` of the section (cut at its end) what they were when written?
 * False when not, and they cannot be had otherwise. Pointers into the layer from before
 * are still good, but it may have others now. */
static inline bool gaz_intact(const struct gaz_layer *layer, int section, uint64_t at,
                              uint64_t n);
/* The same, block by block. */
bool gaz_look_at(const struct gaz_layer *layer, int section, uint64_t at, uint64_t n);
static inline bool gaz_intact(const struct gaz_layer *layer, int section, uint64_t at,
                              uint64_t n) {
    const struct gaz_watch *s = layer->watch;
    if (s == NULL || s->seen == NULL) {
        return true;
    }
    const struct im_bytes *bytes = &layer->section[section];
    uint64_t from =
        (uint64_t)(bytes->data - layer->file.data) - sizeof(struct gaz_header) + at;
    bool seen = !s->lost && at < bytes->n && n - 1 < bytes->n - at &&
                from / GAZ_CHECKED == (from + n - 1) / GAZ_CHECKED &&
                s->seen[from / GAZ_CHECKED];
    return seen || gaz_look_at(layer, section, at, n);
}
struct gaz_header gaz_layer_header(const struct gaz_layer *layer);
struct gaz_source gaz_layer_source(const struct gaz_layer *layer, size_t i);
/* The source that a record comes from. */
size_t gaz_source_of(const struct gaz_layer *layer, size_t record);

/* lookup.c: entries of an index whose key is that of a text, the most important places
 * first. Some may have another text with the same bits: the caller compares names. */
struct gaz_entries {
    const struct gaz_layer *layer;
    enum gaz_by by;
    size_t first, n;
};
struct gaz_entries gaz_lookup(const struct gaz_layer *layer, enum gaz_by by,
                              const char *key, size_t n);
/* Entries whose keys have these leading bits, or lie from `key` to `last`. */
struct gaz_entries gaz_lookup_bits(const struct gaz_layer *layer, enum gaz_by by,
                                   uint64_t key, unsigned bits);
struct gaz_entries gaz_lookup_range(const struct gaz_layer *layer, enum gaz_by by,
                                    uint64_t key, uint64_t last);
/* What will be looked up soon: its part of the directory, then (with what was found)
 * its entries, may be on their way from memory meanwhile. */
void gaz_expect_bits(const struct gaz_layer *layer, enum gaz_by by, uint64_t key);
void gaz_expect_entries(const struct gaz_entries *e);
/* Record of an entry (of halves: see near.c); may be past the last when damaged. */
uint32_t gaz_entry(const struct gaz_entries *e, size_t i);
/* The key bits that stand in an entry, behind those of the directory. */
uint64_t gaz_entry_key(const struct gaz_entries *e, size_t i);
/* The same for who looks at all of them: an entry's word has its number in the lowest
 * bits, above them what gaz_entry_key gives. */
struct gaz_run {
    const char *at;
    size_t width;
    unsigned number;
    uint64_t mask;
};
static inline struct gaz_run gaz_run_of(const struct gaz_entries *e) {
    const struct gaz_bits *b = &e->layer->index[e->by];
    return (struct gaz_run){
        e->layer->section[GAZ_S_ENTRIES + (int)e->by].data + e->first * b->width,
        b->width, b->number,
        b->width < 8 ? ((uint64_t)1 << 8 * b->width) - 1 : UINT64_MAX};
}
static inline uint64_t gaz_run_word(const struct gaz_run *run, size_t i) {
    uint64_t v;
    memcpy(&v, run->at + i * run->width, sizeof v); // more bytes stand behind the last
    return v & run->mask;
}

/* record.c: what a record holds; false when it is damaged or there is no such record.
 */
bool gaz_record_at(const struct gaz_layer *layer, size_t record,
                   struct gaz_record *out);
/* texts.c: what will be read soon: the record; where its texts stand; then those
 * themselves. */
void gaz_expect_record(const struct gaz_layer *layer, size_t record);
void gaz_expect_block(const struct gaz_layer *layer, size_t record);
void gaz_expect_texts(const struct gaz_layer *layer, size_t record);
/* Its texts, in the arena or in the file; lat, lon, kind and population stay empty. */
bool gaz_read(const struct gaz_layer *layer, size_t record, struct im_arena *arena,
              struct gaz_fields *out);
/* May the record have that id? What costs little to know; else true. */
bool gaz_may_have_id(const struct gaz_layer *layer, size_t record, const char *id);
/* The place of a record; NULL when it is damaged. A brief one lacks what costs most to
 * read: its other names, dates, precision, area and box. */
struct im_place *gaz_place(const struct gaz_layer *layer, size_t record,
                           struct im_arena *arena);
struct im_place *gaz_place_brief(const struct gaz_layer *layer, size_t record,
                                 struct im_arena *arena);
/* keys.c: the strings that are hashed, and what of them is looked up. Buffers are
 * cleared first. */
uint64_t gaz_hash64(const char *s, size_t n);
/* The same, byte by byte: FNV-1a (draft-eastlake-fnv), its bits mixed at the end as in
 * MurmurHash3. */
#define GAZ_HASH_BEGIN 0xcbf29ce484222325u
static inline uint64_t gaz_hash_step(uint64_t h, char c) {
    return (h ^ (unsigned char)c) * 0x100000001b3u;
}
static inline uint64_t gaz_hash_end(uint64_t h) {
    h = (h ^ h >> 33) * 0xff51afd7ed558ccdu;
    h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53u;
    return h ^ h >> 33;
}
uint32_t gaz_hash(const char *s, size_t n);
/* Leading GAZ_KEY_BITS of an index's key. */
uint64_t gaz_fold_key(const char *fold, size_t n);
uint64_t gaz_sound_key(const char *skeleton, size_t n);
/* The same from the hashes of its letters and of its bones, of which it has so many. */
uint64_t gaz_sound_key_of(uint64_t letters, uint64_t bones, size_t bone_n);
/* The leading GAZ_BONES_BITS of the sound key of names with these consonants. */
uint64_t gaz_bones_bits(const char *bones, size_t n);
/* Cell of a position: row of half degrees from the south, then column from the west. */
uint64_t gaz_cell_key(int32_t lon, int32_t lat);
/* Skeleton of a name in one reading without blanks, doubled letters as one. */
void gaz_skeleton_key(struct im_buf *out, const char *name, size_t n, unsigned reading);
/* Bones worth an index: at least three consonants. */
bool gaz_bones_key(char *skeleton);

/*
 * near.c: places that have a name whose folded form, or what is left of it without its
 * generic word, lies within `most` edits (1 or 2) of `fold`: a letter left out, put in,
 * exchanged, or two neighbours transposed; a blank counts as a letter. Entries of a run
 * have one name, the most important first; a place may be in several runs. The caller
 * compares the names again: a place too many does no harm.
 */
struct gaz_runs {
    struct gaz_entries *v;
    size_t n, cap;
};
void gaz_near(const struct gaz_layer *layer, struct im_arena *arena, const char *fold,
              unsigned most, struct gaz_runs *out);

/* generic.c: 'district', 'город', 'մարզ' ... set aside. */
enum { GAZ_STEMS = 6, GAZ_STEM_BYTES = 160 };
struct gaz_generic {
    enum im_kind kind;        /* what the word says the place is, or IM_KIND_ANY */
    enum gaz_feature feature; /* village, city, district, unit ..., or GAZ_OTHER */
    char stem[GAZ_STEMS][GAZ_STEM_BYTES]; /* what is left, as it may be written alone */
    size_t n;
};
/* generic_words.c: a folded word that says what a place is, or NULL. */
struct gaz_generic_word {
    const char *word;
    enum im_kind kind;
    enum gaz_feature feature;
};
const struct gaz_generic_word *gaz_generic_word(const char *s, size_t n);
/* All of them, in the order of their bytes. */
const struct gaz_generic_word *gaz_generic_words(size_t *n);
/* False when the folded name has no generic word, or nothing else, or is very long. */
bool gaz_generic(const char *folded, size_t n, struct gaz_generic *out);

/* country.c: what the rows of tables say in the column country, and whose code it is.
 */
struct gaz_said {
    const char *text;
    char code[3]; /* "" = of none */
};
struct gaz_saids {
    const struct im_gazetteer *gz;
    struct im_arena *arena;
    struct im_findings *findings;
    struct gaz_said *v;
    size_t n, cap;
};
/* Each text is read once, and told once when it is no country; valid until the next. */
const char *gaz_country_said(struct gaz_saids *all, const struct im_event *e);

#endif
