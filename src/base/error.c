#include "base/error.h"
#include "base/format.h"
#include <string.h>

void im_error_clear(struct incmap_error *err) {
    if (err != NULL) {
        *err = (struct incmap_error){.status = INCMAP_OK, .record = -1};
    }
}

enum incmap_status im_fail(struct incmap_error *err, enum incmap_status status,
                           struct im_where where, const char *fmt, ...) {
    if (err == NULL || err->status != INCMAP_OK) {
        return status;
    }
    im_error_clear(err);
    err->status = status;
    va_list ap;
    va_start(ap, fmt);
    im_format_show(err->message, sizeof err->message, fmt, ap);
    va_end(ap);
    const char *file = where.file == NULL ? "" : where.file;
    im_text_show(err->source, sizeof err->source, file, strlen(file));
    err->line = where.line;
    err->column = where.col;
    err->record = where.record;
    return status;
}
