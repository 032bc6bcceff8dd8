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
    GN_ADMIN2,
    GN_POPULATION = 14,
    GN_COLUMNS = 19
};

#define GAZ_GN_PREFIX "gn:"
#define GAZ_GN_RIGHTS "CC BY 4.0, geonames.org"
#define GAZ_COUNTRY_FILE "countryInfo.txt"
enum {
    GAZ_BESIDE_BITS = 36, /* of the size of a file beside the table */
    GAZ_UNIT_KEY = 128    /* bytes of a unit's code, "US.MO.077" */
};

/* A line of countryInfo.txt; zeros where it has no number. */
struct gaz_country {
    struct im_bytes code, code3, name, capital;
    double people, km2;
    uint32_t line;
};

/* What stands beside the main table; read-only once loaded. */
struct gaz_beside {
    struct gaz_strings units; /* "AZ.52", "US.MO.077"; their names by number */
    struct im_bytes *unit_names;
    size_t unit_cap;
    struct gaz_strings country_ids, country_codes; /* geonameid, "AZ": one number */
    struct gaz_country *countries;                 /* by that number */
    size_t country_cap;
    struct im_bytes country_file;
    struct im_bytes alternates; /* alternateNamesV2.txt */
    const uint64_t *by_place;   /* geonameid << 36 | offset of its row, sorted */
    size_t by_place_n;
};
/* Load admin1CodesASCII.txt, admin2Codes.txt, countryInfo.txt and alternateNamesV2.txt
 * from the table's folder, as far as they are there; bad rows are findings. */
INCMAP_MUST_CHECK enum incmap_status gaz_beside_load(struct gaz_intake *in,
                                                     const char *table,
                                                     struct gaz_beside *out);
/* Append a place's names with languages and dates, as a names column; false when there
 * are none. */
bool gaz_beside_names(const struct gaz_beside *b, uint64_t id, struct im_buf *out);

/* geonames_units.c: the next line, without its end; its fields, at most so many. */
bool gaz_beside_line(struct im_bytes bytes, size_t *at, struct im_bytes *line);
size_t gaz_beside_split(struct im_bytes line, struct im_bytes *out, size_t most);
/* The file of that name in the table's folder, without a byte order mark; n == 0 when
 * it is not there. Errors: INPUT. */
INCMAP_MUST_CHECK enum incmap_status gaz_beside_map(struct gaz_intake *in,
                                                    const char *table, const char *name,
                                                    struct im_bytes *out);
/* The two levels of units and the countries; part of gaz_beside_load. */
INCMAP_MUST_CHECK enum incmap_status gaz_units_load(struct gaz_intake *in,
                                                    const char *table,
                                                    struct gaz_beside *out);
/* The country of a row with that id, or NULL. */
const struct gaz_country *gaz_country_by_id(const struct gaz_beside *b, int64_t id);
bool gaz_is_capital_of(const struct gaz_beside *b, struct im_bytes code,
                       struct im_bytes name);
/* Append its name and code to a names column. */
void gaz_put_country(const struct gaz_country *c, struct im_buf *out);

/* Of each country by its number: has it a row, and where is its capital? */
struct gaz_seen {
    bool row, capital;
    struct im_lonlat at;
};
/* Note what a row is of. */
void gaz_country_seen(const struct gaz_beside *b, const struct gaz_fields *f,
                      struct gaz_seen *seen);
/* Countries without a row become places of countryInfo.txt, as a source of its own. */
enum incmap_status gaz_countries_unseen(struct gaz_intake *in, const char *table,
                                        const struct gaz_beside *b,
                                        const struct gaz_seen *seen);

/* A row as fields. `work` holds what is made of it until the next row. NULL, or what is
 * wrong with the row. */
const char *gaz_geonames_fields(const struct gaz_beside *beside, const char *row,
                                size_t n, struct im_buf *work, struct gaz_fields *out);
/* Does the file begin like a main table? */
bool gaz_geonames_like(struct im_bytes head);

#endif
