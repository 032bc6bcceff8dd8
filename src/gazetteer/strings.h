/* Texts that many records share, each kept once and known by its number. */
#ifndef IM_GAZETTEER_STRINGS_H
#define IM_GAZETTEER_STRINGS_H

#include "base/buf.h"
#include "base/file.h"
#include <stdbool.h>
#include <stdint.h>

struct gaz_strings {
    struct im_arena *arena;
    struct im_bytes *v; /* by number */
    size_t n, cap;
    uint32_t *slot; /* number + 1, 0 = free */
    size_t slots;   /* power of two, or 0 */
};

void gaz_strings_init(struct gaz_strings *s, struct im_arena *arena);
/* Number of a text, which is copied when it is new. */
uint32_t gaz_string_number(struct gaz_strings *s, const char *text, size_t n);
/* Number of a text that is known; false when it is not. */
bool gaz_string_find(const struct gaz_strings *s, const char *text, size_t n,
                     uint32_t *out);
/* The section of a file: count, offsets (count + 1 of 32 bits), bytes. */
struct im_bytes gaz_strings_write(const struct gaz_strings *s, struct im_arena *arena);
/* Text `number` of such a section; false when it is not in it. */
bool gaz_string_of(struct im_bytes section, uint32_t number, struct im_bytes *out);
/* Is the section sound as a whole? (its size and its last offset) */
bool gaz_strings_check(struct im_bytes section);

#endif
