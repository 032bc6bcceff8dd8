/* The generator of pages, completion and the map file to start from. */
#ifndef IM_MAN_MANUAL_H
#define IM_MAN_MANUAL_H

#include "layout/style.h"
#include "read/keys.h"
#include <stddef.h>

enum { MAN_CELLS = 4, MAN_STYLE = 40 };

/* A table of tab-separated cells, comments left out; the text is kept for good. */
struct man_rows {
    char *(*row)[MAN_CELLS]; /* absent cells are "" */
    size_t n;
};
struct man_rows man_read(const char *path);
/* The row whose first cell is `key`, NULL when there is none. */
char **man_find(const struct man_rows *rows, const char *key);

/* 1. Pages (page.c): the template with its @WORD@ lines filled in. */
void man_page(const char *folder, const char *template_file, const char *version,
              const char *date);
/* Words in lines of at most 78 bytes, escaped for man(7); `face` 0, or 'B', 'I'. */
void man_text(const char *text);
void man_bold(const char *text);

/* 2. Parts of pages (parts.c). False when the word names no part. */
bool man_part(const char *folder, const char *word, const char *argument);

/* 3. The map file to start from, as a C table (start.c). */
void man_start(const char *folder);

/* 4. Bash completion (completion.c). */
void man_completion(void);

/* 5. What tables and code disagree about (check.c); the number of complaints. */
int man_check(const char *folder);

/* Value of a style key in the first theme, "40" or "#1B1B1B". */
void man_style_value(const struct lay_style_key *key, char out[MAN_STYLE]);

/* The keys of the format, each with its dotted path; keys that this version refuses are
 * left out. */
typedef void man_visit(const struct read_key *key, const char *path, int depth,
                       void *self);
void man_keys(man_visit *visit, void *self);

#endif
