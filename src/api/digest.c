/*
 * The digest of all that goes into a figure, known before it is drawn: five parts of 16
 * hexadecimal digits (of a SHA-256), "settings-rows-files-geodata-program", so that two
 * of them tell what has changed.
 */
#include "api/job.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/limits.h"
#include <string.h>

enum { PART = 16 };

static void add_part(struct im_buf *out, const void *data, size_t n) {
    char hex[65];
    im_sha256(data, n, hex);
    im_buf_fmt(out, "%s%.*s", out->len > 0 ? "-" : "", PART, hex);
}

void im_job_wishes(struct incmap_job *job) {
    struct im_buf text;
    im_buf_init(&text, job->arena, (size_t)64 << 20);
    job->files = (struct im_strings){0};
    im_spec_tell(job->arena, &job->spec, &text, &job->files);
    job->wishes = text.data;
}

static enum incmap_status add_rows(struct incmap_job *job, struct im_buf *out,
                                   struct incmap_error *err) {
    struct im_buf text;
    enum incmap_status s = INCMAP_OK;
    im_buf_init(&text, job->arena, IM_MAX_JOB_BYTES);
    for (size_t i = 0; s == INCMAP_OK && i < job->spec.incident_count; i++) {
        struct im_table *table = NULL;
        s = im_job_table(job, i, &table, err);
        if (s == INCMAP_OK) {
            s = im_table_tell(job->arena, table, &job->spec, i, &text, err);
        }
    }
    add_part(out, text.data, text.len);
    return s;
}

/* A file that lies beside a shapefile and is read with it, by the first of the endings
 * that there is, as it is looked for there. */
static enum incmap_status add_beside(struct incmap_job *job, struct im_buf *text,
                                     const char *path, const char *const endings[3],
                                     struct incmap_error *err) {
    const char *hex = NULL, *other = "";
    enum incmap_status s = INCMAP_OK;
    for (size_t i = 0; s == INCMAP_OK && hex == NULL && i < 3; i++) {
        other = im_path_ext(job->arena, path, endings[i]);
        s = im_atlas_digest_if_there(job->atlas, other, &hex, err);
    }
    if (s == INCMAP_OK && hex != NULL) {
        im_buf_fmt(text, "%s %s\n", im_path_name(other), hex);
    }
    return s;
}

static enum incmap_status add_file(struct incmap_job *job, struct im_buf *text,
                                   const char *path, struct incmap_error *err) {
    static const char *const beside[][3] = {{"shx", "SHX", "Shx"},
                                            {"dbf", "DBF", "Dbf"},
                                            {"prj", "PRJ", "Prj"},
                                            {"cpg", "CPG", "Cpg"}};
    const char *hex;
    const char *dot = strrchr(path, '.');
    enum incmap_status s = im_atlas_file_digest(job->atlas, path, &hex, err);
    im_buf_fmt(text, "%s %s\n", im_path_name(path), hex);
    bool shapes = dot != NULL && (strcmp(dot, ".shp") == 0 || strcmp(dot, ".SHP") == 0);
    for (size_t i = 0; shapes && s == INCMAP_OK && i < sizeof beside / sizeof *beside;
         i++) {
        s = add_beside(job, text, path, beside[i], err);
    }
    return s;
}

static bool is_table(const struct incmap_job *job, const char *path) {
    for (size_t i = 0; i < job->spec.incident_count; i++) {
        if (job->spec.incidents[i].file == path) {
            return true;
        }
    }
    return false;
}

static enum incmap_status add_files(struct incmap_job *job, struct im_buf *out,
                                    struct incmap_error *err) {
    struct im_buf text;
    enum incmap_status s = INCMAP_OK;
    im_buf_init(&text, job->arena, (size_t)16 << 20);
    for (size_t i = 0; s == INCMAP_OK && i < job->files.n; i++) {
        const char *path = job->files.v[i];
        bool bundled = strpbrk(path, "./") == NULL && !im_file_exists(path);
        if (!bundled && !is_table(job, path)) { // tables count by their rows
            s = add_file(job, &text, path, err);
        }
    }
    add_part(out, text.data, text.len);
    return s;
}

/* Read when drawing, not only when the data are made. */
static bool is_data(const char *name) {
    static const char *const endings[] = {".shp", ".shx", ".dbf", ".prj",
                                          ".cpg", ".tsv", ".gaz"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot != NULL && i < sizeof endings / sizeof *endings; i++) {
        if (strcmp(dot, endings[i]) == 0) {
            return strchr(name, '/') == NULL;
        }
    }
    return false;
}

