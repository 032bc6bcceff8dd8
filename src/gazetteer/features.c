/* JSON sources: GeoJSON features and flat objects with the columns of a table, and
 * Who's On First. */
#include "gazetteer/features.h"

#include "base/utf8.h"
#include <string.h>

enum { RECORDS = 1024 }; /* made in one piece of memory */
static const size_t MOST_FILE = (size_t)1 << 36;

struct reader {
    struct gaz_intake *in;
    const char *path;
    struct gaz_making made;
    bool wof;
};

static void reject(struct reader *r, const struct im_json *v, const char *what) {
    im_finding(r->in->findings, IM_F_ROW_BAD, IM_AT(r->path, v->line, v->col),
               "mend the record, or leave it out", "a record is left out: %s", what);
}

/* The member of one of these names, ASCII case ignored. */
static const struct im_json *member(const struct im_json *p, const char *const *names) {
    for (size_t i = 0; names[i]; i++) {
        for (const struct im_json *v = p->child; v; v = v->next) {
            size_t k = 0;
            for (; names[i][k]; k++) {
                char c = v->key[k];
                if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != names[i][k]) {
                    break;
                }
            }
            if (names[i][k] == '\0' && v->key[k] == '\0') {
                return v;
            }
        }
    }
    return NULL;
}

static void copy(struct reader *r, const struct im_json *p, enum gaz_column column,
                 const char *const *names) {
    const struct im_json *v = member(p, names);
    if (v && (v->type == IM_JSON_STRING || v->type == IM_JSON_NUMBER)) {
        gaz_draft_set(&r->made.draft, column, v->text, v->n);
    }
}

static void put_name_values(struct reader *r, const char *lang, size_t n,
                            const struct im_json *v) {
    if (v->type == IM_JSON_STRING) {
        gaz_put_language_name(&r->made.names, lang, n, v->text, v->n);
    }
    for (const struct im_json *e = v->type == IM_JSON_ARRAY ? v->child : NULL; e;
         e = e->next) {
        put_name_values(r, lang, n, e);
    }
}

/* "name:ru", "name_en", {"names": {"ru": ..}}, alternates as list or text. */
static void put_names(struct reader *r, const struct im_json *p) {
    static const char *const lists[] = {"alternates", "alternatenames", "aliases",
                                        "alt_name", NULL};
    const struct im_json *names = im_json_get(p, "names"), *list = member(p, lists);
    for (const struct im_json *v = p->child; v; v = v->next) {
        bool tagged = strncmp(v->key, "name:", 5) == 0 ||
                      strncmp(v->key, "name_", 5) == 0 ||
                      strncmp(v->key, "NAME_", 5) == 0;
        size_t n = tagged ? strlen(v->key + 5) : 0, out;
        if (n == 2 || n == 3) {
            char code[4] = "";
            for (size_t i = 0; i < n; i++) {
                char c = v->key[5 + i];
                code[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
            }
            const char *lang = gaz_language(code, n, &out);
            put_name_values(r, lang, out, v);
        }
    }
    if (names && names->type == IM_JSON_STRING) {
        if (r->made.names.len > 0) {
            im_buf_char(&r->made.names, '|');
        }
        im_buf_add(&r->made.names, names->text, names->n);
    }
    for (const struct im_json *v = names && names->type == IM_JSON_OBJECT ? names->child
                                                                          : NULL;
         v; v = v->next) {
        put_name_values(r, v->key, strlen(v->key), v);
    }
    const char *s = list && list->type == IM_JSON_STRING ? list->text : "";
    const char *separators = strchr(s, '|') ? "|" : strchr(s, ';') ? ";" : ",";
    while (*s) {
        s += strspn(s, " ");
        size_t n = strcspn(s, separators);
        gaz_put_language_name(&r->made.names, "und", 3, s, n);
        s += n + (s[n] != '\0');
    }
    if (list && list->type == IM_JSON_ARRAY) {
        put_name_values(r, "und", 3, list);
    }
}

/* Where it is: the geometry, else lat and lon; a geometry of area makes it a region. */
static void put_position(struct reader *r, const struct im_json *feature,
                         const struct im_json *p) {
    static const char *const lat[] = {"lat", "latitude", NULL};
    static const char *const lon[] = {"lon", "lng", "longitude", NULL};
    struct gaz_shape shape;
    if (gaz_geometry(r->made.arena, im_json_get(feature, "geometry"), &shape)) {
        gaz_draft_shape(&r->made.draft, &shape);
        const char *kind = shape.area            ? "region"
                           : shape.radius_km > 0 ? "other"
                                                 : "settlement";
        gaz_draft_set(&r->made.draft, GAZ_KIND, kind, strlen(kind));
        return;
    }
    copy(r, p, GAZ_LAT, lat);
    copy(r, p, GAZ_LON, lon);
    gaz_draft_set(&r->made.draft, GAZ_KIND, "settlement", strlen("settlement"));
}

/* A country as a code; a name is looked up among the bundled ones. */
static void put_country(struct reader *r, const struct im_json *p) {
    static const char *const names[] = {"country", "country_code", "iso_a2",
                                        "cc",      "iso3166-1",    NULL};
    const struct im_json *v = member(p, names);
    if (v && v->type == IM_JSON_STRING) {
        gaz_making_country(&r->made, v->text);
    }
}

static const char *plain_fields(struct reader *r, const struct im_json *feature,
                                const struct im_json *p) {
    static const struct {
        enum gaz_column column;
        const char *names[5];
    } columns[] = {
        {GAZ_ID, {"id", "osm_id", "fid"}},
        {GAZ_FEATURE, {"feature", "place", "type", "featurecla"}},
        {GAZ_ADMIN1, {"admin1", "adm1name"}},
        {GAZ_POPULATION, {"population", "pop", "pop_max"}},
        {GAZ_FROM, {"from"}},
        {GAZ_TO, {"to"}},
        {GAZ_PRECISION, {"precision_km"}},
        {GAZ_SOURCE, {"source"}},
    };
    static const char *const names[] = {"name",    "title", "label", "shapename",
                                        "name_en", "nam",   NULL};
    static const char *const kinds[] = {"kind", NULL};
    const char *own[2] = {r->in->options.name_field, NULL};
    const struct im_json *name = own[0] ? im_json_get(p, own[0]) : member(p, names);
    const struct im_json *kind = member(p, kinds), *id = im_json_get(feature, "id");
    enum im_kind parsed;
    if (!name || name->type != IM_JSON_STRING || name->n == 0) {
        return "it has no name";
    }
    put_position(r, feature, p);
    if (id && (id->type == IM_JSON_STRING || id->type == IM_JSON_NUMBER)) {
        gaz_draft_set(&r->made.draft, GAZ_ID, id->text, id->n);
    }
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        copy(r, p, columns[i].column, columns[i].names);
    }
    if (kind && kind->type == IM_JSON_STRING &&
        im_kind_parse(kind->text, kind->n, &parsed)) {
        gaz_draft_set(&r->made.draft, GAZ_KIND, kind->text, kind->n);
    }
    gaz_draft_set(&r->made.draft, GAZ_NAME, name->text, name->n);
    put_country(r, p);
    put_names(r, p);
    gaz_draft_set(&r->made.draft, GAZ_NAMES, r->made.names.data, r->made.names.len);
    return NULL;
}

