#include "gazetteer/symbols.h"

#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 5, CODES = 512, LITERAL = 256 };

struct gaz_coder {
    struct gaz_symbols table;     /* longest first among those with two bytes alike */
    unsigned char single[256];    /* symbol of one byte, or GAZ_ESCAPE */
    unsigned char first[1 << 16]; /* by two bytes: the first longer symbol ... */
    unsigned char count[1 << 16]; /* ... and how many there are */
};

struct symbol {
    unsigned char bytes[GAZ_SYMBOL_BYTES];
    unsigned length, gain;
};

struct trainer {
    struct im_arena *arena;
    struct gaz_coder *coder;
    uint32_t *alone;  /* [CODES]; a byte as it is counts as LITERAL + byte */
    uint16_t *behind; /* [CODES][CODES] */
    struct symbol *candidate;
    size_t n, cap;
};

static unsigned two(const unsigned char *s) {
    return (unsigned)s[0] << 8 | s[1];
}

/* Code of the longest symbol at s; LITERAL + byte when there is none. */
static unsigned longest(const struct gaz_coder *c, const unsigned char *s, size_t n,
                        size_t *used) {
    if (n >= 2) {
        unsigned at = c->first[two(s)], end = at + c->count[two(s)];
        for (; at < end; at++) {
            size_t length = c->table.length[at];
            if (length <= n && memcmp(c->table.bytes[at], s, length) == 0) {
                *used = length;
                return at;
            }
        }
    }
    *used = 1;
    unsigned code = c->single[s[0]];
    return code == GAZ_ESCAPE ? LITERAL + (unsigned)s[0] : code;
}

static int by_bytes(const void *a, const void *b) {
    const struct symbol *x = a, *y = b;
    int order = memcmp(x->bytes, y->bytes, GAZ_SYMBOL_BYTES);
    return order ? order : (x->length > y->length) - (x->length < y->length);
}

static int by_gain(const void *a, const void *b) {
    const struct symbol *x = a, *y = b;
    return x->gain != y->gain ? (x->gain < y->gain ? 1 : -1) : by_bytes(a, b);
}

/* One byte last; else by the first two bytes, the longest first. */
static int by_place(const void *a, const void *b) {
    const struct symbol *x = a, *y = b;
    bool one = x->length == 1, other = y->length == 1;
    if (one != other) {
        return one ? 1 : -1;
    }
    int order = memcmp(x->bytes, y->bytes, 2);
    if (order == 0 && x->length != y->length) {
        order = x->length > y->length ? -1 : 1;
    }
    return order ? order : by_bytes(a, b);
}

/* A coder of the first n candidates. */
static void build(struct gaz_coder *c, struct symbol *v, size_t n) {
    memset(c, 0, sizeof *c);
    memset(c->single, GAZ_ESCAPE, sizeof c->single);
    if (n > 0) {
        qsort(v, n, sizeof *v, by_place);
    }
    for (size_t i = 0; i < n; i++) {
        memcpy(c->table.bytes[i], v[i].bytes, GAZ_SYMBOL_BYTES);
        c->table.length[i] = (unsigned char)v[i].length;
        if (v[i].length == 1) {
            c->single[v[i].bytes[0]] = (unsigned char)i;
            continue;
        }
        unsigned key = two(v[i].bytes);
        if (c->count[key]++ == 0) {
            c->first[key] = (unsigned char)i;
        }
    }
}

static void propose(struct trainer *t, const struct symbol *s, unsigned gain) {
    struct symbol copy = *s;
    copy.gain = gain;
    IM_PUSH(t->arena, t->candidate, t->n, t->cap, copy);
}

static struct symbol symbol_of(const struct trainer *t, unsigned code) {
    struct symbol s = {.length = 1};
    if (code >= LITERAL) {
        s.bytes[0] = (unsigned char)(code - LITERAL);
    } else {
        s.length = t->coder->table.length[code];
        memcpy(s.bytes, t->coder->table.bytes[code], GAZ_SYMBOL_BYTES);
    }
    return s;
}

/* Symbols, and symbols behind symbols, with the bytes that they would stand for. */
static void propose_all(struct trainer *t) {
    t->n = 0;
    for (unsigned a = 0; a < CODES; a++) {
        struct symbol left =
            symbol_of(t, a < LITERAL && a >= GAZ_SYMBOLS ? LITERAL : a);
        if (t->alone[a] == 0) {
            continue;
        }
        propose(t, &left, t->alone[a] * left.length);
        for (unsigned b = 0; b < CODES && left.length < GAZ_SYMBOL_BYTES; b++) {
            unsigned times = t->behind[a * CODES + b];
            if (times < 2) {
                continue;
            }
            struct symbol right = symbol_of(t, b), both = left;
            unsigned room = GAZ_SYMBOL_BYTES - left.length;
            unsigned more = right.length < room ? right.length : room;
            memcpy(both.bytes + left.length, right.bytes, more);
            both.length += more;
            propose(t, &both, times * both.length);
        }
    }
}

