/*
 * Blocks of deflate (RFC 1951): tokens to bits, with Huffman codes of the block's own,
 * or stored where that is shorter.
 */
#include "draw/blocks.h"
#include "base/attr.h"
#include <string.h>

enum {
    LITLENS = IM_SYMBOLS,
    DISTS = 30,
    CODES = LITLENS + DISTS,
    END = 256,
    LIMIT = 15,    /* bits of a code */
    SLACK = 1024,  /* bytes of a block besides its tokens, at most */
    STORED = 65535 /* bytes of a stored block, at most */
};

/* ---- bits ---- */

static void put(struct im_bits *w, uint64_t bits, unsigned n) {
    w->bits |= bits << w->n;
    w->n += n;
}

/* Eight bytes of bits, first bit lowest. */
static inline void store(unsigned char *to, uint64_t bits) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bits = __builtin_bswap64(bits);
#endif
    memcpy(to, &bits, sizeof bits);
}

/* Write whole bytes; up to 56 bits fit between two calls. */
static void flush(struct im_bits *w) {
    store(w->to, w->bits);
    w->to += w->n >> 3;
    w->bits >>= w->n & ~7u;
    w->n &= 7;
}

/* ---- symbols of lengths and distances (RFC 1951, 3.2.5) ---- */

static int length_symbol(size_t bytes, int *extra) {
    if (bytes == 258) {
        *extra = 0;
        return 285;
    }
    return 257 + im_slot(bytes - 3, 2, extra);
}

/* How often each symbol stands in the block; the bits that lengths and distances add to
 * their codes. Counters by place in the token: one alone would wait for itself. */
static uint64_t count(struct im_blocks *d) {
    uint32_t n[3][IM_CODES] = {0};
    uint64_t bits = 0;
    for (const uint64_t *t = d->token, *end = t + d->n; t < end; t++) {
        n[0][*t & 0xFFFF]++;
        n[1][*t >> 16 & 0xFFFF]++;
        n[2][*t >> 32 & 0xFFFF]++;
    }
    memset(d->lit.freq, 0, sizeof d->lit.freq);
    for (int s = 0; s < 256; s++) {
        d->lit.freq[s] = n[0][s] + n[1][s] + n[2][s];
    }
    d->lit.freq[END] = 1;
    for (size_t pixels = 1; pixels <= IM_LONGEST; pixels++) {
        int more, s = length_symbol(3 * pixels, &more);
        uint32_t times = n[0][IM_CODE_PIXELS + pixels];
        d->lit.freq[s] += times;
        bits += (uint64_t)more * times;
    }
    memcpy(d->dist.freq, n[1] + IM_CODE_DIST, DISTS * sizeof *d->dist.freq);
    for (uint64_t more = 0; more < IM_CODES - IM_CODE_MORE; more++) {
        bits += more * n[2][IM_CODE_MORE + more];
    }
    return bits;
}

/* ---- blocks ---- */

/* Code lengths as run-length symbols (RFC 1951, 3.2.7): symbol | extra value << 8. */
static int run_lengths(const unsigned char *len, int n, uint16_t *out) {
    int k = 0;
    for (int i = 0, run; i < n; i += run) {
        for (run = 1; i + run < n && len[i + run] == len[i] && run < 138; run++) {
        }
        if (len[i] == 0 && run >= 3) {
            out[k++] =
                (uint16_t)(run < 11 ? 17 | (run - 3) << 8 : 18 | (run - 11) << 8);
        } else if (i > 0 && len[i] == len[i - 1] && run >= 3) {
            run = run < 6 ? run : 6;
            out[k++] = (uint16_t)(16 | (run - 3) << 8);
        } else {
            run = 1;
            out[k++] = len[i];
        }
    }
    return k;
}

/* What describes the codes of a block, ready to be written. */
struct preface {
    struct im_huffman code;
    uint16_t run[CODES];
    int runs, lits, dists, orders;
    uint64_t bits;
};

static const unsigned char order_of_lengths[19] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                   11, 4,  12, 3, 13, 2, 14, 1, 15};
static const unsigned char run_extra[19] = {[16] = 2, [17] = 3, [18] = 7};

static void make_preface(const struct im_blocks *d, struct preface *p) {
    unsigned char len[CODES];
    memset(p, 0, sizeof *p);
    for (p->lits = LITLENS; d->lit.len[p->lits - 1] == 0; p->lits--) {
    }
    for (p->dists = DISTS; d->dist.len[p->dists - 1] == 0; p->dists--) {
    }
    memcpy(len, d->lit.len, (size_t)p->lits);
    memcpy(len + p->lits, d->dist.len, (size_t)p->dists);
    p->runs = run_lengths(len, p->lits + p->dists, p->run);
    for (int i = 0; i < p->runs; i++) {
        p->code.freq[p->run[i] & 0xFF]++;
        p->bits += run_extra[p->run[i] & 0xFF];
    }
    im_huffman(&p->code, 19, 7);
    for (p->orders = 19; p->code.len[order_of_lengths[p->orders - 1]] == 0;
         p->orders--) {
    }
    p->bits += im_huffman_bits(&p->code, 19) + 17 + 3 * (uint64_t)p->orders;
}

static void put_preface(struct im_blocks *d, const struct preface *p, bool last) {
    put(&d->w,
        (uint64_t)(last | 2 << 1 | (p->lits - 257) << 3 | (p->dists - 1) << 8 |
                   (p->orders - 4) << 13),
        17);
    flush(&d->w);
    for (int i = 0; i < p->orders; i++) {
        put(&d->w, p->code.len[order_of_lengths[i]], 3);
        flush(&d->w);
    }
    for (int i = 0; i < p->runs; i++) {
        int s = p->run[i] & 0xFF;
        put(&d->w, p->code.bits[s], p->code.len[s]);
        put(&d->w, p->run[i] >> 8, run_extra[s]);
        flush(&d->w);
    }
}