static const char *wrong_field(const char *field) {
    return strcmp(field, "lat") == 0 || strcmp(field, "lon") == 0
               ? "its position is missing or out of range"
           : strcmp(field, "name") == 0 ? GAZ_NO_NAME
                                        : field;
}

static bool take_record(void *self, const struct im_json *v) {
    struct reader *r = self;
    struct gaz_fields f;
    const char *what = "it is no object";
    const struct im_json *p = im_json_get(v, "properties");
    gaz_making_next(&r->made);
    p = p && p->type == IM_JSON_OBJECT ? p : v;
    if (v->type == IM_JSON_OBJECT) {
        bool wof = gaz_is_wof(p);
        r->wof = r->wof || wof;
        what = wof ? gaz_wof_fields(p, v, &r->made.draft, &r->made.names)
                   : plain_fields(r, v, p);
    }
    if (what) {
        r->in->read++;
        reject(r, v, what);
        return !r->in->stop;
    }
    gaz_draft_fields(&r->made.draft, &f);
    what = gaz_intake_row(r->in, &f, v->line);
    if (what) {
        reject(r, v, wrong_field(what));
    }
    return !r->in->stop;
}

static void broken(void *self, const struct incmap_error *why) {
    struct reader *r = self;
    r->in->read++;
    im_finding(r->in->findings, IM_F_ROW_BAD, IM_AT(r->path, why->line, why->column),
               "mend the line; it is left out", "%s", why->message);
}

enum incmap_status gaz_read_json(struct gaz_intake *in, const char *path) {
    struct im_map_options options = {INCMAP_E_INPUT, MOST_FILE};
    struct im_bytes bytes;
    struct reader *r = im_alloc(in->arena, 1, sizeof *r);
    enum incmap_status status =
        im_file_map_as(in->arena, path, options, &bytes, in->err);
    if (status != INCMAP_OK) {
        return gaz_intake_fail(in, status);
    }
    struct gaz_origin origin = gaz_intake_origin(in, path, "json", bytes);
    r->in = in;
    r->path = path;
    gaz_making_init(&r->made, in, RECORDS);
    gaz_intake_source(in, &origin);
    struct im_json_records to = {take_record, broken, r, false};
    gaz_intake_fail(in, im_json_read(in->arena, path, bytes, &to, in->err));
    if (r->wof) {
        gaz_intake_format(in, "whosonfirst",
                          "Who's On First, whosonfirst.org/docs/licenses");
    }
    return gaz_intake_whole(in, path);
}
