/*
 * Under a message about a place in a text file: the line, and a caret below the column.
 *
 *     3 | extent: {arround: Tovuz}
 *       |          ^
 */
#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include <string.h>

enum { WIDEST = 96, BEFORE = 60 }; /* columns shown, and of them before the caret */

/* Columns that a terminal gives to a code point. */
static int columns_of(uint32_t cp) {
    bool combining = (cp >= 0x300 && cp < 0x370) || (cp >= 0x200B && cp <= 0x200F) ||
                     (cp >= 0x20D0 && cp < 0x2100);
    bool wide = (cp >= 0x1100 && cp < 0x1160) || (cp >= 0x2E80 && cp < 0xA4D0) ||
                (cp >= 0xAC00 && cp < 0xD7A4) || (cp >= 0xF900 && cp < 0xFB00) ||
                (cp >= 0xFE30 && cp < 0xFE70) || (cp >= 0xFF00 && cp < 0xFF61) ||
                (cp >= 0x1F300 && cp < 0x1FB00) || (cp >= 0x20000 && cp < 0x40000);
    return combining ? 0 : wide ? 2 : 1;
}

/* The line (1-based) of the bytes, without its end; NULL when there is none. */
static const char *find_line(struct im_bytes b, unsigned line, size_t *n) {
    const char *p = b.data;
    const char *end = b.data + b.n;
    if (b.n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) {
        p += 3;
    }
    for (unsigned at = 1; p < end; at++) {
        const char *stop = p;
        while (stop < end && *stop != '\n' && *stop != '\r') {
            stop++;
        }
        if (at == line) {
            *n = (size_t)(stop - p);
            return p;
        }
        p = stop + (stop + 1 < end && stop[0] == '\r' && stop[1] == '\n' ? 2 : 1);
    }
    return NULL;
}

/* Columns of the line's first n bytes. */
static int width_of(const char *text, size_t n) {
    int width = 0;
    for (size_t i = 0, used; i < n; i += used) {
        width += columns_of(im_utf8_next(text + i, n - i, &used));
    }
    return width;
}

/* What lies from column `from` on, at most WIDEST columns; control bytes as blanks. */
static void put_part(const char *text, size_t n, int from) {
    int column = 0;
    for (size_t i = 0, used; i < n && column < from + WIDEST; i += used) {
        uint32_t cp = im_utf8_next(text + i, n - i, &used);
        int wide = columns_of(cp);
        bool shown = column >= from && !im_utf8_is_control(cp) && cp != 0xFFFD;
        if (shown) {
            fwrite(text + i, 1, used, stderr);
        } else if (column >= from) {
            fputc(cp == 0xFFFD ? '?' : ' ', stderr);
        }
        column += wide;
    }
}

static void put_caret(const struct incmap_error *err, const char *text, size_t n) {
    size_t before = err->column - 1 < n ? err->column - 1 : n;
    int column = width_of(text, before);
    int from = column > BEFORE ? column - BEFORE : 0;
    int digits = fprintf(stderr, "%6u", err->line);
    fputs(" | ", stderr);
    put_part(text, n, from);
    fprintf(stderr, "\n%*s | %*s^\n", digits, "", column - from, "");
}

void cli_caret(const struct incmap_error *err) {
    struct im_bytes bytes;
    jmp_buf out_of_memory;
    struct im_arena *arena = im_arena_new(IM_MAX_JOB_BYTES);
    if (arena == NULL || setjmp(out_of_memory) != 0) {
        im_arena_free(arena);
        return; // the message stands without it
    }
    im_arena_catch(arena, &out_of_memory);
    size_t n = 0;
    if (im_file_map(arena, err->source, INCMAP_E_INPUT, &bytes, NULL) == INCMAP_OK) {
        const char *text = find_line(bytes, err->line, &n);
        if (text != NULL) {
            put_caret(err, text, n);
        }
    }
    im_arena_free(arena);
}
