/* Shapefiles as sources: a place a record; polygons give regions. */
#include "gazetteer/features.h"
#include "shapes/shapes.h"

#include <string.h>

struct reader {
    struct gaz_intake *in;
    const char *path;
    struct im_shapes *shapes;
    struct gaz_making made; /* a record at a time: polygons are large */
    int name;               /* field */
    void *crs;              /* of what is not in degrees, or NULL */
};

static int first_field(const struct im_shapes *s, const char *const *names) {
    int column = -1;
    for (size_t i = 0; names[i] && column < 0; i++) {
        column = im_shapes_field(s, names[i]);
    }
    return column;
}

/* The field given, or the likely one, which is told. */
static enum incmap_status find_name(struct reader *r) {
    static const char *const likely[] = {"name",   "NAME_EN", "NAM",     "shapeName",
                                         "NAME_1", "ADM1_EN", "ADM2_EN", "NAME_2",
                                         "label",  "title",   NULL};
    const char *wanted = r->in->options.name_field;
    r->name =
        wanted ? im_shapes_field(r->shapes, wanted) : first_field(r->shapes, likely);
    if (r->name < 0) {
        return im_fail(r->in->err, INCMAP_E_INPUT, IM_FILE(r->path),
                       wanted ? "no field '%s' in it (give another --name-field)"
                              : "no field of names is known in it (give --name-field)",
                       wanted ? wanted : "");
    }
    if (!wanted) {
        im_finding(r->in->findings, IM_F_SCHEMA_GUESS, IM_FILE(r->path),
                   "give --name-field for another",
                   "names are read from the field '%s'",
                   im_shapes_field_name(r->shapes, (size_t)r->name));
    }
    return INCMAP_OK;
}

static void copy(struct reader *r, size_t i, enum gaz_column column,
                 const char *const *names) {
    int field = first_field(r->shapes, names);
    const char *s =
        field >= 0 ? im_shapes_text(r->shapes, i, field, r->made.arena) : "";
    if (s[0] != '\0') {
        gaz_draft_set(&r->made.draft, column, s, strlen(s));
    }
}

/* Fields that other names stand in: NAME_RU, name_az. */
static void put_names(struct reader *r, size_t i) {
    for (size_t c = 0; c < im_shapes_field_count(r->shapes); c++) {
        const char *field = im_shapes_field_name(r->shapes, c);
        char code[3] = "";
        size_t n = strlen(field);
        if (n != 7 ||
            (strncmp(field, "NAME_", 5) != 0 && strncmp(field, "name_", 5) != 0)) {
            continue;
        }
        for (size_t k = 0; k < 2; k++) {
            char l = field[5 + k];
            code[k] = l >= 'A' && l <= 'Z' ? (char)(l - 'A' + 'a') : l;
        }
        const char *s = im_shapes_text(r->shapes, i, (int)c, r->made.arena);
        gaz_put_language_name(&r->made.names, code, 2, s, strlen(s));
    }
    gaz_draft_set(&r->made.draft, GAZ_NAMES, r->made.names.data, r->made.names.len);
}

static const char *put_fields(struct reader *r, size_t i,
                              const struct gaz_shape *shape) {
    static const char *const ids[] = {"id", "adm1_code", "shapeID", "GID_1", NULL};
    static const char *const countries[] = {"country", "country_co", "ISO_A2",
                                            "iso_a2",  "cc",         NULL};
    static const char *const units[] = {"admin1", NULL};
    static const char *const people[] = {"population", "POP_EST", "POP_MAX", NULL};
    static const char *const features[] = {"feature", "TYPE_EN", "FEATURECLA", NULL};
    static const char *const kinds[] = {"kind", NULL};
    const char *name = im_shapes_text(r->shapes, i, r->name, r->made.arena);
    const char *kind = shape->area            ? "region"
                       : shape->radius_km > 0 ? "other"
                                              : "settlement";
    int country = first_field(r->shapes, countries);
    enum im_kind parsed;
    if (name[0] == '\0') {
        return "it has no name";
    }
    gaz_draft_set(&r->made.draft, GAZ_NAME, name, strlen(name));
    gaz_draft_shape(&r->made.draft, shape);
    gaz_draft_set(&r->made.draft, GAZ_KIND, kind, strlen(kind));
    copy(r, i, GAZ_KIND, kinds);
    if (!im_kind_parse(r->made.draft.text.data + r->made.draft.at[GAZ_KIND],
                       r->made.draft.n[GAZ_KIND], &parsed)) {
        gaz_draft_set(&r->made.draft, GAZ_KIND, kind, strlen(kind));
    }
    copy(r, i, GAZ_ID, ids);
    copy(r, i, GAZ_ADMIN1, units);
    copy(r, i, GAZ_POPULATION, people);
    copy(r, i, GAZ_FEATURE, features);
    if (country >= 0) {
        gaz_making_country(&r->made,
                           im_shapes_text(r->shapes, i, country, r->made.arena));
    }
    put_names(r, i);
    return NULL;
}

