/* UTM against PROJ, and there and back. */
#include "geo/utm.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <proj.h>

static double next(uint32_t *seed, double least, double most) {
    *seed = *seed * 1664525u + 1013904223u;
    return least + (most - least) * (*seed / 4294967296.0);
}

static void as_proj(void **state) {
    (void)state;
    uint32_t seed = 1;
    PJ_CONTEXT *context = proj_context_create();
    for (int zone = 1; zone <= 60; zone++) {
        for (int south = 0; south < 2; south++) {
            char text[80];
            snprintf(text, sizeof text, "+proj=utm +zone=%d%s +ellps=WGS84", zone,
                     south ? " +south" : "");
            PJ *pj = proj_create(context, text);
            assert_non_null(pj);
            for (int i = 0; i < 20; i++) {
                double lon = 6.0 * zone - 183 + next(&seed, -6, 6);
                double lat = south ? next(&seed, -80, 0) : next(&seed, 0, 84);
                struct im_lonlat p = {lon, lat};
                PJ_COORD c = proj_trans(
                    pj, PJ_FWD, proj_coord(proj_torad(lon), proj_torad(lat), 0, 0));
                struct im_utm g = im_utm_forward(p, zone);
                assert_true(g.south == (south == 1));
                assert_true(hypot(g.easting - c.xy.x, g.northing - c.xy.y) < 1e-6);
                struct im_lonlat q = im_utm_inverse(&g);
                double d = fabs(q.lon - lon);
                assert_true(fmin(d, 360 - d) < 1e-11 && fabs(q.lat - lat) < 1e-11);
            }
            proj_destroy(pj);
        }
    }
    proj_context_destroy(context);
}

static void zones(void **state) {
    (void)state;
    assert_int_equal(im_utm_zone(45), 38);
    assert_int_equal(im_utm_zone(41.9999), 37);
    assert_int_equal(im_utm_zone(42), 38);
    assert_int_equal(im_utm_zone(-180), 1);
    assert_int_equal(im_utm_zone(180), 1);
    assert_int_equal(im_utm_zone(179.999), 60);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_proj),
        cmocka_unit_test(zones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
