#include "help/map.h"
#include "help/data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

struct incmap_job *map_run(struct incmap_atlas *of, const struct map *map,
                           const char *key, const char *value) {
    struct incmap_job *job = NULL;
    struct incmap_error err = {.record = -1};
    enum incmap_status s = incmap_job_new(of, &job, &err);
    if (s == INCMAP_OK && map->file != NULL) {
        char file[512];
        snprintf(file, sizeof file, "%s%s", data_folder(), map->file);
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
