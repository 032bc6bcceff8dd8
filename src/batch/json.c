/* JSON objects of one line (RFC 8259): keys with their values as text. */
#include "base/utf8.h"
#include "batch/inside.h"
#include <string.h>

struct reader {
    struct im_arena *arena;
    const char *start, *p, *end;
    const char *why;
    int depth;
};

enum { DEEPEST = 64 };

static bool no(struct reader *r, const char *why) {
    if (r->why == NULL) {
        r->why = why;
    }
    return false;
}

static void skip_blanks(struct reader *r) {
    while (r->p < r->end &&
           (*r->p == ' ' || *r->p == '\t' || *r->p == '\n' || *r->p == '\r')) {
        r->p++;
    }
}

static bool take(struct reader *r, char c) {
    skip_blanks(r);
    if (r->p < r->end && *r->p == c) {
        r->p++;
        return true;
    }
    return false;
}

static int hex_of(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static bool take_unit(struct reader *r, uint32_t *out) {
    *out = 0;
    for (int i = 0; i < 4; i++, r->p++) {
        int digit = r->p < r->end ? hex_of(*r->p) : -1;
        if (digit < 0) {
            return no(r, "four hexadecimal digits belong behind \\u");
        }
        *out = *out << 4 | (uint32_t)digit;
    }
    return true;
}

/* A character behind a backslash. */
static bool take_escape(struct reader *r, struct im_buf *b) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *hit = r->p < r->end && *r->p != '\0' ? strchr(from, *r->p) : NULL;
    if (hit != NULL) {
        im_buf_char(b, to[hit - from]);
        r->p++;
        return true;
    }
    uint32_t cp, low;
    if (r->p == r->end || *r->p++ != 'u') {
        return no(r, "unknown escape in a text");
    }
    if (!take_unit(r, &cp)) {
        return false;
    }
    if (cp >= 0xD800 && cp < 0xDC00 && r->end - r->p >= 6 && r->p[0] == '\\' &&
        r->p[1] == 'u') {
        r->p += 2;
        if (!take_unit(r, &low)) {
            return false;
        }
        cp = low >= 0xDC00 && low < 0xE000
                 ? 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00)
                 : 0xFFFD;
    }
    if (cp == 0) {
        return no(r, "a text holds a NUL character");
    }
    char bytes[4];
    im_buf_add(b, bytes, im_utf8_put(bytes, cp >= 0xD800 && cp < 0xE000 ? 0xFFFD : cp));
    return true;
}

static bool take_string(struct reader *r, const char **out) {
    struct im_buf b;
    im_buf_init(&b, r->arena, (size_t)16 << 20);
    if (!take(r, '"')) {
        return no(r, "a text in double quotes is expected");
    }
    while (r->p < r->end && *r->p != '"') {
        unsigned char c = (unsigned char)*r->p;
        if (c < 0x20) {
            return no(r, "a control character in a text");
        }
        r->p++;
        if (c != '\\') {
            im_buf_char(&b, (char)c);
        } else if (!take_escape(r, &b)) {
            return false;
        }
    }
    *out = b.data;
    if (!im_utf8_valid(b.data, b.len)) {
        return no(r, "a text is not UTF-8");
    }
    return take(r, '"') ? true : no(r, "a text is never closed");
}

static bool take_value(struct reader *r, struct batch_field *f);

/* The rest of a list or an object, whose opening was taken. */
static bool take_members(struct reader *r, bool object) {
    char close = object ? '}' : ']';
    struct batch_field ignored;
    const char *key;
    if (++r->depth > DEEPEST) {
        return no(r, "nested too deeply");
    }
    if (take(r, close)) {
        r->depth--;
        return true;
    }
    do {
        if (object && (!take_string(r, &key) || !take(r, ':'))) {
            return no(r, "a colon is expected behind a key");
        }
        if (!take_value(r, &ignored)) {
            return false;
        }
    } while (take(r, ','));
    r->depth--;
    return take(r, close) ? true : no(r, "a bracket is never closed");
}

/* true, false, null and numbers. */
static bool take_word(struct reader *r) {
    const char *from = r->p;
    while (r->p < r->end && *r->p != '\0' &&
           strchr("+-.0123456789abcdefghijklmnopqrstuvwxyzE", *r->p) != NULL) {
        r->p++;
    }
    size_t n = (size_t)(r->p - from);
    bool word =
        (n == 4 && (memcmp(from, "true", 4) == 0 || memcmp(from, "null", 4) == 0)) ||
        (n == 5 && memcmp(from, "false", 5) == 0);
    bool number =
        n > 0 && ((*from >= '0' && *from <= '9') ||
                  (*from == '-' && n > 1 && from[1] >= '0' && from[1] <= '9'));
    for (size_t i = 0; number && i < n; i++) {
        number = strchr("+-.0123456789eE", from[i]) != NULL;
    }
    return word || number ? true : no(r, "no JSON value");
}

static bool take_value(struct reader *r, struct batch_field *f) {
    skip_blanks(r);
    const char *from = r->p;
    bool ok;
    f->is_null = false;
    if (r->p < r->end && *r->p == '"') {
        ok = take_string(r, &f->text);
        f->raw = im_strndup(r->arena, from, (size_t)(r->p - from));
        return ok;
    }
    if (take(r, '{') || take(r, '[')) {
        ok = take_members(r, r->p[-1] == '{');
    } else {
        ok = take_word(r);
    }
    f->raw = f->text = im_strndup(r->arena, from, (size_t)(r->p - from));
    f->is_null = strcmp(f->raw, "null") == 0;
    return ok;
}

static bool read_object(struct reader *r, struct batch_object *out) {
    if (!take(r, '{')) {
        return no(r, "an object in braces is expected");
    }
    bool more = !take(r, '}');
    while (more) {
        struct batch_field f;
        if (!take_string(r, &f.key)) {
            return false;
        }
        if (!take(r, ':')) {
            return no(r, "a colon is expected behind a key");
        }
        if (!take_value(r, &f)) {
            return false;
        }
        if (batch_json_get(out, f.key) != NULL) {
            return no(r, "a key stands twice");
        }
        IM_PUSH(r->arena, out->v, out->n, out->cap, f);
        more = take(r, ',');
        if (!more && !take(r, '}')) {
            return no(r, "a comma or a closing brace is expected");
        }
    }
    skip_blanks(r);
    return r->p == r->end ? true : no(r, "something stands behind the object");
}

bool batch_json_read(struct im_arena *arena, const char *text, size_t n,
                     struct batch_object *out) {
    struct reader r = {arena, text, text, text + n, NULL, 0};
    *out = (struct batch_object){0};
    bool ok = read_object(&r, out);
    out->why = r.why;
    out->at = (size_t)(r.p - text);
    return ok;
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
