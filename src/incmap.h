/*
 * incmap: incidents to publication-quality maps.
 *
 * The only public header. All types are opaque; all text is UTF-8; angles are degrees
 * (longitude positive east, latitude positive north), distances metres unless the name
 * says km, page lengths points.
 *
 * The library never prints, exits, or reads environment, clock or locale. An atlas with
 * all its jobs and locators may be used from one thread at a time (its files are opened
 * when first needed); other threads and processes open their own.
 *
 * Life of a figure:
 *   incmap_atlas_open -> incmap_job_new -> incmap_job_load / incmap_job_set ->
 *   incmap_job_run -> incmap_job_write (any number of files) -> incmap_job_free.
 */
#ifndef INCMAP_H
#define INCMAP_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define INCMAP_VERSION "0.1.0"

#if defined(__GNUC__)
#define INCMAP_API __attribute__((visibility("default")))
#define INCMAP_MUST_CHECK __attribute__((warn_unused_result))
#else
#define INCMAP_API
#define INCMAP_MUST_CHECK
#endif

/* Families of failure. The program's exit codes are these numbers. */
enum incmap_status {
    INCMAP_OK = 0,
    INCMAP_E_STRICT = 1,     /* findings, and the caller asked for strictness */
    INCMAP_E_USAGE = 2,      /* wrong request: option, key or value */
    INCMAP_E_INPUT = 3,      /* a user's file is missing or malformed */
    INCMAP_E_GEODATA = 4,    /* bundled data is missing or damaged */
    INCMAP_E_PLACE = 5,      /* a name is unknown or ambiguous */
    INCMAP_E_PROJECTION = 6, /* a CRS is unknown or has no image of the extent */
    INCMAP_E_OUTPUT = 7,     /* an output file cannot be written */
    INCMAP_E_LIMIT = 8,      /* memory or a stated ceiling is exhausted */
    INCMAP_E_BUG = 70        /* our mistake */
};

/* Details of a failure; filled by the function that failed. */
struct incmap_error {
    enum incmap_status status;
    char message[480]; /* one line, lower case, no full stop */
    char source[256];  /* file name, or "" */
    unsigned line;     /* 1-based, 0 = not known */
    unsigned column;   /* 1-based in bytes, 0 = not known */
    long record;       /* binary files: 0-based record, -1 = none */
};

enum incmap_severity { INCMAP_NOTE, INCMAP_WARNING, INCMAP_ERROR };

/* Something that the reader of the figure must know: nothing is skipped in silence. */
struct incmap_finding {
    const char *code; /* stable, e.g. "place-ambiguous"; listed in the README of base */
    enum incmap_severity severity;
    const char *file; /* "" when it concerns no file */
    unsigned line, column;
    long record; /* -1 = none */
    const char *message;
    const char *help; /* what to do; "" when there is nothing to do */
};

struct incmap_atlas; /* bundled geodata and gazetteer, read-only */
struct incmap_job;   /* one figure in the making */

/* Version of the library, "MAJOR.MINOR.PATCH". Never NULL, static. */
INCMAP_API const char *incmap_version(void);

/* Versions of the libraries beneath, for bug reports: "cairo 1.16.0, ...". Never NULL,
 * the thread's own. */
INCMAP_API const char *incmap_components(void);

/* One lower-case phrase for a status. Never NULL, static. */
INCMAP_API const char *incmap_status_text(enum incmap_status status);

/*
 * Open the bundled data in directory `dir` (not NULL). `font_dir` is the folder of the
 * Noto Sans files, NULL for the system's usual one. On success *out is the caller's, to
 * be freed with incmap_atlas_close; on failure *out is NULL. `err` may be NULL. Errors:
 * GEODATA, LIMIT.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_atlas_open(
    const char *dir, const char *font_dir, struct incmap_atlas **out,
    struct incmap_error *err);
INCMAP_API void incmap_atlas_close(struct incmap_atlas *atlas); /* NULL is ignored */

/* A job on an atlas, which must outlive it. Errors: LIMIT. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_new(
    const struct incmap_atlas *atlas, struct incmap_job **out,
    struct incmap_error *err);
INCMAP_API void incmap_job_free(struct incmap_job *job); /* NULL is ignored */

