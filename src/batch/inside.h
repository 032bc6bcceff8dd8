/* What the parts of batch share; private to the room. */
#ifndef IM_BATCH_INSIDE_H
#define IM_BATCH_INSIDE_H

#include "base/buf.h"
#include "base/error.h"
#include "batch/batch.h"
#include <stdint.h>
#include <sys/types.h>

#define IM_STREAM_JOB_BYTES ((size_t)64 << 20) /* what one job of a stream may take */

/* 1. Rows of jobs (rows.c, json.c). */

/* A row: cells by column; NULL = the row does not say. */
struct batch_row {
    const char **cell;
    size_t cells;  /* columns known when it was read; more may have come since */
    unsigned line; /* of the jobs file, 0 = none */
    struct incmap_error *error; /* why it cannot be read; NULL = it can */
    const char *id;             /* of a stream: raw JSON to answer with, or NULL */
};

struct batch_rows {
    struct im_arena *arena;
    const char *file; /* for messages */
    const char **column;
    size_t columns, column_cap;
    unsigned *named; /* line in which a column was first named */
    size_t named_n, named_cap;
    unsigned line; /* being read */
    struct batch_row *v;
    size_t n, cap;
};

/* Column of this name, added when there is none. */
size_t batch_column(struct batch_rows *rows, const char *name);
void batch_set_cell(struct batch_rows *rows, struct batch_row *row, const char *name,
                    const char *value);
/* "" when the row does not say. */
const char *batch_cell(const struct batch_row *row, size_t column);
/* All rows of a .csv, .tsv or .jsonl file. Errors: USAGE, INPUT, LIMIT. */
enum incmap_status batch_rows_read(struct batch_rows *rows, const char *file,
                                   struct incmap_error *err);
/* One line of JSON as a row. Rows that are no object carry their error. */
struct batch_row batch_row_of_json(struct batch_rows *rows, const char *text, size_t n,
                                   unsigned line);

/* A key of a JSON object with its value: text as incmap_job_set takes it. */
struct batch_field {
    const char *key, *text;
    const char *raw; /* as it stands */
    bool is_null;
};
/* The keys of one JSON object, by incmap_object_read. `err` may be NULL. Errors: INPUT
 * with the column, LIMIT. */
struct batch_object {
    struct batch_field *v;
    size_t n, cap;
};
INCMAP_MUST_CHECK enum incmap_status batch_json_read(struct im_arena *arena,
                                                     const char *text, size_t n,
                                                     struct batch_object *out,
                                                     struct incmap_error *err);
const char *batch_json_get(const struct batch_object *object, const char *key);
void batch_json_string(struct im_buf *out, const char *text);

/* 2. Figures (figures.c, fill.c, names.c, decide.c). */

enum batch_state {
    BATCH_WAITING,
    BATCH_CURRENT, /* up to date, left alone */
    BATCH_DRAWN,
    BATCH_BAD /* failed */
};

struct batch_figure {
    size_t map;   /* of the options' maps */
    size_t index; /* among all jobs, whatever the shard */
    const char *name;
    unsigned line;
    const char *id;
    struct batch_setting *settings;
    size_t setting_count;
    const char **output; /* paths below the folder */
    size_t outputs;
    const char *digest; /* NULL = not needed to know that it must be drawn */
    const char *why;    /* it has to be drawn, or "up to date" */
    enum batch_state state;
    struct incmap_error *error; /* NULL = none */
    int tries;
    double seconds;
    bool named;          /* its job says how its files are called */
    const char *renamed; /* but they are not; why, or NULL */
    bool warned, bare;   /* its file tells of warnings; that it shows no incident */
};

struct batch_figures {
    struct batch_figure *v;
    size_t n, cap;
};

struct batch_worker;

/* What of a map file has been read, for all workers that are forked later. */
enum batch_map_state {
    BATCH_MAP_UNREAD,
    BATCH_MAP_OPEN, /* all but its own table of incidents */
    BATCH_MAP_READ
};

struct batch {
    struct im_arena *arena;
    const struct batch_options *options;
    struct incmap_job **map; /* one template a map file */
    const char **map_name;   /* without folder and ending */
    enum batch_map_state *map_open;
    size_t maps;
    struct batch_rows rows;
    struct batch_figures figures; /* of this shard */
    size_t total;                 /* of all shards */
    struct batch_worker *crew;    /* of the pool */
    size_t crew_n;
};

/* Every row on every map as a figure, with its name and files. Errors: USAGE, INPUT. */
enum incmap_status batch_figures_make(struct batch *b, struct incmap_error *err);
/* One figure of a stream. */
struct batch_figure batch_figure_of(struct batch *b, size_t map,
                                    const struct batch_row *row);
/* Are all columns keys of a map file, or used by a {column}? Errors: USAGE. */
enum incmap_status batch_columns_check(struct batch *b, struct incmap_error *err);
/* `text` with {column} replaced; *bad is the name that is no column, or NULL. */
const char *batch_fill(struct batch *b, const char *text, const struct batch_row *row,
                       const char **bad);
/* Was it given another name than its job says? The finding that tells it. */
bool batch_renamed(const struct batch *b, const struct batch_figure *f,
                   struct incmap_finding *out);
bool batch_uses(const char *text, const char *column);
/* The figure's job, ready to run; *out is the caller's. */
enum incmap_status batch_job_of(const struct batch *b, const struct batch_figure *f,
                                struct incmap_job **out, struct incmap_error *err);
/* Must it be drawn, and why? Sets state, digest, why; a failure is kept in it. */
void batch_decide(struct batch *b, struct batch_figure *f);
/* An error without a file is of the figure's row. */
void batch_point(const struct batch *b, const struct batch_figure *f,
                 struct incmap_error *err);
