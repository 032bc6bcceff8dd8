/* Names to be answered: who answers, where they come from, how work is shared. */
#ifndef IM_CLI_ASK_H
#define IM_CLI_ASK_H

#include "base/buf.h"
#include "base/file.h"
#include "cli/cli.h"

/* ask.c: places, pins and hints from the options of locate and explain. */
struct cli_asker {
    struct incmap_atlas *atlas;
    struct incmap_locator *locator;
    struct incmap_query query; /* all but the name */
    enum incmap_format format;
    size_t told; /* findings that were printed */
    bool quiet, strict;
    bool all_ok;                   /* every name so far */
    struct incmap_tally elsewhere; /* names that other processes answered */
};

/* Findings are printed. Errors: those of the library; USAGE after a message of its own;
 * STRICT. Close it in any case. */
INCMAP_MUST_CHECK enum incmap_status cli_asker_open(struct cli_asker *a,
                                                    struct im_arena *arena,
                                                    const struct cli_line *line,
                                                    struct incmap_error *err);
void cli_asker_close(struct cli_asker *a);
/* Print the findings since the last call; STRICT when there are any and --strict. */
INCMAP_MUST_CHECK enum incmap_status cli_asker_tell(struct cli_asker *a);

/* A number option from 1 to `most`, 0 when it was not given; false after a message. */
bool cli_count(const struct cli_line *line, const char *option, long most, size_t *out);

/* names.c: names one a line, from a file or standard input, in pieces of memory. */
struct cli_names {
    int fd;
    const char *path; /* for messages */
    char *data;
    size_t start, end;                /* what is read and not yet handed out */
    unsigned long line;               /* lines handed out */
    unsigned long bad;                /* warnings so far */
    unsigned long blank, first_blank; /* lines without a name, and the first of them */
    bool ended, cut;                  /* cut: the rest of an overlong line is skipped */
    bool quiet;
};

/* `path` is a regular file, or "-" for standard input. Errors: INPUT. */
INCMAP_MUST_CHECK enum incmap_status cli_names_open(struct cli_names *n,
                                                    struct im_arena *arena,
                                                    const char *path,
                                                    struct incmap_error *err);
/* Whole lines that are there, waiting for the first; none at the end. Valid until the
 * next call. Lines that are no UTF-8, have NUL bytes or are overlong are warned of. */
INCMAP_MUST_CHECK enum incmap_status cli_names_read(struct cli_names *n,
                                                    struct im_bytes *out,
                                                    struct incmap_error *err);
/* Are there lines, or is the end known, without waiting? */
bool cli_names_ready(const struct cli_names *n);
/* Tell how many lines had no name, and what was not warned of one by one. */
void cli_names_close(struct cli_names *n);

/* workers.c: processes that answer pieces, in order. */
struct cli_pool;

/* Answers to lines: texts to write, and whether all were ok. */
struct cli_answers {
    const char *text, *proposals;
    size_t n, proposals_n;
};
/* Answer lines in this process. The texts are the locator's until the next look-up. */
INCMAP_MUST_CHECK enum incmap_status cli_answer(struct cli_asker *a,
                                                struct im_bytes lines,
                                                struct cli_answers *out,
                                                struct incmap_error *err);

/* At most `n` processes, each with a copy of the asker as it is now. NULL when none
 * could be made: then answer here. */
struct cli_pool *cli_pool_new(struct im_arena *arena, struct cli_asker *a, size_t n);
/* End all processes; NULL is ignored. */
void cli_pool_free(struct cli_pool *pool);
/* Is the next process in turn still to deliver? Then cli_pool_take comes first. */
bool cli_pool_full(const struct cli_pool *pool);
/* Is anything to be delivered? */
bool cli_pool_busy(const struct cli_pool *pool);
INCMAP_MUST_CHECK enum incmap_status cli_pool_give(struct cli_pool *pool,
                                                   struct im_bytes lines,
                                                   struct incmap_error *err);
/* The oldest answers that are due; valid until the next call. */
INCMAP_MUST_CHECK enum incmap_status cli_pool_take(struct cli_pool *pool,
                                                   struct cli_answers *out,
                                                   struct incmap_error *err);

#endif
