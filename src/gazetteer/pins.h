/* Pins: names that a person has settled. */
#ifndef IM_GAZETTEER_PINS_H
#define IM_GAZETTEER_PINS_H

#include "gazetteer/inside.h"

struct gaz_pin {
    struct im_pin pin;
    const char *fold, *sounds; /* of its name: what a name must have to be meant */
    const char *context;       /* folded, "" = anywhere */
    bool country;              /* the context is a country's code */
    bool usable;               /* fits the gazetteer, and no other contradicts it */
};

/* Sorted by fold, then sounds, context and line. */
struct gaz_pins {
    const struct gaz_pin *v;
    size_t n;
};

/* One row of a pins file, as written; fields are trimmed, "" = empty. */
enum { GAZ_PIN_NAME, GAZ_PIN_CONTEXT, GAZ_PIN_PLACE, GAZ_PIN_WHO, GAZ_PIN_WHEN };
enum { GAZ_PIN_WHY = GAZ_PIN_WHEN + 1, GAZ_PIN_FIELDS };
struct gaz_pin_row {
    const char *field[GAZ_PIN_FIELDS];
    unsigned line, col[GAZ_PIN_FIELDS]; /* col 0: the field is not there */
    size_t n;                           /* fields that the line has */
    bool comment;                       /* a row set aside by a # before it */
};

/* The lines of a pins file in hand. */
struct gaz_pin_lines {
    struct im_arena *arena;
    struct im_bytes bytes;
    size_t at;
    unsigned line;
};
/* Next row, heading and blank lines left out; lines that begin with # only when they
 * are rows set aside. False at the end. */
bool gaz_pin_next(struct gaz_pin_lines *lines, struct gaz_pin_row *out);

/* propose.c: the row that pins the look-up's name to a place, unsigned. */
void gaz_put_pin(struct im_buf *buf, const struct im_lookup *lookup,
                 const struct im_place *place);

#endif
