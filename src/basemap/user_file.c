/* Users' files: coordinate system, columns, records in degrees. */
#include "base/buf.h"
#include "basemap/user.h"
#include "geo/box.h"
#include "text/text.h"
#include <math.h>
#include <string.h>

/* ---- coordinates ---------------------------------------------------------- */

// The box of all records as they are in the file; false: none has one.
static bool file_box(const struct im_shapes *s, struct im_box *out) {
    bool any = false;
    for (size_t i = 0; i < im_shapes_count(s); i++) {
        struct im_box b;
        if (im_shapes_box(s, i, &b)) {
            *out = any ? (struct im_box){fmin(out->west, b.west),
                                         fmin(out->south, b.south),
                                         fmax(out->east, b.east),
                                         fmax(out->north, b.north)}
                       : b;
            any = true;
        }
    }
    return any;
}

static bool looks_like_degrees(struct im_box b) {
    return b.west >= -180.5 && b.east <= 360.5 && b.south >= -90.5 && b.north <= 90.5;
}

// Without a usable .prj degrees are assumed where the numbers allow it.
static enum incmap_status assume_degrees(struct im_findings *findings, const char *file,
                                         bool possible, const char *why,
                                         enum incmap_status family,
                                         struct incmap_error *err) {
    if (!possible) {
        return im_fail(err, family, IM_FILE(file),
                       "coordinates are not degrees and %s (put the right .prj beside "
                       "the file)",
                       why);
    }
    im_finding(findings, IM_F_SIDECAR, IM_FILE(file), "put the right .prj beside it",
               "%s; coordinates are taken as degrees, WGS 84", why);
    return INCMAP_OK;
}

enum incmap_status im_user_crs(struct im_shapes *s, struct im_arena *arena,
                               struct im_findings *findings, const char *file,
                               struct im_crs **crs, struct incmap_error *err) {
    struct im_box box = {0, 0, 0, 0};
    struct incmap_error why = {.record = -1};
    bool any = file_box(s, &box), degrees = !any || looks_like_degrees(box);
    *crs = NULL;
    if (im_shapes_prj(s)[0] == '\0') {
        return assume_degrees(findings, file, degrees, "there is no usable .prj",
                              INCMAP_E_INPUT, err);
    }
    enum incmap_status status = im_crs_open_wkt(arena, im_shapes_prj(s), crs, &why);
    if (status == INCMAP_E_PROJECTION) {
        *crs = NULL;
        const char *text = im_format(arena, "the .prj is unusable: %s", why.message);
        return assume_degrees(findings, file, degrees, text, status, err);
    }
    if (status != INCMAP_OK) {
        return im_fail(err, status, IM_FILE(file), "%s", why.message);
    }
    if (im_crs_is_lonlat(*crs)) {
        *crs = NULL;
    } else if (any && degrees && strncmp(im_shapes_prj(s), "GEO", 3) != 0) {
        im_finding(findings, IM_F_SIDECAR, IM_FILE(file), "check the .prj and its unit",
                   "coordinates look like degrees, but the .prj says that they are "
                   "projected: %s",
                   im_crs_name(*crs));
    }
    return INCMAP_OK;
}

static bool in_degrees(struct im_lonlat p) {
    return fabs(p.lon) <= 540 && fabs(p.lat) <= 90.000001;
}

bool im_user_record(struct im_shapes *s, size_t i, struct im_crs *crs,
                    struct im_arena *arena, struct im_lines *out) {
    if (!im_shapes_read(s, i, arena, out)) {
        return false;
    }
    for (size_t p = 0; p < out->n; p++) {
        for (size_t v = 0; v < out->v[p].n; v++) {
            struct im_lonlat *at = &out->v[p].v[v];
            if (crs != NULL &&
                !im_crs_inverse_raw(crs, (struct im_xy){at->lon, at->lat}, at)) {
                im_shapes_reject(s, i, "a vertex is outside its coordinate system");
                return false;
            }
            if (!in_degrees(*at)) {
                im_shapes_reject(s, i, "a vertex is not on the globe: check the .prj");
                return false;
            }
            at->lon = fabs(at->lon) > 180 ? im_lon_near(at->lon, 0) : at->lon;
            at->lat = fmin(90, fmax(-90, at->lat));
        }
    }
    return true;
}

enum incmap_status im_user_sound(const struct im_shapes *s, const char *file,
                                 struct incmap_error *err) {
    size_t n = im_shapes_count(s);
    if (n == 0 || im_shapes_broken(s) < n) {
        return INCMAP_OK;
    }
    return im_fail(err, INCMAP_E_INPUT, IM_FILE(file),
                   "none of its %zu records can be used (write the file again)", n);
}

