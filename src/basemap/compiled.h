/*
 * The compiled form of the bundled tables and lines (basemap.bin), made when the
 * program is built: what a map asks of each of 16,000 lines before it reads any. It
 * stands in native byte order and layout, which are checked, as are the sizes of what
 * it was made of: where anything differs, the tables and shapefiles are read instead,
 * with the same result. Private to the room.
 */
#ifndef IM_BASEMAP_COMPILED_H
#define IM_BASEMAP_COMPILED_H

#include "basemap/geodata.h"

#define IM_COMPILED_NAME "basemap.bin"
#define IM_COMPILED_MAGIC "IMBASE1"

/* What it is made of, by name. */
enum { IM_COMPILED_SOURCES = 2 + 2 * IM_LEVELS };
const char *im_compiled_source(int i);

enum im_compiled_section {
    IM_C_TEXT,   /* texts, each with its NUL */
    IM_C_OWNERS, /* struct im_compiled_owner */
    IM_C_UNITS,  /* struct im_unit */
    IM_C_IDS,    /* int: 1 + index of the unit, by id */
    IM_C_LEVELS  /* from here on IM_C_PARTS of each level */
};
enum im_compiled_part {
    IM_C_ARCS,    /* struct im_arc_info, all seen */
    IM_C_RECORDS, /* struct im_record, one an arc */
    IM_C_SHELVES, /* struct im_window */
    IM_C_BOXES,   /* struct im_box, one a unit */
    IM_C_CUT,     /* bool, one a unit */
    IM_C_FIRST,   /* uint32_t, one a unit and one more: first_arc */
    IM_C_OF_UNIT, /* uint32_t: unit_arcs */
    IM_C_PARTS
};
enum { IM_C_SECTIONS = IM_C_LEVELS + IM_LEVELS * IM_C_PARTS };

struct im_compiled_owner {
    uint32_t code, name; /* bytes of the text */
};

/* Bytes of one element of a section. */
size_t im_compiled_size(int section);

struct im_compiled_header {
    char magic[8];
    uint64_t order;               /* IM_COMPILED_ORDER, as this machine has it */
    uint64_t size[IM_C_SECTIONS]; /* im_compiled_size of each section */
    uint64_t source[IM_COMPILED_SOURCES]; /* bytes of what it is made of */
    struct {
        uint64_t at, bytes; /* of the file; multiples of 8 */
    } section[IM_C_SECTIONS];
    uint64_t check; /* im_checksum_of all that follows the header */
    uint64_t head;  /* the same of what stands before */
};
#define IM_COMPILED_ORDER 0x0102030405060708u

/* Its sections, from g->dir; NULL when there is none that fits. */
const struct im_compiled *im_compiled_open(const struct im_geodata *g,
                                           struct im_arena *arena);
/* Units and owners. */
void im_compiled_tables(struct im_geodata *g, struct im_arena *arena);
/* The records of a level's lines by the name of its file; n == 0: not known. */
struct im_records im_compiled_records(const struct im_geodata *g, const char *file);
/* All of a level but its lines; false: not known. */
bool im_compiled_level(const struct im_geodata *g, struct im_level *level);

#endif
