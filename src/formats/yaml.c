#include "formats/yaml.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "formats/plain.h"
#include "formats/yaml_fault.h"
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* The parser and the event in hand; finished with the arena when memory fails. */
struct reader {
    struct im_arena *arena;
    const char *name;
    struct im_bytes bytes;
    yaml_parser_t parser;
    yaml_event_t event;
    bool open, has_event;
    const char **line; /* start of each line */
    size_t line_n, line_cap;
    yaml_mark_t
        seen; /* the mark found last, and its byte: long lines are walked once */
    const char *seen_at;
};

/* A node under construction. */
struct list {
    struct im_node **v;
    size_t n, cap;
};

static void drop_event(struct reader *r) {
    if (r->has_event) {
        yaml_event_delete(&r->event);
        r->has_event = false;
    }
}

static void finish(void *handle) {
    struct reader *r = handle;
    drop_event(r);
    if (r->open) {
        yaml_parser_delete(&r->parser);
        r->open = false;
    }
}

/* 1. Positions: libyaml counts characters, we count bytes. */

/* Length of the line break at s as libyaml sees it: CR, LF, CRLF, NEL, LS, PS. */
static size_t break_at(const char *s, size_t n) {
    if (s[0] == '\n') {
        return 1;
    }
    if (s[0] == '\r') {
        return n > 1 && s[1] == '\n' ? 2 : 1;
    }
    if (n > 1 && memcmp(s, "\xC2\x85", 2) == 0) {
        return 2;
    }
    bool separator = n > 2 && (memcmp(s, "\xE2\x80\xA8", 3) == 0 ||
                               memcmp(s, "\xE2\x80\xA9", 3) == 0);
    return separator ? 3 : 0;
}

static void find_lines(struct reader *r) {
    const char *s = r->bytes.data;
    size_t i = r->bytes.n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    IM_PUSH(r->arena, r->line, r->line_n, r->line_cap, s + i);
    while (i < r->bytes.n) {
        size_t n = break_at(s + i, r->bytes.n - i);
        i += n > 0 ? n : 1;
        if (n > 0) {
            IM_PUSH(r->arena, r->line, r->line_n, r->line_cap, s + i);
        }
    }
}

static struct im_where where_of(struct reader *r, yaml_mark_t mark) {
    const char *end = r->bytes.data + r->bytes.n;
    if (mark.line >= r->line_n) {
        r->seen_at = end;
        r->seen = mark;
        return IM_AT(r->name, r->line_n, 1);
    }
    const char *p = r->line[mark.line];
    size_t column = 0;
    if (r->seen_at != NULL && r->seen.line == mark.line &&
        r->seen.column <= mark.column) {
        p = r->seen_at;
        column = r->seen.column;
    }
    for (; column < mark.column && p < end; column++) {
        size_t used;
        im_utf8_next(p, (size_t)(end - p), &used);
        p += used;
    }
    r->seen = mark;
    r->seen_at = p;
    return IM_AT(r->name, mark.line + 1, p - r->line[mark.line] + 1);
}

/* 2. Events. */

static enum incmap_status parser_error(struct reader *r, struct incmap_error *err) {
    const yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR) {
        return im_fail(err, INCMAP_E_LIMIT, IM_FILE(r->name), "out of memory");
    }
    struct im_where at = where_of(r, p->problem_mark);
    const char *end = r->bytes.data + r->bytes.n;
    const struct im_yaml_fault *f = im_yaml_fault_find(
        p->context, p->problem, r->seen_at < end ? *r->seen_at : '\0');
    if (f == NULL) {
        const char *context = p->context == NULL ? "" : p->context;
        return im_fail(err, INCMAP_E_INPUT, at, "%s%s%s", context,
                       context[0] == '\0' ? "" : ": ",
                       p->problem == NULL ? "not YAML" : p->problem);
    }
    if (f->began) {
        return im_fail(err, INCMAP_E_INPUT, at, "%s (%s; it began in line %zu)",
                       f->what, f->help, p->context_mark.line + 1);
    }
    return im_fail(err, INCMAP_E_INPUT,
                   f->at_context ? where_of(r, p->context_mark) : at, "%s (%s)",
                   f->what, f->help);
}

static enum incmap_status next_event(struct reader *r, struct incmap_error *err) {
    drop_event(r);
    if (!yaml_parser_parse(&r->parser, &r->event)) {
        return parser_error(r, err);
    }
    r->has_event = true;
    return INCMAP_OK;
}

static enum incmap_status refuse(struct reader *r, struct incmap_error *err,
                                 const char *what) {
    return im_fail(err, INCMAP_E_INPUT, where_of(r, r->event.start_mark), "%s", what);
}

