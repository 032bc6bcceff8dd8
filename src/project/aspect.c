#include "project/aspect.h"
#include "project/crs.h"
#include <math.h>
#include <string.h>

#define RADIANS 0.017453292519943295

// Goode (1925): the lobes of the homolosine over land, and over the oceans.
static const struct im_window land_lobes[] = {
    {-180, 0, -40, 90},  {-40, 0, 180, 90}, {-180, -90, -100, 0},
    {-100, -90, -20, 0}, {-20, -90, 80, 0}, {80, -90, 180, 0},
};
static const struct im_window ocean_lobes[] = {
    {-180, 0, -90, 90},  {-90, 0, 60, 90},  {60, 0, 180, 90},
    {-180, -90, -60, 0}, {-60, -90, 90, 0}, {90, -90, 180, 0},
};

/* ---- which ---------------------------------------------------------------- */

// Azimuthal projections and how far they are drawn: to the horizon, or short of where
// they have no image or a wild one.
static const struct {
    const char *id;
    double limit;
} discs[] = {
    {"laea", 179.5}, {"aeqd", 178}, {"stere", 165}, {"sterea", 165}, {"ups", 165},
    {"gnom", 80},    {"ortho", 90}, {"nsper", 0},   {"tpers", 0},    {"geos", 0},
};

// Degrees from the point below to the horizon, seen from h metres above.
static double horizon(const char *definition) {
    double a = 6378137, h = im_definition_number(definition, "h", 35785831);
    return h > 0 ? acos(a / (a + h)) / RADIANS : 90;
}

static bool as_disc(const char *definition, const char *id, struct im_aspect *a) {
    size_t n = sizeof discs / sizeof discs[0];
    for (size_t i = 0; i < n; i++) {
        if (strcmp(discs[i].id, id) == 0) {
            bool geos = strcmp(id, "geos") == 0;
            a->kind = IM_DISC;
            a->limit = discs[i].limit > 0 ? discs[i].limit : horizon(definition);
            a->limit -= geos ? 0.5 : 1e-5; // the flattened globe shows a little less
            a->pole.lat = im_definition_number(definition, "lat_0", 0);
            if (strcmp(id, "ups") == 0) {
                a->pole.lat = strstr(definition, "+south") ? -90 : 90;
            }
            return true;
        }
    }
    return false;
}

static bool one_of(const char *id, const char *const *list) {
    for (; *list; list++) {
        if (strcmp(id, *list) == 0) {
            return true;
        }
    }
    return false;
}

// Oblique by +proj=ob_tran: only by its pole.
static bool as_oblique(const char *definition, struct im_aspect *a) {
    double lat = im_definition_number(definition, "o_lat_p", NAN);
    if (!isfinite(lat)) {
        return false;
    }
    a->kind = IM_TURNED;
    a->pole = (struct im_lonlat){a->pole.lon + 180, lat};
    a->bearing = im_definition_number(definition, "o_lon_p", 0);
    a->limit = 89.999;
    return true;
}

static void as_lobes(const struct im_window *lobes, struct im_aspect *a) {
    a->kind = IM_LOBES;
    a->lobe = lobes;
    a->lobe_count = 6;
}