/* What is written for each code of a token, as bits << 8 | how many. */
struct ready {
    uint64_t code[IM_CODES];
};

static inline uint64_t ready_code(const struct im_huffman *c, int symbol) {
    return (uint64_t)c->bits[symbol] << 8 | c->len[symbol];
}

static void make_ready(const struct im_blocks *d, struct ready *r) {
    for (int s = 0; s < 256; s++) {
        r->code[s] = ready_code(&d->lit, s);
    }
    for (size_t pixels = 1; pixels <= IM_LONGEST; pixels++) {
        int more, s = length_symbol(3 * pixels, &more);
        uint64_t rest = (3 * pixels - 3) & ((1u << more) - 1);
        uint64_t code = ready_code(&d->lit, s);
        r->code[IM_CODE_PIXELS + pixels] =
            code + (rest << (8 + d->lit.len[s])) + (unsigned)more;
    }
    for (int s = 0; s < DISTS; s++) {
        r->code[IM_CODE_DIST + s] = ready_code(&d->dist, s);
    }
    for (unsigned more = 0; more < IM_CODES - IM_CODE_MORE; more++) {
        r->code[IM_CODE_MORE + more] = more;
    }
}

/* Add a code; of n only the low byte counts, which the codes of a token don't fill. */
static inline void put_ready(uint64_t *bits, uint64_t *n, uint64_t code) {
    *bits |= code >> 8 << (*n & 63);
    *n += code;
}

/* No branches: no processor guesses what comes next in a picture. */
IM_BITS static void put_tokens(struct im_blocks *d) {
    struct ready r;
    const uint64_t *t = d->token, *end = t + d->n;
    uint64_t bits = d->w.bits, n = d->w.n;
    make_ready(d, &r);
    unsigned char *to = d->w.to;
    for (; t < end; t++) {
        put_ready(&bits, &n, r.code[*t & 0xFFFF]);
        put_ready(&bits, &n, r.code[*t >> 16 & 0xFFFF]);
        put_ready(&bits, &n, r.code[*t >> 32 & 0xFFFF] + (*t >> 48 << 8));
        store(to, bits);
        n &= 0xFF;
        to += n >> 3;
        bits >>= n & ~7ull;
        n &= 7;
    }
    d->w = (struct im_bits){bits, (unsigned)n, to};
    put(&d->w, d->lit.bits[END], d->lit.len[END]);
    flush(&d->w);
}

/* Bytes of the stream: rows of a filter byte and RGB triples. */
static void raw_bytes(const struct im_blocks *d, size_t from, size_t n,
                      unsigned char *to) {
    size_t y = from / d->row, x = from % d->row;
    for (size_t i = 0; i < n; i++) {
        const unsigned char *p = d->pixels + y * d->stride;
        uint32_t shifted =
            x == 0 ? 0 : im_pixel(p + (x - 1) / 3 * 4) >> (16 - 8 * ((x - 1) % 3));
        to[i] = (unsigned char)(shifted & 0xFF);
        if (++x == d->row) {
            x = 0;
            y++;
        }
    }
}

/* Write bits to the end of `out`, of which at most n bytes follow; and no longer. */
static void begin_bits(struct im_blocks *d, size_t n) {
    d->w.to = (unsigned char *)im_buf_room(d->out, n + sizeof d->w.bits);
}

static void end_bits(struct im_blocks *d) {
    d->out->len = (size_t)((char *)d->w.to - d->out->data);
    d->out->data[d->out->len] = '\0';
}

static void put_stored(struct im_blocks *d, size_t end, bool last) {
    unsigned char raw[STORED];
    for (size_t at = d->start, n; at < end; at += n) {
        n = end - at < STORED ? end - at : STORED;
        begin_bits(d, 6);
        put(&d->w, last && at + n == end, 3);
        put(&d->w, 0, (8 - d->w.n) & 7);
        flush(&d->w);
        put(&d->w, n | (~n & 0xFFFF) << 16, 32);
        flush(&d->w);
        end_bits(d);
        raw_bytes(d, at, n, raw);
        im_buf_add(d->out, raw, n);
    }
}

/* The tokens with codes of their own, and what describes these. */
static void put_block(struct im_blocks *d, const struct preface *p, bool last) {
    begin_bits(d, 6 * d->n + SLACK); // 48 bits a token at most
    put_preface(d, p, last);
    put_tokens(d);
    end_bits(d);
}

void im_blocks_end(struct im_blocks *d, size_t end, bool last) {
    struct preface p;
    uint64_t bits = count(d);
    im_huffman(&d->lit, LITLENS, LIMIT);
    im_huffman(&d->dist, DISTS, LIMIT);
    make_preface(d, &p);
    bits +=
        im_huffman_bits(&d->lit, LITLENS) + im_huffman_bits(&d->dist, DISTS) + p.bits;
    size_t raw = end - d->start;
    if (bits > 8 * (raw + 5 * (raw / STORED + 1))) {
        put_stored(d, end, last);
    } else {
        put_block(d, &p, last);
    }
    d->n = 0;
    d->start = end;
}

void im_blocks_begin(struct im_blocks *d) {
    d->left = im_token_of_distance(3);
    d->above = d->row <= IM_WINDOW ? im_token_of_distance(d->row) : 0;
    put(&d->w, 0x0178, 16); // deflate, window of 32 KiB, fastest
}

void im_blocks_close(struct im_blocks *d, uint32_t adler) {
    begin_bits(d, 5);
    put(&d->w, 0, (8 - d->w.n) & 7);
    put(&d->w, __builtin_bswap32(adler), 32);
    flush(&d->w);
    end_bits(d);
}
