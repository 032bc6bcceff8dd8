/*
 * A projection for an extent, by purpose.
 *
 * After Snyder (1987, USGS Professional Paper 1395, p. 34) and Savric, Jenny & Jenny
 * (2016, "Projection Wizard", doi:10.1080/00087041.2015.1131938). Width in degrees of a
 * great circle: longitude times the cosine of the middle latitude. First that holds:
 */
// clang-format off
/*
 * | extent                                          | auto    | equal-area | conformal |
 * |-------------------------------------------------|---------|------------|-----------|
 * | world: > 150 degrees of longitude, > 40 high,   | eqearth | eqearth    | merc      |
 * |   and a full turn, or its middle within 40 N-S  |         |            |           |
 * | polar: a pole in it, or > 210 degrees around it | laea    | laea       | stere     |
 * | small: <= 4 x 4; or upright: 1.6 times as high  | tmerc   | laea       | tmerc     |
 * |   as wide and <= 10 wide                        |         |            |           |
 * | zone: one hemisphere, middle at 12 to 75, up to | lcc     | aea        | lcc       |
 * |   55 wide and 45 high                           |         |            |           |
 * | flat: middle within 12, 1.6 times as wide as    | merc    | cea        | merc      |
 * |   high, <= 55 wide                              |         |            |           |
 * | any other                                       | laea    | laea       | stere     |
 */
// clang-format on
#include "base/buf.h"
#include "geo/box.h"
#include "geo/utm.h"
#include "project/crs.h"
#include <math.h>
#include <string.h>

struct shape {
    double lon, lat; /* middle */
    double width, height;
    double south, north;
    double span; /* degrees of longitude */
};

static struct shape shape_of(struct im_box e) {
    struct im_lonlat m = im_box_middle(e);
    struct shape s = {m.lon,   m.lat,          0, e.north - e.south, e.south,
                      e.north, im_box_width(e)};
    s.width = s.span * cos(m.lat * 0.017453292519943295);
    if (s.span > 330 && e.west <= e.east) { // cut elsewhere, its middle is meant
        s.lon = 0;
    }
    return s;
}

static bool is_world(struct shape s) {
    bool low = s.span > 330 ? s.south < 45 && s.north > -45 : fabs(s.lat) <= 40;
    return s.span > 150 && s.height > 40 && low;
}

static bool is_polar(struct shape s) {
    return s.north > 86 || s.south < -86 ||
           (s.span > 210 && (s.south > 40 || s.north < -40));
}

static bool is_small(struct shape s) {
    return (s.width <= 4 && s.height <= 4) ||
           (s.height > 1.6 * s.width && s.width <= 10);
}

static bool is_zone(struct shape s) {
    return (s.south > 0 || s.north < 0) && fabs(s.lat) >= 12 && fabs(s.lat) <= 75 &&
           s.height <= 45 && s.width <= 55;
}

static bool is_flat(struct shape s) {
    return fabs(s.lat) < 12 && s.width > 1.6 * s.height && s.width <= 55;
}

/* ---- PROJ strings around an extent ---------------------------------------- */

// A world map: a round central meridian.
static const char *whole(struct im_arena *arena, const char *id, struct shape s) {
    return im_format(arena, "+proj=%s +lon_0=%g +datum=WGS84", id, round(s.lon));
}

static const char *cylinder(struct im_arena *arena, const char *id, struct shape s) {
    double lat = s.span > 330 ? 0 : fmin(fabs(s.lat), 80);
    return im_format(arena, "+proj=%s +lat_ts=%.2f +lon_0=%.2f +datum=WGS84", id, lat,
                     s.lon);
}

static const char *centred(struct im_arena *arena, const char *id, struct shape s) {
    return im_format(arena, "+proj=%s +lat_0=%.2f +lon_0=%.2f +datum=WGS84", id, s.lat,
                     s.lon);
}

static const char *polar(struct im_arena *arena, const char *id, struct shape s) {
    return im_format(arena, "+proj=%s +lat_0=%d +lon_0=%.2f +datum=WGS84", id,
                     s.lat >= 0 ? 90 : -90, s.lon);
}

