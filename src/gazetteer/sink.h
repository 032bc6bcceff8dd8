/* Where the bytes of a compiled gazetteer go: a file or memory, with their digest. The
 * first failure is kept and asked for at the end. */
#ifndef IM_GAZETTEER_SINK_H
#define IM_GAZETTEER_SINK_H

#include "base/buf.h"
#include "base/writer.h"
#include "gazetteer/format.h"

enum { GAZ_SINK_ROOM = 8 * GAZ_CHECKED };

struct gaz_sink {
    struct im_writer *file; /* or */
    struct im_buf *memory;
    uint64_t at; /* bytes so far, the header's among them */
    struct im_checksum digest;
    struct im_buf checks; /* GAZ_S_CHECKS */
    size_t n;
    enum incmap_status status;
    struct incmap_error *err;
    unsigned char room[GAZ_SINK_ROOM];
};

/* Begin behind a header's room. */
void gaz_sink_init(struct gaz_sink *s, struct im_arena *arena, struct im_writer *file,
                   struct im_buf *memory, struct incmap_error *err);
void gaz_sink_put(struct gaz_sink *s, const void *data, size_t n);
/* Zeros up to the next multiple of eight. */
void gaz_sink_align(struct gaz_sink *s);
/* The digests of blocks behind all else; the header, completed by size and digests, at
 * its place. */
INCMAP_MUST_CHECK enum incmap_status gaz_sink_end(struct gaz_sink *s,
                                                  struct gaz_header *header);

#endif
