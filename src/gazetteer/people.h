/* Areas that tell no population get that of their towns. */
#ifndef IM_GAZETTEER_PEOPLE_H
#define IM_GAZETTEER_PEOPLE_H

#include "gazetteer/batch.h"

struct gaz_people {
    struct im_arena *arena;
    struct gaz_sum *slot; /* by area; people 0 = free */
    size_t n, slots;
    struct gaz_wish *wishes; /* by record, the best name first */
    size_t wish_n, wish_cap;
};

void gaz_people_init(struct gaz_people *p, struct im_arena *arena);
/* The batch's first record is `first` of all. */
void gaz_people_add(struct gaz_people *p, const struct gaz_batch *batch, size_t first);
/* Fulfil the wishes in the records' bytes. */
void gaz_people_end(const struct gaz_people *p,
                    unsigned char *(*bytes)(void *self, size_t record), void *self);

#endif
