/* A search for names a slip of the pen away (near.c), and its first two steps. */
#ifndef IM_GAZETTEER_NEAR_H
#define IM_GAZETTEER_NEAR_H

#include "gazetteer/halves.h"
#include "gazetteer/inside.h"

enum {
    GAZ_TRIED_LETTERS = 128, /* in exchange: those of two scripts and ASCII */
    GAZ_AT_ONCE = 32         /* looked up together, as each waits for memory */
};

/* A half that is to be looked up, and what of a name with it may stand beside. */
struct gaz_probe {
    uint64_t key;
    enum gaz_side side;
    int letters;                /* of the half */
    struct gaz_sketched others; /* of the query's other half */
    unsigned left;              /* edits that may be in it */
};

/* A search in one layer. */
struct gaz_search {
    const struct gaz_layer *layer;
    struct im_arena *arena;
    const char *fold; /* the query */
    unsigned most;
    struct gaz_letters query; /* of the query, or of it with two letters transposed */
    unsigned left;            /* edits that are left of `most` for that form of it */
    char letter[GAZ_TRIED_LETTERS][5]; /* to try, NUL-terminated */
    size_t letter_n;
    struct gaz_probe waiting[GAZ_AT_ONCE];
    size_t waiting_n;
    uint64_t *wholes; /* candidates: keys of whole names */
    size_t n, cap;
    struct gaz_fields texts; /* of the record read last */
    uint32_t record;
    bool has_texts;
    size_t looked;            /* bytes of names that were compared */
    struct im_bytes sketched; /* the text sketched last, of a half of that side */
    enum gaz_side sketched_side;
    uint64_t sketch;
};

/* probe.c: keys of whole names that may be near go to s->wholes, in no order, some more
 * than once. */
void gaz_probe(struct gaz_search *s);

#endif