/* What no map file needs and what would surprise: anchors, aliases, tags. */
static enum incmap_status check_plain(struct reader *r, struct incmap_error *err) {
    const yaml_char_t *anchor = NULL, *tag = NULL;
    switch (r->event.type) {
    case YAML_ALIAS_EVENT:
        return refuse(r, err,
                      "aliases (*name) are not supported (repeat the value, or "
                      "quote a text that starts with *)");
    case YAML_SCALAR_EVENT:
        anchor = r->event.data.scalar.anchor;
        tag = r->event.data.scalar.tag;
        break;
    case YAML_SEQUENCE_START_EVENT:
        anchor = r->event.data.sequence_start.anchor;
        tag = r->event.data.sequence_start.tag;
        break;
    case YAML_MAPPING_START_EVENT:
        anchor = r->event.data.mapping_start.anchor;
        tag = r->event.data.mapping_start.tag;
        break;
    default:
        break;
    }
    if (anchor != NULL) {
        return refuse(r, err,
                      "anchors (&name) are not supported (quote a text that "
                      "starts with &)");
    }
    if (tag != NULL) {
        return refuse(r, err,
                      "tags (!name) are not supported (quote a text that starts "
                      "with !)");
    }
    return INCMAP_OK;
}

/* 3. Nodes. */

static struct im_node *new_node(struct reader *r, enum im_node_kind kind) {
    struct im_node *node = im_alloc(r->arena, 1, sizeof *node);
    struct im_where where = where_of(r, r->event.start_mark);
    node->kind = kind;
    node->text = "";
    node->line = where.line;
    node->col = where.col;
    return node;
}

static enum incmap_status take_scalar(struct reader *r, struct im_node **out,
                                      struct incmap_error *err) {
    const char *text = (const char *)r->event.data.scalar.value;
    size_t n = r->event.data.scalar.length;
    if (memchr(text, '\0', n) != NULL) {
        return refuse(r, err, "a text contains a NUL character");
    }
    struct im_node *node = new_node(r, IM_NODE_SCALAR);
    node->quoted = r->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    bool null = !node->quoted && (strcmp(text, "~") == 0 || strcmp(text, "null") == 0);
    node->text = null ? "" : im_strndup(r->arena, text, n);
    *out = node;
    return INCMAP_OK;
}

static enum incmap_status take_node(struct reader *r, int depth, struct im_node **out,
                                    struct incmap_error *err);

/* The key that the event in hand must be; its text and position into *at. */
static enum incmap_status take_key(struct reader *r, struct im_node *at,
                                   struct incmap_error *err) {
    enum incmap_status status = check_plain(r, err);
    if (status != INCMAP_OK) {
        return status;
    }
    if (r->event.type != YAML_SCALAR_EVENT) {
        return refuse(r, err, "a key must be a word");
    }
    struct im_node *key = NULL;
    status = take_scalar(r, &key, err);
    if (status == INCMAP_OK) {
        *at = *key;
    }
    return status;
}

/* Children up to the event that ends the list or map. */
static enum incmap_status take_children(struct reader *r, struct im_node *node,
                                        int depth, struct incmap_error *err) {
    struct list list = {NULL, 0, 0};
    bool map = node->kind == IM_NODE_MAP;
    for (;;) {
        enum incmap_status status = next_event(r, err);
        if (status != INCMAP_OK) {
            return status;
        }
        if (r->event.type == YAML_SEQUENCE_END_EVENT ||
            r->event.type == YAML_MAPPING_END_EVENT) {
            node->child = list.v;
            node->n = list.n;
            return INCMAP_OK;
        }
        struct im_node key = {.text = NULL};
        if (map && ((status = take_key(r, &key, err)) != INCMAP_OK ||
                    (status = next_event(r, err)) != INCMAP_OK)) {
            return status;
        }
        struct im_node *child = NULL;
        status = take_node(r, depth + 1, &child, err);
        if (status != INCMAP_OK) {
            return status;
        }
        child->key = key.text;
        child->key_line = key.line;
        child->key_col = key.col;
        IM_PUSH(r->arena, list.v, list.n, list.cap, child);
    }
}

static int by_key(const void *a, const void *b) {
    const struct im_node *x = *(struct im_node *const *)a;
    const struct im_node *y = *(struct im_node *const *)b;
    int order = strcmp(x->key, y->key);
    if (order != 0) {
        return order;
    }
    if (x->key_line != y->key_line) {
        return x->key_line < y->key_line ? -1 : 1;
    }
    return x->key_col < y->key_col ? -1 : x->key_col > y->key_col;
}