static struct im_aspect kind_of(struct im_arena *arena, const char *definition) {
    static const char *const transverse[] = {"tmerc", "utm", "etmerc", "gstmerc",
                                             "tcea",  "tcc", NULL};
    const char *id = im_definition_text(arena, definition, "proj");
    double zone = im_definition_number(definition, "zone", 0);
    double lon_0 = im_definition_number(definition, "lon_0", 0);
    static const char *const folded[] = {
        "igh",   "igh_o",    "imoll",     "imoll_o",  "healpix",    "rhealpix",
        "isea",  "s2",       "qsc",       "csc",      "adams_hemi", "adams_ws1",
        "guyou", "peirce_q", "adams_ws2", "spilhaus", NULL};
    struct im_aspect a = {.south = -90, .north = 90, .smooth = !one_of(id, folded)};
    a.pole.lon = zone != 0 && strcmp(id, "utm") == 0 ? zone * 6 - 183 : lon_0;
    if (as_disc(definition, id, &a) ||
        (strcmp(id, "ob_tran") == 0 && as_oblique(definition, &a))) {
        return a;
    }
    if (one_of(id, transverse)) {
        a.kind = IM_TURNED;
        a.pole = (struct im_lonlat){a.pole.lon + 90, 0};
        a.bearing = -90;
        a.limit = 80;
    } else if (strcmp(id, "igh") == 0 || strcmp(id, "igh_o") == 0) {
        as_lobes(id[3] ? ocean_lobes : land_lobes, &a);
    } else if (strcmp(id, "lcc") == 0) {
        // the far pole lies at infinity
        double lat = im_definition_number(definition, "lat_1",
                                          im_definition_number(definition, "lat_0", 0));
        double other = im_definition_number(definition, "lat_2", lat);
        a.south = lat + other > 0 ? -80 : -90;
        a.north = lat + other > 0 ? 90 : 80;
    } else if (strcmp(id, "merc") == 0 || strcmp(id, "webmerc") == 0) {
        a.south = -89;
        a.north = 89;
    }
    return a;
}

struct im_aspect im_aspect_of(struct im_arena *arena, const char *definition) {
    struct im_aspect a = kind_of(arena, definition);
    double limit = a.kind == IM_DISC ? 90 - a.limit : a.limit;
    a.pole_sine = sin(a.pole.lat * RADIANS);
    a.pole_cosine = cos(a.pole.lat * RADIANS);
    a.limit_sine = sin(limit * RADIANS);
    return a;
}

/* ---- the turned globe ----------------------------------------------------- */

double im_aspect_distance(const struct im_aspect *a, struct im_lonlat p,
                          double *bearing) {
    double dlon = p.lon - a->pole.lon;
    if (fabs(a->pole.lat) > 90 - 1e-9) { // exact also at the other pole
        bool north = a->pole.lat > 0;
        *bearing = north ? 180 - dlon : dlon;
        return north ? 90 - p.lat : 90 + p.lat;
    }
    double f = p.lat * RADIANS, d = dlon * RADIANS;
    double sine = a->pole_sine, cosine = a->pole_cosine;
    double x = cosine * sin(f) - sine * cos(f) * cos(d), y = cos(f) * sin(d);
    double z = sine * sin(f) + cosine * cos(f) * cos(d);
    *bearing = atan2(y, x) / RADIANS;
    return atan2(hypot(x, y), z) / RADIANS;
}

struct im_lonlat im_aspect_at(const struct im_aspect *a, double distance,
                              double bearing) {
    if (fabs(a->pole.lat) > 90 - 1e-9) {
        bool north = a->pole.lat > 0;
        return (struct im_lonlat){a->pole.lon + (north ? 180 - bearing : bearing),
                                  north ? 90 - distance : distance - 90};
    }
    double c = distance * RADIANS, b = bearing * RADIANS;
    double sine = a->pole_sine, cosine = a->pole_cosine;
    double s = sine * cos(c) + cosine * sin(c) * cos(b);
    double y = sin(c) * sin(b), x = cosine * cos(c) - sine * sin(c) * cos(b);
    return (struct im_lonlat){a->pole.lon + atan2(y, x) / RADIANS,
                              atan2(s, hypot(x, y)) / RADIANS};
}

bool im_aspect_is_beyond(const struct im_aspect *a, struct im_lonlat p) {
    if (a->kind != IM_DISC && a->kind != IM_TURNED) {
        return false;
    }
    double f = p.lat * RADIANS, d = (p.lon - a->pole.lon) * RADIANS;
    double z = a->pole_sine * sin(f) + a->pole_cosine * cos(f) * cos(d);
    return a->kind == IM_DISC ? z < a->limit_sine : fabs(z) > a->limit_sine;
}

struct im_lonlat im_aspect_turn(const struct im_aspect *a, struct im_lonlat p) {
    double bearing, distance = im_aspect_distance(a, p, &bearing);
    return (struct im_lonlat){im_lon_near(bearing - a->bearing, 0), 90 - distance};
}

struct im_lonlat im_aspect_back(const struct im_aspect *a, struct im_lonlat p) {
    return im_aspect_at(a, 90 - p.lat, p.lon + a->bearing);
}
