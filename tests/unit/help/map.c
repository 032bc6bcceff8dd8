#include "help/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

const char *map_data(void) {
    const char *data = getenv("INCMAP_DATA");
    return data != NULL ? data : "geodata";
}

struct incmap_job *map_run(struct incmap_atlas *atlas, const struct map *map,
                           const char *key, const char *value) {
    struct incmap_job *job = NULL;
    struct incmap_error err = {.record = -1};
    enum incmap_status s = incmap_job_new(atlas, &job, &err);
    if (s == INCMAP_OK && map->file != NULL) {
        char file[512];
        snprintf(file, sizeof file, "%s%s", map_data(), map->file);
        s = incmap_job_load(job, file, &err);
    }
    for (size_t i = 0; s == INCMAP_OK && map->set[i] != NULL; i += 2) {
        s = incmap_job_set(job, map->set[i], map->set[i + 1], &err);
    }
    if (s == INCMAP_OK && key != NULL) {
        s = incmap_job_set(job, key, value, &err);
    }
    if (s != INCMAP_OK || incmap_job_run(job, &err) != INCMAP_OK) {
        fail_msg("%s", err.message);
    }
    return job;
}
