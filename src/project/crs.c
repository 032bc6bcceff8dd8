#include "project/crs.h"
#include "base/buf.h"
#include <math.h>
#include <string.h>

#define RADIANS 0.017453292519943295

static void silent(void *data, int level, const char *message) {
    (void)data;
    (void)level;
    (void)message;
}

static void finish(void *handle) {
    struct im_crs *crs = handle;
    for (size_t i = 0; i < sizeof crs->part / sizeof crs->part[0]; i++) {
        proj_destroy(crs->part[i]);
    }
    proj_destroy(crs->pj);
    proj_context_destroy(crs->context);
}

struct im_crs *im_crs_new(struct im_arena *arena, bool with_database) {
    static const char *const nowhere[] = {"/dev/null"};
    struct im_crs *crs = im_alloc(arena, 1, sizeof *crs);
    crs->arena = arena;
    crs->angle_in = crs->x_m = crs->y_m = 1;
    crs->definition = crs->name = crs->rule = "";
    // First the finisher: when there is no memory for it, there is no handle yet.
    im_arena_defer(arena, finish, crs);
    crs->context = proj_context_create();
    if (!crs->context) {
        im_arena_exhausted(arena);
    }
    proj_log_level(crs->context, PJ_LOG_NONE);
    proj_log_func(crs->context, NULL, silent);
    if (!with_database) {
        proj_context_set_search_paths(crs->context, 1, nowhere);
    }
    proj_context_set_enable_network(crs->context, 0);
    return crs;
}

const char *im_crs_reason(const struct im_crs *crs) {
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

void im_crs_describe(struct im_crs *crs, struct im_arena *arena,
                     const char *definition) {
    definition = definition ? definition : "";
    const char *id = im_definition_text(arena, definition, "proj");
    crs->lon0 = centre_of(definition);
    crs->mercator = strcmp(id, "merc") == 0 || strcmp(id, "webmerc") == 0;
    crs->aspect = im_aspect_of(arena, definition);
}

static enum incmap_status unknown_projection(struct im_arena *arena, const char *id,
                                             struct incmap_error *err) {
    const char *word = im_choose_nearest(id), *near = im_projection_nearest(id);
    const char *help = " (try 'auto')";
    if (word) {
        help = im_format(arena, " (did you mean '%s'?)", word);
    } else if (near) {
        help = im_format(arena, " (did you mean '+proj=%s'?)", near);
    }
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
        const char *near = im_projection_nearest(id);
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "unknown projection '%s'%s", id,
                       near ? im_format(arena, " (did you mean '+proj=%s'?)", near)
                            : " (try 'auto')");
    }
    if (is_no_map(id)) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "'+proj=%s' is not a map projection (try 'auto')", id);
    }
    return INCMAP_OK;
}

enum incmap_status im_crs_open_string(struct im_arena *arena, const char *text,
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
    struct im_crs *crs = im_crs_new(arena, false);
    crs->pj = proj_create(crs->context, definition);
    if (!crs->pj) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "cannot use the projection '%s': %s", definition,
                       im_crs_reason(crs));
    }
    if (!proj_pj_info(crs->pj).has_inverse) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "the projection '%s' has no inverse (try 'auto')", definition);
    }
    crs->angle_in = proj_angular_input(crs->pj, PJ_FWD) ? RADIANS : 1;
    im_crs_describe(crs, arena, definition);
    crs->definition = definition;
    crs->name = im_projection_name(arena, id);
    *out = crs;
    return INCMAP_OK;
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
    if (known_projection(text) && !is_no_map(text)) { // not in the table of names
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "unknown projection '%s' (did you mean '+proj=%s'?)", text,
                       text);
    }
    return unknown_projection(arena, text, err);
}

enum incmap_status im_crs_open(struct im_arena *arena, const char *text,
                               struct im_box extent, struct im_crs **out,
                               struct incmap_error *err) {
    struct im_choice choice;
    *out = NULL;
    text += strspn(text, " \t\r\n");
    if (im_choose_named(arena, *text ? text : "auto", extent, &choice)) {
        enum incmap_status s = im_crs_open_string(arena, choice.definition, out, err);
        if (s == INCMAP_OK) {
            (*out)->rule = choice.rule;
        }
        return s;
    }
    if (*text == '+' || strncmp(text, "proj=", 5) == 0) {
        return im_crs_open_string(arena, text, out, err);
    }
    if (is_wkt(text)) {
        enum incmap_status status = im_crs_open_wkt(arena, text, out, err);
        // A plane of degrees has no metres: drawn as a square grid, as +proj=longlat
        // is.
        return status == INCMAP_OK && (*out)->degrees
                   ? im_crs_open_string(arena, "+proj=longlat", out, err)
                   : status;
    }
    if (is_code(text) && strncmp(text, "urn:", 4) != 0) {
        return im_crs_open_code(arena, text, out, err);
    }
    return no_crs(arena, text, err);
}