/* ---- columns -------------------------------------------------------------- */

static char *lower(struct im_arena *arena, const char *text) {
    char *copy = im_strdup(arena, text);
    for (char *c = copy; *c; c++) {
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
    }
    return copy;
}

static const char *nearest_field(struct im_arena *arena, const struct im_shapes *s,
                                 const char *wanted) {
    const char *best = NULL;
    size_t least = strlen(wanted) / 2 + 1;
    for (size_t c = 0; c < im_shapes_field_count(s); c++) {
        const char *name = im_shapes_field_name(s, c);
        size_t d = im_edit_distance(lower(arena, wanted), lower(arena, name), least);
        if (d < least) {
            least = d;
            best = name;
        }
    }
    return best;
}

static const char *all_fields(struct im_arena *arena, const struct im_shapes *s) {
    struct im_buf b;
    im_buf_init(&b, arena, (size_t)1 << 16);
    for (size_t c = 0; c < im_shapes_field_count(s) && c < 12; c++) {
        im_buf_fmt(&b, "%s%s", c ? ", " : "", im_shapes_field_name(s, c));
    }
    im_buf_str(&b, im_shapes_field_count(s) == 0   ? "no attributes"
                   : im_shapes_field_count(s) > 12 ? ", ..."
                                                   : "");
    return b.data;
}

static enum incmap_status find_column(struct im_arena *arena,
                                      const struct im_user_file *f, const char *key,
                                      const char *wanted, int *out,
                                      struct incmap_error *err) {
    *out = -1;
    if (wanted == NULL || wanted[0] == '\0') {
        return INCMAP_OK;
    }
    *out = im_shapes_field(f->shapes, wanted);
    if (*out >= 0) {
        return INCMAP_OK;
    }
    const char *near = nearest_field(arena, f->shapes, wanted);
    if (near != NULL) {
        return im_fail(err, INCMAP_E_INPUT, IM_FILE(f->spec->file),
                       "%s: this file has no attribute '%s' (did you mean '%s'?)", key,
                       wanted, near);
    }
    return im_fail(err, INCMAP_E_INPUT, IM_FILE(f->spec->file),
                   "%s: this file has no attribute '%s' (it has: %s)", key, wanted,
                   all_fields(arena, f->shapes));
}

static int first_of(struct im_shapes *s, const char *const *names) {
    for (; *names != NULL; names++) {
        int c = im_shapes_field(s, *names);
        if (c >= 0) {
            return c;
        }
    }
    return -1;
}

static int guess_name(struct im_arena *arena, const char *language,
                      struct im_shapes *s) {
    static const char *const names[] = {
        "name",  "name_en", "nameen", "name_long", "cntry_name", "ctry_name", "country",
        "admin", "name_0",  "name_1", "shapename", "nam",        "label",     NULL};
    char primary[4];
    size_t n = strcspn(language, "-_");
    if (n >= 2 && n < sizeof primary) {
        memcpy(primary, language, n);
        primary[n] = '\0';
        int c = im_shapes_field(s, im_format(arena, "name_%s", primary));
        if (c >= 0) {
            return c;
        }
    }
    return first_of(s, names);
}

static void note_guess(struct im_arena *arena, const struct im_basemap_request *rq,
                       const struct im_user_file *f, bool told[3]) {
    const int column[] = {f->name, f->code, f->line_class};
    static const char *const what[] = {"name_field", "code_field", "class_field"};
    struct im_buf b;
    im_buf_init(&b, arena, 4096);
    for (int k = 0; k < 3; k++) {
        if (!told[k] && column[k] >= 0) {
            im_buf_fmt(&b, "%s%s %s", b.len > 0 ? ", " : "", what[k],
                       im_shapes_field_name(f->shapes, (size_t)column[k]));
        }
    }
    if (b.len > 0) {
        im_finding(rq->findings, IM_F_SCHEMA_GUESS, IM_FILE(f->spec->file),
                   "set them under borders in the map file if that is wrong",
                   "attributes of the borders are read as %s", b.data);
    }
}

