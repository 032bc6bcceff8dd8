#include "project/crs.h"
#include "base/buf.h"
#include <math.h>
#include <string.h>

#define RADIANS 0.017453292519943295
static const char world[] = "EPSG:4326";

static void silent(void *data, int level, const char *message) {
    (void)data;
    (void)level;
    (void)message;
}

static void finish(void *handle) {
    struct im_crs *crs = handle;
    proj_destroy(crs->pj);
    proj_context_destroy(crs->context);
}

/*
 * A context without network and without a word on standard error. PROJ strings need no
 * database; keeping it from opening one saves 4 ms, so its data path leads nowhere.
 */
static struct im_crs *new_crs(struct im_arena *arena, bool with_database) {
    static const char *const nowhere[] = {"/dev/null"};
    struct im_crs *crs = im_alloc(arena, 1, sizeof *crs);
    crs->context = proj_context_create();
    if (!crs->context) {
        im_arena_exhausted(arena);
    }
    im_arena_defer(arena, finish, crs);
    proj_log_level(crs->context, PJ_LOG_NONE);
    proj_log_func(crs->context, NULL, silent);
    if (!with_database) {
        proj_context_set_search_paths(crs->context, 1, nowhere);
    }
    proj_context_set_enable_network(crs->context, 0);
    crs->angle_in = crs->x_m = crs->y_m = 1;
    crs->definition = crs->name = "";
    return crs;
}

static const char *reason(const struct im_crs *crs) {
    int code = proj_context_errno(crs->context);
    const char *text = code ? proj_context_errno_string(crs->context, code) : NULL;
    return text ? text : "PROJ cannot read it";
}

/* ---- PROJ strings --------------------------------------------------------- */

// Words that change only units, axes or type: the page has its own.
static bool is_idle(const char *word, size_t n) {
    static const char *const idle[] = {
        "units=", "to_meter=", "vunits=", "axis=", "type=", "no_defs", "wktext"};
    for (size_t i = 0; i < sizeof idle / sizeof idle[0]; i++) {
        size_t k = strlen(idle[i]);
        if (n >= k && strncmp(word, idle[i], k) == 0) {
            return true;
        }
    }
    return false;
}

static const char *tidy(struct im_arena *arena, const char *text) {
    struct im_buf out;
    im_buf_init(&out, arena, 4096);
    for (const char *s = text; *s;) {
        s += strspn(s, " \t\r\n+");
        size_t n = strcspn(s, " \t\r\n");
        if (n > 0 && !is_idle(s, n)) {
            im_buf_str(&out, out.len ? " +" : "+");
            im_buf_add(&out, s, n);
        }
        s += n;
    }
    return out.data;
}

static double centre_of(const char *definition) {
    double zone = im_definition_number(definition, "zone", 0);
    if (zone != 0) {
        return zone * 6 - 183;
    }
    double lonc = im_definition_number(definition, "lonc", 0);
    return im_definition_number(definition, "lon_0", lonc);
}

static enum incmap_status unknown_projection(struct im_arena *arena, const char *id,
                                             struct incmap_error *err) {
    const char *near = im_projection_nearest(id);
    const char *help =
        near ? im_format(arena, " (did you mean '+proj=%s'?)", near) : " (try 'auto')";
    return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE, "unknown projection '%s'%s",
                   id, help);
}

static bool known_projection(const char *id) {
    for (const PJ_OPERATIONS *op = proj_list_operations(); op && op->id; op++) {
        if (strcmp(op->id, id) == 0) {
            return true;
        }
    }
    return false;
}

// Conversions that are no map projections.
static bool is_no_map(const char *id) {
    static const char *const no[] = {
        "pipeline",   "cart",         "geocent",     "helmert",    "noop",
        "axisswap",   "unitconvert",  "push",        "pop",        "set",
        "vgridshift", "hgridshift",   "gridshift",   "affine",     "geogoffset",
        "molodensky", "molobadekas",  "deformation", "horner",     "defmodel",
        "tinshift",   "xyzgridshift", "topocentric", "vertoffset", "geoc"};
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++) {
        if (strcmp(no[i], id) == 0) {
            return true;
        }
    }
    return false;
}

static enum incmap_status check_words(struct im_arena *arena, const char *definition,
                                      const char *id, struct incmap_error *err) {
    if (!*id) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "the projection '%s' names no +proj= (try 'auto')", definition);
    }
    if (!known_projection(id)) {
        return unknown_projection(arena, id, err);
    }
    if (is_no_map(id)) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "'+proj=%s' is not a map projection (try 'auto')", id);
    }
    return INCMAP_OK;
}

