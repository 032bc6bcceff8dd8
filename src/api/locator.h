/* What a locator keeps between look-ups. */
#ifndef IM_API_LOCATOR_H
#define IM_API_LOCATOR_H

#include "api/atlas.h"
#include "base/buf.h"
#include "base/limits.h"

/* Text that callers take: what is added after that begins anew. */
struct im_taken {
    struct im_buf buf;
    bool taken;
};

/* The context of a query: its names, and those of them that are sure, as places. */
struct im_company {
    const char **name;
    size_t n;
    struct im_lonlat *at;
    size_t at_n;
    struct im_scope scope; /* table NULL: nothing was read yet */
};

struct incmap_locator {
    struct incmap_atlas *atlas;
    struct im_arena *arena;
    struct im_arena *scratch; /* of look-ups, made anew when it has grown; or NULL */
    struct im_findings findings;
    struct im_gazetteer *gazetteer;
    struct im_taken text, proposals;
    struct incmap_tally tally;
    bool started;          /* the TSV header is written */
    bool told_mended;      /* among the findings */
    const char *near_text; /* the last query's near, and where it is; or NULL */
    struct im_lonlat near;
    const char *country_text; /* the last query's country, and its code; or NULL */
    char country_code[3];
    struct im_company company;
};

struct im_asking {
    struct incmap_locator *locator;
    const struct incmap_query *query;
    enum incmap_format format;
    bool explain, ok;
};

#endif
