/* Transverse Mercator by Krueger's series to the sixth order: C. F. F. Karney 2011,
 * "Transverse Mercator with an accuracy of a few nanometers", J. Geod. 85, 475-485,
 * doi:10.1007/s00190-011-0445-3; numbers of equations are those of that paper. */
#include "geo/utm.h"
#include "geo/box.h"

#include <math.h>

enum { ORDER = 6 };
static const double RADIANS = 0.017453292519943295;
static const double AXIS = 6378137, FLATTENING = 1 / 298.257223563;
static const double SCALE = 0.9996, FALSE_EASTING = 500000, FALSE_NORTHING = 1e7;

struct series {
    double radius;           /* of the rectifying sphere, metres, times the scale */
    double e;                /* eccentricity */
    double alpha[ORDER + 1]; /* (35) */
    double beta[ORDER + 1];  /* (36) */
};

/* Sum of c[k] n^k, k = first .. ORDER; c ends at n^6. */
static double polynomial(const double *c, int first, double n) {
    double sum = 0;
    for (int k = ORDER; k >= first; k--) {
        sum = sum * n + c[k - first];
    }
    return sum * pow(n, first);
}

static struct series series_of(void) {
    static const double alpha[ORDER][ORDER] = {
        {1.0 / 2, -2.0 / 3, 5.0 / 16, 41.0 / 180, -127.0 / 288, 7891.0 / 37800},
        {13.0 / 48, -3.0 / 5, 557.0 / 1440, 281.0 / 630, -1983433.0 / 1935360},
        {61.0 / 240, -103.0 / 140, 15061.0 / 26880, 167603.0 / 181440},
        {49561.0 / 161280, -179.0 / 168, 6601661.0 / 7257600},
        {34729.0 / 80640, -3418889.0 / 1995840},
        {212378941.0 / 319334400}};
    static const double beta[ORDER][ORDER] = {
        {1.0 / 2, -2.0 / 3, 37.0 / 96, -1.0 / 360, -81.0 / 512, 96199.0 / 604800},
        {1.0 / 48, 1.0 / 15, -437.0 / 1440, 46.0 / 105, -1118711.0 / 3870720},
        {17.0 / 480, -37.0 / 840, -209.0 / 4480, 5569.0 / 90720},
        {4397.0 / 161280, -11.0 / 504, -830251.0 / 7257600},
        {4583.0 / 161280, -108847.0 / 3991680},
        {20648693.0 / 638668800}};
    double n = FLATTENING / (2 - FLATTENING), n2 = n * n;
    struct series s = {.e = sqrt(FLATTENING * (2 - FLATTENING))};
    // (14)
    s.radius =
        SCALE * AXIS / (1 + n) * (1 + n2 / 4 + n2 * n2 / 64 + n2 * n2 * n2 / 256);
    for (int j = 1; j <= ORDER; j++) {
        s.alpha[j] = polynomial(alpha[j - 1], j, n);
        s.beta[j] = polynomial(beta[j - 1], j, n);
    }
    return s;
}

/* Tangent of the conformal latitude (7), (9). */
static double conformal(const struct series *s, double tau) {
    double secant = hypot(1, tau);
    double sigma = sinh(s->e * atanh(s->e * tau / secant));
    return tau * hypot(1, sigma) - sigma * secant;
}

/* Its inverse by Newton's method (19) - (21). */
static double geographic(const struct series *s, double conformal_tau) {
    double e2 = s->e * s->e, tau = conformal_tau / (1 - e2);
    for (int i = 0; i < 5; i++) {
        double t = conformal(s, tau);
        tau += (conformal_tau - t) / hypot(1, t) * (1 + (1 - e2) * tau * tau) /
               ((1 - e2) * hypot(1, tau));
    }
    return tau;
}

static double meridian(int zone) {
    return 6.0 * zone - 183;
}

struct im_lonlat im_utm_inverse(const struct im_utm *grid) {
    struct series s = series_of();
    double xi = (grid->northing - (grid->south ? FALSE_NORTHING : 0)) / s.radius;
    double eta = (grid->easting - FALSE_EASTING) / s.radius, x = xi, y = eta;
    for (int j = 1; j <= ORDER; j++) { // (11)
        x -= s.beta[j] * sin(2 * j * xi) * cosh(2 * j * eta);
        y -= s.beta[j] * cos(2 * j * xi) * sinh(2 * j * eta);
    }
    double tau = sin(x) / hypot(sinh(y), cos(x)); // (18)
    double lon = atan2(sinh(y), cos(x)) / RADIANS + meridian(grid->zone);
    return (struct im_lonlat){im_lon_near(lon, 0), atan(geographic(&s, tau)) / RADIANS};
}

struct im_utm im_utm_forward(struct im_lonlat p, int zone) {
    struct series s = series_of();
    double tau = conformal(&s, tan(p.lat * RADIANS));
    double lambda = (im_lon_near(p.lon, meridian(zone)) - meridian(zone)) * RADIANS;
    double x = atan2(tau, cos(lambda)),
           y = asinh(sin(lambda) / hypot(tau, cos(lambda)));
    double xi = x, eta = y; // (10)
    for (int j = 1; j <= ORDER; j++) {
        xi += s.alpha[j] * sin(2 * j * x) * cosh(2 * j * y);
        eta += s.alpha[j] * cos(2 * j * x) * sinh(2 * j * y);
    }
    bool south = p.lat < 0;
    return (struct im_utm){zone, south, FALSE_EASTING + s.radius * eta,
                           s.radius * xi + (south ? FALSE_NORTHING : 0)};
}

int im_utm_zone(double lon) {
    return (int)floor((im_lon_near(lon, 0) + 180) / 6) + 1;
}
