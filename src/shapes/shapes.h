/*
 * Shapefile sets (.shp with .shx .dbf .prj .cpg beside it) through shapelib over mapped
 * memory. What shapelib trusts is checked first: magic, type, record headers against
 * the file, part starts, finite coordinates.
 */
#ifndef IM_SHAPES_SHAPES_H
#define IM_SHAPES_SHAPES_H

#include "base/file.h"
#include "base/findings.h"
#include "model/model.h"

enum im_shape_type { IM_SHAPE_POINT, IM_SHAPE_LINE, IM_SHAPE_POLYGON };

struct im_shapes; /* opaque, open set, read-only */

struct im_shapes_options {
    enum incmap_status family;    /* INPUT or GEODATA for failures */
    struct im_findings *findings; /* side-car trouble, broken records; not NULL */
};

/*
 * Open path (".shp"). A structurally broken .shp is an error; missing or wrong .shx is
 * rebuilt in memory (finding), missing .dbf/.prj/.cpg is a finding. Closed with the
 * arena.
 */
INCMAP_MUST_CHECK enum incmap_status im_shapes_open(struct im_arena *arena,
                                                    const char *path,
                                                    struct im_shapes_options options,
                                                    struct im_shapes **out,
                                                    struct incmap_error *err);

/* Where the records of a .shp are. */
struct im_record {
    uint32_t at;     /* byte of the record's header */
    uint32_t length; /* content bytes */
};
struct im_records {
    const struct im_record *v;
    size_t n;
};
struct im_records im_shapes_records(const struct im_shapes *s);
/* Open a .shp whose records are known from before: nothing is read of it, and it has
 * neither attributes nor a coordinate system. The records stay the caller's and outlive
 * the set. Errors: family, also when one of them lies outside the file. */
INCMAP_MUST_CHECK enum incmap_status im_shapes_open_known(
    struct im_arena *arena, const char *path, struct im_shapes_options options,
    struct im_records records, struct im_shapes **out, struct incmap_error *err);

size_t im_shapes_count(const struct im_shapes *s);
enum im_shape_type im_shapes_type(const struct im_shapes *s);
/* Text of the .prj (WKT), or "" when there is none. For im_crs_open_wkt only. */
const char *im_shapes_prj(const struct im_shapes *s);

/* Bounding box of record i in file units (x = west..east), without reading its
 * vertices. false for a null shape. */
bool im_shapes_box(const struct im_shapes *s, size_t i, struct im_box *out);

/* The same with the first and last vertex of its first part. false as above. */
struct im_sketch {
    struct im_box box;
    struct im_lonlat first, last;
};
bool im_shapes_sketch(const struct im_shapes *s, size_t i, struct im_sketch *out);

/* Vertices of record i in file units, one line per part; ring closure vertex removed
 * for polygons. false: null shape or broken (a finding was added). */
bool im_shapes_read(struct im_shapes *s, size_t i, struct im_arena *arena,
                    struct im_lines *out);

/*
 * The vertices of the first part of record i, in file units, closure vertex included,
 * read where they stand: out[cap]. Returns how many there are; when more than `cap`,
 * nothing is written. 0: null shape or broken (a finding was added).
 */
size_t im_shapes_vertices(const struct im_shapes *s, size_t i, struct im_lonlat *out,
                          size_t cap);

/* After a look at every record (boxes, ends, attributes): the files' pages are given
 * back, as im_file_forget does. */
void im_shapes_forget(const struct im_shapes *s);

/* Records found broken so far: those left out with a finding. */
size_t im_shapes_broken(const struct im_shapes *s);
/* The caller cannot use record i: it counts as broken, and a finding says `why`. */
void im_shapes_reject(struct im_shapes *s, size_t i, const char *why);

/* Column of a field name (ASCII case ignored); -1 = absent. */
int im_shapes_field(const struct im_shapes *s, const char *name);
size_t im_shapes_field_count(const struct im_shapes *s);
const char *im_shapes_field_name(const struct im_shapes *s, size_t column);
/* Attribute as UTF-8 text (decoded by .cpg / language id), trimmed; "" when null. */
const char *im_shapes_text(const struct im_shapes *s, size_t i, int column,
                           struct im_arena *arena);
/* The bytes of an attribute as they are in the file, trimmed; valid until the next
 * record is asked for. n == 0 when null. */
struct im_bytes im_shapes_raw(const struct im_shapes *s, size_t i, int column);
/* Attribute as integer; `otherwise` when null or no number. Cheap. */
long im_shapes_long(const struct im_shapes *s, size_t i, int column, long otherwise);

#endif
