/* What is known of a row of pixels before it is deflated. Private to the room. */
#ifndef IM_DRAW_ROWLOOK_H
#define IM_DRAW_ROWLOOK_H

#include <stdbool.h>
#include <stdint.h>

/* Words of a set of bits for `width` pixels, with one bit more at the end. */
#define IM_ROW_WORDS(width) ((width) / 64 + 1)

struct im_row_look {
    uint64_t *left, *above; /* bit x: pixel x is not its neighbour there; bit `width` is
                               set. Room for IM_ROW_WORDS(width) words each */
    uint64_t sum;           /* of the row's bytes, red, green, blue */
    uint64_t weighted;      /* of each byte times its distance from the row's end: 1 for
                               the last */
};

/*
 * Look at `width` pixels (1 to 65,535) at `p`, 32-bit words 0xXXRRGGBB, and fill their
 * bytes XX, so that pixels compare as words. `above` is the row over it, of which XX is
 * 0xFF; NULL: there is none, all pixels differ from it. With processors of AVX2
 * eight pixels at a time; `plain`: one at a time in any case, with the same result.
 */
void im_row_look(unsigned char *p, const unsigned char *above, uint32_t width,
                 bool plain, struct im_row_look *look);

#endif
