#include "formats/jsonread.h"
#include "base/limits.h"
#include <string.h>
#include <yajl/yajl_parse.h>

enum { PAST = IM_MAX_DEPTH + 1, POOL_RECORDS = 256, HEADER = 16, REASON = 160 };
static const size_t POOL_BYTES = (size_t)1 << 29, MOST_TOKEN = (size_t)1 << 26;
#define LONG_TEXT "a text is longer than 1 MiB"
_Static_assert(IM_MAX_FIELD == 1 << 20, "as LONG_TEXT says");

/* An array or object that is not yet closed. */
struct open {
    struct im_json *value, *last;
};

struct reader {
    struct im_arena *arena, *pool; /* pool: of a few records */
    const char *name;
    struct im_bytes bytes;
    const struct im_json_records *to;
    yajl_handle parser;
    struct open open[IM_MAX_DEPTH];
    size_t depth;
    size_t base; /* records lie this deep: 0, or 1 in an array, 2 in a collection; PAST
                  * its features there are none */
    const char *key; /* of the member to come, and the byte behind it */
    size_t key_end;
    size_t start; /* byte at which the parser began */
    size_t counted, line_start;
    size_t begun; /* byte at which the outermost open value began */
    unsigned begun_line;
    unsigned line, records, pooled;
    bool ended;          /* all bytes are read; the parser may still miss some */
    bool stopped, lines; /* lines: a value has ended on the line it began on */
    bool long_text;      /* of the record in hand: where it stands */
    unsigned long_line, long_col;
    const char *fault;
    bool bounded;  /* the fault is of size alone */
    jmp_buf *full; /* where to go when the record in hand is too large */
};

/* Memory of the parser, with its size before it, as realloc must know. */
static void *take(void *ctx, size_t n) {
    struct reader *r = ctx;
    char *at = im_alloc(r->arena, n + HEADER, 1);
    memcpy(at, &n, sizeof n);
    return at + HEADER;
}

static void *take_more(void *ctx, void *old, size_t n) {
    size_t had = 0;
    struct reader *r = ctx;
    if (n > MOST_TOKEN) { // it would take the memory of the job
        r->fault = LONG_TEXT;
        longjmp(*r->full, 1);
    }
    void *at = take(ctx, n);
    if (old) {
        memcpy(&had, (char *)old - HEADER, sizeof had);
        memcpy(at, old, had < n ? had : n);
    }
    return at;
}

static void give_back(void *ctx, void *at) {
    (void)ctx;
    (void)at; // goes with the arena
}

/* Byte behind what the parser has read. */
static size_t consumed(const struct reader *r) {
    return r->ended ? r->bytes.n : r->start + yajl_get_bytes_consumed(r->parser);
}

/* Line and column of the token that the parser has just read, n bytes long. */
static void count_lines(struct reader *r, size_t n, unsigned *line, unsigned *col) {
    size_t end = consumed(r);
    size_t at = end > n ? end - n : 0;
    at = at < r->bytes.n ? at : r->bytes.n;
    while (r->counted < at) {
        const char *newline = memchr(r->bytes.data + r->counted, '\n', at - r->counted);
        if (!newline) {
            r->counted = at;
            break;
        }
        r->counted = (size_t)(newline - r->bytes.data) + 1;
        r->line_start = r->counted;
        r->line++;
    }
    *line = r->line;
    *col = (unsigned)(at - r->line_start) + 1;
}

/* Where the value begins whose key was read. */
static size_t value_start(const struct reader *r) {
    size_t at = r->key_end;
    while (at < r->bytes.n && r->bytes.data[at] != '\0' &&
           strchr(" \t\r\n:", r->bytes.data[at]) != NULL) {
        at++;
    }
    return at;
}

/* A text in the record in hand is too long to be kept. */
static void note_long(struct reader *r, unsigned line, unsigned col) {
    if (!r->long_text) {
        r->long_text = true;
        r->long_line = line;
        r->long_col = col;
    }
}

static struct im_json *add(struct reader *r, enum im_json_type type, const char *text,
                           size_t n) {
    struct im_json *v = im_alloc(r->pool, 1, sizeof *v);
    struct open *parent = r->depth > 0 ? &r->open[r->depth - 1] : NULL;
    v->type = type;
    bool fits = text && n <= IM_MAX_FIELD;
    v->text = fits ? im_strndup(r->pool, text, n) : "";
    v->n = fits ? n : 0;
    v->key = r->key;
    v->from = r->key ? value_start(r) : 0;
    r->key = NULL;
    size_t token = type == IM_JSON_NUMBER   ? n
                   : type == IM_JSON_STRING ? n + 2 // without escapes
                   : type == IM_JSON_FALSE  ? 5
                   : type <= IM_JSON_TRUE   ? 4
                                            : 1;
    count_lines(r, token, &v->line, &v->col);
    if (v->key && v->from >= r->line_start) {
        v->col = (unsigned)(v->from - r->line_start) + 1; // escapes make it longer
    }
    if (n > IM_MAX_FIELD) {
        note_long(r, v->line, v->col);
    }
    if (!parent || r->depth <= r->base) {
        return v;
    }
    if (parent->last) {
        parent->last->next = v;
    } else {
        parent->value->child = v;
    }
    parent->last = v;
    parent->value->n++;
    return v;
}

