/*
 * Short texts packed by a table of 255 symbols of one to eight bytes, each text on its
 * own (Boncz, Neumann and Leis, FSST: Fast Random Access String Compression, PVLDB 13,
 * 2020, doi:10.14778/3407790.3407851). Code 255 is followed by a byte as it is.
 */
#ifndef IM_GAZETTEER_SYMBOLS_H
#define IM_GAZETTEER_SYMBOLS_H

#include "base/buf.h"
#include "base/file.h"
#include <stdbool.h>
#include <stdint.h>

enum { GAZ_SYMBOLS = 255, GAZ_SYMBOL_BYTES = 8, GAZ_ESCAPE = 255 };

/* As in the file: lengths are 0 (not used) .. 8. */
struct gaz_symbols {
    unsigned char bytes[GAZ_SYMBOLS][GAZ_SYMBOL_BYTES];
    unsigned char length[GAZ_SYMBOLS];
};

struct gaz_coder; /* a table with what packing needs; read-only, shared by threads */

/* A table for texts like the sample (pieces that end with a line feed; some 30 kB say
 * enough). */
struct gaz_coder *gaz_coder_train(struct im_arena *arena, struct im_bytes sample);
const struct gaz_symbols *gaz_coder_symbols(const struct gaz_coder *coder);
/* Append s[n] packed. */
void gaz_pack(const struct gaz_coder *coder, struct im_buf *out, const char *s,
              size_t n);
/* Bytes that packed[n] unpacks to; SIZE_MAX when it is broken. */
size_t gaz_unpacked_size(const struct gaz_symbols *symbols, const unsigned char *packed,
                         size_t n);
/* Unpack into `out`, which has room for GAZ_SYMBOL_BYTES for each packed byte, or for
 * that size and as many more. Bytes written, SIZE_MAX when it is broken. */
size_t gaz_unpack(const struct gaz_symbols *symbols, const unsigned char *packed,
                  size_t n, char *out);
/* Unpack as far as the first tab, or the end: bytes before it; SIZE_MAX when they are
 * more than `room` less a symbol, or it is broken before. */
size_t gaz_unpack_first(const struct gaz_symbols *symbols, const unsigned char *packed,
                        size_t n, char *out, size_t room);
#endif
