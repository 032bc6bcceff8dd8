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
 * GEODATA, LIMIT. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_atlas_open(
    const char *dir, const char *font_dir, struct incmap_atlas **out,
    struct incmap_error *err);
/* A folder in which compiled forms of users' gazetteers may be kept (made when needed;
 * NULL = none, as at first). One that cannot be written costs time, nothing else. */
INCMAP_API void incmap_atlas_cache(struct incmap_atlas *atlas, const char *folder);
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
 * first. One that fails is not forgotten: the run fails with it, and so does any set
 * after it; begin a new job. Errors: USAGE. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_set(
    struct incmap_job *job, const char *key, const char *value,
    struct incmap_error *err);

/*
 * A new job with the map file and the settings of `from`, which must not have been run
 * and must outlive it: figures by the thousand read one map file once. Errors: those of
 * load and set, LIMIT. */
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
 * Errors: all families but OUTPUT. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_run(
    struct incmap_job *job, struct incmap_error *err);

/*
 * Could a file be written to `path`? Before the run: settings and map file are known,
 * no work is done, nothing is touched. Errors: OUTPUT (no such folder, not writable, a
 * folder, link or device in its place), USAGE (it is an input of the figure).
 * With `path` NULL: could the figure be drawn? Reads, resolves and finds the extent as
 * incmap_job_run does, with its errors and findings; the job cannot be run afterwards.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_check(
    struct incmap_job *job, const char *path, struct incmap_error *err);

/*
 * The digest of all that goes into the figure, known without drawing it: five parts of
 * 16 hexadecimal digits, "settings-rows-files-geodata-program", so that two digests
 * tell what has changed. Files are read once for all jobs of an atlas as long as they
 * do not change. The text is the job's. Errors: INPUT, USAGE, LIMIT. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_digest(
    struct incmap_job *job, const char **digest, struct incmap_error *err);

/* What a figure file says about itself. */
struct incmap_record {
    const char *digest; /* as incmap_job_digest gave it */
    /* One JSON object: digest, title, alt (alternative text), width, height, incidents,
     * placed, sources, files, findings. */
    const char *summary;
};

/*
 * Read the account back from a .png, .svg or .pdf without decoding the figure. *out is
 * the caller's, freed with incmap_record_free; NULL when the file is missing, cut short
 * or carries none, which is no error. Errors: LIMIT. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_record_read(
    const char *path, struct incmap_record **out, struct incmap_error *err);
INCMAP_API void incmap_record_free(struct incmap_record *record); /* NULL is ignored */

/*
 * Draw the figure to `path`; the format follows the extension: .png, .svg or .pdf. The
 * file appears whole or not at all; an existing one is untouched on failure.
 * Errors: OUTPUT, USAGE (unknown extension, an input of the figure, margins of a PDF
 * that leave no room), LIMIT (more than 80 million pixels, or a page too large for
 * PDF). */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_write(
    struct incmap_job *job, const char *path, struct incmap_error *err);

/*
 * The figure as bytes in memory; format "png", "svg" or "pdf". *data is the job's,
 * valid until it is freed. Errors: USAGE (unknown format), LIMIT, BUG. */
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

/* The report as JSON (version, status, outputs, findings, counts). `outcome` is what
 * the caller got from run or write, `why` the error with it (NULL when there was none).
 * The text is the job's. Never fails: NULL only when memory is exhausted. */
INCMAP_API const char *incmap_job_report(struct incmap_job *job,
                                         enum incmap_status outcome,
                                         const struct incmap_error *why);

/* A row of a table. */
struct incmap_row {
    const char *const *cell; /* texts, never NULL */
    size_t count;
    unsigned line;                  /* 1-based */
    const struct incmap_error *bad; /* why it is unreadable, then count is 0; or NULL */
};

