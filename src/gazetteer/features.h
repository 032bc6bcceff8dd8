/* Places of JSON records: GeoJSON features, Who's On First, flat objects. */
#ifndef IM_GAZETTEER_FEATURES_H
#define IM_GAZETTEER_FEATURES_H

#include "formats/jsonread.h"
#include "gazetteer/intake.h"

/* What a geometry says of where a place is. */
struct gaz_shape {
    bool known, area;
    struct im_lonlat at;   /* a point within */
    struct im_box box;     /* of an area or line */
    double radius_km;      /* half of the box's diagonal; 0 for points */
    struct im_lines rings; /* of an area */
};
/* Of a GeoJSON geometry; false when it is none or out of range. */
bool gaz_geometry(struct im_arena *arena, const struct im_json *geometry,
                  struct gaz_shape *out);
/* Of rings or lines in degrees; false when there are none or out of range. */
bool gaz_shape_of(const struct im_lines *lines, bool area, struct gaz_shape *out);

/* A place in the making: fields written one after the other into a buffer. */
struct gaz_draft {
    struct im_buf text; /* the fields' bytes, each NUL-terminated */
    size_t at[GAZ_FIELDS], n[GAZ_FIELDS];
};
void gaz_draft_clear(struct gaz_draft *d);
/* Tabs and line ends become blanks. */
void gaz_draft_set(struct gaz_draft *d, enum gaz_column column, const char *s,
                   size_t n);
void gaz_draft_text(struct gaz_draft *d, enum gaz_column column, const char *s);
void gaz_draft_number(struct gaz_draft *d, enum gaz_column column, double v,
                      int decimals);
/* Position, box and precision of a shape. */
void gaz_draft_shape(struct gaz_draft *d, const struct gaz_shape *shape);
void gaz_draft_fields(const struct gaz_draft *d, struct gaz_fields *out);

/* Records in the making, one after another, in memory that is used again. */
struct gaz_making {
    struct gaz_intake *in;
    struct im_arena *arena; /* of `most` records */
    unsigned most, records;
    struct gaz_draft draft;
    struct im_buf names; /* see gaz_put_language_name */
};
/* `in` must outlive it; freed with the arena of `in`. */
void gaz_making_init(struct gaz_making *m, struct gaz_intake *in, unsigned most);
/* The next record; what was made of the last one is gone. */
void gaz_making_next(struct gaz_making *m);
/* A country as a code; a name is looked up among the bundled ones, if there are any. */
void gaz_making_country(struct gaz_making *m, const char *said);

/* wof.c: is the record one of Who's On First (whole or abridged)? Its fields. NULL, or
 * why it is left out. */
bool gaz_is_wof(const struct im_json *properties);
const char *gaz_wof_fields(const struct im_json *properties,
                           const struct im_json *feature, struct gaz_draft *d,
                           struct im_buf *names);
/* Two letters for a language of three, where there are; else as it is. */
const char *gaz_language(const char *code, size_t n, size_t *out_n);
/* Append "|LANG=NAME". */
void gaz_put_language_name(struct im_buf *names, const char *lang, size_t lang_n,
                           const char *name, size_t n);

#endif
