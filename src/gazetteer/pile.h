/*
 * The entries of an index on their way into a file: parted by the leading bits of their
 * keys, then sorted part by part. What memory should not hold goes to a scratch file.
 */
#ifndef IM_GAZETTEER_PILE_H
#define IM_GAZETTEER_PILE_H

#include "base/arena.h"
#include "base/error.h"
#include <stdbool.h>
#include <stdint.h>

enum { GAZ_PARTS_OF_PILE = 256 };

struct gaz_chunk;

struct gaz_scratch { /* shared by piles */
    struct im_arena *arena;
    const char *beside; /* where the scratch file may stand; NULL = in memory alone */
    int fd;             /* -1 = not yet opened */
    uint64_t end;       /* bytes in it */
    size_t held, most;  /* bytes that piles hold in memory, and may */
};

struct gaz_pile {
    struct im_arena *arena;
    struct gaz_scratch *scratch;
    unsigned shift; /* of an entry, to its part */
    struct gaz_chunk *last[GAZ_PARTS_OF_PILE];
    size_t count[GAZ_PARTS_OF_PILE], total;
};

/* Entries have `bits` bits, up to 72, of which the leading eight choose the part; an
 * entry is kept without those that are more than 64. */
void gaz_pile_init(struct gaz_pile *p, struct im_arena *arena,
                   struct gaz_scratch *scratch, unsigned bits);
/* Errors: OUTPUT (the scratch file). */
INCMAP_MUST_CHECK enum incmap_status gaz_pile_add(struct gaz_pile *p, size_t part,
                                                  uint64_t entry,
                                                  struct incmap_error *err);
/* The part of an entry of up to 64 bits. */
static inline size_t gaz_part_of(const struct gaz_pile *p, uint64_t entry) {
    return (size_t)(entry >> p->shift) & (GAZ_PARTS_OF_PILE - 1);
}
/* Entries of a part, sorted, each once, into out[count[part]]; their number. `work` has
 * as much room. false when the scratch file cannot be read. Parts may be asked for by
 * several threads. */
bool gaz_pile_part(const struct gaz_pile *p, size_t part, uint64_t *out, uint64_t *work,
                   size_t *n);

#endif
