/* Names one a line, in a fixed room: as much of the stream as is there. */
#include "base/utf8.h"
#include "cli/ask.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 15, LONGEST = 1 << 16, ROOM = 2 * LONGEST, WARNINGS = 10 };

static enum incmap_status open_file(const char *path, int *fd,
                                    struct incmap_error *err) {
    struct im_bytes none;
    struct stat st;
    *fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (*fd >= 0 && fstat(*fd, &st) == 0 && S_ISREG(st.st_mode)) {
        return INCMAP_OK;
    }
    if (*fd >= 0) {
        close(*fd);
    }
    // base says why, as of every other input
    struct im_arena *arena = im_arena_new(1 << 12);
    enum incmap_status s =
        arena ? im_file_map(arena, path, INCMAP_E_INPUT, &none, err) : INCMAP_OK;
    im_arena_free(arena);
    return s != INCMAP_OK
               ? s
               : im_fail(err, INCMAP_E_INPUT, IM_FILE(path), "cannot read '%s'", path);
}

enum incmap_status cli_names_open(struct cli_names *n, struct im_arena *arena,
                                  const char *path, struct incmap_error *err) {
    bool is_stdin = strcmp(path, "-") == 0;
    *n = (struct cli_names){.path = is_stdin ? "standard input" : path,
                            .data = im_alloc(arena, ROOM, 1)};
    return is_stdin ? INCMAP_OK : open_file(path, &n->fd, err);
}

bool cli_names_ready(const struct cli_names *n) {
    struct pollfd p = {n->fd, POLLIN, 0};
    return n->ended || memchr(n->data + n->start, '\n', n->end - n->start) != NULL ||
           poll(&p, 1, 0) != 0;
}

static enum incmap_status fill(struct cli_names *n, struct incmap_error *err) {
    size_t room = ROOM - n->end < PIECE ? ROOM - n->end : PIECE;
    ssize_t got = read(n->fd, n->data + n->end, room);
    if (got > 0) {
        n->end += (size_t)got;
    } else if (got == 0) {
        n->ended = true;
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
        struct pollfd p = {n->fd, POLLIN, 0};
        poll(&p, 1, -1);
    } else if (errno != EINTR) {
        return im_fail(err, INCMAP_E_INPUT, IM_FILE(n->path), "cannot read '%s'",
                       n->path);
    }
    return INCMAP_OK;
}

static void warn(struct cli_names *n, unsigned long line, size_t col,
                 const char *message, const char *help) {
    struct incmap_finding f = {.code = "value-bad",
                               .severity = INCMAP_WARNING,
                               .file = n->path,
                               .line = (unsigned)line,
                               .column = (unsigned)col,
                               .record = -1,
                               .message = message,
                               .help = help};
    if (++n->bad <= WARNINGS && !n->quiet) {
        cli_finding(&f);
    }
}

void cli_names_close(struct cli_names *n) {
    if (n->bad > WARNINGS && !n->quiet) {
        fprintf(stderr, "incmap: %s: warning: %lu more such lines\n", n->path,
                n->bad - WARNINGS);
    }
    struct incmap_finding blank = {.code = "value-bad",
                                   .severity = INCMAP_NOTE,
                                   .file = n->path,
                                   .line = (unsigned)n->first_blank,
                                   .record = -1,
                                   .message = "an empty line has no answer",
                                   .help = n->blank > 1 ? "the first of several" : ""};
    if (n->blank > 0 && !n->quiet) {
        cli_finding(&blank);
    }
    if (n->fd > 0) {
        close(n->fd);
    }
}

/* First byte of the line that is no UTF-8 or is NUL; its length when all is well. */
static size_t fault_of(const char *line, size_t length) {
    for (size_t i = 0, used = 1; i < length; i += used) {
        used = 1;
        if (line[i] == '\0' ||
            ((unsigned char)line[i] >= 0x80 &&
             im_utf8_next(line + i, length - i, &used) == 0xFFFD && used == 1)) {
            return i;
        }
    }
    return length;
}

static bool is_blank(const char *line, size_t length) {
    while (length > 0 && strchr(" \t\r\f\v", line[length - 1]) != NULL &&
           line[length - 1] != '\0') {
        length--;
    }
    return length == 0;
}

/* Warn of lines that are no text; a NUL would end a name, it becomes a bad byte. */
static void check_lines(struct cli_names *n, char *data, size_t length) {
    for (size_t at = 0, end; at < length; at = end + 1) {
        const char *newline = memchr(data + at, '\n', length - at);
        end = newline ? (size_t)(newline - data) : length;
        n->line++;
        if (is_blank(data + at, end - at)) {
            n->first_blank = n->blank++ == 0 ? n->line : n->first_blank;
        }
        size_t fault = fault_of(data + at, end - at);
        if (fault < end - at) {
            bool nul = data[at + fault] == '\0';
            warn(n, n->line, fault + 1,
                 nul ? "a NUL byte in a name" : "the name is not UTF-8",
                 nul ? "write one name a line, as text" : "save the names as UTF-8");
        }
        for (char *p = data + at; (p = memchr(p, '\0', end - (size_t)(p - data)));) {
            *p = '\xFF';
        }
    }
}

/* The rest of a line that was cut: dropped up to its end. */
static void skip_rest(struct cli_names *n) {
    char *newline = memchr(n->data + n->start, '\n', n->end - n->start);
    n->start = newline ? (size_t)(newline + 1 - n->data) : n->end;
    n->cut = newline == NULL && !n->ended;
}

/* Length of the whole lines at hand; at the end, or of an overlong line, of what is
 * there. */
static size_t whole_lines(struct cli_names *n) {
    size_t have = n->end - n->start, length = have;
    while (length > 0 && n->data[n->start + length - 1] != '\n') {
        length--;
    }
    if (length > 0 || n->ended) {
        return length > 0 ? length : have;
    }
    return have > LONGEST ? LONGEST : 0;
}

static void tidy(struct cli_names *n) {
    if (n->line == 0 && n->end - n->start >= 3 &&
        memcmp(n->data + n->start, "\xEF\xBB\xBF", 3) == 0) {
        n->start += 3;
    }
    if (n->start > 0) {
        memmove(n->data, n->data + n->start, n->end - n->start);
        n->end -= n->start;
        n->start = 0;
    }
}

enum incmap_status cli_names_read(struct cli_names *n, struct im_bytes *out,
                                  struct incmap_error *err) {
    size_t length = 0;
    *out = (struct im_bytes){NULL, 0};
    for (;;) {
        if (n->cut) {
            skip_rest(n);
        }
        tidy(n);
        length = whole_lines(n);
        if (length > 0 || n->ended) {
            break;
        }
        enum incmap_status s = fill(n, err);
        if (s != INCMAP_OK) {
            return s;
        }
    }
    n->start += length;
    bool whole = length == 0 || n->data[length - 1] == '\n' || n->ended;
    check_lines(n, n->data, length);
    if (!whole) {
        n->cut = true;
        warn(n, n->line, 1, "a line of more than 64 KiB is cut",
             "write one name a line");
    }
    *out = (struct im_bytes){n->data, length};
    return INCMAP_OK;
}
