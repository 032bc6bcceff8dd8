/* Row filters: column=value, column!=value, column~part; private to read. */
#ifndef IM_READ_FILTER_H
#define IM_READ_FILTER_H

#include "base/arena.h"
#include <stdbool.h>

struct read_filter {
    const char *column;
    const char *value;
    enum { READ_EQUAL, READ_UNEQUAL, READ_CONTAINS } test;
};

/* False when the text is no filter. */
bool read_filter_parse(struct im_arena *arena, const char *text,
                       struct read_filter *out);
/* Does a field pass? The case of ASCII letters is ignored. */
bool read_filter_passes(const struct read_filter *filter, const char *field);

#endif
