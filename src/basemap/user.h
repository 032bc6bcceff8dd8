/* Users' files. Private to the room. */
#ifndef IM_BASEMAP_USER_H
#define IM_BASEMAP_USER_H

#include "basemap/geodata.h"

/* What a class attribute says that is not in the list of im_class_of. */
enum { IM_CLASS_NONE = -1 };
/*
 * Class of a border from an attribute: the words of Natural Earth's featurecla, of
 * line-classes.tsv, of OpenStreetMap's admin_level; ASCII case does not count.
 * IM_CLASS_NONE: empty or unknown.
 */
int im_class_of(const char *text);

/* A border file of the user, open, with the columns that matter (-1 = none). */
struct im_user_file {
    const struct im_spec_borders *spec;
    struct im_shapes *shapes;
    struct im_crs *crs; /* NULL: degrees */
    int name, code, line_class;
};
/*
 * Open the file and find its columns: those that the spec names, else by their usual
 * names (a note says which). Errors: INPUT (also a field that is not there, with the
 * nearest), PROJECTION, LIMIT.
 */
INCMAP_MUST_CHECK enum incmap_status im_user_open(struct im_arena *arena,
                                                  const struct im_basemap_request *rq,
                                                  struct im_user_file *f,
                                                  struct incmap_error *err);
/* A file whose records are all broken is a failure. Errors: INPUT. */
INCMAP_MUST_CHECK enum incmap_status im_user_sound(const struct im_shapes *s,
                                                   const char *file,
                                                   struct incmap_error *err);

/*
 * Geometry of a user's record in degrees. `crs` NULL: it is in degrees already.
 * false: null, broken, or without an image (a finding was added).
 */
bool im_user_record(struct im_shapes *s, size_t i, struct im_crs *crs,
                    struct im_arena *arena, struct im_lines *out);
/* The CRS of a user's file; *crs NULL when it is in degrees. Errors: INPUT, PROJECTION.
 */
INCMAP_MUST_CHECK enum incmap_status im_user_crs(struct im_shapes *s,
                                                 struct im_arena *arena,
                                                 struct im_findings *findings,
                                                 const char *file, struct im_crs **crs,
                                                 struct incmap_error *err);

/* Grounds that users' files have given, in the order of their first records. */
struct im_user_grounds {
    struct im_ground *v;
    size_t n, cap;
    size_t *slot; /* index: 1 + number, 0 = free */
    size_t slots; /* a power of two, or 0 */
};
/* The ground of a code, or without one of a name; a new one when it is not yet seen or
 * has neither. Returns its number. */
int im_user_ground(struct im_arena *arena, const struct im_geodata *geodata,
                   struct im_user_grounds *all, const char *code, const char *name);

#endif
