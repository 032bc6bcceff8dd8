/* Blocks of a zlib stream (RFC 1950, 1951) of pixels. Private to the room. */
#ifndef IM_DRAW_BLOCKS_H
#define IM_DRAW_BLOCKS_H

#include "base/buf.h"
#include "draw/huffman.h"
#include <stdbool.h>
#include <string.h>

enum {
    IM_TOKENS = 32768,               /* of a block, at most */
    IM_PACKED = IM_TOKENS * 7 + 1024 /* bytes: 48 bits a token at most */
};

/* A token is MATCH | bytes << 16 | distance - 1, PIXEL | rgb, or FILTER. */
#define IM_MATCH 0x80000000u
#define IM_PIXEL 0x40000000u
#define IM_FILTER 0u
#define IM_RGB UINT64_C(0x00FFFFFF)

/* Bits on their way into bytes. */
struct im_bits {
    uint64_t bits; /* not yet written, first bit lowest */
    unsigned n;    /* of them; below 8 between tokens */
    unsigned char *to;
};

/* What is written and what of. Set out, pixels, stride, row and the room
 * for token and packed before im_blocks_begin;
 * nothing else is the caller's but adding tokens. */
struct im_blocks {
    struct im_buf *out;
    const unsigned char *pixels; /* 32-bit words 0xXXRRGGBB */
    size_t stride, row;          /* bytes of a row: on the canvas, in the stream */
    size_t start;                /* of the block, in the stream */
    struct im_huffman lit, dist; /* of the block */
    size_t n;                    /* tokens */
    uint32_t *token;             /* room for IM_TOKENS */
    struct im_bits w;            /* into packed */
    unsigned char *packed;       /* room for IM_PACKED */
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

/* Extra bits of a distance, 1 to 32,768 (RFC 1951, 3.2.5). */
static inline int im_distance_bits(size_t distance) {
    return distance < 5 ? 0 : 30 - __builtin_clz((unsigned)(distance - 1));
}

/* Symbol of a length or distance that counts from 0 and below 32,768, where each octave
 * has 1 << fine symbols, and how many bits follow it (RFC 1951, 3.2.5). */
int im_slot(size_t v, int fine, int *extra);

#endif
