/* Inside the room: an open set, its bytes, and the checks on them. */
#ifndef IM_SHAPES_SHAPEFILE_H
#define IM_SHAPES_SHAPEFILE_H

#include "shapes/shapes.h"
#include <iconv.h>
#include <shapefil.h>
#include <stdint.h>
#include <string.h>

/* A file in memory as shapelib reads it: the first `head_n` bytes may be replaced. */
struct im_memfile {
    const char *data, *head;
    size_t n, head_n, pos;
};

enum im_record_state { IM_RECORD_GOOD, IM_RECORD_NULL, IM_RECORD_BAD };

struct im_shapes {
    struct im_arena *arena;
    struct im_shapes_options options;
    const char *path, *prj;
    struct im_bytes shp, dbf_bytes;
    int type; /* SHPT_ of the file */
    const struct im_record *record;
    struct im_record *found; /* the same while they are looked for */
    unsigned char *state;    /* enum im_record_state */
    size_t count;
    struct im_memfile shp_file, shx_file, dbf_file;
    SHPHandle shp_handle;
    DBFHandle dbf; /* NULL: no attributes */
    size_t rows;
    iconv_t decoder; /* (iconv_t)-1: the text is UTF-8 */
    bool has_decoder;
};

/* Hooks for shapelib over memory files. */
void im_memory_hooks(SAHooks *hooks);
/* What the next SHPOpenLL/DBFOpenLL of this thread finds: `first` for .shp and .dbf,
 * `second` for .shx. */
void im_memory_offer(struct im_memfile *first, struct im_memfile *second);

// Here, and not in a file of their own: a compiler makes one load of each.
static inline uint32_t im_read_be32(const char *p) {
    const unsigned char *b = (const unsigned char *)p;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static inline uint32_t im_read_le32(const char *p) {
    const unsigned char *b = (const unsigned char *)p;
    return (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

static inline double im_read_le64(const char *p) {
    uint64_t bits = (uint64_t)im_read_le32(p + 4) << 32 | im_read_le32(p);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Magic and type of the .shp; fills type. */
INCMAP_MUST_CHECK enum incmap_status im_shapes_check_header(struct im_shapes *s,
                                                            struct incmap_error *err);
/* Let shapelib open what was checked; false: it cannot. */
bool im_shapes_hand_over(struct im_shapes *s);
/* Check the .shp header and find the records, by the .shx when it agrees with the .shp,
 * else by walking. Fills type, record, state, count. */
INCMAP_MUST_CHECK enum incmap_status im_shapes_index(struct im_shapes *s,
                                                     struct im_bytes shx, bool has_shx,
                                                     struct incmap_error *err);
/* Number of vertices and parts of a record whose counts fit into it; false: broken,
 * with `why` set. */
struct im_counts {
    uint32_t parts, vertices;
    const char *why; /* phrase */
};
bool im_record_counts(const struct im_shapes *s, size_t i, struct im_counts *out);
/* One finding; the record counts as broken from now on. */
void im_record_broken(const struct im_shapes *s, size_t i, const char *why);

/* Open .dbf with its encoding; trouble becomes findings. */
void im_shapes_open_table(struct im_shapes *s);
/* Is the row of record i marked as deleted? */
bool im_shapes_deleted(const struct im_shapes *s, size_t i);
/* The set's side-car, e.g. ".dbf" or ".DBF", with its bytes: its path, NULL when there
 * is none. Errors: INPUT, when there is one that cannot be read. */
INCMAP_MUST_CHECK enum incmap_status im_shapes_sidecar(const struct im_shapes *s,
                                                       const char *ext,
                                                       const char **path,
                                                       struct im_bytes *out,
                                                       struct incmap_error *err);

/* iconv's name of what a .cpg says or a DBF language id means; NULL = not known, "" =
 * UTF-8. */
const char *im_encoding_of_cpg(struct im_arena *arena, const char *text, size_t n);
const char *im_encoding_of_ldid(int id);
/* n bytes as UTF-8. */
const char *im_shapes_decode(const struct im_shapes *s, struct im_arena *arena,
                             const char *text, size_t n);

#endif