/* The best symbols first, each once. */
static size_t choose(struct trainer *t) {
    size_t kept = 0;
    if (t->n > 0) {
        qsort(t->candidate, t->n, sizeof *t->candidate, by_bytes);
    }
    for (size_t i = 0; i < t->n; i++) {
        if (kept > 0 && by_bytes(&t->candidate[kept - 1], &t->candidate[i]) == 0) {
            t->candidate[kept - 1].gain += t->candidate[i].gain;
        } else {
            t->candidate[kept++] = t->candidate[i];
        }
    }
    if (kept > 0) {
        qsort(t->candidate, kept, sizeof *t->candidate, by_gain);
    }
    return kept < GAZ_SYMBOLS ? kept : GAZ_SYMBOLS;
}

static void count(struct trainer *t, struct im_bytes sample) {
    const unsigned char *s = (const unsigned char *)sample.data;
    unsigned last = CODES;
    memset(t->alone, 0, CODES * sizeof *t->alone);
    memset(t->behind, 0, (size_t)CODES * CODES * sizeof *t->behind);
    for (size_t i = 0, used; i < sample.n; i += used) {
        if (s[i] == '\n') {
            used = 1;
            last = CODES;
            continue;
        }
        const unsigned char *end = memchr(s + i, '\n', sample.n - i);
        size_t room = end ? (size_t)(end - (s + i)) : sample.n - i;
        unsigned code = longest(t->coder, s + i, room, &used);
        t->alone[code]++;
        if (last < CODES && t->behind[last * CODES + code] < UINT16_MAX) {
            t->behind[last * CODES + code]++;
        }
        last = code;
    }
}

struct gaz_coder *gaz_coder_train(struct im_arena *arena, struct im_bytes sample) {
    struct trainer t = {.arena = arena};
    t.coder = im_alloc(arena, 1, sizeof *t.coder);
    t.alone = im_alloc(arena, CODES, sizeof *t.alone);
    t.behind = im_alloc(arena, (size_t)CODES * CODES, sizeof *t.behind);
    build(t.coder, NULL, 0);
    for (int i = 0; i < ROUNDS && sample.n > 0; i++) {
        count(&t, sample);
        propose_all(&t);
        build(t.coder, t.candidate, choose(&t));
    }
    return t.coder;
}

const struct gaz_symbols *gaz_coder_symbols(const struct gaz_coder *coder) {
    return &coder->table;
}

void gaz_pack(const struct gaz_coder *coder, struct im_buf *out, const char *s,
              size_t n) {
    const unsigned char *at = (const unsigned char *)s;
    for (size_t i = 0, used; i < n; i += used) {
        unsigned code = longest(coder, at + i, n - i, &used);
        if (code >= LITERAL) {
            im_buf_char(out, (char)(unsigned char)GAZ_ESCAPE);
            code -= LITERAL;
        }
        im_buf_char(out, (char)(unsigned char)code);
    }
}

size_t gaz_unpacked_size(const struct gaz_symbols *symbols, const unsigned char *packed,
                         size_t n) {
    size_t size = 0;
    for (size_t i = 0; i < n; i++) {
        if (packed[i] != GAZ_ESCAPE) {
            size += symbols->length[packed[i]];
            continue;
        }
        if (++i == n) {
            return SIZE_MAX;
        }
        size++;
    }
    return size;
}

static char *put_symbol(const struct gaz_symbols *symbols, unsigned code, char *out) {
    memcpy(out, symbols->bytes[code], GAZ_SYMBOL_BYTES);
    return out + symbols->length[code];
}

/* Is one of four codes the escape? It alone has all bits set (Mycroft 1987). */
static bool has_escape(uint32_t four) {
    return ((~four - 0x01010101u) & four & 0x80808080u) != 0;
}

size_t gaz_unpack(const struct gaz_symbols *symbols, const unsigned char *packed,
                  size_t n, char *out) {
    const unsigned char *end = packed + n;
    char *at = out;
    uint32_t four;
    while (packed < end) {
        if (end - packed >= 4 && (memcpy(&four, packed, 4), !has_escape(four))) {
            for (int i = 0; i < 4; i++) {
                at = put_symbol(symbols, packed[i], at);
            }
            packed += 4;
        } else if (*packed != GAZ_ESCAPE) {
            at = put_symbol(symbols, *packed++, at);
        } else if (end - packed >= 2) {
            *at++ = (char)packed[1];
            packed += 2;
        } else {
            return SIZE_MAX;
        }
    }
    return (size_t)(at - out);
}

size_t gaz_unpack_first(const struct gaz_symbols *symbols, const unsigned char *packed,
                        size_t n, char *out, size_t room) {
    size_t size = 0;
    for (size_t i = 0; i < n; i++) {
        bool escape = packed[i] == GAZ_ESCAPE;
        if ((escape && ++i == n) || room - size < GAZ_SYMBOL_BYTES) {
            return SIZE_MAX;
        }
        size_t end = size + (escape ? 1 : symbols->length[packed[i]]);
        memcpy(out + size, escape ? &packed[i] : symbols->bytes[packed[i]],
               escape ? 1 : GAZ_SYMBOL_BYTES);
        for (; size < end; size++) {
            if (out[size] == '\t') {
                return size;
            }
        }
    }
    return size;
}