/* Read a map file; paths in it are relative to it. Errors: INPUT, USAGE, LIMIT. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_load(
    struct incmap_job *job, const char *map_file, struct incmap_error *err);

/*
 * Set a map-file key by its dotted path ("title", "extent.margin", "incidents.0.size");
 * list keys without an index append ("incidents.file", "overlays.file",
 * "extent.around"). The value is text as it would stand in the map file; paths are
 * relative to the working directory. Settings win over the map file, whichever comes
 * first. Errors: USAGE.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_set(
    struct incmap_job *job, const char *key, const char *value,
    struct incmap_error *err);

/*
 * A new job with the map file and the settings of `from`, which must not have been run
 * and must outlive it: figures by the thousand read one map file once. Errors: those of
 * load and set, LIMIT.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_copy(
    struct incmap_job *from, struct incmap_job **out, struct incmap_error *err);

/* Is `key` a dotted path that incmap_job_set takes, whatever the value? Errors: USAGE
 * with the nearest key. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_knows(
    struct incmap_job *job, const char *key, struct incmap_error *err);

/* The text in force of a key that holds one ("title", "where", "labels.list"), "" when
 * none was given; NULL for other keys. Borrowed until the job changes. */
INCMAP_API const char *incmap_job_text(struct incmap_job *job, const char *key);

/*
 * Read, resolve, project and lay out. Findings are kept also on failure.
 * Errors: all families but OUTPUT.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_run(
    struct incmap_job *job, struct incmap_error *err);

/*
 * Could a file be written to `path`? Before the run: settings and map file are known,
 * no work is done, nothing is touched. Errors: OUTPUT (no such folder, not writable, a
 * folder, link or device in its place), USAGE (it is an input of the figure).
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_check(
    struct incmap_job *job, const char *path, struct incmap_error *err);

/*
 * The digest of all that goes into the figure, known without drawing it: five parts of
 * 16 hexadecimal digits, "settings-rows-files-geodata-program", so that two digests
 * tell what has changed. Files are read once for all jobs of an atlas as long as they
 * do not change. The text is the job's. Errors: INPUT, USAGE, LIMIT.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_digest(
    struct incmap_job *job, const char **digest, struct incmap_error *err);

/*
 * The short account of a figure that has been run, as one JSON object: digest, title,
 * alt (alternative text), width, height, incidents, placed, sources, files, findings.
 * Every figure carries it. The text is the job's. Errors: USAGE (not run), LIMIT.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_summary(
    struct incmap_job *job, const char **json, struct incmap_error *err);

struct incmap_record; /* what a figure file says about itself */

/*
 * Read the account back from a .png, .svg or .pdf without decoding the figure. *out is
 * the caller's, freed with incmap_record_free; NULL when the file is missing or carries
 * none, which is no error. Errors: LIMIT.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_record_read(
    const char *path, struct incmap_record **out, struct incmap_error *err);
INCMAP_API const char *incmap_record_digest(const struct incmap_record *record);
INCMAP_API const char *incmap_record_summary(const struct incmap_record *record);
INCMAP_API void incmap_record_free(struct incmap_record *record); /* NULL is ignored */

/*
 * Draw the figure to `path`; the format follows the extension: .png, .svg or .pdf. The
 * file appears whole or not at all; an existing one is untouched on failure.
 * Errors: OUTPUT, USAGE (unknown extension, an input of the figure, margins of a PDF
 * that leave no room), LIMIT (more than 80 million pixels, or a page too large for
 * PDF).
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_write(
    struct incmap_job *job, const char *path, struct incmap_error *err);

/*
 * The figure as bytes in memory; format "png", "svg" or "pdf". *data is the job's,
 * valid until it is freed. Errors: USAGE (unknown format), LIMIT, BUG.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_encode(
    struct incmap_job *job, const char *format, const void **data, size_t *size,
    struct incmap_error *err);

/* Output files named by the map file, in its order, NULL beyond the last one. Borrowed
 * until the job changes. */
INCMAP_API size_t incmap_job_output_count(const struct incmap_job *job);
INCMAP_API const char *incmap_job_output(const struct incmap_job *job, size_t i);

/*
 * What passes between two rooms, as text: which = "incidents", "places", "projection"
 * (the rule that chose it, its distortion) or "scene"; before or after the run also
 * "style": every colour, width and size in force, with its meaning, as the style{} of a
 * map file.
 * *text is the job's, valid until it is freed. Errors: USAGE.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_dump(
    struct incmap_job *job, const char *which, const char **text,
    struct incmap_error *err);

/* Findings so far, in order of discovery; borrowed until the job is freed. Beyond the
 * last one all fields are zero. */
