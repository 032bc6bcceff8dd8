#include "base/utf8.h"
#include "cli/cli.h"
#include <string.h>

/* User's words on a terminal: control bytes are shown, not obeyed. */
static void put_safe(const char *s) {
    size_t n = strlen(s);
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t cp = im_utf8_next(s + i, n - i, &used);
        if (im_utf8_is_control(cp)) {
            fprintf(stderr, "\\u%04x", (unsigned)cp);
        } else {
            fwrite(s + i, 1, used, stderr);
        }
    }
}

static void put_where(const char *file, unsigned line, unsigned col, long record) {
    if (file == NULL || file[0] == '\0') {
        return;
    }
    put_safe(file);
    if (line > 0) {
        fprintf(stderr, ":%u", line);
        if (col > 0) {
            fprintf(stderr, ":%u", col);
        }
    } else if (record >= 0) {
        fprintf(stderr, ":record %ld", record);
    }
    fputs(": ", stderr);
}

void cli_error(const struct incmap_error *err) {
    fputs("incmap: ", stderr);
    put_where(err->source, err->line, err->column, err->record);
    fputs("error: ", stderr);
    put_safe(err->message);
    fputc('\n', stderr);
    if (err->line > 0 && err->column > 0) {
        cli_caret(err);
    }
}

void cli_finding(const struct incmap_finding *finding) {
    static const char *const word[] = {"note", "warning", "error"};
    fputs("incmap: ", stderr);
    put_where(finding->file, finding->line, finding->column, finding->record);
    fprintf(stderr, "%s: ", word[finding->severity]);
    put_safe(finding->message);
    if (finding->help[0] != '\0') {
        fputs(" (", stderr);
        put_safe(finding->help);
        fputc(')', stderr);
    }
    fputc('\n', stderr);
}

void cli_wrote(const char *path) {
    fputs("incmap: wrote ", stderr);
    put_safe(path);
    fputc('\n', stderr);
}

int cli_usage(const char *message, const char *subject, const char *help) {
    fprintf(stderr, "incmap: error: %s '", message);
    put_safe(subject);
    fputs("' (", stderr);
    put_safe(help);
    fputs(")\n", stderr);
    return INCMAP_E_USAGE;
}

bool cli_blank_name(const char *name, const char *command) {
    if (name[strspn(name, " \t\r\n\f\v")] != '\0') {
        return false;
    }
    fprintf(
        stderr,
        "incmap: error: an empty name was given to '%s' (is a variable of the shell "
        "not set?)\n",
        command);
    return true;
}

/* Optimal string alignment distance of two short ASCII words, 99 when either is long.
 */
static size_t distance(const char *a, const char *b) {
    size_t d[40][40];
    size_t n = strlen(a), m = strlen(b);
    if (n >= 40 || m >= 40) {
        return 99;
    }
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            size_t best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            size_t gap = (d[i - 1][j] < d[i][j - 1] ? d[i - 1][j] : d[i][j - 1]) + 1;
            best = gap < best ? gap : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                d[i - 2][j - 2] + 1 < best) {
                best = d[i - 2][j - 2] + 1;
            }
            d[i][j] = best;
        }
    }
    return d[n][m];
}

const char *cli_nearest(const char *word, const char *const *list, size_t n) {
    const char *best = NULL;
    size_t best_d = strlen(word) / 3 + 2;
    for (size_t i = 0; i < n; i++) {
        size_t d = distance(word, list[i]);
        if (d < best_d) {
            best_d = d;
            best = list[i];
        }
    }
    return best;
}

int cli_print(const void *data, size_t n) {
    if (fwrite(data, 1, n, stdout) == n && fflush(stdout) == 0) {
        return INCMAP_OK;
    }
    fputs("incmap: error: cannot write to standard output (is the disk full, or the "
          "reader gone?)\n",
          stderr);
    return INCMAP_E_OUTPUT;
}
