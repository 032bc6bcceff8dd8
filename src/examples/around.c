/*
 * A program that uses the library: a map of the surroundings of a place, with the
 * pipelines, as a PNG or SVG file.
 *
 *     cc around.c -o around $(pkg-config --cflags --libs incmap)
 *     ./around "$(pkg-config --variable=datadir incmap)" Tovuz tovuz.png
 */
#include <incmap.h>
#include <stdio.h>

/* Where a failure is, what it is; returns 1. */
static int complain(const struct incmap_error *err) {
    if (err->source[0] != '\0') {
        fprintf(stderr, "%s: ", err->source);
    }
    fprintf(stderr, "%s (%s)\n", err->message, incmap_status_text(err->status));
    return 1;
}

static enum incmap_status draw(struct incmap_job *job, const char *place,
                               const char *file, struct incmap_error *err) {
    const char *const settings[][2] = {
        {"title", place},          {"extent.around", place}, {"extent.margin", "80 km"},
        {"overlays", "pipelines"}, {"size", "1200x900"},
    };
    enum incmap_status status = INCMAP_OK;
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        status = incmap_job_set(job, settings[i][0], settings[i][1], err);
        if (status != INCMAP_OK) {
            return status;
        }
    }
    status = incmap_job_run(job, err);
    // nothing is skipped in silence: say what the reader of the map must know
    for (size_t i = 0; i < incmap_job_finding_count(job); i++) {
        struct incmap_finding finding = incmap_job_finding(job, i);
        fprintf(stderr, "%s: %s\n", finding.code, finding.message);
    }
    return status == INCMAP_OK ? incmap_job_write(job, file, err) : status;
}

int main(int argc, char **argv) {
    struct incmap_error err = {0};
    struct incmap_atlas *atlas = NULL; // the data: opened once for any number of maps
    struct incmap_job *job = NULL;     // one map
    if (argc != 4) {
        fprintf(stderr, "usage: around DATA-FOLDER PLACE FILE.png|FILE.svg\n");
        return 2;
    }
    enum incmap_status status = incmap_atlas_open(argv[1], NULL, &atlas, &err);
    if (status == INCMAP_OK) {
        status = incmap_job_new(atlas, &job, &err);
    }
    if (status == INCMAP_OK) {
        status = draw(job, argv[2], argv[3], &err);
    }
    int code = status == INCMAP_OK ? 0 : complain(&err);
    incmap_job_free(job);
    incmap_atlas_close(atlas);
    return code;
}