// Standard parallels a sixth in; a cone needs them off the equator's mirror image.
static const char *cone(struct im_arena *arena, const char *id, struct shape s) {
    double a = s.south + s.height / 6, b = s.north - s.height / 6;
    if (fabs(a + b) < 10) {
        a = s.lat < 0 ? -5 : 5;
        b = 3 * a;
    }
    return im_format(arena,
                     "+proj=%s +lat_1=%.2f +lat_2=%.2f +lat_0=%.2f +lon_0=%.2f "
                     "+datum=WGS84",
                     id, fmin(a, b), fmax(a, b), s.lat, s.lon);
}

static const char *utm(struct im_arena *arena, const char *id, struct shape s) {
    int zone = im_utm_zone(s.lon);
    return im_format(arena, "+proj=%s +zone=%d%s +datum=WGS84", id, zone,
                     s.lat < 0 ? " +south" : "");
}

/* ---- auto ----------------------------------------------------------------- */

typedef const char *maker(struct im_arena *arena, const char *id, struct shape s);

enum purpose { AUTO, EQUAL_AREA, CONFORMAL };
struct way {
    maker *make;
    const char *id;
};
static const struct rule {
    bool (*holds)(struct shape s); /* NULL: always */
    const char *why;
    struct way way[3]; /* by purpose */
} rules[] = {
    {is_world,
     "world: a large part of the globe",
     {{whole, "eqearth"}, {whole, "eqearth"}, {cylinder, "merc"}}},
    {is_polar,
     "polar: a pole lies in the extent, or the extent around it",
     {{polar, "laea"}, {polar, "laea"}, {polar, "stere"}}},
    {is_small,
     "small, or upright and narrow",
     {{centred, "tmerc"}, {centred, "laea"}, {centred, "tmerc"}}},
    {is_zone,
     "zone of middle latitudes",
     {{cone, "lcc"}, {cone, "aea"}, {cone, "lcc"}}},
    {is_flat,
     "flat, along the equator",
     {{cylinder, "merc"}, {cylinder, "cea"}, {cylinder, "merc"}}},
    {NULL,
     "large, or across the equator",
     {{centred, "laea"}, {centred, "laea"}, {centred, "stere"}}},
};

static struct im_choice by_rule(struct im_arena *arena, struct shape s, enum purpose p,
                                const char *prefix) {
    const struct rule *r = rules;
    while (r->holds != NULL && !r->holds(s)) {
        r++;
    }
    return (struct im_choice){r->way[p].make(arena, r->way[p].id, s),
                              im_format(arena, "%s: %s", prefix, r->why)};
}

/* ---- names ---------------------------------------------------------------- */

