/* An incident table read at one go. */
#ifndef IM_TEST_INCIDENTS_H
#define IM_TEST_INCIDENTS_H

#include "read/read.h"

/* im_table_open and im_incidents_take of the set's file: what both say. */
enum incmap_status incidents_read(struct im_arena *arena, const struct im_spec *spec,
                                  size_t set, struct im_events *events,
                                  struct im_findings *findings,
                                  struct incmap_error *err);

#endif
