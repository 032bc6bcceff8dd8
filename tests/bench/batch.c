/*
 * The batch of the benchmark: many figures on one atlas in one process, through the public
 * header alone.
 *
 *     batch GEODATA WORKS OUT [FIRST [COUNT]]
 *
 * WORKS holds batch.tsv (id, longitude, latitude, title), batch/ID.csv and pipeline.shp, as
 * works.py writes them; OUT/ID.png are written. FIRST (0) and COUNT (all) choose jobs.
 */
#include <incmap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct figure {
    char id[16], lon[32], lat[32], title[128];
};

struct batch {
    const char *works, *out;
    struct incmap_atlas *atlas;
    struct incmap_error err;
};

static enum incmap_status set_all(struct batch *b, const struct figure *f,
                                  struct incmap_job *job) {
    char at[80], projection[160], table[512], line[512];
    snprintf(at, sizeof at, "%s, %s", f->lat, f->lon);
    snprintf(projection, sizeof projection,
             "+proj=laea +lat_0=%s +lon_0=%s +datum=WGS84", f->lat, f->lon);
    snprintf(table, sizeof table, "%s/batch/%s.csv", b->works, f->id);
    snprintf(line, sizeof line, "%s/pipeline.shp", b->works);
    const char *const settings[][2] = {
        {"title", f->title},
        {"size", "1200x900"},
        {"projection", projection},
        {"extent.around", at},
        {"extent.margin", "225 km"},
        {"incidents.file", table},
        {"incidents.0.size", "killed"},
        {"incidents.0.shape", "circle"},
        {"incidents.0.label", "none"},
        {"incidents.0.overlap", "keep"},
        {"overlays.file", line},
        {"labels.max", "25"},
        {"furniture.graticule", "on"},
        {"furniture.legend", "on"},
        {"furniture.scale_bar", "on"},
    };
    enum incmap_status s = INCMAP_OK;
    for (size_t i = 0; s == INCMAP_OK && i < sizeof settings / sizeof *settings; i++) {
        s = incmap_job_set(job, settings[i][0], settings[i][1], &b->err);
    }
    return s;
}

static enum incmap_status draw(struct batch *b, const struct figure *f) {
    struct incmap_job *job = NULL;
    char file[512];
    snprintf(file, sizeof file, "%s/%s.png", b->out, f->id);
    enum incmap_status s = incmap_job_new(b->atlas, &job, &b->err);
    if (s == INCMAP_OK) {
        s = set_all(b, f, job);
    }
    if (s == INCMAP_OK) {
        s = incmap_job_run(job, &b->err);
    }
    if (s == INCMAP_OK) {
        s = incmap_job_write(job, file, &b->err);
    }
    incmap_job_free(job);
    return s;
}

static enum incmap_status draw_all(struct batch *b, long first, long count) {
    char row[512], path[512];
    struct figure f;
    enum incmap_status s = INCMAP_OK;
    snprintf(path, sizeof path, "%s/batch.tsv", b->works);
    FILE *jobs = fopen(path, "r");
    if (jobs == NULL || fgets(row, sizeof row, jobs) == NULL) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(3);
    }
    for (long i = 0; s == INCMAP_OK && fgets(row, sizeof row, jobs) != NULL; i++) {
        if (sscanf(row, "%15[^\t]\t%31[^\t]\t%31[^\t]\t%127[^\n]", f.id, f.lon, f.lat,
                   f.title) != 4) {
            fprintf(stderr, "%s: bad row %ld\n", path, i + 1);
            exit(3);
        }
        if (i >= first && (count == 0 || i < first + count)) {
            s = draw(b, &f);
        }
    }
    fclose(jobs);
    return s;
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: batch GEODATA WORKS OUT [FIRST [COUNT]]\n");
        return 2;
    }
    struct batch b = {.works = argv[2], .out = argv[3]};
    enum incmap_status s = incmap_atlas_open(argv[1], NULL, &b.atlas, &b.err);
    if (s == INCMAP_OK) {
        s = draw_all(&b, argc > 4 ? atol(argv[4]) : 0, argc > 5 ? atol(argv[5]) : 0);
    }
    if (s != INCMAP_OK) {
        fprintf(stderr, "%s: %s\n", b.err.source, b.err.message);
    }
    incmap_atlas_close(b.atlas);
    return (int)s;
}