/* Memory for the next records. */
static void fresh_pool(struct reader *r) {
    if (r->pool && ++r->pooled < POOL_RECORDS) {
        return;
    }
    r->pooled = 0;
    im_arena_free(r->pool);
    r->pool = im_arena_new(POOL_BYTES);
    if (!r->pool) {
        im_arena_exhausted(r->arena);
    }
    im_arena_catch(r->pool, r->full);
}

static void tell_long(struct reader *r) {
    struct incmap_error fault = {.status = INCMAP_OK};
    r->long_text = false;
    im_fail(&fault, INCMAP_E_INPUT, IM_AT(r->name, r->long_line, r->long_col),
            LONG_TEXT);
    r->to->broken(r->to->self, &fault);
}

/* A value is whole; at the depth of records it is one. */
static int done(struct reader *r, struct im_json *v) {
    v->to = v->key ? consumed(r) : 0;
    if (r->depth != r->base) {
        return 1;
    }
    r->lines = r->lines || (r->base == 0 && v->line == r->line);
    r->records++;
    if (r->long_text && !r->to->broken) {
        r->fault = LONG_TEXT;
        r->bounded = true;
        return 0;
    }
    if (r->long_text) {
        tell_long(r);
    } else {
        r->stopped = !r->to->record(r->to->self, v);
    }
    fresh_pool(r);
    return !r->stopped;
}

static int scalar(struct reader *r, enum im_json_type type, const char *text,
                  size_t n) {
    return done(r, add(r, type, text, n));
}

static int on_null(void *ctx) {
    return scalar(ctx, IM_JSON_NULL, NULL, 0);
}

static int on_boolean(void *ctx, int value) {
    return scalar(ctx, value ? IM_JSON_TRUE : IM_JSON_FALSE, NULL, 0);
}

static int on_number(void *ctx, const char *text, size_t n) {
    return scalar(ctx, IM_JSON_NUMBER, text, n);
}

static int on_string(void *ctx, const unsigned char *text, size_t n) {
    return scalar(ctx, IM_JSON_STRING, (const char *)text, n);
}

static int on_key(void *ctx, const unsigned char *text, size_t n) {
    struct reader *r = ctx;
    r->key_end = consumed(r);
    if (n > IM_MAX_FIELD) {
        unsigned line, col;
        count_lines(r, n + 2, &line, &col);
        note_long(r, line, col);
        n = 0;
    }
    r->key = im_strndup(r->pool, (const char *)text, n);
    return 1;
}

static int begin(struct reader *r, enum im_json_type type) {
    if (r->depth == IM_MAX_DEPTH) {
        r->fault = "nested too deeply";
        return 0;
    }
    bool array = type == IM_JSON_ARRAY && !r->to->whole;
    bool features = array && r->depth == 1 && r->base == 0 && r->key &&
                    strcmp(r->key, "features") == 0;
    struct im_json *v = add(r, type, NULL, 0);
    if (array && r->depth == 0) {
        r->base = 1;
    } else if (features) {
        r->base = 2;
        r->long_text = false; // of the collection
    }
    if (r->depth == 0) {
        r->begun = r->line_start + v->col - 1;
        r->begun_line = v->line;
    }
    r->open[r->depth++] = (struct open){v, NULL};
    return 1;
}

static int on_end(void *ctx) {
    struct reader *r = ctx;
    struct im_json *v = r->open[--r->depth].value;
    if (r->depth < r->base) {
        // the array of records, or what holds it, is over: it is no record itself
        r->base = r->depth == 0 ? 0 : PAST;
        return 1;
    }
    return done(r, v);
}

static int on_begin_map(void *ctx) {
    return begin(ctx, IM_JSON_OBJECT);
}

static int on_begin_array(void *ctx) {
    return begin(ctx, IM_JSON_ARRAY);
}