/* Read a CSV or TSV file: call each(self, row) for every row, first the header; the
 * row's texts last until the call returns; stop when it returns non-zero. Errors:
 * INPUT, LIMIT. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_table_read(
    const char *file, int (*each)(void *self, const struct incmap_row *row), void *self,
    struct incmap_error *err);

/* Read one JSON object of n bytes: call each(self, key, text, raw) for its members in
 * order: the value as incmap_job_set takes it (NULL: null) and as it stands; texts last
 * until the call returns; stop when it returns non-zero. Errors: INPUT with the column
 * (also a key that stands twice; some members may have been told then), LIMIT. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_object_read(
    const char *text, size_t n,
    int (*each)(void *self, const char *key, const char *text, const char *raw),
    void *self, struct incmap_error *err);

/* What figures one can make of a job's incidents, one for each part: by = "country",
 * "admin1", "category", "day", "week" or "month". Call `each` for every part with its
 * name and the settings that make it ("facet", "from", "to"), `count` pairs of key and
 * value; the last pair, "part", is no setting but how a title says the part in the
 * map's language ("13–19 July 2020"); stop when it returns non-zero. Errors: USAGE
 * (unknown word), INPUT (the tables have no such column), LIMIT. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_job_facets(
    struct incmap_job *job, const char *by,
    int (*each)(void *self, const char *name, const char *const *settings,
                size_t count),
    void *self, struct incmap_error *err);

/* Text as part of a file name: letters of any script in lower case without marks,
 * digits and hyphens; so two names that a file system may take for one come out the
 * same. At most size - 1 bytes, cut between characters, NUL-terminated; returns the
 * length, 0 when nothing is left. */
INCMAP_API size_t incmap_file_name(const char *text, char *out, size_t size);

/* How to look a name up. Zero-initialise; every field may stay empty. */
struct incmap_query {
    const char *name;           /* the name as written; not NULL */
    const char *country;        /* ISO 3166 alpha-2: hard filter, or NULL */
    const char *kind;           /* settlement|region|country|water|other, or NULL */
    const char *as_of;          /* ISO date, or NULL */
    const char *const *context; /* names resolved in the same text, or NULL */
    size_t context_count;
    const char *near;  /* "LON,LAT" or a place name, or NULL */
    const char *bbox;  /* "W,S,E,N" in degrees: a hint, or NULL */
    size_t limit;      /* candidates at most; 0 = 10 */
    const char *table; /* file that the name stands in, for contexts of pins, or NULL */
    int propose;       /* not 0: propose pins when it is ambiguous */
};

enum incmap_format { INCMAP_TABLE, INCMAP_TSV, INCMAP_JSON };

struct incmap_locator; /* answers names */

/* A locator over the bundled places with `count` files of the user's before them (the
 * first given wins ties; `gazetteers` may be NULL when count is 0). The atlas must
 * outlive it; *out is the caller's, freed with incmap_locator_free, NULL on failure.
 * Bad rows are findings. Errors: GEODATA, INPUT, LIMIT. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_locator_new(
    const struct incmap_atlas *atlas, const char *const *gazetteers, size_t count,
    struct incmap_locator **out, struct incmap_error *err);
INCMAP_API void incmap_locator_free(struct incmap_locator *locator);

/* Lay a file of pins over the locator's places (incmap-gazetteer(5)): names that a
 * person has settled go before all that is looked up. A second file takes the place of
 * the first. Bad rows and pins that no longer fit are findings. Errors: INPUT, LIMIT.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_locator_pin(
    struct incmap_locator *locator, const char *file, struct incmap_error *err);

/* Resolve one name and append the answer to the locator's text in `format`. *found is 1
 * when the status is ok, 0 when unknown or ambiguous (not an error). Errors: USAGE,
 * LIMIT. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_locate(
    struct incmap_locator *locator, const struct incmap_query *query,
    enum incmap_format format, int *found, struct incmap_error *err);

/* How one name is resolved, appended to the locator's text for people to read: query,
 * forms tried, each candidate with its score term by term, the rule that decided, what
 * to do. *found and errors as incmap_locate. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_explain(
    struct incmap_locator *locator, const struct incmap_query *query, int *found,
    struct incmap_error *err);

/* Take the text written so far (with the TSV header first); the locator's, valid until
 * the next look-up, which begins a new text. */
