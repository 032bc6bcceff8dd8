/* CRS from PROJ's database (EPSG:n) and from WKT. */
#include "base/buf.h"
#include "project/crs.h"
#include <math.h>
#include <string.h>

static const char world[] = "EPSG:4326";

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

static void destroy(PJ **pj) {
    proj_destroy(*pj);
    *pj = NULL;
}

// Where a CRS from the database was made for.
static void read_use(struct im_crs *crs, const PJ *horiz) {
    struct im_box *b = &crs->use;
    crs->has_use = proj_get_area_of_use(crs->context, horiz, &b->west, &b->south,
                                        &b->east, &b->north, NULL) &&
                   b->west > -1000 && b->south > -1000;
}

// Everything that PROJ makes on the way stays in the crs until it is done with, so that
// nothing is lost when the arena is exhausted in between. Takes crs->part[0].
static enum incmap_status adopt(struct im_arena *arena, struct im_crs *crs,
                                const char *what, struct incmap_error *err) {
    PJ **horiz = &crs->part[0], **source = &crs->part[1], **raw = &crs->part[2];
    *horiz = horizontal(crs->context, *horiz);
    if (!*horiz) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "%s is not a horizontal coordinate system", what);
    }
    *source = proj_create(crs->context, world);
    *raw = *source ? proj_create_crs_to_crs_from_pj(crs->context, *source, *horiz, NULL,
                                                    NULL)
                   : NULL;
    crs->pj = *raw ? proj_normalize_for_visualization(crs->context, *raw) : NULL;
    const char *name = proj_get_name(*horiz);
    crs->name = im_strdup(arena, name ? name : what);
    im_crs_describe(crs, arena,
                    proj_as_proj_string(crs->context, *horiz, PJ_PROJ_4, NULL));
    read_use(crs, *horiz);
    read_axes(crs, *horiz);
    crs->degrees = is_geographic(*horiz);
    crs->lonlat = crs->pj && crs->degrees && is_identity(crs);
    destroy(raw);
    destroy(source);
    destroy(horiz);
    if (!crs->pj) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "no way from WGS 84 to %s is known to PROJ", what);
    }
    return INCMAP_OK;
}

enum incmap_status im_crs_open_code(struct im_arena *arena, const char *text,
                                    struct im_crs **out, struct incmap_error *err) {
    struct im_crs *crs = im_crs_new(arena, true);
    crs->part[0] = proj_create(crs->context, text);
    if (!crs->part[0]) {
        bool lost = !proj_context_get_database_path(crs->context);
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       lost ? "cannot look up '%s': PROJ's proj.db is missing (install "
                              "proj-data or give a PROJ string)"
                            : "PROJ knows no coordinate system '%s'",
                       text);
    }
    crs->definition = im_strdup(arena, text);
    bool geographic = is_geographic(crs->part[0]);
    enum incmap_status status = adopt(arena, crs, text, err);
    if (status == INCMAP_OK && geographic) {
        return im_crs_open_string(arena, "+proj=longlat", out, err);
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
                                 .name = "WGS 84",
                                 .rule = ""};
        im_crs_describe(plain, arena, "");
        *out = plain;
        return INCMAP_OK;
    }
    struct im_crs *crs = im_crs_new(arena, true);
    PROJ_STRING_LIST warnings = NULL, errors = NULL;
    char why[256] = "";
    crs->part[0] = proj_create_from_wkt(crs->context, wkt, NULL, &warnings, &errors);
    const char *text = errors && errors[0] ? errors[0] : im_crs_reason(crs);
    memcpy(why, text, strnlen(text, sizeof why - 1));
    proj_string_list_destroy(warnings);
    proj_string_list_destroy(errors);
    if (!crs->part[0]) {
        return im_fail(err, INCMAP_E_PROJECTION, IM_NOWHERE,
                       "cannot read the coordinate system's WKT: %s", why);
    }
    crs->definition = im_strdup(arena, wkt);
    enum incmap_status status = adopt(arena, crs, "the WKT's system", err);
    *out = status == INCMAP_OK ? crs : NULL;
    return status;
}
