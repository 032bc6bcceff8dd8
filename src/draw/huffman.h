/* Huffman codes of limited length (RFC 1951, 3.2.2). Private to the room. */
#ifndef IM_DRAW_HUFFMAN_H
#define IM_DRAW_HUFFMAN_H

#include <stdint.h>

enum { IM_SYMBOLS = 286 /* at most */ };

struct im_huffman {
    uint32_t freq[IM_SYMBOLS];
    uint16_t bits[IM_SYMBOLS];     /* first bit of the code lowest */
    unsigned char len[IM_SYMBOLS]; /* 0: the symbol has no code */
};

/*
 * Make the code of the frequencies (below 2^18) of the first n symbols (2 at least), no
 * code longer than `limit` bits (15 at most). Two symbols get one in any case, as some
 * readers want: the first that have none count as seen once.
 */
void im_huffman(struct im_huffman *code, int n, int limit);

/* Bits that all occurrences of the n symbols take. */
uint64_t im_huffman_bits(const struct im_huffman *code, int n);

#endif
