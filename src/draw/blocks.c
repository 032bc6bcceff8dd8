/*
 * Blocks of deflate (RFC 1951): tokens to bits, with Huffman codes of the block's own,
 * or stored where that is shorter.
 */
#include "draw/blocks.h"
#include <string.h>

enum {
    LITLENS = IM_SYMBOLS,
    DISTS = 30,
    CODES = LITLENS + DISTS,
    END = 256,
    LIMIT = 15,   /* bits of a code */
    SHORTEST = 3, /* bytes of a match: a pixel; all are whole pixels */
    LONGEST = 258,
    STORED = 65535 /* bytes of a stored block, at most */
};

/* ---- bits ---- */

static void put(struct im_bits *w, uint64_t bits, unsigned n) {
    w->bits |= bits << w->n;
    w->n += n;
}

/* Write whole bytes; up to 56 bits fit between two calls. */
static void flush(struct im_bits *w) {
    uint64_t bits = w->bits;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bits = __builtin_bswap64(bits);
#endif
    memcpy(w->to, &bits, sizeof bits);
    w->to += w->n >> 3;
    w->bits >>= w->n & ~7u;
    w->n &= 7;
}

/* ---- symbols of lengths and distances (RFC 1951, 3.2.5) ---- */

static int log2_of(size_t v) {
    return 31 - __builtin_clz((unsigned)v);
}

int im_slot(size_t v, int fine, int *extra) {
    if (v < (size_t)2 << fine) {
        *extra = 0;
        return (int)v;
    }
    *extra = log2_of(v) - fine;
    return (*extra << fine) + (int)(v >> *extra);
}

static int length_symbol(size_t bytes, int *extra) {
    if (bytes == 258) {
        *extra = 0;
        return 285;
    }
    return 257 + im_slot(bytes - 3, 2, extra);
}

static size_t match_bytes(uint32_t token) {
    return token >> 16 & 0x1FF;
}

/* Frequencies of the block; the bits that lengths and distances add to their codes. */
static uint64_t count_tokens(struct im_blocks *d) {
    uint32_t lengths[LONGEST + 1] = {0}, *lit = d->lit.freq;
    uint64_t bits = 0;
    int more;
    memset(d->lit.freq, 0, sizeof d->lit.freq);
    memset(d->dist.freq, 0, sizeof d->dist.freq);
    for (size_t i = 0; i < d->n; i++) {
        uint32_t t = d->token[i];
        if (t & IM_MATCH) {
            lengths[match_bytes(t)]++;
            d->dist.freq[im_slot(t & 0x7FFF, 1, &more)]++;
            bits += (uint64_t)more;
        } else if (t & IM_PIXEL) {
            lit[t >> 16 & 0xFF]++;
            lit[t >> 8 & 0xFF]++;
            lit[t & 0xFF]++;
        } else {
            lit[0]++;
        }
    }
    for (size_t bytes = SHORTEST; bytes <= LONGEST; bytes += SHORTEST) {
        lit[length_symbol(bytes, &more)] += lengths[bytes];
        bits += (uint64_t)more * lengths[bytes];
    }
    lit[END] = 1;
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

/* Codes of a block with all that goes with them: bits, how many << 24. */
struct ready {
    uint32_t lit[256], length[LONGEST + 1];
};

static void make_ready(const struct im_blocks *d, struct ready *r) {
    const struct im_huffman *c = &d->lit;
    for (int s = 0; s < 256; s++) {
        r->lit[s] = c->bits[s] | (uint32_t)c->len[s] << 24;
    }
    for (size_t bytes = SHORTEST; bytes <= LONGEST; bytes += SHORTEST) {
        int extra, s = length_symbol(bytes, &extra);
        uint32_t more = (uint32_t)(bytes - 3) & ((1u << extra) - 1);
        r->length[bytes] =
            c->bits[s] | more << c->len[s] | (uint32_t)(c->len[s] + extra) << 24;
    }
}

static void put_ready(struct im_bits *w, uint32_t code) {
    put(w, code & 0xFFFFFF, code >> 24);
}

static void put_match(struct im_bits *w, const struct ready *r,
                      const struct im_huffman *dist, uint32_t token) {
    int extra;
    size_t back = token & 0x7FFF;
    int s = im_slot(back, 1, &extra);
    put_ready(w, r->length[match_bytes(token)]);
    put(w, dist->bits[s] | (back & ((1u << extra) - 1)) << dist->len[s],
        dist->len[s] + (unsigned)extra);
}

static void put_tokens(struct im_blocks *d) {
    struct ready r;
    struct im_bits at = d->w; // stays in registers
    make_ready(d, &r);
    for (size_t i = 0; i < d->n; i++) {
        uint32_t t = d->token[i];
        if (t & IM_MATCH) {
            put_match(&at, &r, &d->dist, t);
        } else {
            if (t & IM_PIXEL) {
                put_ready(&at, r.lit[t >> 16 & 0xFF]);
                put_ready(&at, r.lit[t >> 8 & 0xFF]);
            }
            put_ready(&at, r.lit[t & 0xFF]);
        }
        flush(&at);
    }
    put(&at, d->lit.bits[END], d->lit.len[END]);
    flush(&at);
    d->w = at;
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

static void drain(struct im_blocks *d) {
    im_buf_add(d->out, d->packed, (size_t)(d->w.to - d->packed));
    d->w.to = d->packed;
}

static void put_stored(struct im_blocks *d, size_t end, bool last) {
    unsigned char raw[STORED];
    for (size_t at = d->start, n; at < end; at += n) {
        n = end - at < STORED ? end - at : STORED;
        put(&d->w, last && at + n == end, 3);
        put(&d->w, 0, (8 - d->w.n) & 7);
        flush(&d->w);
        put(&d->w, n | (~n & 0xFFFF) << 16, 32);
        flush(&d->w);
        drain(d);
        raw_bytes(d, at, n, raw);
        im_buf_add(d->out, raw, n);
    }
}

void im_blocks_end(struct im_blocks *d, size_t end, bool last) {
    struct preface p;
    uint64_t bits = count_tokens(d);
    im_huffman(&d->lit, LITLENS, LIMIT);
    im_huffman(&d->dist, DISTS, LIMIT);
    make_preface(d, &p);
    bits +=
        im_huffman_bits(&d->lit, LITLENS) + im_huffman_bits(&d->dist, DISTS) + p.bits;
    size_t raw = end - d->start;
    if (bits > 8 * (raw + 5 * (raw / STORED + 1))) {
        put_stored(d, end, last);
    } else {
        put_preface(d, &p, last);
        put_tokens(d);
        drain(d);
    }
    d->n = 0;
    d->start = end;
}

void im_blocks_begin(struct im_blocks *d) {
    d->w.to = d->packed;
    put(&d->w, 0x0178, 16); // deflate, window of 32 KiB, fastest
}

void im_blocks_close(struct im_blocks *d, uint32_t adler) {
    put(&d->w, 0, (8 - d->w.n) & 7);
    put(&d->w, __builtin_bswap32(adler), 32);
    flush(&d->w);
    drain(d);
}
