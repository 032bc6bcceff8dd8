/* JSON objects of one line: keys with their values as text; and texts as JSON. */
#include "base/utf8.h"
#include "batch/inside.h"
#include <string.h>

struct taking {
    struct im_arena *arena;
    struct batch_object *to;
};

static int take(void *self, const char *key, const char *text, const char *raw) {
    const struct taking *t = self;
    struct batch_field f = {.key = im_strdup(t->arena, key),
                            .raw = im_strdup(t->arena, raw)};
    f.text = text == NULL || text == raw ? f.raw : im_strdup(t->arena, text);
    f.is_null = text == NULL;
    IM_PUSH(t->arena, t->to->v, t->to->n, t->to->cap, f);
    return 0;
}

enum incmap_status batch_json_read(struct im_arena *arena, const char *text, size_t n,
                                   struct batch_object *out, struct incmap_error *err) {
    struct taking t = {arena, out};
    struct incmap_error why;
    *out = (struct batch_object){0};
    enum incmap_status s = incmap_object_read(text, n, take, &t, &why);
    if (s != INCMAP_OK && err != NULL) {
        *err = why;
    }
    return s;
}

const char *batch_json_get(const struct batch_object *object, const char *key) {
    for (size_t i = 0; i < object->n; i++) {
        if (strcmp(object->v[i].key, key) == 0) {
            return object->v[i].raw;
        }
    }
    return NULL;
}

/* '<' is escaped as well, so that the text can stand in a page. */
void batch_json_string(struct im_buf *out, const char *text) {
    size_t n = strlen(text), used;
    im_buf_char(out, '"');
    for (size_t i = 0; i < n; i += used) {
        uint32_t cp = im_utf8_next(text + i, n - i, &used);
        if (cp < 0x20 || cp == 0x7F || cp == '<' || cp == 0x2028 || cp == 0x2029) {
            im_buf_fmt(out, "\\u%04x", (unsigned)cp);
        } else if (cp == '"' || cp == '\\') {
            im_buf_fmt(out, "\\%c", (char)cp);
        } else if (cp == 0xFFFD) {
            im_buf_str(out, "\xEF\xBF\xBD");
        } else {
            im_buf_add(out, text + i, used);
        }
    }
    im_buf_char(out, '"');
}