/* The first key, in the order of the file, that stands there for the second time. */
static enum incmap_status check_unique(const struct reader *r,
                                       const struct im_node *map,
                                       struct incmap_error *err) {
    struct im_node **sorted = im_alloc(r->arena, map->n, sizeof *sorted);
    if (map->n > 0) {
        memcpy(sorted, map->child, map->n * sizeof *sorted);
        qsort(sorted, map->n, sizeof *sorted, by_key);
    }
    const struct im_node *again = NULL, *before = NULL;
    for (size_t i = 1; i < map->n; i++) {
        struct im_node *node = sorted[i];
        bool earlier =
            again == NULL || node->key_line < again->key_line ||
            (node->key_line == again->key_line && node->key_col < again->key_col);
        if (strcmp(sorted[i - 1]->key, node->key) == 0 && earlier) {
            again = node;
            before = sorted[i - 1];
        }
    }
    if (again == NULL) {
        return INCMAP_OK;
    }
    return im_fail(err, INCMAP_E_INPUT, IM_AT(r->name, again->key_line, again->key_col),
                   "'%s' stands here for the second time (first in line %u)",
                   again->key, before->key_line);
}

static enum incmap_status take_node(struct reader *r, int depth, struct im_node **out,
                                    struct incmap_error *err) {
    enum incmap_status status = check_plain(r, err);
    if (status != INCMAP_OK) {
        return status;
    }
    if (r->event.type == YAML_SCALAR_EVENT) {
        return take_scalar(r, out, err);
    }
    if (depth >= IM_MAX_DEPTH) {
        return refuse(r, err, "lists and maps are nested too deeply");
    }
    bool map = r->event.type == YAML_MAPPING_START_EVENT;
    struct im_node *node = new_node(r, map ? IM_NODE_MAP : IM_NODE_LIST);
    status = take_children(r, node, depth, err);
    if (status == INCMAP_OK && map) {
        status = check_unique(r, node, err);
    }
    *out = node;
    return status;
}

/* 4. The document. */

static enum incmap_status take_document(struct reader *r, struct im_node **out,
                                        struct incmap_error *err) {
    for (;;) {
        enum incmap_status status = next_event(r, err);
        if (status != INCMAP_OK || r->event.type == YAML_STREAM_END_EVENT) {
            return status;
        }
        if (r->event.type == YAML_DOCUMENT_START_EVENT && *out != NULL) {
            return refuse(r, err, "a second document starts here (only one is read)");
        }
        if (r->event.type == YAML_STREAM_START_EVENT ||
            r->event.type == YAML_DOCUMENT_START_EVENT) {
            continue;
        }
        status = take_node(r, 0, out, err);
        if (status != INCMAP_OK) {
            return status;
        }
        status = next_event(r, err); // the end of the document
        if (status != INCMAP_OK) {
            return status;
        }
    }
}

static bool is_null(const struct im_node *node) {
    return node->kind == IM_NODE_SCALAR && !node->quoted && node->text[0] == '\0';
}

enum incmap_status im_yaml_read(struct im_arena *arena, const char *name,
                                struct im_bytes bytes, struct im_node **out,
                                struct incmap_error *err) {
    *out = NULL;
    struct reader *r = im_alloc(arena, 1, sizeof *r);
    r->arena = arena;
    r->name = name;
    r->bytes = bytes.n == 0 ? (struct im_bytes){"", 0} : bytes;
    if (bytes.n > IM_MAX_MAP_FILE) {
        return im_fail(err, INCMAP_E_LIMIT, IM_FILE(name), "larger than %zu MiB",
                       IM_MAX_MAP_FILE >> 20);
    }
    enum incmap_status status = im_plain_check(name, bytes, err);
    if (status != INCMAP_OK) {
        return status;
    }
    find_lines(r);
    im_arena_defer(arena, finish, r);
    if (!yaml_parser_initialize(&r->parser)) {
        return im_fail(err, INCMAP_E_LIMIT, IM_FILE(name), "out of memory");
    }
    r->open = true;
    yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
    // behind a byte order mark, which libyaml would take for the first column
    size_t mark = (size_t)(r->line[0] - r->bytes.data);
    yaml_parser_set_input_string(&r->parser, (const unsigned char *)r->line[0],
                                 r->bytes.n - mark);
    struct im_node *root = NULL;
    status = take_document(r, &root, err);
    finish(r);
    if (status == INCMAP_OK && root != NULL && !is_null(root)) {
        *out = root;
    }
    return status;
}
