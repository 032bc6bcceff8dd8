/* The program: option tables, commands, messages. Sees incmap.h and base/ only. */
#ifndef IM_CLI_CLI_H
#define IM_CLI_CLI_H

#include "base/arena.h"
#include "incmap.h"
#include <stdbool.h>
#include <stdio.h>

enum {
    CLI_RENDER = 1,
    CLI_LOCATE = 2,
    CLI_INIT = 4,
    CLI_BATCH = 8,
    CLI_GAZETTEER = 64,
    CLI_EXPLAIN = 128
};

/* One option: parser, help and usage all come from this table. */
struct cli_option {
    const char *name;  /* long name without dashes */
    char letter;       /* short name, or 0 */
    const char *arg;   /* argument in the help, NULL = a switch; words are "a|b" */
    const char *key;   /* map-file key that it sets, NULL = the command's own */
    unsigned commands; /* CLI_RENDER | ... */
    const char *help;  /* one line */
};

extern const struct cli_option cli_options[];
extern const size_t cli_option_count;

struct cli_value {
    const struct cli_option *option;
    const char *text; /* "" for a switch */
};

/* A parsed command line. */
struct cli_line {
    struct cli_value *value;
    size_t n, cap;
    const char **word; /* positional arguments */
    size_t words, word_cap;
};

/* One command: overview, help, manual page and completion come from this table. */
struct cli_command {
    const char *name;
    unsigned bit;
    const char *usage;   /* after "incmap " */
    const char *summary; /* one line */
    const char *files; /* its words are files: ending without dot, "*" = any; or NULL */
};

extern const struct cli_command cli_commands[];
extern const size_t cli_command_count;

int cli_render(struct im_arena *arena, const struct cli_line *line);
int cli_locate(struct im_arena *arena, const struct cli_line *line);
int cli_batch(struct im_arena *arena, const struct cli_line *line);
int cli_explain(struct im_arena *arena, const struct cli_line *line);
int cli_init(struct im_arena *arena, const struct cli_line *line);
int cli_gazetteer(struct im_arena *arena, const struct cli_line *line);

/* Parse argv[0..argc) of a command into `line`; false after a message was printed. */
bool cli_parse(struct im_arena *arena, unsigned command, int argc, char **argv,
               struct cli_line *line);

/* Last value of an option, NULL when it was not given. */
const char *cli_get(const struct cli_line *line, const char *name);
bool cli_has(const struct cli_line *line, const char *name);

void cli_help(const struct cli_command *command);

/* One line to standard error: "incmap: FILE:LINE:COL: error: message"; where a column
 * is known, the line and a caret under it. */
void cli_error(const struct incmap_error *err);
/* The line of the file and the caret, when the file can be read; else nothing. */
void cli_caret(const struct incmap_error *err);
void cli_finding(const struct incmap_finding *finding);
/* Where a file went whose name the command line does not give. */
void cli_wrote(const char *path);
/* A usage error of the program itself; returns INCMAP_E_USAGE. */
int cli_usage(const char *message, const char *subject, const char *help);

/* The files that a figure goes to, in *out's words; formats, folders and doubles are
 * checked. Errors: USAGE, OUTPUT. */
INCMAP_MUST_CHECK enum incmap_status cli_outputs(struct im_arena *arena,
                                                 const struct cli_line *line,
                                                 struct incmap_job *job,
                                                 struct cli_line *out,
                                                 struct incmap_error *err);

/* Has the name nothing but white space? Then true, after a message. */
bool cli_blank_name(const char *name, const char *command);
/* The nearest of n words, or NULL when none is near. */
const char *cli_nearest(const char *word, const char *const *list, size_t n);

/* Folder of the bundled data: --data, $INCMAP_DATA, installed or in-tree geodata/. */
const char *cli_data_dir(struct im_arena *arena, const struct cli_line *line);

/* The atlas, with the user's cache ($XDG_CACHE_HOME or ~/.cache, there incmap/). */
INCMAP_MUST_CHECK enum incmap_status cli_open_atlas(struct im_arena *arena,
                                                    const struct cli_line *line,
                                                    const char *font_dir,
                                                    struct incmap_atlas **out,
                                                    struct incmap_error *err);

/* Write to standard output; OUTPUT after a message when it fails. */
int cli_print(const void *data, size_t n);

#endif
