/* The bundled data, opened once for all tests of a program. */
#ifndef IM_TEST_DATA_H
#define IM_TEST_DATA_H

#include "help/arena.h"
#include "incmap.h"

struct im_geodata;
struct im_gazetteer;

/* $INCMAP_DATA, else geodata. */
const char *data_folder(void);

extern struct incmap_atlas *atlas; /* between atlas_setup and atlas_teardown */
int atlas_setup(void **state);
int atlas_teardown(void **state);

extern struct im_geodata *geodata; /* between geodata_setup and arena_teardown */
int geodata_setup(void **state);   /* with the arena */

/* The bundled gazetteer in `arena`; the test fails when it cannot be opened. */
struct im_gazetteer *data_gazetteer(void);

#endif