/* A copy of an error, which is large: few have one. */
struct incmap_error *batch_kept(struct im_arena *arena, const struct incmap_error *err);
void batch_fail(struct im_arena *arena, struct batch_figure *f,
                const struct incmap_error *err);
/* Text as part of a file name, at most `longest` bytes. */
char *batch_stem(struct im_arena *arena, const char *text, size_t longest);
/* Names (names.c): outputs are made safe, distinct and below the folder. */
void batch_names_make(struct batch *b);
bool batch_outputs_of(struct batch *b, struct batch_figure *f,
                      const struct batch_row *row, struct incmap_error *err);
const char *batch_path(struct im_arena *arena, const char *dir, const char *output);
/* The folder that an output lies in. */
const char *batch_folder(const struct batch *b, const char *output);
/* Remove what a worker that is gone left behind beside the figure's outputs. */
void batch_sweep(const struct batch *b, const struct batch_figure *f);

/* 3. Workers (pool.c, worker.c). */

struct batch_worker {
    pid_t pid; /* 0 = none */
    int to, from;
    size_t figure; /* in hand; SIZE_MAX = idle */
    size_t queued; /* in its pipe behind that; SIZE_MAX = none */
    size_t served; /* figures so far */
    double since;  /* it has the figure in hand, monotonic seconds */
    double took;   /* the last figure, s; 0 = none yet */
    char *got;     /* what has been read of the answer */
    size_t got_n;
};

struct batch_answer {
    enum incmap_status status;
    double seconds; /* it took; the parent may hear of it late */
    struct incmap_error error;
};

enum { BATCH_ANSWER_BYTES = sizeof(struct batch_answer) };

/* In the child: read requests until the pipe is closed, never returns. */
_Noreturn void batch_worker_main(struct batch *b, int in, int out);
/* Request of a figure as bytes. */
void batch_request(struct im_buf *out, const struct batch_figure *f);
/* A worker of the crew, in a process of its own (crew.c). False when the system has
 * no more processes or pipes. */
bool batch_hire(struct batch *b, struct batch_worker *w);
/* In another child: close the pipes of the crew. */
void batch_crew_forget(struct batch *b);
/* Wait for the end of a worker, killed or not; status as waitpid says, may be NULL. */
void batch_bury(struct batch_worker *w, bool kill_it, int *status);
/* Tell a worker to go when it is done; batch_bury waits for it. */
void batch_dismiss(struct batch_worker *w);

/* What the pool calls: next figure to draw, SIZE_MAX = none now; `more` false when
 * there will be none. */
struct batch_source {
    size_t (*next)(void *self, bool *more);
    void (*done)(void *self, struct batch_figure *f);
    void (*tick)(void *self);
    size_t (*left)(void *self); /* that `next` will still give; NULL = not known: none
                                 * is to wait behind another */
    int watch_fd;               /* also wait for this to be readable; -1 = none */
    void *self;
};
/* Draw all that the source gives. False when interrupted. The workers may still be on
 * their way home: batch_crew_end waits for them. */
bool batch_pool(struct batch *b, const struct batch_source *source);
void batch_crew_end(struct batch *b);
extern volatile int batch_signals; /* interrupts so far */
double batch_now(void);            /* monotonic seconds */

/* Figures are flushed to the disk beside the drawing (flush.c). */
struct batch_flush {
    pid_t pid;   /* 0 = none */
    double last; /* was started, monotonic seconds */
};
/* Begin to flush the disk that holds the folder, unless a flush is under way. */
void batch_flush_start(struct batch_flush *f, struct batch *b);
/* Wait for the flush, if any; not for that of a disk that hangs, once interrupted
 * twice. */
void batch_flush_end(struct batch_flush *f);

/* 4. Progress and reports. */

struct batch_progress_state {
    const struct batch *b;
    double start, shown;
    size_t total, done, failed, current, drawn;
    size_t untried; /* of those done: up to date, or no job */
    bool bar, open;
    const struct incmap_error *last; /* error that was told, and how often since */
    size_t alike;
    size_t told, untold; /* errors that differ: printed, and beyond the most */
};
void batch_progress_start(struct batch_progress_state *p, const struct batch *b);
void batch_progress_figure(struct batch_progress_state *p,
                           const struct batch_figure *f);
/* The pool has ended undisturbed: what still waits is an error. */
void batch_progress_lost(struct batch_progress_state *p, struct batch *b);
void batch_progress_show(struct batch_progress_state *p, bool now);
void batch_progress_end(struct batch_progress_state *p);

/* One figure as a line of JSON, read back from its files, as are warned and bare. */
void batch_entry(struct batch *b, struct im_buf *out, struct batch_figure *f);
/* report.json and report.html, or those of the shard. */
struct batch_totals {
    size_t all, count[4]; /* by state */
    double seconds;
    bool complete;
};
struct im_writer;
struct batch_report_writer {
    struct im_arena *arena;
    struct im_writer *json, *page;
    struct incmap_error *err;
    enum incmap_status status; /* the first failure */
};
enum incmap_status batch_report_begin(struct batch_report_writer *w,
                                      struct im_arena *arena, const char *dir,
                                      const char *name, struct incmap_error *err);
void batch_report_head(struct batch_report_writer *w, const char *title,
                       const struct batch_totals *totals, const char *shard);
void batch_report_entry(struct batch_report_writer *w, const char *line, size_t n,
                        bool last);
enum incmap_status batch_report_end(struct batch_report_writer *w);
/* "report", or "report-K-of-N" of a shard. */
const char *batch_report_name(const struct batch *b);
const char *batch_state_text(const struct batch_figure *f);
enum incmap_status batch_report(struct batch *b, bool complete, double seconds,
                                struct incmap_error *err);
int batch_stream(struct batch *b, struct incmap_error *err);

#endif
