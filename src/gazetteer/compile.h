/* The compiled form of the bundled places, written when the project is built. */
#ifndef IM_GAZETTEER_COMPILE_H
#define IM_GAZETTEER_COMPILE_H

#include "base/arena.h"
#include "base/error.h"

#define IM_PLACES_FILE "places.gaz"

/* Write places.gaz beside the places files in folder `dir`. Errors: GEODATA, OUTPUT. */
INCMAP_MUST_CHECK enum incmap_status im_gazetteer_compile(struct im_arena *arena,
                                                          const char *dir,
                                                          struct incmap_error *err);
#endif
