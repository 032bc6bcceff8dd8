/* The surroundings that an inset shows, by what the map shows. */
#include "api/inset.h"
#include "geodesy/geodesy.h"
#include <math.h>

#define KM_PER_DEGREE 111.2
#define RADIANS 0.017453292519943295
#define SHORTEST_KM 900.0    /* diagonal */
#define WIDEST_KM 5000.0     /* each way */
#define ADDS 1.8             /* countries as large for the map add something to it */
#define TIMES 3.0            /* surroundings by the map, at least */
#define REGION_TIMES 4.5     /* a region by the map */
#define REGION_LARGEST 9.0e5 /* metres: diagonal of a map that is shown in one */
#define ROOM 0.06            /* on each side */
#define INSIDE 0.15          /* between the map and the edge, of the whole */
#define HIGHEST 84.0         /* degrees; closer to a pole the globe tells more */
#define USUAL 78.0           /* degrees; no farther for what lies there but the map */
#define FARTHEST 120.0       /* degrees of longitude */

struct size_km {
    double w, h;
};

static double middle_lat(struct im_window w) {
    return (w.south + w.north) / 2;
}

static struct size_km size_of(struct im_window w) {
    double per_lon = KM_PER_DEGREE * cos(middle_lat(w) * RADIANS);
    return (struct size_km){(w.east - w.west) * per_lon,
                            (w.north - w.south) * KM_PER_DEGREE};
}

static double diagonal_km(struct im_window w) {
    struct size_km s = size_of(w);
    return hypot(s.w, s.h);
}

static struct im_window grown(struct im_window w, double km) {
    double per_lon = KM_PER_DEGREE * fmax(cos(middle_lat(w) * RADIANS), 0.05);
    w.west -= km / per_lon;
    w.east += km / per_lon;
    w.south = fmax(w.south - km / KM_PER_DEGREE, -90);
    w.north = fmin(w.north + km / KM_PER_DEGREE, 90);
    return w;
}

/* Grown until its diagonal is so long. */
static struct im_window at_least(struct im_window w, double km) {
    double now = diagonal_km(w);
    return now < km ? grown(w, (km - now) / 2 / sqrt(2)) : w;
}

struct span {
    double low, high;
};

/* `s` cut to `most`, around its middle but with the map well inside. */
static struct span cut(struct span s, double most, struct span map) {
    if (s.high - s.low <= most) {
        return s;
    }
    double room = fmin(INSIDE * most, fmax((most - (map.high - map.low)) / 2, 0));
    double middle = (s.low + s.high) / 2;
    middle = fmax(middle, map.high + room - most / 2);
    middle = fmin(middle, map.low - room + most / 2);
    return (struct span){middle - most / 2, middle + most / 2};
}

static bool is_sensible(struct im_window w) {
    return w.north < HIGHEST && w.south > -HIGHEST && w.east - w.west < FARTHEST;
}

/* A box as seen from the map. */
static struct im_window seen(struct im_box box, double lon) {
    struct im_window w = im_box_window(box);
    double middle = (w.west + w.east) / 2, shift = im_lon_near(middle, lon) - middle;
    w.west += shift;
    w.east += shift;
    return w;
}

static struct im_window joined(const struct im_inset_map *map, struct im_box box) {
    double lon = im_box_middle(map->box).lon;
    struct im_window m = seen(map->box, lon), w = seen(box, lon);
    return (struct im_window){fmin(w.west, m.west), fmin(w.south, m.south),
                              fmax(w.east, m.east), fmax(w.north, m.north)};
}

static struct im_window with_room(struct im_window w) {
    struct size_km s = size_of(w);
    return grown(w, ROOM * fmax(s.w, s.h));
}

bool im_inset_is_giant(struct im_box country) {
    struct size_km s = size_of(im_box_window(country));
    return s.w > WIDEST_KM || s.h > WIDEST_KM;
}

struct im_box im_inset_joined(const struct im_inset_map *map, struct im_box box) {
    return im_window_box(with_room(joined(map, box)));
}

bool im_inset_countries(const struct im_inset_map *map, struct im_box countries,
                        struct im_box *out) {
    struct im_lonlat at = im_box_middle(map->box);
    struct im_window m = seen(map->box, at.lon), w = joined(map, countries);
    if (diagonal_km(w) < ADDS * map->diagonal_m / 1000) {
        return false;
    }
    w = at_least(with_room(w), fmax(SHORTEST_KM, TIMES * map->diagonal_m / 1000));
    double per_lon = KM_PER_DEGREE * fmax(cos(at.lat * RADIANS), 0.05);
    struct span x = cut((struct span){w.west, w.east}, WIDEST_KM / per_lon,
                        (struct span){m.west, m.east});
    struct span y = cut((struct span){w.south, w.north}, WIDEST_KM / KM_PER_DEGREE,
                        (struct span){m.south, m.north});
    w = (struct im_window){x.low, fmax(y.low, fmin(-USUAL, m.south)), x.high,
                           fmin(y.high, fmax(USUAL, m.north))};
    *out = im_window_box(w);
    return is_sensible(w);
}

bool im_inset_region(const struct im_inset_map *map, struct im_box *out) {
    double km = fmax(REGION_TIMES * map->diagonal_m / 1000, SHORTEST_KM);
    struct im_window w = at_least(im_box_window(map->box), km);
    *out = im_window_box(w);
    return map->diagonal_m <= REGION_LARGEST && is_sensible(w);
}

double im_inset_aspect(struct im_box box) {
    struct size_km s = size_of(im_box_window(box));
    return fmax(fmin(s.w / fmax(s.h, 1), 1.6), 0.62);
}
