/*
 * The form of a compiled gazetteer (.gaz). One header, then sections at multiples of
 * eight bytes; native byte order, which is checked. Twelve million places with twenty
 * million names take some 750 MB: texts are packed by symbols (symbols.h), what records
 * share is kept once, entries of an index leave to its directory the bits of the key
 * that it takes.
 *
 * record    12 bytes: position, kind, feature, people, country (gaz_record)
 * text      of each record: a varint of what follows, then see gaz_text_head; the names
 *           and what is rare are packed by the symbols
 * block     of eight records: where their texts begin, and the line of the first
 * entries   of an index: sorted by key, of which a directory takes the leading bits;
 *           an entry holds some bits more, and a record's number (of GAZ_BY_HALF: bits
 *           of the whole name's key)
 * skeletons a bit for each stored key of GAZ_BY_SKELETON; 2^n bytes
 * checks    the digest of each GAZ_CHECKED bytes behind the header (watch.c)
 */
#ifndef IM_GAZETTEER_FORMAT_H
#define IM_GAZETTEER_FORMAT_H

#include "base/checksum.h"
#include <stdint.h>

#define GAZ_MAGIC "IMGAZ\r\n\032"
#define GAZ_UNIT_END '\x1F' /* between units of two levels */
enum {
    GAZ_VERSION = 4,
    GAZ_ORDER = 0x01020304,
    GAZ_CHECKED = 1 << 13, /* bytes behind the header that have a digest of their own */
    GAZ_BLOCK = 8,         /* records of a block */
    GAZ_RECORD_BYTES = 12, /* of a record */
    GAZ_BLOCK_BYTES = 12,  /* of a block's entry */
    GAZ_SPARE = 8, /* bytes behind entries and texts, so that words can be read */
    GAZ_KEY_BITS = 36,
    GAZ_BONES_BITS = 24, /* of a key of GAZ_BY_SKELETON those of the consonants */
    GAZ_NUMBER_BITS = 28,
    GAZ_HALF_BITS = 22,  /* of a key of GAZ_BY_HALF those of the half itself */
    GAZ_LENGTH_BITS = 1, /* ... then whether the name's letters are odd in number */
    GAZ_OUTER = 6,       /* ... then so many letters of the other half */
    GAZ_CLASS_BITS = 4,  /* ... each known by so many bits */
    GAZ_SKETCH_BITS = GAZ_LENGTH_BITS + GAZ_OUTER * GAZ_CLASS_BITS,
    GAZ_WHOLE_BITS = 25, /* its number: leading bits of the whole name's key */
    GAZ_LEAST_DIRECTORY = 8,
    GAZ_MOST_DIRECTORY = 22,
    GAZ_MOST_RECORDS = (1 << GAZ_NUMBER_BITS) - 1
};

enum gaz_by {
    GAZ_BY_FOLD,
    GAZ_BY_SKELETON, /* also by consonants alone: GAZ_BY_BONES */
    GAZ_BY_HALF,     /* halves of folded names, for near.c */
    GAZ_BY_ID,
    GAZ_BY_CELL, /* settlements by half degrees */
    GAZ_BY_COUNT,
    GAZ_BY_BONES = GAZ_BY_COUNT
};

enum gaz_section {
    GAZ_S_TEXT,
    GAZ_S_BLOCKS,
    GAZ_S_RECORDS,
    GAZ_S_SYMBOLS,
    GAZ_S_SHAPES, /* "feature TAB source TAB prefix of the id" that records share */
    GAZ_S_ADMIN1, /* first-level unit, or with the second: both, GAZ_UNIT_END between */
    GAZ_S_SOURCES,
    GAZ_S_WORDS, /* names and licences of sources */
    GAZ_S_FINDINGS,
    GAZ_S_LANGUAGES, /* "code TAB names" a line, the most frequent first */
    GAZ_S_LETTERS, /* code points of folded names (32 bits), the most frequent first */
    GAZ_S_ENTRIES, /* one for each gaz_by */
    GAZ_S_DIRECTORY = GAZ_S_ENTRIES + GAZ_BY_COUNT,
    GAZ_S_SKELETONS = GAZ_S_DIRECTORY + GAZ_BY_COUNT, /* bits of keys that there are */
    GAZ_S_CHECKS, /* the last: digests of what is before */
    GAZ_SECTIONS
};