INCMAP_API size_t incmap_job_finding_count(const struct incmap_job *job);
INCMAP_API struct incmap_finding incmap_job_finding(const struct incmap_job *job,
                                                    size_t i);

/*
 * The report as JSON (version, status, outputs, findings, counts). `outcome` is what
 * the caller got from run or write, `why` the error with it (NULL when there was none).
 * The text is the job's. Never fails: NULL only when memory is exhausted.
 */
INCMAP_API const char *incmap_job_report(struct incmap_job *job,
                                         enum incmap_status outcome,
                                         const struct incmap_error *why);

struct incmap_table; /* rows of a table */

/* A row of a table. count 0 = there are no more. */
struct incmap_row {
    const char *const *cell; /* texts, never NULL; the table's until it is closed */
    size_t count;
    unsigned line; /* 1-based */
};

/* Open a CSV or TSV file; *out is the caller's, freed with incmap_table_close, NULL on
 * failure. Errors: INPUT, LIMIT. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_table_open(
    const char *file, struct incmap_table **out, struct incmap_error *err);
INCMAP_API void incmap_table_close(struct incmap_table *table); /* NULL is ignored */
/* The next row, first the header. A row that cannot be read is an error; the next call
 * goes on behind it. Errors: INPUT, LIMIT. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_table_next(
    struct incmap_table *table, struct incmap_row *row, struct incmap_error *err);

/*
 * What figures one can make of a job's incidents, one for each part: by = "country",
 * "admin1", "category", "day", "week" or "month". Call `each` for every part with its
 * name and the settings that make it ("facet", "from", "to"), `count` pairs of key and
 * value; stop when it returns non-zero. Errors: USAGE (unknown word), INPUT (the tables
 * have no such column), LIMIT.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_facets(
    struct incmap_job *job, const char *by,
    int (*each)(void *self, const char *name, const char *const *settings,
                size_t count),
    void *self, struct incmap_error *err);

/*
 * Text as part of a file name: letters of any script in lower case without marks,
 * digits and hyphens; so two names that a file system may take for one come out the
 * same. At most size - 1 bytes, cut between characters, NUL-terminated; returns the
 * length, 0 when nothing is left.
 */
INCMAP_API size_t incmap_file_name(const char *text, char *out, size_t size);

/* How to look a name up. Zero-initialise; every field may stay empty. */
struct incmap_query {
    const char *name;           /* the name as written; not NULL */
    const char *country;        /* ISO 3166 alpha-2: hard filter, or NULL */
    const char *kind;           /* settlement|region|country|water|other, or NULL */
    const char *as_of;          /* ISO date, or NULL */
    const char *const *context; /* names resolved in the same text, or NULL */
    size_t context_count;
    const char *near; /* "LON,LAT" or a place name, or NULL */
    size_t limit;     /* candidates at most; 0 = 10 */
};

enum incmap_format { INCMAP_TABLE, INCMAP_TSV, INCMAP_JSON };

struct incmap_locator; /* answers names */

/*
 * A locator over the bundled places with `count` files of the user's before them (the
 * first given wins ties; `gazetteers` may be NULL when count is 0). The atlas must
 * outlive it; *out is the caller's, freed with incmap_locator_free, NULL on failure.
 * Bad rows are findings. Errors: GEODATA, INPUT, LIMIT.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_locator_new(
    const struct incmap_atlas *atlas, const char *const *gazetteers, size_t count,
    struct incmap_locator **out, struct incmap_error *err);
INCMAP_API void incmap_locator_free(struct incmap_locator *locator);

/*
 * Resolve one name and append the answer to the locator's text in `format`. *found is 1
 * when the status is ok, 0 when unknown or ambiguous (not an error). Errors: USAGE,
 * LIMIT.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_locate(
    struct incmap_locator *locator, const struct incmap_query *query,
    enum incmap_format format, int *found, struct incmap_error *err);

/* Take the text written so far (with the TSV header first); the locator's, valid until
 * the next call. */
INCMAP_API const char *incmap_locator_text(struct incmap_locator *locator,
                                           size_t *length);
INCMAP_API size_t incmap_locator_finding_count(const struct incmap_locator *locator);
INCMAP_API struct incmap_finding incmap_locator_finding(
    const struct incmap_locator *locator, size_t i);

#ifdef __cplusplus
}
#endif
#endif