static void add_size(struct incmap_atlas *atlas, struct im_buf *text,
                     const char *name) {
    struct im_file_mark mark = {0};
    if (is_data(name)) {
        im_file_mark(im_path_join(atlas->arena, atlas->dir, name), &mark);
        im_buf_fmt(text, "%s %llu\n", name, (unsigned long long)mark.size);
    }
}

/* The bundled data: what SHA256SUMS states, and the sizes of its files as they are. */
static enum incmap_status geodata_part(struct incmap_atlas *atlas,
                                       struct incmap_error *err) {
    if (atlas->geodata_part != NULL) {
        return INCMAP_OK;
    }
    struct im_buf text, part;
    struct im_bytes sums = {NULL, 0};
    const char *path = im_path_join(atlas->arena, atlas->dir, "SHA256SUMS");
    im_buf_init(&text, atlas->arena, (size_t)1 << 20);
    im_buf_init(&part, atlas->arena, 256);
    if (im_file_exists(path)) {
        enum incmap_status s =
            im_file_map(atlas->arena, path, INCMAP_E_GEODATA, &sums, err);
        if (s != INCMAP_OK) {
            return s;
        }
    }
    im_buf_add(&text, sums.data, sums.n);
    for (size_t at = 0; at + 66 < sums.n;) {
        const char *line = sums.data + at;
        const char *end = memchr(line, '\n', sums.n - at);
        size_t n = end != NULL ? (size_t)(end - line) : sums.n - at;
        if (n > 66) {
            add_size(atlas, &text, im_strndup(atlas->arena, line + 66, n - 66));
        }
        at += n + 1;
    }
    add_size(atlas, &text, "places.gaz"); // made from listed ones
    add_part(&part, text.data, text.len);
    atlas->geodata_part = part.data;
    return INCMAP_OK;
}

/* The program, the libraries that draw, and the fonts that may be used. */
static enum incmap_status program_part(struct incmap_atlas *atlas,
                                       struct incmap_error *err) {
    if (atlas->program_part != NULL) {
        return INCMAP_OK;
    }
    struct im_buf text, part;
    im_buf_init(&text, atlas->arena, (size_t)1 << 20);
    im_buf_init(&part, atlas->arena, 256);
    im_buf_fmt(&text, "%s\n%s\n", INCMAP_VERSION, incmap_components());
    if (!im_fonts_tell(atlas->arena, atlas->font_dir, &text)) {
        return im_fail(err, INCMAP_E_GEODATA, IM_NOWHERE,
                       "a font file cannot be read (try again)");
    }
    add_part(&part, text.data, text.len);
    atlas->program_part = part.data;
    return INCMAP_OK;
}

enum incmap_status im_job_digest(struct incmap_job *job, struct incmap_error *err) {
    if (job->digest != NULL) {
        return INCMAP_OK;
    }
    struct im_buf b;
    im_buf_init(&b, job->arena, 1024);
    add_part(&b, job->wishes, strlen(job->wishes));
    enum incmap_status s = add_rows(job, &b, err);
    if (s == INCMAP_OK) {
        s = add_files(job, &b, err);
    }
    if (s == INCMAP_OK) {
        s = geodata_part(job->atlas, err);
    }
    if (s == INCMAP_OK) {
        s = program_part(job->atlas, err);
    }
    if (s == INCMAP_OK) {
        im_buf_fmt(&b, "-%s-%s", job->atlas->geodata_part, job->atlas->program_part);
        job->digest = b.data;
    }
    return s;
}

static enum incmap_status digest(void *self, struct incmap_error *err) {
    struct incmap_job *job = self;
    enum incmap_status s = im_job_settle(job, err);
    if (s == INCMAP_OK && job->wishes == NULL) {
        im_job_wishes(job);
    }
    if (s == INCMAP_OK && job->gazetteer == NULL) {
        s = im_atlas_gazetteer(job->atlas, &job->gazetteer, err);
    }
    if (s == INCMAP_OK && !job->ran) {
        im_job_reach(job);
    }
    if (s == INCMAP_OK) {
        s = im_gazetteer_intact(job->gazetteer, err);
    }
    return s == INCMAP_OK ? im_job_digest(job, err) : s;
}

enum incmap_status incmap_job_digest(struct incmap_job *job, const char **out,
                                     struct incmap_error *err) {
    im_error_clear(err);
    enum incmap_status s = im_guard(job->arena, job->atlas->arena, digest, job, err);
    *out = s == INCMAP_OK ? job->digest : NULL;
    return s;
}
