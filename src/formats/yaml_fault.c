#include "formats/yaml_fault.h"
#include <stddef.h>
#include <string.h>

/* The first row that fits. Words of libyaml 0.2.5. */
static const struct im_yaml_fault faults[] = {
    {"quoted scalar", "end of stream", "", true, false, "this quote is never closed",
     "end the text with the same quote"},
    {"quoted scalar", "document indicator", "", true, false,
     "this quote is never closed", "end the text with the same quote"},
    {"quoted scalar", "unknown escape character", "", false, false,
     "an unknown escape after \\", "write \\\\ for a backslash, or use single quotes"},
    {"", "tab character", "", false, false, "a tab cannot indent", "use spaces"},
    {"", "cannot start any token", "\t", false, false, "a tab cannot indent",
     "use spaces"},
    {"", "cannot start any token", "@`%", false, false,
     "a text cannot begin with this character", "put the text in quotes"},
    {"flow sequence", "expected ',' or ']'", "", false, true,
     "expected ',' or ']' here", "close the list with ]"},
    {"flow mapping", "expected ',' or '}'", "", false, true, "expected ',' or '}' here",
     "close the map with }"},
    {"", "mapping values are not allowed", "", false, false,
     "a ':' is not expected here",
     "put a text with ': ' in it in quotes, or check the columns in which lines begin"},
    {"", "could not find expected ':'", "", true, false,
     "a ':' is missing after this key", "write key: value"},
    {"block mapping", "expected key", "]}", false, false,
     "nothing is open here to close", "take this bracket away"},
    {"block mapping", "expected key", "", false, true,
     "this line does not fit the keys above it", "keys of one map begin in one column"},
    {"block collection", "expected '-'", "", false, true,
     "this line does not fit the list above it",
     "entries of one list begin with '-' in one column"},
};

static bool holds(const char *text, const char *part) {
    return part[0] == '\0' || (text != NULL && strstr(text, part) != NULL);
}

const struct im_yaml_fault *im_yaml_fault_find(const char *context, const char *problem,
                                               char byte) {
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        const struct im_yaml_fault *f = &faults[i];
        bool same_byte =
            f->bytes[0] == '\0' || (byte != '\0' && strchr(f->bytes, byte) != NULL);
        if (same_byte && holds(context, f->context) && holds(problem, f->problem)) {
            return f;
        }
    }
    return NULL;
}