static void new_parser(struct reader *r, size_t start) {
    static const yajl_callbacks callbacks = {
        .yajl_null = on_null,
        .yajl_boolean = on_boolean,
        .yajl_number = on_number,
        .yajl_string = on_string,
        .yajl_start_map = on_begin_map,
        .yajl_map_key = on_key,
        .yajl_end_map = on_end,
        .yajl_start_array = on_begin_array,
        .yajl_end_array = on_end,
    };
    yajl_alloc_funcs memory = {take, take_more, give_back, r};
    r->parser = yajl_alloc(&callbacks, &memory, r);
    yajl_config(r->parser, yajl_allow_multiple_values, 1);
    r->start = start;
    r->ended = false;
    r->depth = r->base = 0;
    r->key = NULL;
    r->fault = NULL;
    r->long_text = r->bounded = false;
}

static bool is_lines(const struct reader *r) {
    return r->base == 0 && (r->lines || im_json_is_lines(r->name));
}

/* The parser's reason on one line, or our own. */
static void why(struct reader *r, struct incmap_error *out) {
    char text[REASON] = "";
    unsigned line, col;
    unsigned char *told = yajl_get_error(r->parser, 0, NULL, 0);
    const char *colon = strchr((const char *)told, ':');
    const char *from = colon ? colon + 1 + (colon[1] == ' ') : (const char *)told;
    size_t n = strcspn(from, "\n");
    n = n < sizeof text - 1 ? n : sizeof text - 1;
    memcpy(text, from, n);
    count_lines(r, 1, &line, &col);
    if (r->depth > 0 && r->base == 0 && line > r->begun_line && is_lines(r)) {
        line = r->begun_line; // the line that ends too soon, not the next one
        col = 1;
    }
    im_fail(out, INCMAP_E_INPUT, IM_AT(r->name, line, col), "%s%s",
            r->bounded ? "" : "not JSON: ", r->fault ? r->fault : text);
}

/* Behind the line in which the broken value began, or in which the parser failed. */
static size_t next_line(struct reader *r) {
    size_t at = consumed(r);
    at = at > r->start ? at - 1 : at;
    if (r->depth > 0 && r->base == 0) {
        at = r->begun;
        r->line = r->begun_line;
        r->counted = r->line_start = at;
    }
    const char *newline =
        at < r->bytes.n ? memchr(r->bytes.data + at, '\n', r->bytes.n - at) : NULL;
    return newline ? (size_t)(newline - r->bytes.data) + 1 : r->bytes.n;
}

/* What is wrong costs its line, or ends the reading. */
static enum incmap_status give_up(struct reader *r, size_t *at,
                                  struct incmap_error *err) {
    struct incmap_error fault = {.status = INCMAP_OK};
    why(r, &fault);
    *at = next_line(r);
    if (r->to->whole || !is_lines(r)) {
        return im_fail(err, INCMAP_E_INPUT, IM_AT(r->name, fault.line, fault.column),
                       "%s", fault.message);
    }
    r->to->broken(r->to->self, &fault);
    return INCMAP_OK;
}

static enum incmap_status read_from(struct reader *r, size_t *at,
                                    struct incmap_error *err) {
    yajl_status s = yajl_parse(r->parser, (const unsigned char *)r->bytes.data + *at,
                               r->bytes.n - *at);
    if (s == yajl_status_ok) {
        r->ended = true;
        s = yajl_complete_parse(r->parser);
    }
    if (r->stopped || s == yajl_status_ok) {
        *at = r->bytes.n;
        return INCMAP_OK;
    }
    return give_up(r, at, err);
}

/* The same, where a record that is too large for its memory is a fault like others. */
static enum incmap_status read_bounded(struct reader *r, size_t *at,
                                       struct incmap_error *err) {
    jmp_buf full;
    r->full = &full;
    fresh_pool(r);
    im_arena_catch(r->pool, &full);
    new_parser(r, *at);
    if (setjmp(full) != 0) {
        if (!r->fault && !im_arena_full(r->pool)) { // it is the system's memory
            im_arena_exhausted(r->arena);
        }
        r->fault = r->fault ? r->fault : "a record takes more than 512 MiB of memory";
        r->bounded = true;
        r->pooled = POOL_RECORDS;
        return give_up(r, at, err);
    }
    return read_from(r, at, err);
}

static void free_reader(void *handle) {
    im_arena_free(((struct reader *)handle)->pool);
}

enum incmap_status im_json_read(struct im_arena *arena, const char *name,
                                struct im_bytes bytes, const struct im_json_records *to,
                                struct incmap_error *err) {
    struct reader *r = im_alloc(arena, 1, sizeof *r);
    *r = (struct reader){
        .arena = arena, .name = name, .bytes = bytes, .to = to, .line = 1};
    im_arena_defer(arena, free_reader, r);
    size_t at = bytes.n >= 3 && memcmp(bytes.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    enum incmap_status status = INCMAP_OK;
    while (status == INCMAP_OK && at < bytes.n && !r->stopped) {
        status = read_bounded(r, &at, err);
    }
    return status;
}