static const struct named {
    const char *name; /* lower case, without hyphens and blanks */
    const char *shown;
    maker *make; /* NULL: by rule, for the purpose */
    const char *id;
    enum purpose purpose;
} known[] = {
    {"auto", "auto", NULL, "", AUTO},
    {"equalarea", "equal-area", NULL, "", EQUAL_AREA},
    {"statistics", "statistics", NULL, "", EQUAL_AREA},
    {"conformal", "conformal", NULL, "", CONFORMAL},
    {"equalearth", "equal-earth", whole, "eqearth", AUTO},
    {"eqearth", "eqearth", whole, "eqearth", AUTO},
    {"robinson", "robinson", whole, "robin", AUTO},
    {"robin", "robin", whole, "robin", AUTO},
    {"winkeltripel", "winkel-tripel", whole, "wintri", AUTO},
    {"wintri", "wintri", whole, "wintri", AUTO},
    {"mollweide", "mollweide", whole, "moll", AUTO},
    {"moll", "moll", whole, "moll", AUTO},
    {"naturalearth", "natural-earth", whole, "natearth", AUTO},
    {"natearth", "natearth", whole, "natearth", AUTO},
    {"hammer", "hammer", whole, "hammer", AUTO},
    {"eckert4", "eckert4", whole, "eck4", AUTO},
    {"sinusoidal", "sinusoidal", whole, "sinu", AUTO},
    {"patterson", "patterson", whole, "patterson", AUTO},
    {"goode", "goode", whole, "igh", AUTO},
    {"miller", "miller", whole, "mill", AUTO},
    {"platecarree", "plate-carree", whole, "eqc", AUTO},
    {"equirectangular", "equirectangular", cylinder, "eqc", AUTO},
    {"mercator", "mercator", cylinder, "merc", AUTO},
    {"merc", "merc", cylinder, "merc", AUTO},
    {"webmercator", "web-mercator", whole, "webmerc", AUTO},
    {"cylindricalequalarea", "cylindrical-equal-area", cylinder, "cea", AUTO},
    {"cea", "cea", cylinder, "cea", AUTO},
    {"lambertconformalconic", "lambert-conformal-conic", cone, "lcc", AUTO},
    {"lcc", "lcc", cone, "lcc", AUTO},
    {"albers", "albers", cone, "aea", AUTO},
    {"aea", "aea", cone, "aea", AUTO},
    {"equidistantconic", "equidistant-conic", cone, "eqdc", AUTO},
    {"eqdc", "eqdc", cone, "eqdc", AUTO},
    {"lambertazimuthal", "lambert-azimuthal", centred, "laea", AUTO},
    {"laea", "laea", centred, "laea", AUTO},
    {"azimuthalequidistant", "azimuthal-equidistant", centred, "aeqd", AUTO},
    {"aeqd", "aeqd", centred, "aeqd", AUTO},
    {"orthographic", "orthographic", centred, "ortho", AUTO},
    {"ortho", "ortho", centred, "ortho", AUTO},
    {"globe", "globe", centred, "ortho", AUTO},
    {"stereographic", "stereographic", centred, "stere", AUTO},
    {"stere", "stere", centred, "stere", AUTO},
    {"gnomonic", "gnomonic", centred, "gnom", AUTO},
    {"gnom", "gnom", centred, "gnom", AUTO},
    {"transversemercator", "transverse-mercator", centred, "tmerc", AUTO},
    {"tmerc", "tmerc", centred, "tmerc", AUTO},
    {"utm", "utm", utm, "utm", AUTO},
    {"polar", "polar", polar, "laea", AUTO},
    {"polarstereographic", "polar-stereographic", polar, "stere", AUTO},
};
#define KNOWN (sizeof known / sizeof known[0])
enum { NAME_MAX = 32 };

// Lower case without hyphens, underscores, blanks; false: too long for any name.
static bool plain_name(const char *text, char out[NAME_MAX]) {
    size_t n = 0;
    for (; *text; text++) {
        if (*text == '-' || *text == '_' || *text == ' ') {
            continue;
        }
        if (n + 1 >= NAME_MAX) {
            return false;
        }
        out[n++] = *text >= 'A' && *text <= 'Z' ? (char)(*text + 32) : *text;
    }
    out[n] = '\0';
    return true;
}

bool im_choose_named(struct im_arena *arena, const char *text, struct im_box extent,
                     struct im_choice *out) {
    char name[NAME_MAX];
    struct shape s = shape_of(extent);
    for (size_t i = 0; plain_name(text, name) && i < KNOWN; i++) {
        if (strcmp(known[i].name, name) != 0) {
            continue;
        }
        *out = known[i].make == NULL
                   ? by_rule(arena, s, known[i].purpose, known[i].shown)
                   : (struct im_choice){known[i].make(arena, known[i].id, s),
                                        "named, centred on the extent"};
        return true;
    }
    return false;
}

const char *im_choose_nearest(const char *text) {
    char name[NAME_MAX];
    const char *best = NULL;
    size_t least = strlen(text) < 5 ? 2 : 4;
    for (size_t i = 0; plain_name(text, name) && i < KNOWN; i++) {
        size_t d = im_edits(name, known[i].name);
        if (d < least) {
            least = d;
            best = known[i].shown;
        }
    }
    return best;
}
