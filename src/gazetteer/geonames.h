/* GeoNames dumps: the main table, and what may stand beside it (README of the dump,
 * download.geonames.org/export/dump/readme.txt). */
#ifndef IM_GAZETTEER_GEONAMES_H
#define IM_GAZETTEER_GEONAMES_H

#include "gazetteer/intake.h"

enum {
    GN_ID,
    GN_NAME,
    GN_ASCII,
    GN_ALTERNATES,
    GN_LAT,
    GN_LON,
    GN_CLASS,
    GN_CODE,
    GN_COUNTRY,
    GN_ADMIN1 = 10,
    GN_POPULATION = 14,
    GN_COLUMNS = 19
};

/* What stands beside the main table; read-only once loaded. */
struct gaz_beside {
    struct gaz_strings units; /* "AZ.52"; their names by number */
    struct im_bytes *unit_names;
    size_t unit_cap;
    struct im_bytes alternates; /* alternateNamesV2.txt */
    const uint64_t *by_place;   /* geonameid << 36 | offset of its row, sorted */
    size_t by_place_n;
};
/* Load admin1CodesASCII.txt and alternateNamesV2.txt from the table's folder, as far as
 * they are there. */
INCMAP_MUST_CHECK enum incmap_status gaz_beside_load(struct gaz_intake *in,
                                                     const char *table,
                                                     struct gaz_beside *out);
/* Append the place's names of alternateNamesV2.txt to a names column; false when there
 * are none. */
bool gaz_beside_names(const struct gaz_beside *b, uint64_t id, struct im_buf *out);

/* A row as fields. `work` holds what is made of it until the next row. NULL, or what is
 * wrong with the row. */
const char *gaz_geonames_fields(const struct gaz_beside *beside, const char *row,
                                size_t n, struct im_buf *work, struct gaz_fields *out);
/* Does the file begin like a main table? */
bool gaz_geonames_like(struct im_bytes head);

/* A names column is not cut by what stands in a name. */
void gaz_put_name(struct im_buf *out, const char *s, size_t n);

#endif
