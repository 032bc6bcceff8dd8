/* Libraries that draw and project, loaded when first called (packaging/late.mk). */
#include "cli/cli.h"
#include "cli/offline.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct late_function {
    const char *name;
    unsigned library;
};

#include "late_table.h"

enum {
    FUNCTIONS = sizeof late_functions / sizeof *late_functions,
    LIBRARIES = sizeof late_libraries / sizeof *late_libraries
};

typedef void (*function)(void);
/* The function of this number in late_table.h; ends the program when it cannot be had,
 * as the system would have done at its start. From any thread. */
function cli_late(unsigned number);

/* The library that may use the network comes after what makes it unable to. A newer one
 * may call more than that has: it gets the real thing. */
static void *load(const char *library) {
    static const char networked[] = "libproj.so.";
    bool is_networked = strncmp(library, networked, sizeof networked - 1) == 0;
    void *offline = is_networked ? cli_offline() : NULL;
    void *opened = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
    if (!opened && offline) {
        dlclose(offline);
        opened = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
    }
    return opened;
}

static function find(const struct late_function *f) {
    static _Atomic(void *) known[LIBRARIES];
    void *opened = atomic_load_explicit(&known[f->library], memory_order_acquire);
    if (!opened) {
        opened = load(late_libraries[f->library]);
        atomic_store_explicit(&known[f->library], opened, memory_order_release);
    }
    void *at = opened ? dlsym(opened, f->name) : NULL;
    function found;
    if (!at) {
        fprintf(stderr, "incmap: a library cannot be loaded: %s\n", dlerror());
        exit(INCMAP_E_LIMIT);
    }
    memcpy(&found, &at, sizeof found);
    return found;
}

function cli_late(unsigned number) {
    static _Atomic(function) known[FUNCTIONS];
    function f = atomic_load_explicit(&known[number], memory_order_acquire);
    if (!f) {
        f = find(&late_functions[number]);
        atomic_store_explicit(&known[number], f, memory_order_release);
    }
    return f;
}