static enum incmap_status open_string(struct im_arena *arena, const char *text,
                                      struct im_crs **out, struct incmap_error *err) {
    const char *definition = tidy(arena, text);
    const char *id = im_definition_text(arena, definition, "proj");
    enum incmap_status status = check_words(arena, definition, id, err);
    if (status != INCMAP_OK) {
        return status;
    }
    if (strcmp(id, "longlat") == 0 || strcmp(id, "latlong") == 0 ||
        strcmp(id, "lonlat") == 0 || strcmp(id, "latlon") == 0) {
        // Degrees are drawn as a square grid.
        definition = "+proj=eqc +datum=WGS84";
        id = "eqc";
    }
    struct im_crs *crs = new_crs(arena, false);
    crs->pj = proj_create(crs->context, definition);
    if (!crs->pj) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "cannot use the projection '%s': %s", definition, reason(crs));
    }
    if (!proj_pj_info(crs->pj).has_inverse) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "the projection '%s' has no inverse (try 'auto')", definition);
    }
    crs->angle_in = proj_angular_input(crs->pj, PJ_FWD) ? RADIANS : 1;
    crs->lon0 = centre_of(definition);
    crs->mercator = strcmp(id, "merc") == 0 || strcmp(id, "webmerc") == 0;
    crs->definition = definition;
    crs->name = im_projection_name(arena, id);
    *out = crs;
    return INCMAP_OK;
}

/* ---- CRS from the database or WKT ----------------------------------------- */

static bool is_geographic(PJ *pj) {
    PJ_TYPE type = proj_get_type(pj);
    return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
}

// The horizontal part: out of compound and bound CRS. Takes pj, gives a new one or
// NULL.
static PJ *horizontal(PJ_CONTEXT *context, PJ *pj) {
    for (int depth = 0; pj && depth < 4; depth++) {
        PJ *inner = NULL;
        if (proj_get_type(pj) == PJ_TYPE_COMPOUND_CRS) {
            inner = proj_crs_get_sub_crs(context, pj, 0);
        } else if (proj_get_type(pj) == PJ_TYPE_BOUND_CRS) {
            inner = proj_get_source_crs(context, pj);
        } else {
            break;
        }
        proj_destroy(pj);
        pj = inner;
    }
    if (pj && proj_get_type(pj) != PJ_TYPE_PROJECTED_CRS && !is_geographic(pj)) {
        proj_destroy(pj);
        return NULL;
    }
    return pj;
}

// Units and senses of the plane's axes after ordering them as east, north.
static void read_axes(struct im_crs *crs, PJ *horiz) {
    PJ *cs = proj_crs_get_coordinate_system(crs->context, horiz);
    double unit[2] = {1, 1};
    char sense[2] = {'e', 'n'};
    for (int i = 0; cs && i < 2; i++) {
        const char *direction = NULL;
        if (proj_cs_get_axis_info(crs->context, cs, i, NULL, NULL, &direction, &unit[i],
                                  NULL, NULL, NULL) &&
            direction) {
            sense[i] = (char)(direction[0] | 0x20);
        }
    }
    proj_destroy(cs);
    bool west = sense[0] == 'w' || sense[1] == 'w';
    bool south = sense[0] == 's' || sense[1] == 's';
    bool geographic = is_geographic(horiz);
    crs->x_m = (geographic ? 1 : unit[0]) * (west ? -1 : 1);
    // Two axes that point south lead away from the north pole: those are not turned.
    crs->y_m = (geographic ? 1 : unit[1]) * (south && west ? -1 : 1);
}

// Does the transformation leave degrees as they are?
static bool is_identity(struct im_crs *crs) {
    static const struct im_lonlat probes[] = {{12, 41}, {-75, -33}, {140, 60}};
    for (size_t i = 0; i < 3; i++) {
        struct im_xy p;
        if (!im_crs_forward(crs, probes[i], &p) || fabs(p.x - probes[i].lon) > 1e-9 ||
            fabs(p.y - probes[i].lat) > 1e-9) {
            return false;
        }
    }
    return true;
}

// Takes `found`; the crs knows its context already.
static enum incmap_status adopt(struct im_arena *arena, struct im_crs *crs, PJ *found,
                                const char *what, struct incmap_error *err) {
    PJ *horiz = horizontal(crs->context, found);
    if (!horiz) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "%s is not a horizontal coordinate system", what);
    }
    PJ *source = proj_create(crs->context, world);
    PJ *raw =
        source ? proj_create_crs_to_crs_from_pj(crs->context, source, horiz, NULL, NULL)
               : NULL;
    crs->pj = raw ? proj_normalize_for_visualization(crs->context, raw) : NULL;
    const char *name = proj_get_name(horiz);
    crs->name = im_strdup(arena, name ? name : what);
    const char *definition = proj_as_proj_string(crs->context, horiz, PJ_PROJ_4, NULL);
    crs->lon0 = definition ? centre_of(definition) : 0;
    crs->mercator = definition && (strstr(definition, "+proj=merc") != NULL ||
                                   strstr(definition, "+proj=webmerc") != NULL);
    read_axes(crs, horiz);
    crs->degrees = is_geographic(horiz);
    crs->lonlat = crs->pj && crs->degrees && is_identity(crs);
    proj_destroy(raw);
    proj_destroy(source);
    proj_destroy(horiz);
    if (!crs->pj) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "no way from WGS 84 to %s is known to PROJ", what);
    }
    return INCMAP_OK;
}

