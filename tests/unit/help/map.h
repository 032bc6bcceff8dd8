/* Maps through the public door: a map file of the bundled data or none, and settings.
 */
#ifndef IM_TEST_MAP_H
#define IM_TEST_MAP_H

#include "incmap.h"

/* Settings, key after value, ended by NULL. Without a file: settings alone. */
struct map {
    const char *file; /* below the data folder, with a slash before it */
    const char *set[16];
};

/* The job, run; key NULL = no further setting. The test fails when it cannot. */
struct incmap_job *map_run(struct incmap_atlas *of, const struct map *map,
                           const char *key, const char *value);

#endif
