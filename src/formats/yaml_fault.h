/* What a message of libyaml means to someone who writes a map file; private. */
#ifndef IM_FORMATS_YAML_FAULT_H
#define IM_FORMATS_YAML_FAULT_H

#include <stdbool.h>

struct im_yaml_fault {
    const char *context, *problem; /* libyaml's words, as far as they must agree */
    const char *bytes;             /* and the byte at the fault, "" = any */
    bool at_context;               /* the fault is where the construct began */
    bool began;                    /* worth saying in which line that was */
    const char *what, *help;
};

/* The row that fits; NULL = say libyaml's own words. `byte` is the one at the problem's
 * mark, 0 at the end. context and problem may be NULL. */
const struct im_yaml_fault *im_yaml_fault_find(const char *context, const char *problem,
                                               char byte);

#endif
