/* Sections and indexes of a file in the making. */
#ifndef IM_GAZETTEER_COMPILED_H
#define IM_GAZETTEER_COMPILED_H

#include "base/file.h"
#include "gazetteer/pile.h"
#include "gazetteer/sink.h"

struct gaz_compiled {
    struct im_arena *arena;
    struct gaz_sink *sink;
    struct gaz_header header;
    unsigned threads;
    /* How important a record is: those of one name stand in this order. */
    uint32_t (*importance)(const void *self, uint32_t record);
    const void *importance_self;
    struct im_bytes skeletons; /* the section GAZ_S_SKELETONS, set through `bits` */
    unsigned char *bits;
};

void gaz_section_begin(struct gaz_compiled *c, int section);
void gaz_section_end(struct gaz_compiled *c, int section);
void gaz_section_put(struct gaz_compiled *c, int section, const void *data, size_t n);
void gaz_section_bytes(struct gaz_compiled *c, int section, struct im_bytes bytes);
/* Entries and directory of an index; `records` numbers are told apart. Errors: OUTPUT.
 */
INCMAP_MUST_CHECK enum incmap_status gaz_index_put(struct gaz_compiled *c, int by,
                                                   const struct gaz_pile *pile,
                                                   size_t records,
                                                   struct incmap_error *err);
/* The letters that names are made of, the most frequent first. */
struct im_bytes gaz_letters_write(struct im_arena *arena, const uint64_t *counts);

#endif
