/* Step 2 of moving symbols off each other (displace.c). Inside layout only. */
#ifndef IM_LAYOUT_RELAX_H
#define IM_LAYOUT_RELAX_H

#include "layout/guests.h"

#define LAY_SPOT 7.0  /* points: room for the dot that marks a spot */
#define LAY_APART 1.0 /* between two symbols */

struct lay_table {
    const struct lay_job *job;
    struct lay_symbol *v;
    size_t n;
    struct im_rect frame;
    double turn; /* of the seats round a spot, radians */
    struct lay_guest *guest;
    size_t guests;
    struct im_pt *before; /* where each stood when the round began */
    struct im_pt *alone;  /* where each stands when nobody is moved yet */
    bool has_alone, alone_free;
};

/* The symbol's true spot. */
struct im_pt lay_home(const struct lay_symbol *s);
/* Unit vector from a to b; for one and the same point a direction by index. */
struct im_pt lay_toward(struct im_pt a, struct im_pt b, size_t index);
void lay_move(struct lay_symbol *s, struct im_pt dir, double by);
/* From where the symbols stand; true when nothing overlaps at the end. */
bool lay_relax(struct lay_table *t);

#endif
