/* Blocks of a zlib stream (RFC 1950, 1951) of pixels. Private to the room. */
#ifndef IM_DRAW_BLOCKS_H
#define IM_DRAW_BLOCKS_H

#include "base/buf.h"
#include "draw/huffman.h"
#include <stdbool.h>
#include <string.h>

enum {
    IM_TOKENS = 32768, /* of a block, at most */
    IM_WINDOW = 32768, /* bytes back, at most */
    IM_LONGEST = 86    /* pixels of a match: 258 bytes */
};

/*
 * A token is up to three codes of 16 bits, lowest first: the red, green and blue of a
 * pixel, or a match's length, distance, and how many bits say more of the distance,
 * which stand above them.
 */
enum {
    IM_CODE_PIXELS = 256,                /* + pixels of a match */
    IM_CODE_DIST = 256 + IM_LONGEST + 1, /* + symbol of a distance */
    IM_CODE_MORE = IM_CODE_DIST + 30,    /* + bits that follow; + 0: no code */
    IM_CODES = IM_CODE_MORE + 14
};
#define IM_RGB UINT64_C(0x00FFFFFF)

/* Bits on their way into bytes. */
struct im_bits {
    uint64_t bits; /* not yet written, first bit lowest */
    unsigned n;    /* of them; below 8 between tokens */
    unsigned char *to;
};

/* What is written and what of. Set out, pixels, stride, row and the room for token
 * before im_blocks_begin; nothing else is the caller's but adding tokens. */
struct im_blocks {
    struct im_buf *out;
    const unsigned char *pixels; /* 32-bit words 0xXXRRGGBB */
    size_t stride, row;          /* bytes of a row: on the canvas, in the stream */
    size_t start;                /* of the block, in the stream */
    struct im_huffman lit, dist; /* codes of the block */
    uint64_t left, above;        /* what tokens say of the usual distances, the
                                    pixel before and the row before; 0: none */
    size_t n;                    /* tokens */
    uint64_t *token;             /* room for IM_TOKENS */
    struct im_bits w;            /* into out */
};

static inline uint32_t im_pixel(const unsigned char *p) {
    uint32_t v;
    memcpy(&v, p, 4);
    return v & IM_RGB;
}

/* The stream's head; all else of `blocks` is zeroed before. */
void im_blocks_begin(struct im_blocks *blocks);
/* Write the tokens as a block that ends before byte `end` of the rows. */
void im_blocks_end(struct im_blocks *blocks, size_t end, bool last);
/* The stream's tail: Adler-32 of the rows. */
void im_blocks_close(struct im_blocks *blocks, uint32_t adler);

/* Symbol of a length or distance that counts from 0 and below 32,768, where each octave
 * has 1 << fine symbols, and how many bits follow it (RFC 1951, 3.2.5). */
static inline int im_slot(size_t v, int fine, int *extra) {
    if (v < (size_t)2 << fine) {
        *extra = 0;
        return (int)v;
    }
    *extra = 31 - __builtin_clz((unsigned)v) - fine;
    return (*extra << fine) + (int)(v >> *extra);
}

/* The token of the byte before a row. */
static inline uint64_t im_token_of_filter(void) {
    const uint64_t none = IM_CODE_MORE;
    return none << 32 | none << 16;
}

/* The token of a pixel 0xXXRRGGBB. */
static inline uint64_t im_token_of_pixel(uint32_t rgb) {
    return (rgb & UINT64_C(0xFF)) << 32 | (rgb & 0xFF00) << 8 | (rgb >> 16 & 0xFF);
}

/* The token of pixels that stood a distance (3 to 32,768 bytes) before: to it, their
 * number (1 to IM_LONGEST) is to be added. */
static inline uint64_t im_token_of_distance(size_t distance) {
    int more;
    uint64_t symbol = (uint64_t)im_slot(distance - 1, 1, &more) + IM_CODE_DIST;
    uint64_t rest = (distance - 1) & ((UINT64_C(1) << more) - 1);
    return rest << 48 | (uint64_t)(IM_CODE_MORE + more) << 32 | symbol << 16 |
           IM_CODE_PIXELS;
}

#endif