/* A record's geometry in degrees; false when it has none. */
static bool read_lines(struct reader *r, size_t i, struct im_lines *out) {
    if (!im_shapes_read(r->shapes, i, r->made.arena, out)) {
        return false;
    }
    for (size_t p = 0; r->crs && p < out->n; p++) {
        for (size_t v = 0; v < out->v[p].n; v++) {
            if (!r->in->base->unproject.inverse(r->crs, &out->v[p].v[v])) {
                return false;
            }
        }
    }
    return true;
}

static void take_record(struct reader *r, size_t i) {
    struct im_lines lines = {NULL, 0, 0};
    struct gaz_shape shape;
    struct gaz_fields f;
    const char *what =
        "its geometry is missing, or not in degrees nor in what its .prj tells";
    gaz_making_next(&r->made);
    bool area = im_shapes_type(r->shapes) == IM_SHAPE_POLYGON;
    if (read_lines(r, i, &lines) && gaz_shape_of(&lines, area, &shape)) {
        shape.radius_km =
            im_shapes_type(r->shapes) == IM_SHAPE_POINT ? 0 : shape.radius_km;
        what = put_fields(r, i, &shape);
    }
    if (what) {
        r->in->read++;
    } else {
        gaz_draft_fields(&r->made.draft, &f);
        what = gaz_intake_row(r->in, &f, (uint32_t)i);
    }
    if (what) {
        im_finding(r->in->findings, IM_F_RECORD_BAD,
                   (struct im_where){r->path, 0, 0, (long)i},
                   "mend the record; it is left out", "a record is left out: %s", what);
    }
}

/* By its .prj; without one, degrees are taken for granted and out of range told. */
static enum incmap_status open_crs(struct reader *r) {
    const struct im_gazetteer *base = r->in->base;
    const char *prj = im_shapes_prj(r->shapes);
    struct incmap_error why = {.record = -1};
    if (prj[0] == '\0' || !base || !base->unproject.open) {
        return INCMAP_OK;
    }
    if (base->unproject.open(base->unproject.self, r->in->arena, prj, &r->crs, &why) !=
        INCMAP_OK) {
        return im_fail(r->in->err, INCMAP_E_INPUT, IM_FILE(r->path),
                       "its .prj is unusable: %s (put the right one beside it)",
                       why.message);
    }
    return INCMAP_OK;
}

static enum incmap_status open_set(struct reader *r) {
    struct im_shapes_options options = {INCMAP_E_INPUT, r->in->findings};
    enum incmap_status status =
        im_shapes_open(r->in->arena, r->path, options, &r->shapes, r->in->err);
    if (status != INCMAP_OK) {
        return status;
    }
    status = open_crs(r);
    return status == INCMAP_OK ? find_name(r) : status;
}

enum incmap_status gaz_read_shapes(struct gaz_intake *in, const char *path) {
    struct reader *r = im_alloc(in->arena, 1, sizeof *r);
    struct im_map_options options = {INCMAP_E_INPUT, SIZE_MAX};
    struct im_bytes bytes;
    r->in = in;
    r->path = path;
    gaz_making_init(&r->made, in, 1);
    enum incmap_status status =
        im_file_map_as(in->arena, path, options, &bytes, in->err);
    status = status == INCMAP_OK ? open_set(r) : status;
    if (status != INCMAP_OK) {
        return gaz_intake_fail(in, status);
    }
    struct gaz_origin origin = gaz_intake_origin(in, path, "shapefile", bytes);
    origin.counted = GAZ_COUNTED_RECORDS;
    gaz_intake_source(in, &origin);
    for (size_t i = 0; i < im_shapes_count(r->shapes) && !in->stop; i++) {
        take_record(r, i);
    }
    return gaz_intake_whole(in, path);
}