static enum incmap_status find_columns(struct im_arena *arena,
                                       const struct im_basemap_request *rq,
                                       struct im_user_file *f,
                                       struct incmap_error *err) {
    static const char *const codes[] = {"iso_a2_eh",  "iso_a2",  "iso2",   "iso_2",
                                        "cntry_code", "adm0_a3", "iso_a3", "gid_0",
                                        "shapegroup", "code",    NULL};
    static const char *const classes[] = {"featurecla", "class", "type", "admin_level",
                                          NULL};
    const struct im_spec_borders *b = f->spec;
    const char *language = rq->spec->language != NULL ? rq->spec->language : "";
    enum incmap_status s =
        find_column(arena, f, "name_field", b->name_field, &f->name, err);
    if (s == INCMAP_OK) {
        s = find_column(arena, f, "code_field", b->code_field, &f->code, err);
    }
    if (s == INCMAP_OK) {
        s = find_column(arena, f, "class_field", b->class_field, &f->line_class, err);
    }
    if (s != INCMAP_OK) {
        return s;
    }
    bool told[] = {f->name >= 0, f->code >= 0, f->line_class >= 0};
    bool lines = im_shapes_type(f->shapes) == IM_SHAPE_LINE;
    if (!lines) {
        f->name = told[0] ? f->name : guess_name(arena, language, f->shapes);
        f->code = told[1] ? f->code : first_of(f->shapes, codes);
    } else {
        f->line_class = told[2] ? f->line_class : first_of(f->shapes, classes);
    }
    note_guess(arena, rq, f, told);
    return INCMAP_OK;
}

enum incmap_status im_user_open(struct im_arena *arena,
                                const struct im_basemap_request *rq,
                                struct im_user_file *f, struct incmap_error *err) {
    const char *path = f->spec->file;
    struct im_shapes_options options = {INCMAP_E_INPUT, rq->findings};
    enum incmap_status s = im_shapes_open(arena, path, options, &f->shapes, err);
    if (s == INCMAP_OK && im_shapes_type(f->shapes) == IM_SHAPE_POINT &&
        im_shapes_count(f->shapes) > 0) {
        s = im_fail(err, INCMAP_E_INPUT, IM_FILE(path),
                    "borders must be polygons or lines, this file has points");
    }
    if (s == INCMAP_OK) {
        s = im_user_crs(f->shapes, arena, rq->findings, path, &f->crs, err);
    }
    return s == INCMAP_OK ? find_columns(arena, rq, f, err) : s;
}

int im_class_of(const char *text) {
    static const struct {
        const char *part;
        enum im_line_class value;
    } known[] = {
        {"disputed", IM_LC_DISPUTED},
        {"breakaway", IM_LC_DISPUTED},
        {"claim", IM_LC_DISPUTED},
        {"unrecogni", IM_LC_DISPUTED},
        {"indefinite", IM_LC_UNDETERMINED},
        {"indeterminate", IM_LC_UNDETERMINED},
        {"undetermined", IM_LC_UNDETERMINED},
        {"elusive", IM_LC_UNDETERMINED},
        {"line of control", IM_LC_CEASEFIRE},
        {"ceasefire", IM_LC_CEASEFIRE},
        {"cease-fire", IM_LC_CEASEFIRE},
        {"armistice", IM_LC_CEASEFIRE},
        {"line of contact", IM_LC_CEASEFIRE},
        {"demarcation", IM_LC_CEASEFIRE},
        {"former", IM_LC_FORMER},
        {"coast", IM_LC_COAST},
        {"shore", IM_LC_COAST},
        {"province", IM_LC_PROVINCE},
        {"admin-1", IM_LC_PROVINCE},
        {"state", IM_LC_PROVINCE},
        {"region", IM_LC_PROVINCE},
        {"map unit", IM_LC_PROVINCE},
        {"country", IM_LC_COUNTRY},
        {"international", IM_LC_COUNTRY},
        {"national", IM_LC_COUNTRY},
        {"admin-0", IM_LC_COUNTRY},
        {"boundary", IM_LC_COUNTRY},
        {"border", IM_LC_COUNTRY},
        {"land", IM_LC_COUNTRY},
    };
    char low[128];
    size_t n = 0;
    for (; text[n] != '\0' && n + 1 < sizeof low; n++) {
        low[n] =
            (char)(text[n] >= 'A' && text[n] <= 'Z' ? text[n] - 'A' + 'a' : text[n]);
    }
    low[n] = '\0';
    if (n == 1 && low[0] >= '1' && low[0] <= '9') { // admin_level
        return low[0] <= '2' ? IM_LC_COUNTRY : IM_LC_PROVINCE;
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strstr(low, known[i].part) != NULL) {
            return (int)known[i].value;
        }
    }
    return IM_CLASS_NONE;
}