static enum incmap_status open_code(struct im_arena *arena, const char *text,
                                    struct im_crs **out, struct incmap_error *err) {
    struct im_crs *crs = new_crs(arena, true);
    PJ *found = proj_create(crs->context, text);
    if (!found) {
        bool lost = !proj_context_get_database_path(crs->context);
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       lost ? "cannot look up '%s': PROJ's proj.db is missing (install "
                              "proj-data or give a PROJ string)"
                            : "PROJ knows no coordinate system '%s'",
                       text);
    }
    crs->definition = im_strdup(arena, text);
    bool geographic = is_geographic(found);
    enum incmap_status status = adopt(arena, crs, found, text, err);
    if (status == INCMAP_OK && geographic) {
        return open_string(arena, "+proj=longlat", out, err);
    }
    *out = crs;
    return status;
}

/* ---- WKT ------------------------------------------------------------------ */

// Upper case without blanks and punctuation between words, to compare two spellings.
static const char *squeeze(struct im_arena *arena, const char *wkt) {
    struct im_buf out;
    im_buf_init(&out, arena, strlen(wkt) + 1);
    for (const char *s = wkt; *s; s++) {
        bool blank = *s == '_' || *s == ' ' || (*s >= '\t' && *s <= '\r');
        if (!blank) {
            im_buf_char(&out, *s >= 'a' && *s <= 'z' ? (char)(*s - 32) : *s);
        }
    }
    return out.data;
}

// The usual spellings of WGS 84 degrees, known without asking PROJ's database (30 ms).
static bool is_plain_wgs84(struct im_arena *arena, const char *wkt) {
    const char *s = squeeze(arena, wkt);
    return strncmp(s, "GEOGCS[\"", 8) == 0 &&
           (strstr(s, "DATUM[\"DWGS1984\",") || strstr(s, "DATUM[\"WGS1984\",")) &&
           strstr(s, "PRIMEM[\"GREENWICH\",0") &&
           strstr(s, "UNIT[\"DEGREE\",0.01745329251") && !strstr(s, "TOWGS84") &&
           !strstr(s, "AXIS[");
}

enum incmap_status im_crs_open_wkt(struct im_arena *arena, const char *wkt,
                                   struct im_crs **out, struct incmap_error *err) {
    *out = NULL;
    if (is_plain_wgs84(arena, wkt)) {
        struct im_crs *plain = im_alloc(arena, 1, sizeof *plain);
        *plain = (struct im_crs){.angle_in = 1,
                                 .x_m = 1,
                                 .y_m = 1,
                                 .lonlat = true,
                                 .degrees = true,
                                 .definition = "EPSG:4326",
                                 .name = "WGS 84"};
        *out = plain;
        return INCMAP_OK;
    }
    struct im_crs *crs = new_crs(arena, true);
    PROJ_STRING_LIST warnings = NULL, errors = NULL;
    PJ *found = proj_create_from_wkt(crs->context, wkt, NULL, &warnings, &errors);
    const char *why = errors && errors[0] ? im_strdup(arena, errors[0]) : reason(crs);
    proj_string_list_destroy(warnings);
    proj_string_list_destroy(errors);
    if (!found) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "cannot read the coordinate system's WKT: %s", why);
    }
    crs->definition = im_strdup(arena, wkt);
    enum incmap_status status = adopt(arena, crs, found, "the WKT's system", err);
    *out = status == INCMAP_OK ? crs : NULL;
    return status;
}

/* ---- opening -------------------------------------------------------------- */

static bool is_code(const char *s) {
    size_t letters = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");
    return letters > 1 && s[letters] == ':' && s[letters + 1] != '\0';
}

static bool is_wkt(const char *s) {
    size_t letters = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");
    return letters > 2 && (s[letters] == '[' || s[letters] == '(');
}

static enum incmap_status no_crs(struct im_arena *arena, const char *text,
                                 struct incmap_error *err) {
    size_t digits = strspn(text, "0123456789");
    if (digits > 3 && text[digits] == '\0') {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "unknown projection '%s' (did you mean 'EPSG:%s'?)", text, text);
    }
    if (known_projection(text) && !is_no_map(text)) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "unknown projection '%s' (did you mean '+proj=%s'?)", text,
                       text);
    }
    return unknown_projection(arena, text, err);
}

enum incmap_status im_crs_open(struct im_arena *arena, const char *text,
                               struct im_box extent, struct im_crs **out,
                               struct incmap_error *err) {
    *out = NULL;
    text += strspn(text, " \t\r\n");
    if (*text == '\0' || strcmp(text, "auto") == 0) {
        return open_string(arena, im_choose_definition(arena, extent), out, err);
    }
    if (*text == '+' || strncmp(text, "proj=", 5) == 0) {
        return open_string(arena, text, out, err);
    }
    if (is_wkt(text)) {
        enum incmap_status status = im_crs_open_wkt(arena, text, out, err);
        // A plane of degrees has no metres: drawn as a square grid, as +proj=longlat
        // is.
        return status == INCMAP_OK && (*out)->degrees
                   ? open_string(arena, "+proj=longlat", out, err)
                   : status;
    }
    if (is_code(text) && strncmp(text, "urn:", 4) != 0) {
        return open_code(arena, text, out, err);
    }
    return no_crs(arena, text, err);
}
