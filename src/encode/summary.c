/*
 * The short account that a figure gives of itself, first in its manifest: its digest,
 * what it shows, how many incidents, who is its source, what was noticed. And reading
 * it back from a figure file, without decoding that.
 */
#include "base/file.h"
#include "encode/encode.h"
#include "formats/json.h"
#include <stddef.h>
#include <string.h>

enum { MOST_SOURCES = 40 };

static void strings(struct im_buf *b, const struct im_strings *list) {
    im_buf_char(b, '[');
    for (size_t i = 0; i < list->n; i++) {
        im_buf_str(b, i > 0 ? "," : "");
        im_json_string(b, list->v[i]);
    }
    im_buf_char(b, ']');
}

static void add_once(struct im_arena *arena, struct im_strings *list,
                     const char *text) {
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->v[i], text) == 0) {
            return;
        }
    }
    if (text[0] != '\0' && list->n < MOST_SOURCES) {
        IM_PUSH(arena, list->v, list->n, list->cap, text);
    }
}

static struct im_strings sources_of(struct im_arena *arena,
                                    const struct im_events *events) {
    struct im_strings list = {0};
    for (size_t i = 0; i < events->n && list.n < MOST_SOURCES; i++) {
        for (size_t c = 0; c < events->v[i].claim_count; c++) {
            add_once(arena, &list, events->v[i].claims[c].source);
        }
    }
    return list;
}

static struct im_strings files_of(struct im_arena *arena, const struct im_manifest *m) {
    struct im_strings list = {0};
    for (size_t i = 0; i < m->input_count; i++) {
        add_once(arena, &list, m->inputs[i].path);
    }
    return list;
}

static void text(struct im_buf *b, bool *first, const char *key, const char *value) {
    im_json_key(b, first, key);
    im_json_string(b, value != NULL ? value : "");
}

static void number(struct im_buf *b, bool *first, const char *key, double value) {
    im_json_key(b, first, key);
    im_json_number(b, value, 0);
}

char *im_summary_json(struct im_arena *arena, const struct im_manifest *m) {
    struct im_buf b;
    bool first = true;
    size_t placed = 0;
    for (size_t i = 0; i < m->events->n; i++) {
        placed += m->events->v[i].position.kind != IM_NOT_MAPPABLE;
    }
    struct im_strings sources = sources_of(arena, m->events);
    struct im_strings files = files_of(arena, m);
    im_buf_init(&b, arena, (size_t)16 << 20);
    im_buf_char(&b, '{');
    text(&b, &first, "digest", m->digest);
    text(&b, &first, "title", m->spec->title);
    text(&b, &first, "alt", m->description);
    number(&b, &first, "width", m->spec->width_px);
    number(&b, &first, "height", m->spec->height_px);
    number(&b, &first, "incidents", (double)m->events->n);
    number(&b, &first, "placed", (double)placed);
    im_json_key(&b, &first, "sources");
    strings(&b, &sources);
    im_json_key(&b, &first, "files");
    strings(&b, &files);
    im_json_key(&b, &first, "findings");
    im_findings_json(&b, m->findings, true);
    im_buf_char(&b, '}');
    return b.data;
}

/* Reading back. */

static const char OPENING[] = "{\"digest\":\"";

/* Length of the JSON object that starts at p; 0 when it does not end before `end`. */
static size_t object_length(const char *p, const char *end) {
    int depth = 0;
    bool quoted = false;
    for (const char *at = p; at < end; at++) {
        if (quoted && *at == '\\') {
            at++; // what is escaped ends nothing
        } else if (quoted) {
            quoted = *at != '"';
        } else if (*at == '"') {
            quoted = true;
        } else if (*at == '{' || *at == '[') {
            depth++;
        } else if ((*at == '}' || *at == ']') && --depth == 0) {
            return (size_t)(at - p) + 1;
        }
    }
    return 0;
}

static size_t big_endian(const char *p) {
    const unsigned char *u = (const unsigned char *)p;
    return (size_t)u[0] << 24 | (size_t)u[1] << 16 | (size_t)u[2] << 8 | u[3];
}

/* PNG: the chunk that holds it, uncompressed, before the pixels. */
static struct im_bytes in_png(struct im_bytes file) {
    static const char keyword[] = "incmap-summary\0\0\0\0";
    const size_t head = sizeof keyword; // with an empty language and translation
    for (size_t at = 8; at + 12 <= file.n;) {
        size_t n = big_endian(file.data + at);
        const char *type = file.data + at + 4, *data = type + 4;
        if (n > file.n - at - 12 || memcmp(type, "IDAT", 4) == 0) {
            break;
        }
        if (memcmp(type, "iTXt", 4) == 0 && n > head &&
            memcmp(data, keyword, head) == 0) {
            return (struct im_bytes){data + head, n - head};
        }
        at += 12 + n;
    }
    return (struct im_bytes){NULL, 0};
}

