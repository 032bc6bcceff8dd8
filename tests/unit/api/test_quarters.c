/* Numbered parts of cities are no towns of their own on a map; all else is. */
#include "api/job.h"
#include "help/data.h"
#include "help/folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static int setup(void **state) {
    static const char rows[] = "name,lat,lon,kind,country,population\n"
                               "Bigville,40.95,45.6,settlement,AZ,100000\n"
                               "Smallton,40.95,45.7,settlement,AZ,4000\n";
    if (folder_make() != 0) {
        return 1;
    }
    folder_put("places.csv", rows);
    return atlas_setup(state);
}

static int teardown(void **state) {
    atlas_teardown(state);
    return folder_remove();
}

static void numbered_parts_of_cities(void **state) {
    (void)state;
    static const struct {
        const char *name, *country;
        double lat, lon;
        long population;
        bool part;
    } rows[] = {
        {"Bigville 15", "AZ", 40.99, 45.62, 30000, true},
        {"Bigville-2", "AZ", 40.91, 45.58, 30000, true},
        {"Bigville I", "AZ", 40.95, 45.61, 300, true},
        {"Bigville XIV-North", "AZ", 40.95, 45.61, 300, true},
        {"Bigville 1989", "AZ", 40.95, 45.61, 300, false},    // a year
        {"Bigville Ivanovo", "AZ", 40.95, 45.61, 300, false}, // a name
        {"Bigville", "AZ", 40.95, 45.61, 300, false},
        {"Bigville North", "AZ", 40.95, 45.61, 300, false},
        {"Othertown 3", "AZ", 40.95, 45.61, 300, false},    // of no city here
        {"Bigville 15", "AM", 40.99, 45.62, 30000, false},  // of another country
        {"Bigville 15", "AZ", 40.99, 45.62, 130000, false}, // greater than it
        {"Bigville 15", "AZ", 41.14, 45.6, 30000, false},   // 21 km away
        {"Bigville 15", "AZ", 41.12, 45.6, 30000, true},    // 19 km
        {"Smallton 2", "AZ", 40.95, 45.7, 300, false},      // no city
    };
    enum { N = sizeof rows / sizeof *rows };
    struct incmap_job *job;
    struct incmap_error err;
    struct im_place place[N];
    const struct im_place *v[N];
    char list[400];
    snprintf(list, sizeof list, "[%s]", in_folder("places.csv"));
    assert_int_equal(incmap_job_new(atlas, &job, NULL), INCMAP_OK);
    assert_int_equal(incmap_job_set(job, "gazetteers", list, NULL), INCMAP_OK);
    assert_int_equal(incmap_job_set(job, "extent.bbox", "45,40.6,46.2,41.3", NULL),
                     INCMAP_OK);
    if (incmap_job_run(job, &err) != INCMAP_OK) {
        fail_msg("%s", err.message);
    }
    for (size_t i = 0; i < N; i++) {
        place[i] = (struct im_place){.name = rows[i].name,
                                     .country = rows[i].country,
                                     .at = {rows[i].lon, rows[i].lat},
                                     .population = rows[i].population};
        v[i] = &place[i];
    }
    const bool *part = im_job_quarters(job, v, N);
    for (size_t i = 0; i < N; i++) {
        if (part[i] != rows[i].part) {
            fail_msg("row %zu, %s: %d", i, rows[i].name, part[i]);
        }
    }
    incmap_job_free(job);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbered_parts_of_cities),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
