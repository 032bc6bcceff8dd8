/* {column} in titles and file names. */
#include "batch/inside.h"
#include <string.h>

static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '.' || c == '-';
}

/* Length of the name between the braces at p; 0 = these are no braces of ours. */
static size_t name_length(const char *p) {
    size_t n = 1;
    while (is_name(p[n])) {
        n++;
    }
    return p[0] == '{' && n > 1 && p[n] == '}' ? n - 1 : 0;
}

bool batch_uses(const char *text, const char *column) {
    size_t n = strlen(column);
    for (const char *p = text; p != NULL && (p = strchr(p, '{')) != NULL; p++) {
        if (p[1] == '{') {
            p++;
        } else if (name_length(p) == n && memcmp(p + 1, column, n) == 0) {
            return true;
        }
    }
    return false;
}

static const char *value_of(const struct batch *b, const struct batch_row *row,
                            const char *name) {
    for (size_t i = 0; i < b->rows.columns; i++) {
        if (strcmp(b->rows.column[i], name) == 0) {
            return batch_cell(row, i);
        }
    }
    return NULL;
}

const char *batch_fill(struct batch *b, const char *text, const struct batch_row *row,
                       const char **bad) {
    struct im_buf out;
    *bad = NULL;
    if (strchr(text, '{') == NULL) {
        return text;
    }
    im_buf_init(&out, b->arena, (size_t)1 << 20);
    for (const char *p = text; *p != '\0';) {
        size_t n = name_length(p);
        if ((p[0] == '{' && p[1] == '{') || (p[0] == '}' && p[1] == '}')) {
            im_buf_char(&out, *p);
            p += 2;
        } else if (n > 0) {
            const char *name = im_strndup(b->arena, p + 1, n);
            const char *value = value_of(b, row, name);
            if (value == NULL) {
                *bad = name;
                return text;
            }
            im_buf_str(&out, value);
            p += n + 2;
        } else {
            im_buf_char(&out, *p++);
        }
    }
    return out.data;
}
