#include "geodesy/geodesy.h"
#include <geodesic.h>
#include <math.h>

#define RADIANS 0.017453292519943295
#define POLAR_RADIUS 6356752.0

static struct geod_geodesic wgs84(void) {
    struct geod_geodesic g;
    geod_init(&g, 6378137.0, 1 / 298.257223563);
    return g;
}

double im_distance(struct im_lonlat a, struct im_lonlat b) {
    struct geod_geodesic g = wgs84();
    double s = 0;
    geod_inverse(&g, a.lat, a.lon, b.lat, b.lon, &s, NULL, NULL);
    return s;
}

struct im_lonlat im_direct(struct im_lonlat from, double azimuth, double metres) {
    struct geod_geodesic g = wgs84();
    struct im_lonlat to = from;
    geod_direct(&g, from.lat, from.lon, azimuth, metres, &to.lat, &to.lon, NULL);
    return to;
}

double im_azimuth(struct im_lonlat a, struct im_lonlat b) {
    struct geod_geodesic g = wgs84();
    double azimuth = 0;
    geod_inverse(&g, a.lat, a.lon, b.lat, b.lon, NULL, &azimuth, NULL);
    azimuth = fmod(azimuth + 360, 360);
    return azimuth >= 360 ? 0 : azimuth;
}

/* ---- lengths, areas, boxes ------------------------------------------------ */

struct im_box im_box_grow(struct im_box box, double metres) {
    struct geod_geodesic g = wgs84();
    double south = box.south, north = box.north, azimuth = 0;
    geod_direct(&g, box.north, 0, 0, metres, &north, NULL, &azimuth);
    bool over_north = fabs(azimuth) > 90 || north >= 90;
    geod_direct(&g, box.south, 0, 180, metres, &south, NULL, &azimuth);
    bool over_south = fabs(azimuth) < 90 || south <= -90;
    south = over_south ? -90 : south;
    north = over_north ? 90 : north;
    double far = fmax(fabs(box.south), fabs(box.north));
    double reach = sin(metres / POLAR_RADIUS) / cos(far * RADIANS);
    double width = (box.east < box.west ? 360 : 0) + box.east - box.west;
    // Largest difference in longitude on a small circle around a point at that
    // latitude.
    double dlon = reach < 1 ? asin(reach) / RADIANS : 180;
    if (over_north || over_south || width + 2 * dlon >= 360) {
        return (struct im_box){-180, south, 180, north};
    }
    double west = box.west - dlon, east = box.east + dlon;
    west = west < -180 ? west + 360 : west;
    east = east > 180 ? east - 360 : east;
    return (struct im_box){west, south, east, north};
}
