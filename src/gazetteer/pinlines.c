/* Lines of a pins file: fields between tabs, comments, rows set aside. */
#include "gazetteer/pins.h"

#include <string.h>

enum { ASIDE_FIELDS = 3 }; /* a comment with so many fields is a row set aside */

static bool is_blank(char c) {
    return c == ' ' || c == '\r';
}

/* The field at `from`, trimmed; the columns count from the line's start. */
static void take_field(struct gaz_pin_lines *l, struct gaz_pin_row *row,
                       const char *line, const char *from, const char *end) {
    size_t i = row->n++;
    if (i >= GAZ_PIN_FIELDS) {
        row->n -= from == end; // surplus tabs are no fields
        return;
    }
    while (from < end && is_blank(*from)) {
        from++;
    }
    while (end > from && is_blank(end[-1])) {
        end--;
    }
    row->field[i] = im_strndup(l->arena, from, (size_t)(end - from));
    row->col[i] = (unsigned)(from - line) + 1;
}

static void take_fields(struct gaz_pin_lines *l, struct gaz_pin_row *row,
                        const char *line, const char *end) {
    const char *at = line;
    while (row->comment && at < end && (*at == '#' || is_blank(*at))) {
        at++;
    }
    for (;;) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        take_field(l, row, line, at, tab ? tab : end);
        if (!tab) {
            return;
        }
        at = tab + 1;
    }
}

static bool is_heading(const struct gaz_pin_row *row) {
    return strcmp(row->field[GAZ_PIN_NAME], "name") == 0 &&
           strcmp(row->field[GAZ_PIN_CONTEXT], "context") == 0;
}

static struct gaz_pin_row empty_row(unsigned line) {
    struct gaz_pin_row row = {.line = line};
    for (size_t i = 0; i < GAZ_PIN_FIELDS; i++) {
        row.field[i] = "";
    }
    return row;
}

bool gaz_pin_next(struct gaz_pin_lines *l, struct gaz_pin_row *out) {
    if (l->at == 0 && l->bytes.n >= 3 &&
        memcmp(l->bytes.data, "\xEF\xBB\xBF", 3) == 0) {
        l->at = 3;
    }
    while (l->at < l->bytes.n) {
        const char *line = l->bytes.data + l->at;
        const char *end = memchr(line, '\n', l->bytes.n - l->at);
        end = end ? end : l->bytes.data + l->bytes.n;
        l->at += (size_t)(end - line) + 1;
        *out = empty_row(++l->line);
        out->comment = line < end && *line == '#';
        take_fields(l, out, line, end);
        bool blank = out->n == 1 && out->field[GAZ_PIN_NAME][0] == '\0';
        if (!blank && !is_heading(out) && (!out->comment || out->n >= ASIDE_FIELDS)) {
            return true;
        }
    }
    return false;
}
