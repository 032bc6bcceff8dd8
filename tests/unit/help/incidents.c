#include "help/incidents.h"

enum incmap_status incidents_read(struct im_arena *arena, const struct im_spec *spec,
                                  size_t set, struct im_events *events,
                                  struct im_findings *findings,
                                  struct incmap_error *err) {
    struct im_table *table = NULL;
    enum incmap_status status = im_table_open(arena, spec, set, &table, err);
    return status != INCMAP_OK
               ? status
               : im_incidents_take(arena, table, spec, set, events, findings, err);
}