struct gaz_span {
    uint64_t at, n;
};

/* What an index's bits are: bits of the key that the directory takes, bits that stand
 * in an entry, bits of the number; bytes of an entry. */
struct gaz_bits {
    uint8_t directory, key, number, width;
    uint32_t count; /* entries */
};

struct gaz_header {
    char magic[8];
    uint32_t version, order;
    uint64_t size; /* of the file */
    uint64_t record_count, name_count;
    uint64_t second_units; /* texts of GAZ_S_ADMIN1 that name both levels */
    uint64_t stamp;        /* of a cached file: what its sources were; else 0 */
    struct gaz_span section[GAZ_SECTIONS];
    struct gaz_bits index[GAZ_BY_COUNT];
    uint64_t digest[2]; /* of all behind the header */
    uint64_t checks;    /* digest of that section */
    uint64_t head;      /* digest of the header before it */
};

/* Bits of an index's keys, the most that its directory takes, and of its numbers. */
static inline unsigned gaz_key_bits(int by) {
    return by == GAZ_BY_HALF ? GAZ_HALF_BITS + GAZ_SKETCH_BITS : GAZ_KEY_BITS;
}
static inline unsigned gaz_number_bits(int by) {
    return by == GAZ_BY_HALF ? GAZ_WHOLE_BITS : GAZ_NUMBER_BITS;
}
static inline unsigned gaz_most_directory(int by) {
    return by == GAZ_BY_HALF && GAZ_HALF_BITS < GAZ_MOST_DIRECTORY ? GAZ_HALF_BITS
                                                                   : GAZ_MOST_DIRECTORY;
}

/* What directory and entries keep of a key: its leading bits. */
static inline uint64_t gaz_stored_key(const struct gaz_bits *b, int by, uint64_t key) {
    return key >> (gaz_key_bits(by) - b->directory - b->key);
}

/* The bit of a stored key among those of a table of so many bytes, a power of two. */
static inline uint64_t gaz_skeleton_bit(uint64_t key, uint64_t bytes) {
    return (key * 0x9E3779B97F4A7C15u >> 24) & (8 * bytes - 1);
}

enum { GAZ_COUNTED_ROWS, GAZ_COUNTED_RECORDS };

/* One source file; its records stand together. */
struct gaz_source {
    uint64_t first; /* record */
    uint64_t bytes, digest;
    uint64_t read, kept;           /* rows */
    uint32_t name, format, rights; /* words */
    uint32_t counted;              /* in lines from 1, or in records from 0 */
};

/* First byte of a text: where the id stands, and which fields follow. */
enum gaz_text_head {
    GAZ_T_NUMBER = 1, /* the id is its prefix and a number (varint) */
    GAZ_T_OWN_ID = 2, /* the id stands among the texts; neither: FILE:LINE */
    GAZ_T_ADMIN1 = 4, /* varint */
    GAZ_T_PEOPLE = 8, /* varint: the source's own number */
    GAZ_T_LINE = 16,  /* varint: lines more than the block's first and one a record */
    GAZ_T_KNOWN = 31
};

/* The texts of a record, parted by tabs, the last empty ones left out. */
enum gaz_text_part {
    GAZ_P_NAME,
    GAZ_P_NAMES,
    GAZ_P_FROM,
    GAZ_P_TO,
    GAZ_P_PRECISION,
    GAZ_P_AREA,
    GAZ_P_BOX,
    GAZ_P_ID,
    GAZ_PARTS
};

#endif
