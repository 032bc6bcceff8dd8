/* A zlib stream of pixels. Private to the room. */
#ifndef IM_DRAW_DEFLATE_H
#define IM_DRAW_DEFLATE_H

#include "base/buf.h"

/*
 * Append to `out` the zlib stream (RFC 1950) of the rows of a PNG: each row a filter
 * byte 0 and RGB triples. `pixels` are 32-bit words 0xXXRRGGBB as cairo keeps them (XX
 * is ignored and filled), stride in bytes; width 1 to 32,767, height 1 to 65,535,
 * fewer than 2^30 pixels. Scratch memory comes from the arena of `out`. Equal pixels
 * give equal bytes.
 */
void im_deflate_pixels(struct im_buf *out, unsigned char *pixels, int width, int height,
                       int stride);

#endif