INCMAP_API const char *incmap_locator_text(struct incmap_locator *locator,
                                           size_t *length);

/* Take the pins proposed so far, likewise: for each ambiguous name its candidates as
 * rows of a pins file, all but the best set aside by #, unsigned. */
INCMAP_API const char *incmap_locator_proposals(struct incmap_locator *locator,
                                                size_t *length);

/*
 * Add `length` bytes of proposals (any number of them joined) to the pins file `path`,
 * made when there is none: existing lines stay as they are, a name that already has a
 * row there (set aside or not) gets no other, each name one. *added is the number of
 * names. The file appears whole or not at all. Errors: INPUT (the file is no text),
 * OUTPUT, LIMIT.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_pins_extend(
    const char *path, const char *proposals, size_t length, size_t *added,
    struct incmap_error *err);
/* How many names the locator has answered so far, by incmap_locate. */
struct incmap_tally {
    size_t ok, alike; /* alike: of those that are ok, by sound or spelling */
    size_t ambiguous, unknown;
};
INCMAP_API struct incmap_tally incmap_locator_tally(
    const struct incmap_locator *locator);
INCMAP_API size_t incmap_locator_finding_count(const struct incmap_locator *locator);
INCMAP_API struct incmap_finding incmap_locator_finding(
    const struct incmap_locator *locator, size_t i);

struct incmap_gazetteer; /* what a gazetteer task found */

/* Sources of places to compile or to check. Zero-initialise; only sources are needed,
 * and `output` for a build. */
struct incmap_gazetteer_task {
    const char *const *sources; /* GeoNames, CSV, GeoJSON, Who's On First, shapefiles */
    size_t source_count;
    const char *output;     /* the compiled file */
    const char *name_field; /* of shapefiles and GeoJSON, or NULL: the likely one */
    const char *licence;    /* of sources that do not tell theirs, or NULL */
    unsigned threads;       /* that may work on it; 0 = 1 */
    /* Called now and then with the bytes done of a source; may be NULL. */
    void (*progress)(void *self, const char *source, uint64_t done, uint64_t whole);
    void *progress_self;
};

/*
 * Compile sources into one file that is opened at once, whatever its size; the file
 * appears whole or not at all, and is the same for the same sources. Rows that cannot
 * be kept are findings, at most 10 a file listed, the rest counted. *out is the
 * caller's also on failure (NULL without memory), freed with incmap_gazetteer_free.
 * Errors: USAGE (the output is a source), INPUT, OUTPUT, GEODATA, LIMIT.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_gazetteer_build(
    const struct incmap_atlas *atlas, const struct incmap_gazetteer_task *task,
    struct incmap_gazetteer **out, struct incmap_error *err);
/*
 * Look sources over before they are used: everything that a build would report, and
 * doubles, swapped or impossible coordinates, names in the wrong script, positions
 * outside the country that they name, as findings. Also a compiled file. Errors: INPUT,
 * GEODATA, LIMIT.
 */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_gazetteer_check(
    const struct incmap_atlas *atlas, const struct incmap_gazetteer_task *task,
    struct incmap_gazetteer **out, struct incmap_error *err);
/* Describe a compiled file, which is read as a whole: damage is an error. Errors:
 * INPUT, LIMIT. */
INCMAP_API INCMAP_MUST_CHECK enum incmap_status incmap_gazetteer_info(
    const char *file, struct incmap_gazetteer **out, struct incmap_error *err);
INCMAP_API void incmap_gazetteer_free(struct incmap_gazetteer *gazetteer);

/* What the task has to say, for people; borrowed. */
INCMAP_API const char *incmap_gazetteer_text(const struct incmap_gazetteer *gazetteer);
INCMAP_API size_t
incmap_gazetteer_finding_count(const struct incmap_gazetteer *gazetteer);
INCMAP_API struct incmap_finding incmap_gazetteer_finding(
    const struct incmap_gazetteer *gazetteer, size_t i);

#ifdef __cplusplus
}
#endif
#endif