static const char *find(struct im_bytes in, const char *what) {
    size_t n = strlen(what);
    const char *end = in.data + in.n;
    for (const char *p = in.data; (size_t)(end - p) >= n; p++) {
        p = memchr(p, what[0], (size_t)(end - p) - n + 1);
        if (p == NULL || memcmp(p, what, n) == 0) {
            return p;
        }
    }
    return NULL;
}

/* SVG: in an element of its own, with the characters of XML escaped. */
static struct im_bytes in_svg(struct im_arena *arena, struct im_bytes file) {
    static const struct {
        const char *entity;
        char c;
    } entities[] = {
        {"&quot;", '"'}, {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&#39;", '\''}};
    static const char opening[] = "<metadata id=\"incmap-summary\">";
    const char *p = find(file, opening), *end = file.data + file.n;
    struct im_buf b;
    im_buf_init(&b, arena, (size_t)64 << 20);
    p = p != NULL ? p + sizeof opening - 1 : end;
    while (p < end && *p != '<') {
        char c = *p;
        size_t used = 1;
        for (size_t i = 0; *p == '&' && i < sizeof entities / sizeof *entities; i++) {
            size_t n = strlen(entities[i].entity);
            if ((size_t)(end - p) >= n && memcmp(p, entities[i].entity, n) == 0) {
                c = entities[i].c;
                used = n;
            }
        }
        im_buf_char(&b, c);
        p += used;
    }
    return (struct im_bytes){b.data, b.len};
}

static int hex_digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* Text of a PDF string at p: (plain, with escapes), or <FEFF...>, UTF-16 in hexadecimal
 * of which only ASCII is expected: the JSON in it is. */
static void pdf_string(struct im_buf *b, const char *p, const char *end) {
    if (*p == '(') {
        for (p++; p < end && *p != ')'; p++) {
            p += *p == '\\' && p + 1 < end;
            im_buf_char(b, *p);
        }
        return;
    }
    for (p += 5; end - p >= 4 && hex_digit(*p) >= 0; p += 4) {
        int c = hex_digit(p[2]) << 4 | hex_digit(p[3]);
        im_buf_char(b, c >= 0x20 && c < 0x7F ? (char)c : ' ');
    }
}

/* PDF: in the keywords, near the end. */
static struct im_bytes in_pdf(struct im_arena *arena, struct im_bytes file) {
    static const char opening[] = "/Keywords ";
    const size_t n = sizeof opening - 1;
    const char *end = file.data + file.n, *p = end - n;
    struct im_buf b;
    im_buf_init(&b, arena, (size_t)64 << 20);
    while (p > file.data && memcmp(p, opening, n) != 0) {
        p--;
    }
    if (p > file.data && (end - p) > (ptrdiff_t)n + 5) {
        pdf_string(&b, p + n, end);
    }
    return (struct im_bytes){b.data, b.len};
}

/* Does the file end as one of its format does? One that a power cut has left short, or
 * full of zeros, does not. */
static bool ends_in(struct im_bytes file, const char *end, size_t n) {
    return file.n >= n && memcmp(file.data + file.n - n, end, n) == 0;
}

static bool is_whole(struct im_bytes file) {
    return ends_in(file, "IEND\xAE\x42\x60\x82", 8) || ends_in(file, "</svg>\n", 7) ||
           ends_in(file, "%%EOF\n", 6);
}

const char *im_summary_read(struct im_arena *arena, struct im_bytes file) {
    struct im_bytes text_in;
    if (!is_whole(file)) {
        return NULL;
    }
    if (file.n > 8 && memcmp(file.data, "\x89PNG\r\n\x1a\n", 8) == 0) {
        text_in = in_png(file);
    } else if (file.n > 20 && memcmp(file.data, "%PDF-", 5) == 0) {
        text_in = in_pdf(arena, file);
    } else {
        text_in = in_svg(arena, file);
    }
    const char *p = text_in.n > 0 ? find(text_in, OPENING) : NULL;
    size_t n = p != NULL ? object_length(p, text_in.data + text_in.n) : 0;
    return n > 0 ? im_strndup(arena, p, n) : NULL;
}
